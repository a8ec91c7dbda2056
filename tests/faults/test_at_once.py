"""Many officers who mark at once: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from cbfa.cli.main import main
from cbfa.store.journal.store import FileJournal
from tests.cli.running import environment, in_english, process
from tests.faults.processes import code_of, forked, ids_in, some_entry, unix
from tests.internals import append
from tests.progress import counted, ran
from tests.scale import SOAK, chance, scaled
from tests.strategies import entry

PROCESSES = THREADS = 8 if SOAK else 4
APPENDS = {"disk": scaled(10, 200), "memory": scaled(40, 1_800)}
OFFICERS = 16 if SOAK else 8
MARKS = scaled(9, 240)
"""The marks of an officer that run in a fork of an interpreter that has imported everything."""
STARTED = scaled(1, 10)
"""The marks of an officer that start a new interpreter."""


def _write_in_threads(path: Path, number: int, times: int) -> None:
    """Append entries in threads, each thread one after another."""

    def write(thread: int) -> None:
        dice = chance(f"at once {number} {thread}")
        for time in range(times):
            append(path, [some_entry(dice, f"{number}-{thread}-{time}")])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))


@unix
@pytest.mark.parametrize("medium", APPENDS)
def test_writers_at_once_lose_nothing(journal_on: Callable[[str], Path], medium: str):
    """Processes with threads append at once: every entry is there once, and every line is whole."""
    path, times = journal_on(medium), APPENDS[medium]
    children = [forked(lambda number=number: _write_in_threads(path, number, times)) for number in range(PROCESSES)]
    codes = []
    for child in counted(children):
        codes.append(code_of(child))
        ran(THREADS * times - 1)

    assert codes == [0] * PROCESSES
    assert Counter(ids_in(path)) == {
        f"{number}-{thread}-{time}": 1
        for number in range(PROCESSES)
        for thread in range(THREADS)
        for time in range(times)
    }


def _mark(folder: Path, note: str) -> tuple[str, ...]:
    return ("--data", str(folder), "mark", "stone-bridge", "progress", "--yes", "--note", note)


def _note(officer: int, time: int) -> str:
    return f"Cán bộ {officer}, lần {time}"


def _command(arguments: tuple[str, ...]) -> int:
    """Run the real command in this process; return its exit code."""
    sys.argv = ["cbfa", *in_english(arguments)]
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return -1


def _officer(folder: Path, number: int) -> None:
    """Give one command after another; fail with the first that is refused.

    The first runs in the officer's own process, which thereby imports everything. Each of the others runs in a fork of it.
    """
    os.environ.clear()
    os.environ.update(environment(folder))
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the process ends with it
    assert _command(_mark(folder, _note(number, 0))) == 0
    for time in range(1, MARKS):
        child = forked(lambda time=time: os._exit(_command(_mark(folder, _note(number, time)))))
        assert code_of(child) == 0, f"officer {number}, mark {time}"


def _assert_each_once(path: Path, before: list[str], times: range) -> None:
    text, ids = path.read_text(encoding="utf-8"), ids_in(path)

    assert len(set(ids) - set(before)) == len(ids) - len(before) == OFFICERS * len(times)
    assert [_note(number, time) for number in range(OFFICERS) for time in times] == [
        _note(number, time)
        for number in range(OFFICERS)
        for time in times
        if text.count(f'"{_note(number, time)}"') == 1
    ]


@unix
def test_commands_at_once_lose_nothing(data: Path, path: Path):
    """Officers give the real command at the same time, again and again: each mark is recorded once."""
    before = ids_in(path)
    officers = [forked(lambda number=number: _officer(data, number)) for number in range(OFFICERS)]
    codes = []
    for officer in counted(officers):
        codes.append(code_of(officer))
        ran(MARKS - 1)

    assert codes == [0] * OFFICERS
    _assert_each_once(path, before, range(MARKS))


def test_commands_started_at_once_lose_nothing(data: Path, path: Path):
    """Officers start a new interpreter for each command at the same time: each mark is recorded once."""
    before = ids_in(path)
    times = range(MARKS, MARKS + STARTED)

    def officer(number: int) -> list[str]:
        answers = [process(*_mark(data, _note(number, time)), cwd=data) for time in times]
        return [answer.err for answer in answers if answer.code != 0]

    with ThreadPoolExecutor(OFFICERS) as pool:
        refused = [
            sentence for sentences in counted(list(pool.map(officer, range(OFFICERS)))) for sentence in sentences
        ]
    ran(OFFICERS * (STARTED - 1))

    assert refused == []
    _assert_each_once(path, before, times)


def test_of_officers_who_record_done_at_once_one_is_recorded(data: Path):
    """The others get a sentence: what is refused is decided again under the lock."""
    command = ("--data", str(data), "mark", "stone-bridge", "done", "--on", "2012-06-01", "--yes")
    before = len(ids_in(data / "progress.yaml"))
    with ThreadPoolExecutor(OFFICERS) as pool:
        answers = list(pool.map(lambda _number: process(*command, cwd=data), range(OFFICERS)))

    assert sorted(answer.code for answer in answers) == [0] + [2] * (OFFICERS - 1)
    assert {answer.err for answer in answers if answer.code} == {
        "error: “stone-bridge” has been done since 2012-06-01\n"
        "  fix: add a note with: cbfa mark stone-bridge progress --note …\n"
    }
    assert len(ids_in(data / "progress.yaml")) == before + 1


def test_what_was_recorded_while_waiting_for_the_lock_counts(data: Path):
    """A command that waits for the lock decides on the journal as it is when it has it."""
    store = FileJournal(data / "progress.yaml")
    command = ("--data", str(data), "mark", "stone-bridge", "done", "--on", "2012-06-01", "--yes")
    with ThreadPoolExecutor(1) as pool:
        with store.locked():
            waiting = pool.submit(process, *command, cwd=data)
            sleep(1)
            store.append([entry("first", "2012-05-01", "stone-bridge", "done")])
        answer = waiting.result()

    assert answer.code == 2
    assert "has been done since 2012-05-01" in answer.err
