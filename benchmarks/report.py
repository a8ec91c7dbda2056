"""The table in print: on a terminal, and as Markdown in `benchmarks/RESULTS.md`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.measure import Figures
from benchmarks.rows import MB, Row

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = ("what", "against", "ours", "theirs", "ratio", "quartiles", "aim", "verdict", "first")
_UNKNOWN = "Why is still to be found out."
HOW = (
    "Whole processes from start to end, in turns, output thrown away; medians of {turns} turns each after one that is not counted. "
    "A ratio is our median to theirs; the quartiles are those of the ratio within a turn. "
    "“First” is the first run after a change of the files: the ratio of ours with an empty cache to the same figure of theirs. "
    "It is not judged."
)


@dataclass(frozen=True)
class Result:
    """A row with what was measured; or with the sentence that says why it was skipped. Without `judged` it is no verdict."""

    row: Row
    figures: Figures | None
    skipped: str = ""
    judged: bool = True

    @property
    def verdict(self) -> str:
        """One word; a dash where there is no aim, or too few turns to judge by."""
        if self.figures is None:
            return "skipped"
        if not self.judged or self.row.aim is None:
            return "–"
        return "met" if self.figures.ratio <= self.row.aim else "missed"

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in its line, in the order of HEAD."""
        what, against, aim = self.row.what, self.row.against, "–" if self.row.aim is None else f"≤ {self.row.aim:g}"
        if self.figures is None:
            return (what, against, "", "", "", "", aim, self.verdict, "")
        lower, upper = self.figures.quartiles
        cold = self.figures.cold_ratio
        return (
            what,
            against,
            shown(self.figures.ours, self.row.unit),
            shown(self.figures.theirs, self.row.unit),
            f"{self.figures.ratio:.2f}",
            f"{lower:.2f}–{upper:.2f}",
            aim,
            self.verdict,
            "" if cold is None else f"{cold:.2f}",
        )

    @property
    def remark(self) -> str:
        """A sentence to stand under the table, where there is one to be said."""
        if self.figures is None:
            return self.skipped
        return (self.row.why or _UNKNOWN) if self.verdict == "missed" else ""


def shown(measured: Sequence[float], unit: str) -> str:
    """The median with its unit, in three digits or so."""
    middle = median(measured)
    if unit == "MB":
        return f"{middle / MB:,.0f} MB"
    return f"{middle * 1000:.0f} ms" if middle < 1 else f"{middle:.2f} s"


def show(results: Iterable[Result], console: Console) -> None:
    """Prints the table, its rows by their names, and what is to be said about them."""
    results = list(results)
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("row", *HEAD[2:]):
        table.add_column(name, no_wrap=True, justify="left" if name in ("row", "verdict") else "right")
    for result in results:
        table.add_row(result.row.name, *result.cells[2:])
    console.print(table)
    for result in results:
        if result.remark:
            console.print(f"{result.row.name}: {result.remark}", markup=False, highlight=False, soft_wrap=True)


def markdown(results: Iterable[Result], turns: int, day: date, machine: Sequence[str]) -> str:
    """The whole of RESULTS.md."""
    results = list(results)
    lines = ["# Results of `make bench`", "", f"Measured on {day:%Y-%m-%d}. {' '.join(machine)}", ""]
    lines += [HOW.format(turns=turns), "", _line(HEAD), _line("---" for _ in HEAD)]
    lines += [_line(result.cells) for result in results]
    remarks = [
        f"- {result.row.what}, against {result.row.against}: {result.remark}" for result in results if result.remark
    ]
    return "\n".join([*lines, *(["", *remarks] if remarks else []), ""])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
