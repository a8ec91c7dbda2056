"""Drafts: what they record and change; the impossible is refused, the unlikely is asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.journal import MAX_COUNT, Event, Journal, Record, Retraction
from cbfa.core.periods import parse_period
from cbfa.core.recording import Draft, Request, Stamp, draft_entry, draft_retraction, draft_union
from cbfa.core.state import Progress
from cbfa.problems import Problem
from tests.strategies import HISTORY, KEYS, days, entry, journals

DAY = date(2012, 6, 15)
STAMP = Stamp("new", datetime(2018, 1, 1, tzinfo=UTC))


def draft(key: str, event: Event, *records: Record, on: date | str = DAY, today: date = DAY, **figures: int) -> Draft:
    """Draft an entry in a journal of these records."""
    request = Request(key, event, parse_period(str(on)), **figures)
    return draft_entry(request, HISTORY, Journal.from_records(records), today, STAMP)


def refusal(key: str, event: Event, *records: Record, **figures: int) -> Problem:
    """Return the first refusal of a draft, which has nothing to append."""
    made = draft(key, event, *records, **figures)
    assert (made.records, made.changes) == ((), ())
    return made.refusals[0]


def questions(key: str, event: Event, on: date | str, *records: Record, **more: int | date) -> list[str]:
    """Return the questions of a draft."""
    return [str(one) for one in draft(key, event, *records, on=on, **more).questions]


def taking_back(retracts: str, note: str | None = None) -> Retraction:
    """Return a retraction of an entry."""
    return Retraction(id="new", retracts=retracts, note=note, recorded=STAMP.recorded)


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
        ("donors@2012", None, Event.PROGRESS, {"count": MAX_COUNT}),
    ],
)
def test_a_possible_entry_is_drafted(key, before, event, figures):
    """It carries what was requested, and nothing is refused or asked."""
    records = [entry("a", "2012-05-01", key, before)] if before else []
    made = draft(key, event, *records, **figures)

    assert (made.refusals, made.questions) == ((), ())
    assert made.records == (made.entry,)
    assert (made.entry.id, made.entry.key, made.entry.event, made.entry.day) == ("new", key, event, DAY)


def test_a_draft_shows_the_state_before_and_after():
    """The states are those of today."""
    ((before, after),) = draft("rules", Event.DONE).changes

    assert (before.course.progress, after.course.progress) == (Progress.NOT_STARTED, Progress.DONE)
    assert (before.as_of, after.as_of) == (DAY, DAY)


@pytest.mark.parametrize("event", [Event.SUSPENDED, Event.DROPPED])
def test_what_is_done_can_be_neither_suspended_nor_dropped(event):
    """It has to be reopened first, and the fix says how."""
    refused = refusal("rules", event, entry("a", "2012-05-01", "rules", "done"))

    assert str(refused.message) == f"“rules” is done, so it cannot be {event}"
    assert "cbfa mark rules reopened" in str(refused.fix)


@pytest.mark.parametrize("event", [Event.SUSPENDED, Event.DROPPED])
def test_what_is_set_aside_is_not_set_aside_twice(event):
    """A second suspension says nothing new; a note can be added."""
    refused = refusal("rules", event, entry("a", "2012-05-01", "rules", event))

    assert str(refused.message) == f"“rules” is already {event}"
    assert "cbfa mark rules progress --note" in str(refused.fix)


@pytest.mark.parametrize("before", [None, "progress"])
def test_what_is_open_cannot_be_reopened(before):
    """There is nothing to reopen."""
    records = [entry("a", "2012-05-01", "rules", before)] if before else []

    assert "nothing to reopen" in str(refusal("rules", Event.REOPENED, *records).message)


def test_what_is_done_is_not_done_twice():
    """The sentence names the day since which it is done."""
    refused = refusal("rules", Event.DONE, entry("a", "2012-05-01", "rules", "done"))

    assert str(refused.message) == "“rules” has been done since 2012-05-01"


def test_done_on_a_counted_target_says_how_many_are_missing():
    """One of three bodies is counted: done needs two more, or one more with the one given now."""
    before = entry("a", "2012-05-01", "local-bodies", count=1)

    assert "reaches 3: 1 so far, 2 missing" in str(refusal("local-bodies", Event.DONE, before).message)
    assert "2 so far, 1 missing" in str(refusal("local-bodies", Event.DONE, before, count=1).message)
    assert "--count 2;" in str(refusal("local-bodies", Event.DONE, before, count=1).fix)
    assert draft("local-bodies", Event.DONE, before, count=2).refusals == ()


@pytest.mark.parametrize(
    ("key", "event", "figures", "sentence"),
    [
        ("rules", Event.PROGRESS, {"count": 1}, "has no target"),
        ("donors@2012", Event.PROGRESS, {"count": 0}, "1 or more"),
        ("donors@2012", Event.PROGRESS, {"count": -1}, "1 or more"),
        ("donors@2012", Event.PROGRESS, {"count": MAX_COUNT + 1}, "is too large"),
        ("donors@2012", Event.SUSPENDED, {"count": 1}, "only progress and done can have a count"),
        ("donors@2012", Event.DROPPED, {"count": 1}, "only progress and done can have a count"),
        ("donors@2012", Event.REOPENED, {"count": 1}, "only progress and done can have a count"),
        ("rules", Event.PROGRESS, {"percent": -1}, "from 0 to 100"),
        ("rules", Event.PROGRESS, {"percent": 101}, "from 0 to 100"),
        ("rules", Event.DONE, {"percent": 50}, "only progress can have a percentage"),
        ("rules", Event.SUSPENDED, {"percent": 50}, "only progress can have a percentage"),
        ("rules", Event.DROPPED, {"percent": 50}, "only progress can have a percentage"),
        ("rules", Event.REOPENED, {"percent": 50}, "only progress can have a percentage"),
        ("donors@2012", Event.PROGRESS, {"percent": 50}, "has a target, from which its percentage follows"),
        ("rules", Event.PROGRESS, {"value": Decimal(3)}, "is not a level, so it has no value"),
        ("donors@2012", Event.PROGRESS, {"value": Decimal(3)}, "is not a level, so it has no value"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(key, event, figures, sentence):
    """Each figure has its own sentence."""
    assert sentence in str(refusal(key, event, **figures).message)


@given(journals(), st.sampled_from(KEYS), st.sampled_from(Event), days, st.none() | st.integers(-1, 4))
def test_what_is_not_refused_does_what_it_says(records, key, event, on, count):
    """An entry that passes brings about the state that it names, on its day."""
    made = draft(key, event, *records, on=on, today=on, count=count)
    if made.refusals:
        return
    progress = made.changes[0].after.course.progress

    match event:
        case Event.DONE | Event.SUSPENDED | Event.DROPPED:
            assert progress.value == event.value
        case Event.REOPENED:
            assert progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS)
        case Event.PROGRESS:
            assert progress is not Progress.NOT_STARTED


@pytest.mark.parametrize(
    ("key", "on", "today"),
    [
        ("memorandum", DAY, DAY),
        ("memorandum", date(2012, 1, 1), DAY),
        ("rules", date(2010, 12, 9), DAY),
        ("memorandum", date(2011, 12, 31), DAY),
        ("memorandum", date(2013, 6, 1), date(2013, 6, 1)),
    ],
    ids=["in its window", "first day of its window", "day of adoption", "before its window", "late"],
)
def test_a_plain_day_asks_nothing(key, on, today):
    """“Progress before an occurrence opens is recorded with a remark, no question.” A budget for 2013 is decided in December 2012."""
    assert questions(key, Event.DONE, on, today=today) == []


def test_a_day_in_the_future_is_asked_about():
    """Tomorrow may be a plan, or a typo."""
    assert questions("memorandum", Event.DONE, date(2012, 6, 16)) == ["2012-06-16 is in the future. Record it anyway?"]


def test_a_day_before_the_programme_is_asked_about():
    """“A day in the future, or before both adoption and the first day of the programme, asks.”"""
    (asked,) = questions("rules", Event.DONE, date(2010, 12, 8))

    assert asked == "2010-12-08 is before the programme, which begins on 2010-12-09. Record it anyway?"


def test_progress_before_an_occurrence_opens_has_a_remark():
    """It counts, and the officer sees that it is early."""
    early, in_time = draft("memorandum", Event.DONE, on=date(2011, 12, 31)), draft("memorandum", Event.DONE)

    assert [str(one.message) for one in early.remarks] == [
        "2011-12-31 is before “memorandum” opens, on 2012-01-01; it counts"
    ]
    assert in_time.remarks == ()


def test_an_earlier_completion_asks_before_it_moves_the_day():
    """What is done already, marked as done on an earlier day, would be done on that day."""
    done = entry("a", "2012-05-01", "rules", "done")

    assert questions("rules", Event.DONE, "2012-04-01", done) == [
        "“rules” is done since 2012-05-01. Move its completion to 2012-04-01?"
    ]


def test_an_event_before_a_later_entry_is_asked_about():
    """Progress can be added at any time; an event that changes the state may contradict what came after."""
    later = entry("later", "2012-06-20", "rules", "suspended")

    assert questions("rules", Event.PROGRESS, DAY, later) == []
    assert "has a later entry" in questions("rules", Event.DONE, DAY, later)[0]


def test_two_questions_can_be_asked_at_once():
    """A day in the future and before a later entry has both."""
    later = entry("later", "2012-07-20", "rules", "suspended")

    assert len(questions("rules", Event.DONE, date(2012, 7, 1), later)) == 2


def test_a_retraction_takes_an_entry_back():
    """The draft asks first, and shows the state that follows."""
    done = entry("a", "2012-05-01", "rules", "done")
    made = draft_retraction(done, taking_back("a", note="twice"), HISTORY, Journal.from_records([done]), DAY)

    assert [(type(one), one.retracts, one.note) for one in made.records] == [(Retraction, "a", "twice")]
    assert [one.after.course.progress for one in made.changes] == [Progress.NOT_STARTED]
    assert [str(one) for one in made.questions] == [
        "Entry a; milestone: rules (vi); recorded on 2012-05-01. Take back the entry of 2012-05-01, “rules done”?"
    ]


def test_the_question_shows_the_whole_entry():
    """Nobody should have to look up what is taken back, or whose it is."""
    texts = {"note": "One of two", "evidence": ("Report 7", "Report 8"), "by": "SoNgoaiVu"}
    one = entry("a", "2012-05-01", "donors@2012", count=1, **texts)
    made = draft_retraction(one, taking_back("a"), HISTORY, Journal.from_records([one]), DAY, is_ours=False)
    (question,) = map(str, made.questions)

    for part in ("count: +1", "note: One of two", "evidence: Report 7; evidence: Report 8", "reported by SoNgoaiVu"):
        assert part in question
    assert "it was not recorded here" in question


def test_an_entry_is_taken_back_once():
    """If another officer was faster, the second gets a sentence."""
    done = entry("a", "2012-05-01", "rules", "done")
    journal = Journal.from_records([done, Retraction(id="r", retracts="a", recorded=STAMP.recorded)])
    made = draft_retraction(done, taking_back("a"), HISTORY, journal, DAY)

    assert made.records == ()
    assert str(made.refusals[0].message) == "“a” has already been taken back"


def test_an_entry_of_a_gone_milestone_can_be_taken_back():
    """It changes no state."""
    gone = entry("a", "2012-05-01", "gone", "done")
    made = draft_retraction(gone, taking_back("a"), HISTORY, Journal.from_records([gone]), DAY)

    assert (len(made.records), made.changes, made.refusals) == (1, (), ())


def test_a_union_appends_what_is_missing():
    """What both have is one entry; the changes are those of the new entries."""
    one, two = entry("a", "2012-05-01", "rules"), entry("b", "2012-05-02", "memorandum", "done")
    made = draft_union(Journal.from_records([two, one]), HISTORY, Journal.from_records([one]), DAY)

    assert made.records == (two,)
    assert [change.after.occurrence.key for change in made.changes] == ["memorandum"]


def test_a_union_that_contradicts_the_journal_is_refused():
    """The same id with another content leaves the state undefined."""
    ours, theirs = entry("a", "2012-05-01", "rules", note="x"), entry("a", "2012-05-01", "rules", note="y")
    made = draft_union(Journal.from_records([theirs]), HISTORY, Journal.from_records([ours]), DAY)

    assert made.records == ()
    assert [one.place.path for one in made.refusals] == [("a",)]


@pytest.mark.parametrize(
    ("on", "today", "asked"),
    [
        ("2012-06", date(2012, 6, 15), []),
        ("2012", date(2012, 6, 15), []),
        ("2012-07", date(2012, 6, 15), ["2012-07 is in the future. Record it anyway?"]),
        ("2012-Q1", date(2012, 6, 15), []),
    ],
)
def test_a_period_that_has_begun_is_not_in_the_future(on, today, asked):
    """A day of it that is over may be the one that is meant."""
    assert questions("rules", Event.PROGRESS, on, today=today) == asked


def test_a_period_is_recorded_as_it_was_given():
    """No day is invented; a second “done” in the period is refused with the period."""
    done = draft("rules", Event.DONE, on="2012-05").entry
    again = draft("rules", Event.DONE, done, on="2012-05-31").refusals

    assert done.on.notation == "2012-05"
    assert str(again[0].message) == "“rules” has been done since 2012-05"


@given(journals(), journals())
def test_a_union_without_refusals_holds_everything(ours, theirs):
    """After it, this journal has every record of both, once."""
    mine, other = Journal.from_records(ours), Journal.from_records(theirs)
    made = draft_union(other, HISTORY, mine, DAY)
    if not made.refusals:
        union = mine | Journal.from_records(made.records)

        assert set(union.records) == {*mine.records, *other.records}
        assert len(made.records) == len(union) - len(mine)
