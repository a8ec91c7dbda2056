"""Bytes changed at random in small files of every kind and in the three shipped ones: only clean problems, and none takes long.

200,000 on every change, most of them of the small files, which are read in a fraction of a millisecond. Always the same ones, unless
`CBFA_SEED` says otherwise.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache

import pytest
from cbfa.store.journal_lines import line_of, parse_journal
from cbfa.store.validation import Validated, validate
from cbfa.store.yaml_reader import read_yaml
from pydantic import RootModel

from cbfa.cli.diagnostics import problem_text
from cbfa.core.agencies import Agencies
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.messages import Message
from cbfa.problems import Problem
from tests.cli.running import SHIPPED
from tests.hostile.cases import AGENCIES, FILES, PROGRESS, ROADMAP
from tests.hostile.test_texts import harmful
from tests.progress import counted
from tests.scale import SEED, chance, scaled
from tests.strategies import check

OF_SHIPPED = {ROADMAP: scaled(200, 100_000), AGENCIES: scaled(300, 100_000), PROGRESS: scaled(1_500, 200_000)}
"""How many mutations each shipped file has: the longer it is, the fewer."""

OF_SMALL = {
    AGENCIES: scaled(79_000, 3_200_000),
    ROADMAP: scaled(79_000, 3_200_000),
    PROGRESS: scaled(40_000, 3_200_000),
}
"""How many mutations each small file has."""

PARTS = 4
"""The small files' mutations run in so many tests each, so that they share out among processes."""

MOST_SECONDS = 0.05
MARGIN = 3
"""How often an input that seemed slow is measured again: the machine may have been busy with something else."""

SPLINTERS = [
    *(
        b"\0",
        b"\t",
        b"\r",
        b"\x1b",
        b"\x80",
        b"\xff",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b":",
        b": ",
        b"- ",
        b"-",
        b",",
        b"#",
        b"&a ",
        b"*a ",
        b"!!int ",
        b"? ",
        b"| ",
        b"> ",
        b"%",
        b"@",
        b"`",
    ),
    *(
        b'"',
        b"'",
        b"\\",
        b"\\ud800",
        b"\\u0000",
        b"\n",
        b"\n\n",
        b"\n---\n",
        b"\n...\n",
        b"<<: ",
        b"\n=======\n",
        b"  ",
        b"null",
        b"~",
    ),
    *(
        b"010",
        b"0x10",
        b"12:30",
        b"1e999",
        b"NaN",
        b"9" * 40,
        b"-1",
        b"yes",
        b"true",
        b"",
        b"2012-02-30",
        b"\xcc\x81" * 9,
    ),
]


@cache
def shipped(name: str) -> bytes:
    """A shipped file."""
    return (SHIPPED / name).read_bytes()


@cache
def read(name: str) -> Validated[Roadmap] | Validated[Agencies]:
    """A shipped file as it is, read once."""
    return validate(Roadmap if name == ROADMAP else Agencies, read_yaml(shipped(name), name))


def shipped_problems(name: str, raw: bytes) -> list[Problem]:
    """Everything that is found in one of the files, when its bytes are these and the other two are as shipped."""
    roadmap, agencies = read(ROADMAP), read(AGENCIES)
    found: list[Problem] = []
    journal = Journal()
    if name == ROADMAP:
        roadmap = validate(Roadmap, read_yaml(raw, name))
        found += roadmap.problems
    elif name == AGENCIES:
        agencies = validate(Agencies, read_yaml(raw, name))
        found += agencies.problems
    else:
        file = parse_journal(raw, name)
        journal = file.journal
        found += file.problems
        for record in file.records:
            line_of(record)
    findings = check(roadmap.model, agencies.model, journal, roadmap_whole=roadmap.whole, agencies_whole=agencies.whole)
    assert all(isinstance(one.message, Message) for one in findings)
    return found


def _splinter(data: bytearray, at: int, until: int, dice: random.Random) -> bytes:
    """What comes in place of a piece of the bytes: a splinter, anything, the piece doubled, or a piece from elsewhere."""
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
    """The bytes with one to four changes at random."""
    data = bytearray(raw)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at = dice.randrange(len(data) + 1)
        until = min(len(data), at + dice.choice((0, 0, 1, 1, 2, 8, 40, 400)))
        data[at:until] = _splinter(data, at, until, dice)
    return bytes(data)


