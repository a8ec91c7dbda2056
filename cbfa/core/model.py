"""The base of all models, which is strict, closed and immutable. The types that several fields share."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from cbfa.core.dates import parse_day
from cbfa.core.periods import HOW_TO_WRITE, Period, parse_period
from cbfa.errors import Invalid
from cbfa.messages import Message


class Model(BaseModel):
    """A part of a file. Unknown fields are refused, types are not converted, values do not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Lenient(NamedTuple):
    """A type that `read` parses from what people write, with errors that they understand.

    JSON that pydantic parses itself was written by a program: there only the standard form is valid, and parsing takes a tenth of the time.
    """

    read: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return pydantic's own schema for JSON, and for Python values the same after `read`."""
        native = handler(source)
        return core_schema.json_or_python_schema(
            json_schema=native,
            python_schema=core_schema.no_info_before_validator_function(self.read, native),
        )


MAX_TEXT = 8000
"""Maximum number of characters of a text in a file."""

Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


PROSE = frozenset({"vi", "en", "timing", "code", "aliases", "name"})
"""The fields of the roadmap and the agencies that hold words of people. All other texts are ids, clauses, dates and numbers."""


class Words(Model):
    """A text in both languages, which are equals."""

    vi: Annotated[Text, Field(description="In Vietnamese.")]
    en: Annotated[Text, Field(description="In English.")]

    def in_(self, language: str) -> str:
        """Return the text in `vi` or `en`."""
        return self.vi if language == "vi" else self.en


def _day(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    return parse_day(value) if isinstance(value, str) else value


Day = Annotated[date, Lenient(_day), WithJsonSchema({"type": "string", "format": "date"})]


def _period(value: Any) -> Period:  # noqa: ANN401 - any value of a file
    match value:
        case Period():
            return value
        case date():
            return Period.from_day(value)
        case str():
            return parse_period(value)
        case int() if not isinstance(value, bool):
            parse_period(str(value))  # quotes alone must be enough
            raise Invalid(
                Message("expected text, not {value}", value=value), Message('put it in quotes: "{value}"', value=value)
            )
    raise Invalid(Message("“{text}” is not a date", text=quoted(value)), HOW_TO_WRITE)


def quoted(value: object) -> str:
    """Return a value that should be a text as a sentence quotes it."""
    match value:
        case str():
            return value
        case list():
            return "[…]"
        case dict():
            return "{…}"
        case None:
            return "null"
        case bool():
            return str(value).lower()
    return str(value)


_PERIOD_SCHEMA = {
    "type": "string",
    "title": "Period",
    "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$",
}
DayOrPeriod = Annotated[
    Period,
    PlainValidator(_period),
    PlainSerializer(lambda period: period.notation, return_type=str),
    WithJsonSchema(_PERIOD_SCHEMA),
]
"""A day, or a period in which the day is not known. Written in the notation of periods."""
Year = Annotated[int, Field(ge=1900, le=2200)]
Clause = Annotated[Text, Field(description="A clause of the legal basis, such as III.2.4.")]
