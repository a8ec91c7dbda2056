"""What must hold within the roadmap."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbfa.core.checks.findings import milestones_of, used_twice
from cbfa.core.roadmap import Roadmap
from cbfa.core.text import suggest
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity, Source


def ids_are_unique(roadmap: Roadmap) -> Iterator[Problem]:
    """No two milestones share an id, and no two workstreams."""
    yield from used_twice(Source.ROADMAP, (((*path, "id"), milestone.id) for path, milestone in milestones_of(roadmap)))
    yield from used_twice(
        Source.ROADMAP,
        ((("workstreams", number, "id"), workstream.id) for number, workstream in enumerate(roadmap.workstreams)),
    )


def years_lie_within_the_programme(roadmap: Roadmap) -> Iterator[Problem]:
    """A schedule names no year outside the programme's period."""
    period = roadmap.programme.period
    for path, milestone in milestones_of(roadmap):
        for year in dict.fromkeys(milestone.schedule.years):
            if year not in period:
                yield Problem(
                    Place(Source.ROADMAP, path=(*path, "schedule")),
                    Message("{year} lies outside the programme", year=year),
                    Message("it runs from {first} to {last}", first=period.first, last=period.last),
                )


def workstreams_are_headings(roadmap: Roadmap) -> Iterator[Problem]:
    """Each workstream stands for a heading of the outline."""
    for number, workstream in enumerate(roadmap.workstreams):
        if workstream.number not in roadmap.programme.outline:
            yield Problem(
                Place(Source.ROADMAP, path=("workstreams", number, "number")),
                Message("the outline has no heading “{heading}”", heading=workstream.number),
                suggest(workstream.number, roadmap.programme.outline),
            )


def objectives_exist(roadmap: Roadmap) -> Iterator[Problem]:
    """What a milestone serves is an objective of some workstream."""
    known = [objective.clause for workstream in roadmap.workstreams for objective in workstream.objectives]
    for path, milestone in milestones_of(roadmap):
        for number, clause in enumerate(milestone.serves):
            if clause not in known:
                yield Problem(
                    Place(Source.ROADMAP, path=(*path, "serves", number)),
                    Message("no objective has the clause “{clause}”", clause=clause),
                    suggest(clause, known) if known else None,
                )


def objectives_are_served(roadmap: Roadmap) -> Iterator[Problem]:
    """Every objective has a milestone that serves it."""
    served = {clause for _, milestone in roadmap.milestones() for clause in milestone.serves}
    for position, workstream in enumerate(roadmap.workstreams):
        for number, objective in enumerate(workstream.objectives):
            if objective.clause not in served:
                yield Problem(
                    Place(Source.ROADMAP, path=("workstreams", position, "objectives", number)),
                    Message("no milestone serves the objective {clause}", clause=objective.clause),
                    Message("name it under “serves” of a milestone"),
                    Severity.WARNING,
                )


def agencies_are_assigned_once(roadmap: Roadmap) -> Iterator[Problem]:
    """No agency answers twice for one milestone."""
    for path, milestone in milestones_of(roadmap):
        seen = {milestone.lead.agency}
        for number, assignment in enumerate(milestone.support):
            if assignment.agency in seen:
                yield Problem(
                    Place(Source.ROADMAP, path=(*path, "support", number, "agency")),
                    Message("{agency} is assigned to this milestone twice", agency=assignment.agency),
                    Message("keep one of the two"),
                )
            seen.add(assignment.agency)


CHECKS: list[Callable[[Roadmap], Iterator[Problem]]] = [
    ids_are_unique,
    years_lie_within_the_programme,
    workstreams_are_headings,
    agencies_are_assigned_once,
]
CHECKS_OF_THE_WHOLE: list[Callable[[Roadmap], Iterator[Problem]]] = [objectives_exist, objectives_are_served]
