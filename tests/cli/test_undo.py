"""`cbfa undo`: taking an entry back without erasing it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import unix
from tests.cli.running import contents, terminal
from tests.strategies import append, entry


def test_the_last_entry_recorded_is_taken_back(cbfa, bridges):
    """Without a name it is the entry recorded last, not the one that happened last."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-03-01")
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01")
    answer = cbfa("undo", "--yes")

    assert answer.code == 0
    assert "of 2012-02-01" in answer.out
    assert [entry["on"] for entry in cbfa.json("log").page["items"]] == ["2011-06-01", "2011-12-01", "2012-03-01"]


def test_it_prints_the_state_before_and_after(cbfa, bridges):
    """What is done is no longer done, and the page says so."""
    answer = cbfa("undo", "e-2", "--yes")
    before, after = (next(line for line in answer.out.splitlines() if line.startswith(when)) for when in ("bef", "aft"))

    assert "✓ done on time" in before
    assert "! overdue" in after
    assert "Taken back: entry e-2 of 2011-12-01." in answer.out


def test_nothing_is_erased(cbfa, bridges):
    """The journal only grows: the retraction is one line more, with its note and who asked for it."""
    path = bridges / "data" / "progress.yaml"
    old = path.read_text(encoding="utf-8")
    cbfa("undo", "e-2", "--yes", "--note", "Nhầm cầu", "--by", "SC")
    new = path.read_text(encoding="utf-8")

    assert new.startswith(old)
    assert new.removeprefix(old).count("\n") == 1
    assert '"retracts":"e-2","note":"Nhầm cầu","by":"SoCau"' in new


def test_undo_again_takes_back_the_one_before(cbfa, bridges):
    """What is taken back already is passed over."""
    cbfa("undo", "--yes")
    cbfa("undo", "--yes")
    third = cbfa("undo", "--yes")

    assert cbfa.json("log").page["items"] == []
    assert third.code == 2
    assert "no entry that was recorded here and could be taken back" in third.err


