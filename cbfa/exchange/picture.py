"""The timeline as a picture, for slides and web pages: SVG, and the same as pixels.

Rows are milestones under their workstreams, columns are years, and quarters or months. The same page gives the same picture.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import NamedTuple

from cbfa.core.state import OPEN, Progress
from cbfa.errors import Invalid
from cbfa.exchange import shapes
from cbfa.exchange.order import Order
from cbfa.exchange.shapes import BOLD, FAINT, INK, PAPER, QUIET, RULE, Places, element, text, width_of
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.drawing import GAP, Scale, cell_drawing, line_drawing, text_of, value_drawing
from cbfa.views.looks import MARK, PROGRESS, TIMELINE, state_look
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    Legend,
    Mark,
    Sentence,
    Span,
    Table,
    Timeline,
    TimelineRow,
    TimelineSign,
    timeline_rows,
)

FONTS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
"""Fonts with all Vietnamese letters; each system has one of them. Liberation Sans lacks letters such as ữ."""
WIDTH, MARGIN, LABELS, RIGHT = 1280, 24, 400, 1250
"""Width of the picture, its left margin, and the left and right end of the axis, in pixels."""
LATER = 60
"""Width of the strip for what is after the axis."""
SIZE, LINE, LANE, ROOM = 13, 17, 14, 8
"""Size of letters, and heights of a line of text, of an occurrence, and of the room around a row."""
MIN_MONTH, MIN_QUARTER, MIN_YEAR = 44, 34, 48
"""Least widths of a month, a quarter and a year that have a name."""
MAX_LANES = 6
"""Maximum number of lanes of a row; what needs more is drawn on one."""
MAX_PIXELS = 16_000
"""Maximum height of pixels: most viewers fail somewhere above."""


def svg_bytes(order: Order) -> bytes:
    """Return the timelines of the page as SVG."""
    return _svg(order)[0].encode()


def png_bytes(order: Order) -> bytes:
    """Return the same picture as pixels, two for each if that is not too high. Raises Invalid if it is, or without a font."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - heavy

    picture, height = _svg(order)
    if height > MAX_PIXELS:
        fix = Message("choose a part of the programme, such as --workstream, or write an .svg")
        raise Invalid(Message("the picture is too high for a .png"), fix)
    if svg_to_bytes(svg_string=_letter("ữ")) == svg_to_bytes(svg_string=_letter("\u0378")):
        fix = Message("install one, such as Noto Sans; or write an .svg")
        raise Invalid(Message("no font with Vietnamese letters is installed"), fix)
    return bytes(svg_to_bytes(svg_string=picture, zoom=2 if 2 * height <= MAX_PIXELS else 1))


def _letter(letter: str) -> str:
    """Return a picture of one letter. One that a font lacks looks like U+0378, which no font has."""
    return _document([text(letter, 4, 24, font_size=24)], 32, 32)


def _svg(order: Order) -> tuple[str, int]:
    """Return the picture and its height."""
    language, blocks = order.language, order.page.blocks
    table = next((one for one in blocks if isinstance(one, Table) and any(map(_is_axis, one.columns))), None)
    rows = list(timeline_rows(table)) if table else []
    opening = [block for block in (blocks[: blocks.index(table)] if table else blocks) if not isinstance(block, Legend)]
    lines = [clean(_opening(block, language)) for block in opening if isinstance(block, Heading | Sentence)]
    title, *about = lines or [""]
    parts = [element("title", escape(title), id="title"), element("desc", escape(GAP.join(about)), id="about")]
    parts.append(element("rect", width="100%", height="100%", fill=PAPER))
    y = 44.0
    for line in shapes.wrapped(title, WIDTH - 2 * MARGIN, 22 * BOLD):
        parts.append(text(line, MARGIN, y, font_size=22, font_weight="bold"))
        y += 24
    for line in about:
        for piece in shapes.wrapped(line, WIDTH - 2 * MARGIN, 14):
            parts.append(text(piece, MARGIN, y, font_size=14, fill=QUIET))
            y += 20
    marks = [sign for block in blocks if isinstance(block, Legend) for sign in block.signs if isinstance(sign, Mark)]
    if timelines := [row.timeline for row in rows if isinstance(row, TimelineRow)]:
        legend, y = _legend(timelines, marks, language, y + 8)
        chart, y = _drawn(rows, _Chart(timelines[0].axis), language, y + 12)
        parts += [*legend, *chart]
    after, y = _listed(blocks[blocks.index(table) + 1 :] if table else blocks, language, y)
    parts += after
    height = round(y + MARGIN)
    return _document(parts, WIDTH, height, language.code), height


