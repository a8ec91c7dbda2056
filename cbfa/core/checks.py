"""What must hold between the parts of the three files, beyond what each model checks of itself.

A plain list of functions for each pair of files; each yields what it finds, with the path to it, and none stops at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Entry, Event, Journal, Retraction, day_recorded
from cbfa.core.occurrences import all_occurrences
from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.core.state import Progress, course_of
from cbfa.core.text import nearest, squashed
from cbfa.errors import Finding, Message, Path, Severity, Source

Cited = tuple[Source, Path, str]
"""A clause that is cited: where, and which."""


def check(
    roadmap: Roadmap | None,
    agencies: Agencies | None,
    journal: Journal | None,
    *,
    roadmap_whole: bool = True,
    agencies_whole: bool = True,
) -> list[Finding]:
    """Everything that is wrong between the files that could be read.

    A file that is not whole lacks its parts that are wrong in themselves: then nothing is said to be lacking or unknown in it.
    """
    found: list[Finding] = []
    if roadmap:
        found += _all(ROADMAP_CHECKS, roadmap)
        found += _all(WHOLE_ROADMAP_CHECKS, roadmap) if roadmap_whole else []
    if agencies:
        found += _all(AGENCIES_CHECKS, agencies)
    if roadmap and agencies:
        found += _all(ROADMAP_AND_AGENCIES_CHECKS, roadmap, agencies)
        found += _all(ROADMAP_AND_WHOLE_AGENCIES_CHECKS, roadmap, agencies) if agencies_whole else []
        found += _all(LACK_CHECKS, roadmap, agencies) if roadmap_whole and agencies_whole else []
    if journal:
        found += _all(JOURNAL_CHECKS, journal)
        found += _all(JOURNAL_AND_ROADMAP_CHECKS, journal, roadmap) if roadmap and roadmap_whole else []
        found += _all(JOURNAL_AND_AGENCIES_CHECKS, journal, agencies) if agencies and agencies_whole else []
    return found


def _all(checks: Iterable[Callable[..., Iterator[Finding]]], *files: object) -> list[Finding]:
    return [finding for one in checks for finding in one(*files)]


def _milestones(roadmap: Roadmap) -> Iterator[tuple[Path, Milestone]]:
    for position, workstream in enumerate(roadmap.workstreams):
        for number, milestone in enumerate(workstream.milestones):
            yield ("workstreams", position, "milestones", number), milestone


def _did_you_mean(word: str, known: Iterable[str]) -> Message:
    candidates = list(known)
    near = nearest(word, candidates)
    return (
        Message("did you mean {names}?", names=", ".join(near))
        if near
        else Message("there are: {names}", names=", ".join(candidates))
    )


def _twice(source: Source, named: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Finding(
                source, path, Message("the id “{id}” is used twice", id=name), Message("give each its own id")
            )
        seen.add(name)


def ids_are_unique(roadmap: Roadmap) -> Iterator[Finding]:
    """No two milestones share an id, and no two workstreams."""
    yield from _twice(Source.ROADMAP, (((*path, "id"), milestone.id) for path, milestone in _milestones(roadmap)))
    yield from _twice(
        Source.ROADMAP,
        ((("workstreams", number, "id"), workstream.id) for number, workstream in enumerate(roadmap.workstreams)),
    )


def agency_ids_are_unique(agencies: Agencies) -> Iterator[Finding]:
    """No two agencies share an id."""
    yield from _twice(
        Source.AGENCIES, ((("agencies", number, "id"), one.id) for number, one in enumerate(agencies.agencies))
    )


def years_lie_within_the_programme(roadmap: Roadmap) -> Iterator[Finding]:
    """A schedule names no year outside the programme's period."""
    period = roadmap.programme.period
    for path, milestone in _milestones(roadmap):
        for year in dict.fromkeys(milestone.schedule.years):
            if year not in period:
                yield Finding(
                    Source.ROADMAP,
                    (*path, "schedule"),
                    Message("{year} lies outside the programme", year=year),
                    Message("it runs from {first} to {last}", first=period.first, last=period.last),
                )


