"""The Gantt chart in Mermaid: a task for each occurrence, in a grammar that no title can leave."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cbfa.core.periods import parse_period
from cbfa.core.schedule import Frame, Schedule, Window
from cbfa.core.state import Progress, Timing
from cbfa.core.words import Words
from cbfa.views.axis import Axis
from cbfa.views.mermaid import MAX_LENGTH, gantt_text
from cbfa.views.page import Cell, Column, Group, Mark, Page, Span, State, Table, Timeline
from cbfa.views.plain import markdown_text, plain_text
from tests.exchange.hostile import LONG, WORST
from tests.views.samples import AXIS, EN, LATE, STONE, TIMELINE, VI

NAME = r"(?P<name>\S [^:;#%{}<>&\"\\\n]*(#[0-9]+;[^:;#%{}<>&\"\\\n]*)*)"
TASK = re.compile(rf"    {NAME} :((done|crit|active|milestone), )?\d{{4}}-\d\d-\d\d, (\d{{4}}-\d\d-\d\d|0d)")
SECTION = re.compile(r"    section [^:;#%{}<>&\"\\\n]*(#[0-9]+;[^:;#%{}<>&\"\\\n]*)*")
HEAD = [
    *("gantt", "    dateFormat YYYY-MM-DD", "    axisFormat %m/%Y", "    tickInterval 3month"),
    *("    todayMarker off", "    inclusiveEndDates"),
]


def table(title: Words | str = STONE, timeline: Timeline = TIMELINE, group: str = "III Building") -> Table:
    """A table with one timeline."""
    return Table(
        [Column("Milestone"), Column(AXIS)], [Group(group), [Cell(title, marks=[Mark.TENTATIVE]), Cell(timeline)]]
    )


def lines(chart: str) -> list[str]:
    """Return the lines between the fences."""
    first, *between, last = chart.split("\n")

    assert (first, last) == ("```mermaid", "```")
    return between


def test_each_occurrence_is_a_task():
    """Sign, title, period and state are in its name; the last day is inclusive."""
    assert lines(gantt_text(table(), EN)) == [
        *HEAD,
        "    section as-of date",
        "    │ 2012-06-30 :milestone, 2012-06-30, 0d",
        "    section III Building",
        "    ! Stone bridge~ · overdue :crit, 2011-01-01, 2011-12-31",
        "    ✓ Stone bridge~ (2012) · done on time :done, 2012-01-01, 2012-12-31",
    ]


def test_in_vietnamese():
    """Names are for readers, dates after the colon for Mermaid; a quarter is named as officers name it."""
    window = Window(date(2012, 7, 1), date(2012, 9, 30), parse_period("2012-Q3"), "2012-Q3")
    chart = gantt_text(table(), VI)
    quarter = gantt_text(table(timeline=Timeline(AXIS, [Span(window, None, LATE)])), VI)

    assert "! Cầu đá~ (quý III/2012) · quá hạn :crit, 2012-07-01, 2012-09-30" in quarter

    assert "│ 30/06/2012 :milestone, 2012-06-30, 0d" in chart
    assert "! Cầu đá~ · quá hạn :crit, 2011-01-01" in chart


@pytest.mark.parametrize(
    ("window", "done_on", "days"),
    [
        (Window(None, None), None, "2011-01-01, 2013-12-31"),
        (Window(date(2012, 1, 1), None), None, "2012-01-01, 2013-12-31"),
        (Window(date(2012, 1, 1), None), date(2012, 5, 1), "2012-01-01, 2012-05-01"),
        (Window(date(2012, 1, 1), None), date(2011, 5, 1), "2012-01-01, 2012-01-01"),
    ],
)
def test_what_has_no_deadline_ends_when_it_is_done_or_with_the_programme(window, done_on, days):
    """Mermaid needs two dates, and no task ends before it begins."""
    state = State(Progress.DONE if done_on else Progress.IN_PROGRESS, Timing.NO_DEADLINE)
    chart = gantt_text(table(timeline=Timeline(AXIS, [Span(window, done_on, state)])), EN)

    assert lines(chart)[-1].endswith(days)


@pytest.mark.parametrize("text", [WORST, LONG, "section one", "2012-06-30", "`` ```", "click x", "title", "a\n```\nb"])
def test_no_title_leaves_its_place(text):
    """Whatever it is, it stays the name of a section or a task."""
    found = lines(gantt_text(table(text, group=text), EN))

    assert found[:6] == HEAD
    assert SECTION.fullmatch(found[8])
    assert [line for line in (found[7], *found[9:]) if not TASK.fullmatch(line)] == []
    assert len(found) == 11


def test_many_occurrences_are_one_task():
    """Thirty-six months have one row, which says how many there are of each state, the worst first."""
    windows = Schedule.model_validate({"every": "month"}).windows(Frame(AXIS.first, AXIS.last))
    done = State(Progress.DONE, Timing.ON_TIME)
    ahead = State(Progress.NOT_STARTED, Timing.NOT_YET_OPEN)
    states = [done, LATE, *[done] * 10, *[ahead] * 24]
    spans = [Span(window, None, state) for window, state in zip(windows, states, strict=True)]
    chart = gantt_text(table(timeline=Timeline(AXIS, spans)), EN)

    assert lines(chart)[-1] == (
        "    ! Stone bridge~ · overdue 1, not yet open 24, done on time 11 :crit, 2011-01-01, 2013-12-31"
    )
    assert len(lines(chart)) == 10


@pytest.mark.parametrize(
    ("years", "ticks"), [(1, "%m/%Y 1month"), (3, "%m/%Y 3month"), (5, "%Y 12month"), (30, "%Y 12month")]
)
def test_the_axis_names_months_quarters_or_years(years, ticks):
    """As many as have room."""
    axis = Axis(date(2011, 1, 1), date(2010 + years, 12, 31), date(2011, 6, 30))
    head = lines(gantt_text(table(timeline=Timeline(axis, TIMELINE.spans)), EN))[2:4]

    assert " ".join(line.split()[-1] for line in head) == ticks


def test_a_chart_that_mermaid_would_not_draw_is_left_out():
    """Above its limit, the table is enough."""
    row = [Cell("x"), Cell(TIMELINE)]
    columns = [Column(""), Column(AXIS)]
    few, too_many = Table(columns, [row] * 10), Table(columns, [row] * 1000)

    assert 0 < len(gantt_text(few, EN)) < MAX_LENGTH
    assert gantt_text(too_many, EN) == ""


def test_only_markdown_with_timelines_has_a_chart():
    """Plain text and other tables stay as they are."""
    page, other = Page("timeline", [table()], ()), Page("list", [Table([Column("a")], [[Cell("b")]])], ())

    assert "\n\n```mermaid\ngantt\n" in markdown_text(page, EN)
    assert "mermaid" not in plain_text(page, EN) + markdown_text(other, EN)
