"""Values as characters: in both languages, at each size."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.periods import parse_period
from cbfa.core.schedule import Window
from cbfa.core.state import Progress, Timing
from cbfa.views.axis import Axis
from cbfa.views.drawing import Scale, columns_of, heading_lines, line_drawing, query_text, text_of, value_drawing
from cbfa.views.looks import TIMELINE as TIMELINE_LOOKS
from cbfa.views.looks import URGENCY, state_look
from cbfa.views.page import Bar, BarPart, Days, Legend, Query, Span, State, Timeline, TimelineSign, Tone
from tests.views.samples import AS_OF, EN, VALUES, VI

DONE_LATE = State(Progress.DONE, Timing.LATE)
PART = [BarPart.DONE, BarPart.UNDER_WAY, BarPart.OVERDUE, BarPart.REST]


@pytest.mark.parametrize("kind", VALUES)
def test_each_value_in_both_languages(kind: str):
    """One value is written for an English and for a Vietnamese reader in the same process."""
    value, en, vi = VALUES[kind]

    assert text_of(value_drawing(value, EN, Scale())) == en
    assert text_of(value_drawing(value, VI, Scale())) == vi


def test_a_value_with_a_look_of_its_own_keeps_its_tone():
    """A state and days overdue have their own tone; other values take that of the cell."""
    tones = [value_drawing(value, EN, Scale(), Tone.QUIET)[0][1] for value in (DONE_LATE, Days(1), Days(-1), "x")]

    assert tones == [Tone.WARN, Tone.BAD, Tone.QUIET, Tone.QUIET]


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [
        ((0, 0, 0, 0), "····"),
        ((1, 0, 0, 0), "████"),
        ((1, 1, 1, 1), "█▒▓·"),
        ((1, 0, 0, 999), "█···"),
        ((999, 1, 1, 0), "██▒▓"),
    ],
)
def test_every_count_of_a_bar_shows(counts, drawn):
    """A count that is not zero has at least one sign, and the longest part gives way."""
    bar = Bar(dict(zip(PART, counts, strict=True)))

    assert text_of(value_drawing(bar, EN, Scale(bar=4))) == drawn


# Timelines


FAR = Span(Window(date(2005, 1, 1), date(2020, 1, 1)), None, State(Progress.IN_PROGRESS, Timing.WITHIN_DEADLINE))


def axis(first: str, last: str, as_of: str = "1900-01-01") -> Axis:
    """The axis from the first day of a month to the last day of another."""
    return Axis(parse_period(first).first, parse_period(last).last, date.fromisoformat(as_of))


@pytest.mark.parametrize(
    ("first", "last", "track", "lines"),
    [
        ("2023-01", "2023-12", 48, ["2023", "1   2   3   4   5   6   7   8   9   10  11  12"]),
        ("2023-02", "2023-03", 48, ["2023", "2   3"]),
        ("2022-07", "2025-06", 48, ["2022  2023        2024        2025", "Q3 Q4 Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4 Q1 Q2"]),
        ("2022-11", "2024-04", 20, ["  2023        2024", "  Q1 Q2 Q3 Q4 Q1"]),
        ("2021-01", "2025-12", 48, ["2021  2022  2023  2024  2025"]),
        ("2021-01", "2030-12", 48, ["    2022    2024    2026    2028    2030"]),
        ("2021-01", "2030-12", 60, ["2021  2022  2023  2024  2025  2026  2027  2028  2029  2030"]),
        ("2021-01", "2050-12", 48, ["    2025 2030 2035 2040 2045"]),
        ("1950-07", "2050-06", 48, ["1950      2000"]),
    ],
)
def test_the_heading_names_years_and_their_parts(first, last, track, lines):
    """Quarters or months are named where there is room, and no name meets the next."""
    assert [one.rstrip() for one in heading_lines(axis(first, last), EN, Scale(track=track))] == lines


@pytest.mark.parametrize(
    ("as_of", "line"),
    [
        ("2011-01-01", "│ 2011-01-01"),
        ("2012-06-30", " " * 17 + "│ 2012-06-30"),
        ("2013-12-31", " " * 24 + "2013-12-31 │"),
    ],
)
def test_the_heading_has_the_as_of_date_above_its_column(as_of, line):
    """The date is beside the sign, on the side that has room."""
    assert heading_lines(axis("2011-01", "2013-12", as_of), EN, Scale())[0].rstrip() == line


def test_without_room_for_the_date_the_heading_has_the_sign():
    """The opening of every page has the date anyway."""
    assert heading_lines(axis("2011-01", "2013-12", "2012-06-30"), EN, Scale(track=12))[0] == "     │      "


def test_a_day_outside_the_axis_is_not_drawn():
    """The as-of date is drawn within the programme alone, and what lies outside it at its edge."""
    drawn = text_of(value_drawing(Timeline(axis("2011-01", "2013-12", "2014-01-01"), [FAR]), EN, Scale()))

    assert drawn == "─" * 35 + "◐"
    assert len(heading_lines(axis("2011-01", "2013-12", "2014-01-01"), EN, Scale())) == 2


def test_what_is_urgent_is_drawn_over_what_is_not():
    """Where two signs fall on one column, the one that asks for something is shown, in any order."""
    year = Window(date(2012, 1, 1), date(2012, 12, 31))
    states = [
        State(Progress.DONE, Timing.ON_TIME),
        State(Progress.NOT_STARTED, Timing.OVERDUE),
        State(Progress.NOT_STARTED, Timing.NOT_YET_OPEN),
    ]
    spans = [Span(year, year.due if state.progress is Progress.DONE else None, state) for state in states]

    for order in (spans, spans[::-1]):
        assert text_of(value_drawing(Timeline(axis("2012", "2012"), order), EN, Scale(track=12))) == "─" * 11 + "!"


def test_an_original_deadline_gives_way_to_all_else():
    """A hollow sign is where the deadline was first, unless something else is there."""
    window = Window(date(2012, 7, 1), date(2012, 12, 31))
    late = State(Progress.NOT_STARTED, Timing.OVERDUE)

    def drawn(original: date) -> str:
        spans = [Span(window, None, late, original)]
        return text_of(value_drawing(Timeline(axis("2012", "2012"), spans), EN, Scale(track=12)))

    assert drawn(date(2012, 3, 31)) == "  ◇   ─────!"
    assert drawn(date(2012, 9, 30)) == "      ──◇──!"
    assert drawn(date(2012, 12, 1)) == "      ─────!"


def test_every_sign_has_a_weight():
    """No state that a span can have is without one."""
    states = [State(progress, timing) for progress in Progress for timing in [*Timing, None]]

    days = {TIMELINE_LOOKS[one].sign for one in (TimelineSign.DUE, TimelineSign.ORIGINAL)}
    assert {state_look(state).sign for state in states} | days == set(URGENCY)
    assert len(URGENCY) == len(set(URGENCY))


def test_the_signs_of_a_timeline_differ():
    """The as-of date, a due date and the states have signs that no one takes for each other."""
    signs = [look.sign for look in TIMELINE_LOOKS.values()]

    assert len({*signs, *URGENCY}) == len(signs) + len(URGENCY) - 2  # two of them are due dates


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
axes = st.builds(lambda first, last, as_of: Axis(min(first, last), max(first, last), as_of), days, days, days)
tracks = st.integers(12, 120)


@given(axes, days, days, tracks)
def test_each_day_has_a_column_and_their_order_is_kept(axis, one, other, track):
    """Days of the programme are on the track, and no later day is left of an earlier one. No column has two years and a part."""
    columns = columns_of(axis, Scale(track=track))
    one, other = min(one, other), max(one, other)

    assert columns.total <= track
    assert 0 <= columns.column(axis.first) <= columns.column(axis.last) < columns.total
    assert columns.column(one) <= columns.column(other)
    assert columns.within(one) in range(columns.total)
    if columns.size <= 12:
        assert one.year == other.year or columns.column(one) < columns.column(other)


@given(axes, tracks)
def test_no_heading_is_wider_than_its_track(axis, track):
    """Names do not run into each other either: each is whole."""
    scale = Scale(track=track)
    as_of, *others = heading_lines(axis, EN, scale) if axis.shows(axis.as_of) else ["", *heading_lines(axis, EN, scale)]
    words = " ".join(others).split()

    assert {len(line) for line in (*others, *[as_of] * bool(as_of))} == {columns_of(axis, scale).total} or track < 12
    assert all(re.fullmatch(r"\d{4}|Q[1-4]|\d\d?", word) for word in words)


@given(
    axes,
    st.lists(
        st.builds(
            lambda one, other, done, state: Span(Window(min(one, other), max(one, other)), done, state),
            days,
            days,
            days,
            st.sampled_from([State(Progress.DONE, Timing.ON_TIME), State(Progress.DONE, Timing.LATE)]),
        ),
        max_size=4,
    ),
    tracks,
)
def test_the_as_of_date_hides_no_due_date(axis, spans, track):
    """A sign is the same on every as-of date; and the heading shows that date in each case."""
    scale = Scale(track=track)
    drawn = [
        text_of(value_drawing(Timeline(one, spans), EN, scale)) for one in (axis, axis._replace(as_of=date(1980, 1, 1)))
    ]

    assert [one for one in drawn[0] if one in "✓◆"] == [one for one in drawn[1] if one in "✓◆"]
    assert axis.shows(axis.as_of) is ("│" in heading_lines(axis, EN, scale)[0])


def test_a_query_is_a_command_with_dates_as_the_reader_writes_them():
    """A Vietnamese reader gets 30/06/2012, which every command reads."""
    query = Query("upcoming", {"--days": 914, "--as-of": AS_OF})

    assert query_text(query, EN) == "cbfa upcoming --days 914 --as-of 2012-06-30"
    assert query_text(query, VI) == "cbfa upcoming --days 914 --as-of 30/06/2012"
    assert query_text(Query("undo", argument="c0ffee"), EN) == "cbfa undo c0ffee"
    assert query_text(Query(options={"--as-of": AS_OF}), EN) == "--as-of 2012-06-30"


def test_a_legend_explains_each_sign_once():
    """States that share a sign share its explanation, which fits all of them."""
    done = [State(Progress.DONE, timing) for timing in (Timing.ON_TIME, Timing.LATE, Timing.NO_DEADLINE)]
    begun = [State(Progress.IN_PROGRESS, timing) for timing in (Timing.NOT_YET_OPEN, Timing.WITHIN_DEADLINE)]

    assert text_of(line_drawing(Legend([*done, *begun]), EN)) == "✓ done   ◐ in progress"
