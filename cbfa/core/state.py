"""The state of an occurrence on a date: its progress, and its timing against the deadline. The two are kept apart.

Done ON the due date is on time. What has no due date is never overdue. What is done, suspended or dropped is not overdue while it is.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cbfa.core.journal import Entry, Event
from cbfa.core.periods import Period
from cbfa.core.schedule import Window
from cbfa.core.targets import Target


class Progress(StrEnum):
    """The progress of an occurrence."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class Timing(StrEnum):
    """The position of an occurrence against its deadline. What is suspended or dropped has none."""

    NOT_YET_OPEN = "not-yet-open"
    WITHIN_DEADLINE = "within-deadline"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no-deadline"
    UNFINISHED_AT_END = "unfinished-at-end"
    ON_TIME = "on-time"
    LATE = "late"


OPEN = (Progress.NOT_STARTED, Progress.IN_PROGRESS)
ASIDE = (Progress.SUSPENDED, Progress.DROPPED)


class Course(NamedTuple):
    """The sum of the entries of an occurrence: its progress, the day on which it was done, its count.

    `done_in` is that day as it was recorded: a period where the day is not known. `done_on` is the day from which it counts. Of a level,
    `value` is the last value, and `level` the last one that is judged: since the occurrence opened, and until it is settled.
    """

    progress: Progress = Progress.NOT_STARTED
    done_on: date | None = None
    counted: int = 0
    judged: int | None = None
    last: Entry | None = None
    begun: bool = False
    done_in: Period | None = None
    value: Decimal | None = None
    level: Decimal | None = None
    asked: Entry | None = None
    """The request for more time on which nobody has decided."""


ALWAYS = Window(None, None)
"""The window of what has no dates."""


def course_of(entries: Iterable[Entry], target: Target | None, window: Window = ALWAYS) -> Course:
    """Fold the entries of one occurrence, which must be sorted by time.

    A counted target is done on the day on which the count reaches it, and a level on the day on which a value meets it, and not before,
    whatever an entry claims. What is done stays done until it is reopened: a later note does not undo it. A level is reopened by a value
    that misses it until its due date, or always if it has none. What is suspended or dropped stays so until it is reopened or done.
    """
    course = Course()
    for entry in entries:
        course = advance(course, entry, target, window)
    return course


def advance(course: Course, entry: Entry, target: Target | None, window: Window = ALWAYS) -> Course:
    """Return the course after one more entry."""
    counted = course.counted + (entry.count or 0)
    is_settled = course.progress is Progress.DONE and window.due is not None and entry.day > window.due
    judges = entry.value is not None and not is_settled and (window.start is None or entry.day >= window.start)
    level = entry.value if judges else course.level
    if is_settled and entry.event is Event.REOPENED and level is not None:
        level = course.value if entry.value is None else entry.value
    progress, begun = _moved(course, entry, finishes=_finishes(entry, target, counted, level, judges=judges))
    if judges and target and _reopens(course, entry, target, window):
        progress = Progress.IN_PROGRESS
    done_on, done_in = _finished(course, entry, progress)
    judged = course.judged if entry.percent is None else entry.percent
    value = course.value if entry.value is None else entry.value
    asked = (entry if entry.until else None) if entry.event is Event.EXTENSION else course.asked
    asked = asked if progress in OPEN or progress is Progress.SUSPENDED else None
    return Course(progress, done_on, counted, judged, entry, begun, done_in, value, level, asked)


def _finishes(entry: Entry, target: Target | None, counted: int, level: Decimal | None, *, judges: bool) -> bool:
    """Return True if an entry makes an occurrence done."""
    claims = entry.event is Event.DONE
    if target is None:
        return claims
    if target.level is None:
        return (claims or entry.count is not None) and target.meets(Decimal(counted))
    return (claims or judges) and level is not None and target.meets(level)


def _reopens(course: Course, entry: Entry, target: Target, window: Window) -> bool:
    """Return True if the value of an entry opens again what had met its level."""
    missed = target.level is not None and entry.value is not None and not target.meets(entry.value)
    return missed and course.progress is Progress.DONE and (window.due is None or entry.day <= window.due)


def _moved(course: Course, entry: Entry, *, finishes: bool) -> tuple[Progress, bool]:
    """Return what follows an entry: the progress, and if it was ever begun."""
    if course.progress is not Progress.DONE and finishes:
        return Progress.DONE, True
    match entry.event:
        case Event.PROGRESS | Event.DONE if course.progress in OPEN:
            return Progress.IN_PROGRESS, True
        case Event.SUSPENDED | Event.DROPPED if course.progress is not Progress.DONE:
            return Progress(entry.event.value), course.begun
        case Event.REOPENED if course.progress not in OPEN:
            return Progress.IN_PROGRESS if course.begun else Progress.NOT_STARTED, course.begun
    return course.progress, course.begun


def _finished(course: Course, entry: Entry, progress: Progress) -> tuple[date | None, Period | None]:
    """Return the day on which it was done, and the same as it was recorded."""
    if progress is not Progress.DONE:
        return None, None
    return (course.done_on, course.done_in) if course.progress is Progress.DONE else (entry.day, entry.on)


def retargeted(course: Course, before: Target | None, after: Target | None, day: date) -> Course:
    """Return the course after an act changed the target on a day.

    Raised beyond what was reached, it is open again from that day; lowered to what was reached, it is done on that day, never earlier. With
    a new unit, earlier counts and values are no longer judged.
    """
    if before == after or after is None:
        return course
    if before and ((before.level is None) != (after.level is None) or _unit(before) != _unit(after)):
        course = course._replace(counted=0, level=None, value=None)
    reached = course.level if after.level else Decimal(course.counted)
    if reached is not None and after.meets(reached):
        if course.progress in OPEN and course.begun:
            return course._replace(progress=Progress.DONE, done_on=day, done_in=Period.from_day(day))
    elif course.progress is Progress.DONE:
        return course._replace(progress=Progress.IN_PROGRESS, done_on=None, done_in=None)
    return course


def _unit(target: Target) -> str | None:
    """Return the unit in the programme's own language: another translation is no new unit."""
    return target.unit.own if target.unit else None


def timing_of(course: Course, window: Window, as_of: date, *, programme_end: date, due_soon_days: int) -> Timing | None:
    """Return the timing of a course on a date; None for what is suspended or dropped.

    `due_soon_days` counts back from the due date, inclusive. `programme_end` is the programme's last day: after it, what has no deadline
    and is unfinished is named as that.
    """
    if course.progress in ASIDE:
        return None
    if window.due is None and (course.done_on or as_of <= programme_end):
        return _before_opening(course, window, as_of) or Timing.NO_DEADLINE
    if window.due is None:
        return Timing.UNFINISHED_AT_END
    if course.done_on:
        return Timing.ON_TIME if course.done_on <= window.due else Timing.LATE
    if as_of > window.due:
        return Timing.OVERDUE
    if early := _before_opening(course, window, as_of):
        return early
    return Timing.DUE_SOON if (window.due - as_of).days <= due_soon_days else Timing.WITHIN_DEADLINE


def _before_opening(course: Course, window: Window, as_of: date) -> Timing | None:
    waits = course.progress is Progress.NOT_STARTED and window.start is not None and as_of < window.start
    return Timing.NOT_YET_OPEN if waits else None
