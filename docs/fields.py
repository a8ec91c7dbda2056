"""Tables of the fields of the four files, made from the models by way of their JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendments
from cbfa.core.journal import Entry, Retraction
from cbfa.core.model import Model
from cbfa.core.roadmap import Roadmap

FILES: dict[str, tuple[type[Model], ...]] = {
    "roadmap": (Roadmap,),
    "agencies": (Agencies,),
    "amendments": (Amendments,),
    "progress": (Entry, Retraction),
}
Schema = Mapping[str, Any]
TYPES = {
    "Words": "[text](#texts-and-languages)",
    "Period": "[period](#periods)",
    "Due": "[period](#periods); day or list of days",
    "Day": "date",
    "Number": "number",
}
"""Types by their titles in the JSON Schemas."""


def tables() -> dict[str, str]:
    """The tables of each file; what was explained for one file is not explained again for the next."""
    shown: set[str] = set()
    return {file: "\n".join(_of_models(models, shown)) for file, models in FILES.items()}


def undescribed() -> list[str]:
    """The fields of which nothing says what they are, not even the type that they have."""
    return [
        f"{name}.{field}"
        for models in FILES.values()
        for model in models
        for name, schema, definitions in _objects(model)
        for field, node in schema["properties"].items()
        if not _description(node, definitions)
    ]


def _of_models(models: tuple[type[Model], ...], shown: set[str]) -> Iterator[str]:
    for model in models:
        for name, schema, definitions in _objects(model):
            if name not in shown:
                shown.add(name)
                yield _table(name, schema, definitions)


def _objects(model: type[Model]) -> list[tuple[str, Schema, Schema]]:
    """The model and every model inside it, in the order in which its fields name them."""
    whole = model.model_json_schema()
    definitions = whole.get("$defs", {})
    found: dict[str, Schema] = {model.__name__: whole}
    waiting = [whole]
    while waiting:
        for node in waiting.pop(0)["properties"].values():
            for name in _named(node):
                if name not in found and "properties" in definitions[name]:
                    found[name] = definitions[name]
                    waiting.append(definitions[name])
    return [(name, schema, definitions) for name, schema in found.items()]


def _named(node: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a schema
    """The models that a part of a schema refers to, each once."""
    if isinstance(node, list):
        for part in node:
            yield from _named(part)
    elif isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for key, part in node.items():
            if key != "discriminator":
                yield from _named(part)


def _table(name: str, schema: Schema, definitions: Schema) -> str:
    rows = [
        "| field | type | required | left out | meaning |",
        "|---|---|---|---|---|",
        *(
            f"| `{field}` | {_type(node, definitions)} | {'yes' if field in schema.get('required', []) else 'no'} "
            f"| {_default(node)} | {_description(node, definitions)} |"
            for field, node in schema["properties"].items()
        ),
    ]
    return f"### {name}\n\n{_sentence(schema)}\n\n" + "\n".join(rows) + "\n"


def _sentence(schema: Schema) -> str:
    return " ".join(schema.get("description", "").split())


def _description(node: Schema, definitions: Schema) -> str:
    """A field's own words, else those of the type that it has."""
    if "description" in node:
        return _sentence(node)
    inner = [node.get("items"), *node.get("anyOf", [])]
    if "$ref" in node:
        inner.append(definitions[node["$ref"].rpartition("/")[2]])
    return next((text for part in inner if part and (text := _description(part, definitions))), "")


def _default(node: Schema) -> str:
    if "default" not in node:
        return ""
    match node["default"]:
        case None:
            return "nothing"
        case [] | {} | ():
            return "nothing"
        case list() as values:
            return ", ".join(values)
        case bool() as value:
            return str(value).lower()
        case value:
            return str(value)


def _type(node: Schema, definitions: Schema) -> str:
    if "$ref" in node:
        return _reference(node["$ref"].rpartition("/")[2], definitions)
    if node.get("title") in TYPES:
        return TYPES[node["title"]]
    if (short := _items_if_short(node)) is not None:
        return f"{_type(short, definitions)}, or a list of them"
    if choices := [one for one in node.get("anyOf", node.get("oneOf", [])) if one.get("type") != "null"]:
        return " or ".join(_type(one, definitions) for one in choices)
    if "const" in node or "enum" in node:
        return _words(node.get("enum", [node.get("const")]))
    if node["type"] == "array":
        least = ", at least one" if node.get("minItems") else ""
        return f"list of {_type(node['items'], definitions)}{least}"
    if node["type"] == "object":
        return f"keys, each with {_type(node['additionalProperties'], definitions)}"
    return _plain(node)


def _reference(name: str, definitions: Schema) -> str:
    target = definitions[name]
    if "properties" in target:
        return f"[{name}](#{name.lower()})"
    return TYPES[name] if name in TYPES else _words(target["enum"])


def _items_if_short(node: Schema) -> Schema | None:
    """Return the schema of an item, if one item may replace a list of them; else None."""
    one, *others = node.get("anyOf", [{}])
    return one if [other.get("items") for other in others] == [one] else None


def _words(values: list[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _plain(node: Schema) -> str:
    match node:
        case {"type": "integer"}:
            return f"whole number{_between(node.get('minimum'), node.get('maximum'))}"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"format": "date-time"}:
            return "moment with its time zone"
        case {"pattern": pattern}:
            return f"text like `{pattern}`".replace("|", "\\|")
        case {"maxLength": most}:
            return f"text, at most {most} characters"
    return "text"


def _between(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return ""
    return f", {least} to {most}" if most is not None else f", {least} or more"
