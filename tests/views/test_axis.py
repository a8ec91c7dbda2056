"""The axis of timelines: months of one width, whatever the programme's first day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.views.axis import Axis

AS_OF = date(2022, 10, 5)
JULY = Axis(date(2022, 7, 1), date(2025, 6, 30), AS_OF)


@pytest.mark.parametrize(
    ("day", "end", "place"),
    [
        (date(2022, 7, 1), False, 0),
        (date(2022, 7, 31), True, 1 / 36),
        (date(2023, 1, 1), False, 1 / 6),
        (date(2024, 2, 15), False, (19 + 14 / 29) / 36),
        (date(2025, 6, 30), True, 1),
        (date(2022, 6, 30), True, 0),
        (date(2021, 7, 1), False, -1 / 3),
        (date(2026, 7, 1), False, 4 / 3),
    ],
)
def test_a_day_has_a_place(day, end, place):
    """The axis begins with the first month of the programme and ends with its last."""
    assert JULY.place(day, end=end) == pytest.approx(place)


def test_the_ends_are_exact():
    """No due date on the last day falls beside the drawing by a rounding error."""
    for month in range(1, 13):
        last = date(2020 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        assert Axis(date(2020, month, 1), last, AS_OF).place(last, end=True) == 1


def test_a_programme_that_begins_within_a_month_has_all_of_it():
    """So every drawing has the same columns; days before the first one are simply empty."""
    axis = Axis(date(2022, 7, 15), date(2022, 9, 14), AS_OF)

    assert axis.months == 3
    assert axis.place(date(2022, 7, 1)) == 0
    assert list(axis.periods(3)) == [(date(2022, 7, 1), 3)]


def test_periods_are_those_of_the_calendar():
    """The first and the last one may be cut."""
    axis = Axis(date(2022, 11, 1), date(2023, 4, 30), AS_OF)

    assert list(axis.periods(3)) == [(date(2022, 11, 1), 2), (date(2023, 1, 1), 3), (date(2023, 4, 1), 1)]
    assert list(axis.periods(12)) == [(date(2022, 11, 1), 2), (date(2023, 1, 1), 4)]


@pytest.mark.parametrize(
    ("day", "shown", "over"),
    [
        (date(2022, 6, 30), False, False),
        (date(2022, 7, 1), True, False),
        (date(2025, 6, 30), True, False),
        (date(2025, 7, 1), False, True),
    ],
)
def test_the_as_of_date_may_be_outside(day, shown, over):
    """Before the programme and after it there is no place for it."""
    axis = JULY._replace(as_of=day)

    assert (axis.shows(day), axis.is_over) == (shown, over)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, days, days, st.floats(0.5, 400), st.floats(0, 0.5))
def test_named_years_have_their_room(one, other, as_of, room, gap):
    """There is always one; more are apart, and the last one does not leave the axis."""
    axis = Axis(min(one, other), max(one, other), as_of)
    names = axis.named_years(room, gap)
    places = [*map(axis.months_before, names), axis.months + gap]

    assert names
    assert names == sorted(set(names))
    assert len(names) == 1 or all(after - before >= room - 0.001 for before, after in itertools.pairwise(places))


@given(days, days)
def test_order_is_kept(one, other):
    """A later day is further to the right, and the end of a day is where the next begins."""
    assert (JULY.place(one) < JULY.place(other)) is (one < other)
    assert JULY.place(one, end=True) == pytest.approx(JULY.place(one + timedelta(days=1)))
