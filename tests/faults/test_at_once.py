"""Many who mark at once: nothing is lost, nothing is there twice."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cbfa.store.journal_append import append
from tests.cli.running import process
from tests.faults.processes import code_of, forked, ids_in, some_entry, unix
from tests.faults.scale import scaled

PROCESSES, THREADS = 8, 8
TIMES = scaled(25, 2000)
OFFICERS = 16
MARKS = scaled(2, 250)


def _write_in_threads(path: Path, number: int) -> None:
    """What each of the processes does: eight threads, each appending one entry after another."""

    def write(thread: int) -> None:
        chance = random.Random(f"{number} {thread}")
        for time in range(TIMES):
            append(path, [some_entry(chance, f"{number}-{thread}-{time}")])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))


@unix
def test_writers_at_once_lose_nothing(path: Path):
    """Eight processes of eight threads each: every entry is there once, and every line whole."""
    children = [forked(lambda number=number: _write_in_threads(path, number)) for number in range(PROCESSES)]
    codes = [code_of(child) for child in children]

    assert codes == [0] * PROCESSES
    assert Counter(ids_in(path)) == {
        f"{number}-{thread}-{time}": 1
        for number in range(PROCESSES)
        for thread in range(THREADS)
        for time in range(TIMES)
    }


def test_commands_at_once_lose_nothing(bridges: Path, path: Path):
    """Sixteen officers who give the real command at the same time, several times each: every one is answered and recorded."""
    before = ids_in(path)

    def officer(number: int) -> list[str]:
        mark = ("--data", str(bridges), "mark", "stone-bridge", "progress", "--yes")
        answers = [process(*mark, "--note", f"Cán bộ {number}, lần {time}", cwd=bridges) for time in range(MARKS)]
        return [answer.err for answer in answers if answer.code != 0]

    with ThreadPoolExecutor(OFFICERS) as pool:
        refused = [sentence for sentences in pool.map(officer, range(OFFICERS)) for sentence in sentences]
    text = path.read_text(encoding="utf-8")

    assert refused == []
    assert len(set(ids_in(path)) - set(before)) == len(ids_in(path)) - len(before) == OFFICERS * MARKS
    for number in range(OFFICERS):
        for time in range(MARKS):
            assert text.count(f'"Cán bộ {number}, lần {time}"') == 1
