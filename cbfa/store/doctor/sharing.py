"""Whether the folder is shared between machines, where the lock of one may not reach the other."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from cbfa.messages import Message
from cbfa.problems import Place, Problem
from cbfa.store.doctor.findings import Kind, to_know
from cbfa.store.doctor.scene import Scene

_NETWORK = re.compile(
    r"nfs4?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|glusterfs|lustre|davfs2?|fuse\.(sshfs|rclone|davfs2?|s3fs|gcsfuse|glusterfs|smbnetfs)"
)
_SYNCED = re.compile(
    r"(OneDrive|Dropbox|Google ?Drive|My Drive|Drive của tôi|iCloud ?Drive|Mobile Documents|Nextcloud|ownCloud)(\b.*)?",
    re.IGNORECASE,
)
_REMOTE = 4
"""`DRIVE_REMOTE` of `GetDriveTypeW`."""


def network(scene: Scene) -> Iterator[Problem]:
    """The folder lies on another machine."""
    if kind := network_type(scene.path.resolve()):
        message = Message(
            "this folder lies on another machine ({kind}): its lock may not reach all who write", kind=kind
        )
        yield _told(scene, message)


def synced(scene: Scene) -> Iterator[Problem]:
    """The folder is copied between machines by a program."""
    if name := synced_by(scene.path.resolve()):
        message = Message(
            "{name} copies this folder between machines: the lock of one does not reach the others", name=name
        )
        yield _told(scene, message)


def _told(scene: Scene, message: Message) -> Problem:
    advice = Message("let only one person write here; or give each a copy of their own, and join them with cbfa merge")
    return to_know(Kind.SHARED_FOLDER, Place(scene.path.name), message, advice)


def synced_by(path: Path) -> str | None:
    """The folder above that a sync program is known by."""
    return next((part for part in path.parts if _SYNCED.fullmatch(part)), None)


if sys.platform == "win32":

    def network_type(path: Path) -> str | None:
        """What a network calls this place, or None where it is on this machine."""
        import ctypes  # noqa: PLC0415 - Windows alone needs it

        if path.drive.startswith("\\\\"):
            return path.drive
        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE
        return path.drive if remote else None

else:

    def network_type(path: Path) -> str | None:
        """The type of a network's file system on which a place lies, by Linux's table of mounts; None for any other."""
        try:
            table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
        kind = type_in(table, path)
        return kind if kind and _NETWORK.fullmatch(kind) else None


def type_in(table: str, path: Path) -> str | None:
    """The type of the file system on which a place lies; the form of the table is that of proc_pid_mountinfo(5)."""
    found: tuple[int, str | None] = (-1, None)
    for line in table.splitlines():
        before, dash, behind = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            point = Path(_unescaped(fields[4]))
            if path.is_relative_to(point) and len(point.parts) >= found[0]:
                found = (len(point.parts), behind.split(" ")[0])
    return found[1]


def _unescaped(text: str) -> str:
    """Spaces and the like stand as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda digits: chr(int(digits[1], 8)), text)


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [network, synced]
