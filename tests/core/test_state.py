"""The state of an occurrence on a date: the rules that others get wrong, each by an example and by a property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.journal import Entry, Event
from cbfa.core.schedule import Window
from cbfa.core.state import Course, Progress, Timing, course_of, timing_of
from cbfa.core.targets import Target
from tests.strategies import days, entry

END = date(2015, 12, 31)
YEAR_2012 = Window(date(2012, 1, 1), date(2012, 12, 31))
OPEN_END = Window(date(2012, 1, 1), None)
UNDATED = Window(None, None)
THREE = Target.model_validate({"count": 3, "unit": "tổ chức"})

windows = st.one_of(
    st.just(UNDATED),
    days.map(lambda start: Window(start, None)),
    st.tuples(days, days).map(lambda pair: Window(min(pair), max(pair))),
)
events = st.lists(st.tuples(days, st.sampled_from(Event), st.none() | st.integers(1, 3)), max_size=6)


def course(*happened: tuple[str, str] | tuple[str, str, int], target: Target | None = None) -> Course:
    """The course after (day, event) or (day, event, count), in order."""
    entries = [
        entry(f"e{number}", one[0], "key", one[1], count=one[2] if len(one) > 2 else None)
        for number, one in enumerate(happened)
    ]
    return course_of(entries, target)


def timing(course: Course, window: Window, as_of: str | date, due_soon_days: int = 30) -> Timing | None:
    """The timing on a day, in a programme that ends with 2015."""
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return timing_of(course, window, day, programme_end=END, due_soon_days=due_soon_days)


def folded(happened: list[tuple[date, Event, int | None]], target: Target | None = None) -> Course:
    """The course after generated events, put in the order of their days."""
    ordered = sorted(happened, key=lambda one: one[0])
    return course_of(
        [entry(f"e{n}", str(on), "key", event, count=count) for n, (on, event, count) in enumerate(ordered)], target
    )


def test_done_on_the_due_date_is_on_time():
    """Done on 31 December 2012 is on time for what is due in 2012."""
    assert timing(course(("2012-12-31", "done")), YEAR_2012, "2013-06-30") is Timing.ON_TIME


def test_done_a_day_after_the_due_date_is_late():
    """Done on 1 January 2013 is late, and not overdue any more."""
    assert timing(course(("2013-01-01", "done")), YEAR_2012, "2013-06-30") is Timing.LATE


@given(days, days, st.integers(0, 2000))
def test_on_time_is_until_the_due_date_inclusive(start, other, after):
    """For any window: done on its last day is on time, done on the next day is late, whenever one asks."""
    window = Window(min(start, other), max(start, other))
    assert window.due
    on_time, late = Course(Progress.DONE, window.due), Course(Progress.DONE, window.due + timedelta(days=1))
    asked = window.due + timedelta(days=after)

    assert timing(on_time, window, asked) is Timing.ON_TIME
    assert timing(late, window, asked + timedelta(days=1)) is Timing.LATE


@given(st.sampled_from([OPEN_END, UNDATED]), events, st.dates())
def test_what_has_no_due_date_is_never_overdue(window, happened, as_of):
    """Undated or open-ended, whatever was recorded, on any day from the year 1 to the year 9999."""
    assert timing(folded(happened), window, as_of) not in (Timing.OVERDUE, Timing.LATE, Timing.ON_TIME, Timing.DUE_SOON)


@given(windows, events, days)
def test_overdue_is_what_is_open_after_its_due_date_and_nothing_else(window, happened, as_of):
    """What is done, suspended or dropped is never overdue; what is open after its due date always is."""
    its = folded(happened)
    is_open = its.progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS)
    is_past = window.due is not None and as_of > window.due

    assert (timing(its, window, as_of) is Timing.OVERDUE) == (is_open and is_past)


@given(windows, events, days)
def test_what_is_suspended_or_dropped_has_no_timing(window, happened, as_of):
    """It is counted by itself, and everything else has exactly one timing."""
    its = folded(happened)

    assert (timing(its, window, as_of) is None) == (its.progress in (Progress.SUSPENDED, Progress.DROPPED))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2011-12-31", Timing.NOT_YET_OPEN),
        ("2012-01-01", Timing.WITHIN_DEADLINE),
        ("2012-11-30", Timing.WITHIN_DEADLINE),
        ("2012-12-01", Timing.DUE_SOON),
        ("2012-12-31", Timing.DUE_SOON),
        ("2013-01-01", Timing.OVERDUE),
        ("2030-01-01", Timing.OVERDUE),
    ],
)
def test_the_timing_of_what_is_not_started_follows_its_window(as_of, expected):
    """It opens on its first day, is due soon 30 days before its last, and is overdue from the day after."""
    assert timing(Course(), YEAR_2012, as_of) is expected


def test_with_no_warning_days_only_the_due_date_itself_is_soon():
    """`due_soon_days: 0` leaves the due date alone."""
    assert timing(Course(), YEAR_2012, "2012-12-30", due_soon_days=0) is Timing.WITHIN_DEADLINE
    assert timing(Course(), YEAR_2012, "2012-12-31", due_soon_days=0) is Timing.DUE_SOON


def test_what_was_begun_early_is_not_upcoming():
    """Work before the window has opened is within its deadline."""
    assert timing(course(("2011-06-01", "progress")), YEAR_2012, "2011-12-31") is Timing.WITHIN_DEADLINE


@pytest.mark.parametrize(
    ("window", "as_of", "expected"),
    [
        (OPEN_END, "2011-12-31", Timing.NOT_YET_OPEN),
        (OPEN_END, "2012-01-01", Timing.NO_DEADLINE),
        (UNDATED, "2011-01-01", Timing.NO_DEADLINE),
        (UNDATED, "2015-12-31", Timing.NO_DEADLINE),
        (UNDATED, "2016-01-01", Timing.UNFINISHED_AT_END),
        (OPEN_END, "2016-01-01", Timing.UNFINISHED_AT_END),
    ],
)
def test_what_has_no_deadline_is_named_as_that(window, as_of, expected):
    """After the programme's last day it is named as unfinished, and never as overdue."""
    assert timing(Course(), window, as_of) is expected


