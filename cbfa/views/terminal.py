"""A page on a terminal, by Rich: as wide as the terminal, in colour where there is colour, wrapping and never cutting.

Imported only where there is a terminal: a pipe does not pay for Rich.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from cbfa.views.clean import clean
from cbfa.views.page import Bar, Block, Cell, Column, Group, Heading, Page, Runs, Sentence, Table, Tone
from cbfa.views.plain import BAR_WIDTH, bar_pieces, cell_text

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.BUSY: "cyan",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
}
NARROW_BAR = 12
NARROW_PAGE = 100
"""Below so many columns bars are short."""
LEAST_ROOM = 24
"""Columns that a flexible column needs; a table that cannot give them shows its rows one under the other."""


def show(page: Page, console: Console) -> None:
    """Prints the page."""
    for number, block in enumerate(page.blocks):
        if number and not _belongs_to(block, page.blocks[number - 1]):
            console.print()
        for part in _rendered(block, console.width):
            console.print(part, highlight=False, markup=False, emoji=False)


def _belongs_to(block: Block, before: Block) -> bool:
    """Whether a block follows without a gap: whatever stands under a heading, and sentences under sentences."""
    return isinstance(before, Heading) or (isinstance(block, Sentence) and isinstance(before, Sentence))


def _rendered(block: Block, width: int) -> list[RenderableType]:
    match block:
        case Heading(text, level):
            return [Text(clean(text), style="bold" if level == 1 else "bold underline")]
        case Sentence(text, tone):
            return [Text(clean(text), style=STYLES[tone])]
        case Table(columns, rows):
            table = Table(columns, list(rows))
            grid = _Grid.of(table, BAR_WIDTH if width >= NARROW_PAGE else NARROW_BAR)
            widths = grid.widths(width)
            return [_table(grid, widths)] if widths else list(_cards(table))


class _Grid(NamedTuple):
    """A table whose cells are made and measured, once: `longest` has the length of the longest line of each column's cells."""

    columns: Sequence[Column]
    headed: bool
    rows: list[list[Text]]
    longest: list[int]

    @classmethod
    def of(cls, table: Table, bar: int) -> _Grid:
        """The texts of a table, with bars of so many signs; the name of a group is a row, and has an empty one before it."""
        rows: list[list[Text]] = []
        for row in table.rows:
            if isinstance(row, Group):
                rows += [_blank(table), _group(row.title, table)] if rows else [_group(row.title, table)]
            else:
                rows.append([_text(cell, bar) for cell in row])
        longest = [max((_length(row[number]) for row in rows), default=0) for number in range(len(table.columns))]
        return cls(table.columns, table.headed, rows, longest)

    @property
    def gap(self) -> int:
        """The blanks between two columns: Rich puts a line through the headings, which takes one more."""
        return 2 if self.headed else 1

    def widths(self, width: int) -> list[int] | None:
        """How wide each column is in so many: flexible ones give way, then headings. None where that is not enough."""
        for lines in ([[one.heading] for one in self.columns], [_on_two_lines(one.heading) for one in self.columns]):
            widths = [max(most, *map(cell_len, heading)) for most, heading in zip(self.longest, lines, strict=True)]
            excess = sum(widths) + self.gap * (len(widths) - 1) - width
            for number in sorted(range(len(widths)), key=widths.__getitem__, reverse=True):
                if self.columns[number].flexible:
                    gives = min(max(excess, 0), max(widths[number] - LEAST_ROOM, 0))
                    widths[number] -= gives
                    excess -= gives
            if excess <= 0:
                return widths
        return None


def _length(text: Text) -> int:
    return max(map(cell_len, text.plain.split("\n")))


def _blank(table: Table) -> list[Text]:
    return [Text() for _ in table.columns]


def _group(title: str, table: Table) -> list[Text]:
    """The name of a group, in the column that has most room."""
    flexible = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
    return [Text(clean(title) if number == flexible else "", style="bold") for number in range(len(table.columns))]


def _on_two_lines(heading: str) -> list[str]:
    """A heading broken where it becomes narrowest."""
    words = heading.split()
    breaks = [[" ".join(words[:number]), " ".join(words[number:])] for number in range(1, len(words))]
    return min(breaks, key=lambda pair: max(map(cell_len, pair)), default=[heading])


def _table(grid: _Grid, widths: list[int]) -> RenderableType:
    shown = RichTable(
        box=box.SIMPLE_HEAD if grid.headed else None,
        show_header=grid.headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column, width in zip(grid.columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.numeric else "left"
        shown.add_column(Text(clean(column.heading)), justify=justify, overflow="fold", width=width)
    for row in grid.rows:
        shown.add_row(*row)
    return shown


def _sections(table: Table) -> list[tuple[str, list[list[Cell]]]]:
    sections: list[tuple[str, list[list[Cell]]]] = [("", [])]
    for row in table.rows:
        if isinstance(row, Group):
            sections.append((row.title, []))
        else:
            sections[-1][1].append(list(row))
    return [section for section in sections if section != ("", [])]


def _cards(table: Table) -> list[Text]:
    lines = []
    for title, rows in _sections(table):
        if title:
            lines.append(Text(clean(title), style="bold"))
        for row in rows:
            for column, cell in zip(table.columns, row, strict=True):
                text = _text(cell, below=" · ")
                if isinstance(cell.value, Runs):  # a track, which must stand right under its scale
                    lines += [Text(clean(column.heading), style="dim"), text]
                elif text.plain.strip():
                    lines.append(Text.assemble((f"{clean(column.heading)}: " if column.heading else "", "dim"), text))
            if len(row) > 2:
                lines.append(Text())
    return lines


def _text(cell: Cell, bar: int = NARROW_BAR, below: str = "\n") -> Text:
    style = STYLES[cell.tone]
    match cell.value:
        case Runs(pieces):
            text = Text.assemble(*((clean(piece), STYLES[tone]) for piece, tone in pieces))
        case Bar(parts):
            text = Text.assemble(*((piece, STYLES[tone]) for piece, tone in bar_pieces(parts, bar)))
        case _:
            text = Text(clean(cell_text(cell)), style=style)
    for line in cell.below:
        text.append(below)
        text.append(clean(line), style="dim not bold")
    return text
