"""Processes that are forked, killed and waited for, and entries for them to write."""

from __future__ import annotations

import gc
import json
import os
import random
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - imported here, so that a forked child need not
import pytest

from cbfa.core.journal import Entry
from cbfa.problems import Problem, Severity
from tests.internals import read_journal
from tests.strategies import KEYS, entry

unix = pytest.mark.skipif(os.name == "nt", reason="needs the processes, signals and limits of Unix")

_NOTES = (
    "",
    "Đã ký biên bản ghi nhớ",
    "Hội nghị ở Cao Bằng – “đối ngoại nhân dân”",
    "Nghiệm thu 💩 đợt 2",
    "ưu ẵ ợ " * 20,
)


def some_entry(chance: random.Random, record_id: str) -> Entry:
    """Return an entry with a random day, occurrence and Vietnamese note."""
    day = f"201{chance.randrange(1, 6)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    note = chance.choice(_NOTES)
    return entry(record_id, day, chance.choice(KEYS), **({"note": note.strip()} if note else {}))


def ids_in(path: Path) -> list[str]:
    """Return the id of every record, line by line, of a journal without problems."""
    file = read_journal(path)
    assert file.problems == []
    return [record.id for record in file.records]


def errors(problems: list[Problem]) -> list[str]:
    """Return the sentences of errors; a torn tail is a warning."""
    return [str(problem.message) for problem in problems if problem.severity is Severity.ERROR]


def forked(work: Callable[[], None]) -> int:
    """Fork a child that does the work and ends, with 0 or with 1 and a traceback; return its process id."""
    gc.freeze()  # else what the child collects makes it copy all that it shares with the parent
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def code_of(child: int) -> int:
    """Wait for a child; return its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def result_of_child(work: Callable[[], Any]) -> Any:
    """Do the work in a child, whose limits and rights end with it; return the result."""
    receiver, sender = os.pipe()

    def send() -> None:
        os.close(receiver)
        with os.fdopen(sender, "w", encoding="utf-8") as pipe:
            json.dump(work(), pipe)

    child = forked(send)
    os.close(sender)
    with os.fdopen(receiver, encoding="utf-8") as pipe:
        result = pipe.read()
    assert code_of(child) == 0
    return json.loads(result)
