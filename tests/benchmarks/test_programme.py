"""The invented programme: it has no fault, and the same seed gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measure import run
from benchmarks.programme import write_programme
from benchmarks.rows import cbfa


@pytest.mark.parametrize(("milestones", "entries"), [(1, 0), (41, 100), (1_200, 5_000)])
def test_check_finds_nothing_in_it(tmp_path: Path, milestones: int, entries: int):
    """A fault would send the reader down another path, and the programme has the size that was asked for."""
    write_programme(tmp_path / "programme", milestones, entries)

    answer = run(cbfa(tmp_path / "programme", "check"))

    assert answer.startswith(f"No problems: {milestones:,} milestone")
    assert f" {entries:,} entries" in answer


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path):
    """Two runs measure the same programme, and another seed makes another one."""
    for name, seed in (("1", 1), ("2", 1), ("3", 2)):
        write_programme(tmp_path / name, 30, 100, seed)

    one, same, other = (
        [file.read_bytes() for file in sorted(folder.iterdir())] for folder in sorted(tmp_path.iterdir())
    )

    assert one == same
    assert one != other
