"""The small tags of the page, which a large programme has a hundred thousand times: plain functions write them faster than macros."""

from datetime import date
from typing import TYPE_CHECKING

from cbfa.exchange.dashboard.drawing import class_of
from cbfa.exchange.dashboard.wording import Said, Wording
from cbfa.views.axis import Axis
from cbfa.views.page import Cell, State, Text, Tone, Value

if TYPE_CHECKING:
    from markupsafe import Markup


class Tags:
    """Writes texts and cells as HTML, each text with the number by which the script finds it in the other language."""

    def __init__(self, wording: Wording) -> None:
        from markupsafe import Markup, escape  # noqa: PLC0415 - comes with Jinja2

        self._wording = wording
        self._markup = Markup
        self._escape = escape

    def number(self, one: Said) -> "Markup":
        """Write the attribute with the number of a text, if it has one."""
        return self._markup("" if one.number is None else f' data-t="{one.number}"')

    def said(self, one: Said, kind: str = "") -> "Markup":
        """Write a text: as a link, in a span of a class, or in a span with its number."""
        text = self._escape(one.text)
        if one.link:
            return self._markup(f'<a href="{self._escape(one.link)}" rel="noopener noreferrer">{text}</a>')
        if kind:
            return self._markup(f'<span class="{kind}"{self.number(one)}>{text}</span>')
        return text if one.number is None else self._markup(f"<span{self.number(one)}>{text}</span>")

    def say(self, value: Value | Axis, kind: str = "") -> "Markup":
        """Write a value."""
        return self.said(self._wording.value(value), kind)

    def attribute(self, name: str, value: Text) -> "Markup":
        """Write an attribute of a tag, with the number of its text."""
        one = self._wording.value(value)
        number = "" if one.number is None else f' data-t-{name}="{one.number}"'
        return self._markup(f' {name}="{self._escape(one.text)}"{number}')

    def below(self, value: Value) -> "Markup":
        """Write a value below another."""
        one = self._wording.value(value)
        if one.link:
            return self._markup(f'<span class="below">{self.said(one)}</span>')
        return self.said(one, "below")

    def cell(self, one: Cell) -> "Markup":
        """Write a cell: its value, its caveat, and what is below."""
        return self._cell(one, self._wording.cell(one))

    def _cell(self, one: Cell, text: Said) -> "Markup":
        if colour := class_of(one.value):
            sign = self._escape(self._wording.sign(one))
            first = f'<span class="state"><i class="{colour}" aria-hidden="true">{sign}</i> {self.said(text, f"is-{colour}")}</span>'
        elif isinstance(one.value, date):
            first = self.said(text, "day")
        elif one.tone is Tone.BAD:
            first = f'<strong class="is-overdue">{self.said(text)}</strong>'
        else:
            first = self.said(text)
        caveat = self.below(one.caveat) if one.caveat else ""
        return self._markup(f"{first}{caveat}{''.join(map(self.below, one.below))}")

    def box(self, tag: str, one: Cell) -> "Markup":
        """Write a cell of a table. Its end needs no tag."""
        text = self._wording.cell(one)
        is_plain = not one.below and not one.caveat and not isinstance(one.value, date | State)
        if text.number is not None and is_plain:
            return self._markup(f"<{tag}{self.number(text)}>{self._escape(text.text)}")
        return self._markup(f"<{tag}>{self._cell(one, text)}")
