"""The answers of a programme: answers.txt beside its files, read and rewritten.

An answer is a command and what it prints:

    $ cbfa status --as-of 2024-07-15 --lang en
    National Recovery and Resilience Plan, Mission 1
    …

To add one, add its command; then accept what it prints, and read it as the coordinator of the programme would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = ("province", "ministry", "partnership", "recovery", "italian")


@dataclass(frozen=True)
class Answer:
    """What a command prints about a programme."""

    name: str
    command: str
    expected: str


def read_answers(name: str) -> list[Answer]:
    """Read the answers of a programme."""
    blocks = re.split(r"^\$ cbfa ", _file(name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [
        Answer(name, command, f"{printed.rstrip()}\n")
        for command, _, printed in (one.partition("\n") for one in blocks)
    ]


def accept(answer: Answer, printed: str) -> None:
    """Write what was printed in place of what was expected."""
    answers = [
        one if one.command != answer.command else Answer(one.name, one.command, printed)
        for one in read_answers(answer.name)
    ]
    text = "\n".join(f"$ cbfa {one.command}\n{one.expected}" for one in answers)
    _file(answer.name).write_text(text, encoding="utf-8")


def _file(name: str) -> Path:
    return FOLDER / name / "answers.txt"
