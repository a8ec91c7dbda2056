"""Locks that others hold, and folders that may not be written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cbfa.store.journal_append import append
from cbfa.store.journal_lines import read_journal

from cbfa.errors import NoAccess
from tests.cli.running import Answer, contents, environment, process
from tests.faults.processes import encoded, ids_in, told_by_child, unix
from tests.strategies import entry

HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
IMPATIENT = """
from cbfa.cli.main import main
from cbfa.store import journal_append
journal_append.LOCK_SECONDS = 0.5
main()
"""
MARK = ("mark", "stone-bridge", "progress", "--yes", "--on", "2012-06-01", "--lang", "en")


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another real process holds the lock of a journal, until its input ends."""
    command = [sys.executable, "-c", HOLDER, f"{path}.lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.communicate("", timeout=30)


def _impatiently(folder: Path, *arguments: str) -> Answer:
    """The real program, but for the time it waits for a lock."""
    command = [sys.executable, "-c", IMPATIENT, "--data", str(folder), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, timeout=60, check=False, encoding="utf-8"
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_a_lock_that_is_held_too_long_is_told(bridges: Path, path: Path):
    """Marking waits, then says which lock is held, with exit code 4; nothing was recorded, and reading was never stopped."""
    before = path.read_bytes()
    with held_by_another(path):
        begin = time.monotonic()
        answer = _impatiently(bridges, *MARK)
        waited = time.monotonic() - begin
        reading = process("--data", str(bridges), "log", cwd=bridges)

    assert (answer.code, answer.out) == (4, "")
    assert answer.err == (
        f"error: another program has held {path.name}.lock for 0.5 seconds\n"
        "  fix: wait until it has finished, then try again; nothing was recorded\n"
    )
    assert waited >= 0.5
    assert reading.code == 0, reading.err
    assert path.read_bytes() == before
    assert _impatiently(bridges, *MARK).code == 0
    assert len(ids_in(path)) == 3


def test_a_lock_that_is_let_go_in_time_is_waited_for(bridges: Path, path: Path):
    """Who lets go of the lock within the ten seconds lets the waiting mark through."""
    with held_by_another(path) as holder:
        command = [sys.executable, "-m", "cbfa", "--data", str(bridges), *MARK]
        with subprocess.Popen(command, env=environment(bridges), stdout=subprocess.DEVNULL) as waiting:
            time.sleep(1)
            early = waiting.poll()
            holder.communicate("", timeout=30)
            code = waiting.wait(30)

    assert early is None
    assert code == 0
    assert len(ids_in(path)) == 3


@unix
def test_a_killed_holder_holds_nothing(path: Path):
    """The lock of a process that was killed is free at once, though its file is still there."""
    with held_by_another(path) as holder:
        holder.kill()
        holder.wait(30)
        begin = time.monotonic()
        append(path, [entry("one", "2012-01-01", "rules")])

    assert time.monotonic() - begin < 5
    assert ids_in(path) == ["one"]


@pytest.fixture
def open_path() -> Iterator[Path]:
    """Where a journal will be, in a folder that every user may reach; the folders of pytest are the tester's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "data").mkdir()
        yield Path(folder) / "data" / "progress.yaml"


@unix
@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_what_may_not_be_written_can_be_read(open_path: Path, mode: int):
    """As a user who is not root, in a folder that is read-only or another's: reading goes on, and marking is told."""
    open_path.write_bytes(encoded(entry("one", "2012-01-01", "rules")))
    open_path.chmod(0o444)
    open_path.parent.chmod(mode)
    before = contents(open_path.parent)

    def as_another() -> list[str]:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        read = [record.id for record in read_journal(open_path, "x").records]
        try:
            append(open_path, [entry("new", "2012-01-01", "rules")])
        except NoAccess as error:
            return [*read, str(error.message)]
        return [*read, "written"]

    told = told_by_child(as_another)
    after = contents(open_path.parent)
    open_path.parent.chmod(0o755)

    assert told == ["one", f"cannot write {open_path}: Permission denied"]
    assert {place: raw for place, raw in after.items() if place.suffix != ".lock"} == before
    assert after == before or mode == 0o755
