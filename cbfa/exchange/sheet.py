"""Write blocks and tables of a page into a worksheet, with their widths, colours and print set-up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby, zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from cbfa.exchange.grid import NUMBER, Grid, Head, Slot, grid_of, grid_of_counts, safe_text
from cbfa.exchange.records import Records
from cbfa.locale import Language
from cbfa.views.drawing import GAP, line_drawing, more_text, text_of
from cbfa.views.formal import levels_table
from cbfa.views.page import Block, Counts, Heading, Legend, Levels, More, Sentence, State, Table, TimelineSign, Tone

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NARROW, WIDE, TRACK, YEAR, LEAST = 24, 48, 2.4, 5.5, 6
"""Characters: the greatest width of a column, of a flexible one; the width of a column of a timeline, and of a whole year as a column;
the least of any."""
SCREEN = 110
"""The least width of a sheet with lines of text, in characters."""
LINE, MAX_HEIGHT = 13.5, 409
"""The height of a line of text, and the greatest height of a row, in points."""
DENSITY, CAPITAL, BOLD = 1.08, 0.35, 1.1
"""Small letters in the width of a digit, which is the unit of widths; how much wider a capital is, and how many times a bold letter."""
INK = {
    Tone.PLAIN: "#1a1d21",
    Tone.STRONG: "#1a1d21",
    Tone.QUIET: "#59616b",
    Tone.GOOD: "#00755a",
    Tone.BUSY: "#2f6db0",
    Tone.WARN: "#8a5c00",
    Tone.BAD: "#b43c00",
}
FILL = {
    Tone.QUIET: "#f0f1f2",
    Tone.GOOD: "#dff0eb",
    Tone.BUSY: "#e3edf7",
    Tone.WARN: "#fbf0d9",
    Tone.BAD: "#fae6dd",
}
"""Light enough for its ink: each pair has a contrast of 4.5:1 or more (WCAG, level AA)."""
RULE, BAND = "#d9d7d2", "#eceae5"
_DATES = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}


class Gap(NamedTuple):
    """Empty rows, for a chart."""

    rows: int


class Place(NamedTuple):
    """The first and last row of a table without its head, and its heads."""

    first: int
    last: int
    heads: Sequence[Head]

    @property
    def head(self) -> int:
        """The first row of its head, which has a second one for the parts of years."""
        return self.first - 1 - any(head.part for head in self.heads)


class Written(NamedTuple):
    """The places of tables and the first rows of gaps, by the number of their block, and the widths of the columns in characters."""

    places: Mapping[int, Place]
    gaps: Mapping[int, int]
    widths: Sequence[float]


class Book:
    """A workbook that is being written, its language, and the formats that it has so far."""

    def __init__(self, workbook: "Workbook", language: Language) -> None:
        self.workbook = workbook
        self.language = language
        self._formats: dict[tuple[object, ...], Format] = {}

    def format(self, slot: Slot, head: Head) -> "Format":
        """Return the format of a cell with a value, in the column of a heading."""
        form = slot.form
        if isinstance(slot.value, date):
            form = _DATES.get(self.language.code, _DATES["en"]) + (" hh:mm" if isinstance(slot.value, datetime) else "")
        right = head.numeric or isinstance(slot.value, int | float | Decimal)
        align = "center" if head.track else "right" if right else "left"
        key = (slot.tone, form, slot.filled, align, isinstance(slot.value, str), head.as_of)
        edge = {"right": 2, "right_color": INK[Tone.WARN]} if head.as_of else {}
        return self._formats.get(key) or self._add(key, bottom=1, bottom_color=RULE, **_look(slot, form, align), **edge)

    def style(self, name: str, **properties: object) -> "Format":
        """Return the format of that name."""
        return self._formats.get((name,)) or self._add((name,), **properties)

    def _add(self, key: tuple[object, ...], **properties: object) -> "Format":
        made = self.workbook.add_format({"valign": "top", "text_wrap": True, **properties})
        self._formats[key] = made
        return made


def _look(slot: Slot, form: str, align: str) -> dict[str, object]:
    look = {
        "font_color": INK[slot.tone],
        "bold": slot.tone is Tone.STRONG,
        "align": align,
        "indent": int(align == "right"),
    }
    if form:
        look["num_format"] = form
    if not isinstance(slot.value, str):
        look["text_wrap"] = False
    if slot.filled and slot.tone in FILL:
        look["bg_color"] = FILL[slot.tone]
    return look


def write_records(book: Book, sheet: "Worksheet", records: Records) -> None:
    """Write records from the first row on, with filters; their head stays in sight and is printed on each page."""
    grid = grid_of(records.table, book.language)
    headings = [_heading_width(head) for head in grid.heads]
    widths = _set_widths(sheet, [records.widths, headings, _number_widths(grid)])
    place = _write_grid(book, sheet, grid, 0, widths)
    sheet.autofilter(0, 0, max(place.last, 1), len(grid.heads) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def write_blocks(book: Book, sheet: "Worksheet", blocks: Sequence[Block | Gap], *, flexible_first: bool) -> Written:
    """Write blocks from the first row on. A sheet with one table keeps its head in sight."""
    grids = {number: grid for number, block in enumerate(blocks) if (grid := _grid(block, book, flexible_first))}
    widths = _set_widths(sheet, [_widths(grid) for grid in grids.values()], SCREEN)
    places: dict[int, Place] = {}
    gaps: dict[int, int] = {}
    row = 0
    for number, block in enumerate(blocks):
        if number in grids:
            row += bool(row) and not isinstance(blocks[number - 1], Heading)
            places[number] = _write_grid(book, sheet, grids[number], row, widths)
            row = places[number].last + 1
        elif isinstance(block, Gap):
            gaps[number] = row + 1
            row += 1 + block.rows
        elif isinstance(block, Heading | Sentence | More | Legend) and (text := _line(block, book.language)):
            row += isinstance(block, Heading) and bool(row)
            _write_line(book, sheet, row, text, block, widths)
            row += 1
    headed = [place for number, place in places.items() if grids[number].headed]
    if len(headed) == 1 and len(places) == 1:
        _keep_head(sheet, headed[0], filtered=not any(isinstance(one, str) for one in next(iter(grids.values())).rows))
    return Written(places, gaps, widths)


def _grid(block: Block | Gap, book: Book, flexible_first: bool) -> Grid | None:
    match block:
        case Table():
            return grid_of(block, book.language, flexible_first=flexible_first)
        case Levels():
            return grid_of(levels_table(block), book.language, flexible_first=flexible_first)
        case Counts():
            return grid_of_counts(block, book.language)
    return None


def _keep_head(sheet: "Worksheet", place: Place, *, filtered: bool) -> None:
    """Keep the head of the only table in sight and on each page; a table without groups has filters, too."""
    sheet.freeze_panes(place.first, 0)
    sheet.repeat_rows(place.head, place.first - 1)
    if filtered:
        sheet.autofilter(place.first - 1, 0, place.last, len(place.heads) - 1)


# Rows


def _write_grid(book: Book, sheet: "Worksheet", grid: Grid, row: int, widths: Sequence[float]) -> Place:
    if grid.headed:
        _write_heads(book, sheet, grid.heads, row)
        heads = zip(grid.heads, widths, strict=False)
        _set_height(sheet, row, _height((head.text, width / BOLD) for head, width in heads if not head.track))
        row += 1
        if any(head.part for head in grid.heads):
            _write_parts(book, sheet, grid.heads, row)
            row += 1
    first = row
    for line in grid.rows:
        if isinstance(line, str):
            _write_group(book, sheet, row, line, len(grid.heads))
        else:
            for column, (slot, head) in enumerate(zip(line, grid.heads, strict=True)):
                _write_slot(book, sheet, (row, column), slot, head)
            slots = zip(line, widths, strict=False)
            _set_height(
                sheet, row, _height((slot.value, width) for slot, width in slots if isinstance(slot.value, str))
            )
        row += 1
    return Place(first, row - 1, grid.heads)


def _height(texts: Iterable[tuple[str, float]]) -> int:
    """Return the number of lines that the highest of some texts takes in its column."""
    return max((_lines(text, width) for text, width in texts), default=1)


@cache
def _lines(text: str, width: float) -> int:
    """Return the number of lines that a text takes in a column. Names and remarks come again and again."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(len(wrap(line, max(int(width * _density(line)), 1))) or 1 for line in text.split("\n"))


