"""The program, for asking what it makes of a generated programme."""

from __future__ import annotations

import pytest

from tests.cli.running import Program


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program, run inside this process, in English."""
    return Program(monkeypatch, capsys)
