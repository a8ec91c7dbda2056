"""`-o FILE.xlsx`: real dates and numbers, filters, print set-up, charts; and nothing in a text is run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cbfa.core.journal import VIET_NAM
from cbfa.core.text import squashed
from cbfa.exchange.grid import MAX_TEXT, limited, safe_text
from cbfa.exchange.records import Records
from cbfa.exchange.sheet import FILL, INK, Book, write_records
from cbfa.exchange.workbook import NAMES
from cbfa.locale import LANGUAGES, get_language
from cbfa.views.clean import clean
from cbfa.views.page import Cell as PageCell
from cbfa.views.page import Column, Table
from tests.cli.running import FILES, READING, SHIPPED, process
from tests.exchange.kinds import DISTRICTS_DAY, DRAFT_DAY, LEADS, PARTNERS_DAY
from tests.exchange.programs import needs, written
from tests.hostile.test_texts import TEXTS, WORDS, harmful, lay_out

DAY = "2013-06-30"
TRAPS = {
    "a link": "=HYPERLINK(1)",
    "an array": "{=1+1}",
    "rich text of XlsxWriter": "<r><t>x</t></r>",
    "broken rich text": "<r></t></r>",
    "an escape of Excel": "a_x0041_b",
    "codes of a footer": "R&G &[Picture] &P & &&",
    "an address": "https://evil.example/",
    "a number": "0042",
    "a date": "1/2/2012",
    "a long title": "Hội nghị " * 50,
}
TEXTS_AND_TRAPS = {**TEXTS, **TRAPS}


def rows(sheet: Worksheet) -> list[list[Cell]]:
    """Return the cells of a sheet, row by row."""
    return list(sheet.iter_rows())


def texts(sheet: Worksheet) -> list[str]:
    """Return every text of a sheet."""
    return [cell.value for row in rows(sheet) for cell in row if isinstance(cell.value, str)]


def records(sheet: Worksheet) -> list[dict[str, Cell]]:
    """Return the rows of a sheet of records by their headings."""
    head, *body = rows(sheet)
    return [dict(zip([str(cell.value) for cell in head], row, strict=True)) for row in body]


def beside(sheet: Worksheet, name: str) -> object:
    """Return the value to the right of the first cell with a text, which may be indented."""
    found = next(
        cell for row in rows(sheet) for cell in row if isinstance(cell.value, str) and cell.value.strip() == name
    )
    return found.offset(column=1).value


def formulas(book: Workbook) -> list[str]:
    """Return the cells that are formulas, links or errors."""
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in rows(sheet)
        for cell in row
        if cell.data_type in ("f", "e") or cell.hyperlink
    ]


def opened(path: Path) -> Workbook:
    """Read a workbook."""
    return load_workbook(path)


@pytest.fixture
def export(cbfa, programme) -> Workbook:
    """The whole shipped programme, in English."""
    return opened(written(cbfa, "all.xlsx", "export", "--as-of", DAY))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_every_reading_command_has_a_workbook(cbfa, bridges, command, language):
    """It opens, its first sheet has the title of the answer, and the names of its sheets suit Excel."""
    book = opened(written(cbfa, "x.xlsx", *command, "--as-of", "2012-06-30", "--lang", language))
    title = cbfa(*command, "--as-of", "2012-06-30", "--lang", language).out.splitlines()[0]

    assert rows(book.worksheets[0])[0][0].value == title
    assert len(set(book.sheetnames)) == len(book.sheetnames)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert formulas(book) == []


def test_names_of_sheets_suit_excel():
    """At most 31 characters, none of them reserved, and no apostrophe at an end."""
    names = [get_language(code).text(name) for name in NAMES.values() for code in LANGUAGES]

    assert all(re.fullmatch(r"[^\[\]:*?/\\]{1,31}", name) and name.strip("'") == name for name in names)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        (["export"], ["Summary", "Occurrences", "Agencies", "Journal"]),
        (["status"], ["Summary", "Occurrences", "Agencies", "Journal"]),
        (["report", "--agency", "SoDay"], ["Summary", "Occurrences", "Agencies", "Journal"]),
        (["list"], ["List", "Occurrences"]),
        (["timeline"], ["Timeline", "Occurrences"]),
        (["show", "rope-bridges"], ["Milestone", "Occurrences"]),
        (["log"], ["Journal", "Entries"]),
        (["agencies"], ["Agencies"]),
    ],
    ids=lambda value: value[0],
)
def test_sheets(cbfa, bridges, command, names):
    """A large file has four sheets; others have their page, and the records of it."""
    assert opened(written(cbfa, "x.xlsx", *command, "--as-of", "2012-06-30")).sheetnames == names


# Records


def test_occurrences_are_those_of_the_list(cbfa, export):
    """Keys, dates, days, percentages and counts are equal to those for programs, and have their types."""
    items = cbfa.json("list", "--as-of", DAY).page["items"]
    found = records(export["Occurrences"])

    def day(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    assert len(found) == 68
    for item, row in zip(items, found, strict=True):
        percent = row["%"].value
        assert row["Key"].value == item["key"]
        assert row["Due"].value == day(item["due"])
        assert row["Done on"].value == day(item["done_on"])
        assert row["Days overdue"].value == item["days_overdue"]
        assert row["Days late"].value == item["days_late"]
        assert row["Counted"].value == item["counted"]
        assert (None if percent is None else round(100 * percent)) == item["percent"]
        assert str(row["Milestone"].value).startswith(item["title"])
        assert row["Clauses"].value == ", ".join(item["clauses"])


def test_states_are_words_on_their_colour(export):
    """The colour of a state is never alone, and has enough contrast to be read."""
    states = {(row["State"].value, row["State"].fill.fgColor.rgb) for row in records(export["Occurrences"])}

    assert ("overdue", "FF" + next(FILL[tone] for tone in FILL if tone.name == "BAD")[1:].upper()) in states
    assert {word for word, _ in states} >= {"overdue", "not yet open", "done on time", "in progress", "no deadline"}
    assert all(contrast(INK[tone], colour) >= 4.5 for tone, colour in FILL.items())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""

    def light(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("language", "form", "heading"), [("en", "yyyy-mm-dd", "Due"), ("vi", "dd/mm/yyyy", "Thời hạn")]
)
def test_dates_and_numbers_are_shown_as_the_reader_writes_them(cbfa, bridges, language, form, heading):
    """The language decides the format of a date; the value is the same."""
    book = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30", "--lang", language))
    found = records(book.worksheets[1])

    assert {row[heading].number_format for row in found if row[heading].value} == {form}
    assert found[0][heading].value == datetime.fromisoformat("2012-12-31")
    assert {row["%"].number_format for row in found if row["%"].value is not None} == {"0.0%"}


def test_remarks_say_how_much_a_row_can_be_relied_on(cbfa, bridges):
    """A missing entry, a tentative date and an inferred lead, in words."""
    book = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30"))
    remarks = {row["Key"].value: row["Remarks"].value for row in records(book["Occurrences"])}

    assert remarks["stone-bridge"] == "no entry; tentative date"
    assert remarks["rope-bridges"] is None
    assert remarks["inspection@2011"] == "inferred assignment"


def test_a_range_of_a_target_is_text_and_its_count_a_number(cbfa, bridges):
    """Two to three bridges, of which there is one: a half."""
    book = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30"))
    row = next(one for one in records(book["Occurrences"]) if one["Key"].value == "rope-bridges")

    assert [row[name].value for name in ("Target", "Unit", "Counted", "%")] == ["2–3", "bridges", 1, 0.5]


# Other kinds of programmes


def occurrences_of(cbfa, *options: str) -> dict[str, dict[str, Cell]]:
    """Return the rows of occurrences by their key, whose heading is the last one or before the titles in other languages."""
    found = records(opened(written(cbfa, "kind.xlsx", "export", *options))["Occurrences"])
    return {str(row["Key"].value): row for row in found}


def test_levels_are_numbers(cbfa, districts):
    """Baseline, figure and value are numbers in every language, with the decimals that they have; what Excel would round is text."""
    found = occurrences_of(cbfa, *DISTRICTS_DAY)
    days, share, money = found["days"], found["share"], found["money"]
    names = ("Baseline", "Condition", "Target", "Unit", "Value", "%")

    assert [days[name].value for name in names] == [193, "at most", 100, "days", 120.5, 0.77]
    assert (days["Value"].number_format, days["Target"].number_format) == ("#,##0.0", "#,##0")
    assert [share[name].value for name in names] == [None, "at least", 80.5, "%", None, None]
    assert money["Target"].value == 10**15
    assert money["Value"].value == "999,999,999,999,999.999"
    assert [found["centres"][name].value for name in ("Condition", "Target", "Counted")] == [None, 2, 0]
    entries = records(opened(Path("kind.xlsx"))["Journal"])
    assert [row["Value"].value for row in entries][2:4] == [210, 120.5]


@given(st.lists(st.decimals(-(10**6), 10**6, places=3) | st.decimals(-(10**15), 10**15, places=9), min_size=1))
def test_no_digit_of_a_number_is_lost(values):
    """Read back it is the same number; with more digits than Excel keeps, it is a text with all of them."""
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    table = Table([Column("n", numeric=True)], [[PageCell(value)] for value in values])
    write_records(Book(workbook, get_language("en")), workbook.add_worksheet(), Records(table, [10]))
    workbook.close()
    found = [cell.value for cell in load_workbook(stream).active["A"][1:]]

    for value, shown in zip(values, found, strict=True):
        if isinstance(shown, str):
            assert Decimal(shown.replace(",", "")) == value
            assert len(value.normalize().as_tuple().digits) > 15
        else:
            assert Decimal(str(shown)) == value


def test_every_lead_is_named(cbfa, districts):
    """All twenty, in their order."""
    found = occurrences_of(cbfa, *DISTRICTS_DAY)

    assert found["share"]["Lead"].value == "SM, Second Department"
    assert len(found["money"]["Lead"].value.split(", ")) == LEADS


def test_a_member_has_a_row_and_its_group_a_count(cbfa, districts):
    """How many of all have done it is beside; an entry under an older key has its title."""
    found = occurrences_of(cbfa, *DISTRICTS_DAY)
    row = found["plans@2025-H1/HuyenC"]

    assert (row["Member"].value, row["Members done"].value, row["State"].value) == ("District C", 2, "overdue")
    assert row["Members done"].number_format == '#,##0" of 3"'
    assert found["days"]["Member"].value is None
    entries = records(opened(Path("kind.xlsx"))["Journal"])
    assert entries[1]["Key"].value == "district-plans@2025-H1/HuyenB"
    assert entries[1]["Milestone"].value == "Own plan (2025-H1) · District B"
    assert entries[1]["Remarks"].value is None


def test_what_no_milestone_has_gets_no_column(cbfa, draft):
    """No wording, product, level, member or other language: no empty column."""
    found = occurrences_of(cbfa, *DRAFT_DAY)
    heads = set(found["alberi"])

    assert not heads & {
        "Supports",
        "Official wording",
        "Product",
        "Member",
        "Members done",
        "Baseline",
        "Condition",
        "Value",
    }
    assert not [head for head in heads if head.startswith("Milestone (")]
    assert found["alberi"]["Milestone"].value == "Piantare alberi"


def test_other_languages_have_their_titles(cbfa, partners):
    """The programme's own word for a milestone is the heading."""
    found = occurrences_of(cbfa, *PARTNERS_DAY)
    french = occurrences_of(cbfa, *PARTNERS_DAY, "--lang", "fr")
    row = found["C01.1.1"]

    assert (row["Commitment"].value, row["Commitment (Français)"].value) == ("Publish the data", "Publier les données")
    assert french["C01.1.1"]["Engagement (English)"].value == "Publish the data"