def _listed(blocks: Sequence[Block], language: Language, y: float) -> tuple[list[str], float]:
    """List the rows of the tables below the chart, each under its heading; return where they end."""
    parts: list[str] = []
    for heading, table in pairwise(blocks):
        if not (isinstance(heading, Heading) and isinstance(table, Table)):
            continue
        parts.append(text(clean(language.text(heading.text)), MARGIN, y + 32, font_weight="bold"))
        y += 36
        for row in table.rows:
            cells = [] if isinstance(row, Group) else [piece for cell in row for piece in _pieces(cell, language)]
            for line in shapes.wrapped(clean(GAP.join(cell for cell in cells if cell)), RIGHT - MARGIN, SIZE):
                parts.append(text(line, MARGIN, y + SIZE + 4))
                y += LINE + 2
    return parts, y


def _pieces(cell: Cell, language: Language) -> list[str]:
    """Write a cell and what is below it."""
    drawings = [cell_drawing(cell, language, Scale()), *(value_drawing(one, language, Scale()) for one in cell.below)]
    return list(map(text_of, drawings))


def _is_axis(column: Column) -> bool:
    return isinstance(column.heading, Axis)


def _opening(block: Heading | Sentence, language: Language) -> str:
    """Write a block before the table. A picture's reader sits at no shell, so hints are left out."""
    if isinstance(block, Heading):
        return language.text(block.text)
    return text_of(line_drawing(block._replace(hint=None), language))


def _document(parts: Sequence[str], width: int, height: int, code: str = "vi") -> str:
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {width} {height}",
        "width": width,
        "height": height,
        "role": "img",
        "aria-labelledby": "title about",
        "lang": code,
        "font_family": FONTS,
        "font_size": SIZE,
        "fill": INK,
    }
    return element("svg", "\n" + "\n".join(parts) + "\n", **attributes) + "\n"


# The axis


class _Chart(NamedTuple):
    """The place of each day in the picture. An as-of date after the axis has a strip of its own, not to scale."""

    axis: Axis

    @property
    def right(self) -> float:
        """The end of the axis."""
        return float(RIGHT - LATER if self.axis.is_over else RIGHT)

    @property
    def month(self) -> float:
        """Width of a month."""
        return (self.right - LABELS) / self.axis.months

    @property
    def now(self) -> float:
        """The place of the as-of date."""
        return float(RIGHT) if self.axis.is_over else self.place(self.axis.as_of, end=True)

    def place(self, day: date, *, end: bool = False) -> float:
        """Return the place of a day, or of its end. A day outside the axis is at the nearer end."""
        return LABELS + (self.right - LABELS) * min(max(self.axis.place(day, end=end), 0), 1)

    def places(self, span: Span) -> Places:
        """Return the places of an occurrence. Without a deadline it ends when it is done, or with the axis."""
        window, done = span.window, span.done_on
        start = self.place(window.start) if window.start else float(LABELS)
        done_at = self.place(done, end=True) if done else None
        due = self.place(window.due, end=True) if window.due else (done_at or self.right)
        original = self.place(span.original, end=True) if span.original else None
        return Places(start, max(start, due), done_at, self.now, window.due is not None, original)


