"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.dates import last_day, parse_day
from cbfa.errors import Invalid

_near_dates = st.from_regex(r"\s?\d{0,5}[-/]?\d{0,3}[-/]?\d{0,5}\s?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-12-06", date(2012, 12, 6)),
        ("06/12/2012", date(2012, 12, 6)),
        ("6/1/2012", date(2012, 1, 6)),
        ("2012-1-6", date(2012, 1, 6)),
        (" 2012-02-29 ", date(2012, 2, 29)),
    ],
)
def test_a_day_is_read_in_both_spellings(text: str, day: date):
    """2012-12-06 and 06/12/2012 are one day: the day comes first before slashes."""
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["2012", "2012-06", "06/2012"])
def test_where_one_day_is_needed_a_period_is_none(text: str):
    """`adopted: 2012` names no day."""
    with pytest.raises(Invalid):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2012-02-30", "month 2 of 2012 has 29 days"),
        ("31/04/2012", "month 4 of 2012 has 30 days"),
        ("2012-06-00", "month 6 of 2012 has 30 days"),
        ("12/31/2012", "there is no month 31"),
        ("0000-01-01", "the first year is 1"),
        ("0000", "is not a date"),
        ("tomorrow", "is not a date"),
        ("", "is not a date"),
        ("06-12-2012", "is not a date"),
        ("12/12/12", "is not a date"),
    ],
)
def test_what_does_not_exist_is_reported_with_the_reason(text: str, reason: str):
    """A date that does not exist says why."""
    with pytest.raises(Invalid) as caught:
        parse_day(text)

    assert reason in str(caught.value)
    assert f"“{text}”" in str(caught.value)


@given(st.text() | _near_dates)
def test_any_text_is_a_date_or_invalid(text: str):
    """Whatever is typed, nothing but Invalid is raised."""
    try:
        day = parse_day(text)
    except Invalid:
        return

    assert isinstance(day, date)


@given(st.dates())
def test_every_day_is_read_back_from_both_spellings(day: date):
    """What is printed in English or Vietnamese can be typed in again."""
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day:02}/{day.month:02}/{day.year:04}") == day
    assert last_day(day.year, day.month) >= day
