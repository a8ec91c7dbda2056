"""`--as-of` and `--known-by`: which day a question is about, and by when it had to be known."""

from __future__ import annotations

import pytest

from tests.cli.running import contents, today


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2012", "2012-12-31"),
        ("2012-06", "2012-06-30"),
        ("06/2012", "2012-06-30"),
        ("6/2012", "2012-06-30"),
        ("2012-02", "2012-02-29"),
        ("31/12/2012", "2012-12-31"),
        ("1/2/2012", "2012-02-01"),
        ("2012-12-31", "2012-12-31"),
        (" 2012 ", "2012-12-31"),
    ],
)
@pytest.mark.parametrize(("option", "field"), [("--as-of", "as_of"), ("--known-by", "known_by")])
def test_ways_to_write_a_day(cbfa, bridges, option, field, written, meant):
    """A day in two ways; a month or a year means its last day."""
    assert cbfa.json("list", option, written).page[field] == meant


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2012-02-30", "invalid date “2012-02-30”: month 2 of 2012 has 29 days"),
        ("30/02/2012", "invalid date “30/02/2012”: month 2 of 2012 has 29 days"),
        ("2013-02-29", "month 2 of 2013 has 28 days"),
        ("2012-13", "invalid date “2012-13”: there is no month 13"),
        ("12/31/2012", "invalid date “12/31/2012”: there is no month 31"),
        ("2012-00-10", "there is no month 0"),
        ("0000", "“0000”"),
        ("soon", "“soon” is not a date"),
        ("", "“” is not a date"),
        ("12", "“12” is not a date"),
        ("2012-6-31-1", "is not a date"),
        ("²⁰¹²", "is not a date"),
    ],
)
@pytest.mark.parametrize("option", ["--as-of", "--known-by"])
def test_a_day_that_does_not_exist(cbfa, bridges, option, written, sentence):
    """It is refused with exit code 2, a sentence that says why, and a fix."""
    answer = cbfa("status", option, written)

    assert answer.code == 2
    assert sentence in answer.err
    assert "  fix: " in answer.err
    assert answer.out == ""


def test_without_as_of_it_is_today(cbfa, bridges):
    """The day asked about is today unless said otherwise."""
    before = today().isoformat()

    assert cbfa.json("list").page["as_of"] in (before, today().isoformat())


def test_the_state_depends_on_nothing_later(cbfa, bridges):
    """What happened after the day asked about changes nothing in the answer."""
    then = cbfa.json("list", "--as-of", "2012-06-30").out
    cbfa("mark", "stone-bridge", "done", "--on", "2012-07-01")

    assert cbfa.json("list", "--as-of", "2012-06-30").out == then
    assert cbfa.json("list", "--as-of", "2012-07-01").out != then


def test_what_happened_on_the_day_itself_counts(cbfa, bridges):
    """The question is about the evening of the day."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-07-01")

    assert cbfa.json("list", "--as-of", "2012-07-01", "--state", "done").keys == ["inspection@2011", "stone-bridge"]
    assert cbfa.json("list", "--as-of", "2012-06-30", "--state", "done").keys == ["inspection@2011"]


def test_known_by_leaves_out_what_was_recorded_later(cbfa, bridges):
    """An entry counts from the day on which it was recorded; the page says that it was asked so."""
    assert cbfa.json("list", "--as-of", "2011", "--known-by", "2011-12-02", "--state", "done").keys == [
        "inspection@2011"
    ]
    assert cbfa.json("list", "--as-of", "2011", "--known-by", "2011-12-01", "--state", "done").keys == []
    assert "As of 2011-12-31, as known on 2011-12-01" in (
        cbfa("list", "--as-of", "2011", "--known-by", "2011-12-01").out
    )


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["overdue"],
        ["upcoming"],
        ["list"],
        ["show", "inspection"],
        ["report"],
        ["agencies"],
        ["timeline"],
        ["log"],
    ],
)
def test_reading_commands_answer_about_a_day_and_write_nothing(cbfa, bridges, command):
    """Every reading command takes both days and leaves every file as it was."""
    before = contents(bridges)
    answer = cbfa(*command, "--as-of", "2011-12-31", "--known-by", "2011-11")

    assert answer.code == 0
    assert "As of 2011-12-31" in answer.out
    assert contents(bridges) == before


def test_the_furthest_days_break_nothing(cbfa, bridges):
    """The first and the last day of the calendar are days like any other."""
    assert cbfa("status", "--as-of", "0001-01-01").code == 0
    assert cbfa("status", "--as-of", "9999").code == 0
    assert cbfa("upcoming", "--as-of", "9999", "--days", "99999999").code == 0
