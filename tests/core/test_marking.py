"""What may be recorded: the impossible is refused, the unlikely is asked about."""

from __future__ import annotations

from datetime import date

import pytest
from cbfa.core.marking import Proposal, questions, refuse_the_impossible
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.journal import MOST_COUNTED, Event, Journal, Record
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress
from cbfa.errors import Refused
from tests.strategies import AGENCIES, KEYS, ROADMAP, days, entry, journals

DAY = date(2012, 6, 15)


def standing(key: str, *records: Record, on: date = DAY) -> Standing:
    """The state of an occurrence on the day of the proposal."""
    return Snapshot.take(ROADMAP, AGENCIES, Journal.from_records(records), on).standing(key)


def refusal(its: Standing, event: Event, **figures: int) -> Refused:
    """The refusal of a proposal."""
    with pytest.raises(Refused) as caught:
        refuse_the_impossible(its, Proposal(event, DAY, **figures))
    return caught.value


@pytest.mark.parametrize(
    ("key", "before", "event", "figures"),
    [
        ("rules", None, Event.PROGRESS, {}),
        ("rules", None, Event.PROGRESS, {"percent": 0}),
        ("rules", None, Event.PROGRESS, {"percent": 100}),
        ("rules", None, Event.DONE, {}),
        ("rules", None, Event.SUSPENDED, {}),
        ("rules", None, Event.DROPPED, {}),
        ("rules", "progress", Event.PROGRESS, {}),
        ("rules", "done", Event.PROGRESS, {}),
        ("rules", "done", Event.REOPENED, {}),
        ("rules", "suspended", Event.REOPENED, {}),
        ("rules", "suspended", Event.DROPPED, {}),
        ("rules", "suspended", Event.DONE, {}),
        ("rules", "dropped", Event.SUSPENDED, {}),
        ("donors@2012", None, Event.PROGRESS, {"count": 1}),
        ("donors@2012", None, Event.DONE, {"count": 2}),
        ("donors@2012", None, Event.PROGRESS, {"count": MOST_COUNTED}),
    ],
)
def test_what_is_possible_passes(key, before, event, figures):
    """No plain entry is refused."""
    records = [entry("a", "2012-05-01", key, before)] if before else []

    assert refuse_the_impossible(standing(key, *records), Proposal(event, DAY, **figures)) is None


@pytest.mark.parametrize("event", [Event.SUSPENDED, Event.DROPPED])
def test_what_is_done_can_be_neither_suspended_nor_dropped(event):
    """It has to be reopened first, and the fix says how."""
    error = refusal(standing("rules", entry("a", "2012-05-01", "rules", "done")), event)

    assert str(error.message) == f"“rules” is done, so it cannot be {event}"
    assert "cbfa mark rules reopened" in str(error.fix)


@pytest.mark.parametrize("event", [Event.SUSPENDED, Event.DROPPED])
def test_what_is_set_aside_is_not_set_aside_twice(event):
    """A second suspension says nothing new; a note can be added."""
    error = refusal(standing("rules", entry("a", "2012-05-01", "rules", event)), event)

    assert str(error.message) == f"“rules” is {event} already"
    assert "cbfa mark rules progress --note" in str(error.fix)


@pytest.mark.parametrize("before", [None, "progress"])
def test_what_is_open_cannot_be_reopened(before):
    """There is nothing to reopen."""
    records = [entry("a", "2012-05-01", "rules", before)] if before else []

    assert "nothing to reopen" in str(refusal(standing("rules", *records), Event.REOPENED).message)


def test_what_is_done_is_not_done_twice():
    """The sentence names the day since which it is done."""
    error = refusal(standing("rules", entry("a", "2012-05-01", "rules", "done")), Event.DONE)

    assert str(error.message) == "“rules” is done already, since 2012-05-01"


def test_done_on_a_counted_target_says_how_many_are_missing():
    """One of three bodies is counted: done needs two more, or one more with the one given now."""
    its = standing("local-bodies", entry("a", "2012-05-01", "local-bodies", count=1))

    assert "3 are counted: 1 so far, 2 missing" in str(refusal(its, Event.DONE).message)
    assert "2 so far, 1 missing" in str(refusal(its, Event.DONE, count=1).message)
    assert "--count 2;" in str(refusal(its, Event.DONE, count=1).fix)
    assert refuse_the_impossible(its, Proposal(Event.DONE, DAY, count=2)) is None


