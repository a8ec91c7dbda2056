"""What must hold of the clauses: each is cited, and nothing cites one that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbfa.core.agencies import Agencies
from cbfa.core.checks.findings import milestones_of
from cbfa.core.roadmap import Roadmap
from cbfa.core.text import suggest
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Source

Cited = tuple[Source, KeyPath, str]
"""A clause that is cited: where, and which."""


def _cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Cited]:
    for number, clause in enumerate(roadmap.programme.aim.clauses):
        yield Source.ROADMAP, ("programme", "aim", "clauses", number), clause
    for position, workstream in enumerate(roadmap.workstreams):
        for number, objective in enumerate(workstream.objectives):
            yield Source.ROADMAP, ("workstreams", position, "objectives", number, "clause"), objective.clause
    for path, milestone in milestones_of(roadmap):
        for number, clause in enumerate(milestone.clauses):
            yield Source.ROADMAP, (*path, "clauses", number), clause
    for position, agency in enumerate(agencies.agencies):
        for number, duty in enumerate(agency.duties):
            yield Source.AGENCIES, ("agencies", position, "duties", number, "clause"), duty.clause


def _bases(roadmap: Roadmap) -> Iterator[Cited]:
    for path, milestone in milestones_of(roadmap):
        places: list[KeyPath] = [
            (*path, "lead"),
            *((*path, "support", number) for number in range(len(milestone.support))),
        ]
        for where, assignment in zip(places, milestone.assignments, strict=True):
            if assignment.basis is not None:
                yield Source.ROADMAP, (*where, "basis"), assignment.basis


def cited_clauses_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Nothing cites a clause that the outline does not have."""
    known = dict.fromkeys(roadmap.programme.clauses())
    for source, path, clause in [*_cited(roadmap, agencies), *_bases(roadmap)]:
        if clause not in known:
            yield Problem(
                Place(source, path=path),
                Message("the outline has no clause “{clause}”", clause=clause),
                suggest(clause, known),
            )


def clauses_are_cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Every clause of the outline is somebody's aim, objective, milestone or duty. A basis alone does not count."""
    cited = {clause for _, _, clause in _cited(roadmap, agencies)}
    for clause in roadmap.programme.clauses():
        if clause not in cited:
            heading = clause if clause in roadmap.programme.outline else clause.rpartition(".")[0]
            yield Problem(
                Place(Source.ROADMAP, path=("programme", "outline", heading)),
                Message("nothing cites the clause {clause}", clause=clause),
                Message("give it to a milestone, an objective or a duty"),
            )


CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [cited_clauses_exist]
CHECKS_OF_THE_WHOLE: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [clauses_are_cited]
