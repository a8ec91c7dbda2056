"""A page: what a command answers, as blocks of typed values for people and as items for programs.

A page is neutral. It holds no drawing, no shell command and no language: a renderer draws the values, writes dates and numbers, and
translates texts. So one page can be printed in two languages, on a screen, or in a document.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from cbfa.core.schedule import GivenDay, Window
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.core.words import Words
from cbfa.locale import get_language
from cbfa.messages import Message
from cbfa.views.axis import Axis

Text = Message | Words | str
"""A template to translate, a text of the data in each language, or what is the same in every language: ids, keys, an officer's note."""

Item = Mapping[str, object]
"""One item of a machine format. Field names are a promise; values are what JSON can hold, and texts, which the renderer translates."""

Made = TypeVar("Made")


class OnDemand(Generic[Made]):
    """Rows or items that are made whenever somebody goes through them, so that a long page costs only the format that is printed."""

    def __init__(self, make: Callable[[], Iterable[Made]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Made]:
        return iter(self._make())


class Tone(Enum):
    """The weight of a text for the reader. A terminal may show it by colour, never by colour alone."""

    PLAIN = auto()
    STRONG = auto()
    QUIET = auto()
    GOOD = auto()
    BUSY = auto()
    WARN = auto()
    BAD = auto()


# Values


class Figure(NamedTuple):
    """A number inside a sentence, or a range of numbers."""

    least: int | Decimal
    most: int | Decimal | None = None

    def in_(self, code: str, /) -> str:
        """Write it in a language: 3, or 2–3."""
        number = get_language(code).number
        return number(self.least) if self.most in (None, self.least) else f"{number(self.least)}–{number(self.most)}"


class Others(NamedTuple):
    """A text in the languages that the reader does not see already."""

    words: Words

    def in_(self, code: str, /) -> str:
        """Write it in all languages but this one."""
        shown = self.words.in_(code)
        return " / ".join(text for text in self.words.texts if text != shown)


class Joined(NamedTuple):
    """Several texts inside a sentence, with the same characters between them."""

    texts: Sequence[Text]
    between: str = ", "

    def in_(self, code: str, /) -> str:
        """Write them in a language."""
        return self.between.join(map(get_language(code).text, self.texts))


class LongDay(NamedTuple):
    """A day inside a sentence, with the month in words where that is usual."""

    day: date

    def in_(self, code: str, /) -> str:
        """Write it in a language: 30/09/2023, or 30 September 2023."""
        return get_language(code).day(self.day) if code == "vi" else f"{self.day.day} {self.day:%B %Y}"


class LongMonth(NamedTuple):
    """A month inside a sentence, by one of its days."""

    day: date

    def in_(self, code: str, /) -> str:
        """Write it in a language: tháng 9/2023, or September 2023."""
        return f"tháng {self.day.month}/{self.day.year}" if code == "vi" else f"{self.day:%B %Y}"


class GivenDays(NamedTuple):
    """Days inside a sentence that come back every year, or without their months every month."""

    days: tuple[GivenDay, ...]

    def in_(self, code: str, /) -> str:
        """Write them in a language: 15/6, 1/12, or 15 June, 1 December; 20, or day 20."""
        return ", ".join(str(one.written) if code == "vi" else _in_english(one) for one in self.days)


def _in_english(given: GivenDay) -> str:
    return f"{given.day} {date(1, given.month, 1):%B}" if given.month else f"day {given.day}"


class Ratio(NamedTuple):
    """A count of a whole: 16 of 50. Of nothing there is none."""

    part: int
    whole: int


class Percent(NamedTuple):
    """A count as a percentage of a whole. Of nothing there is none."""

    part: int
    whole: int


class Days(NamedTuple):
    """Days since a due date; 0 is the due date itself, and days until it are negative."""

    overdue: int


class State(NamedTuple):
    """The state of an occurrence, as the core has it."""

    progress: Progress
    timing: Timing | None
    due_today: bool = False


class BarPart(Enum):
    """A class of a bar, in the order in which a bar is drawn."""

    DONE = auto()
    UNDER_WAY = auto()
    OVERDUE = auto()
    REST = auto()


class Bar(NamedTuple):
    """Counts by class, to be drawn side by side."""

    counts: Mapping[BarPart, int]


class Span(NamedTuple):
    """One occurrence on a timeline. `original` is the deadline that it had first, if it has another one now."""

    window: Window
    done_on: date | None
    state: State
    original: date | None = None


class Timeline(NamedTuple):
    """The occurrences of a milestone over the time of the programme."""

    axis: Axis
    spans: Sequence[Span]


class TimelineSign(Enum):
    """A sign of a timeline that is not a state."""

    WINDOW = auto()
    NO_DEADLINE = auto()
    DUE = auto()
    ORIGINAL = auto()
    AS_OF = auto()


class Mark(Enum):
    """A reservation about a date or an assignment, explained by a legend."""

    TENTATIVE = auto()
    DERIVED = auto()
    INFERRED = auto()


class Named(NamedTuple):
    """A name with its marks."""

    name: Text
    marks: Sequence[Mark] = ()


class Names(NamedTuple):
    """Several names after a label, such as the agencies that take part; `more` says how many others there are."""

    label: Text
    names: Sequence[Named]
    more: Text = ""


PlainValue = Text | int | Decimal | date | Window | Ratio | Percent | Names | None
Value = PlainValue | Days | State | OfficialClass | Bar | Timeline
"""What a cell can hold. Plain values are written, the others are drawn."""


class Cell(NamedTuple):
    """A value, its tone, its marks, and quieter values below it. A state, a class and days have their own tone.

    A caveat says how much the value can be relied on. It comes right below it, in normal weight.
    """

    value: Value
    tone: Tone = Tone.PLAIN
    marks: Sequence[Mark] = ()
    below: Sequence[Value] = ()
    caveat: Text | None = None


# Blocks


class Column(NamedTuple):
    """A column of a table. A numeric one is set to the right; a flexible one takes the room that is left, and wraps.

    Over timelines the heading is their axis.
    """

    heading: Text | Axis
    numeric: bool = False
    flexible: bool = False


class Group(NamedTuple):
    """A row that names the rows after it."""

    title: Text


Row = Sequence[Cell] | Group


class Table(NamedTuple):
    """Rows under columns. A table whose headings are all empty has none."""

    columns: Sequence[Column]
    rows: Iterable[Row]

    @property
    def headed(self) -> bool:
        """True if any column has a heading."""
        return any(column.heading != "" for column in self.columns)


class TimelineRow(NamedTuple):
    """A timeline with its title."""

    title: Cell
    timeline: Timeline


def timeline_rows(table: Table) -> Iterator[Group | TimelineRow]:
    """Yield the groups and the timelines of a table. The title of a timeline is in the first cell of its row."""
    for row in table.rows:
        if isinstance(row, Group):
            yield row
            continue
        for cell in row:
            if isinstance(cell.value, Timeline):
                yield TimelineRow(row[0], cell.value)


class Heading(NamedTuple):
    """A title. Level 1 is the title of the page."""

    text: Text
    level: int = 2


class Query(NamedTuple):
    """A question to this program: a command, its argument and its options. Without a command, options for the same one."""

    command: str = ""
    options: Mapping[str, int | date] = MappingProxyType({})
    argument: str = ""


class Hint(NamedTuple):
    """The way to something else, for readers who sit at a shell."""

    text: Text
    query: Query


class Sentence(NamedTuple):
    """A line of text. A tuple is several texts, set apart."""

    text: Text | tuple[Text, ...]
    tone: Tone = Tone.PLAIN
    hint: Hint | None = None


class Count(NamedTuple):
    """A figure with its name, and perhaps parts of it with their own names. Parts may overlap."""

    name: Text
    value: int | Ratio
    tone: Tone = Tone.PLAIN
    of_which: Sequence["Count"] = ()


class Counts(NamedTuple):
    """The figures that matter most, on one line. With a total, they add up to it."""

    counts: Sequence[Count]
    total: int | None = None


class More(NamedTuple):
    """The number of rows that a table leaves out, and the query that lists them all.

    If it leaves out none but counts some together, their total is given.
    """

    left_out: int
    query: Query
    total: int = 0


class Legend(NamedTuple):
    """The meaning of the signs on a page, on one line; `tentative` has the words for a tentative date instead of the usual ones."""

    signs: Sequence[Mark | BarPart | TimelineSign | State]
    tentative: Text | None = None


class Reading(NamedTuple):
    """A value of a level: the day from which it counts, the same as it was recorded, and the value."""

    day: date
    on: Text | date
    value: Decimal


class Levels(NamedTuple):
    """The values of a level over time, oldest first. A name is that of the agency whose values they are.

    `goal` says in words what `figure` means, with its unit. The window is that in which the level has to be reached.
    """

    name: Text
    readings: Sequence[Reading]
    baseline: Decimal | None
    figure: Decimal
    goal: Text
    window: Window


class Blank(NamedTuple):
    """A marked place for the words of an officer: the part of a report, and a hint of what belongs there."""

    part: Text
    hint: Text


class Appendix(NamedTuple):
    """The beginning of an appendix, up to the next one or the end of the page. One that is alone has no number."""

    title: Text
    number: str = ""


class Letterhead(NamedTuple):
    """The head of an official document. A letter has no kind; its subject is below its number."""

    kind: Text | None
    subject: Text
    superior: Text
    issuer: Text
    number: Text
    dated: Text
    addressees: Sequence[Text] = ()
    bases: Sequence[Text] = ()


class Signature(NamedTuple):
    """The end of an official document: the office that signs, the name where it is known, and the list of recipients."""

    title: Text
    name: Text | None
    recipients: Sequence[Text]


Block = Heading | Sentence | Table | Counts | More | Legend | Levels | Blank | Appendix | Letterhead | Signature
LineBlock = Heading | Sentence | Table | Counts | More | Legend | Levels
"""The blocks that plain renderers draw; `views/formal.py` writes the others as these."""


class Page(NamedTuple):
    """The answer of a command: blocks for people, items for programs.

    `fields` are the columns of the items in CSV and TSV, used or not; a dot leads into a nested one.
    """

    kind: str
    blocks: Sequence[Block]
    fields: Sequence[str]
    items: Iterable[Item] = ()
    envelope: Mapping[str, object] = MappingProxyType({})
