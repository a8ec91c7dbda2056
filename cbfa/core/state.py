"""The state of an occurrence on a date: its progress, and its timing against the deadline. The two are kept apart.

Done ON the due date is on time. What has no due date is never overdue. What is done, suspended or dropped is not overdue while it is.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cbfa.core.journal import Entry, Event
from cbfa.core.periods import Period
from cbfa.core.roadmap import Target
from cbfa.core.schedule import Window


class Progress(StrEnum):
    """The progress of an occurrence."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class Timing(StrEnum):
    """The position of an occurrence against its deadline. What is suspended or dropped has none."""

    UPCOMING = "upcoming"
    WITHIN_DEADLINE = "within-deadline"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no-deadline"
    UNFINISHED_AT_END = "unfinished-at-end"
    ON_TIME = "on-time"
    LATE = "late"


OPEN = (Progress.NOT_STARTED, Progress.IN_PROGRESS)
_ASIDE = (Progress.SUSPENDED, Progress.DROPPED)


class Course(NamedTuple):
    """The sum of the entries of an occurrence: its progress, the day on which it was done, its count.

    `done_in` is that day as it was recorded: a period where the day is not known. `done_on` is the day from which it counts.
    """

    progress: Progress = Progress.NOT_STARTED
    done_on: date | None = None
    counted: int = 0
    judged: int | None = None
    last: Entry | None = None
    begun: bool = False
    done_in: Period | None = None


def course_of(entries: Iterable[Entry], target: Target | None) -> Course:
    """Fold the entries of one occurrence, which must be sorted by time.

    A counted target is done on the day on which the count reaches its least, and not before, whatever an entry claims. What is done
    stays done until it is reopened: a later note does not undo it. What is suspended or dropped stays so until it is reopened or done.
    """
    course = Course()
    for entry in entries:
        course = advance(course, entry, target)
    return course


def advance(course: Course, entry: Entry, target: Target | None) -> Course:
    """Return the course after one more entry."""
    counted = course.counted + (entry.count or 0)
    reached = counted >= target.least if target else entry.event is Event.DONE
    adds = entry.event is Event.DONE or entry.count is not None
    progress, begun = _moved(course, entry, finishes=adds and reached)
    done_on, done_in = _finished(course, entry, progress)
    judged = course.judged if entry.percent is None else entry.percent
    return Course(progress, done_on, counted, judged, entry, begun, done_in)


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


def timing_of(course: Course, window: Window, as_of: date, *, programme_end: date, due_soon_days: int) -> Timing | None:
    """Return the timing of a course on a date; None for what is suspended or dropped.

    `due_soon_days` counts back from the due date, inclusive. `programme_end` is the programme's last day: after it, what has no deadline
    and is unfinished is named as that.
    """
    if course.progress in _ASIDE:
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
    return Timing.UPCOMING if waits else None
