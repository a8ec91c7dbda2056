"""Occurrences and journal entries as tables with a column for each field, for filters and pivot tables.

Every value has its own column and its own type. Where a value is missing, the cell is empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from cbfa.core.agencies import Agencies, by_spelling
from cbfa.core.journal import EVENT_WORDS, Entry, Record, Retraction
from cbfa.core.roadmap import Assignment, Programme
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.core.state import Progress
from cbfa.core.targets import Bound
from cbfa.core.text import squashed
from cbfa.locale import get_language
from cbfa.messages import Message
from cbfa.views.looks import LANGUAGE_NAMES, MARK, term
from cbfa.views.page import Cell, Column, Figure, Mark, OnDemand, Percent, Ratio, Table, Text, Tone
from cbfa.views.pages.journal import short_id
from cbfa.views.pages.parts import (
    caveat_of,
    date_marks,
    short_name,
    state_of,
    title_of,
    workstream_name,
)


class Records(NamedTuple):
    """A table with a column for each field, and the widths of its columns in characters."""

    table: Table
    widths: Sequence[int]


T = TypeVar("T")


class Field(NamedTuple, Generic[T]):
    """A column, its width in characters, and its cell for a row."""

    column: Column
    width: int
    cell: Callable[[T], Cell]


def _records(fields: Sequence[Field[T]], rows: Iterable[T]) -> Records:
    columns, widths, cells = [one.column for one in fields], [one.width for one in fields], [one.cell for one in fields]
    return Records(Table(columns, OnDemand(lambda: ([cell(row) for cell in cells] for row in rows))), widths)


def occurrences(snapshot: Snapshot, standings: Iterable[Standing], language: str) -> Records:
    """Return a row for each occurrence.

    What no milestone of the programme has gets no column: members, levels, official wordings, products, other languages than the given one.
    """
    programme, agencies = snapshot.roadmap.programme, snapshot.agencies
    milestones = [milestone for _, milestone in snapshot.roadmap.milestones()]
    wholes = {one.occurrence.key: one for one in together(snapshot.standings) if one.parts}
    shown = language if language in programme.languages else programme.languages[0]
    has_levels = any(one.target and one.target.level for one in milestones)
    has_baselines = any(one.target and one.target.baseline is not None for one in milestones)

    def names(assignments: Sequence[Assignment]) -> Text | None:
        return listed([short_name(agencies[one.agency]) for one in assignments], ", ")

    def members(standing: Standing) -> Ratio | None:
        """Return how many members have done it, of all."""
        whole = wholes.get(standing.occurrence.shared_key) if standing.occurrence.member else None
        done = sum(part.course.progress is Progress.DONE for part in whole.parts) if whole else 0
        return Ratio(done, len(whole.parts)) if whole else None

    fields: list[Field[Standing]] = [
        Field(Column(term("workstream", programme)), 16, lambda one: Cell(workstream_name(one.occurrence.workstream))),
        Field(Column(term("milestone", programme), flexible=True), 36, lambda one: Cell(title_of(one))),
    ]
    if any(one.text for one in milestones):
        fields.append(
            Field(
                Column(Message("Official wording"), flexible=True), 36, lambda one: Cell(one.occurrence.milestone.text)
            )
        )
    if any(one.result for one in milestones):
        fields.append(
            Field(Column(Message("Product"), flexible=True), 24, lambda one: Cell(one.occurrence.milestone.result))
        )
    fields += [
        Field(Column(term("clauses", programme)), 8, lambda one: Cell(", ".join(one.occurrence.milestone.clauses))),
        Field(Column(Message("Lead")), 12, lambda one: Cell(names(one.occurrence.leads))),
        Field(Column(Message("Supports")), 14, lambda one: Cell(names(one.occurrence.milestone.support))),
    ]
    if wholes:
        fields += [
            Field(
                Column(Message("Member")),
                14,
                lambda one: Cell(short_name(one.occurrence.member) if one.occurrence.member else None),
            ),
            Field(Column(Message("Members done"), numeric=True), 10, lambda one: Cell(members(one))),
        ]
    fields += [
        Field(Column(Message("Due")), 11, lambda one: Cell(one.occurrence.window.due)),
        Field(Column(Message("State")), 14, lambda one: Cell(state_of(one))),
        Field(Column(Message("Days overdue"), numeric=True), 9, lambda one: Cell(one.days_overdue)),
        Field(
            Column(Message("Done on")), 11, lambda one: Cell(one.course.done_in.shown if one.course.done_in else None)
        ),
        Field(Column(Message("Days late"), numeric=True), 8, lambda one: Cell(one.days_late)),
    ]
    if has_baselines:
        fields.append(Field(Column(Message("Baseline"), numeric=True), 8, lambda one: Cell(_target(one, "baseline"))))
    if has_levels:
        fields.append(Field(Column(Message("Condition")), 9, lambda one: Cell(_condition(one))))
    fields += [
        Field(Column(Message("Target"), numeric=True), 8, lambda one: Cell(_figure(one))),
        Field(Column(Message("Unit")), 13, lambda one: Cell(_target(one, "unit"))),
        Field(Column(Message("Counted"), numeric=True), 8, lambda one: Cell(_counted(one))),
    ]
    if has_levels:
        fields.append(Field(Column(Message("Value"), numeric=True), 8, lambda one: Cell(one.course.value)))
    fields += [
        Field(
            Column("%", numeric=True), 9, lambda one: Cell(None if one.percent is None else Percent(one.percent, 100))
        ),
        Field(
            Column(Message("Last entry")), 11, lambda one: Cell(one.course.last.on.shown if one.course.last else None)
        ),
        Field(Column(Message("Remarks")), 18, lambda one: Cell(listed(_remarks(one)))),
        Field(Column(Message("Key")), 18, lambda one: Cell(one.occurrence.key, Tone.QUIET)),
        *(_title_in(code, programme) for code in programme.languages if code != shown),
    ]
    return _records(fields, standings)


def _title_in(code: str, programme: Programme) -> Field[Standing]:
    """Return the column of the titles in a further language of the programme."""
    heading = Message(
        "{heading} ({language})",
        heading=term("milestone", programme),
        language=LANGUAGE_NAMES.get(code, code),
    )
    return Field(Column(heading, flexible=True), 24, lambda one: Cell(one.occurrence.milestone.title.get(code)))


CONDITION = {
    Bound.AT_LEAST: Message("at least"),
    Bound.AT_MOST: Message("at most"),
    Bound.ABOVE: Message("above"),
    Bound.BELOW: Message("below"),
}
"""The sides of the figure of a level."""


def _target(standing: Standing, field: str) -> Text | Decimal | None:
    target = standing.occurrence.milestone.target
    value: Text | Decimal | None = getattr(target, field) if target else None
    return value


def _condition(standing: Standing) -> Text | None:
    target = standing.occurrence.milestone.target
    return CONDITION[target.level.bound] if target and target.level else None


def _figure(standing: Standing) -> Decimal | int | Text | None:
    """Return the figure of a target: a number, or the text of a range."""
    target = standing.occurrence.milestone.target
    if target is None:
        return None
    if target.most is not None:
        return Message("{figure}", figure=Figure(target.figure, target.most))
    return target.count or target.figure


def _counted(standing: Standing) -> int | None:
    target = standing.occurrence.milestone.target
    return standing.course.counted if target and target.count else None


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


def entries(snapshot: Snapshot, shown: Sequence[Entry]) -> Records:
    """Return a row for each entry; values have a column if any entry has one."""
    titles = {standing.occurrence.key: title_of(standing) for standing in snapshot.standings}
    names = _names(snapshot.agencies)

    def title(entry: Entry) -> Text | None:
        return titles.get(snapshot.plan.key_of(entry))

    def unknown(entry: Entry) -> Cell:
        return Cell(None if title(entry) else Message("not in the roadmap, changes no state"), Tone.WARN)

    fields: list[Field[Entry]] = [
        Field(Column(Message("Day")), 11, lambda one: Cell(one.on.shown)),
        Field(Column(Message("Event")), 12, lambda one: Cell(EVENT_WORDS[one.event])),
        Field(Column(term("milestone", snapshot.roadmap.programme), flexible=True), 30, lambda one: Cell(title(one))),
        Field(Column(Message("Count"), numeric=True), 8, lambda one: Cell(one.count)),
    ]
    if any(one.value is not None for one in shown):
        fields.append(Field(Column(Message("Value"), numeric=True), 8, lambda one: Cell(one.value)))
    fields += [
        Field(
            Column("%", numeric=True), 9, lambda one: Cell(None if one.percent is None else Percent(one.percent, 100))
        ),
        Field(Column(Message("Note"), flexible=True), 48, lambda one: Cell(one.note)),
        Field(Column(Message("Evidence"), flexible=True), 34, lambda one: Cell(listed(one.evidence))),
        Field(Column(Message("Reported by")), 12, lambda one: Cell(_reporter(one, names))),
        Field(Column(Message("Recorded")), 16, lambda one: Cell(one.recorded)),
        Field(Column(Message("Remarks")), 14, unknown),
        Field(Column(Message("Key")), 18, lambda one: Cell(one.key, Tone.QUIET)),
        Field(Column(Message("Id")), 10, lambda one: Cell(short_id(one.id), Tone.QUIET)),
    ]
    return _records(fields, shown)


def retractions(snapshot: Snapshot, shown: Iterable[Retraction]) -> Records:
    """Return a row for each entry that was taken back."""
    names = _names(snapshot.agencies)

    def of_entry(
        value: Callable[[Entry], Text | date | None], other: Text | None = None
    ) -> Callable[[Retraction], Cell]:
        """Return the cell of a value of the entry that was taken back; `other` if the journal lacks the entry."""

        def cell(one: Retraction) -> Cell:
            record = snapshot.journal.by_id.get(one.retracts)
            return Cell(value(record) if isinstance(record, Entry) else other)

        return cell

    missing = Message("an entry that is not in this journal")
    return _records(
        [
            Field(Column(Message("Taken back on")), 16, lambda one: Cell(one.recorded)),
            Field(Column(Message("Day")), 11, of_entry(lambda entry: entry.on.shown)),
            Field(Column(Message("Event")), 12, of_entry(lambda entry: EVENT_WORDS[entry.event])),
            Field(Column(Message("Key")), 18, of_entry(lambda entry: entry.key)),
            Field(Column(Message("Note"), flexible=True), 44, of_entry(lambda entry: entry.note, missing)),
            Field(Column(Message("Why"), flexible=True), 34, lambda one: Cell(one.note)),
            Field(Column(Message("Taken back by")), 14, lambda one: Cell(_reporter(one, names))),
            Field(Column(Message("Id")), 10, lambda one: Cell(short_id(one.retracts), Tone.QUIET)),
        ],
        shown,
    )


def _names(agencies: Agencies) -> dict[str, Text]:
    return {spelling: short_name(agency) for spelling, agency in by_spelling(agencies).items()}


def _reporter(record: Record, names: Mapping[str, Text]) -> Text | None:
    return names.get(squashed(record.by), record.by) if record.by else None
