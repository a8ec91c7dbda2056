"""When something can be done and falls due: each form of a schedule as the design words it, and what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from cbfa.core.schedule import Every, Frame, Schedule, Window
from tests.strategies import schedules

FIVE_YEARS = Frame(date(2011, 1, 1), date(2015, 12, 31))
FROM_JULY = Frame(date(2022, 7, 1), date(2025, 6, 30), fiscal_month=4)
ALL_TIME = Frame(date(1900, 1, 1), date(2205, 12, 31), fiscal_month=4)


def windows(frame: Frame = FIVE_YEARS, **fields: Any) -> list[tuple[str | None, str | None, str]]:
    """Return the windows of a schedule as text: first day, last day, name. Fields that Python reserves end in an underscore."""
    schedule = Schedule.model_validate({name.rstrip("_"): value for name, value in fields.items()})
    return [
        (one.start.isoformat() if one.start else None, one.due.isoformat() if one.due else None, one.name)
        for one in schedule.windows(frame)
    ]


@pytest.mark.parametrize(
    ("period", "start", "due"),
    [
        (2012, "2012-01-01", "2012-12-31"),
        ("2012-H2", "2012-07-01", "2012-12-31"),
        ("2011-Q1", "2011-01-01", "2011-03-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("10/2012", "2012-10-01", "2012-10-31"),
        ("31/10/2012", "2012-10-31", "2012-10-31"),
    ],
)
def test_in_is_to_be_done_within_that_period(period, start, due):
    """“`in: 2012`: to be done within that period: opens on its first day, due on its last”."""
    assert windows(in_=period) == [(start, due, "")]


@pytest.mark.parametrize(
    ("due", "day"), [("2012-10-31", "2012-10-31"), ("2013-Q4", "2013-12-31"), (2012, "2012-12-31")]
)
def test_due_alone_is_open_from_the_programmes_first_day(due, day):
    """“`due: 2023-Q4`: only a deadline is given: open from the programme's first day”."""
    assert windows(due=due) == [("2011-01-01", day, "")]
    assert windows(FROM_JULY, due="2024-Q4") == [("2022-07-01", "2024-12-31", "")]


def test_from_with_due_is_one_thing_that_takes_that_long():
    """“`from: 2011` with `due: 2015`: one thing that takes that long”."""
    assert windows(from_=2011, due=2015) == [("2011-01-01", "2015-12-31", "")]


def test_from_alone_is_a_start_and_no_deadline():
    """“`from: 2011`: a start and no deadline”."""
    assert windows(from_="2011-03") == [("2011-03-01", None, "")]


def test_every_has_one_occurrence_a_period_due_on_its_last_day():
    """“`every: year` …, `from`, `to` (default: the programme's period): one occurrence a period, due on its period's last day”."""
    assert windows(every="year", from_=2014) == [
        ("2014-01-01", "2014-12-31", "2014"),
        ("2015-01-01", "2015-12-31", "2015"),
    ]
    assert len(windows(every="year")) == 5
    assert [name for *_, name in windows(every="half", to=2011)] == ["2011-H1", "2011-H2"]
    assert [name for *_, name in windows(FROM_JULY, every="quarter", to="2023-03")] == ["2022-Q3", "2022-Q4", "2023-Q1"]
    assert windows(every="month", from_="2012-02", to="2012-02") == [("2012-02-01", "2012-02-29", "2012-02")]


def test_given_days_are_one_a_period_day_first():
    """“`every: half, due: [15/6, 1/12]` … the same with given days, one a period, day first”."""
    assert windows(every="half", due=["15/6", "1/12"], to=2011) == [
        ("2011-01-01", "2011-06-15", "2011-H1"),
        ("2011-07-01", "2011-12-01", "2011-H2"),
    ]
    assert windows(every="year", due="31/3", to=2011) == [("2011-01-01", "2011-03-31", "2011")]


def test_a_day_that_the_month_lacks_is_its_last():
    """“a day that the month lacks is its last”."""
    months = windows(every="month", due=31, from_="2012-01", to="2012-04")

    assert [due for _, due, _ in months] == ["2012-01-31", "2012-02-29", "2012-03-31", "2012-04-30"]
    assert windows(every="year", due="29/2", from_=2013, to=2013) == [("2013-01-01", "2013-02-28", "2013")]


def test_a_fiscal_year_is_named_by_the_year_in_which_it_opens():
    """“Keys are names: the period in which the occurrence opens … given days do not change them.”"""
    assert windows(FROM_JULY, every="fiscal-year", from_="2023-04", to="2025-03") == [
        ("2023-04-01", "2024-03-31", "2023"),
        ("2024-04-01", "2025-03-31", "2024"),
    ]
    assert windows(FROM_JULY, every="fiscal-year", from_="2023-04", to="2024-03", due="31/1") == [
        ("2023-04-01", "2024-01-31", "2023")
    ]
    shown = [one.shown for one in Schedule.model_validate({"every": "fiscal-year"}).windows(ALL_TIME)][100]
    assert str(shown) == "fiscal year 2000/01"


def test_tentative_and_derived_never_change_a_window():
    """“`tentative: true` and `derived: reason` as before; they never change a window.”"""
    assert windows(in_=2012, tentative=True, derived="lý do") == windows(in_=2012)


