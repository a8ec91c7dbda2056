"""The journal as text: one record is one line, `- {JSON}`, which every YAML tool reads too.

Because of that a torn last line is recognised and never swallows its neighbours, and two copies merge line by line. Readers take complete
lines only, and never write.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

from pydantic import ValidationError

from cbfa.core.journal import Entry, Journal, Record, Retraction
from cbfa.core.text import nfc
from cbfa.errors import Finding, Message, Place, Problem, Severity
from cbfa.store import foreign_words
from cbfa.store.text_files import BOM, decoded, read_bytes
from cbfa.store.validation import problems_of_values
from cbfa.store.yaml_reader import MAX_PROBLEMS, read_yaml

MAX_LINE = 256 * 1024
_MAX_DEPTH = 20
_LONGEST_FORM = 20_000
"""A longer line is not written out again as a mend."""
_FIELDS = set(Entry.model_fields) | set(Retraction.model_fields)
_PATTERN = '{"id": "…", "on": "2012-12-31", "key": "…", "event": "done", "recorded": "2012-12-31T08:30:00+07:00"}'
_CONFLICT = re.compile(rb"(<{7}|={7}|>{7}|\|{7})( |$)")
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BLANK = (b"\n", b"\r\n")

_TEXT = r'"[^"\\]*+(?:\\[^u][^"\\]*+)*+"'
_AS_WRITTEN = re.compile(
    rf'- \{{"id":{_TEXT},'
    rf'(?:"on":"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}","key":{_TEXT},"event":"[a-z]+"(?:,"count":[0-9]+)?(?:,"percent":[0-9]+)?'
    rf'|"retracts":{_TEXT})'
    rf'(?:,"note":{_TEXT})?(?:,"evidence":\[{_TEXT}(?:,{_TEXT})*+\])?(?:,"by":{_TEXT})?'
    r',"recorded":"(?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}[+-][01][0-9]:[0-5][0-9]"\}\r?\n'
)
"""The form that `line_of` gives a line: no field twice, none out of order, no blanks between, no escape by number."""
_FIELD_SETS: dict[frozenset[str], set[str]] = {}


@dataclass
class JournalFile:
    """A journal as read: its records, the line of each by its id, and what is wrong."""

    name: str
    raw: bytes = b""
    records: list[Record] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    torn: Place | None = None

    @property
    def told_enough(self) -> bool:
        """Whether so much is wrong that more would tell nothing new; the lines are read on all the same."""
        return len(self.problems) >= MAX_PROBLEMS

    @property
    def journal(self) -> Journal:
        """The set of its records."""
        return Journal.of(self.records)

    @cached_property
    def bodies(self) -> list[bytes]:
        """Its complete lines without their ends, for what one line alone does not tell."""
        return [_body(line) for line in self.raw.split(b"\n")[:-1]]

    def add(self, record: Record, line: int) -> None:
        """Takes in what stands on a line."""
        self.records.append(record)
        self.lines.setdefault(record.id, line)

    def place(self, finding: Finding) -> Place:
        """Where the record that a finding names stands; with a field, where that field begins."""
        line = self.lines.get(str(finding.path[0]), 0)
        text = _excerpt(self.bodies[line - 1]) if line else ""
        field_name = f'"{finding.path[1]}"' if len(finding.path) > 1 else ""
        return Place(self.name, line, max(text.find(field_name), 0) + 1 if line else 0, text)


def _body(line: bytes) -> bytes:
    """A line without its end, and without the mark of byte order that stands before what was once a file of its own."""
    return line.lstrip(BOM).removesuffix(b"\r") if line.startswith(BOM) else line.removesuffix(b"\r")


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
    file = JournalFile(name, raw)
    for number, line in enumerate(BytesIO(raw), 1):
        if line in _BLANK:
            continue
        if record := _as_written(line):
            file.add(record, number)
        elif line.endswith(b"\n"):
            _read_with_care(file, number)
        else:
            _read_tail(file, number)
    return file


def _as_written(line: bytes) -> Record | None:
    """The record of a line as `line_of` writes it, by pydantic's own reader of JSON: about a tenth of the time that care takes.

    None for any other line. What is read here would be read with care as the same record.
    """
    if len(line) > MAX_LINE:
        return None
    try:
        text = line.decode("utf-8")
        if not (_AS_WRITTEN.fullmatch(text) and (text.isascii() or is_normalized("NFC", text))):
            return None
        model: type[Record] = Retraction if '"retracts":' in text else Entry
        record = model.model_validate_json(text[2:])
    except ValueError:
        return None
    fields = record.model_fields_set  # half of the memory of a record, and the same in most of them: so they share it
    object.__setattr__(record, "__pydantic_fields_set__", _FIELD_SETS.setdefault(frozenset(fields), fields))
    return record


def _read_tail(file: JournalFile, number: int) -> None:
    """What stands behind the last line end: a torn line, unless nothing stands there, or line ends of another kind do."""
    tail = file.raw[file.raw.rfind(b"\n") + 1 :]
    if b"\r" in tail.strip():
        _read_line(file, number, tail)
    elif tail.strip():
        file.torn = Place(file.name, number, 1, _excerpt(tail))
        message = Message("the last line is torn: it has no end, so it does not count")
        mend = Message(
            "if it is whole, add a line end; else the next cbfa mark moves it to {name}.torn and goes on",
            name=Path(file.name).name,
        )
        file.problems.append(Problem(file.torn, message, mend, Severity.WARNING))


def _read_with_care(file: JournalFile, number: int) -> None:
    if not _continues(file.bodies, number - 1):
        _read_line(file, number, file.bodies[number - 1])


def _continues(lines: list[bytes], index: int) -> bool:
    """Whether a line goes on with an entry in block style, which was told of where it begins."""
    return (
        lines[index].startswith(b" ") and bool(lines[index].strip()) and index > 0 and not _is_whole(lines[index - 1])
    )


def _is_whole(line: bytes) -> bool:
    """Whether nothing can go on behind this line: it is empty, a comment, or an entry as it should be."""
    return not line.strip() or line.lstrip().startswith(b"#") or line.startswith(b"- {")


def _read_line(file: JournalFile, number: int, line: bytes) -> None:
    if file.told_enough and not line.startswith(b"- {"):
        return
    place = Place(file.name, number, 1, _excerpt(line))
    if b"\r" in line:
        message = Message("this line has a carriage return within it")
        file.problems.append(Problem(place, message, Message("save the file with line ends of Unix or Windows")))
        return
    if not line.strip() or line.lstrip().startswith(b"#"):
        return
    if _CONFLICT.match(line):
        mend = Message(
            "delete the lines with the markers and keep all the others: a journal keeps the entries of both sides"
        )
        file.problems.append(Problem(place, Message("this is a conflict marker that git left here"), mend))
    elif len(line) > MAX_LINE:
        message = Message(
            "this line has {size} KB; an entry may have {most}", size=len(line) >> 10, most=MAX_LINE >> 10
        )
        file.problems.append(Problem(place, message, Message("look at what has made it so long")))
    elif isinstance(text := decoded(line, file.name), Problem):
        where = Place(file.name, number, text.place.column, _excerpt(line))
        file.problems.append(Problem(where, text.message, text.mend))
    elif text.startswith("- {"):
        _read_record(file, place, text[2:])
    else:
        following = takewhile(lambda index: _continues(file.bodies, index), range(number, len(file.bodies)))
        form = _one_line_form(b"\n".join([line, *(file.bodies[index] for index in following)]))
        file.problems.append(Problem(place, Message("an entry is one line: - {{…}}"), form))


def _one_line_form(raw: bytes) -> Message:
    """The mend for an entry in another style of YAML: the same entry as one line, or the pattern of one where it cannot be read."""
    if raw.strip() in (b"---", b"...", b"[]", b"null"):
        return Message("delete this line")
    data = read_yaml(raw, "").data
    entry = data[0] if isinstance(data, list) and len(data) == 1 else data
    form = json.dumps(entry, ensure_ascii=False) if isinstance(entry, dict) and _FIELDS & set(entry) else _PATTERN
    return Message("write it as one line: {form}", form=f"- {form}")


def _excerpt(line: bytes) -> str:
    return line[:2000].decode("utf-8", "replace")


class _Doubled(ValueError):
    """A JSON object has a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) < len(pairs):
        times = Counter(key for key, _ in pairs)
        raise _Doubled(next(name for name, number in times.items() if number > 1))
    return items


