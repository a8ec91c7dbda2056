"""Apply the changes of milestones: `change`, `repeal`, `add`."""

from typing import Any

from cbfa.core.amending.draft import DELETE, Draft
from cbfa.core.amendments import Change, MilestoneFields
from cbfa.core.plan import Occurrence, id_in
from cbfa.core.resolve import suggest
from cbfa.core.roadmap import Milestone
from cbfa.core.text import squashed
from cbfa.messages import Message


def change(draft: Draft, change: Change) -> None:
    """Change fields of a milestone, or of one occurrence."""
    key, now = change.change or "", change.now or MilestoneFields()
    milestone = draft.find(key, "change")
    if milestone is None:
        return
    now = _with_known_agencies(draft, now)
    if key in draft.ended:
        _is_ended(draft, key, "change")
    elif key == milestone.id:
        _change_milestone(draft, change, milestone, now)
    else:
        _change_occurrence(draft, change, key, now)


def _with_known_agencies(draft: Draft, now: MilestoneFields) -> MilestoneFields:
    """Return the fields without leads or support that name an agency which is not there on that day; note that there is none."""
    unknown = {
        field
        for field, name in (("leads", "lead"), ("support", "support"))
        for one in getattr(now, field) or []
        if draft.find_agency(one.agency, "now", name) is None
    }
    if not unknown:
        return now
    return MilestoneFields.model_construct(**{field: getattr(now, field) for field in now.model_fields_set - unknown})


def _change_milestone(draft: Draft, change: Change, milestone: Milestone, now: MilestoneFields) -> None:
    for field, value in _values(change.was).items():
        if value != getattr(milestone, field):
            draft.differs(milestone.id, field, getattr(milestone, field))
    update = _values(now)
    workstream = draft.milestones[milestone.id][0]
    if "schedule" in update:
        _drop_deadlines(draft, milestone)
    draft.set_milestone(workstream, milestone, milestone.model_copy(update=update))


def _values(fields: MilestoneFields | None) -> dict[str, Any]:
    """Return the named fields as a milestone has them: what is absent is empty or false there."""
    absent: dict[str, Any] = {"leads": [], "support": [], "each": False}
    values = {field: getattr(fields, field) for field in fields.model_fields_set} if fields else {}
    return {field: absent.get(field) if value is None else value for field, value in values.items()}


def _is_ended(draft: Draft, key: str, field: str) -> None:
    draft.trouble(Message("“{key}” is repealed already", key=key), DELETE, field)


def _planned(draft: Draft, key: str, field: str) -> Occurrence | None:
    """Return an occurrence of the plan of that day; note that there is none. What was missed before a repeal is still there."""
    keys = {one.key: one for one in draft.plan.occurrences if one.milestone.id == id_in(key)}
    found = keys.get(key)
    if id_in(key) in draft.ended and not (found and found.window.due and found.window.due < draft.day):
        _is_ended(draft, id_in(key), field)
        return None
    if found is None:
        draft.trouble(Message("the plan of that day has no “{key}”", key=key), suggest(key, keys), field)
    return found


def _drop_deadlines(draft: Draft, milestone: Milestone) -> None:
    """Take the deadlines from what is open and had its own: with another schedule it gets those of that, unless the same act names it."""
    for one in draft.plan.of_milestone(milestone):
        own = draft.own.get(one.key)
        is_past = one.window.due is not None and one.window.due < draft.day
        if own is None or "due" not in own.model_fields_set or is_past or "due" in draft.named.get(one.key, {}):
            continue
        rest = {field: getattr(own, field) for field in own.model_fields_set - {"due"}}
        draft.set_own(one.key, MilestoneFields.model_construct(**rest) if rest else None, {})


def _change_occurrence(draft: Draft, change: Change, key: str, now: MilestoneFields) -> None:
    occurrence = _planned(draft, key, "change")
    if occurrence is None:
        return
    was, opens = change.was or MilestoneFields(), occurrence.window.start
    if now.due and opens and now.due.last < opens:
        draft.trouble(
            Message("“{key}” would fall due on {due}, before it opens on {day}", key=key, due=now.due.last, day=opens),
            Message("give a later day; or repeal it, if it is no longer planned"),
            "now",
            "due",
        )
    if "due" in was.model_fields_set and (was.due.last if was.due else None) != occurrence.window.due:
        draft.differs(key, "due", occurrence.window.due)
    if "target" in was.model_fields_set and was.target != occurrence.milestone.target:
        draft.differs(key, "target", occurrence.milestone.target)
    if "leads" in was.model_fields_set and list(was.leads or []) != list(occurrence.leads):
        draft.differs(key, "leads", occurrence.leads)
    before = draft.own.get(key)
    fields = {field: getattr(before, field) for field in before.model_fields_set} if before else {}
    changed = {field: getattr(now, field) for field in now.model_fields_set}
    draft.set_own(key, MilestoneFields.model_construct(**{**fields, **changed}), changed)


def repeal(draft: Draft, change: Change) -> None:
    """End a milestone, or one occurrence; what was missed before stays."""
    key = change.repeal or ""
    if draft.find(key, "repeal") is None:
        return
    if any(effect.kind in ("milestone", "own") and effect.name == key for effect in draft.effects):
        draft.trouble(
            Message("this act changes “{key}”, and repeals it", key=key), Message("delete one of the two"), "repeal"
        )
    if key in draft.ended:
        _is_ended(draft, key, "repeal")
        return
    for number, other in enumerate(change.into or []):
        if other == key:
            draft.trouble(
                Message("“{key}” cannot go on in itself", key=key),
                Message("name another milestone, or leave out “into”"),
                "into",
                number,
            )
        elif other not in draft.milestones:
            draft.trouble(
                Message("unknown milestone “{word}”", word=other), suggest(other, draft.milestones), "into", number
            )
    if key != id_in(key) and _planned(draft, key, "repeal") is None:
        return
    draft.end(key, tuple(change.into or []))


def add(draft: Draft, change: Change) -> None:
    """Put a milestone at the end of its workstream, if all agencies that it names are there."""
    if change.add is None:
        return
    milestone, workstream = change.add.milestone, change.add.workstream
    streams = [one.id for one in draft.plan.roadmap.workstreams]
    if workstream not in streams:
        draft.trouble(
            Message("unknown workstream “{word}”", word=workstream), suggest(workstream, streams), "add", "workstream"
        )
        return
    if squashed(milestone.id) in draft.squashed_ids:
        draft.trouble(
            Message("the id “{id}” is used twice", id=milestone.id),
            Message("give each its own id"),
            "add",
            "milestone",
            "id",
        )
        return
    for number, former in enumerate(milestone.formerly):
        if squashed(former) in draft.squashed_ids:
            draft.trouble(
                Message("the id “{id}” is used twice", id=former),
                Message("give each its own id"),
                *("add", "milestone", "formerly", number),
            )
    found = [draft.find_agency(assignment.agency, "add", "milestone") for assignment in milestone.assignments]
    if None not in found:
        draft.set_milestone(workstream, None, milestone)
