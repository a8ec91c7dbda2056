"""Rights and locks: told, and never changed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbfa.errors import NoAccess
from cbfa.store.doctor import access, examine, repair
from cbfa.store.folder import Folder
from cbfa.views.pages.doctor import Care, care_of
from tests.cli.running import FILES, TINY
from tests.faults.processes import result_of_child, unix
from tests.faults.test_held import held_by_another
from tests.store.doctor.damage import NEW, Damaged, traces

pytestmark = unix


@pytest.fixture
def open_data() -> Iterator[Damaged]:
    """The tiny programme in a folder that every user may reach; the folders of pytest are the tester's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "data"
        path.mkdir()
        for name in FILES:
            shutil.copy(TINY / name, path / name)
        yield Damaged(Folder(path, path / "progress.yaml"))
        path.chmod(0o755)


def as_another(folder: Folder) -> list[list[str]]:
    """What a user who is not root is told, and whether fixing is refused."""

    def look() -> list[list[str]]:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        found = [[care_of(one).value, one.kind, str(one.place), str(one.message)] for one in examine(folder)]
        try:
            treated = repair(folder)
            return [*found, [f"{len(treated.done)} done"]]
        except NoAccess as error:
            return [*found, [str(error.message)]]

    return result_of_child(look)


def test_a_folder_that_may_not_be_written(open_data: Damaged):
    """It is reported, what would be fixed is reported too, and fixing ends with a sentence; nothing has changed."""
    open_data.add(NEW[:20])
    open_data.journal.chmod(0o444)
    open_data.path.chmod(0o555)
    before = traces(open_data.path)
    told = as_another(open_data.folder)

    assert [one[:3] for one in told[:3]] == [
        ["decide", "permission", "data"],
        ["decide", "permission", "progress.yaml"],
        ["fix", "torn-tail", "progress.yaml:4:1"],
    ]
    assert told[0][3] == "you have no permission to write in this folder"
    assert told[3] == [f"cannot write {open_data.journal}: Permission denied"]
    assert traces(open_data.path) == before


def test_amendments_that_may_not_be_written(open_data: Damaged):
    """`cbfa amend` adds to that file; the roadmap and the agencies are edited by hand, and may be read-only."""
    acts = open_data.path / "amendments.yaml"
    acts.write_text("format: 1\namendments:\n", encoding="utf-8")
    for path in (acts, open_data.path / "roadmap.yaml"):
        path.chmod(0o444)
    open_data.journal.chmod(0o666)
    open_data.path.chmod(0o777)

    assert [one[2:] for one in as_another(open_data.folder) if one[1:2] == ["permission"]] == [
        ["amendments.yaml", "you have no permission to write this file"]
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_may_not_be_read(open_data: Damaged, name: str):
    """It is reported, and its rights stay what they are."""
    (open_data.path / name).chmod(0o200)
    before = traces(open_data.path)
    told = as_another(open_data.folder)

    assert ["decide", "permission", name, "you have no permission to read this file"] in told
    assert traces(open_data.path) == before


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can give a file away")
def test_whose_it_is(open_data: Damaged):
    """A file of another user names the user; one's own names nobody."""
    os.chown(open_data.journal, 65534, 65534)

    assert access._other_owner(open_data.journal) == "nobody"
    assert access._other_owner(open_data.path / "roadmap.yaml") is None


def test_a_lock_that_is_held(data: Damaged, monkeypatch: pytest.MonkeyPatch):
    """A holder that goes on holding is reported; the lock file that it leaves is no finding, and is not touched."""
    monkeypatch.setattr(access, "LOCK_SECONDS", 0.2)
    with held_by_another(data.journal):
        told = data.findings()

    assert told == [("decide", "lock", "progress.yaml.lock")]
    assert (data.path / "progress.yaml.lock").exists()
    assert data.findings() == []


def test_who_waits_for_the_lock_gets_it(data: Damaged):
    """Asking whether the lock is free does not take it from a writer."""
    lock = data.write("progress.yaml.lock", b"")

    assert not access.is_held(lock)
    assert not access.is_held(data.path / "nothing")
    with held_by_another(data.journal):
        assert access.is_held(lock)


def test_mending_waits_for_the_lock(data: Damaged, monkeypatch: pytest.MonkeyPatch):
    """While another holds it, nothing is fixed, and the sentence names the lock."""
    monkeypatch.setattr("cbfa.store.journal.append.LOCK_SECONDS", 0.2)
    monkeypatch.setattr(access, "LOCK_SECONDS", 0.2)
    data.add(NEW[:20])
    before = data.raw
    with held_by_another(data.journal), pytest.raises(NoAccess) as caught:
        repair(data.folder)

    assert "progress.yaml.lock" in str(caught.value.message)
    assert data.raw == before


def test_a_pipe_with_the_name_of_the_journal(data: Damaged):
    """Nobody waits for it to speak."""
    data.journal.unlink()
    os.mkfifo(data.journal)

    assert data.findings() == [("decide", "no-file", "progress.yaml")]


def test_a_missing_file_is_reported(data: Damaged):
    """The agencies are needed; a journal is made by the first entry."""
    (data.path / "agencies.yaml").unlink()
    data.journal.unlink()

    assert data.findings() == [("decide", "no-file", "agencies.yaml")]


def test_a_journal_of_ones_own(tmp_path: Path):
    """Of a programme packed inside an installed cbfa only the user's journal is looked after; its folder need not be there yet."""
    own = Folder(TINY, tmp_path / "share" / "progress.yaml")
    assert examine(own) == []
    assert not own.own_journal.parent.exists()
    own.own_journal.parent.mkdir()
    own.own_journal.write_bytes(NEW + NEW[:20])
    (own.own_journal.parent / "roadmap (1).yaml").write_bytes(b"")
    before = traces(TINY)

    assert [care_of(one) for one in examine(own)] == [Care.FIX]
    assert len(repair(own).done) == 1
    assert traces(TINY) == before