def _grid(chart: _Chart, top: float, bottom: float, language: Language) -> Iterator[str]:
    """Draw the lines of quarters or months and of years, and their names above."""
    size = 1 if chart.month >= MIN_MONTH else 3
    for begin, months in chart.axis.periods(size):
        x, width = chart.place(begin), months * chart.month
        if begin.month > 1 and size * chart.month >= 0.75 * MIN_QUARTER:
            yield element("line", x1=x, y1=top, x2=x, y2=bottom, stroke=FAINT)
        name = f"{begin:%m}" if size == 1 else language.text(_QUARTERS[(begin.month - 1) // 3])
        if width >= MIN_QUARTER:
            yield text(name, x + width / 2, top - 6, font_size=10, fill=QUIET, text_anchor="middle")
    for begin in chart.axis.named_years(MIN_YEAR / chart.month, 8 / chart.month):
        x = chart.place(begin)
        if x > LABELS:
            yield element("line", x1=x, y1=top - 34, x2=x, y2=bottom, stroke=RULE, stroke_width=1.5)
        yield text(f"{begin.year}", x + 6, top - 22, font_weight="bold")
    for x in (float(LABELS), chart.right):
        yield element("line", x1=x, y1=top - 34, x2=x, y2=bottom, stroke=RULE, stroke_width=1.5)
    if chart.axis.is_over:
        yield element("rect", x=chart.right, y=top, width=LATER, height=bottom - top, fill=FAINT)
        yield text("…", chart.right + LATER / 2, top - 22, font_weight="bold", text_anchor="middle")


_QUARTERS = (Message("Q1"), Message("Q2"), Message("Q3"), Message("Q4"))


# The chart


def _drawn(rows: Sequence[Group | TimelineRow], chart: _Chart, language: Language, y: float) -> tuple[list[str], float]:
    """Draw the rows under their groups, the grid, and the as-of date through all of them; return where they end."""
    top = y + 56
    y = top
    parts: list[str] = []
    for row in rows:
        parts.append(element("line", x1=MARGIN, y1=y, x2=RIGHT, y2=y, stroke=RULE))
        draw, height = _group(row, language, y) if isinstance(row, Group) else _row(row, chart, language, y)
        parts.append(draw)
        y += height
    parts.append(element("line", x1=MARGIN, y1=y, x2=RIGHT, y2=y, stroke=RULE))
    return [*_grid(chart, top, y, language), *parts, *_as_of(chart, language, top, y)], y


def _group(group: Group, language: Language, y: float) -> tuple[str, float]:
    """Draw the name of a group; return it with its height."""
    name = shapes.cut(clean(language.text(group.title)), RIGHT - MARGIN, SIZE * BOLD)
    cover = element(
        "rect", x=MARGIN, y=y + 1, width=min(width_of(name, SIZE * BOLD) + 8, RIGHT - MARGIN), height=26, fill=PAPER
    )
    return cover + text(name, MARGIN, y + 19, font_weight="bold"), 28


def _row(row: TimelineRow, chart: _Chart, language: Language, y: float) -> tuple[str, float]:
    """Draw a milestone: its title, and its occurrences on as many lanes as keep them apart; return it with its height."""
    title = clean(text_of(cell_drawing(row.title, language, Scale())))
    lines = shapes.wrapped(title, LABELS - MARGIN - 12, SIZE)
    spans = [(span, chart.places(span)) for span in row.timeline.spans]
    lanes = _lanes(spans)
    if max(lanes, default=0) >= MAX_LANES:
        spans = sorted(
            spans, key=lambda one: shapes.form_of(one[0].state) is not shapes.OVERDUE
        )  # what is overdue is longest
        lanes = [0] * len(spans)
    height = max(LINE * len(lines), LANE * (max(lanes, default=0) + 1)) + ROOM
    first_line = y + (height - LINE * len(lines)) / 2 + SIZE
    first_lane = y + (height - LANE * (max(lanes, default=0) + 1)) / 2 + LANE / 2
    parts = [element("title", escape("\n".join([title, *(_words(span, language) for span in row.timeline.spans)])))]
    parts += [text(line, MARGIN, first_line + LINE * number) for number, line in enumerate(lines)]
    for (span, places), lane in zip(spans, lanes, strict=True):
        parts.append(shapes.occurrence(span, places, first_lane + LANE * lane))
    return element("g", "".join(parts)), height


def _lanes(spans: Sequence[tuple[Span, Places]]) -> list[int]:
    """Return a lane for each occurrence: the first in which it meets no other."""
    ends: list[float] = []
    lanes = []
    for span, places in spans:
        lane = next((number for number, end in enumerate(ends) if end <= places.first + 0.5), len(ends))
        ends[lane : lane + 1] = [places.end(span.state)]
        lanes.append(lane)
    return lanes


def _words(span: Span, language: Language) -> str:
    """Say what is drawn of an occurrence, for readers who point at it."""
    shown = span.window.shown
    period = [language.text(Message("{period}", period=shown))] if shown else []
    window = text_of(value_drawing(span.window, language, Scale()))
    words = [*period, window, language.text(state_look(span.state).words)]
    if span.original:
        words.append(f"{language.text(TIMELINE[TimelineSign.ORIGINAL].words)}: {language.day(span.original)}")
    return clean(GAP.join(words))


def _as_of(chart: _Chart, language: Language, top: float, bottom: float) -> Iterator[str]:
    """Draw the as-of date, if it is not before the axis."""
    if not _has_as_of(chart.axis):
        return
    x, name = chart.now, language.day(chart.axis.as_of)
    half = width_of(name, 12 * BOLD) / 2
    middle = min(max(x, LABELS + half), RIGHT - half)
    yield shapes.as_of_line(x, top - 36, bottom)
    yield text(name, middle, top - 40, font_size=12, font_weight="bold", text_anchor="middle")


def _has_as_of(axis: Axis) -> bool:
    return axis.is_over or axis.shows(axis.as_of)


# The legend


class _Sample(NamedTuple):
    """A sample of what is drawn, some 26 pixels wide, and its words."""

    drawing: str
    words: str


def _legend(
    timelines: Sequence[Timeline], marks: Sequence[Mark], language: Language, y: float
) -> tuple[list[str], float]:
    """Explain what these timelines have, on as many lines as it takes; return where it ends."""
    parts: list[str] = []
    x = float(MARGIN)
    for sample in _samples(timelines, marks, language):
        width = 34 + width_of(sample.words, 12) + 18
        if x + width > RIGHT:
            x, y = float(MARGIN), y + 22
        drawn = element("g", sample.drawing, transform=f"translate({shapes.number(x)} {shapes.number(y)})")
        parts += [drawn, text(sample.words, x + 34, y + 4, font_size=12)]
        x += width
    return parts, y + 14


def _samples(timelines: Sequence[Timeline], marks: Sequence[Mark], language: Language) -> Iterator[_Sample]:
    spans = [span for one in timelines for span in one.spans]
    states = dict.fromkeys(span.state for span in spans)
    open_states = {state.progress for state in states} & set(OPEN)
    for progress in OPEN:
        if progress in open_states:
            begun = progress is Progress.IN_PROGRESS
            yield _Sample(shapes.period(0, 26, 0, QUIET, begun=begun), language.text(PROGRESS[progress]))
    if any(span.window.due for span in spans):
        yield _Sample(shapes.tick(13, 0), language.text(TIMELINE[TimelineSign.DUE].words))
    if any(span.original for span in spans):
        yield _Sample(shapes.diamond(13, 0), language.text(TIMELINE[TimelineSign.ORIGINAL].words))
    used = {shapes.form_of(state) for state in states}
    for form in (form for form in shapes.FORMS if form in used):
        yield _Sample(_sample_of(form), language.text(form.words))
    if any(_has_as_of(one.axis) for one in timelines):
        yield _Sample(shapes.as_of_line(13, -8, 8), language.text(TIMELINE[TimelineSign.AS_OF].words))
    for mark in marks:
        yield _Sample(text(MARK[mark].sign, 13, 5, text_anchor="middle"), language.text(MARK[mark].words))


def _sample_of(form: shapes.Form) -> str:
    """Draw a class as it is in the chart."""
    colour = form.colour.value
    if form.sign:
        return shapes.sign(form.sign, 13, 0, colour)
    if form is shapes.OVERDUE:
        return shapes.stretch(0, 26, 0, colour)
    if form is shapes.NO_DEADLINE:
        return shapes.dashes(0, 26, 0, colour, begun=False)
    return shapes.period(0, 26, 0, colour, begun=False)
