"""Periods in the one notation of all files, options and answers: `2012`, `2012-H1`, `2012-Q3`, `2012-10`, `2012-10-31`.

A period has a first and a last day, both inclusive. `10/2012` and `31/10/2012` are read too, and so are the words of Vietnamese screens.
"""

import re
from datetime import date
from typing import NamedTuple, Self

from cbfa.core.dates import existing_day, last_day, parse_day
from cbfa.core.text import folded
from cbfa.messages import Message

_MONTHS = {
    "H1": (1, 6),
    "H2": (7, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
}
"""First and last month of the halves and quarters of a year."""
_HALVES = {"H1": Message("H1"), "H2": Message("H2")}
_QUARTERS = {"Q1": Message("Q1"), "Q2": Message("Q2"), "Q3": Message("Q3"), "Q4": Message("Q4")}
_YEAR = re.compile(r"[0-9]{4}")
_PART = re.compile(r"(?P<year>[0-9]{4})-(?P<part>[HQ][1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<month_first>[0-9]{1,2})/(?P<its_year>[0-9]{4})")
_QUARTER_IN_WORDS = re.compile(r"quy (?P<quarter>i|ii|iii|iv|[1-4]) (nam )?(?P<year>[0-9]{4})")
_HALF_IN_WORDS = re.compile(r"6 thang (?P<half>dau|cuoi) nam (?P<year>[0-9]{4})")
_ROMAN = ("I", "II", "III", "IV")
HOW_TO_WRITE = Message(
    "write a day, month, quarter, half or year: 2012-12-31, 31/12/2012, 2012-12, 2012-Q4, 2012-H2, 2012"
)
"""The fix for what is no period."""


class Period(NamedTuple):
    """A day, a month, a quarter, a half or a year."""

    first: date
    last: date

    @classmethod
    def from_day(cls, day: date) -> Self:
        """Return the period of one day."""
        return cls(day, day)

    @classmethod
    def from_months(cls, year: int, first: int, last: int) -> Self:
        """Return the period from one month of a year to another, both inclusive."""
        return cls(date(year, first, 1), last_day(year, last))

    @property
    def is_day(self) -> bool:
        """True if it is one day."""
        return self.first == self.last

    @property
    def notation(self) -> str:
        """The period as files, options and JSON have it."""
        if self.is_day:
            return self.first.isoformat()
        months = (self.first.month, self.last.month)
        if months == (1, 12):
            return f"{self.first.year:04}"
        part = next((part for part, its_months in _MONTHS.items() if its_months == months), None)
        return f"{self.first.year:04}-{part or f'{self.first.month:02}'}"

    @property
    def shown(self) -> date | Message | str:
        """The period as a reader writes it: 2012-Q3 in English, quý III/2012 in Vietnamese."""
        if self.is_day:
            return self.first
        year, _, part = self.notation.partition("-")
        if part in _HALVES:
            return Message("{year}-{half}", year=year, half=_HALVES[part])
        return Message("{year}-{part}", year=year, part=_QUARTERS.get(part, part)) if part else year

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def parse_period(text: str) -> Period:
    """Parse a period. Raises Invalid; for a day that does not exist, with the reason."""
    word = text.strip()
    if found := _MONTH.fullmatch(word):
        year, month = found["year"] or found["its_year"], found["month"] or found["month_first"]
        first = existing_day(text, int(year), int(month), 1)
        return Period(first, last_day(first.year, first.month))
    if _YEAR.fullmatch(word) and int(word) > 0:
        return Period.from_months(int(word), 1, 12)
    if (found := _PART.fullmatch(word)) and found["part"].upper() in _MONTHS and int(found["year"]) > 0:
        return Period.from_months(int(found["year"]), *_MONTHS[found["part"].upper()])
    if (word[:1].isalpha() or " " in word) and (period := _in_words(word)):
        return period
    return Period.from_day(parse_day(text, fix=HOW_TO_WRITE))


def _in_words(word: str) -> Period | None:
    """Parse a quarter or a half as Vietnamese screens show it."""
    plain = folded(word)
    if found := _QUARTER_IN_WORDS.fullmatch(plain):
        quarter = found["quarter"].upper()
        part = f"Q{_ROMAN.index(quarter) + 1}" if quarter in _ROMAN else f"Q{quarter}"
    elif found := _HALF_IN_WORDS.fullmatch(plain):
        part = "H1" if found["half"] == "dau" else "H2"
    else:
        return None
    return Period.from_months(int(found["year"]), *_MONTHS[part]) if int(found["year"]) > 0 else None
