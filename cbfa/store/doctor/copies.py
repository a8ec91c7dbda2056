"""Copies that lie beside the three files: of the journal, and of what is written by hand.

A copy that a sync program made is the other half of the truth, and is taken over. A backup, and a copy that a person may have made, can
hold lines that were taken out on purpose; those a person decides on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cbfa.core.journal import Journal, Record
from cbfa.core.text import nfc
from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Repair, Severity
from cbfa.store.doctor.copy_names import Origin, copy_of
from cbfa.store.doctor.findings import Kind, to_decide, to_fix, to_know
from cbfa.store.doctor.keeping import KEPT, move
from cbfa.store.doctor.scene import Scene, readable
from cbfa.store.doctor.showing import beside_each_other, first_difference
from cbfa.store.journal_append import append_locked
from cbfa.store.journal_lines import JournalFile, parse_journal
from cbfa.store.journal_union import news_of, problems_of_union
from cbfa.store.text_files import BOM


class _Copy(NamedTuple):
    path: Path
    origin: Origin
    raw: bytes

    @property
    def place(self) -> Place:
        return Place(self.path.name)


def copies_of_the_journal(scene: Scene) -> Iterator[Problem]:
    """What a copy in order has and the journal lacks is appended, as `cbfa merge` does; then the copy is moved to `kept/`."""
    read = [(copy, parse_journal(copy.raw, copy.path.name)) for copy in _copies(scene, scene.journal_path)]
    for copy, theirs in read:
        others = [file for other, file in read if other is not copy and other.origin is Origin.SYNC]
        new = news_of(theirs, scene.known())
        if copy.origin is not Origin.PERHAPS or theirs.records:
            yield _journal_found(scene, copy, theirs, new, others)


def _journal_found(
    scene: Scene, copy: _Copy, theirs: JournalFile, new: list[Record], others: list[JournalFile]
) -> Problem:
    return (
        _in_conflict(scene, copy, theirs, others)
        or _not_in_order(scene, theirs, new)
        or (_superfluous(copy, Message("a copy of the journal, which has all that is in it")) if not new else None)
        or (_perhaps_wanted(copy, new) if copy.origin is not Origin.SYNC else None)
        or _to_take_over(scene, copy, theirs, new)
    )


def _in_conflict(scene: Scene, copy: _Copy, theirs: JournalFile, others: list[JournalFile]) -> Problem | None:
    """A record that the journal, or another copy that could be taken over, has otherwise: only a person knows which is true."""
    ours = scene.known()
    named = {record: file.name for file in others for record in file.records}
    for same in Journal.of(chain(ours.records, theirs.records, named)).conflicts():
        if any(record in theirs.journal.records for record in same):
            message = Message("a copy of the journal in which the record {id} is another", id=same[0].id)
            advice = Message(
                "if both are true, record anew with cbfa mark what only the copy has; then move the copy to {folder}/",
                folder=KEPT,
            )
            names = {record: scene.journal_path.name for record in same if record in ours.records}
            where = dict.fromkeys(same, copy.path.name) | {one: named[one] for one in same if one in named} | names
            return to_decide(Kind.COPY, copy.place, message, advice, *beside_each_other(same, where))
    return None


def _not_in_order(scene: Scene, theirs: JournalFile, new: list[Record]) -> Problem | None:
    """What speaks against a copy, the torn line that it may end in above all; warnings do not. One with nothing new must only be whole."""
    problems = [problem for problem in theirs.problems if problem.place == theirs.torn]
    if not problems:
        found = problems_of_union(theirs, *scene.plan, scene.known()) if new and scene.plan else theirs.problems
        problems = [problem for problem in found if problem.severity is Severity.ERROR]
    if not problems:
        return None
    first = problems[0]
    message = Message("a copy of the journal that cannot be taken over: {reason}", reason=first.message)
    advice = Message("fix it, then take it over with cbfa merge; then move it to {folder}/", folder=KEPT)
    return to_decide(Kind.COPY, first.place, message, advice, first.place.excerpt)


def _perhaps_wanted(copy: _Copy, new: list[Record]) -> Problem:
    message = Plural(
        "this may be a copy of the journal; it has {count} record that the journal lacks",
        "this may be a copy of the journal; it has {count} records that the journal lacks",
        count=len(new),
    )
    advice = Message("if they are true, take them over with cbfa merge; then move the file to {folder}/", folder=KEPT)
    return to_decide(Kind.COPY, copy.place, message, advice)


def _to_take_over(scene: Scene, copy: _Copy, theirs: JournalFile, new: list[Record]) -> Problem:
    message = Plural(
        "a copy of the journal, with {count} record that the journal lacks",
        "a copy of the journal, with {count} records that the journal lacks",
        count=len(new),
    )
    if scene.plan is None:
        advice = Message("fix first what cbfa check finds; only then can it be taken over")
        return to_decide(Kind.COPY, copy.place, message, advice)
    would = Message("take over what is new, as cbfa merge does, then move the copy to {folder}/", folder=KEPT)
    return to_fix(Kind.COPY, copy.place, message, would, _taking_over(scene, copy, theirs))


def _taking_over(scene: Scene, copy: _Copy, theirs: JournalFile) -> Repair:
    def fix() -> Message:
        new = news_of(theirs, scene.known())
        append_locked(scene.journal_path, new)
        return Plural(
            "{count} record taken over; the copy is now {path}",
            "{count} records taken over; the copy is now {path}",
            count=len(new),
            path=move(copy.path),
        )

    return fix


def copies_of_the_plans(scene: Scene) -> Iterator[Problem]:
    """A copy that says the same is moved to `kept/`; which of two that differ is right, only a person knows."""
    for path in scene.plans:
        ours = readable(path)
        for copy in _copies(scene, path):
            if ours is not None and _lines(ours) == _lines(copy.raw):
                yield _superfluous(copy, Message("a copy of {file} that says the same", file=path.name))
                continue
            sides = (path.name, _lines(ours or b"")), (copy.path.name, _lines(copy.raw))
            shown = first_difference(*sides) if ours is not None else []
            message = Message("a copy of {file} that differs from it", file=path.name)
            if copy.origin is Origin.PERHAPS:
                advice = Message("if you did not make it, a sync program did where two wrote at once: compare the two")
                yield to_know(Kind.COPY, copy.place, message, advice, *shown)
            else:
                advice = Message(
                    "put what is true into {file}, then move the copy to {folder}/", file=path.name, folder=KEPT
                )
                yield to_decide(Kind.COPY, copy.place, message, advice, *shown)


def _lines(raw: bytes) -> list[str]:
    """The text as every reader takes it, whatever its line ends and its Unicode form."""
    text = nfc(raw.removeprefix(BOM).decode("utf-8", "surrogateescape"))
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")


def _superfluous(copy: _Copy, message: Message) -> Problem:
    if copy.origin is Origin.PERHAPS:
        return to_know(Kind.COPY, copy.place, message, Message("it can be deleted"))

    def fix() -> Message:
        return Message("moved to {path}", path=move(copy.path))

    return to_fix(Kind.COPY, copy.place, message, Message("move it to {folder}/", folder=KEPT), fix)


def _copies(scene: Scene, path: Path) -> Iterator[_Copy]:
    """The files here whose names say that they are copies of this one. Links, folders and what cannot be read are none."""
    for name in scene.names:
        called = copy_of(name, path.name)
        here = scene.path / name
        if called and not here.is_symlink() and (raw := readable(here)) is not None:
            yield _Copy(here, called.origin, raw)


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [copies_of_the_journal, copies_of_the_plans]
