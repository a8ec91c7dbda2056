"""The lines of files that are shown with what was found: few of them, and of long ones the part that matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cbfa.core.journal import Record
from cbfa.store.journal_lines import line_of

_LINES = 5
_BESIDE = 60
"""So much of a long line is shown before the place where it differs from another."""


def some(lines: Sequence[bytes]) -> list[str]:
    """The first lines, and whether there are more."""
    return [line.decode("utf-8", "replace") for line in lines[:_LINES]] + ["…"] * (len(lines) > _LINES)


def beside_each_other(records: Sequence[Record], where: Mapping[Record, str]) -> list[str]:
    """The lines that hold the records, each with where it stands, from shortly before the first letter in which they differ."""
    texts = [line_of(record).rstrip("\n") for record in records]
    differs = next((at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), 0)
    start = max(0, differs - _BESIDE)
    parts = [("…" + text[start:]) if start > _BESIDE else text for text in texts]
    return [
        f"{where[record]} | {part}" if record in where else part for record, part in zip(records, parts, strict=True)
    ]


def first_difference(mine: tuple[str, Sequence[str]], theirs: tuple[str, Sequence[str]]) -> list[str]:
    """The first line in which two files differ, as it is in each that has it. A file is its name and its lines."""
    pairs = zip(mine[1], theirs[1], strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(mine[1]), len(theirs[1])))
    return [f"{name}:{at + 1} | {lines[at].strip()}" for name, lines in (mine, theirs) if at < len(lines)]
