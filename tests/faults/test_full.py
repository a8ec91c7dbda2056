"""Files that are full: an entry is there whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbfa.core.journal import Entry
from cbfa.errors import NoAccess
from tests.faults.processes import ids_in, result_of_child, some_entry, unix
from tests.internals import append, line_of
from tests.progress import counted, ran
from tests.scale import before_a_release, chance, lengths, scaled
from tests.strategies import entry

pytestmark = unix

if os.name != "nt":
    import resource

PAGE = 4096
ONE = entry("one", "2012-01-01", "rules", note="Một")
NEW = entry("new", "2012-03-01", "visits", note="Đoàn đại biểu 💩 “đối ngoại”", evidence=["Biên bản số 7"])


def _new_entries() -> list[Entry]:
    dice = chance("a full file")
    return [NEW, *(some_entry(dice, f"new-{number}") for number in range(scaled(1, 100) - 1))]


def _appended(path: Path, record: Entry) -> str:
    """Append; return the sentence of its error, or nothing."""
    try:
        append(path, [record])
    except NoAccess as error:
        return str(error.message)
    return ""


def _appended_at_every_limit(path: Path, record: Entry, extra: int = 0) -> list[tuple[int, str, str]]:
    """Append under each limit of the file's size; return the room, the sentence and the text afterwards."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before, tried = path.read_bytes(), []
    for room in lengths(len(line_of(record))):
        path.write_bytes(before)
        path.with_name("progress.yaml.torn").unlink(missing_ok=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) - extra + room, resource.RLIM_INFINITY))
        sentence = _appended(path, record)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        tried.append((room, sentence, path.read_bytes().decode()))
    return tried


def test_a_file_that_is_full_at_any_byte_is_what_it_was(path: Path):
    """With room for a part of the line only, the file stays what it was, and a sentence says so."""
    for record in counted(_new_entries()):
        path.unlink(missing_ok=True)
        append(path, [ONE])
        before = path.read_text(encoding="utf-8")
        *short, last = result_of_child(lambda record=record: _appended_at_every_limit(path, record))

        assert len(short) == len(lengths(len(line_of(record)))) - 1
        assert {(sentence, text) for _, sentence, text in short} == {
            (f"cannot write {path}: No space left on device", before),
            (f"cannot write {path}: File too large", before),
        }
        assert last == [len(line_of(record)), "", before + line_of(record).decode()]
        ran(len(short))


def test_a_full_file_with_a_torn_tail_keeps_the_tail(path: Path):
    """A torn tail that was set aside before the file was full is kept there, and no entry is lost."""
    append(path, [ONE])
    whole = path.read_text(encoding="utf-8")
    with path.open("ab") as file:
        file.write(b'- {"id":"to')
    *short, last = result_of_child(lambda: _appended_at_every_limit(path, NEW, extra=len('- {"id":"to')))

    assert {text for _, _, text in short} == {whole}
    assert all(sentence.startswith("cannot write ") for _, sentence, _ in short)
    assert last == [len(line_of(NEW)), "", whole + line_of(NEW).decode()]
    assert set(path.with_name("progress.yaml.torn").read_bytes().splitlines()) == {b'- {"id":"to'}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB in memory; skip where it may not be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system, and only Linux has this one")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> Path:
    """Write a file that leaves no page of the disk free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(PAGE)):
                pass
        except OSError:
            return ballast
    return ballast


@before_a_release
def test_a_full_disk_at_any_byte_leaves_the_journal_as_it_was(small_disk: Path):
    """On a disk with room for a part of the line only, the journal stays what it was; with room again, marking goes on."""
    path = small_disk / "progress.yaml"
    records = _new_entries()
    for record, room in counted([(one, room) for one in records for room in range(len(line_of(one)) + 1)]):
        line = line_of(record)
        before = line_of(ONE)
        before += b"#" * (PAGE - len(before) - room - 1) + b"\n"
        path.write_bytes(before)
        ballast = _fill(small_disk)
        sentence = _appended(path, record)

        assert (sentence, path.read_bytes()) == (
            (f"cannot write {path}: No space left on device", before) if room < len(line) else ("", before + line)
        )

        ballast.unlink()
    path.write_bytes(line_of(ONE))
    append(path, [NEW])

    assert ids_in(path) == ["one", "new"]


@before_a_release
def test_a_full_disk_keeps_the_torn_tail_where_it_is(small_disk: Path):
    """A tail that cannot be set aside is not cut off."""
    path = small_disk / "progress.yaml"
    before = line_of(ONE) + b'- {"id":"to'
    path.write_bytes(before)
    ballast = _fill(small_disk)
    sentence = _appended(path, NEW)

    assert sentence == f"cannot write {path}: No space left on device"
    assert path.read_bytes() == before

    ballast.unlink()
    append(path, [NEW])

    assert ids_in(path) == ["one", "new"]
    assert path.with_name("progress.yaml.torn").read_bytes() == b'- {"id":"to\n'
