"""Check the roadmap and the agencies, each by itself and against each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.outline import is_below
from cbfa.core.resolve import shorten, suggest
from cbfa.core.roadmap import Assignment, Milestone, Roadmap
from cbfa.core.schedule import Every
from cbfa.core.text import squashed
from cbfa.messages import Message, Plural
from cbfa.problems import KeyPath, Place, Problem, Severity, Source


def milestones_of(roadmap: Roadmap) -> Iterator[tuple[KeyPath, Milestone]]:
    """Yield every milestone with its path in the file."""
    for position, workstream in enumerate(roadmap.workstreams):
        for number, milestone in enumerate(workstream.milestones):
            yield ("workstreams", position, "milestones", number), milestone


def used_twice(source: Source, named: Iterable[tuple[KeyPath, str]]) -> Iterator[Problem]:
    """Yield a problem for each id that is used again, or that differs from another only in case or punctuation."""
    seen: dict[str, str] = {}
    for path, name in named:
        form = squashed(name)
        if form not in seen:
            seen[form] = name
            continue
        message = Message("the id “{id}” is used twice", id=name)
        if seen[form] != name:
            message = Message(
                "the ids “{id}” and “{other}” differ only in case or punctuation", id=name, other=seen[form]
            )
        yield Problem(Place(source, path=path), message, Message("give each its own id"))


def ids_are_unique(roadmap: Roadmap) -> Iterator[Problem]:
    """No two milestones share an id, and no two workstreams; older spellings are ids too."""
    named: list[tuple[KeyPath, str]] = [((*path, "id"), milestone.id) for path, milestone in milestones_of(roadmap)]
    for path, milestone in milestones_of(roadmap):
        named += [((*path, "formerly", number), former) for number, former in enumerate(milestone.formerly)]
    yield from used_twice(Source.ROADMAP, named)
    yield from used_twice(
        Source.ROADMAP,
        ((("workstreams", number, "id"), workstream.id) for number, workstream in enumerate(roadmap.workstreams)),
    )


def schedules_lie_within_the_programme(roadmap: Roadmap) -> Iterator[Problem]:
    """A schedule names no day outside the programme's period. If several do, the period may be wrong, so that is one error."""
    frame = roadmap.programme.frame
    outside = [
        (path, milestone, limits)
        for path, milestone in milestones_of(roadmap)
        if milestone.schedule
        and ((limits := milestone.schedule.limits(frame)).first < frame.first or limits.last > frame.last)
    ]
    if len(outside) == 1:
        path, _, limits = outside[0]
        day = limits.first if limits.first < frame.first else limits.last
        yield Problem(
            Place(Source.ROADMAP, path=(*path, "schedule")),
            Message("{day} is outside the programme's period", day=day),
            Message("choose a time from {first} to {last}", first=frame.first, last=frame.last),
        )
    elif outside:
        yield Problem(
            Place(Source.ROADMAP, path=("programme", "period")),
            Message(
                "{count} schedules lie outside the programme's period: {names}",
                count=len(outside),
                names=shorten(milestone.id for _, milestone, _ in outside),
            ),
            Message(
                "correct the period, so that it has {first} and {last}, or correct these schedules",
                first=min(limits.first for _, _, limits in outside),
                last=max(limits.last for _, _, limits in outside),
            ),
        )


def periods_are_whole(roadmap: Roadmap) -> Iterator[Problem]:
    """`from` and `to` of what recurs cut whole periods: no occurrence is shorter than the others."""
    programme = roadmap.programme
    for path, milestone in milestones_of(roadmap):
        schedule = milestone.schedule
        if not schedule or not schedule.every:
            continue
        place = Place(Source.ROADMAP, path=(*path, "schedule"))
        if schedule.every is Every.FISCAL_YEAR and programme.fiscal_year_from is None:
            fix = Message("add to the programme the month in which it begins, such as fiscal_year_from: 4")
            yield Problem(place, Message("the programme does not say when its fiscal year begins"), fix)
            continue
        for field, day, whole in schedule.uncut(programme.frame):
            if field == "from":
                message = Message(
                    "{day} is not the first day of a period of “every: {every}”", day=day, every=schedule.every.value
                )
            else:
                message = Message(
                    "{day} is not the last day of a period of “every: {every}”", day=day, every=schedule.every.value
                )
            yield Problem(place, message, Message("write {form}", form=f"{field}: {whole}"))
        if not schedule.windows(programme.frame) and not list(schedule.uncut(programme.frame)):
            yield Problem(
                place, Message("the programme has no whole period of this schedule"), Message("shorten the period")
            )


