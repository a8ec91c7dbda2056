"""`cbfa status`: where the programme stands, on one screen."""

from __future__ import annotations


def test_first_lines_say_which_programme_and_which_day(cbfa, programme):
    """The page opens with the programme, its legal basis, the day, and what its figures count."""
    lines = cbfa("status", "--as-of", "2012-06-30").out.splitlines()

    assert lines[0] == "Foreign-affairs programme of Cao Bằng province, 2011–2015"
    assert lines[3].startswith("Resolution 42/2010/NQ-HĐND of 9 December 2010")
    assert lines[4] == "As of 2012-06-30 · 68 occurrences of 41 milestones"


def test_in_vietnamese_titles_are_vietnamese_and_the_day_comes_first(cbfa, programme):
    """With `--lang vi` the texts of the data and the dates are as a Vietnamese reader writes them."""
    out = cbfa("status", "--as-of", "2012-06-30", "--lang", "vi").out

    assert out.startswith("Chương trình hoạt động đối ngoại tỉnh Cao Bằng giai đoạn 2011–2015\n")
    assert "30/06/2012" in out
    assert "2012-06-30" not in out.replace("--as-of 2012-06-30", "")


def test_after_the_end_it_says_so_and_offers_a_day_inside(cbfa, bridges):
    """Asked about a day after the programme's end, it names the end and `--as-of`; on the last day it does not."""
    after, on = cbfa("status", "--as-of", "2014-01-01").out, cbfa("status", "--as-of", "2013-12-31").out

    assert "The programme ended on 2013-12-31. To ask about a day in it: --as-of 2013-12-31" in after
    assert "The programme ended" not in on


def test_counts_stand_beside_percentages(cbfa, bridges):
    """Every percentage has its count beside it."""
    out = cbfa("status", "--as-of", "2012-12-31").out

    assert "1 of 5" in out
    assert "20%" in out


def test_json_holds_the_tallies(cbfa, bridges):
    """The JSON form has a tally for the whole, for each workstream, agency and year, and each adds up."""
    page = cbfa.json("status", "--as-of", "2013-01-01").page
    tallies = [page["total"], *page["items"], *page["agencies"], *page["years"]]

    assert (page["version"], page["kind"], page["as_of"]) == (1, "status", "2013-01-01")
    assert [item["id"] for item in page["items"]] == ["building"]
    assert page["total"]["occurrences"] == 5
    assert page["total"]["milestones"] == 3
    assert page["total"]["official"] == {
        "done-on-time": 1,
        "done-late": 0,
        "within-deadline": 2,
        "overdue": 2,
        "no-deadline": 0,
        "suspended": 0,
        "dropped": 0,
    }
    assert all(sum(tally["official"].values()) == tally["occurrences"] for tally in tallies)
    assert all(sum(tally["progress"].values()) == tally["occurrences"] for tally in tallies)
    assert [(year["year"], year["occurrences"]) for year in page["years"]] == [(2011, 1), (2012, 2), (2013, 2)]


def test_what_is_late_and_what_comes_next(cbfa, bridges):
    """The page names what is overdue, what falls due next, and the agencies with most that is overdue."""
    page = cbfa.json("status", "--as-of", "2013-01-01").page

    assert [item["key"] for item in page["overdue"]] == ["stone-bridge", "inspection@2012"]
    assert [item["key"] for item in page["upcoming"]] == ["rope-bridges", "inspection@2013"]
    assert {agency["id"]: agency["official"]["overdue"] for agency in page["agencies"]} == {"SoCau": 1, "SoDay": 1}


def test_nothing_is_divided_by_zero(cbfa, bridges):
    """A workstream without milestones has no percentage, and breaks nothing."""
    path = bridges / "data" / "roadmap.yaml"
    empty = "\n  - id: later\n    number: IV\n    title: {vi: Sau này, en: Later}\n    milestones: []\n"
    path.write_text(path.read_text() + empty)
    answer = cbfa("status", "--as-of", "2013-01-01")

    assert answer.code == 0
    assert "0 of 0" in answer.out
    assert cbfa.json("status").page["items"][1]["percent_done"] is None


def test_silence_is_called_silence(cbfa, bridges):
    """It says how many occurrences have no entry, and that this does not mean that nothing was done."""
    out = cbfa("status", "--as-of", "2013-01-01").out

    assert "3 occurrences have no entry" in out
    assert "does not mean that nothing was done" in out