def test_wording_and_product_have_columns(cbfa, districts):
    """Where any milestone has them."""
    row = occurrences_of(cbfa, *DISTRICTS_DAY)["days"]

    assert row["Official wording"].value == "The time of procedures is cut"
    assert row["Product"].value == "Statistical report"


def test_without_the_official_classes_years_have_plain_words(cbfa, partners):
    """Done, within deadline, overdue: the table and its chart."""
    sheet = opened(written(cbfa, "x.xlsx", "export", *PARTNERS_DAY))["Summary"]
    heads = next(row for row in rows(sheet) if row[0].value == "Year")

    assert [cell.value for cell in heads if cell.value] == ["Year", "done", "within deadline", "overdue"]
    assert "done on time" not in texts(sheet)
    assert len(sheet._charts) == 2


def test_the_journal_has_every_entry(cbfa, export):
    """Each with its day, its note, its evidence and its milestone."""
    items = cbfa.json("log", "--as-of", DAY).page["items"]
    found = records(export["Journal"])

    assert len(found) == len(items) == 5
    for item, row in zip(items, found, strict=True):
        assert row["Day"].value == datetime.fromisoformat(item["on"])
        assert row["Key"].value == item["key"]
        assert row["Note"].value == item["note"]
        assert row["Evidence"].value == ("; ".join(item["evidence"]) or None)
        assert row["Recorded"].value == in_viet_nam(item["recorded"])
        assert row["Milestone"].value


