"""Read the lines of a journal: records in any valid form of JSON, and a problem for every line that holds none."""

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cbfa.core.journal import Entry, Journal, Record, Retraction
from cbfa.core.text import nfc
from cbfa.messages import Message, quote_library
from cbfa.problems import KeyPath, Place, Problem, Severity
from cbfa.store.files import BOM, decode
from cbfa.store.journal.lines import CONFLICT_MARKER, MAX_LINE, as_written, bare, excerpt, lines_of, merged_ids
from cbfa.store.yaml.characters import has_odd, name_character
from cbfa.store.yaml.reader import MAX_PROBLEMS
from cbfa.store.yaml.sentences import sentences_of_record

MAX_DEPTH = 20
TORN = "torn-tail"
"""The kind of the problem that a last line has no end."""
_FORM = '- {"id": "…", "on": "2012-12-31", "key": "…", "event": "done", "recorded": "2012-12-31T08:30:00+07:00"}'
_CHANGED = Message("check what was changed in this line: cbfa writes only valid lines")
_LIST_WITHOUT_ITEMS = (b"---", b"...", b"[]", b"null")

KNOWN_REASONS = (
    Message("Expecting property name enclosed in double quotes"),
    Message("Expecting value"),
    Message("Expecting ',' delimiter"),
    Message("Expecting ':' delimiter"),
    Message("Extra data"),
    Message("Illegal trailing comma before end of object"),
    Message("Invalid control character at"),
    Message("Unterminated string starting at"),
)
"""The json module's sentences that users meet, listed here so that they are translated."""


@dataclass
class Reading:
    """A journal as read: its records, each with the number of its line, and the problems.

    `merged` has the ids of records that came by a merge, as comments say; `torn` is a last line without its end.
    """

    name: str
    raw: bytes = b""
    records: list[Record] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    torn: Place | None = None

    @cached_property
    def journal(self) -> Journal:
        """The set of its records."""
        return Journal.from_records(self.records)

    @cached_property
    def _line_of_id(self) -> dict[str, int]:
        return {record.id: number for record, number in zip(self.records[::-1], self.numbers[::-1], strict=True)}

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._line_of_id

    def locate(self, path: KeyPath) -> Place:
        """Return the place of a record, by its id; with a field, where that field begins."""
        line = self._line_of_id.get(str(path[0]), 0)
        text = excerpt(bare(lines_of(self.raw)[line - 1])) if line else ""
        name = f'"{path[1]}"' if len(path) > 1 else ""
        return Place(self.name, line, max(text.find(name), 0) + 1 if line else 0, text)


def parse_journal(raw: bytes, name: str) -> Reading:
    """Read the bytes of a journal. What is wrong is returned as problems; no line hides another."""
    reading = Reading(name, raw)
    continues = False
    for number, line in enumerate(BytesIO(raw), 1):
        if line == b"\n":
            continues = False
        elif record := as_written(line):
            reading.records.append(record)
            reading.numbers.append(number)
            continues = False
        elif not line.endswith(b"\n"):
            _read_tail(reading, number, line)
        elif continues and line.startswith(b" ") and line.strip():
            continue  # the rest of a record in block style, which was reported at its first line
        else:
            continues = _read_line(reading, number, bare(line))
    return reading


def _is_full(reading: Reading) -> bool:
    return len(reading.problems) >= MAX_PROBLEMS


def _report(reading: Reading, problem: Problem) -> None:
    if not _is_full(reading):
        reading.problems.append(problem)


def _read_tail(reading: Reading, number: int, tail: bytes) -> None:
    """Read what follows the last line end: a torn line, unless it is blank or has line ends of another kind."""
    if b"\r" in tail.strip():
        _read_line(reading, number, tail)
    elif tail.strip() and reading.raw != BOM:
        reading.torn = Place(reading.name, number, 1, excerpt(tail))
        message = Message("the last line may be incomplete: it has no line ending, so it does not count")
        fix = Message(
            "add a line ending if the line is complete; otherwise the next cbfa mark moves it to {name}.torn",
            name=Path(reading.name).name,
        )
        reading.problems.append(Problem(reading.torn, message, fix, Severity.WARNING, TORN))


