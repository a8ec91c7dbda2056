"""Pages about a plan that changes: the acts with what each changed, requests without a decision, and two days compared."""

from collections.abc import Iterator, Sequence
from datetime import date

from cbfa.core.amendments import Amendment, Change, MilestoneFields
from cbfa.core.changes import changes
from cbfa.core.history import Step
from cbfa.core.journal import EVENT_WORDS, Entry
from cbfa.core.periods import Period
from cbfa.core.plan import id_in
from cbfa.core.roadmap import Assignment
from cbfa.core.schedule import Schedule
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.targets import Target
from cbfa.core.words import Words
from cbfa.messages import Message, Plural
from cbfa.views.items import OCCURRENCE_FIELDS, entry_item, fields_in, occurrence_item
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Item,
    Joined,
    OnDemand,
    Page,
    Sentence,
    Table,
    Text,
    Tone,
)
from cbfa.views.pages.parts import (
    due_cell,
    envelope,
    leads_cell,
    milestone_cell,
    opening,
    short_name,
    state_cell,
    target_figure,
)

AMENDMENT_FIELDS = (
    "id",
    "act",
    "signed",
    "effective",
    "entered",
    "revoked",
    "kind",
    "key",
    "was",
    "now",
    "clause",
    "why",
)


def amendments_page(snapshot: Snapshot) -> Page:
    """List the acts that are in force, in order, with what each changed."""
    steps, revoked = snapshot.past.steps, _revoked(snapshot)
    blocks: list[Block] = [*opening(Message("Amendments"), snapshot)]
    for step in steps:
        blocks += _act(step, snapshot, revoked)
    if not steps:
        blocks.append(Sentence(Message("No act has changed the programme."), Tone.GOOD))
    blocks += moves_lines(snapshot)
    ahead = [act for act in snapshot.history.amendments if act.day > snapshot.as_of]
    if ahead:
        count = Plural("{count} act takes effect later", "{count} acts take effect later", count=len(ahead))
        blocks.append(Sentence((count, Message("the next on {day}", day=ahead[0].day)), Tone.QUIET))
    items = OnDemand(lambda: _items(snapshot, revoked))
    return Page("amendments", blocks, AMENDMENT_FIELDS, items, envelope(snapshot))


def _revoked(snapshot: Snapshot) -> set[str]:
    return {change.revoke for step in snapshot.past.steps for change in step.act.changes if change.revoke}


def _act(step: Step, snapshot: Snapshot, revoked: set[str]) -> Iterator[Block]:
    act = step.act
    yield Heading(act.act)
    yield Sentence((*_days(act), *([Message("revoked")] if act.id in revoked else [])), Tone.QUIET)
    rows = [_row(change, snapshot) for change in act.changes]
    yield Table([Column(Message("Change")), Column(Message("What"), flexible=True), Column(Message("Clause"))], rows)


def _days(act: Amendment) -> list[Text]:
    """Say when an act was signed, when it takes effect, and when it was typed in."""
    days: list[Text] = [Message("signed {day}", day=act.signed.shown)]
    if act.day != act.signed.last:
        days.append(Message("effective {day}", day=act.day))
    if act.known != act.signed.last:
        days.append(Message("entered {day}", day=act.known))
    return days


_KIND_WORDS = {
    "change": Message("changed"),
    "repeal": Message("repealed"),
    "add": Message("added"),
    "found": Message("founded"),
    "merge": Message("merged"),
    "close": Message("closed"),
    "group": Message("group changed"),
    "programme": Message("programme changed"),
    "revoke": Message("revoked"),
}


def _row(change: Change, snapshot: Snapshot) -> list[Cell]:
    what, *more = change_texts(change, snapshot)
    below = [*more, *([Message("why: {note}", note=change.why)] if change.why else [])]
    return [Cell(_KIND_WORDS[change.kind]), Cell(what, below=below), Cell(change.clause or "", Tone.QUIET)]


