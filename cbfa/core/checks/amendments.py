"""Check the amendments: each by itself, and against the plan that was in force when they took effect, with all acts known."""

from collections.abc import Callable, Iterator, Sequence, Set
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
    yield from act_days_fit(history, acts)
    yield from _same_field_on_one_day(history, acts)
    numbers = {id(act): number for number, act in enumerate(acts)}
    for step in history.whole.steps:
        for trouble in step.troubles:
            if unread and unread & _named(step.act, trouble.path[1]):
                continue
            place = Place(Source.AMENDMENTS, path=("amendments", numbers[id(step.act)], *trouble.path))
            severity = Severity.WARNING if trouble.is_warning else Severity.ERROR
            yield Problem(place, trouble.message, trouble.fix, severity)
        path = ("amendments", numbers[id(step.act)], "changes")
        yield from _milestones(step, path)
        yield from _dates(step, path)


def _dates(step: Step, path: KeyPath) -> Iterator[Problem]:
    """Warn of dates that an act sets outside the period of the programme."""
    frame = step.plan.programme.frame
    for number, change in enumerate(step.act.changes):
        schedule = change.add.milestone.schedule if change.add else change.now.schedule if change.now else None
        place: KeyPath = ("add", "milestone", "schedule") if change.add else ("now", "schedule")
        limits = schedule.limits(frame) if schedule else None
        if change.now and change.now.due:
            limits, place = change.now.due, ("now", "due")
        if limits is None or (frame.first <= limits.first and limits.last <= frame.last):
            continue
        yield Problem(
            Place(Source.AMENDMENTS, path=(*path, number, *place)),
            Message(
                "{day} is outside the programme's period",
                day=limits.first if limits.first < frame.first else limits.last,
            ),
            Message("if the act says so, change the period of the programme in it, too"),
            Severity.WARNING,
        )


def _milestones(step: Step, path: KeyPath) -> Iterator[Problem]:
    """Yield the errors of the milestones that an act changes or adds, by the checks of the roadmap; of all, if it sets a period."""
    places = {
        (change.change or (change.add and change.add.milestone.id)): n for n, change in enumerate(step.act.changes)
    }
    changed = {one.name for one in step.effects if one.kind == "milestone"} & places.keys()
    period = next((n for n, change in enumerate(step.act.changes) if change.sets_period), None)
    roadmap, ended = step.plan.roadmap, step.plan.ended
    shared = {one.target.measure for _, one in roadmap.milestones() if one.id in changed and one.target} - {None}

    def errors(check: Callable[[Roadmap], Iterator[Problem]], keep: Callable[[Milestone], bool]) -> Iterator[Problem]:
        streams = [
            one.model_copy(update={"milestones": [its for its in one.milestones if its.id not in ended and keep(its)]})
            for one in roadmap.workstreams
        ]
        for problem in check(roadmap.model_copy(update={"workstreams": streams})):
            _, stream, _, number, *rest = problem.place.path
            name = streams[int(stream)].milestones[int(number)].id
            if problem.severity is Severity.ERROR and (name in changed or period is not None):
                where = _place(step.act, places[name], rest) if name in changed else (period or 0, "programme")
                yield problem._replace(place=Place(Source.AMENDMENTS, path=(*path, *where)))

    if changed or period is not None:
        yield from errors(periods_are_whole, lambda one: one.id in changed or period is not None)
    if changed:
        yield from errors(agencies_are_assigned_once, lambda one: one.id in changed)
        yield from errors(objectives_exist, lambda one: one.id in changed)
    if shared:
        yield from errors(
            targets_can_be_judged,
            lambda one: one.id in changed or bool(one.target and one.target.measure in shared),
        )


def _place(act: Amendment, number: int, rest: Sequence[str | int]) -> KeyPath:
    """Return the path within the changes of an act to a field of the milestone that one of them changes or adds."""
    return (number, *(("now",) if act.changes[number].change else ("add", "milestone")), *rest)


def _named(act: Amendment, number: str | int) -> set[str]:
    return names_in(act.changes[int(number)].model_dump(mode="json", by_alias=True, exclude_unset=True))


def act_days_fit(history: History, acts: list[Amendment]) -> Iterator[Problem]:
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


def _same_field_on_one_day(history: History, acts: list[Amendment]) -> Iterator[Problem]:
    """Two changes of the same field on one day are probably one too many: the later one counts."""
    seen: set[tuple[object, ...]] = set()
    for number, act in enumerate(acts):
        for position, change in enumerate(act.changes):
            now = change.programme.now if change.programme else change.now
            key = history.adopted.programme.id if change.programme else change.change
            for field in sorted(now.model_fields_set) if now else ():
                if (act.day, change.kind, key, field) in seen:
                    yield Problem(
                        Place(Source.AMENDMENTS, path=("amendments", number, "changes", position)),
                        Message(
                            "“{key}” has this field changed twice on {day}; this change counts",
                            key=key,
                            day=act.day,
                        ),
                        Message("keep one of the two"),
                        Severity.WARNING,
                    )
                seen.add((act.day, change.kind, key, field))
