"""Read YAML strictly, from the events of PyYAML's parser.

Only `true`, `false`, `null`, `~` and plain whole numbers are converted; everything else is text, which the models parse. Refused are
anchors, aliases, tags, merge keys, duplicate keys, a second document and deep nesting, because a data file never needs them, and scalars
about which YAML readers disagree (`no`, `012`, `12:30` without quotes). docs/format.md of the repository lists them.
"""

import re
from itertools import islice
from typing import Any, cast

import yaml

from cbfa.core.model import NAMES
from cbfa.core.text import nfc
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity
from cbfa.store.files import MAX_BYTES, decode
from cbfa.store.yaml.characters import has_odd, made_plain, odd_character, odd_signs
from cbfa.store.yaml.document import MAX_DEPTH, Document, events_of, marks_of, start_of
from cbfa.store.yaml.syntax import HIDDEN, TOO_DEEP, syntax_problem

MAX_LINES = 1_000_000
MAX_VALUES = 300_000
"""Maximum number of values in a file, keys not counted. Twenty thousand milestones have 240,000."""
MAX_KEYS = 10_000
MAX_PROBLEMS = 100
"""Maximum number of problems reported for one file. More of them have a common cause, which is among the first."""

_MAX_DIGITS = 30
_MAX_INDENT = 200
"""Columns of an indentation; text further to the right does not begin its line."""
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None}
_DISPUTED = re.compile(
    r"(?P<bool>yes|no|on|off|y|n)|(?P<case>TRUE|True|FALSE|False|NULL|Null)"
    r"|(?P<octal>[-+]?0[0-9_]+|0[ox][0-9a-fA-F_]+)|(?P<sixty>[-+]?[0-9]+(:[0-5]?[0-9])+)|(?P<under>[-+]?[0-9]+_[0-9_]*)|(?P<plus>\+[0-9]+)",
    re.IGNORECASE,
)
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( |$)", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]+#")
_LOST = re.compile(r"(^|\s)-\s")
"""A name in which a dash was meant to begin an item of a list: what follows has another structure than its writer meant."""
_DELETE = Message("delete it; if it is the beginning of a text, put the text in quotes")


class _Stop(Exception):
    """Reading this file any further would show nothing new."""


def read_yaml(raw: bytes, name: str) -> Document:
    """Read a whole file. Never raises for its content: what is wrong is returned as problems."""
    document = Document(name)
    if len(raw) > MAX_BYTES:
        message = Message(
            "this file has {size} MB; the maximum is {most} MB", size=-(-len(raw) >> 20), most=MAX_BYTES >> 20
        )
        document.problems.append(_too_long(document, message))
        return document
    text = decode(raw, name)
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    if (lines := sum(map(text.count, "\n\r\x85\u2028\u2029")) - text.count("\r\n")) > MAX_LINES:
        message = Message("this file has {lines} lines; the maximum is {most}", lines=lines, most=MAX_LINES)
        document.problems.append(_too_long(document, message))
        return document
    document.text = text
    document.problems += [
        _conflict(document, marker.start()) for marker in islice(_CONFLICT.finditer(text), MAX_PROBLEMS)
    ]
    document.problems += [_unprintable(document, found) for found in islice(_UNPRINTABLE.finditer(text), MAX_PROBLEMS)]
    if document.problems:
        return document
    reader = _Reader(document)
    try:
        document.data = reader.read(text)
    except _Stop:
        document.data = None
    except yaml.YAMLError as error:
        document.data = None
        problem = syntax_problem(document, error)
        document.problems += [problem] if problem.place not in {one.place for one in document.problems} else []
        document.warnings = [one for one in document.warnings if one.place != problem.place]
    return document


def _too_long(document: Document, message: Message) -> Problem:
    return Problem(Place(document.name), message, Message("find out why it is so long, and shorten it"))


def _conflict(document: Document, position: int) -> Problem:
    return Problem(
        document.at_position(position),
        Message("git left a conflict marker here"),
        Message("keep one of the two versions, and delete the other and the marker lines"),
    )


def _unprintable(document: Document, found: re.Match[str]) -> Problem:
    code = f"U+{ord(found[0]):04X}"
    return Problem(
        document.at_position(found.start()),
        Message("the character {code} is not allowed in a YAML file", code=code),
        Message("delete it"),
    )


