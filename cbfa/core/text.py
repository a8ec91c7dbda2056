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
