"""Bytes changed at random: only clean problems, and none takes over 50 ms.

20,000 on each change, always the same ones unless `CBFA_SEED` says otherwise: of small files that are read alone, and of files of the tiny
programme, which is loaded whole.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from pydantic import RootModel

from cbfa.cli.diagnostics import problem_text
from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Milestone
from cbfa.problems import Problem
from tests.cli.running import FILES
from tests.hostile.test_texts import harmful
from tests.internals import line_of, parse_journal, problems_of_programme, problems_of_yaml
from tests.progress import counted
from tests.scale import SEED, chance, scaled

ROADMAP, AGENCIES, PROGRESS = FILES
ALONE = scaled(4_700, 3_200_000)
"""The number of mutations of each small file."""
IN_A_PROGRAMME = scaled(2_000, 140_000)
"""The number of mutations of each file of the tiny programme."""
SECONDS = 0.05
ATTEMPTS = 3
"""How often an input that seems slow is measured again: the machine may have been busy with something else."""

SPLINTERS = [
    *(b"\0", b"\t", b"\r", b"\x1b", b"\x80", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8"),
    *b"[ ] { } : - , # % @ ` ~ \" ' \\ &a *a !!int <<: null 010 0x10 12:30 1e999 NaN -1 yes true 2012-02-30".split(),
    *(b": ", b"- ", b"? ", b"| ", b"> ", b"  ", b"\\ud800", b"\\u0000", b"\xc2\x85", b"9" * 40, b"\xcc\x81" * 9, b""),
    *(b"\n", b"\n\n", b"\n---\n", b"\n...\n", b"\n=======\n"),
]

SMALL = {
    AGENCIES: """format: 1
agencies:
  - id: SoCau
    name: {vi: Sở Cầu, en: "Bridges"}
    aliases: [SC]
    duties:
      IV.1: {vi: 'Xây', en: Build}
""",
    ROADMAP: """- id: ropes
  title: {vi: Cầu, en: "Ropes"}
  clauses: [III.2]
  schedule: {every: half, due: [15/6, 1/12], to: 2013}
  target: {baseline: 17.5, below: 2, unit: {vi: cầu, en: 'b'}}
  lead: [SoCau, {agency: SoDay, basis: IV.1}]
  each: true
""",
    PROGRESS: """# One entry is one line.
- {"id":"e-2","on":"2011-12-01","key":"inspection","event":"done","count":2,"evidence":["ản"],"recorded":"2011-12-02T08:00Z"}
- {"id":"r-1","retracts":"e-2","note":"x","recorded":"2013-06-03T08:00:00Z"}
""",
}
"""A file of each kind with a bit of everything. The small roadmap is a list of milestones."""


class Milestones(RootModel[list[Milestone]]):
    """The milestones of a roadmap."""


def problems_alone(name: str, raw: bytes) -> list[Problem]:
    """Return the problems of a small file; write its entries out again."""
    if name != PROGRESS:
        return problems_of_yaml(Agencies if name == AGENCIES else Milestones, raw)
    file = parse_journal(raw)
    for record in file.records:
        line_of(record)
    return file.problems


Reader = Callable[[bytes], list[Problem]]


def _splinter(data: bytearray, at: int, until: int, dice: random.Random) -> bytes:
    """Return what replaces a piece of the bytes: a splinter, anything, the piece doubled, or a piece from elsewhere."""
    kind = dice.randrange(5)
    if kind < 2:
        return dice.choice(SPLINTERS)
    if kind == 2:
        return dice.randbytes(dice.choice((1, 1, 3)))
    if kind == 3:
        return bytes(data[at:until]) * 2
    start = dice.randrange(len(data) + 1)
    return bytes(data[start : start + 60])


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one to four changes at random."""
    data = bytearray(raw)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at = dice.randrange(len(data) + 1)
        until = min(len(data), at + dice.choice((0, 0, 1, 1, 2, 8, 40, 400)))
        data[at:until] = _splinter(data, at, until, dice)
    return bytes(data)


def seconds(reader: Reader, raw: bytes) -> float:
    """Measure the seconds of computing that one input takes."""
    start = time.process_time()
    reader(raw)
    return time.process_time() - start


def check_mutations(reader: Reader, raw: bytes, inputs: int, dice: random.Random) -> None:
    """Read mutations of a file, each of which must give clean problems within 50 ms."""
    for number in counted(range(inputs)):
        data = mutated(raw, dice)
        start = time.process_time()
        try:
            found = reader(data)
        except Exception as error:
            error.add_note(f"input {number} of seed {SEED}: {data[:400]!r} …")
            raise
        taken = time.process_time() - start
        if taken > SECONDS:
            taken = min(seconds(reader, data) for _ in range(ATTEMPTS))

        assert taken < SECONDS, data
        for problem in found[:5]:
            assert not harmful(problem_text(problem)), data


@pytest.mark.parametrize("name", FILES)
def test_a_mutated_file_makes_clean_problems(name):
    """Nothing raises, every problem prints inertly, and none takes long, whatever is changed in a small file."""
    raw = SMALL[name].encode()

    assert problems_alone(name, raw) == []

    check_mutations(lambda data: problems_alone(name, data), raw, ALONE, chance(f"small {name}"))


@pytest.mark.parametrize("name", FILES)
def test_a_mutated_file_makes_clean_problems_in_its_programme(bridges, name):
    """Nothing raises, every problem prints inertly, and none takes long when the other two files are checked with it."""
    path = bridges / "data" / name

    def problems(data: bytes) -> list[Problem]:
        path.write_bytes(data)
        return problems_of_programme(path.parent)

    check_mutations(problems, path.read_bytes(), IN_A_PROGRAMME, chance(f"programme {name}"))
