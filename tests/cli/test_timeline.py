"""`cbfa timeline`: windows, due dates and states along time."""

from __future__ import annotations

import pytest


def row(out: str, title: str) -> str:
    """The track beside a title."""
    line = next(line for line in out.splitlines() if line.startswith(title))
    return line[len(title) :]


def test_a_milestone_is_a_row_under_the_years(cbfa, bridges):
    """The heading names the years of the programme, and each milestone has one row."""
    out = cbfa("timeline", "--as-of", "2012-06-30").out
    heading = next(line for line in out.splitlines() if line.startswith("Milestone"))

    assert heading.split() == ["Milestone", "2011", "2012", "2013"]
    assert sum(line.startswith("Inspection") for line in out.splitlines()) == 1


def test_signs_show_state_and_due_date(cbfa, bridges):
    """What is done, overdue and open has its sign where it falls due; what was done early shows both days."""
    out = cbfa("timeline", "--as-of", "2013-01-01").out
    heading = next(line for line in out.splitlines() if line.startswith("Milestone"))
    stone = next(line for line in out.splitlines() if line.startswith("Stone bridge"))

    assert heading.index("2012") <= stone.index("!") < heading.index("2013")
    assert [sign for sign in row(out, "Inspection") if sign in "✓!○"] == ["✓", "!", "○"]


@pytest.mark.parametrize("day", ["2010-06-30", "2014-06-30"])
def test_a_day_outside_the_programme_has_no_line(cbfa, bridges, day):
    """The line of the day is drawn only where the day lies in the years shown."""
    inside = cbfa("timeline", "--as-of", "2011-06-30").out
    outside = cbfa("timeline", "--as-of", day).out

    assert "│" in row(inside, "Stone bridge~")
    assert "│" not in row(outside, "Stone bridge~")


def test_timeline_can_be_narrowed(cbfa, bridges):
    """Workstream, agency and state choose the rows."""
    assert cbfa.json("timeline", "--agency", "SoCau").keys == ["stone-bridge", "rope-bridges"]
    assert cbfa.json("timeline", "--state", "done").keys == ["inspection@2011"]
    assert len(cbfa.json("timeline", "--workstream", "III").keys) == 5


def test_an_empty_timeline_says_so(cbfa, bridges):
    """Where nothing is selected, a sentence says it."""
    assert "Nothing matches this selection." in cbfa("timeline", "--state", "dropped").out
