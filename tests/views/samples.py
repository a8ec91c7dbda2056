"""One page with every kind of block and value, which every renderer must be able to draw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cbfa.core.periods import parse_period
from cbfa.core.schedule import Window
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.core.words import Words
from cbfa.locale import get_language
from cbfa.messages import Message, Plural
from cbfa.views.axis import Axis
from cbfa.views.page import (
    Appendix,
    Bar,
    BarPart,
    Blank,
    Cell,
    Column,
    Count,
    Counts,
    Days,
    Figure,
    Group,
    Heading,
    Hint,
    Legend,
    Letterhead,
    Levels,
    Mark,
    More,
    Named,
    Names,
    Page,
    Percent,
    Query,
    Ratio,
    Reading,
    Sentence,
    Signature,
    Span,
    State,
    Table,
    Timeline,
    TimelineSign,
    Tone,
    Value,
)

VI, EN = get_language("vi"), get_language("en")
AS_OF = date(2012, 6, 30)
STONE = Words({"vi": "Cầu đá", "en": "Stone bridge"})
LATE = State(Progress.NOT_STARTED, Timing.OVERDUE)
AXIS = Axis(date(2011, 1, 1), date(2013, 12, 31), AS_OF)
YEAR_2012 = Window(date(2012, 1, 1), date(2012, 12, 31), parse_period("2012"), "2012")
TIMELINE = Timeline(
    AXIS,
    [
        Span(Window(date(2011, 1, 1), date(2011, 12, 31)), None, LATE),
        Span(YEAR_2012, date(2012, 3, 1), State(Progress.DONE, Timing.ON_TIME)),
    ],
)

TRACK = f"{'─' * 11}!──✓──│─────◆"
"""The timeline in plain text, where each month has a column."""

VALUES: dict[str, tuple[Value, str, str]] = {
    "nothing": (None, "–", "–"),
    "a string": ("stone-bridge", "stone-bridge", "stone-bridge"),
    "words of the data": (STONE, "Stone bridge", "Cầu đá"),
    "a message": (Message("Nothing is overdue."), "Nothing is overdue.", "Không có việc nào quá hạn."),
    "a number": (1234, "1,234", "1.234"),
    "a date": (AS_OF, "2012-06-30", "30/06/2012"),
    "a window": (YEAR_2012, "2012-01-01 to 2012-12-31", "01/01/2012 đến 31/12/2012"),
    "an open window": (
        Window(date(2012, 1, 1), None),
        "from 2012-01-01, no deadline set",
        "từ 01/01/2012, không quy định thời hạn",
    ),
    "no window": (Window(None, None), "no deadline set", "không quy định thời hạn"),
    "a ratio": (Ratio(16, 50), "16 of 50", "16/50"),
    "a percentage": (Percent(1, 3), "33%", "33%"),
    "a percentage of nothing": (Percent(0, 0), "–", "–"),
    "two years overdue": (Days(731), "! 731 days", "! 731 ngày"),
    "more than two years overdue": (Days(732), "! 2 years", "! 2 năm"),
    "many years overdue": (Days(5719), "! 15 years", "! 15 năm"),
    "years ahead": (Days(-1234), "in 3 years", "còn 3 năm"),
    "one day overdue": (Days(1), "! 1 day", "! 1 ngày"),
    "the due date": (Days(0), "due today", "đến hạn trong ngày"),
    "days ahead": (Days(-30), "in 30 days", "còn 30 ngày"),
    "a state": (LATE, "! overdue", "! quá hạn"),
    "a class": (OfficialClass.WITHIN_DEADLINE, "○ unfinished, within deadline", "○ chưa hoàn thành, trong hạn"),
    "names": (
        Names(Message("with"), [Named(STONE, [Mark.INFERRED]), Named("SD")]),
        "with Stone bridge*, SD",
        "phối hợp: Cầu đá*, SD",
    ),
    "a target": (
        Message("{figure} a year", figure=Message("{figure} {unit}", figure=Figure(2, 3000), unit=STONE)),
        "2–3,000 Stone bridge a year",
        "2–3.000 Cầu đá mỗi năm",
    ),
    "a bar": (
        Bar({BarPart.DONE: 1, BarPart.UNDER_WAY: 0, BarPart.OVERDUE: 1, BarPart.REST: 2}),
        "█████▓▓▓▓▓··········",
        "█████▓▓▓▓▓··········",
    ),
    "a timeline": (TIMELINE, f"{TRACK:<36}", f"{TRACK:<36}"),
}
"""Every kind of value, and how it is written in plain text, in English and in Vietnamese."""

LEVELS = Levels(
    "",
    [Reading(date(2012, 3, 31), parse_period("2012-03").shown, Decimal("120.5")), Reading(AS_OF, AS_OF, Decimal(99))],
    Decimal(193),
    Decimal(100),
    Message("{figure} {unit}", figure="< 100", unit=STONE),
    YEAR_2012,
)

PAGE = Page(
    "sample",
    [
        Heading(STONE, 1),
        Sentence((Message("As of {day}", day=AS_OF), "a | b"), Tone.QUIET),
        Sentence(
            Message("The programme ended on {end}.", end=AS_OF),
            Tone.WARN,
            Hint(Message("For its last day"), Query(options={"--as-of": AS_OF})),
        ),
        Counts(
            [
                Count(Message("done"), 3, Tone.GOOD),
                Count(Message("overdue"), 1234, Tone.BAD, [Count(Message("over {days} days", days=30), 24)]),
                Count(Message("open, updated in {days} days", days=90), Ratio(5, 68)),
            ]
        ),
        Counts([Count(Message("done"), 3), Count(Message("overdue"), 1234)], 1237),
        Heading(Message("Occurrences")),
        Table(
            [Column(Message("State")), Column(Message("Milestone"), flexible=True), Column("%", numeric=True)],
            [
                Group(Message("{number} {title}", number="III", title=STONE)),
                *(
                    [Cell(value, below=["the key"]), Cell(name, marks=[Mark.DERIVED]), Cell(Percent(1, 2))]
                    for name, (value, _, _) in VALUES.items()
                    if name != "a timeline"
                ),
            ],
        ),
        More(19, Query("upcoming", {"--days": 914, "--as-of": AS_OF})),
        More(0, Query("overdue"), 24),
        Table([Column(""), Column("")], [[Cell(LATE, caveat=Message("no entry"), below=["the key"]), Cell(STONE)]]),
        Legend([*Mark, *BarPart]),
        Table([Column(Message("Milestone"), flexible=True), Column(AXIS)], [[Cell(STONE), Cell(TIMELINE)]]),
        Legend([*TimelineSign, LATE]),
        LEVELS,
        Letterhead(Message("Report"), STONE, "PPC", "a | b", "No. 1", "Cao Bằng", ["c | d"], [STONE, "Directive 2"]),
        Letterhead(None, STONE, "PPC", "a | b", "No. 2", "Cao Bằng", ["c", "d"]),
        Blank(STONE, "a hint"),
        Signature("Director", "Nguyễn Văn Cầu", ["As above", "File"]),
        Heading(STONE, 3),
        Appendix(STONE, "I"),
        Sentence(
            Message("Recorded as entry {id} in {path}.", id="c0ffee", path="data/progress.yaml"),
            Tone.GOOD,
            Hint(Message("To take it back"), Query("undo", argument="c0ffee")),
        ),
    ],
    ("key", "title", "due", "target.least", "open", "clauses", "message"),
    [
        {
            "key": "stone-bridge",
            "title": STONE,
            "due": None,
            "target": {"least": 2},
            "open": True,
            "clauses": ["III.1", "III.2"],
            "message": Plural("{count} entry", "{count} entries", count=1),
        }
    ],
    {"as_of": AS_OF.isoformat()},
)
