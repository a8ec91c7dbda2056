"""The journal on disk: one record is one line, `- {JSON}`, which every YAML tool reads too.

Because of that an append is one write, a torn last line is recognised and never swallows its neighbours, and two copies merge line by line.
Readers take complete lines only and never write. A writer locks a sidecar file (never the data), mends a torn tail, appends, syncs, reads
back; on any failure it cuts back to where it was. Nothing here ever rewrites a line.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from cbfa.core.journal import Entry, Journal, Record, Retraction
from cbfa.core.text import nfc
from cbfa.errors import Finding, Invalid, Message, NoAccess, Place, Problem, Severity
from cbfa.store.text_files import BOM, cannot, decoded, read_bytes, sync_folder
from cbfa.store.validation import problems_of_values

LOCK_SECONDS = 10
MAX_LINE = 256 * 1024
_MAX_DEPTH = 20
_CONFLICT = re.compile(rb"(<{7}|={7}|>{7}|\|{7})( |$)")
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass
class JournalFile:
    """A journal as read: its records, the line of each by its id, and what is wrong."""

    name: str
    records: list[Record] = field(default_factory=list)
    lines: dict[str, tuple[int, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def journal(self) -> Journal:
        """The set of its records."""
        return Journal.of(self.records)

    def place(self, finding: Finding) -> Place:
        """Where the record that a finding names stands."""
        line, text = self.lines.get(str(finding.path[0]), (0, "")) if finding.path else (0, "")
        return Place(self.name, line, 1 if line else 0, text)


def line_of(record: Record) -> str:
    """The one line that holds a record, with its line end.

    What YAML readers and JSON readers would take differently is escaped: U+007F to 009F, line separators, byte-order marks, non-characters.
    """
    fields = record.model_dump(mode="json", exclude_defaults=True)
    fields["recorded"] = record.recorded.isoformat(timespec="milliseconds")
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "- " + _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def read_journal(path: Path, name: str) -> JournalFile:
    """Reads a journal; one that does not exist is empty. Raises NoAccess."""
    return parse_journal(read_bytes(path), name) if path.exists() else JournalFile(name)


def parse_journal(raw: bytes, name: str) -> JournalFile:
    """Reads the bytes of a journal. What is wrong comes back as problems, each line for itself."""
    file = JournalFile(name)
    *complete, tail = raw.removeprefix(BOM).split(b"\n")
    for number, line in enumerate(complete, 1):
        _read_line(file, number, line.removesuffix(b"\r"))
    if tail.strip():
        place = Place(name, len(complete) + 1, 1, _excerpt(tail))
        message = Message("the last line is torn: it has no end, so it does not count")
        mend = Message("the next cbfa mark moves it to {name}.torn and goes on", name=Path(name).name)
        file.problems.append(Problem(place, message, mend, Severity.WARNING))
    return file


def _read_line(file: JournalFile, number: int, line: bytes) -> None:
    if not line.strip() or line.lstrip().startswith(b"#"):
        return
    place = Place(file.name, number, 1, _excerpt(line))
    if _CONFLICT.match(line):
        mend = Message(
            "delete the lines with the markers and keep all the others: a journal keeps the entries of both sides"
        )
        file.problems.append(Problem(place, Message("this is a conflict marker that git left here"), mend))
        return
    if len(line) > MAX_LINE:
        message = Message(
            "this line has {size} KB; an entry may have {most}", size=len(line) >> 10, most=MAX_LINE >> 10
        )
        file.problems.append(Problem(place, message, Message("look at what has made it so long")))
        return
    text = decoded(line, file.name)
    if isinstance(text, Problem):
        file.problems.append(
            Problem(Place(file.name, number, text.place.column, _excerpt(line)), text.message, text.mend)
        )
    elif not text.startswith("- {"):
        file.problems.append(Problem(place, Message("an entry is one line: - {{…}}"), _one_line_form(text)))
    else:
        _read_record(file, place, text[2:])


def _one_line_form(text: str) -> Message:
    """The mend for an entry in another YAML style, as far as one line of it shows what it is."""
    found = re.fullmatch(r"\s*(?:- )?([a-z]+):(?: +(.*))?", text)
    if not found:
        return Message(
            "write it as one line: {form}",
            form='- {"id": "…", "on": "2012-12-31", "key": "…", "event": "done", "recorded": "…"}',
        )
    value = (found[2] or "…").strip("'\"")
    return Message(
        "write the whole entry as one line: {form}",
        form=f"- {{{json.dumps(found[1])}: {json.dumps(value, ensure_ascii=False)}, …}}",
    )


def _excerpt(line: bytes) -> str:
    return line[:2000].decode("utf-8", "replace")


class _Doubled(ValueError):
    """A JSON object has a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        names = [key for key, _ in pairs]
        raise _Doubled(next(name for name in names if names.count(name) > 1))
    return items


