"""What all tests share: the tiny programme as data to be altered, the shipped programme, and how long Hypothesis may search."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cbfa.store.folder import Folder
from cbfa.store.loading import Loaded, load
from tests.progress import WRITER
from tests.strategies import AGENCIES_DATA, ROADMAP_DATA

settings.register_profile("cbfa", deadline=None, max_examples=100, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cbfa")


def pytest_configure(config: pytest.Config) -> None:
    """Lets the proofs tell how far they are."""
    config.pluginmanager.register(WRITER)


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
