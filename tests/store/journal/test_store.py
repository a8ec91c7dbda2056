"""The journal store: what it reads, what it appends, and its lock."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from cbfa.errors import Invalid
from cbfa.problems import Severity
from cbfa.store.journal.lines import line_of
from cbfa.store.journal.store import FileJournal, new_id, read_copy
from tests.strategies import entry, retraction

ONE, TWO = entry("one", "2012-01-01", "rules"), entry("two", "2012-02-01", "rules")


@pytest.fixture
def store(tmp_path: Path) -> FileJournal:
    """A journal in a folder that does not exist yet."""
    return FileJournal(tmp_path / "share" / "progress.yaml")


def test_a_journal_that_does_not_exist_is_empty(store: FileJournal):
    """Reading it makes neither a file nor a lock."""
    contents = store.read()

    assert (len(contents.journal), contents.problems) == (0, [])
    assert not Path(store.name).parent.exists()


def test_what_is_appended_is_read(store: FileJournal):
    """All records of a call are there, and the place of each is known."""
    store.append([ONE, retraction("r", "one")])
    store.append([TWO])
    contents = store.read()

    assert set(contents.journal.records) == {ONE, TWO, retraction("r", "one")}
    assert contents.locate(("two",)).line == 3
    assert contents.locate(("two", "key")).column == line_of(TWO).index('"key"') + 1


def test_all_records_are_appended_or_none(store: FileJournal):
    """A record that is too long to be read again keeps the others out."""
    with pytest.raises(Invalid):
        store.append([ONE, entry("long", "2012-01-01", "rules", evidence=["x" * 8000] * 40)])

    assert len(store.read().journal) == 0


def test_the_lock_can_be_held_around_several_steps(store: FileJournal):
    """Within the lock the same store can read, append, and lock again."""
    with store.locked(), store.locked():
        store.append([ONE])
        store.append([TWO])

        assert len(store.read().journal) == 2


def test_a_packed_journal_is_read_and_not_written(tmp_path: Path):
    """The records of both files are one set; new ones go to the user's own file."""
    packed, own = tmp_path / "packed.yaml", tmp_path / "own.yaml"
    packed.write_text(line_of(ONE), encoding="utf-8")
    store = FileJournal(own, packed)
    store.append([TWO])

    assert set(store.read().journal.records) == {ONE, TWO}
    assert packed.read_text(encoding="utf-8") == line_of(ONE)
    assert store.read().locate(("one",)).file.endswith("packed.yaml")


def test_a_torn_line_of_a_copy_is_an_error(tmp_path: Path):
    """In one's own journal it is a warning; in a copy an entry would be lost."""
    copy = tmp_path / "copy.yaml"
    copy.write_text(line_of(ONE) + line_of(TWO)[:-5], encoding="utf-8")
    (own,), (theirs,) = FileJournal(copy).read().problems, read_copy(copy).problems

    assert (own.severity, theirs.severity) == (Severity.WARNING, Severity.ERROR)
    assert "an entry could be lost" in str(theirs.message)


def test_ids_are_unique_and_sorted_by_time():
    """Each is a UUID of version 7, and greater than the one before."""
    ids = [new_id() for _ in range(1000)]

    assert ids == sorted(set(ids))
    assert {uuid.UUID(one).version for one in ids} == {7}
