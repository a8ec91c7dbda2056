"""Bytes to text and back: UTF-8 with or without BOM, and writing without ever leaving half a file."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.problems import Place, Problem
from cbfa.store.paths import shown_path

BOM = b"\xef\xbb\xbf"
MAX_BYTES = 16 * 1024 * 1024
"""The size that a roadmap, or a file of agencies, may have."""


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The content of a file, or its first `most` bytes. Raises NoAccess."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise cannot(
            Message(
                "cannot read {path}: {reason}", path=shown_path(path), reason=error.strerror or type(error).__name__
            )
        ) from error


def read_file(path: Path, most: int = -1) -> bytes:
    """The same of what is really a file: a pipe or a device may never come to an end. Raises NoAccess."""
    with suppress(OSError):  # which reading tells better
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise cannot(Message("{path} is no file, but a pipe or a device", path=shown_path(path)))
    return read_bytes(path, most)


def read_if_there(path: Path) -> bytes:
    """The content of a file, nothing of one that does not exist. Raises NoAccess for one that may exist and cannot be read."""
    try:
        return read_file(path)
    except NoAccess as error:
        if isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError)):
            return b""
        raise


def cannot(message: Message) -> NoAccess:
    """The error for a file that the system does not give."""
    return NoAccess(message, Message("check that it exists, that you may use it, and that no other program holds it"))


def decoded(raw: bytes, name: str) -> str | Problem:
    """The text of a file without BOM, as it was written; or the problem, with the place of the first byte that is not UTF-8."""
    body = raw.removeprefix(BOM)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        excerpt = body.split(b"\n")[line - 1].decode("utf-8", "replace")
        return Problem(
            Place(name, line, column, excerpt),
            Message(
                "this file is not UTF-8: the byte {byte} is none of its characters", byte=f"0x{body[error.start]:02X}"
            ),
            Message("save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"),
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around whatever writes a file: what the system refuses becomes a NoAccess that names the file."""
    try:
        yield
    except OSError as error:
        raise cannot(
            Message(
                "cannot write {path}: {reason}", path=shown_path(path), reason=error.strerror or type(error).__name__
            )
        ) from error


def write_new(path: Path, text: str) -> None:
    """Writes a whole file so that it is there completely or not at all. Raises NoAccess; replaces nothing."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(path, text.encode("utf-8")) as temporary:
            temporary.chmod(0o666 & ~_umask())
            _put_in_place(temporary, path)
        sync_folder(path.parent)


def write_over(path: Path, raw: bytes) -> None:
    """Puts new content in the place of a file's old one, completely or not at all. Raises NoAccess.

    A link goes on leading to the file. Who may use it stays as it was, and so does its owner where the system allows. To keep what was
    there is the caller's part.
    """
    with writing(path):
        path = path.resolve()
        before = path.stat()
        with _temporary(path, raw) as temporary:
            temporary.chmod(stat.S_IMODE(before.st_mode))
            if sys.platform != "win32":
                with suppress(PermissionError):
                    os.chown(temporary, before.st_uid, before.st_gid)
            temporary.replace(path)
        sync_folder(path.parent)


@contextmanager
def _temporary(path: Path, raw: bytes) -> Iterator[Path]:
    """The content on disk under another name in the same folder, which is gone at the end unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _put_in_place(temporary: Path, path: Path) -> None:
    """Links the file to its name, which fails where another took the name first; a file system without links cannot tell."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise
        temporary.rename(path)


def sync_folder(folder: Path) -> None:
    """Makes a new name in a folder last through a power cut. Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
