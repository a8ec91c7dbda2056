"""Tables of a page as WordprocessingML: the header row on every page, rows that are not split, and columns that fit their texts."""

from collections.abc import Sequence
from typing import NamedTuple

from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.exchange.word.markup import Look, Shape, paragraph, run, twips
from cbfa.locale import Language
from cbfa.views.clean import clean
from cbfa.views.drawing import Scale, heading_text, signs_of, text_of, value_drawing
from cbfa.views.looks import OFFICIAL, state_look
from cbfa.views.page import Cell, Column, Days, Group, State, Table, Tone, Value

SCALE = Scale(bar=10, year=4)
WIDE = 7
"""Columns from which on a table has smaller letters."""
SIZE, SIZE_WIDE = 12, 11
_PADDING = 1.0
"""Millimetres between a text and the border of its cell, on each side."""
_EM_MM = 0.54 * 25.4 / 72
"""Average width of a character of one point, in millimetres."""
_BOLD = 1.15
"""Width of bold letters in comparison."""
_MIN_WORD, _MAX_WORD, _MAX_LINE, _MAX_FLEXIBLE, _MIN_FLEXIBLE = 4, 14, 24, 44, 20
"""Characters: the shortest and longest word that a column has room for, and the lines that it tries to keep whole."""
_SHARE = 0.8
"""Part of the rows whose lines a column tries to keep whole, so that one long text does not decide."""
_LATE_SIGN = state_look(State(Progress.NOT_STARTED, Timing.OVERDUE)).sign


class _Lines(NamedTuple):
    """The lines of a cell, and if they are bold."""

    texts: list[str]
    bold: bool = False


def value_text(value: Value, language: Language) -> str:
    """Write a value in words, without the signs of screens."""
    match value:
        case State():
            return language.text(state_look(value).words)
        case OfficialClass():
            return language.text(OFFICIAL[value].words)
        case Days():
            return text_of(value_drawing(value, language, SCALE)).removeprefix(f"{_LATE_SIGN} ")
    return text_of(value_drawing(value, language, SCALE))


def table_markup(table: Table, language: Language, width: float) -> str:
    """Return a table over a width in millimetres."""
    size = SIZE_WIDE if len(table.columns) >= WIDE else SIZE
    headings = [clean(heading_text(one.heading, language, SCALE)) for one in table.columns]
    rows = [row if isinstance(row, Group) else [_lines(cell, language) for cell in row] for row in table.rows]
    widths = _widths(table.columns, headings, [row for row in rows if not isinstance(row, Group)], size, width)
    body = "".join(
        _group(row, widths, size, language) if isinstance(row, Group) else _row(row, table.columns, widths, size)
        for row in rows
    )
    head = _head(headings, widths, size) if table.headed else ""
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    padding = "".join(
        f'<w:{side} w:w="{twips(_PADDING if side in ("left", "right") else 0.4)}" w:type="dxa"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _lines(cell: Cell, language: Language) -> _Lines:
    values = [value_text(cell.value, language) + signs_of(cell.marks)]
    values += [language.text(cell.caveat)] if cell.caveat else []
    values += [value_text(value, language) for value in cell.below]
    return _Lines(values, cell.tone is Tone.STRONG)


def _head(headings: Sequence[str], widths: Sequence[int], size: float) -> str:
    look = Look(size, bold=True)
    cells = (
        _cell(width, [paragraph(Shape(align="center", keep_next=True), run(heading, look))], fill="D9D9D9")
        for heading, width in zip(headings, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(lines: Sequence[_Lines], columns: Sequence[Column], widths: Sequence[int], size: float) -> str:
    cells = []
    for (texts, bold), column, width in zip(lines, columns, widths, strict=True):
        shape = Shape(align="right" if column.numeric else "left")
        cells.append(_cell(width, [paragraph(shape, run(text, Look(size, bold=bold))) for text in texts]))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _group(group: Group, widths: Sequence[int], size: float, language: Language) -> str:
    """Write the name of a group over the whole row; it stays with the row after it."""
    name = paragraph(Shape(align="left", keep_next=True), run(language.text(group.title), Look(size, bold=True)))
    cell = _cell(sum(widths), [name], fill="F2F2F2", columns=len(widths))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(width: int, paragraphs: Sequence[str], fill: str = "", columns: int = 1) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    middle = '<w:vAlign w:val="center"/>' if fill else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}{middle}</w:tcPr>'
    return f"<w:tc>{properties}{''.join(paragraphs)}</w:tc>"


def _widths(
    columns: Sequence[Column], headings: Sequence[str], rows: Sequence[Sequence[_Lines]], size: float, width: float
) -> list[int]:
    """Return the widths of columns in twips: at least a word, at most a line, and flexible columns take the rest."""
    least: list[float] = []
    wish: list[float] = []
    for number, column in enumerate(columns):
        lines = [text for row in rows for text in row[number].texts]
        words = [float(len(word)) for text in lines for word in text.split()]
        words += [_BOLD * len(word) for word in headings[number].split()]
        longest = sorted(max(map(len, row[number].texts)) for row in rows)
        if column.flexible:
            line = min(max([*longest, _MIN_FLEXIBLE]), _MAX_FLEXIBLE)
        else:
            line = min(longest[int(_SHARE * (len(longest) - 1))], _MAX_LINE) if longest else 1
        least.append(min(max([*words, _MIN_WORD]), _MAX_WORD) * size * _EM_MM + 2 * _PADDING + 0.5)
        wish.append(max(least[-1], line * size * _EM_MM + 2 * _PADDING + 0.5))
    spare = width - sum(least)
    asked = sum(wish) - sum(least)
    share = min(1.0, spare / asked) if asked and spare > 0 else 0.0
    fitted = [low + share * (high - low) for low, high in zip(least, wish, strict=True)]
    takers = [number for number, column in enumerate(columns) if column.flexible] or list(range(len(columns)))
    if (rest := width - sum(fitted)) > 0:
        fitted = [one + (rest / len(takers) if number in takers else 0) for number, one in enumerate(fitted)]
    scale = width / sum(fitted)
    return [twips(one * scale) for one in fitted]
