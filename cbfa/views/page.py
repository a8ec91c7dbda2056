"""A page, described once and rendered by anybody: headings, sentences and tables of typed cells, and the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

Record = Mapping[str, object]
"""One item of a machine format: field names are a promise, values are what JSON can hold, dates in ISO form."""


Made = TypeVar("Made")


class OnDemand(Generic[Made]):
    """What is made anew whenever somebody goes through it: a page of a hundred thousand rows costs only the form that is printed."""

    def __init__(self, make: Callable[[], Iterable[Made]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Made]:
        return iter(self._make())


class Tone(StrEnum):
    """What a cell means for the reader; a terminal may show it by colour, never by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    BUSY = "busy"
    WARN = "warn"
    BAD = "bad"


class Share(NamedTuple):
    """A count as part of a whole, shown as a percentage; of nothing there is none."""

    part: int
    total: int


class Runs(NamedTuple):
    """Text in pieces of different tone, on one line."""

    pieces: tuple[tuple[str, Tone], ...]


class Bar(NamedTuple):
    """Counts to be drawn as a bar, side by side, in this order."""

    parts: tuple[tuple[int, Tone], ...]


Value = str | int | date | Share | Runs | Bar | None


class Cell(NamedTuple):
    """A value, its tone, the marks behind it, and quieter lines below it."""

    value: Value
    tone: Tone = Tone.PLAIN
    marks: str = ""
    below: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column's heading; `numeric` ones stand to the right, `flexible` ones take the room that is left and wrap."""

    heading: str
    numeric: bool = False
    flexible: bool = False


class Group(NamedTuple):
    """A row that names what follows it."""

    title: str


Row = Sequence[Cell] | Group


class Table(NamedTuple):
    """Rows under columns. Without headings where all of them are empty."""

    columns: Sequence[Column]
    rows: Iterable[Row]

    @property
    def headed(self) -> bool:
        """Whether any column has a heading."""
        return any(column.heading for column in self.columns)


class Heading(NamedTuple):
    """A title; level 1 is the page's."""

    text: str
    level: int = 2


class Sentence(NamedTuple):
    """A line of text by itself, which wraps."""

    text: str
    tone: Tone = Tone.PLAIN


Block = Heading | Sentence | Table


class Page(NamedTuple):
    """What a command answers: blocks for people, records for programs.

    `fields` are the columns of the records in CSV and TSV, whether or not any record has them; a dot leads into a nested one.
    """

    kind: str
    blocks: Sequence[Block]
    fields: Sequence[str]
    items: Iterable[Record] = ()
    envelope: Mapping[str, object] = MappingProxyType({})
