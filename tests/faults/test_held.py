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

from cbfa.errors import NoAccess
from tests.cli.running import Answer, contents, environment, process
from tests.faults.processes import ids_in, result_of_child, unix
from tests.internals import append, line_of, read_journal
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
from tests.internals import set_lock_seconds
set_lock_seconds(0.5)
main()
"""
MARK = ("mark", "stone-bridge", "progress", "--yes", "--on", "2012-06-01", "--lang", "en")


@contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock of a journal in another process, until its input ends."""
    command = [sys.executable, "-c", HOLDER, f"{path}.lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.communicate("", timeout=30)


def _impatiently(folder: Path, *arguments: str) -> Answer:
    """Run the real program, which waits for a lock half a second only."""
    command = [sys.executable, "-c", IMPATIENT, "--data", str(folder), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, timeout=60, check=False, encoding="utf-8"
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_a_lock_that_is_held_too_long_is_an_error(data: Path, path: Path):
    """Marking waits, then fails with code 4 and names the lock; nothing is recorded, and reading goes on."""
    before = path.read_bytes()
    with held_by_another(path):
        begin = time.monotonic()
        answer = _impatiently(data, *MARK)
        waited = time.monotonic() - begin
        reading = process("--data", str(data), "log", cwd=data)

    assert (answer.code, answer.out) == (4, "")
    assert answer.err == (
        f"error: another program has held {path.name}.lock for 0.5 seconds\n"
        "  fix: wait until it has finished, then try again; nothing was recorded\n"
    )
    assert waited >= 0.5
    assert reading.code == 0, reading.err
    assert path.read_bytes() == before
    assert _impatiently(data, *MARK).code == 0
    assert len(ids_in(path)) == 3


def test_a_lock_that_is_let_go_in_time_is_waited_for(data: Path, path: Path):
    """A mark that waits goes on as soon as the lock is free."""
    with held_by_another(path) as holder:
        command = [sys.executable, "-m", "cbfa", "--data", str(data), *MARK]
        with subprocess.Popen(command, env=environment(data), stdout=subprocess.DEVNULL) as waiting:
            time.sleep(1)
            early = waiting.poll()
            holder.communicate("", timeout=30)
            code = waiting.wait(30)

    assert early is None
    assert code == 0
    assert len(ids_in(path)) == 3


@unix
def test_a_killed_holder_holds_nothing(path: Path):
    """The lock of a killed process is free at once, though its file is still there."""
    with held_by_another(path) as holder:
        holder.kill()
        holder.wait(30)
        begin = time.monotonic()
        append(path, [entry("one", "2012-01-01", "rules")])

    assert time.monotonic() - begin < 5
    assert ids_in(path) == ["one"]


@pytest.fixture
def open_path() -> Iterator[Path]:
    """The path of a journal in a folder that every user may enter; the folders of pytest are private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "data").mkdir()
        yield Path(folder) / "data" / "progress.yaml"


@unix
@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_a_folder_without_permission_to_write_can_be_read(open_path: Path, mode: int):
    """A user who is not root can read a read-only folder, and marking there is an error."""
    open_path.write_bytes(line_of(entry("one", "2012-01-01", "rules")))
    open_path.chmod(0o444)
    open_path.parent.chmod(mode)
    before = contents(open_path.parent)

    def as_another() -> list[str]:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        read = [record.id for record in read_journal(open_path).records]
        try:
            append(open_path, [entry("new", "2012-01-01", "rules")])
        except NoAccess as error:
            return [*read, str(error.message)]
        return [*read, "written"]

    result = result_of_child(as_another)
    after = contents(open_path.parent)
    open_path.parent.chmod(0o755)

    assert result == ["one", f"cannot write {open_path}: Permission denied"]
    assert {place: raw for place, raw in after.items() if place.suffix != ".lock"} == before
    assert after == before or mode == 0o755
