"""`cbfa timeline`: windows, due dates and states along time."""

from __future__ import annotations

import re

import pytest


def row(out: str, title: str) -> str:
    """The track beside a title."""
    line = next(line for line in out.splitlines() if line.startswith(title))
    return line[len(title) :]


def test_a_milestone_is_a_row_under_the_years(cbfa, bridges):
    """The heading names the years of the programme, and each milestone has one row."""
    out = cbfa("timeline", "--as-of", "2012-06-30").out
    years, parts = out.splitlines()[5:7]

    assert years.split() == ["2011", "2012", "2013"]
    assert parts.split() == ["Milestone", *["Q1", "Q2", "Q3", "Q4"] * 3]
    assert sum(line.startswith("Inspection") for line in out.splitlines()) == 1


def test_signs_show_state_and_due_date(cbfa, bridges):
    """What is done, overdue and open has its sign where it falls due; what was done early shows both days."""
    out = cbfa("timeline", "--as-of", "2013-01-01").out
    heading = next(line for line in out.splitlines() if line.split() == ["2011", "2012", "2013"])
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


def legend(out: str) -> dict[str, str]:
    """The words of each sign that the legend explains, in the order of the legend; a sign has one meaning."""
    line = next(line for line in out.splitlines() if re.match(r"[─┈] ", line))
    pairs = [part.split(" ", 1) for part in line.split("   ")]
    assert len({sign for sign, _ in pairs}) == len(pairs)
    return dict(pairs)


def drawn(out: str) -> set[str]:
    """Every sign on the tracks."""
    tracks = [line for line in out.splitlines() if "─" in line or "┈" in line]
    tracks = [line for line in tracks if set(line) - {"─", " "} and not re.match(r"[─┈] ", line)]
    return set(re.findall(r"[─┈◆│✓=×◐○!▲?]", "".join(tracks)))


@pytest.mark.parametrize("day", ["2010-06-30", "2011-06-30", "2012-02-15", "2012-12-31", "2013-06-30", "2014", "2016"])
def test_the_legend_explains_the_signs_that_are_drawn(cbfa, programme, day):
    """Each of them is there once, and nothing is explained that a page cannot draw."""
    out = cbfa("timeline", "--as-of", day).out

    assert drawn(out) <= set(legend(out))
    assert ("│" in legend(out)) is ("2011" <= day[:4] <= "2015")
    assert ("◆" in legend(out)) is ("✓" in legend(out))


def test_a_sign_has_the_words_that_fit_every_state_it_stands_for(cbfa, bridges):
    """○ is what is not begun and ◐ what is begun, whatever their deadlines."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01")
    words = legend(cbfa("timeline", "--as-of", "2012-06-30").out)

    assert words == {
        "─": "planned period",
        "◆": "due",
        "│": "as-of date",
        "◐": "in progress",
        "✓": "done",
        "○": "not started",
    }


def from_july(folder, period="{from: 2022-07, to: 2025-06}", schedule="{every: month, due: 20}", due="2025-06-30"):
    """The tiny programme in another period, without entries; its inspection has another schedule."""
    path = folder / "data" / "roadmap.yaml"
    text = path.read_text("utf-8").replace("{from: 2011, to: 2013}", period).replace("{every: year}", schedule)
    text = text.replace("{in: 2012, tentative: true}", "{due: 2023-03-31}")
    text = text.replace("{from: 2011, due: 2013}", f"{{due: {due}}}").replace("2010-12-09", "2022-06-30")
    path.write_text(text, "utf-8")
    (folder / "data" / "progress.yaml").write_text("", "utf-8")


def test_a_programme_from_july_has_its_own_months_alone(cbfa, bridges):
    """The track begins with July 2022 and ends with June 2025; thirty-six months are one row."""
    from_july(bridges)
    cbfa("mark", "inspection@2022-08", "done", "--on", "2022-08-25")
    out = cbfa("timeline", "--as-of", "2022-10-05").out
    lines = out.splitlines()
    begin = lines[5].index("2022")

    assert lines[4][begin:].rstrip() == "   │ 2022-10-05"
    assert lines[5][begin:].rstrip() == "2022  2023        2024        2025"
    assert row(out, "Inspection")[begin - len("Inspection") :] == "!✓!▲" + "○" * 32
    assert row(out, "Stone bridge")[begin - len("Stone bridge") :].rstrip() == "───│────○"


def test_members_that_owe_their_own_are_one_row(cbfa, bridges):
    """A window that they share is one line: overdue while any of them is."""
    path = bridges / "data" / "roadmap.yaml"
    text = path.read_text("utf-8")
    at = text.index("id: inspection")
    lead = "lead: [{agency: SoDay, basis: IV.2}, {agency: SoCau, basis: IV.1}]\n        each: true\n"
    path.write_text(text[:at] + re.sub(r"lead:\n(.*\n)+", lead, text[at:]), "utf-8")
    (bridges / "data" / "progress.yaml").write_text("", "utf-8")
    for key in ("inspection@2011/SoCau", "inspection@2011/SoDay", "inspection@2012/SoCau"):
        assert cbfa("mark", key, "done", "--on", f"{key[11:15]}-11-02").code == 0
    out = cbfa("timeline", "--as-of", "2013-06-30").out

    assert sum(line.startswith("Inspection") for line in out.splitlines()) == 1
    assert [sign for sign in row(out, "Inspection") if sign in "✓!○"] == ["✓", "!", "○"]
