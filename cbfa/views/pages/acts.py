"""Acts in words: what each change of an act is about, what it was and is, and what it did to occurrences."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cbfa.core.amendments import Amendment, Change, MilestoneFields, ProgrammeFields
from cbfa.core.history import Step
from cbfa.core.periods import Period
from cbfa.core.plan import Occurrence, id_in
from cbfa.core.roadmap import Assignment, Milestone, Programme
from cbfa.core.schedule import Schedule
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.targets import Target
from cbfa.messages import Message, Plural
from cbfa.views.looks import TIMELINE
from cbfa.views.page import Cell, Column, Figure, Table, Text, TimelineSign
from cbfa.views.pages.parts import listed, title_of
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


Texts = tuple[Text | None, Text | None, Text | None]
"""The name of what is changed, and what it was and is."""
Parts = Sequence[tuple[str, Text]]
"""Fields in words, each with its name in the file."""


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

    values: Sequence[Text]
    """What it was and is, field by field."""

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
    return Row(step.act, change, KINDS[change.kind], name, was, now, effect, is_listed, _values(snapshot, change))


def details(snapshot: Snapshot, act: Amendment, milestone_id: str) -> list[Text]:
    """Say what else an act says of a milestone: what it changed beside the deadline, the clause, and why.

    Where it does not name the milestone, that is what it changed of all: mergers, groups, the programme.
    """
    its = [one for one in act.changes if id_in(_named(one) or "") == milestone_id]
    texts: list[Text] = []
    for change in its or [one for one in act.changes if _named(one) is None and one.kind != "found"]:
        values = _values(snapshot, change)
        if not its:
            name, kind = _TEXTS[change.kind](snapshot, change)[0], KINDS[change.kind]
            what = Message("{kind}: {name}", kind=kind, name=name) if name else kind
            texts.append(listed([what, *([one] if (one := listed(values)) else [])], ": ") or "")
        elif change.kind == "repeal" or not _is_of_days(change):
            texts += values
        texts += _clause_and_why(change)
    return texts


def _is_of_days(change: Change) -> bool:
    """Return True if a change is of nothing but a deadline, or adds a milestone."""
    return not (change.now or MilestoneFields()).model_fields_set - {"schedule", "due"}


def set_by(snapshot: Snapshot, milestone_id: str, field: str) -> Amendment | None:
    """Return the last act in force that changed a field of a milestone, or added the milestone; None for the adopted plan."""
    acts = (step.act for step in reversed(snapshot.past.steps) if step.act.id not in snapshot.plan.revoked)
    return next((act for act in acts for change in act.changes if _sets(change, milestone_id, field)), None)


def _sets(change: Change, milestone_id: str, field: str) -> bool:
    if change.add:
        return change.add.milestone.id == milestone_id
    return change.change == milestone_id and change.now is not None and field in change.now.model_fields_set


def _before_and_after(was: Text | None, now: Text | None) -> Text:
    if was and now:
        return Message("{before} → {after}", before=was, after=now)
    return now or was or ""


def _clause_and_why(change: Change) -> list[Text]:
    clause = [Message("clause of the act: {clause}", clause=change.clause)] if change.clause else []
    return [*clause, *([Message("why: {note}", note=change.why)] if change.why else [])]


def _values(snapshot: Snapshot, change: Change) -> list[Text]:
    """Return what a change makes of each field: from what to what."""
    if change.kind == "change":
        was, now = (its or MilestoneFields() for its in (change.was, change.now))
        return _paired(_change_fields(snapshot, change, was, now))
    if change.programme:
        return _paired((_own_parts(snapshot, change.programme.was), _own_parts(snapshot, change.programme.now)))
    _, before, after = _TEXTS[change.kind](snapshot, change)
    if change.kind == "group":
        return [one for one in (before, after) if one]
    return [one] if (one := _before_and_after(before, after)) else []


def _paired(sides: tuple[Parts, Parts]) -> list[Text]:
    """Write each field with what it was and is; a deadline without its name, if it is alone."""
    was, now = map(dict, sides)
    names = [name for name in FIELDS if name in was or name in now]
    texts = {name: _before_and_after(was.get(name), now.get(name)) for name in names}
    if names in (["schedule"], ["due"]):
        return list(texts.values())
    return [Message("{heading}: {value}", heading=FIELDS[name], value=text) for name, text in texts.items()]


def act_table(rows: Iterable[Row]) -> Table:
    """List the changes of one act with what they did."""

    def cell(row: Row) -> Cell:
        texts = [one for one in (row.name, *row.values, row.effect, *_clause_and_why(row.change)) if one]
        return Cell(texts[0], below=texts[1:])

    return Table([Column(""), Column("", flexible=True)], [[Cell(one.kind), cell(one)] for one in rows])


def _change(snapshot: Snapshot, change: Change) -> Texts:
    was, now = (its or MilestoneFields() for its in (change.was, change.now))
    before, after = _change_fields(snapshot, change, was, now)
    return _title(snapshot, change.change or ""), _labelled(before), _labelled(after)


def _change_fields(
    snapshot: Snapshot, change: Change, was: MilestoneFields, now: MilestoneFields
) -> tuple[Parts, Parts]:
    """Return the fields of a milestone before and after, each schedule in the period of the programme of its time."""
    milestone = _milestone(snapshot, change.change or "")
    before, after = _programmes(snapshot, change)
    return _parts(snapshot, milestone, was, before), _parts(snapshot, milestone, now, after)


def _programmes(snapshot: Snapshot, change: Change) -> tuple[Programme, Programme]:
    """Return the programme before and after the act of a change."""
    before = snapshot.history.adopted.programme
    for step in snapshot.past.steps:
        if any(one is change for one in step.act.changes):
            return before, step.plan.programme
        before = step.plan.programme
    return before, before


def _repeal(snapshot: Snapshot, change: Change) -> Texts:
    return _title(snapshot, change.repeal or ""), None, _goes_on(snapshot, change.into or ())


def goes_on_in(snapshot: Snapshot, key: str) -> Text | None:
    """Say in which milestones the work of a repealed occurrence goes on, if its act says so."""
    ended = snapshot.plan.ended
    return _goes_on(snapshot, ended.get(key) or ended.get(id_in(key)) or ())


def _goes_on(snapshot: Snapshot, into: Iterable[str]) -> Text | None:
    names = listed([_title(snapshot, one) for one in into])
    return Message("goes on in: {names}", names=names) if names else None


def _add(snapshot: Snapshot, change: Change) -> Texts:
    milestone = change.add.milestone if change.add else None
    if milestone is None:
        return None, None, None
    return milestone.title, None, schedule_words(milestone, _programmes(snapshot, change)[1])


def _found(_snapshot: Snapshot, change: Change) -> Texts:
    return change.found.name if change.found else None, None, None


def _merge(snapshot: Snapshot, change: Change) -> Texts:
    return None, agency_names(snapshot, change.merge or ()), agency_names(snapshot, change.into or ())


def _close(snapshot: Snapshot, change: Change) -> Texts:
    return agency_names(snapshot, change.close or ()), None, None


def _group(snapshot: Snapshot, change: Change) -> Texts:
    leave = Message("leaves: {names}", names=agency_names(snapshot, change.leave)) if change.leave else None
    join = Message("joins: {names}", names=agency_names(snapshot, change.join)) if change.join else None
    return agency_names(snapshot, [change.group or ""]), leave, join


def _programme(snapshot: Snapshot, change: Change) -> Texts:
    if change.programme is None:
        return None, None, None
    was, now = (_own_parts(snapshot, its) for its in (change.programme.was, change.programme.now))
    return None, _labelled(was), _labelled(now)


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


def agency_names(snapshot: Snapshot, ids: Iterable[str]) -> Text | None:
    """Name agencies that the programme has on some day, whether or not they still exist."""
    return listed([_agency_name(snapshot, one) for one in ids], ", ")


def _agency_name(snapshot: Snapshot, agency_id: str) -> Text:
    known = {one.id: one for one in snapshot.history.agencies.agencies}
    return known[agency_id].name if agency_id in known else agency_id


def _parts(snapshot: Snapshot, milestone: Milestone | None, fields: MilestoneFields, programme: Programme) -> Parts:
    """Return the fields that are set, in words."""
    names = [name for name in FIELDS if name in fields.model_fields_set]
    return [(name, _field(snapshot, milestone, name, getattr(fields, name), programme)) for name in names]


def _own_parts(snapshot: Snapshot, fields: ProgrammeFields) -> Parts:
    parts: list[tuple[str, Text]] = []
    for name in FIELDS:
        if name in fields.model_fields_set:
            value = getattr(fields, name)
            if name == "coordinator":
                value = _agency_name(snapshot, value)
            if name == "period" and value:
                value = Message("{start} to {due}", start=value.first, due=value.last)
            parts.append((name, Message("{value}", value=value)))
    return parts


def _labelled(parts: Parts) -> Text | None:
    """Write fields with their names; a deadline without its name, if it is alone."""
    if [name for name, _ in parts] in (["schedule"], ["due"]):
        return parts[0][1]
    texts = [Message("{heading}: {value}", heading=FIELDS[name], value=text) for name, text in parts]
    return listed(texts)


def _field(snapshot: Snapshot, milestone: Milestone | None, name: str, value: object, programme: Programme) -> Text:
    match name, value:
        case "schedule", Schedule() if milestone:
            return schedule_words(milestone.model_copy(update={"schedule": value}), programme)
        case "due", Period():
            return Message("{day}", day=value.last)
        case (("schedule" | "due"), None):
            return TIMELINE[TimelineSign.NO_DEADLINE].words
        case "target", Target() as target if milestone:
            return _goal(target, milestone.schedule)
        case (("leads" | "support"), list()):
            return agency_names(snapshot, [one.agency for one in value if isinstance(one, Assignment)]) or Message(
                "none"
            )
        case "each", bool():
            return Message("yes") if value else Message("no")
        case _, None:
            return Message("none")
    return Message("{value}", value=value)


def _goal(target: Target, schedule: Schedule | None) -> Text:
    """Say what a target is, its baseline last: arrows separate the old value and the new one."""
    if target.baseline is None:
        return target_text(target, schedule)
    goal = target_text(target.model_copy(update={"baseline": None}), schedule)
    return Message("{goal} (from {baseline})", goal=goal, baseline=target.baseline)


# Effects


def is_ended(snapshot: Snapshot, key: str, act: Amendment) -> bool:
    """Return True if an act ended an occurrence that was planned."""
    before, after = _around(snapshot, key, act)
    return after is None and bool(before) and before[-1] is not None


def is_restored(snapshot: Snapshot, key: str, act: Amendment) -> bool:
    """Return True if an act plans an occurrence again that another one had ended."""
    before, after = _around(snapshot, key, act)
    return after is not None and bool(before) and before[-1] is None and any(before)


def _is_new(snapshot: Snapshot, key: str, act: Amendment) -> bool:
    before, after = _around(snapshot, key, act)
    return after is not None and bool(before) and not any(before)


def _around(snapshot: Snapshot, key: str, act: Amendment) -> tuple[list[Occurrence | None], Occurrence | None]:
    """Return how an occurrence was planned before an act, the latest last, and how after it; nothing if the act did not touch it."""
    before: list[Occurrence | None] = []
    for segment in snapshot.past.segments.get(key, ()):
        if segment.act is not None and segment.act.id == act.id:
            return before, segment.occurrence
        before.append(segment.occurrence)
    return [], None


def _effect(snapshot: Snapshot, step: Step, change: Change) -> tuple[Text | None, bool]:
    """Say what a change did to occurrences: moved, ended, added or restored them, else only changed them.

    The second value is true if the lists of what was moved, added or repealed say all of it.
    """
    act, keys = step.act, set(_keys(step, change))
    standings = [one for one in (*snapshot.standings, *snapshot.repealed) if one.occurrence.key in keys]
    made = [(one, move) for one in standings for move in (one.moves.made if one.moves else ())]
    moved = [(one, move) for one, move in made if move.act and move.act.id == act.id]
    standings = [one for one in standings if not (is_ended(snapshot, one.occurrence.key, act) and _was_done(one, act))]
    gone = [one for one in standings if is_ended(snapshot, one.occurrence.key, act)]
    added = [one for one in standings if _is_new(snapshot, one.occurrence.key, act)]
    restored = [one for one in standings if is_restored(snapshot, one.occurrence.key, act)]
    texts: list[Text] = []
    if moved:
        texts.append(Plural("{count} deadline moved", "{count} deadlines moved", count=len(moved)))
        texts += _of_these(sum(move.late for _, move in moved), LATE_WHEN_MOVED)
    if gone:
        texts.append(Plural("{count} task no longer planned", "{count} tasks no longer planned", count=len(gone)))
        late = sum(one.moves is not None and act in one.moves.ended_late for one in gone)
        texts += _of_these(late, LATE_WHEN_REPEALED)
    if added:
        texts.append(Plural("{count} task added", "{count} tasks added", count=len(added)))
    if restored:
        texts.append(Plural("{count} task planned again", "{count} tasks planned again", count=len(restored)))
    others = len(standings) - len(
        {one.occurrence.key for one in (*(one for one, _ in moved), *gone, *added, *restored)}
    )
    if others and not (texts and _is_of_days(change)):
        texts.append(Plural("{count} task changed", "{count} tasks changed", count=others))
    still_gone = any(one.moves and one.moves.repealed and one.moves.repealed.id == act.id for one in gone)
    is_listed = _named(change) is not None and _is_of_days(change)
    return listed(texts, ", "), is_listed and (bool(moved) or still_gone or change.kind == "add")


def _was_done(standing: Standing, act: Amendment) -> bool:
    done = standing.course.done_on
    return done is not None and done < act.day


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
