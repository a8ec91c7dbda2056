"""Other people's programs, each with data of its own to answer from. `make bench-peers` installs them.

They live in a virtual environment of their own, so that they change nothing about the one in which cbfa is made.
"""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.process import ROOT

_BIN = ROOT / ".venv-peers" / ("Scripts" if os.name == "nt" else "bin")


class Missing(Exception):
    """A program is not installed. Its text is a sentence that says how to install it."""

    def __init__(self, name: str, how: str = "`make bench-peers` installs it") -> None:
        super().__init__(f"{name} is not installed; {how}.")


def installed(command: str, name: str) -> Path:
    """Where a command of the peers' environment is. Raises Missing."""
    path = _BIN / command
    if not path.exists():
        raise Missing(name)
    return path
