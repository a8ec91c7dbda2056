"""The sizes of the proofs: small on each change, large before a release.

`CBFA_SOAK` is the part of the large size that runs: 1 is all of it, 0.01 a hundredth. Without it the small size runs. `CBFA_SEED` seeds the
random numbers. `python -m tests.soak` sets both.
"""

from __future__ import annotations

import os
import random
from typing import TypeVar

import pytest

T = TypeVar("T")

SCALE = float(os.environ.get("CBFA_SOAK") or 0)
"""The part of the large size that runs; 0 on each change."""

SOAK = SCALE > 0
"""True before a release."""

SEED = int(os.environ.get("CBFA_SEED", "2012"))
"""The seed of all random numbers: the same seed runs the same proofs."""


before_a_release = pytest.mark.skipif(not SOAK, reason="runs before a release: make soak")


def scaled(small: int, large: int) -> int:
    """Return the small number on each change; before a release the large one, or the part of it that runs."""
    return max(1, round(large * SCALE)) if SOAK else small


def part(things: list[T]) -> list[T]:
    """Return the part of a list that runs, taken evenly; on each change all of it."""
    wanted = scaled(len(things), len(things))
    return [things[number * len(things) // wanted] for number in range(wanted)] if things else []


def chance(name: str) -> random.Random:
    """Return the random numbers of one proof."""
    return random.Random(f"{SEED} {name}")


def lengths(whole: int) -> list[int]:
    """Return the lengths at which something may break off: each third from 0 to the whole, before a release every one."""
    return sorted({*range(0, whole, 1 if SOAK else 3), whole})
