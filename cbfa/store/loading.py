"""Load a programme: read its files, validate them, check them against each other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, Self

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendments
from cbfa.core.checks import MAX_PROBLEMS, check_journal, check_programme
from cbfa.core.checks.amendments import check_amendments, names_in
from cbfa.core.dates import VIET_NAM
from cbfa.core.history import History
from cbfa.core.journal import Journal
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.words import context_of, languages_in
from cbfa.errors import BadData
from cbfa.problems import KeyPath, Place, Problem, Severity, Source
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
    located: Callable[[Problem], Problem]
    """Finds the place of a problem whose place is a path in a file."""
    acts: Amendments | None = None
    """The amendments in the order of their file; None if anything is wrong in it."""

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
    path = folder.path / AMENDMENTS
    acts = read_if_there(path, MAX_BYTES + 1) if acts_instead is None else acts_instead
    plan = _Files.of(_read(folder, ROADMAP), _read(folder, AGENCIES), read_yaml(acts, shown_path(path)))
    roadmap, agencies = plan.roadmap, plan.agencies
    zone = roadmap.model.programme.zone if roadmap.model else VIET_NAM
    progress = folder.open_journal().read(zone)
    locate = {**plan.locate, Source.PROGRESS: progress.locate}

    def located(problem: Problem) -> Problem:
        return problem._replace(place=locate[Source(problem.place.file)](problem.place.path))

    found = check_programme(
        roadmap.model, agencies.model, roadmap_whole=roadmap.is_whole, agencies_whole=agencies.is_whole
    )
    history = plan.history
    if roadmap.whole and agencies.whole and plan.acts.model:
        rest = history or History.of(Plan.of(roadmap.whole, agencies.whole), plan.acts.model.amendments)
        found += islice(check_amendments(rest, plan.acts.model.amendments, plan.unread), MAX_PROBLEMS)
    found += check_journal(progress.journal, history, plan.offices(history), now=now)
    return Loaded(
        roadmap.whole,
        agencies.whole,
        history,
        progress.journal,
        progress.here,
        [*plan.problems, *progress.problems, *plan.warnings, *map(located, found)],
        located,
        plan.acts.whole,
    )


def history_of(contents: Mapping[str, bytes], shown: Callable[[str], str]) -> History:
    """Return the plan over time of other versions of the files. Raises BadData, with the files as they are `shown`."""
    documents = [read_yaml(contents.get(name, b""), shown(name)) for name in (ROADMAP, AGENCIES, AMENDMENTS)]
    plan = _Files.of(*documents)
    if plan.history is None:
        raise BadData(plan.problems)
    return plan.history


class _Files(NamedTuple):
    """The three files that say what is planned, each validated by itself."""

    roadmap: Validated[Roadmap]
    agencies: Validated[Agencies]
    acts: Validated[Amendments]

    @classmethod
    def of(cls, roadmap: Document, agencies: Document, acts: Document) -> Self:
        """Validate them. The roadmap names the languages of all."""
        context = context_of(languages_in(roadmap.data))
        return cls(
            validate(Roadmap, roadmap, context), validate(Agencies, agencies, context), _amendments(acts, context)
        )

    @property
    def history(self) -> History | None:
        """The plan over time, if nothing is wrong in any file by itself."""
        if not (self.roadmap.whole and self.agencies.whole and self.acts.whole):
            return None
        return History.of(Plan.of(self.roadmap.whole, self.agencies.whole), self.acts.whole.amendments)

    def offices(self, history: History | None) -> Agencies | None:
        """Return the agencies of all times; None if acts may have founded some, and something is wrong."""
        if history:
            return history.agencies
        return self.agencies.whole if self.acts.whole and not self.acts.whole.amendments else None

    @property
    def unread(self) -> set[str]:
        """The ids that changes with errors name."""
        return {name for path in self.acts.dropped for name in names_in(self.acts.document.value(path))}

    @property
    def problems(self) -> list[Problem]:
        """The problems of each file by itself."""
        return [*self.roadmap.problems, *self.agencies.problems, *self.acts.problems]

    @property
    def warnings(self) -> list[Problem]:
        """The warnings of the reader."""
        return [*self.roadmap.warnings, *self.agencies.warnings, *self.acts.warnings]

    @property
    def locate(self) -> dict[Source, Callable[[KeyPath], Place]]:
        """The functions that find a place in each file."""
        return {
            Source.ROADMAP: self.roadmap.locate,
            Source.AGENCIES: self.agencies.locate,
            Source.AMENDMENTS: self.acts.locate,
        }


def _amendments(document: Document, context: Mapping[str, Any]) -> Validated[Amendments]:
    """Validate the amendments. A programme without the file, or with nothing but comments in it, has none.

    Without acts the models are not needed, and pydantic does not prepare them.
    """
    if not document.problems and document.data in (None, {"format": 1, "amendments": None}):
        return Validated(document, [], Amendments.model_construct(format=1))
    return validate(Amendments, document, context)


def _read(folder: Folder, name: str) -> Document:
    path = folder.path / name
    return read_yaml(read_file(path, MAX_BYTES + 1), shown_path(path))
