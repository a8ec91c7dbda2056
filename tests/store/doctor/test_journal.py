"""The journal by itself: torn, marked by git, with other line ends, with records twice."""

from __future__ import annotations

import pytest

from cbfa.store.doctor import repair
from cbfa.store.journal.lines import line_of
from cbfa.views.pages.doctor import Care, care_of
from tests.faults.processes import unix
from tests.store.doctor.damage import NEW, OTHER_THIRD, Damaged
from tests.strategies import entry

BOM = b"\xef\xbb\xbf"
MARKED = b"<<<<<<< HEAD\n" + NEW + b"||||||| base\n=======\n" + NEW.replace(b"e-3", b"e-5") + b">>>>>>> office\n"


def test_a_sound_folder_has_nothing(data: Damaged):
    """Nothing is found, nothing is done, and no lock is made for it."""
    assert data.look() == []
    assert data.fix() == ([], [], [])
    assert not (data.path / "progress.yaml.lock").exists()


def test_a_torn_tail_is_moved_aside(data: Damaged):
    """As an append does it; then a person is shown what was moved."""
    before = data.raw
    data.add(NEW[:30])

    assert data.findings() == [("fix", "torn-tail", "progress.yaml:4:1")]
    treated = data.fix()
    assert [str(one.fix) for one in treated.done] == ["moved to progress.yaml.torn"]
    assert data.raw == before
    assert (data.path / "progress.yaml.torn").read_bytes() == NEW[:30] + b"\n"
    assert [(one.kind, one.shown) for one in treated.left] == [("torn-file", (NEW[:30].decode(),))]


def test_a_whole_line_without_its_end_is_moved_too(data: Damaged):
    """Nobody was told that it is recorded, so it does not begin to count by itself; a person is told that it is whole."""
    before = data.records()
    data.add(NEW[:-1])

    assert str(data.look()[0].message) == "the last line has no line ending, so it does not count"
    data.fix()
    assert data.records() == before
    assert [care_of(one) for one in data.look()] == [Care.DECIDE]


def test_what_was_torn_and_is_recorded_needs_nobody(data: Damaged):
    """Lines moved aside that stand in the journal too are good to know; a piece among them is not."""
    data.add(NEW)
    data.write("progress.yaml.torn", NEW)
    known = data.findings()
    data.write("progress.yaml.torn", NEW + b"- {\n")

    assert known == [("know", "torn-file", "progress.yaml.torn")]
    assert data.findings() == [("decide", "torn-file", "progress.yaml.torn")]
    assert data.look()[0].shown == ("- {",)


def test_both_sides_of_a_conflict_stay(data: Damaged):
    """Only the lines with the markers go, and the journal as it was is kept."""
    before = data.raw
    data.add(MARKED)

    assert data.findings() == [("fix", "conflict-markers", "progress.yaml:4:1")]
    treated = data.fix()
    assert [str(one.fix) for one in treated.done] == ["done; the old journal is kept as kept/progress.yaml"]
    assert data.raw == before + NEW + NEW.replace(b"e-3", b"e-5")
    assert data.kept() == {"progress.yaml": before + MARKED}
    assert data.look() == []


@pytest.mark.parametrize("line", [b"no entry\n", b'- {"id":"x"}\n', b"one\rtwo\n", b"- {\xff}\n"])
def test_a_conflict_with_other_wrong_lines_is_left(data: Damaged, line: bytes):
    """A line that is neither marker, nor record, nor comment: nobody knows what belongs to what, so nothing is touched."""
    data.add(MARKED + line)
    before = data.raw

    assert data.findings()[0] == ("decide", "conflict-markers", "progress.yaml:4:1")
    assert data.fix().done == []
    assert data.raw == before


@pytest.mark.parametrize("mixed", [NEW[:-1] + b"\r\n", BOM + NEW, b"\r\n", b"# one\r\n" + BOM + NEW])
def test_line_ends_become_one(data: Damaged, mixed: bytes):
    """The records stay what they are, the rest of the bytes too, and the journal as it was is kept."""
    data.add(mixed)
    before, records = data.raw, data.records()

    assert data.findings() == [("fix", "line-ends", "progress.yaml:4:1")]
    assert len(data.fix().done) == 1
    assert data.raw == before.replace(b"\r", b"").replace(BOM, b"")
    assert data.records() == records
    assert data.kept() == {"progress.yaml": before}


def test_one_id_with_two_contents_is_shown(data: Damaged):
    """Both lines are shown with their numbers, and nothing is done."""
    data.add(NEW + OTHER_THIRD)
    found = data.look()

    assert data.findings() == [("decide", "same-id", "progress.yaml:4:1")]
    assert sorted(line.partition(" | ")[0] for line in found[0].shown) == ["4", "5"]
    assert any('"done"' in line for line in found[0].shown)
    assert any('"progress"' in line for line in found[0].shown)
    assert data.fix().done == []


def test_long_lines_are_shown_where_they_differ(data: Damaged):
    """The part in which two long records differ is on screen."""
    note = "dài " * 300
    for end in ("một", "hai"):
        data.add(line_of(entry("e-3", "2012-05-01", "stone-bridge", note=note + end)).encode())

    assert any("một" in line for line in data.look()[0].shown)
    assert all(len(line) <= 240 for line in data.look()[0].shown)


def test_an_old_file_is_kept_under_a_free_name(data: Damaged):
    """Nothing in kept/ is ever written over."""
    (data.path / "kept").mkdir()
    (data.path / "kept" / "progress.yaml").write_bytes(b"mine")
    data.add(MARKED)
    before = data.raw
    data.fix()

    assert data.kept() == {"progress.yaml": b"mine", "progress.2.yaml": before}


@unix
def test_who_may_read_what_is_kept(data: Damaged):
    """Nobody who might not read the journal."""
    data.add(MARKED)
    data.journal.chmod(0o600)
    data.fix()

    assert (data.path / "kept" / "progress.yaml").stat().st_mode & 0o777 == 0o600
    assert data.journal.stat().st_mode & 0o777 == 0o600


def test_what_is_kept_already_is_not_kept_twice(data: Damaged):
    """A fix that was cut off after keeping begins anew without another copy."""
    data.add(MARKED)
    (data.path / "kept").mkdir()
    (data.path / "kept" / "progress.yaml").write_bytes(data.raw)
    data.fix()

    assert list(data.kept()) == ["progress.yaml"]


def test_what_cannot_be_kept_is_not_changed(data: Damaged):
    """A file with the name of kept/: the fix fails with a sentence, and the journal is what it was."""
    data.write("kept", b"a file")
    data.add(MARKED)
    before = data.raw

    treated = repair(data.folder)

    assert len(treated.failed) == 1
    assert "kept" in str(treated.failed[0].message)
    assert [care_of(one) for one in treated.left] == [Care.FIX]
    assert data.raw == before
