"""Whether the files can be read and written, by this user and at this moment. Nothing here changes a right, or makes a lock."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from cbfa.messages import Message
from cbfa.problems import Place, Problem
from cbfa.store.doctor.findings import Kind, to_decide
from cbfa.store.doctor.scene import Scene, is_other

_TRIES, _PAUSE = 10, 0.1
"""How often the lock is asked for, and the seconds between."""


def files_are_files(scene: Scene) -> Iterator[Problem]:
    """The roadmap and the agencies are there, and nothing else has the name of a file."""
    for path in scene.files:
        if is_other(path):
            message = Message("it has the name of a file, but is a folder or something else")
            yield to_decide(
                Kind.NO_FILE, Place(path.name), message, Message("look what it is, and give it another name")
            )
    for path in scene.plans:
        if not os.path.lexists(path):
            message = Message("it is missing")
            advice = Message("bring it back from a copy; what such a file looks like: cbfa init")
            yield to_decide(Kind.NO_FILE, Place(path.name), message, advice)


def folder_is_open(scene: Scene) -> Iterator[Problem]:
    """The folder can be looked into, and written in: a new journal, its lock and what is moved aside need that."""
    if not scene.path.exists():
        return
    if not os.access(scene.path, os.R_OK | os.X_OK):
        yield _closed(scene.path, Message("you may not look into this folder"))
    elif not os.access(scene.path, os.W_OK):
        yield _closed(scene.path, Message("you may read in this folder, but not write"))


def files_are_open(scene: Scene) -> Iterator[Problem]:
    """All three files can be read, and the journal with what belongs to it can be written."""
    beside = [Path(f"{scene.journal_path}.{end}") for end in ("lock", "torn")]
    for path in [*scene.files, *beside]:
        if not os.path.lexists(path) or is_other(path):
            continue
        if not os.access(path, os.R_OK):
            yield _closed(path, Message("you may not read this file"))
        elif path not in scene.plans and not os.access(path, os.W_OK):
            yield _closed(path, Message("you may read this file, but not write it"))


def _closed(path: Path, message: Message) -> Problem:
    owner = _owner(path)
    advice = (
        Message("it belongs to “{name}”: ask them, or whoever keeps the computer, for the right", name=owner)
        if owner
        else Message("take away its write protection, or ask whoever keeps the computer for the right")
    )
    return to_decide(Kind.PERMISSION, Place(path.name), message, advice)


def _owner(path: Path) -> str | None:
    """Whose it is, where the system can tell and it is not the user's own."""
    with suppress(OSError, KeyError, NotImplementedError):
        if sys.platform != "win32" and path.stat().st_uid != os.geteuid():
            return path.owner()
    return None


def lock_is_free(scene: Scene) -> Iterator[Problem]:
    """No program holds the lock, and goes on holding it. A lock file that nobody holds is as it should be."""
    path = Path(f"{scene.journal_path}.lock")
    if _is_held_for_long(path):
        message = Message("another program holds the lock of the journal")
        advice = Message("wait until it has finished; if it never does, look for a cbfa that hangs, and end it")
        yield to_decide(Kind.LOCK, Place(path.name), message, advice)


def _is_held_for_long(path: Path) -> bool:
    """Who records something holds the lock for some milliseconds; that is nothing to tell."""
    for _ in range(_TRIES):
        if not is_held(path):
            return False
        time.sleep(_PAUSE)
    return True


def is_held(path: Path) -> bool:
    """Whether another process holds a lock, asked without waiting. A file that is not there, or cannot be asked, is not held."""
    with suppress(OSError):
        handle = os.open(path, _ASKING)
        try:
            return not _can_be_taken(handle)
        finally:
            os.close(handle)
    return False


if sys.platform == "win32":
    _ASKING = os.O_RDWR

    def _can_be_taken(handle: int) -> bool:
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        return True

else:
    _ASKING = os.O_RDONLY | os.O_NONBLOCK

    def _can_be_taken(handle: int) -> bool:
        import fcntl  # noqa: PLC0415 - Windows does not have it

        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [files_are_files, folder_is_open, files_are_open]
