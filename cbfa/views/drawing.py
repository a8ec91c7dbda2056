"""Draws the values of a page with characters, for the terminal, plain text and Markdown.

A drawing is a list of pieces, each a text with its tone. Shell commands are written here too: these readers sit at a shell.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import floor
from typing import NamedTuple

from cbfa.core.schedule import Window
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.locale import Language
from cbfa.messages import Message, Plural
from cbfa.views.axis import STEPS, Axis, month_number
from cbfa.views.clean import clean
from cbfa.views.looks import BAR, MARK, OFFICIAL, TIMELINE, URGENCY, Look, sign_look, state_look
from cbfa.views.page import (
    Bar,
    BarPart,
    Cell,
    Count,
    Counts,
    Days,
    Figure,
    Legend,
    Levels,
    Mark,
    More,
    Names,
    Percent,
    PlainValue,
    Query,
    Ratio,
    Sentence,
    State,
    Text,
    Timeline,
    TimelineSign,
    Tone,
    Value,
)

GAP = " · "
"""Between texts that are set apart on one line."""
DAYS_OF_A_YEAR = 365
"""Without leap days: three years are full on the third anniversary, not the day after it."""
TWO_YEARS = 731
"""The most days that two years can have; a longer duration is said in years."""


class Scale(NamedTuple):
    """The size of drawings in characters: a whole bar, and at most a whole timeline and a month of it."""

    bar: int = 20
    track: int = 48
    month: int = 4


Piece = tuple[str, Tone]
Drawing = list[Piece]


def text_of(drawing: Drawing) -> str:
    """Return the characters of a drawing."""
    return "".join(text for text, _ in drawing)


def cell_drawing(cell: Cell, language: Language, scale: Scale) -> Drawing:
    """Draw the value of a cell with its marks, without what is below it."""
    drawing = value_drawing(cell.value, language, scale, cell.tone)
    return [*drawing, (signs_of(cell.marks), cell.tone)] if cell.marks else drawing


def value_drawing(value: Value, language: Language, scale: Scale, tone: Tone = Tone.PLAIN) -> Drawing:
    """Draw a value; `tone` is that of a value which has none of its own."""
    match value:
        case State():
            return [_with_sign(state_look(value), language)]
        case OfficialClass():
            return [_with_sign(OFFICIAL[value], language)]
        case Days(overdue):
            return [_days(overdue, language, tone)]
        case Bar(counts):
            return _bar(counts, scale.bar)
        case Timeline():
            return _timeline(value, scale)
    return [(_plain_text(value, language), tone)]


def _with_sign(look: Look, language: Language) -> Piece:
    return f"{look.sign} {language.text(look.words)}", look.tone


def _days(overdue: int, language: Language, tone: Tone) -> Piece:
    """Draw days overdue with their sign, and days until a due date plainly."""
    if overdue > 0:
        look = state_look(State(Progress.NOT_STARTED, Timing.OVERDUE))
        return _with_sign(look._replace(words=_duration(overdue)), language)
    ahead = Message("in {duration}", duration=_duration(-overdue)) if overdue else Message("due today")
    return language.text(ahead), tone


def _duration(days: int) -> Message:
    """Say a duration in days; one above two years in whole years."""
    if days > TWO_YEARS:
        return Plural("{count} year", "{count} years", count=days // DAYS_OF_A_YEAR)
    return Plural("{count} day", "{count} days", count=days)


def _plain_text(value: PlainValue, language: Language) -> str:
    match value:
        case None | Ratio(_, 0):
            return "–"
        case int() | Decimal():
            return language.number(value)
        case date():
            return language.day(value)
        case Window():
            return language.text(_window(value))
        case Ratio(part, whole):
            return language.text(Message("{part} of {whole}", part=Figure(part), whole=Figure(whole)))
        case Percent(part, whole):
            return language.percent(part, whole)
        case Names(label, names, more):
            listed = ", ".join(language.text(one.name) + signs_of(one.marks) for one in names)
            return f"{language.text(label)} {listed} {language.text(more)}".strip()
    return language.text(value)


def _window(window: Window) -> Message:
    if window.start is None:
        return Message("no deadline set")
    if window.due is None:
        return Message("from {start}, no deadline set", start=window.start)
    return Message("{start} to {due}", start=window.start, due=window.due)


def signs_of(marks: Sequence[Mark]) -> str:
    """Write marks as their signs."""
    return "".join(MARK[mark].sign for mark in marks)


def heading_lines(heading: Text | Axis, language: Language, scale: Scale) -> list[str]:
    """Write the heading of a column, without harm; that of timelines has several lines.

    They are the as-of date above its column, the years, and quarters or months where there is room.
    """
    if not isinstance(heading, Axis):
        return [clean(language.text(heading))]
    columns = columns_of(heading, scale)
    lines = [_as_of_line(columns, language), years_line(heading, scale), _parts_line(columns, language)]
    return [line for line in lines if line.strip()]


def years_line(axis: Axis, scale: Scale) -> str:
    """Write the years above their columns."""
    columns = columns_of(axis, scale)
    letter = columns.size / columns.each
    names = axis.named_years(len("2011 ") * letter, letter)
    return columns.line((columns.column(begin), f"{begin.year:04}") for begin in names)


def _as_of_line(columns: "Columns", language: Language) -> str:
    """Write the as-of date beside its sign, to the right or to the left; nothing if it is not on the axis."""
    axis = columns.axis
    if not axis.shows(axis.as_of):
        return ""
    sign, day, column = TIMELINE[TimelineSign.AS_OF].sign, language.day(axis.as_of), columns.column(axis.as_of)
    if column + len(f"{sign} {day}") <= columns.total:
        return columns.line([(column, f"{sign} {day}")])
    before = column - len(f"{day} ")
    return columns.line([(before, f"{day} {sign}")] if before >= 0 else [(column, sign)])


def _parts_line(columns: "Columns", language: Language) -> str:
    """Write the numbers of months, else the names of quarters, if they have room."""
    if columns.size > 1:
        return ""
    size = 1 if columns.each >= len("12 ") else 3
    names = []
    for begin, months in columns.axis.periods(size):
        name = part_name(begin, size, language)
        if len(name) < months * columns.each:
            names.append((columns.column(begin), name))
    return columns.line(names)


def part_name(begin: date, size: int, language: Language) -> str:
    """Name a quarter in short, and a shorter period by its month. Longer ones have no name."""
    if size < 3:
        return f"{begin.month}"
    return language.text(Message("Q{number}", number=(begin.month + 2) // 3)) if size == 3 else ""


# Lines


def line_drawing(line: Sentence | Counts | More | Legend | Levels, language: Language) -> Drawing:
    """Draw a block that is one line."""
    match line:
        case Sentence(text, tone, hint):
            texts = text if isinstance(text, tuple) else (text,)
            drawing = [(GAP.join(language.text(one) for one in texts), tone)]
            if hint:
                drawing.append((f" {language.text(hint.text)}: {query_text(hint.query, language)}", tone))
            return drawing
        case Counts(counts, total):
            return _counts(counts, total, language)
        case More(left_out, query, total):
            more = language.text(more_text(left_out, total))
            return [(f"{more}: {query_text(query, language)}", Tone.QUIET)]
        case Levels():
            return [(levels_text(line, language), Tone.PLAIN)]
        case Legend(signs, tentative):
            return [("   ".join(dict.fromkeys(_explained(sign, tentative, language) for sign in signs)), Tone.QUIET)]


def _explained(sign: Mark | BarPart | TimelineSign | State, tentative: Text | None, language: Language) -> str:
    look = sign_look(sign)
    words = tentative if tentative and sign is Mark.TENTATIVE else look.words
    return f"{look.sign} {language.text(words)}"


def levels_text(levels: Levels, language: Language) -> str:
    """Write the value of a level at the start, those of each day, and the target."""
    texts = [levels.name] if levels.name else []
    if levels.baseline is not None:
        texts.append(Message("at the start: {value}", value=levels.baseline))
    texts += [Message("{day}: {value}", day=one.on, value=one.value) for one in levels.readings]
    due = levels.window.due
    texts.append(Message("target: {goal} by {day}", goal=levels.goal, day=due) if due else goal_text(levels))
    return GAP.join(map(language.text, texts))


def goal_text(levels: Levels) -> Message:
    """Say what has to be reached."""
    return Message("target: {goal}", goal=levels.goal)


def more_text(left_out: int, total: int) -> Message:
    """Say how many rows a table leaves out; else how many there are in all."""
    if left_out:
        return Plural("… and {count} more", "… and {count} more", count=left_out)
    return Message("all {total}", total=Figure(total))


def _apart(drawings: list[Drawing]) -> Drawing:
    return [piece for number, one in enumerate(drawings) for piece in ([(GAP, Tone.QUIET), *one] if number else one)]


def _counts(counts: Sequence[Count], total: int | None, language: Language) -> Drawing:
    if total is None:
        return _apart([_count(one, language) for one in counts])
    parts = " + ".join(f"{language.text(one.name)} {_plain_text(one.value, language)}" for one in counts)
    return [(f"{parts} = {language.number(total)}", Tone.PLAIN)]


def _count(count: Count, language: Language) -> Drawing:
    drawing = [(f"{language.text(count.name)}: {_plain_text(count.value, language)}", count.tone)]
    if count.of_which:
        parts = ", ".join(text_of(_count(one, language)) for one in count.of_which)
        return [*drawing, (f" ({parts})", Tone.PLAIN)]
    return drawing


def query_text(query: Query, language: Language) -> str:
    """Write a query as a person types it at a shell; dates as the reader writes them."""
    words = ["cbfa", query.command] if query.command else []
    words += [query.argument] if query.argument else []
    for option, value in query.options.items():
        words += [option, language.day(value) if isinstance(value, date) else str(value)]
    return " ".join(words)


# Bars and timelines


def _bar(counts: Mapping[BarPart, int], width: int) -> Drawing:
    """Draw a bar. Every count that is not zero shows, and the longest part gives way."""
    parts = list(counts)
    total = sum(counts.values())
    if not total:
        return [(BAR[BarPart.REST].sign * width, Tone.QUIET)]
    sizes = [max(1, round(width * counts[part] / total)) if counts[part] else 0 for part in parts]
    sizes[sizes.index(max(sizes))] += width - sum(sizes)
    return [(BAR[part].sign * size, BAR[part].tone) for part, size in zip(parts, sizes, strict=True)]


def _timeline(timeline: Timeline, scale: Scale) -> Drawing:
    """Draw the windows of a milestone, then the as-of date, then due dates and states."""
    columns = columns_of(timeline.axis, scale)
    track: Drawing = [(" ", Tone.PLAIN)] * columns.total
    signs: list[tuple[int, Piece]] = []
    for window, done, state, original in timeline.spans:
        first, last = columns.within(window.start or date.min), columns.within(window.due or done or date.max)
        line = _sign(TIMELINE[TimelineSign.WINDOW if window.due else TimelineSign.NO_DEADLINE])
        for column in range(first, last + 1):
            track[column] = line
        if original:
            signs.append((columns.within(original), _sign(TIMELINE[TimelineSign.ORIGINAL])))
        if done and window.due:
            signs.append((last, _sign(TIMELINE[TimelineSign.DUE])))
        signs.append((columns.within(done) if done else last, _sign(state_look(state))))
    if timeline.axis.shows(timeline.axis.as_of):
        track[columns.column(timeline.axis.as_of)] = _sign(TIMELINE[TimelineSign.AS_OF])
    for column, piece in sorted(signs, key=lambda one: URGENCY.index(one[1][0]), reverse=True):
        track[column] = piece
    return track


class Columns(NamedTuple):
    """The columns of a drawn axis: `each` for a month, or one for `size` months.

    A column of less than a year is part of one year.
    """

    axis: Axis
    each: int
    size: int

    def column(self, day: date) -> int:
        """Return the column of a day, from 0. That of a day outside the axis is not drawn."""
        begun = month_number(self.axis.first) % self.size
        return floor((begun + self.axis.months_before(day)) * self.each / self.size)

    def within(self, day: date) -> int:
        """Return the column of a day, or the nearer end of the axis."""
        return min(max(self.column(day), 0), self.total - 1)

    @property
    def total(self) -> int:
        """The number of columns."""
        begun = month_number(self.axis.first) % self.size
        return -(-(begun + self.axis.months) * self.each // self.size)

    def line(self, texts: Iterable[tuple[int, str]]) -> str:
        """Write texts from their columns on, over the whole width."""
        line = ""
        for column, text in texts:
            line = f"{line:<{column}}{text}"
        return f"{line:<{self.total}}"


SIZES = (2, 3, 6, *(12 * step for step in STEPS))
"""Months of a column, where a month has no column of its own."""


def columns_of(axis: Axis, scale: Scale) -> Columns:
    """Return the finest columns of an axis that fit."""
    for each in range(scale.month, 0, -1):
        if (columns := Columns(axis, each, 1)).total <= scale.track:
            return columns
    fitting = (columns for size in SIZES if (columns := Columns(axis, 1, size)).total <= scale.track)
    return next(fitting, Columns(axis, 1, SIZES[-1]))


def _sign(look: Look) -> Piece:
    return look.sign, look.tone
