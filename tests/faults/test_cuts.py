"""Journals that were cut, filled with NUL, shuffled, doubled or split: what is left is read, and means the same."""

from __future__ import annotations

import random
from datetime import date

from cbfa.core.journal import Journal
from cbfa.core.snapshot import Snapshot
from cbfa.store.journal_lines import JournalFile, parse_journal
from tests.faults.processes import encoded, errors, some_entry
from tests.faults.scale import SOAK, scaled
from tests.strategies import AGENCIES, ROADMAP, retraction

ENTRIES = 200
REARRANGED = scaled(5_000, 500_000)
AS_OF = date(2014, 6, 30)


def _cuts(size: int, ends: list[int]) -> list[int]:
    """Every byte before a release; else every byte of three lines, those around each line end, and every 41st of the others."""
    if SOAK:
        return list(range(size + 1))
    close = {end + step for end in ends for step in (-1, 0, 1)}
    three = {byte for line in (1, ENTRIES // 2, ENTRIES - 1) for byte in range(ends[line - 1], ends[line] + 1)}
    return sorted(cut for cut in close | three | set(range(0, size, 41)) if 0 <= cut <= size)


def _assert_all_before(cut: JournalFile, ids: list[str], whole: int, tail: bytes) -> None:
    assert [record.id for record in cut.records] == ids[:whole]
    assert errors(cut.problems) == []
    assert [(problem.place.line, str(problem.message)) for problem in cut.problems] == (
        [(whole + 1, "the last line is torn: it has no end, so it does not count")] if tail.strip() else []
    )


def test_cut_at_any_byte_the_entries_before_are_all_there():
    """Of a journal of 200 entries that was cut, or filled with NUL from there on, every entry before the cut counts."""
    chance = random.Random(6)
    lines = [encoded(some_entry(chance, f"e{number}")) for number in range(ENTRIES)]
    ids = [f"e{number}" for number in range(ENTRIES)]
    raw = b"".join(lines)
    ends = [sum(map(len, lines[: number + 1])) for number in range(ENTRIES)]
    for cut in _cuts(len(raw), ends):
        whole = raw.count(b"\n", 0, cut)
        tail = raw[ends[whole - 1] if whole else 0 : cut]

        _assert_all_before(parse_journal(raw[:cut], "progress.yaml"), ids, whole, tail)

        filled = bytes(len(raw) - cut)

        _assert_all_before(parse_journal(raw[:cut] + filled, "progress.yaml"), ids, whole, tail + filled)


def test_a_hole_of_nul_costs_the_line_it_is_in_and_no_other():
    """What a power cut left empty in the middle is one error at its line; every other entry counts."""
    chance = random.Random(61)
    lines = [encoded(some_entry(chance, f"e{number}")) for number in range(20)]
    for number, line in enumerate(lines):
        for begin in range(0, len(line) - 1, scaled(7, 1)):
            holed = line[:begin] + bytes(len(line) - 1 - begin) + b"\n"
            file = parse_journal(b"".join([*lines[:number], holed, *lines[number + 1 :]]), "progress.yaml")

            assert [record.id for record in file.records] == [f"e{one}" for one in range(20) if one != number]
            assert {problem.place.line for problem in file.problems} == {number + 1}


def _read(lines: list[bytes]) -> Journal:
    file = parse_journal(b"".join(lines), "progress.yaml")
    assert file.problems == []
    return file.journal


def _meaning(journal: Journal) -> tuple[object, object]:
    snapshot = Snapshot.take(ROADMAP, AGENCIES, journal, AS_OF)
    return snapshot.standings, snapshot.entries


def test_shuffled_doubled_and_split_it_means_the_same():
    """The order of the lines, lines that are there twice, and lines in two files change no state."""
    chance = random.Random(8)
    for number in range(REARRANGED // 5):
        entries = [some_entry(chance, f"e{one}") for one in range(chance.randrange(1, 9))]
        taken = [retraction(f"r{one.id}", one.id) for one in entries if chance.random() < 0.2]
        lines = [encoded(record) for record in [*entries, *taken]]
        meaning = _meaning(_read(lines))
        for _ in range(5):
            rearranged = lines + chance.choices(lines, k=chance.randrange(4))
            chance.shuffle(rearranged)
            middle = chance.randrange(len(rearranged) + 1)

            assert _meaning(_read(rearranged)) == meaning, number
            assert _meaning(_read(rearranged[middle:]) | _read(rearranged[:middle])) == meaning, number
