"""A database for analysts (SQLite): the roadmap, the agencies, the entries that count, and the state of every occurrence.

The same data and dates give the same bytes. Dates are ISO texts, both ends of a period inclusive; 1 is yes, 0 is no, and NULL is nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from cbfa.core.agencies import Agency, by_spelling
from cbfa.core.journal import Entry, Record
from cbfa.core.log import LogSelection
from cbfa.core.roadmap import Milestone
from cbfa.core.snapshot import Snapshot
from cbfa.core.text import squashed
from cbfa.core.words import Words
from cbfa.exchange.order import Order
from cbfa.exchange.tables import TABLES, VIEWS
from cbfa.views.clean import clean
from cbfa.views.items import VERSION, entry_item, occurrence_item, retraction_item

if TYPE_CHECKING:
    from sqlite3 import Connection

STRICT_SINCE = (3, 37)
"""The version of SQLite from which tables can hold their columns to their types."""
APPLICATION_ID = 0x63626661
"""The letters `cbfa` in the header, by which other programs recognise the file."""

Row = Mapping[str, object]
"""The values of a row by column: texts, numbers, or None."""


def sqlite_bytes(order: Order) -> bytes:
    """Return the database of the whole programme, whatever the command selects."""
    import sqlite3  # noqa: PLC0415 - only this file needs it

    strict = sqlite3.sqlite_version_info >= STRICT_SINCE
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(
            f"PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA foreign_keys = ON;"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
        )
        database.executescript((TABLES.replace("\n);", "\n) STRICT;") if strict else TABLES) + VIEWS)
        database.execute("BEGIN")
        for table, rows in _tables(order.snapshot):
            _insert(database, table, rows)
        database.execute("COMMIT")
        return database.serialize()


def _insert(database: "Connection", table: str, rows: Iterable[Row]) -> None:
    """Insert rows, all with the same columns. Texts are cleaned; names of tables and columns are our own."""
    listed = list(rows)
    if not listed:
        return
    columns, places = ", ".join(listed[0]), ", ".join("?" * len(listed[0]))
    values = ([clean(value) if isinstance(value, str) else value for value in row.values()] for row in listed)
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608


def _tables(snapshot: Snapshot) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of every table, each after the tables that it refers to."""
    yield "agencies", _agencies(snapshot)
    yield "programme", [_programme(snapshot)]
    yield "workstreams", _workstreams(snapshot)
    yield "clauses", _clauses(snapshot)
    yield "objectives", _objectives(snapshot)
    yield "duties", _duties(snapshot)
    yield "milestones", _milestones(snapshot)
    yield "milestone_clauses", _citations(snapshot, lambda milestone: milestone.clauses)
    yield "milestone_objectives", _citations(snapshot, lambda milestone: milestone.serves)
    yield "assignments", _assignments(snapshot)
    yield "occurrences", _occurrences(snapshot)
    yield "entries", _entries(snapshot)
    yield "evidence", _evidence(snapshot)
    yield "retractions", _retractions(snapshot)


def _both(name: str, words: Words | None) -> Row:
    """Return the two columns of a text in both languages."""
    return {f"{name}_vi": words.get("vi") if words else None, f"{name}_en": words.get("en") if words else None}


# What was decided


def _agencies(snapshot: Snapshot) -> Iterator[Row]:
    for position, agency in enumerate(snapshot.agencies.agencies, 1):
        names = {**_both("name", agency.name), **_both("short", agency.short)}
        yield {"id": agency.id, "position": position, "code": agency.code, **names}


def _programme(snapshot: Snapshot) -> Row:
    programme = snapshot.roadmap.programme
    return {
        "id": programme.id,
        **_both("title", programme.title),
        **_both("aim", programme.aims[0].text if programme.aims else None),
        **_both("legal_basis", programme.legal_basis),
        "adopted": programme.adopted.isoformat() if programme.adopted else None,
        "first_year": programme.period.first.year,
        "last_year": programme.period.last.year,
        "coordinator": programme.coordinator,
        "due_soon_days": programme.due_soon_days,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat() if snapshot.known_by else None,
    }


def _workstreams(snapshot: Snapshot) -> Iterator[Row]:
    for position, one in enumerate(snapshot.roadmap.workstreams, 1):
        yield {"id": one.id, "position": position, "number": one.number, **_both("title", one.title)}


