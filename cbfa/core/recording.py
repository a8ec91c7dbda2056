"""From a request to a draft: what would be recorded, what that changes, what forbids it, and what to ask first.

`mark`, `undo` and `merge` make a draft, show it, and make it once more under the lock of the journal, on the journal as it is then.
Nothing here writes anything.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from cbfa.core.checks import check_journal
from cbfa.core.checks.journal import NO_MILESTONE
from cbfa.core.history import History, Past
from cbfa.core.journal import (
    EVENT_WORDS,
    MAX_COUNT,
    Entry,
    Event,
    Journal,
    Record,
    Retraction,
    counting_day,
    day_recorded,
)
from cbfa.core.occurrences import resolve_occurrence
from cbfa.core.periods import Period
from cbfa.core.plan import Occurrence, Plan
from cbfa.core.snapshot import Standing, standing_of
from cbfa.core.state import Progress
from cbfa.core.targets import Target
from cbfa.messages import Message, joined
from cbfa.problems import Place, Problem, Severity


class Stamp(NamedTuple):
    """The id of a new record and the moment at which it is recorded. The core makes neither."""

    id: str
    recorded: datetime


@dataclass(frozen=True)
class Request:
    """A wish to record an event: the word for an occurrence, the event, its day or period, and its details."""

    key: str
    event: Event
    on: Period
    count: int | None = None
    value: Decimal | None = None
    percent: int | None = None
    until: Period | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    by: str | None = None


class Change(NamedTuple):
    """The state of an occurrence before and after."""

    before: Standing
    after: Standing


class Draft(NamedTuple):
    """The records to append and the changes that follow. With `refusals` nothing may be appended; each question needs a yes.

    `entry` is the one that is recorded or taken back; a union has none.
    """

    records: tuple[Record, ...] = ()
    changes: tuple[Change, ...] = ()
    refusals: tuple[Problem, ...] = ()
    questions: tuple[Message, ...] = ()
    remarks: tuple[Problem, ...] = ()
    entry: Entry | None = None


def draft_entry(request: Request, history: History, journal: Journal, today: date, stamp: Stamp) -> Draft:
    """Draft the entry that a request asks for. Raises Invalid for a key that is not in the roadmap."""
    day = counting_day(request.on, today)
    past = history.until(max(today, day))
    plan = past.plan
    occurrence = resolve_occurrence(plan._replace(occurrences=tuple(past.occurrences)), request.key, by_words=False)
    if refusal := _no_longer_planned(occurrence, past, day):
        return Draft(refusals=(refusal,))
    its_entries = plan.entries_about(occurrence, plan.entries_by_key(journal))
    then = _standing_on(day, occurrence, its_entries, history, past)
    refusals = tuple(_entry_refusals(then, request))
    if refusals:
        return Draft(refusals=refusals)
    entry = Entry(
        id=stamp.id,
        on=request.on,
        key=occurrence.key,
        event=request.event,
        count=request.count,
        value=request.value,
        percent=request.percent,
        until=request.until,
        note=request.note,
        evidence=request.evidence,
        by=request.by,
        recorded=stamp.recorded,
    )
    later = next((one for one in its_entries if one.day > day), None)
    done_on = standing_of(occurrence, its_entries, past, max(today, day)).course.done_on
    questions = tuple(_entry_questions(then, request, plan, today, done_on, later))
    remarks = tuple(_entry_remarks(then, request))
    changes = tuple(_changes([occurrence], [entry], past, journal, max(today, day)))
    return Draft((entry,), changes, questions=questions, remarks=remarks, entry=entry)


def _no_longer_planned(occurrence: Occurrence, past: Past, day: date) -> Problem | None:
    """Return the refusal for an occurrence that an act had ended by a day."""
    segments = past.segments.get(occurrence.key, ())
    if not segments or segments[-1].occurrence or segments[-1].day > day:
        return None
    act, member = segments[-1].act, occurrence.member
    heirs = past.plan.heirs.get(member.id, ()) if member else ()
    planned = {one.key for one in past.plan.occurrences}
    keys = [key for one in heirs if (key := f"{occurrence.shared_key}/{one}") in planned]
    return _refusal(
        Message(
            "“{key}” is no longer planned since {day} ({act})", key=occurrence.key, day=segments[-1].day, act=act.act
        )
        if act
        else Message("“{key}” is no longer planned", key=occurrence.key),
        Message("record it for the successor: {names}", names=", ".join(keys))
        if keys
        else Message(
            "give the day before that on which it happened: --on DATE; or record it at another milestone: cbfa list"
        ),
    )


def _standing_on(day: date, occurrence: Occurrence, entries: Sequence[Entry], history: History, past: Past) -> Standing:
    """Return the state of an occurrence on a day, by the plan of that day if it has the occurrence."""
    then = history.until(day)
    planned = next((one for one in then.occurrences if one.key == occurrence.key), None)
    until = [one for one in entries if one.day <= day]
    return standing_of(planned, until, then, day) if planned else standing_of(occurrence, until, past, day)


def draft_retraction(
    entry: Entry, retraction: Retraction, history: History, journal: Journal, today: date, *, is_ours: bool = True
) -> Draft:
    """Draft a retraction of an entry. An entry whose milestone is no longer in the roadmap changes no state.

    The question shows the whole entry, and says if it was not recorded here: if it is not `is_ours`.
    """
    if entry not in set(journal.counting()):
        message = Message("“{word}” has already been taken back", word=entry.id)
        return Draft(refusals=(_refusal(message, Message("list the entries with: cbfa log")),))
    past = history.until(max(today, entry.day))
    occurrences = [one for one in past.occurrences if one.key == past.plan.key_of(entry)][:1]
    changes = _changes(occurrences, [retraction], past, journal, max(today, entry.day))
    question = _question(entry, _details(entry, occurrences, is_ours=is_ours))
    return Draft((retraction,), tuple(changes), questions=(question,), entry=entry)


def _question(entry: Entry, details: Iterable[Message]) -> Message:
    """Return the question if an entry shall be taken back, after all its details."""
    return Message(
        "{details}. Take back the entry of {on}, “{key} {event}”?",
        details=joined(details),
        on=entry.on.shown,
        key=entry.key,
        event=EVENT_WORDS[entry.event],
    )


def _details(entry: Entry, occurrences: Iterable[Occurrence], *, is_ours: bool) -> Iterator[Message]:
    """Yield everything about an entry that its question does not say."""
    yield Message("Entry {id}", id=entry.id)
    for occurrence in occurrences:
        yield Message("milestone: {title}", title=occurrence.milestone.title)
    if entry.count is not None:
        yield Message("count: +{count}", count=entry.count)
    if entry.value is not None:
        yield Message("value: {value}", value=entry.value)
    if entry.until is not None:
        yield Message("until: {until}", until=entry.until.shown)
    if entry.percent is not None:
        yield Message("estimate: {percent}%", percent=entry.percent)
    if entry.note:
        yield Message("note: {note}", note=entry.note)
    for evidence in entry.evidence:
        yield Message("evidence: {evidence}", evidence=evidence)
    if entry.by:
        yield Message("reported by {agency}", agency=entry.by)
    yield Message("recorded on {day}", day=day_recorded(entry))
    if not is_ours:
        yield Message("it was not recorded here: it came by a merge or with the program")


def draft_union(theirs: Journal, history: History, journal: Journal, today: date) -> Draft:
    """Draft the records that another journal has and this one lacks. Problems are placed at records of the other one."""
    found = check_union(theirs, history, journal)
    refusals = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    remarks = tuple(_remark(problem) for problem in found if problem.severity is not Severity.ERROR)
    if refusals:
        return Draft(refusals=refusals, remarks=remarks)
    new = new_records(theirs, journal)
    past = history.until(today)
    keys = {past.plan.key_of(record) for record in new if isinstance(record, Entry)}
    occurrences = [one for one in past.occurrences if one.key in keys]
    return Draft(new, tuple(_changes(occurrences, new, past, journal, today)), remarks=remarks)


def _remark(problem: Problem) -> Problem:
    """Return a warning as a merge gives it: an entry without a milestone may have one in the other office's roadmap."""
    if problem.kind != NO_MILESTONE:
        return problem
    fix = Message(
        "ask the other office for its roadmap, which may be newer; or take the entry back: cbfa undo {id}",
        id=problem.place.path[0],
    )
    return problem._replace(fix=fix)


