"""Keeping what a fix takes away: in `kept/` of the data folder, whole, under a name that nothing else has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from cbfa.store.doctor.scene import readable
from cbfa.store.text_files import sync_folder, write_over, writing

KEPT = "kept"


def keep(path: Path, raw: bytes) -> str:
    """Keeps what a file holds, for those who may use it, and says where. What is kept already is not kept twice. Raises NoAccess."""
    kept = _folder(path)
    for candidate in _names(kept, path.name):
        if readable(candidate) == raw:
            return _said(candidate)
        if _reserve(candidate):
            with writing(candidate):
                shutil.copymode(path, candidate)
            write_over(candidate, raw)
            return _said(candidate)
    raise AssertionError  # there is always one more name


def move(path: Path) -> str:
    """Moves a file there, and says where. Raises NoAccess."""
    candidate = next(name for name in _names(_folder(path), path.name) if _reserve(name))
    try:
        with writing(path):
            path.replace(candidate)
            sync_folder(candidate.parent)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            _release(candidate)
        raise
    return _said(candidate)


def _folder(path: Path) -> Path:
    kept = path.parent / KEPT
    with writing(kept):
        kept.mkdir(exist_ok=True)
    return kept


def _names(folder: Path, name: str) -> Iterator[Path]:
    """`progress.yaml`, `progress.2.yaml`, `progress.3.yaml` and so on."""
    first = Path(name)
    yield folder / name
    yield from (folder / f"{first.stem}.{number}{first.suffix}" for number in count(2))


def _reserve(path: Path) -> bool:
    """Takes a name by an empty file, so that nothing that is there can be written over; False where it is taken."""
    with writing(path):
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            return False
    return True


def _release(path: Path) -> None:
    if path.stat().st_size == 0:
        path.unlink()


def _said(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
