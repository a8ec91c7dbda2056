"""Parse days as people write them: `2012-12-06`, `06/12/2012`.

The day comes first in dates with slashes, as it does in Viet Nam.
"""

import calendar
import re
from datetime import date, datetime, timedelta, timezone, tzinfo

from cbfa.errors import Invalid
from cbfa.messages import Message

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_SLASHES = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
VIET_NAM = timezone(timedelta(hours=7))
"""The time of Viet Nam, which has no summer time."""
_SLIP = Message("check for a typo")
_FIX = Message("write it as 2012-12-31 or 31/12/2012")


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_day(text: str, fix: Message = _FIX) -> date:
    """Parse one day. Raises Invalid: with `fix` for what is no date, with the reason for a day that does not exist."""
    found = _ISO.fullmatch(text.strip()) or _SLASHES.fullmatch(text.strip())
    if not found:
        raise Invalid(Message("“{text}” is not a date", text=text), fix)
    return existing_day(text, int(found["year"]), int(found["month"]), int(found["day"]))


def existing_day(text: str, year: int, month: int, day: int) -> date:
    """Return a day, which was written as `text`. Raises Invalid with the reason if it does not exist."""
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


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment in a time zone, as a fixed offset: where clocks are put back, an hour comes twice."""
    offset = moment.astimezone(zone).utcoffset()
    return moment if offset is None or offset == moment.utcoffset() else moment.astimezone(timezone(offset))


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name in the IANA database. Raises Invalid."""
    if name == "Asia/Ho_Chi_Minh":
        return VIET_NAM  # the usual one, which needs no database
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - heavy, and most programmes do without

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:  # not found; not a name of this kind
        raise Invalid(
            Message("unknown time zone “{value}”", value=name),
            Message("write its name in the IANA database, such as Asia/Ho_Chi_Minh or America/Toronto"),
        ) from error
