"""The changes by acts: each of them, the occurrences that were moved, added and repealed, and the history of a milestone.

Figures come from the standings. Tables are empty lists where no act is in force, so a plan without amendments has none of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cbfa.core.amendments import Amendment, Change, MilestoneFields, ProgrammeFields
from cbfa.core.fold import Move
from cbfa.core.history import Step
from cbfa.core.journal import EVENT_WORDS, Entry
from cbfa.core.periods import Period
from cbfa.core.plan import id_in
from cbfa.core.roadmap import Assignment, Milestone
from cbfa.core.schedule import Schedule
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.core.targets import Target
from cbfa.messages import Message, Plural
from cbfa.views.looks import TIMELINE
from cbfa.views.page import Block, Cell, Column, Figure, Heading, Table, Text, TimelineSign, Tone
from cbfa.views.pages.milestone import derivation, target_text
from cbfa.views.pages.parts import listed, short_name, title_of

ADJUSTMENTS = Message("Amendments")
NO_LONGER_PLANNED = Message("No longer planned")
LATE_WHEN_MOVED = Message("overdue when moved")
LATE_WHEN_REPEALED = Message("overdue when repealed")
KINDS = {
    "change": Message("changed"),
    "repeal": Message("repealed"),
    "add": Message("added"),
    "found": Message("agency founded"),
    "merge": Message("agencies merged"),
    "close": Message("agencies closed"),
    "group": Message("members changed"),
    "programme": Message("programme changed"),
    "revoke": Message("act revoked"),
}
"""The kinds of change in words."""
FIELDS = {
    "schedule": Message("Deadline"),
    "due": Message("Deadline"),
    "target": Message("Target"),
    "leads": Message("Lead"),
    "support": Message("Supports"),
    "each": Message("Each lead owes its own"),
    "title": Message("Title"),
    "text": Message("Official wording"),
    "result": Message("Product"),
    "timing": Message("Deadline wording"),
    "period": Message("Period of the programme"),
    "coordinator": Message("Coordinating agency"),
    "due_soon_days": Message("Days before a deadline"),
}
"""The fields that acts change, in words."""


class Adjusted(NamedTuple):
    """The occurrences that acts of some days moved, added and repealed. What each member owes is one."""

    acts: Sequence[Amendment]
    moved: Sequence[tuple[Standing, Move]]
    added: Sequence[tuple[Standing, Amendment]]
    repealed: Sequence[tuple[Standing, Amendment]]


def adjusted(
    snapshot: Snapshot, standings: Iterable[Standing], repealed: Iterable[Standing], days: Period | None = None
) -> Adjusted:
    """Return what acts in force did to these occurrences; with `days`, only the acts that took effect in them."""
    acts = [step.act for step in snapshot.past.steps if days is None or step.act.day in days]
    ids = {act.id for act in acts}
    listed, gone = together(standings), together(repealed)
    return Adjusted(
        acts,
        [
            (one, move)
            for one in listed
            for move in (one.moves.made if one.moves else ())
            if move.act and move.act.id in ids
        ],
        [(one, act) for one in listed if (act := added_by(snapshot, one)) and act.id in ids],
        [(one, act) for one in gone if (act := one.moves and one.moves.repealed) and act.id in ids],
    )


def added_by(snapshot: Snapshot, standing: Standing) -> Amendment | None:
    """Return the act that added an occurrence; None for one of the adopted plan."""
    occurrence = standing.parts[0].occurrence if standing.parts else standing.occurrence
    segments = snapshot.past.segments.get(occurrence.key, ())
    if not segments or segments[0].occurrence is not None:
        return None
    return next((segment.act for segment in segments if segment.occurrence), None)


def totals_of(found: Adjusted) -> Text | None:
    """Say in one line what acts changed; None if there are none."""
    if not found.acts:
        return None
    return Message(
        "{acts}: deadlines moved {moved} (overdue when moved {late}), added {added}, no longer planned {repealed} "
        "(overdue when repealed {gone}).",
        acts=Plural("{count} amending act", "{count} amending acts", count=len(found.acts)),
        moved=Figure(len({one.occurrence.key for one, _ in found.moved})),
        late=Figure(len({one.occurrence.key for one, move in found.moved if move.late})),
        added=Figure(len(found.added)),
        repealed=Figure(len(found.repealed)),
        gone=Figure(sum(_is_late(one) for one, _ in found.repealed)),
    )


def _is_late(standing: Standing) -> bool:
    return standing.moves is not None and standing.moves.late_when_repealed


def repealed_blocks(standings: Iterable[Standing], *, level: int = 2) -> list[Block]:
    """List what is no longer planned under a heading; nothing if there is nothing."""
    gone = [(one, one.moves.repealed) for one in together(standings) if one.moves and one.moves.repealed]
    return [Heading(NO_LONGER_PLANNED, level), repealed_table(gone)] if gone else []


def repealed_table(gone: Iterable[tuple[Standing, Amendment]]) -> Table:
    """List what is no longer planned with its last deadline, the act, and if it was overdue."""
    columns = [
        Column(Message("Task"), flexible=True),
        Column(Message("Due")),
        Column(Message("Repealed by"), flexible=True),
        Column(Message("Remarks"), flexible=True),
    ]
    rows = [
        [
            Cell(title_of(one)),
            Cell(one.occurrence.window.due),
            Cell(act.act),
            Cell(LATE_WHEN_REPEALED if _is_late(one) else "", Tone.WARN),
        ]
        for one, act in gone
    ]
    return Table(columns, rows)


def moved_table(moved: Iterable[tuple[Standing, Move]]) -> Table:
    """List the deadlines that were moved, a row for each move."""
    columns = [
        Column(Message("No."), numeric=True),
        Column(Message("Task"), flexible=True),
        Column(Message("From")),
        Column(Message("To")),
        Column(Message("Days moved"), numeric=True),
        Column(Message("Act"), flexible=True),
        Column(Message("Remarks"), flexible=True),
    ]
    rows = [
        [
            Cell(number),
            Cell(title_of(one)),
            Cell(move.before),
            Cell(move.after or TIMELINE[TimelineSign.NO_DEADLINE].words),
            Cell(move.days),
            Cell(move.act.act if move.act else ""),
            Cell(LATE_WHEN_MOVED if move.late else ""),
        ]
        for number, (one, move) in enumerate(moved, 1)
    ]
    return Table(columns, rows)


def added_table(added: Iterable[tuple[Standing, Amendment]]) -> Table:
    """List what acts added, with its deadline."""
    columns = [
        Column(Message("No."), numeric=True),
        Column(Message("Task"), flexible=True),
        Column(Message("Due")),
        Column(Message("Act"), flexible=True),
    ]
    rows = [
        [Cell(number), Cell(title_of(one)), Cell(one.occurrence.window.due), Cell(act.act)]
        for number, (one, act) in enumerate(added, 1)
    ]
    return Table(columns, rows)


# The changes of acts


class Row(NamedTuple):
    """A change of an act in words. `is_listed` is true if the lists of what was moved, added or repealed have it."""

    act: Amendment
    change: Change
    what: Text
    was: Text | None
    now: Text | None
    effect: Text | None
    is_listed: bool


def change_rows(snapshot: Snapshot) -> list[Row]:
    """Return a row for each change of each act in force."""
    return [_row(snapshot, step, change) for step in snapshot.past.steps for change in step.act.changes]


def _row(snapshot: Snapshot, step: Step, change: Change) -> Row:
    name, was, now = _TEXTS[change.kind](snapshot, change)
    what = Message("{kind}: {name}", kind=KINDS[change.kind], name=name) if name else KINDS[change.kind]
    effect, is_listed = _effect(snapshot, step, change)
    return Row(step.act, change, what, was, now, effect, is_listed)


Texts = tuple[Text | None, Text | None, Text | None]
"""The name of what is changed, and what it was and is."""


def _change(snapshot: Snapshot, change: Change) -> Texts:
    key = change.change or ""
    milestone = _milestone(snapshot, key)
    was, now = change.was or MilestoneFields(), change.now or MilestoneFields()
    return _title(snapshot, key), _fields(snapshot, milestone, was), _fields(snapshot, milestone, now)


def _repeal(snapshot: Snapshot, change: Change) -> Texts:
    key = change.repeal or ""
    into = [_title(snapshot, one) for one in change.into or ()]
    return _title(snapshot, key), None, Message("goes on in: {names}", names=listed(into)) if into else None


def _add(snapshot: Snapshot, change: Change) -> Texts:
    milestone = change.add.milestone if change.add else None
    return (milestone.title, None, schedule_words(milestone, snapshot)) if milestone else (None, None, None)


def _found(_snapshot: Snapshot, change: Change) -> Texts:
    return change.found.name if change.found else None, None, None


def _merge(snapshot: Snapshot, change: Change) -> Texts:
    return None, _names(snapshot, change.merge or ()), _names(snapshot, change.into or ())


def _close(snapshot: Snapshot, change: Change) -> Texts:
    return _names(snapshot, change.close or ()), None, None


def _group(snapshot: Snapshot, change: Change) -> Texts:
    leave = Message("leaves: {names}", names=_names(snapshot, change.leave)) if change.leave else None
    join = Message("joins: {names}", names=_names(snapshot, change.join)) if change.join else None
    return _names(snapshot, [change.group or ""]), leave, join


def _programme(snapshot: Snapshot, change: Change) -> Texts:
    if change.programme is None:
        return None, None, None
    return None, _own_fields(snapshot, change.programme.was), _own_fields(snapshot, change.programme.now)


def _revoke(snapshot: Snapshot, change: Change) -> Texts:
    revoked = next((one for one in snapshot.history.amendments if one.id == change.revoke), None)
    return revoked.act if revoked else change.revoke, None, None


_TEXTS = {
    "change": _change,
    "repeal": _repeal,
    "add": _add,
    "found": _found,
    "merge": _merge,
    "close": _close,
    "group": _group,
    "programme": _programme,
    "revoke": _revoke,
}


def _milestone(snapshot: Snapshot, key: str) -> Milestone | None:
    return next((one for _, one in snapshot.roadmap.milestones() if one.id == id_in(key)), None)


def _title(snapshot: Snapshot, key: str) -> Text:
    """Name a milestone by its title, and one occurrence by its title and period."""
    standing = next((one for one in (*snapshot.standings, *snapshot.repealed) if one.occurrence.key == key), None)
    if standing:
        return title_of(standing)
    milestone = _milestone(snapshot, key)
    return milestone.title if milestone else key


def _names(snapshot: Snapshot, ids: Iterable[str]) -> Text | None:
    return listed([_agency_name(snapshot, one) for one in ids], ", ")


def _agency_name(snapshot: Snapshot, agency_id: str) -> Text:
    known = {one.id: one for one in snapshot.history.agencies.agencies}
    return short_name(known[agency_id]) if agency_id in known else agency_id


def _fields(snapshot: Snapshot, milestone: Milestone | None, fields: MilestoneFields) -> Text | None:
    """Write the fields that are set; a deadline without its name, if it is alone."""
    names = [name for name in FIELDS if name in fields.model_fields_set]
    return _labelled([(name, _field(snapshot, milestone, name, getattr(fields, name))) for name in names])


def _own_fields(snapshot: Snapshot, fields: ProgrammeFields) -> Text | None:
    parts: list[tuple[str, Text]] = []
    for name in FIELDS:
        if name in fields.model_fields_set:
            value = getattr(fields, name)
            if name == "coordinator":
                value = _agency_name(snapshot, value)
            if name == "period" and value:
                value = Message("{start} to {due}", start=value.first, due=value.last)
            parts.append((name, Message("{value}", value=value)))
    return _labelled(parts)


def _labelled(parts: Sequence[tuple[str, Text]]) -> Text | None:
    if [name for name, _ in parts] in (["schedule"], ["due"]):
        return parts[0][1]
    texts = [Message("{heading}: {value}", heading=FIELDS[name], value=text) for name, text in parts]
    return listed(texts)


def _field(snapshot: Snapshot, milestone: Milestone | None, name: str, value: object) -> Text:
    match name, value:
        case "schedule", Schedule() if milestone:
            return schedule_words(milestone.model_copy(update={"schedule": value}), snapshot)
        case "due", Period():
            return Message("{day}", day=value.last)
        case (("schedule" | "due"), None):
            return TIMELINE[TimelineSign.NO_DEADLINE].words
        case "target", Target() as target if milestone:
            return target_text(target, milestone.schedule)
        case (("leads" | "support"), list()):
            return _names(snapshot, [one.agency for one in value if isinstance(one, Assignment)]) or Message("none")
        case "each", bool():
            return Message("yes") if value else Message("no")
        case _, None:
            return Message("none")
    return Message("{value}", value=value)


def schedule_words(milestone: Milestone, snapshot: Snapshot) -> Text:
    """Say in short when a milestone is due."""
    schedule = milestone.schedule
    if schedule is None:
        return TIMELINE[TimelineSign.NO_DEADLINE].words
    if schedule.every:
        return derivation(milestone, snapshot)
    if schedule.in_:
        return Message("{period}", period=schedule.in_.shown)
    if schedule.deadline:
        return Message("{day}", day=schedule.deadline.last)
    return Message("from {start}, no deadline set", start=schedule.from_.first if schedule.from_ else "")


# Effects


def _effect(snapshot: Snapshot, step: Step, change: Change) -> tuple[Text | None, bool]:
    """Say what a change did to occurrences: moved, repealed, added, else only changed; True if it did the former."""
    keys = set(_keys(step, change))
    standings = [one for one in (*snapshot.standings, *snapshot.repealed) if one.occurrence.key in keys]
    moves = [
        move
        for one in standings
        for move in (one.moves.made if one.moves else ())
        if move.act and move.act.id == step.act.id
    ]
    gone = [one for one in standings if one.moves and one.moves.repealed and one.moves.repealed.id == step.act.id]
    texts: list[Text] = []
    if moves:
        texts.append(Plural("{count} deadline moved", "{count} deadlines moved", count=len(moves)))
        texts += _of_these(sum(move.late for move in moves), LATE_WHEN_MOVED)
    if gone:
        texts.append(Plural("{count} task no longer planned", "{count} tasks no longer planned", count=len(gone)))
        texts += _of_these(sum(_is_late(one) for one in gone), LATE_WHEN_REPEALED)
    if change.kind == "add":
        texts.append(Plural("{count} task added", "{count} tasks added", count=len(standings)))
    elif standings and not texts:
        texts.append(Plural("{count} task changed", "{count} tasks changed", count=len(standings)))
    return listed(texts, ", "), bool(moves or gone or change.kind == "add")


def _of_these(count: int, words: Message) -> list[Text]:
    return [Message("{words}: {count}", words=words, count=Figure(count))] if count else []


def _keys(step: Step, change: Change) -> Iterable[str]:
    """Return the keys of the occurrences that a change of an act concerns; nothing where changes cannot be told apart."""
    named = _named(change)
    if named:
        return [key for key in step.changed if named in (key, id_in(key))]
    wide = [one for one in step.act.changes if not _named(one) and one.kind != "found"]
    if change.kind == "found" or len(wide) > 1:
        return []
    others = {name for one in step.act.changes if (name := _named(one))}
    return [key for key in step.changed if key not in others and id_in(key) not in others]


def _named(change: Change) -> str | None:
    return change.change or change.repeal or (change.add.milestone.id if change.add else None)


def changes_table(rows: Iterable[Row]) -> Table:
    """List changes with the act, the clause and the reason."""
    columns = [
        Column(Message("Act"), flexible=True),
        Column(Message("Effective")),
        Column(Message("Change"), flexible=True),
        Column(Message("From"), flexible=True),
        Column(Message("To"), flexible=True),
        Column(Message("Clause of the act")),
        Column(Message("Why"), flexible=True),
    ]
    return Table(
        columns,
        [
            [
                Cell(one.act.act),
                Cell(one.act.day),
                Cell(one.what),
                Cell(one.was or ""),
                Cell(one.now or ""),
                Cell(one.change.clause or ""),
                Cell(one.change.why or ""),
            ]
            for one in rows
        ],
    )


# The history of a milestone


def history_blocks(snapshot: Snapshot, standings: Sequence[Standing], entries: Sequence[Entry]) -> list[Block]:
    """Return what happened to a milestone in order: as adopted, each act, and the entries between; nothing if no act touched it."""
    acts = {act.id: act for one in standings if one.moves for act in one.moves.acts}
    if not acts:
        return []
    several = len(standings) > 1
    lines: list[tuple[date, int, list[Cell]]] = []
    for one in standings:
        lines += [(day, 0, _line(day, text, one if several else None)) for day, text in _past_of(snapshot, one)]
    for entry in entries:
        note: Text = EVENT_WORDS[entry.event]
        if entry.note:
            note = Message("{event}: {note}", event=note, note=entry.note)
        lines.append((entry.day, 1, [Cell(entry.on.shown, Tone.QUIET), Cell(note)]))
    ordered = sorted(lines, key=lambda line: line[:2])
    table = Table([Column(""), Column("", flexible=True)], [cells for _, _, cells in ordered])
    return [Heading(Message("History")), table]


def _line(day: date, text: Text, standing: Standing | None) -> list[Cell]:
    if standing:
        text = Message("{title}: {text}", title=title_of(standing), text=text)
    return [Cell(Message("as adopted") if day == date.min else day, Tone.QUIET), Cell(text)]


def _past_of(snapshot: Snapshot, standing: Standing) -> Iterator[tuple[date, Text]]:
    """Yield the days on which acts changed an occurrence, with what they did; first its deadline as adopted."""
    moves = standing.moves
    if moves is None:
        return
    made = {move.act.id: move for move in moves.made if move.act}
    if added_by(snapshot, standing) is None:
        yield date.min, _due(standing.original_due)
    for act in moves.acts:
        move = made.get(act.id)
        if move:
            yield act.day, moved_by(act, move)
        elif moves.repealed and act.id == moves.repealed.id:
            late = Message(" ({words})", words=LATE_WHEN_REPEALED) if moves.late_when_repealed else ""
            yield act.day, Message("repealed by {act}{late}", act=act.act, late=late)
        elif added_by(snapshot, standing) == act:
            yield act.day, Message("added by {act}: {due}", act=act.act, due=_due(standing.original_due))
        else:
            yield act.day, Message("changed by {act}", act=act.act)


def moved_by(act: Amendment, move: Move) -> Message:
    """Say from which day to which an act moved a deadline, and if it was overdue then."""
    now: Text | date = move.after or TIMELINE[TimelineSign.NO_DEADLINE].words
    if move.late:
        return Message(
            "deadline moved from {was} to {now} by {act} ({words})",
            was=move.before,
            now=now,
            act=act.act,
            words=LATE_WHEN_MOVED,
        )
    return Message("deadline moved from {was} to {now} by {act}", was=move.before, now=now, act=act.act)


def _due(due: date | None) -> Text:
    return Message("due {day}", day=due) if due else TIMELINE[TimelineSign.NO_DEADLINE].words
