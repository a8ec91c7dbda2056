"""The journal as an interface, and the journal that is a file."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple, Protocol

from cbfa.core.dates import VIET_NAM
from cbfa.core.journal import Journal, Record
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Severity
from cbfa.store.files import read_bytes, read_if_there, shown_path
from cbfa.store.journal.append import append_lines, encode, locked
from cbfa.store.journal.reader import TORN, Reading, parse_journal


class Contents(NamedTuple):
    """The records of a journal and its problems; `locate` turns the id of a record, and a field of it, into a place.

    `here` has the ids of the records that were recorded here, the last one last: neither merged nor packed with the program.
    """

    journal: Journal
    problems: list[Problem]
    locate: Callable[[KeyPath], Place]
    here: Sequence[str] = ()


class JournalStore(Protocol):
    """A progress journal: a file today, perhaps a table of a database later."""

    @property
    def name(self) -> str:
        """The place where it is kept, as people read it."""

    def read(self, zone: tzinfo = VIET_NAM) -> Contents:
        """Read every record; `zone` decides the day of a moment. Raises NoAccess."""

    def append(self, records: Iterable[Record], *, merged: bool = False) -> None:
        """Record all of them or none, as `merged` from another copy or not; return when they are safe. Raises Invalid, NoAccess."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep all others from appending during the block. Raises NoAccess."""


class FileJournal:
    """A journal in a file. `packed` is a read-only one that is read with it: a journal is a set, so two files are their union."""

    def __init__(self, path: Path, packed: Path | None = None) -> None:
        self._path = path
        self._paths = [packed, path] if packed else [path]
        self._holds_lock = False

    @property
    def name(self) -> str:
        """The path of the file, as people read it."""
        return shown_path(self._path)

    def read(self, zone: tzinfo = VIET_NAM) -> Contents:
        """Read the complete lines of the file. One that does not exist is empty. Raises NoAccess."""
        return _contents([parse_journal(read_if_there(path), shown_path(path)) for path in self._paths], zone)

    def append(self, records: Iterable[Record], *, merged: bool = False) -> None:
        """Append all records or none; return when they are on disk and were read back. Raises Invalid, NoAccess."""
        if lines := encode(records, merged=merged):
            with self.locked():
                append_lines(self._path, lines)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the file; a second time within the block does nothing. Raises NoAccess."""
        if self._holds_lock:
            yield
            return
        with locked(self._path):
            self._holds_lock = True
            try:
                yield
            finally:
                self._holds_lock = False


def _contents(readings: list[Reading], zone: tzinfo) -> Contents:
    def locate(path: KeyPath) -> Place:
        return next((one for one in readings if path[0] in one), readings[-1]).locate(path)

    journal = Journal.from_records((record for reading in readings for record in reading.records), zone)
    own = readings[-1]
    here = [record.id for record in own.records if record.id not in own.merged]
    return Contents(journal, [problem for reading in readings for problem in reading.problems], locate, here)


def read_copy(path: Path, zone: tzinfo = VIET_NAM) -> Contents:
    """Read another office's copy of a journal. Raises NoAccess."""
    return parse_copy(read_bytes(path), str(path), zone)


def parse_copy(raw: bytes, name: str, zone: tzinfo = VIET_NAM) -> Contents:
    """Read the bytes of a copy, in which a torn line is an error: its entry would be lost."""
    copy = _contents([parse_journal(raw, name)], zone)
    return copy._replace(problems=[_in_copy(problem) for problem in copy.problems])


def _in_copy(problem: Problem) -> Problem:
    if problem.kind != TORN:
        return problem
    message = Message("this copy ends without a line ending, so an entry could be lost")
    fix = Message("ask for the complete file, or add a line ending if the last line is complete")
    return problem._replace(message=message, fix=fix, severity=Severity.ERROR)


def new_id() -> str:
    """Return a globally unique id, later than any that this process made before (UUID version 7, RFC 9562)."""
    if sys.version_info >= (3, 14):
        from uuid import uuid7  # noqa: PLC0415 - older versions lack it
    else:
        from uuid_utils import uuid7  # noqa: PLC0415 - heavy, and needed only to write
    return str(uuid7())