def in_viet_nam(moment: str) -> datetime:
    """Return a moment as a clock in Viet Nam shows it, to the second."""
    return datetime.fromisoformat(moment).astimezone(VIET_NAM).replace(tzinfo=None, microsecond=0)


def write_entries(folder: Path, *entries: dict[str, Any]) -> None:
    """Add records to the journal."""
    with (folder / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        for number, entry in enumerate(entries):
            fields = {"id": f"x-{number}", "recorded": "2012-02-02T08:00:00+07:00", **entry}
            file.write(f"- {json.dumps(fields)}\n")


def test_an_entry_of_a_period_or_without_a_milestone_says_so(cbfa, bridges):
    """A quarter is no date, so it is text; what the roadmap lacks has no title and a remark."""
    entry = {"on": "2012-Q1", "event": "progress", "percent": 30}
    write_entries(bridges, {**entry, "key": "stone-bridge"}, {**entry, "key": "gone"})
    book = opened(written(cbfa, "x.xlsx", "log"))
    row, gone = (one for one in records(book["Entries"]) if one["Day"].value == "2012-Q1")

    assert (row["%"].value, row["Milestone"].value, row["Remarks"].value) == (0.3, "Stone bridge", None)
    assert (gone["Milestone"].value, gone["Remarks"].value) == (None, "not in the roadmap, changes no state")


def test_what_was_taken_back_has_a_sheet(cbfa, bridges):
    """It says which entry, why and by whom; without any there is no such sheet."""
    before = opened(written(cbfa, "x.xlsx", "export")).sheetnames
    write_entries(bridges, {"retracts": "e-1", "note": "counted twice", "by": "SoDay"}, {"retracts": "lost"})
    book = opened(written(cbfa, "x.xlsx", "export"))
    first, lost = records(book["Taken back"])

    assert "Taken back" not in before
    assert (first["Key"].value, first["Why"].value, first["Taken back by"].value) == (
        "rope-bridges",
        "counted twice",
        "SD",
    )
    assert first["Taken back on"].value == datetime.fromisoformat("2012-02-02T08:00")
    assert (lost["Key"].value, lost["Note"].value) == (None, "an entry that is not in this journal")


# The set-up of sheets


@pytest.mark.parametrize("name", ["Occurrences", "Journal"])
def test_records_have_filters_and_a_head_that_stays(export, name):
    """The head is in sight on the screen and on each printed page, and each column can be filtered."""
    sheet = export[name]

    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(cell.value and cell.font.bold for cell in rows(sheet)[0])


def test_every_sheet_is_set_up_for_a4_in_landscape(export):
    """One page wide, as many as it needs high, with the day, the programme and the number of the page below."""
    for sheet in export:
        page = sheet.page_setup

        assert (page.orientation, int(page.paperSize), sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            9,
            True,
        )
        assert (int(page.fitToWidth or 1), int(page.fitToHeight)) == (1, 0)
        assert sheet.oddFooter.right.text == "&P/&N"
        assert DAY in sheet.oddFooter.left.text
        assert "Foreign-affairs programme" in sheet.oddFooter.center.text


def test_titles_are_wrapped_in_columns_of_a_sensible_width(export):
    """A long title takes lines, not half of the screen, and its row is as high as it needs."""
    sheet = export["Occurrences"]
    long = next(row for row in records(sheet) if len(str(row["Milestone"].value)) > 45)["Milestone"]
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in rows(sheet)[0]]

    assert long.alignment.wrap_text
    assert sheet.row_dimensions[long.row].height > 20
    assert max(widths) <= 48
    assert min(widths) >= 6
    assert sum(widths) < 285


