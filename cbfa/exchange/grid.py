"""Tables of a page as rows of typed values: one value a cell, as spreadsheets need it.

A value that has several figures takes several columns. Marks, caveats and the lines below a value have a column of their own, as words.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cbfa.core.schedule import Window
from cbfa.core.snapshot import OfficialClass
from cbfa.locale import Language
from cbfa.messages import Message, Plural
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.drawing import Scale, columns_of, part_name, text_of, value_drawing
from cbfa.views.looks import BAR, MARK, OFFICIAL, TIMELINE, Look, state_look
from cbfa.views.page import (
    Bar,
    Cell,
    Column,
    Count,
    Counts,
    Days,
    Figure,
    Group,
    Percent,
    Ratio,
    Row,
    State,
    Table,
    Timeline,
    TimelineSign,
    Tone,
    Value,
)

NUMBER, SHARE = "#,##0", "0.0%"
CELLS = Scale(track=40, month=1)
"""A timeline has at most so many columns: one for each month, or for several."""
_HOLLOW = (TimelineSign.NO_DEADLINE, TimelineSign.ORIGINAL, TimelineSign.AS_OF)
UNFILLED = (" ", *(TIMELINE[one].sign for one in _HOLLOW))
MAX_TEXT = 32_767
"""Maximum UTF-16 units of the text of a cell (Microsoft, “Excel specifications and limits”)."""
DIGITS = 15
"""Digits of a number that Excel keeps; a number with more is a text."""
FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets count in the same way: Excel has a 29 February 1900."""


class Slot(NamedTuple):
    """The value of one cell, its tone, its number format, and if it is filled with its colour."""

    value: str | float | Decimal | date | None
    tone: Tone = Tone.PLAIN
    form: str = ""
    filled: bool = False


class Head(NamedTuple):
    """The heading of a column of cells. A column of a timeline is as narrow as its sign.

    It may have the name of a month or a quarter, and it may be that of the as-of date.
    """

    text: str
    numeric: bool = False
    flexible: bool = False
    track: bool = False
    part: str = ""
    as_of: bool = False