def _no_constant(word: str) -> Any:  # noqa: ANN401 - never returns
    raise json.JSONDecodeError(f"{word} is no number", word, 0)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant, strict=True)


def _read_record(file: JournalFile, place: Place, text: str) -> None:
    data = _json_object(place, text)
    if isinstance(data, Problem):
        file.problems.append(data)
        return
    model: type[Record] = Retraction if "retracts" in data else Entry
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        for name, sentence, mend in problems_of_values(error, model):
            column = 3 + max(text.find(f'"{name.partition(".")[0]}"'), 0)
            file.problems.append(Problem(Place(place.file, place.line, column, place.excerpt), sentence, mend))
        return
    file.records.append(record)
    file.lines.setdefault(record.id, (place.line, place.excerpt))


def _json_object(place: Place, text: str) -> dict[str, Any] | Problem:
    """The object behind the dash, its texts composed; or why it is none."""
    in_order = Message("a line that cbfa wrote is in order; look at what has changed in this one")
    try:
        data: dict[str, Any] = _composed(_decoder.decode(text.rstrip()))
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line, 3 + error.pos, place.excerpt)
        mend = Message("look here for a missing quote, comma or bracket")
        return Problem(where, Message("this is not JSON: {reason}", reason=error.msg), mend)
    except _Doubled as error:
        message = Message("the key “{key}” stands twice in this entry", key=error)
        return Problem(place, message, Message("keep one of the two"))
    except RecursionError:
        return Problem(place, Message("this is nested more than {most} deep", most=_MAX_DEPTH), in_order)
    except ValueError:
        return Problem(place, Message("a number in this entry is too long"), in_order)
    return data


def _composed(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - whatever JSON holds
    if depth > _MAX_DEPTH:
        raise RecursionError
    match value:
        case str():
            return nfc(value)
        case list():
            return [_composed(item, depth + 1) for item in value]
        case dict():
            return {nfc(key): _composed(item, depth + 1) for key, item in value.items()}
    return value


def append(path: Path, records: Iterable[Record]) -> None:
    """Appends records, all of them or none. Returns only after they are on disk and were read back.

    Raises Invalid for a record that could not be read again, NoAccess for a file that cannot be written.
    """
    encoded = [line_of(record).encode("utf-8") for record in records]
    for line in encoded:
        if len(line) > MAX_LINE:
            message = Message(
                "this entry has {size} KB; an entry may have {most}", size=len(line) >> 10, most=MAX_LINE >> 10
            )
            raise Invalid(message, Message("put it into a document, and name that"))
    if not encoded:
        return
    lines = b"".join(encoded)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path), _opened(path) as file:
            _mend_torn_tail(file, path)
            _append_or_cut_back(file, lines)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot(
            Message("cannot write {path}: {reason}", path=path, reason=error.strerror or type(error).__name__)
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds the sidecar lock. Another process that holds it longer than LOCK_SECONDS makes this a NoAccess."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - reading must not pay for locking

    lock = FileLock(f"{path}.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise NoAccess(
            Message("another program has held {path} for {seconds} seconds", path=f"{path}.lock", seconds=LOCK_SECONDS),
            Message("wait until it has finished, then try again; nothing was recorded"),
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0) as file:
        yield file


def _mend_torn_tail(file: BinaryIO, path: Path) -> None:
    """Moves what stands behind the last line end to `progress.yaml.torn`, then cuts it off."""
    size = file.seek(0, os.SEEK_END)
    start = _after_last_line_end(file, size)
    if start == size:
        return
    file.seek(start)
    torn = file.read(size - start)
    if torn.strip():
        with Path(f"{path}.torn").open("ab") as kept:
            kept.write(torn + b"\n")
            kept.flush()
            os.fsync(kept.fileno())
    file.truncate(start)


def _after_last_line_end(file: BinaryIO, size: int, block: int = 65536) -> int:
    end = size
    while end > 0:
        begin = max(0, end - block)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _append_or_cut_back(file: BinaryIO, lines: bytes) -> None:
    """One write, synced and read back. A full disk makes a write short without an exception, so the length is looked at too."""
    start = file.seek(0, os.SEEK_END)
    try:
        if os.write(file.fileno(), lines) != len(lines):
            raise OSError(28, os.strerror(28))
        os.fsync(file.fileno())
        file.seek(start)
        if file.read(len(lines)) != lines:
            raise OSError(5, os.strerror(5))
    except BaseException:
        file.truncate(start)
        os.fsync(file.fileno())
        raise
