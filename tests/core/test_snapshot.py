"""The programme on a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from cbfa.core.journal import Journal, Record
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Progress, Timing
from tests.strategies import HISTORY, KEYS, ROADMAP, days, entry, journals


def standing(key: str, as_of: str, *records: Record) -> Standing:
    """The state of one occurrence on a day."""
    return Snapshot.take(HISTORY, Journal.from_records(records), date.fromisoformat(as_of)).standing(key)


@given(journals(), days)
def test_every_occurrence_has_one_standing(records, as_of):
    """Whatever was recorded, each occurrence stands there once, in the order of the roadmap, on the day asked about."""
    snapshot = Snapshot.take(HISTORY, Journal.from_records(records), as_of)

    assert [one.occurrence.key for one in snapshot.standings] == KEYS
    assert all(one.as_of == as_of for one in snapshot.standings)
    assert [one.day <= as_of for one in snapshot.entries] == [True] * len(snapshot.entries)


@given(journals(), days)
def test_days_overdue_and_percent_keep_their_limits(records, as_of):
    """Days are counted for what is overdue and for nothing else; 100 % is what is done and nothing else that has a target."""
    for one in Snapshot.take(HISTORY, Journal.from_records(records), as_of).standings:
        done = one.course.progress is Progress.DONE

        assert (one.days_overdue is not None) == (one.timing is Timing.OVERDUE)
        assert one.days_overdue is None or one.days_overdue > 0
        assert one.percent is None or 0 <= one.percent <= 100
        assert one.percent == 100 if done else one.percent != 100 or one.occurrence.milestone.target is None


def test_a_missed_year_stays_missed():
    """A review held in 2012 does not fix the one missed in 2011."""
    held = entry("a", "2012-06-01", "review@2012", "done")

    assert standing("review@2011", "2015-12-31", held).timing is Timing.OVERDUE
    assert standing("review@2012", "2015-12-31", held).timing is Timing.ON_TIME


def test_days_overdue_count_from_the_due_date():
    """On 1 January 2013 what was due on 31 December 2012 is one day overdue."""
    assert standing("memorandum", "2013-01-01").days_overdue == 1
    assert standing("memorandum", "2013-12-31").days_overdue == 365
    assert standing("memorandum", "2012-12-31").days_overdue is None


def test_a_tentative_date_can_be_overdue():
    """“dự kiến năm 2012” is a date all the same."""
    assert ROADMAP.workstreams[0].milestones[0].tentative
    assert standing("memorandum", "2013-01-01").official is OfficialClass.OVERDUE


@pytest.mark.parametrize(("counts", "percent"), [([], 0), ([1], 33), ([1, 1], 66), ([3], 100), ([2, 2], 100)])
def test_the_percentage_of_a_target_follows_from_its_count(counts, percent):
    """One of three bodies is 33 %, rounded down, and four of three is 100 %."""
    records = [entry(f"e{n}", "2012-05-01", "local-bodies", count=count) for n, count in enumerate(counts)]

    assert standing("local-bodies", "2012-12-31", *records).percent == percent


def test_a_reached_target_that_was_reopened_is_below_100():
    """What is not done is never shown as 100 %."""
    records = [entry("a", "2012-05-01", "local-bodies", count=3), entry("b", "2012-06-01", "local-bodies", "reopened")]

    assert standing("local-bodies", "2012-12-31", *records).percent == 99


def test_what_nobody_estimated_has_no_percentage():
    """Without a target, an estimate or an end there is no percentage, which is not 0 %."""
    begun, none = entry("a", "2012-05-01", "rules"), entry("b", "2012-05-01", "rules", percent=0)

    assert standing("rules", "2012-05-31").percent is None
    assert standing("rules", "2012-05-31", begun).percent is None
    assert standing("rules", "2012-05-31", none).percent == 0
    assert standing("local-bodies", "2012-05-31").percent == 0


@pytest.mark.parametrize(
    ("key", "as_of", "events", "days"),
    [
        ("memorandum", "2011-12-31", [], None),
        ("memorandum", "2012-01-01", [], 0),
        ("memorandum", "2012-07-01", ["progress"], 30),
        ("visits", "2012-01-11", [], 10),
        ("rules", "2011-01-31", [], 30),
        ("rules", "2012-07-01", ["done"], None),
        ("rules", "2012-07-01", ["suspended"], None),
        ("rules", "2012-07-01", ["dropped"], None),
        ("rules", "2012-07-01", ["dropped", "reopened"], 29),
    ],
)
def test_silence_is_counted_from_the_last_entry_or_from_the_opening(key, as_of, events, days):
    """What is closed, or not yet open, is not silent."""
    records = [entry(f"e{n}", f"2012-06-0{n + 1}", key, event) for n, event in enumerate(events)]

    assert standing(key, as_of, *records).silent_days == days


def test_without_a_target_the_officers_judgement_holds():
    """The percentage is what was recorded, and 100 once it is done."""
    judged, done = entry("a", "2012-05-01", "rules", percent=60), entry("b", "2012-06-01", "rules", "done")

    assert standing("rules", "2012-05-31", judged, done).percent == 60
    assert standing("rules", "2012-06-30", judged, done).percent == 100


@pytest.mark.parametrize(
    ("key", "as_of", "event", "expected"),
    [
        ("memorandum", "2013-01-01", None, OfficialClass.OVERDUE),
        ("memorandum", "2012-12-31", None, OfficialClass.WITHIN_DEADLINE),
        ("memorandum", "2011-06-01", None, OfficialClass.WITHIN_DEADLINE),
        ("memorandum", "2013-06-01", ("2012-12-31", "done"), OfficialClass.DONE_ON_TIME),
        ("memorandum", "2013-06-01", ("2013-01-01", "done"), OfficialClass.DONE_LATE),
        ("memorandum", "2013-06-01", ("2012-05-01", "suspended"), OfficialClass.SUSPENDED),
        ("memorandum", "2013-06-01", ("2012-05-01", "dropped"), OfficialClass.DROPPED),
        ("rules", "2013-06-01", None, OfficialClass.NO_DEADLINE),
        ("rules", "2013-06-01", ("2012-05-01", "done"), OfficialClass.NO_DEADLINE),
        ("rules", "2017-01-01", None, OfficialClass.NO_DEADLINE),
        ("rules", "2013-06-01", ("2012-05-01", "dropped"), OfficialClass.DROPPED),
        ("visits", "2011-06-01", None, OfficialClass.NO_DEADLINE),
    ],
)
def test_each_state_has_its_official_class(key, as_of, event, expected):
    """The four classes of official reports, and three that are counted by themselves."""
    records = [entry("a", event[0], key, event[1])] if event else []

    assert standing(key, as_of, *records).official is expected


def test_the_programme_is_over_on_the_day_after_its_last():
    """31 December 2015 is still a day of the programme."""
    ended = [Snapshot.take(HISTORY, Journal(), day).ended for day in (date(2015, 12, 31), date(2016, 1, 1))]

    assert ended == [False, True]


def test_an_unknown_key_has_no_standing():
    """Asking for what is not there is a mistake of the program."""
    with pytest.raises(KeyError):
        standing("nowhere", "2012-01-01")


@pytest.mark.parametrize(
    ("on", "timing", "days_late"),
    [
        ("2012-12-31", Timing.ON_TIME, None),
        ("2013-01-10", Timing.LATE, 10),
        ("2012-12", Timing.ON_TIME, None),
        ("2012", Timing.ON_TIME, None),
        ("2013-01", Timing.LATE, 31),
    ],
)
def test_days_late_are_counted_to_the_day_from_which_it_counts(on, timing, days_late):
    """What was done within its deadline has none."""
    one = standing("memorandum", "2014-06-30", entry("a", on, "memorandum", "done"))

    assert (one.timing, one.days_late) == (timing, days_late)


def test_a_due_date_inside_the_period_in_which_it_was_done_is_late_by_no_known_days():
    """Due on 31 March 2011, done in 2011: the day is not known, and the officer did not say that it was in time."""
    one = standing("board", "2014-06-30", entry("a", "2011", "board", "done"))
    before = standing("board", "2011-12-30", entry("a", "2011", "board", "done"))

    assert one.occurrence.window.due == date(2011, 3, 31)
    assert (one.timing, one.days_late, one.course.done_in.notation) == (Timing.LATE, None, "2011")
    assert (before.timing, before.course.done_in) == (Timing.OVERDUE, None)
