"""From a request to a draft: what would be recorded, what that changes, what forbids it, and what to ask first.

`mark`, `undo` and `merge` make a draft, show it, and make it once more under the lock of the journal, on the journal as it is then.
Nothing here writes anything.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_journal
from cbfa.core.checks.journal import NO_MILESTONE
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
from cbfa.core.occurrences import Occurrence, all_occurrences, resolve_occurrence
from cbfa.core.periods import Period
from cbfa.core.roadmap import Roadmap
from cbfa.core.snapshot import Standing, standing_of
from cbfa.core.state import Progress
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
    percent: int | None = None
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


def draft_entry(request: Request, roadmap: Roadmap, journal: Journal, today: date, stamp: Stamp) -> Draft:
    """Draft the entry that a request asks for. Raises Invalid for a key that is not in the roadmap."""
    occurrence = resolve_occurrence(roadmap, request.key, by_words=False)
    its_entries = journal.by_key().get(occurrence.key, [])
    day = counting_day(request.on, today)
    then = standing_of(occurrence, [one for one in its_entries if one.day <= day], roadmap, day)
    refusals = tuple(_entry_refusals(then, request))
    if refusals:
        return Draft(refusals=refusals)
    entry = Entry(
        id=stamp.id,
        on=request.on,
        key=occurrence.key,
        event=request.event,
        count=request.count,
        percent=request.percent,
        note=request.note,
        evidence=request.evidence,
        by=request.by,
        recorded=stamp.recorded,
    )
    later = next((one for one in its_entries if one.day > day), None)
    questions = tuple(_entry_questions(then, request, today, later))
    seen = max(today, day)
    changes = tuple(_changes([occurrence], [entry], roadmap, journal, seen))
    return Draft((entry,), changes, questions=questions, entry=entry)


def draft_retraction(
    entry: Entry, retraction: Retraction, roadmap: Roadmap, journal: Journal, today: date, *, is_ours: bool = True
) -> Draft:
    """Draft a retraction of an entry. An entry whose milestone is no longer in the roadmap changes no state.

    The question shows the whole entry, and says if it was not recorded here: if it is not `is_ours`.
    """
    if entry not in set(journal.counting()):
        message = Message("“{word}” has already been taken back", word=entry.id)
        return Draft(refusals=(_refusal(message, Message("list the entries with: cbfa log")),))
    occurrences = [one for one in all_occurrences(roadmap) if one.key == entry.key][:1]
    changes = _changes(occurrences, [retraction], roadmap, journal, max(today, entry.day))
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


def draft_union(theirs: Journal, roadmap: Roadmap, agencies: Agencies, journal: Journal, today: date) -> Draft:
    """Draft the records that another journal has and this one lacks. Problems are placed at records of the other one."""
    found = check_union(theirs, roadmap, agencies, journal)
    refusals = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    remarks = tuple(_remark(problem) for problem in found if problem.severity is not Severity.ERROR)
    if refusals:
        return Draft(refusals=refusals, remarks=remarks)
    new = new_records(theirs, journal)
    keys = {record.key for record in new if isinstance(record, Entry)}
    occurrences = [one for one in all_occurrences(roadmap) if one.key in keys]
    return Draft(new, tuple(_changes(occurrences, new, roadmap, journal, today)), remarks=remarks)


def _remark(problem: Problem) -> Problem:
    """Return a warning as a merge gives it: an entry without a milestone may have one in the other office's roadmap."""
    if problem.kind != NO_MILESTONE:
        return problem
    fix = Message(
        "ask the other office for its roadmap, which may be newer; or take the entry back: cbfa undo {id}",
        id=problem.place.path[0],
    )
    return problem._replace(fix=fix)


