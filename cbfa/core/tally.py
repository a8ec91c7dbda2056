"""Count occurrences by class. An empty tally has no percentage.

What each member owes counts once in a total, and once for each member in its own. What has several leads counts once for each. So the
figures of agencies do not add up to those of the programme.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, TypeVar

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.roadmap import Roadmap, Workstream
from cbfa.core.selection import Role, is_silent, roles_in
from cbfa.core.snapshot import OfficialClass, Standing, together
from cbfa.core.state import Progress, Timing

K = TypeVar("K")

LONG_OVERDUE = 30
"""Days after its due date from which an occurrence is overdue for long; that day itself is not counted."""
LATELY = 90
"""Days, the as-of date among them, in which an entry is recent."""
LONG_SILENT = 180
"""Days without an entry from which what has no deadline is silent for long; that day is counted."""


class Tally(NamedTuple):
    """Counts of occurrences. The official classes add up to the total, and so do the kinds of progress.

    `under_way` counts what is in progress and not overdue; `long_overdue` what is overdue by more than `LONG_OVERDUE` days;
    `without_entry` what has no entry at all; `overdue_inferred` what is overdue and has its lead only by inference; `not_yet_open` what is
    within its deadline and opens later; `open_lately` what was open on any of the last `LATELY` days, and `updated_lately` the part of it
    that has an entry of these days; `long_silent` what is open without a deadline and has had no entry for `LONG_SILENT` days.
    """

    total: int
    milestones: int
    official: Counter[OfficialClass]
    progress: Counter[Progress]
    timing: Counter[Timing]
    under_way: int
    long_overdue: int
    without_entry: int
    overdue_without_entry: int
    overdue_inferred: int
    not_yet_open: int
    open_lately: int
    updated_lately: int
    long_silent: int

    @property
    def base(self) -> int:
        """The number of occurrences of which shares are taken: all that are not dropped."""
        return self.total - self.progress[Progress.DROPPED]

    @property
    def done(self) -> int:
        """The number of occurrences that are done, on time, late or without a deadline."""
        return self.progress[Progress.DONE]

    @property
    def overdue(self) -> int:
        """The number of occurrences that are overdue."""
        return self.official[OfficialClass.OVERDUE]

    @property
    def done_without_deadline(self) -> int:
        """The number of occurrences that have no deadline and are done."""
        return self.done - self.official[OfficialClass.DONE_ON_TIME] - self.official[OfficialClass.DONE_LATE]

    @property
    def open_without_deadline(self) -> int:
        """The number of occurrences that have no deadline and are not done."""
        return self.official[OfficialClass.NO_DEADLINE] - self.done_without_deadline

    def share(self, count: int) -> float | None:
        """Return a count as a fraction of what is not dropped; None if there is nothing to count."""
        return count / self.base if self.base else None


def count_occurrences(standings: Iterable[Standing], apart: Collection[str] = ()) -> Tally:
    """Count the occurrences of standings; the parts that agencies in `apart` answer for count each."""
    counted = together(standings, apart)
    late = [standing for standing in counted if standing.timing is Timing.OVERDUE]
    lately = [standing for standing in counted if standing.open_within(LATELY)]
    return Tally(
        total=len(counted),
        milestones=len({standing.occurrence.milestone.id for standing in counted}),
        official=Counter(standing.official for standing in counted),
        progress=Counter(standing.course.progress for standing in counted),
        timing=Counter(standing.timing for standing in counted if standing.timing),
        under_way=sum(
            standing.course.progress is Progress.IN_PROGRESS and standing.timing is not Timing.OVERDUE
            for standing in counted
        ),
        long_overdue=sum((standing.days_overdue or 0) > LONG_OVERDUE for standing in counted),
        without_entry=sum(standing.course.last is None for standing in counted),
        overdue_without_entry=sum(standing.course.last is None for standing in late),
        overdue_inferred=sum(standing.occurrence.is_inferred for standing in late),
        not_yet_open=sum(
            standing.official is OfficialClass.WITHIN_DEADLINE and standing.timing is Timing.NOT_YET_OPEN
            for standing in counted
        ),
        open_lately=len(lately),
        updated_lately=sum(map(_is_updated_lately, lately)),
        long_silent=sum(
            is_silent(standing, LONG_SILENT) and standing.occurrence.window.due is None for standing in counted
        ),
    )


def _is_updated_lately(standing: Standing) -> bool:
    last = standing.course.last
    return last is not None and (standing.as_of - last.day).days < LATELY


def by_workstream(
    roadmap: Roadmap, standings: Iterable[Standing], apart: Collection[str] = ()
) -> list[tuple[Workstream, Tally]]:
    """Return a tally for each workstream, in the order of the roadmap; the parts that agencies in `apart` answer for count each."""
    groups = _grouped(standings, lambda standing: standing.occurrence.workstream.id)
    return [(one, count_occurrences(groups.get(one.id, []), apart)) for one in roadmap.workstreams]


def by_agency(agencies: Agencies, standings: Iterable[Standing], role: Role = Role.LEAD) -> list[tuple[Agency, Tally]]:
    """Return a tally for each agency of what it leads (or supports), in the order of the agencies."""
    its: dict[str, list[Standing]] = {}
    for standing in standings:
        for agency_id, its_role in roles_in(standing.occurrence).items():
            if its_role is role:
                its.setdefault(agency_id, []).append(standing)
    return [(agency, count_occurrences(its.get(agency.id, ()), [agency.id])) for agency in agencies.agencies]


def by_year(standings: Iterable[Standing]) -> list[tuple[int, Tally]]:
    """Return a tally for each year in which something falls due."""
    dated = [standing for standing in standings if standing.occurrence.window.due]
    groups = _grouped(
        dated, lambda standing: standing.occurrence.window.due.year if standing.occurrence.window.due else 0
    )
    return [(year, count_occurrences(group)) for year, group in sorted(groups.items())]


def _grouped(standings: Iterable[Standing], key: Callable[[Standing], K]) -> dict[K, list[Standing]]:
    groups: dict[K, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(key(standing), []).append(standing)
    return groups
