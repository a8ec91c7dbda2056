"""Run whole programs, and compare two of them.

A machine has slow minutes, so two programs run in turns: theirs, ours, theirs, ours. Each turn gives one ratio.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in one unit of `ru_maxrss`."""


class Failed(Exception):
    """A program ended with an error, so its run is not a measurement."""


@dataclass(frozen=True)
class Program:
    """A command line with the name that the table prints; `settings` are environment variables."""

    name: str
    command: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)


class Quantity(NamedTuple):
    """A measured quantity and its unit."""

    measure: Callable[[Program], float]
    unit: str


class Figures(NamedTuple):
    """Medians of both programs, and the quartiles of the ratio within a turn."""

    theirs: float
    ours: float
    lower: float
    ratio: float
    upper: float


def run(program: Program) -> str:
    """Run a program to its end and return its output. Raises Failed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CBFA_", "PYTHON", "COLUMNS"))}
    done = subprocess.run(
        program.command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        env=kept | program.settings,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Failed(f"{shlex.join(program.command)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def milliseconds(program: Program) -> float:
    """Measure how long a program runs. Raises Failed."""
    start = perf_counter()
    run(program)
    return (perf_counter() - start) * 1000


def peak_megabytes(program: Program) -> float:
    """Measure the peak memory of a program. Raises Failed.

    Linux counts the memory of the parent at the start of a program. So a small Python starts it.
    """
    launcher = (sys.executable, "-I", "-S", "-c", _PEAK, *program.command)
    return int(run(Program(program.name, launcher, program.settings))) * _PEAK_UNIT / 1e6


TIME = Quantity(milliseconds, "ms")
MEMORY = Quantity(peak_megabytes, "MB")


def compare(ours: Program, theirs: Program, quantity: Quantity, turns: int) -> Figures:
    """Measure two programs in turns, at least two; the first run of each is not counted."""
    runs = [(quantity.measure(theirs), quantity.measure(ours)) for _ in range(turns + 1)][1:]
    lower, ratio, upper = quantiles([ours / theirs for theirs, ours in runs], n=4, method="inclusive")
    return Figures(median(theirs for theirs, _ in runs), median(ours for _, ours in runs), lower, ratio, upper)
