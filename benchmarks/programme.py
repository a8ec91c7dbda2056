"""An invented programme of any size: the same seed gives the same bytes, and `cbfa check` finds nothing in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import yaml

from cbfa.core.journal import Entry, Event
from cbfa.core.periods import Period
from cbfa.store.journal.lines import line_of

FIRST_YEAR, LAST_YEAR = 2011, 2015
_AGENCIES = 20
_STREAM_SIZE = 250
"""Milestones of one workstream."""
_KINDS = ("in", "every", "in", "due", "in", "from", "in", "every", "in", "none")
_NOTES = (
    "Đã họp với các sở, ngành; còn chờ ý kiến của Sở Tài chính.",
    "Half of the districts have sent their figures.",
)

Data = dict[str, Any]


@dataclass(frozen=True)
class Occurrence:
    """An occurrence of a milestone, with the first and last year in which entries can fall."""

    key: str
    first: int
    last: int
    target: int | None
    lead: str


def write_programme(folder: Path, milestones: int, entries: int, seed: int = 42) -> None:
    """Write the three files of a programme into a new folder."""
    rng = Random(seed)  # noqa: S311 - nothing here is secret
    plan = [_milestone(rng, number) for number in range(milestones)]
    occurrences = [occurrence for milestone in plan for occurrence in _occurrences(milestone)]
    folder.mkdir()
    _write(folder / "agencies.yaml", _agencies())
    _write(folder / "roadmap.yaml", _roadmap(plan))
    lines = [line_of(entry) for entry in _entries(rng, occurrences, entries)]
    (folder / "progress.yaml").write_text("".join(lines), encoding="utf-8", newline="\n")


def _write(path: Path, data: Data) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8", newline="\n")


def _words(vi: str, en: str) -> Data:
    return {"vi": vi, "en": en}


def _agencies() -> Data:
    return {
        "format": 1,
        "agencies": [
            {
                "id": f"So{number}",
                "name": _words(f"Sở chuyên ngành {number}", f"Specialised Department {number}"),
                "code": f"SCN{number}",
                "duties": {f"V.{number}": _words("Thực hiện phần việc của mình", "Carry out its part")},
            }
            for number in range(1, _AGENCIES + 1)
        ],
    }


def _roadmap(plan: list[Data]) -> Data:
    streams = [plan[start : start + _STREAM_SIZE] for start in range(0, len(plan), _STREAM_SIZE)]
    outline: Data = {
        "I": {"title": _words("Mục tiêu", "Aim")},
        "V": {"clauses": _AGENCIES, "title": _words("Thực hiện", "Implementation")},
    }
    for number, stream in enumerate(streams, 1):
        outline[f"II.{number}"] = {"clauses": 1, "title": _words(f"Nội dung {number}", f"Objectives {number}")}
        outline[f"III.{number}"] = {"clauses": len(stream), "title": _words(f"Lộ trình {number}", f"Roadmap {number}")}
    return {
        "format": 1,
        "programme": {
            "id": "invented",
            "title": _words("Chương trình để đo", "A programme to measure with"),
            "aim": {"I": _words("Đo thời gian và bộ nhớ", "Measure time and memory")},
            "legal_basis": _words("Không có căn cứ pháp lý", "No legal basis"),
            "adopted": f"{FIRST_YEAR - 1}-12-09",
            "period": {"from": FIRST_YEAR, "to": LAST_YEAR},
            "coordinator": "So1",
            "outline": outline,
        },
        "workstreams": [
            {
                "id": f"stream-{number}",
                "number": f"III.{number}",
                "title": _words(f"Nhóm nhiệm vụ {number}", f"Workstream {number}"),
                "objectives": {f"II.{number}.1": _words(f"Nội dung {number}", f"Objective {number}")},
                "milestones": stream,
            }
            for number, stream in enumerate(streams, 1)
        ],
    }


def _milestone(rng: Random, number: int) -> Data:
    stream, position = divmod(number, _STREAM_SIZE)
    lead = rng.randint(1, _AGENCIES - 1)
    title = _words(f"Hội nghị xúc tiến đầu tư lần thứ {number + 1}", f"Investment conference no. {number + 1}")
    milestone: Data = {
        "id": f"task-{number + 1}",
        "title": title,
        "clauses": [f"III.{stream + 1}.{position + 1}"],
        "serves": [f"II.{stream + 1}.1"],
        **_schedule(rng, _KINDS[number % len(_KINDS)]),
        "lead": {"agency": f"So{lead}", "basis": f"V.{lead}"},
    }
    if rng.random() < 0.2:
        milestone["target"] = {"count": rng.randint(2, 40), "unit": _words("lớp", "courses")}
    if rng.random() < 0.4:
        why = _words("Việc thuộc lĩnh vực của cơ quan này", "It lies in the field of this agency")
        milestone["support"] = [{"agency": f"So{lead + 1}", "inferred": why}]
    return milestone


def _schedule(rng: Random, kind: str) -> Data:
    first = rng.randint(FIRST_YEAR, LAST_YEAR)
    match kind:
        case "in":
            return {"schedule": {"in": f"{first}-{rng.choice(('Q1', 'H1', 'Q3'))}"}}
        case "every":
            return {"schedule": {"every": "year", "from": first, "to": rng.randint(first, LAST_YEAR)}}
        case "due":
            return {"schedule": {"from": first, "due": rng.randint(first, LAST_YEAR)}}
        case "from":
            return {"schedule": {"from": first}}
    return {}


def _occurrences(milestone: Data) -> list[Occurrence]:
    key = milestone["id"]
    match milestone.get("schedule"):
        case {"every": _, "from": first, "to": last}:
            spans = [(f"{key}@{year}", year, year) for year in range(first, last + 1)]
        case {"in": period}:
            year = int(period[:4])
            spans = [(key, year, year)]
        case {"from": first, "due": last}:
            spans = [(key, first, last)]
        case {"from": first}:
            spans = [(key, first, LAST_YEAR)]
        case _:
            spans = [(key, FIRST_YEAR, LAST_YEAR)]
    target = milestone.get("target", {}).get("count")
    return [Occurrence(*span, target, milestone["lead"]["agency"]) for span in spans]


def _entries(rng: Random, occurrences: list[Occurrence], number: int) -> list[Entry]:
    """Spread entries over the occurrences; the last entry of half of these says done."""
    days: dict[Occurrence, list[date]] = defaultdict(list)
    for _ in range(number):
        occurrence = rng.choice(occurrences)
        length = 365 * (occurrence.last - occurrence.first + 1)
        days[occurrence].append(date(occurrence.first, 1, 1) + timedelta(days=rng.randrange(length)))
    entries = []
    for occurrence, its_days in days.items():
        *earlier, last = sorted(its_days)
        entries += [_entry(rng, occurrence, day, Event.PROGRESS) for day in earlier]
        entries.append(_entry(rng, occurrence, last, rng.choice((Event.PROGRESS, Event.DONE))))
    return sorted(entries, key=lambda entry: entry.id)


def _entry(rng: Random, occurrence: Occurrence, day: date, event: Event) -> Entry:
    hours = timedelta(days=rng.randint(0, 12), hours=rng.randint(8, 16), milliseconds=rng.randrange(3_600_000))
    recorded = datetime(day.year, day.month, day.day, tzinfo=UTC) + hours
    # RFC 9562, version 7: milliseconds, version, variant, random bits
    uuid = round(recorded.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | rng.getrandbits(62)
    note = rng.choice(_NOTES) if rng.random() < 0.4 else None
    count = None
    if occurrence.target:
        count = occurrence.target if event is Event.DONE else 1
        note = f"{note or _NOTES[0]} ({recorded:%d/%m/%Y, %H:%M:%S})"  # check suspects equal notes
    return Entry(
        id=str(UUID(int=uuid)),
        on=Period.from_day(day),
        key=occurrence.key,
        event=event,
        count=count,
        note=note,
        evidence=(f"Báo cáo số {rng.randint(1, 2000)}/BC-SNgV",) if rng.random() < 0.2 else (),
        by=occurrence.lead,
        recorded=recorded,
    )
