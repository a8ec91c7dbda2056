"""Load a programme: read its three files, validate them, check them against each other."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_journal, check_programme
from cbfa.core.dates import VIET_NAM
from cbfa.core.journal import Journal
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.words import context_of, languages_in
from cbfa.errors import BadData
from cbfa.problems import Problem, Severity, Source
from cbfa.store.files import MAX_BYTES, read_file, shown_path
from cbfa.store.folder import AGENCIES, ROADMAP, Folder
from cbfa.store.yaml.document import Document
from cbfa.store.yaml.reader import read_yaml
from cbfa.store.yaml.validation import validate


class Loaded(NamedTuple):
    """A programme as loaded. The roadmap or the agencies are None if anything is wrong in their file by itself; the plan, if in either."""

    roadmap: Roadmap | None
    agencies: Agencies | None
    plan: Plan | None
    journal: Journal
    here: Sequence[str]
    """The ids of the records that were recorded here, the last one last."""
    problems: list[Problem]
    """Everything that is wrong: in a file by itself, then between parts of the files."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a command."""
        return errors_among(self.problems)

    def usable(self) -> tuple[Plan, Journal]:
        """Return the content of the files. Raises BadData if there are errors."""
        if self.errors or self.plan is None:
            raise BadData(self.errors)
        return self.plan, self.journal


def errors_among(problems: list[Problem]) -> list[Problem]:
    """Return the problems that are errors."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def load(folder: Folder, now: datetime | None = None) -> Loaded:
    """Load the files of a folder. Raises NoAccess; what is wrong in their content is returned as problems.

    With `now`, entries that were recorded in the future are among the problems.
    """
    document = _read(folder, ROADMAP)
    context = context_of(languages_in(document.data))  # the roadmap names the languages of all files
    roadmap = validate(Roadmap, document, context)
    agencies = validate(Agencies, _read(folder, AGENCIES), context)
    zone = roadmap.model.programme.zone if roadmap.model else VIET_NAM
    progress = folder.open_journal().read(zone)
    files = {Source.ROADMAP: roadmap.locate, Source.AGENCIES: agencies.locate, Source.PROGRESS: progress.locate}
    found = check_programme(
        roadmap.model, agencies.model, roadmap_whole=roadmap.is_whole, agencies_whole=agencies.is_whole
    )
    plan = Plan.of(roadmap.whole, agencies.whole) if roadmap.whole and agencies.whole else None
    found += check_journal(progress.journal, plan, agencies.whole, now=now)
    return Loaded(
        roadmap.whole,
        agencies.whole,
        plan,
        progress.journal,
        progress.here,
        [
            *(*roadmap.problems, *agencies.problems, *progress.problems, *roadmap.warnings, *agencies.warnings),
            *(one._replace(place=files[Source(one.place.file)](one.place.path)) for one in found),
        ],
    )


def _read(folder: Folder, name: str) -> Document:
    path = folder.path / name
    return read_yaml(read_file(path, MAX_BYTES + 1), shown_path(path))
