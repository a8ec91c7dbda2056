"""Journals that were cut, filled with NUL, shuffled, doubled or split."""

from __future__ import annotations

from datetime import date

from cbfa.core.journal import Journal
from cbfa.core.snapshot import Snapshot
from tests.faults.processes import errors, some_entry
from tests.internals import line_of, parse_journal
from tests.progress import counted
from tests.scale import SOAK, chance, part, scaled
from tests.strategies import HISTORY, retraction

ENTRIES = 200 if SOAK else 40
REARRANGED = scaled(500, 500_000)
AS_OF = date(2014, 6, 30)


def _assert_whole_lines_count(raw: bytes, ids: list[str]) -> None:
    whole = raw.count(b"\n")
    tail = raw.rpartition(b"\n")[2].strip()
    file = parse_journal(raw)
    assert [record.id for record in file.records] == ids[:whole]
    assert [problem.place.line for problem in file.problems] == ([whole + 1] if tail else [])
    assert errors(file.problems) == []


def test_cut_at_any_byte_the_entries_before_are_all_there():
    """Every entry before the cut counts, and the torn line is a warning; before a release also filled with NUL."""
    dice = chance("cut at any byte")
    ids = [f"e{number}" for number in range(ENTRIES)]
    raw = b"".join(line_of(some_entry(dice, one)) for one in ids)
    for length in counted(part(list(range(len(raw) + 1)))):
        _assert_whole_lines_count(raw[:length], ids)
        if SOAK and length < len(raw):
            _assert_whole_lines_count(raw[:length] + bytes(len(raw) - length), ids)


def test_a_hole_of_nul_costs_the_line_it_is_in_and_no_other():
    """A hole that a power cut left is one error at its line; every other entry counts."""
    dice = chance("a hole of NUL")
    lines = [line_of(some_entry(dice, f"e{number}")) for number in range(20)]
    for number, line in enumerate(lines):
        for begin in range(0, len(line) - 1, 1 if SOAK else 7):
            holed = line[:begin] + bytes(len(line) - 1 - begin) + b"\n"
            file = parse_journal(b"".join([*lines[:number], holed, *lines[number + 1 :]]))

            assert [record.id for record in file.records] == [f"e{one}" for one in range(20) if one != number]
            assert {problem.place.line for problem in file.problems} == {number + 1}


def _read(lines: list[bytes]) -> Journal:
    file = parse_journal(b"".join(lines))
    assert file.problems == []
    return file.journal


def _meaning(journal: Journal) -> tuple[object, object]:
    snapshot = Snapshot.take(HISTORY, journal, AS_OF)
    return snapshot.standings, snapshot.entries


def test_a_rearranged_journal_means_the_same():
    """The order of the lines, lines that are there twice, and lines in two files change no state."""
    dice = chance("shuffled")
    lines: list[bytes] = []
    meaning: object = None
    for number in counted(range(REARRANGED)):
        if number % 5 == 0:
            entries = [some_entry(dice, f"e{one}") for one in range(dice.randrange(1, 9))]
            taken = [retraction(f"r{one.id}", one.id) for one in entries if dice.random() < 0.2]
            lines = [line_of(record) for record in [*entries, *taken]]
            meaning = _meaning(_read(lines))
        rearranged = lines + dice.choices(lines, k=dice.randrange(4))
        dice.shuffle(rearranged)
        middle = dice.randrange(len(rearranged) + 1)

        assert _meaning(_read(rearranged)) == meaning, number
        assert _meaning(_read(rearranged[middle:]) | _read(rearranged[:middle])) == meaning, number
