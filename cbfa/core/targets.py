"""Targets: what is counted, and levels that are measured.

Counted things add up over the entries of an occurrence. Of a level each entry states the value, which may get better or worse.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, ValidationInfo, model_validator

from cbfa.core.decimals import Number, how_to_write, parse_number, written
from cbfa.core.fields import UnknownField, at_fields
from cbfa.core.model import Model, quoted
from cbfa.core.words import Text, Words, refuse_languages
from cbfa.errors import Invalid
from cbfa.messages import Message

ALMOST = 99
"""The highest percentage of what is not reached."""


class Bound(StrEnum):
    """The side of its figure on which a level has to be."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"


class Level(NamedTuple):
    """The figure of a level, and its side."""

    bound: Bound
    figure: Decimal


class Target(Model):
    """A number to be reached: a count, or a level with exactly one of its four bounds."""

    count: Annotated[
        int | None, Field(ge=1, description="Counted: reached when the counts of the entries add up to this.")
    ] = None
    at_least: Annotated[Number | None, Field(description="A level: reached when a value is this or more.")] = None
    at_most: Annotated[Number | None, Field(description="A level: reached when a value is this or less.")] = None
    above: Annotated[Number | None, Field(description="A level: reached when a value is more than this.")] = None
    below: Annotated[Number | None, Field(description="A level: reached when a value is less than this.")] = None
    baseline: Annotated[
        Number | None, Field(description="The value of a level at the start, for the percentage alone.")
    ] = None
    most: Annotated[
        Number | None, Field(description="The upper figure where the text gives a range; it decides nothing.")
    ] = None
    unit: Annotated[Words | None, Field(description="What is counted or measured, such as days.")] = None
    measure: Annotated[
        Text | None,
        Field(description="A name of our own: milestones whose targets name the same share their counts and values."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _refuse_other_forms(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any value of a file
        """Say what replaces the words that people try first."""
        if not isinstance(value, dict):
            raise Invalid(Message("expected fields with values"), Message("write {form}", form="{count: 3}"))
        if errors := list(_other_forms(value)):
            raise at_fields(errors, value)
        return refuse_languages(value, "unit", info)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(self._bounds) + (self.count is not None) != 1:
            raise Invalid(
                Message("a target needs exactly one of: {names}", names=", ".join(["count", *Bound])),
                Message("write count for things that add up, such as count: 3; else a level, such as at_least: 17.6"),
            )
        if self.count is not None and self.baseline is not None:
            raise Invalid(
                Message("a counted target has no baseline: its entries add up from 0"),
                Message("leave it out; or write a level: at_least instead of count"),
            )
        figure = self.figure
        if self.most is not None and self.most < figure:
            raise Invalid(
                Message(
                    "“most” ({most}) is less than the target ({figure})",
                    most=written(self.most),
                    figure=written(figure),
                ),
                Message("put the greater number in “most”"),
            )
        return self

    @property
    def _bounds(self) -> list[Level]:
        return [Level(bound, value) for bound in Bound if (value := getattr(self, bound.value)) is not None]

    @property
    def level(self) -> Level | None:
        """The bound of a level; None for what is counted."""
        return self._bounds[0] if self.count is None else None

    @property
    def figure(self) -> Decimal:
        """The number to be reached."""
        return self._bounds[0].figure if self.count is None else Decimal(self.count)

    @property
    def bound_text(self) -> Message:
        """Say on which side of its figure a level has to be; of what is counted, the figure alone."""
        figure = self.figure
        match self.level:
            case Level(Bound.AT_LEAST):
                return Message("at least {figure}", figure=figure)
            case Level(Bound.AT_MOST):
                return Message("at most {figure}", figure=figure)
            case Level(Bound.ABOVE):
                return Message("above {figure}", figure=figure)
            case Level(Bound.BELOW):
                return Message("below {figure}", figure=figure)
        return Message("{figure}", figure=figure)

    def meets(self, value: Decimal) -> bool:
        """Return True if a count or a value is enough."""
        match self.level:
            case Level(Bound.AT_MOST, figure):
                return value <= figure
            case Level(Bound.ABOVE, figure):
                return value > figure
            case Level(Bound.BELOW, figure):
                return value < figure
        return value >= self.figure

    def percent(self, value: Decimal) -> int | None:
        """Return how far a count or a value that is not enough is, from 0 to 99, floored.

        Of a level it is the part of the way from the baseline; None without a baseline, or if that is the target already.
        """
        start = Decimal(0) if self.count is not None else self.baseline
        if start is None or start == self.figure:
            return None
        part = (100 * (value - start) / (self.figure - start)).to_integral_value(ROUND_FLOOR)
        return int(max(Decimal(0), min(Decimal(ALMOST), part)))


def _other_forms(value: Mapping[str, Any]) -> Iterator[tuple[str, Invalid]]:
    """Yield what people write for a count or a level, with the right form."""
    before = ""
    for field, number in value.items():
        if number is None and field.isdecimal() and before:
            message = Message("“{text}” seems to belong to the number before it: a comma ends a number", text=field)
            whole = ",".join([quoted(value[before]), *(one for one in value if one.isdecimal() and value[one] is None)])
            yield field, UnknownField(message, how_to_write(whole))
            return
        before = field
    if "least" in value:
        message = Message("a target has no field “{field}”", field="least")
        yield (
            "least",
            UnknownField(
                message, _not_a_count(value["least"]) or Message("write count: {number}", number=quoted(value["least"]))
            ),
        )
    elif "count" in value and (fix := _not_a_count(value["count"])):
        yield "count", Invalid(Message("“{text}” is not a count", text=quoted(value["count"])), fix)


def _not_a_count(value: object) -> Message | None:
    """Return the fix for a number that is no count, but may be a level; None for all else."""
    word = quoted(value)
    try:
        number = parse_number(word)
    except Invalid:
        return None
    if number > 0 and word.isdecimal():
        return None
    return Message(
        "a count is a whole number from 1; for a value that is measured write at_least: {number}", number=word
    )
