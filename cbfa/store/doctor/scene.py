"""The data folder as the checks see it. Repairs read files as they are now, and keep what they take away."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import count
from pathlib import Path

from cbfa.core.history import History
from cbfa.core.journal import Journal
from cbfa.errors import NoAccess
from cbfa.store.files import read_bytes, sync_folder, write_over, writing
from cbfa.store.folder import AGENCIES, AMENDMENTS, ROADMAP, Folder
from cbfa.store.journal.reader import Reading, parse_journal
from cbfa.store.loading import Loaded, load

KEPT = "kept"
"""The folder, in the data folder, for what a repair takes away."""


class Scene:
    """The folder in which the journal is written. Its journal is read again whenever it is asked for: a repair may have changed it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.store = folder.open_journal()
        self.journal_path = folder.own_journal
        self.path = folder.own_journal.parent

    @property
    def plans(self) -> list[Path]:
        """The files that are written by hand; those packed inside an installed cbfa are elsewhere."""
        if self.folder.is_packed:
            return []
        acts = self.path / AMENDMENTS
        return [self.path / ROADMAP, self.path / AGENCIES, *([acts] if acts.exists() or acts.is_symlink() else [])]

    @property
    def files(self) -> list[Path]:
        """Those of the three files that belong in this folder."""
        return [*self.plans, self.journal_path]

    @property
    def names(self) -> list[str]:
        """The names of everything in the folder; none if it cannot be listed."""
        try:
            return sorted(path.name for path in self.path.iterdir())
        except OSError:
            return []

    def raw(self) -> bytes:
        """Return the bytes of the journal now; none if it cannot be read."""
        return read_or_none(self.journal_path) or b""

    def reading(self) -> Reading:
        """Read the file of the journal now."""
        return parse_journal(self.raw(), self.journal_path.name)

    def known(self) -> Journal:
        """Return every record that counts here now, also those packed inside an installed cbfa."""
        try:
            return self.store.read().journal
        except NoAccess:
            return self.reading().journal

    @cached_property
    def loaded(self) -> Loaded | None:
        """The three files, as commands load them; None if one cannot be read."""
        if any(is_special(path) for path in self.files):
            return None
        try:
            return load(self.folder)
        except NoAccess:
            return None

    @cached_property
    def history(self) -> History | None:
        """The plan over time, if its files are valid. No repair changes them."""
        return self.loaded.history if self.loaded else None


def read_or_none(path: Path) -> bytes | None:
    """Return the content of a regular file. None of anything else, and if it cannot be read."""
    try:
        return read_bytes(path) if path.is_file() else None
    except (NoAccess, OSError):
        return None


def is_special(path: Path) -> bool:
    """Return True if the path exists and is no regular file: a folder, a pipe, a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def keep(path: Path, raw: bytes) -> str:
    """Copy the content of a file to `kept/`, unless it is there already. Return its new path. Raises NoAccess."""
    for candidate in _free_names(_kept_folder(path), path.name):
        if read_or_none(candidate) == raw:
            return _relative(candidate)
        if _reserve(candidate):
            with writing(candidate):
                shutil.copymode(path, candidate)
            write_over(candidate, raw)
            return _relative(candidate)
    raise AssertionError  # names do not run out


def move(path: Path) -> str:
    """Move a file to `kept/`; return its new path. Raises NoAccess."""
    candidate = next(name for name in _free_names(_kept_folder(path), path.name) if _reserve(name))
    try:
        with writing(path):
            path.replace(candidate)
            sync_folder(candidate.parent)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            if candidate.stat().st_size == 0:
                candidate.unlink()
        raise
    return _relative(candidate)


def _kept_folder(path: Path) -> Path:
    kept = path.parent / KEPT
    with writing(kept):
        kept.mkdir(exist_ok=True)
    return kept


def _free_names(folder: Path, name: str) -> Iterator[Path]:
    """Yield `progress.yaml`, `progress.2.yaml`, `progress.3.yaml` and so on."""
    first = Path(name)
    yield folder / name
    yield from (folder / f"{first.stem}.{number}{first.suffix}" for number in count(2))


def _reserve(path: Path) -> bool:
    """Take a name with an empty file, so that nothing is written over. Return False if it is taken."""
    with writing(path):
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            return False
    return True


def _relative(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