def check_union(theirs: Journal, history: History, journal: Journal) -> list[Problem]:
    """Return what the new records of another journal would make wrong in this one, placed at records of the other."""
    new = {record.id for record in new_records(theirs, journal)}
    found = check_journal(journal | theirs, history, history.adopted.agencies, among=new)
    return [_placed_among(new, one) for one in found]


def _placed_among(records: Container[str], problem: Problem) -> Problem:
    """Return a problem of two records with its place at the one that is among these."""
    place = problem.place
    if place.path[0] in records:
        return problem
    other = next(record for record in problem.also if record in records)
    return problem._replace(place=place._replace(path=(other, *place.path[1:])))


def new_records(theirs: Journal, journal: Journal) -> tuple[Record, ...]:
    """Return the records that this journal lacks, by id."""
    return tuple(sorted((record for record in theirs.records if record not in journal), key=lambda record: record.id))


def _changes(
    occurrences: Iterable[Occurrence], new: Iterable[Record], past: Past, journal: Journal, as_of: date
) -> Iterator[Change]:
    joined = journal | Journal.from_records(new, journal.zone)
    plan = past.plan
    before, after = plan.entries_by_key(journal, as_of=as_of), plan.entries_by_key(joined, as_of=as_of)
    for occurrence in occurrences:
        yield Change(
            standing_of(occurrence, plan.entries_about(occurrence, before), past, as_of),
            standing_of(occurrence, plan.entries_about(occurrence, after), past, as_of),
        )


