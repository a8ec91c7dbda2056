"""Every text of the page in all its languages: the HTML has one, and the script finds the others by their number."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cbfa.locale import Language
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.drawing import Scale, cell_drawing, line_drawing, text_of, value_drawing
from cbfa.views.looks import state_look
from cbfa.views.page import Cell, Counts, Legend, Levels, More, Sentence, State, Text, Value
from cbfa.views.pages.leaders import WEB

SCALE = Scale()
Write = Callable[[Language], str]
"""Writes something in a language."""


class Said(NamedTuple):
    """A text in the language of the page. `number` is None if it is the same in the others; `link` is an address that it consists of."""

    text: str
    number: int | None
    link: str | None = None


class Wording:
    """Writes values in all languages, harmless, and numbers the texts that differ."""

    def __init__(self, own: Language, languages: Sequence[Language]) -> None:
        self.languages = languages
        self._place = [one.code for one in languages].index(own.code)
        self._numbers: dict[tuple[str, ...], int] = {}

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The texts by their number, each in the order of the languages."""
        return list(self._numbers)

    def number_of(self, text: Text) -> int:
        """Return the number of a text, also if it is the same in all languages."""
        return self._number(self._all(lambda language: language.text(text)))

    def harmless(self, text: str) -> str:
        """Write a text that is the same in all languages."""
        return clean(text)

    def value(self, value: Value | Axis) -> Said:
        """Write a value, or the months of an axis."""
        if isinstance(value, Axis):
            return Said(f"{value.first:%m/%Y}–{value.last:%m/%Y}", None)
        return self._said(lambda language: text_of(value_drawing(value, language, SCALE)))

    def cell(self, cell: Cell) -> Said:
        """Write the value of a cell with its marks; of a state the words alone."""
        if isinstance(cell.value, State):
            words = state_look(cell.value).words
            return self._said(lambda language: language.text(words))
        return self._said(lambda language: text_of(cell_drawing(cell, language, SCALE)))

    def sign(self, cell: Cell) -> str:
        """Return the sign of a state."""
        return state_look(cell.value).sign if isinstance(cell.value, State) else ""

    def line(self, line: Sentence | Counts | More | Legend | Levels) -> Said:
        """Write a line of a page, without what is for readers at a shell."""
        shown = line._replace(hint=None) if isinstance(line, Sentence) else line
        return self._said(lambda language: text_of(line_drawing(shown, language)))

    def _said(self, write: Write) -> Said:
        texts = self._all(write)
        own = texts[self._place]
        link = own if WEB.fullmatch(own) else None
        return Said(own, None if texts.count(own) == len(texts) else self._number(texts), link)

    def _all(self, write: Write) -> tuple[str, ...]:
        return tuple([clean(write(language)) for language in self.languages])

    def _number(self, texts: tuple[str, ...]) -> int:
        return self._numbers.setdefault(texts, len(self._numbers))
