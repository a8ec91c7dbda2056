"""Load a programme: read its three files, validate them, check them against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_journal
from cbfa.core.journal import Journal, Record
from cbfa.core.roadmap import Roadmap
from cbfa.errors import BadData
from cbfa.problems import Problem, Severity
from cbfa.store.folder import AGENCIES, ROADMAP, Folder
from cbfa.store.journal_append import append
from cbfa.store.journal_lines import parse_journal
from cbfa.store.paths import shown_path
from cbfa.store.programme_files import read_programme
from cbfa.store.text_files import MAX_BYTES, read_file, read_if_there


@dataclass(frozen=True)
class Loaded:
    """What the files hold, as far as they could be read, and everything that is wrong in and between them."""

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

    def append(self, record: Record) -> None:
        """Appends a record to the folder's own journal. Raises Invalid, NoAccess."""
        append(self.folder.own_journal, [record])

    def usable(self) -> tuple[Roadmap, Agencies, Journal]:
        """The content of the three files, if there are no errors in them. Raises BadData."""
        if self.errors or self.roadmap is None or self.agencies is None:
            raise BadData(self.errors)
        return self.roadmap, self.agencies, self.journal


def load(folder: Folder) -> Loaded:
    """Reads the three files and checks them against each other. Raises NoAccess; never stops at what stands in them."""
    raw = [read_file(folder.path / name, MAX_BYTES + 1) for name in (ROADMAP, AGENCIES)]
    names = [shown_path(folder.path / name) for name in (ROADMAP, AGENCIES)]
    roadmap, agencies, unreadable, between = read_programme(raw, names)
    files = [parse_journal(read_if_there(path), shown_path(path)) for path in folder.journals]
    journal = Journal.of(record for file in files for record in file.records)
    unreadable += [problem for file in files for problem in file.problems]
    for problem in check_journal(journal, roadmap, agencies):
        path = problem.place.path
        its = next((file for file in files if path[0] in file.lines), files[-1])
        between.append(replace(problem, place=its.place(path)))
    return Loaded(folder, roadmap, agencies, journal, unreadable, between)
