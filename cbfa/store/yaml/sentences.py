"""Turn each kind of pydantic's validation errors into a sentence and a fix."""

from __future__ import annotations

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
_COMMA = Message('if a text with a comma or a colon was meant, put it in quotes: vi: "…, …"')


def sentence_of(model: type[BaseModel], detail: ErrorDetails, path: tuple[int | str, ...]) -> Sentence:
    """Return the sentence and the fix for one error of a model; `path` leads to the value in the data."""
    kind, value, context, loc = detail["type"], detail["input"], detail.get("ctx", {}), detail["loc"]
    if kind == "missing":
        return Message("“{field}” is missing here", field=loc[-1]), Message("add “{field}: …”", field=loc[-1])
    if kind == "extra_forbidden":
        message = Message("“{field}” is not known here", field=path[-1])
        return message, _COMMA if value is None else suggest(str(path[-1]), _fields_at(_schema(model), loc[:-1]))
    if kind in ("model_type", "model_attributes_type", "dict_type") and (fields := _fields_at(_schema(model), loc)):
        shape = "{" + ", ".join(f"{name}: …" for name in fields) + "}"
        return Message("keys with values belong here"), Message("write {shape}", shape=shape)
    if path == ("format",) and isinstance(value, int) and value > 1:
        message = Message("this file is of format {format}, which is newer than this cbfa", format=value)
        return message, Message("install a newer cbfa, or write format: 1")
    error = context.get("error")
    if isinstance(error, UserError):
        return error.message, error.fix
    make = SENTENCES.get(kind)
    if make:
        return make(_shown(value), context)
    message = Message("“{value}” does not fit here ({kind})", value=_shown(value), kind=kind)
    return message, Message("see docs/format.md")


def sentences_of_record(
    error: ValidationError, model: type[BaseModel]
) -> Iterator[tuple[str, Message, Message | None]]:
    """Return the field, the sentence and the fix of each error in a flat record, such as a line of the journal."""
    for detail in error.errors(include_url=False)[:MAX_PROBLEMS]:
        name = ".".join(str(step) for step in detail["loc"])
        yield name, *sentence_of(model, detail, (name,))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _fields_at(schema: Mapping[str, Any], loc: tuple[int | str, ...]) -> list[str]:
    """Return the names of the fields that a model has at a place, by its JSON Schema."""
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


def _not_a_mapping(_value: str, _context: Mapping[str, Any]) -> Sentence:
    return Message("keys with values belong here"), Message("write “key: value”, each on a line of its own")


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
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
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
