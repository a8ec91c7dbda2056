"""Fixtures of all tests: the program, the tiny programme and the shipped one, and the limits of Hypothesis."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cbfa import locale
from cbfa.store.folder import Folder
from cbfa.store.loading import Loaded, load
from tests.cli.running import FILES, SHIPPED, TINY, Program
from tests.progress import WRITER
from tests.strategies import AGENCIES_DATA, ROADMAP_DATA

settings.register_profile("cbfa", deadline=None, max_examples=100, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cbfa")


def pytest_configure(config: pytest.Config) -> None:
    """Register the plugin that counts how far the proofs are."""
    config.pluginmanager.register(WRITER)


@pytest.fixture
def cbfa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Program]:
    """Run the program inside this process, in English unless a test asks for another language."""
    for name in ("CBFA_DATA", "CBFA_LANG", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    yield Program(monkeypatch, capsys)
    locale.use("en")


def _folder_with(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    for name in FILES:
        shutil.copy(files / name, tmp_path / "data" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bridges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a copy of the tiny programme in `data`."""
    return _folder_with(TINY, tmp_path, monkeypatch)


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a copy of the shipped programme in `data`."""
    return _folder_with(SHIPPED, tmp_path, monkeypatch)


@pytest.fixture
def roadmap_data() -> dict[str, Any]:
    """The tiny roadmap as plain data, to be altered."""
    return copy.deepcopy(ROADMAP_DATA)


@pytest.fixture
def agencies_data() -> dict[str, Any]:
    """The tiny agencies as plain data, to be altered."""
    return copy.deepcopy(AGENCIES_DATA)


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    """The folder of the shipped programme."""
    return Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def shipped(shipped_folder: Path) -> Loaded:
    """The shipped programme, as loaded."""
    return load(Folder(shipped_folder, shipped_folder / "progress.yaml"))
