"""The proofs of safety at the size for a release: `make soak`, or `python -m tests.soak` with rows to run and options.

Each row runs in a pytest of its own, which writes its progress to a file (tests/progress.py). The same seed runs the same proofs. The exit
code is 1 if a row fails.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.progress import read

ROOT = Path(__file__).parents[1]
LOOKS = 0.3
"""The seconds between two looks at the progress of a row."""


@dataclass(frozen=True)
class Row:
    """A row: its name, the unit that it counts, and the tests that prove it."""

    name: str
    proof: str
    unit: str
    tests: tuple[str, ...]


ROWS = (
    Row(
        "writers",
        "marks at once: 64 writers",
        "appends",
        ("faults/test_at_once.py::test_writers_at_once_lose_nothing",),
    ),
    Row(
        "officers",
        "marks at once: 16 officers with the real command",
        "commands",
        (
            "faults/test_at_once.py::test_commands_at_once_lose_nothing",
            "faults/test_at_once.py::test_commands_started_at_once_lose_nothing",
        ),
    ),
    Row(
        "kills-at-bytes",
        "killed at every byte of an append",
        "kills",
        ("faults/test_kills.py::test_killed_at_every_byte_of_an_append",),
    ),
    Row(
        "kills",
        "killed at random: of what was acknowledged, lost none",
        "kills",
        ("faults/test_kills.py::test_killed_at_random_nothing_acknowledged_is_lost",),
    ),
    Row("full", "a file or a disk full at every byte", "appends", ("faults/test_full.py",)),
    Row("calls", "the Nth system call fails", "faults", ("faults/test_calls.py", "faults/test_doctor.py")),
    Row(
        "cuts",
        "a journal cut at every byte, or filled with NUL",
        "cuts",
        (
            "faults/test_cuts.py::test_cut_at_any_byte_the_entries_before_are_all_there",
            "faults/test_cuts.py::test_a_hole_of_nul_costs_the_line_it_is_in_and_no_other",
        ),
    ),
    Row("mutations", "bytes changed at random", "inputs", ("hostile/test_mutations.py",)),
    Row("hostile", "hostile files", "files", ("hostile/test_hostile.py",)),
    Row("merges", "random merges by git", "merges", ("faults/test_git.py",)),
    Row(
        "shuffles",
        "a journal shuffled, doubled, split",
        "journals",
        ("faults/test_cuts.py::test_a_rearranged_journal_means_the_same",),
    ),
    Row("texts", "hostile text, every field, every output", "rounds", ("hostile/test_texts.py",)),
)


@dataclass(frozen=True)
class Verdict:
    """The result of a row."""

    row: Row
    held: bool
    ran: int
    seconds: float
    printed: str


def run(row: Row, environment: dict[str, str], look: Callable[[float], None]) -> Verdict:
    """Run the tests of a row; report again and again the part that is done, between 0 and 1."""
    with tempfile.TemporaryDirectory() as folder:
        progress, printed = Path(folder) / "progress", Path(folder) / "printed"
        begin = time.monotonic()
        with printed.open("wb") as out:
            running = subprocess.Popen(
                [sys.executable, "-m", "pytest", *(f"tests/{test}" for test in row.tests)],
                cwd=ROOT,
                env={**os.environ, **environment, "CBFA_PROGRESS": str(progress)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            try:
                while running.poll() is None:
                    look(read(progress).part)
                    time.sleep(LOOKS)
            finally:
                running.kill()
                running.wait()
        seconds = time.monotonic() - begin
        ended = read(progress)
        held = running.returncode == 0 and ended.ran > 0
        return Verdict(row, held, ended.ran, seconds, printed.read_text("utf-8", "replace"))


def run_all(rows: list[Row], environment: dict[str, str], jobs: int, console: Console) -> list[Verdict]:
    """Run rows, some at a time, with a bar for each."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars, ThreadPoolExecutor(jobs) as pool:

        def with_bar(row: Row) -> Verdict:
            bar = bars.add_task(row.proof, total=1.0)
            verdict = run(row, environment, lambda part: bars.update(bar, completed=part))
            bars.update(bar, completed=1.0)
            bars.stop_task(bar)
            return verdict

        return list(pool.map(with_bar, rows))


def table_of(verdicts: list[Verdict], seed: int) -> Table:
    """Return the verdicts as a table."""
    table = Table("proof", "ran", "of", "seconds", "verdict", "seed")
    for verdict in verdicts:
        word = "[green]held[/]" if verdict.held else "[bold red]failed[/]"
        table.add_row(
            verdict.row.proof, f"{verdict.ran:,}", verdict.row.unit, f"{verdict.seconds:,.0f}", word, str(seed)
        )
    for column in (1, 3):
        table.columns[column].justify = "right"
    return table


def asked(arguments: list[str]) -> argparse.Namespace:
    """Parse the rows and options."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak", description="Runs the proofs at the size for a release."
    )
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", help=f"which rows; all without any: {', '.join(row.name for row in ROWS)}"
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="the part of each number that runs; 0 runs those of every change"
    )
    parser.add_argument("--seed", type=int, help="repeat the run that had this seed; without it, another one each time")
    parser.add_argument("--jobs", type=int, default=1, help="how many rows run at a time")
    options = parser.parse_args(arguments)
    if unknown := set(options.rows) - {row.name for row in ROWS}:
        parser.error(f"there is no row {', '.join(sorted(unknown))}")
    return options


def main() -> int:
    """Run the rows; return 1 if one fails."""
    options = asked(sys.argv[1:])
    seed = options.seed if options.seed is not None else secrets.randbelow(1_000_000)
    console = Console()
    rows = [row for row in ROWS if row.name in options.rows or not options.rows]
    environment = {"CBFA_SOAK": str(options.scale), "CBFA_SEED": str(seed)}
    verdicts = run_all(rows, environment, options.jobs, console)
    for verdict in verdicts:
        if not verdict.held:
            console.rule(verdict.row.proof)
            console.print(verdict.printed, markup=False, highlight=False)
    console.print(table_of(verdicts, seed))
    return int(not all(verdict.held for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
