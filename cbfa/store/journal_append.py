"""Appending to the journal: all of it or nothing, whatever else happens at the same time.

A writer locks a sidecar file (never the data), fixes a torn tail, appends in one write, syncs, reads back; on any failure it cuts back to
where it was. Nothing here ever rewrites a line.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from cbfa.core.journal import Record
from cbfa.errors import Invalid, NoAccess
from cbfa.messages import Message
from cbfa.store.journal_lines import MAX_LINE, line_of
from cbfa.store.paths import shown_path
from cbfa.store.text_files import BOM, sync_folder, writing

LOCK_SECONDS = 10


def append(path: Path, records: Iterable[Record]) -> int:
    """Appends records, all of them or none. Returns only after they are on disk and were read back.

    What it returns is the byte at which the first begins; 0 where there is none. Raises Invalid for a record that could not be read again,
    NoAccess for a file that cannot be written.
    """
    lines = _encoded(records)
    if not lines:
        return 0
    with locked(path):
        return _append(path, lines)


def append_locked(path: Path, records: Iterable[Record]) -> None:
    """The same for whoever holds the lock already."""
    if lines := _encoded(records):
        with writing(path):
            _append(path, lines)


def move_torn_tail(path: Path) -> None:
    """What an append does before anything else, by itself, for whoever holds the lock. Raises NoAccess."""
    with writing(path), _opened(path) as file:
        _move_torn_tail_aside(file, path)
        os.fsync(file.fileno())


def _encoded(records: Iterable[Record]) -> bytes:
    encoded = [line_of(record).encode("utf-8") for record in records]
    for line in encoded:
        if len(line) > MAX_LINE:
            message = Message(
                "this entry has {size} KB; an entry may have {most}", size=len(line) >> 10, most=MAX_LINE >> 10
            )
            raise Invalid(message, Message("put it into a document, and name that"))
    return b"".join(encoded)


def _append(path: Path, lines: bytes) -> int:
    """Where they begin."""
    with _opened(path) as file:
        _move_torn_tail_aside(file, path)
        sync_folder(path.parent)  # the names first: once the lines are synced, nothing may fail any more
        return _append_or_cut_back(file, lines, path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the sidecar lock of a journal, whose folder is made. Raises NoAccess, also where another has held it for LOCK_SECONDS."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _held(path):
            yield


@contextmanager
def _held(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - reading must not pay for locking

    lock = FileLock(f"{path}.lock", timeout=LOCK_SECONDS, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise NoAccess(
            Message(
                "another program has held {path} for {seconds} seconds",
                path=f"{shown_path(path)}.lock",
                seconds=LOCK_SECONDS,
            ),
            Message("wait until it has finished, then try again; nothing was recorded"),
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):  # the end of the process frees it all the same
            lock.release()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
    try:
        yield file
    finally:
        with suppress(OSError):  # what was written is synced by now, or cut off and told
            file.close()


def _move_torn_tail_aside(file: BinaryIO, path: Path) -> None:
    """Moves what stands behind the last line end to `progress.yaml.torn`, then cuts it off."""
    size = file.seek(0, os.SEEK_END)
    start = _after_last_line_end(file, size)
    if start == size:
        return
    file.seek(start)
    torn = file.read(size - start)
    if torn.strip() and (start, torn) != (0, BOM):
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)  # as private as the journal
        with open(f"{path}.torn", "ab", opener=partial(os.open, mode=mode)) as kept:
            kept.write(torn + b"\n")
            kept.flush()
            os.fsync(kept.fileno())
        sync_folder(path.parent)
    file.truncate(start)


def _after_last_line_end(file: BinaryIO, size: int, block: int = 65536) -> int:
    end = size
    while end > 0:
        begin = max(0, end - block)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _append_or_cut_back(file: BinaryIO, lines: bytes, path: Path) -> int:
    """One write, synced and read back; returns where it begins.

    A full disk makes a write short without an exception, so the length is looked at too.
    """
    start = file.seek(0, os.SEEK_END)
    try:
        if os.write(file.fileno(), lines) != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
        file.seek(start)
        if file.read(len(lines)) != lines:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
    except BaseException as error:
        _cut_back(file, start, path, error)
        raise
    return start


def _cut_back(file: BinaryIO, start: int, path: Path, error: BaseException) -> None:
    """Cuts off what was begun. Raises NoAccess where even that fails: then only a look can tell whether the lines count."""
    try:
        file.truncate(start)
    except OSError as second:
        reason = second.strerror or type(second).__name__
        raise NoAccess(
            Message("cannot write {path}: {reason}", path=shown_path(path), reason=reason),
            Message("it may have been recorded all the same: look with cbfa log before you try again"),
        ) from error
    with suppress(OSError):  # the first error is the one to tell
        os.fsync(file.fileno())
