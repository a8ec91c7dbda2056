"""What the fault tests share: a journal to damage, and the tiny programme to mark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import FILES, TINY


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
