"""Check that the files can be read and written. Nothing here changes a permission or makes a lock."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from cbfa.messages import Message
from cbfa.problems import Place, Problem
from cbfa.store.doctor.findings import Kind, to_decide
from cbfa.store.doctor.scene import Scene, is_special
from cbfa.store.folder import AMENDMENTS

LOCK_SECONDS = 1
"""A command that records something holds the lock for some milliseconds."""


def files_exist(scene: Scene) -> Iterator[Problem]:
    """The roadmap and the agencies exist, and nothing else has the name of a file."""
    for path in scene.files:
        if is_special(path):
            message = Message("this should be a file, but it is a folder or something else")
            yield to_decide(Kind.NO_FILE, Place(path.name), message, Message("check what it is, and rename it"))
    for path in scene.plans:
        if not os.path.lexists(path):
            fix = Message("restore it from a backup, or create a sample with: cbfa init NEW-FOLDER")
            yield to_decide(Kind.NO_FILE, Place(path.name), Message("this file is missing"), fix)


def folder_is_open(scene: Scene) -> Iterator[Problem]:
    """The folder can be listed and written to."""
    if not scene.path.exists():
        return
    if not os.access(scene.path, os.R_OK | os.X_OK):
        yield _no_permission(scene.path, Message("you have no permission to open this folder"))
    elif not os.access(scene.path, os.W_OK):
        yield _no_permission(scene.path, Message("you have no permission to write in this folder"))


def files_are_open(scene: Scene) -> Iterator[Problem]:
    """All files can be read. The amendments, the journal, its lock and its torn tail can be written."""
    beside = [Path(f"{scene.journal_path}.{end}") for end in ("lock", "torn")]
    for path in [*scene.files, *beside]:
        if not os.path.lexists(path) or is_special(path):
            continue
        if not os.access(path, os.R_OK):
            yield _no_permission(path, Message("you have no permission to read this file"))
        elif (path not in scene.plans or path.name == AMENDMENTS) and not os.access(path, os.W_OK):
            yield _no_permission(path, Message("you have no permission to write this file"))


def _no_permission(path: Path, message: Message) -> Problem:
    owner = _other_owner(path)
    fix = (
        Message("ask its owner “{name}” or an administrator for permission", name=owner)
        if owner
        else Message("change its permissions, or ask an administrator to do so")
    )
    return to_decide(Kind.PERMISSION, Place(path.name), message, fix)


def _other_owner(path: Path) -> str | None:
    """Return the owner, if the system knows it and it is not the user."""
    with suppress(OSError, KeyError, NotImplementedError):
        if sys.platform != "win32" and path.stat().st_uid != os.geteuid():
            return path.owner()
    return None


def lock_is_free(scene: Scene) -> Iterator[Problem]:
    """No program holds the lock for long. A lock file that nobody holds is normal."""
    path = Path(f"{scene.journal_path}.lock")
    if is_held(path):
        message = Message("another program is holding the journal's lock")
        fix = Message("wait until it has finished; if it never does, find the cbfa process that hangs, and end it")
        yield to_decide(Kind.LOCK, Place(path.name), message, fix)


def is_held(path: Path, seconds: float = LOCK_SECONDS) -> bool:
    """Return True if another process holds a lock for so many seconds. Makes no lock file."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - heavy

    try:
        if path.is_file():
            with FileLock(path, timeout=seconds, fallback_to_soft=False):
                pass
    except Timeout:
        return True
    except OSError:  # a lock that may not be opened is reported as a permission
        pass
    return False


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [files_exist, folder_is_open, files_are_open]