@pytest.mark.parametrize(
    ("every", "start", "end", "uncut"),
    [
        ("half", "2022-Q2", 2023, [("from", date(2022, 4, 1), "2022-H2")]),
        ("year", 2022, "2023-06", [("to", date(2023, 6, 30), "2023-12")]),
        ("fiscal-year", 2022, 2023, [("from", date(2022, 1, 1), "2022-04"), ("to", date(2023, 12, 31), "2024-03")]),
        ("half", "2022-07", "2023-06", []),
        ("quarter", "2022-04", "2023-H1", []),
    ],
)
def test_from_and_to_must_cut_whole_periods(every, start, end, uncut):
    """“`from` and `to` must cut whole periods.” Half a period is no occurrence."""
    schedule = Schedule.model_validate({"every": every, "from": start, "to": end})

    assert list(schedule.uncut(FROM_JULY)) == uncut


def test_the_default_limits_are_those_of_the_programme():
    """A programme from July has no whole first year."""
    assert list(Schedule(every=Every.YEAR).uncut(FROM_JULY)) == [
        ("from", date(2022, 7, 1), "2023"),
        ("to", date(2025, 6, 30), "2024-12"),
    ]
    assert windows(FROM_JULY, every="year") == [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2024-01-01", "2024-12-31", "2024"),
    ]


@pytest.mark.parametrize(
    ("wrong", "message", "fix"),
    [
        ({"in": 2012, "due": 2013}, "“in” is a whole schedule", "write in alone"),
        ({"in": 2012, "every": "year"}, "“in” is a whole schedule", "write in alone"),
        ({"from": 2013, "due": 2012}, "before it begins", "the earlier date"),
        ({"every": "year", "from": 2013, "to": 2012}, "before it begins", "the earlier date"),
        ({"to": 2012}, "“to” needs “every”", "“due”"),
        ({"due": "15/6"}, "a day without a year", "every: year"),
        ({"every": "half", "due": "15/6"}, "one day in each of its periods", "[15/6, 1/12]"),
        ({"every": "half", "due": ["15/6", "1/3"]}, "one day in each of its periods", "[15/6, 1/12]"),
        ({"every": "month", "due": "15/6"}, "do not fit “every: month”", "due: 20"),
        ({"every": "year", "due": 20}, "do not fit “every: year”", "due: 31/3"),
        ({"every": "year", "due": "2013-03-31"}, "2013-03-31” has a year", "due: 31/3"),
        ({"every": "half", "due": ["06-15", "12-01"]}, "“06-15” is not a day", "write the day first: 15/6"),
        ({"every": "year", "due": "31/13"}, "“31/13” is not a day", "day first"),
        ({"every": "weekly"}, "“weekly” is not a valid value", "fiscal-year"),
        ({"in": "2012-13"}, "there is no month 13", "the day first"),
        ({"in": 1899}, "1899 is out of range", "a typo"),
        ({"due": "2201-Q1"}, "2201 is out of range", "a typo"),
        ({"kind": "once", "year": 2012}, "no field “kind”", "schedule: {in: 2012}"),
        ({"kind": "undated"}, "no field “kind”", "leave the schedule out"),
        ({"year": "2023-12"}, "no field “year”", "in: 2023"),
        ({"month": 6}, "no field “month”", "in: 2023-06"),
        ({"tentative": True}, "names no time", "leave the schedule out"),
        ({}, "names no time", "in, due, from, every"),
    ],
)
def test_a_wrong_schedule_is_refused_with_the_sentence_that_helps(wrong: dict[str, Any], message: str, fix: str):
    """What does not fit together, and what people write first."""
    with pytest.raises(ValidationError) as caught:
        Schedule.model_validate(wrong)
    (detail,) = caught.value.errors()
    error = detail["ctx"]["error"]

    assert message in str(error.message)
    assert fix in str(error.fix)


@given(schedules)
def test_the_windows_lie_in_order_without_overlap(schedule: Schedule):
    """Every window is a stretch of days, and the next begins after it has ended; none leaves what the schedule names."""
    found, limits = schedule.windows(ALL_TIME), schedule.limits(ALL_TIME)

    for window in found:
        assert window.start is not None
        assert window.due is None or window.start <= window.due <= limits.last
        assert window.start >= limits.first or (schedule.deadline and not schedule.from_)
    for before, after in pairwise(found):
        assert before.due < after.start
    assert len({window.name for window in found}) == len(found)


@given(schedules)
def test_what_recurs_covers_what_it_should(schedule: Schedule):
    """Its periods follow each other without a gap; they fill the time from `from` to `to` where these cut whole periods."""
    periods = [window.period for window in schedule.windows(ALL_TIME) if window.period]

    assert bool(schedule.every) or not periods
    for before, after in pairwise(periods):
        assert after.first - before.last == timedelta(days=1)
    if schedule.every and not list(schedule.uncut(ALL_TIME)):
        limits = schedule.limits(ALL_TIME)
        assert (periods[0].first, periods[-1].last) == (limits.first, limits.last)
        assert all(window.due in window.period for window in schedule.windows(ALL_TIME))


@given(schedules)
def test_a_schedule_survives_writing_and_reading(schedule: Schedule):
    """What the models write, they read as the same."""
    assert Schedule.model_validate(schedule.model_dump(mode="json", by_alias=True, exclude_defaults=True)) == schedule


def test_a_window_touches_the_years_that_it_has_days_in():
    """A span touches all its years, an open end all later ones, and what has no dates touches none."""
    span, open_end = Window(date(2011, 1, 1), date(2012, 12, 31)), Window(date(2012, 1, 1), None)

    assert [year for year in range(2010, 2014) if span.touches(year)] == [2011, 2012]
    assert [year for year in range(2010, 2014) if open_end.touches(year)] == [2012, 2013]
    assert not Window(None, None).touches(2012)
