"""Reading a journal's line with care: the records that others than cbfa wrote, and what is wrong with every other line."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import takewhile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cbfa.core.journal import Entry, Record, Retraction
from cbfa.core.text import nfc
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity
from cbfa.store import foreign_words
from cbfa.store.journal_lines import MAX_LINE, JournalFile, excerpt
from cbfa.store.text_files import BOM, decoded
from cbfa.store.validation import problems_of_values
from cbfa.store.yaml_reader import MAX_PROBLEMS, read_yaml

_MAX_DEPTH = 20
_LONGEST_FORM = 20_000
"""A longer line is not written out again as a fix."""
_FIELDS = set(Entry.model_fields) | set(Retraction.model_fields)
_PATTERN = '{"id": "…", "on": "2012-12-31", "key": "…", "event": "done", "recorded": "2012-12-31T08:30:00+07:00"}'
CONFLICT_MARKER = re.compile(rb"(<{7}|={7}|>{7}|\|{7})( |$)")


def read_with_care(file: JournalFile, number: int) -> None:
    """Reads a line, counted from 1, into the file: its record, or what is wrong with it."""
    if number > len(file.bodies):
        _read_tail(file, number)
    elif not _continues(file.bodies, number - 1):
        _read_line(file, number, file.bodies[number - 1])


def _told_enough(file: JournalFile) -> bool:
    """Whether so much is wrong that more would tell nothing new; the lines are read on all the same."""
    return len(file.problems) >= MAX_PROBLEMS


def _read_tail(file: JournalFile, number: int) -> None:
    """What stands behind the last line end: a torn line, unless nothing stands there, or line ends of another kind do."""
    tail = file.raw[file.raw.rfind(b"\n") + 1 :]
    if b"\r" in tail.strip():
        _read_line(file, number, tail)
    elif tail.strip() and file.raw != BOM:
        file.torn = Place(file.name, number, 1, excerpt(tail))
        message = Message("the last line is torn: it has no end, so it does not count")
        fix = Message(
            "if it is whole, add a line end; else the next cbfa mark moves it to {name}.torn and goes on",
            name=Path(file.name).name,
        )
        file.problems.append(Problem(file.torn, message, fix, Severity.WARNING))


def _continues(lines: list[bytes], index: int) -> bool:
    """Whether a line goes on with an entry in block style, which was told of where it begins."""
    return (
        lines[index].startswith(b" ") and bool(lines[index].strip()) and index > 0 and not _is_whole(lines[index - 1])
    )


def _is_whole(line: bytes) -> bool:
    """Whether nothing can go on behind this line: it is empty, a comment, or an entry as it should be."""
    return not line.strip() or line.lstrip().startswith(b"#") or line.startswith(b"- {")


def _read_line(file: JournalFile, number: int, line: bytes) -> None:
    if _told_enough(file) and not line.startswith(b"- {"):
        return
    place = Place(file.name, number, 1, excerpt(line))
    if b"\r" in line:
        message = Message("this line has a carriage return within it")
        file.problems.append(Problem(place, message, Message("save the file with line ends of Unix or Windows")))
        return
    if not line.strip() or line.lstrip().startswith(b"#"):
        return
    if CONFLICT_MARKER.match(line):
        fix = Message(
            "delete the lines with the markers and keep all the others: a journal keeps the entries of both sides"
        )
        file.problems.append(Problem(place, Message("this is a conflict marker that git left here"), fix))
    elif len(line) > MAX_LINE:
        message = Message(
            "this line has {size} KB; an entry may have {most}", size=len(line) >> 10, most=MAX_LINE >> 10
        )
        file.problems.append(Problem(place, message, Message("look at what has made it so long")))
    elif isinstance(text := decoded(line, file.name), Problem):
        where = Place(file.name, number, text.place.column, excerpt(line))
        file.problems.append(Problem(where, text.message, text.fix))
    elif text.startswith("- {"):
        _read_record(file, place, text[2:])
    else:
        following = takewhile(lambda index: _continues(file.bodies, index), range(number, len(file.bodies)))
        form = _one_line_form(b"\n".join([line, *(file.bodies[index] for index in following)]))
        file.problems.append(Problem(place, Message("an entry is one line: - {{…}}"), form))


def _one_line_form(raw: bytes) -> Message:
    """The fix for an entry in another style of YAML: the same entry as one line, or the pattern of one where it cannot be read."""
    if raw.strip() in (b"---", b"...", b"[]", b"null"):
        return Message("delete this line")
    data = read_yaml(raw, "").data
    entry = data[0] if isinstance(data, list) and len(data) == 1 else data
    form = json.dumps(entry, ensure_ascii=False) if isinstance(entry, dict) and _FIELDS & set(entry) else _PATTERN
    return Message("write it as one line: {form}", form=f"- {form}")


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
    data = _json_object(place, text, told_enough=_told_enough(file))
    if isinstance(data, Problem):
        file.problems += [] if _told_enough(file) else [data]
        return
    model: type[Record] = Retraction if "retracts" in data else Entry
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        for name, sentence, fix in [] if _told_enough(file) else problems_of_values(error, model):
            column = 3 + max(text.find(f'"{name.partition(".")[0]}"'), 0)
            file.problems.append(Problem(Place(place.file, place.line, column, place.excerpt), sentence, fix))
        return
    file.add(record, place.line)


def _json_object(place: Place, text: str, *, told_enough: bool) -> dict[str, Any] | Problem:
    """The object behind the dash, its texts composed; or why it is none, without the trouble of a fix where nobody will be told."""
    in_order = Message("a line that cbfa wrote is in order; look at what has changed in this one")
    try:
        data: dict[str, Any] = _composed(_decoder.decode(text.rstrip()))
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line, 3 + error.pos, place.excerpt)
        fix = Message("look here for a missing quote, comma or bracket")
        is_yaml = (
            not told_enough and len(text) < _LONGEST_FORM and isinstance(read_yaml(text.encode("utf-8"), "").data, dict)
        )
        return Problem(
            where,
            Message("this is not JSON: {reason}", reason=foreign_words.reason(error.msg)),
            _one_line_form(text.encode("utf-8")) if is_yaml else fix,
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
