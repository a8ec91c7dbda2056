"""A database for analysts (SQLite): the plan of the day, the acts, the entries that count, and the state of every occurrence.

The same data and dates give the same bytes. Dates are ISO texts, both ends of a period inclusive; exact numbers are texts, too.
1 is yes, 0 is no, and NULL is nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from decimal import Decimal
from json import dumps
from typing import TYPE_CHECKING

from cbfa.core.agencies import Agency, by_spelling
from cbfa.core.amendments import Change, MilestoneFields, ProgrammeFields
from cbfa.core.decimals import written
from cbfa.core.fold import Moves
from cbfa.core.history import everyone
from cbfa.core.journal import Entry, Record
from cbfa.core.log import LogSelection
from cbfa.core.periods import Period
from cbfa.core.roadmap import Assignment, Milestone, ProgrammePeriod
from cbfa.core.schedule import Schedule
from cbfa.core.snapshot import OfficialClass, Snapshot, together
from cbfa.core.state import Progress
from cbfa.core.tally import by_agency
from cbfa.core.targets import Target
from cbfa.core.text import squashed
from cbfa.core.words import Words
from cbfa.exchange.order import Order
from cbfa.exchange.tables import TABLES, VIEWS
from cbfa.exchange.texts import texts_of
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
    yield "group_members", _group_members(snapshot)
    yield "programme", [_programme(snapshot)]
    yield "clauses", _clauses(snapshot)
    yield "aims", _aims(snapshot)
    yield "workstreams", _workstreams(snapshot)
    yield "objectives", _objectives(snapshot)
    yield "duties", _duties(snapshot)
    yield "milestones", _milestones(snapshot)
    yield "milestone_clauses", _citations(snapshot, lambda milestone: milestone.clauses)
    yield "milestone_objectives", _citations(snapshot, lambda milestone: milestone.serves)
    yield "assignments", _assignments(snapshot)
    yield "amendments", _amendments(snapshot)
    yield "changes", _changes(snapshot)
    yield "units", _units(snapshot)
    yield "occurrences", _occurrences(snapshot)
    yield "occurrence_leads", _occurrence_leads(snapshot)
    yield "by_agency", _by_agency(snapshot)
    yield "entries", _entries(snapshot)
    yield "evidence", _evidence(snapshot)
    yield "retractions", _retractions(snapshot)
    yield "formerly", _formerly(snapshot)
    yield "texts", _texts(snapshot)


def _both(name: str, words: Words | None) -> Row:
    """Return the columns of a text in Vietnamese and in English."""
    return {f"{name}_vi": words.get("vi") if words else None, f"{name}_en": words.get("en") if words else None}


def _named(name: str, words: Words) -> Row:
    """Return the columns of a name: in the programme's own language, in Vietnamese and in English."""
    return {name: words.own, **_both(name, words)}


# What was decided