def change_texts(change: Change, snapshot: Snapshot) -> list[Text]:
    """Say what a change is about, then what it made of it."""
    return [_subject(change, snapshot), *_effects(change, snapshot)]


def _subject(change: Change, snapshot: Snapshot) -> Text:
    """Name what a change is about."""
    if change.add:
        milestone = change.add.milestone
        return Message("{title} · {occurrence}", title=milestone.title, occurrence=milestone.id)
    if change.found:
        return change.found.name
    if change.merge:
        return Message(
            "{names} → {figure}", names=_offices(change.merge, snapshot), figure=_offices(change.into or [], snapshot)
        )
    if change.programme:
        return ", ".join(sorted(change.programme.now.model_fields_set))
    if change.revoke:
        return next((one.act for one in snapshot.history.amendments if one.id == change.revoke), change.revoke)
    if change.group:
        return Message("{names}", names=_offices([change.group], snapshot))
    if change.close:
        return Message("{names}", names=_offices(change.close, snapshot))
    return _title(change.change or change.repeal or "", snapshot)


def _offices(ids: Sequence[str], snapshot: Snapshot) -> Joined:
    """Name agencies of any time by their full names."""
    known = {one.id: one for one in snapshot.history.agencies.agencies}
    return Joined([known[one].name if one in known else one for one in ids])


def _effects(change: Change, snapshot: Snapshot) -> Iterator[Text]:
    """Yield what a change made of its subject."""
    if change.repeal and change.into:
        yield Message("goes on in {names}", names=", ".join(change.into))
    if change.change:
        yield from _fields(change, snapshot)
    if change.join:
        yield Message("joins: {names}", names=_offices(change.join, snapshot))
    if change.leave:
        yield Message("leaves: {names}", names=_offices(change.leave, snapshot))


def _title(key: str, snapshot: Snapshot) -> Text:
    for _, milestone in snapshot.history.whole.plan.roadmap.milestones():
        if milestone.id == id_in(key):
            return Message("{title} · {occurrence}", title=milestone.title, occurrence=key)
    return key


def _fields(change: Change, snapshot: Snapshot) -> Iterator[Text]:
    """Yield each changed field with its value before and after."""
    was, now = change.was or MilestoneFields(), change.now or MilestoneFields()
    for field in [one for one in MilestoneFields.model_fields if one in now.model_fields_set]:
        before = _value(getattr(was, field), snapshot) if field in was.model_fields_set else None
        after = _value(getattr(now, field), snapshot)
        name = _FIELD_WORDS.get(field, Message("text"))
        if before is None:
            yield Message("{name}: {figure}", name=name, figure=after)
        else:
            yield Message("{name}: {before} → {after}", name=name, before=before, after=after)


_FIELD_WORDS = {
    "schedule": Message("schedule"),
    "due": Message("due"),
    "target": Message("target"),
    "leads": Message("lead"),
    "support": Message("support"),
    "title": Message("title"),
}


def _value(value: object, snapshot: Snapshot) -> Text:
    """Write a value of a field as a reader sees it."""
    match value:
        case Schedule():
            return schedule_text(value)
        case Target():
            return target_figure(value)
        case Period():
            return Message("{figure}", figure=value.shown)
        case Words():
            return Message("“{note}”", note=value)
        case list() if all(isinstance(one, Assignment) for one in value):
            known = {one.id: one for one in snapshot.agencies.agencies}
            names = [short_name(known[one.agency]) if one.agency in known else one.agency for one in value]
            return Message("{names}", names=Joined(names))
        case bool():
            return Message("yes") if value else Message("no")
        case str():
            return f"“{value}”"
    return Message("none")


