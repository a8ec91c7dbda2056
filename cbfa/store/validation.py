"""From plain data to models: each of pydantic's errors becomes a sentence with a place and a fix.

One bad item never hides the others: what is wrong is left out, and the rest is read all the same, so that all problems come at once.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cbfa.core.text import suggest
from cbfa.errors import UserError
from cbfa.messages import Message
from cbfa.problems import KeyPath, Problem
from cbfa.store.yaml_document import Document
from cbfa.store.yaml_reader import MAX_PROBLEMS

M = TypeVar("M", bound=BaseModel)

_WORDS = {"vi": "?", "en": "?"}
STAND_INS: dict[KeyPath, Any] = {
    ("programme", "id"): "programme",
    ("programme", "title"): _WORDS,
    ("programme", "legal_basis"): _WORDS,
    ("programme", "adopted"): "1900-01-01",
    ("programme", "period"): {"first": 1900, "last": 2200},
    ("programme", "due_soon_days"): 0,
    ("programme", "records"): None,
}
"""What stands for a wrong field of the programme while everything else is looked at. Nothing that is computed with it is shown."""

_COMMA = Message('if a text with a comma or a colon was meant, put it in quotes: vi: "…, …"')
_MAX_ROUNDS = 50
_MANY = 10_000
"""Of a file with more values, or more errors, only the first errors are told, and none is left out to look at the rest."""
_SHOWN = 60


@dataclass(frozen=True)
class Validated(Generic[M]):
    """A model, whole or of what was left when the wrong items were taken out; None where nothing could be read."""

    model: M | None
    problems: list[Problem]
    whole: bool
    origin: Any = None

    @property
    def trusted(self) -> M | None:
        """The model, if it is of the whole file."""
        return self.model if self.whole else None

    def in_file(self, path: KeyPath) -> KeyPath:
        """The path in the file of what has this path in the model, from which items may have been taken out."""
        steps: list[str | int] = []
        node = self.origin
        for step in path:
            if isinstance(node, list) and isinstance(step, int):
                position, node = node[step]
                steps.append(position)
            else:
                steps.append(step)
                node = node.get(step) if isinstance(node, dict) else None
        return tuple(steps)


def validate(model: type[M], document: Document) -> Validated[M]:
    """Reads a document into a model."""
    if document.data is None:
        return Validated(None, document.problems or [_empty(document)], whole=False)
    early = _errors_among_the_first(model, document.data) if document.values > _MANY else []
    if len(early) >= MAX_PROBLEMS:
        return Validated(None, _told(model, document, early), whole=False)
    try:
        return Validated(model.model_validate(document.data), document.problems, whole=not document.problems)
    except ValidationError as error:
        many = error.error_count() > _MANY
        details = early if many and early else error.errors(include_url=False)
    problems = _told(model, document, details)
    if many:
        return Validated(None, problems, whole=False)
    data, origin = copy.deepcopy(document.data), _origin(document.data)
    for _ in range(_MAX_ROUNDS):
        if not _leave_out(data, origin, [_path(detail, data) for detail in details]):
            break
        try:
            return Validated(model.model_validate(data), problems, whole=False, origin=origin)
        except ValidationError as error:
            details = error.errors(include_url=False)
    return Validated(None, problems, whole=False)


def _told(model: type[BaseModel], document: Document, details: list[ErrorDetails]) -> list[Problem]:
    """What the reader had to tell, and the first of these errors that it did not tell already."""
    told = {(problem.place.line, problem.place.column) for problem in document.problems}
    found = [_problem(model, document, detail) for detail in details[:MAX_PROBLEMS]]
    return document.problems + [one for one in found if (one.place.line, one.place.column) not in told]


def _errors_among_the_first(model: type[BaseModel], data: Any) -> list[ErrorDetails]:  # noqa: ANN401
    """The errors among the first items of each list: to list a million takes seconds and a gigabyte."""
    try:
        model.model_validate(_shortened(data))
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _shortened(data: Any) -> Any:  # noqa: ANN401
    match data:
        case dict():
            return {key: _shortened(value) for key, value in data.items()}
        case list():
            return [_shortened(value) for value in data[:MAX_PROBLEMS]]
    return data


def _origin(data: Any) -> Any:  # noqa: ANN401
    """The shape of the data, each item of a list with its position in the file: items are taken out of both alike."""
    match data:
        case dict():
            return {key: _origin(value) for key, value in data.items()}
        case list():
            return [(position, _origin(value)) for position, value in enumerate(data)]
    return None


def _empty(document: Document) -> Problem:
    return Problem(
        document.at(1, 1),
        Message("this file is empty"),
        Message("a new one with explanations is made by: cbfa init FOLDER"),
    )


def _path(detail: ErrorDetails, data: Any) -> KeyPath:  # noqa: ANN401
    """The way through the data itself: pydantic's own also names the member of a union."""
    path: list[str | int] = []
    for step in detail["loc"]:
        if isinstance(data, Mapping) and (step in data or step == detail["loc"][-1]):
            path.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            path.append(step)
            data = data[step]
    return tuple(path)


