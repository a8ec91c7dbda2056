"""A YAML file as read, and the place of everything in it."""

import re
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import yaml

from cbfa.core.text import nfc
from cbfa.problems import KeyPath, Place, Problem

MAX_DEPTH = 20

_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def events_of(text: str) -> Callable[[], yaml.Event]:
    """Return a function that gives the next event of the parser at each call. It raises yaml.YAMLError at a syntax error."""
    next_event: Callable[[], yaml.Event] = _Loader(text).get_event
    return next_event


def start_of(event: yaml.Event) -> tuple[int, int]:
    """Return the line and column, from 1, at which an event begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def marks_of(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends. PyYAML's parser always knows it, though its types say otherwise."""
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


@dataclass
class Document:
    """A file as read: plain data, their number of values, and the errors and warnings found.

    If reading had to stop, `data` is None and `problems` says why.
    """

    name: str
    text: str | None = None
    data: Any = None
    values: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, by the line ends of YAML. Empty for a file that is not text."""
        return _LINE_END.split(self.text) if self.text is not None else []

    @cached_property
    def _starts(self) -> list[int]:
        """The position at which each line begins."""
        return [0, *(found.end() for found in _LINE_END.finditer(self.text or ""))]

    def value(self, path: KeyPath) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value of a path that exists."""
        value = self.data
        for step in path:
            value = value[step]
        return value

    @cached_property
    def places(self) -> "Places":
        """The places of keys and values. Found by a second parse, when the first problem needs one: places take much memory."""
        return Places(self.text or "")

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Locate the value (or the key) of a path. For a path that does not exist, the nearest one above it."""
        marks = self.places.keys if key else self.places.values
        while path and path not in marks:
            path, marks = path[:-1], self.places.values
        line, column = marks.get(path, (0, 0))
        return self.at(line, column)

    def at_position(self, position: int) -> Place:
        """Locate a position in the text, counted from 0."""
        line = bisect_right(self._starts, position)
        return self.at(line, position - self._starts[line - 1] + 1)

    def at(self, line: int, column: int) -> Place:
        """Return a place in this file, with its line as excerpt."""
        if line > len(self.lines) > 0:  # the parser places the end of a file after its last line
            line, column = len(self.lines), len(self.lines[-1]) + 1
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.name, line, column, excerpt)


class Places:
    """Line and column of keys and values by path, up to the first syntax error. Of a duplicate key, the first."""

    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, tuple[int, int]] = {}
        self.values: dict[KeyPath, tuple[int, int]] = {}
        self._next = events_of(text)
        with suppress(yaml.YAMLError, _Lost):
            self._document()

    def _document(self) -> None:
        while not isinstance(event := self._next(), yaml.NodeEvent):
            if isinstance(event, yaml.StreamEndEvent):
                return
        self._value(event, ())

    def _value(self, event: yaml.Event, path: KeyPath) -> None:
        self.values[path] = start_of(event)
        if len(path) > MAX_DEPTH:
            raise _Lost
        if isinstance(event, yaml.SequenceStartEvent):
            self._sequence(path)
        elif isinstance(event, yaml.MappingStartEvent):
            self._mapping(path)

    def _sequence(self, path: KeyPath) -> None:
        number = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._value(event, (*path, number))
            number += 1

    def _mapping(self, path: KeyPath) -> None:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Lost
            inner = (*path, nfc(event.value))
            if inner in self.keys:
                inner = (*path, f"{inner[-1]} (again)")
            else:
                self.keys[inner] = start_of(event)
            self._value(self._next(), inner)


class _Lost(Exception):
    """The rest has no path. It is nested too deep, or its key is not a scalar."""
