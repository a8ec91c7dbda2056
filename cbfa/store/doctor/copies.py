"""Check for copies beside the three files.

A copy of the journal that a sync program made is the other half of the truth, and its entries are merged. A backup, and a copy that a
person may have made, can hold lines that were removed on purpose; those a person decides on. Names are compared composed, in any case.

Dropbox `progress (Lan's conflicted copy 2012-06-30).yaml`; Nextcloud `progress (conflicted copy 2012-06-30 101112).yaml` and, earlier,
`progress_conflict-20120630-101112.yaml`; Google Drive, browsers and Explorer `progress (1).yaml`, `progress - Copy.yaml`,
`progress - Sao chép.yaml`, `Copy of progress.yaml`, `Bản sao của progress.yaml`; Finder `progress copy.yaml`; iCloud `progress 2.yaml`;
Syncthing `progress.sync-conflict-20120630-101112-ABCDEFG.yaml`; OneDrive `progress-DESKTOP-4AB9C2D.yaml`: the name of the computer.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cbfa.core.journal import Journal, Record
from cbfa.core.recording import check_union, new_records
from cbfa.core.text import nfc
from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Repair
from cbfa.store.doctor.findings import Kind, first_difference, side_by_side, to_decide, to_fix, to_know
from cbfa.store.doctor.scene import KEPT, Scene, move, read_or_none
from cbfa.store.files import BOM
from cbfa.store.journal.store import Contents, parse_copy
from cbfa.store.loading import errors_among


class Origin(Enum):
    """The origin of a copy, as far as its name shows."""

    SYNC = "two machines wrote at the same time, or a file manager copied"
    BACKUP = "an editor or git left what was there before"
    PERHAPS = "OneDrive uses the name of a computer, others put a word in brackets; but a person may have made it too"


_CONFLICT = "conflict|conflit|xung đột"
_COPY = "copy|sao chép|bản sao"
_PATTERNS = [
    (rf"{{stem}} ?\((\d+|.*({_CONFLICT}).*)\){{end}}", Origin.SYNC),
    (rf"{{stem}} ?[-–] ?({_COPY})( ?\(\d+\))?{{end}}", Origin.SYNC),
    (r"{stem} copy( \d+)?{end}", Origin.SYNC),
    (r"(copy of|bản sao của|bản sao) {stem}( ?\(\d+\))?{end}", Origin.SYNC),
    (r"{stem} \d+{end}", Origin.SYNC),
    (r"{stem}\.sync-conflict-[0-9a-z-]+{end}", Origin.SYNC),
    (r"{stem}_conflict-[0-9-]+{end}", Origin.SYNC),
    (r"{stem}-(desktop|laptop|win|pc)-[0-9a-z]{{3,}}(-\d+)?{end}", Origin.SYNC),
    (r"{stem}{end}(~|\.~\d+~|\.(bak|backup|old|orig))", Origin.BACKUP),
    (r"#{stem}{end}#", Origin.BACKUP),
    (r"{stem}_(backup|base|local|remote)_\d+{end}", Origin.BACKUP),
    (r"{stem}-[^.]+{end}", Origin.PERHAPS),
    (r"{stem} ?\(.+\){end}", Origin.PERHAPS),
]


def origin_of(name: str, file: str) -> Origin | None:
    """Return the origin of a copy of `file`, such as progress.yaml, by its name; None if it is no copy of it."""
    stem, dot, suffix = file.rpartition(".")
    for pattern, origin in _PATTERNS:
        expression = pattern.format(stem=re.escape(stem), end=re.escape(dot + suffix))
        if re.fullmatch(expression, nfc(name), re.IGNORECASE | re.DOTALL):
            return origin
    return None


class _Copy(NamedTuple):
    path: Path
    origin: Origin
    raw: bytes

    @property
    def place(self) -> Place:
        return Place(self.path.name)


def _copies(scene: Scene, path: Path) -> Iterator[_Copy]:
    """Yield the copies of a file in the folder. Links, folders and unreadable files are none."""
    for name in scene.names:
        origin, here = origin_of(name, path.name), scene.path / name
        if origin and not here.is_symlink() and (raw := read_or_none(here)) is not None:
            yield _Copy(here, origin, raw)


def copies_of_the_journal(scene: Scene) -> Iterator[Problem]:
    """The new records of a valid copy are appended, as by `cbfa merge`; then the copy is moved to `kept/`."""
    copies = [(copy, parse_copy(copy.raw, copy.path.name)) for copy in _copies(scene, scene.journal_path)]
    for copy, theirs in copies:
        if copy.origin is Origin.PERHAPS and not len(theirs.journal):
            continue
        others = {
            record: other.path.name
            for other, its in copies
            if other is not copy and other.origin is Origin.SYNC
            for record in its.journal.records
        }
        yield (_in_conflict(scene, copy, theirs, others) or _invalid(scene, theirs) or _mergeable(scene, copy, theirs))


def _in_conflict(scene: Scene, copy: _Copy, theirs: Contents, others: dict[Record, str]) -> Problem | None:
    """Return the problem that the journal, or another copy, has a record of the same id and other content."""
    ours = scene.known()
    for same in Journal.from_records(chain(ours.records, theirs.journal.records, others)).conflicts():
        if any(record in theirs.journal for record in same):
            message = Message("a copy of the journal in which record {id} has other content", id=same[0].id)
            fix = Message(
                "record what only the copy has with cbfa mark, if both are true; then move the copy to {folder}/",
                folder=KEPT,
            )
            where = {
                record: scene.journal_path.name if record in ours else others.get(record, copy.path.name)
                for record in same
            }
            return to_decide(Kind.COPY, copy.place, message, fix, *side_by_side(same, where))
    return None


def _invalid(scene: Scene, theirs: Contents) -> Problem | None:
    """Return the problem that a copy has errors, by itself or, if it has anything new, together with the journal."""
    problems = errors_among(theirs.problems)
    if not problems and scene.history and new_records(theirs.journal, scene.known()):
        problems = errors_among(check_union(theirs.journal, scene.history, scene.known()))
    if not problems:
        return None
    first = problems[0]
    place = theirs.locate(first.place.path) if first.place.path else first.place
    message = Message("a copy of the journal that cannot be merged: {reason}", reason=first.message)
    fix = Message("fix the copy, merge it with cbfa merge, then move it to {folder}/", folder=KEPT)
    return to_decide(Kind.COPY, place, message, fix, place.excerpt)


def _mergeable(scene: Scene, copy: _Copy, theirs: Contents) -> Problem:
    """Return the problem that a valid copy exists: it has nothing new, or records to merge."""
    count = len(new_records(theirs.journal, scene.known()))
    if not count:
        return _superfluous(copy, Message("a copy of the journal with nothing new in it"))
    if copy.origin is not Origin.SYNC:
        message = Plural(
            "this may be a copy of the journal; it has {count} new record",
            "this may be a copy of the journal; it has {count} new records",
            count=count,
        )
        fix = Message("merge them with cbfa merge if they are true; then move the file to {folder}/", folder=KEPT)
        return to_decide(Kind.COPY, copy.place, message, fix)
    message = Plural(
        "a copy of the journal with {count} new record",
        "a copy of the journal with {count} new records",
        count=count,
    )
    if scene.history is None:
        fix = Message("fix what cbfa check reports; after that, this copy can be merged")
        return to_decide(Kind.COPY, copy.place, message, fix)
    fix = Message("merge the new records as cbfa merge does, then move the copy to {folder}/", folder=KEPT)
    return to_fix(Kind.COPY, copy.place, message, fix, _merging(scene, copy, theirs))


def _merging(scene: Scene, copy: _Copy, theirs: Contents) -> Repair:
    def repair() -> Message:
        new = new_records(theirs.journal, scene.known())
        scene.store.append(new, merged=True)
        return Plural(
            "{count} record merged; the copy is now {path}",
            "{count} records merged; the copy is now {path}",
            count=len(new),
            path=move(copy.path),
        )

    return repair


def copies_of_the_plans(scene: Scene) -> Iterator[Problem]:
    """An equal copy is moved to `kept/`; which of two that differ is right, only a person knows."""
    for path in scene.plans:
        ours = read_or_none(path)
        for copy in _copies(scene, path):
            if ours is not None and _lines(ours) == _lines(copy.raw):
                yield _superfluous(copy, Message("a copy of {file} with the same content", file=path.name))
                continue
            sides = (path.name, _lines(ours or b"")), (copy.path.name, _lines(copy.raw))
            shown = first_difference(*sides) if ours is not None else []
            message = Message("a copy of {file} with other content", file=path.name)
            if copy.origin is Origin.PERHAPS:
                fix = Message(
                    "compare the two files; if you did not make this copy, a sync program did when two people wrote at once"
                )
                yield to_know(Kind.COPY, copy.place, message, fix, *shown)
            else:
                fix = Message(
                    "correct {file} where the copy is right, then move the copy to {folder}/",
                    file=path.name,
                    folder=KEPT,
                )
                yield to_decide(Kind.COPY, copy.place, message, fix, *shown)


def _lines(raw: bytes) -> list[str]:
    """Return the text as every reader takes it, whatever its line ends and its Unicode form."""
    text = nfc(raw.removeprefix(BOM).decode("utf-8", "surrogateescape"))
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")


def _superfluous(copy: _Copy, message: Message) -> Problem:
    if copy.origin is Origin.PERHAPS:
        return to_know(Kind.COPY, copy.place, message, Message("delete it if you no longer need it"))

    def repair() -> Message:
        return Message("moved to {path}", path=move(copy.path))

    return to_fix(Kind.COPY, copy.place, message, Message("move it to {folder}/", folder=KEPT), repair)


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [copies_of_the_journal, copies_of_the_plans]
