"""The values of a level as a line, with the value at the start and the target.

The drawing has a size of its own, in pixels; the page makes it narrower where there is no room.
"""

from decimal import Decimal
from typing import NamedTuple

from cbfa.exchange.shapes import BOLD, width_of
from cbfa.locale import get_language
from cbfa.messages import Message
from cbfa.views.axis import Axis
from cbfa.views.drawing import goal_text
from cbfa.views.page import Levels, Text

WIDTH, HEIGHT = 420, 150
TOP, BOTTOM, LEFT, RIGHT = 26, 112, 8, 412
"""The edges of the part in which values are drawn, in pixels."""
SIZE = 12
"""Size of letters."""


class Label(NamedTuple):
    """A text that begins, ends or has its middle at a place: `start`, `end`, `middle`."""

    x: float
    y: float
    text: Text | Decimal
    anchor: str


class Curve(NamedTuple):
    """The points, oldest first, the heights of both lines, the place of the due date, and all texts."""

    points: list[tuple[float, float]]
    baseline: float | None
    goal: float
    due: float | None
    labels: list[Label]


def curve_of(levels: Levels) -> Curve:
    """Draw the values of a level; there must be one. The greatest is at the top.

    Each line is named where values seldom are: the target on the left, the value at the start on the right.
    """
    readings, (start, due, *_) = levels.readings, levels.window
    days = [one.day for one in readings] + [day for day in (start, due) if day]
    axis = Axis(min(days), max(days), max(days))
    figures = [levels.figure, *(one.value for one in readings)]
    figures += [levels.baseline] if levels.baseline is not None else []
    least, most = min(figures), max(figures)

    def height(figure: Decimal) -> float:
        part = (figure - least) / (most - least) if most > least else Decimal("0.5")
        return BOTTOM - (BOTTOM - TOP) * float(part)

    points = [(LEFT + (RIGHT - LEFT) * axis.place(one.day, end=True), height(one.value)) for one in readings]
    baseline = None if levels.baseline is None else height(levels.baseline)
    goal = height(levels.figure)
    labels = [_beside(goal, LEFT, goal_text(levels), "start", above=goal <= (TOP + BOTTOM) / 2)]
    if levels.baseline is not None and baseline is not None:
        text = Message("at the start: {value}", value=levels.baseline)
        labels.append(_beside(baseline, RIGHT, text, "end", above=baseline <= goal))
    labels += _values(points, [one.value for one in readings])
    labels.append(Label(LEFT, HEIGHT - 6, Message("{day}", day=axis.first), "start"))
    labels.append(Label(RIGHT, HEIGHT - 6, Message("{day}", day=axis.last), "end"))
    return Curve(
        points, baseline, goal, None if due is None else LEFT + (RIGHT - LEFT) * axis.place(due, end=True), labels
    )


def _beside(y: float, x: float, text: Text, anchor: str, *, above: bool) -> Label:
    """Name a line above or below it."""
    return Label(x, y - 6 if above else y + SIZE + 4, text, anchor)


def _values(points: list[tuple[float, float]], values: list[Decimal]) -> list[Label]:
    """Write the last value above its point, and others that have room."""
    labels: list[Label] = []
    edge = float("inf")
    for (x, y), value in zip(reversed(points), reversed(values), strict=True):
        half = width_of(get_language("en").number(value), SIZE * BOLD) / 2
        middle = min(max(x, LEFT + half), RIGHT - half)
        if middle + half <= edge:
            labels.append(Label(middle, y - 9, value, "middle"))
            edge = middle - half
    return labels
