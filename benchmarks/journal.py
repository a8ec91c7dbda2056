"""The entries of a generated programme, as lines of its journal: the form that `line_of` of `cbfa.store.journal_lines` gives them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.words import NOTES, OFFICES, PAPERS
from cbfa.core.journal import VIET_NAM
from cbfa.core.schedule import Window

if TYPE_CHECKING:
    from benchmarks.programme import Plan, Task

Fields = dict[str, Any]

_RETRACTED = 0.01
_LATEST = timedelta(days=150)
"""So long after its deadline an occurrence is still reported on."""


def journal_lines(rng: Random, plan: Plan, tasks: list[Task]) -> list[str]:
    """So many lines as the plan says, in the order in which they were recorded."""
    begun = [
        (task, window)
        for task in tasks
        for window in task.schedule.windows()
        if window.start is None or window.start <= plan.until
    ]
    retractions = int(plan.entries * _RETRACTED)
    shares = Counter(rng.choices(range(len(begun)), k=plan.entries - retractions)) if begun else Counter[int]()
    records = [record for place in sorted(shares) for record in _course(rng, plan, *begun[place], shares[place])]
    harmless = [record for record in records if record["event"] == "progress" and "count" not in record]
    records += [_retraction(rng, record) for record in rng.sample(harmless, min(retractions, len(harmless)))]
    return [_line(record) for record in sorted(records, key=lambda record: (record["recorded"], record["id"]))]


def _course(rng: Random, plan: Plan, task: Task, window: Window, number: int) -> Iterator[Fields]:
    """What happened to one occurrence: progress, at times a halt, and for half of them the end."""
    key = f"{task.id}@{window.period}" if window.period else task.id
    ends, counted = rng.random() < 0.5, 0
    halt = rng.randrange(number) if rng.random() < 0.1 else None
    for position, day in enumerate(_days(rng, plan, window, number)):
        fields: Fields = {"on": day, "key": key, "event": "progress"}
        if position == number - 1 and ends:
            fields["event"] = "done"
            if task.least and task.least > counted:
                fields["count"] = task.least - counted
        elif position == halt:
            fields["event"] = "suspended"
        elif halt is not None and position == halt + 1:
            fields["event"] = "reopened"
        elif task.least and counted < task.least - 1 and rng.random() < 0.5:
            fields["count"] = 1
            counted += 1
        elif not task.least and rng.random() < 0.3:
            fields["percent"] = min(95, 100 * (position + 1) // (number + 1))
        yield _recorded(rng, day, fields | _told(rng, task))


def _days(rng: Random, plan: Plan, window: Window, number: int) -> list[date]:
    first = window.start or date(plan.first, 1, 1)
    last = min(plan.until, window.due + _LATEST) if window.due else plan.until
    return sorted(first + timedelta(days=rng.randrange((last - first).days + 1)) for _ in range(number))


def _told(rng: Random, task: Task) -> Fields:
    fields: Fields = {}
    if rng.random() < 0.4:
        fields["note"] = rng.choice(NOTES)
    if rng.random() < 0.2:
        fields["evidence"] = [rng.choice(PAPERS).format(number=rng.randint(1, 2000))]
    if rng.random() < 0.5:
        fields["by"] = OFFICES[task.lead].id
    return fields


def _recorded(rng: Random, day: date, fields: Fields) -> Fields:
    """The record with the moment at which it was written down, some days later in office hours, and the id that follows from it."""
    later = timedelta(days=rng.randint(0, 12), hours=rng.randint(8, 16), milliseconds=rng.randrange(3_600_000))
    moment = datetime(day.year, day.month, day.day, tzinfo=VIET_NAM) + later
    text = moment.isoformat(timespec="milliseconds")
    return {"id": _id(rng, moment), **fields, "on": day.isoformat(), "recorded": text}


def _retraction(rng: Random, record: Fields) -> Fields:
    moment = datetime.fromisoformat(record["recorded"]) + timedelta(minutes=rng.randint(1, 5000))
    text = moment.isoformat(timespec="milliseconds")
    return {"id": _id(rng, moment), "retracts": record["id"], "note": "Ghi nhầm.", "recorded": text}


def _id(rng: Random, moment: datetime) -> str:
    """A UUID of version 7 (RFC 9562): milliseconds, then chance."""
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    number = milliseconds << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _line(record: Fields) -> str:
    return f"- {json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n"