def test_a_row_is_high_enough_for_capitals(cbfa, programme):
    """Abbreviations of agencies are wider than words of as many letters: here they need three lines."""
    sheet = opened(written(cbfa, "x.xlsx", "list", "--as-of", DAY, "--lang", "vi")).worksheets[1]
    supports = next(row["Phối hợp"] for row in records(sheet) if row["Mã đầu việc"].value == "foreign-affairs-bulletin")

    assert supports.value == "KH&ĐT, Công Thương, NN&PTNT"
    assert sheet.row_dimensions[supports.row].height >= 40


def test_a_list_without_groups_has_filters(cbfa, bridges):
    """What is overdue has one table, whose head stays; a list by workstream has rows that a filter would scatter."""
    overdue = opened(written(cbfa, "x.xlsx", "overdue")).worksheets[0]
    listed = opened(written(cbfa, "y.xlsx", "list")).worksheets[0]

    assert overdue.freeze_panes == "A6"
    assert overdue.auto_filter.ref.startswith("A5:")
    assert listed.freeze_panes == "A6"
    assert listed.auto_filter.ref is None


def test_a_column_is_as_wide_as_its_longest_number(cbfa, bridges):
    """A spreadsheet shows a number that is too long as `###`."""
    write_entries(bridges, {"on": "2012-01-05", "key": "rope-bridges", "event": "progress", "count": 1_000_000_000})
    sheet = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30"))["Occurrences"]
    counted = next(row["Counted"] for row in records(sheet) if row["Key"].value == "rope-bridges")

    assert counted.value == 1_000_000_001
    assert sheet.column_dimensions[counted.column_letter].width > len("1,000,000,001")


