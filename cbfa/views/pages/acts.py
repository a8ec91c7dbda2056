"""Acts in words: what each change of an act is about, what it was and is, and what it did to occurrences."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cbfa.core.amendments import Amendment, Change, MilestoneFields, ProgrammeFields
from cbfa.core.history import Step
from cbfa.core.periods import Period
from cbfa.core.plan import id_in
from cbfa.core.roadmap import Assignment, Milestone
from cbfa.core.schedule import Schedule
from cbfa.core.snapshot import Snapshot
from cbfa.core.targets import Target
from cbfa.messages import Message, Plural
from cbfa.views.looks import TIMELINE
from cbfa.views.page import Cell, Column, Figure, Table, Text, TimelineSign
from cbfa.views.pages.parts import listed, short_name, title_of
from cbfa.views.pages.schedules import schedule_words, target_text

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


class Row(NamedTuple):
    """A change of an act in words. `is_listed` is true if the lists of what was moved, added or repealed have it."""

    act: Amendment
    change: Change
    kind: Message
    name: Text | None
    was: Text | None
    now: Text | None
    effect: Text | None
    is_listed: bool

    @property
    def what(self) -> Text:
        """The kind of change and the name of what is changed."""
        return Message("{kind}: {name}", kind=self.kind, name=self.name) if self.name else self.kind


def change_rows(snapshot: Snapshot) -> list[Row]:
    """Return a row for each change of each act in force."""
    return [_row(snapshot, step, change) for step in snapshot.past.steps for change in step.act.changes]


def _row(snapshot: Snapshot, step: Step, change: Change) -> Row:
    name, was, now = _TEXTS[change.kind](snapshot, change)
    effect, is_listed = _effect(snapshot, step, change)
    return Row(step.act, change, KINDS[change.kind], name, was, now, effect, is_listed)


def details(snapshot: Snapshot, act: Amendment, milestone_id: str) -> list[Text]:
    """Say what else an act says of a milestone: what it changed beside the deadline, the clause, and why.

    Where it does not name the milestone, that is what it changed of all: mergers, groups, the programme.
    """
    its = [one for one in act.changes if id_in(_named(one) or "") == milestone_id]
    texts: list[Text] = []
    for change in its or [one for one in act.changes if _named(one) is None and one.kind != "found"]:
        if not its or set((change.now or MilestoneFields()).model_fields_set) - {"schedule", "due"}:
            name, was, now = _TEXTS[change.kind](snapshot, change)
            values = [] if its else [name or KINDS[change.kind]]
            texts.append(listed([*values, *([one] if (one := _before_and_after(was, now)) else [])], ": ") or "")
        texts += _clause_and_why(change)
    return texts


def set_by(snapshot: Snapshot, milestone_id: str) -> Amendment | None:
    """Return the last act in force that changed the schedule of a milestone."""
    acts = (step.act for step in reversed(snapshot.past.steps))
    return next(
        (
            act
            for act in acts
            for one in act.changes
            if one.change == milestone_id and one.now and "schedule" in one.now.model_fields_set
        ),
        None,
    )


def _before_and_after(was: Text | None, now: Text | None) -> Text:
    if was and now:
        return Message("{before} → {after}", before=was, after=now)
    return now or was or ""


def _clause_and_why(change: Change) -> list[Text]:
    clause = [Message("clause of the act: {clause}", clause=change.clause)] if change.clause else []
    return [*clause, *([Message("why: {note}", note=change.why)] if change.why else [])]


def act_table(rows: Iterable[Row]) -> Table:
    """List the changes of one act with what they did."""

    def cell(row: Row) -> Cell:
        values = _before_and_after(row.was, row.now)
        texts = [one for one in (row.name, values, row.effect, *_clause_and_why(row.change)) if one]
        return Cell(texts[0], below=texts[1:])

    return Table([Column(""), Column("", flexible=True)], [[Cell(one.kind), cell(one)] for one in rows])


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
        texts += _of_these(
            sum(one.moves is not None and one.moves.late_when_repealed for one in gone), LATE_WHEN_REPEALED
        )
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
