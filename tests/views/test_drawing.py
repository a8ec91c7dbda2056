"""Values as characters: in both languages, at each size."""

from __future__ import annotations

from datetime import date

import pytest

from cbfa.core.schedule import Window
from cbfa.core.state import Progress, Timing
from cbfa.views.drawing import Scale, heading_text, line_drawing, position, query_text, text_of, value_drawing
from cbfa.views.page import Bar, BarPart, Days, Legend, Query, Span, State, Timeline, Tone
from tests.views.samples import AS_OF, EN, TIMELINE, VALUES, VI, YEARS

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


def test_a_timeline_is_as_long_as_its_scale():
    """The years of the heading are above their columns, at every size."""
    for year in (5, 8):
        heading = heading_text(YEARS, EN, Scale(year=year))
        drawn = text_of(value_drawing(TIMELINE, EN, Scale(year=year)))

        assert len(heading) == len(drawn) == 3 * year
        assert heading.index("2012") == year <= drawn.index("✓") < 2 * year


def test_a_day_outside_the_years_is_not_drawn():
    """The as-of date is drawn within the years alone, and what lies outside them at their edge."""
    far = Span(Window(date(2005, 1, 1), date(2020, 1, 1)), None, State(Progress.IN_PROGRESS, Timing.WITHIN_DEADLINE))
    drawn = text_of(value_drawing(Timeline(YEARS, date(2014, 1, 1), [far]), EN, Scale()))

    assert drawn == "─" * 14 + "◐"


@pytest.mark.parametrize(
    ("day", "column"), [("2011-01-01", 0), ("2011-12-31", 4), ("2012-12-31", 9), ("2013-01-01", 10)]
)
def test_the_column_of_a_day(day, column):
    """A year has five columns, a leap year too."""
    assert position(date.fromisoformat(day), 2011, 5) == column


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
