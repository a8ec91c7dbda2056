"""Fold the entries and the acts of one occurrence into its course: acts before entries of the same day.

What is done is judged by the deadline in force on the day it was done, for ever. What was overdue when it was moved is known as that.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cbfa.core.amendments import Amendment
from cbfa.core.history import Segment
from cbfa.core.journal import Entry
from cbfa.core.plan import Occurrence
from cbfa.core.state import OPEN, Course, Progress, advance, retargeted


class Move(NamedTuple):
    """Another due day, or a deadline removed, by an act. `late` says if it was overdue when it was moved."""

    act: Amendment | None
    before: date
    after: date | None
    late: bool

    @property
    def days(self) -> int | None:
        """Days from the former deadline to the new one; None if there is no new one."""
        return (self.after - self.before).days if self.after else None


class Moves(NamedTuple):
    """The changes of an occurrence by acts: its moves, its repeal, and its first deadline.

    `repealed` is the act that repealed it, `ended_late` are those that did so while it was overdue, also if it was planned again later, and
    `acts` are all that touched it.
    """

    original_due: date | None = None
    made: tuple[Move, ...] = ()
    repealed: Amendment | None = None
    ended_late: tuple[Amendment, ...] = ()
    acts: tuple[Amendment, ...] = ()

    @property
    def late_when_repealed(self) -> bool:
        """True if it is no longer planned, and was overdue when it was repealed."""
        return self.repealed is not None and self.repealed in self.ended_late

    @property
    def late_when_moved(self) -> bool:
        """True if it was overdue when it was moved."""
        return any(move.late for move in self.made)

    @property
    def late(self) -> bool:
        """True if it was overdue when it was moved, or repealed."""
        return self.late_when_moved or self.late_when_repealed

    @property
    def moves(self) -> int:
        """The number of moves."""
        return len(self.made)

    @property
    def last(self) -> Amendment | None:
        """The act of the last move."""
        return self.made[-1].act if self.made else None


class Folded(NamedTuple):
    """The occurrence as it is judged, its course, and what acts did to its deadline."""

    occurrence: Occurrence
    course: Course
    moves: Moves


def fold(segments: Sequence[Segment], entries: Sequence[Entry]) -> Folded:
    """Fold entries, which must be sorted by time, through the segments of an occurrence, of which one must be planned.

    What happened before an act added the occurrence counts from the act's day. What happened after it was repealed counts for nothing,
    unless it is planned again.
    """
    folder = _Folder()
    ends = [*(segment.day for segment in segments[1:]), date.max]
    for segment, end in zip(segments, ends, strict=True):
        folder.enter(segment)
        folder.take(entries, end)
    assert folder.judged is not None, "an occurrence that was never planned has no segments"  # noqa: S101 - by construction
    return Folded(folder.judged, folder.course, folder.moves)


class _Folder:
    """An occurrence on its way through time: as it is judged, and as it is planned."""

    def __init__(self) -> None:
        self.judged: Occurrence | None = None
        self.planned: Occurrence | None = None
        self.course, self.moves = Course(), Moves()
        self._waiting: list[Move] = []
        self._unplanned: list[Entry] = []
        self._taken = 0

    def enter(self, segment: Segment) -> None:
        """Enter a segment: apply what its act changed."""
        before, planned, after, act = self.judged, self.planned or self.judged, segment.occurrence, segment.act
        self.planned = after
        if act is not None:
            self.moves = self.moves._replace(acts=(*self.moves.acts, act))
        if after is None:
            if before and act:
                ended_late = [act] if self._is_overdue(before, segment.day) else []
                self.moves = self.moves._replace(repealed=act, ended_late=(*self.moves.ended_late, *ended_late))
            return
        self.moves = self.moves._replace(repealed=None)
        if before is None:
            self.judged, self.moves = after, self.moves._replace(original_due=after.window.due)
            return
        was_overdue = self._is_overdue(before, segment.day)
        was_done = self.course.progress is Progress.DONE
        self.course = retargeted(self.course, before.milestone.target, after.milestone.target, segment.day)
        due = planned.window.due if planned else None
        if due is not None and due != after.window.due:
            self._waiting.append(Move(act, due, after.window.due, was_overdue))
        if was_done and self.course.progress is Progress.DONE:
            self.judged = after._replace(window=before.window)  # judged for ever by the deadline of that day
        else:
            self._move(after)
        unplanned, self._unplanned = self._unplanned, []
        for entry in unplanned:
            self._advance(entry)

    def _move(self, planned: Occurrence) -> None:
        """Judge by the plan from here on: what was moved while it was done is moved."""
        if self._waiting:
            self.moves = self.moves._replace(made=(*self.moves.made, *self._waiting))
            self.course = self.course._replace(asked=None)
            self._waiting = []
        self.judged = planned

    def _is_overdue(self, occurrence: Occurrence, day: date) -> bool:
        due = occurrence.window.due
        return due is not None and due < day and self.course.progress in OPEN

    def take(self, entries: Sequence[Entry], end: date) -> None:
        """Take the entries of days before the next segment begins."""
        if self.judged is None:
            return
        while self._taken < len(entries) and (end == date.max or entries[self._taken].day < end):
            self._advance(entries[self._taken])
            self._taken += 1

    def _advance(self, entry: Entry) -> None:
        """Take one entry; while nothing is planned, keep it."""
        if self.planned is None or self.judged is None:
            self._unplanned.append(entry)
            return
        self.course = advance(self.course, entry, self.judged.milestone.target, self.judged.window)
        if self.course.progress is not Progress.DONE:
            self._move(self.planned)
