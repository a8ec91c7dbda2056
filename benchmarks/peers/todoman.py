"""todoman, a to-do list in files of the iCalendar standard: `todo list` with forty items of the shipped programme."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from uuid import UUID

from benchmarks.peers import installed
from benchmarks.process import Job
from benchmarks.workshop import SHIPPED, Workshop
from cbfa.core.occurrences import Occurrence, all_occurrences
from cbfa.store.folder import PROGRESS, Folder
from cbfa.store.loading import load

ITEMS = 40


def todo_list(workshop: Workshop) -> Job:
    """The list of all open items. Raises Missing."""
    command = installed("todo", "todoman")
    folder = workshop.folder / "todoman"
    items = folder / "lists" / "programme"
    if not folder.exists():
        items.mkdir(parents=True)
        roadmap, _, _ = load(Folder(SHIPPED, SHIPPED / PROGRESS)).usable()
        for number, occurrence in enumerate(islice(all_occurrences(roadmap), ITEMS)):
            (items / f"{number}.ics").write_text(_item(number, occurrence), encoding="utf-8", newline="\r\n")
        (folder / "config.py").write_text(_settings(folder), encoding="utf-8")
    environment = workshop.environment | {"TODOMAN_CONFIG": str(folder / "config.py")}
    return Job((str(command), "list"), environment)


def _item(number: int, occurrence: Occurrence) -> str:
    due = occurrence.window.due
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cbfa//benchmarks//EN",
        "BEGIN:VTODO",
        f"UID:{UUID(int=number)}",
        "DTSTAMP:20110101T000000Z",
        f"SUMMARY:{occurrence.milestone.title.en.replace(',', chr(92) + ',').replace(';', chr(92) + ';')}",
        *([f"DUE;VALUE=DATE:{due:%Y%m%d}"] if due else []),
        "END:VTODO",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\n" for line in lines)


def _settings(folder: Path) -> str:
    return (
        f"path = {str(folder / 'lists' / '*')!r}\ncache_path = {str(folder / 'cache.sqlite3')!r}\n"
        "date_format = '%Y-%m-%d'\ntime_format = '%H:%M'\n"
    )
