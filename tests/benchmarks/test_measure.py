"""Runs of programs, and the ratio of two."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.measure import Failed, Program, Quantity, compare, milliseconds, peak_megabytes


def python(code: str) -> Program:
    """Return a program that runs these statements."""
    return Program("python", (sys.executable, "-c", code))


unix = pytest.mark.skipif(os.name == "nt", reason="Windows has no module resource")


@pytest.mark.parametrize("measure", [milliseconds, pytest.param(peak_megabytes, marks=unix)])
def test_a_program_that_fails_is_not_measured(measure):
    """A program that fails early would look fast and small."""
    with pytest.raises(Failed, match="no such thing"):
        measure(python("raise SystemExit('no such thing')"))


def test_the_time_is_that_of_the_whole_process():
    """Waiting counts, and the unit is the millisecond."""
    assert 200 < milliseconds(python("import time; time.sleep(0.2)")) < 5_000


@unix
def test_the_peak_is_that_of_the_program():
    """The memory of the process that measures does not count."""
    ours = bytearray(100_000_000)

    small, large = (peak_megabytes(python(f"bytearray({size})")) for size in (0, 200_000_000))

    assert small < len(ours) / 1e6
    assert 195 < large - small < 205


def test_two_programs_are_compared_turn_by_turn():
    """The first turn is not counted, and one slow run does not move the ratio."""
    order: list[str] = []
    given = iter([9.0, 9.0, 1.0, 2.0, 10.0, 30.0, 1.0, 50.0])

    def measure(program: Program) -> float:
        order.append(program.name)
        return next(given)

    figures = compare(Program("ours", ()), Program("theirs", ()), Quantity(measure, "ms"), turns=3)

    assert order == ["theirs", "ours"] * 4
    assert figures == (1.0, 30.0, 2.5, 3.0, 26.5)
