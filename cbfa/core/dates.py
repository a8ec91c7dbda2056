"""Parse dates as people write them.

`2012-12-06` and `06/12/2012` are days; `2012` and `2012-06` mean their last day.

The day comes first in dates with slashes, as it does in Viet Nam.
"""

import calendar
import re
from datetime import date

from cbfa.errors import Invalid
from cbfa.messages import Message

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_SLASHES = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month_first>[0-9]{1,2})/(?P<its_year>[0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_SLIP = Message("check for a typo")


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_day(text: str) -> date:
    """Parse one day. Raises Invalid; for a day that does not exist, with the length of the month."""
    found = _ISO.fullmatch(text.strip()) or _SLASHES.fullmatch(text.strip())
    if not found:
        raise Invalid(Message("“{text}” is not a date", text=text), Message("write it as 2012-12-31 or 31/12/2012"))
    return _existing(text, int(found["year"]), int(found["month"]), int(found["day"]))


def parse_end(text: str) -> date:
    """Parse one day, or a year or month, which means its last day. Raises Invalid."""
    word = text.strip()
    if _YEAR.fullmatch(word) and int(word) > 0:
        return date(int(word), 12, 31)
    if found := _MONTH.fullmatch(word):
        year, month = int(found["year"] or found["its_year"]), int(found["month"] or found["month_first"])
        return last_day(*_existing(text, year, month, 1).timetuple()[:2])
    return parse_day(text)


def _existing(text: str, year: int, month: int, day: int) -> date:
    if year < 1:
        raise Invalid(Message("invalid date “{text}”: the first year is 1", text=text), _SLIP)
    if not 1 <= month <= 12:
        raise Invalid(
            Message("invalid date “{text}”: there is no month {month}", text=text, month=month),
            Message("write the day first: 31/12/2012, or the year first: 2012-12-31"),
        )
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise Invalid(
            Message(
                "invalid date “{text}”: month {month} of {year} has {days} days",
                text=text,
                month=month,
                year=year,
                days=days,
            ),
            _SLIP,
        )
    return date(year, month, day)
