"""Reads YAML strictly, with the place of everything, over the events of PyYAML's parser.

Only `true`, `false`, `null` and plain whole numbers are converted; everything else is text, which the models parse. What a data file never
needs is refused: anchors, aliases, tags, merge keys, duplicate keys, a second document, deep nesting; and so is what YAML readers disagree
about (`no`, `012`, `12:30` without quotes). See docs/format.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

import yaml

from cbfa.core.text import nfc
from cbfa.errors import Message, Path, Place, Problem
from cbfa.store import foreign_words
from cbfa.store.text_files import MAX_BYTES, decoded

MAX_DEPTH = 20
MAX_PROBLEMS = 100
"""So many problems of one file are told; more have one cause, and it is among the first."""

_LONGEST_NUMBER = 30
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_DISPUTED = re.compile(
    r"(?P<bool>yes|no|on|off|y|n)|(?P<case>TRUE|True|FALSE|False|NULL|Null)|(?P<tilde>~)"
    r"|(?P<octal>[-+]?0[0-9_]+|0[ox][0-9a-fA-F_]+)|(?P<sixty>[-+]?[0-9]+(:[0-5]?[0-9])+)|(?P<under>[-+]?[0-9]+_[0-9_]*)|(?P<plus>\+[0-9]+)",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( |$)", re.MULTILINE)


_TOO_DEEP = (Message("this is nested more than {most} deep", most=MAX_DEPTH), Message("a data file is never so deep"))


class _Stop(Exception):
    """Nothing more can be learnt from this file."""


@dataclass
class Document:
    """A file as read: plain data, the place of every key and value by its path, and what is wrong with it.

    Where reading had to stop, `data` is None and `problems` says why.
    """

    name: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value (or the key) of a path stands; for a path that is not there, the nearest thing above it."""
        marks = self.keys if key else self.values
        while path and path not in marks:
            path, marks = path[:-1], self.values
        line, column = marks.get(path, (0, 0))
        return self.at(line, column)

    def at(self, line: int, column: int) -> Place:
        """A place in this file, with its line as excerpt."""
        if line > len(self.lines) > 0:  # the parser places the end of a file behind its last line
            line, column = len(self.lines), len(self.lines[-1]) + 1
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.name, line, column, excerpt)


def read_yaml(raw: bytes, name: str) -> Document:
    """Reads a whole file. Never raises for anything that stands in it: what is wrong comes back as problems."""
    document = Document(name)
    if len(raw) > MAX_BYTES:
        message = Message(
            "this file has {size} MB; a file may have {most}", size=-(-len(raw) >> 20), most=MAX_BYTES >> 20
        )
        document.problems.append(Problem(Place(name), message, Message("look at what has made it so long")))
        return document
    text = decoded(raw, name)
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    document.lines = _LINE_END.split(text)
    document.problems += [
        _conflict(document, text, marker.start()) for marker in islice(_CONFLICT.finditer(text), MAX_PROBLEMS)
    ]
    document.problems += [
        _unprintable(document, text, found.start()) for found in islice(_UNPRINTABLE.finditer(text), MAX_PROBLEMS)
    ]
    if document.problems:
        return document
    reader = _Reader(document)
    try:
        document.data = reader.read(text)
    except _Stop:
        document.data = None
    except yaml.YAMLError as error:
        document.data = None
        document.problems.append(_syntax_problem(document, error))
    return document


def _place_of(document: Document, text: str, position: int) -> Place:
    """The place of a position in the whole text."""
    ends = list(_LINE_END.finditer(text, 0, position))
    return document.at(len(ends) + 1, position - (ends[-1].end() if ends else 0) + 1)


def _conflict(document: Document, text: str, position: int) -> Problem:
    return Problem(
        _place_of(document, text, position),
        Message("this is a conflict marker that git left here"),
        Message("choose one of the two versions, and delete the lines with the markers"),
    )


def _unprintable(document: Document, text: str, position: int) -> Problem:
    code = f"U+{ord(text[position]):04X}"
    return Problem(
        _place_of(document, text, position),
        Message("the character {code} cannot stand in a YAML file", code=code),
        Message("delete it"),
    )


def _syntax_problem(document: Document, error: yaml.YAMLError) -> Problem:
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    reason, context = getattr(error, "problem", None) or type(error).__name__, getattr(error, "context", None) or ""
    place = document.at(mark.line + 1, mark.column + 1) if mark else Place(document.name)
    if "nesting depth" in reason:  # PyYAML itself stops at a thousand levels, before it tells the first of them
        return Problem(place, *_TOO_DEEP)
    if "\t" in place.excerpt[: place.column]:
        return Problem(
            place, Message("YAML is indented by spaces, and here is a tab"), Message("put two spaces for each tab")
        )
    if odd := next(
        (number for number, line in enumerate(document.lines, 1) if "\xa0" in line[: len(line) - len(line.lstrip())]), 0
    ):
        message = Message("YAML is indented by spaces, and here is a no-break space, which only looks like one")
        return Problem(
            document.at(odd, document.lines[odd - 1].index("\xa0") + 1), message, Message("delete it and type a space")
        )
    if "quoted scalar" in context and "unexpected" in reason and begun:
        where = document.at(begun.line + 1, begun.column + 1)
        return Problem(
            where, Message("a quotation mark opens here and is not closed"), Message("put one where the text ends")
        )
    if "mapping values are not allowed" in reason:
        message = Message("a colon with a space behind it makes a key of what stands before it, and here no key can be")
        return Problem(place, message, Message("put the whole text in quotes, or look at how this line is indented"))
    return Problem(
        place,
        Message("this is not YAML: {reason}", reason=foreign_words.reason(reason)),
        Message(
            "look here and in the line above: a missing colon, quote or bracket, an indentation that does not fit, "
            "or a text with a comma or colon that needs quotes"
        ),
    )


