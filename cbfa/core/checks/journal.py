"""Check the journal, by itself and against the occurrences and agencies that its entries name."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from cbfa.core.agencies import Agencies, by_spelling
from cbfa.core.history import Past
from cbfa.core.journal import EVENT_WORDS, Entry, Event, Journal, Record, Retraction, day_recorded
from cbfa.core.plan import Occurrence
from cbfa.core.resolve import nearest
from cbfa.core.state import ALWAYS, Course, Progress, advance, course_of
from cbfa.core.targets import Target
from cbfa.core.text import folded, squashed
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity, Source

NO_MILESTONE = "no-milestone"
"""The kind of the problem that the roadmap lacks the milestone of an entry. Pages count these entries."""


def _warning(record: Record, field: str, message: Message, fix: Message, kind: str = "") -> Problem:
    """Return a warning about a field of a record."""
    return Problem(Place(Source.PROGRESS, path=(record.id, field)), message, fix, Severity.WARNING, kind)


def records_have_their_own_ids(journal: Journal) -> Iterator[Problem]:
    """No two records share an id and differ otherwise."""
    for same in journal.conflicts():
        yield Problem(
            Place(Source.PROGRESS, path=(same[0].id,)),
            Message(
                "two different records share the id {id}: {first} / {second}",
                id=same[0].id,
                first=same[0].model_dump_json(exclude_defaults=True),
                second=same[1].model_dump_json(exclude_defaults=True),
            ),
            Message("delete one of the two lines; if both are true, record the deleted one again with cbfa mark"),
        )


def retractions_name_entries(journal: Journal) -> Iterator[Problem]:
    """A retraction takes back an entry that is there. Another office's copy may still bring it, so this is a warning."""
    for record in journal.records:
        if not isinstance(record, Retraction):
            continue
        taken_back = journal.by_id.get(record.retracts)
        if taken_back is None:
            message = Message("this record takes back {id}, which is not in the journal", id=record.retracts)
            yield _warning(record, "retracts", message, Message("merge the copy that has it: cbfa merge OTHER.yaml"))
        elif isinstance(taken_back, Retraction):
            message = Message("this record takes back {id}, which is itself a retraction", id=record.retracts)
            fix = Message("record the entry again with cbfa mark if it should count")
            yield _warning(record, "retracts", message, fix)


def entries_happened_before_they_were_recorded(journal: Journal) -> Iterator[Problem]:
    """An entry dated after it was written down is a plan, or a typo. One day of tolerance covers time zones."""
    for entry in journal.counting():
        if (entry.day - day_recorded(entry)).days > 1:
            message = Message("the entry is dated {on}, after it was recorded", on=entry.on.shown)
            fix = Message("take the entry back if the date is wrong: cbfa undo {id}", id=entry.id)
            yield _warning(entry, "on", message, fix)


def entries_were_recorded_in_the_past(journal: Journal, now: datetime) -> Iterator[Problem]:
    """An entry recorded in the future has the time of a wrong clock. One hour is allowed: no two clocks agree."""
    for entry in journal.counting():
        if entry.recorded - now > timedelta(hours=1):
            message = Message("the entry was recorded in the future, on {day}", day=day_recorded(entry))
            fix = Message(
                "check the clock of the computer; then take the entry back (cbfa undo {id}), and record it again",
                id=entry.id,
            )
            yield _warning(entry, "recorded", message, fix)


def entries_name_occurrences(journal: Journal, past: Past) -> Iterator[Problem]:
    """Every entry belongs to an occurrence of the roadmap; one that does not is kept, and changes no state."""
    known = {occurrence.key for occurrence in past.occurrences}
    for entry in journal.counting():
        if past.plan.key_of(entry) not in known:
            near = nearest(entry.key, known)
            fix = (
                Message(
                    "restore it in the roadmap (similar: {names}), or take the entry back: cbfa undo {id}",
                    names=", ".join(near),
                    id=entry.id,
                )
                if near
                else Message("restore it in the roadmap, or take the entry back: cbfa undo {id}", id=entry.id)
            )
            message = Message("the roadmap has no occurrence “{key}”", key=entry.key)
            yield _warning(entry, "key", message, fix, NO_MILESTONE)


