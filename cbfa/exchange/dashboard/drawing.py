"""The numbers of the drawings: the parts of a bar, and the places of days on a timeline, in per cent of the width."""

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.views.looks import state_look
from cbfa.views.page import Span, State, Text, Timeline, Years
from cbfa.views.pages.figures import Piece

MAX_QUARTERS = 10
"""Years up to which a timeline has lines for quarters."""
MAX_LABELS = 12
"""Years that are named on a timeline; of more, every second, third … one is."""
EDGE = 95
"""Per cent of the width after which no year is named."""
SINGLE, STEP = 20, 11
"""Height in pixels of a timeline of one occurrence, and of each of several."""

CLASSES = {
    OfficialClass.DONE_ON_TIME: "done",
    OfficialClass.DONE_LATE: "late",
    OfficialClass.WITHIN_DEADLINE: "within",
    OfficialClass.OVERDUE: "overdue",
    OfficialClass.NO_DEADLINE: "aside",
    OfficialClass.SUSPENDED: "aside",
    OfficialClass.DROPPED: "aside",
}
"""The colour of each official class, as the style sheet calls it."""
_TIMINGS = {
    Timing.OVERDUE: "overdue",
    Timing.UNFINISHED_AT_END: "aside",
    Timing.DUE_SOON: "soon",
    Timing.LATE: "late",
    Timing.ON_TIME: "done",
    Timing.WITHIN_DEADLINE: "within",
    Timing.NOT_YET_OPEN: "within",
}


def class_of(value: object) -> str:
    """Return the colour of a class or of a state; nothing for other values."""
    match value:
        case OfficialClass():
            return CLASSES[value]
        case State(progress, timing, due_today):
            if due_today:
                return "soon"
            if progress is Progress.DONE and timing is not Timing.LATE:
                return "done"
            return _TIMINGS.get(timing, "aside") if timing else "aside"
    return ""


class Segment(NamedTuple):
    """A part of a bar: its colour, its place and length in per cent, its count and its words."""

    colour: str
    x: float
    width: float
    number: int
    words: Text

    @property
    def middle(self) -> float:
        """The place of its count."""
        return self.x + self.width / 2

    @property
    def shows_number(self) -> bool:
        """True if its count fits into it on a telephone."""
        return self.width >= 3.2 * len(str(self.number))

    @property
    def shows_words(self) -> bool:
        """True if its words fit into it, too, on a wide screen."""
        return self.width >= 18


def segments(pieces: Sequence[Piece], whole: int) -> list[Segment]:
    """Return the pieces that have any, side by side; `whole` is the count that fills the width."""
    found: list[Segment] = []
    x = 0.0
    for colour, words, number in pieces:
        if number:
            width = 100 * number / whole
            found.append(Segment(CLASSES[colour], x, width, number, words))
            x += width
    return found


class Stroke(NamedTuple):
    """A drawn part of a timeline, from one place to another in per cent, at a height in pixels.

    The kinds are window, open (without a deadline), overdue, due, and sign.
    """

    kind: str
    x: float
    width: float
    y: float
    colour: str = ""
    sign: str = ""


class Axis:
    """The years of a timeline, each of the same width, and the as-of date."""

    def __init__(self, years: Years, as_of: date) -> None:
        self.years = years
        self.count = years.last - years.first + 1
        self.as_of = self.place(as_of, end=True)
        self.shows_as_of = 0 <= self.as_of <= 100

    @property
    def step(self) -> int:
        """Years from one label to the next."""
        return -(-self.count // MAX_LABELS)

    @property
    def labels(self) -> list[tuple[int, float]]:
        """The years that are named, with the places of their first days; not at the edge, where a label has no room."""
        years = range(self.years.first, self.years.last + 1, self.step)
        places = [(year, 100 * (year - self.years.first) / self.count) for year in years]
        return [(year, place) for year, place in places if place < EDGE]

    @property
    def style(self) -> str:
        """The measures for the style sheet, which draws the grid and the as-of line."""
        quarters = 4 if self.count <= MAX_QUARTERS else 1
        line = f"{self.as_of:.2f}%" if self.shows_as_of else "-9rem"
        year = 100 * self.step / self.count
        return f":root{{--year:{year:.4f}%;--quarter:{year / quarters:.4f}%;--day:{line}}}\n"

    def place(self, day: date, *, end: bool = False) -> float:
        """Return the place of the beginning of a day, or of its end, in per cent of the width."""
        length = 366 if calendar.isleap(day.year) else 365
        within = (day.timetuple().tm_yday - 1 + end) / length
        return 100 * (day.year - self.years.first + within) / self.count


class Drawn(NamedTuple):
    """A timeline: its height in pixels, and its parts in the order of drawing."""

    height: int
    strokes: Sequence[Stroke]


def lane_of(timeline: Timeline, axis: Axis) -> Drawn:
    """Draw the occurrences of a milestone, one below the other."""
    several = len(timeline.spans) > 1
    height = STEP * len(timeline.spans) if several else SINGLE
    strokes = [
        stroke
        for number, span in enumerate(timeline.spans)
        for stroke in _strokes(span, axis, STEP * (number + 0.5) if several else SINGLE / 2)
    ]
    return Drawn(height, strokes)


def _strokes(span: Span, axis: Axis, y: float) -> Iterator[Stroke]:
    """Yield the window, the stretch of lateness up to the as-of date, the due date, and the sign of what is done or aside."""
    (start, due, *_), done, state = span
    colour = class_of(state)
    first = axis.place(start) if start else 0.0
    last = axis.place(due, end=True) if due else 100.0
    yield from _between("window" if due else "open", first, last, y)
    if due and state.timing is Timing.OVERDUE:
        yield from _between("overdue", last, axis.as_of, y)
    if due and 0 <= last <= 100:
        yield Stroke("due", last, 0, y, colour)
    if done:
        yield Stroke("sign", _inside(axis.place(done, end=True)), 0, y, colour)
    elif state.timing is None:
        yield Stroke("aside", _inside(last), 0, y, colour, state_look(state).sign)


def _between(kind: str, first: float, last: float, y: float) -> Iterator[Stroke]:
    """Yield the part of a stretch that lies on the timeline."""
    first, last = _inside(first), _inside(last)
    if last > first:
        yield Stroke(kind, first, last - first, y)


def _inside(place: float) -> float:
    return min(100.0, max(0.0, place))
