"""The database: every reference leads somewhere, its counts are those of the screens, and the same data give the same bytes."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cbfa.exchange.tables import TABLES, VIEWS
from cbfa.store.folder import Folder
from cbfa.store.loading import load
from tests.cli.running import ROOT
from tests.exchange.hostile import LONG, WORST, add_idle_agency, empty_journal, make_hostile
from tests.exchange.kinds import DAYS, DISTRICTS_DAY, DRAFT_DAY, KINDS, LEADS, PARTNERS_DAY, make, words_in
from tests.exchange.programs import written

DAY = ("--as-of", "2013-06-30")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database read-only, with rows by name; it must be sound."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row

        assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        yield database


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Return the answer to a query."""
    with opened(path) as database:
        return [tuple(row) for row in database.execute(query)]


def export(cbfa, *options: str) -> Path:
    """Write the database of the current folder."""
    return written(cbfa, "x.sqlite", "export", *options)


def test_the_counts_are_those_of_status(cbfa, programme):
    """Classes, progress, timing, milestones and entries without an entry add up to the same figures."""
    path = export(cbfa, *DAY)
    total = cbfa.json("status", *DAY).page["total"]
    for column, field in (("official", "official"), ("progress", "progress"), ("timing", "timing")):
        counted = dict(rows(path, f"SELECT {column}, count(*) FROM occurrences WHERE {column} NOT NULL GROUP BY 1"))

        assert counted == {name: count for name, count in total[field].items() if count}
        assert dict(rows(path, f"SELECT {column}, count(*) FROM units WHERE {column} NOT NULL GROUP BY 1")) == counted
    assert rows(path, "SELECT count(*), count(DISTINCT milestone_id) FROM occurrences") == [
        (total["occurrences"], total["milestones"])
    ]
    assert rows(path, "SELECT count(*) FROM milestones") == [(total["milestones"],)]
    assert rows(path, "SELECT count(*) FROM overdue") == [(total["official"]["overdue"],)]
    assert rows(path, "SELECT count(*) FROM occurrences WHERE key NOT IN (SELECT key FROM entries)") == [
        (total["without_entry"],)
    ]
    assert rows(path, "SELECT sum(inferred) FROM overdue") == [(total["overdue_inferred"],)]


def test_the_counts_of_agencies_are_those_of_the_screens(cbfa, programme):
    """One row for each agency, in their order, also for one that leads nothing."""
    path = export(cbfa, *DAY)
    found = [(row[0], *row[2:]) for row in rows(path, "SELECT * FROM by_agency ORDER BY position")]

    assert found == [
        (item["id"], item["leads"]["occurrences"], *item["leads"]["official"].values())
        for item in cbfa.json("agencies", *DAY).page["items"]
    ]


