"""Plain text and Markdown: a row is one line, in columns, whatever its cells contain."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tabulate import tabulate

from cbfa.views.clean import clean
from cbfa.views.page import Cell, Column, Group, Page, Table
from cbfa.views.plain import markdown_text, plain_text

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

    assert plain_text(page_of(rows)) == one_by_one + "\n"


@pytest.mark.parametrize("text_of", [plain_text, markdown_text])
@given(rows=tables)
def test_a_row_is_one_line(text_of, rows: list[list[str]]):
    """No line end in a cell, of whatever kind, makes a second line."""
    assert len(text_of(page_of(rows)).splitlines()) == 2 + len(rows)


def test_a_table_without_rows_shows_its_headings():
    """And a group without rows its title."""
    assert plain_text(Page("list", [Table([Column("a"), Column("b")], [])], ())).split() == ["a", "b", "---", "---"]
    assert "[Đường]" in plain_text(Page("list", [Table([Column("a")], [Group("Đường")])], ()))
