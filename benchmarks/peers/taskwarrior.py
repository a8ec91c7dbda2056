"""Taskwarrior, a to-do list written in C++: `task overdue` over the occurrences of a generated programme, each a task with its due date.

Its settings are its own: the clean-up of its files (`gc`) that precedes each report is on, as it is for everybody.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from benchmarks.peers import Missing
from benchmarks.process import Job, output
from benchmarks.workshop import Workshop
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress
from cbfa.store.folder import PROGRESS, Folder
from cbfa.store.loading import load

_BEGUN = "20110101T000000Z"
_AFTERWARDS = date(2100, 12, 31)
"""A day on which everything in the journal has happened."""


def task_overdue(workshop: Workshop, data: Path, *, done_too: bool) -> Job:
    """The report of what is overdue. With `done_too`, what cbfa counts as done is completed; else every task is open. Raises Missing."""
    command = shutil.which("task")
    if command is None:
        raise Missing("Taskwarrior", "`make bench-peers` installs it where apt-get can")
    folder = workshop.folder / f"taskwarrior-{data.name}{'-done' if done_too else ''}"
    environment = workshop.environment | {"TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder)}
    if not folder.exists():
        folder.mkdir()
        (folder / "taskrc").write_text(f"data.location={folder}\nconfirmation=no\nnews.version=2.6.0\n", "utf-8")
        (folder / "tasks.json").write_text(json.dumps(list(tasks(data, done_too=done_too))), "utf-8")
        output(Job((command, "import", str(folder / "tasks.json")), environment))
    return Job((command, "overdue"), environment)


def tasks(data: Path, *, done_too: bool) -> Iterator[dict[str, str]]:
    """Each occurrence of a programme as Taskwarrior's JSON has it; due at the beginning of its last day, in UTC."""
    snapshot = Snapshot.take(*load(Folder(data, data / PROGRESS)).usable(), _AFTERWARDS)
    for standing in snapshot.standings:
        yield _task(standing, completed=done_too and standing.course.progress is Progress.DONE)


def _task(standing: Standing, *, completed: bool) -> dict[str, str]:
    occurrence = standing.occurrence
    due = occurrence.window.due
    return {
        "uuid": str(uuid5(NAMESPACE_OID, occurrence.key)),
        "description": occurrence.milestone.title.en,
        "project": occurrence.workstream.id,
        "entry": _BEGUN,
        **({"due": f"{due:%Y%m%d}T000000Z"} if due else {}),
        **({"status": "completed", "end": _BEGUN} if completed else {"status": "pending"}),
    }
