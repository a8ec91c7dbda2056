"""The rows of the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import table_line
from benchmarks.measure import Figures, Program, compare
from benchmarks.rows import Row, kinds, rows, writing
from cbfa.exchange.outputs import OUTPUTS

NOTHING = Program("nothing", ())


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the programme small whose files are measured; the real size takes seconds to write."""
    monkeypatch.setattr("benchmarks.rows._WIDE", (20, 40))


def test_rows_can_be_measured(tmp_path: Path):
    """The last two rows are `mark` and memory. Python itself takes more than 10 ms and 10 MB."""
    for row in rows(tmp_path, 20, 40)[-2:]:
        figures = compare(row.ours, row.theirs, row.quantity, turns=2)

        assert min(figures.ours, figures.theirs) > 10


def test_every_kind_of_file_has_its_rows(tmp_path: Path):
    """A new kind is measured without a change here; what is printed, too, is left out."""
    names = [row.ours.name for row in rows(tmp_path, 20, 40)]

    assert {"docx", "xlsx", "html", "ics", "svg", "sqlite"} <= set(kinds()) <= set(OUTPUTS) - {"md", "csv", "json"}
    for ending in kinds():
        assert len([name for name in names if name.split("`")[1].endswith(f".{ending}")]) == (
            1 if ending in ("pdf", "png") else 2
        )


def test_a_file_is_written_again_in_each_run(tmp_path: Path):
    """Its name in the table has no folder, and the file lies beside the programme, not in it."""
    program = writing(tmp_path / "shipped", "xlsx")

    assert program.name == "`cbfa export -o x.xlsx`, shipped"
    assert "--force" in program.command
    assert program.command[-1] == str(tmp_path / "shipped.xlsx")


def test_a_ratio_equal_to_the_aim_meets_it():
    """An aim is the highest ratio that is good enough."""
    row = Row(NOTHING, NOTHING, aim=1.4)

    assert [row.verdict(ratio) for ratio in (1.4, 1.41)] == ["met", "missed"]
    assert Row(NOTHING, NOTHING).verdict(9.0) == "–"


def test_a_line_of_the_table_has_the_figures_of_both_in_their_columns():
    """Swapped columns would turn the verdict around."""
    row = Row(Program("a", ()), Program("b", ()), aim=1.4)

    line = table_line(row, Figures(theirs=200, ours=300, lower=1.4, ratio=1.5, upper=1.6))

    assert line == "| a | b | 300 ms | 200 ms | 1.50 | 1.40–1.60 | ≤ 1.4 | missed |\n"
