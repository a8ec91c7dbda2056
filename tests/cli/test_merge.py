"""`cbfa merge`: two offices' copies of the journal become one."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.running import READING, contents

THIRD = """\
- {"id":"e-3","on":"2012-05-01","key":"stone-bridge","event":"done","recorded":"2012-05-02T08:00:00Z"}
"""


@pytest.fixture
def other(bridges):
    """Another office's copy, which has one entry more."""
    path = bridges / "other.yaml"
    shutil.copy(bridges / "data" / "progress.yaml", path)
    with path.open("a", encoding="utf-8") as file:
        file.write(THIRD)
    return path


def test_what_is_new_is_taken_over_and_counted(cbfa, bridges, other):
    """It appends what is new, and lists it."""
    answer = cbfa("merge", str(other))

    assert answer.code == 0
    assert answer.out.startswith("1 new entry · 2 already in the journal\n")
    assert "2012-05-01  done     stone-bridge" in answer.out
    assert (bridges / "data" / "progress.yaml").read_text("utf-8").count('"id":"e-3"') == 1
    assert cbfa.json("list", "--search", "stone", "--as-of", "2012").page["items"][0]["progress"] == "done"


def test_what_came_in_is_listed(cbfa, bridges, other):
    """Entries and retractions, each whole, on the page and in JSON: an officer sees what a colleague has recorded and taken back."""
    with other.open("a", encoding="utf-8") as file:
        file.write('- {"id":"r-1","retracts":"e-1","note":"Nhầm","by":"SoDay","recorded":"2012-05-03T08:00:00Z"}\n')
    answer = cbfa("merge", str(other), "--format", "json")
    page = json.loads(answer.out)

    assert [one["id"] for one in page["items"]] == ["e-3"]
    assert [(one["id"], one["entry"]["id"], one["note"]) for one in page["retractions"]] == [("r-1", "e-1", "Nhầm")]
    assert page["known"] == 2


def test_a_retraction_that_came_in_says_what_it_takes_back(cbfa, other):
    """On the page, with its reason and its reporter."""
    with other.open("a", encoding="utf-8") as file:
        file.write('- {"id":"r-1","retracts":"e-1","note":"Nhầm","by":"SoDay","recorded":"2012-05-03T08:00:00Z"}\n')
    out = cbfa("merge", str(other)).out

    assert out.startswith("1 new entry · 1 new retraction · 2 already in the journal\n")
    for part in ("rope-bridges: progress of 2011-06-01", "why: Nhầm", "taken back by SD"):
        assert part in out


def test_merging_again_changes_nothing(cbfa, bridges, other):
    """The union with what is known already is what it was, to the byte."""
    cbfa("merge", str(other))
    before = (bridges / "data" / "progress.yaml").read_bytes()
    answer = cbfa("merge", str(other))

    assert answer.out == "0 new entries · 3 already in the journal\n"
    assert (bridges / "data" / "progress.yaml").read_bytes() == before


def test_the_other_copy_is_left_as_it_is(cbfa, bridges, other):
    """Only the own journal is written."""
    before = other.read_bytes()
    cbfa("merge", str(other))

    assert other.read_bytes() == before


def test_both_ways_round_the_state_is_the_same(cbfa, bridges, other):
    """Whoever merges whose copy, both know the same afterwards."""
    cbfa("mark", "inspection@2012", "done", "--on", "2012-07-01")
    mine = bridges / "mine.yaml"
    shutil.copy(bridges / "data" / "progress.yaml", mine)
    cbfa("merge", str(other))
    one = cbfa.json("list", "--as-of", "2012").out
    shutil.copy(other, bridges / "data" / "progress.yaml")
    cbfa("merge", str(mine))

    assert cbfa.json("list", "--as-of", "2012").out == one


def test_a_retraction_is_taken_over_too(cbfa, bridges):
    """What the other office took back is taken back here."""
    other = bridges / "other.yaml"
    other.write_text('- {"id":"r-1","retracts":"e-2","recorded":"2012-01-02T08:00:00+07:00"}\n', encoding="utf-8")
    answer = cbfa("merge", str(other))

    assert answer.out.startswith("0 new entries · 1 new retraction · 0 already in the journal\n")
    assert [entry["id"] for entry in cbfa.json("log").page["items"]] == ["e-1"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (THIRD.replace("e-3", "e-2"), "two different records share the id e-2"),
        (THIRD.replace("2012-05-01", "2012-02-30"), "invalid date “2012-02-30”"),
        ("<<<<<<< HEAD\n", "git left a conflict marker here"),
        ("not a journal\n", "an entry must be one line: - {…}"),
    ],
)
def test_what_is_wrong_in_the_other_copy_is_refused(cbfa, bridges, line, sentence):
    """A wrong or conflicting line is named with its place in the other copy, and nothing of it is taken over."""
    other = bridges / "other.yaml"
    other.write_text(THIRD.replace("e-3", "e-4") + line, encoding="utf-8")
    before = contents(bridges)
    answer = cbfa("merge", str(other))

    assert answer.code == 3
    assert f"{other}:2:" in answer.err
    assert sentence in answer.err
    assert answer.out == ""
    assert contents(bridges) == before


