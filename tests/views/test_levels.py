"""Values of a level over time: in words, as a table, as a line on the page, and where they come from."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cbfa.core.schedule import Window
from cbfa.exchange.dashboard.curve import BOTTOM, LEFT, RIGHT, TOP, curve_of
from cbfa.views.drawing import levels_text
from cbfa.views.formal import levels_table
from cbfa.views.page import Cell, Levels, Reading
from tests.exchange.programs import written
from tests.views.samples import AS_OF, EN, LEVELS, VI

DAY = ("--as-of", "2013-06-30")


def test_the_values_are_a_line_in_both_languages():
    """Days and numbers are written as the reader writes them; a month stays a month."""
    assert levels_text(LEVELS, EN) == (
        "at the start: 193 · 2012-03: 120.5 · 2012-06-30: 99 · target: < 100 Stone bridge by 2012-12-31"
    )
    assert levels_text(LEVELS, VI) == (
        "ban đầu: 193 · 03/2012: 120,5 · 30/06/2012: 99 · chỉ tiêu: < 100 Cầu đá, thời hạn 31/12/2012"
    )


def test_without_a_baseline_or_a_deadline_nothing_is_said_of_them():
    """What a target lacks is left out; whose values they are comes first."""
    levels = LEVELS._replace(name="SC", baseline=None, window=Window(date(2012, 1, 1), None))

    assert levels_text(levels, EN) == "SC · 2012-03: 120.5 · 2012-06-30: 99 · target: < 100 Stone bridge"


def test_the_table_has_a_row_for_each_value():
    """Numbers stay numbers; what has to be reached is the last row."""
    rows = [row for row in levels_table(LEVELS).rows if isinstance(row, list)]

    assert [row[1].value for row in rows[:-1]] == [193, Decimal("120.5"), 99]
    assert rows[2][0] == Cell(AS_OF)
    assert EN.text(rows[-1][0].value) == "by 2012-12-31"


@pytest.mark.parametrize(("baseline", "figure", "goal_is_lower"), [(193, 100, True), (0, 30, False)])
def test_the_greatest_number_is_at_the_top(baseline, figure, goal_is_lower):
    """A level that is to fall has its target at the bottom, one that is to rise at the top, also where that is worse."""
    curve = curve_of(LEVELS._replace(baseline=Decimal(baseline), figure=Decimal(figure)))

    assert (curve.goal > curve.baseline) is goal_is_lower


def test_a_value_is_where_its_day_is():
    """From the first day of the window to the due date; the last value is always written."""
    curve = curve_of(LEVELS)
    (march, _), (june, _) = curve.points

    assert march == pytest.approx(LEFT + (RIGHT - LEFT) * 3 / 12)
    assert june == pytest.approx(LEFT + (RIGHT - LEFT) * 6 / 12)
    assert curve.due == RIGHT
    assert [label.text for label in curve.labels if isinstance(label.text, Decimal)] == [99, Decimal("120.5")]


numbers = st.decimals(-(10**15), 10**15, places=3)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(
    st.lists(st.tuples(days, numbers), min_size=1, max_size=40),
    st.none() | numbers,
    numbers,
    st.none() | days,
    st.none() | days,
)
def test_all_of_it_is_inside(values, baseline, figure, start, due):
    """Whatever the values are, points and lines lie in the drawing, and no value covers another."""
    window = Window(min(start, due) if start and due else start, due)
    readings = [Reading(day, day, value) for day, value in sorted(values)]
    curve = curve_of(Levels("", readings, baseline, figure, "x", window))
    heights = [y for _, y in curve.points] + [curve.goal] + ([] if curve.baseline is None else [curve.baseline])
    written_at = [label.x for label in curve.labels if isinstance(label.text, Decimal)]

    assert all(LEFT <= x <= RIGHT + 0.001 for x, _ in curve.points)
    assert all(TOP <= y <= BOTTOM for y in heights)
    assert [x for x, _ in curve.points] == sorted(x for x, _ in curve.points)
    assert all(one - other > 6 for one, other in pairwise(written_at))


# Where they come from


def change(folder, schedule: str, target: str, more: str = "", lead: str | None = None) -> None:
    """Give the inspection of the tiny programme another schedule, target and lead; nothing is recorded."""
    path = folder / "data" / "roadmap.yaml"
    text = path.read_text("utf-8").replace(
        "schedule: {every: year}", f"schedule: {schedule}\n        target: {target}{more}"
    )
    if lead:
        at = text.index("id: inspection")
        text = text[:at] + re.sub(r"lead:\n(.*\n)+", f"lead: {lead}\n", text[at:])
    path.write_text(text, "utf-8")
    (folder / "data" / "progress.yaml").write_text("", "utf-8")


def lines_of(out: str) -> list[str]:
    """The lines below the heading of the values."""
    return out.split("Values over time\n----------------\n")[1].split("\n\n", maxsplit=1)[0].splitlines()


def test_show_has_the_values_of_a_level(cbfa, bridges):
    """Each with its day, those that got worse too."""
    change(bridges, "{due: 2013-06}", "{baseline: 193, below: 100, unit: {vi: ngày, en: days}}")
    for day, value in (("2011-06-30", "150"), ("2012-06-30", "160.25")):
        assert cbfa("mark", "inspection", "progress", "--value", value, "--on", day).code == 0
    out = cbfa("show", "inspection", *DAY).out

    assert lines_of(out) == [
        "at the start: 193 · 2011-06-30: 150 · 2012-06-30: 160.25 · target: below 100 days by 2013-06-30"
    ]


def test_without_a_value_there_is_nothing_to_show(cbfa, bridges):
    """Neither for a level without entries nor for what is counted."""
    change(bridges, "{due: 2013-06}", "{baseline: 193, below: 100}")

    assert "Values over time" not in cbfa("show", "inspection", *DAY).out
    assert "Values over time" not in cbfa("show", "rope-bridges", *DAY).out


def test_what_recurs_has_one_line(cbfa, bridges):
    """Values of all years are one series."""
    change(bridges, "{every: year}", '{at_least: "17.6", unit: "%"}')
    for year, value in (("2012", "15"), ("2011", "12.5")):
        assert cbfa("mark", f"inspection@{year}", "progress", "--value", value, "--on", f"{year}-05-05").code == 0

    assert lines_of(cbfa("show", "inspection", *DAY).out) == [
        "2011-05-05: 12.5 · 2012-05-05: 15 · target: at least 17.6 % by 2013-12-31"
    ]


def test_each_that_owes_its_own_has_its_own_line(cbfa, bridges):
    """One's values are not another's."""
    lead = "[{agency: SoDay, basis: IV.2}, {agency: SoCau, basis: IV.1}]"
    change(bridges, "{due: 2013-06}", "{at_most: 30}", "\n        each: true", lead)
    for agency, value in (("SoCau", "40"), ("SoDay", "31")):
        assert cbfa("mark", f"inspection/{agency}", "progress", "--value", value, "--on", "2012-05-05").code == 0

    assert lines_of(cbfa("show", "inspection", *DAY).out) == [
        "SD · 2012-05-05: 31 · target: at most 30 by 2013-06-30",
        "SC · 2012-05-05: 40 · target: at most 30 by 2013-06-30",
    ]


def test_the_page_and_the_workbook_have_them(cbfa, bridges):
    """A line on the page, with all values in words below it; a table in the workbook."""
    change(bridges, "{due: 2013-06}", "{baseline: 193, below: 100}")
    cbfa("mark", "inspection", "progress", "--value", "150", "--on", "2011-06-30")
    page = written(cbfa, "x.html", "dashboard", *DAY).read_text("utf-8")
    (drawn,) = re.findall(r'<svg class="curve".*?</svg>', page, re.DOTALL)

    assert drawn.count("<circle") == 1
    assert "at the start: 193" in drawn
    assert "at the start: 193 · 2011-06-30: 150 · target: below 100 by 2013-06-30" in page

    book = load_workbook(written(cbfa, "x.xlsx", "show", "inspection", *DAY))
    rows = [[cell.value for cell in row if cell.value is not None] for row in book.worksheets[0].iter_rows()]

    at = rows.index(["Values over time"])
    assert [str(row[0])[:13] for row in rows[at + 1 : at + 5]] == [
        "Day",
        "at the start",
        "2011-06-30 00",
        "by 2013-06-30",
    ]
