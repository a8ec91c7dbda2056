"""`cbfa status`: the state of the programme, on one screen."""

from __future__ import annotations

import pytest

from tests.cli.conftest import unix
from tests.cli.running import terminal

SCREEN = 40
"""Lines that a screen has room for."""
DAYS = [[], ["--as-of", "2011-06-30"], ["--as-of", "2013-06-30"], ["--as-of", "2015-06-30", "--known-by", "2015"]]
EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=["today", "2011", "2013", "2015"])
BOTH_LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])


@EVERY_DAY
@BOTH_LANGUAGES
def test_it_is_one_screen_in_a_pipe(cbfa, programme, day, lang):
    """The shipped programme takes at most 40 lines in plain text."""
    lines = cbfa("status", *day, "--lang", lang).out.splitlines()

    assert 20 < len(lines) <= SCREEN


@unix
@EVERY_DAY
@BOTH_LANGUAGES
def test_it_is_one_screen_on_a_terminal(programme, day, lang):
    """The shipped programme takes at most 40 lines at 80 columns."""
    lines = terminal("status", *day, "--lang", lang, cwd=programme, columns=80, NO_COLOR="1").out.splitlines()

    assert 20 < len(lines) <= SCREEN


def test_first_lines_say_which_programme_and_which_day(cbfa, programme):
    """The page opens with the programme, its legal basis, the day, what is counted, and the figures."""
    lines = cbfa("status", "--as-of", "2012-06-30").out.splitlines()

    assert lines[0] == "Foreign-affairs programme of Cao Bằng province, 2011–2015"
    assert lines[2].startswith("Resolution 42/2010/NQ-HĐND of 9 December 2010")
    assert lines[3] == "As of 2012-06-30 · 68 occurrences of 41 milestones"
    assert lines[4].startswith("done: 1 · overdue: 11 (over 30 days: 11) · within deadline: 43 · ")


def test_in_vietnamese_titles_are_vietnamese_and_the_day_comes_first(cbfa, programme):
    """With `--lang vi` the texts of the data and the dates are as a Vietnamese reader writes them."""
    out = cbfa("status", "--as-of", "2012-06-30", "--lang", "vi").out

    assert out.startswith("Chương trình hoạt động đối ngoại tỉnh Cao Bằng giai đoạn 2011–2015\n")
    assert "30/06/2012" in out
    assert "2012-06-30" not in out


def test_after_the_end_it_says_so_and_offers_a_day_inside(cbfa, bridges):
    """Asked about a day after the programme's end, it names the end and `--as-of`; on the last day it does not."""
    after, on = cbfa("status", "--as-of", "2014-01-01").out, cbfa("status", "--as-of", "2013-12-31").out

    assert "The programme ended on 2013-12-31. For its last day: --as-of 2013-12-31" in after
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

    assert "3 of 5 have no entry; this does not mean that nothing was done." in out


def test_the_figures_add_up_to_the_total(cbfa, programme):
    """Every occurrence is in exactly one figure of the first line, also one that is done without a deadline or suspended."""
    cbfa("mark", "belarus-cooperation", "done", "--on", "2012-01-05")
    cbfa("mark", "guangxi-mou", "suspended", "--on", "2012-01-05", "--yes")
    figures = cbfa("status", "--as-of", "2012-06-30").out.splitlines()[4].split(" · ")
    counts = {name: int(count.split()[0]) for name, count in (one.split(": ", 1) for one in figures[:-1])}

    assert list(counts) == ["done", "overdue", "within deadline", "no deadline set", "suspended"]
    assert counts["suspended"] == 1
    assert sum(counts.values()) == 68


def test_a_list_that_is_cut_names_the_command_for_the_rest(cbfa, programme):
    """The command in the hint lists as many as are shown and left out, in both languages."""
    for lang, more in (("en", " more: cbfa "), ("vi", " mục khác: cbfa ")):
        hints = [
            line for line in cbfa("status", "--as-of", "2013-06-30", "--lang", lang).out.splitlines() if more in line
        ]
        found = {}
        for hint in hints:
            left_out, command = hint.split(more)
            found[command.split()[0]] = int(left_out.split()[-1]), cbfa.json(*command.split(), "--lang", lang).page

        assert list(found) == ["overdue", "upcoming", "agencies"]
        assert found["overdue"][0] + 5 == len(found["overdue"][1]["items"])
        assert found["upcoming"][0] + 3 == len(found["upcoming"][1]["items"])
        assert found["agencies"][0] + 3 == sum(
            item["leads"]["official"]["overdue"] > 0 for item in found["agencies"][1]["items"]
        )


def test_asked_about_today_hints_name_no_day(cbfa, programme):
    """What is asked about today needs no option."""
    assert "more: cbfa overdue\n" in cbfa("status").out