def test_what_has_no_target_takes_no_count():
    """There is nothing to count towards."""
    assert "has no target" in str(refusal(standing("rules"), Event.PROGRESS, count=1).message)


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_is_of_what_was_added(count):
    """To take something back is another command."""
    error = refusal(standing("donors@2012"), Event.PROGRESS, count=count)

    assert "1 or more" in str(error.message)
    assert "cbfa undo" in str(error.fix)


def test_a_count_has_an_upper_limit():
    """What an entry could not carry is refused before it is written."""
    error = refusal(standing("donors@2012"), Event.PROGRESS, count=MOST_COUNTED + 1)

    assert "is too large" in str(error.message)


@pytest.mark.parametrize("event", [Event.SUSPENDED, Event.DROPPED, Event.REOPENED])
def test_only_progress_and_done_carry_a_count(event):
    """A suspension counts nothing."""
    assert "only progress and done carry a count" in str(refusal(standing("donors@2012"), event, count=1).message)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_lies_between_0_and_100(percent):
    """101 % is a slip of the pen."""
    assert "between 0 and 100" in str(refusal(standing("rules"), Event.PROGRESS, percent=percent).message)


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.PROGRESS])
def test_only_progress_carries_a_percentage(event):
    """Done is 100 %, and the others are none."""
    assert "only progress carries a percentage" in str(refusal(standing("rules"), event, percent=50).message)


def test_the_percentage_of_a_target_is_not_judged():
    """It follows from the count."""
    assert "follows from the count" in str(refusal(standing("donors@2012"), Event.PROGRESS, percent=50).message)


@given(journals(), st.sampled_from(KEYS), st.sampled_from(Event), days, st.none() | st.integers(-1, 4))
def test_what_is_not_refused_does_what_it_says(records, key, event, on, count):
    """An entry that passes brings about the state that it names."""
    its = standing(key, *records, on=on)
    try:
        refuse_the_impossible(its, Proposal(event, on, count=count))
    except Refused:
        return
    made = entry("new", str(on), key, event, count=count, recorded="2018-01-01T12:00:00+07:00")
    progress = standing(key, *records, made, on=on).course.progress

    match event:
        case Event.DONE | Event.SUSPENDED | Event.DROPPED:
            assert progress.value == event.value
        case Event.REOPENED:
            assert progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS)
        case Event.PROGRESS:
            assert progress is not Progress.NOT_STARTED


def test_a_plain_entry_is_not_asked_about():
    """In its window, and today or before: nothing to ask. The first day of the window is in it."""
    assert questions(standing("memorandum"), Proposal(Event.DONE, DAY), DAY, None) == []
    assert questions(standing("memorandum"), Proposal(Event.DONE, date(2012, 1, 1)), DAY, None) == []
    assert questions(standing("rules"), Proposal(Event.DONE, date(1999, 1, 1)), DAY, None) == []


def test_a_day_in_the_future_is_asked_about():
    """Tomorrow may be a plan, or a slip of the pen."""
    (asked,) = questions(standing("memorandum"), Proposal(Event.DONE, date(2012, 6, 16)), DAY, None)

    assert str(asked) == "2012-06-16 lies in the future. Record it all the same?"


def test_a_day_before_the_window_is_asked_about():
    """What was to begin in 2012 was probably not done in 2011."""
    (asked,) = questions(standing("memorandum"), Proposal(Event.DONE, date(2011, 12, 31)), DAY, None)

    assert "which begins on 2012-01-01" in str(asked)


def test_both_questions_can_be_asked_at_once():
    """A day in the future and before the window has two questions."""
    assert len(questions(standing("donors@2015"), Proposal(Event.DONE, date(2014, 1, 1), count=2), DAY, None)) == 2


def test_a_late_day_is_not_asked_about():
    """Being late is an answer, not a question."""
    assert questions(standing("memorandum"), Proposal(Event.DONE, date(2013, 6, 1)), date(2013, 6, 1), None) == []
