"""Pages about a plan that changes: the acts with what each changed, requests without a decision, and two days compared."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cbfa.core.amendments import Amendment, Change
from cbfa.core.changes import changes
from cbfa.core.journal import EVENT_WORDS, Entry
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.messages import Message, Plural
from cbfa.views.items import OCCURRENCE_FIELDS, entry_item, fields_in, occurrence_item
from cbfa.views.looks import term
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
from cbfa.views.pages.acts import act_table, agency_names, change_rows
from cbfa.views.pages.history import NEWLY_PLANNED, NO_LONGER_PLANNED, due_words, moves_lines, sums_on
from cbfa.views.pages.journal import reported_by, reporters_of
from cbfa.views.pages.parts import (
    changed_texts,
    due_cell,
    envelope,
    leads_cell,
    legend,
    milestone_cell,
    opening,
    state_cell,
    title_of,
)
from cbfa.views.pages.schedules import target_text

AMENDMENTS = Message("Amendments")
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
    rows = change_rows(snapshot)
    blocks: list[Block] = [*opening(AMENDMENTS, snapshot), *moves_lines(snapshot, sums_on(snapshot))]
    for step in snapshot.past.steps:
        act = step.act
        blocks.append(Heading(act.act))
        blocks.append(
            Sentence(
                (act.id, *_days(act), *([Message("revoked")] if act.id in snapshot.plan.revoked else [])), Tone.QUIET
            )
        )
        blocks.append(act_table(row for row in rows if row.act is act))
    if not snapshot.past.steps:
        blocks.append(Sentence(Message("No act has changed the programme."), Tone.GOOD))
    known_by = min(snapshot.as_of, snapshot.known_by or snapshot.as_of)
    ahead = [act for act in snapshot.history.amendments if act.day > snapshot.as_of and act.known <= known_by]
    if ahead:
        count = Plural("{count} act takes effect later", "{count} acts take effect later", count=len(ahead))
        blocks.append(Sentence((count, Message("the next on {day}", day=ahead[0].day)), Tone.QUIET))
    items = OnDemand(lambda: _items(snapshot))
    return Page("amendments", blocks, AMENDMENT_FIELDS, items, envelope(snapshot))


def _days(act: Amendment) -> list[Text]:
    """Say when an act was signed, when it takes effect, and when it was typed in."""
    days: list[Text] = [Message("signed {day}", day=act.signed.shown)]
    if act.day != act.signed.last:
        days.append(Message("effective {day}", day=act.day))
    if act.known != act.signed.last:
        days.append(Message("entered {day}", day=act.known))
    return days


def _items(snapshot: Snapshot) -> Iterator[Item]:
    for step in snapshot.past.steps:
        act = step.act
        for change in act.changes:
            was, now = _sides(change)
            yield {
                "id": act.id,
                "act": act.act,
                "signed": act.signed.notation,
                "effective": act.day.isoformat(),
                "entered": act.known.isoformat(),
                "revoked": act.id in snapshot.plan.revoked,
                "kind": change.kind,
                "key": change.change
                or change.repeal
                or change.revoke
                or (change.add.milestone.id if change.add else None),
                "was": was,
                "now": now,
                "clause": change.clause,
                "why": change.why,
            }


def _sides(change: Change) -> tuple[Item | None, Item | None]:
    """Return the fields of a change as the file has them: those of before, and those of after."""
    raw = change.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if change.programme:
        raw = raw["programme"]
    if change.kind in ("change", "programme"):
        return raw.get("was"), raw.get("now")
    was = {name: raw[name] for name in raw if name in ("merge", "close", "leave", "revoke")}
    now = {name: raw[name] for name in raw if name in ("found", "add", "group", "join", "into")}
    return was or None, now or None


def pending_page(snapshot: Snapshot) -> Page:
    """List the requests for more time on which nobody has decided."""
    pending = [one for one in snapshot.standings if one.course.asked]
    columns = [
        Column(Message("Asked for")),
        Column(Message("Due")),
        Column(term("milestone", snapshot.roadmap.programme), flexible=True),
        Column(Message("Lead")),
    ]
    reporters = reporters_of(snapshot.agencies)
    rows = [
        [
            _asked_cell(one),
            due_cell(one),
            _with_note(one, reporters),
            leads_cell(one.occurrence, snapshot.agencies),
        ]
        for one in pending
    ]
    blocks: list[Block] = [*opening(Message("Requests for more time, without a decision"), snapshot)]
    nothing = Sentence(Message("Nobody waits for a decision."), Tone.GOOD)
    programme = snapshot.roadmap.programme
    blocks += [Table(columns, rows), *legend(programme, pending)] if rows else [nothing]
    items = OnDemand(lambda: (occurrence_item(one, programme) for one in pending))
    return Page("pending", blocks, fields_in(OCCURRENCE_FIELDS, programme), items, envelope(snapshot))


def _asked_cell(standing: Standing) -> Cell:
    asked = standing.course.asked
    if asked is None or asked.until is None:
        return Cell("")
    return Cell(asked.until.shown, below=[Message("on {day}", day=asked.on.shown)])


def _with_note(standing: Standing, reporters: Mapping[str, Text]) -> Cell:
    """The title with the key, how the deadline was moved, and the note of the request and who made it; its day is in a column."""
    asked = standing.course.asked
    about = [*([asked.note] if asked.note else []), *reported_by(asked, reporters)] if asked else []
    return Cell(title_of(standing), below=[standing.occurrence.key, *changed_texts(standing), *about])


def diff_page(after: Snapshot, since: date) -> Page:
    """Compare the plan and its state on two days; the earlier one is exclusive."""
    found = changes(after, since)
    title = Message("What changed from {first} to {last}", first=since, last=after.as_of)
    blocks: list[Block] = [*opening(title, after), *_acts_since(after, since)]
    groups: tuple[tuple[str, Text, list[Standing]], ...] = (
        ("moved", Message("Deadline moved"), [now for now, _ in found.moved]),
        ("lead", Message("Other lead"), [now for now, _ in found.lead]),
        ("target", Message("Other target"), [now for now, _ in found.target]),
        ("added", NEWLY_PLANNED, found.added),
        ("repealed", NO_LONGER_PLANNED, found.repealed),
        ("done", Message("Completed"), found.done),
        ("overdue", Message("Newly overdue"), found.overdue),
        ("reported", Message("Also reported"), found.reported),
    )
    before = {
        "moved": {
            now.occurrence.key: due_words(due)
            for now, then in found.moved
            if (due := then.occurrence.window.due) != now.original_due
        },
        "lead": {now.occurrence.key: _leads(then, after) for now, then in found.lead},
        "target": {now.occurrence.key: _target(then) for now, then in found.target},
    }
    for change, name, standings in groups:
        blocks += _group(name, standings, after, before.get(change, {}))
    if found.taken_back:
        rows = [[Cell(_taken_back(record))] for _, record in found.taken_back]
        blocks += [Heading(Message("Taken back")), Table([Column("", flexible=True)], rows)]
    programme = after.roadmap.programme
    blocks += legend(programme, [one for _, _, standings in groups for one in standings])
    if not any(found):
        blocks.append(Sentence(Message("Nothing changed."), Tone.GOOD))
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


def _acts_since(after: Snapshot, since: date) -> list[Block]:
    """Name the acts that came into force; they may have changed more than the lists have."""
    acts = [step.act for step in after.past.steps if step.act.day > since or since < step.act.known <= after.as_of]
    return [Sentence(Message("Acts: {names}", names=Joined([one.act for one in acts])))] if acts else []


def _leads(before: Standing, after: Snapshot) -> Text:
    return agency_names(after, [lead.agency for lead in before.occurrence.leads]) or ""


def _target(before: Standing) -> Text:
    milestone = before.occurrence.milestone
    return target_text(milestone.target, milestone.schedule) if milestone.target else Message("none")


def _group(name: Text, standings: Sequence[Standing], snapshot: Snapshot, before: Mapping[str, Text]) -> list[Block]:
    """List occurrences under a name, with what they had before by their keys."""
    if not standings:
        return []
    columns = [
        Column(Message("State")),
        Column(Message("Due")),
        Column(term("milestone", snapshot.roadmap.programme), flexible=True),
        Column(Message("Lead")),
    ]
    rows = []
    for one in standings:
        title, was = milestone_cell(one), before.get(one.occurrence.key)
        if was:
            title = title._replace(below=[*title.below, Message("before: {was}", was=was)])
        rows.append([state_cell(one), due_cell(one), title, leads_cell(one.occurrence, snapshot.agencies)])
    return [Heading(Message("{name}: {count}", name=name, count=Figure(len(standings)))), Table(columns, rows)]
