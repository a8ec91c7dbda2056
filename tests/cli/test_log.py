"""`cbfa log`: the journal, in the order in which things happened."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import READING

LATER = ("percent", "until", "note", "evidence", "by", "recorded")
MORE = ["in_roadmap", "parts"]
"""The fields of an entry that only the log has."""


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

    assert list(entry) == ["id", "on", "key", "event", "count", "value", *LATER, *MORE]
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


@pytest.fixture
def reported(cbfa, bridges):
    """Entries that SoDay reported, on milestones that it leads, supports, and has no part in."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--by", "SoDay")
    cbfa("mark", "rope-bridges", "progress", "--on", "2012-03-01", "--by", "SoCau")
    cbfa("mark", "inspection@2012", "progress", "--on", "2012-04-01", "--by", "SoDay")
    return bridges


def test_the_log_of_an_agency_has_what_it_reported_and_what_it_leads(cbfa, reported):
    """What it only supports is another agency's matter; each entry says which part the agency has."""
    answer = cbfa.json("log", "--agency", "SoDay")
    parts = [(item["on"], item["parts"]) for item in answer.page["items"]]

    assert parts == [
        ("2011-06-01", ["reporter"]),
        ("2011-12-01", ["lead"]),
        ("2012-02-01", ["reporter"]),
        ("2012-04-01", ["reporter", "lead"]),
    ]


def test_the_log_of_an_agency_says_which_part_it_has(cbfa, reported):
    """People read it in the filter and at each entry."""
    out = cbfa("log", "--agency", "SoDay", "--format", "plain").out
    lines = {line.split()[0]: line for line in out.splitlines() if line.startswith("201")}

    assert "reported by Rope Department, or about milestones that it leads" in out
    assert ("reported by SD" in lines["2012-02-01"], "led by SD" in lines["2012-02-01"]) == (True, False)
    assert ("reported by SD" in lines["2011-12-01"], "led by SD" in lines["2011-12-01"]) == (False, True)
    assert "led by" not in cbfa("log").out


@pytest.fixture
def taken_back(cbfa, bridges):
    """A journal in which SoCau took back an entry that SoDay had reported."""
    cbfa("undo", "e-1", "--yes", "--note", "Nhầm cầu", "--by", "SC")
    return bridges


def test_the_log_shows_what_was_taken_back(cbfa, taken_back):
    """Who took what back, and why: the retraction with its note, its reporter and the entry that it names."""
    answer = cbfa.json("log")
    (retraction,) = answer.page["retractions"]
    out = cbfa("log").out

    assert [item["id"] for item in answer.page["items"]] == ["e-2"]
    assert (retraction["retracts"], retraction["note"], retraction["by"]) == ("e-1", "Nhầm cầu", "SoCau")
    assert (retraction["entry"]["key"], retraction["entry"]["count"]) == ("rope-bridges", 1)
    for part in (
        *("Taken back", "rope-bridges: progress of 2011-06-01", "Cầu treo ở làng Nà Sác.", "reported by SD"),
        *("why: Nhầm cầu", "taken back by SC", "e-1"),
    ):
        assert part in out


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["rope"], 1),
        (["inspection"], 0),
        (["--agency", "SoDay"], 1),
        (["--agency", "SoCau"], 1),
        (["inspection", "--agency", "SoCau"], 0),
        (["--since", "2011-06-01"], 1),
        (["--since", "2011-06-02"], 0),
        (["--as-of", "2011-05-31"], 0),
        (["--known-by", "2012-01-01"], 0),
    ],
)
def test_retractions_are_narrowed_as_their_entries_are(cbfa, taken_back, arguments, found):
    """By occurrence, by day, by what was known; an agency sees those of its entries, and those that it made."""
    assert len(cbfa.json("log", *arguments).page["retractions"]) == found