class _Reader:
    """Turns events into plain data; counts the values and collects the problems in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def read(self, text: str) -> Any:  # noqa: ANN401 - any YAML value
        self._next = events_of(text)
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            if not isinstance(self._next(), expected):
                return None
        data = self._value(self._next(), 0)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._problem(
                event,
                Message("a second YAML document begins here; a data file has only one"),
                Message("delete the line “---”"),
            )
        return data

    def _problem(self, event: yaml.Event, message: Message, fix: Message | None = None) -> None:
        self._report(Problem(self.document.at(*start_of(event)), message, fix))

    def _report(self, problem: Problem) -> None:
        self.document.problems.append(problem)
        if len(self.document.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _value(self, event: yaml.Event, depth: int, field: str = "") -> Any:  # noqa: ANN401
        """Read the sequence, mapping or scalar that an event begins, in a field. An alias is refused."""
        self.document.values += 1
        if self.document.values > MAX_VALUES:
            message = Message("too many values in this file: the maximum is {most}", most=MAX_VALUES)
            self._problem(event, message, Message("find out why it is so long, and shorten it"))
            raise _Stop
        if depth > MAX_DEPTH:
            self._problem(event, *TOO_DEEP)
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            message = Message("aliases are not allowed: “*{name}”", name=event.anchor)
            fix = Message("write the value in full; if it is the beginning of a text, put the text in quotes")
            self._problem(event, message, fix)
            return None
        value = cast("yaml.ScalarEvent | yaml.CollectionStartEvent", event)
        self._refuse_anchor_and_tag(value)
        if isinstance(value, yaml.ScalarEvent):
            return self._scalar(value, field)
        return self._sequence(depth, field) if isinstance(value, yaml.SequenceStartEvent) else self._mapping(depth)

    def _refuse_anchor_and_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = Message("anchors are not allowed: “&{name}”", name=event.anchor)
            self._problem(event, message, _DELETE)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(event, Message("tags are not allowed: “{tag}”", tag=tag), _DELETE)

    def _sequence(self, depth: int, field: str) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1, field))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        keys: dict[str, yaml.Event] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            if key in keys:
                line, _ = start_of(keys[key])
                self._problem(
                    event,
                    Message("the field “{key}” is repeated here; it is first in line {line}", key=key, line=line),
                    Message("keep one of the two"),
                )
                self._value(self._next(), depth + 1)
                continue
            keys[key] = event
            if len(keys) > MAX_KEYS:
                message = Message("too many fields in one mapping: the maximum is {most}", most=MAX_KEYS)
                self._problem(event, message, Message("begin each line with “- ” if this is a list"))
                raise _Stop
            value = self._value(self._next(), depth + 1, key)
            if value is None and ":" in key and not cast("yaml.ScalarEvent", event).style:
                key, value = self._split(cast("yaml.ScalarEvent", event), key)
            items[key] = value
        return items

    def _split(self, event: yaml.ScalarEvent, key: str) -> tuple[str, str]:
        """Return the field and the text of a key that is both, as in `{vi:…}`; report the missing space."""
        name, _, text = key.partition(":")
        if key == nfc(event.value):
            place = self.document.at_position(marks_of(event)[0].index + len(name) + 1)
            self._report(Problem(place, Message("a space is missing after the colon"), Message("type a space here")))
        return name, text.strip()

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._problem(
                event,
                Message("a field name must be text, not a list or a mapping"),
                Message("check the brackets and dashes here"),
            )
            raise _Stop
        if event.value == "<<" and event.implicit[0]:
            self._problem(event, Message("merge keys are not allowed: “<<”"), Message("write the fields in full"))
        self._refuse_anchor_and_tag(event)
        return self._name(event)

    def _name(self, event: yaml.ScalarEvent) -> str:
        """Return a word that is no prose, such as an id; report the first character in it that is not what it seems."""
        word = nfc(event.value)
        if not has_odd(word):
            return word
        start, end = (mark.index for mark in marks_of(event))
        written = (self.document.text or "")[start:end]
        self._report(odd_character(self.document, start, written, word))
        plain = made_plain(word)
        if _LOST.search(plain):
            raise _Stop
        return plain

    def _check_prose(self, event: yaml.ScalarEvent) -> None:
        """Warn of a comment after an unquoted text; report odd signs in front of what looks like its lines."""
        if event.style:
            return
        text, (start, end) = self.document.text or "", marks_of(event)
        hidden = _COMMENT.match(text, end.index)
        if hidden and len(self.document.warnings) < MAX_PROBLEMS:
            place = self.document.at_position(hidden.end() - 1)
            fix = Message("put the whole text in quotes, or the comment on a line of its own")
            self.document.warnings.append(Problem(place, HIDDEN, fix, Severity.WARNING))
        begins_line = start.column <= _MAX_INDENT and not text[start.index - start.column : start.index].strip()
        last = min(
            end.line + 1, len(self.document.lines)
        )  # an empty text at the end of a file lies after its last line
        lines = range(start.line + (1 if begins_line else 2), last + 1)
        for problem in odd_signs(self.document, lines, indented=False):
            self._report(problem)

    def _scalar(self, event: yaml.ScalarEvent, field: str) -> Any:  # noqa: ANN401
        if field in NAMES:
            word = self._name(event)
        else:
            self._check_prose(event)
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
        "bool": Message("“{word}” without quotes is true or false to some YAML readers and text to others", word=word),
        "case": Message("“{word}” without quotes is text here and something else to other YAML readers", word=word),
        "octal": Message(
            "“{word}” without quotes is {number} to some YAML readers and {word} to others",
            word=word,
            number=_octal(word),
        ),
        "sixty": Message("“{word}” without quotes is a base-60 number to some YAML readers", word=word),
    }
    fixes = {
        "bool": Message('write true or false; if you mean the text, put it in quotes: "{word}"', word=word),
        "case": Message('write it in lower case; if you mean the text, put it in quotes: "{word}"', word=word),
    }
    other = Message("“{word}” without quotes is a number to some YAML readers and text to others", word=word)
    fix = Message(
        'write a plain number, such as 12; if you mean the text, put it in quotes: "{word}"',
        word=word,
    )
    return readings.get(kind, other), fixes.get(kind, fix)


def _octal(word: str) -> int | str:
    digits = word.replace("_", "")
    if len(digits) > _MAX_DIGITS:
        return "?"
    try:
        return int(digits, 0) if digits[:2].lower() in ("0x", "0o") else int(digits, 8)
    except ValueError:
        return "?"