def targets_can_be_judged(roadmap: Roadmap) -> Iterator[Problem]:
    """A level has a way to go, and targets of one measure have the same kind and unit, without `every` and `each`."""
    first: dict[str, Milestone] = {}
    for path, milestone in milestones_of(roadmap):
        target = milestone.target
        if target is None:
            continue
        place = Place(Source.ROADMAP, path=(*path, "target"))
        if target.baseline is not None and target.baseline == target.figure:
            message = Message("the baseline is the target, so there is no percentage")
            yield Problem(place, message, Message("check both numbers"), Severity.WARNING)
        if target.measure is None:
            continue
        if milestone.recurs or milestone.each:
            message = Message("a target that recurs, or that each agency has, cannot share a measure")
            yield Problem(place, message, Message("leave out “measure”"))
        other = first.setdefault(target.measure, milestone)
        its = other.target
        if its and ((its.level is None) != (target.level is None) or its.unit != target.unit):
            message = Message(
                "the targets of “{id}” and “{other}” share a measure, but not their kind and unit",
                id=milestone.id,
                other=other.id,
            )
            yield Problem(place, message, Message("give both the same unit, or another measure"))


def timings_have_schedules(roadmap: Roadmap) -> Iterator[Problem]:
    """Words with digits fix a time, so a milestone that has such has a schedule."""
    for path, milestone in milestones_of(roadmap):
        if milestone.schedule is None and milestone.timing and any(sign.isdecimal() for sign in milestone.timing):
            yield Problem(
                Place(Source.ROADMAP, path=(*path, "timing")),
                Message("“{text}” names a time, but the milestone has no schedule", text=milestone.timing),
                Message("add a schedule, such as {form}", form="schedule: {in: 2012}"),
                Severity.WARNING,
            )


def texts_are_translated(roadmap: Roadmap) -> Iterator[Problem]:
    """Titles are in every language that the programme names. They are counted: a plan is translated day by day."""
    programme = roadmap.programme
    if "languages" not in programme.model_fields_set:
        return
    titles = [
        programme.title,
        *(one.title for one in roadmap.workstreams),
        *(one.title for _, one in roadmap.milestones()),
    ]
    for language in programme.languages[1:]:
        if missing := sum(title.get(language) is None for title in titles):
            yield Problem(
                Place(Source.ROADMAP, path=("programme", "languages")),
                Plural(
                    "{count} title has no translation into “{language}”",
                    "{count} titles have no translation into “{language}”",
                    count=missing,
                    language=language,
                ),
                Message("add it, or take the language out of the programme's languages"),
                Severity.WARNING,
            )


def workstreams_are_headings(roadmap: Roadmap) -> Iterator[Problem]:
    """Each workstream has its heading in the outline."""
    for number, workstream in enumerate(roadmap.workstreams):
        if workstream.number is not None and workstream.number not in roadmap.programme.outline:
            yield Problem(
                Place(Source.ROADMAP, path=("workstreams", number, "number")),
                Message("the outline has no heading “{heading}”", heading=workstream.number),
                suggest(workstream.number, roadmap.programme.outline),
            )


def objectives_exist(roadmap: Roadmap) -> Iterator[Problem]:
    """Milestones serve objectives that exist."""
    known = [clause for workstream in roadmap.workstreams for clause in workstream.objectives]
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
        for clause in workstream.objectives:
            if clause not in served:
                yield Problem(
                    Place(Source.ROADMAP, path=("workstreams", position, "objectives", clause)),
                    Message("no milestone serves the objective {clause}", clause=clause),
                    Message("list it under “serves” in a milestone"),
                    Severity.WARNING,
                )


def agencies_are_assigned_once(roadmap: Roadmap) -> Iterator[Problem]:
    """No agency answers twice for one milestone."""
    for path, milestone in milestones_of(roadmap):
        seen: set[str] = set()
        for where, assignment in assignments_of(path, milestone):
            if assignment.agency in seen:
                yield Problem(
                    Place(Source.ROADMAP, path=(*where, "agency")),
                    Message("{agency} is assigned to this milestone twice", agency=assignment.agency),
                    Message("keep one of the two"),
                )
            seen.add(assignment.agency)


