"""Check the amendments: each by itself, and against the plan that was in force when they took effect, with all acts known."""

from collections.abc import Callable, Iterator, Set
from typing import Any

from cbfa.core.amendments import Amendment
from cbfa.core.checks.programme import (
    agencies_are_assigned_once,
    objectives_exist,
    periods_are_whole,
    targets_can_be_judged,
    used_twice,
)
from cbfa.core.history import History, Step
from cbfa.core.plan import id_in
from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Severity, Source

_NAMING = frozenset(
    {
        "change",
        "repeal",
        "into",
        "id",
        "merge",
        "close",
        "group",
        "join",
        "leave",
        "revoke",
        "agency",
        "lead",
        "support",
    }
)
"""The fields that name milestones, agencies and acts."""


def names_in(data: Any, field: str = "") -> set[str]:  # noqa: ANN401 - any plain data
    """Return the ids of milestones, agencies and acts that plain data of an act name."""
    match data:
        case dict():
            return {name for its, value in data.items() for name in names_in(value, its)}
        case list():
            return {name for value in data for name in names_in(value, field)}
        case str() if field in _NAMING:
            return {id_in(data)}
    return set()


def check_amendments(history: History, acts: list[Amendment], unread: Set[str] = frozenset()) -> Iterator[Problem]:
    """Yield what is wrong with the acts, which are in the order of their file.

    What is `unread` is named by changes that have errors themselves, so nothing is known of it.
    """
    ids = [(("amendments", number, "id"), act.id) for number, act in enumerate(acts)]
    yield from used_twice(Source.AMENDMENTS, ids)
    yield from _days(history, acts)
    yield from _same_field_on_one_day(acts)
    numbers = {id(act): number for number, act in enumerate(acts)}
    for step in history.whole.steps:
        for trouble in step.troubles:
            if unread and unread & _named(step.act, trouble.path[1]):
                continue
            place = Place(Source.AMENDMENTS, path=("amendments", numbers[id(step.act)], *trouble.path))
            severity = Severity.WARNING if trouble.is_warning else Severity.ERROR
            yield Problem(place, trouble.message, trouble.fix, severity)
        yield from _milestones(step, ("amendments", numbers[id(step.act)], "changes"))


def _milestones(step: Step, path: KeyPath) -> Iterator[Problem]:
    """Yield the errors of the milestones that an act changes or adds, by the checks of the roadmap."""
    named = {
        (change.change or (change.add and change.add.milestone.id)): n for n, change in enumerate(step.act.changes)
    }
    changed = {one.name for one in step.effects if one.kind == "milestone"} & named.keys()
    if not changed:
        return
    roadmap = step.plan.roadmap
    shared = {one.target.measure for _, one in roadmap.milestones() if one.id in changed and one.target} - {None}

    def only(keep: Callable[[Milestone], bool]) -> Roadmap:
        workstreams = [
            one.model_copy(update={"milestones": [its for its in one.milestones if keep(its)]})
            for one in roadmap.workstreams
        ]
        return roadmap.model_copy(update={"workstreams": workstreams})

    ours = only(lambda one: one.id in changed)
    found = [
        *(
            (ours, one)
            for check in (agencies_are_assigned_once, objectives_exist, periods_are_whole)
            for one in check(ours)
        ),
    ]
    if shared:
        family = only(lambda one: one.id in changed or bool(one.target and one.target.measure in shared))
        found += [(family, one) for one in targets_can_be_judged(family)]
    for whole, problem in found:
        if problem.severity is not Severity.ERROR:
            continue
        _, stream, _, number, *rest = problem.place.path
        milestone = whole.workstreams[int(stream)].milestones[int(number)]
        if milestone.id in changed:
            position = named[milestone.id]
            where = ("now",) if step.act.changes[position].change else ("add", "milestone")
            place = Place(Source.AMENDMENTS, path=(*path, position, *where, *rest))
            yield problem._replace(place=place)


def _named(act: Amendment, number: str | int) -> set[str]:
    return names_in(act.changes[int(number)].model_dump(mode="json", by_alias=True, exclude_unset=True))


def _days(history: History, acts: list[Amendment]) -> Iterator[Problem]:
    """An act takes effect when it is signed or later, and after the programme was adopted."""
    adopted = history.adopted.programme.adopted
    for number, act in enumerate(acts):
        path = ("amendments", number, "effective" if act.effective else "signed")
        if act.effective and act.effective.last < act.signed.last:
            yield Problem(
                Place(Source.AMENDMENTS, path=path),
                Message(
                    "the act takes effect on {day}, before it was signed on {signed}",
                    day=act.day,
                    signed=act.signed.last,
                ),
                Message("check both dates"),
            )
        if adopted is None or act.day < adopted:
            message = Message("the act takes effect on {day}, before the programme was adopted", day=act.day)
            yield Problem(
                Place(Source.AMENDMENTS, path=path), message, Message("correct the date, or change roadmap.yaml itself")
            )


def _same_field_on_one_day(acts: list[Amendment]) -> Iterator[Problem]:
    """Two changes of the same field on one day are probably one too many: the later one counts."""
    seen: set[tuple[object, ...]] = set()
    for number, act in enumerate(acts):
        for position, change in enumerate(act.changes):
            for field in sorted(change.now.model_fields_set) if change.now else ():
                if (act.day, change.change, field) in seen:
                    yield Problem(
                        Place(Source.AMENDMENTS, path=("amendments", number, "changes", position)),
                        Message(
                            "“{key}” has this field changed twice on {day}; this change counts",
                            key=change.change,
                            day=act.day,
                        ),
                        Message("keep one of the two"),
                        Severity.WARNING,
                    )
                seen.add((act.day, change.change, field))
