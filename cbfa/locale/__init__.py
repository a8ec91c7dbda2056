"""The words on screen, in Vietnamese and English.

Messages are gettext's: the one format that every translator's tool, Typer's own help and Python itself read, and that is loaded from a
compiled file without parsing. The English sentence is the key; `vi/LC_MESSAGES/cbfa.po` holds the Vietnamese. Typer asks gettext by way
of the environment, so the language is set there too, before a help page is built.

Knows nothing of the programme: only of languages.
"""

from __future__ import annotations

import gettext as gettext_module
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cbfa.messages import Message, Plural

DOMAIN = "cbfa"
LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parent

_QUOTED = {"clause", "field", "heading", "id", "key", "kind", "name", "spelling", "tag", "text", "value", "word"}
_LONGEST_WORD = 60
"""So much of a word that a user wrote is repeated in a sentence about it, where it stands in one of the fields `_QUOTED`."""

_language = "en"
_translation: gettext_module.NullTranslations = gettext_module.NullTranslations()


def chosen(wish: str | None, environment: Mapping[str, str]) -> str:
    """The language to speak: the wish, else `CBFA_LANG`, else Vietnamese where the locale says so, else English."""
    for word in (wish, environment.get("CBFA_LANG")):
        if word and word.lower()[:2] in LANGUAGES:
            return word.lower()[:2]
    spoken = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "vi" if (spoken or _windows_locale()).lower().startswith("vi") else "en"


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import locale  # noqa: PLC0415 - only Windows keeps its language outside the environment

    return locale.getlocale()[0] or ""


def use(language: str) -> None:
    """Speak `language` from now on, in this process."""
    global _language, _translation  # noqa: PLW0603 - one process speaks one language, as gettext itself has it
    _language = language
    _translation = gettext_module.translation(DOMAIN, FOLDER, [language], fallback=True)
    os.environ["LANGUAGE"] = language
    gettext_module.bindtextdomain(DOMAIN, str(FOLDER))
    gettext_module.textdomain(DOMAIN)


def language() -> str:
    """The language spoken now, `vi` or `en`."""
    return _language


def _(template: str, /, **fields: object) -> str:
    """The sentence in the language spoken now, its fields filled in."""
    text = _translation.gettext(template)
    return text.format(**fields) if fields else text


def ngettext(one: str, many: str, count: int, /, **fields: object) -> str:
    """The sentence for `count` things; `count` is one of its fields."""
    return _translation.ngettext(one, many, count).format(count=count, **fields)


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a template for translation and leaves it as it is: it is translated where it is printed."""
    return template


def day(value: date) -> str:
    """A date as the reader writes it: dd/mm/yyyy in Vietnamese, ISO in English."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if _language == "vi" else value.isoformat()


def text(message: Message) -> str:
    """The sentence of a `Message`, in the language spoken now."""
    if isinstance(message, Plural):
        template = _translation.ngettext(message.one, message.many, message.count)
    else:
        template = _translation.gettext(message.template)
    return template.format(**{name: _shown(name, value) for name, value in message.fields.items()})


def _shown(name: str, value: object) -> object:
    match value:
        case Message():
            return text(value)
        case date():
            return day(value)
        case str() if name in _QUOTED and len(value) > _LONGEST_WORD:
            return value[: _LONGEST_WORD - 1] + "…"
    return value
