"""Fixtures of the kinds of programmes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.exchange.kinds import make


@pytest.fixture
def districts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a programme in which members of a group owe their own, with levels and twenty leads."""
    monkeypatch.chdir(make(tmp_path, "districts"))
    return tmp_path


@pytest.fixture
def partners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a programme in English and French, without the official classes."""
    monkeypatch.chdir(make(tmp_path, "partners"))
    return tmp_path


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a programme in Italian that is not adopted, without aims, objectives and numbers of workstreams."""
    monkeypatch.chdir(make(tmp_path, "draft"))
    return tmp_path


@pytest.fixture
def amended(bridges: Path) -> Path:
    """The tiny programme with acts: one deadline moved twice while overdue, one in time, one task repealed, one added, a merger."""
    shutil.copy(Path(__file__).with_name("amended.yaml"), "data/amendments.yaml")
    return bridges