def _density(line: str) -> float:
    """Return how many letters of a line have the width of a digit, on average; capitals are wider than other letters."""
    return DENSITY * len(line) / (len(line) + CAPITAL * sum(map(str.isupper, line))) if line else DENSITY


def _set_height(sheet: "Worksheet", row: int, lines: int) -> None:
    """Set the height of a row that has several lines: other programs than Excel do not find it themselves."""
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, MAX_HEIGHT))


def _write_heads(book: Book, sheet: "Worksheet", heads: Sequence[Head], row: int) -> None:
    look = {"bold": True, "bg_color": BAND, "bottom": 1, "valign": "vcenter"}
    text, number = book.style("head", **look), book.style("numeric head", align="right", indent=1, **look)
    year = book.style("year", align="left", **look)
    for _, group in groupby(enumerate(heads), key=lambda one: one[1].text if one[1].track else one[0]):
        (column, head), *others = group
        if others:
            sheet.merge_range(row, column, row, others[-1][0], head.text, year)
        else:
            sheet.write_string(row, column, head.text, year if head.track else number if head.numeric else text)


def _write_parts(book: Book, sheet: "Worksheet", heads: Sequence[Head], row: int) -> None:
    """Write the months or quarters below the years."""
    look = book.style("part", font_size=8, bg_color=BAND, bottom=1, align="center", text_wrap=False)
    for column, head in enumerate(heads):
        sheet.write_string(row, column, head.part, look) if head.part else sheet.write_blank(row, column, None, look)


