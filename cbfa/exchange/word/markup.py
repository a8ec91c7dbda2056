"""Paragraphs, runs and rules as WordprocessingML (ECMA-376). Sizes are in points, lengths in millimetres.

Every text is cleaned here, once, right before it is written.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from cbfa.views.clean import clean

FONT = "Times New Roman"
LINE = 1.15
"""Line spacing of the body; the decree allows 1 to 1.5."""
_EM = 0.54
"""Average width of a character of Times New Roman in em; capitals are wider."""
_EM_CAPITAL = 0.72


class Look(NamedTuple):
    """The look of a run. A size of 0 is that of the paragraph's style."""

    size: float = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    highlight: bool = False


class Shape(NamedTuple):
    """The shape of a paragraph: its style, alignment, first-line indent, spaces before and after, and if the next one stays with it."""

    style: str = "Normal"
    align: str = "both"
    first_line: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    line: float = 1


PLAIN = Look()


def twips(millimetres: float) -> int:
    """Convert millimetres to twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def run(text: str, look: Look = PLAIN) -> str:
    """Return a run with a text, which is one line."""
    properties = [
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        "<w:caps/>" if look.caps else "",
        f'<w:sz w:val="{round(2 * look.size)}"/><w:szCs w:val="{round(2 * look.size)}"/>' if look.size else "",
        '<w:highlight w:val="yellow"/>' if look.highlight else "",
    ]
    return f'<w:r><w:rPr>{"".join(properties)}</w:rPr><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def paragraph(shape: Shape, *runs: str) -> str:
    """Return a paragraph of runs."""
    keep = "<w:keepNext/>" if shape.keep_next else ""
    spacing = f'w:before="{round(20 * shape.before)}" w:after="{round(20 * shape.after)}"'
    indent = f'<w:ind w:firstLine="{twips(shape.first_line)}"/>' if shape.first_line else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val={quoteattr(shape.style)}/>{keep}<w:spacing {spacing} w:line="{round(240 * shape.line)}" '
        f'w:lineRule="auto"/>{indent}<w:jc w:val="{shape.align}"/></w:pPr>{"".join(runs)}</w:p>'
    )


def rule(length: float, width: float, after: float = 0) -> str:
    """Return a solid line of a length in the middle of a width, as the upper border of an empty paragraph."""
    side = twips(max(0, width - length) / 2)
    return (
        f'<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="20" w:after="{round(20 * after)}" w:line="40" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in millimetres."""
    ems = sum(_EM_CAPITAL if letter.isupper() else _EM for letter in text)
    return ems * size * 25.4 / 72


def grid(widths: Sequence[float], cells: Sequence[str]) -> str:
    """Return a table of one row without borders, which is never split. Each cell holds paragraphs."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )
