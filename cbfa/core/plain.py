"""Values of the files as plain data, and as YAML in one line."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from cbfa.core import decimals
from cbfa.core.periods import Period
from cbfa.core.words import Words

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*([@/][A-Za-z0-9._-]+)*")
_PERIOD = re.compile(r"[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?")
_TIMES = frozenset({"in", "due", "from", "to", "signed", "effective", "entered"})
_NUMBERS = frozenset({"at_least", "at_most", "above", "below", "baseline", "most"})
_DISPUTED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some YAML readers take for something else than text."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(model: BaseModel) -> dict[str, Any]:
    """Return a part of a file as plain data, without what is left out."""
    data: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {field: _shorter(getattr(model, _name(model, field)), value) for field, value in data.items()}


def _shorter(value: object, data: Any) -> Any:  # noqa: ANN401 - plain data
    """Return a text in the programme's own language alone without its language."""
    return value.own if isinstance(value, Words) and len(value.texts) == 1 else data


def _name(model: BaseModel, alias: str) -> str:
    fields = type(model).model_fields
    return next((name for name, field in fields.items() if field.alias == alias), alias)


def plain_value(value: object, field: str = "") -> Any:  # noqa: ANN401 - plain data
    """Return the value of a field as a file has it: agencies by their ids alone, one item without its list."""
    match value:
        case Words():
            return value.own if len(value.texts) == 1 else dict(value.root)
        case BaseModel():
            data = plain(value)
            return data["agency"] if field in ("lead", "support") and len(data) == 1 else data
        case list() | tuple():
            return one_or_list([plain_value(one, field) for one in value]) if value else None
        case Period():
            return value.notation
        case date():
            return value.isoformat()
    return value


def one_or_list(values: Sequence[Any]) -> Any:  # noqa: ANN401 - plain data
    """Return the only value, or all of them as a list."""
    return values[0] if len(values) == 1 else list(values)


def written(value: Any, field: str = "") -> str:  # noqa: ANN401 - any plain value
    """Return a value of a field as YAML in one line, which every reader takes for the same."""
    match value:
        case bool() | None:
            return "null" if value is None else str(value).lower()
        case int():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{written(name)}: {written(one, name)}" for name, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(written(one, field) for one in value) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _DISPUTED:
        return text
    if (field in _TIMES and _PERIOD.fullmatch(text)) or (field in _NUMBERS and re.fullmatch(decimals.PATTERN, text)):
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"
