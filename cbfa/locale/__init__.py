"""Languages: how a message, a date and a number are written for a Vietnamese or an English reader.

Messages are gettext's: the one format that every translator's tool, Typer's own help and Python itself read. The English sentence is the
key; `vi/LC_MESSAGES/cbfa.po` holds the Vietnamese. A `Language` is a value, so one process can write two. Help and errors are written in
the language of the process, which `use` sets.

Knows messages and languages, and nothing of the programme.
"""

import gettext
import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Protocol

from cbfa.messages import Message, Plural

DOMAIN = "cbfa"
LANGUAGES = ("vi", "en")
"""The languages of the program's own words. A programme may have texts in others."""
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*(\..*)?", re.IGNORECASE)
FOLDER = Path(__file__).parent

_QUOTED = {"clause", "field", "heading", "id", "key", "kind", "name", "spelling", "tag", "text", "value", "word"}
"""Fields in which a sentence repeats a word that a user wrote."""
_SWAPPED = str.maketrans(",.", ".,")
_MAX_WORD = 60
"""Characters of such a word that are repeated."""


class Multilingual(Protocol):
    """A text that has its own form in each language, such as the words of the data."""

    def in_(self, code: str, /) -> str:
        """Return the text in the language with this code."""


class Language:
    """A language that a reader speaks."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = gettext.translation(DOMAIN, FOLDER, [code], fallback=True)

    def text(self, text: Message | Multilingual | str) -> str:
        """Write a text in this language; a plain string is the same in every language."""
        match text:
            case str():
                return text
            case Plural():
                template = self._catalogue.ngettext(text.one, text.many, text.count)
                fields = {**text.fields, "count": self.number(text.count)}
            case Message():
                template, fields = self._catalogue.gettext(text.template), text.fields
            case _:
                return text.in_(self.code)
        return template.format(**{name: self._field(name, value) for name, value in fields.items()})

    def day(self, day: date) -> str:
        """Write a date: dd/mm/yyyy in Vietnamese, ISO in English."""
        return f"{day.day:02}/{day.month:02}/{day.year:04}" if self.code == "vi" else day.isoformat()

    def number(self, value: int | Decimal) -> str:
        """Write a number with its thousands apart: 21.914 and 17,6 in Vietnamese, 21,914 and 17.6 in English."""
        return f"{value:,}".translate(_SWAPPED) if self.code == "vi" else f"{value:,}"

    def percent(self, part: int, whole: int) -> str:
        """Write a share as a percentage without decimals; a dash for a share of nothing."""
        return f"{100 * part / whole:.0f}%" if whole else "–"

    def _field(self, name: str, value: object) -> object:
        match value:
            case str() if name in _QUOTED and len(value) > _MAX_WORD:
                return value[: _MAX_WORD - 1] + "…"
            case date():
                return self.day(value)
            case Decimal():
                return self.number(value)
            case Message():
                return self.text(value)
        in_ = getattr(value, "in_", None)
        return in_(self.code) if in_ else value


@cache
def get_language(code: str) -> Language:
    """Return a language; its catalogue is read once. One without a catalogue has the words of the program in English."""
    return Language(code)


_current = get_language("en")


def choose(wish: str | None, environment: Mapping[str, str]) -> str:
    """Choose a language: the wish, else `CBFA_LANG`, else Vietnamese where the locale says so, else English.

    A wish for another language is left to whoever knows that it is one, and no text.
    """
    if wish and (code := code_of(wish)) in LANGUAGES:
        return str(code)
    if code := code_of(environment.get("CBFA_LANG") or ""):
        return code
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "vi" if (spoken or _windows_locale()).lower().startswith("vi") else "en"


def code_of(word: str) -> str | None:
    """Return the language that `vi`, `VI`, `vi_VN.UTF-8` or `fr` means; None for what is no language."""
    if not _TAG.fullmatch(word.strip()):
        return None
    return re.split(r"[-_.]", word.strip().lower())[0]


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import locale  # noqa: PLC0415 - only Windows keeps its language outside the environment

    return locale.getlocale()[0] or ""


def use(code: str) -> None:
    """Set the language of this process, for its help and its errors. Typer asks gettext, so gettext is set too."""
    global _current  # noqa: PLW0603 - a process has one language for help and errors, as gettext has
    _current = get_language(code)
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def current() -> Language:
    """Return the language of this process."""
    return _current


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a template for translation and leave it as it is."""
    return template


def _(template: str, /, **fields: object) -> str:
    """Write a message in the language of this process."""
    return _current.text(Message(template, **fields))


def text(message: Message) -> str:
    """Write a message in the language of this process."""
    return _current.text(message)