def journal_like() -> bytes:
    """The shipped journal, with entries of every shape where it has none."""
    more = (
        '- {"id":"e-1","on":"2013-06-01","key":"ingo-board","event":"done","recorded":"2013-06-02T08:00:00+07:00"}\n'
        '- {"id":"e-2","on":"2013-06-01","key":"ingo-board","event":"progress","count":3,"percent":40,"note":"Đã họp",'
        '"evidence":["Biên bản số 7","Quyết định"],"by":"SoNgoaiVu","recorded":"2013-06-02T08:00:00.5+07:00"}\n'
        '- {"id":"r-1","retracts":"e-2","recorded":"2013-06-03T08:00:00Z"}\n'
    )
    return shipped(PROGRESS) + more.encode()


SMALL = {
    AGENCIES: b"""format: 1
agencies:
  - id: SoCau
    name: {vi: S\xe1\xbb\x9f C\xe1\xba\xa7u, en: "Bridges"}
    aliases: [SC]
    duties:
      - {clause: IV.1, vi: 'X\xc3\xa2y', en: Build}
""",
    ROADMAP: b"""- id: ropes
  title: {vi: C\xe1\xba\xa7u, en: "Ropes"}
  clauses: [III.2]
  schedule: {kind: yearly, first: 2011, last: 2013}
  target: {least: 2, vi: c\xe1\xba\xa7u, en: 'b'}
  lead: {agency: SoCau, basis: IV.1}
""",
    PROGRESS: b"""# One entry is one line.
- {"id":"e-2","on":"2011-12-01","key":"inspection","event":"done","count":2,"evidence":["\xe1\xba\xa3n"],"recorded":"2011-12-02T08:00Z"}
- {"id":"r-1","retracts":"e-2","note":"x","recorded":"2013-06-03T08:00:00Z"}
""",
}
"""A file of each kind with a bit of everything. A small roadmap is its milestones alone: they are what a roadmap is made of."""


class Milestones(RootModel[list[Milestone]]):
    """A roadmap file that has nothing but milestones."""


def small_problems(name: str, raw: bytes) -> list[Problem]:
    """Everything that is found in a small file when it is read, entries written out again."""
    if name != PROGRESS:
        return validate(Agencies if name == AGENCIES else Milestones, read_yaml(raw, name)).problems
    file = parse_journal(raw, name)
    for record in file.records:
        line_of(record)
    return file.problems


Reading = Callable[[str, bytes], list[Problem]]


def seconds(reading: Reading, name: str, raw: bytes) -> float:
    """How long one input takes to read, in seconds of computing."""
    start = time.process_time()
    reading(name, raw)
    return time.process_time() - start


def check_mutations(reading: Reading, name: str, raw: bytes, inputs: int, dice: random.Random) -> str:
    """Reads so many mutations of a file, each of which must give clean problems in good time; says what the slowest took.

    Long is 50 ms more than the file as it is, or twelve times as much where the machine is slow.
    """
    base = min(seconds(reading, name, raw) for _ in range(5))
    slowest, worst = 0.0, b""
    for number in counted(range(inputs)):
        data = mutated(raw, dice)
        start = time.process_time()
        try:
            found = reading(name, data)
        except Exception as error:
            error.add_note(f"input {number} of seed {SEED}: {data[:400]!r} …")
            raise
        taken = time.process_time() - start
        if taken > base + MOST_SECONDS:
            taken = min(taken, *(seconds(reading, name, data) for _ in range(MARGIN)))
        if taken > slowest:
            slowest, worst = taken, data
        for problem in found[:5]:
            assert not harmful(problem_text(problem)), data

    assert slowest < max(base + MOST_SECONDS, 12 * base), worst[:500]

    return f"{name}: the slowest took {slowest * 1000:.1f} ms, the file as it is {base * 1000:.1f} ms"


@pytest.mark.parametrize("name", FILES)
def test_changed_bytes_of_a_shipped_file_make_clean_problems_in_good_time(name):
    """Whatever is changed, nothing raises, every problem prints inertly, and none takes long; the other two files are checked with it."""
    raw = journal_like() if name == PROGRESS else shipped(name)

    print(check_mutations(shipped_problems, name, raw, OF_SHIPPED[name], chance(f"shipped {name}")))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", FILES)
def test_changed_bytes_of_a_small_file_make_clean_problems_in_good_time(name, part):
    """The same for a small file, which is all surprises and no length."""
    assert small_problems(name, SMALL[name]) == []

    dice = chance(f"small {name} {part}")
    print(check_mutations(small_problems, name, SMALL[name], max(1, OF_SMALL[name] // PARTS), dice))
