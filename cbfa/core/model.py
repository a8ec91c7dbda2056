"""The base of all models, which is strict, closed and immutable. The types that several fields share."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from cbfa.core.dates import parse_day
from cbfa.core.periods import HOW_TO_WRITE, Period, parse_period
from cbfa.core.words import Text
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


NAMES = frozenset(
    {
        *("id", "formerly", "agency", "lead", "support", "members", "coordinator", "measure"),
        *("clause", "clauses", "basis", "serves", "number", "languages", "timezone", "format"),
        *("in", "due", "from", "to", "every", "adopted", "tentative", "each", "fiscal_year_from", "due_soon_days"),
        *("count", "most", "at_least", "at_most", "above", "below", "baseline", "official_classes"),
        *(
            "signed",
            "effective",
            "entered",
            "change",
            "repeal",
            "into",
            "merge",
            "close",
            "group",
            "join",
            "leave",
            "revoke",
        ),
    }
)
"""The fields of the files written by hand that hold ids, clauses, dates and numbers. All other texts are words of people."""


def _day(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    return parse_day(value) if isinstance(value, str) else value


_DAY_SCHEMA = {
    "type": "string",
    "title": "Day",
    "pattern": "^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$",
}
Day = Annotated[date, Lenient(_day), WithJsonSchema(_DAY_SCHEMA)]


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
    "pattern": "^([0-9]{4}(-(H[12]|Q[1-4]|[0-9]{1,2}(-[0-9]{1,2})?))?|([0-9]{1,2}/)?[0-9]{1,2}/[0-9]{4})$",
}
DayOrPeriod = Annotated[
    Period,
    PlainValidator(_period),
    PlainSerializer(lambda period: period.notation, return_type=str),
    WithJsonSchema(_PERIOD_SCHEMA),
]
"""A day, or a period in which the day is not known. Written in the notation of periods."""

_YEARS = range(1900, 2201)


def read_period(value: Any) -> Period:  # noqa: ANN401 - any value of a file
    """Parse a period of a plan; a year needs no quotes. Raises Invalid."""
    is_year = isinstance(value, int) and not isinstance(value, bool)
    period = _period(str(value) if is_year else value)
    if period.first.year not in _YEARS:
        raise Invalid(
            Message("the year {year} is out of range", year=period.first.year),
            Message("check for a typo"),
        )
    return period


PlannedPeriod = Annotated[
    Period,
    PlainValidator(read_period),
    PlainSerializer(lambda period: period.notation, return_type=str),
    WithJsonSchema({**_PERIOD_SCHEMA, "type": ["string", "integer"]}),
]
"""A period of a plan, from 1900 to 2200. A year may be a number."""


def _as_text(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    """Return a whole number as text: people do not quote a year or the number of a clause."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_TEXT_OR_NUMBER = {"type": ["string", "integer"]}
Quote = Annotated[Text, BeforeValidator(_as_text), WithJsonSchema(_TEXT_OR_NUMBER)]
"""A text that may look like a number."""
Clause = Annotated[
    Text,
    BeforeValidator(_as_text),
    WithJsonSchema(_TEXT_OR_NUMBER),
    Field(description="A clause of the legal basis, such as III.2.4."),
]

ID_PATTERN = r"^[A-Za-z][A-Za-z0-9._-]*$"
Id = Annotated[
    Text,
    Field(pattern=ID_PATTERN, description="A letter, then letters, digits, “.”, “_” and “-”, without diacritics."),
]
AgencyId = Annotated[Text, Field(description="The id of an agency in agencies.yaml.")]


class Short(NamedTuple):
    """A shorter form of a value in a file: how it is read, and its JSON Schema from that of the long form."""

    read: Callable[[Any], Any]
    schema: Callable[[JsonSchemaValue], JsonSchemaValue]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return pydantic's own schema, after `read`."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the short form and the long one."""
        long = handler(schema)
        return {"anyOf": [self.schema(long), long]}


ONE_OR_LIST = Short(lambda value: value if isinstance(value, list) else [value], lambda schema: schema["items"])
"""One item may replace a list of one."""
