"""Where a programme lives, and reading all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Roadmap
from cbfa.errors import BadData, Finding, Message, NoAccess, Place, Problem, Severity, Source
from cbfa.store.journal_lines import JournalFile, read_journal
from cbfa.store.text_files import read_bytes, shown_path
from cbfa.store.validation import Validated, validate
from cbfa.store.yaml_reader import MAX_BYTES, Document, read_yaml

ROADMAP, AGENCIES, PROGRESS = "roadmap.yaml", "agencies.yaml", "progress.yaml"


@dataclass(frozen=True)
class Folder:
    """The folder of a programme's files.

    The journal is usually the one in it. The programme packed inside an installed cbfa is read-only: its journal is read together with the
    user's own, to which everything is appended. A journal is a set, so two files are simply their union.
    """

    path: Path
    own_journal: Path

    @property
    def journals(self) -> list[Path]:
        """Every journal that is read; the last is the one that is written."""
        return list(dict.fromkeys([self.path / PROGRESS, self.own_journal]))


def find_folder(wish: str | None, environment: Mapping[str, str], here: Path) -> Folder:
    """The wish, else `CBFA_DATA`, else the nearest `data/roadmap.yaml` upwards, else the packed programme. Raises NoAccess."""
    for word in (wish, environment.get("CBFA_DATA")):
        if word:
            return _named(Path(word))
    with suppress(OSError):  # a current folder that is gone has nothing above it
        here = here.resolve(strict=True)
    for parent in (here, *here.parents):
        if _is_file(parent / "data" / ROADMAP):
            return Folder(parent / "data", parent / "data" / PROGRESS)
    return packed_folder()


def _is_file(path: Path) -> bool:
    """Whether a file is there to be seen; one in a folder that may not be looked into is not."""
    with suppress(OSError):
        return path.is_file()
    return False


def _named(path: Path) -> Folder:
    path = path / "data" if not _is_file(path / ROADMAP) and _is_file(path / "data" / ROADMAP) else path
    if not _is_file(path / ROADMAP):
        import shlex  # noqa: PLC0415 - only a wrong folder needs it

        raise NoAccess(
            Message("{path} has no {file}", path=shown_path(path), file=ROADMAP),
            Message(
                "name the folder that has it, or make a new programme: cbfa init {path}", path=shlex.quote(str(path))
            ),
        )
    return Folder(path, path / PROGRESS)


def packed_folder() -> Folder:
    """The programme inside the installed package (or beside it, in a checkout), with the journal in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only an installed cbfa away from its data needs it

    package = Path(__file__).parents[1]
    inside = package / "programme"
    return Folder(
        inside if inside.is_dir() else package.parent / "data",
        user_data_path("cbfa", appauthor=False) / PROGRESS,
    )


@dataclass
class Loaded:
    """Everything that could be read, and everything that is wrong."""

    folder: Folder
    roadmap: Roadmap | None
    agencies: Agencies | None
    journal: Journal
    unreadable: list[Problem]
    between: list[Problem]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in a file by itself, then what is wrong between the files."""
        return [*self.unreadable, *self.between]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a command."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def usable(self) -> tuple[Roadmap, Agencies, Journal]:
        """The three files, if nothing is wrong with them. Raises BadData."""
        if self.errors or self.roadmap is None or self.agencies is None:
            raise BadData(self.errors)
        return self.roadmap, self.agencies, self.journal


def load(folder: Folder) -> Loaded:
    """Reads the three files and checks them against each other. Raises NoAccess; never stops at what stands in them."""
    roadmap_file = read_yaml(read_bytes(folder.path / ROADMAP, MAX_BYTES + 1), shown_path(folder.path / ROADMAP))
    agencies_file = read_yaml(read_bytes(folder.path / AGENCIES, MAX_BYTES + 1), shown_path(folder.path / AGENCIES))
    journal_files = [read_journal(path, shown_path(path)) for path in folder.journals]
    roadmap = validate(Roadmap, roadmap_file)
    agencies = validate(Agencies, agencies_file)
    journal = Journal.of(record for file in journal_files for record in file.records)
    findings = check(roadmap.model, agencies.model, journal, roadmap_whole=roadmap.whole, agencies_whole=agencies.whole)
    unreadable = [
        *roadmap.problems,
        *agencies.problems,
        *(problem for file in journal_files for problem in file.problems),
    ]
    between = list(_placed(findings, (roadmap, roadmap_file), (agencies, agencies_file), journal_files))
    return Loaded(folder, roadmap.trusted, agencies.trusted, journal, unreadable, between)


def _placed(
    findings: list[Finding],
    roadmap: tuple[Validated[Roadmap], Document],
    agencies: tuple[Validated[Agencies], Document],
    journals: list[JournalFile],
) -> Iterator[Problem]:
    for finding in findings:
        match finding.source:
            case Source.ROADMAP:
                place = roadmap[1].place(roadmap[0].in_file(finding.path))
            case Source.AGENCIES:
                place = agencies[1].place(agencies[0].in_file(finding.path))
            case Source.PROGRESS:
                place = next(
                    (file.place(finding) for file in journals if finding.path[0] in file.lines),
                    Place(journals[-1].name),
                )
        yield Problem(place, finding.message, finding.mend, finding.severity)
