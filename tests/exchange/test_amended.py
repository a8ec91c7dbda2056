"""Files and pictures of a programme that acts have changed. Of one without acts, the other tests have the bytes."""

from __future__ import annotations

import re
from contextlib import closing
from html import unescape
from pathlib import Path
from sqlite3 import connect

import pytest
import vobject
from docx import Document
from openpyxl import load_workbook

from tests.exchange.programs import written

DAY = ("--as-of", "2013-08-01")
BEFORE = ("--as-of", "2013-01-31")


def events(path: Path) -> dict[str, vobject.base.Component]:
    """Return the events of a calendar by the key of their occurrence."""
    calendar = vobject.readOne(path.read_text("utf-8"))
    return {event.uid.value.removesuffix("@bridges.cbfa"): event for event in calendar.contents.get("vevent", [])}


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Return the answer to a query, in a database in which every reference leads somewhere."""
    with closing(connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return database.execute(query).fetchall()


def records(path: Path, name: str) -> list[dict[str, object]]:
    """Return the rows of a sheet of records by their headings."""
    head, *body = load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


# The timeline


def test_the_timeline_has_the_original_deadline(cbfa, amended):
    """A hollow sign is where the first deadline was; the legend explains it."""
    out = cbfa("timeline", *DAY).out

    assert re.search(r"^Stone bridge +─*◇─*│─*○$", out, re.MULTILINE)
    assert "◇ original deadline" in out


def test_without_a_move_nothing_is_explained(cbfa, amended):
    """The day before the acts, and a selection without a moved deadline, have neither sign nor words."""
    assert "◇" not in cbfa("timeline", *BEFORE).out
    assert "No longer planned" not in cbfa("timeline", *BEFORE).out


def test_what_is_no_longer_planned_is_listed_below(cbfa, amended):
    """With its last deadline and the act; a selection keeps to its own."""
    out = cbfa("timeline", *DAY).out
    assert re.search(r"No longer planned\n-+\n.*\n.*\nRope bridges +2013-12-31 +Resolution 15/2013", out)
    assert "Rope bridges" not in cbfa("timeline", *DAY, "--state", "overdue").out


@pytest.mark.parametrize("ending", ["md", "txt", "svg"])
def test_every_form_of_the_timeline_has_both(cbfa, amended, ending):
    """Markdown with its chart, plain text, and the picture."""
    text = written(cbfa, f"x.{ending}", "timeline", *DAY).read_text("utf-8")

    assert "original deadline" in text
    assert "No longer planned" in text
    assert "Rope bridges" in text
    assert ending != "md" or "◇ Stone bridge · original deadline :milestone, 2012-12-31, 0d" in text
    assert ending != "svg" or "original deadline: 2012-12-31" in text


# The workbook


def test_the_records_have_columns_of_moves(cbfa, amended):
    """Only where acts are in force, and empty for what none has moved."""
    path = written(cbfa, "x.xlsx", "list", *DAY)
    found = {row["Key"]: row for row in records(path, "Occurrences")}
    stone, ferry = found["stone-bridge"], found["ferry"]

    assert str(stone["Original deadline"]).startswith("2012-12-31")
    assert (stone["Days moved"], stone["Moves"]) == (365, 2)
    assert (stone["Last moved by"], stone["Overdue when moved"]) == ("Decision 3/2013", "yes")
    assert found["inspection@2013"]["Overdue when moved"] is None
    assert (ferry["Original deadline"], ferry["Moves"]) == (None, None)
    assert "Moves" not in records(written(cbfa, "y.xlsx", "list", *BEFORE), "Occurrences")[0]


def test_a_sheet_has_a_row_for_each_change(cbfa, amended):
    """The act, its days, what it changed, and the effect."""
    path = written(cbfa, "x.xlsx", "export", *DAY)
    found = records(path, "Amendments")

    assert [(row["Act"], row["Change"], row["From"], row["To"], row["Effect"]) for row in found] == [
        (
            "Resolution 15/2013",
            "changed: Stone bridge",
            "2012",
            "2013-06-30",
            "1 deadline moved, overdue when moved: 1",
        ),
        ("Resolution 15/2013", "changed: Inspection (2013)", "2013-12-31", "2013-11-30", "1 deadline moved"),
        ("Resolution 15/2013", "repealed: Rope bridges", None, "goes on in: Stone bridge", "1 task no longer planned"),
        ("Resolution 20/2013", "added: Ferry", None, "2013-10-31", "1 task added"),
        (
            "Decision 3/2013",
            "changed: Stone bridge",
            "2013-06-30",
            "2013-12-31",
            "1 deadline moved, overdue when moved: 1",
        ),
        ("Decision 3/2013", "agencies merged", "Rope Department", "Bridge Department", "4 tasks changed"),
    ]
    assert (found[0]["Clause of the act"], found[0]["Why"]) == ("1.3", "Floods")
    assert [row["Revoked"] for row in found] == [None] * len(found)
    (gone,) = records(path, "No longer planned")
    assert (gone["Key"], gone["Remarks"]) == ("rope-bridges", "goes on in: Stone bridge")
    assert "Amendments" not in load_workbook(written(cbfa, "y.xlsx", "export", *BEFORE)).sheetnames


@pytest.mark.parametrize(
    ("arguments", "sheets"),
    [
        (("amendments",), ["Summary", "Amendments", "No longer planned"]),
        (("amendments", "--pending"), ["Requests for more time"]),
        (("diff", "--from", "2013-01-01", "--to", "2013-08-01"), ["What changed"]),
    ],
)
def test_the_pages_of_a_plan_that_changes_have_workbooks(cbfa, amended, arguments, sheets):
    """The acts with their records, the requests without a decision, and two days compared."""
    days = () if arguments[0] == "diff" else DAY

    assert load_workbook(written(cbfa, "x.xlsx", *arguments, *days)).sheetnames == sheets


def test_the_timeline_keeps_its_columns_narrow(cbfa, amended):
    """What is no longer planned is on a sheet of its own, not below the narrow columns of the timeline."""
    book = load_workbook(written(cbfa, "x.xlsx", "timeline", *DAY))
    values = [value for row in book["Timeline"].iter_rows(values_only=True) for value in row]

    assert "◇" in values
    assert "No longer planned" in book.sheetnames
    assert "No longer planned" not in values


# Documents


@pytest.mark.parametrize("kind", [("annual", "--year", "2013"), ("midterm",), ("final",)])
def test_official_reports_have_the_adjustments(cbfa, amended, kind):
    """The figures are in a section of the results, and the lists in an appendix."""
    path = written(cbfa, "x.docx", "report", "--kind", *kind, *DAY)
    document = Document(str(path))
    text = "\n".join(one.text for one in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]

    assert "Amendments to the programme" in text
    assert "2 deadlines moved, by 167 days on average; 1 of them overdue when moved" in text
    assert "added by acts: 1; no longer planned: 1 (overdue when repealed: 0)." in text
    assert ["1", "Stone bridge", "2012-12-31", "2013-06-30", "181", "Resolution 15/2013", "overdue when moved"] in cells
    assert ["1", "Rope bridges", "2013-12-31", "Resolution 15/2013", "goes on in: Stone bridge"] in cells
    assert ["1", "Ferry", "2013-10-31", "Resolution 20/2013"] in cells


def test_the_report_of_an_agency_has_what_it_no_longer_owes(cbfa, amended):
    """An appendix has it with the act; before the act there is none."""
    question = ["report", "--kind", "agency", "--agency", "SoCau"]
    appendix = cbfa(*question, *DAY).out.partition("No longer planned")[2]

    assert "Rope bridges" in appendix
    assert "Resolution 15/2013" in appendix
    assert "No longer planned" not in cbfa(*question, "--as-of", "2013-01-31").out


def test_an_annual_report_has_the_acts_of_its_year(cbfa, amended):
    """The report on a year before the acts has no such section, whenever it is made."""
    assert "Amendments" not in cbfa("report", "--kind", "annual", "--year", "2012", *DAY).out
    assert "Amendments" not in cbfa("report", "--kind", "letter", *DAY).out


# The page for leaders


def test_the_page_has_the_history_of_a_milestone(cbfa, amended):
    """As adopted, each act, and the entries between them, in order."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2013-04-01", "--note", "first arch", "--yes")
    text = unescape(written(cbfa, "x.html", "dashboard", *DAY).read_text("utf-8"))
    details = text[text.index('id="stone-bridge"') :]
    found = [
        details.index(words)
        for words in (
            "due 2012-12-31",
            "deadline moved from 2012-12-31 to 2013-06-30 by Resolution 15/2013 (overdue when moved)",
            "first arch",
            "deadline moved from 2013-06-30 to 2013-12-31 by Decision 3/2013",
        )
    ]

    assert found == sorted(found)