def _start(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, at which an event begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


class _Reader:
    """Turns the parser's events into plain data, noting places and problems in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def read(self, text: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        self.events = yaml.parse(text, Loader=_Loader)
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            event = next(self.events)
            if not isinstance(event, expected):
                return None
        data = self._value(next(self.events), ())
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._problem(
                event, Message("a second document begins here; a data file has one"), Message("delete the line “---”")
            )
        return data

    def _problem(self, event: yaml.Event, message: Message, mend: Message | None = None) -> None:
        self.document.problems.append(Problem(self.document.at(*_start(event)), message, mend))
        if len(self.document.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _value(self, event: yaml.Event, path: Path) -> Any:  # noqa: ANN401
        """What an event begins: a sequence, a mapping, a scalar, or an alias, which is refused."""
        self.document.values[path] = _start(event)
        if len(path) > MAX_DEPTH:
            self._problem(event, *_TOO_DEEP)
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            message = Message("“*{name}” is an alias, which a data file may not have", name=event.anchor)
            self._problem(event, message, Message("write the value out"))
            return None
        if isinstance(event, yaml.CollectionStartEvent):
            self._refuse_anchor_and_tag(event)
            return self._sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)
        scalar = cast("yaml.ScalarEvent", event)  # the only other event with which a value begins
        self._refuse_anchor_and_tag(scalar)
        return self._scalar(scalar)

    def _refuse_anchor_and_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = Message("“&{name}” is an anchor, which a data file may not have", name=event.anchor)
            self._problem(event, message, Message("delete it"))
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(
                event, Message("“{tag}” is a tag, which a data file may not have", tag=tag), Message("delete it")
            )

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            inner = (*path, key)
            if key in items:
                line, _ = self.document.keys[inner]
                self._problem(
                    event,
                    Message("the key “{key}” stands here a second time; first in line {line}", key=key, line=line),
                    Message("keep one of the two"),
                )
                self._value(next(self.events), (*path, f"{key} (again)"))
                continue
            self.document.keys[inner] = _start(event)
            items[key] = self._value(next(self.events), inner)
        return items

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._problem(
                event,
                Message("a key is a word, and this is a list or a mapping"),
                Message("look at the brackets and dashes here"),
            )
            raise _Stop
        if event.value == "<<" and event.implicit[0]:
            self._problem(
                event, Message("“<<” merges mappings, which a data file may not do"), Message("write the keys out")
            )
        self._refuse_anchor_and_tag(event)
        return nfc(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:  # noqa: ANN401
        word = nfc(event.value)
        if not event.implicit[0] or event.style:
            return word
        if not word:
            return None
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if _WHOLE_NUMBER.fullmatch(word):
            return int(word)
        if found := _DISPUTED.fullmatch(word):
            self._problem(event, *_dispute(word, str(found.lastgroup)))
        return word


def _dispute(word: str, kind: str) -> tuple[Message, Message]:
    readings = {
        "bool": Message("“{word}” without quotes is yes or no to some YAML readers and a word to others", word=word),
        "case": Message("“{word}” without quotes is a word here and something else to other YAML readers", word=word),
        "tilde": Message("“~” is nothing to some YAML readers and a word to others"),
        "octal": Message(
            "“{word}” without quotes is {number} to some YAML readers and {word} to others",
            word=word,
            number=_octal(word),
        ),
        "sixty": Message("“{word}” without quotes is a number in base sixty to some YAML readers", word=word),
    }
    mends = {
        "bool": Message('write true or false; or, if the word is meant, put it in quotes: "{word}"', word=word),
        "case": Message('write it in small letters; or, if the word is meant, put it in quotes: "{word}"', word=word),
        "tilde": Message("write null, or leave the key out"),
    }
    other = Message("“{word}” without quotes is a number to some YAML readers and a word to others", word=word)
    mend = Message(
        'write the number plainly, without sign, zero or mark before it; or, if the word is meant, put it in quotes: "{word}"',
        word=word,
    )
    return readings.get(kind, other), mends.get(kind, mend)


def _octal(word: str) -> int | str:
    digits = word.replace("_", "")
    if len(digits) > _LONGEST_NUMBER:
        return "?"
    try:
        return int(digits, 0) if digits[:2].lower() in ("0x", "0o") else int(digits, 8)
    except ValueError:
        return "?"
