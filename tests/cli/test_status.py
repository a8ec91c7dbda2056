"""`cbfa status`: the state of the programme, on one screen."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date

import pytest

from cbfa.core.snapshot import Snapshot
from cbfa.store.folder import Folder
from cbfa.store.loading import load
from cbfa.views.page import Counts, Sentence, Tone
from cbfa.views.pages.status import status_page
from tests.cli.conftest import unix
from tests.cli.running import process, terminal

SCREEN = 40
"""Lines that a screen has room for."""
DAYS = [[], ["--as-of", "2011-06-30"], ["--as-of", "2013-06-30"], ["--as-of", "2015-06-30", "--known-by", "2015"]]
EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=["today", "2011", "2013", "2015"])
BOTH_LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])


def snapshot_of(folder, day):
    """The programme of a folder on a day."""
    data = folder / "data"
    return Snapshot.take(*load(Folder(data, data / "progress.yaml")).usable(), day)


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
    assert lines[4].startswith("done: 1 · overdue: 11 (no entry: 11, lead inferred: 9, over 30 days: 11) · ")


def test_it_names_a_folder_that_is_not_the_one_of_the_working_folder(cbfa, bridges, tmp_path_factory):
    """Chosen by `--data` or `CBFA_DATA`, it is named in full; the programme of the working folder is not."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(bridges / "data", elsewhere / "data")
    by_option, by_setting = (
        cbfa("status", "--data", str(elsewhere)),
        process("status", cwd=bridges, CBFA_DATA=str(elsewhere)),
    )

    assert f"The files are in {elsewhere / 'data'}; the commands below need --data, too." in by_option.out
    assert f"The files are in {elsewhere / 'data'}." in by_setting.out
    for arguments in ([], ["--data", "data"]):
        assert "The files are in" not in cbfa("status", *arguments).out


def test_away_from_any_programme_it_says_where_entries_are_kept(cbfa, tmp_path, monkeypatch):
    """The programme that comes with cbfa is shown, and what the user records lies elsewhere."""
    monkeypatch.chdir(tmp_path)
    out = cbfa("status").out

    assert "This programme comes with cbfa; your own entries are in " in out
    assert "progress.yaml." in out


def test_in_vietnamese_titles_are_vietnamese_and_the_day_comes_first(cbfa, programme):
    """With `--lang vi` the texts of the data and the dates are as a Vietnamese reader writes them."""
    out = cbfa("status", "--as-of", "2012-06-30", "--lang", "vi").out

    assert out.startswith("Chương trình hoạt động đối ngoại tỉnh Cao Bằng giai đoạn 2011–2015\n")
    assert "30/06/2012" in out
    assert "2012-06-30" not in out


def test_after_the_end_it_says_so_and_offers_a_day_inside(cbfa, bridges):
    """Asked about a day after the programme's end, it names the end and `--as-of`; on the last day it does not."""
    after, on = cbfa("status", "--as-of", "2014-01-01").out, cbfa("status", "--as-of", "2013-12-31").out

    ended = "The programme ended on 2013-12-31, with 1 done, 2 overdue and 2 within deadline."
    assert f"{ended} For its last day: --as-of 2013-12-31\n" in after
    assert "\ndone: 1 · overdue: 4 " in after
    assert on.splitlines()[4].startswith("done: 1 · overdue: 2 ")
    assert "within deadline: 2 " in on
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
    """A workstream without milestones has dashes, and breaks nothing."""
    path = bridges / "data" / "roadmap.yaml"
    empty = "\n  - id: later\n    number: IV\n    title: {vi: Sau này, en: Later}\n    milestones: []\n"
    path.write_text(path.read_text() + empty)
    answer = cbfa("status", "--as-of", "2013-01-01")

    assert answer.code == 0
    assert "0 of 0" not in answer.out
    assert next(line for line in answer.out.splitlines() if "Later" in line).count("–") == 2
    assert cbfa.json("status").page["items"][1]["percent_done"] is None


