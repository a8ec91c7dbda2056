"""What the tests of the commands share: two programmes to work on, and the program itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbfa import locale
from tests.cli.running import FILES, SHIPPED, TINY, Program

unix = pytest.mark.skipif(os.name == "nt", reason="needs the terminals and permissions of Unix")


def _in_a_folder_with(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    for name in FILES:
        shutil.copy(files / name, tmp_path / "data" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bridges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tiny programme of tests/broken, in which the test stands."""
    return _in_a_folder_with(TINY, tmp_path, monkeypatch)


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the shipped programme, in which the test stands."""
    return _in_a_folder_with(SHIPPED, tmp_path, monkeypatch)


@pytest.fixture
def cbfa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Program]:
    """The program, run inside this process, in English unless it is told otherwise."""
    for name in ("CBFA_DATA", "CBFA_LANG", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    yield Program(monkeypatch, capsys)
    locale.use("en")
