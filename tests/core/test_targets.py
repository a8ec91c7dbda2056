"""Targets: what is counted, and levels, as the design words their rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.decimals import parse_number
from cbfa.core.journal import Event
from cbfa.core.schedule import Window
from cbfa.core.state import Progress, course_of
from cbfa.core.targets import Target
from cbfa.errors import Invalid
from tests.strategies import days, entry

YEAR_2012 = Window(date(2012, 1, 1), date(2012, 12, 31))
FROM_2012 = Window(date(2012, 1, 1), None)
DAYS = {"unit": {"vi": "ngày", "en": "days"}}

numbers = st.decimals(-1000, 1000, places=2) | st.integers(-50, 50).map(Decimal)
bounds = st.sampled_from(["at_least", "at_most", "above", "below"])
levels = st.builds(
    lambda bound, figure, baseline: Target.model_validate({bound: figure, "baseline": baseline}),
    bounds,
    numbers,
    st.none() | numbers,
)
values = st.lists(st.tuples(days, st.none() | numbers, st.sampled_from(Event)), max_size=8)


def target(**fields: Any) -> Target:
    """Return a target."""
    return Target.model_validate(fields)


def course(goal: Target, *happened: tuple[str, str | None] | tuple[str, str | None, str], window: Window = YEAR_2012):
    """The course of a level after (day, value) or (day, value, event), in order."""
    made = [
        entry(f"e{number}", one[0], "key", one[2] if len(one) > 2 else "progress", value=one[1])
        for number, one in enumerate(happened)
    ]
    return course_of(made, goal, window)


@pytest.mark.parametrize(
    ("bound", "meets", "misses"),
    [
        ({"at_least": "17.6"}, ["17.6", "18"], ["17.59", "-3"]),
        ({"at_most": 50}, ["50", "1"], ["50.01"]),
        ({"above": "0.7"}, ["0.71"], ["0.7"]),
        ({"below": 100}, ["99.9"], ["100", "193"]),
        ({"at_most": 0}, ["0", "-1"], ["1"]),
        ({"at_least": 2449500000}, ["2449500000"], ["2449499999.99"]),
        ({"count": 3}, ["3", "4"], ["2"]),
    ],
)
def test_a_level_has_exactly_one_bound(bound, meets, misses):
    """“exactly one of `at_least`, `at_most`, `above`, `below`” … “Zero, decimals, money up to 10^15.”"""
    goal = target(**bound)

    assert all(goal.meets(Decimal(value)) for value in meets)
    assert not any(goal.meets(Decimal(value)) for value in misses)


@pytest.mark.parametrize(
    ("wrong", "message", "fix"),
    [
        ({}, "exactly one of: count, at_least", "count: 3"),
        ({"count": 3, "at_least": 3}, "exactly one of", "count: 3"),
        ({"above": 3, "below": 5}, "exactly one of", "count: 3"),
        ({"count": 3, "baseline": 1}, "a counted target has no baseline", "at_least"),
        ({"count": 3, "most": 2}, "“most” (2) is less than the target (3)", "greater"),
        ({"least": 3}, "no field “least”", "write count: 3"),
        ({"least": 0}, "no field “least”", "at_least: 0"),
        ({"least": "17.6"}, "no field “least”", "at_least: 17.6"),
        ({"below": "17,6"}, "“17,6” is not a number", "17.6"),
        ({"at_least": "2.449.500.000"}, "is not a number", "2449500000"),
        ({"at_most": "30%"}, "is not a number", "the unit belongs into “unit”"),
        ({"at_most": "1e3"}, "is not a number", "digits"),
        ({"at_most": "1000000000000001"}, "too large", "a larger unit"),
    ],
)
def test_a_wrong_target_is_refused_with_the_sentence_that_helps(wrong, message, fix):
    """What does not fit together, and what people write first."""
    with pytest.raises(ValidationError) as caught:
        target(**wrong)
    (detail,) = caught.value.errors()
    error = detail["ctx"]["error"]

    assert message in str(error.message)
    assert fix in str(error.fix)


@pytest.mark.parametrize(
    ("goal", "value", "percent"),
    [
        ({"baseline": 193, "below": 100}, "120", 78),
        ({"baseline": 193, "below": 100}, "193", 0),
        ({"baseline": 193, "below": 100}, "250", 0),
        ({"baseline": 193, "below": 100}, "100", 99),
        ({"baseline": "18.5", "at_most": "17.6"}, "18.4", 11),
        ({"baseline": 0, "at_most": 30}, "29", 96),
        ({"at_most": 30}, "42", None),
        ({"baseline": 30, "at_most": 30}, "42", None),
        ({"count": 3}, "1", 33),
    ],
)
def test_the_percentage_of_a_level_is_its_way_from_the_baseline(goal, value, percent):
    """“Percent of a level = (value − baseline) ÷ (bound − baseline), floored, 0–99 until reached; none without a baseline, or if the
    two are equal.”"""
    assert target(**goal).percent(Decimal(value)) == percent


def test_a_level_is_judged_by_values_from_its_opening_day_on():
    """“A level is judged by values from its opening day on.”"""
    goal = target(below=100, **DAYS)

    early = course(goal, ("2011-12-31", "90"))
    opened = course(goal, ("2011-12-31", "90"), ("2012-01-01", "90"))

    assert (early.progress, early.value, early.level) == (Progress.IN_PROGRESS, Decimal(90), None)
    assert (opened.progress, opened.done_on) == (Progress.DONE, date(2012, 1, 1))


def test_until_the_due_date_a_value_that_misses_opens_it_again():
    """“Until the due date a value that misses opens it again; after it, what was met stays met and later values are only shown.”"""
    goal = target(baseline=193, below=100, **DAYS)
    met, missed_before, missed_after = ("2012-05-01", "90"), ("2012-12-31", "110"), ("2013-01-01", "110")

    assert course(goal, met).done_on == date(2012, 5, 1)
    assert course(goal, met, missed_before).progress is Progress.IN_PROGRESS
    after = course(goal, met, missed_after)
    assert (after.progress, after.done_on, after.value) == (Progress.DONE, date(2012, 5, 1), Decimal(110))
    assert course(goal, met, missed_before, ("2013-02-01", "80")).done_on == date(2013, 2, 1)


def test_without_a_due_date_it_always_reopens():
    """“Without a due date it always reopens.”"""
    goal = target(at_least=5)

    assert course(goal, ("2012-05-01", "5"), ("2020-05-01", "4"), window=FROM_2012).progress is Progress.IN_PROGRESS


def test_done_without_a_value_that_meets_is_not_done():
    """“`done` without a value that meets is not done.”"""
    goal = target(at_least=5)

    assert course(goal, ("2012-05-01", None, "done")).progress is Progress.IN_PROGRESS
    assert course(goal, ("2012-05-01", "4", "done")).progress is Progress.IN_PROGRESS
    assert course(goal, ("2012-05-01", "5", "done")).progress is Progress.DONE
    reopened = (("2012-05-01", "5"), ("2012-06-01", None, "reopened"), ("2012-07-01", None, "done"))
    assert course(goal, *reopened).done_on == date(2012, 7, 1)


def test_a_value_that_gets_worse_is_a_fact():
    """“0 → 30 days” is worse on purpose: the baseline is for the percentage alone, never for the direction."""
    goal = target(baseline=0, at_least=30, **DAYS)

    assert course(goal, ("2012-05-01", "10")).progress is Progress.IN_PROGRESS
    assert course(goal, ("2012-05-01", "10"), ("2012-06-01", "5")).level == Decimal(5)
    assert course(goal, ("2012-05-01", "10"), ("2012-06-01", "30")).progress is Progress.DONE


def test_what_is_set_aside_stays_aside_until_a_value_meets():
    """A value that misses does not resume suspended work; one that meets makes it done."""
    goal = target(at_least=5)

    assert course(goal, ("2012-05-01", None, "suspended"), ("2012-06-01", "4")).progress is Progress.SUSPENDED
    assert course(goal, ("2012-05-01", None, "suspended"), ("2012-06-01", "6")).progress is Progress.DONE


@given(levels, values, days)
def test_the_state_of_a_level_never_depends_on_later_values(goal, happened, as_of):
    """What is known on a day follows from the entries until that day alone, whatever comes later."""
    ordered = sorted(happened, key=lambda one: one[0])
    made = [entry(f"e{n}", str(on), "key", event, value=value) for n, (on, value, event) in enumerate(ordered)]
    until = [one for one in made if one.day <= as_of]
    step_by_step = [course_of(made[:number], goal, YEAR_2012) for number in range(len(made) + 1)]

    assert course_of(until, goal, YEAR_2012) == step_by_step[len(until)]


@given(levels, values)
def test_a_level_is_done_only_by_a_value_that_meets(goal, happened):
    """On the day on which it is done, the last value since the opening meets the target."""
    ordered = sorted(happened, key=lambda one: one[0])
    made = [entry(f"e{n}", str(on), "key", event, value=value) for n, (on, value, event) in enumerate(ordered)]
    its = course_of(made, goal, YEAR_2012)
    if its.progress is Progress.DONE:
        judged = [one.value for one in made if one.value is not None and YEAR_2012.start <= one.day <= its.done_on]

        assert judged
        assert any(goal.meets(value) for value in judged)


@given(levels, numbers)
def test_a_percentage_is_100_only_when_it_is_reached(goal, value):
    """It is between 0 and 99, or there is none."""
    assert goal.percent(value) is None or 0 <= goal.percent(value) <= 99


@given(st.decimals(-(10**15), 10**15, places=3))
def test_numbers_are_exact(number):
    """“Exact numbers: text in YAML as written, strings in JSON lines, never floats.”"""
    made = entry("a", "2012-01-01", "key", value=f"{number:f}")

    assert made.value == number
    assert f'"value":"{number:f}"' in made.model_dump_json()
    assert target(above=f"{number:f}").figure == number


@pytest.mark.parametrize("text", ["", "x", "1.", ".5", "1_000", "١٢", "0x1F", "--1", "1 000", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(text):
    """Digits, and a point before decimals; nothing that a reader has to guess."""
    with pytest.raises(Invalid):
        parse_number(text)