def schedule_text(schedule: Schedule) -> Text:
    """Write a schedule in short: the period, the deadline, or how it recurs."""
    if schedule.every:
        days = [str(day.written) for day in schedule.days]
        parts = [f"every: {schedule.every}", *([f"due: {', '.join(days)}"] if days else [])]
        parts += [f"from: {schedule.from_.notation}"] if schedule.from_ else []
        parts += [f"to: {schedule.to.notation}"] if schedule.to else []
        return ", ".join(parts)
    if schedule.in_:
        return Message("{figure}", figure=schedule.in_.shown)
    if schedule.deadline and schedule.from_:
        return Message("{first} – {last}", first=schedule.from_.shown, last=schedule.deadline.shown)
    if schedule.deadline:
        return Message("{figure}", figure=schedule.deadline.shown)
    return Message("from {year}", year=schedule.from_.shown if schedule.from_ else "")


def moves_lines(snapshot: Snapshot) -> list[Sentence]:
    """Sum up what acts did to deadlines: moved, overdue when moved, repealed. Nothing for a plan that none has changed."""
    moved = [one for one in snapshot.standings if one.moves and one.moves.moves]
    lines: list[Sentence] = []
    if moved:
        text: Message = Plural("{count} deadline moved", "{count} deadlines moved", count=len(moved))
        if later := [one.slip_days for one in moved if one.slip_days is not None]:
            days = Figure(round(sum(later) / len(later)))
            text = Message("{moved}, by {days} days on average", moved=text, days=days)
        late = Figure(sum(one.moves is not None and one.moves.late for one in moved))
        lines.append(Sentence(Message("{moved}; {late} of them overdue when moved.", moved=text, late=late)))
    if gone := snapshot.repealed:
        late = Figure(sum(one.moves is not None and one.moves.late for one in gone))
        lines.append(
            Sentence(
                Plural(
                    "{count} occurrence is no longer planned; overdue when repealed: {late}.",
                    "{count} occurrences are no longer planned; overdue when repealed: {late}.",
                    count=len(gone),
                    late=late,
                )
            )
        )
    return lines


def _items(snapshot: Snapshot, revoked: set[str]) -> Iterator[Item]:
    for step in snapshot.past.steps:
        act = step.act
        for change in act.changes:
            raw = change.model_dump(mode="json", by_alias=True, exclude_unset=True)
            yield {
                "id": act.id,
                "act": act.act,
                "signed": act.signed.notation,
                "effective": act.day.isoformat(),
                "entered": act.known.isoformat(),
                "revoked": act.id in revoked,
                "kind": change.kind,
                "key": change.change or change.repeal or (change.add.milestone.id if change.add else None),
                "was": raw.get("was"),
                "now": raw.get("now"),
                "clause": change.clause,
                "why": change.why,
            }


def pending_page(snapshot: Snapshot) -> Page:
    """List the requests for more time on which nobody has decided."""
    pending = [one for one in snapshot.standings if one.course.asked]
    columns = [
        Column(Message("Asked for")),
        Column(Message("Due")),
        Column(Message("Milestone"), flexible=True),
        Column(Message("Lead")),
    ]
    rows = [
        [_asked_cell(one), due_cell(one), milestone_cell(one), leads_cell(one.occurrence, snapshot.agencies)]
        for one in pending
    ]
    blocks: list[Block] = [*opening(Message("Requests for more time, without a decision"), snapshot)]
    nothing = Sentence(Message("Nobody waits for a decision."), Tone.GOOD)
    blocks.append(Table(columns, rows) if rows else nothing)
    programme = snapshot.roadmap.programme
    items = OnDemand(lambda: (occurrence_item(one, programme) for one in pending))
    return Page("pending", blocks, fields_in(OCCURRENCE_FIELDS, programme), items, envelope(snapshot))


def _asked_cell(standing: Standing) -> Cell:
    asked = standing.course.asked
    if asked is None or asked.until is None:
        return Cell("")
    note: list[Text] = [asked.note] if asked.note else []
    return Cell(asked.until.shown, below=[Message("on {day}", day=asked.on.shown), *note])