def test_the_page_counts_what_acts_changed(cbfa, amended):
    """One line of totals, the kinds of change since a day, original deadlines, and what is no longer planned."""
    text = written(cbfa, "x.html", "dashboard", *DAY, "--since", "2013-01-31").read_text("utf-8")
    plain = re.sub(r"<[^>]*>", "", text)

    assert "2 deadlines moved" in plain
    assert "Stone bridge: 2012-12-31 → 2013-12-31" in plain
    assert re.search(r"2\s*Deadline moved", plain)
    assert re.search(r"1\s*Newly planned", plain)
    assert re.search(r"1\s*No longer planned", plain)
    assert 'class="original"' in text
    assert "Hollow diamond: original deadline." in plain


def test_without_acts_the_page_has_none_of_it(cbfa, amended):
    """The day before the first act."""
    text = written(cbfa, "x.html", "dashboard", *BEFORE).read_text("utf-8")

    assert not [
        words for words in ("amending", "Deadline moved", "original deadline", "No longer planned") if words in text
    ]


# The calendar


def test_a_moved_deadline_moves_its_event(cbfa, amended):
    """The UID stays, and the number grows with each act: 0, then 1, then 2."""
    days = ("2013-01-31", "2013-02-01", "2013-08-01")
    found = [events(written(cbfa, "x.ics", "list", "--as-of", day))["stone-bridge"] for day in days]

    assert [event.sequence.value for event in found] == ["0", "1", "2"]
    assert [f"{event.dtstart.value}" for event in found] == ["2012-12-31", "2013-06-30", "2013-12-31"]
    assert "deadline moved from 2012-12-31 to 2013-06-30 by Resolution 15/2013" in found[-1].description.value


