"""The rows of the table, each measured once with a small programme in place of a large one."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import rows as table
from benchmarks.measure import measure
from benchmarks.peers import Missing
from benchmarks.workshop import Workshop

NAMES = [row.name for row in table.rows()]


def test_every_row_has_a_name_of_its_own():
    """It is asked for by that."""
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no os.wait4")
@pytest.mark.parametrize("name", ["mark-100k", "reading", "memory"])
def test_a_row_can_be_measured(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each kind of them, whole: the data are made, checked and asked about."""
    for size in ("LARGE", "LONG", "LONGEST"):
        monkeypatch.setattr(table, size, replace(getattr(table, size), milestones=11, entries=20))

    figures = measure(contest_of(name, Workshop(tmp_path)), turns=1)

    assert len(figures.ours) == len(figures.theirs) == 1
    assert all(theirs > 0 for theirs in figures.theirs)


def test_a_peer_that_is_not_installed_is_missed_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It says how to install it."""
    monkeypatch.setattr("benchmarks.peers._BIN", tmp_path)

    with pytest.raises(Missing, match=r"todoman is not installed; `make bench-peers` installs it\."):
        contest_of("status-todoman", Workshop(tmp_path))


def contest_of(name: str, workshop: Workshop):
    """What a row measures."""
    return next(row for row in table.rows() if row.name == name).contest(workshop)
