"""Periods: one notation for days, months, quarters, halves and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.periods import Period, parse_period
from cbfa.errors import Invalid
from cbfa.locale import get_language

_near_periods = st.from_regex(r"\s?\d{0,5}[-/]?[HQ]?\d{0,3}[-/]?\d{0,5}\s?", fullmatch=True)
PERIODS = [
    ("2012", date(2012, 1, 1), date(2012, 12, 31), "2012"),
    ("2012-H1", date(2012, 1, 1), date(2012, 6, 30), "6 tháng đầu năm 2012"),
    ("2012-H2", date(2012, 7, 1), date(2012, 12, 31), "6 tháng cuối năm 2012"),
    ("2012-Q1", date(2012, 1, 1), date(2012, 3, 31), "quý I/2012"),
    ("2012-Q2", date(2012, 4, 1), date(2012, 6, 30), "quý II/2012"),
    ("2012-Q3", date(2012, 7, 1), date(2012, 9, 30), "quý III/2012"),
    ("2012-Q4", date(2012, 10, 1), date(2012, 12, 31), "quý IV/2012"),
    ("2012-10", date(2012, 10, 1), date(2012, 10, 31), "10/2012"),
    ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "02/2012"),
    ("2012-10-31", date(2012, 10, 31), date(2012, 10, 31), "31/10/2012"),
    ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "12/9999"),
]
EXAMPLES = pytest.mark.parametrize(("notation", "first", "last", "vietnamese"), PERIODS)


@EXAMPLES
def test_a_period_is_all_its_days(notation, first, last, vietnamese):
    """Both its first and its last day lie in it, and the days around it do not."""
    period = parse_period(notation)

    assert (period.first, period.last) == (first, last)
    assert first in period
    assert last in period
    assert date(2012, 10, 31) not in Period(date(2012, 11, 1), date(2012, 11, 30))


@EXAMPLES
def test_a_period_is_written_as_it_was_read(notation, first, last, vietnamese):
    """The notation of a period is the notation that it was read from."""
    assert parse_period(notation).notation == notation


@EXAMPLES
def test_a_period_is_shown_as_a_reader_writes_it(notation, first, last, vietnamese):
    """English pages show the notation, Vietnamese ones the words of official reports."""
    english, vietnamese_page = get_language("en"), get_language("vi")
    shown = parse_period(notation).shown

    assert (english.day(shown) if isinstance(shown, date) else english.text(shown)) == notation
    assert (vietnamese_page.day(shown) if isinstance(shown, date) else vietnamese_page.text(shown)) == vietnamese


@EXAMPLES
def test_a_period_is_read_as_a_page_shows_it(notation, first, last, vietnamese):
    """A period can be copied from a page of either language."""
    assert parse_period(vietnamese) == parse_period(notation)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("2012-q3", "2012-Q3"),
        ("10/2012", "2012-10"),
        ("2013-2", "2013-02"),
        (" 6/1/2012 ", "2012-01-06"),
        ("quy 3 nam 2012", "2012-Q3"),
    ],
)
def test_other_spellings_are_read_too(text, notation):
    """Slashes, small letters and Vietnamese without diacritics mean the same period."""
    assert parse_period(text).notation == notation


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2012-13", "there is no month 13"),
        ("0000-01", "the first year is 1"),
        ("2012-02-30", "month 2 of 2012 has 29 days"),
        ("0000", "is not a date"),
        ("0000-Q1", "is not a date"),
        ("quý I/0000", "is not a date"),
        ("2012-Q5", "is not a date"),
        ("2012-H3", "is not a date"),
        ("quý V/2012", "is not a date"),
        ("tomorrow", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(text, reason):
    """The sentence quotes the text as it was typed."""
    with pytest.raises(Invalid) as caught:
        parse_period(text)

    assert reason in str(caught.value)
    assert f"“{text}”" in str(caught.value)


@pytest.mark.parametrize("example", ["2012-12-31", "31/12/2012", "2012-12", "2012-Q4", "2012-H2", "2012"])
def test_the_fix_for_what_is_no_period_works(example):
    """Each example that the fix gives is a period, and all of them end on the same day."""
    with pytest.raises(Invalid) as caught:
        parse_period("tomorrow")

    assert example in str(caught.value.fix)
    assert parse_period(example).last == date(2012, 12, 31)


@given(st.text() | _near_periods)
def test_any_text_is_a_period_or_invalid(text):
    """Whatever is typed, nothing but Invalid is raised, and what was read can be written and read again."""
    try:
        period = parse_period(text)
    except Invalid:
        return

    assert period.first <= period.last
    assert parse_period(period.notation) == period
