"""The table in print."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from benchmarks.measure import Contest, Figures
from benchmarks.report import Result, markdown, show
from benchmarks.rows import Row


def row(aim: float | None) -> Row:
    """A row with an aim, or with none."""
    return Row(
        "start", "`cbfa status`", "a bare program", aim, lambda _: Contest(float, float), why="Python starts slowly."
    )


FIGURES = Figures(theirs=[0.2, 0.2, 0.2], ours=[0.25, 0.3, 0.35], cold=[0.4])


def test_a_ratio_equal_to_the_aim_meets_it():
    """At most means at most."""
    assert Result(row(1.5), Figures(theirs=[2.0], ours=[3.0])).verdict == "met"


def test_a_line_says_what_was_measured_and_whether_it_is_enough():
    """Medians with their unit, the ratio, its quartiles, the aim, the verdict and the first run."""
    assert Result(row(1.4), FIGURES).cells == (
        "`cbfa status`",
        "a bare program",
        "300 ms",
        "200 ms",
        "1.50",
        "1.38–1.62",
        "≤ 1.4",
        "missed",
        "2.00",
    )


def test_the_reason_stands_only_where_an_aim_is_missed():
    """It would be an excuse for nothing otherwise."""
    assert Result(row(1.4), FIGURES).remark == "Python starts slowly."
    assert Result(row(1.6), FIGURES).remark == ""


def test_too_few_turns_are_no_verdict():
    """Neither met nor missed."""
    assert Result(row(1.4), FIGURES, judged=False).verdict == "–"


def test_a_row_without_an_aim_is_not_judged():
    """It is there to be compared with."""
    result = Result(row(None), FIGURES)

    assert (result.cells[6], result.verdict, result.remark) == ("–", "–", "")


def test_what_was_skipped_stands_in_the_table_with_its_sentence():
    """A row that is left out would look like a row that was never there."""
    text = markdown([Result(row(1.4), None, skipped="todoman is not installed.")], 15, date(2026, 1, 2), ["2 cores."])

    assert "| `cbfa status` | a bare program |  |  |  |  | ≤ 1.4 | skipped |  |" in text
    assert "- `cbfa status`, against a bare program: todoman is not installed." in text


def test_the_table_fits_into_eighty_columns():
    """Nothing in it is cut off."""
    out = io.StringIO()
    show([Result(row(1.4), FIGURES)], Console(file=out, width=80))

    assert "…" not in out.getvalue()
    assert "1.38–1.62" in out.getvalue()
