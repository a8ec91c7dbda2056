"""What all models share: strict, closed, immutable; and the small types that their fields are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from cbfa.core.dates import parse_day


class Model(BaseModel):
    """A part of a file: unknown fields are refused, types are not guessed, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Lenient:
    """What people write is first read by `read`, which knows their ways and has sentences for their slips.

    JSON that pydantic reads by itself is a program's: there only the standard's own form will do, and reading it costs a tenth.
    """

    read: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's own schema for JSON; behind `read` for values of Python."""
        native = handler(source)
        return core_schema.json_or_python_schema(
            json_schema=native,
            python_schema=core_schema.no_info_before_validator_function(self.read, native),
        )


LONGEST_TEXT = 8000
"""Characters that any text in a file may have."""

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class Words(Model):
    """A text in both languages, which are equals."""

    vi: Annotated[Text, Field(description="In Vietnamese.")]
    en: Annotated[Text, Field(description="In English.")]

    def in_(self, language: str) -> str:
        """The text in `vi` or `en`."""
        return self.vi if language == "vi" else self.en


def _day(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    return parse_day(value) if isinstance(value, str) else value


Day = Annotated[date, Lenient(_day), WithJsonSchema({"type": "string", "format": "date"})]
Year = Annotated[int, Field(ge=1900, le=2200)]
Clause = Annotated[Text, Field(description="A clause of the legal basis, such as III.2.4.")]
