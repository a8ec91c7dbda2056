"""Writers that are killed: old entries stay, acknowledged entries stay, and half a line never counts."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cbfa.core.journal import Entry
from tests.faults.processes import code_of, errors, forked, ids_in, some_entry, unix
from tests.internals import append, line_of, read_journal
from tests.progress import counted
from tests.scale import chance, lengths, scaled
from tests.strategies import entry

pytestmark = unix

BEFORE = [entry("one", "2012-01-01", "rules", note="Một"), entry("two", "2012-02-01", "memorandum", "done")]
KILLED = entry("killed", "2012-03-01", "visits", note="Đoàn đại biểu 💩 “đối ngoại”", evidence=["Biên bản số 7"])
AFTER = entry("after", "2012-04-01", "board", "done")
KILLS = {"disk": scaled(40, 2_000), "memory": scaled(160, 18_000)}
LONGEST = {"disk": 0.006, "memory": 0.003}
"""The longest life of a writer after its first entry, in seconds: some five appends."""
KILLS_A_JOURNAL = 10


def _append_and_die(path: Path, record: Entry, length: int) -> None:
    """Append, but get killed when the write has reached a byte."""
    write = os.write

    def write_and_die(descriptor: int, line: bytes) -> int:
        write(descriptor, line[:length])
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    os.write = write_and_die  # in a child that is about to die
    append(path, [record])


def _kill_at(path: Path, record: Entry, length: int) -> None:
    path.unlink(missing_ok=True)
    path.with_name("progress.yaml.torn").unlink(missing_ok=True)
    append(path, BEFORE)
    before = path.read_bytes()
    line = line_of(record)

    assert code_of(forked(lambda: _append_and_die(path, record, length))) == -signal.SIGKILL
    assert path.read_bytes() == before + line[:length]

    whole = length == len(line)
    seen = read_journal(path)

    assert seen.records == [*BEFORE, *([record] if whole else [])]
    assert len(seen.problems) == (0 < length < len(line))
    assert errors(seen.problems) == []

    append(path, [AFTER])

    assert path.read_bytes() == before + (line if whole else b"") + line_of(AFTER)
    torn = path.with_name("progress.yaml.torn")
    assert (torn.read_bytes() if torn.exists() else b"") == (line[:length] + b"\n" if 0 < length < len(line) else b"")


def test_killed_at_every_byte_of_an_append(journal_on: Callable[[str], Path]):
    """The lines before a torn one stay, the torn bytes are set aside, and the next entry is whole.

    Each change kills at every third byte, a release at every byte of 100 entries.
    """
    dice = chance("killed at every byte")
    records = [KILLED, *(some_entry(dice, f"killed-{number}") for number in range(scaled(1, 100) - 1))]
    for record, length in counted([(one, length) for one in records for length in lengths(len(line_of(one)))]):
        _kill_at(journal_on("memory"), record, length)


def _append_for_ever(path: Path, kill: int, acknowledge: int) -> None:
    """Append one entry after another; acknowledge the id of each when append has returned."""
    dice = chance(f"killed {kill}")
    number = 0
    while True:
        record = some_entry(dice, f"{kill}-{number}")
        append(path, [record])
        os.write(acknowledge, f"{record.id}\n".encode())
        number += 1


def _acknowledged(path: Path, kill: int, seconds: float) -> list[str]:
    """Kill a writer some time after its first entry; return the ids that it acknowledged."""
    receiver, sender = os.pipe()
    child = forked(lambda: _append_for_ever(path, kill, sender))
    os.close(sender)
    with os.fdopen(receiver, "rb", buffering=0) as pipe:
        acknowledged = pipe.read(1)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        while piece := pipe.read(65536):
            acknowledged += piece
    assert code_of(child) == -signal.SIGKILL
    return acknowledged.decode().split()


@pytest.mark.parametrize("medium", KILLS)
def test_killed_at_random_nothing_acknowledged_is_lost(journal_on: Callable[[str], Path], medium: str):
    """Every id that a killed writer acknowledged is in the journal, and no line but the last is torn."""
    dice, path = chance(f"killed at random on {medium}"), journal_on(medium)
    number = 0
    acknowledged: set[str] = set()
    for kill in counted(range(KILLS[medium])):
        if kill % KILLS_A_JOURNAL == 0:
            path.unlink(missing_ok=True)
            acknowledged = set()
        ids = _acknowledged(path, kill, dice.uniform(0, LONGEST[medium]))
        number += len(ids)
        acknowledged |= set(ids)
        seen = read_journal(path)
        found = [record.id for record in seen.records]

        assert errors(seen.problems) == []
        assert len(seen.problems) <= 1
        assert len(found) == len(set(found))
        assert acknowledged <= set(found)

    append(path, [AFTER])

    assert "after" in ids_in(path)
    assert number >= KILLS[medium]
