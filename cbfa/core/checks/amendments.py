"""Check the amendments: each by itself, and against the plan that was in force when they took effect, with all acts known."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from cbfa.core.amendments import Amendment
from cbfa.core.checks.programme import periods_are_whole, targets_can_be_judged, used_twice
from cbfa.core.history import History
from cbfa.core.plan import Plan, id_in
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity, Source

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
    yield from _same_field_on_one_day(history, acts)
    numbers = {id(act): number for number, act in enumerate(acts)}
    for step in history.whole.steps:
        for trouble in step.troubles:
            if unread and unread & _named(step.act, trouble.path[1]):
                continue
            place = Place(Source.AMENDMENTS, path=("amendments", numbers[id(step.act)], *trouble.path))
            severity = Severity.WARNING if trouble.is_warning else Severity.ERROR
            yield Problem(place, trouble.message, trouble.fix, severity)
    yield from _plans(history, numbers)


def _plans(history: History, numbers: Mapping[int, int]) -> Iterator[Problem]:
    """What an act makes of a schedule or a target is as whole as in a roadmap: no period is cut, and what shares a measure can."""
    known = set(_whole(history.adopted))
    for step in history.whole.steps:
        for (name, message), problem in _whole(step.plan).items():
            if (name, message) not in known:
                place = Place(
                    Source.AMENDMENTS, path=("amendments", numbers[id(step.act)], *_change_of(step.act, name))
                )
                yield problem._replace(place=place)
            known.add((name, message))


def _whole(plan: Plan) -> dict[tuple[str, str], Problem]:
    """Return the errors of schedules and targets, by milestone and sentence; what is repealed has none."""
    streams = [
        one.model_copy(update={"milestones": [its for its in one.milestones if its.id not in plan.ended]})
        for one in plan.roadmap.workstreams
    ]
    roadmap = plan.roadmap.model_copy(update={"workstreams": streams})
    return {
        (streams[int(one.place.path[1])].milestones[int(one.place.path[3])].id, str(one.message)): one
        for check in (periods_are_whole, targets_can_be_judged)
        for one in check(roadmap)
        if one.severity is Severity.ERROR
    }


def _change_of(act: Amendment, name: str) -> tuple[str | int, ...]:
    """Return the path, in an act, of the change that concerns a milestone: that which names it, else one of the programme."""
    found = [
        ("changes", n) for n, one in enumerate(act.changes) if name in (one.change, one.add and one.add.milestone.id)
    ]
    found += [("changes", n) for n, one in enumerate(act.changes) if one.programme]
    return found[0] if found else ()


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
