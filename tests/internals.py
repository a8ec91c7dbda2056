"""The internals of cbfa.store that the proofs use: when they change, only this file follows."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from cbfa.core.journal import Record
from cbfa.problems import Problem
from cbfa.store.files import read_if_there
from cbfa.store.folder import Folder
from cbfa.store.journal import append as appending
from cbfa.store.journal import lines, reader
from cbfa.store.journal.reader import Reading
from cbfa.store.journal.store import FileJournal
from cbfa.store.loading import load
from cbfa.store.yaml.reader import read_yaml
from cbfa.store.yaml.validation import validate

LOCK_SECONDS = appending.LOCK_SECONDS


def set_lock_seconds(seconds: float) -> None:
    """Set how long this process waits for a lock."""
    appending.LOCK_SECONDS = seconds


def append(path: Path, records: list[Record]) -> None:
    """Append records to a journal file."""
    FileJournal(path).append(records)


def parse_journal(raw: bytes) -> Reading:
    """Parse the bytes of a journal; return its records and problems."""
    return reader.parse_journal(raw, "progress.yaml")


def read_journal(path: Path) -> Reading:
    """Read a journal file; return its records and problems."""
    return reader.parse_journal(read_if_there(path), "progress.yaml")


def line_of(record: Record) -> bytes:
    """Return the line of a record."""
    return lines.line_of(record).encode("utf-8")


def problems_of_yaml(model: type[BaseModel], raw: bytes) -> list[Problem]:
    """Read a YAML file and validate it by a model; return its problems."""
    return validate(model, read_yaml(raw, "file.yaml")).problems


def problems_of_programme(folder: Path) -> list[Problem]:
    """Load the files of a folder; return their problems."""
    return load(Folder(folder, folder / "progress.yaml")).problems
