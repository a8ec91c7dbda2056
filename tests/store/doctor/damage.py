"""A data folder that tests damage and look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cbfa.core.journal import Record
from cbfa.problems import Problem
from cbfa.store.doctor import Outcome, examine, repair
from cbfa.store.folder import Folder
from cbfa.store.journal.reader import parse_journal
from cbfa.views.pages.doctor import Care, care_of
from tests.cli.running import contents

NEW = b'- {"id":"e-3","on":"2012-05-01","key":"stone-bridge","event":"progress","recorded":"2012-05-02T08:00:00.000+07:00"}\n'
OTHER_THIRD = NEW.replace(b'"progress"', b'"done"')
GONE = NEW.replace(b"e-3", b"e-4").replace(b"stone-bridge", b"aqueduct")


@dataclass
class Damaged:
    """The folder, with what tests do to it."""

    folder: Folder

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder.path

    @property
    def journal(self) -> Path:
        """Its journal."""
        return self.folder.own_journal

    @property
    def raw(self) -> bytes:
        """What the journal holds."""
        return self.journal.read_bytes()

    def write(self, name: str, raw: bytes) -> Path:
        """Puts a file into the folder."""
        path = self.path / name
        path.write_bytes(raw)
        return path

    def add(self, raw: bytes) -> None:
        """Puts more at the end of the journal."""
        self.journal.write_bytes(self.raw + raw)

    def look(self) -> list[Problem]:
        """What is found; and looking must have written nothing."""
        before = traces(self.path)
        found = examine(self.folder)
        assert traces(self.path) == before
        return found

    def findings(self) -> list[tuple[str, str, str]]:
        """Of everything that is found its care, kind and place."""
        return [(care_of(one).value, one.kind, str(one.place)) for one in self.look()]

    def fix(self) -> Outcome:
        """Mends; a second time must find nothing to do and change no byte."""
        treated = repair(self.folder)
        before = traces(self.path)
        again = repair(self.folder)
        assert traces(self.path) == before
        assert not again.done
        assert not [one for one in again.left if care_of(one) is Care.FIX]
        return treated

    def lines(self) -> list[Record]:
        """What can be read from the journal, line by line."""
        return parse_journal(self.raw, "").records

    def records(self) -> set[Record]:
        """What can be read from the journal."""
        return set(self.lines())

    def kept(self) -> Mapping[str, bytes]:
        """What lies in kept/."""
        kept = self.path / "kept"
        return {path.name: raw for path, raw in contents(kept).items()} if kept.exists() else {}


def traces(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    """Everything below a folder: when it was changed, what may be done with it, and its content."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        raw = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path] = (status.st_mtime_ns, status.st_mode, raw)
    return found
