"""The shapes of a timeline in SVG: texts that fit, and the bars and signs of an occurrence.

Lengths are pixels. Colour carries the class of an occurrence and nothing else, and each class has a form of its own besides.
"""

import unicodedata
from collections.abc import Sequence
from enum import Enum
from html import escape
from typing import NamedTuple

from cbfa.core.state import Progress, Timing
from cbfa.messages import Message
from cbfa.views.looks import PROGRESS, TIMELINE, TIMING
from cbfa.views.page import Span, State, TimelineSign

INK, QUIET, RULE, FAINT, PAPER = "#1a1d21", "#59616b", "#e4e2dd", "#f1efeb", "#ffffff"
BAR = 6
"""Height of a planned period."""
STRETCH = 10
"""Height of the time by which something is overdue."""
SIGN = 4.5
"""Half the width of a sign."""

_NARROW = frozenset(" !'(),./:;I[]fijlrt|ìíỉĩị-·")
_WIDE = frozenset("@MWmw%—…\ufffd=<>+~#&_")
BOLD = 1.15
"""Width of bold letters, of that of plain ones."""


class Colour(Enum):
    """The classes of occurrences with their colours, which have a contrast of 3:1 or more to white but for what is done late."""

    DONE = "#00755a"
    LATE = "#6aa892"
    WITHIN = "#2f6db0"
    SOON = "#b87a00"
    OVERDUE = "#b43c00"
    ASIDE = "#767c85"


