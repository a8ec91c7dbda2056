"""Schedules, as plans word them, and the windows that follow from each.

    in: 2012                       to be done within that period
    due: 2012-10-31                only a deadline; open from the programme's first day
    from: 2011, due: 2015          one thing that takes that long
    from: 2011                     a start and no deadline
    every: year                    one occurrence a period, due on its last day
    every: half, due: [15/6, 1/12] the same with given days, one a period

Windows include both their first and their last day. A milestone without a schedule has no window: the text fixes no time.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from cbfa.core.dates import last_day
from cbfa.core.fields import UnknownField, at_fields
from cbfa.core.model import Lenient, Model, PlannedPeriod, quoted, read_period
from cbfa.core.periods import Period, parse_period
from cbfa.core.resolve import suggest
from cbfa.core.words import Words
from cbfa.errors import Invalid
from cbfa.messages import Message


class Frame(NamedTuple):
    """The first and the last day of a programme, and the month in which its fiscal year begins."""

    first: date
    last: date
    fiscal_month: int | None = None


class Every(StrEnum):
    """The size of the periods of a milestone that recurs."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    FISCAL_YEAR = "fiscal-year"

    @property
    def months(self) -> int:
        """The number of months of a period."""
        return {Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}.get(self, 12)


class Window(NamedTuple):
    """The time for one occurrence: it opens on `start` and falls due on `due`.

    Of what recurs, `period` is the period, and `name` the period as keys have it: a fiscal year has the year in which it begins.
    """

    start: date | None
    due: date | None
    period: Period | None = None
    name: str = ""

    def touches(self, year: int) -> bool:
        """Return True if any day of the window lies in the year. A window without a start lies in none."""
        if self.start is None:
            return False
        return self.start.year <= year and (self.due is None or year <= self.due.year)

    @property
    def shown(self) -> date | Message | str | None:
        """Its period as a reader writes it; None of a milestone that does not recur."""
        if self.period is None:
            return None
        if self.period.first.month != 1 and (self.period.last - self.period.first).days > _HALF_YEAR:
            return Message("fiscal year {year}/{next}", year=self.name, next=f"{self.period.last.year % 100:02}")
        return self.period.shown


_HALF_YEAR = 184


class GivenDay(NamedTuple):
    """A day on which something falls due in each of its periods. Only of months the month is left out."""

    day: int
    month: int | None = None

    @property
    def written(self) -> str | int:
        """The day as files have it: 15/6, or 20 of a month."""
        return f"{self.day}/{self.month}" if self.month else self.day

    def in_(self, period: Period) -> date | None:
        """Return the day in a period of at most a year; a day that the month lacks is its last. None if its month is elsewhere."""
        for year in (period.first.year, period.last.year):
            month = self.month or period.first.month
            last = last_day(year, month)
            if (day := last.replace(day=min(self.day, last.day))) in period:
                return day
        return None


_DAY_AND_MONTH = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_HOW_TO_GIVE = Message("write the day first, as in 31/3; for “every: month” the day alone, as in 20")
_ALL_PERIODS = {
    Every.HALF: "every: half, due: [15/6, 1/12]",
    Every.QUARTER: "every: quarter, due: [31/3, 30/6, 30/9, 31/12]",
    Every.MONTH: "every: month, due: 20",
    Every.YEAR: "every: year, due: 31/3",
    Every.FISCAL_YEAR: "every: fiscal-year, due: 31/3",
}


def _given_day(value: Any) -> GivenDay:  # noqa: ANN401 - any value of a file
    word = quoted(value)
    if found := _DAY_AND_MONTH.fullmatch(word):
        day = GivenDay(int(found["day"]), int(found["month"]))
    elif word.isdecimal() and len(word) <= len("31"):
        day = GivenDay(int(word))
    elif found := _MONTH_FIRST.fullmatch(word):
        fix = Message("write the day first: {text}", text=f"{int(found['day'])}/{int(found['month'])}")
        raise Invalid(Message("“{text}” is not a day", text=word), fix)
    else:
        raise Invalid(Message("“{text}” is not a day", text=word), _HOW_TO_GIVE)
    if not 1 <= day.day <= 31 or (day.month is not None and not 1 <= day.month <= 12):
        raise Invalid(Message("“{text}” is not a day", text=word), _HOW_TO_GIVE)
    return day


Due = Period | tuple[GivenDay, ...]


def _due(value: Any) -> Due:  # noqa: ANN401 - any value of a file
    """Parse a deadline: a period of the plan, or the days on which something falls due in each of its periods."""
    if isinstance(value, list):
        return tuple(_given_day(one) for one in value)
    word = quoted(value)
    looks_given = _DAY_AND_MONTH.fullmatch(word) or _MONTH_FIRST.fullmatch(word)
    return (_given_day(value),) if looks_given or (word.isdecimal() and len(word) <= len("31")) else read_period(value)


