"""The axis of timelines: the one place that turns a day into a part of the programme's time.

An axis consists of the whole calendar months of a programme, all of the same width; a day is a part of its month. So a year, a quarter
and a month are as wide anywhere on it, in a leap year too.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cbfa.core.dates import last_day

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)
"""Years from one that is named to the next."""


class Axis(NamedTuple):
    """The first and the last day of a programme, both inclusive, and the as-of date."""

    first: date
    last: date
    as_of: date

    @property
    def months(self) -> int:
        """The number of months; the first and the last are whole, even if the programme has a part of them."""
        return month_number(self.last) - month_number(self.first) + 1

    def months_before(self, day: date, *, end: bool = False) -> float:
        """Return the months from the beginning of the axis to a day, or to its end. They are negative before it."""
        part = (day.day - 1 + end) / last_day(day.year, day.month).day
        return month_number(day) - month_number(self.first) + part

    def place(self, day: date, *, end: bool = False) -> float:
        """Return the part of the axis before a day, or up to its end.

        It is from 0 to 1; of a day outside the axis it is less or more.
        """
        return self.months_before(day, end=end) / self.months

    def shows(self, day: date) -> bool:
        """Return True if a day lies on the axis."""
        return month_number(self.first) <= month_number(day) <= month_number(self.last)

    @property
    def is_over(self) -> bool:
        """True if the as-of date is after the axis."""
        return month_number(self.as_of) > month_number(self.last)

    def periods(self, size: int) -> Iterator[tuple[date, int]]:
        """Yield the periods of the calendar: years, quarters or months, by their months.

        Each has its first day on the axis, and the number of its months there.
        """
        month, end = month_number(self.first), month_number(self.last) + 1
        while month < end:
            following = min((month // size + 1) * size, end)
            yield date(month // 12, month % 12 + 1, 1), following - month
            month = following

    def named_years(self, room: float, gap: float) -> list[date]:
        """Return the first days of the years to be named, on the axis. There is always one.

        `room` is that of a name with a gap after it, both in months. Where a year is too short, every second, fifth or tenth is named.
        """
        step = next((step for step in STEPS if 12 * step >= room), STEPS[-1])
        found: list[date] = []
        next_name = self.months + gap
        for begin, _ in reversed(list(self.periods(12))):
            if begin.year % step == 0 and next_name - (place := round(self.months_before(begin))) >= room:
                found.append(begin)
                next_name = place
        return found[::-1] or [self.first.replace(day=1)]


def month_number(day: date) -> int:
    """Return the number of months from the beginning of the calendar to the month of a day."""
    return day.year * 12 + day.month - 1
