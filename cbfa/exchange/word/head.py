"""The head and the end of an official document, with the sizes and styles of Decree 30/2020/NĐ-CP, Appendix I.

In English the same content has a plain head: the national motto belongs to documents in Vietnamese.
"""

from cbfa.exchange.word.markup import Look, Shape, grid, paragraph, rule, run, text_width
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.formal import ended, letter_subject, listed
from cbfa.views.page import Letterhead, Signature, Text

COUNTRY = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT, RIGHT = 68.0, 92.0
"""Millimetres: the sides of the head. Together they are as wide as the text."""
GAP = 2.0
BODY = 14.0
_CENTRE = Shape(align="center")
_PART = 0.4
"""Length of a rule below a line, as a part of that line; the decree has a third to a half."""
_FIRST_LINE = 12.7


def head_markup(head: Letterhead, language: Language) -> list[str]:
    """Return the head of a document: bodies, number, place and date, kind and subject, addressees, legal bases."""
    return [
        grid((LEFT, RIGHT), (_left(head, language), _right(head, language))),
        *_title(head, language),
        *_addressees(head, language),
        *(
            paragraph(
                Shape(first_line=_FIRST_LINE, after=6, line=1.15), run(language.text(base), Look(BODY, italic=True))
            )
            for base in ended(head.bases)
        ),
    ]


def _left(head: Letterhead, language: Language) -> str:
    issuer = language.text(head.issuer)
    line = min(text_width(issuer.upper(), 12), LEFT - GAP)
    parts = [
        paragraph(_CENTRE, run(language.text(head.superior), Look(12, caps=True))),
        paragraph(_CENTRE, run(issuer, Look(12, bold=True, caps=True))),
        rule(_PART * line, LEFT, after=6),
        paragraph(_CENTRE, run(language.text(head.number), Look(13))),
    ]
    if head.kind is None:
        parts.append(paragraph(_CENTRE, run(language.text(letter_subject(head.subject)), Look(12))))
    return "".join(parts)


def _right(head: Letterhead, language: Language) -> str:
    dated = paragraph(_CENTRE, run(language.text(head.dated), Look(13, italic=True)))
    if language.code != "vi":
        return dated
    return "".join(
        [
            paragraph(_CENTRE, run(COUNTRY, Look(12, bold=True, caps=True))),
            paragraph(_CENTRE, run(MOTTO, Look(13, bold=True))),
            rule(text_width(MOTTO, 13), RIGHT, after=6),
            dated,
        ]
    )


def _title(head: Letterhead, language: Language) -> list[str]:
    if head.kind is None:
        return []
    subject = language.text(head.subject)
    line = min(text_width(subject, BODY), LEFT + RIGHT)
    return [
        paragraph(
            Shape(align="center", before=18, keep_next=True),
            run(language.text(head.kind), Look(BODY, bold=True, caps=True)),
        ),
        paragraph(Shape(align="center", keep_next=True), run(subject, Look(BODY, bold=True))),
        rule(_PART * line, LEFT + RIGHT, after=12),
    ]


def _addressees(head: Letterhead, language: Language) -> list[str]:
    look = Look(BODY)
    if len(head.addressees) == 1:
        text = language.text(Message("To: {addressee}", addressee=head.addressees[0]))
        return [paragraph(Shape(align="center", before=12, after=12), run(text, look))]
    if not head.addressees:
        return []
    lines = [paragraph(Shape(align="left", first_line=30, before=12), run(language.text(Message("To:")), look))]
    lines += [
        paragraph(Shape(align="left", first_line=45), run(language.text(one), look)) for one in listed(head.addressees)
    ]
    return [*lines, paragraph(Shape(after=6))]


def end_markup(signature: Signature, language: Language) -> list[str]:
    """Return the list of recipients on the left and the place of the signature on the right."""

    def line(text: Text, look: Look, align: str = "left") -> str:
        return paragraph(Shape(align=align), run(language.text(text), look))

    left = [line(Message("Recipients:"), Look(12, bold=True, italic=True))]
    left += [line(one, Look(11)) for one in listed(signature.recipients)]
    right = [line(signature.title, Look(BODY, bold=True, caps=True), "center")]
    right += [line("", Look(BODY), "center")] * 4
    right += [line(signature.name or "", Look(BODY, bold=True), "center")]
    return [paragraph(Shape(keep_next=True)), grid((LEFT, RIGHT), ("".join(left), "".join(right)))]