def _written(due: Due) -> str | int | list[str | int]:
    if isinstance(due, Period):
        return due.notation
    days = [day.written for day in due]
    return days if len(days) > 1 else days[0]


def _every(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    word = quoted(value)
    if word not in set(Every):
        raise Invalid(Message("“{value}” is not a valid value", value=word), suggest(word, Every))
    return Every(word)


_OLD_KINDS = {
    "once": "schedule: {in: 2012}",
    "span": "schedule: {from: 2011, due: 2015}",
    "yearly": "schedule: {every: year}",
    "open-ended": "schedule: {from: 2011}",
}
"""What replaced the kinds of schedules of an older form."""
_PARTS = ("year", "part", "half", "quarter", "month")
"""Fields that people try for the parts of a period."""
_NO_TIME = Message("write one of: in, due, from, every; or leave the schedule out if the text fixes no time")


def _other_forms(value: Mapping[str, Any]) -> Iterator[tuple[str, Invalid]]:
    """Yield what people write for the forms of a schedule, with the right form."""
    if "kind" in value:
        new = _OLD_KINDS.get(quoted(value["kind"]))
        message = Message("a schedule has no field “{field}”", field="kind")
        yield "kind", UnknownField(message, Message("write {form}", form=new) if new else _NO_TIME)
    elif part := next((field for field in value if field in _PARTS), None):
        fix = Message("write the period in one: {form}", form=f"in: {_in_one(value)}")
        yield part, UnknownField(Message("a schedule has no field “{field}”", field=part), fix)


def _in_one(value: Mapping[str, Any]) -> str:
    """Return the period that is meant by a year and a part of it, each in a field of its own; else an example."""
    year, *parts = (quoted(value[field]) for field in _PARTS if field in value)
    signs = {"half": "H", "quarter": "Q", "month": ""}
    sign = next((signs[field] for field in value if field in signs), "")
    word = "-".join([year, *(f"{sign}{part}" if part.isdecimal() else part for part in parts)])
    try:
        return parse_period(word).notation
    except Invalid:
        return "2023-06" if "month" in value else "2023-H1" if "half" in value else "2023-Q3"


class Schedule(Model):
    """The time in which something can be done, and its deadline."""

    in_: Annotated[
        PlannedPeriod | None, Field(alias="in", description="To be done within this period: opens on its first day.")
    ] = None
    due: Annotated[
        Due | None,
        PlainValidator(_due),
        PlainSerializer(lambda due: None if due is None else _written(due)),
        WithJsonSchema({"type": ["string", "integer", "array"], "items": {"type": ["string", "integer"]}}),
        Field(
            description=(
                "The deadline: the last day of a period. With `every`: given days, one a period, day first, such as 15/6."
            )
        ),
    ] = None
    from_: Annotated[
        PlannedPeriod | None,
        Field(alias="from", description="Opens on the first day of this period. With `every`: the first period."),
    ] = None
    to: Annotated[
        PlannedPeriod | None, Field(description="The last period, with `every`. Left out: the programme's end.")
    ] = None
    every: Annotated[
        Every | None, Lenient(_every), Field(description="Recurs: one occurrence a period, due on its last day.")
    ] = None
    tentative: Annotated[bool, Field(description="The text says that the date is planned, not fixed.")] = False
    derived: Annotated[Words | None, Field(description="Why these dates, where the text names none.")] = None

    @model_validator(mode="before")
    @classmethod
    def _refuse_other_forms(cls, value: Any) -> Any:  # noqa: ANN401 - any value of a file
        """Say what replaces the words that people try first."""
        if not isinstance(value, dict):
            raise Invalid(Message("expected fields with values"), Message("write {form}", form="{in: 2012}"))
        if errors := list(_other_forms(value)):
            raise at_fields(errors, value)
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        for problem in (self._without_dates(), self._contradiction(), self._given_days()):
            if problem:
                raise problem
        return self

    def _without_dates(self) -> Invalid | None:
        if self.in_ or self.due or self.from_ or self.every or self.to:
            return None
        return Invalid(Message("this schedule names no time"), _NO_TIME)

    def _contradiction(self) -> Invalid | None:
        if self.in_ and (self.due or self.from_ or self.to or self.every):
            message = Message("“in” is a whole schedule, so no other date can be beside it")
            return Invalid(message, Message("write in alone, or from and due"))
        if self.to and not self.every:
            message = Message("“to” needs “every”")
            return Invalid(message, Message("write “due” for a deadline"))
        if self.every is None and self.days:
            message = Message("“{text}” is a day without a year", text=self.days[0].written)
            return Invalid(message, Message("write the whole date, or add “every: year”"))
        if self.every and self.deadline:
            message = Message(
                "with “every”, “due” is the day in each period, and “{text}” has a year", text=self.deadline.notation
            )
            return Invalid(message, Message("write {form}; the last period is “to”", form=_ALL_PERIODS[self.every]))
        end = self.deadline or self.to
        if self.from_ and end and end.last < self.from_.first:
            message = Message(
                "the schedule ends on {end}, before it begins on {start}", end=end.last, start=self.from_.first
            )
            return Invalid(message, Message("put the earlier date in “from”"))
        return None

    def _given_days(self) -> Invalid | None:
        """Find a given day that has no period of its own. For fiscal years any month will do."""
        if not self.every or not self.days:
            return None
        form = Message("write one day for each period: {form}", form=_ALL_PERIODS[self.every])
        if any((day.month is None) != (self.every is Every.MONTH) for day in self.days):
            return Invalid(Message("the days do not fit “every: {every}”", every=self.every.value), form)
        size = self.every.months
        places = [0 if day.month is None else (day.month - 1) // size for day in self.days]
        if sorted(places) != list(range(1 if self.every is Every.MONTH else 12 // size)):
            return Invalid(
                Message("“every: {every}” needs one day in each of its periods", every=self.every.value), form
            )
        return None

    @property
    def deadline(self) -> Period | None:
        """The deadline of what does not recur."""
        return self.due if isinstance(self.due, Period) else None

    @property
    def days(self) -> tuple[GivenDay, ...]:
        """The given days of what recurs."""
        return () if self.due is None or isinstance(self.due, Period) else self.due

    def windows(self, frame: Frame) -> tuple[Window, ...]:
        """Return the windows in a programme, in order. `from` and `to` of what recurs must cut whole periods, or fewer are returned."""
        if self.every:
            return tuple(
                Window(period.first, self._due_day(period), period, self._name(period))
                for period in self._periods(self.every, frame)
            )
        if self.in_:
            return (Window(self.in_.first, self.in_.last),)
        start = self.from_.first if self.from_ else None
        if self.deadline:
            return (Window(start or min(frame.first, self.deadline.last), self.deadline.last),)
        return (Window(start, None),)

    def limits(self, frame: Frame) -> Period:
        """Return the first and the last day that the schedule names, or takes from the programme."""
        if self.in_:
            return self.in_
        first = self.from_.first if self.from_ else frame.first
        due, end = self.deadline, self.deadline or self.to
        last = end.last if end else frame.last
        return Period(first if self.from_ or not due else due.last, last)

    def uncut(self, frame: Frame) -> Iterator[tuple[str, date, str]]:
        """Yield `from` and `to` with the day on which they cut a period of what recurs, instead of beginning or ending one.

        The last item is what to write instead: the period around that day, or the next inside if the programme does not have all of that.
        """
        if not self.every:
            return
        limits, months, first_month = self.limits(frame), self.every.months, self._first_month(frame)
        around = _period_around(limits.first, months, first_month)
        if around.first != limits.first:
            whole = around if around.first >= frame.first else _period_around(_day_after(around), months, first_month)
            yield "from", limits.first, whole.notation
        around = _period_around(limits.last, months, first_month)
        if around.last != limits.last:
            last = around.last if around.last <= frame.last else date.fromordinal(around.first.toordinal() - 1)
            yield "to", limits.last, Period.from_months(last.year, last.month, last.month).notation

    def _periods(self, every: Every, frame: Frame) -> Iterator[Period]:
        limits = self.limits(frame)
        period = _period_around(limits.first, every.months, self._first_month(frame))
        while period.last <= limits.last:
            if period.first >= limits.first:
                yield period
            period = _period_around(_day_after(period), every.months, self._first_month(frame))

    def _first_month(self, frame: Frame) -> int:
        return (frame.fiscal_month or 1) if self.every is Every.FISCAL_YEAR else 1

    def _due_day(self, period: Period) -> date:
        return next((found for day in self.days if (found := day.in_(period))), period.last)

    def _name(self, period: Period) -> str:
        return str(period.first.year) if self.every is Every.FISCAL_YEAR else period.notation


def _day_after(period: Period) -> date:
    return date.fromordinal(period.last.toordinal() + 1)


def _period_around(day: date, months: int, first_month: int) -> Period:
    """Return the period of so many months in which a day lies; one of them begins with the first month."""
    since = (day.year * 12 + day.month - first_month) // months * months + first_month - 1
    start, end = divmod(since, 12), divmod(since + months - 1, 12)
    return Period(date(start[0], start[1] + 1, 1), last_day(end[0], end[1] + 1))


NO_TIME = (Window(None, None),)
"""The windows of a milestone without a schedule."""