def test_occurrences_and_entries_are_those_of_the_machine_formats(cbfa, programme):
    """Field by field, where both have it."""
    path = export(cbfa, "--as-of", "2014-12-31")
    for command, table in (("list", "occurrences"), ("log", "entries")):
        items = cbfa.json(command, "--as-of", "2014-12-31").page["items"]
        with opened(path) as database:
            found = [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
        shared = [name for name in found[0] if name in items[0] and name != "period"]

        assert len(shared) > 6
        assert [[row[name] for name in shared] for row in found] == [[item[name] for name in shared] for item in items]
    evidence = rows(path, "SELECT document FROM evidence ORDER BY entry_number, position")

    assert [one for item in items for one in item["evidence"]] == [one for (one,) in evidence]


def test_what_was_taken_back_is_apart(cbfa, programme):
    """A retracted entry is no entry; its retraction names it."""
    page = cbfa.json("log", "--as-of", "2015-12-31").page
    found = rows(export(cbfa, "--as-of", "2015-12-31"), "SELECT id, retracts, key, on_period, event FROM retractions")

    assert found == [
        (one["id"], one["retracts"], one["entry"]["key"], one["entry"]["on"], one["entry"]["event"])
        for one in page["retractions"]
    ]
    assert found


def test_a_period_keeps_its_ends(cbfa, bridges):
    """An entry of a quarter counts from its last day; the agency is found by any of its names."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-Q3", "--by", "bridges", "--note", "x", "--yes")
    path = export(cbfa, *DAY)

    assert rows(
        path, "SELECT on_period, first_day, last_day, counts_from, agency_id FROM entries WHERE number = 3"
    ) == [("2012-Q3", "2012-07-01", "2012-09-30", "2012-09-30", "SoCau")]
    assert rows(path, "SELECT done_on, done_day, timing FROM occurrences WHERE key = 'stone-bridge'") == [
        ("2012-Q3", "2012-09-30", "on-time")
    ]


def test_an_entry_without_a_milestone_is_kept(cbfa, bridges):
    """The roadmap lacks it, so it refers to no occurrence."""
    line = '- {"id":"g","on":"2012-02-01","key":"gone","event":"progress","recorded":"2012-02-02T08:00:00+07:00"}\n'
    with Path("data/progress.yaml").open("a", encoding="utf-8") as file:
        file.write(line)

    assert rows(export(cbfa, *DAY), "SELECT key FROM entries WHERE occurrence_key IS NULL") == [("gone",)]


# Other kinds of programmes


def test_what_each_owes_is_counted_once_in_units(cbfa, districts):
    """Occurrences are those of members; units add up to the figures of status."""
    path = export(cbfa, *DISTRICTS_DAY)
    total = cbfa.json("status", *DISTRICTS_DAY).page["total"]
    its = "key, member, group_id, timing"

    assert rows(path, f"SELECT {its} FROM occurrences WHERE unit_key = 'plans@2025-H1'") == [
        ("plans@2025-H1/HuyenA", "HuyenA", "CacHuyen", "on-time"),
        ("plans@2025-H1/HuyenB", "HuyenB", "CacHuyen", "late"),
        ("plans@2025-H1/HuyenC", "HuyenC", "CacHuyen", "overdue"),
    ]
    assert rows(path, "SELECT progress, timing, members, members_done FROM units WHERE key = 'plans@2025-H1'") == [
        ("in-progress", "overdue", 3, 2)
    ]
    assert rows(path, "SELECT count(*), sum(timing = 'overdue') FROM units") == [
        (total["occurrences"], total["timing"]["overdue"])
    ]
    assert rows(path, "SELECT occurrences, overdue FROM by_agency WHERE id IN ('CacHuyen', 'HuyenC')") == [
        (3, 2),
        (2, 1),
    ]


def test_a_group_has_its_members(cbfa, districts):
    """Those that it names, and those that count: groups among them count with their own."""
    path = export(cbfa, *DISTRICTS_DAY)
    query = "SELECT agency_id, direct, flattened FROM group_members WHERE group_id = 'CacHuyen' ORDER BY position"

    assert rows(path, query) == [("VungCao", 1, 0), ("HuyenC", 1, 1), ("HuyenA", 0, 1), ("HuyenB", 0, 1)]


def test_numbers_are_exact(cbfa, districts):
    """Figures and values are texts with every digit; what is counted has whole numbers."""
    path = export(cbfa, *DISTRICTS_DAY)
    columns = "target_count, target_bound, target_figure, target_baseline, target_measure"

    assert rows(path, f"SELECT {columns} FROM milestones WHERE target_unit_vi NOT NULL ORDER BY position") == [
        (None, "at_most", "100", "193", None),
        (None, "at_least", "80.5", None, "online"),
        (None, "at_least", "1000000000000000", None, None),
        (2, None, None, None, None),
    ]
    assert rows(path, "SELECT value FROM occurrences WHERE value NOT NULL ORDER BY position") == [
        ("120.5",),
        ("999999999999999.999",),
    ]
    assert rows(path, "SELECT value FROM entries WHERE id = 'd-3'") == [("210",)]


def test_schedules_are_as_written(cbfa, districts):
    """On one line, as in the roadmap; what has no schedule has none."""
    assert rows(export(cbfa, *DISTRICTS_DAY), "SELECT id, schedule, every, each FROM milestones") == [
        ("days", "due: 2027-Q2", None, 0),
        ("share", "due: 2027", None, 0),
        ("money", "due: 2027", None, 0),
        ("plans", "every: half, to: 2025, due: 15/6, 1/12", "half", 1),
        ("coverage", "in: 2025-10", None, 0),
        ("centres", None, None, 0),
    ]


def test_an_entry_under_an_older_name_has_the_key_of_today(cbfa, districts):
    """The key is kept as recorded; agencies are found by older ids, too."""
    path = export(cbfa, *DISTRICTS_DAY)

    assert rows(path, "SELECT key, occurrence_key FROM entries WHERE id = 'd-2'") == [
        ("district-plans@2025-H1/HuyenB", "plans@2025-H1/HuyenB")
    ]
    assert rows(path, "SELECT reported_by, agency_id FROM entries WHERE id = 'd-5'") == [("SoNhi", "SoHai")]
    assert rows(path, "SELECT about, id, former FROM formerly") == [
        ("agency", "SoHai", "SoNhi"),
        ("milestone", "plans", "district-plans"),
    ]


def test_every_lead_of_an_occurrence_is_there(cbfa, districts):
    """In their order; what several lead is overdue for all, and inferred only if all are."""
    path = export(cbfa, *DISTRICTS_DAY)

    assert rows(path, "SELECT count(*), max(position) FROM occurrence_leads WHERE occurrence_key = 'money'") == [
        (LEADS, LEADS)
    ]
    assert rows(
        path, "SELECT agency_id, inferred FROM occurrence_leads WHERE occurrence_key = 'centres' ORDER BY position"
    ) == [
        ("SoMot", 1),
        ("SoHai", 0),
    ]


def test_an_objective_may_cite_a_heading(cbfa, districts):
    """A heading is a row of clauses, and two objectives of one clause are two rows."""
    path = export(cbfa, *DISTRICTS_DAY)

    assert rows(path, "SELECT clause, title_en FROM objectives ORDER BY position") == [
        ("III", "Faster"),
        ("III", "Cheaper"),
        ("I.1", "Closer"),
    ]
    assert rows(path, "SELECT clause FROM clauses WHERE has_clauses ORDER BY position") == [("I",), ("II",), ("III",)]
    assert rows(path, "SELECT clause FROM clauses WHERE heading = 'III' ORDER BY position") == [
        ("III",),
        ("1",),
        ("2",),
        ("3",),
        ("M2C1-15BIS",),
    ]


def test_a_programme_without_the_official_classes_has_none(cbfa, partners):
    """Its counts have plain words; the fiscal year and the time zone are there."""
    path = export(cbfa, *PARTNERS_DAY)

    assert rows(path, "SELECT DISTINCT official FROM occurrences UNION SELECT official FROM units") == [(None,)]
    assert rows(path, "SELECT key, title, title_vi, leads FROM overdue") == [
        ("yearly@2023", "Yearly report", None, "TBS")
    ]
    columns = "languages, first_day, last_day, timezone, fiscal_year_from, official_classes, is_draft"
    assert rows(path, f"SELECT {columns} FROM programme") == [
        ("en, fr", "2022-04-01", "2025-03-31", "America/Toronto", 4, 0, 0)
    ]
    assert rows(path, "SELECT clause, aim_en FROM aims") == [("C01", "Trust")]


def test_a_draft_in_one_language_is_whole(cbfa, draft):
    """No date of adoption, no number of a workstream; titles are in its own language."""
    path = export(cbfa, *DRAFT_DAY)

    assert rows(path, "SELECT adopted, is_draft, legal_basis_vi, title, title_en FROM programme") == [
        (None, 1, None, "Piano triennale", None)
    ]
    assert rows(path, "SELECT id, number, title FROM workstreams") == [("ambiente", None, "Ambiente e clima")]
    assert rows(path, "SELECT key, title, leads FROM overdue WHERE days_overdue < 200") == [
        ("acqua@2024-Q4", "Ridurre le perdite", "Comune; Provincia"),
        ("alberi", "Piantare alberi", "Comune"),
        ("acqua@2025-Q1", "Ridurre le perdite", "Comune; Provincia"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_there_in_every_language(cbfa, tmp_path, monkeypatch, kind):
    """Whatever the files have: walk them, and look for each text of the roadmap and the agencies."""
    monkeypatch.chdir(make(tmp_path, kind))
    path = export(cbfa, *DAYS[kind])
    plan = load(Folder(tmp_path / "data", tmp_path / "data" / "progress.yaml")).usable()[0].adopted
    texts = [
        (language, text)
        for part in (plan.roadmap, plan.agencies)
        for words in words_in(part)
        for language, text in words.root.items()
    ]

    assert len(texts) > 7
    assert sorted(rows(path, "SELECT language, text FROM texts")) == sorted(texts)


def test_the_same_data_give_the_same_bytes(cbfa, bridges):
    """No clock, no random numbers; the file names itself."""
    first = export(cbfa, *DAY).read_bytes()

    assert export(cbfa, *DAY).read_bytes() == first
    assert first[68:72] == b"cbfa"


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 37), reason="this SQLite has no strict tables")
def test_columns_hold_to_their_types(cbfa, bridges):
    """An analyst can rely on numbers being numbers."""
    with opened(export(cbfa, *DAY)) as database:
        kinds = {row["name"]: row["strict"] for row in database.execute("PRAGMA table_list") if row["type"] == "table"}

    assert {name for name, strict in kinds.items() if strict} == set(re.findall(r"CREATE TABLE (\w+)", TABLES))


@pytest.mark.parametrize("text", [WORST, LONG], ids=["hostile", "long"])
def test_any_text_is_text(cbfa, bridges, text):
    """Whatever the titles, names, notes and keys are, the database is sound and as large, and its texts are clean."""
    before = len(rows(export(cbfa, *DAY), "SELECT * FROM occurrences"))
    make_hostile(bridges, text)
    path = export(cbfa, *DAY)
    with opened(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
        texts = [
            value
            for table in tables
            for row in database.execute(f"SELECT * FROM {table}")
            for value in row
            if isinstance(value, str)
        ]

    assert len(rows(path, "SELECT * FROM occurrences")) == before
    assert len(rows(path, "SELECT * FROM evidence")) == 5
    assert len(rows(path, "SELECT * FROM entries WHERE occurrence_key IS NULL")) == 1
    assert not {unicodedata.category(letter) for one in texts for letter in one} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert sum(text.split()[-1] in one for one in texts) > 30


def test_without_entries_and_for_an_agency_without_milestones(cbfa, bridges):
    """An empty journal and an idle agency are no special case."""
    empty_journal(bridges)
    add_idle_agency(bridges)
    path = export(cbfa, *DAY)

    assert rows(path, "SELECT count(*) FROM entries") == [(0,)]
    assert rows(path, "SELECT occurrences FROM by_agency WHERE id = 'SoNghi'") == [(0,)]
    assert {row[-2:] for row in rows(path, "SELECT * FROM overdue")} == {(None, None)}


def test_the_document_has_the_tables(cbfa, bridges):
    """The description shows each table with its comments, and its query runs."""
    text = (ROOT / "docs" / "database.md").read_text("utf-8")
    with opened(export(cbfa, *DAY)) as database:
        made = [row[0] for row in database.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid")]

    assert (TABLES + VIEWS).strip() in text
    assert [one.removesuffix(" STRICT") for one in made] == (TABLES + VIEWS).strip().removesuffix(";").split(";\n")
    assert rows(Path("x.sqlite"), re.findall(r"```sql\n(SELECT.*?)```", text, re.DOTALL)[0]) == [("2012", 2)]
