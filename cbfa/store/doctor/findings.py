"""Problems as the checks yield them. They have a kind, lines of files that show them, and perhaps a repair."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from cbfa.core.journal import Record
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Repair, Severity
from cbfa.store.journal.lines import line_of

_MAX_LINE = 240
"""Characters of a line that are shown."""
_MAX_LINES = 5
_CONTEXT = 60
"""Characters shown before the first difference of two long lines."""


class Kind(StrEnum):
    """The kinds of problems. Their values are a promise to scripts."""

    NO_FILE = "no-file"
    PERMISSION = "permission"
    LOCK = "lock"
    TORN_TAIL = "torn-tail"
    TORN_FILE = "torn-file"
    CONFLICT_MARKERS = "conflict-markers"
    LINE_ENDS = "line-ends"
    SAME_ID = "same-id"
    COPY = "copy"
    CHECK = "check"


def to_fix(kind: Kind, place: Place, message: Message, fix: Message, repair: Repair, *shown: str) -> Problem:
    """Return a problem that `cbfa doctor --fix` repairs."""
    return Problem(place, message, fix, Severity.ERROR, kind, _cut(shown), repair)


def to_decide(kind: Kind, place: Place, message: Message, fix: Message, *shown: str) -> Problem:
    """Return a problem on which a person must decide."""
    return Problem(place, message, fix, Severity.ERROR, kind, _cut(shown))


def to_know(kind: Kind, place: Place, message: Message, fix: Message, *shown: str) -> Problem:
    """Return something that harms nothing."""
    return Problem(place, message, fix, Severity.NOTE, kind, _cut(shown))


def _cut(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line if len(line) <= _MAX_LINE else line[: _MAX_LINE - 1] + "…" for line in lines)


def first_lines(lines: Sequence[bytes]) -> list[str]:
    """Return the first lines as text, and `…` if there are more."""
    return [line.decode("utf-8", "replace") for line in lines[:_MAX_LINES]] + ["…"] * (len(lines) > _MAX_LINES)


def side_by_side(records: Sequence[Record], where: Mapping[Record, str]) -> list[str]:
    """Return the lines of records that differ, from shortly before their first difference. Each follows its place."""
    texts = [line_of(record).rstrip("\n") for record in records]
    differs = next((at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), 0)
    start = max(0, differs - _CONTEXT)
    parts = [("…" + text[start:]) if start > _CONTEXT else text for text in texts]
    return [f"{where[record]} | {part}" for record, part in zip(records, parts, strict=True)]


def first_difference(mine: tuple[str, Sequence[str]], theirs: tuple[str, Sequence[str]]) -> list[str]:
    """Return the first line in which two files differ, from each. A file is given by its name and its lines."""
    pairs = zip(mine[1], theirs[1], strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(mine[1]), len(theirs[1])))
    return [f"{name}:{at + 1} | {lines[at].strip()}" for name, lines in (mine, theirs) if at < len(lines)]
