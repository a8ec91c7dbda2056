"""Check the roadmap and the agencies, each by itself and against each other."""

from collections.abc import Callable, Iterable, Iterator

from cbfa.core.agencies import Agencies
from cbfa.core.resolve import suggest
from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.core.text import squashed
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Severity, Source


def milestones_of(roadmap: Roadmap) -> Iterator[tuple[KeyPath, Milestone]]:
    """Yield every milestone with its path in the file."""
    for position, workstream in enumerate(roadmap.workstreams):
        for number, milestone in enumerate(workstream.milestones):
            yield ("workstreams", position, "milestones", number), milestone


def used_twice(source: Source, named: Iterable[tuple[KeyPath, str]]) -> Iterator[Problem]:
    """Yield a problem for each id that is used again."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Problem(
                Place(source, path=path),
                Message("the id “{id}” is used twice", id=name),
                Message("give each its own id"),
            )
        seen.add(name)


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
                    Message("{year} is outside the programme's period", year=year),
                    Message("choose a year from {first} to {last}", first=period.first, last=period.last),
                )


def workstreams_are_headings(roadmap: Roadmap) -> Iterator[Problem]:
    """Each workstream has its heading in the outline."""
    for number, workstream in enumerate(roadmap.workstreams):
        if workstream.number not in roadmap.programme.outline:
            yield Problem(
                Place(Source.ROADMAP, path=("workstreams", number, "number")),
                Message("the outline has no heading “{heading}”", heading=workstream.number),
                suggest(workstream.number, roadmap.programme.outline),
            )


def objectives_exist(roadmap: Roadmap) -> Iterator[Problem]:
    """Milestones serve objectives that exist."""
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
                    Message("list it under “serves” in a milestone"),
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


def agency_ids_are_unique(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies share an id."""
    yield from used_twice(
        Source.AGENCIES, ((("agencies", number, "id"), one.id) for number, one in enumerate(agencies.agencies))
    )


def agencies_are_distinct(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies answer to the same id, code, name or alias."""
    owner: dict[str, str] = {}
    for number, agency in enumerate(agencies.agencies):
        for form, spelling in {squashed(spelling): spelling for spelling in agency.spellings}.items():
            if form and owner.get(form, agency.id) != agency.id:
                yield Problem(
                    Place(Source.AGENCIES, path=("agencies", number)),
                    Message(
                        "“{spelling}” names both {first} and {second}",
                        spelling=spelling,
                        first=owner[form],
                        second=agency.id,
                    ),
                    Message("use each id, code, name and alias for one agency only; case and diacritics do not count"),
                )
            owner.setdefault(form, agency.id)


def assigned_agencies_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Coordinator, leads and supports are in agencies.yaml."""
    known = [agency.id for agency in agencies.agencies]
    named: list[tuple[KeyPath, str]] = [(("programme", "coordinator"), roadmap.programme.coordinator)]
    for path, milestone in milestones_of(roadmap):
        named.append(((*path, "lead", "agency"), milestone.lead.agency))
        named += [((*path, "support", number, "agency"), one.agency) for number, one in enumerate(milestone.support)]
    for where, agency in named:
        if agency not in known:
            yield Problem(
                Place(Source.ROADMAP, path=where),
                Message("unknown agency “{word}”", word=agency),
                suggest(agency, known),
            )


Cited = tuple[Source, KeyPath, str]
"""A cited clause: the file, the path in it, the clause."""


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
                Message("clause {clause} is not cited", clause=clause),
                Message("cite it in a milestone, an objective or a duty"),
            )


ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Problem]]] = [
    ids_are_unique,
    years_lie_within_the_programme,
    workstreams_are_headings,
    agencies_are_assigned_once,
]
WHOLE_ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Problem]]] = [objectives_exist, objectives_are_served]
"""Checks for what is missing. They need a roadmap without errors, for an item with errors is left out."""
AGENCY_CHECKS: list[Callable[[Agencies], Iterator[Problem]]] = [agency_ids_are_unique, agencies_are_distinct]
CROSS_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [cited_clauses_exist]
WHOLE_AGENCIES_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [assigned_agencies_exist]
WHOLE_CROSS_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [clauses_are_cited]