def element(tag: str, content: str = "", **attributes: object) -> str:
    """Write an element. An underscore in the name of an attribute is a hyphen; numbers have at most one decimal."""
    written = "".join(f' {name.replace("_", "-")}="{escape(number(value))}"' for name, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def number(value: object) -> str:
    """Write a value; a length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Write a line of clean text."""
    return element("text", escape(words), x=float(x), y=float(y), **attributes)


# Texts that fit


def width_of(words: str, size: float) -> float:
    """Estimate the width of a text; wide enough for the widest usual fonts, such as DejaVu Sans."""
    return size * sum(map(_em, words))


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.74 if letter.isupper() else 0.63


def wrapped(words: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Break a text at its spaces into at most so many lines. What is left over is cut off, with an ellipsis."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        line, rest = " ".join(rest[:taken]), rest[taken:]
        if width_of(line, size) > width or (rest and len(found) == lines - 1):
            line = cut(f"{line} {' '.join(rest)}".rstrip() if rest else line, width, size)
        found.append(line)
    return found or [""]


def cut(words: str, width: float, size: float) -> str:
    """Return a text that fits, with an ellipsis for what is cut off."""
    if width_of(words, size) <= width:
        return words
    room, length = width - width_of("…", size), 0
    while length < len(words) and (room := room - size * _em(words[length])) >= 0:
        length += 1
    return words[:length].rstrip() + "…"


# Occurrences


class Form(NamedTuple):
    """The look of an occurrence: its colour, the words of a legend, and its sign, if it has one."""

    colour: Colour
    words: Message
    sign: str = ""


DONE = Form(Colour.DONE, PROGRESS[Progress.DONE], "o")
DONE_LATE = Form(Colour.LATE, TIMING[Timing.LATE], "o")
WITHIN_DEADLINE = Form(Colour.WITHIN, TIMING[Timing.WITHIN_DEADLINE])
DUE_SOON = Form(Colour.SOON, TIMING[Timing.DUE_SOON], "^")
OVERDUE = Form(Colour.OVERDUE, TIMING[Timing.OVERDUE])
NO_DEADLINE = Form(Colour.ASIDE, TIMELINE[TimelineSign.NO_DEADLINE].words)
UNFINISHED = Form(Colour.SOON, TIMING[Timing.UNFINISHED_AT_END], "?")
SUSPENDED = Form(Colour.ASIDE, PROGRESS[Progress.SUSPENDED], "=")
DROPPED = Form(Colour.ASIDE, PROGRESS[Progress.DROPPED], "x")
FORMS = (DONE, DONE_LATE, WITHIN_DEADLINE, DUE_SOON, OVERDUE, NO_DEADLINE, UNFINISHED, SUSPENDED, DROPPED)
"""Every form, in the order of a legend."""
_BY_TIMING = {
    Timing.ON_TIME: DONE,
    Timing.LATE: DONE_LATE,
    Timing.WITHIN_DEADLINE: WITHIN_DEADLINE,
    Timing.NOT_YET_OPEN: WITHIN_DEADLINE,
    Timing.DUE_SOON: DUE_SOON,
    Timing.OVERDUE: OVERDUE,
    Timing.NO_DEADLINE: NO_DEADLINE,
    Timing.UNFINISHED_AT_END: UNFINISHED,
}


def form_of(state: State) -> Form:
    """Return the look of a state."""
    if state.timing is None:
        return DROPPED if state.progress is Progress.DROPPED else SUSPENDED
    if state.progress is Progress.DONE and state.timing is not Timing.LATE:
        return DONE
    return _BY_TIMING[state.timing]


class Places(NamedTuple):
    """The places of an occurrence on the axis: those of its window, of its completion, and of the as-of date."""

    start: float
    due: float
    done: float | None
    as_of: float
    has_due: bool
    original: float | None = None

    @property
    def first(self) -> float:
        """The left end of what is drawn."""
        return self.start if self.original is None else min(self.start, self.original)

    def end(self, state: State) -> float:
        """Return the right end of what is drawn, signs apart."""
        late = self.as_of if state.timing is Timing.OVERDUE else self.due
        return max(self.due, late, self.done or 0, self.original or 0)


def occurrence(span: Span, places: Places, y: float) -> str:
    """Draw an occurrence: its planned period, hollow until it is begun, its due date, its lateness, and its sign."""
    form, begun = form_of(span.state), span.state.progress in (Progress.IN_PROGRESS, Progress.DONE)
    colour, start, due = form.colour.value, places.start, places.due
    parts = [(period if places.has_due else dashes)(start, due, y, colour, begun=begun)]
    if form is OVERDUE:
        parts.append(stretch(due, places.as_of, y, colour))
    if form is DONE_LATE and places.done is not None:
        parts.append(period(due, places.done, y, colour, begun=True))
    if places.has_due:
        parts.append(tick(due, y))
    if places.original is not None:
        parts.append(diamond(places.original, y))
    if form.sign:
        parts.append(sign(form.sign, due - SIGN - 3 if places.done is None else places.done, y, colour))
    return "".join(parts)


def period(start: float, end: float, y: float, colour: str, *, begun: bool) -> str:
    """Draw a planned period."""
    fill = colour if begun else PAPER
    x, y, width = start + 0.5, y - BAR / 2 + 0.5, max(end - start - 1, 2.0)
    return element("rect", x=x, y=y, width=width, height=BAR - 1, rx=1.5, fill=fill, stroke=colour)


def dashes(start: float, end: float, y: float, colour: str, *, begun: bool) -> str:
    """Draw a time without a deadline."""
    width = 3 if begun else 1.5
    return element("line", x1=start, y1=y, x2=end, y2=y, stroke=colour, stroke_width=width, stroke_dasharray="3 3")


def stretch(start: float, end: float, y: float, colour: str) -> str:
    """Draw the time by which something is overdue: its length is the lateness."""
    return element("rect", x=start, y=y - STRETCH / 2, width=max(end - start, 2.0), height=STRETCH, fill=colour)


def as_of_line(x: float, top: float, bottom: float) -> str:
    """Draw the as-of date: a line with a point at its top."""
    line = element("line", x1=x, y1=top, x2=x, y2=bottom, stroke=INK, stroke_width=1.5)
    return line + _polygon([(x - SIGN, top), (x + SIGN, top), (x, top + 2 * SIGN)], INK)


def tick(x: float, y: float) -> str:
    """Draw a due date."""
    return element("rect", x=x - 1, y=y - 6.5, width=2, height=13, fill=INK)


def diamond(x: float, y: float) -> str:
    """Draw an original deadline: a hollow sign."""
    size = SIGN
    return _polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], PAPER, QUIET)


def sign(name: str, x: float, y: float, colour: str) -> str:
    """Draw a sign, with white around it where it lies on a bar."""
    size = SIGN
    if name == "o":
        return element("circle", cx=x, cy=y, r=size, fill=colour, stroke=PAPER)
    if name == "^":
        return _polygon([(x - size, y + size), (x, y - size), (x + size, y + size)], colour)
    if name == "?":
        return _polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], PAPER, colour)
    halo = element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, fill=PAPER)
    if name == "=":
        strokes = (
            f"M{_at(x - 2, y - size + 1)}V{number(y + size - 1)}M{_at(x + 2, y - size + 1)}V{number(y + size - 1)}"
        )
    else:
        ends = size - 1
        strokes = (
            f"M{_at(x - ends, y - ends)}L{_at(x + ends, y + ends)}M{_at(x - ends, y + ends)}L{_at(x + ends, y - ends)}"
        )
    return halo + element("path", d=strokes, fill="none", stroke=colour, stroke_width=2)


def _polygon(points: Sequence[tuple[float, float]], fill: str, stroke: str = PAPER) -> str:
    return element("polygon", points=" ".join(_at(*point) for point in points), fill=fill, stroke=stroke)


def _at(x: float, y: float) -> str:
    return f"{number(float(x))} {number(float(y))}"
