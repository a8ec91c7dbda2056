"""The journal by itself: what was torn, marked by git, written by other editors, or recorded twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from cbfa.core.checks.journal import entries_name_occurrences
from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Repair, Severity
from cbfa.store.doctor.findings import Kind, to_decide, to_fix, to_know
from cbfa.store.doctor.keeping import keep
from cbfa.store.doctor.scene import Scene, lines_of, readable
from cbfa.store.doctor.showing import beside_each_other, some
from cbfa.store.journal_append import move_torn_tail
from cbfa.store.journal_care import CONFLICT_MARKER
from cbfa.store.journal_lines import JournalFile, bare, parse_journal
from cbfa.store.text_files import write_over


def torn_tail(scene: Scene) -> Iterator[Problem]:
    """A last line without its end was never acknowledged; it is moved aside, as every append does first."""
    file = scene.journal()
    if file.torn is None:
        return
    tail = b"".join(lines_of(scene.raw())[-1:])
    whole = bool(parse_journal(tail + b"\n", "").records)
    message = (
        Message("the last line is whole but has no line end, so it does not count")
        if whole
        else Message("the last line is torn: it has no end, so it does not count")
    )
    name = f"{file.name}.torn"

    def fix() -> Message:
        move_torn_tail(scene.journal_path)
        return Message("moved to {path}", path=name)

    would = Message("move it to {path}, as the next cbfa mark would", path=name)
    yield to_fix(Kind.TORN_TAIL, file.torn, message, would, fix, file.torn.excerpt)


def torn_file(scene: Scene) -> Iterator[Problem]:
    """What was moved aside: only a person knows whether it was recorded again since."""
    path = Path(f"{scene.journal_path}.torn")
    raw = readable(path)
    if not raw or not raw.strip():
        return
    lines = [line.strip() for line in raw.split(b"\n") if line.strip()]
    known = set(scene.known().records)
    missing = [line for line in lines if not known.issuperset(parse_journal(line + b"\n", "").records or {None})]
    place = Place(path.name)
    if not missing:
        message = Message("everything in it is in the journal too")
        yield to_know(Kind.TORN_FILE, place, message, Message("it can be deleted"))
        return
    message = Plural(
        "{count} line that was torn off the journal lies here",
        "{count} lines that were torn off the journal lie here",
        count=len(missing),
    )
    advice = Message("record anew with cbfa mark what is true and missing, then move the file away")
    yield to_decide(Kind.TORN_FILE, place, message, advice, *some(missing))


def conflict_markers(scene: Scene) -> Iterator[Problem]:
    """A journal keeps the entries of both sides, so only the lines with the markers go; and only where no other line is wrong."""
    raw = scene.raw()
    marked = [number for number, line in enumerate(lines_of(raw), 1) if _is_marker(line)]
    if not marked:
        return
    place = Place(scene.journal_path.name, marked[0], 1)
    message = Plural(
        "git left {count} conflict marker in the journal",
        "git left {count} conflict markers in the journal",
        count=len(marked),
    )
    if _errors(parse_journal(_without_markers(raw), "")):
        advice = Message("other lines are wrong too: fix first what cbfa check finds in them")
        yield to_decide(Kind.CONFLICT_MARKERS, place, message, advice)
        return
    would = Message("delete the lines with the markers and keep all the others: the entries of both sides")
    yield to_fix(Kind.CONFLICT_MARKERS, place, message, would, _rewriting(scene, _without_markers))


def _is_marker(line: bytes) -> bool:
    return bool(CONFLICT_MARKER.match(bare(line.removesuffix(b"\n"))))


def _without_markers(raw: bytes) -> bytes:
    return b"".join(line for line in lines_of(raw) if not _is_marker(line))


def _errors(file: JournalFile) -> list[str]:
    return [str(problem.message) for problem in file.problems if problem.severity is Severity.ERROR]


def line_ends(scene: Scene) -> Iterator[Problem]:
    """Lines as Windows ends them, and byte-order marks, read the same; but git and other copies see other lines."""
    raw = scene.raw()
    odd = [number for number, line in enumerate(lines_of(raw), 1) if line != _plain(line)]
    if not odd or parse_journal(_with_plain_ends(raw), "").records != parse_journal(raw, "").records:
        return
    message = Plural(
        "{count} line has a line end of Windows or a byte-order mark: it is read, but git takes it for another line",
        "{count} lines have a line end of Windows or a byte-order mark: they are read, but git takes them for other lines",
        count=len(odd),
    )
    place = Place(scene.journal_path.name, odd[0], 1)
    would = Message("give all lines the same end; no entry changes")
    yield to_fix(Kind.LINE_ENDS, place, message, would, _rewriting(scene, _with_plain_ends))


def _plain(line: bytes) -> bytes:
    return bare(line.removesuffix(b"\n")) + b"\n" if line.endswith(b"\n") else line


def _with_plain_ends(raw: bytes) -> bytes:
    return b"".join(_plain(line) for line in lines_of(raw))


def _rewriting(scene: Scene, change: Callable[[bytes], bytes]) -> Repair:
    """Keeps the journal as it was, then puts the changed one in its place, if it still has every record."""

    def fix() -> Message | None:
        raw = scene.raw()
        changed = change(raw)
        if changed == raw or not set(parse_journal(raw, "").records) <= set(parse_journal(changed, "").records):
            return None
        where = keep(scene.journal_path, raw)
        write_over(scene.journal_path, changed)
        return Message("done; the journal as it was is kept as {path}", path=where)

    return fix


def same_id(scene: Scene) -> Iterator[Problem]:
    """Two records with one id leave the state undefined; which of them is true, only a person knows."""
    file = scene.journal()
    lines = dict(zip(reversed(file.records), reversed(file.numbers), strict=True))
    for same in scene.known().conflicts():
        here = [record for record in same if record in lines]
        if here:
            place = Place(file.name, min(lines[record] for record in here), 1)
            where = {record: str(lines[record]) for record in here}
            message = Message("two records share the id {id} and differ", id=same[0].id)
            advice = Message("keep the line that is true as it was written; record the other one anew with cbfa mark")
            yield to_decide(Kind.SAME_ID, place, message, advice, *beside_each_other(same, where))


def repeated(scene: Scene) -> Iterator[Problem]:
    """The same line again changes nothing: a journal is a set."""
    file = scene.journal()
    times = Counter(file.records)
    again = [number for record, number in zip(file.records, file.numbers, strict=True) if times[record] > 1]
    if again:
        count = sum(1 for number in times.values() if number > 1)
        message = Plural("{count} record stands more than once", "{count} records stand more than once", count=count)
        advice = Message("it counts once: a journal is a set")
        yield to_know(Kind.REPEATED, Place(file.name, again[0], 1), message, advice)


def gone_milestones(scene: Scene) -> Iterator[Problem]:
    """What an entry names has gone from the roadmap, or was renamed there. Of two with one id it must first be known which is true."""
    if scene.plan is None:
        return
    file, known = scene.journal(), scene.known()
    disputed = {same[0].id for same in known.conflicts()}
    for problem in entries_name_occurrences(known, scene.plan[0]):
        path = problem.place.path
        if problem.fix and path[0] in file.lines and path[0] not in disputed:
            place = Place(file.name, file.place(path).line, 1)
            yield to_decide(Kind.GONE_MILESTONE, place, problem.message, problem.fix)


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [
    torn_tail,
    conflict_markers,
    line_ends,
    torn_file,
    same_id,
    repeated,
    gone_milestones,
]
