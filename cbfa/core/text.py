"""Words as people type them: with or without diacritics, in either Unicode form, in any case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from cbfa.errors import Invalid
from cbfa.messages import Message

T = TypeVar("T")
S = TypeVar("S", bound=str)

_LISTED = 16
"""How many names a sentence lists before it grows too long."""

_LONGEST_WORD = 100
"""A longer word is no slip of the pen, and comparing it would take long."""

_NOT_A_LETTER = re.compile(r"[\W_]+")


def nfc(text: str) -> str:
    """The composed form, in which everything is stored and compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_marks(text: str) -> str:
    """Vietnamese without its diacritics. đ has no decomposition in Unicode, so it is mapped by hand."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def folded(text: str) -> str:
    """The form in which texts are searched: no marks (so hoá = hóa), no case, single spaces."""
    return " ".join(_NOT_A_LETTER.split(without_marks(text).casefold())).strip()


def squashed(text: str) -> str:
    """The form in which names are compared: letters and digits only, so that `Sở Ngoại vụ` = `SoNgoaiVu`."""
    return folded(text).replace(" ", "")


def nearest(word: str, candidates: Iterable[T], spelled: Callable[[T], str] = str, most: int = 3) -> list[T]:
    """The candidates that look most like a misspelt word, best first; none if nothing comes near."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only when something is misspelt

    by_form: dict[str, T] = {}
    for candidate in candidates:
        if len(spelled(candidate)) <= _LONGEST_WORD:
            by_form.setdefault(squashed(spelled(candidate)), candidate)
    if len(word) > _LONGEST_WORD:
        return []
    return [by_form[form] for form in get_close_matches(squashed(word), by_form, n=most, cutoff=0.6)]


def suggest(
    word: str, candidates: Iterable[T], spelled: Callable[[T], str] = str, shown: Callable[[T], str] | None = None
) -> Message:
    """The fix for a word that names nothing: the nearest candidates, or the first of all of them where none is near.

    `spelled` is how a candidate is compared, `shown` how it is named.
    """
    known = list(candidates)
    name = shown or spelled
    if near := nearest(word, known, spelled):
        return Message("did you mean {names}?", names=", ".join(dict.fromkeys(name(one) for one in near)))
    names = list(dict.fromkeys(name(one) for one in known))
    return Message("choose one: {names}", names=", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else ""))


def chosen(word: str, choices: Iterable[S], spoken: Mapping[S, str], unknown: Message) -> S:
    """The choice that a word names, as it is written or as the reader's language speaks it. Raises Invalid, with the nearest."""
    both = [(choice, spoken.get(choice, choice)) for choice in choices]
    form = squashed(word)
    for choice, words in both:
        if form in (squashed(choice), squashed(words)):
            return choice
    spellings = {spelling: _named(choice, words) for choice, words in both for spelling in (choice, words)}
    raise Invalid(unknown, suggest(word, spellings, shown=lambda spelling: spellings[spelling]))


def _named(choice: str, words: str) -> str:
    """A choice as it is written, and behind it as it is spoken, where those are other words."""
    return choice if squashed(choice) in squashed(words) else f"{choice} ({words})"
