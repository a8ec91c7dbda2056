"""The machine formats: what is promised is there, whatever the data hold."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from cbfa.core.snapshot import Snapshot
from cbfa.core.tally import count_occurrences
from cbfa.locale import get_language
from cbfa.store.folder import Folder
from cbfa.store.loading import load
from cbfa.views.items import (
    AGENCY_FIELDS,
    ENTRY_FIELDS,
    OCCURRENCE_FIELDS,
    TALLY_FIELDS,
    agency_item,
    entry_item,
    occurrence_item,
    tally_item,
)
from cbfa.views.machine import csv_text, json_text, tsv_text
from cbfa.views.page import Page
from tests.views.samples import EN

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot.take(*load(Folder(DATA, DATA / "progress.yaml")).usable(), date(2014, 12, 31))


def flattened(item, prefix=""):
    for name, value in item.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_the_columns_are_the_fields_of_a_full_item(snapshot):
    """A field that an item has and CSV does not, or the other way round, breaks a promise."""
    counted = snapshot.standing("ingo-donors@2014")
    derived = snapshot.standing("midterm-review")
    tally, programme = count_occurrences(snapshot.standings), snapshot.roadmap.programme
    agency = snapshot.agencies.agencies[1]

    assert set(flattened(occurrence_item(counted, programme))) | set(
        flattened(occurrence_item(derived, programme))
    ) == {
        *OCCURRENCE_FIELDS,
        "basis",  # in JSON alone: in CSV it would run two languages together
        "derived",
        "target",
        "last_entry",
    }
    assert tuple(flattened(entry_item(snapshot.entries[0]))) == ENTRY_FIELDS
    assert tuple(flattened(tally_item(tally, programme))) == TALLY_FIELDS
    assert [name for name in flattened(agency_item(agency, tally, tally, programme)) if name != "duties"] == list(
        AGENCY_FIELDS
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_column_of_csv_runs_two_languages_together(snapshot, language):
    """Reasons and duties have a column for each language."""
    agency, tally, programme = snapshot.agencies["SoNgoaiVu"], count_occurrences([]), snapshot.roadmap.programme
    pages = [
        Page("list", [], OCCURRENCE_FIELDS, [occurrence_item(one, programme) for one in snapshot.standings]),
        Page("agencies", [], AGENCY_FIELDS, [agency_item(agency, tally, tally, programme)]),
    ]
    rows = [row for page in pages for row in csv.DictReader(io.StringIO(csv_text(page, get_language(language))))]
    both = [
        (one.inferred.in_("vi"), one.inferred.in_("en"))
        for _, milestone in snapshot.roadmap.milestones()
        for one in milestone.assignments
        if one.inferred
    ]
    both += [(duty.text.in_("vi"), duty.text.in_("en")) for duty in agency.duty_texts]

    assert both
    for row in rows:
        for cell in row.values():
            assert not any(vi in cell and en in cell for vi, en in both)
    assert any("inferred" in row and row["inferred"] == "true" and row["basis_en"] for row in rows)


def test_csv_has_its_header_and_all_its_columns_even_without_rows(snapshot):
    """A script that reads a column finds it, also where nothing is listed or nothing has a target."""
    empty = csv_text(Page("list", [], OCCURRENCE_FIELDS), EN)
    plain = csv_text(
        Page(
            "list",
            [],
            OCCURRENCE_FIELDS,
            [occurrence_item(snapshot.standing("monitoring"), snapshot.roadmap.programme)],
        ),
        EN,
    )

    assert empty.splitlines() == [",".join(OCCURRENCE_FIELDS)]
    assert next(csv.DictReader(io.StringIO(plain)))["target.least"] == ""


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(note):
    """OWASP: a leading apostrophe keeps a note from being a formula."""
    cell = list(csv.reader(io.StringIO(csv_text(Page("log", [], ("note",), [{"note": note}]), EN))))[1][0]

    assert cell[0] in "' "
    assert cell.lstrip("' ") == note.strip()


def test_json_keeps_what_was_written():
    """JSON is for programs: nothing in a text is changed."""
    note = "=1+1\n\x1b[31mđỏ\x1b[0m"

    assert json.loads(json_text(Page("log", [], ("note",), [{"note": note}]), EN))["items"][0]["note"] == note


def test_tsv_has_one_line_for_each_item():
    """A note with a line end does not forge a row."""
    text = tsv_text(Page("log", [], ("note", "by"), [{"note": "a\nb\tc", "by": None}]), EN)

    assert text == "note\tby\na b c\t\n"
