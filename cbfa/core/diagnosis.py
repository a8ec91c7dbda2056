"""What a look at the data folder found, as plain data: what it is, where, what can be done about it and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cbfa.errors import Message, Place


class Care(StrEnum):
    """Who takes care of what was found. The values are a promise to scripts."""

    FIX = "fix"
    """`cbfa doctor --fix` would, and nothing is lost."""
    DECIDE = "decide"
    """A person must: there is more than one right answer, or a right that the program does not have."""
    KNOW = "know"
    """Nobody need: it is worth knowing, and harms nothing by itself."""
    DONE = "done"
    """It was taken care of."""


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


@dataclass(frozen=True)
class Diagnosis:
    """One thing found. `advice` says what would be done, what a person can do, or what was done; `shown` are lines of files."""

    kind: Kind
    care: Care
    place: Place
    message: Message
    advice: Message
    shown: tuple[str, ...] = ()