def assignments_of(path: KeyPath, milestone: Milestone) -> Iterator[tuple[KeyPath, Assignment]]:
    """Yield the assignments of a milestone with their paths in the file; `path` is that of the milestone."""
    for field, assignments in (("lead", milestone.leads), ("support", milestone.support)):
        for number, assignment in enumerate(assignments):
            yield (*path, field, number), assignment


def agency_ids_are_unique(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies share an id."""
    yield from used_twice(
        Source.AGENCIES, ((("agencies", number, "id"), one.id) for number, one in enumerate(agencies.agencies))
    )


def members_exist(agencies: Agencies) -> Iterator[Problem]:
    """Members of groups are agencies, and no group is a member of itself, directly or through others."""
    known = {agency.id: agency for agency in agencies.agencies}
    looped: list[str] = []
    for number, agency in enumerate(agencies.agencies):
        for position, member in enumerate(agency.members):
            place = Place(Source.AGENCIES, path=("agencies", number, "members", position))
            if member not in known:
                yield Problem(
                    place, Message("unknown agency “{word}”", word=member), _by_any_spelling(member, agencies)
                )
            elif _reaches(known, member, agency.id) and not any(_reaches(known, one, agency.id) for one in looped):
                looped.append(agency.id)
                message = Message("{agency} would be a member of itself", agency=agency.id)
                yield Problem(place, message, Message("take {agency} out of this list", agency=member))


def _reaches(known: Mapping[str, Agency], start: str, wanted: str) -> bool:
    """Return True if an agency is another one, or has it as a member, directly or through groups."""
    waiting, seen = [start], set[str]()
    while waiting:
        one = waiting.pop()
        if one == wanted:
            return True
        if one not in seen and one in known:
            seen.add(one)
            waiting += known[one].members
    return False


def _by_any_spelling(word: str, agencies: Agencies) -> Message:
    """Return the fix for what is no id: the id of the agency with this code, name or alias, else the nearest ids."""
    if fix := _as_list(word, [agency.id for agency in agencies.agencies]):
        return fix
    meant = [agency.id for agency in agencies.agencies if squashed(word) in map(squashed, agency.spellings)]
    if len(meant) == 1 and meant[0] != word:
        return Message("write its id: {id}", id=meant[0])
    return suggest(word, [agency.id for agency in agencies.agencies])


def _as_list(word: str, known: Iterable[str]) -> Message | None:
    """Return the fix for known names that were written as one text, with commas."""
    names = [one.strip() for one in word.split(",")]
    return Message("write a list: [{names}]", names=", ".join(names)) if set(names) <= set(known) else None


def agencies_are_distinct(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies answer to the same id, code, name or alias."""
    owner: dict[str, str] = {}
    for number, agency in enumerate(agencies.agencies):
        reported = set[str]()
        for form, spelling in {squashed(spelling): spelling for spelling in agency.spellings}.items():
            first = owner.get(form, agency.id)
            if (
                form
                and first != agency.id
                and {squashed(first), squashed(agency.id)} != {form}
                and first not in reported
            ):
                reported.add(first)
                yield Problem(
                    Place(Source.AGENCIES, path=("agencies", number)),
                    Message(
                        "“{spelling}” names both {first} and {second}",
                        spelling=spelling,
                        first=first,
                        second=agency.id,
                    ),
                    Message("use each id, code, name and alias for one agency only; case and diacritics do not count"),
                )
            owner.setdefault(form, agency.id)


def assigned_agencies_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Coordinator, leads and supports are in agencies.yaml."""
    known = {agency.id for agency in agencies.agencies}
    named: list[tuple[KeyPath, str]] = [(("programme", "coordinator"), roadmap.programme.coordinator)]
    for path, milestone in milestones_of(roadmap):
        named += [((*where, "agency"), one.agency) for where, one in assignments_of(path, milestone)]
    for where, agency in named:
        if agency not in known:
            yield Problem(
                Place(Source.ROADMAP, path=where),
                Message("unknown agency “{word}”", word=agency),
                _by_any_spelling(agency, agencies),
            )


def names_are_translated(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Agencies have names in every language that the programme names."""
    programme = roadmap.programme
    if "languages" not in programme.model_fields_set:
        return
    for language in programme.languages[1:]:
        if missing := [one.id for one in agencies.agencies if one.name.get(language) is None]:
            yield Problem(
                Place(Source.AGENCIES, path=("agencies",)),
                Plural(
                    "{count} name has no translation into “{language}”: {names}",
                    "{count} names have no translation into “{language}”: {names}",
                    count=len(missing),
                    language=language,
                    names=shorten(missing),
                ),
                Message("add it, or take the language out of the programme's languages"),
                Severity.WARNING,
            )


class Cited(NamedTuple):
    """A cited clause, with the file and the path in it. A summary may cite a heading that has clauses under it."""

    source: Source
    path: KeyPath
    clause: str
    is_summary: bool = False


def _cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Cited]:
    for clause in roadmap.programme.aim:
        yield Cited(Source.ROADMAP, ("programme", "aim", clause), clause, is_summary=True)
    for position, workstream in enumerate(roadmap.workstreams):
        for clause in workstream.objectives:
            yield Cited(Source.ROADMAP, ("workstreams", position, "objectives", clause), clause, is_summary=True)
    for path, milestone in milestones_of(roadmap):
        for number, clause in enumerate(milestone.clauses):
            yield Cited(Source.ROADMAP, (*path, "clauses", number), clause)
    for position, agency in enumerate(agencies.agencies):
        for clause in agency.duties:
            yield Cited(Source.AGENCIES, ("agencies", position, "duties", clause), clause)


