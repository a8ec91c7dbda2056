"""Reading all of a programme at once: its three files, and everything that is wrong in and between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Journal, Record
from cbfa.core.roadmap import Roadmap
from cbfa.errors import BadData, Problem, Severity
from cbfa.store.cache import NO_CACHE, Cache, Contents
from cbfa.store.folder import AGENCIES, ROADMAP, Folder
from cbfa.store.journal_lines import JournalFile, as_written, line_of, parse_journal, records_about, records_in
from cbfa.store.paths import shown_path
from cbfa.store.text_files import MAX_BYTES, read_file, read_if_there


@dataclass
class Loaded:
    """Everything that could be read, and everything that is wrong.

    `in_order`: nothing is wrong with any of the files, and every record has the form that cbfa gives it.
    """

    folder: Folder
    contents: Contents
    roadmap: Roadmap | None
    agencies: Agencies | None
    unreadable: list[Problem] = field(default_factory=list)
    between: list[Problem] = field(default_factory=list)
    cache: Cache = NO_CACHE
    in_order: bool = False

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in a file by itself, then what is wrong between the files."""
        return [*self.unreadable, *self.between]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a command."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @cached_property
    def journal_files(self) -> list[JournalFile]:
        """Every journal, read line by line."""
        named = zip(self.folder.journals, self.contents.journals, strict=True)
        return [parse_journal(raw, shown_path(path)) for path, raw in named]

    @cached_property
    def journal(self) -> Journal:
        """What stands in all of them."""
        if self.in_order:
            return Journal.of(record for raw in self.contents.journals for record in records_in(raw))
        return Journal.of(record for file in self.journal_files for record in file.records)

    def journal_about(self, key: str) -> Journal:
        """At least what was recorded of one occurrence. Where everything is in order, no other line is read."""
        if self.in_order:
            return Journal.of(record for raw in self.contents.journals for record in records_about(raw, key))
        return self.journal

    def append(self, record: Record, beside: Journal) -> None:
        """Appends a record to the folder's own journal. Raises Invalid, NoAccess.

        What is in order stays known as that, unless something else was written meanwhile, the line can only be read with care, or the
        record does not fit what is `beside` it: what was recorded of its occurrence.
        """
        from cbfa.core.checks import check_journal  # noqa: PLC0415 - only a writer needs both
        from cbfa.store.journal_append import append  # noqa: PLC0415

        start = append(self.folder.own_journal, [record])
        line = line_of(record).encode()
        plain = start == len(self.contents.journals[-1]) and as_written(line)
        if self.in_order and plain and not check_journal(beside | Journal.of([record]), self.roadmap, self.agencies):
            self.cache.keep_journals(self.contents, line)

    def programme(self) -> tuple[Roadmap, Agencies]:
        """The roadmap and the agencies, if nothing is wrong with any of the files. Raises BadData."""
        if self.errors or self.roadmap is None or self.agencies is None:
            raise BadData(self.errors)
        return self.roadmap, self.agencies

    def usable(self) -> tuple[Roadmap, Agencies, Journal]:
        """What stands in the three files, if nothing is wrong with them. Raises BadData."""
        return (*self.programme(), self.journal)


def load(folder: Folder, cache: Cache = NO_CACHE) -> Loaded:
    """Reads the three files and checks them against each other. Raises NoAccess; never stops at what stands in them.

    What the cache knows to be in order is not checked again, and its journals are not read before somebody asks for them.
    """
    contents = Contents(
        [read_file(folder.path / name, MAX_BYTES + 1) for name in (ROADMAP, AGENCIES)],
        [read_if_there(path) for path in folder.journals],
    )
    if known := cache.programme(contents):
        loaded = Loaded(folder, contents, *known, cache=cache, in_order=cache.has_journals(contents))
    else:
        loaded = _load_programme(folder, contents, cache)
    if not loaded.in_order:
        _check_journals(loaded)
    return loaded


def _load_programme(folder: Folder, contents: Contents, cache: Cache) -> Loaded:
    from cbfa.store.programme_files import read_programme  # noqa: PLC0415 - YAML is slow, and seldom read

    names = [shown_path(folder.path / name) for name in (ROADMAP, AGENCIES)]
    loaded = Loaded(folder, contents, *read_programme(contents.programme, names), cache=cache)
    if loaded.roadmap and loaded.agencies and not loaded.problems:
        cache.keep_programme(contents, loaded.roadmap, loaded.agencies)
    return loaded


def _check_journals(loaded: Loaded) -> None:
    from cbfa.core.checks import check_journal  # noqa: PLC0415 - seldom needed

    files = loaded.journal_files
    loaded.unreadable += [problem for file in files for problem in file.problems]
    for finding in check_journal(loaded.journal, loaded.roadmap, loaded.agencies):
        its = next((file for file in files if finding.path[0] in file.lines), files[-1])
        loaded.between.append(finding.at(its.place(finding)))
    loaded.in_order = not loaded.problems and all(file.as_written for file in files)
    if loaded.in_order:
        loaded.cache.keep_journals(loaded.contents)
