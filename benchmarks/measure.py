"""Two programs measured in turns, and what comes of it.

In turns, because a machine has slow minutes: theirs, ours, theirs, ours, … What is compared is the median; the quartiles are those of the
ratio within a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Taking = Callable[[], float]
"""Takes one measurement, in whatever unit: seconds, or bytes."""

LEAST_TURNS = 15
QUICK_TURNS = 3
"""Enough to see that everything runs, too few for a verdict."""
COLD_TURNS = 5


@dataclass(frozen=True)
class Contest:
    """What is measured against what. `cold` is ours on the first run after a change, where that makes a difference."""

    theirs: Taking
    ours: Taking
    cold: Taking | None = None


@dataclass(frozen=True)
class Figures:
    """What was measured in each turn, of theirs and of ours; and of ours cold."""

    theirs: Sequence[float]
    ours: Sequence[float]
    cold: Sequence[float] = ()

    @property
    def ratio(self) -> float:
        """Our median to theirs."""
        return median(self.ours) / median(self.theirs)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Lower and upper quartile of the ratios within a turn."""
        ratios = [mine / other for mine, other in zip(self.ours, self.theirs, strict=True)]
        lower, _, upper = quantiles(ratios, n=4, method="inclusive")
        return lower, upper

    @property
    def cold_ratio(self) -> float | None:
        """Our cold median to their median; None where nothing was measured cold."""
        return median(self.cold) / median(self.theirs) if self.cold else None


def measure(contest: Contest, turns: int) -> Figures:
    """Measures in turns, after one run of each that is not counted: it leaves bytecode and caches behind. Then ours cold, by itself."""
    contest.theirs()
    contest.ours()
    pairs = [(contest.theirs(), contest.ours()) for _ in range(turns)]
    cold = [contest.cold() for _ in range(min(turns, COLD_TURNS))] if contest.cold else []
    return Figures([theirs for theirs, _ in pairs], [ours for _, ours in pairs], cold)
