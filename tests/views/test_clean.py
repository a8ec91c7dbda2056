"""Text made harmless: what could act on a terminal or a reader is replaced, and Vietnamese is not touched."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.text import MEANT, without_unseen
from cbfa.views.clean import REPLACEMENT, clean, clean_excerpt, escaped
from tests.strategies import texts, vietnamese

HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode's categories of what is no letter, mark, number, sign or blank."""


@given(vietnamese)
def test_vietnamese_is_untouched(text: str):
    """Whatever an officer types stays as it is, whichever form the keyboard gave it."""
    assert clean(text) == text
    assert clean(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)


@given(texts | st.text())
def test_nothing_harmful_is_left(text: str):
    """One line with nothing in it that could act; an excerpt is as long as the composed text."""
    made, excerpt = clean(text), clean_excerpt(text)

    assert not {unicodedata.category(one) for one in re.sub(MEANT, "", f"{made} {excerpt}")} & HARMFUL
    assert len(excerpt) == len(unicodedata.normalize("NFC", text))
    assert clean(made) == made
    assert made == clean_excerpt(without_unseen(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\rc\td", "a b c d"),
        ("a\x1b[31mb", f"a{REPLACEMENT}[31mb"),
        ("a\x9bb\x7f", f"a{REPLACEMENT}b{REPLACEMENT}"),
        ("a\u202eb", f"a{REPLACEMENT}b"),
        ("a\u2028b\u2029c", f"a{REPLACEMENT}b{REPLACEMENT}c"),
        ("\ud800", REPLACEMENT),
        ("\ue000\u0378", REPLACEMENT * 2),
        ("soft\xadhyphen", "softhyphen"),
        ("a\u200bb\u2060c\ufeffd\u200ce\u200df", "abcdef"),
        ("\uf0b7 một \uf0a7 hai", "• một ▪ hai"),
        ("\uf04a", REPLACEMENT),
        ("👩‍👩‍👧 🏳️‍🌈 👩🏽‍🌾 ❤️‍🔥", "👩‍👩‍👧 🏳️‍🌈 👩🏽‍🌾 ❤️‍🔥"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("a\U000e0041b", f"a{REPLACEMENT}b"),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
        ("~ \xa0¬®ÿ漢字 – “x” 💩", "~ \xa0¬®ÿ漢字 – “x” 💩"),
    ],
)
def test_each_kind_of_character(text: str, shown: str):
    """Blanks for line ends and tabs, a replacement for what could act, and everything else as it is."""
    assert clean(text) == shown
    assert REPLACEMENT == "�"


def test_an_escape_stands_for_what_is_harmful_and_nothing_else():
    """Line ends stay, since whoever escapes wants lines; a tab is given to the escape too."""
    assert escaped("a\nb\x1bc\td ế", lambda one: f"<{ord(one):x}>") == "a\nb<1b>c<9>d ế"
    assert escaped("\r\u202e", lambda one: f"<{ord(one):x}>") == "<d><202e>"


def test_an_excerpt_shows_what_cannot_be_seen():
    """A caret points at it, so it takes its place."""
    assert clean_excerpt("stone\u200bbridge\ta") == f"stone{REPLACEMENT}bridge a"
    assert clean_excerpt("👩‍🌾") == "👩‍🌾"