def test_silence_is_called_silence(cbfa, bridges):
    """It says how many occurrences have no entry, and that this does not mean that nothing was done."""
    out = cbfa("status", "--as-of", "2013-01-01").out

    assert "3 of 5 have no entry; this does not mean that nothing was done." in out


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("day", ["2011-06-30", "2012-06-30", "2013-06-30", "2026-01-01"])
def test_one_line_adds_the_classes_up_to_the_total(cbfa, programme, day, lang):
    """Every occurrence is in exactly one class, also one that is done without a deadline, suspended or dropped."""
    cbfa("mark", "belarus-cooperation", "done", "--on", "2012-01-05")
    cbfa("mark", "guangxi-mou", "suspended", "--on", "2012-01-05", "--yes")
    cbfa("mark", "ingo-workshop", "dropped", "--on", "2012-01-05", "--yes")
    answer = cbfa("status", "--as-of", day, "--lang", lang)
    (line,) = [line for line in answer.out.splitlines() if line.endswith(" = 68")]
    counts = [int(part.split()[-1]) for part in line.removesuffix(" = 68").split(" + ")]
    official = cbfa.json("status", "--as-of", day).page["total"]["official"]

    assert sum(counts) == 68
    assert counts == [count for count in official.values() if count]


def test_the_figures_say_their_parts(cbfa, programme):
    """A figure that the words of states would count otherwise says which part is which."""
    out = cbfa("status", "--as-of", "2013-06-30").out

    assert "overdue: 24 (no entry: 23, lead inferred: 19, over 30 days: 24)" in out
    assert "within deadline: 29 (not yet open: 17, due soon: 1)" in out
    assert "no deadline: 13 (done: 1)" in out
    for state, count in (("within-deadline", 11), ("upcoming", 17), ("due-soon", 1)):
        keys = cbfa.json("list", "--class", "within-deadline", "--state", state, "--as-of", "2013-06-30").keys
        assert len(keys) == count


def test_a_red_figure_stands_beside_its_reservations(cbfa, programme):
    """In the figures, by workstream, by agency and row by row: how much of what is overdue was never reported or is inferred."""
    out = cbfa("status", "--as-of", "2013-06-30").out
    page = cbfa.json("status", "--as-of", "2013-06-30").page

    assert re.search(r"^IV Measures .* 4 \(4\)$", out, re.MULTILINE)
    assert re.search(r"^Whole programme .* 24 \(23\)$", out, re.MULTILINE)
    assert re.search(r"^Department of Foreign Affairs +16 of 50 +2 by the text, 14 inferred$", out, re.MULTILINE)
    assert re.search(r"^! 2 years +no entry +Plan and scheme", out, re.MULTILINE)
    assert re.search(r"^2013-06-30† +Mid-term review \(derived date\)", out, re.MULTILINE)
    assert page["total"]["overdue_without_entry"] == 23
    assert page["total"]["overdue_inferred"] == 19


def test_the_caveat_about_silence_follows_the_figures_in_normal_weight(programme):
    """It is no fainter than any other sentence."""
    page = status_page(snapshot_of(programme, date(2013, 6, 30)), date(2013, 6, 30))
    counts = [number for number, block in enumerate(page.blocks) if isinstance(block, Counts)]
    caveat = page.blocks[counts[1] + 1]

    assert isinstance(caveat, Sentence)
    assert "does not mean that nothing was done" in str(caveat.text)
    assert caveat.tone is Tone.PLAIN


def test_what_is_dropped_leaves_the_base(cbfa, programme):
    """Eight of nine dropped and one done is one of one; the eight are counted beside it."""
    keys = cbfa.json("list", "--workstream", "III.2").keys
    for key in keys[1:]:
        assert cbfa("mark", key, "dropped", "--on", "2012-01-05", "--yes").code == 0
    assert cbfa("mark", keys[0], "done", "--on", "2012-01-06", "--yes").code == 0
    out = cbfa("status", "--as-of", "2012-06-30").out
    (item,) = [one for one in cbfa.json("status", "--as-of", "2012-06-30").page["items"] if one["number"] == "III.2"]

    assert len(keys) == 9
    assert re.search(r"^III.2 Economic diplomacy +█+ +1 of 1 +100% +0 +8$", out, re.MULTILINE)
    assert "dropped: 8" in out
    assert (item["base"], item["percent_done"], item["progress"]["dropped"]) == (1, 100.0, 8)