class Grid(NamedTuple):
    """Heads and rows of cells. A row that is a text names the group of rows after it."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Slot] | str]
    headed: bool


def grid_of(table: Table, language: Language, *, flexible_first: bool = False) -> Grid:
    """Return the cells of a table; its flexible column comes first if that is asked for."""
    rows = list(table.rows)
    order = sorted(range(len(table.columns)), key=lambda number: flexible_first and not table.columns[number].flexible)
    parts = [_expanded(table.columns[number], _cells(rows, number), language) for number in order]
    heads = [head for heads, _ in parts for head in heads]
    lines = iter(zip(*(slots for _, slots in parts), strict=True))
    grid: list[Sequence[Slot] | str] = []
    for row in rows:
        if isinstance(row, Group):
            grid.append(safe_text(language.text(row.title), language))
        else:
            grid.append([slot for slots in next(lines) for slot in slots])
    return Grid(heads, grid, table.headed)


def grid_of_counts(counts: Counts, language: Language) -> Grid:
    """Return the figures with their names, a row for each; parts are indented, and a total comes last."""
    rows = [row for count in counts.counts for row in _count_rows(count, language)]
    if counts.total is not None:
        name = language.text(Message("Total"))
        rows.append([Slot(name, Tone.STRONG), Slot(counts.total, Tone.STRONG, NUMBER)])
    return Grid([Head("", flexible=True), Head("", numeric=True)], rows, headed=False)


def _count_rows(count: Count, language: Language, indent: str = "") -> list[list[Slot]]:
    name = indent + safe_text(language.text(count.name), language)
    row = [Slot(name, count.tone), *_slots(count.value, count.tone, language)]
    return [row, *(line for part in count.of_which for line in _count_rows(part, language, indent + "    "))]


def _cells(rows: Sequence[Row], number: int) -> list[Cell]:
    return [row[number] for row in rows if not isinstance(row, Group)]


def _expanded(column: Column, cells: Sequence[Cell], language: Language) -> tuple[list[Head], list[list[Slot]]]:
    """Return the heads of a column, and its slots in each row: those of the value, then the words beside it if any row has some."""
    slots = [_slots(cell.value, cell.tone, language) for cell in cells]
    heads = _heads(column, cells, language)
    lines = [[*row, *[Slot(None)] * (len(heads) - len(row))] for row in slots]
    beside = [_beside(cell, language) for cell in cells]
    if not any(beside):
        return heads, lines
    heading = "" if isinstance(column.heading, Axis) else safe_text(language.text(column.heading), language)
    name = language.text(Message("{heading}: notes", heading=heading)) if heading else ""
    lines = [[*line, Slot(text or None)] for line, text in zip(lines, beside, strict=True)]
    return [*heads, Head(name, flexible=column.flexible)], lines


def _heads(column: Column, cells: Sequence[Cell], language: Language) -> list[Head]:
    if isinstance(column.heading, Axis):
        return _track_heads(column.heading, language)
    heading = safe_text(language.text(column.heading), language)
    match next((cell.value for cell in cells if isinstance(cell.value, Bar | Window)), None):
        case Bar(counts):
            return [Head(language.text(BAR[part].words), numeric=True) for part in counts]
        case Window():
            first = Message("{heading}: first day", heading=heading)
            last = Message("{heading}: last day", heading=heading)
            return [Head(language.text(first)), Head(language.text(last))]
    return [Head(heading, column.numeric, column.flexible)]


def _track_heads(axis: Axis, language: Language) -> list[Head]:
    """Return the heads of a timeline: the first year of each column, and its month or quarter."""
    columns = columns_of(axis, CELLS)
    parts = [part_name(begin, columns.size, language) for begin, _ in axis.periods(columns.size)]
    now = columns.column(axis.as_of) if axis.shows(axis.as_of) else None
    years = {columns.column(begin): f"{begin.year}" for begin, _ in reversed(list(axis.periods(12)))}
    heads: list[Head] = []
    for number, part in enumerate(parts):
        heads.append(Head(years.get(number) or heads[-1].text, track=True, part=part, as_of=number == now))
    return heads


def _beside(cell: Cell, language: Language) -> str:
    """Return the marks, the caveat and the lines below a value, one a line, none of them twice."""
    if not (cell.marks or cell.caveat or cell.below):
        return ""
    texts = [language.text(MARK[mark].words) for mark in cell.marks]
    texts += [language.text(cell.caveat)] if cell.caveat else []
    texts += [text_of(value_drawing(value, language, CELLS)) for value in cell.below]
    return limited("\n".join(dict.fromkeys(clean(text) for text in texts)), language)


def _slots(value: Value, tone: Tone, language: Language) -> list[Slot]:
    match value:
        case Bar(counts):
            return [Slot(count, BAR[part].tone if count else Tone.QUIET, NUMBER) for part, count in counts.items()]
        case Timeline():
            return [_sign(*piece) for piece in value_drawing(value, language, CELLS)]
        case Window(start, due):
            return [_slot(start, tone, language), _slot(due, tone, language)]
        case State():
            return [_worded(state_look(value), language)]
        case OfficialClass():
            return [_worded(OFFICIAL[value], language)]
    return [_slot(value, tone, language)]


def _sign(sign: str, tone: Tone) -> Slot:
    """Return a sign of a timeline; states and planned periods are filled with their colours."""
    return Slot(sign.strip() or None, tone, filled=sign not in UNFILLED)


def _slot(value: Value, tone: Tone, language: Language) -> Slot:
    match value:
        case Days(overdue):
            return Slot(overdue, Tone.BAD if overdue > 0 else tone, _days_format(overdue, language))
        case Ratio(part, whole):
            return Slot(part, tone, _ratio_format(whole, language))
        case Percent(part, whole):
            return Slot(part / whole if whole else None, tone, SHARE)
        case date() if date(value.year, value.month, value.day) >= FIRST_DAY:
            return Slot(value, tone)
        case int():
            return Slot(value, tone, NUMBER)
        case Decimal() if len(value.normalize().as_tuple().digits) <= DIGITS:
            places = -int(value.as_tuple().exponent)
            return Slot(value, tone, NUMBER + (f".{'0' * places}" if places > 0 else ""))
        case None | "":
            return Slot(None, tone)
    return Slot(safe_text(text_of(value_drawing(value, language, CELLS)), language), tone)


def _worded(look: Look, language: Language) -> Slot:
    return Slot(language.text(look.words), look.tone, filled=True)


def _days_format(overdue: int, language: Language) -> str:
    """Return a number format that writes days in words: `547 days`, `in 30 days`, `due today`."""
    if overdue == 0:
        return f'"{language.text(Message("due today"))}"'
    days = Plural("{count} day", "{count} days", count=abs(overdue))
    text = language.text(Message("in {duration}", duration=days) if overdue < 0 else days)
    form = _around_number(text, language.number(abs(overdue)))
    return f"{form};{form}"


def _ratio_format(whole: int, language: Language) -> str:
    """Return a number format that writes a count with its whole: `16 of 50`."""
    text = language.text(Message("{part} of {whole}", part="\0", whole=Figure(whole)))
    return _around_number(text, "\0")


def _around_number(text: str, number: str) -> str:
    """Return the number format for a text that has a number in it."""
    before, _, after = text.partition(number)
    return (f'"{before}"' if before else "") + NUMBER + (f'"{after}"' if after else "")


def safe_text(text: str, language: Language) -> str:
    """Return a text on one line that a cell can hold and that nothing runs."""
    return limited(clean(text), language)


def limited(text: str, language: Language) -> str:
    """Return a clean text, cut with a notice if a cell cannot hold all of it.

    XlsxWriter takes a text that opens with `<r>` and ends with `</r>` for XML of its own; a space at the end makes it a text again.
    """
    if text.startswith("<r>"):
        text += " "
    if len(text) * 2 <= MAX_TEXT or utf16_units(text) <= MAX_TEXT:
        return text
    notice = Message("… (cut here: a cell holds at most {limit} characters)", limit=Figure(MAX_TEXT))
    end = language.text(notice)
    return text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(end))].decode("utf-16-le", "ignore") + end


def utf16_units(text: str) -> int:
    """Return the length of a text as Excel counts it: a picture such as an emoji counts twice."""
    return len(text.encode("utf-16-le")) // 2