def check_union(theirs: Journal, roadmap: Roadmap, agencies: Agencies, journal: Journal) -> list[Problem]:
    """Return what the new records of another journal would make wrong in this one, placed at records of the other."""
    new = {record.id for record in new_records(theirs, journal)}
    found = check_journal(journal | theirs, roadmap, agencies, among=new)
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
    occurrences: Iterable[Occurrence], new: Iterable[Record], roadmap: Roadmap, journal: Journal, as_of: date
) -> Iterator[Change]:
    before, after = journal.by_key(as_of=as_of), (journal | Journal.from_records(new)).by_key(as_of=as_of)
    for occurrence in occurrences:
        yield Change(
            standing_of(occurrence, before.get(occurrence.key, ()), roadmap, as_of),
            standing_of(occurrence, after.get(occurrence.key, ()), roadmap, as_of),
        )


def _refusal(message: Message, fix: Message) -> Problem:
    return Problem(Place(), message, fix)


def _entry_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    """Yield where the request contradicts itself, the milestone, or the state on its date, which `standing` is."""
    yield from _count_refusals(standing, request)
    yield from _percent_refusals(standing, request)
    key, progress = standing.occurrence.key, standing.course.progress
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


def _add_note(key: str) -> Message:
    return Message("add a note with: cbfa mark {key} progress --note …", key=key)


def _count_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    if request.count is None:
        return
    if standing.occurrence.milestone.target is None:
        message = Message("“{key}” has no target to count towards", key=standing.occurrence.key)
        yield _refusal(message, Message("leave out --count, and describe it in --note"))
    if request.count < 1:
        message = Message("a count is the number added, so it must be 1 or more")
        yield _refusal(message, Message("take back a wrong count with: cbfa undo ENTRY"))
    if request.count > MAX_COUNT:
        message = Message("{value} is too large: the maximum is {most}", value=request.count, most=MAX_COUNT)
        yield _refusal(message, Message("check for a typo"))
    if request.event not in (Event.PROGRESS, Event.DONE):
        message = Message("only progress and done can have a count")
        yield _refusal(message, Message("record the count in a separate entry"))


def _percent_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    if request.percent is None:
        return
    if not 0 <= request.percent <= 100:
        yield _refusal(Message("a percentage must be from 0 to 100"), Message("use 100 for work that is complete"))
    if request.event is not Event.PROGRESS:
        yield _refusal(Message("only progress can have a percentage"), Message("leave out --percent"))
    if standing.occurrence.milestone.target is not None:
        message = Message(
            "“{key}” has a target: its percentage is computed from the count", key=standing.occurrence.key
        )
        yield _refusal(message, Message("use --count instead of --percent"))


def _done_refusals(standing: Standing, request: Request) -> Iterator[Problem]:
    key, course, target = standing.occurrence.key, standing.course, standing.occurrence.milestone.target
    if course.done_in is not None:
        yield _refusal(Message("“{key}” has been done since {on}", key=key, on=course.done_in.shown), _add_note(key))
    elif target and (counted := course.counted + (request.count or 0)) < target.least:
        message = Message(
            "“{key}” is done when the count reaches {least}: {counted} so far, {missing} missing",
            key=key,
            least=target.least,
            counted=counted,
            missing=target.least - counted,
        )
        fix = Message(
            "add --count {missing}; or record what was reached: cbfa mark {key} progress --count …",
            key=key,
            missing=target.least - course.counted,
        )
        yield _refusal(message, fix)


def _entry_questions(standing: Standing, request: Request, today: date, later: Entry | None) -> Iterator[Message]:
    """Yield what to ask before recording; `later` is the next entry after the day of the request."""
    start = standing.occurrence.window.start
    day, on = standing.as_of, request.on.shown
    if day > today:
        yield Message("{on} is in the future. Record it anyway?", on=on)
    if start is not None and day < start:
        yield Message(
            "{on} is before the planned period, which begins on {start}. Record it anyway?",
            on=on,
            start=start,
        )
    if later is not None and request.event is not Event.PROGRESS:
        yield Message(
            "“{key}” has a later entry, “{event}” of {on}. Record it anyway?",
            key=standing.occurrence.key,
            event=EVENT_WORDS[later.event],
            on=later.on.shown,
        )
