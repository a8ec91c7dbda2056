"""What a check of the data folder yields: a diagnosis, and what mends it where that loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cbfa.core.diagnosis import Care, Diagnosis, Kind
from cbfa.errors import Message, Place

Mend = Callable[[], Message | None]
"""Does it, for whoever holds the journal's lock, and says what was done; None where it can no longer be done. Raises NoAccess."""

_LONGEST_LINE = 240
"""So much of a line of a file is shown."""


class Found(NamedTuple):
    """One thing that a check found."""

    diagnosis: Diagnosis
    mend: Mend | None = None


def to_fix(kind: Kind, place: Place, message: Message, would: Message, mend: Mend, *shown: str) -> Found:
    """What `--fix` does."""
    return Found(Diagnosis(kind, Care.FIX, place, message, would, _cut(shown)), mend)


def to_decide(kind: Kind, place: Place, message: Message, advice: Message, *shown: str) -> Found:
    """What only a person can answer."""
    return Found(Diagnosis(kind, Care.DECIDE, place, message, advice, _cut(shown)))


def to_know(kind: Kind, place: Place, message: Message, advice: Message, *shown: str) -> Found:
    """What harms nothing."""
    return Found(Diagnosis(kind, Care.KNOW, place, message, advice, _cut(shown)))


def _cut(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines)
