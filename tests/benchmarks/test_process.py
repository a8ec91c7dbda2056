"""One run of a program: its seconds and its peak memory."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.process import Failed, Job, output, peak_memory, seconds

MIB = 1 << 20


def python(code: str) -> Job:
    """A program that runs these statements."""
    return Job((sys.executable, "-c", code), os.environ)


def test_the_seconds_are_those_of_the_whole_process():
    """What it waits counts, and what it takes to start."""
    assert seconds(python("import time; time.sleep(0.2)")) > 0.2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no os.wait4")
def test_the_peak_is_that_of_the_program_and_not_of_the_one_that_asks():
    """The system counts to a program what the one that started it had in memory; so a small one starts it."""
    ours = bytearray(100 * MIB)
    little, much = (peak_memory(python(f"bytearray({size} * {MIB})")) for size in (0, 200))

    assert little < len(ours)
    assert 195 * MIB < much - little < 205 * MIB


@pytest.mark.parametrize("measured", [seconds, output, *([] if os.name == "nt" else [peak_memory])])
def test_a_program_that_fails_is_no_measurement(measured):
    """It says what the program said."""
    with pytest.raises(Failed, match="ended with 1: no such thing"):
        measured(python("raise SystemExit('no such thing')"))


def test_what_comes_before_a_run_happens_before_each():
    """There the cache is emptied."""
    times: list[int] = []
    job = Job((sys.executable, "-c", ""), os.environ, before=lambda: times.append(1))

    seconds(job)
    output(job)

    assert len(times) == 2
