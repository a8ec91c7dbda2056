"""Name characters that cannot be seen or that look like others, where a file needs the plain ones."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from cbfa.messages import Message, quote_library
from cbfa.problems import Place, Problem
from cbfa.store.yaml.document import Document

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M"]
_PLAIN = {
    **{chr(ord(sign) + 0xFEE0): sign for sign in ":-@._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    **{chr(0x2160 + number): numeral for number, numeral in enumerate(_ROMAN)},
    **dict.fromkeys("﹕∶꞉", ":"),
}
"""Full-width forms, signs of one character for a Roman numeral, and other colons."""
_LETTERS = dict(zip("АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo", strict=True))
"""Cyrillic and Greek letters that look like Latin ones. They are odd only beside a Latin letter."""
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_QUOTES = dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'")
_LOOKS = _PLAIN | _LETTERS | _DASHES | _QUOTES

_WIDE_BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_ODD = re.compile(
    f"[{_WIDE_BLANKS}{_INVISIBLE}{''.join(_PLAIN)}]"
    rf"|(?<=\w)[{''.join(_DASHES)}](?=\w)|^[{''.join(_QUOTES)}]|[{''.join(_QUOTES)}]$"
    f"|(?<=[A-Za-z])[{''.join(_LETTERS)}]|[{''.join(_LETTERS)}](?=[A-Za-z])"
)
_ODD_SIGN = re.compile(
    rf" *(?P<indent>[{_WIDE_BLANKS}{_INVISIBLE}])"
    rf"| *(?:- +)*(?:(?:[A-Za-z][\w.-]*:|-) *(?P<blank>[{_WIDE_BLANKS}{_INVISIBLE}])"
    rf"|[A-Za-z][\w.-]*(?P<colon>[：﹕∶꞉])|[A-Za-z][\w.-]*: +(?P<quote>[{''.join(_QUOTES)}]))"
)

_NAMES = {
    "\xa0": Message("a no-break space"),
    "\xad": Message("a soft hyphen"),
    "\u200b": Message("a zero-width space"),
    "\u2011": Message("a non-breaking hyphen"),
    "\u2013": Message("an en dash"),
    "\u2014": Message("an em dash"),
    "\u202f": Message("a narrow no-break space"),
    "\u3000": Message("a full-width space"),
    "\ufeff": Message("a byte-order mark"),
    "：": Message("a full-width colon"),
    **dict.fromkeys(_QUOTES, Message("a curly quotation mark")),
}
_KINDS = {
    "CYRILLIC": Message("a Cyrillic letter"),
    "GREEK": Message("a Greek letter"),
    "FULLWIDTH": Message("a full-width character"),
    "ROMAN": Message("a single character for a Roman numeral"),
}
"""Names by the first word of Unicode's own name."""


def has_odd(text: str) -> bool:
    """Return True if a text has a character that cannot be seen, or that looks like a plain one."""
    return not text.isascii() and _ODD.search(text) is not None


def made_plain(text: str) -> str:
    """Return the text with plain characters in place of odd ones, without blanks and quotation marks around it."""
    return _ODD.sub(lambda found: _plain(found[0]), text).strip().strip("\"'")


def odd_character(document: Document, start: int, written: str, text: str) -> Problem:
    """Name the first odd character of a text at its place; `written` is the text as the file has it, from `start` on."""
    found = _ODD.search(written)
    named = found or _ODD.search(text)
    place = document.at_position(start + (found.start() if found else 0))
    return name_character(place, named[0] if named else "")


def odd_signs(document: Document, lines: Iterable[int], *, indented: bool = True) -> Iterator[Problem]:
    """Yield a problem for each of these lines, from 1, where an odd character takes the place of a colon, space or quote.

    Without `indented`, the indentation of a line may have any blanks.
    """
    for number in lines:
        found = _ODD_SIGN.match(document.lines[number - 1])
        if found and (indented or found.lastgroup != "indent"):
            kind = str(found.lastgroup)
            yield name_character(document.at(number, found.start(kind) + 1), found[kind])


def _plain(character: str) -> str:
    return _LOOKS.get(character, " " if unicodedata.category(character) == "Zs" else "")


def name_character(place: Place, character: str) -> Problem:
    """Return the problem of an odd character at a place: its name, its code, and what to type."""
    plain, code = _plain(character), f"U+{ord(character):04X}"
    unicode_name = unicodedata.name(character, "?")
    name = _NAMES.get(character) or _KINDS.get(unicode_name.split()[0]) or quote_library(unicode_name)
    if not plain:
        message = Message("this is {name} ({code}), which cannot be seen", name=name, code=code)
        return Problem(place, message, Message("delete it"))
    if plain == " ":
        return Problem(
            place,
            Message("this is {name} ({code}), not a plain space", name=name, code=code),
            Message("delete it and type a space"),
        )
    return Problem(
        place,
        Message("this is {name} ({code}), not “{plain}”", name=name, code=code, plain=plain),
        Message("type {plain} instead", plain=plain),
    )
