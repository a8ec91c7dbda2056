"""A page on a terminal, by Rich: as wide as the terminal, in colour where there is colour, wrapping and never cutting.

Imported only where there is a terminal, so that a pipe does not load Rich.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table as RichTable
from rich.text import Text as RichText

from cbfa.locale import Language
from cbfa.views.clean import clean
from cbfa.views.drawing import Drawing, Scale, cell_drawing, heading_lines, line_drawing, text_of, value_drawing
from cbfa.views.formal import as_lines
from cbfa.views.page import Cell, Column, Group, Heading, LineBlock, Page, Table, Timeline, Tone
from cbfa.views.plain import follows_closely

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.BUSY: "cyan",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
}
HEADINGS = {1: "bold", 2: "bold underline"}
"""The styles of headings by level. All others are underlined."""
WIDE_PAGE = 100
"""Columns from which on bars are drawn longer."""
MIN_ROOM = 24
"""Columns that a flexible column needs. A table that cannot give them shows its rows one below the other."""
MIN_TRACK = 12
"""Columns that a timeline needs beside a title; with fewer, it takes the whole width below it."""


class _Console(Console):
    """A console that leaves a closed pipe to its caller, where Rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def show(page: Page, language: Language, stream: TextIO, *, colour: bool) -> None:
    """Print the page. Nothing in it is interpreted as markup. Raises BrokenPipeError."""
    console = _Console(
        file=stream,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        safe_box=True,
    )
    terminal = _Terminal(language, console.width)
    blocks = list(as_lines(page.blocks))
    for number, block in enumerate(blocks):
        if number and not follows_closely(block, blocks[number - 1]):
            console.print()
        for part in terminal.block(block):
            console.print(part, highlight=False, markup=False, emoji=False)


class _Grid(NamedTuple):
    """A table whose cells are drawn and measured once: `longest` is the longest line of each column's cells."""

    columns: Sequence[Column]
    headings: list[str]
    rows: list[list[RichText]]
    longest: list[int]

    @property
    def headed(self) -> bool:
        return any(self.headings)

    def widths(self, width: int) -> list[int] | None:
        """Fit the columns into a width: headings give way, then flexible columns. None where that is not enough."""
        gap = 2 if self.headed else 1  # Rich draws a line through the headings, which takes one more
        whole = [one.split("\n") for one in self.headings]
        for headings in (whole, [lines if len(lines) > 1 else _on_two_lines(lines[0]) for lines in whole]):
            widths = [max(most, *map(cell_len, lines)) for most, lines in zip(self.longest, headings, strict=True)]
            excess = sum(widths) + gap * (len(widths) - 1) - width
            if excess <= 0:
                return widths
        for number in sorted(range(len(widths)), key=widths.__getitem__, reverse=True):
            if self.columns[number].flexible:
                gives = min(max(excess, 0), max(widths[number] - MIN_ROOM, 0))
                widths[number] -= gives
                excess -= gives
        return widths if excess <= 0 else None


class _Terminal:
    """Draws blocks in a language, for a number of columns."""

    def __init__(self, language: Language, width: int) -> None:
        self.language = language
        self.width = width
        track = width - max(MIN_ROOM, width * 3 // 8) - 2
        bar = 20 if width >= WIDE_PAGE else 12
        self.scale = Scale(bar, track if track >= MIN_TRACK else width)

    def block(self, block: LineBlock) -> Iterator[RenderableType]:
        match block:
            case Table(columns, rows):
                table = Table(columns, list(rows))
                grid = self._grid(table)
                widths = grid.widths(self.width)
                yield from [_rich_table(grid, widths)] if widths else self._cards(table)
            case Heading(text, level):
                yield RichText(clean(self.language.text(text)), style=HEADINGS.get(level, "underline"))
            case _:
                yield _styled(line_drawing(block, self.language))

    def _grid(self, table: Table) -> _Grid:
        """Draw every cell. The name of a group is a row, with an empty one before it."""
        rows: list[list[RichText]] = []
        for row in table.rows:
            if isinstance(row, Group):
                rows += [[RichText() for _ in table.columns]] if rows else []
                rows.append(self._group(row, table))
            else:
                rows.append([self._cell(cell) for cell in row])
        longest = [max((_length(row[number]) for row in rows), default=0) for number in range(len(table.columns))]
        return _Grid(table.columns, [self._heading(column) for column in table.columns], rows, longest)

    def _heading(self, column: Column) -> str:
        return "\n".join(heading_lines(column.heading, self.language, self.scale))

    def _group(self, group: Group, table: Table) -> list[RichText]:
        """Draw the name of a group in the flexible column."""
        title = clean(self.language.text(group.title))
        flexible = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
        return [RichText(title if number == flexible else "", style="bold") for number in range(len(table.columns))]

    def _cell(self, cell: Cell, line_end: str = "\n") -> RichText:
        text = _styled(cell_drawing(cell, self.language, self.scale))
        if cell.caveat:
            text.append(line_end)
            text.append(clean(self.language.text(cell.caveat)))
        for value in cell.below:
            text.append(line_end)
            text.append(clean(text_of(value_drawing(value, self.language, self.scale))), style="dim not bold")
        return text

    def _cards(self, table: Table) -> Iterator[RichText]:
        """Draw the rows one below the other, each cell after its heading."""
        for row in table.rows:
            if isinstance(row, Group):
                yield RichText(clean(self.language.text(row.title)), style="bold")
                continue
            for column, cell in zip(table.columns, row, strict=True):
                heading, text = self._heading(column), self._cell(cell, line_end=" · ")
                if isinstance(cell.value, Timeline):  # drawn right under its scale
                    yield RichText(heading, style="dim")
                    yield text
                elif text.plain.strip():
                    yield RichText.assemble((f"{heading}: " if heading else "", "dim"), text)
            if len(row) > 2:
                yield RichText()


def _styled(drawing: Drawing) -> RichText:
    return RichText.assemble(*((clean(text), STYLES[tone]) for text, tone in drawing))


def _length(text: RichText) -> int:
    return max(map(cell_len, text.plain.split("\n")))


def _on_two_lines(heading: str) -> list[str]:
    """Break a heading where it becomes narrowest."""
    words = heading.split()
    breaks = [[" ".join(words[:number]), " ".join(words[number:])] for number in range(1, len(words))]
    return min(breaks, key=lambda pair: max(map(cell_len, pair)), default=[heading])


def _rich_table(grid: _Grid, widths: list[int]) -> RichTable:
    table = RichTable(
        box=box.SIMPLE_HEAD if grid.headed else None,
        show_header=grid.headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column, heading, width in zip(grid.columns, grid.headings, widths, strict=True):
        justify: JustifyMethod = "right" if column.numeric else "left"
        table.add_column(RichText(heading), justify=justify, overflow="fold", width=width)
    for row in grid.rows:
        table.add_row(*row)
    return table
