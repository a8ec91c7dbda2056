"""Plain text and Markdown: a row is one line, in columns, whatever its cells contain."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tabulate import tabulate

from cbfa.views.clean import clean
from cbfa.views.page import Cell, Column, Group, Page, Table
from cbfa.views.plain import markdown_text, plain_text
from tests.views.samples import EN, PAGE

texts = st.text("ab đế漢\u0301\n\r\t\x0b\x1c\x1b[31m\u2028,|", max_size=6)
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width).filter(any), min_size=1, max_size=6)
)
"""Rows that say something."""


def page_of(rows: list[list[str]]) -> Page:
    """A page with one table of texts, the last column with a number's place."""
    columns = [Column(f"c{number}", numeric=number == len(rows[0]) - 1) for number in range(len(rows[0]))]
    return Page("list", [Table(columns, [[Cell(text) for text in row] for row in rows])], ())


@example([["", "b"], ["a", ""]])
@example([["\n"], ["a"]])
@example([["a"], ["\n"]])
@given(tables)
def test_many_rows_at_once_look_as_tabulate_lays_them_out_one_by_one(rows: list[list[str]]):
    """A column is given to tabulate whole, as that is faster; nothing of it may show."""
    one_by_one = tabulate(
        [[clean(text) for text in row] for row in rows],
        headers=[f"c{number}" for number in range(len(rows[0]))],
        tablefmt="simple",
        colalign=["left"] * (len(rows[0]) - 1) + ["right"],
        disable_numparse=True,
        preserve_whitespace=True,
    )

    assert plain_text(page_of(rows), EN) == one_by_one + "\n"


@pytest.mark.parametrize("text_of", [plain_text, markdown_text])
@given(rows=tables)
def test_a_row_is_one_line(text_of, rows: list[list[str]]):
    """No line end in a cell, of whatever kind, makes a second line."""
    assert len(text_of(page_of(rows), EN).splitlines()) == 2 + len(rows)


def test_a_table_without_rows_shows_its_headings():
    """And a group without rows its title."""
    assert plain_text(Page("list", [Table([Column("a"), Column("b")], [])], ()), EN).split() == ["a", "b", "---", "---"]
    assert "[Đường]" in plain_text(Page("list", [Table([Column("a")], [Group("Đường")])], ()), EN)


def test_a_page_in_plain_text():
    """Lines follow lines, what belongs to a table follows it, and everything else is apart."""
    text = "\n".join(line.rstrip() for line in plain_text(PAGE, EN).split("\n"))

    assert text.startswith(
        """Stone bridge
============
As of 2012-06-30 · a | b
The programme ended on 2012-06-30. For its last day: --as-of 2012-06-30
done: 3 · overdue: 1,234 (over 30 days: 24) · open, updated in 90 days: 5 of 68
done 3 + overdue 1,234 = 1,237

Occurrences
-----------
State"""
    )
    assert text.endswith(
        """
… and 19 more: cbfa upcoming --days 914 --as-of 2012-06-30
all 24: cbfa overdue

! overdue · no entry · the key  Stone bridge
~ tentative date   † derived date   * inferred assignment   █ done   ▒ under way   ▓ overdue   · the rest

                               │ 2012-06-30
              2011        2012        2013
Milestone     Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4
------------  --------------------------------------
Stone bridge  ───────────!──✓──│─────◆
─ planned period   ┈ no deadline set   ◆ due   ◇ original deadline   │ as-of date   ! overdue

at the start: 193 · 2012-03: 120.5 · 2012-06-30: 99 · target: < 100 Stone bridge by 2012-12-31

Stone bridge
============
PPC · a | b
Report · No. 1 · Cao Bằng
To: c | d
Stone bridge;
Directive 2.

Re: Stone bridge
================
PPC · a | b
No. 2 · Cao Bằng
To:
- c;
- d.
[Stone bridge: a hint]
Director · Nguyễn Văn Cầu
Recipients:
- As above;
- File.

Stone bridge
Appendix I: Stone bridge
------------------------
Recorded as entry c0ffee in data/progress.yaml. To take it back: cbfa undo c0ffee
"""
    )


def test_a_page_in_markdown():
    """Each block is a paragraph or a table; what means something in Markdown is escaped."""
    text = markdown_text(PAGE, EN)

    assert text.startswith("# Stone bridge\n\nAs of 2012-06-30 · a \\| b\n\nThe programme ended on 2012-06-30. ")
    assert "\n## Occurrences\n\n| State " in text
    assert "| **III Stone bridge** " in text
    assert "| ! overdue<br>the key " in text
    assert "\n\n\\~ tentative date   † derived date   \\* inferred assignment " in text