@pytest.mark.parametrize(("named", "shown"), [("e-9", "an entry that is not in this journal"), ("r-0", "which stays")])
def test_a_retraction_that_names_no_entry_is_shown_too(cbfa, taken_back, named, shown):
    """What another office's copy may still bring, and a retraction of a retraction."""
    lines = [{"id": "r-0", "retracts": "e-2"}, {"id": "r-1", "retracts": named, "note": "?"}]
    with (taken_back / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        for line in lines:
            file.write("- " + json.dumps({**line, "recorded": "2012-01-02T08:00:00+07:00"}) + "\n")

    assert shown in cbfa("log").out
    assert cbfa.json("log").page["retractions"][1]["entry"] is None
    assert [one["retracts"] for one in cbfa.json("log", "--agency", "SC").page["retractions"]] == ["e-1"]


GONE = {
    "renamed": ("id: inspection", "id: examination", "inspection@2011"),
    "rescheduled": ("{every: year}", "{in: 2012}", "inspection@2011"),
    "shortened": (
        "{every: year}",
        "{every: year, from: 2012}",
        "inspection@2011",
    ),
}


@pytest.fixture(params=GONE)
def gone(request, bridges):
    """A roadmap in which a milestone was changed after something had been recorded for it."""
    old, new, key = GONE[request.param]
    path = bridges / "data" / "roadmap.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return request.param, key


def test_a_milestone_that_was_changed_stops_no_command(cbfa, gone):
    """Its entries are counted on the first screen, listed by `check`, and marked by `log`."""
    codes = [cbfa(*command).code for command in READING]
    status, check, log = cbfa("status"), cbfa("check"), cbfa("log")

    assert codes == [0] * len(READING)
    assert status.err == ""
    assert "1 entry is for a milestone that is not in the roadmap, and changes no state." in status.out
    assert "To list them: cbfa check" in status.out
    assert cbfa.json("status").page["not_in_roadmap"] == 1
    assert check.code == 0
    assert f"warning: the roadmap has no occurrence “{gone[1]}”" in check.err
    assert "not in the roadmap, changes no state" in log.out
    assert "2 entries · not in the roadmap: 1" in log.out
    assert [item["in_roadmap"] for item in cbfa.json("log").page["items"]] == [True, False]


def test_entries_of_a_changed_milestone_are_found_by_their_key(cbfa, gone):
    """The key that was recorded is found, and so is the milestone by its old id."""
    change, key = gone
    shown = (
        [entry["key"] for entry in cbfa.json("show", "inspection").page["entries"]] if change != "renamed" else [key]
    )

    assert cbfa.json("log", key).keys == [key]
    assert cbfa.json("log", "inspection").keys == [key]
    assert shown == [key]


def test_the_restored_milestone_takes_its_entries_up_again(cbfa, bridges):
    """The first advice of `check`: restore it in the roadmap."""
    path = bridges / "data" / "roadmap.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: inspection", "id: examination"), encoding="utf-8")
    before = cbfa.json("list", "--state", "done").keys
    path.write_text(text, encoding="utf-8")

    assert (before, cbfa.json("list", "--state", "done").keys) == ([], ["inspection@2011"])


def test_an_entry_without_a_milestone_that_was_taken_back_was_known_before(cbfa, gone):
    """`--known-by` an earlier day counts it and names the log, which marks it; today it is gone from the first screen."""
    cbfa("undo", "e-2", "--yes")
    then = cbfa("status", "--known-by", "2012")
    log = cbfa.json("log", "--known-by", "2012").page["items"]

    assert "1 entry is for a milestone that is not in the roadmap" in then.out
    assert "cbfa log --known-by 2012-12-31" in then.out
    assert [item["in_roadmap"] for item in log] == [True, False]
    assert "not in the roadmap" not in cbfa("status").out


def test_since_takes_a_period_for_its_first_day(cbfa, bridges):
    """An entry of a period is listed by the day from which it counts."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-Q2")

    assert cbfa.json("log", "--since", "2011-12").keys == ["inspection@2011", "stone-bridge"]
    assert cbfa.json("log", "--since", "2012-06-30").keys == ["stone-bridge"]
    assert cbfa.json("log", "--since", "2012-H2").keys == []
