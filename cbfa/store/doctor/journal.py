"""Check the journal for torn lines, conflict markers, Windows line ends and ids used twice."""

from collections.abc import Callable, Iterator
from pathlib import Path

from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Repair, Severity
from cbfa.store.doctor.findings import Kind, first_lines, side_by_side, to_decide, to_fix, to_know
from cbfa.store.doctor.scene import Scene, keep, read_or_none
from cbfa.store.files import write_over
from cbfa.store.journal.append import move_torn_tail
from cbfa.store.journal.lines import CONFLICT_MARKER, bare, lines_of
from cbfa.store.journal.reader import parse_journal


def torn_tail(scene: Scene) -> Iterator[Problem]:
    """A last line without its end was never acknowledged. It is moved aside, as every append does first."""
    reading = scene.reading()
    if reading.torn is None or not _is_utf8(scene.raw()):
        return
    is_record = bool(parse_journal(lines_of(scene.raw())[-1] + b"\n", "").records)
    message = (
        Message("the last line has no line ending, so it does not count")
        if is_record
        else Message("the last line may be incomplete: it has no line ending, so it does not count")
    )
    name = f"{reading.name}.torn"

    def repair() -> Message:
        move_torn_tail(scene.journal_path)
        return Message("moved to {path}", path=name)

    fix = Message("move it to {path}, as the next cbfa mark would", path=name)
    yield to_fix(Kind.TORN_TAIL, reading.torn, message, fix, repair, reading.torn.excerpt)


def _is_utf8(raw: bytes) -> bool:
    """Return True if all whole lines are UTF-8. In UTF-16 a line end has two bytes, and the second is no torn line."""
    whole = raw[: raw.rfind(b"\n") + 1]
    try:
        return "\0" not in whole.decode("utf-8")
    except UnicodeDecodeError:
        return False


def torn_file(scene: Scene) -> Iterator[Problem]:
    """A person must decide if what was moved aside was recorded again."""
    path = Path(f"{scene.journal_path}.torn")
    raw = read_or_none(path)
    if not raw or not raw.strip():
        return
    lines = [line.strip() for line in raw.split(b"\n") if line.strip()]
    known = set(scene.known().records)
    missing = [line for line in lines if not known.issuperset(parse_journal(line + b"\n", "").records or {None})]
    if not missing:
        message = Message("everything in this file is also in the journal")
        yield to_know(Kind.TORN_FILE, Place(path.name), message, Message("delete it if you no longer need it"))
        return
    message = Plural(
        "this file has {count} incomplete line from the journal",
        "this file has {count} incomplete lines from the journal",
        count=len(missing),
    )
    fix = Message("record with cbfa mark what is true and missing, then move this file elsewhere")
    yield to_decide(Kind.TORN_FILE, Place(path.name), message, fix, *first_lines(missing))


def is_marker(line: bytes) -> bool:
    """Return True for a line that git leaves around a conflict."""
    return bool(CONFLICT_MARKER.match(bare(line)))


def markers_in_the_plans(scene: Scene) -> Iterator[Problem]:
    """Only a person knows the right side of a conflict."""
    for path in scene.plans:
        if marked := _marked_lines(read_or_none(path) or b""):
            message = Plural(
                "git left {count} conflict marker in this file",
                "git left {count} conflict markers in this file",
                count=len(marked),
            )
            fix = Message("keep one of the two versions, and delete the other and the marker lines")
            yield to_decide(Kind.CONFLICT_MARKERS, Place(path.name, marked[0], 1), message, fix)


def markers_in_the_journal(scene: Scene) -> Iterator[Problem]:
    """A journal keeps the entries of both sides, so only the marked lines are deleted. Only if no other line is wrong."""
    raw = scene.raw()
    marked = _marked_lines(raw)
    if not marked:
        return
    place = Place(scene.journal_path.name, marked[0], 1)
    message = Plural(
        "git left {count} conflict marker in the journal",
        "git left {count} conflict markers in the journal",
        count=len(marked),
    )
    rest = parse_journal(_without_markers(raw), "")
    if any(problem.severity is Severity.ERROR for problem in rest.problems):
        fix = Message("fix the other errors that cbfa check reports first")
        yield to_decide(Kind.CONFLICT_MARKERS, place, message, fix)
        return
    fix = Message("delete the marker lines and keep all other lines: the entries of both sides")
    yield to_fix(Kind.CONFLICT_MARKERS, place, message, fix, _rewriting(scene, _without_markers))


def _marked_lines(raw: bytes) -> list[int]:
    return [number for number, line in enumerate(lines_of(raw), 1) if is_marker(line)]


def _without_markers(raw: bytes) -> bytes:
    return b"".join(line for line in lines_of(raw) if not is_marker(line))


def line_ends(scene: Scene) -> Iterator[Problem]:
    """Windows line ends and byte-order marks change no entry, but git sees other lines."""
    raw = scene.raw()
    odd = [number for number, line in enumerate(lines_of(raw), 1) if line != _plain(line)]
    if not odd or parse_journal(_with_plain_ends(raw), "").records != parse_journal(raw, "").records:
        return
    message = Plural(
        "{count} line has a Windows line ending or a byte-order mark; cbfa reads it, but git sees a different line",
        "{count} lines have a Windows line ending or a byte-order mark; cbfa reads them, but git sees different lines",
        count=len(odd),
    )
    place = Place(scene.journal_path.name, odd[0], 1)
    fix = Message("use the same line ending everywhere; no entry changes")
    yield to_fix(Kind.LINE_ENDS, place, message, fix, _rewriting(scene, _with_plain_ends))


def _plain(line: bytes) -> bytes:
    return bare(line) + b"\n" if line.endswith(b"\n") else line


def _with_plain_ends(raw: bytes) -> bytes:
    return b"".join(_plain(line) for line in lines_of(raw))


def _rewriting(scene: Scene, change: Callable[[bytes], bytes]) -> Repair:
    """Return a repair that keeps the journal as it was and writes the changed one. It does nothing if a record would be lost."""

    def repair() -> Message | None:
        raw = scene.raw()
        changed = change(raw)
        if changed == raw or not set(parse_journal(raw, "").records) <= set(parse_journal(changed, "").records):
            return None
        where = keep(scene.journal_path, raw)
        write_over(scene.journal_path, changed)
        return Message("done; the old journal is kept as {path}", path=where)

    return repair


def same_id(scene: Scene) -> Iterator[Problem]:
    """Two records with one id leave the state undefined. Which of them is true, only a person knows."""
    reading = scene.reading()
    lines = dict(zip(reversed(reading.records), reversed(reading.numbers), strict=True))
    for same in scene.known().conflicts():
        here = [record for record in same if record in lines]
        if here:
            place = Place(reading.name, min(lines[record] for record in here), 1)
            where = {record: str(lines[record]) if record in lines else "–" for record in same}
            message = Message("two different records share the id {id}", id=same[0].id)
            fix = Message("delete one of the two lines; if both are true, record the deleted one again with cbfa mark")
            yield to_decide(Kind.SAME_ID, place, message, fix, *side_by_side(same, where))


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [
    markers_in_the_plans,
    torn_tail,
    markers_in_the_journal,
    line_ends,
    torn_file,
    same_id,
]
