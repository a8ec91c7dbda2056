"""A page pays only for the form in which it is printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cbfa.views.machine import csv_text, json_text, tsv_text
from cbfa.views.page import Cell, Column, Item, OnDemand, Page, Row, Table
from cbfa.views.plain import markdown_text, plain_text
from tests.views.samples import EN


def never() -> Iterator[Item]:
    """What must not be made."""
    raise AssertionError("this was made in vain")


def test_what_is_made_on_demand_is_made_each_time():
    """Whoever goes through it a second time finds the same."""
    rows = OnDemand(lambda: map(str, range(3)))

    assert list(rows) == list(rows) == ["0", "1", "2"]


@pytest.mark.parametrize("text_of", [csv_text, tsv_text, json_text])
def test_programs_do_not_wait_for_rows(text_of):
    """A machine format makes the items alone."""

    def rows() -> Iterator[Row]:
        raise AssertionError("this was made in vain")

    page = Page("list", [Table([Column("a")], OnDemand(rows))], ("a",), OnDemand(lambda: [{"a": "x"}]))

    assert "x" in text_of(page, EN)


@pytest.mark.parametrize("text_of", [plain_text, markdown_text])
def test_people_do_not_wait_for_items(text_of):
    """A text makes the rows alone."""
    page = Page("list", [Table([Column("a")], OnDemand(lambda: [[Cell("x")]]))], ("a",), OnDemand(never))

    assert "x" in text_of(page, EN)
