"""What the tests of the doctor share: the tiny programme in a folder, to be damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cbfa.store.folder import Folder
from tests.cli.running import FILES, TINY
from tests.store.doctor.damage import Damaged


@pytest.fixture
def data(tmp_path: Path) -> Damaged:
    """The folder of the tiny programme of tests/broken, in which nothing is wrong."""
    path = tmp_path / "data"
    path.mkdir()
    for name in FILES:
        shutil.copy(TINY / name, path / name)
    return Damaged(Folder(path, path / "progress.yaml"))
