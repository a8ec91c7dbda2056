"""Exact numbers, for levels: 17.6 %, 2,449,500,000 euros. Never floats, so what was written is what is compared and shown."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from cbfa.errors import Invalid
from cbfa.messages import Message

MAX_NUMBER = Decimal(10**15)
"""Maximum size of a number, in either direction."""
PATTERN = r"-?[0-9]{1,16}(\.[0-9]{1,9})?"
_NUMBER = re.compile(PATTERN)
_WITH_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
_GROUPED = re.compile(r"-?[0-9]{1,3}([., \u00a0\u202f][0-9]{3})+")


def parse_number(text: str) -> Decimal:
    """Parse a number as it is written in files and after options: digits, with a point before decimals. Raises Invalid."""
    word = text.strip()
    if not _NUMBER.fullmatch(word):
        raise Invalid(Message("“{text}” is not a number", text=text), how_to_write(word))
    number = Decimal(word)
    if abs(number) > MAX_NUMBER:
        raise Invalid(
            Message("{value} is too large: the maximum is {most}", value=word, most="10^15"),
            Message("check for a typo, or use a larger unit"),
        )
    return number


def how_to_write(word: str) -> Message:
    """Return the fix for what is no number."""
    if _WITH_COMMA.fullmatch(word):
        return Message("write decimals with a point: {number}", number=word.replace(",", "."))
    if _GROUPED.fullmatch(word):
        return Message("write it without separators: {number}", number=re.sub(r"[^0-9-]", "", word))
    return Message("write digits, with a point before decimals, such as 17.6; the unit belongs into “unit”")


def written(number: Decimal) -> str:
    """Write a number as files and JSON have it."""
    return f"{number:f}"


def _number(value: Any) -> Decimal:  # noqa: ANN401 - any value of a file
    match value:
        case Decimal():
            return value
        case str():
            return parse_number(value)
        case int() if not isinstance(value, bool):
            return parse_number(str(value))
        case float():  # of JSON, where only text stays exact
            raise Invalid(
                Message("expected text, not {value}", value=value), Message('put it in quotes: "{value}"', value=value)
            )
    shown = {None: "null", True: "true", False: "false"}.get(value, "…") if isinstance(value, bool | None) else "…"
    raise Invalid(Message("“{text}” is not a number", text=shown), how_to_write(""))


Number = Annotated[
    Decimal,
    PlainValidator(_number),
    PlainSerializer(written, return_type=str),
    WithJsonSchema({"title": "Number", "type": ["number", "string"], "pattern": f"^{PATTERN}$"}),
]
"""A number as text or as a whole number in a file; always text in JSON."""
