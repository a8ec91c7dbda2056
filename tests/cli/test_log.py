"""`cbfa log`: the journal, in the order in which things happened."""

from __future__ import annotations

import pytest


@pytest.fixture
def recorded(cbfa, bridges):
    """A journal with four entries, recorded in another order than they happened in."""
    cbfa("mark", "inspection@2012", "done", "--on", "2012-07-01")
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--percent", "50", "--note", "Trụ cầu đã xong")
    return bridges


def days(answer):
    return [item["on"] for item in answer.page["items"]]


def test_entries_come_in_the_order_in_which_things_happened(cbfa, recorded):
    """Not the order of the lines but the day decides."""
    assert days(cbfa.json("log")) == ["2011-06-01", "2011-12-01", "2012-02-01", "2012-07-01"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["inspection"], ["2011-12-01", "2012-07-01"]),
        (["insp"], ["2011-12-01", "2012-07-01"]),
        (["inspection@2012"], ["2012-07-01"]),
        (["inspection@2013"], []),
        (["--agency", "SoCau"], ["2011-06-01", "2012-02-01"]),
        (["--agency", "Sở Dây"], ["2011-06-01", "2011-12-01", "2012-07-01"]),
        (["--since", "2012-02-01"], ["2012-02-01", "2012-07-01"]),
        (["--since", "02/02/2012"], ["2012-07-01"]),
        (["inspection", "--since", "2012-01-01", "--agency", "SD"], ["2012-07-01"]),
        (["--as-of", "2011"], ["2011-06-01", "2011-12-01"]),
        (["--known-by", "2011-11"], ["2011-06-01"]),
    ],
)
def test_the_log_can_be_narrowed(cbfa, recorded, arguments, found):
    """By milestone, by year, by agency, by the day on which it happened, by the day on which it was known."""
    assert days(cbfa.json("log", *arguments)) == found


def test_an_entry_has_all_its_fields_in_json(cbfa, recorded):
    """What was recorded comes back, field by field."""
    entry = cbfa.json("log", "stone-bridge").page["items"][0]

    assert list(entry) == ["id", "on", "key", "event", "count", "percent", "note", "evidence", "by", "recorded"]
    assert (entry["key"], entry["event"], entry["percent"]) == ("stone-bridge", "progress", 50)
    assert (entry["note"], entry["evidence"], entry["count"]) == ("Trụ cầu đã xong", [], None)


def test_the_log_says_who_reported(cbfa, recorded):
    """The note, the evidence, the count and the reporting agency are shown."""
    out = cbfa("log").out

    for part in ("Cầu treo ở làng Nà Sác.", "+1", "reported by SD", "Biên bản số 7", "50%", "4 entries"):
        assert part in out


def test_the_log_says_what_the_journal_covers(cbfa, programme):
    """The programme's own words about its records are above the entries."""
    assert "The entries shipped here come from the public record only" in cbfa("log").out


def test_an_empty_log_says_so(cbfa, bridges):
    """Where nothing fits, a sentence says it."""
    answer = cbfa("log", "inspection@2013")

    assert answer.code == 0
    assert "No entry matches this selection." in answer.out
