"""Append lines to a journal file: all of them or none, whatever happens at the same time.

A writer locks a sidecar file (never the data), moves a torn tail aside, appends in one write, syncs and reads back; on any failure it cuts
the file back to its old length. Nothing here rewrites a line.
"""

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
from cbfa.store.files import BOM, shown_path, sync_folder, writing
from cbfa.store.journal.lines import MAX_LINE, line_of, merged_lines

LOCK_SECONDS = 10


def encode(records: Iterable[Record], *, merged: bool = False) -> bytes:
    """Return the lines of records, after comments that name those that are merged. Raises Invalid for a line that is too long."""
    records = list(records)
    lines = [line_of(record).encode("utf-8") for record in records]
    for line in lines:
        if len(line) > MAX_LINE:
            message = Message(
                "this entry has {size} KB; the maximum is {most} KB", size=len(line) >> 10, most=MAX_LINE >> 10
            )
            raise Invalid(message, Message("put the text in a document, and cite that document"))
    return merged_lines(records).encode() + b"".join(lines) if merged else b"".join(lines)


def append_lines(path: Path, lines: bytes) -> None:
    """Append lines, all or none, for the holder of the lock. Returns when they are on disk and were read back. Raises NoAccess."""
    with writing(path), _opened(path) as file:
        _move_torn_tail(file, path)
        sync_folder(path.parent)  # names first: after the lines are synced, nothing may fail
        _append_or_cut_back(file, lines, path)


def move_torn_tail(path: Path) -> None:
    """Move a torn tail aside, for the holder of the lock. Raises NoAccess."""
    with writing(path), _opened(path) as file:
        _move_torn_tail(file, path)
        os.fsync(file.fileno())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the sidecar lock of a journal file; make its folder. Raises NoAccess, also if another holds it for LOCK_SECONDS."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - heavy, and needed only to write

    sidecar = Path(f"{path}.lock")
    with writing(sidecar if sidecar.exists() else path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(sidecar, timeout=LOCK_SECONDS, fallback_to_soft=False)
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
        with suppress(OSError):  # of another officer, or there is no journal yet
            sidecar.chmod(stat.S_IMODE(path.stat().st_mode))  # whoever may write the journal may lock it
        try:
            yield
        finally:
            with suppress(OSError):  # the end of the process frees it too
                lock.release()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
    try:
        yield file
    finally:
        with suppress(OSError):  # what was written is synced by now, or cut off and reported
            file.close()


def _move_torn_tail(file: BinaryIO, path: Path) -> None:
    """Move what follows the last line end to `progress.yaml.torn`, then cut it off."""
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


def _append_or_cut_back(file: BinaryIO, lines: bytes, path: Path) -> None:
    """Append in one write, sync, read back. A full disk shortens a write without an exception, so its length is checked."""
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


def _cut_back(file: BinaryIO, start: int, path: Path, error: BaseException) -> None:
    """Cut off what was begun. Raises NoAccess if even that fails: then the user must check whether the lines count."""
    try:
        file.truncate(start)
    except OSError as second:
        reason = second.strerror or type(second).__name__
        raise NoAccess(
            Message("cannot write {path}: {reason}", path=shown_path(path), reason=reason),
            Message("check with cbfa log before you try again: the entry may have been recorded"),
        ) from error
    with suppress(OSError):  # the first error is the one to report
        os.fsync(file.fileno())