# Pages


def test_figures_of_the_summary_are_numbers(cbfa, export):
    """They are those of `cbfa status` for programs."""
    total = cbfa.json("status", "--as-of", DAY).page["total"]
    sheet = export["Summary"]

    assert beside(sheet, "overdue") == total["official"]["overdue"] == 24
    assert beside(sheet, "done") == total["progress"]["done"] == 3
    assert beside(sheet, "Total") == total["occurrences"] == 68
    assert beside(sheet, "not yet open") == total["not_yet_open"]
    assert beside(sheet, "over 30 days") == total["overdue_over_30_days"]


def test_a_ratio_and_days_are_numbers_with_words(export):
    """One can sum them up; the format has the whole, or the unit."""
    cells = [cell for row in rows(export["Summary"]) for cell in row]
    done = next(cell for cell in cells if cell.number_format == '#,##0" of 68"')
    days = next(cell for cell in cells if cell.number_format.startswith('#,##0" days"'))

    assert (done.value, days.value) == (3, 822)


def test_no_command_for_a_shell_is_in_a_sheet(export):
    """Who reads a workbook has no shell."""
    assert [text for sheet in export for text in texts(sheet) if "cbfa " in text] == []


def test_the_charts_show_the_tables(cbfa, export):
    """By workstream without the total, and by year: their figures add up to those of the programme."""
    page = cbfa.json("status", "--as-of", DAY).page
    sheet = export["Summary"]
    by_workstream, by_year = (list(figures(sheet, chart)) for chart in sheet._charts)
    years = [year for year in page["years"] if year["occurrences"]]

    assert [name for name, *_ in by_workstream] == ["done", "under way", "overdue", "the rest"]
    assert {len(values) for _, values, _ in by_workstream} == {len(page["items"])}
    assert sum(sum(values) for _, values, _ in by_workstream) == page["total"]["base"]
    assert by_year[0][2] == [str(year["year"]) for year in years]
    assert sum(sum(values) for _, values, _ in by_year) == sum(year["occurrences"] for year in years)


