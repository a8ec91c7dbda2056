"""Measure all rows and write RESULTS.md: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Figures, Program, compare, run
from benchmarks.rows import PEERS, Row, rows

RESULTS = Path(__file__).with_name("RESULTS.md")
MILESTONES, ENTRIES = 1_000, 10_000
TURNS, QUICK_TURNS = 15, 3
_PACKAGES = (
    "cbfa",
    "typer",
    "rich",
    "pydantic",
    "pyyaml",
    "tabulate",
    "xlsxwriter",
    "python-docx",
    "jinja2",
    "icalendar",
)
_INTRODUCTION = """# Results of `make bench`

Measured on {day}. {machine}

Each program runs from start to end, in turns with the other one, {turns} turns after one that is not counted. “Ours” and “theirs” are
medians. The ratio is the median of the ratios within a turn, beside its quartiles. “shipped” is the programme in `data/`; “large” is an
invented programme of {milestones:,} milestones and {entries:,} entries; “wide”, whose files are written, has 1,200 and 5,000. “MB” is peak
memory. A row without an aim has no verdict.

"""
_HEAD = "| ours | theirs | ours takes | theirs takes | ratio | quartiles | aim | verdict |\n|---|---|--:|--:|--:|--:|--:|---|\n"


def main() -> None:
    """Measure and print the rows; write them unless the run is quick."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure cbfa and write RESULTS.md.")
    parser.add_argument(
        "--quick", action="store_true", help=f"{QUICK_TURNS} turns, to see that all rows run; write nothing"
    )
    quick = parser.parse_args().quick
    turns = QUICK_TURNS if quick else TURNS
    lines = []
    print(_HEAD, end="")
    with tempfile.TemporaryDirectory(prefix="cbfa-bench-") as folder:
        for row in rows(Path(folder), MILESTONES, ENTRIES):
            lines.append(table_line(row, compare(row.ours, row.theirs, row.quantity, turns)))
            print(lines[-1], end="", flush=True)
    if not quick:
        text = _INTRODUCTION.format(
            day=datetime.now(UTC).date(), machine=machine(), turns=turns, milestones=MILESTONES, entries=ENTRIES
        )
        RESULTS.write_text(text + _HEAD + "".join(lines), encoding="utf-8")
        print(f"Written to {RESULTS.parent.name}/{RESULTS.name}.")


def table_line(row: Row, figures: Figures) -> str:
    """Return the line of the table for a row."""
    cells = (
        row.ours.name,
        row.theirs.name,
        f"{figures.ours:,.0f} {row.quantity.unit}",
        f"{figures.theirs:,.0f} {row.quantity.unit}",
        f"{figures.ratio:.2f}",
        f"{figures.lower:.2f}–{figures.upper:.2f}",
        f"≤ {row.aim:g}" if row.aim else "–",
        row.verdict(figures.ratio),
    )
    return f"| {' | '.join(cells)} |\n"


def machine() -> str:
    """Return sentences about the machine and the versions, without names or paths."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    peers = "not installed; `make bench-peers` installs them"
    if PEERS.exists():
        peers = "; ".join(
            run(Program(name, (str(PEERS / name), "--version"))).strip() for name in ("todo", "bean-query")
        )
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"{packages}. Other programs: {peers}."
    )


if __name__ == "__main__":
    main()