def _bases(roadmap: Roadmap) -> Iterator[Cited]:
    for path, milestone in milestones_of(roadmap):
        for where, assignment in assignments_of(path, milestone):
            if assignment.basis is not None:
                yield Cited(Source.ROADMAP, (*where, "basis"), assignment.basis)


def cited_clauses_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Nothing cites a clause that the outline does not have; only a summary cites a heading with clauses under it."""
    outline, headings = roadmap.programme.outline, roadmap.programme.headings()
    for source, path, clause, is_summary in [*_cited(roadmap, agencies), *_bases(roadmap)]:
        if clause in headings or (is_summary and clause in outline):
            continue
        if clause in outline:
            under = [one for one, heading in headings.items() if heading == clause or is_below(one, clause)]
            message = Message("“{clause}” is a heading with clauses under it", clause=clause)
            fix = (
                Message("cite one of its clauses: {first} … {last}", first=under[0], last=under[-1]) if under else None
            )
            if outline[clause].clauses and fix:
                fix = Message(
                    "cite {first} … {last}, or leave out “clauses” at the heading", first=under[0], last=under[-1]
                )
            yield Problem(Place(source, path=path), message, fix)
        else:
            yield Problem(
                Place(source, path=path),
                Message("the outline has no clause “{clause}”", clause=clause),
                _as_list(clause, headings) or suggest(clause, headings),
            )


def clauses_are_cited(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Every clause of the outline is somebody's aim, objective, milestone or duty. A basis alone does not count.

    A plan may be encoded day by day, so uncited clauses are a warning, one for each heading. None are reported while a citation is wrong.
    """
    headings = roadmap.programme.headings()
    cited = {one.clause for one in _cited(roadmap, agencies)}
    if not cited <= headings.keys() | roadmap.programme.outline.keys():
        return
    uncited: dict[str, list[str]] = {}
    for clause, heading in headings.items():
        if clause not in cited:
            uncited.setdefault(heading, []).append(clause)
    for heading, clauses in uncited.items():
        yield Problem(
            Place(Source.ROADMAP, path=("programme", "outline", heading)),
            Plural(
                "{count} clause is not cited: {names}",
                "{count} clauses are not cited: {names}",
                count=len(clauses),
                names=shorten(clauses),
            ),
            Message("cite each in a milestone, an objective or a duty"),
            Severity.WARNING,
        )


ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Problem]]] = [
    ids_are_unique,
    schedules_lie_within_the_programme,
    periods_are_whole,
    targets_can_be_judged,
    timings_have_schedules,
    workstreams_are_headings,
    agencies_are_assigned_once,
]
WHOLE_ROADMAP_CHECKS: list[Callable[[Roadmap], Iterator[Problem]]] = [
    objectives_exist,
    objectives_are_served,
    texts_are_translated,
]
"""Checks for what is missing. They need a roadmap without errors, for an item with errors is left out."""
AGENCY_CHECKS: list[Callable[[Agencies], Iterator[Problem]]] = [agency_ids_are_unique, agencies_are_distinct]
WHOLE_AGENCY_CHECKS: list[Callable[[Agencies], Iterator[Problem]]] = [members_exist]
CROSS_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [cited_clauses_exist]
WHOLE_AGENCIES_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [assigned_agencies_exist]
WHOLE_CROSS_CHECKS: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [clauses_are_cited, names_are_translated]
