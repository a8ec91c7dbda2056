"""The numbers of the drawings: the parts of a bar, and the places of days on a timeline, in per cent of the width."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.views.axis import Axis, month_number
from cbfa.views.looks import TIMELINE, state_look
from cbfa.views.page import Span, State, Text, Timeline, TimelineSign
from cbfa.views.pages.figures import Piece

PARTS, MAX_PARTS = (1, 3, 12), 40
"""Months between thin lines of a timeline, and the greatest number of these lines."""
MAX_MONTHS, MONTHS_OF_A_NAME = 15, 3
"""Months up to which every third one is named on a timeline, and not the years."""
EDGE = 0.07
"""Part of the width that a name needs, on a telephone too."""
SINGLE, STEP, MAX_LINES = 20, 11, 6
"""Height in pixels of a timeline of one occurrence, and of each of several, up to so many."""
KINDS = ("window", "open", "overdue", "original", "due", "aside", "sign")
"""The kinds of strokes, in the order in which they cover each other."""

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

    The kinds are window, open (without a deadline), overdue, original (the first deadline), due, aside (suspended or dropped), and sign.
    """

    kind: str
    x: float
    width: float
    y: float
    colour: str = ""
    sign: str = ""


def scale_labels(axis: Axis) -> list[tuple[str, float]]:
    """Return the years that are named, or the months of a short time, with the places of their first days."""
    if axis.months <= MAX_MONTHS:
        begins = [begin for begin, _ in axis.periods(MONTHS_OF_A_NAME)]
        return [(f"{begin:%m/%Y}", 100 * axis.place(begin)) for begin in begins if axis.place(begin) <= 1 - EDGE]
    return [(f"{begin.year}", 100 * axis.place(begin)) for begin in axis.named_years(axis.months * EDGE, 0)]


def axis_style(axis: Axis) -> str:
    """Return the measures for the style sheet, which draws the grid and the as-of line."""
    month = 100 / axis.months
    names = axis.named_years(axis.months * EDGE, 0)
    years = names[-1].year - names[-2].year if len(names) > 1 else 1
    part = next(size for size in PARTS if axis.months / size <= MAX_PARTS or size == PARTS[-1])
    measures = {
        "first-year": month * axis.months_before(names[-1]),
        "year": month * 12 * years,
        "first-part": -month * (month_number(axis.first) % part),
        "part": month * part,
    }
    day = f"{100 * axis.place(axis.as_of, end=True):.2f}%" if axis.shows(axis.as_of) else "-9rem"
    return f":root{{{''.join(f'--{name}:{value:.4f}%;' for name, value in measures.items())}--day:{day}}}\n"


class Drawn(NamedTuple):
    """A timeline: its height in pixels, and its parts in the order of drawing."""

    height: int
    strokes: Sequence[Stroke]


def lane_of(timeline: Timeline) -> Drawn:
    """Draw the occurrences of a milestone, one below the other; many are drawn on one line, signs last."""
    several = 1 < len(timeline.spans) <= MAX_LINES
    height = STEP * len(timeline.spans) if several else SINGLE
    strokes = [
        stroke
        for number, span in enumerate(timeline.spans)
        for stroke in _strokes(span, timeline.axis, STEP * (number + 0.5) if several else SINGLE / 2)
    ]
    return Drawn(height, strokes if several else sorted(strokes, key=lambda one: KINDS.index(one.kind)))


def _strokes(span: Span, axis: Axis, y: float) -> Iterator[Stroke]:
    """Yield the window, the stretch of lateness up to the as-of date, the due date, and the sign of what is done or aside."""
    (start, due, *_), done, state, original = span
    colour = class_of(state)
    first = 100 * axis.place(start) if start else 0.0
    last = 100 * axis.place(due, end=True) if due else 100.0
    yield from _between("window" if due else "open", first, last, y)
    if due and state.timing is Timing.OVERDUE:
        yield from _between("overdue", last, 100 * axis.place(axis.as_of, end=True), y)
    if original and 0 <= (place := 100 * axis.place(original, end=True)) <= 100:
        yield Stroke("original", place, 0, y, "", TIMELINE[TimelineSign.ORIGINAL].sign)
    if due and 0 <= last <= 100:
        yield Stroke("due", last, 0, y, colour)
    if done:
        yield Stroke("sign", _inside(100 * axis.place(done, end=True)), 0, y, colour)
    elif state.timing is None:
        yield Stroke("aside", _inside(last), 0, y, colour, state_look(state).sign)


def _between(kind: str, first: float, last: float, y: float) -> Iterator[Stroke]:
    """Yield the part of a stretch that lies on the timeline."""
    first, last = _inside(first), _inside(last)
    if last > first:
        yield Stroke(kind, first, last - first, y)


def _inside(place: float) -> float:
    return min(100.0, max(0.0, place))
