"""The rows of the table: what is measured against what, the aim, and where an aim is missed, why."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.measure import Contest, Taking
from benchmarks.peers.beancount import bean_query
from benchmarks.peers.taskwarrior import task_overdue
from benchmarks.peers.todoman import todo_list
from benchmarks.process import Job, peak_memory, seconds
from benchmarks.programme import Plan
from benchmarks.workshop import SHIPPED, Workshop

SMALL = Plan(milestones=45, entries=100)
MIDDLE = Plan(milestones=1_000, entries=10_000)
LARGE = Plan(milestones=10_000, entries=100_000, one_each=True)
"""One occurrence a milestone, so that it has as many occurrences as Taskwarrior has tasks."""
NO_ENTRIES, LONG, LONGEST = (Plan(milestones=1_000, entries=number) for number in (0, 100_000, 1_000_000))
"""Journals of the same programme, so that nothing but the journal can make a difference."""

MB = 1_000_000
ALLOWANCE = 60 * MB
"""Memory that Python, the libraries and cbfa may need whatever they read."""

QUESTIONS = {
    "status": ("status",),
    "overdue": ("overdue",),
    "report": ("report", "--agency", "SoNgoaiVu"),
}
"""What is asked about the shipped programme, each with its arguments."""
BARE = "a Typer program of one command that imports pydantic and yaml"
_OVERDUE = ("overdue", "--format", "csv")
_MARK = ("mark", "task-00005", "progress", "--note", "Đã họp với các sở, ngành.")

_TYPER_ALONE = (
    "cbfa is made with Typer, pydantic and PyYAML. A bare program that imports the three and does nothing has a row of its own: "
    "an aim below its ratio is out of reach."
)
_OWN_SHARE = (
    "The bare program has a row of its own. What cbfa adds to it, its own modules, the files and the page, "
    "brings the ratio to the edge of the aim."
)
_INTERPRETED = (
    "Taskwarrior is a compiled program that splits lines; here an interpreter starts, and every milestone and entry becomes a model "
    "with checked fields before the first question is asked. "
    "The row without entries shows what starting, the milestones and a row for each of them cost."
)
_EVERY_ENTRY = "The answer needs every entry; what the cache spares is the checks, and the reading of YAML."
_EVERY_BYTE = (
    "A journal is known by its content to be in order, so every byte of it is read, hashed, and searched for what was recorded of the "
    "same occurrence."
)
_MODELS = "The entries and the milestones are models, which take more than their text."


@dataclass(frozen=True)
class Row:
    """One row. The ratio of ours to theirs shall be at most `aim`; a row without one is there to be compared with.

    `why` is written by hand, and shown where the aim is missed.
    """

    name: str
    what: str
    against: str
    aim: float | None
    contest: Callable[[Workshop], Contest]
    why: str = ""
    unit: str = "s"


def rows() -> list[Row]:
    """All of them, in the order of the table."""
    return [*_start(), *_peers(), *_sizes(), *_journal(), _memory()]


def _start() -> Iterator[Row]:
    for name, arguments in QUESTIONS.items():
        yield Row(
            name,
            f"`cbfa {' '.join(arguments)}`, the shipped programme",
            BARE,
            1.4,
            partial(_shipped, arguments, _baseline),
        )


def _peers() -> Iterator[Row]:
    for peer, against, job, why in (
        ("todoman", "`todo list` of todoman, 40 items", todo_list, _TYPER_ALONE),
        ("beancount", "`bean-query` of Beancount, its example ledger", bean_query, _OWN_SHARE),
    ):
        for name, arguments in QUESTIONS.items():
            what = f"`cbfa {' '.join(arguments)}`, the shipped programme"
            yield Row(f"{name}-{peer}", what, against, 0.6, partial(_shipped, arguments, job), why)
        yield Row(f"bare-{peer}", BARE, against, None, partial(_bare, job))


def _sizes() -> Iterator[Row]:
    what = "`cbfa overdue --format csv`, 10,000 milestones, 100,000 entries"
    against = "Taskwarrior, `task overdue`, 10,000 open tasks with the same due dates"
    yield Row("large", what, against, 1.0, partial(_against_taskwarrior, LARGE), _INTERPRETED)
    yield Row(
        "large-no-entries",
        "`cbfa overdue --format csv`, 10,000 milestones, no entries",
        against,
        None,
        partial(_against_taskwarrior, replace(LARGE, entries=0)),
    )
    yield Row(
        "large-same-answer",
        what,
        "Taskwarrior, the same tasks, with those that are done completed",
        1.0,
        partial(_against_taskwarrior, LARGE, done_too=True),
        _INTERPRETED,
    )
    yield Row(
        "middle",
        "`cbfa overdue --format csv`, 1,000 milestones, 10,000 entries",
        "itself, 45 milestones, 100 entries",
        1.5,
        lambda workshop: _against_itself(workshop, MIDDLE, SMALL, _OVERDUE),
        _EVERY_ENTRY,
    )


def _journal() -> Iterator[Row]:
    yield Row(
        "mark-100k",
        "`cbfa mark`, 1,000 milestones, 100,000 entries",
        "itself, no entries",
        1.3,
        lambda workshop: _against_itself(workshop, LONG, NO_ENTRIES, _MARK),
        _EVERY_BYTE,
    )
    yield Row(
        "mark-1m",
        "`cbfa mark`, 1,000 milestones, 1,000,000 entries",
        "itself, no entries",
        2.0,
        lambda workshop: _against_itself(workshop, LONGEST, NO_ENTRIES, _MARK),
        _EVERY_BYTE,
    )
    yield Row(
        "reading",
        "reading the journal, 1,000,000 entries, every line checked and kept",
        "`json.loads` over the same lines, nothing kept",
        3.0,
        _reading,
    )


def _memory() -> Row:
    return Row(
        "memory",
        "peak memory of `cbfa overdue --format csv` less 60 MB, 10,000 milestones, 100,000 entries, first run after a change",
        "the size of the two files",
        6.0,
        _peak,
        _MODELS,
        unit="MB",
    )


def _time(job: Job) -> Taking:
    return partial(seconds, job)


def _contest(workshop: Workshop, theirs: Job, ours: Job) -> Contest:
    return Contest(_time(theirs), _time(ours), _time(workshop.cold(ours)))


def _baseline(workshop: Workshop) -> Job:
    return Job((sys.executable, "-c", "from benchmarks.baseline import app; app()"), workshop.environment)


def _shipped(arguments: tuple[str, ...], theirs: Callable[[Workshop], Job], workshop: Workshop) -> Contest:
    return _contest(workshop, theirs(workshop), workshop.cbfa(SHIPPED, *arguments))


def _bare(theirs: Callable[[Workshop], Job], workshop: Workshop) -> Contest:
    return Contest(_time(theirs(workshop)), _time(_baseline(workshop)))


def _against_taskwarrior(plan: Plan, workshop: Workshop, *, done_too: bool = False) -> Contest:
    data = workshop.programme(plan)
    return _contest(workshop, task_overdue(workshop, data, done_too=done_too), workshop.cbfa(data, *_OVERDUE))


def _against_itself(workshop: Workshop, ours: Plan, theirs: Plan, arguments: tuple[str, ...]) -> Contest:
    """The same command with two programmes. `mark` really appends: both journals grow by a line a turn, as journals do.

    Cutting them back between turns would be something that never happens to a journal, and would measure how cbfa finds that out.
    """
    jobs = [workshop.cbfa(workshop.programme(plan), *arguments) for plan in (theirs, ours)]
    return _contest(workshop, *jobs)


def _reading(workshop: Workshop) -> Contest:
    journal = workshop.programme(LONGEST) / "progress.yaml"
    environment = workshop.environment | {"CBFA_CACHE": "off"}
    jobs = [
        Job((sys.executable, "-m", "benchmarks.reading", reader, str(journal)), environment)
        for reader in ("json", "cbfa")
    ]
    return Contest(*map(_time, jobs))


def _peak(workshop: Workshop) -> Contest:
    data = workshop.programme(LARGE)
    job = workshop.cold(workshop.cbfa(data, *_OVERDUE))
    return Contest(partial(_size, data), lambda: peak_memory(job) - ALLOWANCE)


def _size(data: Path) -> int:
    return sum((data / name).stat().st_size for name in ("roadmap.yaml", "progress.yaml"))
