"""What comes of measuring two programs in turns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.measure import COLD_TURNS, Contest, Figures, measure


def test_the_ratio_is_that_of_the_medians():
    """One slow run on either side changes nothing."""
    figures = Figures(theirs=[2.0, 2.0, 50.0], ours=[3.0, 90.0, 3.0])

    assert figures.ratio == pytest.approx(1.5)


def test_the_quartiles_are_those_of_the_ratio_within_a_turn():
    """A machine that is twice as slow in one turn is so for both."""
    figures = Figures(theirs=[1.0, 2.0, 1.0, 2.0, 1.0], ours=[1.0, 4.0, 3.0, 8.0, 5.0])

    assert figures.quartiles == (pytest.approx(2.0), pytest.approx(4.0))


def test_cold_is_compared_with_the_same_figure():
    """The first run after a change, against what theirs takes at any time."""
    assert Figures(theirs=[2.0, 2.0], ours=[1.0, 1.0], cold=[5.0, 6.0, 7.0]).cold_ratio == pytest.approx(3.0)
    assert Figures(theirs=[2.0, 2.0], ours=[1.0, 1.0]).cold_ratio is None


def test_the_two_are_run_in_turns_after_one_that_is_not_counted():
    """Theirs, ours, theirs, ours; cold by itself at the end, for it empties what ours has kept."""
    order: list[str] = []

    def runner(name: str) -> Callable[[], float]:
        def run() -> float:
            order.append(name)
            return float(len(order))

        return run

    figures = measure(Contest(runner("theirs"), runner("ours"), runner("cold")), turns=2)

    assert order == ["theirs", "ours"] * 3 + ["cold"] * 2
    assert (figures.theirs, figures.ours, figures.cold) == ([3.0, 5.0], [4.0, 6.0], [7.0, 8.0])


def test_cold_is_measured_a_few_times_only():
    """It is not judged, and takes long."""
    assert len(measure(Contest(lambda: 1.0, lambda: 1.0, lambda: 1.0), turns=COLD_TURNS + 3).cold) == COLD_TURNS
