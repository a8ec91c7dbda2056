"""Appending to the journal loses nothing: real files, real processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbfa.core.journal import Entry, Record
from cbfa.errors import Invalid, NoAccess
from cbfa.store.journal import append as module
from cbfa.store.journal.append import append_lines, locked, move_torn_tail
from cbfa.store.journal.lines import MAX_LINE, line_of
from tests.strategies import append, entry, records_in, retraction, texts, wordy_records

ONE, TWO = entry("one", "2012-01-01", "rules", note="Một"), entry("two", "2012-02-01", "memorandum", "done")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a journal will be."""
    return tmp_path / "data" / "progress.yaml"


def test_what_is_appended_is_read_back(path: Path):
    """The first append makes the folder and the file; the others add to it and touch nothing else."""
    append(path, [ONE])
    before = path.read_bytes()
    append(path, [TWO, retraction("r", "two")])

    assert records_in(path) == [ONE, TWO, retraction("r", "two")]
    assert path.read_bytes().startswith(before)
    assert not path.with_name("progress.yaml.torn").exists()


def test_appending_nothing_makes_no_file(path: Path):
    """Nothing to record, nothing to write."""
    append(path, [])

    assert not path.parent.exists()


@settings(max_examples=25)
@given(st.lists(wordy_records(), min_size=1, max_size=3))
def test_any_record_can_be_appended(records: list[Record]):
    """Whatever the texts, the journal holds them afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.yaml"
        append(path, records)

        assert records_in(path) == records


def test_a_torn_tail_is_moved_aside(path: Path):
    """What a power cut left is kept in a file of its own, and the next entry begins on a line of its own."""
    append(path, [ONE])
    with path.open("ab") as file:
        file.write(b'- {"id":"torn","note":"\xe1\xba')
    append(path, [TWO])

    assert records_in(path) == [ONE, TWO]
    assert path.with_name("progress.yaml.torn").read_bytes() == b'- {"id":"torn","note":"\xe1\xba\n'


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_torn_tail_stays_as_private_as_the_journal(path: Path, mode: int):
    """Whoever may not read the journal may not read what was torn off it."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"- {torn")
    path.chmod(mode)
    append(path, [ONE])

    assert path.with_name("progress.yaml.torn").stat().st_mode & 0o777 == mode


def test_a_mark_of_byte_order_alone_is_nothing(path: Path):
    """Notepad saves an empty file like that: nothing is torn."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xef\xbb\xbf")

    append(path, [ONE])

    assert records_in(path) == [ONE]
    assert not path.with_name("progress.yaml.torn").exists()


def test_a_second_torn_tail_is_added_to_the_first(path: Path):
    """Nothing that was moved aside is lost."""
    for tail in (b"first", b"second"):
        append(path, [ONE])
        with path.open("ab") as file:
            file.write(tail)
    append(path, [TWO])

    assert path.with_name("progress.yaml.torn").read_bytes() == b"first\nsecond\n"


def test_a_torn_tail_longer_than_a_block_is_found(path: Path):
    """The last line end is looked for as far back as need be."""
    append(path, [ONE])
    with path.open("ab") as file:
        file.write(b"x" * 200_000)
    append(path, [TWO])

    assert records_in(path) == [ONE, TWO]
    assert path.with_name("progress.yaml.torn").stat().st_size == 200_001


def test_a_file_that_is_nothing_but_a_torn_tail(path: Path):
    """The first line of all can be torn too."""
    path.parent.mkdir()
    path.write_bytes(b"- {")
    append(path, [ONE])

    assert records_in(path) == [ONE]


def test_a_tail_of_spaces_is_not_worth_keeping(path: Path):
    """Blank bytes are cut off without a trace."""
    path.parent.mkdir()
    path.write_bytes(line_of(ONE).encode() + b"  ")
    append(path, [TWO])

    assert records_in(path) == [ONE, TWO]
    assert not path.with_name("progress.yaml.torn").exists()


def test_what_could_not_be_read_again_is_not_written(path: Path):
    """A record longer than a line may be is refused, and nothing of what comes with it is written."""
    endless = Entry(
        id="a",
        on=ONE.on,
        key="rules",
        event=ONE.event,
        evidence=tuple("x" * 8000 for _ in range(40)),
        recorded=datetime(2012, 1, 1, tzinfo=UTC),
    )
    append(path, [ONE])
    with pytest.raises(Invalid) as caught:
        append(path, [TWO, endless])

    assert str(caught.value.message) == "this entry has 312 KB; the maximum is 256 KB"
    assert str(caught.value.fix) == "put the text in a document, and cite that document"
    assert records_in(path) == [ONE]


def test_the_longest_entry_can_be_written_and_read_again(path: Path):
    """A line of just so many bytes as a line may have, its end among them."""
    evidence = ["x" * 8000] * 32 + ["x"]
    left = MAX_LINE - len(line_of(entry("a", "2012-01-01", "rules", evidence=evidence)))
    longest = entry("a", "2012-01-01", "rules", evidence=[*evidence[:-1], "x" * (left + 1)])
    append(path, [longest])

    assert path.stat().st_size == MAX_LINE
    assert records_in(path) == [longest]


@pytest.mark.parametrize("length", [1, 65535, 65536, 65537, 131072])
@pytest.mark.parametrize("before", [b"", b"\n", b"# x\n"])
def test_a_torn_tail_of_any_length_is_moved_and_nothing_before_it(path: Path, before: bytes, length: int):
    """At the beginning of the file, and where a block ends, too."""
    path.parent.mkdir()
    path.write_bytes(before + b"x" * length)
    append(path, [ONE])

    assert path.read_bytes() == before + line_of(ONE).encode()
    assert path.with_name("progress.yaml.torn").read_bytes() == b"x" * length + b"\n"


def test_who_holds_the_lock_can_move_a_torn_tail_and_append(path: Path):
    """`cbfa doctor` does one after the other under one lock."""
    path.parent.mkdir()
    path.write_bytes(line_of(ONE).encode() + b"- {")
    with locked(path):
        move_torn_tail(path)
        assert path.read_bytes() == line_of(ONE).encode()
        append_lines(path, line_of(TWO).encode())

    assert records_in(path) == [ONE, TWO]
    assert path.with_name("progress.yaml.torn").read_bytes() == b"- {\n"


def test_who_holds_the_lock_is_told_of_a_file_that_cannot_be_written(path: Path):
    """By its name, as always."""
    path.mkdir(parents=True)
    for write in (move_torn_tail, lambda it: append_lines(it, line_of(ONE).encode())):
        with pytest.raises(NoAccess) as caught:
            write(path)
        assert str(caught.value.message).startswith(f"cannot write {path}: ")


def test_a_write_that_ends_short_is_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch):
    """The system tells no reason for it, so we do."""
    append(path, [ONE])
    before, write = path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda handle, raw: write(handle, raw[:10]))
    with pytest.raises(NoAccess) as caught:
        append(path, [TWO])

    assert str(caught.value.message) == f"cannot write {path}: {os.strerror(errno.ENOSPC)}"
    assert caught.value.__cause__.errno == errno.ENOSPC
    assert path.read_bytes() == before


def append_many(path: Path, writer: int, times: int) -> None:
    """What each of the processes does."""
    for number in range(times):
        append(path, [entry(f"{writer}-{number}", "2012-01-01", "rules", note="đối ngoại " * 20)])


def test_processes_that_append_at_once_lose_nothing(path: Path):
    """Eight officers with 25 entries each are 200 entries, each whole."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=append_many, args=(path, writer, 25)) for writer in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0] * 8
    assert sorted(record.id for record in records_in(path)) == sorted(f"{w}-{n}" for w in range(8) for n in range(25))


def test_a_lock_that_another_process_holds_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch):
    """Who cannot write in time says so, names the lock, and records nothing; afterwards it goes on."""
    append(path, [ONE])
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.2)
    holder = (
        "import sys; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, f"{path}.lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(NoAccess) as caught:
            append(path, [TWO])
        process.communicate("", timeout=30)

    assert f"{path}.lock" in str(caught.value.message)
    assert caught.value.exit_code == 4
    assert records_in(path) == [ONE]
    append(path, [TWO])
    assert records_in(path) == [ONE, TWO]


UNPRIVILEGED = """
import os, sys
from pathlib import Path
import filelock
from cbfa.errors import NoAccess
from tests.strategies import append, entry, records_in
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
print(len(records_in(path)))
try:
    append(path, [entry("new", "2012-01-01", "rules")])
except NoAccess as error:
    print(error.message)
"""


def run(code: str, *arguments: str) -> list[str]:
    """The lines that a Python program prints, run from the root of the project."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60, encoding="utf-8")
    return done.stdout.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_a_read_only_folder_can_be_read_but_not_written():
    """Reading makes no lock and needs no permission to write; marking is told what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progress.yaml"
        path.write_text(line_of(ONE), encoding="utf-8")
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        read, refused = run(UNPRIVILEGED, str(path))
        Path(folder).chmod(0o755)

        assert read == "1"
        assert refused == f"cannot write {path}: Permission denied"
        assert path.read_text(encoding="utf-8") == line_of(ONE)
        assert [one.name for one in Path(folder).iterdir()] == ["progress.yaml"]


FULL = """
import resource, signal, sys
from pathlib import Path
import filelock
from cbfa.errors import NoAccess
from tests.strategies import append, entry
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = path.stat().st_size
for room in (0, 1, 50):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, resource.RLIM_INFINITY))
    try:
        append(path, [entry("new", "2012-01-01", "rules")])
    except NoAccess as error:
        print(path.stat().st_size - size, error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX limits")
def test_a_full_disk_leaves_the_journal_as_it_was(path: Path):
    """A write that ends short is cut back, wherever it ends, and reported."""
    append(path, [ONE])
    told = run(FULL, str(path))

    assert [line.split()[0] for line in told] == ["0", "0", "0"]
    assert all("cannot write" in line for line in told)
    assert records_in(path) == [ONE]


def test_what_is_read_back_otherwise_is_cut_off_and_reported(path: Path, monkeypatch: pytest.MonkeyPatch):
    """Bytes that change between being written and being read back, as on a failing disk, are not acknowledged."""
    append(path, [ONE])
    before = path.read_bytes()
    fsync = os.fsync

    def damage_and_sync(handle: int) -> None:
        if path.stat().st_size > len(before):
            with path.open("r+b") as file:
                file.seek(len(before) + 5)
                file.write(b"#")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", damage_and_sync)
    with pytest.raises(NoAccess, match="cannot write") as caught:
        append(path, [TWO])

    assert caught.value.__cause__.errno == errno.EIO
    assert str(caught.value.message) == f"cannot write {path}: {os.strerror(errno.EIO)}"
    assert path.read_bytes() == before


def test_what_can_be_neither_written_nor_cut_off_sends_the_officer_to_look(path: Path):
    """A file that refuses both: it may have been recorded, and only a look can tell."""
    append(path, [ONE])
    with path.open("rb", buffering=0) as unwritable, pytest.raises(NoAccess) as caught:
        module._append_or_cut_back(unwritable, line_of(TWO).encode(), path)

    reason = str(caught.value.message).removeprefix(f"cannot write {path}: ")
    assert reason not in {"", "None", str(caught.value.message)}
    assert str(caught.value.fix) == "check with cbfa log before you try again: the entry may have been recorded"
    assert isinstance(caught.value.__cause__, OSError)


@given(texts)
def test_a_note_is_one_line_whatever_it_holds(note: str):
    """No line end of a note ends its line."""
    line = line_of(entry("a", "2012-01-01", "rules", note=note))

    assert len(line.splitlines()) == 1
