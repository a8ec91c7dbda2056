"""A page as plain text, by tabulate: for pipes and for Markdown. A row is one line, so that it can be searched."""

from __future__ import annotations

from datetime import date

from cbfa.locale import day
from cbfa.views import words
from cbfa.views.clean import clean
from cbfa.views.page import Bar, Block, Cell, Group, Heading, Page, Runs, Sentence, Share, Table


def cell_text(cell: Cell) -> str:
    """The value of a cell in words, with its marks."""
    match cell.value:
        case None:
            text = "–"
        case date():
            text = day(cell.value)
        case Share(count, total):
            text = words.percent(count, total)
        case Runs(pieces):
            text = "".join(piece for piece, _ in pieces)
        case Bar():
            text = ""
        case int():
            text = words.number(cell.value)
        case str():
            text = cell.value
    return text + cell.marks


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

    kept = [number for number, column in enumerate(table.columns) if not _is_bar(table, number)]
    escape = _escaped if form == "github" else str
    rows = []
    for row in table.rows:
        if isinstance(row, Group):
            title = escape(clean(row.title))
            first = next((number for number in kept if table.columns[number].flexible), kept[0])
            rows.append(
                [(f"**{title}**" if form == "github" else f"[{title}]") if number == first else "" for number in kept]
            )
        else:
            rows.append(
                [
                    escape(clean(cell_text(row[number])))
                    + (below + escape(clean(row[number].below)) if row[number].below else "")
                    for number in kept
                ]
            )
    headers = [escape(clean(table.columns[number].heading)) for number in kept]
    align = ["right" if table.columns[number].numeric else "left" for number in kept]
    return tabulate(
        rows,
        headers=headers if table.headed or form == "github" else (),
        tablefmt=form,
        colalign=align if rows else None,
        disable_numparse=True,
        preserve_whitespace=True,
    )


def _is_bar(table: Table, number: int) -> bool:
    return any(not isinstance(row, Group) and isinstance(row[number].value, Bar) for row in table.rows)
