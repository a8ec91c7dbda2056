"""User errors: classes that end a command with a sentence and an exit code.

    UserError               one sentence, perhaps a fix, and an exit code
    ├── Invalid        2    an argument, a date or a key that is not a valid value; also a ValueError
    ├── Refused        2    a change that is impossible, or that nobody was there to confirm
    ├── BadData        3    files with problems, each with its place
    └── NoAccess       4    a file that cannot be read or written

Exit code 1 is not an error but an answer: "no", from a check or from a person who was asked. 130 is an interruption.
"""

from collections.abc import Iterable

from cbfa.messages import Message, Plural
from cbfa.problems import Problem, sort_problems


class UserError(Exception):
    """An error of the user, with its problems. `message` and `fix` are those of the error as a whole."""

    exit_code = 2

    def __init__(self, message: Message, fix: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.fix = fix


class Invalid(UserError, ValueError):
    """A value that cannot be used. Validators of the models raise it too."""


class Refused(UserError):
    """A change that is impossible, or that needs a yes which nobody gave."""


class NoAccess(UserError):
    """A file or folder that cannot be read or written."""

    exit_code = 4


class BadData(UserError):
    """Files that cannot be used: all problems that were found in them, sorted by place."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__(
            Plural("{count} problem in the data", "{count} problems in the data", count=len(self.problems))
        )