def figures(sheet: Worksheet, chart: Any) -> Iterator[tuple[str, list[int], list[str]]]:
    """Yield the name, the values and the categories of each series, from the cells that it names."""

    def values(formula: str) -> list[Any]:
        place = formula.rpartition("!")[2].replace("$", "")
        found = sheet[place]
        return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]

    for series in chart.series:
        yield (
            values(series.tx.strRef.f)[0],
            values(series.val.numRef.f),
            values((series.cat.strRef or series.cat.numRef).f),
        )


def test_a_timeline_has_a_cell_for_each_month(cbfa, bridges):
    """The head has years and months; the planned period is filled, and the state is a sign that the legend explains.

    A line through all rows is the as-of date, also where a cell has another sign.
    """
    sheet = opened(written(cbfa, "x.xlsx", "timeline", "--as-of", "2012-06-30")).worksheets[0]
    heads, bridge = (next(row for row in rows(sheet) if row[0].value == name) for name in ("Milestone", "Rope bridges"))

    assert [cell.value for cell in heads if cell.value in ("2011", "2012", "2013")] == ["2011", "2012", "2013"]
    assert len(sheet.merged_cells.ranges) >= 3
    assert sum(cell.fill.fill_type == "solid" for cell in bridge) == 35
    assert [cell.value for cell in bridge if cell.border.right.style == "medium"] == ["│"]
    assert [cell.value for cell in sheet[heads[0].row + 1]][2:] == [f"{month}" for month in range(1, 13)] * 3
    assert any("planned period" in text for text in texts(sheet))


def test_lines_below_a_value_have_their_own_column(cbfa, bridges):
    """So a due date stays a date, and what is below it stays to be read."""
    sheet = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30")).worksheets[0]
    heads, stone = (next(row for row in rows(sheet) if row[0].value == name) for name in ("Milestone", "Stone bridge"))
    row = dict(zip([cell.value for cell in heads], [cell.value for cell in stone], strict=True))

    assert row == {
        "Milestone": "Stone bridge",
        "Milestone: notes": "stone-bridge",
        "State": "within deadline",
        "State: notes": "no entry",
        "Due": datetime.fromisoformat("2012-12-31"),
        "Due: notes": "tentative date",
        "Lead": "SC",
        "Lead: notes": None,
    }


# Data at the edges


def test_an_empty_journal(cbfa, bridges):
    """There are heads with filters, and no rows."""
    (bridges / "data" / "progress.yaml").write_text("# Nothing yet.\n", encoding="utf-8")
    book = opened(written(cbfa, "x.xlsx", "export", "--as-of", "2012-06-30"))

    assert records(book["Journal"]) == []
    assert len(records(book["Occurrences"])) == 5
    assert opened(written(cbfa, "y.xlsx", "log")).sheetnames == ["Journal", "Entries"]


def test_an_agency_without_milestones(cbfa, bridges):
    """Its report has zeros, no charts, and no occurrences."""
    with (bridges / "data" / "agencies.yaml").open("a", encoding="utf-8") as file:
        file.write("  - id: SoMoi\n    name: {vi: Sở Mới, en: New Department}\n")
    book = opened(written(cbfa, "x.xlsx", "report", "--agency", "SoMoi", "--as-of", "2012-06-30"))

    assert records(book["Occurrences"]) == []
    assert book["Summary"]._charts == []
    assert beside(book["Summary"], "Leads") == 0


