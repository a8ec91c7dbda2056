"""A page as plain text, by tabulate: for pipes and for Markdown. A row is one line, so that it can be searched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cbfa.locale import day
from cbfa.views import words
from cbfa.views.clean import clean
from cbfa.views.page import Bar, Block, Cell, Group, Heading, Page, Runs, Sentence, Share, Table, Tone

BAR_WIDTH = 20
BAR_SIGNS = {Tone.GOOD: "█", Tone.BUSY: "▒", Tone.BAD: "▓", Tone.QUIET: "·"}
"""One sign for each tone of a bar; the page that draws a bar says what they mean."""


def cell_text(cell: Cell) -> str:
    """The value of a cell in words, with its marks."""
    match cell.value:
        case None:
            text = "–"
        case date():
            text = day(cell.value)
        case Share(part, total):
            text = words.percent(part, total)
        case Runs(pieces):
            text = "".join(piece for piece, _ in pieces)
        case Bar(parts):
            text = "".join(piece for piece, _ in bar_pieces(parts, BAR_WIDTH))
        case int():
            text = words.number(cell.value)
        case str():
            text = cell.value
    return text + cell.marks


def bar_pieces(parts: tuple[tuple[int, Tone], ...], width: int) -> list[tuple[str, Tone]]:
    """A bar of so many signs. Every count that is not zero shows; the longest gives way."""
    total = sum(count for count, _ in parts)
    if not total:
        return [("·" * width, Tone.QUIET)]
    sizes = [max(1, round(width * count / total)) if count else 0 for count, _ in parts]
    sizes[sizes.index(max(sizes))] += width - sum(sizes)
    return [(BAR_SIGNS[tone] * size, tone) for size, (_, tone) in zip(sizes, parts, strict=True)]


def plain_text(page: Page) -> str:
    """The page for a pipe or a file."""
    return _joined([_plain(block) for block in page.blocks], page)


def markdown_text(page: Page) -> str:
    """The page in Markdown (GitHub's tables)."""
    return _joined([_markdown(block) for block in page.blocks], page)


def _joined(parts: list[str], page: Page) -> str:
    text = ""
    for number, part in enumerate(parts):
        close = number and all(isinstance(page.blocks[index], Sentence) for index in (number - 1, number))
        text += ("" if not number else "\n" if close else "\n\n") + part
    return text + "\n"


def _plain(block: Block) -> str:
    match block:
        case Heading(text, level):
            line = clean(text)
            return f"{line}\n{('=' if level == 1 else '-') * len(line)}"
        case Sentence(text):
            return clean(text)
        case Table():
            return _tabulated(block, "simple" if block.headed else "plain", " · ")


def _markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_escaped(clean(text))}"
        case Sentence(text):
            return _escaped(clean(text)) + "  "
        case Table():
            return _tabulated(block, "github", "<br>")


def _escaped(text: str) -> str:
    for character in "\\`*_[]<>|#~":
        text = text.replace(character, f"\\{character}")
    return text


def _tabulated(table: Table, form: str, below: str) -> str:
    from tabulate import tabulate  # noqa: PLC0415 - a terminal does not need it

    escape = _escaped if form == "github" else str
    rows = [
        _group(row, table, form) if isinstance(row, Group) else [_line(cell, escape, below) for cell in row]
        for row in table.rows
    ]
    columns = ["\n".join(column) for column in zip(*rows, strict=True)]
    return tabulate(
        [columns] if columns else [],  # one row with many lines: tabulate looks at each row in several ways
        headers=[escape(clean(column.heading)) for column in table.columns] if table.headed or form == "github" else (),
        tablefmt=form,
        colalign=["right" if column.numeric else "left" for column in table.columns] if rows else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )


def _group(group: Group, table: Table, form: str) -> list[str]:
    """The name of a group, in the column that has most room."""
    title = f"**{_escaped(clean(group.title))}**" if form == "github" else f"[{clean(group.title)}]"
    widest = next((number for number, column in enumerate(table.columns) if column.flexible), 0)
    return [title if number == widest else "" for number in range(len(table.columns))]


def _line(cell: Cell, escape: Callable[[str], str], below: str) -> str:
    return below.join([escape(clean(text)) for text in (cell_text(cell), *cell.below)])
