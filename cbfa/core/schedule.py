"""Schedules, of five kinds, and the windows that follow from each.

Reading rules (the design's, for the words of a resolution): "năm N" is due on 31 December N; "đầu năm N" on 31 March N; "N–M" is one span,
due on 31 December M; "hàng năm" is one window a year; "từ năm N trở đi" opens on 1 January N and has no deadline; no words, no deadline.
Windows include both their first and their last day.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from cbfa.core.dates import last_day
from cbfa.core.model import Model, Words, Year
from cbfa.errors import Invalid
from cbfa.messages import Message

PARTS: dict[str, tuple[int, int]] = {
    "early": (1, 3),
    "first-half": (1, 6),
    "second-half": (7, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
}
"""First and last month of the parts of a year that a schedule can name."""


class Window(NamedTuple):
    """The time for one occurrence: it opens on `start` and falls due on `due`. `period` is its year if the milestone recurs."""

    start: date | None
    due: date | None
    period: int | None = None

    def touches(self, year: int) -> bool:
        """Return True if any day of the window lies in the year. A window without a start lies in none."""
        if self.start is None:
            return False
        return self.start.year <= year and (self.due is None or year <= self.due.year)


class _Dated(Model):
    tentative: Annotated[bool, Field(description="The text says “dự kiến”: the date is planned, not fixed.")] = False
    derived: Annotated[Words | None, Field(description="Why these dates, where the text names none.")] = None


class Once(_Dated):
    """Due once, at the end of a year or of a part of one."""

    kind: Annotated[Literal["once"], Field(description="Due once.")]
    year: Annotated[Year, Field(description="The year in which it is due.")]
    part: Annotated[
        Literal["early", "first-half", "second-half", "Q1", "Q2", "Q3", "Q4"] | None,
        Field(description="early: to 31 March; halves and quarters: to their last day. Left out: the whole year."),
    ] = None

    @property
    def years(self) -> tuple[int, ...]:
        """The one year."""
        return (self.year,)

    def windows(self) -> tuple[Window, ...]:
        """Return one window: the year, or the part of it."""
        first, last = PARTS[self.part] if self.part else (1, 12)
        return (Window(date(self.year, first, 1), last_day(self.year, last)),)


class _Range(_Dated):
    first: Annotated[Year, Field(description="First year, inclusive.")]
    last: Annotated[Year, Field(description="Last year, inclusive.")]

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.last < self.first:
            raise Invalid(
                Message(
                    "the schedule ends in {last}, before its first year, {first}", first=self.first, last=self.last
                ),
                Message("put the earlier year in “first”"),
            )
        return self

    @property
    def years(self) -> tuple[int, ...]:
        """The first and the last year."""
        return (self.first, self.last)


class Span(_Range):
    """One thing that takes several years: due once, at the end of the last."""

    kind: Annotated[Literal["span"], Field(description="One thing that takes several years.")]

    def windows(self) -> tuple[Window, ...]:
        """Return one window over all the years."""
        return (Window(date(self.first, 1, 1), date(self.last, 12, 31)),)


class Yearly(_Range):
    """The same thing every year: one occurrence a year, each due at the end of its own."""

    kind: Annotated[Literal["yearly"], Field(description="One occurrence in each year.")]

    def windows(self) -> tuple[Window, ...]:
        """Return a window for each year."""
        return tuple(Window(date(year, 1, 1), date(year, 12, 31), year) for year in range(self.first, self.last + 1))


class OpenEnded(_Dated):
    """From a year on, with no deadline."""

    kind: Annotated[Literal["open-ended"], Field(description="A start, and no deadline.")]
    start: Annotated[Year, Field(description="The year from which on it runs.")]

    @property
    def years(self) -> tuple[int, ...]:
        """The year from which on it runs."""
        return (self.start,)

    def windows(self) -> tuple[Window, ...]:
        """Return one window that opens and does not close."""
        return (Window(date(self.start, 1, 1), None),)


class Undated(Model):
    """The text fixes no time: no window, no deadline, never overdue."""

    kind: Annotated[Literal["undated"], Field(description="The text fixes no time.")]

    tentative: ClassVar[bool] = False
    derived: ClassVar[Words | None] = None
    years: ClassVar[tuple[int, ...]] = ()

    def windows(self) -> tuple[Window, ...]:
        """Return one window without dates."""
        return (Window(None, None),)


Schedule = Annotated[Once | Span | Yearly | OpenEnded | Undated, Field(discriminator="kind")]
