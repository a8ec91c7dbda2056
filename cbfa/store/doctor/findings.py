"""What the doctor's checks yield: problems, each with its kind, and with a repair where that loses nothing."""

from __future__ import annotations

from enum import StrEnum

from cbfa.messages import Message
from cbfa.problems import Place, Problem, Repair, Severity

_MAX_LINE = 240
"""Characters of a line of a file that are shown."""


class Kind(StrEnum):
    """What can be found. The values are a promise to scripts."""

    NO_FILE = "no-file"
    PERMISSION = "permission"
    LOCK = "lock"
    SHARED_FOLDER = "shared-folder"
    TORN_TAIL = "torn-tail"
    TORN_FILE = "torn-file"
    CONFLICT_MARKERS = "conflict-markers"
    LINE_ENDS = "line-ends"
    SAME_ID = "same-id"
    REPEATED = "repeated"
    GONE_MILESTONE = "gone-milestone"
    COPY = "copy"
    GIT_ATTRIBUTES = "git-attributes"
    CHECK = "check"


def to_fix(kind: Kind, place: Place, message: Message, fix: Message, repair: Repair, *shown: str) -> Problem:
    """A problem that `cbfa doctor --fix` repairs."""
    return Problem(place, message, fix, Severity.ERROR, kind, _cut(shown), repair)


def to_decide(kind: Kind, place: Place, message: Message, fix: Message, *shown: str) -> Problem:
    """A problem on which a person must decide."""
    return Problem(place, message, fix, Severity.ERROR, kind, _cut(shown))


def to_know(kind: Kind, place: Place, message: Message, fix: Message, *shown: str) -> Problem:
    """Something that harms nothing."""
    return Problem(place, message, fix, Severity.NOTE, kind, _cut(shown))


def _cut(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line if len(line) <= _MAX_LINE else line[: _MAX_LINE - 1] + "…" for line in lines)
