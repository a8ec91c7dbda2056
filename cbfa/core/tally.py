"""Count occurrences by class. An empty tally has no percentage."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.roadmap import Roadmap, Workstream
from cbfa.core.selection import Role, role_of
from cbfa.core.snapshot import OfficialClass, Standing
from cbfa.core.state import Progress, Timing

K = TypeVar("K")

LONG_OVERDUE = 30
"""Days after its due date from which an occurrence is overdue for long; that day itself is not counted."""


class Tally(NamedTuple):
    """Counts of occurrences. The official classes add up to the total, and so do the kinds of progress.

    `under_way` counts what is in progress and not overdue; `long_overdue` what is overdue by more than `LONG_OVERDUE` days;
    `without_entry` what has no entry at all.
    """

    total: int
    milestones: int
    official: Counter[OfficialClass]
    progress: Counter[Progress]
    timing: Counter[Timing]
    under_way: int
    long_overdue: int
    without_entry: int

    @property
    def done(self) -> int:
        """The number of occurrences that are done, on time, late or without a deadline."""
        return self.progress[Progress.DONE]

    @property
    def overdue(self) -> int:
        """The number of occurrences that are overdue."""
        return self.official[OfficialClass.OVERDUE]

    @property
    def open_without_deadline(self) -> int:
        """The number of occurrences that have no deadline and are not done."""
        done_in_time_or_late = self.official[OfficialClass.DONE_ON_TIME] + self.official[OfficialClass.DONE_LATE]
        return self.official[OfficialClass.NO_DEADLINE] - (self.done - done_in_time_or_late)

    def share(self, count: int) -> float | None:
        """Return a count as a fraction of the total; None if there is nothing to count."""
        return count / self.total if self.total else None


def count_occurrences(standings: Iterable[Standing]) -> Tally:
    """Count the occurrences of standings."""
    counted = list(standings)
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
    )


def by_workstream(roadmap: Roadmap, standings: Iterable[Standing]) -> list[tuple[Workstream, Tally]]:
    """Return a tally for each workstream, in the order of the roadmap."""
    groups = _grouped(standings, lambda standing: standing.occurrence.workstream.id)
    return [(workstream, count_occurrences(groups.get(workstream.id, []))) for workstream in roadmap.workstreams]


def by_agency(agencies: Agencies, standings: Iterable[Standing], role: Role = Role.LEAD) -> list[tuple[Agency, Tally]]:
    """Return a tally for each agency of what it leads (or supports), in the order of the agencies."""
    counted = list(standings)
    return [
        (
            agency,
            count_occurrences(
                standing for standing in counted if role_of(agency.id, standing.occurrence.milestone) is role
            ),
        )
        for agency in agencies.agencies
    ]


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
