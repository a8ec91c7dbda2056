"""Read and write whole files in UTF-8, never half a file. Paths as people read and type them."""

import errno
import os
import re
import shlex
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.problems import Place, Problem

BOM = b"\xef\xbb\xbf"
MAX_BYTES = 16 * 1024 * 1024
"""Maximum size of a roadmap, and of a file of agencies."""


def shown_path(path: Path) -> str:
    """Return a path as people read it: relative to the working folder if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError, RuntimeError):  # RuntimeError is a loop of links, before Python 3.13
        return str(path)


def typed_path(path: Path | str, *, windows: bool = sys.platform == "win32") -> str:
    """Return a path as people type it, quoted if needed. The command prompt of Windows knows double quotes only."""
    if windows:
        return str(path) if re.fullmatch(r"[\w:\\/.-]+", str(path)) else f'"{path}"'
    return shlex.quote(str(path))


def read_bytes(path: Path, size: int = -1) -> bytes:
    """Return the content of a file, or its first `size` bytes. Raises NoAccess."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise access_error(
            Message(
                "cannot read {path}: {reason}", path=shown_path(path), reason=error.strerror or type(error).__name__
            ),
            error,
        ) from error


def read_file(path: Path, size: int = -1) -> bytes:
    """Return the content of a regular file, or its first `size` bytes. Refuses pipes and devices, which may never end. Raises NoAccess."""
    with suppress(OSError):  # reading reports it better
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise NoAccess(Message("{path} is not a file, but a pipe or a device", path=shown_path(path)), _FIX)
    return read_bytes(path, size)


def read_if_there(path: Path, size: int = -1) -> bytes:
    """Return the content of a file, or its first `size` bytes; nothing if it does not exist. Raises NoAccess if it cannot be read."""
    try:
        return read_file(path, size)
    except NoAccess as error:
        if isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError)):
            return b""
        raise


_FIX = Message("check that it exists, that you have permission, and that no other program is using it")
_FULL = Message("free some space on the disk, then try again")
_FIXES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.ENAMETOOLONG: Message("use a shorter name"),
    errno.EROFS: Message("this disk cannot be written to; use a folder on another one"),
}
"""What helps, by the number of the system's error; `EDQUOT` is a full quota, `EFBIG` a file that may not grow."""


def access_error(message: Message, error: OSError) -> NoAccess:
    """Return the error for a file to which the system denies access, with the fix for its reason."""
    return NoAccess(message, _FIXES.get(error.errno or 0, _FIX))


def decode(raw: bytes, name: str) -> str | Problem:
    """Decode a file, without its BOM. Return a Problem at the first byte that is not UTF-8."""
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
            Message("this file is not UTF-8: the byte {byte} is not valid here", byte=f"0x{body[error.start]:02X}"),
            Message("save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"),
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into a NoAccess that names the file."""
    try:
        yield
    except OSError as error:
        raise access_error(
            Message(
                "cannot write {path}: {reason}", path=shown_path(path), reason=error.strerror or type(error).__name__
            ),
            error,
        ) from error


def write_new(path: Path, raw: bytes) -> None:
    """Write a new file, completely or not at all. Replaces nothing. Raises NoAccess."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(path, raw) as temporary:
            temporary.chmod(0o666 & ~_umask())
            _put_in_place(temporary, path)
        sync_folder(path.parent)


def write_over(path: Path, raw: bytes) -> None:
    """Replace the content of a file, completely or not at all. Raises NoAccess.

    Links, permissions and, where the system allows, the owner stay as they were. The caller keeps the old content.
    """
    with writing(path):
        path = path.resolve()
        before = path.stat()
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with _temporary(path, raw) as temporary:
            temporary.chmod(stat.S_IMODE(before.st_mode))
            if sys.platform != "win32":
                with suppress(PermissionError):
                    os.chown(temporary, before.st_uid, before.st_gid)
            temporary.replace(path)
        sync_folder(path.parent)


@contextmanager
def _temporary(path: Path, raw: bytes) -> Iterator[Path]:
    """Write the content to a temporary file in the same folder. Delete it at the end unless it was renamed."""
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
    """Link the file to its name, which fails if the name is taken. A file system without links cannot check that."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise
        temporary.rename(path)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut. Windows has no such call."""
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