def test_the_update_rate_and_the_silence_can_be_followed(cbfa, bridges):
    """The first screen says how much of what was open has an entry of the last 90 days, and JSON agrees."""
    out = cbfa("status", "--as-of", "2011-08-29").out
    total = cbfa.json("status", "--as-of", "2011-08-29").page["total"]

    assert "open, updated in 90 days: 1 of 2 · no deadline, no entry for 180 days: 0" in out
    assert (total["updated_in_90_days"], total["open_in_90_days"]) == (1, 2)
    assert cbfa.json("status", "--as-of", "2011-08-30").page["total"]["updated_in_90_days"] == 0


def test_a_tie_is_never_cut(cbfa, programme):
    """On every day, what ties is either named whole or counted in one row, and the hint says how many follow."""
    for day in ("2012-06-30", "2013-06-30", "2015-06-30", "2026-01-01"):
        out = cbfa("status", "--as-of", day).out
        late = cbfa.json("overdue", "--as-of", day).page["items"]
        rows = out.partition("\nLongest overdue")[2].partition("\n\n")[0].splitlines()[2:]
        by_due = Counter(item["due"] for item in late)
        shown = 0
        for row in rows:
            if found := re.search(r"(\d+) occurrences? due (\S+)", row):
                assert by_due[found[2]] == int(found[1])
                shown += int(found[1])
            elif row.startswith("! "):
                shown += 1
            elif found := re.match(r"… and (\d+) more: cbfa overdue", row):
                assert int(found[1]) == len(late) - shown
        assert shown in [sum(list(by_due.values())[:number]) for number in range(1, len(by_due) + 1)]


def test_agencies_that_tie_are_all_named(cbfa, programme):
    """On 30 June 2012 two agencies owe one thing each: both are named, in one row."""
    out = cbfa("status", "--as-of", "2012-06-30").out

    assert re.search(r"^2 agencies: PPC, DOF +1 each +1 by the text, 1 inferred$", out, re.MULTILINE)
    assert "cbfa agencies" not in out


def test_json_does_not_cut_a_tie_either(cbfa, programme):
    """`overdue` and `upcoming` of the first screen end with everything that ties with the last."""
    page = cbfa.json("status", "--as-of", "2013-06-30").page
    whole = cbfa.json("overdue", "--as-of", "2013-06-30").page["items"]

    assert len(page["overdue"]) == 11
    assert page["overdue"][-1]["due"] != whole[11]["due"]


def test_a_list_that_is_cut_names_the_command_for_the_rest(cbfa, programme):
    """The command in the hint lists all, in both languages."""
    for lang in ("en", "vi"):
        lines = cbfa("status", "--as-of", "2013-06-30", "--lang", lang).out.splitlines()
        hints = [
            found for line in lines if (found := re.search(r"^\D+(\d+) \D*: cbfa (.*)$|^\D+(\d+): cbfa (.*)$", line))
        ]
        found = {}
        for hint in hints:
            number, command = int(hint[1] or hint[3]), (hint[2] or hint[4]).split()
            found[command[0]] = number, cbfa.json(*command, "--lang", lang).page["items"]

        assert list(found) == ["overdue", "upcoming", "agencies"]
        assert found["overdue"][0] == len(found["overdue"][1]) == 24  # in three rows, of which two count
        assert found["upcoming"][0] + 1 + 7 + 7 == len(found["upcoming"][1])
        assert found["agencies"][0] + 3 == sum(
            item["leads"]["official"]["overdue"] > 0 for item in found["agencies"][1]
        )


def test_asked_about_today_hints_name_no_day(cbfa, programme):
    """What is asked about today needs no option."""
    assert "more: cbfa overdue\n" in cbfa("status").out
