"""A calendar of deadlines (RFC 5545): an all-day event for each occurrence that has one.

What each member of a group owes is one event for all, but one of its own in the calendar of that member. A second import updates the
first: the UID of an event never changes, its SEQUENCE grows with every record and every act about it, and its DTSTAMP is the as-of date.
An act that moves a deadline moves the event; one that repeals it, or removes the deadline, cancels the event.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cbfa.core.journal import Entry, Retraction, day_recorded
from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.core.state import OPEN, Progress, Timing
from cbfa.exchange.order import Order
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.clean import clean
from cbfa.views.drawing import GAP
from cbfa.views.looks import MARK, PROGRESS, sign_look, state_look
from cbfa.views.page import Heading, Text
from cbfa.views.pages.history import moved_by
from cbfa.views.pages.parts import as_of, caveat_of, date_marks, how_far, how_late, state_of, title_of

if TYPE_CHECKING:
    from icalendar import Alarm, Event

ALARM_DAYS = (30, 7)
"""Days before a deadline on which a calendar reminds of it."""
ALARM_TIME = timedelta(hours=8)
"""Time of day of a reminder. An all-day event begins at midnight, when nobody wants one."""


def ics_bytes(order: Order) -> bytes:
    """Return the deadlines of the selected occurrences. A selection without any is a calendar without events."""
    from icalendar import Calendar, vText  # noqa: PLC0415 - heavy

    language, snapshot = order.language, order.snapshot
    calendar = Calendar()
    calendar.add("prodid", f"-//cbfa//cbfa//{language.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_name(order)))
    calendar.add("x-wr-caldesc", vText(clean(language.text(as_of(snapshot)))))
    numbers, sharing = _sequence_numbers(snapshot), _sharing(snapshot)
    for standing in [*_with_events(order), *_repealed(order)]:
        if due := _day_of(standing):
            number = sum(numbers[key] for key in _keys_about(standing, snapshot, sharing))
            calendar.add_component(_event(standing, due, number, snapshot, language))
    return bytes(calendar.to_ical())


def _with_events(order: Order) -> Iterator[Standing]:
    """Yield the selected occurrences; of what each member owes that of an agency that was asked for, else all as one."""
    asked_for = {agency.id for agency in order.agencies}
    wholes: dict[str, Standing] | None = None
    for standing in order.standings:
        member = standing.occurrence.member
        if member is None or member.id in asked_for:
            yield standing
            continue
        if wholes is None:
            wholes = {one.occurrence.key: one for one in together(order.snapshot.standings) if one.parts}
        if whole := wholes.pop(standing.occurrence.shared_key, None):
            yield whole


def _repealed(order: Order) -> list[Standing]:
    """Return what is no longer planned, of the agencies that were asked for: its events are cancelled.

    What single members owed has no event, as long as others owe theirs.
    """
    gone = Selection(agencies=order.agencies).select(order.snapshot.repealed)
    kept = {one.occurrence.shared_key for one in order.snapshot.standings}
    listed = together(gone, [one.id for one in order.agencies])
    return [one for one in listed if not one.parts or one.occurrence.key not in kept]


def _day_of(standing: Standing) -> date | None:
    """Return the deadline, or the last one before an act removed it."""
    moves = standing.moves
    return standing.occurrence.window.due or (moves.made[-1].before if moves and moves.made else None)


def _sharing(snapshot: Snapshot) -> Mapping[str, set[str]]:
    """Return the keys that have ever shared a measure with each milestone, by its id."""
    found: dict[str, set[str]] = defaultdict(set)
    for plan in (snapshot.history.adopted, *(step.plan for step in snapshot.past.steps)):
        for sharing in plan.sharing.values():
            keys = {one.key for one in sharing}
            for one in sharing:
                found[one.milestone.id] |= keys
    return found


def _keys_about(standing: Standing, snapshot: Snapshot, sharing: Mapping[str, set[str]]) -> set[str]:
    """Return the keys whose records and acts change what an event says: those of its parts, and those that share its measure.

    Parts that were repealed are among them, so the number never falls.
    """
    key = standing.occurrence.key
    parts = {one for one in snapshot.keys if one.startswith(f"{key}/")} if standing.parts else set()
    return {key, *parts, *sharing.get(standing.occurrence.milestone.id, ())}


def _name(order: Order) -> str:
    """Name the calendar by the title of the page and the programme: two agencies are two calendars."""
    programme = order.snapshot.roadmap.programme.title
    titles: list[Text] = [block.text for block in order.page.blocks if isinstance(block, Heading) and block.level == 1]
    return clean(GAP.join(order.language.text(text) for text in [*titles, programme]))


def _sequence_numbers(snapshot: Snapshot) -> Counter[str]:
    """Count the records and the acts of each key, entries that were taken back among them: the number never falls.

    RFC 5545, 3.8.7.4: a calendar ignores a lower number than it has.
    """
    known_by, journal = snapshot.known_by, snapshot.journal
    known = [record for record in journal.records if known_by is None or day_recorded(record) <= known_by]
    keys = {one.id: snapshot.plan.key_of(one) for one in known if isinstance(one, Entry) and one.day <= snapshot.as_of}
    taken_back = (keys[one.retracts] for one in known if isinstance(one, Retraction) and one.retracts in keys)
    acts = (key for key, segments in snapshot.past.segments.items() for one in segments if one.act)
    return Counter([*keys.values(), *taken_back, *acts])


def _event(standing: Standing, due: date, number: int, snapshot: Snapshot, language: Language) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    occurrence = standing.occurrence
    event = Event()
    event.add("uid", clean(f"{occurrence.key}@{snapshot.roadmap.programme.id}.cbfa"))
    event.add("dtstamp", datetime.combine(snapshot.as_of, time(), UTC))
    event.add("sequence", number)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))  # exclusive
    event.add("transp", "TRANSPARENT")  # a deadline leaves the day free for meetings
    event.add("summary", _summary(standing, language))
    event.add("description", "\n".join(_description(standing, snapshot, language)))
    event.add("categories", [clean(language.text(snapshot.agencies[lead.agency].name)) for lead in occurrence.leads])
    event.add("status", "CANCELLED" if _is_cancelled(standing) else "CONFIRMED")
    if not _is_cancelled(standing) and standing.course.progress in OPEN and standing.timing is not Timing.OVERDUE:
        for days in ALARM_DAYS:
            event.add_component(_alarm(standing, days, language))
    return event


def _is_cancelled(standing: Standing) -> bool:
    moves = standing.moves
    gone = standing.occurrence.window.due is None or (moves is not None and moves.repealed is not None)
    return standing.course.progress is Progress.DROPPED or (gone and standing.course.progress is not Progress.DONE)


def _summary(standing: Standing, language: Language) -> str:
    """Return the title, with the sign of what is done."""
    title = clean(language.text(title_of(standing)))
    is_done = standing.course.progress is Progress.DONE
    return f"{sign_look(state_of(standing)).sign} {title}" if is_done else title


def _description(standing: Standing, snapshot: Snapshot, language: Language) -> Iterator[str]:
    """Yield the lines about an event: its state and how far it is, its agencies, and where the deadline comes from."""
    milestone, moves = standing.occurrence.milestone, standing.moves
    state: list[Text] = [state_look(state_of(standing)).words]
    if standing.timing is Timing.OVERDUE and standing.course.progress is Progress.IN_PROGRESS and not how_far(standing):
        state.append(PROGRESS[Progress.IN_PROGRESS])
    more = (how_far(standing), how_late(standing), caveat_of(standing) or "")
    words = ", ".join(language.text(text) for text in [*state, *(text for text in more if text)])
    lines = [Message("State on {day}: {state}", day=snapshot.as_of, state=words)]
    if moves and moves.repealed:
        lines = [Message("No longer planned: repealed by {act}", act=moves.repealed.act)]
    lines += [moved_by(move.act, move) for move in moves.made if move.act] if moves else []
    if done := standing.course.done_in:
        lines.append(Message("Done on: {day}", day=done.shown))
    leads = ", ".join(language.text(snapshot.agencies[one.agency].name) for one in standing.occurrence.leads)
    lines.append(Message("Lead: {agency}", agency=leads))
    if milestone.support:
        names = ", ".join(language.text(snapshot.agencies[one.agency].name) for one in milestone.support)
        lines.append(Message("Support: {agencies}", agencies=names))
    lines.append(Message("Clauses: {clauses}", clauses=", ".join(milestone.clauses)))
    if milestone.result:
        lines.append(Message("Product: {product}", product=milestone.result))
    if milestone.timing:
        lines.append(Message("Deadline wording: “{wording}”", wording=milestone.timing))
    yield from (clean(language.text(line)) for line in lines)
    for mark in date_marks(standing):
        yield clean(language.text(MARK[mark].words))


def _alarm(standing: Standing, days: int, language: Language) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM_TIME - timedelta(days=days))
    reminder = Message("due in {days} days: {title}", days=days, title=title_of(standing))
    alarm.add("description", clean(language.text(reminder)))
    return alarm