def test_a_repealed_task_is_cancelled(cbfa, amended):
    """Its event has a higher number than before, no reminder, and the act."""
    before = events(written(cbfa, "x.ics", "list", *BEFORE))["rope-bridges"]
    after = events(written(cbfa, "x.ics", "list", *DAY))["rope-bridges"]

    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)
    assert "valarm" not in after.contents
    assert "repealed by Resolution 15/2013" in after.description.value


def test_a_removed_deadline_cancels_its_event(cbfa, bridges):
    """On the day that it had last."""
    Path("data/amendments.yaml").write_text(
        "format: 1\namendments:\n  - {id: a, act: A, signed: 2011-02-01, changes: [{change: rope-bridges, "
        "was: {schedule: {from: 2011, due: 2013}}, now: {schedule: null}}]}\n",
        "utf-8",
    )
    event = events(written(cbfa, "x.ics", "list", *DAY))["rope-bridges"]

    assert (event.status.value, f"{event.dtstart.value}") == ("CANCELLED", "2013-12-31")


# The database


def test_files_say_which_acts_are_revoked(cbfa, amended):
    """The workbook and the database."""
    path = Path("data/amendments.yaml")
    acts = """
  - {id: mistaken, act: Decision 4/2013, signed: 2013-07-16, changes: [{repeal: inspection}]}
  - {id: back, act: Decision 5/2013, signed: 2013-07-20, changes: [{revoke: mistaken}]}
"""
    path.write_text(path.read_text("utf-8") + acts, "utf-8")
    book, database = (written(cbfa, f"x.{ending}", "export", *DAY) for ending in ("xlsx", "sqlite"))

    assert [row["Act"] for row in records(book, "Amendments") if row["Revoked"]] == ["Decision 4/2013"]
    assert rows(database, "SELECT id FROM amendments WHERE revoked") == [("mistaken",)]


def test_the_database_has_the_acts_and_their_changes(cbfa, amended):
    """In order, as texts, with the agencies that ended."""
    path = written(cbfa, "x.sqlite", "export", *DAY)

    assert rows(path, "SELECT id, effective FROM amendments ORDER BY position") == [
        ("first", "2013-02-01"),
        ("second", "2013-03-01"),
        ("third", "2013-07-15"),
    ]
    assert rows(path, "SELECT amendment_id, position, kind, key, field, was, now FROM changes") == [
        ("first", 1, "change", "stone-bridge", "schedule", "in: 2012", "due: 2013-06"),
        ("first", 2, "change", "inspection@2013", "due", "2013", "2013-11-30"),
        ("first", 3, "repeal", "rope-bridges", "into", None, "stone-bridge"),
        ("second", 1, "add", "ferry", "schedule", None, "due: 2013-10"),
        ("third", 1, "change", "stone-bridge", "schedule", "due: 2013-06", "due: 2013-12"),
        ("third", 2, "merge", "SoDay", "into", None, "SoCau"),
    ]
    assert rows(path, "SELECT id, ended, successors FROM agencies") == [("SoCau", 0, None), ("SoDay", 1, "SoCau")]


def test_what_is_no_longer_planned_is_a_row_that_nothing_counts(cbfa, amended):
    """It has no unit, no timing and no class."""
    path = written(cbfa, "x.sqlite", "export", *DAY)

    assert rows(
        path,
        "SELECT key, original_due, slip_days, moves, late_when_moved, repealed_by, late_when_repealed, timing, official "
        "FROM occurrences WHERE key IN ('stone-bridge', 'rope-bridges') ORDER BY key DESC",
    ) == [
        ("stone-bridge", "2012-12-31", 365, 2, 1, None, 0, "within-deadline", "within-deadline"),
        ("rope-bridges", "2013-12-31", 0, 0, 0, "first", 0, None, None),
    ]
    assert rows(path, "SELECT count(*) FROM units WHERE key = 'rope-bridges'") == [(0,)]
    total = cbfa.json("status", *DAY).page["total"]["occurrences"]
    assert rows(path, "SELECT sum(occurrences) FROM by_agency") == [(total,)]