def diff_page(after: Snapshot, since: date) -> Page:
    """Compare the plan and its state on two days; the earlier one is exclusive."""
    found = changes(after, since)
    title = Message("What changed from {first} to {last}", first=since, last=after.as_of)
    blocks: list[Block] = [*opening(title, after)]
    groups = (
        ("moved", Message("Moved"), found.moved),
        ("added", Message("Added"), found.added),
        ("repealed", Message("No longer planned"), found.repealed),
        ("done", Message("Completed"), found.done),
        ("overdue", Message("Newly overdue"), found.overdue),
    )
    for _, name, standings in groups:
        blocks += _group(name, standings, after)
    if found.taken_back:
        rows = [[Cell(_taken_back(record))] for _, record in found.taken_back]
        blocks += [Heading(Message("Taken back")), Table([Column("", flexible=True)], rows)]
    if not any(found):
        blocks.append(Sentence(Message("Nothing changed."), Tone.GOOD))
    programme = after.roadmap.programme
    items = OnDemand(
        lambda: ({"change": kind, **occurrence_item(one, programme)} for kind, _, its in groups for one in its)
    )
    more = {
        "from": since.isoformat(),
        "to": after.as_of.isoformat(),
        "taken_back": [entry_item(record) for _, record in found.taken_back if isinstance(record, Entry)],
    }
    fields = ("change", *fields_in(OCCURRENCE_FIELDS, programme))
    return Page("diff", blocks, fields, items, {**envelope(after), **more})


def _taken_back(record: object) -> Text:
    if isinstance(record, Entry):
        return Message("{key}: {event} of {day}", key=record.key, event=EVENT_WORDS[record.event], day=record.on.shown)
    return Message("an entry that is not in this journal")


def _group(name: Text, standings: Sequence[Standing], snapshot: Snapshot) -> list[Block]:
    if not standings:
        return []
    columns = [Column(""), Column(""), Column("", flexible=True), Column("")]
    rows = [
        [state_cell(one), due_cell(one), milestone_cell(one), leads_cell(one.occurrence, snapshot.agencies)]
        for one in standings
    ]
    return [Heading(Message("{name}: {count}", name=name, count=Figure(len(standings)))), Table(columns, rows)]


def history_rows(snapshot: Snapshot, milestone_id: str) -> list[list[Cell]]:
    """Return the history of a milestone: as adopted, then each act that changed it. Nothing if none has."""
    rows: list[list[Cell]] = []
    for step in snapshot.past.steps:
        its = [one for one in step.act.changes if id_in(one.change or one.repeal or "") == milestone_id]
        added = [one for one in step.act.changes if one.add and one.add.milestone.id == milestone_id]
        touched = any(id_in(key) == milestone_id for key in step.changed)
        if not (its or added or touched):
            continue
        texts = [text for one in (*its, *added) for text in change_texts(one, snapshot)[1:]]
        kinds: list[Text] = [_KIND_WORDS[one.kind] for one in (*its, *added)] or [Message("changed by this act")]
        rows.append([Cell(step.act.day), Cell(step.act.act, below=[*kinds[:1], *texts])])
    if not rows:
        return []
    adopted = snapshot.history.adopted.programme.adopted
    first = next((one for _, one in snapshot.history.adopted.roadmap.milestones() if one.id == milestone_id), None)
    if first:
        as_adopted = schedule_text(first.schedule) if first.schedule else Message("no deadline set")
        rows.insert(0, [Cell(adopted), Cell(Message("as adopted: {figure}", figure=as_adopted))])
    return rows


def formerly(snapshot: Snapshot, agency_id: str) -> Text:
    """Name the agencies that an agency succeeded; nothing if it succeeded none."""
    plan = snapshot.plan
    gone = [plan.gone[one] for one, heirs in plan.heirs.items() if agency_id in heirs and one in plan.gone]
    return Message("formerly {names}", names=Joined([one.name for one in gone])) if gone else ""
