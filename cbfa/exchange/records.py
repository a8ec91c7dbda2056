"""Occurrences and journal entries as tables with a column for each field, for filters and pivot tables.

Every value has its own column and its own type. Where a value is missing, the cell is empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from cbfa.core.agencies import Agencies, by_spelling
from cbfa.core.amendments import Amendment
from cbfa.core.journal import EVENT_WORDS, Entry, Record, Retraction
from cbfa.core.roadmap import Assignment, Programme
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.core.state import Progress
from cbfa.core.targets import Bound, Target
from cbfa.core.text import squashed
from cbfa.messages import Message
from cbfa.views.looks import LANGUAGE_NAMES, MARK, term
from cbfa.views.page import Cell, Column, Figure, Mark, OnDemand, Percent, Ratio, Table, Text, Tone, Value
from cbfa.views.pages.acts import Row, change_rows, goes_on_in
from cbfa.views.pages.journal import short_id
from cbfa.views.pages.parts import (
    caveat_of,
    date_marks,
    listed,
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
MAX_KEY = 32
"""Characters of a key up to which its column shows it on one line."""


class Field(NamedTuple, Generic[T]):
    """A column, its width in characters, and its cell for a row."""

    column: Column
    width: int
    cell: Callable[[T], Cell]


def _field(heading: Text, width: int, value: Callable[[T], Value], tone: Tone = Tone.PLAIN) -> Field[T]:
    return Field(Column(heading), width, lambda one: Cell(value(one), tone))


def _number(heading: Text, width: int, value: Callable[[T], Value]) -> Field[T]:
    return Field(Column(heading, numeric=True), width, lambda one: Cell(value(one)))


def _text(heading: Text, width: int, value: Callable[[T], Value]) -> Field[T]:
    return Field(Column(heading, flexible=True), width, lambda one: Cell(value(one)))


def _records(fields: Sequence[Field[T]], rows: Iterable[T]) -> Records:
    columns, widths, cells = [one.column for one in fields], [one.width for one in fields], [one.cell for one in fields]
    return Records(Table(columns, OnDemand(lambda: ([cell(row) for cell in cells] for row in rows))), widths)


def occurrences(snapshot: Snapshot, standings: Iterable[Standing], language: str) -> Records:
    """Return a row for each occurrence.

    What no milestone of the programme has gets no column: members, levels, official wordings, products, other languages than the given one.
    """
    programme = snapshot.roadmap.programme
    milestones = [milestone for _, milestone in snapshot.roadmap.milestones()]
    wholes = {one.occurrence.key: one for one in together(snapshot.standings) if one.parts}
    shown = language if language in programme.languages else programme.languages[0]
    targets = [one.target for one in milestones if one.target]
    longest = min(max(map(len, snapshot.keys), default=0) + 2, MAX_KEY)

    def names(assignments: Sequence[Assignment]) -> Text | None:
        return listed([short_name(snapshot.agencies[one.agency]) for one in assignments], ", ")

    def member(standing: Standing) -> Text | None:
        return short_name(standing.occurrence.member) if standing.occurrence.member else None

    def members(standing: Standing) -> Ratio | None:
        """Return how many members have done it, of all."""
        whole = wholes.get(standing.occurrence.shared_key) if standing.occurrence.member else None
        done = sum(part.course.progress is Progress.DONE for part in whole.parts) if whole else 0
        return Ratio(done, len(whole.parts)) if whole else None

    amended = bool(snapshot.past.steps)
    fields: list[tuple[object, Field[Standing]]] = [
        (True, _field(term("workstream", programme), 16, lambda one: workstream_name(one.occurrence.workstream))),
        (True, _text(term("milestone", programme), 36, title_of)),
        (
            any(one.text for one in milestones),
            _text(Message("Official wording"), 36, lambda one: one.occurrence.milestone.text),
        ),
        (
            any(one.result for one in milestones),
            _text(Message("Product"), 24, lambda one: one.occurrence.milestone.result),
        ),
        (True, _field(term("clauses", programme), 8, lambda one: ", ".join(one.occurrence.milestone.clauses))),
        (True, _field(Message("Lead"), 12, lambda one: names(one.occurrence.leads))),
        (
            any(one.support for one in milestones),
            _field(Message("Supports"), 14, lambda one: names(one.occurrence.milestone.support)),
        ),
        (wholes, _field(Message("Member"), 14, member)),
        (wholes, _number(Message("Members done"), 10, members)),
        (True, _field(Message("Due"), 11, lambda one: one.occurrence.window.due)),
        *((amended, field) for field in _moves()),
        (True, _field(Message("State"), 14, state_of)),
        (True, _number(Message("Days overdue"), 9, lambda one: one.days_overdue)),
        (
            True,
            _field(Message("Done on"), 11, lambda one: one.course.done_in.shown if one.course.done_in else None),
        ),
        (True, _number(Message("Days late"), 8, lambda one: one.days_late)),
        (
            any(one.baseline is not None for one in targets),
            _number(Message("Baseline"), 8, lambda one: _of_target(one, lambda target: target.baseline)),
        ),
        (
            any(one.level for one in targets),
            _field(Message("Condition"), 9, lambda one: _of_target(one, _condition)),
        ),
        (targets, _number(Message("Target"), 8, lambda one: _of_target(one, _figure))),
        (targets, _field(Message("Unit"), 13, lambda one: _of_target(one, lambda target: target.unit))),
        (any(one.count for one in targets), _number(Message("Counted"), 8, _counted)),
        (any(one.level for one in targets), _number(Message("Value"), 8, lambda one: one.course.value)),
        (True, _number("%", 9, lambda one: None if one.percent is None else Percent(one.percent, 100))),
        (
            True,
            _field(Message("Last entry"), 11, lambda one: one.course.last.on.shown if one.course.last else None),
        ),
        (True, _field(Message("Remarks"), 18, lambda one: listed(_remarks(one)))),
        (True, _field(Message("Key"), longest, lambda one: one.occurrence.key, Tone.QUIET)),
        *((True, _title_in(code, programme)) for code in programme.languages if code != shown),
    ]
    return _records([field for is_used, field in fields if is_used], standings)


def _moves() -> list[Field[Standing]]:
    """Return the columns of what acts did to deadlines: empty for what none has changed."""

    def act(standing: Standing) -> Text | None:
        return standing.moves.last.act if standing.moves and standing.moves.last else None

    def late(standing: Standing) -> Text | None:
        return Message("yes") if standing.moves and standing.moves.late_when_moved else None

    return [
        _field(Message("Original deadline"), 11, lambda one: one.original_due if _is_moved(one) else None),
        _number(Message("Days moved"), 9, lambda one: one.slip_days if _is_moved(one) else None),
        _number(Message("Moves"), 8, lambda one: one.moves.moves if one.moves and _is_moved(one) else None),
        _text(Message("Last moved by"), 22, act),
        _field(Message("Overdue when moved"), 12, late),
    ]


def _is_moved(standing: Standing) -> bool:
    return standing.moves is not None and standing.moves.moves > 0


def _title_in(code: str, programme: Programme) -> Field[Standing]:
    """Return the column of the titles in a further language of the programme."""
    heading = Message(
        "{heading} ({language})",
        heading=term("milestone", programme),
        language=LANGUAGE_NAMES.get(code, code),
    )
    return _text(heading, 24, lambda one: one.occurrence.milestone.title.get(code))


CONDITION = {
    Bound.AT_LEAST: Message("at least"),
    Bound.AT_MOST: Message("at most"),
    Bound.ABOVE: Message("above"),
    Bound.BELOW: Message("below"),
}
"""The sides of the figure of a level."""


def _of_target(standing: Standing, value: Callable[[Target], Value]) -> Value:
    target = standing.occurrence.milestone.target
    return value(target) if target else None


def _condition(target: Target) -> Text | None:
    return CONDITION[target.level.bound] if target.level else None


def _figure(target: Target) -> Decimal | int | Text:
    """Return the figure of a target: a number, or the text of a range."""
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


def changes(snapshot: Snapshot) -> Records:
    """Return a row for each change of each act in force."""
    fields: list[Field[Row]] = [
        _text(Message("Act"), 26, lambda one: one.act.act),
        _field(Message("Signed"), 11, lambda one: one.act.signed.shown),
        _field(Message("Effective"), 11, lambda one: one.act.day),
        _field(Message("Entered"), 11, lambda one: one.act.entered),
        _field(Message("Revoked"), 9, lambda one: Message("yes") if one.act.id in snapshot.plan.revoked else None),
        _text(Message("Change"), 40, lambda one: one.what),
        _text(Message("From"), 24, lambda one: one.was),
        _text(Message("To"), 24, lambda one: one.now),
        _field(Message("Clause of the act"), 10, lambda one: one.change.clause),
        _text(Message("Why"), 28, lambda one: one.change.why),
        _text(Message("Effect"), 30, lambda one: one.effect),
    ]
    return _records(fields, change_rows(snapshot))


def repealed(snapshot: Snapshot) -> Records:
    """Return a row for each occurrence that is no longer planned."""

    def late(standing: Standing) -> Text | None:
        return Message("yes") if standing.moves and standing.moves.late_when_repealed else None

    def act(standing: Standing) -> Amendment | None:
        return standing.moves.repealed if standing.moves else None

    fields: list[Field[Standing]] = [
        _field(
            term("workstream", snapshot.roadmap.programme), 16, lambda one: workstream_name(one.occurrence.workstream)
        ),
        _text(term("milestone", snapshot.roadmap.programme), 40, title_of),
        _field(Message("Due"), 11, lambda one: one.occurrence.window.due),
        _text(Message("Repealed by"), 26, lambda one: its.act if (its := act(one)) else None),
        _field(Message("Effective"), 11, lambda one: its.day if (its := act(one)) else None),
        _field(Message("Overdue when repealed"), 12, late),
        _text(Message("Remarks"), 30, lambda one: goes_on_in(snapshot, one.occurrence.key)),
        _field(Message("Key"), 24, lambda one: one.occurrence.key, Tone.QUIET),
    ]
    return _records(fields, snapshot.repealed)


def entries(snapshot: Snapshot, shown: Sequence[Entry]) -> Records:
    """Return a row for each entry; values have a column if any entry has one."""
    titles = {one.occurrence.key: title_of(one) for one in (*snapshot.standings, *snapshot.repealed)}
    names = _names(snapshot.agencies)

    def title(entry: Entry) -> Text | None:
        return titles.get(snapshot.plan.key_of(entry))

    def remark(entry: Entry) -> Text | None:
        return None if title(entry) else Message("not in the roadmap, changes no state")

    values: Field[Entry] = _number(Message("Value"), 8, lambda one: one.value)
    fields: list[Field[Entry]] = [
        _field(Message("Day"), 11, lambda one: one.on.shown),
        _field(Message("Event"), 12, lambda one: EVENT_WORDS[one.event]),
        _text(term("milestone", snapshot.roadmap.programme), 30, title),
        _number(Message("Count"), 8, lambda one: one.count),
        *([values] if any(one.value is not None for one in shown) else []),
        _number("%", 9, lambda one: None if one.percent is None else Percent(one.percent, 100)),
        _text(Message("Note"), 48, lambda one: one.note),
        _text(Message("Evidence"), 34, lambda one: listed(one.evidence)),
        _field(Message("Reported by"), 12, lambda one: _reporter(one, names)),
        _field(Message("Recorded"), 16, lambda one: one.recorded),
        _field(Message("Remarks"), 14, remark, Tone.WARN),
        _field(Message("Key"), 18, lambda one: one.key, Tone.QUIET),
        _field(Message("Id"), 10, lambda one: short_id(one.id), Tone.QUIET),
    ]
    return _records(fields, shown)


def retractions(snapshot: Snapshot, shown: Iterable[Retraction]) -> Records:
    """Return a row for each entry that was taken back."""
    names = _names(snapshot.agencies)

    def entry_of(one: Retraction) -> Entry | None:
        record = snapshot.journal.by_id.get(one.retracts)
        return record if isinstance(record, Entry) else None

    def note(one: Retraction) -> Text | None:
        entry = entry_of(one)
        return entry.note if entry else Message("an entry that is not in this journal")

    fields: list[Field[Retraction]] = [
        _field(Message("Taken back on"), 16, lambda one: one.recorded),
        _field(Message("Day"), 11, lambda one: entry.on.shown if (entry := entry_of(one)) else None),
        _field(Message("Event"), 12, lambda one: EVENT_WORDS[entry.event] if (entry := entry_of(one)) else None),
        _field(Message("Key"), 18, lambda one: entry.key if (entry := entry_of(one)) else None, Tone.QUIET),
        _text(Message("Note"), 44, note),
        _text(Message("Why"), 34, lambda one: one.note),
        _field(Message("Taken back by"), 14, lambda one: _reporter(one, names)),
        _field(Message("Id"), 10, lambda one: short_id(one.retracts), Tone.QUIET),
    ]
    return _records(fields, shown)


def _names(agencies: Agencies) -> dict[str, Text]:
    return {spelling: short_name(agency) for spelling, agency in by_spelling(agencies).items()}


def _reporter(record: Record, names: Mapping[str, Text]) -> Text | None:
    return names.get(squashed(record.by), record.by) if record.by else None
