"""A page as plain text and as Markdown, by tabulate. A row is one line, so that it can be searched."""

from collections.abc import Callable
from typing import NamedTuple

from cbfa.locale import Language
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.drawing import Scale, cell_drawing, heading_lines, line_drawing, text_of, value_drawing, years_line
from cbfa.views.formal import as_lines
from cbfa.views.mermaid import gantt_text
from cbfa.views.page import Cell, Counts, Group, Heading, Legend, Levels, LineBlock, More, Page, Sentence, Table, Tone

SCALE = Scale()
_UNDERLINES = {1: "=", 2: "-"}
"""The lines below headings in plain text, by level. A heading of another level has none."""


def plain_text(page: Page, language: Language) -> str:
    """Write the page for a pipe or a file."""
    return _joined(page, _Style(language, "plain", " · ", str))


def markdown_text(page: Page, language: Language) -> str:
    """Write the page in Markdown, with GitHub's tables."""
    return _joined(page, _Style(language, "github", "<br>", _escaped))


class _Style(NamedTuple):
    """A language and the ways of a format: its tables, what is between the lines of a cell, and its escapes."""

    language: Language
    tables: str
    line_end: str
    escape: Callable[[str], str]

    @property
    def markdown(self) -> bool:
        return self.tables == "github"

    def cell(self, cell: Cell) -> str:
        values = [cell_drawing(cell, self.language, SCALE)]
        values += [[(self.language.text(cell.caveat), Tone.PLAIN)]] if cell.caveat else []
        values += [value_drawing(value, self.language, SCALE) for value in cell.below]
        return self.line_end.join([self.escape(clean(text_of(drawing))) for drawing in values])


def follows_closely(block: LineBlock, before: LineBlock) -> bool:
    """Return True if a block follows without an empty line."""
    line = isinstance(block, Sentence | Counts | Levels) and isinstance(before, Sentence | Counts | Levels)
    return line or isinstance(before, Heading) or isinstance(block, More | Legend)


def _joined(page: Page, style: _Style) -> str:
    text = ""
    blocks = list(as_lines(page.blocks))
    for number, block in enumerate(blocks):
        if number:
            text += "\n" if not style.markdown and follows_closely(block, blocks[number - 1]) else "\n\n"
        text += _block(block, style)
    return text + "\n"


def _block(block: LineBlock, style: _Style) -> str:
    match block:
        case Table():
            chart = gantt_text(block, style.language) if style.markdown else ""
            return _tabulated(block, style) + (f"\n\n{chart}" if chart else "")
        case Heading(text, level):
            line = style.escape(clean(style.language.text(text)))
            if style.markdown:
                return f"{'#' * level} {line}"
            return f"{line}\n{_UNDERLINES[level] * len(line)}" if level in _UNDERLINES else line
    return style.escape(clean(text_of(line_drawing(block, style.language))))


def _escaped(text: str) -> str:
    for character in "\\`*_[]<>|#~":
        text = text.replace(character, f"\\{character}")
    return text


def _tabulated(table: Table, style: _Style) -> str:
    from tabulate import tabulate  # noqa: PLC0415 - a terminal does not need it

    rows = [
        _group(row, table, style) if isinstance(row, Group) else [style.cell(cell) for cell in row]
        for row in table.rows
    ]
    columns = ["\n".join(column) for column in zip(*rows, strict=True)]
    headings = _headings(table, style)
    return tabulate(
        [columns] if columns else [],  # one row with many lines: tabulate looks at each row in several ways
        headers=headings if table.headed or style.markdown else (),
        tablefmt="simple" if table.headed and not style.markdown else style.tables,
        colalign=["right" if column.numeric else "left" for column in table.columns] if rows else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )


def _headings(table: Table, style: _Style) -> list[str]:
    """Write the headings of a table, the last lines side by side; in Markdown a heading has one line."""
    if style.markdown:
        headings = [column.heading for column in table.columns]
        lines = [years_line(one, SCALE) if isinstance(one, Axis) else style.language.text(one) for one in headings]
        return [_escaped(clean(line)) for line in lines]
    found = [heading_lines(column.heading, style.language, SCALE) for column in table.columns]
    height = max(map(len, found), default=0)
    return ["\n".join([""] * (height - len(lines)) + lines) for lines in found]


def _group(group: Group, table: Table, style: _Style) -> list[str]:
    """Write the name of a group in the flexible column."""
    title = style.escape(clean(style.language.text(group.title)))
    flexible = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
    name = f"**{title}**" if style.markdown else f"[{title}]"
    return [name if number == flexible else "" for number in range(len(table.columns))]
