"""Apply an act to a plan: what is planned from its day on, and what it changed.

What fell due before the act's day stays as it was: a missed year stays missed. An act that does not fit the plan is applied as far as it
fits, for answers never fail on it; what does not fit is returned, for `cbfa check` to say.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.amendments import Amendment, Change, MilestoneFields
from cbfa.core.plan import Occurrence, Plan, id_in, occurrences_of
from cbfa.core.resolve import suggest
from cbfa.core.roadmap import Assignment, Milestone, Programme, Workstream
from cbfa.core.text import squashed
from cbfa.messages import Message
from cbfa.problems import KeyPath


class Effect(NamedTuple):
    """One thing that an act changed, before and after; None is absent.

    By its kind that is a milestone with the id of its workstream, an agency, what is changed of one occurrence, what was repealed, or the
    programme.
    """

    kind: str
    name: str
    before: Any
    after: Any


class Trouble(NamedTuple):
    """A change that does not fit: the path within the act, the sentence, and the fix."""

    path: KeyPath
    message: Message
    fix: Message | None = None
    is_warning: bool = False


class Applied(NamedTuple):
    """The plan after an act, with what it changed.

    `changed` has the occurrences that differ after it, by key; None is no longer planned.
    """

    plan: Plan
    changed: Mapping[str, Occurrence | None]
    effects: Sequence[Effect]
    troubles: Sequence[Trouble]


def apply(plan: Plan, amendment: Amendment, earlier: Mapping[str, Sequence[Effect]]) -> Applied:
    """Apply an act to a plan; `earlier` has what the acts before it changed, by their ids."""
    draft = _Draft(plan, amendment.day)
    order = ("found", "change", "repeal", "add", "group", "programme", "revoke", "merge", "close")
    for number, change in sorted(enumerate(amendment.changes), key=lambda pair: order.index(pair[1].kind)):
        draft.path = ("changes", number)
        _APPLY[change.kind](draft, change, earlier)
    return draft.applied()


class _Draft:
    """A plan while an act is applied to it."""

    def __init__(self, plan: Plan, day: date) -> None:
        self.plan, self.day, self.path = plan, day, ()  # type: tuple[Plan, date, KeyPath]
        self.programme = plan.programme
        self.milestones = {one.id: (workstream.id, one) for workstream, one in plan.roadmap.milestones()}
        self.agencies = {agency.id: agency for agency in plan.agencies.agencies}
        self.gone, self.heirs = dict(plan.gone), dict(plan.heirs)
        self.own = dict(plan.own)
        self.ended = dict(plan.ended)
        self.touched: set[str] = set()
        self.named: set[str] = set()
        self.effects: list[Effect] = []
        self.troubles: list[Trouble] = []

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The ids of agencies by every spelling; found when the first agency is founded."""
        return {squashed(word): one.id for one in self.agencies.values() for word in one.spellings}

    @cached_property
    def squashed_ids(self) -> set[str]:
        """The ids of milestones without case and punctuation; found when the first milestone changes."""
        return {squashed(one) for one in self.milestones}

    @cached_property
    def mentioned(self) -> set[str]:
        """The ids of agencies that a milestone or a group names; found when the first agency changes."""
        assigned = {lead.agency for _, one in self.milestones.values() for lead in one.assignments}
        return assigned | {name for one in self.agencies.values() for name in one.members}

    def trouble(self, message: Message, fix: Message | None = None, *path: str | int, warning: bool = False) -> None:
        """Note what does not fit, at a place within the change."""
        self.troubles.append(Trouble((*self.path, *path), message, fix, warning))

    def find(self, key: str, field: str) -> Milestone | None:
        """Return the milestone of a key; note that there is none."""
        found = self.milestones.get(id_in(key))
        if found is None:
            self.trouble(Message("unknown milestone “{word}”", word=key), suggest(key, self.milestones), field)
            return None
        return found[1]

    def find_agency(self, name: str, *path: str | int) -> Agency | None:
        """Return an agency of that day; note that there is none."""
        if name in self.agencies:
            return self.agencies[name]
        if name in self.gone:
            self.trouble(
                Message("{agency} no longer exists on {day}", agency=name, day=self.day), self._successor(name), *path
            )
        else:
            self.trouble(Message("unknown agency “{word}”", word=name), suggest(name, self.agencies), *path)
        return None

    def _successor(self, name: str) -> Message | None:
        heirs = self.heirs.get(name)
        return Message("name its successor: {names}", names=", ".join(heirs)) if heirs else None

    def set_milestone(self, workstream: str, before: Milestone | None, after: Milestone) -> None:
        """Put a milestone into the plan."""
        self.effects.append(Effect("milestone", after.id, (workstream, before), (workstream, after)))
        self.milestones[after.id] = (workstream, after)
        self.squashed_ids.add(squashed(after.id))
        self.mentioned.update(lead.agency for lead in after.assignments)
        self.touched.add(after.id)

    def set_agency(self, agency_id: str, after: Agency | None) -> None:
        """Put an agency into the plan, or take it out; every milestone in which it has a part is worked out again."""
        before = self.agencies.get(agency_id)
        self.effects.append(Effect("agency", agency_id, before, after))
        if after is None:
            self.agencies.pop(agency_id, None)
            if before:
                self.gone[agency_id] = before
        else:
            self.agencies[agency_id] = after
            self.mentioned.update(after.members)
            self.spelled.update((squashed(one), agency_id) for one in after.spellings)
            self.gone.pop(agency_id, None)
        if before is not None or after is None or after.members or agency_id in self.mentioned:
            self.touched |= {
                one.id
                for _, one in self.milestones.values()
                if any(agency_id in self._around(lead) for lead in one.assignments)
            }

    def _around(self, assignment: Assignment) -> set[str]:
        """Return the agency of an assignment, and all that are in its group, groups within it among them."""
        found: set[str] = set()
        ahead = [assignment.agency]
        while ahead:
            name = ahead.pop()
            agency = self.agencies.get(name) or self.gone.get(name)
            if name not in found and agency:
                ahead += agency.members
            found.add(name)
        return found

    def applied(self) -> Applied:
        """Work out the plan and the occurrences that differ."""
        workstreams = [
            one.model_copy(update={"milestones": [its for stream, its in self.milestones.values() if stream == one.id]})
            for one in self.plan.roadmap.workstreams
        ]
        roadmap = self.plan.roadmap.model_copy(update={"programme": self.programme, "workstreams": workstreams})
        agencies = self.plan.agencies.model_copy(update={"agencies": list(self.agencies.values())})
        changed: dict[str, Occurrence | None] = {}
        occurrences: list[Occurrence] = []
        its_old: dict[str, list[Occurrence]] = {}
        for one in self.plan.occurrences:
            its_old.setdefault(one.milestone.id, []).append(one)
        for workstream in workstreams:
            for milestone in workstream.milestones:
                old = its_old.get(milestone.id, [])
                new = self._occurrences(milestone, workstream, old, agencies) if milestone.id in self.touched else old
                occurrences += new
                if new is not old:
                    keys, before = ({one.key: one for one in its} for its in (new, old))
                    changed |= {key: None for key in before if key not in keys}
                    changed |= {key: one for key, one in keys.items() if not _is_same(one, before.get(key))}
        made = Plan.made(roadmap, agencies, occurrences)
        plan = made._replace(
            former={**self.plan.former, **made.former},
            gone=self.gone,
            heirs=self.heirs,
            own=self.own,
            ended=self.ended,
        )
        return Applied(plan, changed, self.effects, self.troubles)

    def _occurrences(
        self, milestone: Milestone, workstream: Workstream, old: Sequence[Occurrence], agencies: Agencies
    ) -> list[Occurrence]:
        """Return the occurrences of a milestone that changed: those that fell due before stay, with the heirs of their leads."""
        goes_on = milestone.id not in self.ended
        fresh = list(occurrences_of(milestone, workstream, self.programme, agencies)) if goes_on else []
        fresh = [_with_own(one, self.own.get(one.key)) for one in fresh if one.key not in self.ended]
        repeats = milestone.recurs or milestone.each or any(one.window.name or one.member for one in old)
        if not repeats:
            return fresh
        kept = [
            one._replace(leads=tuple(self._heir(lead) for lead in one.leads))
            for one in old
            if one.window.due is not None and one.window.due < self.day and one.key not in self.named
        ]
        past = {one.key for one in kept}
        open_keys = {*self.named, *(one.key for one in old)} - past
        return kept + [
            one
            for one in fresh
            if one.key in open_keys or (one.key not in past and (one.window.due is None or one.window.due >= self.day))
        ]

    def _heir(self, assignment: Assignment) -> Assignment:
        heirs = self.heirs.get(assignment.agency)
        return assignment.model_copy(update={"agency": heirs[0]}) if heirs else assignment


