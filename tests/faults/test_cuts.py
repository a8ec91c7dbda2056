"""Journals that were cut, filled with NUL, shuffled, doubled or split: what is left is read, and means the same."""

from __future__ import annotations

import random
from datetime import date

from cbfa.store.journal_lines import JournalFile, parse_journal

from cbfa.core.journal import Journal
from cbfa.core.snapshot import Snapshot
from tests.faults.processes import encoded, errors, some_entry
from tests.progress import counted
from tests.scale import SOAK, chance, part, scaled
from tests.strategies import AGENCIES, ROADMAP, retraction

ENTRIES = 200
REARRANGED = scaled(5_000, 500_000)
AS_OF = date(2014, 6, 30)


def _assert_all_before(cut: JournalFile, ids: list[str], tail: bytes) -> None:
    assert [record.id for record in cut.records] == ids
    assert errors(cut.problems) == []
    assert [(problem.place.line, str(problem.message)) for problem in cut.problems] == (
        [(len(ids) + 1, "the last line is torn: it has no end, so it does not count")] if tail.strip() else []
    )


def _lines(dice: random.Random) -> tuple[list[bytes], list[str]]:
    ids = [f"e{number}" for number in range(ENTRIES)]
    return [encoded(some_entry(dice, one)) for one in ids], ids


def _whole_cuts(lines: list[bytes]) -> list[tuple[int, int]]:
    """How many lines are whole, and how many bytes of the next are left: around each line end; every byte before a release."""
    return [
        (whole, length)
        for whole, line in enumerate(lines)
        for length in (range(len(line)) if SOAK else (0, 1, len(line) // 2, len(line) - 1))
    ]


def test_cut_at_any_byte_the_entries_before_are_all_there():
    """Of a journal of 200 entries that was cut at any byte, every entry before the cut counts, and none else.

    What a cut can change are the lines that it is near: at every byte, the three entries before it are read with what is left of the next.
    """
    lines, ids = _lines(chance("cut at any byte"))
    for whole, line in counted(list(enumerate(lines))):
        first = max(0, whole - 3)
        near = b"".join(lines[first:whole])
        for length in range(len(line)):
            _assert_all_before(
                parse_journal(near + line[:length], "progress.yaml"), ids[first:whole], tail=line[:length]
            )


def test_cut_as_a_whole_the_entries_before_are_all_there():
    """The whole journal of 200 entries, cut around each of its line ends; before a release at every byte, and then filled with NUL."""
    lines, ids = _lines(chance("cut as a whole"))
    raw = b"".join(lines)
    for whole, length in counted(part(_whole_cuts(lines))):
        before, tail = b"".join(lines[:whole]), lines[whole][:length]
        _assert_all_before(parse_journal(before + tail, "progress.yaml"), ids[:whole], tail)
        if SOAK or whole % 20 == 0:
            filled = tail + bytes(len(raw) - len(before) - length)
            _assert_all_before(parse_journal(before + filled, "progress.yaml"), ids[:whole], filled)
    _assert_all_before(parse_journal(raw, "progress.yaml"), ids, b"")


def test_a_hole_of_nul_costs_the_line_it_is_in_and_no_other():
    """What a power cut left empty in the middle is one error at its line; every other entry counts."""
    dice = chance("a hole of NUL")
    lines = [encoded(some_entry(dice, f"e{number}")) for number in range(20)]
    for number, line in enumerate(lines):
        for begin in range(0, len(line) - 1, 1 if SOAK else 7):
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
    dice = chance("shuffled")
    lines: list[bytes] = []
    meaning: object = None
    for number in counted(range(REARRANGED)):
        if number % 5 == 0:
            entries = [some_entry(dice, f"e{one}") for one in range(dice.randrange(1, 9))]
            taken = [retraction(f"r{one.id}", one.id) for one in entries if dice.random() < 0.2]
            lines = [encoded(record) for record in [*entries, *taken]]
            meaning = _meaning(_read(lines))
        rearranged = lines + dice.choices(lines, k=dice.randrange(4))
        dice.shuffle(rearranged)
        middle = dice.randrange(len(rearranged) + 1)

        assert _meaning(_read(rearranged)) == meaning, number
        assert _meaning(_read(rearranged[middle:]) | _read(rearranged[:middle])) == meaning, number
