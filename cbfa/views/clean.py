"""Makes any text harmless before it is printed.

Control, format, surrogate, private and unassigned characters become U+FFFD: a note cannot move the cursor, hide a link, turn the writing
round or forge a line. Composed Vietnamese is untouched.
"""

import re
import unicodedata
from collections.abc import Callable

_HARMFUL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUSPECT = re.compile(r"[^\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """One line of harmless text: line ends and tabs become spaces, what cannot be shown becomes U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _SUSPECT.sub(
        lambda found: " " if found[0] in "\n\r\t" else _unless_harmless(found[0]), unicodedata.normalize("NFC", text)
    )


def escaped(text: str, escape: Callable[[str], str]) -> str:
    """The text with everything harmful in it but line ends replaced by its escape."""
    return _SUSPECT.sub(lambda found: found[0] if found[0] == "\n" else _unless_harmless(found[0], escape), text)


def _unless_harmless(character: str, escape: Callable[[str], str] = lambda _: REPLACEMENT) -> str:
    return escape(character) if unicodedata.category(character) in _HARMFUL_CATEGORIES else character
