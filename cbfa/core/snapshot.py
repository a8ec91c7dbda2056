"""The programme on a date: every occurrence with its state, computed from the three files alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Entry, Journal, Retraction, by_time
from cbfa.core.occurrences import Occurrence, all_occurrences
from cbfa.core.roadmap import Roadmap
from cbfa.core.state import OPEN, Course, Progress, Timing, course_of, timing_of


class OfficialClass(StrEnum):
    """The classes of official reports (report 1270/BC-TCTTTg of 27/12/2017), and the three that are counted separately.

    Every occurrence is in exactly one. Having no deadline counts before being done.
    """

    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    WITHIN_DEADLINE = "within-deadline"
    OVERDUE = "overdue"
    NO_DEADLINE = "no-deadline"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class Standing(NamedTuple):
    """An occurrence and its state on a date."""

    occurrence: Occurrence
    course: Course
    timing: Timing | None
    as_of: date
    opens: date
    """The first day of its window; of one without a start, the first day of the programme."""

    @property
    def days_overdue(self) -> int | None:
        """Days since the due date; None for what is not overdue."""
        due = self.occurrence.window.due
        return (self.as_of - due).days if due and self.timing is Timing.OVERDUE else None

    @property
    def due_today(self) -> bool:
        """True if it is unfinished and falls due on the as-of date."""
        return self.timing in (Timing.DUE_SOON, Timing.WITHIN_DEADLINE) and self.occurrence.window.due == self.as_of

    @property
    def days_late(self) -> int | None:
        """Days from the due date to the day on which it was done; None if it was not done late, or if that day is not known."""
        due, done_on, done_in = self.occurrence.window.due, self.course.done_on, self.course.done_in
        if self.timing is not Timing.LATE or not (due and done_on and done_in) or due in done_in:
            return None
        return (done_on - due).days

    @property
    def silent_days(self) -> int | None:
        """Days since its last entry, else since it opened; None for what is not open."""
        if self.course.progress not in OPEN:
            return None
        days = (self.as_of - (self.course.last.day if self.course.last else self.opens)).days
        return days if days >= 0 else None

    def open_within(self, days: int) -> bool:
        """Return True if it was open on any of the last days, the as-of date among them."""
        if self.course.progress in OPEN:
            return self.silent_days is not None
        closed = self.course.done_on or (self.course.last.day if self.course.last else None)
        return closed is not None and (self.as_of - closed).days < days

    @property
    def percent(self) -> int | None:
        """Progress from 0 to 100: by the count if there is a target, else as the officer judged it; None if nobody did."""
        target = self.occurrence.milestone.target
        if self.course.progress is Progress.DONE:
            return 100
        if target:
            return min(99, 100 * self.course.counted // target.least)
        return self.course.judged

    @property
    def official(self) -> OfficialClass:
        """Its official class."""
        if self.timing is None:
            return OfficialClass(self.course.progress.value)
        if self.occurrence.window.due is None:
            return OfficialClass.NO_DEADLINE
        return {
            Timing.ON_TIME: OfficialClass.DONE_ON_TIME,
            Timing.LATE: OfficialClass.DONE_LATE,
            Timing.OVERDUE: OfficialClass.OVERDUE,
        }.get(self.timing, OfficialClass.WITHIN_DEADLINE)


class Snapshot(NamedTuple):
    """The programme as it stood on `as_of`, by what was recorded until `known_by` (None: all that is recorded)."""

    roadmap: Roadmap
    agencies: Agencies
    journal: Journal
    as_of: date
    known_by: date | None
    standings: tuple[Standing, ...]
    entries_of: Mapping[str, Sequence[Entry]]
    """The entries that count, by the key of their occurrence, in the order in which things happened."""

    @classmethod
    def take(
        cls,
        roadmap: Roadmap,
        agencies: Agencies,
        journal: Journal,
        as_of: date,
        known_by: date | None = None,
    ) -> "Snapshot":
        """Compute the state of every occurrence at the end of `as_of`."""
        entries_of = journal.by_key(as_of=as_of, known_by=known_by)
        standings = tuple(
            standing_of(occurrence, entries_of.get(occurrence.key, ()), roadmap, as_of)
            for occurrence in all_occurrences(roadmap)
        )
        return cls(roadmap, agencies, journal, as_of, known_by, standings, entries_of)

    def on(self, day: date) -> "Snapshot":
        """Return the programme on another day, by what is known on this one."""
        return Snapshot.take(self.roadmap, self.agencies, self.journal, day, self.known_by)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that count, in the order in which things happened."""
        return tuple(sorted(chain.from_iterable(self.entries_of.values()), key=by_time))

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all occurrences."""
        return frozenset(standing.occurrence.key for standing in self.standings)

    @property
    def unplaced(self) -> tuple[Entry, ...]:
        """The entries whose milestone the roadmap lacks. They change no state."""
        keys = self.keys
        return tuple(entry for entry in self.entries if entry.key not in keys)

    @property
    def retractions(self) -> list[Retraction]:
        """The retractions that were known, in the order of recording."""
        return self.journal.retractions(known_by=self.known_by)

    @property
    def programme_end(self) -> date:
        """The last day of the programme."""
        return programme_end(self.roadmap)

    @property
    def ended(self) -> bool:
        """True if the programme was over on the date."""
        return self.as_of > self.programme_end

    def standing(self, key: str) -> Standing:
        """Return the state of one occurrence. Raises KeyError."""
        for standing in self.standings:
            if standing.occurrence.key == key:
                return standing
        raise KeyError(key)


def programme_end(roadmap: Roadmap) -> date:
    """Return the last day of the programme: 31 December of its last year."""
    return date(roadmap.programme.period.last, 12, 31)


def standing_of(occurrence: Occurrence, entries: Sequence[Entry], roadmap: Roadmap, as_of: date) -> Standing:
    """Return the state of one occurrence after its entries, which must be sorted by time."""
    course = course_of(entries, occurrence.milestone.target)
    timing = timing_of(
        course,
        occurrence.window,
        as_of,
        programme_end=programme_end(roadmap),
        due_soon_days=roadmap.programme.due_soon_days,
    )
    opens = occurrence.window.start or date(roadmap.programme.period.first, 1, 1)
    return Standing(occurrence, course, timing, as_of, opens)