def test_a_programme_without_deadlines(cbfa, bridges):
    """There is no table by year, and the chart of the workstreams is there."""
    path = bridges / "data" / "roadmap.yaml"
    text = re.sub(r" *timing: .*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(re.sub(r" *schedule: .*\n", "", text), encoding="utf-8")
    (bridges / "data" / "progress.yaml").write_text("", encoding="utf-8")
    book = opened(written(cbfa, "x.xlsx", "export", "--as-of", "2012-06-30"))

    assert "By year of the deadline" not in texts(book["Summary"])
    assert len(book["Summary"]._charts) == 1


def test_days_before_the_calendar_of_excel_are_text(cbfa, bridges):
    """Excel has no day before 1900, so such an entry keeps its day as text."""
    write_entries(bridges, {"on": "1899-12-31", "key": "stone-bridge", "event": "progress"})
    first, *_ = records(opened(written(cbfa, "x.xlsx", "log"))["Entries"])

    assert first["Day"].value == "1899-12-31"


# Texts


@pytest.mark.parametrize(
    ("text", "units"), [("x" * 40_000, MAX_TEXT), ("👩" * 20_000, MAX_TEXT), ("x" * MAX_TEXT, MAX_TEXT), ("👩" * 9, 18)]
)
def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(text, units):
    """Excel counts UTF-16 units; a pair is not cut in two."""
    cut = limited(text, get_language("en"))

    assert units - 1 <= len(cut.encode("utf-16-le")) // 2 <= units
    assert cut == text or cut.endswith("… (cut here: a cell holds at most 32,767 characters)")


def test_evidence_over_the_limit_is_cut_in_its_cell(cbfa, bridges):
    """Each document may have 8,000 characters, and an entry any number of documents."""
    entry = {"on": "2012-01-05", "key": "stone-bridge", "event": "progress", "evidence": ["x" * 8000] * 5}
    write_entries(bridges, entry)
    book = opened(written(cbfa, "x.xlsx", "log"))
    row = next(one for one in records(book["Entries"]) if one["Key"].value == "stone-bridge")

    assert len(row["Evidence"].value) == MAX_TEXT
    assert "cut here" in row["Evidence"].value


def cells(book: Workbook) -> Iterator[tuple[str, object]]:
    """Yield the place and the value of every cell that has one."""
    for sheet in book:
        for row in rows(sheet):
            for cell in row:
                if cell.value is not None:
                    yield f"{sheet.title}!{cell.coordinate}", cell.value


def test_hostile_text_in_every_field_is_inert(cbfa, bridges):
    """In each round every field holds another text: each cell has it as it is or cleaned, and none is a formula or a link."""
    command = ("export", "--as-of", "2012-06-30")
    lay_out(WORDS)
    plain = dict(cells(opened(written(cbfa, "plain.xlsx", *command))))
    given = [*TEXTS_AND_TRAPS.values()]
    for number in range(0, len(given), 3):
        turned = {field: given[(place + number) % len(given)] for place, field in enumerate(WORDS)}
        turned["the id of an entry"] = "e-1"
        lay_out(turned)
        book = opened(written(cbfa, "x.xlsx", *command))
        found = dict(cells(book))

        assert formulas(book) == []
        assert not [one for one in found.values() if isinstance(one, str) and harmful(one)]
        for place, value in plain.items():
            for field, word in WORDS.items():
                if isinstance(value, str) and word in value and field != "the id of an entry":
                    shown = str(found[place])
                    is_agency = field == "a reporter" and squashed(shown) == squashed(turned[field])
                    assert is_agency or clean(turned[field]).strip() in shown, (field, place)


@pytest.mark.parametrize("text", TEXTS_AND_TRAPS.values(), ids=TEXTS_AND_TRAPS)
def test_a_safe_text_is_never_xml(text):
    """XlsxWriter writes `<r>…</r>` as XML of its own, which would break the file or forge a format."""
    safe = safe_text(text, get_language("vi"))

    assert not (safe.startswith("<r>") and safe.endswith("</r>"))
    assert safe.rstrip() == clean(text).rstrip()


def test_a_title_is_no_code_of_a_footer(cbfa, bridges):
    """`&G` is a picture, `&P` the number of the page: a title that has them is printed as it is."""
    lay_out({"the programme": "R&G &[Picture] &P &&"})
    book = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30"))

    assert {sheet.oddFooter.center.text for sheet in book} == {"R&& G && [Picture] && P && && "}


@pytest.mark.parametrize("title", ["&" * 400, "Chương trình " * 40, "😀" * 100])
def test_a_long_title_is_cut_in_a_footer(cbfa, bridges, title):
    """Excel allows 255 characters in all, and the number of the page is among them."""
    lay_out({"the programme": title})
    sheet = opened(written(cbfa, "x.xlsx", "list", "--as-of", "2012-06-30", "--known-by", "2012-07-31")).worksheets[0]
    footer = sheet.oddFooter

    assert sum(len(part.text) for part in (footer.left, footer.center, footer.right)) < 240
    assert footer.right.text == "&P/&N"
    assert footer.center.text.endswith("…")


# The same bytes


def test_the_same_data_give_the_same_bytes(programme):
    """In another process, on another day, with another order of sets."""
    for number in (1, 2):
        answer = process("export", "--as-of", DAY, "-o", f"{number}.xlsx", cwd=programme, PYTHONHASHSEED=str(number))
        assert answer.code == 0, answer.err

    assert (programme / "1.xlsx").read_bytes() == (programme / "2.xlsx").read_bytes()


def test_the_file_says_when_from_the_as_of_date(export):
    """The clock is not read, and the title is that of the programme."""
    assert export.properties.created == datetime.fromisoformat("2013-06-30")
    assert export.properties.title == "Foreign-affairs programme of Cao Bằng province, 2011–2015"


# LibreOffice


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Callable[[str], str]:
    """Return the text of a workbook in Vietnamese as LibreOffice prints it, page by page."""
    known: dict[str, str] = {}
    folder = tmp_path_factory.mktemp("printed")
    (folder / "data").mkdir()
    for name in FILES:
        shutil.copy(SHIPPED / name, folder / "data" / name)

    def convert(*command: str) -> str:
        name = command[0]
        if name not in known:
            answer = process(*command, "--as-of", DAY, "--lang", "vi", "-o", f"{name}.xlsx", cwd=folder)
            assert answer.code == 0, answer.err
            known[name] = pdf_text(folder / f"{name}.xlsx")
        return known[name]

    return convert


def pdf_text(path: Path) -> str:
    """Convert a workbook by LibreOffice, with a profile of its own; return the text of all pages, cell by cell."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    done = subprocess.run(
        ["pdftotext", "-raw", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True, timeout=60
    )
    return unicodedata.normalize("NFC", done.stdout.decode())


def squeezed(text: str) -> str:
    """Leave out blanks, and the letters that LibreOffice may take from another font and so print after the others."""
    return re.sub(r"[^!-~]", "", text)


@needs("soffice", "pdftotext")
def test_libreoffice_prints_all_of_it(printed, shipped):
    """No error, the head of the records on each of their pages, and every title and note in full."""
    pages = printed("export").split("\f")
    listed = [page for page in pages if squeezed("Các đầu việc · Tính đến") in squeezed(page)]
    text = squeezed("".join(pages))
    titles = [one.title.own for stream in shipped.roadmap.workstreams for one in stream.milestones]
    notes = json_notes()

    assert not re.search(r"#(REF|NAME|VALUE|DIV/0|N/A)|Err:\d", text)
    assert not re.search(r"###", text)
    assert len(listed) > 1
    assert all(squeezed("Nhóm nhiệm vụ") in squeezed(page) and "Tình tr" in page for page in listed)
    assert [title for title in titles if squeezed(title) not in text] == []
    assert [note for note in notes if squeezed(note) not in text] == []


def json_notes() -> list[str]:
    """Return the notes of the shipped journal."""
    lines = (SHIPPED / "progress.yaml").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line[2:]) for line in lines if line.startswith("- {")]
    return [entry["note"] for entry in entries if "note" in entry and entry.get("on", "9") <= DAY]


@needs("soffice", "pdftotext")
def test_libreoffice_opens_a_hostile_workbook(cbfa, bridges):
    """The file opens, and prints the texts; nothing in them is computed."""
    given = [one for name, one in TEXTS_AND_TRAPS.items() if name != "a very long word"]
    numbers = count()
    lay_out({field: given[-1 - next(numbers)] for field in WORDS if field != "the id of an entry"})
    text = pdf_text(written(cbfa, "x.xlsx", "export", "--as-of", "2012-06-30").resolve())

    assert "=HYPERLINK(1)" in squeezed(text)
    assert not re.search(r"#(REF|NAME|VALUE)|Err:\d", text)