def _refusal(message: Message, fix: Message) -> Problem:
    return Problem(Place(), message, fix)


def _entry_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    """Yield where the request contradicts itself, the milestone, or the state on its date, which `standing` is."""
    yield from _count_refusals(standing, request)
    yield from _value_refusals(standing, request)
    yield from _percent_refusals(standing, request)
    key, progress = standing.occurrence.key, standing.course.progress
    yield from _extension_refusals(standing, request)
    if request.event is Event.DONE:
        yield from _done_refusals(standing, request)
    elif request.event in (Event.SUSPENDED, Event.DROPPED) and progress is Progress.DONE:
        message = Message("“{key}” is done, so it cannot be {event}", key=key, event=EVENT_WORDS[request.event])
        yield _refusal(message, Message("reopen it first: cbfa mark {key} reopened", key=key))
    elif request.event in (Event.SUSPENDED, Event.DROPPED) and request.event.value == progress.value:
        message = Message("“{key}” is already {event}", key=key, event=EVENT_WORDS[request.event])
        yield _refusal(message, _add_note(key))
    elif request.event is Event.REOPENED and progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS):
        message = Message("“{key}” is open, so there is nothing to reopen", key=key)
        yield _refusal(message, Message("record progress instead: cbfa mark {key} progress", key=key))


def _extension_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    """Refuse a request for more time that nothing can answer, and an answer to no request."""
    key, due = standing.occurrence.key, standing.occurrence.window.due
    if request.event is not Event.EXTENSION:
        if request.until is not None:
            yield _refusal(Message("only extension can have --until"), Message("leave out --until"))
    elif standing.course.progress is Progress.DONE:
        yield _refusal(Message("“{key}” is done, so it needs no more time", key=key), _add_note(key))
    elif due is None:
        yield _refusal(Message("“{key}” has no deadline that could be extended", key=key), _add_note(key))
    elif request.until is not None and request.until.last <= due:
        message = Message(
            "“{key}” is due on {due}, which is not before {until}", key=key, due=due, until=request.until.last
        )
        yield _refusal(message, Message("ask for a later day: --until DATE"))
    elif request.until is None and standing.course.asked is None:
        message = Message("nobody has asked for more time for “{key}”", key=key)
        yield _refusal(message, Message("ask for it with: cbfa mark {key} extension --until DATE", key=key))


def _add_note(key: str) -> Message:
    return Message("add a note with: cbfa mark {key} progress --note …", key=key)


def _count_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    if request.count is None:
        return
    target = standing.occurrence.milestone.target
    if target is None:
        message = Message("“{key}” has no target to count towards", key=standing.occurrence.key)
        yield _refusal(message, Message("leave out --count, and describe it in --note"))
    elif target.level:
        message = Message("the target of “{key}” is a level, which is not counted", key=standing.occurrence.key)
        yield _refusal(message, Message("use --value instead of --count"))
    if request.count < 1:
        message = Message("a count is the number added, so it must be 1 or more")
        yield _refusal(message, Message("take back a wrong count with: cbfa undo ENTRY"))
    if request.count > MAX_COUNT:
        message = Message("{value} is too large: the maximum is {most}", value=request.count, most=MAX_COUNT)
        yield _refusal(message, Message("check for a typo"))
    if request.event not in (Event.PROGRESS, Event.DONE):
        message = Message("only progress and done can have a count")
        yield _refusal(message, Message("record the count in a separate entry"))


