"""The forms of an answer: table, plain, markdown, csv, tsv and json."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

PROMISED = [
    "key",
    "id",
    "period",
    "title",
    "title_vi",
    "title_en",
    "workstream",
    "clauses",
    "start",
    "due",
    "tentative",
    "timing_words",
    "lead",
    "support",
    "basis",
    "progress",
    "timing",
    "days_overdue",
    "target",
    "counted",
    "percent",
    "last_entry",
]
"""The fields of an occurrence in the machine formats, as the design promises them."""

FORMS = ("table", "plain", "markdown", "csv", "tsv", "json")
PAGES = {
    "status": ["status"],
    "overdue": ["overdue", "--year", "2012"],
    "upcoming": ["upcoming", "--days", "9999"],
    "list": ["list"],
    "show": ["show", "rope-bridges"],
    "report": ["report", "--agency", "SoDay"],
    "agencies": ["agencies"],
    "timeline": ["timeline"],
    "log": ["log"],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", PAGES)
def test_every_reading_command_has_every_form(cbfa, bridges, command, form):
    """Each command answers in each form, with exit code 0 and nothing on standard error."""
    answer = cbfa(*PAGES[command], "--as-of", "2013-01-01", "--format", form)

    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.endswith("\n")
    assert len(answer.out.splitlines()) > 1


def test_in_a_pipe_the_form_is_plain(cbfa, bridges):
    """Off a terminal, plain text is what comes without `--format`; the word may be in capitals."""
    assert cbfa("list").out == cbfa("list", "--format", "plain").out == cbfa("list", "--format", "PLAIN").out


@pytest.mark.parametrize("command", PAGES)
def test_json_is_one_envelope(cbfa, bridges, command):
    """The envelope has its version, its kind, the days asked about, and the items."""
    page = cbfa.json(*PAGES[command], "--as-of", "2013-01-01", "--known-by", "31/12/2012").page

    assert page["version"] == 1
    assert page["kind"] == command
    assert page["programme"] == "bridges"
    assert page["as_of"] == "2013-01-01"
    assert page["known_by"] == "2012-12-31"
    assert isinstance(page["items"], list)
    assert page["items"]


@pytest.mark.parametrize("command", ["list", "overdue", "upcoming", "report", "show", "timeline"])
def test_an_occurrence_has_the_promised_fields(cbfa, bridges, command):
    """Every field that the design promises is there, in every item."""
    for item in cbfa.json(*PAGES[command], "--as-of", "2013-01-01").page["items"]:
        assert [name for name in PROMISED if name not in item] == []


def test_the_values_of_an_occurrence(cbfa, bridges):
    """Dates are ISO, numbers are numbers, what is not there is null."""
    rope = cbfa.json("list", "--search", "rope", "--as-of", "2013-01-01").page["items"][0]

    assert {name: rope[name] for name in PROMISED if name not in ("basis", "last_entry")} == {
        "key": "rope-bridges",
        "id": "rope-bridges",
        "period": None,
        "title": "Rope bridges",
        "title_vi": "Cầu treo",
        "title_en": "Rope bridges",
        "workstream": "building",
        "clauses": ["III.2"],
        "start": "2011-01-01",
        "due": "2013-12-31",
        "tentative": False,
        "timing_words": "2011–2013",
        "lead": "SoCau",
        "support": ["SoDay"],
        "progress": "in-progress",
        "timing": "within-deadline",
        "days_overdue": None,
        "target": {
            "least": 2,
            "most": 3,
            "unit_vi": "cầu",
            "unit_en": "bridges",
            **dict.fromkeys(["bound", "figure", "baseline", "measure"]),
        },
        "counted": 1,
        "percent": 50,
    }
    assert [(one["agency"], one["clause"]) for one in rope["basis"]] == [("SoCau", "IV.1"), ("SoDay", "IV.2")]
    assert rope["last_entry"]["recorded"] == "2011-06-02T08:00:00.000+07:00"


def test_json_speaks_the_same_words_in_both_languages(cbfa, bridges):
    """Only the title follows the language; states, roles and dates do not."""
    vi = cbfa.json("list", "--as-of", "2013-01-01", "--lang", "vi").page
    en = cbfa.json("list", "--as-of", "2013-01-01").page
    for item in vi["items"]:
        assert item["title"] == item["title_vi"]
        item["title"] = item["title_en"]

    assert vi == en


def test_json_keeps_vietnamese_letters(cbfa, bridges):
    """Letters are not escaped, so that a person can search the output."""
    assert '"Cầu đá"' in cbfa("list", "--format", "json").out


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("command", PAGES)
def test_separated_forms_read_back(cbfa, bridges, command, form, delimiter):
    """The csv module reads as many rows as there are items, each as long as the heading."""
    out = cbfa(*PAGES[command], "--as-of", "2013-01-01", "--format", form).out
    rows = list(csv.reader(io.StringIO(out, newline=""), delimiter=delimiter, strict=True))
    items = cbfa.json(*PAGES[command], "--as-of", "2013-01-01").page["items"]

    assert len(rows) == 1 + len(items)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])


def test_csv_values_are_those_of_json(cbfa, bridges):
    """Dates are ISO in CSV too, whatever the language; nothing is an empty cell; a list is joined."""
    out = cbfa("list", "--as-of", "2013-01-01", "--format", "csv", "--lang", "vi").out
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(out, newline=""))}

    assert rows["stone-bridge"]["due"] == "2012-12-31"
    assert rows["stone-bridge"]["period"] == ""
    assert rows["stone-bridge"]["tentative"] == "true"
    assert rows["stone-bridge"]["days_overdue"] == "1"
    assert rows["stone-bridge"]["title"] == "Cầu đá"
    assert rows["rope-bridges"]["support"] == "SoDay"
    assert out.count("\r\n") == 6


def test_csv_has_the_same_columns_whatever_the_data_hold(cbfa, bridges):
    """A script that reads a column finds it, also where no item has a value for it."""
    few = cbfa("list", "--search", "stone", "--format", "csv").out.splitlines()[0]
    all_ = cbfa("list", "--format", "csv").out.splitlines()[0]
    none = cbfa("list", "--search", "aqueduct", "--format", "csv").out.splitlines()

    assert few == all_
    assert none == [all_]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_note_is_no_formula(cbfa, bridges, start):
    """A note that a spreadsheet would run gets an apostrophe in CSV and TSV, and is as it was recorded in JSON."""
    note = f"{start}HYPERLINK(1)"
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", note)
    cells = []
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        out = cbfa("log", "stone-bridge", "--format", form).out
        cells.append(next(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))["note"])

    assert all(cell[0] in "' " and cell.strip("' ").startswith(start.strip() or "=") for cell in cells)
    assert cells[0].lstrip(" ").startswith("'") or cells[0].startswith(" ")
    assert cbfa.json("log", "stone-bridge").page["items"][0]["note"] == note.replace("\r", "\n")


def test_a_note_of_several_lines_is_one_row(cbfa, bridges):
    """Line ends and tabs in a note do not make rows or fields."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", 'one\ntwo\tthree, "four"')
    tsv = cbfa("log", "stone-bridge", "--format", "tsv").out
    plain = cbfa("log", "stone-bridge").out

    assert len(tsv.splitlines()) == 2
    assert {line.count("\t") for line in tsv.splitlines()} == {tsv.splitlines()[0].count("\t")}
    assert 'one two three, "four"' in plain


