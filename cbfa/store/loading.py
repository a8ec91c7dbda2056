"""Load a programme: read its files, validate them, check them against each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendments
from cbfa.core.checks import check_journal, check_programme
from cbfa.core.checks.amendments import check_amendments
from cbfa.core.dates import VIET_NAM
from cbfa.core.history import History
from cbfa.core.journal import Journal
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.words import context_of, languages_in
from cbfa.errors import BadData
from cbfa.problems import Problem, Severity, Source
from cbfa.store.files import MAX_BYTES, read_file, read_if_there, shown_path
from cbfa.store.folder import AGENCIES, AMENDMENTS, ROADMAP, Folder
from cbfa.store.yaml.document import Document
from cbfa.store.yaml.reader import read_yaml
from cbfa.store.yaml.validation import Validated, validate


class Loaded(NamedTuple):
    """A programme as loaded. The roadmap or the agencies are None if anything is wrong in their file by itself; the history, if in any."""

    roadmap: Roadmap | None
    agencies: Agencies | None
    history: History | None
    journal: Journal
    here: Sequence[str]
    """The ids of the records that were recorded here, the last one last."""
    problems: list[Problem]
    """Everything that is wrong: in a file by itself, then between parts of the files."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a command."""
        return errors_among(self.problems)

    def usable(self) -> tuple[History, Journal]:
        """Return the content of the files. Raises BadData if there are errors."""
        if self.errors or self.history is None:
            raise BadData(self.errors)
        return self.history, self.journal


def errors_among(problems: list[Problem]) -> list[Problem]:
    """Return the problems that are errors."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def load(folder: Folder, now: datetime | None = None, *, acts_instead: bytes | None = None) -> Loaded:
    """Load the files of a folder. Raises NoAccess; what is wrong in their content is returned as problems.

    With `now`, entries that were recorded in the future are among the problems. `acts_instead` replaces the content of amendments.yaml.
    """
    document = _read(folder, ROADMAP)
    context = context_of(languages_in(document.data))  # the roadmap names the languages of all files
    roadmap = validate(Roadmap, document, context)
    agencies = validate(Agencies, _read(folder, AGENCIES), context)
    zone = roadmap.model.programme.zone if roadmap.model else VIET_NAM
    progress = folder.open_journal().read(zone)
    path = folder.path / AMENDMENTS
    raw = read_if_there(path, MAX_BYTES + 1) if acts_instead is None else acts_instead
    acts = _amendments(read_yaml(raw, shown_path(path)), context)
    files = {
        Source.ROADMAP: roadmap.locate,
        Source.AGENCIES: agencies.locate,
        Source.AMENDMENTS: acts.locate,
        Source.PROGRESS: progress.locate,
    }
    found = check_programme(
        roadmap.model, agencies.model, roadmap_whole=roadmap.is_whole, agencies_whole=agencies.is_whole
    )
    history = None
    if roadmap.whole and agencies.whole and acts.whole:
        history = History.of(Plan.of(roadmap.whole, agencies.whole), acts.whole.amendments)
        found += check_amendments(history, acts.whole.amendments)
    found += check_journal(progress.journal, history, history.agencies if history else agencies.whole, now=now)
    return Loaded(
        roadmap.whole,
        agencies.whole,
        history,
        progress.journal,
        progress.here,
        [
            *(*roadmap.problems, *agencies.problems, *acts.problems, *progress.problems),
            *(*roadmap.warnings, *agencies.warnings, *acts.warnings),
            *(one._replace(place=files[Source(one.place.file)](one.place.path)) for one in found),
        ],
    )


def _amendments(document: Document, context: Mapping[str, Any]) -> Validated[Amendments]:
    """Validate the amendments. A programme without the file, or with nothing but comments in it, has none."""
    if document.data is None and not document.problems:
        return Validated(document, [], Amendments(format=1))
    return validate(Amendments, document, context)


def _read(folder: Folder, name: str) -> Document:
    path = folder.path / name
    return read_yaml(read_file(path, MAX_BYTES + 1), shown_path(path))