def _agencies(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the agencies of the day, then those that ended before it, to which older work may refer."""
    gone, heirs = snapshot.plan.gone, snapshot.plan.heirs
    for position, agency in enumerate(everyone(snapshot.plan).agencies, 1):
        names = {**_named("name", agency.name), **_both("short", agency.short)}
        ended = {"ended": int(agency.id in gone), "successors": _listed(heirs.get(agency.id, ()))}
        yield {"id": agency.id, "position": position, "code": agency.code, **names, **ended}


def _group_members(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the members that a group names, then those of the groups among them."""
    for group in snapshot.agencies.agencies:
        flattened = [one.id for one in snapshot.agencies.members_of(group)]
        for position, member in enumerate(dict.fromkeys([*group.members, *flattened]), 1):
            yield {
                "group_id": group.id,
                "agency_id": member,
                "position": position,
                "direct": int(member in group.members),
                "flattened": int(member in flattened),
            }


def _programme(snapshot: Snapshot) -> Row:
    programme = snapshot.roadmap.programme
    return {
        "id": programme.id,
        "languages": ", ".join(programme.languages),
        **_named("title", programme.title),
        **_both("legal_basis", programme.legal_basis),
        "adopted": programme.adopted.isoformat() if programme.adopted else None,
        "is_draft": int(programme.is_draft),
        "first_day": programme.period.first.isoformat(),
        "last_day": programme.period.last.isoformat(),
        "timezone": programme.timezone,
        "fiscal_year_from": programme.fiscal_year_from,
        "official_classes": int(programme.official_classes),
        "coordinator": programme.coordinator,
        "due_soon_days": programme.due_soon_days,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat() if snapshot.known_by else None,
    }


def _clauses(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the headings of the outline, each before its clauses; a file that cites anything else is refused by the checks."""
    programme = snapshot.roadmap.programme
    clauses = programme.headings()
    headings = {name: name for name in programme.outline}
    for clause, heading in clauses.items():
        headings.setdefault(clause, heading)
    places = {name: place for place, name in enumerate(programme.outline)}
    in_order = sorted(headings.items(), key=lambda pair: (places[pair[1]], pair[0] != pair[1]))
    for position, (clause, heading) in enumerate(in_order, 1):
        yield {
            "clause": clause,
            "position": position,
            "heading": heading,
            "has_clauses": int(clause not in clauses),
            **_both("heading", programme.outline[heading].title),
        }


def _aims(snapshot: Snapshot) -> Iterator[Row]:
    for position, aim in enumerate(snapshot.roadmap.programme.aims, 1):
        yield {"position": position, "clause": aim.clause, **_both("aim", aim.text)}


def _workstreams(snapshot: Snapshot) -> Iterator[Row]:
    for position, one in enumerate(snapshot.roadmap.workstreams, 1):
        yield {"id": one.id, "position": position, "number": one.number, **_named("title", one.title)}


def _objectives(snapshot: Snapshot) -> Iterator[Row]:
    for workstream in snapshot.roadmap.workstreams:
        for position, one in enumerate(workstream.objective_texts, 1):
            yield {
                "workstream_id": workstream.id,
                "position": position,
                "clause": one.clause,
                **_both("title", one.text),
            }


def _duties(snapshot: Snapshot) -> Iterator[Row]:
    for agency in snapshot.agencies.agencies:
        for position, duty in enumerate(agency.duty_texts, 1):
            yield {"agency_id": agency.id, "position": position, "clause": duty.clause, **_both("duty", duty.text)}


def _milestones(snapshot: Snapshot) -> Iterator[Row]:
    for position, (workstream, milestone) in enumerate(snapshot.roadmap.milestones(), 1):
        schedule = milestone.schedule
        yield {
            "id": milestone.id,
            "workstream_id": workstream.id,
            "position": position,
            **_named("title", milestone.title),
            **_both("text", milestone.text),
            **_both("result", milestone.result),
            "timing_words": milestone.timing,
            "schedule": _as_written(schedule) if schedule else None,
            "every": schedule.every.value if schedule and schedule.every else None,
            "tentative": int(milestone.tentative),
            **_both("derived", milestone.derived),
            "each": int(milestone.each),
            **_target(milestone.target),
        }


def _as_written(schedule: Schedule) -> str:
    """Write a schedule as files have it, on one line."""
    fields = schedule.model_dump(by_alias=True)
    named = ((name, fields[name]) for name in ("in", "every", "from", "to", "due") if fields[name] is not None)
    return ", ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in named
    )


def _target(target: Target | None) -> Row:
    level = target.level if target else None
    return {
        "target_count": target.count if target else None,
        "target_bound": level.bound.value if level else None,
        "target_figure": _exact(level.figure if level else None),
        "target_baseline": _exact(target.baseline if target else None),
        "target_most": _exact(target.most if target else None),
        "target_measure": target.measure if target else None,
        **_both("target_unit", target.unit if target else None),
    }


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else written(number)


def _citations(snapshot: Snapshot, clauses_of: Callable[[Milestone], Iterable[str]]) -> Iterator[Row]:
    for _, milestone in snapshot.roadmap.milestones():
        for clause in dict.fromkeys(clauses_of(milestone)):
            yield {"milestone_id": milestone.id, "clause": clause}


def _assignments(snapshot: Snapshot) -> Iterator[Row]:
    for _, milestone in snapshot.roadmap.milestones():
        for position, one in enumerate(milestone.assignments, 1):
            clause = one.basis or ", ".join(milestone.clauses)
            yield {
                "milestone_id": milestone.id,
                "agency_id": one.agency,
                "role": "lead" if position <= len(milestone.leads) else "support",
                "position": position,
                "inferred": int(one.inferred is not None),
                "clause": one.basis,
                **(_both("basis", one.inferred) if one.inferred else {"basis_vi": clause, "basis_en": clause}),
            }


# What acts changed


def _amendments(snapshot: Snapshot) -> Iterator[Row]:
    for position, act in enumerate((step.act for step in snapshot.past.steps), 1):
        yield {
            "id": act.id,
            "position": position,
            **_named("act", act.act),
            "signed": act.signed.last.isoformat(),
            "effective": act.day.isoformat(),
            "entered": act.entered.isoformat() if act.entered else None,
            "revoked": int(act.id in snapshot.plan.revoked),
        }


def _changes(snapshot: Snapshot) -> Iterator[Row]:
    for act in (step.act for step in snapshot.past.steps):
        for position, change in enumerate(act.changes, 1):
            for key, field, was, now in _changed(change):
                yield {
                    "amendment_id": act.id,
                    "position": position,
                    "kind": change.kind,
                    "key": key,
                    "field": field,
                    "was": _written(was),
                    "now": _written(now),
                    "clause": change.clause,
                    **_both("why", change.why),
                }


def _changed(change: Change) -> Iterator[tuple[str | None, str, object, object]]:
    """Yield the key, the field, and its values before and after."""
    match change.kind:
        case "change" if change.now:
            for field in _set_fields(change.now):
                yield change.change, field.removesuffix("s"), _value(change.was, field), _value(change.now, field)
        case "programme" if change.programme:
            for field in _set_fields(change.programme.now):
                was, now = change.programme.was, change.programme.now
                yield None, field, _value(was, field), _value(now, field)
        case "add" if change.add:
            yield change.add.milestone.id, "schedule", None, change.add.milestone.schedule
        case "found" if change.found:
            yield change.found.id, "name", None, change.found.name
        case "group":
            yield change.group, "members", change.leave, change.join
        case "revoke":
            yield change.revoke, "", None, None
        case _:
            key = change.repeal or _listed(change.merge or change.close or ())
            yield key, "into" if change.into else "", None, change.into


def _set_fields(fields: MilestoneFields | ProgrammeFields) -> list[str]:
    return [name for name in type(fields).model_fields if name in fields.model_fields_set]


def _value(fields: MilestoneFields | ProgrammeFields | None, field: str) -> object:
    return getattr(fields, field) if fields else None


def _written(value: object) -> str | None:
    """Write a value as files have it; a text in the programme's own language, and of assignments the agencies."""
    match value:
        case None | []:
            return None
        case Schedule():
            return _as_written(value)
        case Period():
            return value.notation
        case Words():
            return value.own
        case Target() | ProgrammePeriod():
            return dumps(value.model_dump(mode="json", by_alias=True, exclude_none=True), ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case list():
            return _listed(one.agency if isinstance(one, Assignment) else str(one) for one in value)
    return str(value)


def _listed(ids: Iterable[str]) -> str | None:
    return "; ".join(ids) or None


# What follows, and what happened

_OCCURRENCE_COLUMNS = (
    *("period", "member", "start", "due", "progress", "timing", "official", "days_overdue", "silent_days"),
    *("done_on", "days_late", "counted", "value", "percent", "as_of"),
)
"""Columns that have the name and the value of a field of JSON."""
_JUDGED = ("timing", "official", "days_overdue", "silent_days")
"""The columns that are empty for what is no longer planned."""


def _units(snapshot: Snapshot) -> Iterator[Row]:
    programme = snapshot.roadmap.programme
    for position, whole in enumerate(together(snapshot.standings), 1):
        occurrence, parts = whole.occurrence, whole.parts
        done = sum(part.course.progress is Progress.DONE for part in parts)
        yield {
            "key": occurrence.key,
            "milestone_id": occurrence.milestone.id,
            "position": position,
            "period": occurrence.window.name or None,
            "due": occurrence.window.due.isoformat() if occurrence.window.due else None,
            "progress": whole.course.progress.value,
            "timing": whole.timing.value if whole.timing else None,
            "official": whole.official.value if programme.official_classes else None,
            "members": len(parts) if parts else None,
            "members_done": done if parts else None,
        }


def _occurrences(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the occurrences that are planned, then those that no longer are, which no total counts."""
    for position, standing in enumerate((*snapshot.standings, *snapshot.repealed), 1):
        item, occurrence = occurrence_item(standing, snapshot.roadmap.programme), standing.occurrence
        done_on, moves = standing.course.done_on, standing.moves or Moves()
        repealed = moves.repealed if position > len(snapshot.standings) else None
        unit = occurrence.shared_key if occurrence.member else occurrence.key
        yield {
            "key": item["key"],
            "unit_key": None if repealed else unit,
            "milestone_id": item["id"],
            "position": position,
            "group_id": occurrence.group,
            **{name: None if repealed and name in _JUDGED else item[name] for name in _OCCURRENCE_COLUMNS},
            "done_day": done_on.isoformat() if done_on else None,
            "original_due": standing.original_due.isoformat() if standing.original_due else None,
            "slip_days": standing.slip_days,
            "moves": moves.moves,
            "late_when_moved": int(moves.late_when_moved),
            "repealed_by": repealed.id if repealed else None,
            "late_when_repealed": int(moves.late_when_repealed),
        }


def _occurrence_leads(snapshot: Snapshot) -> Iterator[Row]:
    for occurrence in (one.occurrence for one in (*snapshot.standings, *snapshot.repealed)):
        for position, lead in enumerate(occurrence.leads, 1):
            yield {
                "occurrence_key": occurrence.key,
                "agency_id": lead.agency,
                "position": position,
                "inferred": int(lead.inferred is not None),
            }


def _by_agency(snapshot: Snapshot) -> Iterator[Row]:
    for position, (agency, tally) in enumerate(by_agency(snapshot.agencies, snapshot.standings), 1):
        counts = {one.value.replace("-", "_"): tally.official[one] for one in OfficialClass}
        yield {"id": agency.id, "position": position, "occurrences": tally.total, **counts}


def _entries(snapshot: Snapshot) -> Iterator[Row]:
    keys, reporters = snapshot.keys, _reporters(snapshot)
    for number, entry in enumerate(snapshot.entries, 1):
        item = entry_item(entry)
        yield {
            "number": number,
            "id": entry.id,
            "key": entry.key,
            "occurrence_key": key if (key := snapshot.plan.key_of(entry)) in keys else None,
            "on_period": item["on"],
            "first_day": entry.on.first.isoformat(),
            "last_day": entry.on.last.isoformat(),
            "counts_from": entry.day.isoformat(),
            "event": item["event"],
            "count": entry.count,
            "value": item["value"],
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
    reporters = _reporters(snapshot)
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


def _reporters(snapshot: Snapshot) -> Mapping[str, Agency]:
    """Return the agencies by every spelling: those of the day before those that ended."""
    return {**by_spelling(everyone(snapshot.plan)), **by_spelling(snapshot.agencies)}


def _reported(record: Record, reporters: Mapping[str, Agency]) -> Row:
    """Return the reporter as recorded, and the agency that the word means."""
    agency = reporters.get(squashed(record.by)) if record.by else None
    return {"reported_by": record.by, "agency_id": agency.id if agency else None}


# Older names, and texts in every language


def _formerly(snapshot: Snapshot) -> Iterator[Row]:
    agencies = (("agency", one.id, one.formerly) for one in snapshot.agencies.agencies)
    milestones = (("milestone", one.id, one.formerly) for _, one in snapshot.roadmap.milestones())
    for about, own, spellings in (*agencies, *milestones):
        for former in dict.fromkeys(spellings):
            yield {"about": about, "id": own, "former": former}


def _texts(snapshot: Snapshot) -> Iterator[Row]:
    """Yield every text in each of its languages."""
    for about, own, position, field, words in texts_of(snapshot.plan):
        for language, text in words.root.items() if words else ():
            yield {
                "about": about,
                "id": own,
                "position": position,
                "field": field,
                "language": language,
                "text": text,
            }
