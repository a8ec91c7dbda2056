"""Makes any text harmless before it is printed.

Control, format, surrogate, private and unassigned characters become U+FFFD: a note cannot move the cursor, hide a link, turn the writing
round or forge a line. Composed Vietnamese is untouched, and so are emoji. Invisible characters that mean nothing, such as the soft hyphens
of a pasted text, are left out.
"""

import re
import unicodedata
from collections.abc import Callable

from cbfa.core.text import MEANT, nfc, without_unseen

_HARMFUL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUSPECT = re.compile(rf"(?P<meant>{MEANT})|[^\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """One line of harmless text: line ends and tabs become spaces, what cannot be shown becomes U+FFFD."""
    if not _SUSPECT.search(text):  # composed Vietnamese, too
        return text
    return clean_excerpt(without_unseen(text))


def clean_excerpt(text: str) -> str:
    """One line of harmless text in which every character has its place, the invisible ones as U+FFFD."""
    return _SUSPECT.sub(lambda found: " " if found[0] in "\n\r\t" else _unless_harmful(found), nfc(text))


def escaped(text: str, escape: Callable[[str], str]) -> str:
    """The text with everything harmful in it but line ends replaced by its escape."""
    return _SUSPECT.sub(lambda found: found[0] if found[0] == "\n" else _unless_harmful(found, escape), text)


def _is_harmful(character: str) -> bool:
    """Return True for a character that could act on a screen or a reader, or that cannot be shown."""
    return unicodedata.category(character) in _HARMFUL_CATEGORIES


def _unless_harmful(found: re.Match[str], escape: Callable[[str], str] = lambda _: REPLACEMENT) -> str:
    return found[0] if found["meant"] or not _is_harmful(found[0]) else escape(found[0])
