"""Tables of a page as WordprocessingML: the header row on every page, rows that are not split, and columns that fit their texts."""

from collections.abc import Sequence
from typing import NamedTuple

from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.exchange.word.markup import Look, Shape, paragraph, run, text_width, twips
from cbfa.locale import Language
from cbfa.views.drawing import Scale, heading_lines, signs_of, text_of, value_drawing
from cbfa.views.looks import OFFICIAL, state_look
from cbfa.views.page import Cell, Column, Days, Group, State, Table, Tone, Value

SCALE = Scale(bar=10)
WIDE = 7
"""Columns from which on a table has smaller letters."""
SIZE, SIZE_WIDE = 12, 11
_PADDING = 1.0
"""Millimetres between a text and the border of its cell, on each side."""
_EM_MM = 0.54 * 25.4 / 72
"""Average width of a character of one point, in millimetres."""
_BOLD = 1.15
"""Width of bold letters in comparison."""
_MIN_WORD, _MAX_WORD, _MAX_LINE, _MAX_FLEXIBLE, _MIN_FLEXIBLE = 4, 14, 18, 44, 17
"""Characters: the shortest and longest word that a column has room for, and the lines that it tries to keep whole."""
_SHARE = 0.8
"""Part of the rows whose lines a column tries to keep whole, so that one long text does not decide."""
_MAX_WHOLE = 15
"""Lines of a row that is not split; a landscape page has some 30."""
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
    headings = [" ".join(heading_lines(one.heading, language, SCALE)) for one in table.columns]
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
    """Return a row. One that is high may be split: LibreOffice loses lines of a whole row that is higher than a page."""
    cells, height = [], 0
    for (texts, bold), column, width in zip(lines, columns, widths, strict=True):
        shape = Shape(align="right" if column.numeric else "left")
        cells.append(_cell(width, [paragraph(shape, run(text, Look(size, bold=bold))) for text in texts]))
        height = max(height, sum(1 + twips(text_width(text, size)) // width for text in texts))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if height <= _MAX_WHOLE else ""
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


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
    """Return the widths of columns in twips: first a word for each, then lines for the others, and flexible columns take the rest."""
    words = [_longest_word(heading, [row[number] for row in rows]) for number, heading in enumerate(headings)]
    wishes = [max(words[number], _wish(column, [row[number] for row in rows])) for number, column in enumerate(columns)]
    given = [max(word, _MIN_FLEXIBLE) if one.flexible else word for one, word in zip(columns, words, strict=True)]
    room = (width - len(columns) * (2 * _PADDING + 0.5)) / (size * _EM_MM)
    flexible = [number for number, one in enumerate(columns) if one.flexible]
    for group in ([number for number in range(len(columns)) if number not in flexible], flexible):
        asked = sum(wishes[number] - given[number] for number in group)
        share = min(1.0, max(0.0, room - sum(given)) / asked) if asked > 0 else 0.0
        for number in group:
            given[number] += share * (wishes[number] - given[number])
    takers = flexible or list(range(len(columns)))
    rest = max(0.0, room - sum(given)) / len(takers)
    for number in takers:
        given[number] += rest
    fitted = [one * size * _EM_MM + 2 * _PADDING + 0.5 for one in given]
    return [twips(one * width / sum(fitted)) for one in fitted]


def _longest_word(heading: str, cells: Sequence[_Lines]) -> float:
    """Return the length of the longest word of a column in characters, within limits."""
    lengths = [_length(word) for cell in cells for text in cell.texts for word in text.split()]
    lengths += [_BOLD * _length(word) for word in heading.split()]
    return min(max([*lengths, _MIN_WORD]), _MAX_WORD)


def _length(text: str) -> float:
    """Return the width of a text in average characters; capitals are wider."""
    return text_width(text, 1) / _EM_MM


def _wish(column: Column, cells: Sequence[_Lines]) -> float:
    """Return the line that a column tries to keep whole, in characters."""
    longest = sorted(max(map(_length, cell.texts)) for cell in cells)
    if column.flexible:
        return min(max([*longest, _MIN_FLEXIBLE]), _MAX_FLEXIBLE)
    return min(longest[int(_SHARE * (len(longest) - 1))], _MAX_LINE) if longest else 1
