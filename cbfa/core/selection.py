"""Select occurrences by workstream, agency, state, year and words; and sort them for lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from cbfa.core.agencies import Agency
from cbfa.core.occurrences import searched_text
from cbfa.core.periods import Period
from cbfa.core.plan import Occurrence
from cbfa.core.resolve import Candidate, has_words, resolve, resolve_word
from cbfa.core.roadmap import Roadmap, Workstream
from cbfa.core.snapshot import OfficialClass, Standing
from cbfa.core.state import Progress, Timing
from cbfa.errors import Invalid
from cbfa.messages import Message

T = TypeVar("T")


class Role(StrEnum):
    """The part of an agency in an occurrence: as a member, it is in a group that leads or supports it."""

    LEAD = "lead"
    SUPPORT = "support"
    MEMBER = "member"


DUE_TODAY = "due-today"
NO_ENTRY = "no-entry"
STATES: tuple[str, ...] = tuple(dict.fromkeys([*Progress, *Timing, DUE_TODAY, NO_ENTRY]))
"""The words for states: those of progress, those of timing, and two that are said beside them."""


def roles_in(occurrence: Occurrence) -> dict[str, Role]:
    """Return the agencies that have a part in an occurrence, by id. A group leads what each of its members owes."""
    roles = dict.fromkeys(occurrence.through, Role.MEMBER)
    roles.update((one.agency, Role.SUPPORT) for one in occurrence.milestone.support)
    roles.update((one.agency, Role.LEAD) for one in occurrence.leads)
    return {**roles, occurrence.group: Role.LEAD} if occurrence.group else roles


def role_of(agency_id: str, occurrence: Occurrence) -> Role | None:
    """Return the role of an agency in an occurrence, if it has one."""
    return roles_in(occurrence).get(agency_id)


class Selection(NamedTuple):
    """Criteria for occurrences. A field left at None or empty selects everything; of several values, any is enough.

    `role` is the part that one of the agencies must have; `year` selects windows that touch the year, and what is carried over into it;
    `done_in` what was completed in a period; `silent` what is open and has had no entry for so many days or more.
    """

    workstreams: Sequence[Workstream] = ()
    agencies: Sequence[Agency] = ()
    role: Role | None = None
    states: Sequence[str] = ()
    year: int | None = None
    words: str | None = None
    done_in: Period | None = None
    official: Sequence[OfficialClass] = ()
    silent: int | None = None

    @property
    def finished_only(self) -> bool:
        """True if it selects nothing but what is done."""
        return self.done_in is not None or (
            bool(self.states) and set(self.states) <= {Progress.DONE, Timing.ON_TIME, Timing.LATE}
        )

    def select(self, standings: Iterable[Standing]) -> list[Standing]:
        """Return the standings that meet all criteria, in their order."""
        return [standing for standing in standings if self._keeps(standing)]

    def _keeps(self, standing: Standing) -> bool:
        occurrence = standing.occurrence
        return (
            (not self.workstreams or occurrence.workstream.id in {one.id for one in self.workstreams})
            and (not self.states or not states_of(standing).isdisjoint(self.states))
            and (not self.official or standing.official in self.official)
            and (self.silent is None or is_silent(standing, self.silent))
            and (self.year is None or occurrence.window.touches(self.year) or is_carried_over(standing, self.year))
            and (self.done_in is None or standing.course.done_on in self.done_in)
            and self._keeps_agency(occurrence)
            and (not self.words or has_words(self.words, searched_text(occurrence)))
        )

    def _keeps_agency(self, occurrence: Occurrence) -> bool:
        if not self.agencies:
            return True
        roles = {role for agency in self.agencies if (role := role_of(agency.id, occurrence))}
        return bool(roles) if self.role is None else self.role in roles


def states_of(standing: Standing) -> set[str | None]:
    """Return all states by which an occurrence can be asked for."""
    beside = {DUE_TODAY: standing.due_today, NO_ENTRY: standing.course.last is None}
    return {standing.course.progress, standing.timing, *(state for state, holds in beside.items() if holds)}


def is_carried_over(standing: Standing, year: int) -> bool:
    """Return True if it fell due before the year and is overdue still."""
    return standing.timing is Timing.OVERDUE and _due(standing).year < year


def is_silent(standing: Standing, days: int) -> bool:
    """Return True if it is open and has had no entry for so many days or more."""
    return standing.silent_days is not None and standing.silent_days >= days


def overdue(standings: Iterable[Standing], year: int | None = None) -> list[Standing]:
    """Return what is overdue, the longest first; with a year, only what fell due in it."""
    late = [
        standing
        for standing in standings
        if standing.timing is Timing.OVERDUE and (year is None or _due(standing).year == year)
    ]
    return sorted(late, key=_due)


def by_completion(standings: Iterable[Standing]) -> list[Standing]:
    """Sort what is done by the day on which it was done, the earliest first."""
    return sorted(standings, key=lambda standing: standing.course.done_on or date.max)


def upcoming(standings: Iterable[Standing], days: int | None = None) -> list[Standing]:
    """Return what is unfinished and falls due next, the nearest first; with `days`, within so many days, inclusive."""
    ahead = [
        standing
        for standing in standings
        if standing.timing in (Timing.NOT_YET_OPEN, Timing.WITHIN_DEADLINE, Timing.DUE_SOON)
        and standing.occurrence.window.due is not None
        and (days is None or (_due(standing) - standing.as_of).days <= days)
    ]
    return sorted(ahead, key=_due)


def _due(standing: Standing) -> date:
    return standing.occurrence.window.due or date.max


def ties(items: Iterable[T], measure: Callable[[T], object]) -> list[list[T]]:
    """Return neighbours of the same measure as groups."""
    return [list(group) for _, group in groupby(items, measure)]


def first_with_ties(items: Iterable[T], count: int, measure: Callable[[T], object]) -> list[T]:
    """Return the first items, and with the last of them all that tie with it."""
    found: list[T] = []
    for group in ties(items, measure):
        if len(found) < count:
            found += group
    return found


def resolve_workstream(roadmap: Roadmap, word: str) -> Workstream:
    """Return the workstream that a person means: by id, number (`III.2` or `2`), or a part of its name. Raises Invalid."""
    candidates = [
        Candidate(
            workstream,
            f"{workstream.id} ({workstream.number})" if workstream.number else workstream.id,
            (workstream.id, *([workstream.number] if workstream.number else []), str(position)),
            (workstream.id, *workstream.title.texts),
        )
        for position, workstream in enumerate(roadmap.workstreams, 1)
    ]
    return resolve(
        word,
        candidates,
        unknown=Message("unknown workstream “{word}”", word=word),
        ambiguous=Message("“{word}” matches several workstreams", word=word),
    )


def resolve_state(word: str, known_as: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """Return the state that a word means, by its name or by a word of the screens. Raises Invalid."""
    return resolve_word(word, STATES, known_as, Message("unknown state “{word}”", word=word))


def resolve_class(word: str, known_as: Mapping[OfficialClass, Sequence[str]] = MappingProxyType({})) -> OfficialClass:
    """Return the official class that a word means, by its name or by a word of the screens. Raises Invalid."""
    return resolve_word(word, OfficialClass, known_as, Message("unknown class “{word}”", word=word))


def resolve_role(word: str, known_as: Mapping[Role, Sequence[str]] = MappingProxyType({})) -> Role:
    """Return the role that a word means, by its name or by a word of the screens. Raises Invalid."""
    return resolve_word(word, Role, known_as, Message("unknown role “{word}”", word=word))


def check_year(roadmap: Roadmap, year: int) -> int:
    """Return the year if it lies in the programme. Raises Invalid."""
    period = roadmap.programme.period
    if year not in period:
        raise Invalid(
            Message("{year} is outside the programme's period", year=year),
            Message("choose a year from {first} to {last}", first=period.first.year, last=period.last.year),
        )
    return year