def numbers_have_targets(journal: Journal, past: Past) -> Iterator[Problem]:
    """Counts and values have a target of their kind, and an entry that says done has reached it."""
    plan = past.plan
    entries = plan.entries_by_key(journal)
    for occurrence in past.occurrences:
        its = entries.get(occurrence.key, [])
        for entry in its:
            yield from _numbers_without_target([entry], _target_on(entry.day, occurrence, past))
        claims = [entry for entry in its if entry.event is Event.DONE]
        target = _target_on(claims[-1].day, occurrence, past) if claims else None
        if target:
            course = course_of(plan.entries_about(occurrence, entries), target, occurrence.window)
            if course.progress is not Progress.DONE:
                yield from _unreached(claims[-1], occurrence, course, target)


def _target_on(day: date, occurrence: Occurrence, past: Past) -> Target | None:
    """Return the target that an occurrence had on a day; that of its first day, if it was added later."""
    segments = [one for one in past.segments.get(occurrence.key, ()) if one.occurrence]
    then = next((one.occurrence for one in reversed(segments) if one.day <= day), None)
    return (then or occurrence).milestone.target


def _unreached(claim: Entry, occurrence: Occurrence, course: Course, target: Target) -> Iterator[Problem]:
    """Yield a problem if an entry says done and the target is not reached; it may have been reopened after it was."""
    if target.level and (course.level is None or not target.meets(course.level)):
        message = Message("the entry says done, but no value meets the target")
        fix = Message("record the value: cbfa mark {key} progress --value …", key=occurrence.key)
        yield _warning(claim, "event", message, fix)
    elif target.count and course.counted < target.count:
        message = Message(
            "the entry says done, but the count is {counted} of {least}", counted=course.counted, least=target.count
        )
        fix = Message(
            "record the missing count: cbfa mark {key} progress --count {count}",
            key=occurrence.key,
            count=target.count - course.counted,
        )
        yield _warning(claim, "event", message, fix)


def _numbers_without_target(entries: Iterable[Entry], target: Target | None) -> Iterator[Problem]:
    for entry in entries:
        if entry.count is not None and (target is None or target.level):
            message = Message(
                "the entry has a count ({count}), but “{key}” has no target that is counted",
                count=entry.count,
                key=entry.key,
            )
            yield _warning(
                entry,
                "count",
                message,
                Message("give the milestone such a target in the roadmap, or record a value instead"),
            )
        if entry.value is not None and (target is None or target.level is None):
            message = Message(
                "the entry has a value ({number}), but the target of “{key}” is not a level",
                number=entry.value,
                key=entry.key,
            )
            yield _warning(
                entry,
                "value",
                message,
                Message("give the milestone such a target in the roadmap, or record a count instead"),
            )


def events_do_not_contradict(journal: Journal, past: Past) -> Iterator[Problem]:
    """No entry says what an earlier one of the same occurrence excludes; two offices may have recorded such a pair."""
    occurrences = {one.key: one for one in past.occurrences}
    for key, its in sorted(past.plan.entries_by_key(journal).items()):
        occurrence = occurrences.get(key)
        target, window = (occurrence.milestone.target, occurrence.window) if occurrence else (None, ALWAYS)
        course = Course()
        cause: Entry | None = None  # the entry that brought about the progress so far
        for entry in its:
            before, course = course, advance(course, entry, target, window)
            if cause and before.progress is Progress.DONE and _denies_done(cause, entry, target):
                yield _contradiction(cause, entry, counts=cause)
            elif cause and before.progress is Progress.DROPPED and _overrules(cause, entry, course):
                yield _contradiction(cause, entry, counts=entry)
            if before.progress is not course.progress:
                cause = entry