def _clauses(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the clauses of the outline; a file that cites any other is refused by the checks."""
    programme = snapshot.roadmap.programme
    for position, (clause, heading) in enumerate(programme.headings().items(), 1):
        title = programme.outline[heading].title
        yield {"clause": clause, "position": position, "heading": heading, **_both("heading", title)}


def _objectives(snapshot: Snapshot) -> Iterator[Row]:
    for workstream in snapshot.roadmap.workstreams:
        for clause, objective in {one.clause: one.text for one in workstream.objective_texts}.items():
            yield {"workstream_id": workstream.id, "clause": clause, **_both("title", objective)}


def _duties(snapshot: Snapshot) -> Iterator[Row]:
    for agency in snapshot.agencies.agencies:
        for position, duty in enumerate(agency.duty_texts, 1):
            yield {"agency_id": agency.id, "position": position, "clause": duty.clause, **_both("duty", duty.text)}


def _milestones(snapshot: Snapshot) -> Iterator[Row]:
    for position, (workstream, milestone) in enumerate(snapshot.roadmap.milestones(), 1):
        target = milestone.target
        yield {
            "id": milestone.id,
            "workstream_id": workstream.id,
            "position": position,
            **_both("title", milestone.title),
            "timing_words": milestone.timing,
            "schedule": milestone.schedule.every if milestone.schedule else None,
            "tentative": int(milestone.tentative),
            **_both("derived", milestone.derived),
            "target_least": target.count if target else None,
            "target_most": int(target.most) if target and target.most is not None else None,
            **_both("target_unit", target.unit if target else None),
        }


def _citations(snapshot: Snapshot, clauses_of: Callable[[Milestone], Iterable[str]]) -> Iterator[Row]:
    for _, milestone in snapshot.roadmap.milestones():
        for clause in dict.fromkeys(clauses_of(milestone)):
            yield {"milestone_id": milestone.id, "clause": clause}


def _assignments(snapshot: Snapshot) -> Iterator[Row]:
    for _, milestone in snapshot.roadmap.milestones():
        for position, one in enumerate(milestone.assignments, 1):
            yield {
                "milestone_id": milestone.id,
                "agency_id": one.agency,
                "role": "lead" if position <= len(milestone.leads) else "support",
                "position": position,
                "inferred": int(one.inferred is not None),
                "clause": one.basis,
                "basis_vi": one.inferred.get("vi") if one.inferred else one.basis or ", ".join(milestone.clauses),
                "basis_en": one.inferred.get("en") if one.inferred else one.basis or ", ".join(milestone.clauses),
            }


# What follows, and what happened

_OCCURRENCE_COLUMNS = (
    *("start", "due", "progress", "timing", "official", "days_overdue", "silent_days", "done_on", "days_late"),
    *("counted", "percent", "as_of"),
)
"""Columns that have the name and the value of a field of JSON."""


def _occurrences(snapshot: Snapshot) -> Iterator[Row]:
    for position, standing in enumerate(snapshot.standings, 1):
        item, done_on = occurrence_item(standing, snapshot.roadmap.programme), standing.course.done_on
        yield {
            "key": item["key"],
            "milestone_id": item["id"],
            "position": position,
            "period": item["period"],
            **{name: item[name] for name in _OCCURRENCE_COLUMNS},
            "done_day": done_on.isoformat() if done_on else None,
        }


def _entries(snapshot: Snapshot) -> Iterator[Row]:
    keys, reporters = snapshot.keys, by_spelling(snapshot.agencies)
    for number, entry in enumerate(snapshot.entries, 1):
        item = entry_item(entry)
        yield {
            "number": number,
            "id": entry.id,
            "key": entry.key,
            "occurrence_key": entry.key if entry.key in keys else None,
            "on_period": item["on"],
            "first_day": entry.on.first.isoformat(),
            "last_day": entry.on.last.isoformat(),
            "counts_from": entry.day.isoformat(),
            "event": item["event"],
            "count": entry.count,
            "percent": entry.percent,
            "note": entry.note,
            **_reported(entry, reporters),
            "recorded": item["recorded"],
        }


def _evidence(snapshot: Snapshot) -> Iterator[Row]:
    for number, entry in enumerate(snapshot.entries, 1):
        for position, document in enumerate(entry.evidence, 1):
            yield {"entry_number": number, "position": position, "document": document}


def _retractions(snapshot: Snapshot) -> Iterator[Row]:
    reporters = by_spelling(snapshot.agencies)
    for number, (retraction, record) in enumerate(LogSelection().retractions(snapshot), 1):
        entry = record if isinstance(record, Entry) else None
        yield {
            "number": number,
            "id": retraction.id,
            "retracts": retraction.retracts,
            "key": entry.key if entry else None,
            "on_period": entry.on.notation if entry else None,
            "event": entry.event.value if entry else None,
            "note": retraction.note,
            **_reported(retraction, reporters),
            "recorded": retraction_item(retraction, record)["recorded"],
        }


def _reported(record: Record, reporters: Mapping[str, Agency]) -> Row:
    """Return the reporter as recorded, and the agency that the word means."""
    agency = reporters.get(squashed(record.by)) if record.by else None
    return {"reported_by": record.by, "agency_id": agency.id if agency else None}
