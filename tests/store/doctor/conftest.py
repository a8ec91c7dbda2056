"""What the tests of the doctor share: the tiny programme in a folder, to be damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cbfa.store.doctor import sharing
from cbfa.store.folder import Folder
from tests.cli.running import FILES, TINY
from tests.store.doctor.damage import Damaged


@pytest.fixture(autouse=True)
def own_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may lie on a network themselves; that is not what they are about."""
    monkeypatch.setattr(sharing, "network_type", lambda _path: None)


@pytest.fixture
def data(tmp_path: Path) -> Damaged:
    """The folder of the tiny programme of tests/broken, in which nothing is wrong."""
    path = tmp_path / "data"
    path.mkdir()
    for name in FILES:
        shutil.copy(TINY / name, path / name)
    return Damaged(Folder(path, path / "progress.yaml"))