def _denies_done(done: Entry, entry: Entry, target: Target | None) -> bool:
    """Return True if an entry says that what was done is set aside, or that it was done on a later day."""
    done_again = target is None and entry.event is Event.DONE and entry.day > done.day
    return done_again or entry.event in (Event.SUSPENDED, Event.DROPPED)


def _overrules(dropped: Entry, entry: Entry, course: Course) -> bool:
    """Return True if another reporter says that what was dropped is done. The same one may have changed its mind."""
    return course.progress is Progress.DONE and entry.by != dropped.by


def _contradiction(first: Entry, second: Entry, *, counts: Entry) -> Problem:
    message = Message(
        "two entries of “{key}” contradict each other: {first}, {event} on {on}; {second}, {other} on {day}; {counts} counts",
        key=second.key,
        first=first.id,
        event=EVENT_WORDS[first.event],
        on=first.on.shown,
        second=second.id,
        other=EVENT_WORDS[second.event],
        day=second.on.shown,
        counts=counts.id,
    )
    wrong = second if counts is first else first
    fix = Message("take back the wrong one: cbfa undo {id}, or cbfa undo {other}", id=wrong.id, other=counts.id)
    return _warning(second, "event", message, fix)._replace(also=(first.id,))


def counts_are_reported_once(journal: Journal) -> Iterator[Problem]:
    """No count is reported twice: on the same day by two reporters or without any difference, or with the same note."""
    same_day: dict[tuple[object, ...], Entry] = {}
    same_note: dict[tuple[object, ...], Entry] = {}
    for entry in journal.entries():
        if entry.count is None:
            continue
        first = same_day.setdefault((entry.key, entry.on, entry.count), entry)
        alike = same_note.setdefault((entry.key, folded(entry.note)), entry) if entry.note else entry
        if alike is not entry:
            yield _double_count(alike, entry)
        elif first is not entry and (first.by != entry.by or first.note == entry.note):
            yield _double_count(first, entry)


def _double_count(first: Entry, second: Entry) -> Problem:
    message = Message(
        "two entries of “{key}” may count the same: {first}, +{count} on {on}; {second}, +{more} on {day}; both count",
        key=second.key,
        first=first.id,
        count=first.count,
        on=first.on.shown,
        second=second.id,
        more=second.count,
        day=second.on.shown,
    )
    fix = Message("if they do, take one of them back: cbfa undo {id}", id=second.id)
    return _warning(second, "count", message, fix)._replace(also=(first.id,))


def reporters_exist(journal: Journal, agencies: Agencies) -> Iterator[Problem]:
    """Reporters are agencies, by their id or any other spelling: an agency may have had another id."""
    known = by_spelling(agencies)
    ids = [agency.id for agency in agencies.agencies]
    records: Iterator[Record] = chain(journal.counting(), journal.retractions())
    for record in records:
        if record.by is not None and record.by not in ids and squashed(record.by) not in known:
            near = nearest(record.by, ids)
            fix = (
                Message(
                    "add it to the aliases of its agency in agencies.yaml (similar: {names})", names=", ".join(near)
                )
                if near
                else Message("add it to the aliases of its agency in agencies.yaml")
            )
            yield _warning(record, "by", Message("unknown agency “{word}”", word=record.by), fix)


CHECKS: list[Callable[[Journal], Iterator[Problem]]] = [
    records_have_their_own_ids,
    retractions_name_entries,
    entries_happened_before_they_were_recorded,
    counts_are_reported_once,
]
PLAN_CHECKS: list[Callable[[Journal, Past], Iterator[Problem]]] = [
    entries_name_occurrences,
    numbers_have_targets,
    events_do_not_contradict,
]
AGENCY_CHECKS: list[Callable[[Journal, Agencies], Iterator[Problem]]] = [reporters_exist]
