"""When a milestone falls due."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from cbfa.core.schedule import OpenEnded, Schedule, Undated, Window, Yearly
from tests.strategies import schedules

_schedule: TypeAdapter[Any] = TypeAdapter(Schedule)


@pytest.mark.parametrize(
    ("part", "start", "due"),
    [
        (None, date(2012, 1, 1), date(2012, 12, 31)),
        ("early", date(2012, 1, 1), date(2012, 3, 31)),
        ("first-half", date(2012, 1, 1), date(2012, 6, 30)),
        ("second-half", date(2012, 7, 1), date(2012, 12, 31)),
        ("Q1", date(2012, 1, 1), date(2012, 3, 31)),
        ("Q2", date(2012, 4, 1), date(2012, 6, 30)),
        ("Q3", date(2012, 7, 1), date(2012, 9, 30)),
        ("Q4", date(2012, 10, 1), date(2012, 12, 31)),
    ],
)
def test_a_part_of_a_year_has_its_own_days(part: str | None, start: date, due: date):
    """“năm 2012” is due on 31 December 2012, “đầu năm” on 31 March."""
    windows = _schedule.validate_python({"kind": "once", "year": 2012, "part": part}).windows()

    assert windows == (Window(start, due),)


def test_a_span_is_one_window():
    """“2011–2012” is one thing, due on 31 December 2012."""
    windows = _schedule.validate_python({"kind": "span", "first": 2011, "last": 2012}).windows()

    assert windows == (Window(date(2011, 1, 1), date(2012, 12, 31)),)


def test_a_yearly_schedule_has_a_window_a_year():
    """“hàng năm” falls due at the end of each of its years."""
    windows = _schedule.validate_python({"kind": "yearly", "first": 2014, "last": 2015}).windows()

    assert windows == (
        Window(date(2014, 1, 1), date(2014, 12, 31), 2014),
        Window(date(2015, 1, 1), date(2015, 12, 31), 2015),
    )


def test_an_open_end_has_no_deadline():
    """“từ năm 2011 trở đi” opens on 1 January 2011 and is never due."""
    assert _schedule.validate_python({"kind": "open-ended", "start": 2011}).windows() == (
        Window(date(2011, 1, 1), None),
    )


def test_no_words_no_dates():
    """An undated schedule has one window without dates."""
    assert _schedule.validate_python({"kind": "undated"}).windows() == (Window(None, None),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "span", "first": 2013, "last": 2012},
        {"kind": "yearly", "first": 2013, "last": 2012},
        {"kind": "once", "year": 2012, "part": "late"},
        {"kind": "once", "year": "2012"},
        {"kind": "once", "year": 1899},
        {"kind": "once", "year": 2201},
        {"kind": "once"},
        {"kind": "undated", "year": 2012},
        {"kind": "weekly"},
        {},
    ],
)
def test_a_wrong_schedule_is_refused(wrong: dict[str, Any]):
    """Years out of order or of no programme, unknown parts and kinds, and fields of another kind are refused."""
    with pytest.raises(ValidationError):
        _schedule.validate_python(wrong)


@given(schedules)
def test_every_window_lies_within_its_schedule(schedule: Any):
    """No window opens before, or closes after, the years that its schedule names."""
    windows = schedule.windows()

    assert windows
    for window in windows:
        assert window.start is None or window.start.year >= min(schedule.years)
        assert window.due is None or window.due.year <= max(schedule.years)
        assert window.start is None or window.due is None or window.start < window.due
        assert (window.period is not None) == isinstance(schedule, Yearly)
        assert (window.due is None) == isinstance(schedule, OpenEnded | Undated)
        assert (window.start is None) == isinstance(schedule, Undated)


@given(schedules)
def test_the_windows_follow_each_other_without_gap_or_overlap(schedule: Any):
    """A yearly schedule covers each of its years once, in order."""
    windows = schedule.windows()

    assert [window.period for window in windows if window.period] == (
        list(range(schedule.first, schedule.last + 1)) if isinstance(schedule, Yearly) else []
    )
    for before, after in pairwise(windows):
        assert (after.start - before.due).days == 1


def test_a_window_touches_the_years_that_it_has_days_in():
    """A span touches all its years, an open end all later ones, and what has no dates touches none."""
    span, open_end = Window(date(2011, 1, 1), date(2012, 12, 31)), Window(date(2012, 1, 1), None)

    assert [year for year in range(2010, 2014) if span.touches(year)] == [2011, 2012]
    assert [year for year in range(2010, 2014) if open_end.touches(year)] == [2012, 2013]
    assert not Window(None, None).touches(2012)
