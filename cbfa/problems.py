"""The one type for "something is wrong": in a file, in an argument, in the data folder."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from cbfa.messages import Message


class Severity(StrEnum):
    """The weight of a problem: an error stops the commands, a warning is shown, a note is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Source(StrEnum):
    """One of the files of a programme."""

    ROADMAP = "roadmap"
    AGENCIES = "agencies"
    AMENDMENTS = "amendments"
    PROGRESS = "progress"


KeyPath = tuple[str | int, ...]
"""Keys and list positions that lead from the top of a file to a value. In the journal: the id of a record, then a field."""


class Place(NamedTuple):
    """A place in a file.

    `line` and `column` count from 1; line 0 is the file as a whole, with the text of the line as `excerpt`. The core knows no lines: it
    names a `Source` and the `path` of a value, and the store locates it. A problem of an argument has no file.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    path: KeyPath = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


Repair = Callable[[], Message | None]
"""Does the fix and returns what was done; None if it can no longer be done. Raises NoAccess."""


class Problem(NamedTuple):
    """Something wrong, with its place and its fix.

    `also` has the ids of other records of the journal that it is about. The doctor adds the `kind` of what it found, lines of files that
    show it, and a `repair` where one loses nothing.
    """

    place: Place
    message: Message
    fix: Message | None = None
    severity: Severity = Severity.ERROR
    kind: str = ""
    shown: tuple[str, ...] = ()
    repair: Repair | None = None
    also: tuple[str, ...] = ()


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, line, column and sentence."""
    return sorted(problems, key=lambda one: (one.place.file, one.place.line, one.place.column, str(one.message)))
