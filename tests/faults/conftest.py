"""Fixtures of the fault tests: a journal to damage, and the tiny programme to mark."""

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
    """Run the real command under strace."""
    with Watched() as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a journal that does not exist yet; its folder does."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "progress.yaml"


@pytest.fixture
def data(path: Path) -> Path:
    """The data folder of the tiny programme, with its journal at `path`."""
    for name in FILES:
        shutil.copy(TINY / name, path.parent / name)
    return path.parent


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder in memory, where the system has one: syncing costs nothing there."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def journal_on(tmp_path: Path, in_memory: Path) -> Callable[[str], Path]:
    """Return the path of a journal on the disk or in memory."""
    return lambda medium: (in_memory if medium == "memory" else tmp_path) / "progress.yaml"
