"""Normal forms of words, which people type in any case, with or without diacritics."""

import re
import unicodedata

_NOT_A_LETTER = re.compile(r"[\W_]+")


def nfc(text: str) -> str:
    """Compose a text (NFC). Everything is stored and compared in this form."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_marks(text: str) -> str:
    """Remove the diacritics of Vietnamese. đ has no decomposition in Unicode, so it is mapped here."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def folded(text: str) -> str:
    """Return the form in which texts are searched. It has no diacritics (so hoá = hóa), no case, single spaces."""
    return " ".join(_NOT_A_LETTER.split(without_marks(text).casefold())).strip()


def squashed(text: str) -> str:
    """Return the form in which names are compared. It has only letters and digits, so `Sở Ngoại vụ` = `SoNgoaiVu`."""
    return folded(text).replace(" ", "")


_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_TONES = "\ufe0f\U0001f3fb-\U0001f3ff"
_JOINING = "\u0600-\u0dff"
MEANT = (
    f"(?<=[{_EMOJI}{_TONES}])\u200d(?=[{_EMOJI}])"
    f"|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    "|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
)
"""Pattern of invisible characters that people mean: joiners in emoji and in Arabic and Indic words, and flags made of tags."""
_UNSEEN = re.compile(f"(?P<meant>{MEANT})|[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]|(?P<bullet>[\uf020-\uf0ff])")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0e0": "→",
    "\uf0a8": "▫",
    "\uf06f": "□",
}
"""Bullets of Word's symbol fonts, which have private codes, as everyone's characters."""


def without_unseen(text: str) -> str:
    """Remove invisible characters that mean nothing, and replace the bullets of symbol fonts."""
    if text.isascii():
        return text
    return _UNSEEN.sub(lambda found: found["meant"] or _BULLETS.get(found[0]) or found["bullet"] or "", text)


def tidied(text: str) -> str:
    """Return pasted text as it is recorded: composed, with plain line ends, without invisible characters that mean nothing."""
    return nfc(without_unseen(_DIRECTIONS.sub("", _LINE_ENDS.sub("\n", text))))