def test_the_end_of_an_id_is_enough(cbfa, bridges):
    """An entry can be named by the end of its id, as the log shows it."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-03-01")
    entry = cbfa.json("log", "stone-bridge").page["items"][0]["id"]
    answer = cbfa("undo", entry[-8:].upper(), "--yes")

    assert answer.code == 0
    assert cbfa.json("log", "stone-bridge").page["items"] == []


@pytest.mark.parametrize(
    ("word", "sentence", "fix"),
    [
        ("e-9", "no entry has the id “e-9”", "list the entries with: cbfa log"),
        ("", "no entry has the id “”", "list the entries with: cbfa log"),
        ("xe-2", "no entry has the id “xe-2”", "list the entries with: cbfa log"),
    ],
)
def test_an_entry_that_is_not_there(cbfa, bridges, word, sentence, fix):
    """What names no entry is refused, and nothing is written."""
    before = contents(bridges)
    answer = cbfa("undo", word, "--yes")

    assert answer.code == 2
    assert sentence in answer.err
    assert fix in answer.err
    assert contents(bridges) == before


def test_an_end_that_several_ids_have(cbfa, bridges):
    """Where several entries are meant, they are listed."""
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"e-', '"7-ee-').replace('"7-ee-2"', '"8-ee-1"'), "utf-8")
    answer = cbfa("undo", "ee-1", "--yes")

    assert answer.code == 2
    assert "several entries have an id that ends in “ee-1”" in answer.err
    assert "7-ee-1" in answer.err
    assert "8-ee-1" in answer.err


def test_a_whole_id_that_is_the_end_of_another(cbfa, bridges):
    """A whole id means that entry, even where another id ends in it."""
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"id":"e-2"', '"id":"more-e-1"'), "utf-8")
    answer = cbfa("undo", "e-1", "--yes")

    assert answer.code == 0, answer.err
    assert [entry["id"] for entry in cbfa.json("log").page["items"]] == ["more-e-1"]


def test_the_same_entry_is_not_taken_back_twice(cbfa, bridges):
    """A second retraction of an entry is refused with a sentence."""
    cbfa("undo", "e-2", "--yes")
    before = contents(bridges)
    answer = cbfa("undo", "e-2", "--yes")

    assert answer.code == 2
    assert "“e-2” has already been taken back" in answer.err
    assert contents(bridges) == before


def test_an_entry_of_a_milestone_that_has_gone(cbfa, bridges):
    """An entry whose milestone has left the roadmap can be taken back, as `check` advises."""
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("inspection@2011", "inspection@2010"), "utf-8")
    warned = cbfa("check")
    answer = cbfa("undo", "e-2", "--yes")

    assert warned.code == 0
    assert "cbfa undo e-2" in warned.err
    assert answer.code == 0, answer.err
    assert "Taken back: entry e-2 of 2011-12-01." in answer.out
    assert cbfa("check").err == ""


def test_nothing_is_taken_back_in_a_journal_that_cannot_be_read(cbfa, bridges):
    """Where a line of the journal cannot be read, nothing is added to it."""
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", "utf-8")
    before = contents(bridges)
    answer = cbfa("undo", "--yes")

    assert answer.code == 3
    assert "conflict marker" in answer.err
    assert contents(bridges) == before


def test_where_nobody_can_answer_it_needs_yes(cbfa, bridges):
    """Off a terminal `undo` without `--yes` is refused, and says what it would take back."""
    before = contents(bridges)
    answer = cbfa("undo")

    assert answer.code == 2
    assert "Take back the entry of 2011-12-01, “inspection@2011 done”?" in answer.err
    assert "--yes" in answer.err
    assert contents(bridges) == before


@unix
@pytest.mark.parametrize(("typed", "code", "left"), [("y\n", 0, 1), ("n\n", 1, 2)])
def test_on_a_terminal_it_asks(cbfa, bridges, typed, code, left):
    """On a terminal it asks, and does what is answered."""
    answer = terminal("undo", cwd=bridges, typed=typed)

    assert "Take back the entry of 2011-12-01, “inspection@2011 done”? [y/N]" in answer.out
    assert answer.code == code
    assert len(cbfa.json("log").page["items"]) == left


def test_what_was_known_before_is_still_known(cbfa, bridges):
    """`--known-by` a day before the retraction still sees the entry; `--as-of` alone never does."""
    cbfa("undo", "e-2", "--yes")

    assert cbfa.json("list", "--state", "done", "--as-of", "2012", "--known-by", "2012").keys == ["inspection@2011"]
    assert cbfa.json("list", "--state", "done", "--as-of", "2012").keys == []


def test_an_entry_is_named_by_its_own_letters(cbfa, bridges):
    """An id that differs in a hyphen is another one."""
    append(bridges / "data" / "progress.yaml", [entry("a-b", "2012-05-01", "stone-bridge")])
    answer = cbfa("undo", "ab", "--yes")

    assert answer.code == 2
    assert "“ab”" in answer.err


FOREIGN = (
    '- {"id":"f-1","on":"2012-05-01","key":"stone-bridge","event":"progress","note":"Đã đúc dầm","evidence":["Báo cáo 7"],'
    '"by":"SoCau","recorded":"2099-05-02T08:00:00+07:00"}\n'
)


@pytest.fixture
def merged(cbfa, bridges):
    """The journal after a merge of an entry of another office, whose clock was ahead."""
    other = bridges / "other.yaml"
    other.write_text(FOREIGN, encoding="utf-8")
    assert cbfa("merge", str(other)).code == 0


def test_after_a_merge_the_last_entry_recorded_here_is_taken_back(cbfa, bridges, merged):
    """The entry of the other office stays, though it comes last and says that it was recorded last."""
    answer = cbfa("undo", "--yes")

    assert "Taken back: entry e-2 of 2011-12-01." in answer.out
    assert {entry["id"] for entry in cbfa.json("log").page["items"]} == {"e-1", "f-1"}


def test_the_question_shows_the_whole_entry_and_that_it_came_by_a_merge(cbfa, bridges, merged):
    """Who takes back what a colleague reported sees it before."""
    answer = cbfa("undo", "f-1")

    assert answer.code == 2
    for part in ("f-1", "note: Đã đúc dầm", "evidence: Báo cáo 7", "reported by SoCau", "it was not recorded here"):
        assert part in answer.err
    assert "it was not recorded here" not in cbfa("undo", "e-1").err


def test_an_entry_recorded_in_the_future_is_warned_of(cbfa, bridges, merged):
    """The clock was wrong; the fix that is named ends the warning."""
    answer = cbfa("check")

    assert "the entry was recorded in the future, on 2099-05-02" in answer.err
    assert "take the entry back (cbfa undo f-1)" in answer.err
    assert cbfa("undo", "f-1", "--yes").code == 0
    assert "in the future" not in cbfa("check").err
