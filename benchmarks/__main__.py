"""Measures all rows of the table, or some of them: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import machine, report
from benchmarks.measure import LEAST_TURNS, QUICK_TURNS, measure
from benchmarks.peers import Missing
from benchmarks.report import RESULTS, Result
from benchmarks.rows import Row, rows
from benchmarks.workshop import Workshop


def options(names: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast cbfa is, as ratios.")
    parser.add_argument("--runs", type=int, default=LEAST_TURNS, metavar="N", help=f"turns, {LEAST_TURNS} or more")
    parser.add_argument(
        "--row", action="append", choices=names, metavar="NAME", help=f"only this row: {', '.join(names)}"
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TURNS} turns, and no verdict")
    return parser.parse_args()


def result_of(row: Row, workshop: Workshop, turns: int) -> Result:
    """Measures one row; one whose peer is not installed is skipped."""
    try:
        return Result(row, measure(row.contest(workshop), turns), judged=turns >= LEAST_TURNS)
    except Missing as error:
        return Result(row, None, skipped=str(error))


def main() -> None:
    """Measures, prints the table, and writes it into RESULTS.md if it is whole."""
    table = rows()
    asked = options([row.name for row in table])
    turns = QUICK_TURNS if asked.quick else max(LEAST_TURNS, asked.runs)
    chosen = [row for row in table if not asked.row or row.name in asked.row]
    console = Console()
    results, most_load = [], machine.load()
    with tempfile.TemporaryDirectory(prefix="cbfa-bench-") as folder:
        for row in chosen:
            console.print(
                f"{row.name}: {row.what}, against {row.against}", markup=False, highlight=False, soft_wrap=True
            )
            results.append(result_of(row, Workshop(Path(folder)), turns))
            most_load = max(most_load, machine.load())
    report.show(results, console)
    console.print(machine.quiet(most_load))
    if asked.quick:
        console.print(f"{QUICK_TURNS} turns are no verdict; leave out --quick for one.")
    elif chosen == table:
        day = datetime.now(UTC).date()
        RESULTS.write_text(
            report.markdown(results, turns, day, [*machine.description(), machine.quiet(most_load)]), encoding="utf-8"
        )
        console.print(f"Written to {RESULTS.parent.name}/{RESULTS.name}.")


if __name__ == "__main__":
    main()
