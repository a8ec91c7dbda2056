"""The data folder as the checks see it. Its journal is read anew whenever it is asked for: a fix before may have changed it."""

from __future__ import annotations

import stat
from functools import cached_property
from pathlib import Path

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Roadmap
from cbfa.errors import NoAccess
from cbfa.store.folder import AGENCIES, ROADMAP, Folder
from cbfa.store.journal_lines import JournalFile, parse_journal
from cbfa.store.loading import Loaded, load
from cbfa.store.text_files import read_bytes


class Scene:
    """The folder in which the journal is written, and what lies in it. Files are named as they are called in it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.journal_path = folder.own_journal
        self.path = folder.own_journal.parent
        self.whole = folder.path == self.path
        """Whether the roadmap and the agencies lie beside the journal; those packed inside an installed cbfa do not."""
        self._parsed: dict[Path, tuple[bytes, JournalFile]] = {}
        self._union: tuple[list[JournalFile], Journal] | None = None

    @property
    def plans(self) -> list[Path]:
        """The files that are written by hand and lie here."""
        return [self.path / ROADMAP, self.path / AGENCIES] if self.whole else []

    @property
    def files(self) -> list[Path]:
        """Those of the three files that belong here."""
        return [*self.plans, self.journal_path]

    @cached_property
    def names(self) -> list[str]:
        """The names of all that lies here; none where the folder cannot be looked into."""
        try:
            return sorted(path.name for path in self.path.iterdir())
        except OSError:
            return []

    def raw(self) -> bytes:
        """The journal now; empty where there is none that can be read."""
        return readable(self.journal_path) or b""

    def journal(self) -> JournalFile:
        """The journal now, as far as it can be read."""
        return self._read(self.journal_path)

    def known(self) -> Journal:
        """Every record that is read from here now, also from the journal packed inside an installed cbfa."""
        files = [self._read(path) for path in self.folder.journals]
        if self._union is None or any(one is not other for one, other in zip(self._union[0], files, strict=True)):
            self._union = files, Journal.of(record for file in files for record in file.records)
        return self._union[1]

    def _read(self, path: Path) -> JournalFile:
        """A journal now. The bytes are read each time, which costs little; they are parsed again where they are others."""
        raw = readable(path) or b""
        if path not in self._parsed or self._parsed[path][0] != raw:
            self._parsed[path] = raw, parse_journal(raw, path.name)
        return self._parsed[path][1]

    @cached_property
    def loaded(self) -> Loaded | None:
        """The three files, as every command reads them, when this was first asked for; None where one cannot be read at all."""
        if any(is_other(path) for path in self.files):
            return None
        try:
            return load(self.folder)
        except NoAccess:
            return None

    @cached_property
    def plan(self) -> tuple[Roadmap, Agencies] | None:
        """The roadmap and the agencies, where both are whole; nothing here ever changes them."""
        loaded = self.loaded
        return (loaded.roadmap, loaded.agencies) if loaded and loaded.roadmap and loaded.agencies else None


def readable(path: Path) -> bytes | None:
    """The content of a file that can be read; None of anything else. Does not wait for a pipe to speak."""
    try:
        return read_bytes(path) if path.is_file() else None
    except (NoAccess, OSError):
        return None


def is_other(path: Path) -> bool:
    """Whether something has a file's name and is none: a folder, a pipe, a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def lines_of(raw: bytes) -> list[bytes]:
    """The lines of a file, each with its line end; a last one may have none."""
    *complete, tail = raw.split(b"\n")
    return [*(line + b"\n" for line in complete), *([tail] if tail else [])]
