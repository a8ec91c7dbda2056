"""Draws the values of a page with characters, for the terminal, plain text and Markdown.

A drawing is a list of pieces, each a text with its tone. Shell commands are written here too: these readers sit at a shell.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cbfa.core.schedule import Window
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.locale import Language
from cbfa.messages import Message, Plural
from cbfa.views.looks import BAR, MARK, OFFICIAL, TIMELINE, Look, sign_look, state_look
from cbfa.views.page import (
    Bar,
    BarPart,
    Cell,
    Count,
    Counts,
    Days,
    Figure,
    Legend,
    Mark,
    More,
    Names,
    Percent,
    PlainValue,
    Query,
    Ratio,
    Sentence,
    Span,
    State,
    Text,
    Timeline,
    TimelineSign,
    Tone,
    Value,
    Years,
)

GAP = " · "
"""Between texts that are set apart on one line."""
DAYS_OF_A_YEAR = 365
"""Without leap days: three years are full on the third anniversary, not the day after it."""
TWO_YEARS = 731
"""The most days that two years can have; a longer duration is said in years."""


class Scale(NamedTuple):
    """The size of drawings in characters: a whole bar, and a year of a timeline."""

    bar: int = 20
    year: int = 5


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
            return _timeline(value, scale.year)
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


def heading_text(heading: Text | Years, language: Language, scale: Scale) -> str:
    """Write the heading of a column; for timelines it is the scale of years."""
    if isinstance(heading, Years):
        return "".join(f"{year:<{scale.year}}" for year in range(heading.first, heading.last + 1))
    return language.text(heading)


# Lines


def line_drawing(line: Sentence | Counts | More | Legend, language: Language) -> Drawing:
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
        case Legend(signs):
            looks = dict.fromkeys(sign_look(sign) for sign in signs)
            return [("   ".join(f"{look.sign} {language.text(look.words)}" for look in looks), Tone.QUIET)]


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


def _timeline(timeline: Timeline, year: int) -> Drawing:
    """Draw the windows, due dates and states of a milestone, and the as-of date where nothing else is drawn."""
    first, last = timeline.years
    track: Drawing = [(" ", Tone.PLAIN)] * ((last - first + 1) * year)
    for span in timeline.spans:
        _draw_span(track, span, first, year)
    today = position(timeline.as_of, first, year)
    free = {" ", TIMELINE[TimelineSign.WINDOW].sign, TIMELINE[TimelineSign.NO_DEADLINE].sign}
    if 0 <= today < len(track) and track[today][0] in free:
        track[today] = _sign(TIMELINE[TimelineSign.AS_OF])
    return track


def position(day: date, first_year: int, year: int) -> int:
    """Return the column of a day, where each year has `year` columns."""
    return (day.year - first_year) * year + (day.timetuple().tm_yday - 1) * year // 366


def _draw_span(track: Drawing, span: Span, first_year: int, year: int) -> None:
    """Draw a line over the window, its due date, and the state: on the day it was done, else on the due date."""
    window, done = span.window, span.done_on
    end = position(window.due or done or date.max, first_year, year)
    start = position(window.start or date.min, first_year, year)
    last = min(max(end, 0), len(track) - 1)
    line = TIMELINE[TimelineSign.WINDOW if window.due else TimelineSign.NO_DEADLINE]
    for column in range(max(0, start), last + 1):
        track[column] = _sign(line)
    if done and window.due:
        track[last] = _sign(TIMELINE[TimelineSign.DUE])
    where = position(done, first_year, year) if done else last
    track[min(max(where, 0), len(track) - 1)] = _sign(state_look(span.state))


def _sign(look: Look) -> Piece:
    return look.sign, look.tone