def test_an_entry_without_a_milestone_here_is_taken_over_with_the_rest(cbfa, bridges):
    """It is kept and named with the reason; it stops neither the merge nor any later command, and can be taken back."""
    other = bridges / "other.yaml"
    other.write_text(THIRD.replace("stone-bridge", "aqueduct") + THIRD.replace("e-3", "e-4"), encoding="utf-8")
    answer = cbfa("merge", str(other))

    assert answer.code == 0
    assert f"{other}:1:33: warning: the roadmap has no occurrence “aqueduct”" in answer.err
    assert (
        "ask the other office for its roadmap, which may be newer; or take the entry back: cbfa undo e-3" in answer.err
    )
    assert "2 new entries · 0 already in the journal\n" in answer.out
    assert cbfa.json("list", "--search", "stone", "--as-of", "2012").page["items"][0]["progress"] == "done"
    assert [cbfa(*command).code for command in READING] == [0] * len(READING)
    assert cbfa("undo", "e-3", "--yes").code == 0
    assert cbfa("check").err == ""


def test_what_has_no_milestone_here_is_named_among_many_of_our_own(cbfa, bridges):
    """However many problems the own journal has, those of the other copy are named."""
    ours = "".join(THIRD.replace("e-3", f"x-{n}").replace("stone-bridge", f"canal-{n}") for n in range(150))
    with (bridges / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        file.write(ours)
    other = bridges / "other.yaml"
    other.write_text(ours + THIRD.replace("stone-bridge", "aqueduct"), encoding="utf-8")
    answer = cbfa("merge", str(other))

    assert answer.err.count("warning: ") == 1
    assert "“aqueduct”" in answer.err


def test_a_torn_line_of_the_other_copy_is_no_entry_to_be_lost(cbfa, bridges, other):
    """A copy that ends in the middle of a line is refused: an entry of the other office would be lost without a word."""
    before = (bridges / "data" / "progress.yaml").read_bytes()
    other.write_bytes(other.read_bytes() + b'- {"id":"e-5"')
    answer = cbfa("merge", str(other))

    assert answer.code == 3
    assert answer.out == ""
    assert "this copy ends without a line ending" in answer.err
    assert (bridges / "data" / "progress.yaml").read_bytes() == before


def test_a_copy_that_is_not_there(cbfa, bridges):
    """What cannot be read ends with exit code 4 and a sentence."""
    answer = cbfa("merge", "nowhere.yaml")

    assert answer.code == 4
    assert answer.err.startswith("error: cannot read nowhere.yaml")
    assert "fix:" in answer.err


def test_a_copy_with_nothing_new_touches_nothing(cbfa, bridges):
    """Neither the journal nor a lock is written."""
    before = contents(bridges)
    answer = cbfa("merge", "data/progress.yaml")

    assert answer.code == 0
    assert answer.out.startswith("0 new entries")
    assert contents(bridges) == before


@pytest.mark.parametrize("day", ["2011-11-01", "2012-02-01"])
def test_a_contradiction_with_our_own_entry_is_named(cbfa, bridges, day):
    """`merge` and `check` name both entries and say which counts, whichever comes first in time."""
    other = bridges / "other.yaml"
    line = THIRD.replace("stone-bridge", "inspection@2011").replace("2012-05-01", day)
    other.write_text(line if day < "2011-12" else line.replace('"done"', '"dropped"'), encoding="utf-8")
    answer, check = cbfa("merge", str(other)), cbfa("check")

    assert answer.code == 0
    assert answer.err.startswith(f"{other}:1:")
    counts = "e-3" if day < "2011-12" else "e-2"
    for err in (answer.err, check.err):
        assert "two entries of “inspection@2011” contradict each other" in err
        assert ("e-2," in err, "e-3," in err, f"; {counts} counts" in err) == (True, True, True)


def test_a_suspected_double_count_is_named(cbfa, bridges):
    """The same count of the same day from another reporter."""
    other = bridges / "other.yaml"
    line = '- {"id":"e-3","on":"2011-06-01","key":"rope-bridges","event":"progress","count":1,"by":"SoCau"'
    other.write_text(line + ',"recorded":"2012-05-02T08:00:00Z"}\n', encoding="utf-8")
    answer, check = cbfa("merge", str(other)), cbfa("check")

    for err in (answer.err, check.err):
        assert "two entries of “rope-bridges” may count the same: e-1, +1 on 2011-06-01; e-3, +1 on 2011-06-01" in err
