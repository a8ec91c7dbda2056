"""What was found in order before, so that it need not be read and checked again.

Whatever is here can be thrown away at any time. It is found by the content of the files, never by their names or times, and by the program
that wrote it, so nothing in it can be out of date; it is JSON with a checksum, so a damaged piece counts as none.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import VERSION

from cbfa import __version__
from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Roadmap

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

_PREFIX = "cbfa-"
"""What the name of every file in the cache begins with; no other file there is ever touched."""
_MOST_FILES = 20
_MOST_JOURNALS = 100


@dataclass(frozen=True)
class Contents:
    """The bytes of all files; a journal that is not there is empty."""

    programme: Sequence[bytes]
    journals: Sequence[bytes]

    @cached_property
    def programme_digest(self) -> str:
        """What stands for the roadmap and the agencies as this program reads them."""
        digests = [sha256(raw).hexdigest() for raw in self.programme]
        return sha256("\n".join([_program(), *digests]).encode()).hexdigest()

    @cached_property
    def _hashes(self) -> list[HASH]:
        return [sha256(raw) for raw in self.journals]

    @property
    def journals_digest(self) -> str:
        """What stands for the journals."""
        return _joined(self._hashes)

    def digest_with(self, line: bytes) -> str:
        """What will stand for the journals when the last of them has one line more."""
        *others, last = self._hashes
        longer = last.copy()
        longer.update(line)
        return _joined([*others, longer])


def _joined(hashes: Iterable[HASH]) -> str:
    return sha256("\n".join(one.hexdigest() for one in hashes).encode()).hexdigest()


@dataclass(frozen=True)
class Cache:
    """A folder of what was in order. What cannot be read from it is not there; what cannot be written to it is not kept."""

    folder: Path | None

    def programme(self, contents: Contents) -> tuple[Roadmap, Agencies] | None:
        """The roadmap and the agencies that such files hold, if they were in order."""
        try:
            checksum, body = self._read(f"{_PREFIX}{contents.programme_digest}.json").split(b"\n", 1)
            if checksum.decode() != sha256(body).hexdigest():
                return None
            roadmap, agencies = body.split(b"\n")
            return Roadmap.model_validate_json(roadmap), Agencies.model_validate_json(agencies)
        except ValueError:
            return None

    def keep_programme(self, contents: Contents, roadmap: Roadmap, agencies: Agencies) -> None:
        """Keeps them for the next time."""
        body = "\n".join(model.model_dump_json(exclude_defaults=True) for model in (roadmap, agencies)).encode()
        self._write(f"{_PREFIX}{contents.programme_digest}.json", sha256(body).hexdigest().encode() + b"\n" + body)

    def has_journals(self, contents: Contents) -> bool:
        """Whether such journals beside such a programme were in order, and every record in the form that cbfa gives it."""
        return contents.journals_digest.encode() in self._journals(contents)

    def keep_journals(self, contents: Contents, line: bytes = b"") -> None:
        """Remembers that they are, together with one line more."""
        digest = contents.digest_with(line).encode()
        known = [one for one in self._journals(contents) if one != digest]
        self._write(f"{_PREFIX}{contents.programme_digest}.journals", b"\n".join([*known, digest][-_MOST_JOURNALS:]))

    def _journals(self, contents: Contents) -> list[bytes]:
        return self._read(f"{_PREFIX}{contents.programme_digest}.journals").split(b"\n")

    def _read(self, name: str) -> bytes:
        with suppress(OSError):
            return (self.folder / name).read_bytes() if self.folder and _is_private(self.folder) else b""
        return b""

    def _write(self, name: str, body: bytes) -> None:
        if not self.folder:
            return
        import tempfile  # noqa: PLC0415 - little is ever new

        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self.folder):
                return
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=_PREFIX)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(body)
                Path(temporary).replace(self.folder / name)
            finally:
                Path(temporary).unlink(missing_ok=True)
            _throw_away_the_oldest(self.folder)


def _is_private(folder: Path) -> bool:
    """Whether nobody else may put a file there: what another wrote could have any checksum. On Windows folders tell it otherwise."""
    if sys.platform == "win32":
        return True
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _throw_away_the_oldest(folder: Path) -> None:
    files = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink(missing_ok=True)


NO_CACHE = Cache(None)


def find_cache(environment: Mapping[str, str]) -> Cache:
    """The cache in the folder that `CBFA_CACHE` names, else in the user's cache folder; `off` is none."""
    wish = environment.get("CBFA_CACHE")
    if wish:
        return NO_CACHE if wish.lower() == "off" else Cache(Path(os.path.expanduser(wish)))  # noqa: PTH111 - it never raises
    from platformdirs import user_cache_path  # noqa: PLC0415 - not where a folder is named

    with suppress(OSError, RuntimeError):  # whose home is not known has no cache
        return Cache(user_cache_path("cbfa", appauthor=False))
    return NO_CACHE


@cache
def _program() -> str:
    """This program and its newest change: another one may find wrong what this one found in order."""
    newest = max((path.stat().st_mtime_ns for room in ("core", "store") for path in _modules(room)), default=0)
    return f"cbfa {__version__} {newest} pydantic {VERSION}"


def _modules(room: str) -> Iterator[Path]:
    return (Path(__file__).parents[1] / room).rglob("*.py")
