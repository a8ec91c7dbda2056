"""Everything that can be wrong with what a user wrote: in a file, on the command line, on the disk.

    UserError               one sentence, perhaps a mend, and an exit code
    ├── Invalid        2    a word, a date, a key that cannot be what it should be; also a ValueError
    ├── Refused        2    a change that would be impossible, or that nobody was there to confirm
    ├── BadData        3    files with problems, each with its place
    └── NoAccess       4    a file that cannot be read or written

A sentence is kept as a `Message`, a template and its fields, and becomes text only where it is printed: so the core need not know in
which language. Exit code 1 is no error but an answer: “no”, from a check or from a person who was asked; and 130 is an interruption.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Message:
    """A sentence to be translated: an English template and the fields that fill it.

    Templates are marked for translation by standing in this call. Fields may be dates, which are written as the reader writes them, and
    other messages.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        self.template = template
        self.fields = fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.fields) == (other.template, other.fields)

    def __hash__(self) -> int:
        return hash(self.template)

    def __str__(self) -> str:
        """The sentence in English, for logs and for whoever debugs."""
        return self.template.format(**self.fields)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"


class Plural(Message):
    """A sentence about a number of things: `count` chooses between the two templates."""

    def __init__(self, one: str, many: str, /, *, count: int, **fields: object) -> None:
        super().__init__(one if count == 1 else many, count=count, **fields)
        self.one, self.many, self.count = one, many, count


class UserError(Exception):
    """What is wrong in one sentence, and what mends it in another."""

    exit_code = 2

    def __init__(self, message: Message, mend: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.mend = mend


class Invalid(UserError, ValueError):
    """A value that cannot be what it should be. Validators of the models raise it too."""


class Refused(UserError):
    """A change that is impossible, or that needs a yes which nobody gave."""


class NoAccess(UserError):
    """A file or folder that cannot be read or written."""

    exit_code = 4


class Severity(StrEnum):
    """Whether a problem stops the commands or is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"


class Source(StrEnum):
    """One of the three files of a programme."""

    ROADMAP = "roadmap"
    AGENCIES = "agencies"
    PROGRESS = "progress"


Path = tuple[str | int, ...]
"""The way to a value inside a file: keys and list positions from the top. An entry of the journal is reached by its id."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with the content of a file, as the core sees it: the core knows paths, not lines."""

    source: Source
    path: Path
    message: Message
    mend: Message | None = None
    severity: Severity = Severity.ERROR

    def at(self, place: Place) -> Problem:
        """The problem that it is in the file."""
        return Problem(place, self.message, self.mend, self.severity)


@dataclass(frozen=True)
class Place:
    """Where in a file: `line` and `column` count from 1; 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file, at its place."""

    place: Place
    message: Message
    mend: Message | None = None
    severity: Severity = Severity.ERROR


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by their places."""
    return sorted(
        problems,
        key=lambda problem: (problem.place.file, problem.place.line, problem.place.column, str(problem.message)),
    )


class BadData(UserError):
    """Files that cannot be used as they are: every problem that was found in them, in the order of their places."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(
            Plural("{count} problem in the data", "{count} problems in the data", count=len(self.problems))
        )
