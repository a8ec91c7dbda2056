"""How much of the proofs runs: the column "on every change", or the column for a release, whole or a part of it.

`CBFA_SOAK` is the part of the release column that runs: 1 is all of it, 0.01 a hundredth of each number; not set, the numbers of every
change run. `CBFA_SEED` chooses other chances. `python -m tests.soak` sets both.
"""

from __future__ import annotations

import os
import random
from typing import TypeVar

T = TypeVar("T")

SCALE = float(os.environ.get("CBFA_SOAK") or 0)
"""The part of the release column that runs; 0 on every change."""

SOAK = SCALE > 0
"""Whether the release column runs, or a part of it."""

SEED = int(os.environ.get("CBFA_SEED", "2012"))
"""Where all chances begin: the same seed runs the same proofs."""


def scaled(small: int, large: int) -> int:
    """The first number on every change; before a release the second, or the part of it that runs, and at least one."""
    return max(1, round(large * SCALE)) if SOAK else small


def part(things: list[T]) -> list[T]:
    """All of a list; of a list for the release the part of it that runs, taken evenly, and at least one."""
    wanted = scaled(len(things), len(things))
    return [things[number * len(things) // wanted] for number in range(wanted)] if things else []


def chance(name: str) -> random.Random:
    """The dice of one proof."""
    return random.Random(f"{SEED} {name}")
