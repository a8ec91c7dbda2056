"""JSON and CSV of other kinds of programmes: their field names are a promise, and their numbers are exact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from tests.exchange.kinds import DAYS, DISTRICTS_DAY, DRAFT_DAY, KINDS, LEADS, PARTNERS_DAY, make

COMMANDS = (("status",), ("list",), ("log",), ("agencies",), ("timeline",), ("overdue",), ("upcoming", "--days", "900"))


def by_key(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the items of a page by their key."""
    return {item["key"]: item for item in page["items"]}


def floats(value: Any, path: str = "") -> Iterator[str]:
    """Yield the places of numbers that are not whole."""
    match value:
        case float():
            yield path
        case dict():
            for name, one in value.items():
                yield from floats(one, f"{path}.{name}")
        case list():
            for one in value:
                yield from floats(one, path)


def test_every_lead_is_in_leads_and_the_first_is_the_lead(cbfa, districts):
    """`lead` stays what it was; an occurrence of a member has that agency in all three."""
    items = by_key(cbfa.json("list", *DISTRICTS_DAY).page)

    assert (items["share"]["lead"], items["share"]["leads"]) == ("SoMot", ["SoMot", "SoHai"])
    assert len(items["money"]["leads"]) == LEADS
    own = items["plans@2025-H1/HuyenB"]
    assert (own["lead"], own["leads"], own["member"]) == ("HuyenB", ["HuyenB"], "HuyenB")
    assert (own["id"], own["period"], own["due"], own["days_late"]) == ("plans", "2025-H1", "2025-06-15", 10)
    assert items["share"]["member"] is None


def test_levels_are_exact_texts(cbfa, districts):
    """Values, figures and baselines keep every digit; counts are whole numbers."""
    items = by_key(cbfa.json("list", *DISTRICTS_DAY).page)
    entries = {item["id"]: item for item in cbfa.json("log", *DISTRICTS_DAY).page["items"]}

    assert items["days"]["value"] == "120.5"
    assert {name: items["days"]["target"][name] for name in ("least", "bound", "figure", "baseline", "unit_en")} == {
        "least": None,
        "bound": "at_most",
        "figure": "100",
        "baseline": "193",
        "unit_en": "days",
    }
    assert (items["days"]["counted"], items["days"]["percent"]) == (None, 77)
    assert items["money"]["value"] == entries["d-5"]["value"] == "999999999999999.999"
    assert (items["centres"]["target"]["least"], items["centres"]["counted"]) == (2, 0)
    assert items["days"]["last_entry"]["value"] == "120.5"


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_is_a_float_but_a_share(cbfa, tmp_path, monkeypatch, kind):
    """Only `percent_done` is rounded."""
    monkeypatch.chdir(make(tmp_path, kind))
    for command in COMMANDS:
        page = cbfa.json(*command, *DAYS[kind]).page

        assert {path.rpartition(".")[2] for path in floats(page)} <= {"percent_done"}


def test_without_the_official_classes_they_are_null(cbfa, partners):
    """In items and in tallies; progress and timing stay."""
    status = cbfa.json("status", *PARTNERS_DAY).page
    tallies = [
        status["total"],
        *status["items"],
        *status["years"],
        *status["agencies"],
        *(item[role] for item in cbfa.json("agencies", *PARTNERS_DAY).page["items"] for role in ("leads", "supports")),
    ]

    assert {item["official"] for item in cbfa.json("list", *PARTNERS_DAY).page["items"]} == {None}
    assert [tally["official"] for tally in tallies] == [None] * len(tallies)
    assert (status["total"]["progress"]["done"], status["total"]["timing"]["overdue"]) == (2, 1)


def test_texts_come_in_every_language(cbfa, partners):
    """Vietnamese is null, French has fields of its own, and `title` follows `--lang`."""
    item = by_key(cbfa.json("list", *PARTNERS_DAY, "--lang", "fr").page)["delay"]

    assert (item["title"], item["title_en"], item["title_fr"], item["title_vi"]) == (
        *("Délai de réponse", "Delay of answers", "Délai de réponse"),
        None,
    )
    assert item["target"]["unit_fr"] == "jours"
    agencies = cbfa.json("agencies", *PARTNERS_DAY).page["items"]
    assert agencies[1]["duties_fr"] == ["C02.2: Héberger"]


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_the_fields_of_items(cbfa, tmp_path, monkeypatch, kind):
    """Each has its value where JSON has one, also in other languages; lists are in one cell."""
    monkeypatch.chdir(make(tmp_path, kind))
    items = cbfa.json("list", *DAYS[kind]).page["items"]
    answer = cbfa("list", *DAYS[kind], "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))

    assert [row["key"] for row in rows] == [item["key"] for item in items]
    for row, item in zip(rows, items, strict=True):
        plain = {name: item[name] for name, value in item.items() if isinstance(value, str) and name in row}
        assert {name: row[name] for name in plain} == plain
        assert row["leads"] == "; ".join(item["leads"])
        assert row["value"] == (item["value"] or "")
        assert row["target.figure"] == ((item["target"] or {}).get("figure") or "")
        assert row["official"] == (item["official"] or "")


def test_a_draft_has_items(cbfa, draft):
    """In its own language; those of the program's words are null."""
    items = by_key(cbfa.json("list", *DRAFT_DAY).page)

    assert (items["alberi"]["title"], items["alberi"]["title_it"], items["alberi"]["title_en"]) == (
        *("Piantare alberi", "Piantare alberi"),
        None,
    )
    assert items["acqua@2024-Q3"]["leads"] == ["Comune", "Provincia"]
    assert items["acqua@2024-Q3"]["due"] == "2024-09-30"
