"""The progress of the proofs, written to a file that `python -m tests.soak` reads.

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
"""The seconds between two writings of the file, at least."""


@dataclass
class Progress:
    """Numbers of tests and of tests that ended, the progress of the current one, and the things that all have run."""

    tests: int = 0
    ended: int = 0
    done: int = 0
    total: int = 0
    ran: int = 0

    @property
    def part(self) -> float:
        """The part of everything that is done, between 0 and 1."""
        return (self.ended + self.done / (self.total or 1)) / (self.tests or 1)


class _Writer:
    """The progress of this process; a forked child writes nothing."""

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
            self.progress.done = self.progress.total = 0
            self.write()

    def pytest_sessionfinish(self) -> None:
        self.write(now=True)


WRITER = _Writer()
"""The plugin that tests/conftest.py registers."""


def counted(things: Collection[T]) -> Iterator[T]:
    """Yield the things; each counts as run when the next is asked for."""
    WRITER.progress.total += len(things)
    for thing in things:
        yield thing
        ran(1)


def ran(times: int) -> None:
    """Count several things as run."""
    WRITER.progress.done = min(WRITER.progress.done + times, WRITER.progress.total)
    WRITER.progress.ran += times
    WRITER.write()


def read(file: Path) -> Progress:
    """Read the progress of another process."""
    try:
        return Progress(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Progress()