def test_plain_rows_are_single_lines(cbfa, programme):
    """In a pipe each occurrence is one line with its key, so that it can be searched."""
    lines = cbfa("list", "--as-of", "2012").out.splitlines()
    keys = cbfa.json("list", "--as-of", "2012").keys

    assert all(sum(line.rstrip().split(" · ")[-1].startswith(f"{key} ") for line in lines) == 1 for key in keys)


def test_dates_on_vietnamese_pages_have_the_day_first(cbfa, bridges):
    """Vietnamese pages write dd/mm/yyyy, English ones ISO; plain and Markdown alike."""
    for form in ("plain", "markdown", "table"):
        vi = cbfa("list", "--as-of", "2013-01-02", "--lang", "vi", "--format", form).out
        en = cbfa("list", "--as-of", "2013-01-02", "--format", form).out

        assert "02/01/2013" in vi
        assert "31/12/2012" in vi
        assert not re.search(r"\d{4}-\d\d-\d\d", vi)
        assert "2013-01-02" in en
        assert not re.search(r"\d\d/\d\d/\d{4}", en)


def test_markdown_is_a_table_that_cannot_be_broken(cbfa, bridges):
    """What means something in Markdown is escaped, so a note cannot end its cell or make a link or a tag."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", "a | b <script> [x](y) *z* `q`")
    out = cbfa("log", "--format", "markdown").out
    table = [line for line in out.splitlines() if line.startswith("|")]
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table}

    assert out.startswith("# Progress journal\n")
    assert len(table) == 5
    assert len(bars) == 1
    assert "\\<script\\>" in out
    assert "\\[x\\](y) \\*z\\* \\`q\\`" in out


def test_status_json_is_valid_in_both_languages(cbfa, programme):
    """The status in JSON parses, and only its titles differ by language."""
    vi = json.loads(cbfa("status", "--as-of", "2012", "--format", "json", "--lang", "vi").out)
    en = json.loads(cbfa("status", "--as-of", "2012", "--format", "json").out)

    assert vi["total"] == en["total"]
    assert vi["items"][0]["title"] == "Quan hệ đối ngoại"
    assert en["items"][0]["title"] == "External relations"
