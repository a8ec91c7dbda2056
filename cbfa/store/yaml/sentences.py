"""Turn each kind of pydantic's validation errors into a sentence and a fix."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cbfa.core.resolve import suggest
from cbfa.errors import UserError
from cbfa.messages import Message
from cbfa.store.yaml.reader import MAX_PROBLEMS

Sentence = tuple[Message, Message | None]
"""What is wrong, and its fix."""

_MAX_SHOWN = 60
_COMMA = Message('put text with a comma or a colon in quotes: vi: "…, …"')


def sentence_of(model: type[BaseModel], detail: ErrorDetails, path: tuple[int | str, ...]) -> Sentence:
    """Return the sentence and the fix for one error of a model. `path` leads to the value in the data."""
    kind, value, context, loc = detail["type"], detail["input"], detail.get("ctx", {}), detail["loc"]
    if kind == "missing":
        return Message("missing field “{field}”", field=loc[-1]), Message("add “{field}: …”", field=loc[-1])
    if kind == "extra_forbidden":
        message = Message("unknown field “{field}”", field=path[-1])
        return message, _COMMA if value is None else suggest(str(path[-1]), _fields_at(_schema(model), loc[:-1]))
    if kind in ("model_type", "model_attributes_type", "dict_type") and (fields := _fields_at(_schema(model), loc)):
        shape = "{" + ", ".join(f"{name}: …" for name in fields) + "}"
        return Message("expected fields with values"), Message("write {shape}", shape=shape)
    if path == ("format",) and isinstance(value, int) and value > 1:
        message = Message("this file has format {format}, which needs a newer cbfa", format=value)
        return message, Message("install a newer cbfa, or write format: 1")
    error = context.get("error")
    if isinstance(error, UserError):
        return error.message, error.fix
    if kind == "string_type" and (pattern := _node_at(_schema(model), loc).get("pattern")):
        is_plain = isinstance(value, bool | int | float)
        if is_plain and not re.search(pattern, _shown(value)):  # quotes alone would not help
            return _not_an_id(_shown(value), {"pattern": pattern})
    make = SENTENCES.get(kind)
    if make:
        return make(_shown(value), context)
    message = Message("“{value}” is not a valid value here ({kind})", value=_shown(value), kind=kind)
    return message, Message("check for a typo")


def sentences_of_record(
    error: ValidationError, model: type[BaseModel]
) -> Iterator[tuple[str, Message, Message | None]]:
    """Yield the field, the sentence and the fix of each error in a line of the journal."""
    for detail in error.errors(include_url=False)[:MAX_PROBLEMS]:
        name = ".".join(str(step) for step in detail["loc"])
        yield name, *sentence_of(model, detail, (name,))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _fields_at(schema: Mapping[str, Any], loc: tuple[int | str, ...]) -> list[str]:
    """Return the names of a model's fields at a place, by its JSON Schema."""
    node = _node_at(schema, loc)
    choices = [_resolved(schema, choice) for choice in [node, *_resolved(schema, node).get("anyOf", [])]]
    return list(dict.fromkeys(name for choice in choices for name in choice.get("properties", {})))


def _node_at(schema: Mapping[str, Any], loc: tuple[int | str, ...]) -> Mapping[str, Any]:
    """Return what a model's JSON Schema says about a place."""
    node = schema
    for step in loc:
        node = _step(schema, _resolved(schema, node), step)
    return _resolved(schema, node)


def _resolved(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def _step(schema: Mapping[str, Any], node: Mapping[str, Any], step: int | str) -> Mapping[str, Any]:
    for choice in node.get("anyOf", []):
        if found := _step(schema, _resolved(schema, choice), step):
            return found
    if isinstance(step, int):
        return dict(node.get("items", {}))
    properties = node.get("properties", {})
    return dict(properties.get(step) or node.get("additionalProperties") or {})


def _shown(value: object) -> str:
    """Return a value as a sentence quotes it."""
    match value:
        case list() | tuple():
            return "[…]"
        case dict():
            return "{…}"
        case None:
            return "null"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _not_text(value: str, _context: Mapping[str, Any]) -> tuple[Message, Message]:
    message = Message("expected text, not {value}", value=value)
    if value in ("null", "[…]", "{…}"):
        return message, Message("write it, or leave the field out if it is optional")
    return message, Message('put it in quotes: "{value}"', value=value)


def _not_number(value: str, _context: Mapping[str, Any]) -> tuple[Message, Message]:
    return Message("expected a whole number, not “{value}”", value=value), Message(
        "write digits only, without quotes, such as 12"
    )


def _not_a_word(value: str, context: Mapping[str, Any]) -> tuple[Message, Message]:
    allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    return (
        Message("“{value}” is not a valid value", value=value),
        suggest(value, allowed),
    )


def _not_an_id(value: str, _context: Mapping[str, Any]) -> tuple[Message, Message]:
    message = Message("“{value}” is not a valid id", value=value)
    return message, Message(
        "begin with a letter, then use letters, digits, “.”, “_” and “-”, without diacritics, such as SoNgoaiVu or ingo-board"
    )


def _not_a_mapping(_value: str, _context: Mapping[str, Any]) -> Sentence:
    return Message("expected fields with values"), Message("write “field: value”, each on its own line")


SENTENCES: dict[str, Callable[[str, Mapping[str, Any]], tuple[Message, Message | None]]] = {
    "string_type": _not_text,
    "int_type": _not_number,
    "int_parsing": _not_number,
    "bool_type": lambda value, _: (
        Message("expected true or false, not “{value}”", value=value),
        Message("write true or false, without quotes"),
    ),
    "list_type": lambda *_: (
        Message("expected a list"),
        Message("put each item on its own line after “- ”, or write [one, another]"),
    ),
    "tuple_type": lambda *_: (Message("expected a list"), Message('write ["one", "another"]')),
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "date_type": lambda value, _: (
        Message("“{text}” is not a date", text=value),
        Message("write it as 2012-12-31 or 31/12/2012"),
    ),
    "string_unicode": lambda *_: (
        Message("this text contains an incomplete character"),
        Message("type the text again"),
    ),
    "literal_error": _not_a_word,
    "enum": _not_a_word,
    "string_too_short": lambda *_: (
        Message("this text is empty"),
        Message("write it, or leave the field out if it is optional"),
    ),
    "string_too_long": lambda _, context: (
        Message("this text is too long: the maximum is {most} characters", most=context["max_length"]),
        Message("shorten it"),
    ),
    "too_long": lambda _, context: (
        Message("this list has too many items: the maximum is {most}", most=context["max_length"]),
        Message("find out why it is so long, and shorten it"),
    ),
    "too_short": lambda *_: (Message("this list must not be empty"), Message("add at least one item")),
    "string_pattern_mismatch": _not_an_id,
    "greater_than_equal": lambda value, context: (
        Message("{value} is too small: the minimum is {least}", value=value, least=context["ge"]),
        Message("check for a typo"),
    ),
    "less_than_equal": lambda value, context: (
        Message("{value} is too large: the maximum is {most}", value=value, most=context["le"]),
        Message("check for a typo"),
    ),
}