def workstreams_are_headings(roadmap: Roadmap) -> Iterator[Finding]:
    """Each workstream stands for a heading of the outline."""
    for number, workstream in enumerate(roadmap.workstreams):
        if workstream.number not in roadmap.programme.outline:
            yield Finding(
                Source.ROADMAP,
                ("workstreams", number, "number"),
                Message("the outline has no heading “{heading}”", heading=workstream.number),
                _did_you_mean(workstream.number, roadmap.programme.outline),
            )


def objectives_exist(roadmap: Roadmap) -> Iterator[Finding]:
    """What a milestone serves is an objective of some workstream."""
    known = [objective.clause for workstream in roadmap.workstreams for objective in workstream.objectives]
    for path, milestone in _milestones(roadmap):
        for number, clause in enumerate(milestone.serves):
            if clause not in known:
                yield Finding(
                    Source.ROADMAP,
                    (*path, "serves", number),
                    Message("no objective has the clause “{clause}”", clause=clause),
                    _did_you_mean(clause, known) if known else None,
                )


def objectives_are_served(roadmap: Roadmap) -> Iterator[Finding]:
    """Every objective has a milestone that serves it."""
    served = {clause for _, milestone in roadmap.milestones() for clause in milestone.serves}
    for position, workstream in enumerate(roadmap.workstreams):
        for number, objective in enumerate(workstream.objectives):
            if objective.clause not in served:
                yield Finding(
                    Source.ROADMAP,
                    ("workstreams", position, "objectives", number),
                    Message("no milestone serves the objective {clause}", clause=objective.clause),
                    Message("name it under “serves” of a milestone"),
                    Severity.WARNING,
                )


def agencies_are_assigned_once(roadmap: Roadmap) -> Iterator[Finding]:
    """No agency answers twice for one milestone."""
    for path, milestone in _milestones(roadmap):
        seen = {milestone.lead.agency}
        for number, assignment in enumerate(milestone.support):
            if assignment.agency in seen:
                yield Finding(
                    Source.ROADMAP,
                    (*path, "support", number, "agency"),
                    Message("{agency} is assigned to this milestone twice", agency=assignment.agency),
                    Message("keep one of the two"),
                )
            seen.add(assignment.agency)


def agencies_can_be_told_apart(agencies: Agencies) -> Iterator[Finding]:
    """No two agencies answer to the same id, code, name or alias."""
    owner: dict[str, str] = {}
    for number, agency in enumerate(agencies.agencies):
        for form, spelling in {squashed(spelling): spelling for spelling in agency.spellings}.items():
            if owner.get(form, agency.id) != agency.id:
                yield Finding(
                    Source.AGENCIES,
                    ("agencies", number),
                    Message(
                        "“{spelling}” names both {first} and {second}",
                        spelling=spelling,
                        first=owner[form],
                        second=agency.id,
                    ),
                    Message(
                        "ids, codes, names and aliases are compared without case and diacritics; let each mean one agency"
                    ),
                )
            owner.setdefault(form, agency.id)


def assigned_agencies_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Finding]:
    """Coordinator, leads and supports stand in agencies.yaml."""
    known = [agency.id for agency in agencies.agencies]
    named: list[tuple[Path, str]] = [(("programme", "coordinator"), roadmap.programme.coordinator)]
    for path, milestone in _milestones(roadmap):
        named.append(((*path, "lead", "agency"), milestone.lead.agency))
        named += [((*path, "support", number, "agency"), one.agency) for number, one in enumerate(milestone.support)]
    for where, agency in named:
        if agency not in known:
            yield Finding(
                Source.ROADMAP,
                where,
                Message("there is no agency “{word}”", word=agency),
                _did_you_mean(agency, known),
            )


