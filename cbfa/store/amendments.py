"""Write one more change into amendments.yaml, and leave all that is in it byte for byte.

The new text is put after the last act, or after the last change of its act. It is read back before anything is written: the file must then
have what it had, with that change and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from cbfa.core.plain import written
from cbfa.errors import Refused
from cbfa.messages import Message
from cbfa.problems import KeyPath
from cbfa.store.files import BOM
from cbfa.store.yaml.document import events_of, marks_of
from cbfa.store.yaml.reader import read_yaml

NEW = """\
# yaml-language-server: $schema=schema/amendments.schema.json
#
# Later decisions that change the programme. Each day is judged by the plan of that day.
format: 1

amendments:
"""
"""The file before its first act."""
MAX_LINE = 64
"""Maximum length of a mapping in one line, so that it fits a terminal of 80 columns."""


def with_change(raw: bytes, name: str, act_id: str, head: Mapping[str, Any] | None, change: Mapping[str, Any]) -> bytes:
    """Return the content of a file with one more change of an act; `head` has the other fields of a new act.

    Raises Refused if the file cannot be added to without changing what is there.
    """
    raw = raw if raw.strip() else NEW.encode()
    mark, text = (BOM, raw[len(BOM) :].decode()) if raw.startswith(BOM) else (b"", raw.decode())
    before = read_yaml(raw, name).data
    if before is None:
        text, before = _after(text, len(text), ["format: 1", "amendments:"]), {"format": 1, "amendments": None}
    path, item = _place(before, act_id, head, change)
    expected = _expected(before, path, item)
    for new in _candidates(text, path, item):
        made = mark + new.encode()
        document = read_yaml(made, name)
        if not document.problems and document.data == expected:
            return made
    raise Refused(
        Message("the list in {path} has a form to which nothing can be added", path=name),
        Message("add the lines that were shown by hand, then run: cbfa check"),
    )


def change_lines(item: Mapping[str, Any], indent: str = "") -> list[str]:
    """Return the lines of an item of a list: a field a line, changes below one another."""
    lines = list(_lines(item))
    return [f"{indent}- {lines[0]}", *(f"{indent}  {line}" for line in lines[1:])]


def _lines(item: Mapping[str, Any]) -> Iterator[str]:
    for field, value in item.items():
        if field == "changes":
            yield "changes:"
            for one in value:
                yield from change_lines(one, "  ")
        elif isinstance(value, dict) and len(written(value)) > MAX_LINE:
            yield f"{field}:"
            yield from (f"  {line}" for line in _lines(value))
        else:
            yield f"{field}: {written(value, field)}"


def _place(data: Any, act_id: str, head: Mapping[str, Any] | None, change: Mapping[str, Any]) -> tuple[KeyPath, Any]:  # noqa: ANN401
    """Return the path of the list that grows, and its new item."""
    if head is not None:
        return ("amendments",), {**head, "changes": [dict(change)]}
    acts = data.get("amendments") or []
    number = next(number for number, one in enumerate(acts) if one.get("id") == act_id)
    return ("amendments", number, "changes"), dict(change)


def _expected(data: Any, path: KeyPath, item: Any) -> Any:  # noqa: ANN401 - plain data
    """Return the data with the item, as they will be read."""
    data = deepcopy(data)
    place = data
    for step in path[:-1]:
        place = place[step]
    added = read_yaml("\n".join(change_lines(item)).encode(), "").data
    place[path[-1]] = [*(place.get(path[-1]) or []), *added]
    return data


class _Spot(NamedTuple):
    """A value in a text: where it begins, its column, where its content ends, and if it has brackets."""

    start: int
    column: int
    end: int
    is_flow: bool
    is_last: bool
    """True if nothing follows it in the file but comments."""


def _candidates(text: str, path: KeyPath, item: Mapping[str, Any]) -> Iterator[str]:
    """Yield texts that may have the item at the end of the list."""
    spots = dict(_spots(text))
    if path not in spots:
        yield _after(text, len(text), [f"{path[-1]}:", *change_lines(item, "  ")])
        return
    spot = spots[path]
    if spot.is_flow:
        close = spot.end - 1
        for comma in (", ", "", "\n, ", "\n"):
            yield f"{text[:close]}{comma}{written(item)}{text[close:]}"
    elif any(other[:-1] == path for other in spots):
        yield _after(text, spot.end, change_lines(item, " " * spot.column))
    else:
        yield _after(text, len(text) if spot.is_last else spot.end, change_lines(item, "  "))


def _after(text: str, end: int, lines: Sequence[str]) -> str:
    """Put lines after the line in which a position is, with the line ends of the text."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    if not (end and text[end - 1] == "\n"):
        found = text.find("\n", end)
        if found < 0:
            text, end = text + line_end, len(text) + len(line_end)
        else:
            end = found + 1
    return text[:end] + "".join(f"{line}{line_end}" for line in lines) + text[end:]


def _spots(text: str) -> list[tuple[KeyPath, _Spot]]:
    """Return every value with its path."""
    walk = _Walk(text)
    last = max((spot.end for _, spot in walk.found), default=0)
    return [(path, spot._replace(is_last=spot.end >= last)) for path, spot in walk.found]


class _Walk:
    """A walk through the values of a text, each with its place."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[KeyPath, _Spot]] = []
        self._next = events_of(text)
        while not isinstance(event := self._next(), yaml.NodeEvent):
            pass
        self._value(event, ())

    def _value(self, event: yaml.Event, path: KeyPath) -> int:
        """Walk through a value; return where its content ends."""
        start, end = marks_of(event)
        last, flow = end.index, False
        if isinstance(event, yaml.CollectionStartEvent):
            flow = bool(event.flow_style)
            last = self._inside(event, path, last)
        self.found.append((path, _Spot(start.index, start.column, last, flow, is_last=False)))
        return last

    def _inside(self, event: yaml.CollectionStartEvent, path: KeyPath, last: int) -> int:
        number = 0
        while not isinstance(inner := self._next(), yaml.CollectionEndEvent):
            if isinstance(event, yaml.SequenceStartEvent):
                last = self._value(inner, (*path, number))
                number += 1
            else:
                last = self._value(self._next(), (*path, getattr(inner, "value", "")))
        return marks_of(inner)[1].index if event.flow_style else last