def _write_group(book: Book, sheet: "Worksheet", row: int, title: str, columns: int) -> None:
    look = book.style("group", bold=True, bg_color="#f6f5f2", bottom=1, bottom_color=RULE, text_wrap=False)
    sheet.write_string(row, 0, title, look)
    for column in range(1, columns):
        sheet.write_blank(row, column, None, look)


def _write_slot(book: Book, sheet: "Worksheet", place: tuple[int, int], slot: Slot, head: Head) -> None:
    """Write a value with its own type. A text is never taken for a formula, a link or a number."""
    look = book.format(slot, head)
    match slot.value:
        case None:
            sheet.write_blank(*place, None, look)
        case str(text):
            sheet.write_string(*place, text, look)
        case datetime() as moment:
            sheet.write_datetime(*place, moment.replace(tzinfo=None, microsecond=0), look)
        case date() as day:
            sheet.write_datetime(*place, day, look)
        case number:
            sheet.write_number(*place, number, look)


def _line(block: Heading | Sentence | More | Legend, language: Language) -> str:
    """Write a block that is one line. Commands for a shell are left out, and a legend of signs that no cell has."""
    match block:
        case Heading(text):
            line = language.text(text)
        case Sentence(text):
            line = GAP.join(language.text(one) for one in (text if isinstance(text, tuple) else (text,)))
        case More(left_out, _, total):
            line = language.text(more_text(left_out, total))
        case Legend(signs, _):
            drawn = any(isinstance(sign, TimelineSign | State) for sign in signs)
            line = text_of(line_drawing(block, language)) if drawn else ""
    return safe_text(line, language)


def _write_line(
    book: Book,
    sheet: "Worksheet",
    row: int,
    text: str,
    block: Heading | Sentence | More | Legend,
    widths: Sequence[float],
) -> None:
    """Write a text over the whole width, as high as it needs."""
    size = {1: 15, 2: 12}.get(block.level, 10) if isinstance(block, Heading) else 10
    tone = block.tone if isinstance(block, Sentence) else Tone.PLAIN
    bold = isinstance(block, Heading) or tone is Tone.STRONG
    look = book.style(f"line {size} {tone.name} {bold}", font_size=size, font_color=INK[tone], bold=bold)
    lines = _lines(text, sum(widths) * 10 / size * (1 / BOLD if bold else 1))
    sheet.set_row(row, min(LINE * size / 10 * lines, MAX_HEIGHT))
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
    sheet.write_string(row, 0, text, look)


# Widths


def _widths(grid: Grid) -> list[float]:
    columns = zip(*(line for line in grid.rows if not isinstance(line, str)), strict=True)
    found = list(columns) or [()] * len(grid.heads)
    years = Counter(head.text for head in grid.heads if head.track)
    return [
        (TRACK if years[head.text] > 1 else YEAR) if head.track else _width(head, slots)
        for head, slots in zip(grid.heads, found, strict=True)
    ]


def _number_widths(grid: Grid) -> list[float]:
    """Return the widths that the numbers need, also as texts: Excel shows one that is too long as `###`."""
    columns = zip(*(line for line in grid.rows if not isinstance(line, str)), strict=True)
    return [
        max((_length(slot) + 2 for slot in slots if head.numeric or not isinstance(slot.value, str)), default=0)
        for head, slots in zip(grid.heads, columns, strict=False)
    ]


def _width(head: Head, slots: Iterable[Slot]) -> float:
    """Return the width of a column: that of its longest value or of the longest word of its heading, up to a limit."""
    texts = max((_length(slot) for slot in slots), default=0)
    heading = _heading_width(head)
    return max(LEAST, min(max(texts + 2, heading), WIDE if head.flexible else NARROW))


def _heading_width(head: Head) -> float:
    """Return the width in which a heading takes two lines, and breaks no word."""
    return max((len(word) + 2 for word in [*head.text.split(), "-" * (len(head.text) // 2)]), default=0) * BOLD


def _length(slot: Slot) -> int:
    """Return the number of characters of a value; of a text, those of its longest line."""
    match slot.value:
        case None:
            return 0
        case str(text):
            return max(map(len, text.split("\n")))
        case datetime():
            return len("dd/mm/yyyy hh:mm")
        case date():
            return len("dd/mm/yyyy")
        case number:
            form = slot.form.replace('"', "").split(";")[0]
            return max(5, len(form.replace(NUMBER, f"{number:,.0f}")))


def _set_widths(sheet: "Worksheet", tables: Iterable[Sequence[float]], least: float = 0) -> list[float]:
    """Give each column the greatest of its widths, and the widest the rest of what the sheet needs at least."""
    widths: list[float] = []
    for table in tables:
        widths = [max(pair) for pair in zip_longest(widths, table, fillvalue=0.0)]
    if not widths:
        widths = [least]
    widths[widths.index(max(widths))] += max(0.0, least - sum(widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return widths
