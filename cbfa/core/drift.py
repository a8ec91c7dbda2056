"""Silent edits: what differs between two versions of a plan, and no act says so.

Two things are compared. The adopted plans must be equal: whoever edits them changes what past reports said. And the acts of the earlier
version must make the same of them: an act that is gone, or that says something else, changes the past as well. What new acts change, and
what is added to an act, is decided and no problem.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cbfa.core.amendments import Amendment, Change
from cbfa.core.history import History
from cbfa.core.plan import Occurrence, Plan
from cbfa.core.roadmap import Assignment, Milestone
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Source


class _Its(NamedTuple):
    """A milestone with the occurrences that follow from it."""

    milestone: Milestone
    occurrences: Sequence[Occurrence]


def silent_edits(before: History, after: History, acts: Sequence[Amendment]) -> list[Problem]:
    """Return what changed without an act, placed in the later version, whose acts are in the order of their file.

    A draft may change freely.
    """
    if before.adopted.programme.is_draft:
        return []
    places = {one.id: ("amendments", number) for number, one in enumerate(acts)}
    found = {str(one.message): one for one in _differences(before.adopted, after.adopted)}
    known = {one.id: one for one in before.amendments}
    same = [_without_news(known[one.id], one) for one in after.amendments if one.id in known]
    kept = History.of(after.adopted, [one for one in same if one.changes])
    altered = next((one.id for one in same if len(one.changes) < len(known[one.id].changes)), "")
    for one in _differences(before.whole.plan, kept.whole.plan):
        place = Place(Source.AMENDMENTS, path=places.get(altered, ()))
        found.setdefault(str(one.message), one._replace(place=place, fix=_HOW_TO_RESTORE))
    return [*found.values(), *_acts(before, after, places)]


def _without_news(before: Amendment, after: Amendment) -> Amendment:
    """Return an act without the changes that were added to it."""
    known = [_decided(one) for one in before.changes]
    return after.model_copy(update={"changes": [one for one in after.changes if _decided(one) in known]})


def _decided(change: Change) -> Change:
    """Return a change without what only explains it."""
    return change.model_copy(update={"clause": None, "why": None})


def _acts(before: History, after: History, places: Mapping[str, KeyPath]) -> Iterator[Problem]:
    """Yield the acts whose days changed: each of them decides which days are judged by another plan."""
    now = {one.id: one for one in after.amendments}
    for act in before.amendments:
        other = now.get(act.id)
        if other is None:
            message = Message("the act “{id}” is gone", id=act.id)
            yield Problem(Place(Source.AMENDMENTS), message, Message("restore it; a later act can revoke it"))
        elif (other.day, other.known) != (act.day, act.known):
            message = Message(
                "the days of the act “{id}” changed: in force from {before}, now {after}",
                id=act.id,
                before=act.day,
                after=other.day,
            )
            place = Place(Source.AMENDMENTS, path=places[act.id])
            yield Problem(place, message, Message("restore signed, effective and entered"))


def _differences(before: Plan, after: Plan) -> Iterator[Problem]:
    """Yield the period of the programme and the milestones that differ between two plans."""
    is_other_period = before.programme.frame != after.programme.frame
    if is_other_period:
        message = Message("the period of the programme changed without an amendment")
        yield Problem(Place(Source.ROADMAP, path=("programme", "period")), message, _HOW_TO_PROLONG)
    agencies = {old: one.id for one in after.agencies.agencies for old in one.formerly}
    old, new = _milestones(before), _milestones(after)
    names = {former: one for one, its in new.items() for former in its.milestone.formerly if former not in new}
    paths = _paths(after)
    for name, its in old.items():
        now = names.get(name, name)
        if now not in new:
            message = Message("the milestone “{id}” is gone without an amendment", id=name)
            yield Problem(Place(Source.ROADMAP), message, _HOW_TO_REPEAL)
            continue
        for what, field, value in _FIELDS:
            if is_other_period and value is _dates and its.milestone.schedule == new[now].milestone.schedule:
                continue  # the period has a line of its own
            if value(its, agencies) != value(new[now], agencies):
                message = Message("{what} of “{id}” changed without an amendment", what=what, id=now)
                yield Problem(Place(Source.ROADMAP, path=(*paths.get(now, ()), field)), message, _HOW_TO_CHANGE)
    came = {names.get(one, one) for one in old}
    for name in new:
        if name not in came:
            message = Message("the milestone “{id}” came without an amendment", id=name)
            yield Problem(Place(Source.ROADMAP, path=(*paths.get(name, ()), "id")), message, _HOW_TO_ADD)


_HOW_TO_CHANGE = Message(
    "if it was decided, restore it in roadmap.yaml and write the decision with cbfa amend; a misprint may be corrected"
)
_HOW_TO_RESTORE = Message(
    "restore the acts as they were, and write what was decided since into a new act with cbfa amend"
)
_HOW_TO_REPEAL = Message(
    "restore it in roadmap.yaml, then run cbfa amend with --repeal; if only its id is new, write the old one under “formerly”"
)
_HOW_TO_PROLONG = Message(
    "if it was decided, restore it in roadmap.yaml and write into amendments.yaml: {form}",
    form="{programme: {was: {period: …}, now: {period: …}}}",
)
_HOW_TO_ADD = Message("delete it in roadmap.yaml and write it under “add” in amendments.yaml")


def _milestones(plan: Plan) -> dict[str, _Its]:
    its: dict[str, list[Occurrence]] = {}
    for one in plan.occurrences:
        its.setdefault(one.milestone.id, []).append(one)
    return {one.id: _Its(one, its.get(one.id, [])) for _, one in plan.roadmap.milestones()}


def _paths(plan: Plan) -> dict[str, KeyPath]:
    """Return the path of each milestone in the roadmap."""
    return {
        milestone.id: ("workstreams", number, "milestones", position)
        for number, workstream in enumerate(plan.roadmap.workstreams)
        for position, milestone in enumerate(workstream.milestones)
    }


Renamed = dict[str, str]
"""The ids of agencies today, by older ones."""


def _dates(its: _Its, _agencies: Renamed) -> object:
    return [(one.window.start, one.window.due) for one in its.occurrences if not one.member] or [
        *dict.fromkeys((one.window.start, one.window.due) for one in its.occurrences)
    ]


def _leads(its: _Its, agencies: Renamed) -> object:
    """Return the leads, who owes each its own, and the leads of single occurrences that differ."""
    named = _ids(its.milestone.leads, agencies)
    owed = {agencies.get(one.member.id, one.member.id) for one in its.occurrences if one.member}
    found = {_suffix(one): _ids(one.leads, agencies) for one in its.occurrences if not one.member}
    return named, its.milestone.each, owed, {suffix: leads for suffix, leads in found.items() if leads != named}


def _suffix(occurrence: Occurrence) -> str:
    """Return what a key has after the milestone's id."""
    return occurrence.key.removeprefix(occurrence.milestone.id)


def _support(its: _Its, agencies: Renamed) -> object:
    return _ids(its.milestone.support, agencies)


def _target(its: _Its, _agencies: Renamed) -> object:
    whole = its.milestone.target
    return whole, {_suffix(one): one.milestone.target for one in its.occurrences if one.milestone.target != whole}


def _ids(assignments: Sequence[Assignment], agencies: Renamed) -> set[str]:
    return {agencies.get(one.agency, one.agency) for one in assignments}


_FIELDS: Sequence[tuple[Message, str, Callable[[_Its, Renamed], Any]]] = (
    (Message("the period or the deadline"), "schedule", _dates),
    (Message("the lead"), "lead", _leads),
    (Message("the support"), "support", _support),
    (Message("the target"), "target", _target),
)
