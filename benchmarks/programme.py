"""Writes a programme of any size, the same for the same seed, in which `cbfa check` finds nothing.

Everything is invented. Every clause is cited, every objective is served, and all five kinds of schedule occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Literal

from benchmarks.journal import journal_lines
from benchmarks.words import DEEDS, OFFICES, PLACES, THINGS, UNITS, Pair
from cbfa.core.schedule import Once, OpenEnded, Schedule, Span, Undated, Yearly

MOST_CLAUSES = 999
"""So many clauses may stand under one heading; a workstream has as many milestones."""
_OBJECTIVES = 5
_PARTS: tuple[Literal["early", "first-half", "Q3"] | None, ...] = (None, None, None, "early", "first-half", "Q3")


@dataclass(frozen=True)
class Plan:
    """What to write. `until` is the last day on which anything happened; `one_each` gives every milestone one occurrence."""

    milestones: int
    entries: int
    first: int = 2011
    last: int = 2015
    until: date = date(2015, 12, 31)
    one_each: bool = False
    seed: int = 42


@dataclass(frozen=True)
class Task:
    """A milestone of the programme, before it is written down."""

    id: str
    title: Pair
    schedule: Schedule
    least: int | None
    unit: Pair
    lead: int
    support: int
    inferred: bool


def write_programme(folder: Path, plan: Plan) -> list[Task]:
    """Writes the three files into a folder, and returns the milestones in them."""
    rng = Random(plan.seed)  # noqa: S311 - it shall be the same again
    tasks = [_task(rng, plan, number) for number in range(plan.milestones)]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "agencies.yaml", _agencies())
    _write(folder / "roadmap.yaml", _roadmap(plan, tasks))
    with (folder / "progress.yaml").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(journal_lines(rng, plan, tasks))
    return tasks


def _write(path: Path, lines: Iterator[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _task(rng: Random, plan: Plan, number: int) -> Task:
    deed, thing, place = rng.choice(DEEDS), rng.choice(THINGS), rng.choice(PLACES)
    lead = rng.randrange(len(OFFICES))
    return Task(
        id=f"task-{number + 1:05d}",
        title=Pair(f"{deed.vi} {thing.vi} {place.vi}", f"{deed.en} {thing.en} {place.en}"),
        schedule=_schedule(rng, plan, number),
        least=rng.randint(2, 40) if rng.random() < 0.2 else None,
        unit=rng.choice(UNITS),
        lead=lead,
        support=(lead + rng.randrange(1, len(OFFICES))) % len(OFFICES),
        inferred=rng.random() < 0.4,
    )


def _schedule(rng: Random, plan: Plan, number: int) -> Schedule:
    """The kinds in turn, so that small programmes have all of them; half of all milestones are due once."""
    first = rng.randint(plan.first, plan.last)
    last = rng.randint(first, plan.last)
    match number % 10:
        case 0 | 5:
            return Yearly(kind="yearly", first=first, last=first if plan.one_each else last)
        case 1 | 6:
            return Span(kind="span", first=first, last=last, tentative=rng.random() < 0.1)
        case 2:
            return OpenEnded(kind="open-ended", start=first)
        case 3:
            return Undated(kind="undated")
    return Once(kind="once", year=first, part=rng.choice(_PARTS), tentative=rng.random() < 0.3)


def _agencies() -> Iterator[str]:
    yield from ("format: 1", "", "agencies:")
    for number, office in enumerate(OFFICES, 1):
        yield f"  - id: {office.id}"
        yield f"    name: {{vi: {office.vi}, en: {office.en}}}"
        yield f"    code: {office.code}"
        yield "    duties:"
        yield f"      - clause: V.{number}"
        yield "        vi: Tổ chức thực hiện trong phạm vi của mình"
        yield "        en: Carry out the programme in its own field"


def _roadmap(plan: Plan, tasks: list[Task]) -> Iterator[str]:
    parts = [tasks[start : start + MOST_CLAUSES] for start in range(0, len(tasks), MOST_CLAUSES)]
    yield from _head(plan, parts)
    yield from ("", "workstreams:")
    for number, part in enumerate(parts, 1):
        yield f"  - id: stream-{number}"
        yield f"    title: {{vi: Nhóm nhiệm vụ {number}, en: Workstream {number}}}"
        yield f"    number: III.{number}"
        yield "    objectives:"
        for objective in range(1, min(_OBJECTIVES, len(part)) + 1):
            yield f"      - clause: II.{number}.{objective}"
            yield f"        vi: Nội dung thứ {objective} của nhóm {number}"
            yield f"        en: Objective {objective} of workstream {number}"
        yield "    milestones:"
        for position, task in enumerate(part):
            yield from _milestone(task, number, position)


def _head(plan: Plan, parts: list[list[Task]]) -> Iterator[str]:
    yield from ("# Invented, to measure with.", "format: 1", "", "programme:")
    yield "  id: measured"
    yield "  title: {vi: Chương trình để đo, en: A programme to measure with}"
    yield "  aim: {clauses: [I], vi: Đo thời gian và bộ nhớ, en: Measure time and memory}"
    yield "  legal_basis: {vi: Không có, en: There is none}"
    yield f"  adopted: {plan.first - 1}-12-09"
    yield f"  period: {{first: {plan.first}, last: {plan.last}}}"
    yield "  coordinator: SoNgoaiVu"
    yield "  outline:"
    yield "    I: {vi: Mục tiêu, en: Aim}"
    for number, part in enumerate(parts, 1):
        objectives = min(_OBJECTIVES, len(part))
        yield f"    II.{number}: {{clauses: {objectives}, vi: Nội dung {number}, en: Objectives {number}}}"
        yield f"    III.{number}: {{clauses: {len(part)}, vi: Lộ trình {number}, en: Roadmap {number}}}"
    yield f"    V: {{clauses: {len(OFFICES)}, vi: Tổ chức thực hiện, en: Implementation}}"


def _milestone(task: Task, stream: int, position: int) -> Iterator[str]:
    years = task.schedule.model_dump(exclude_defaults=True)
    words = ", ".join(f"{name}: {str(value).lower() if value is True else value}" for name, value in years.items())
    yield f"      - id: {task.id}"
    yield "        title:"
    yield f"          vi: {task.title.vi}"
    yield f"          en: {task.title.en}"
    yield f"        clauses: [III.{stream}.{position + 1}]"
    yield f"        serves: [II.{stream}.{position % _OBJECTIVES + 1}]"
    yield f"        schedule: {{{words}}}"
    if task.least:
        yield f"        target: {{least: {task.least}, vi: {task.unit.vi}, en: {task.unit.en}}}"
    yield f"        lead: {{agency: {OFFICES[task.lead].id}, basis: V.{task.lead + 1}}}"
    if task.inferred:
        yield "        support:"
        yield f"          - agency: {OFFICES[task.support].id}"
        yield "            inferred: {vi: Việc thuộc lĩnh vực của cơ quan này, en: It lies in its field}"
