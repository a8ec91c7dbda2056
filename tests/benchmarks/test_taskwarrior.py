"""The tasks that Taskwarrior gets: what it is asked about is what cbfa is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peers.taskwarrior import tasks
from benchmarks.programme import Plan, write_programme
from tests.cli.running import Program

PLAN = Plan(milestones=60, entries=600, one_each=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a generated programme."""
    write_programme(tmp_path, PLAN)
    return tmp_path


def test_the_due_dates_are_those_of_the_occurrences(data: Path, run: Program):
    """One task for each occurrence, with its title and its due date, or without one."""
    items = run.json("list", "--data", str(data)).page["items"]

    assert [(task["description"], task.get("due")) for task in tasks(data, done_too=False)] == [
        (item["title_en"], item["due"] and item["due"].replace("-", "") + "T000000Z") for item in items
    ]


def test_every_task_is_open(data: Path):
    """So the issue asks: ten thousand tasks with the same due dates."""
    assert {task["status"] for task in tasks(data, done_too=False)} == {"pending"}


def test_with_what_is_done_completed_both_list_the_same(data: Path, run: Program):
    """But for what is suspended, which Taskwarrior has no word for."""
    items = run.json("list", "--data", str(data)).page["items"]
    done = [item["title_en"] for item in items if item["progress"] == "done"]

    assert [task["description"] for task in tasks(data, done_too=True) if task["status"] == "completed"] == done
    assert done
    assert len(done) < PLAN.milestones
