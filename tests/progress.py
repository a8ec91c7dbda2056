"""How far the proofs are: what each test has run, written to a file that `python -m tests.soak` reads.

Without `CBFA_PROGRESS`, the name of that file, nothing is written.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
_SECONDS = 0.2
"""So often the file is written, at most."""


@dataclass
class Progress:
    """How many tests there are and have ended, how far the one that runs now is, and how many things all have run."""

    tests: int = 0
    ended: int = 0
    done: int = 0
    most: int = 0
    ran: int = 0

    @property
    def part(self) -> float:
        """How much of everything is done, between 0 and 1."""
        return (self.ended + self.done / (self.most or 1)) / (self.tests or 1)


class _Writer:
    """Keeps the progress of this process. A forked child is another process, and tells nothing."""

    def __init__(self) -> None:
        self.progress = Progress()
        self.process = os.getpid()
        self.file = os.environ.get("CBFA_PROGRESS", "")
        self.written = 0.0

    def write(self, *, now: bool = False) -> None:
        if not self.file or os.getpid() != self.process or not (now or time.monotonic() - self.written > _SECONDS):
            return
        self.written = time.monotonic()
        temporary = Path(f"{self.file}.new")
        temporary.write_text(json.dumps(asdict(self.progress)), encoding="utf-8")
        temporary.replace(self.file)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.progress.tests = len(session.items)
        self.write(now=True)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self.progress.ended += 1
            self.progress.done = self.progress.most = 0
            self.write()

    def pytest_sessionfinish(self) -> None:
        self.write(now=True)


WRITER = _Writer()
"""The plugin that tests/conftest.py registers."""


def counted(things: Collection[T]) -> Iterator[T]:
    """The things, one after another; each counts as run when the next is asked for."""
    WRITER.progress.most += len(things)
    for thing in things:
        yield thing
        ran(1)


def ran(times: int) -> None:
    """Counts what has run, where that is not a thing at a time."""
    WRITER.progress.done = min(WRITER.progress.done + times, WRITER.progress.most)
    WRITER.progress.ran += times
    WRITER.write()


def read(file: Path) -> Progress:
    """What another process has written so far."""
    try:
        return Progress(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Progress()
