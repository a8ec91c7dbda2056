"""Errors at the fields of a mapping, so that each is placed at its field and not at the mapping."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import InitErrorDetails

from cbfa.errors import Invalid


class UnknownField(Invalid):
    """A field that cannot be there. Its place is its name."""


def at_fields(errors: Iterable[tuple[str, Invalid]], value: Mapping[str, Any]) -> ValidationError:
    """Return the errors of a mapping, each at its field."""
    details: list[InitErrorDetails] = [
        {"type": "value_error", "loc": (field,), "input": value.get(field), "ctx": {"error": error}}
        for field, error in errors
    ]
    return ValidationError.from_exception_data("fields", details)
