"""Where a programme lives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.store.paths import shown_path, typed_path

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
        raise NoAccess(
            Message("{path} has no {file}", path=shown_path(path), file=ROADMAP),
            Message("name the folder that has it, or make a new programme: cbfa init {path}", path=typed_path(path)),
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