def test_what_is_done_without_a_deadline_is_not_unfinished():
    """Done is done, also after the programme's end, even when it was done only then."""
    assert timing(course(("2016-05-01", "done")), UNDATED, "2017-01-01") is Timing.NO_DEADLINE


@pytest.mark.parametrize(
    ("happened", "progress"),
    [
        ([], Progress.NOT_STARTED),
        (["progress"], Progress.IN_PROGRESS),
        (["done"], Progress.DONE),
        (["suspended"], Progress.SUSPENDED),
        (["dropped"], Progress.DROPPED),
        (["suspended", "dropped"], Progress.DROPPED),
        (["dropped", "suspended"], Progress.SUSPENDED),
        (["done", "progress"], Progress.DONE),
        (["done", "suspended"], Progress.DONE),
        (["done", "dropped"], Progress.DONE),
        (["suspended", "progress"], Progress.SUSPENDED),
        (["dropped", "progress"], Progress.DROPPED),
        (["suspended", "done"], Progress.DONE),
        (["dropped", "done"], Progress.DONE),
        (["suspended", "reopened"], Progress.NOT_STARTED),
        (["progress", "suspended", "reopened"], Progress.IN_PROGRESS),
        (["done", "reopened"], Progress.IN_PROGRESS),
        (["done", "reopened", "done"], Progress.DONE),
        (["reopened"], Progress.NOT_STARTED),
        (["progress", "reopened"], Progress.IN_PROGRESS),
    ],
)
def test_one_event_after_another(happened, progress):
    """What is done stays done, and what is set aside stays aside, until it is reopened or done."""
    days_on = [(f"2012-01-{day:02}", event) for day, event in enumerate(happened, 1)]

    assert course(*days_on).progress is progress


def test_what_is_reopened_is_done_no_more():
    """A reopened occurrence loses its day of completion, and being done again takes the later day."""
    assert course(("2012-05-01", "done"), ("2012-06-01", "reopened")).done_on is None
    assert course(("2012-05-01", "done"), ("2012-06-01", "reopened"), ("2013-02-01", "done")).done_on == date(
        2013, 2, 1
    )
    assert timing(course(("2012-05-01", "done"), ("2012-06-01", "reopened")), YEAR_2012, "2013-01-01") is Timing.OVERDUE


def test_a_later_entry_does_not_move_the_day_of_completion():
    """What was done in time stays on time, whatever is noted or claimed afterwards."""
    assert course(("2012-05-01", "done"), ("2013-02-01", "progress"), ("2013-03-01", "done")).done_on == date(
        2012, 5, 1
    )


def test_suspended_after_the_due_date_and_reopened_is_overdue_again():
    """It is not overdue while it is suspended, and is from the day on which it is reopened."""
    suspended = course(("2013-02-01", "suspended"))
    reopened = course(("2013-02-01", "suspended"), ("2013-03-01", "reopened"))

    assert timing(suspended, YEAR_2012, "2013-02-15") is None
    assert timing(reopened, YEAR_2012, "2013-03-01") is Timing.OVERDUE


@given(
    st.lists(st.tuples(days, st.integers(1, 4), st.sampled_from(["progress", "done"])), max_size=8), st.integers(1, 12)
)
def test_a_counted_target_is_done_on_the_day_its_count_reaches_its_least(happened, least):
    """Neither a day earlier, whatever an entry claims, nor a day later, though nobody says “done”."""
    ordered = sorted(happened, key=lambda one: one[0])
    made = [entry(f"e{n}", str(on), "key", event, count=count) for n, (on, count, event) in enumerate(ordered)]
    target = Target(count=least)
    counts = [(sum(one[1] for one in ordered[: n + 1]), on) for n, (on, _, _) in enumerate(ordered)]
    reached = next((on for total, on in counts if total >= least), None)

    assert course_of(made, target).done_on == reached
    assert (course_of(made, target).progress is Progress.DONE) == (reached is not None)
    if reached:
        before = course_of([one for one in made if one.day < reached], target)
        assert before.progress is not Progress.DONE


def test_done_does_not_replace_a_count():
    """An entry that says done while one of three is missing leaves a counted target in progress."""
    claimed = course(("2012-05-01", "progress", 2), ("2012-06-01", "done"), target=THREE)

    assert claimed.progress is Progress.IN_PROGRESS
    assert (claimed.counted, claimed.done_on) == (2, None)


def test_a_count_beyond_the_least_is_kept():
    """Four of three is done, and counts four."""
    more = course(("2012-05-01", "progress", 2), ("2012-06-01", "progress", 2), target=THREE)

    assert (more.progress, more.counted, more.done_on) == (Progress.DONE, 4, date(2012, 6, 1))


def test_the_last_judgement_holds():
    """A percentage stays until another entry gives a new one."""
    entries: list[Entry] = [
        entry("a", "2012-01-01", "key", percent=40),
        entry("b", "2012-02-01", "key"),
        entry("c", "2012-03-01", "key", percent=30),
        entry("d", "2012-04-01", "key"),
    ]

    assert [course_of(entries[:number], None).judged for number in range(5)] == [None, 40, 40, 30, 30]
    assert course_of(entries, None).last == entries[-1]