def _is_same(occurrence: Occurrence, before: Occurrence | None) -> bool:
    """Return True if nothing of an occurrence differs but other milestones of its workstream."""
    return before is not None and occurrence._replace(workstream=before.workstream) == before


def _with_own(occurrence: Occurrence, fields: MilestoneFields | None) -> Occurrence:
    """Return an occurrence with what an act changed of it alone."""
    if fields is None:
        return occurrence
    if "due" in fields.model_fields_set:
        due = fields.due.last if fields.due else None
        occurrence = occurrence._replace(window=occurrence.window._replace(due=due))
    if "target" in fields.model_fields_set:
        milestone = occurrence.milestone.model_copy(update={"target": fields.target})
        occurrence = occurrence._replace(milestone=milestone)
    return occurrence._replace(leads=tuple(fields.leads)) if fields.leads else occurrence


# Kinds of change


def _change(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    key, now = change.change or "", change.now or MilestoneFields()
    milestone = draft.find(key, "change")
    if milestone is None:
        return
    for number, lead in enumerate([*(now.leads or []), *(now.support or [])]):
        draft.find_agency(lead.agency, "now", "lead" if number < len(now.leads or []) else "support")
    if key == milestone.id:
        _change_milestone(draft, change, milestone, now)
    else:
        _change_occurrence(draft, change, key, now)


def _change_milestone(draft: _Draft, change: Change, milestone: Milestone, now: MilestoneFields) -> None:
    was = change.was or MilestoneFields()
    for field in was.model_fields_set:
        if getattr(was, field) != getattr(milestone, field):
            _differs(draft, milestone.id, field)
    update = {field: getattr(now, field) for field in now.model_fields_set}
    update |= {field: [] for field in ("leads", "support") if field in update and update[field] is None}
    update |= {"each": False} if "each" in update and update["each"] is None else {}
    workstream = draft.milestones[milestone.id][0]
    if "schedule" in update:
        for own in [one for one in draft.own if id_in(one) == milestone.id]:
            del draft.own[own]
    draft.set_milestone(workstream, milestone, milestone.model_copy(update=update))


def _change_occurrence(draft: _Draft, change: Change, key: str, now: MilestoneFields) -> None:
    occurrence = next((one for one in draft.plan.occurrences if one.key == key), None)
    if occurrence is None:
        keys = [one.key for one in draft.plan.occurrences if one.milestone.id == id_in(key)]
        draft.trouble(Message("the plan of that day has no “{key}”", key=key), suggest(key, keys), "change")
        return
    was = change.was or MilestoneFields()
    if "due" in was.model_fields_set and (was.due.last if was.due else None) != occurrence.window.due:
        _differs(draft, key, "due")
    if "target" in was.model_fields_set and was.target != occurrence.milestone.target:
        _differs(draft, key, "target")
    if "leads" in was.model_fields_set and list(was.leads or []) != list(occurrence.leads):
        _differs(draft, key, "leads")
    before = draft.own.get(key)
    fields = {field: getattr(before, field) for field in before.model_fields_set} if before else {}
    after = MilestoneFields.model_construct(
        **{**fields, **{field: getattr(now, field) for field in now.model_fields_set}}
    )
    draft.effects.append(Effect("own", key, before, after))
    draft.own[key] = after
    draft.named.add(key)
    draft.touched.add(id_in(key))


def _differs(draft: _Draft, key: str, field: str) -> None:
    name = {"leads": "lead"}.get(field, field)
    draft.trouble(
        Message("“{field}” of “{key}” was not this on {day}", field=name, key=key, day=draft.day),
        Message(
            "write what was in force before this act: cbfa show {key} --as-of {day}", key=id_in(key), day=draft.day
        ),
        "was",
        name,
    )


def _repeal(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    key = change.repeal or ""
    if draft.find(key, "repeal") is None:
        return
    if key in draft.ended:
        draft.trouble(Message("“{key}” is repealed already", key=key), Message("delete this change"), "repeal")
        return
    for number, other in enumerate(change.into or []):
        if other not in draft.milestones:
            draft.trouble(
                Message("unknown milestone “{word}”", word=other), suggest(other, draft.milestones), "into", number
            )
    if key != id_in(key) and all(one.key != key for one in draft.plan.occurrences):
        keys = [one.key for one in draft.plan.occurrences if one.milestone.id == id_in(key)]
        draft.trouble(Message("the plan of that day has no “{key}”", key=key), suggest(key, keys), "repeal")
        return
    draft.effects.append(Effect("ended", key, None, tuple(change.into or [])))
    draft.ended[key] = tuple(change.into or [])
    draft.named |= {key} - {id_in(key)}
    draft.touched.add(id_in(key))


def _add(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
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
    for assignment in milestone.assignments:
        draft.find_agency(assignment.agency, "add", "milestone")
    draft.set_milestone(workstream, None, milestone)


def _found(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    agency = change.found
    if agency is None:
        return
    shared = sorted(one for one in map(squashed, agency.spellings) if draft.spelled.get(one) in draft.agencies)
    if shared:
        draft.trouble(
            Message(
                "“{spelling}” names both {first} and {second}",
                spelling=shared[0],
                first=draft.spelled[shared[0]],
                second=agency.id,
            ),
            Message("use each id, code, name and alias for one agency only; case and diacritics do not count"),
            "found",
        )
        return
    for number, member in enumerate(agency.members):
        draft.find_agency(member, "found", "members", number)
    draft.set_agency(agency.id, agency)


def _merge(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    """Pass on leads, support, duties, membership and the coordinator's role. Twice in one milestone: once, as lead."""
    heir = draft.find_agency((change.into or [""])[0], "into")
    if heir is None:
        return
    for number, name in enumerate(change.merge or []):
        if name == heir.id:
            draft.trouble(
                Message("{agency} cannot be merged into itself", agency=name),
                Message("name another successor"),
                "merge",
                number,
            )
            continue
        agency = draft.find_agency(name, "merge", number)
        if agency:
            _pass_on(draft, agency, heir.id)


def _pass_on(draft: _Draft, agency: Agency, heir_id: str) -> None:
    heir = draft.agencies[heir_id]
    duties = {**heir.duties}
    for clause, texts in agency.duties.items():
        duties[clause] = [*duties.get(clause, []), *(one for one in texts if one not in duties.get(clause, []))]
    draft.set_agency(heir_id, heir.model_copy(update={"duties": duties}))
    for group in [one for one in draft.agencies.values() if agency.id in one.members]:
        members = dict.fromkeys(heir_id if one == agency.id else one for one in group.members if group.id != heir_id)
        draft.set_agency(group.id, group.model_copy(update={"members": [one for one in members if one != group.id]}))
    for name, heirs in draft.heirs.items():
        draft.heirs[name] = tuple(dict.fromkeys(heir_id if one == agency.id else one for one in heirs))
    draft.heirs[agency.id] = (heir_id,)
    _replace_everywhere(draft, agency.id, heir_id)
    draft.set_agency(agency.id, None)


def _replace_everywhere(draft: _Draft, old: str, new: str) -> None:
    """Replace an agency in all milestones and as the coordinator."""

    def passed(assignments: Iterable[Assignment]) -> list[Assignment]:
        renamed = (one.model_copy(update={"agency": new}) if one.agency == old else one for one in assignments)
        return list({one.agency: one for one in reversed(list(renamed))}.values())[::-1]

    for workstream, milestone in list(draft.milestones.values()):
        if any(one.agency == old for one in milestone.assignments):
            leads = passed(milestone.leads)
            led = {one.agency for one in leads}
            support = [one for one in passed(milestone.support) if one.agency not in led]
            draft.set_milestone(
                workstream, milestone, milestone.model_copy(update={"leads": leads, "support": support})
            )
    for key, own in list(draft.own.items()):
        if own.leads and any(one.agency == old for one in own.leads):
            draft.own[key] = own.model_copy(update={"leads": passed(own.leads)})
            draft.touched.add(id_in(key))
    if draft.programme.coordinator == old:
        _set_programme(draft, draft.programme.model_copy(update={"coordinator": new}))


def _close(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    """Close agencies. One that leads something open must have been relieved of it by the same act."""
    for number, name in enumerate(change.close or []):
        agency = draft.find_agency(name, "close", number)
        if agency is None:
            continue
        led = [one.id for _, one in draft.milestones.values() if any(lead.agency == name for lead in one.leads)]
        if led and not all(one in draft.ended for one in led):
            draft.trouble(
                Message("{agency} still leads {names}", agency=name, names=", ".join(led[:5])),
                Message("say in the same act who leads it from then on, or merge the agency into another one"),
                "close",
                number,
            )
        takers = [
            lead.agency
            for effect in draft.effects
            if effect.kind == "milestone" and _led(effect.before, name) and not _led(effect.after, name)
            for lead in effect.after[1].leads
        ]
        draft.heirs[name] = tuple(dict.fromkeys(takers))
        for group in [one for one in draft.agencies.values() if name in one.members]:
            draft.set_agency(
                group.id, group.model_copy(update={"members": [one for one in group.members if one != name]})
            )
        draft.set_agency(name, None)


def _led(state: tuple[str, Milestone | None], agency_id: str) -> bool:
    """Return True if an agency led a milestone; one that was added was not there before."""
    return state[1] is not None and any(lead.agency == agency_id for lead in state[1].leads)


def _group(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    group = draft.find_agency(change.group or "", "group")
    if group is None:
        return
    for number, name in enumerate(change.leave):
        if name not in group.members:
            draft.trouble(
                Message("{agency} is no member of {group} on {day}", agency=name, group=group.id, day=draft.day),
                suggest(name, group.members),
                "leave",
                number,
            )
    joining = [name for number, name in enumerate(change.join) if draft.find_agency(name, "join", number)]
    members = [*(one for one in group.members if one not in change.leave), *joining]
    draft.set_agency(group.id, group.model_copy(update={"members": list(dict.fromkeys(members))}))


def _programme(draft: _Draft, change: Change, _earlier: Mapping[str, Sequence[Effect]]) -> None:
    if change.programme is None:
        return
    was, now = change.programme.was, change.programme.now
    if was.model_fields_set != now.model_fields_set or not now.model_fields_set:
        form = Message("write {form}", form="{programme: {was: {period: …}, now: {period: …}}}")
        draft.trouble(Message("“was” and “now” must name the same fields"), form, "programme")
        return
    for field in was.model_fields_set:
        if getattr(was, field) != getattr(draft.programme, field):
            _differs(draft, draft.programme.id, field)
    if now.coordinator:
        draft.find_agency(now.coordinator, "programme", "now", "coordinator")
    update = {field: getattr(now, field) for field in now.model_fields_set}
    _set_programme(draft, draft.programme.model_copy(update=update))


def _set_programme(draft: _Draft, after: Programme) -> None:
    draft.effects.append(Effect("programme", "", draft.programme, after))
    if draft.programme.frame != after.frame:
        draft.touched |= set(draft.milestones)
    draft.programme = after


def _revoke(draft: _Draft, change: Change, earlier: Mapping[str, Sequence[Effect]]) -> None:
    """Apply an act's changes backwards, where nothing has changed them since."""
    name = change.revoke or ""
    if name not in earlier:
        fix = suggest(name, earlier) if earlier else Message("delete this change")
        draft.trouble(Message("no earlier act has the id “{id}”", id=name), fix, "revoke")
        return
    for effect in reversed(earlier[name]):
        if not _undo(draft, effect):
            draft.trouble(
                Message(
                    "“{key}” has been changed since “{id}”, so the act cannot be revoked as a whole",
                    key=effect.name,
                    id=name,
                ),
                Message("write the changes that are meant, one by one"),
                "revoke",
            )
            return
    draft.effects.append(Effect("revoked", name, False, True))


def _undo(draft: _Draft, effect: Effect) -> bool:
    """Take one effect back; False if something has changed it since."""
    undo = {
        "milestone": _undo_milestone,
        "agency": _undo_agency,
        "own": _undo_own,
        "ended": _undo_ended,
        "programme": _undo_programme,
    }.get(effect.kind)
    return undo is not None and undo(draft, effect)


def _undo_milestone(draft: _Draft, effect: Effect) -> bool:
    if draft.milestones.get(effect.name) != effect.after:
        return False
    if effect.before is None or effect.before[1] is None:
        draft.ended[effect.name] = ()
        draft.touched.add(effect.name)
    else:
        draft.set_milestone(effect.before[0], effect.after[1], effect.before[1])
    return True


def _undo_agency(draft: _Draft, effect: Effect) -> bool:
    if draft.agencies.get(effect.name) != effect.after:
        return False
    draft.set_agency(effect.name, effect.before)
    draft.heirs.pop(effect.name, None)
    return True


def _undo_own(draft: _Draft, effect: Effect) -> bool:
    if draft.own.get(effect.name) != effect.after:
        return False
    draft.own.pop(effect.name)
    if effect.before is not None:
        draft.own[effect.name] = effect.before
    draft.named.add(effect.name)
    draft.touched.add(id_in(effect.name))
    return True


def _undo_ended(draft: _Draft, effect: Effect) -> bool:
    if effect.name not in draft.ended:
        return False
    del draft.ended[effect.name]
    draft.named |= {effect.name} - {id_in(effect.name)}
    draft.touched.add(id_in(effect.name))
    return True


def _undo_programme(draft: _Draft, effect: Effect) -> bool:
    if draft.programme != effect.after:
        return False
    _set_programme(draft, effect.before)
    return True


_APPLY: dict[str, Callable[[_Draft, Change, Mapping[str, Sequence[Effect]]], None]] = {
    "change": _change,
    "repeal": _repeal,
    "add": _add,
    "found": _found,
    "merge": _merge,
    "close": _close,
    "group": _group,
    "programme": _programme,
    "revoke": _revoke,
}
