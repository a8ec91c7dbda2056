"""How much of a fault test runs: a little on every change, all of it before a release."""

from __future__ import annotations

import os

SOAK = os.environ.get("CBFA_SOAK") == "1"
"""Whether the release column runs: `CBFA_SOAK=1`."""


def scaled(small: int, large: int) -> int:
    """The first number on every change, the second before a release."""
    return large if SOAK else small
