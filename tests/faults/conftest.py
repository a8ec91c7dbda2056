"""What the fault tests share: a journal to damage, and the tiny programme to mark."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.running import FILES, TINY
from tests.faults.watched import Watched


@pytest.fixture(scope="session")
def watched() -> Iterator[Watched]:
    """What runs the real command under strace."""
    with Watched() as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a journal will be; its folder exists."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "progress.yaml"


@pytest.fixture
def bridges(path: Path) -> Path:
    """The folder of the tiny programme of tests/broken, with its journal at `path`."""
    for name in FILES:
        shutil.copy(TINY / name, path.parent / name)
    return path.parent


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder in memory, where the system has one there: syncing costs nothing, so most of what counts in thousands is here."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def journal_on(tmp_path: Path, in_memory: Path) -> Callable[[str], Path]:
    """Where a journal will be: on the disk that the tests are on, or in memory."""
    return lambda medium: (in_memory if medium == "memory" else tmp_path) / "progress.yaml"