def _leave_out(data: Any, origin: Any, paths: list[KeyPath]) -> bool:  # noqa: ANN401
    """Takes what holds the errors out of the data: a list item, or a field of the programme. Whether that was possible for all."""
    items = set()
    for path in paths:
        inside = [index for index, step in enumerate(path) if isinstance(step, int)]
        if inside:
            items.add(path[: inside[-1] + 1])
        elif path[:2] in STAND_INS:
            data[path[0]][path[1]] = STAND_INS[path[:2]]
        elif len(path) > 1 and isinstance(data.get(path[0]), dict) and path[1] in data[path[0]]:
            del data[path[0]][path[1]]  # what is not known there; if it is needed, the next round says so
        else:
            return False
    for path in sorted(items, key=lambda item: [str(step).zfill(9) for step in item], reverse=True):
        holder, shape = data, origin
        for step in path[:-1]:
            holder = holder[step]
            shape = shape[step][1] if isinstance(step, int) else shape[step]
        holder.pop(path[-1])
        shape.pop(path[-1])
    return True


def _problem(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Problem:
    path = _path(detail, document.data)
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return Problem(document.place(path[:-1]), *_missing(str(detail["loc"][-1])))
    if kind in ("model_type", "model_attributes_type", "dict_type") and (
        fields := _fields_at(_schema(model), detail["loc"])
    ):
        shape = "{" + ", ".join(f"{name}: …" for name in fields) + "}"
        return Problem(
            document.place(path), Message("keys with values belong here"), Message("write {shape}", shape=shape)
        )
    if kind == "extra_forbidden" and value is None:
        message = Message("“{field}” is not known here", field=path[-1])
        return Problem(document.place(path, key=True), message, _COMMA)
    if kind == "union_tag_invalid":
        path = (*path, "kind")
    if kind == "extra_forbidden":
        known = _fields_at(_schema(model), detail["loc"][:-1])
        return Problem(document.place(path, key=True), *_unknown(str(path[-1]), known))
    if path == ("format",) and isinstance(value, int) and value > 1:
        message = Message("this file is of format {format}, which is newer than this cbfa", format=value)
        return Problem(document.place(path), message, Message("install a newer cbfa, or write format: 1"))
    return Problem(document.place(path), *_sentence(kind, value, context))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _fields_at(schema: Mapping[str, Any], loc: tuple[int | str, ...]) -> list[str]:
    """The field names that a model has at a place, by its JSON Schema."""
    node: Any = schema
    for step in loc:
        node = _step(schema, _resolved(schema, node), step)
    choices = [_resolved(schema, choice) for choice in [node, *_resolved(schema, node).get("anyOf", [])]]
    return list(dict.fromkeys(name for choice in choices for name in choice.get("properties", {})))


def _resolved(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _step(schema: Mapping[str, Any], node: Mapping[str, Any], step: int | str) -> Mapping[str, Any]:
    if "discriminator" in node:
        return (
            {"$ref": node["discriminator"]["mapping"].get(step, "")} if step in node["discriminator"]["mapping"] else {}
        )
    for choice in node.get("anyOf", []):
        if found := _step(schema, _resolved(schema, choice), step):
            return found
    if isinstance(step, int):
        return dict(node.get("items", {}))
    properties = node.get("properties", {})
    return dict(properties.get(step) or node.get("additionalProperties") or {})


def _shown(value: object) -> str:
    match value:
        case list() | tuple():
            return "[…]"
        case dict():
            return "{…}"
        case None:
            return "null"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _sentence(kind: str, value: object, context: Mapping[str, Any]) -> tuple[Message, Message | None]:
    error = context.get("error")
    if isinstance(error, UserError):
        return error.message, error.fix
    make = SENTENCES.get(kind)
    if make:
        return make(_shown(value), context)
    return Message("“{value}” does not fit here ({kind})", value=_shown(value), kind=kind), Message(
        "see docs/format.md"
    )


def _not_text(value: str, _context: Mapping[str, Any]) -> tuple[Message, Message]:
    quoted, other = (
        Message('put it in quotes: "{value}"', value=value),
        Message("write it, or leave the key out where it may be"),
    )
    return Message("a text belongs here, not {value}", value=value), other if value in (
        "null",
        "[…]",
        "{…}",
    ) else quoted


def _not_number(value: str, _context: Mapping[str, Any]) -> tuple[Message, Message]:
    return Message("a whole number belongs here, not “{value}”", value=value), Message(
        "write digits only, without quotes, such as 2012"
    )


def _not_a_word(value: str, context: Mapping[str, Any]) -> tuple[Message, Message]:
    allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    return (
        Message("“{value}” is none of the words that can stand here", value=value),
        suggest(value, allowed),
    )


def _no_such_kind(value: str, context: Mapping[str, Any]) -> tuple[Message, Message]:
    allowed = str(context.get("expected_tags", "")).replace("'", "").split(", ")
    word = str(context.get("tag", value))
    tag = {"[": "[…]", "{": "{…}"}.get(word[:1], word)
    return (
        Message("there is no kind of schedule “{kind}”", kind=tag),
        suggest(tag, allowed),
    )


def _not_an_id(value: str, context: Mapping[str, Any]) -> tuple[Message, Message]:
    message = Message("“{value}” cannot be an id", value=value)
    if "A-Z" in str(context.get("pattern")):
        return message, Message("use letters and digits only, without diacritics, such as SoNgoaiVu")
    return message, Message("use small letters, digits and hyphens, without diacritics, such as ingo-board")


SENTENCES: dict[str, Callable[[str, Mapping[str, Any]], tuple[Message, Message | None]]] = {
    "string_type": _not_text,
    "int_type": _not_number,
    "int_parsing": _not_number,
    "bool_type": lambda value, _: (
        Message("true or false belongs here, not “{value}”", value=value),
        Message("write true or false, without quotes"),
    ),
    "list_type": lambda *_: (
        Message("a list belongs here"),
        Message("put each item on a line of its own, behind “- ”, or write [one, another]"),
    ),
    "tuple_type": lambda *_: (Message("a list belongs here"), Message('write ["one", "another"]')),
    "model_type": lambda *_: (
        Message("keys with values belong here"),
        Message("write “key: value”, each on a line of its own"),
    ),
    "model_attributes_type": lambda *_: (
        Message("keys with values belong here"),
        Message("write “key: value”, each on a line of its own"),
    ),
    "dict_type": lambda *_: (
        Message("keys with values belong here"),
        Message("write “key: value”, each on a line of its own"),
    ),
    "date_type": lambda value, _: (
        Message("“{text}” is not a date", text=value),
        Message("write it as 2012-12-31 or 31/12/2012"),
    ),
    "string_unicode": lambda *_: (Message("this text has half a character in it"), Message("write the text anew")),
    "literal_error": _not_a_word,
    "enum": _not_a_word,
    "union_tag_invalid": _no_such_kind,
    "union_tag_not_found": lambda *_: (
        Message("“{field}” is missing here", field="kind"),
        Message("add “kind: …”: {names}", names="once, span, yearly, open-ended, undated"),
    ),
    "string_too_short": lambda *_: (
        Message("a text is missing here"),
        Message("write it, or leave the key out where it may be"),
    ),
    "string_too_long": lambda _, context: (
        Message("this text is too long: {most} characters are the most", most=context["max_length"]),
        Message("shorten it"),
    ),
    "too_short": lambda *_: (Message("this list is empty, and must not be"), Message("give it at least one item")),
    "string_pattern_mismatch": _not_an_id,
    "greater_than_equal": lambda value, context: (
        Message("{value} is too small: {least} is the least", value=value, least=context["ge"]),
        Message("look for a slip of the pen"),
    ),
    "less_than_equal": lambda value, context: (
        Message("{value} is too large: {most} is the most", value=value, most=context["le"]),
        Message("look for a slip of the pen"),
    ),
}


def problems_of_values(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[str, Message, Message | None]]:
    """The field, the sentence and the fix for each error in a flat record, such as a line of the journal."""
    for detail in error.errors(include_url=False)[:MAX_PROBLEMS]:
        name = ".".join(str(step) for step in detail["loc"])
        if detail["type"] == "missing":
            yield name, *_missing(name)
        elif detail["type"] == "extra_forbidden":
            yield name, *_unknown(name, list(model.model_fields))
        else:
            yield name, *_sentence(detail["type"], detail["input"], detail.get("ctx", {}))


def _missing(name: str) -> tuple[Message, Message]:
    return Message("“{field}” is missing here", field=name), Message("add “{field}: …”", field=name)


def _unknown(name: str, known: list[str]) -> tuple[Message, Message]:
    return Message("“{field}” is not known here", field=name), suggest(name, known)