def _no_constant(word: str) -> Any:  # noqa: ANN401 - never returns
    raise json.JSONDecodeError(f"{word} is no number", word, 0)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant, strict=True)


def _read_record(file: JournalFile, place: Place, text: str) -> None:
    data = _json_object(place, text)
    if isinstance(data, Problem):
        file.problems += [] if file.told_enough else [data]
        return
    model: type[Record] = Retraction if "retracts" in data else Entry
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        for name, sentence, mend in [] if file.told_enough else problems_of_values(error, model):
            column = 3 + max(text.find(f'"{name.partition(".")[0]}"'), 0)
            file.problems.append(Problem(Place(place.file, place.line, column, place.excerpt), sentence, mend))
        return
    file.add(record, place.line)


def _json_object(place: Place, text: str) -> dict[str, Any] | Problem:
    """The object behind the dash, its texts composed; or why it is none."""
    in_order = Message("a line that cbfa wrote is in order; look at what has changed in this one")
    try:
        data: dict[str, Any] = _composed(_decoder.decode(text.rstrip()))
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line, 3 + error.pos, place.excerpt)
        mend = Message("look here for a missing quote, comma or bracket")
        is_yaml = len(text) < _LONGEST_FORM and isinstance(read_yaml(text.encode("utf-8"), "").data, dict)
        return Problem(
            where,
            Message("this is not JSON: {reason}", reason=foreign_words.reason(error.msg)),
            _one_line_form(text.encode("utf-8")) if is_yaml else mend,
        )
    except _Doubled as error:
        message = Message("the key “{key}” stands twice in this entry", key=error)
        return Problem(place, message, Message("keep one of the two"))
    except RecursionError:
        return Problem(place, Message("this is nested more than {most} deep", most=_MAX_DEPTH), in_order)
    except UnicodeEncodeError:
        return Problem(place, Message("this text has half a character in it"), Message("write the text anew"))
    except ValueError:
        return Problem(place, Message("a number in this entry is too long"), in_order)
    return data


def _composed(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - whatever JSON holds
    if depth > _MAX_DEPTH:
        raise RecursionError
    match value:
        case str():
            value.encode("utf-8")  # a half of a pair cannot be stored, or shown
            return nfc(value)
        case list():
            return [_composed(item, depth + 1) for item in value]
        case dict():
            return {_composed(key): _composed(item, depth + 1) for key, item in value.items()}
    return value
