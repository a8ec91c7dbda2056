"""The blocks of any page as WordprocessingML. Text is black; hints for a shell are left out."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cbfa.exchange.word.head import BODY, end_markup, head_markup
from cbfa.exchange.word.markup import LINE, Look, Shape, paragraph, run
from cbfa.exchange.word.tables import table_markup
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.drawing import line_drawing, more_text, text_of
from cbfa.views.formal import appendix_name, blank_text, levels_table
from cbfa.views.page import (
    Appendix,
    Blank,
    Block,
    Counts,
    Heading,
    Legend,
    Letterhead,
    Levels,
    More,
    Sentence,
    Signature,
    Table,
    Text,
    Tone,
)

FIRST_LINE = 12.7
"""Indent of the first line of a paragraph, in millimetres; the decree has 10 or 12.7."""
AFTER = 6
"""Points between paragraphs, the least that the decree allows."""
_BODY = Shape(first_line=FIRST_LINE, after=AFTER, line=LINE)


def blocks_markup(blocks: Sequence[Block], language: Language, width: float) -> Iterator[str]:
    """Yield the paragraphs and tables of blocks for a text of a width in millimetres.

    An empty paragraph is between two tables, which Word would join, and a sentence stays with the table or signature after it.
    """
    for block, after in zip_longest(blocks, blocks[1:]):
        match block:
            case Letterhead():
                yield from head_markup(block, language)
            case Signature():
                yield from end_markup(block, language)
            case Table():
                yield table_markup(block, language, width)
                yield paragraph(Shape(line=0.5))
            case Levels():
                yield table_markup(levels_table(block), language, width)
                yield paragraph(Shape(line=0.5))
            case _:
                shape = _BODY._replace(keep_next=isinstance(after, Table | Levels | Signature))
                yield _paragraph(block, shape, language)


def _paragraph(
    block: Heading | Sentence | Counts | More | Legend | Blank | Appendix, shape: Shape, language: Language
) -> str:
    match block:
        case Heading(text, level):
            return _heading(text, level, language)
        case Blank():
            return paragraph(shape, run(language.text(blank_text(block)), Look(BODY, highlight=True)))
        case Appendix(title):
            return _appendix(block, title, language)
        case Legend():
            text = text_of(line_drawing(block, language))
            return paragraph(Shape(align="left", after=AFTER), run(text, Look(11, italic=True)))
        case More(left_out, _, total):
            return paragraph(shape, run(language.text(more_text(left_out, total)), Look(BODY)))
        case Sentence(_, tone):
            line = block._replace(hint=None)
            return paragraph(shape, run(text_of(line_drawing(line, language)), Look(BODY, bold=tone is Tone.STRONG)))
    return paragraph(shape, run(text_of(line_drawing(block, language)), Look(BODY)))


def _heading(text: Text, level: int, language: Language) -> str:
    words = language.text(text)
    if level == 1:
        shape = Shape("Heading1", align="center", before=12, after=AFTER, keep_next=True)
    else:
        shape = Shape(
            f"Heading{level}", align="left", first_line=FIRST_LINE, before=6, after=AFTER, keep_next=True, line=LINE
        )
    return paragraph(shape, run(words, Look(BODY, bold=True, caps=level == 2)))


def _appendix(appendix: Appendix, title: Text, language: Language) -> str:
    name = paragraph(
        Shape("Heading1", align="center", keep_next=True),
        run(language.text(appendix_name(appendix)), Look(BODY, bold=True)),
    )
    subject = paragraph(
        Shape(align="center", after=0, keep_next=True), run(language.text(title), Look(BODY, bold=True, caps=True))
    )
    with_ = language.text(Message("(Attached to the document of the same number and date)"))
    return name + subject + paragraph(Shape(align="center", after=AFTER), run(with_, Look(13, italic=True)))