def _cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Cited]:
    for number, clause in enumerate(roadmap.programme.aim.clauses):
        yield Source.ROADMAP, ("programme", "aim", "clauses", number), clause
    for position, workstream in enumerate(roadmap.workstreams):
        for number, objective in enumerate(workstream.objectives):
            yield Source.ROADMAP, ("workstreams", position, "objectives", number, "clause"), objective.clause
    for path, milestone in _milestones(roadmap):
        for number, clause in enumerate(milestone.clauses):
            yield Source.ROADMAP, (*path, "clauses", number), clause
    for position, agency in enumerate(agencies.agencies):
        for number, duty in enumerate(agency.duties):
            yield Source.AGENCIES, ("agencies", position, "duties", number, "clause"), duty.clause


def _bases(roadmap: Roadmap) -> Iterator[Cited]:
    for path, milestone in _milestones(roadmap):
        places: list[Path] = [
            (*path, "lead"),
            *((*path, "support", number) for number in range(len(milestone.support))),
        ]
        for where, assignment in zip(places, milestone.assignments, strict=True):
            if assignment.basis is not None:
                yield Source.ROADMAP, (*where, "basis"), assignment.basis


def cited_clauses_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Finding]:
    """Nothing cites a clause that the outline does not have."""
    known = roadmap.programme.clauses()
    for source, path, clause in [*_cited(roadmap, agencies), *_bases(roadmap)]:
        if clause not in known:
            yield Finding(
                source,
                path,
                Message("the outline has no clause “{clause}”", clause=clause),
                _did_you_mean(clause, known),
            )


def clauses_are_cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Finding]:
    """Every clause of the outline is somebody's aim, objective, milestone or duty. A basis alone does not count."""
    cited = {clause for _, _, clause in _cited(roadmap, agencies)}
    for clause in roadmap.programme.clauses():
        if clause not in cited:
            heading = clause if clause in roadmap.programme.outline else clause.rpartition(".")[0]
            yield Finding(
                Source.ROADMAP,
                ("programme", "outline", heading),
                Message("nothing cites the clause {clause}", clause=clause),
                Message("give it to a milestone, an objective or a duty"),
            )


def records_have_their_own_ids(journal: Journal) -> Iterator[Finding]:
    """No two records share an id and differ otherwise."""
    for same in journal.conflicts():
        yield Finding(
            Source.PROGRESS,
            (same[0].id,),
            Message(
                "two records share the id {id} and differ: {first} / {second}",
                id=same[0].id,
                first=same[0].model_dump_json(exclude_defaults=True),
                second=same[1].model_dump_json(exclude_defaults=True),
            ),
            Message("keep the line that is true as it was written; record the other one anew with cbfa mark"),
        )


def retractions_name_entries(journal: Journal) -> Iterator[Finding]:
    """A retraction takes back an entry that is there. Another office's copy may still bring it, so this is a warning."""
    for record in journal.records:
        if not isinstance(record, Retraction):
            continue
        taken_back = journal.by_id.get(record.retracts)
        if taken_back is None:
            message = Message("this takes back {id}, which is not in the journal", id=record.retracts)
            yield Finding(
                Source.PROGRESS,
                (record.id,),
                message,
                Message("merge the copy that has it: cbfa merge"),
                Severity.WARNING,
            )
        elif isinstance(taken_back, Retraction):
            message = Message("this takes back {id}, which is no entry but a retraction", id=record.retracts)
            yield Finding(
                Source.PROGRESS,
                (record.id,),
                message,
                Message("record the entry anew with cbfa mark"),
                Severity.WARNING,
            )


def entries_happened_before_they_were_recorded(journal: Journal) -> Iterator[Finding]:
    """An entry dated after it was written down is a plan, or a slip of the pen. A day's grace covers time zones."""
    for entry in journal.entries():
        if (entry.on - day_recorded(entry)).days > 1:
            yield Finding(
                Source.PROGRESS,
                (entry.id,),
                Message("it is dated {on}, after it was recorded", on=entry.on),
                Message("if that is a slip: cbfa undo {id}", id=entry.id),
                Severity.WARNING,
            )