def _value_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    if request.value is None:
        return
    target = standing.occurrence.milestone.target
    if target is None or target.level is None:
        message = Message("the target of “{key}” is not a level, so it has no value", key=standing.occurrence.key)
        fix = (
            Message("use --count instead of --value")
            if target
            else Message("leave out --value, and describe it in --note")
        )
        yield _refusal(message, fix)
    if request.event not in (Event.PROGRESS, Event.DONE):
        message = Message("only progress and done can have a value")
        yield _refusal(message, Message("record the value in a separate entry"))


def _percent_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    if request.percent is None:
        return
    if not 0 <= request.percent <= 100:
        yield _refusal(Message("a percentage must be from 0 to 100"), Message("use 100 for work that is complete"))
    if request.event is not Event.PROGRESS:
        yield _refusal(Message("only progress can have a percentage"), Message("leave out --percent"))
    if target := standing.occurrence.milestone.target:
        message = Message("“{key}” has a target, from which its percentage follows", key=standing.occurrence.key)
        fix = (
            Message("use --value instead of --percent") if target.level else Message("use --count instead of --percent")
        )
        yield _refusal(message, fix)


def _done_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    key, course, target = standing.occurrence.key, standing.course, standing.occurrence.milestone.target
    if course.done_in is not None:
        yield _refusal(Message("“{key}” has been done since {on}", key=key, on=course.done_in.shown), _add_note(key))
    elif target and target.level:
        yield from _level_refusals(standing, request, target)
    elif target and target.count and (counted := course.counted + (request.count or 0)) < target.count:
        message = Message(
            "“{key}” is done when the count reaches {least}: {counted} so far, {missing} missing",
            key=key,
            least=target.count,
            counted=counted,
            missing=target.count - counted,
        )
        fix = Message(
            "add --count {missing}; or record what was reached: cbfa mark {key} progress --count …",
            key=key,
            missing=target.count - course.counted,
        )
        yield _refusal(message, fix)


def _level_refusals(standing: Standing, request: Request, target: Target) -> Iterator[Problem]:
    """Refuse `done` without a value that meets the level."""
    key, value = standing.occurrence.key, standing.course.level if request.value is None else request.value
    record = Message("record what was reached: cbfa mark {key} progress --value …", key=key)
    if value is None:
        message = Message("“{key}” is done when a value meets its target, and no value is recorded", key=key)
        yield _refusal(message, Message("add --value; or {fix}", fix=record))
    elif not target.meets(value):
        message = Message(
            "“{key}” is done when its value is {bound}, and it is {value}",
            key=key,
            bound=target.bound_text,
            value=value,
        )
        yield _refusal(message, record)


def _entry_questions(
    standing: Standing, request: Request, plan: Plan, today: date, done_on: date | None, later: Entry | None
) -> Iterator[Message]:
    """Yield what to ask before recording.

    `done_on` is the day on which it was done, as far as that is known now; `later` the next entry after the day of the request.
    """
    day, on, programme = standing.as_of, request.on.shown, plan.programme
    begins = min(programme.period.first, programme.adopted or programme.period.first)
    if day > today:
        yield Message("{on} is in the future. Record it anyway?", on=on)
    if day < begins:
        yield Message("{on} is before the programme, which begins on {start}. Record it anyway?", on=on, start=begins)
    if request.event is Event.DONE and done_on is not None and day < done_on:
        yield Message(
            "“{key}” is done since {day}. Move its completion to {on}?", key=standing.occurrence.key, day=done_on, on=on
        )
    elif later is not None and request.event not in (Event.PROGRESS, Event.EXTENSION):
        yield Message(
            "“{key}” has a later entry, “{event}” of {on}. Record it anyway?",
            key=standing.occurrence.key,
            event=EVENT_WORDS[later.event],
            on=later.on.shown,
        )


def _entry_remarks(standing: Standing, request: Request) -> Iterator[Problem]:
    """Yield what is worth knowing and needs no answer: progress before an occurrence opens."""
    start = standing.occurrence.window.start
    if start is not None and standing.as_of < start:
        message = Message(
            "{on} is before “{key}” opens, on {start}; it counts",
            on=request.on.shown,
            key=standing.occurrence.key,
            start=start,
        )
        if request.value is not None:
            message = Message(
                "{on} is before “{key}” opens, on {start}: the value is kept, and does not count for it",
                on=request.on.shown,
                key=standing.occurrence.key,
                start=start,
            )
        yield Problem(Place(), message, severity=Severity.NOTE)
