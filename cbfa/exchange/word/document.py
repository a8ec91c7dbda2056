"""A document of one page: styles, sections and properties by python-docx, and a package whose bytes depend on the content alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml.etree import Comment

from cbfa.exchange.order import Order
from cbfa.exchange.word.blocks import blocks_markup
from cbfa.exchange.word.markup import FONT
from cbfa.locale import Language
from cbfa.views.clean import clean
from cbfa.views.page import Appendix, Block, Heading, Letterhead, Page

WIDTH, HEIGHT = 210, 297
"""Millimetres of A4."""
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20
"""Margins in millimetres: the decree has 20–25 above and below, 30–35 left, 15–20 right."""
NUMBER_SIZE = 13
MAX_PROPERTY = 255
"""Maximum number of characters of a core property; python-docx refuses longer ones."""
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")
_LOCALES = {"vi": "vi-VN", "en": "en-GB"}
_BODY = "word/document.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can hold."""


def write_document(order: Order) -> bytes:
    """Return the document of the command's page."""
    document = Document()
    _style(document, order.language)
    markup: list[str] = []
    for number, part in enumerate(_parts(order.page.blocks)):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _lay_out(section, appendix=number > 0)
        document.element.body.sectPr.addprevious(Comment(str(number)))
        width = (HEIGHT if number else WIDTH) - LEFT - RIGHT
        markup.append("".join(blocks_markup(part, order.language, width)))
    _number_pages(document.sections[0])
    _modernise(document)
    _describe(document, order)
    raw = BytesIO()
    document.save(raw)
    return _repack(raw, markup)


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the text, then each appendix."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Appendix):
            parts.append([])
        parts[-1].append(block)
    return parts


def _lay_out(section: Any, *, appendix: bool) -> None:  # noqa: ANN401
    """Set A4 with the margins of the decree. An appendix is landscape, is numbered from 1, and has its own first page."""
    section.orientation = WD_ORIENT.LANDSCAPE if appendix else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(HEIGHT), Mm(WIDTH)) if appendix else (Mm(WIDTH), Mm(HEIGHT))
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)
    numbering.set(qn("w:start"), "1")


def _number_pages(section: Any) -> None:  # noqa: ANN401
    """Put the page number into the middle of the header, from the second page on. Later sections use the same header."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "", "separate", "1", "end"):
        piece = line.add_run()
        piece.font.size = Pt(NUMBER_SIZE)
        if kind == "1":
            piece.text = kind
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            piece._r.append(mark)
        else:
            field = OxmlElement("w:instrText")
            field.text = "PAGE"
            piece._r.append(field)


def _style(document: Any, language: Language) -> None:  # noqa: ANN401
    """Set Times New Roman for all scripts in every style, without the theme's fonts and colours, and the language."""
    root = document.styles.element
    for fonts in root.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name in _FONTS:
            fonts.set(qn(f"w:{name}"), FONT)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Header"):
        style = document.styles[name]
        style.font.name = FONT
        for script in _FONTS:
            style.element.rPr.rFonts.set(qn(f"w:{script}"), FONT)
        style.font.size = Pt(14)
        for colour in list(style.element.rPr.iter(qn("w:color"))):
            style.element.rPr.remove(colour)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.bold = True
        document.styles[name].font.italic = False
    for tag in root.iter(qn("w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            tag.set(qn(f"w:{script}"), _LOCALES.get(language.code, language.code))


def _modernise(document: Any) -> None:  # noqa: ANN401
    """Say that the document is for Word 2013 and later; else Word opens it in its compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _describe(document: Any, order: Order) -> None:  # noqa: ANN401
    """Set the core properties; their dates are the as-of date. The picture of python-docx's own template is left out."""
    title, author = _title_and_author(order.page, order.language)
    day = datetime.combine(order.snapshot.as_of, time(), UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.author = properties.last_modified_by = clean(author)[:MAX_PROPERTY]
    properties.title = clean(title)[:MAX_PROPERTY]
    properties.comments = properties.subject = properties.keywords = properties.category = ""
    properties.created = properties.modified = properties.last_printed = day
    properties.language, properties.revision = _LOCALES.get(order.language.code, order.language.code), 1
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]


def _title_and_author(page: Page, language: Language) -> tuple[str, str]:
    for block in page.blocks:
        if isinstance(block, Letterhead):
            return language.text(block.subject), language.text(block.issuer)
        if isinstance(block, Heading):
            return language.text(block.text), ""
    return page.kind, ""


def _repack(raw: BytesIO, markup: Sequence[str]) -> bytes:
    """Write the zip again in a fixed order and with a fixed time; python-docx stores the present moment.

    The markup of each part takes the place of its comment: moving thousands of elements between two trees would take seconds.
    """
    packed = BytesIO()
    with ZipFile(raw) as source, ZipFile(packed, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            content = source.read(name)
            if name == _BODY:
                for number, part in enumerate(markup):
                    content = content.replace(f"<!--{number}-->".encode(), part.encode())
            target.writestr(entry, content)
    return packed.getvalue()
