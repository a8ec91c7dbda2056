"""Makes any text harmless before it is printed.

Control, format, surrogate, private and unassigned characters become U+FFFD: a note cannot move the cursor, hide a link, turn the writing
round or forge a line. Composed Vietnamese is untouched.
"""

from __future__ import annotations

import re
import unicodedata

_HARMFUL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUSPECT = re.compile(r"[^\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """One line of harmless text: line ends and tabs become spaces, what cannot be shown becomes U+FFFD."""
    return _SUSPECT.sub(_harmless, unicodedata.normalize("NFC", text))


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\n\r\t":
        return " "
    return REPLACEMENT if unicodedata.category(character) in _HARMFUL_CATEGORIES else character
