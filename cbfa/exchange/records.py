"""Occurrences and journal entries as tables with a column for each field, for filters and pivot tables.

Every value has its own column and its own type. Where a value is missing, the cell is empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cbfa.core.agencies import Agencies, by_spelling
from cbfa.core.journal import EVENT_WORDS, Entry, Record, Retraction
from cbfa.core.roadmap import Assignment
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.text import squashed
from cbfa.locale import get_language
from cbfa.messages import Message
from cbfa.views.looks import MARK
from cbfa.views.page import Cell, Column, Mark, OnDemand, Percent, Table, Text, Tone
from cbfa.views.pages.journal import short_id
from cbfa.views.pages.parts import (
    caveat_of,
    date_marks,
    short_name,
    state_of,
    target_figure,
    title_of,
    workstream_name,
)


class Records(NamedTuple):
    """A table with a column for each field, and the widths of its columns in characters."""

    table: Table
    widths: Sequence[int]


def _records(columns: Mapping[Column, int], rows: Iterable[list[Cell]]) -> Records:
    return Records(Table(list(columns), rows), list(columns.values()))


def occurrences(snapshot: Snapshot, standings: Iterable[Standing]) -> Records:
    """Return a row for each occurrence."""
    columns = {
        Column(Message("Workstream")): 16,
        Column(Message("Milestone"), flexible=True): 36,
        Column(Message("Clauses")): 8,
        Column(Message("Lead")): 12,
        Column(Message("Supports")): 14,
        Column(Message("Due")): 11,
        Column(Message("State")): 14,
        Column(Message("Days overdue"), numeric=True): 9,
        Column(Message("Done on")): 11,
        Column(Message("Days late"), numeric=True): 8,
        Column(Message("Target"), numeric=True): 8,
        Column(Message("Unit")): 13,
        Column(Message("Counted"), numeric=True): 8,
        Column("%", numeric=True): 9,
        Column(Message("Last entry")): 11,
        Column(Message("Remarks")): 18,
        Column(Message("Key")): 18,
    }
    return _records(columns, OnDemand(lambda: (_occurrence(standing, snapshot.agencies) for standing in standings)))


def _occurrence(standing: Standing, agencies: Agencies) -> list[Cell]:
    occurrence, course = standing.occurrence, standing.course
    milestone, window = occurrence.milestone, occurrence.window
    target, percent = milestone.target, standing.percent
    return [
        Cell(workstream_name(occurrence.workstream)),
        Cell(title_of(standing)),
        Cell(", ".join(milestone.clauses)),
        Cell(listed([_agency(one, agencies) for one in occurrence.leads], ", ")),
        Cell(listed([_agency(one, agencies) for one in milestone.support], ", ")),
        Cell(window.due),
        Cell(state_of(standing)),
        Cell(standing.days_overdue),
        Cell(course.done_in.shown if course.done_in else None),
        Cell(standing.days_late),
        Cell(_figure(standing)),
        Cell(target.unit if target else None),
        Cell(course.counted if target and target.count else None),
        Cell(None if percent is None else Percent(percent, 100)),
        Cell(course.last.on.shown if course.last else None),
        Cell(listed(_remarks(standing))),
        Cell(occurrence.key, Tone.QUIET),
    ]


def _agency(assignment: Assignment, agencies: Agencies) -> Text:
    return short_name(agencies[assignment.agency])


def _figure(standing: Standing) -> int | Text | None:
    """Return the figure of a target: a number, or the text of a range or a level."""
    target = standing.occurrence.milestone.target
    if target is None:
        return None
    return target.count if target.count and target.most is None else target_figure(target)


def _remarks(standing: Standing) -> list[Text]:
    """Say how much of a row can be relied on: its state, its date, its lead."""
    inferred = [Mark.INFERRED] if standing.occurrence.is_inferred else []
    marks = [*date_marks(standing), *inferred]
    caveat = caveat_of(standing)
    return [*([caveat] if caveat else []), *(MARK[mark].words for mark in marks)]


def listed(texts: Sequence[Text], between: str = "; ") -> Text | None:
    """Return several texts as one; None if there are none."""
    return Message("{value}", value=_Listed(texts, between)) if texts else None


class _Listed(NamedTuple):
    """Several texts with the same characters between them."""

    texts: Sequence[Text]
    between: str

    def in_(self, code: str, /) -> str:
        """Write them in a language."""
        return self.between.join(map(get_language(code).text, self.texts))


def entries(snapshot: Snapshot, shown: Iterable[Entry]) -> Records:
    """Return a row for each entry."""
    columns = {
        Column(Message("Day")): 11,
        Column(Message("Event")): 12,
        Column(Message("Milestone"), flexible=True): 30,
        Column(Message("Count"), numeric=True): 8,
        Column("%", numeric=True): 9,
        Column(Message("Note"), flexible=True): 48,
        Column(Message("Evidence"), flexible=True): 34,
        Column(Message("Reported by")): 12,
        Column(Message("Recorded")): 16,
        Column(Message("Remarks")): 14,
        Column(Message("Key")): 18,
        Column(Message("Id")): 10,
    }
    titles = {standing.occurrence.key: title_of(standing) for standing in snapshot.standings}
    names = _names(snapshot.agencies)

    def row(entry: Entry) -> list[Cell]:
        known = entry.key in titles
        return [
            Cell(entry.on.shown),
            Cell(EVENT_WORDS[entry.event]),
            Cell(titles.get(entry.key)),
            Cell(entry.count),
            Cell(None if entry.percent is None else Percent(entry.percent, 100)),
            Cell(entry.note),
            Cell(listed(entry.evidence)),
            Cell(_reporter(entry, names)),
            Cell(entry.recorded),
            Cell(None if known else Message("not in the roadmap, changes no state"), Tone.WARN),
            Cell(entry.key, Tone.QUIET),
            Cell(short_id(entry.id), Tone.QUIET),
        ]

    return _records(columns, OnDemand(lambda: map(row, shown)))


def retractions(snapshot: Snapshot, shown: Iterable[Retraction]) -> Records:
    """Return a row for each entry that was taken back."""
    columns = {
        Column(Message("Taken back on")): 16,
        Column(Message("Day")): 11,
        Column(Message("Event")): 12,
        Column(Message("Key")): 18,
        Column(Message("Note"), flexible=True): 44,
        Column(Message("Why"), flexible=True): 34,
        Column(Message("Taken back by")): 14,
        Column(Message("Id")): 10,
    }
    names = _names(snapshot.agencies)

    def row(one: Retraction) -> list[Cell]:
        record = snapshot.journal.by_id.get(one.retracts)
        entry = record if isinstance(record, Entry) else None
        return [
            Cell(one.recorded),
            Cell(entry.on.shown if entry else None),
            Cell(EVENT_WORDS[entry.event] if entry else None),
            Cell(entry.key if entry else None, Tone.QUIET),
            Cell(entry.note if entry else Message("an entry that is not in this journal")),
            Cell(one.note),
            Cell(_reporter(one, names)),
            Cell(short_id(one.retracts), Tone.QUIET),
        ]

    return _records(columns, OnDemand(lambda: map(row, shown)))


def _names(agencies: Agencies) -> dict[str, Text]:
    return {spelling: short_name(agency) for spelling, agency in by_spelling(agencies).items()}


def _reporter(record: Record, names: Mapping[str, Text]) -> Text | None:
    return names.get(squashed(record.by), record.by) if record.by else None
