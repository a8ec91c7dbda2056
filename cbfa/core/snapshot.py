"""The programme on a date: every occurrence with its state, computed from the three files alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.fold import Moves, fold
from cbfa.core.history import History, Past, everyone
from cbfa.core.journal import Entry, Journal, Retraction, by_time
from cbfa.core.plan import Occurrence, Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.state import ASIDE, OPEN, Course, Progress, Timing, course_of, timing_of


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
    parts: "tuple[Standing, ...]" = ()
    """The standings of the members, if this one is of all of them."""
    moves: Moves | None = None
    """What acts did to its deadline; None if none has changed it."""

    @property
    def original_due(self) -> date | None:
        """Its deadline as adopted, or as it was added."""
        return self.moves.original_due if self.moves else self.occurrence.window.due

    @property
    def slip_days(self) -> int | None:
        """Days from the original deadline to that in force; None if either is missing."""
        original, due = self.original_due, self.occurrence.window.due
        return (due - original).days if original and due else None

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
        """Progress from 0 to 100: by the target if there is one, else as the officer judged it; None if nobody did."""
        target = self.occurrence.milestone.target
        if self.course.progress is Progress.DONE:
            return 100
        if target is None:
            return self.course.judged
        reached = Decimal(self.course.counted) if target.level is None else self.course.level
        return None if reached is None else target.percent(reached)

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

    history: History
    past: Past
    journal: Journal
    as_of: date
    known_by: date | None
    standings: tuple[Standing, ...]
    repealed: tuple[Standing, ...]
    """What is no longer planned and was not done; it is counted beside the others."""
    entries_of: Mapping[str, Sequence[Entry]]
    """The entries that count, by the key that they mean, in the order in which things happened."""
    baseline: date | None = None
    """The day whose plan judges instead of that in force."""

    @classmethod
    def take(
        cls,
        history: History,
        journal: Journal,
        as_of: date,
        known_by: date | None = None,
        *,
        baseline: date | None = None,
    ) -> "Snapshot":
        """Compute the state of every occurrence at the end of `as_of`; with a `baseline`, by the plan of that day instead."""
        past = history.until(min(as_of, baseline or as_of), known_by)
        entries_of = past.plan.entries_by_key(journal, as_of=as_of, known_by=known_by)
        standings = [
            standing_of(occurrence, past.plan.entries_about(occurrence, entries_of), past, as_of)
            for occurrence in past.occurrences
        ]
        kept = tuple(one for one in standings if not is_repealed(one))
        gone = tuple(one for one in standings if is_repealed(one))
        return cls(history, past, journal, as_of, known_by, kept, gone, entries_of, baseline)

    def on(self, day: date) -> "Snapshot":
        """Return the programme on another day, by what is known on this one."""
        return Snapshot.take(self.history, self.journal, day, self.known_by, baseline=self.baseline)

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.past.plan

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap of the plan."""
        return self.plan.roadmap

    @property
    def agencies(self) -> Agencies:
        """The agencies of the plan, with those that ended before: entries and missed work name them."""
        return everyone(self.plan)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that count, in the order in which things happened."""
        return tuple(sorted(chain.from_iterable(self.entries_of.values()), key=by_time))

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all occurrences."""
        return frozenset(standing.occurrence.key for standing in (*self.standings, *self.repealed))

    @property
    def unplaced(self) -> tuple[Entry, ...]:
        """The entries whose milestone the roadmap lacks. They change no state."""
        keys = self.keys
        return tuple(entry for entry in self.entries if self.plan.key_of(entry) not in keys)

    @property
    def retractions(self) -> list[Retraction]:
        """The retractions that were known, in the order of recording."""
        return self.journal.retractions(known_by=self.known_by)

    @property
    def programme_end(self) -> date:
        """The last day of the programme."""
        return self.plan.programme.period.last

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


def is_repealed(standing: Standing) -> bool:
    """Return True if it was repealed and not done before: what is done stays done."""
    return standing.moves is not None and standing.moves.repealed is not None and standing.course.done_on is None


