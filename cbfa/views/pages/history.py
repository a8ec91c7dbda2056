"""The history of a plan: what acts moved, added and repealed, of all occurrences or of one milestone.

Figures come from the standings. Tables are empty where no act is in force, so a plan without amendments has none of them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cbfa.core.amendments import Amendment
from cbfa.core.fold import Move
from cbfa.core.periods import Period
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.messages import Message, Plural
from cbfa.views.looks import TIMELINE
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Figure,
    Group,
    Heading,
    Joined,
    Sentence,
    Table,
    Text,
    TimelineSign,
    Tone,
)
from cbfa.views.pages.acts import LATE_WHEN_MOVED, LATE_WHEN_REPEALED, details, goes_on_in, is_ended, is_restored
from cbfa.views.pages.parts import listed, short_name, title_of
from cbfa.views.pages.schedules import schedule_words

NO_LONGER_PLANNED = Message("No longer planned")
NEWLY_PLANNED = Message("Newly planned")


class Adjusted(NamedTuple):
    """The occurrences that acts of some days moved, added and repealed. What each member owes is one.

    Of what is `reduced`, only some members no longer owe theirs.
    """

    acts: Sequence[Amendment]
    moved: Sequence[tuple[Standing, Move]]
    added: Sequence[tuple[Standing, Amendment]]
    repealed: Sequence[tuple[Standing, Amendment]]
    reduced: Sequence[tuple[Standing, Amendment]]


def adjusted(
    snapshot: Snapshot, standings: Iterable[Standing], repealed: Iterable[Standing], days: Period | None = None
) -> Adjusted:
    """Return what acts in force did to these occurrences; with `days`, only the acts that took effect in them."""
    acts = [step.act for step in snapshot.past.steps if days is None or step.act.day in days]
    ids = {act.id for act in acts}
    listed = together(standings)
    gone = [(one, act) for one in together(repealed) if (act := one.moves and one.moves.repealed) and act.id in ids]
    planned, ended = ({one.occurrence.shared_key for one in its} for its in (snapshot.standings, snapshot.repealed))
    new = [one for one in listed if one.occurrence.shared_key not in ended]
    return Adjusted(
        acts,
        [(one, move) for one in listed for move in _moves_of(one) if move.act and move.act.id in ids],
        [(one, act) for one in new if (act := added_by(snapshot, one)) and act.id in ids],
        [(one, act) for one, act in gone if one.occurrence.shared_key not in planned],
        [(one, act) for one, act in gone if one.occurrence.shared_key in planned],
    )


def _moves_of(standing: Standing) -> Sequence[Move]:
    """Return the moves of an occurrence; of what each member owes, those of the first that was moved."""
    its = [one.moves.made for one in (standing.parts or (standing,)) if one.moves]
    return next((made for made in its if made), ())


def added_by(snapshot: Snapshot, standing: Standing) -> Amendment | None:
    """Return the act that added an occurrence, of what each member owes all parts; None for one of the adopted plan."""
    if standing.parts:
        acts = [added_by(snapshot, part) for part in standing.parts]
        return acts[0] if all(acts) else None
    occurrence = standing.occurrence
    segments = snapshot.past.segments.get(occurrence.key, ())
    if not segments or segments[0].occurrence is not None:
        return None
    return next((segment.act for segment in segments if segment.occurrence), None)


class Sums(NamedTuple):
    """The numbers of occurrences that acts moved, added and repealed.

    What was moved there and back is not `moved`, but `moved_back`. `average_slip_days` counts what still has a deadline.
    """

    moved: int
    moved_back: int
    average_slip_days: int | None
    overdue_when_moved: int
    added: int
    repealed: int
    overdue_when_repealed: int


def sums_of(found: Adjusted) -> Sums:
    """Sum up what acts did. The days of what was moved several times add up."""
    moved: dict[str, list[Move]] = {}
    for one, move in found.moved:
        moved.setdefault(one.occurrence.key, []).append(move)
    back = [key for key, its in moved.items() if its[-1].after == its[0].before]
    for key in back:
        del moved[key]
    days = [sum(one.days or 0 for one in its) for its in moved.values() if all(one.after for one in its)]
    return Sums(
        len(moved),
        len(back),
        round(sum(days) / len(days)) if days else None,
        sum(any(one.late for one in its) for its in moved.values()),
        len(found.added),
        len(found.repealed),
        sum(_is_late(one) for one, _ in found.repealed),
    )


def sums_on(snapshot: Snapshot) -> Sums:
    """Sum up what all acts in force did to the whole programme."""
    return sums_of(adjusted(snapshot, snapshot.standings, snapshot.repealed))


def totals_of(sums: Sums) -> list[Text]:
    """Say what acts did, a sentence each: moved with the days on average, added, no longer planned. Nothing is left out but zeros."""
    texts: list[Text] = []
    if sums.moved:
        text: Message = Plural("{count} deadline moved", "{count} deadlines moved", count=sums.moved)
        if sums.average_slip_days is not None:
            text = Message("{moved}, by {days} days on average", moved=text, days=Figure(sums.average_slip_days))
        if sums.overdue_when_moved:
            late = Figure(sums.overdue_when_moved)
            text = Message("{moved}; {late} of them overdue when moved", moved=text, late=late)
        else:
            text = Message("{moved}; none overdue when moved", moved=text)
        texts.append(text)
    if sums.moved_back:
        texts.append(Message("moved back: {count}", count=Figure(sums.moved_back)))
    if sums.added:
        texts.append(Message("added by acts: {count}", count=Figure(sums.added)))
    if sums.repealed:
        late, count = Figure(sums.overdue_when_repealed), Figure(sums.repealed)
        texts.append(Message("no longer planned: {count} (overdue when repealed: {late})", count=count, late=late))
    return texts


def moves_lines(snapshot: Snapshot, sums: Sums) -> list[Sentence]:
    """Return the sums as a line of a screen; nothing for a plan that no act has changed.

    An earlier plan that judges does not have what later acts added, so that is counted beside.
    """
    if snapshot.baseline:
        planned = {one.shared_key for one in snapshot.past.occurrences}
        now = snapshot.history.until(snapshot.as_of, snapshot.known_by).plan
        added = {one.shared_key for one in now.occurrences} - planned
        text = Message("added by later acts, not counted: {count}", count=Figure(len(added)))
        return [Sentence(text)] if added else []
    totals = totals_of(sums)
    return [Sentence(tuple(totals))] if totals else []


def _is_late(standing: Standing) -> bool:
    return standing.moves is not None and standing.moves.late_when_repealed


def repealed_blocks(snapshot: Snapshot, standings: Iterable[Standing], *, level: int = 2) -> list[Block]:
    """List what is no longer planned under a heading, the remarks below the acts; nothing if there is nothing."""
    gone = [(one, one.moves.repealed) for one in together(standings) if one.moves and one.moves.repealed]
    columns, rows = repealed_table(snapshot, gone)
    narrow = [
        [*cells[:-1], cells[-1]._replace(below=[remark.value] if remark.value else [])]
        for *cells, remark in (row for row in rows if not isinstance(row, Group))
    ]
    return [Heading(NO_LONGER_PLANNED, level), Table(columns[:-1], narrow)] if gone else []


def repealed_table(snapshot: Snapshot, gone: Iterable[tuple[Standing, Amendment]]) -> Table:
    """List what is no longer planned with its last deadline and the act; if it was overdue, and where it goes on."""
    columns = [
        Column(Message("Task"), flexible=True),
        Column(Message("Due")),
        Column(Message("Repealed by"), flexible=True),
        Column(Message("Remarks"), flexible=True),
    ]
    planned = {one.occurrence.shared_key for one in snapshot.standings}
    rows = [
        [Cell(gone_title(one, planned)), Cell(one.occurrence.window.due), Cell(act.act), _remarks(snapshot, one)]
        for one, act in gone
    ]
    return Table(columns, rows)


def gone_title(standing: Standing, planned: Collection[str]) -> Text:
    """Name what is no longer planned; where others still owe theirs, with the agencies that no longer do."""
    if not standing.parts or standing.occurrence.shared_key not in planned:
        return title_of(standing)
    members = [short_name(part.occurrence.member) for part in standing.parts if part.occurrence.member]
    return Message("{title} · {agency}", title=title_of(standing), agency=Joined(members))


def _remarks(snapshot: Snapshot, standing: Standing) -> Cell:
    """Say if it was overdue when it was repealed, and where the work goes on."""
    texts: list[Text] = [LATE_WHEN_REPEALED] if _is_late(standing) else []
    texts += [goes_on] if (goes_on := goes_on_in(snapshot, standing.occurrence.key)) else []
    return Cell(listed(texts) or "", Tone.WARN if _is_late(standing) else Tone.PLAIN)


def moved_table(moved: Iterable[tuple[Standing, Move]]) -> Table:
    """List the deadlines that were moved, a row for each move."""
    columns = [
        Column(Message("Task"), flexible=True),
        Column(Message("From")),
        Column(Message("To")),
        Column(Message("Days moved"), numeric=True),
        Column(Message("Act"), flexible=True),
        Column(Message("Remarks"), flexible=True),
    ]
    rows = [
        [
            Cell(title_of(one)),
            Cell(move.before),
            Cell(move.after or TIMELINE[TimelineSign.NO_DEADLINE].words),
            Cell(move.days),
            Cell(move.act.act if move.act else ""),
            Cell(LATE_WHEN_MOVED if move.late else ""),
        ]
        for one, move in moved
    ]
    return Table(columns, rows)


def added_table(added: Iterable[tuple[Standing, Amendment]]) -> Table:
    """List what acts added, with its deadline."""
    columns = [
        Column(Message("Task"), flexible=True),
        Column(Message("Due")),
        Column(Message("Act"), flexible=True),
    ]
    rows = [[Cell(title_of(one)), Cell(one.occurrence.window.due), Cell(act.act)] for one, act in added]
    return Table(columns, rows)


# The history of a milestone


def history_rows(snapshot: Snapshot, standings: Sequence[Standing]) -> list[tuple[date, list[Cell]]]:
    """Return what acts did to a milestone as rows between its entries, each with its day; nothing if no act touched it."""
    acts = {act.id: act for one in standings if one.moves for act in one.moves.acts}
    rows = _adopted(snapshot, standings) if acts else []
    for act in acts.values():
        others: list[Standing] = []
        texts = details(snapshot, act, standings[0].occurrence.milestone.id)
        for one in standings:
            event = _event(snapshot, one, act)
            if event is None:
                others += [one] if one.moves and act in one.moves.acts else []
                continue
            kind, text = event
            rows.append((act.day, _row(act, kind, [*([title_of(one)] if len(standings) > 1 else []), text, *texts])))
            texts = []
        if others:
            count = Plural("{count} task changed", "{count} tasks changed", count=len(others))
            text = Message("changed by {act}", act=act.act)
            rows.append(
                (act.day, _row(act, Message("changed"), [text, *([count] if len(standings) > 1 else []), *texts]))
            )
    return rows


def _row(act: Amendment, kind: Message, texts: Sequence[Text]) -> list[Cell]:
    return [Cell(act.day), Cell(kind), Cell(texts[0], below=texts[1:]), Cell(None)]


def _adopted(snapshot: Snapshot, standings: Sequence[Standing]) -> list[tuple[date, list[Cell]]]:
    """Return the row of a milestone as adopted; none if an act added it."""
    adopted = snapshot.history.adopted
    milestone_id = standings[0].occurrence.milestone.id
    milestone = next((one for _, one in adopted.roadmap.milestones() if one.id == milestone_id), None)
    if milestone is None:
        return []
    text = schedule_words(milestone, adopted.programme) if len(standings) > 1 else due_words(standings[0].original_due)
    return [(date.min, [Cell(adopted.programme.adopted), Cell(Message("as adopted")), Cell(text), Cell(None)])]


def _event(snapshot: Snapshot, standing: Standing, act: Amendment) -> tuple[Message, Text] | None:
    """Say what an act did to an occurrence: moved, repealed or added it; None if it did none of these."""
    moves = standing.moves
    if moves is None:
        return None
    for move in moves.made:
        if move.act and move.act.id == act.id:
            return Message("moved"), moved_by(act, move)
    key = standing.occurrence.key
    if is_ended(snapshot, key, act):
        late = Message(" ({words})", words=LATE_WHEN_REPEALED) if act in moves.ended_late else ""
        return Message("repealed"), Message("repealed by {act}{late}", act=act.act, late=late)
    if added_by(snapshot, standing) == act:
        return Message("added"), Message("added by {act}: {due}", act=act.act, due=due_words(standing.original_due))
    if is_restored(snapshot, key, act):
        return Message("planned again"), Message("planned again by {act}", act=act.act)
    return None


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


def due_words(due: date | None) -> Text:
    """Say when something is due, or that it has no deadline."""
    return Message("due {day}", day=due) if due else TIMELINE[TimelineSign.NO_DEADLINE].words