def _read_line(reading: Reading, number: int, line: bytes) -> bool:
    """Read one line without its end. Return True if it begins a record in another style, which may go on below."""
    if b"\r" not in line and (not line.strip() or line.lstrip().startswith(b"#")):
        reading.merged.update(merged_ids(line))
        return False
    place = Place(reading.name, number, 1, excerpt(line))
    if problem := _refused(place, line):
        _report(reading, problem)
        return False
    text = decode(line, reading.name)
    if isinstance(text, Problem):
        where = Place(reading.name, number, text.place.column, place.excerpt)
        _report(reading, Problem(where, text.message, text.fix))
        return False
    if text.startswith("-") and has_odd(odd := text[1:2]):
        _report(reading, name_character(place._replace(column=2), odd))
        return False
    if not text.startswith("- {"):
        fix = (
            Message("delete this line")
            if line.strip() in _LIST_WITHOUT_ITEMS
            else Message("write it as one line: {form}", form=_FORM)
        )
        _report(reading, Problem(place, Message("an entry must be one line: - {{…}}"), fix))
        return True
    _read_record(reading, place, text[2:])
    return False


def _refused(place: Place, line: bytes) -> Problem | None:
    if b"\r" in line:
        message = Message("this line has a carriage return in the middle")
        return Problem(place, message, Message("save the file with Unix or Windows line endings"))
    if CONFLICT_MARKER.match(line):
        fix = Message("delete the marker lines and keep all other lines: a journal keeps the entries of both sides")
        return Problem(place, Message("git left a conflict marker here"), fix)
    if len(line) > MAX_LINE:
        message = Message(
            "this line has {size} KB; the maximum is {most} KB", size=len(line) >> 10, most=MAX_LINE >> 10
        )
        return Problem(place, message, Message("find out why it is so long, and shorten it"))
    return None


def _read_record(reading: Reading, place: Place, text: str) -> None:
    data = _json_object(place, text)
    if isinstance(data, Problem):
        _report(reading, data)
        return
    model: type[Record] = Retraction if "retracts" in data else Entry
    try:
        reading.records.append(model.model_validate(data))
        reading.numbers.append(place.line)
    except ValidationError as error:
        for name, message, fix in [] if _is_full(reading) else sentences_of_record(error, model):
            column = 3 + max(text.find(f'"{name.partition(".")[0]}"'), 0)
            _report(reading, Problem(Place(place.file, place.line, column, place.excerpt), message, fix))


class _DuplicateKey(ValueError):
    """A JSON object has a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        times = Counter(key for key, _ in pairs)
        raise _DuplicateKey(next(name for name, number in times.items() if number > 1))
    return items


def _refuse_constant(word: str) -> Any:  # noqa: ANN401 - the json module's type
    raise json.JSONDecodeError(f"{word} is no number", word, 0)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant, strict=True)


def _json_object(place: Place, text: str) -> dict[str, Any] | Problem:
    """Parse the object after the dash, its texts composed; return a Problem if it is invalid."""
    try:
        data: dict[str, Any] = _composed(_decoder.decode(text.rstrip()))
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line, 3 + error.pos, place.excerpt)
        if has_odd(odd := text[error.pos : error.pos + 1]):
            return name_character(where, odd)
        message = Message("invalid JSON: {reason}", reason=quote_library(error.msg))
        return Problem(where, message, Message("check for a missing quote, comma or bracket here"))
    except _DuplicateKey as error:
        message = Message("the entry has the field “{key}” twice", key=error)
        return Problem(place, message, Message("keep one of the two"))
    except RecursionError:
        return Problem(place, Message("this is nested deeper than {most} levels", most=MAX_DEPTH), _CHANGED)
    except UnicodeEncodeError:
        return Problem(place, Message("this text contains an incomplete character"), Message("type the text again"))
    except ValueError:  # Python refuses integers of more than 4,300 digits
        return Problem(place, Message("a number in this entry is too long"), _CHANGED)
    return data


def _composed(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON value
    """Compose all texts (NFC). Raises RecursionError below MAX_DEPTH levels, UnicodeEncodeError for half a surrogate pair."""
    if depth > MAX_DEPTH:
        raise RecursionError
    match value:
        case str():
            value.encode("utf-8")
            return nfc(value)
        case list():
            return [_composed(item, depth + 1) for item in value]
        case dict():
            return {_composed(key): _composed(item, depth + 1) for key, item in value.items()}
    return value
