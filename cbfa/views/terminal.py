"""A page on a terminal, by Rich: as wide as the terminal, in colour where there is colour, wrapping and never cutting.

Imported only where there is a terminal: a pipe does not pay for Rich.
"""

from __future__ import annotations

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from cbfa.views.clean import clean
from cbfa.views.page import Bar, Block, Cell, Group, Heading, Page, Runs, Sentence, Table, Tone
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
            return [_table(table, width)] if _fits(table, width) else list(_cards(table))


def _widths(table: Table, *, headings_wrap: bool) -> list[int]:
    """The columns that each column needs at the least: flexible ones wrap, the others never break a cell."""
    widths = []
    for number, column in enumerate(table.columns):
        lines = _on_two_lines(column.heading) if headings_wrap else [column.heading]
        for row in table.rows:
            if not isinstance(row, Group):
                lines += _text(row[number]).plain.splitlines()
        longest = max((cell_len(line) for line in lines), default=0)
        widths.append(min(longest, LEAST_ROOM) if column.flexible else longest)
    return widths


def _on_two_lines(heading: str) -> list[str]:
    """A heading broken where it becomes narrowest."""
    words = heading.split()
    breaks = [[" ".join(words[:number]), " ".join(words[number:])] for number in range(1, len(words))]
    return min(breaks, key=lambda pair: max(map(cell_len, pair)), default=[heading])


def _fits(table: Table, width: int, *, headings_wrap: bool = True) -> bool:
    return sum(_widths(table, headings_wrap=headings_wrap)) + 2 * (len(table.columns) - 1) <= width


def _table(table: Table, width: int) -> RenderableType:
    bar = BAR_WIDTH if width >= NARROW_PAGE else NARROW_BAR
    narrow = None if _fits(table, width, headings_wrap=False) else _widths(table, headings_wrap=True)
    shown = RichTable(
        box=box.SIMPLE_HEAD if table.headed else None,
        show_header=table.headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for number, column in enumerate(table.columns):
        shown.add_column(
            Text(clean(column.heading)),
            justify="right" if column.numeric else "left",
            overflow="fold",
            no_wrap=not column.flexible and narrow is None,
            width=narrow[number] if narrow and not column.flexible else None,
        )
    sections = _sections(table)
    for number, (title, rows) in enumerate(sections):
        if title:
            if number:
                shown.add_row()
            shown.add_row(*_group_cells(title, table))
        for row in rows:
            shown.add_row(*(_text(cell, bar) for cell in row))
    return shown


def _group_cells(title: str, table: Table) -> list[Text]:
    flexible = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
    return [Text(clean(title) if number == flexible else "", style="bold") for number in range(len(table.columns))]


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