def standing_of(occurrence: Occurrence, entries: Sequence[Entry], past: Past, as_of: date) -> Standing:
    """Return the state of one occurrence after its entries, which must be sorted by time, and after the acts until then."""
    programme, segments = past.plan.programme, past.segments.get(occurrence.key)
    moves = None
    if segments:
        occurrence, course, moves = fold(segments, entries)
    else:
        course = course_of(entries, occurrence.milestone.target, occurrence.window)
    occurrence = past.with_heirs(occurrence)
    window = occurrence.window
    timing = timing_of(
        course, window, as_of, programme_end=programme.period.last, due_soon_days=programme.due_soon_days
    )
    return Standing(occurrence, course, timing, as_of, window.start or programme.period.first, moves=moves)


def together(standings: Iterable[Standing], apart: Collection[str] = ()) -> list[Standing]:
    """Return the standings with the parts of members put together: where each owes its own, a milestone counts once a period.

    It is done when all parts are that are not dropped, and overdue when any part is; its deadline is that of the part that decides. The
    parts that agencies in `apart` answer for stay apart.
    """
    given = list(standings)
    if not any(standing.occurrence.member for standing in given):
        return given
    found: dict[tuple[str, bool], list[Standing]] = {}
    for standing in given:
        occurrence = standing.occurrence
        joins = occurrence.member is not None and not any(lead.agency in apart for lead in occurrence.leads)
        found.setdefault((occurrence.shared_key if joins else occurrence.key, joins), []).append(standing)
    return [_whole(key, parts) if joins else parts[0] for (key, joins), parts in found.items()]


def _whole(key: str, parts: Sequence[Standing]) -> Standing:
    """Return one standing of the parts of all members."""
    kept = [part for part in parts if part.course.progress is not Progress.DROPPED] or list(parts)
    progress = _progress_of([part.course.progress for part in kept])
    done = max(kept, key=lambda part: part.course.done_on or date.min).course if progress is Progress.DONE else Course()
    course = Course(
        progress,
        done.done_on,
        last=max((part.course.last for part in parts if part.course.last), key=by_time, default=None),
        begun=any(part.course.begun for part in parts),
        done_in=done.done_in,
    )
    timings = [part.timing for part in kept if (part.course.progress in OPEN) == (progress in OPEN)]
    worst = (Timing.OVERDUE, Timing.LATE)
    timing = next((one for one in worst if one in timings), timings[0])
    decides = _deciding(kept, progress, timing)
    leads = tuple(decides.occurrence.milestone.leads)
    occurrence = decides.occurrence._replace(key=key, leads=leads, member=None, group=None)
    timing = None if progress in ASIDE else timing
    return Standing(occurrence, course, timing, decides.as_of, decides.opens, tuple(parts), decides.moves)


def _deciding(parts: Sequence[Standing], progress: Progress, timing: Timing | None) -> Standing:
    """Return the part whose deadline is that of the whole: the one that was done or repealed last, else of the open ones the first due."""
    if progress is Progress.DONE:
        return max(parts, key=lambda part: part.course.done_on or date.min)
    if all(is_repealed(part) for part in parts):
        return max(parts, key=lambda part: part.moves.repealed.day if part.moves and part.moves.repealed else date.min)
    alike = [part for part in parts if part.timing is timing and (part.course.progress in OPEN) == (progress in OPEN)]
    return min(alike or parts, key=lambda part: part.occurrence.window.due or date.max)


def wholly_repealed(snapshot: Snapshot) -> list[Standing]:
    """Return what is no longer planned, with nothing left of it: where each owes its own, no part of any member."""
    planned = {one.occurrence.shared_key for one in snapshot.standings}
    return [one for one in together(snapshot.repealed) if one.occurrence.shared_key not in planned]


def _progress_of(states: Sequence[Progress]) -> Progress:
    """Return the progress of a whole: that of all its parts if they agree, suspended if nothing is left to do, else in progress."""
    if len(set(states)) == 1:
        return states[0]
    if all(state in (Progress.DONE, Progress.SUSPENDED) for state in states):
        return Progress.SUSPENDED
    begun = any(state in (Progress.DONE, Progress.IN_PROGRESS) for state in states)
    return Progress.IN_PROGRESS if begun else Progress.NOT_STARTED