def entries_name_occurrences(journal: Journal, roadmap: Roadmap) -> Iterator[Finding]:
    """Every entry that counts belongs to an occurrence of the roadmap."""
    known = {occurrence.key for occurrence in all_occurrences(roadmap)}
    for entry in journal.entries():
        if entry.key not in known:
            near = nearest(entry.key, known)
            yield Finding(
                Source.PROGRESS,
                (entry.id,),
                Message("the roadmap has no occurrence “{key}”", key=entry.key),
                Message(
                    "nearest: {names}; bring it back in the roadmap, or: cbfa undo {id}",
                    names=", ".join(near),
                    id=entry.id,
                )
                if near
                else Message("bring it back in the roadmap, or: cbfa undo {id}", id=entry.id),
            )


def counts_have_targets(journal: Journal, roadmap: Roadmap) -> Iterator[Finding]:
    """What is counted has a target, and what is marked done has reached it."""
    occurrences = {occurrence.key: occurrence for occurrence in all_occurrences(roadmap)}
    entries: dict[str, list[Entry]] = {}
    for entry in journal.entries():
        entries.setdefault(entry.key, []).append(entry)
        occurrence = occurrences.get(entry.key)
        if occurrence and entry.count is not None and occurrence.milestone.target is None:
            message = Message("it counts {count}, but “{key}” has no target", count=entry.count, key=entry.key)
            yield Finding(
                Source.PROGRESS,
                (entry.id,),
                message,
                Message("give the milestone a target in the roadmap"),
                Severity.WARNING,
            )
    for key, its in entries.items():
        target = occurrences[key].milestone.target if key in occurrences else None
        claims = [entry for entry in its if entry.event is Event.DONE]
        course = course_of(its, target)
        if target and claims and course.progress is not Progress.DONE and course.counted < target.least:
            yield Finding(
                Source.PROGRESS,
                (claims[-1].id,),
                Message(
                    "it says done, but {counted} of {least} are counted", counted=course.counted, least=target.least
                ),
                Message("record what is missing with --count"),
                Severity.WARNING,
            )


def reporters_exist(journal: Journal, agencies: Agencies) -> Iterator[Finding]:
    """Who reported is an agency."""
    known = [agency.id for agency in agencies.agencies]
    for entry in journal.entries():
        if entry.by is not None and entry.by not in known:
            yield Finding(
                Source.PROGRESS,
                (entry.id,),
                Message("there is no agency “{word}”", word=entry.by),
                _did_you_mean(entry.by, known),
                Severity.WARNING,
            )


ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Finding]]] = [
    ids_are_unique,
    years_lie_within_the_programme,
    workstreams_are_headings,
    agencies_are_assigned_once,
]
WHOLE_ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Finding]]] = [objectives_exist, objectives_are_served]
AGENCIES_CHECKS: list[Callable[[Agencies], Iterator[Finding]]] = [agency_ids_are_unique, agencies_can_be_told_apart]
ROADMAP_AND_AGENCIES_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Finding]]] = [cited_clauses_exist]
ROADMAP_AND_WHOLE_AGENCIES_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Finding]]] = [assigned_agencies_exist]
LACK_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Finding]]] = [clauses_are_cited]
JOURNAL_CHECKS: list[Callable[[Journal], Iterator[Finding]]] = [
    records_have_their_own_ids,
    retractions_name_entries,
    entries_happened_before_they_were_recorded,
]
JOURNAL_AND_ROADMAP_CHECKS: list[Callable[[Journal, Roadmap], Iterator[Finding]]] = [
    entries_name_occurrences,
    counts_have_targets,
]
JOURNAL_AND_AGENCIES_CHECKS: list[Callable[[Journal, Agencies], Iterator[Finding]]] = [reporters_exist]