def test_the_same_data_give_the_same_bytes(cbfa, amended):
    """No clock and no chance is in any file."""
    for name, command in (("xlsx", "export"), ("sqlite", "export"), ("html", "dashboard"), ("ics", "timeline")):
        first, second = (written(cbfa, f"{one}.{name}", command, *DAY).read_bytes() for one in "ab")
        assert first == second


# What each member owes


MEMBERS = """\
format: 1
amendments:
  - {id: a, act: A, signed: 2025-07-01, changes: [{group: VungCao, leave: [HuyenB]}]}
  - {id: b, act: B, signed: 2025-09-01, changes: [{change: plans@2025-H2/HuyenA, was: {due: 2025-12-01}, now: {due: 2025-12-31}}]}
  - {id: c, act: C, signed: 2025-11-15, changes: [{repeal: plans}]}
"""


def test_what_each_owed_is_one_event_that_is_cancelled_once(cbfa, districts):
    """A member that leaves cancels nothing of the others; a repeal cancels the event of all, with a higher number."""
    Path("data/amendments.yaml").write_text(MEMBERS, "utf-8")
    days = ("2025-06-30", "2025-10-01", "2025-11-30")
    key = "plans@2025-H2@districts.cbfa"
    found = [events(written(cbfa, "x.ics", "list", "--as-of", day))[key] for day in days]

    assert [event.status.value for event in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    numbers = [int(event.sequence.value) for event in found]
    assert numbers == sorted(set(numbers))


def test_a_member_has_its_own_event_cancelled(cbfa, districts):
    """In the calendar of that member."""
    Path("data/amendments.yaml").write_text(MEMBERS, "utf-8")
    found = events(written(cbfa, "x.ics", "list", "--agency", "HuyenA", "--as-of", "2025-11-30"))

    assert found["plans@2025-H2/HuyenA@districts.cbfa"].status.value == "CANCELLED"


def test_the_deadline_of_all_is_that_of_the_member_that_decides(cbfa, districts):
    """“overdue when any is”: since the day on which the first open one fell due, whichever member's deadline was moved."""
    change = "{change: plans@2025-H1/HuyenA, was: {due: 2025-06-15}, now: {due: 2025-12-01}}"
    act = f"  - {{id: d, act: D, signed: 2025-09-01, changes: [{change}]}}\n"
    Path("data/amendments.yaml").write_text(f"format: 1\namendments:\n{act}", "utf-8")
    screen = cbfa("status", "--as-of", "2025-10-01").out

    assert cbfa("check").code == 0
    assert re.search(r"108 days +\S.*Own plan \(2025-H1\)", screen)


def test_who_takes_over_what_members_owed_counts_each(cbfa, districts):
    """In its own report each part counts; in the programme's total they still count once, and nothing is no longer planned."""
    merged = "  - {id: d, act: D, signed: 2025-07-01, changes: [{merge: [HuyenB], into: HuyenA}]}\n"
    Path("data/amendments.yaml").write_text(f"format: 1\namendments:\n{merged}", "utf-8")
    before, after = (cbfa.json("status", "--as-of", day).page for day in ("2025-06-30", "2025-07-01"))
    rows = cbfa.json("list", "--agency", "HuyenA", "--role", "lead", "--as-of", "2025-07-01").page["items"]
    (its,) = [one for one in cbfa.json("agencies", "--as-of", "2025-07-01").page["items"] if one["id"] == "HuyenA"]

    assert its["leads"]["occurrences"] == len(rows)
    assert after["total"]["occurrences"] == before["total"]["occurrences"]
    assert (after["amended"]["added"], after["amended"]["repealed"]) == (0, 0)


def test_every_file_opens_where_members_owe_their_own(cbfa, districts):
    """References lead somewhere, and lists have one row for all."""
    Path("data/amendments.yaml").write_text(MEMBERS, "utf-8")
    day = ("--as-of", "2025-11-30")
    path = written(cbfa, "x.sqlite", "export", *day)

    assert len(rows(path, "SELECT key FROM occurrences WHERE repealed_by = 'c'")) == 2
    assert re.search(r"Own plan \(2025-H2\) +2025-12-31 +C\n", cbfa("timeline", *day).out)
    for name, command in (("xlsx", "export"), ("html", "dashboard"), ("svg", "timeline")):
        written(cbfa, f"x.{name}", command, *day)
    written(cbfa, "x.docx", "report", "--kind", "final", *day)
