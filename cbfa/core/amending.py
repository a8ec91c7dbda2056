"""Apply an act to a plan: what is planned from its day on, and what it changed.

What fell due before the act's day stays as it was: a missed year stays missed. An act that does not fit the plan is applied as far as it
fits, for answers never fail on it; what does not fit is returned, for `cbfa check` to say.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.amendments import Amendment, Change, MilestoneFields
from cbfa.core.periods import Period
from cbfa.core.plain import plain_value, written
from cbfa.core.plan import Occurrence, Plan, id_in, occurrences_of
from cbfa.core.resolve import list_names, shorten, suggest
from cbfa.core.roadmap import Assignment, Milestone, Programme, Workstream
from cbfa.core.schedule import Frame, Schedule
from cbfa.core.text import squashed
from cbfa.messages import Message
from cbfa.problems import KeyPath

M = TypeVar("M", bound=BaseModel)


class Effect(NamedTuple):
    """One thing that an act changed, before and after; None is absent.

    By its kind that is a milestone with the id of its workstream, an agency, what acts changed of one occurrence (before with the values of
    the fields that this one changes), what was repealed or is planned again, the heirs of agencies (before with the leads of
    occurrences, and the order of the agencies), or the programme.
    """

    kind: str
    name: str
    before: Any
    after: Any


class Done(NamedTuple):
    """The work of an earlier act: its effects, and the occurrences before and after it, by key."""

    effects: Sequence[Effect]
    changed: Mapping[str, tuple[Occurrence | None, Occurrence | None]]


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


def apply(plan: Plan, amendment: Amendment, earlier: Mapping[str, Done]) -> Applied:
    """Apply an act to a plan; `earlier` has what the acts before it changed, by their ids."""
    draft = _Draft(plan, amendment.day)
    draft.coming = {change.found.id for change in amendment.changes if change.found}
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
        self.named: dict[str, dict[str, Any]] = {}
        self.reverted: dict[str, Occurrence | None] = {}
        self.coming: set[str] = set()
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

    @property
    def assigned(self) -> set[str]:
        """The ids of agencies that a milestone names."""
        return {
            lead.agency for _, one in self.milestones.values() if one.id not in self.ended for lead in one.assignments
        }

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

    def _successor(self, name: str) -> Message:
        heirs = self.heirs.get(name)
        return Message("name its successor: {names}", names=", ".join(heirs)) if heirs else list_names(self.agencies)

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
                if any(agency_id in self.members_within(lead.agency) for lead in one.assignments)
            }

    def members_within(self, agency_id: str) -> set[str]:
        """Return an agency and all that are in its group, groups within it among them."""
        found: set[str] = set()
        ahead = [agency_id]
        while ahead:
            name = ahead.pop()
            agency = self.agencies.get(name) or self.gone.get(name)
            if name not in found and agency:
                ahead += agency.members
            found.add(name)
        return found

    def set_own(self, key: str, after: MilestoneFields | None, now: Mapping[str, Any]) -> None:
        """Change single fields of one occurrence: `after` is all that acts changed of it alone, `now` what this one does."""
        occurrence = next((one for one in self.plan.occurrences if one.key == key), None)
        former = {field: _field(occurrence, field) for field in now} if occurrence else {}
        self.effects.append(Effect("own", key, (self.own.get(key), former), after))
        self.own.pop(key, None)
        if after is not None:
            self.own[key] = after
        self.named[key] = {**self.named.get(key, {}), **now}
        self.touched.add(id_in(key))

    def is_open(self, key: str) -> bool:
        """Return True if an occurrence was planned before the act and falls due on its day, later or never."""
        return any(one.key == key and not self._is_past(one) for one in self.plan.occurrences)

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
        """Return the occurrences of a milestone that changed.

        Those that fell due before stay, with the heirs of their leads and what the act changes of them alone; so do those that an act gave
        a later deadline after they had left the schedule.
        """
        goes_on = milestone.id not in self.ended
        fresh = list(occurrences_of(milestone, workstream, self.programme, agencies)) if goes_on else []
        fresh = [_with_own(one, self.own.get(one.key)) for one in fresh if one.key not in self.ended]
        repeats = milestone.recurs or milestone.each or any(one.window.name or one.member for one in old)
        if not repeats:
            return fresh
        stray = self._stray(milestone, workstream, old)
        reverted = {key: one for key, one in self.reverted.items() if id_in(key) == milestone.id}
        old = [one for one in old if one.key not in reverted] + [one for one in reverted.values() if one]
        stray |= {key for key, one in reverted.items() if one} - {one.key for one in fresh}
        kept = [
            _with(one, self.named.get(one.key, {}))._replace(leads=self._leads(one, milestone))
            for one in old
            if one.key not in self.ended and (self._is_past(one) or one.key in stray)
        ]
        past = {one.key for one in kept}
        open_keys = (
            {*self.named, *(one.key for one in old)} - past - {key for key, one in reverted.items() if one is None}
        )
        still = [
            one
            for one in fresh
            if one.key in open_keys or (one.key not in past and (one.window.due is None or one.window.due >= self.day))
        ]
        return sorted((*kept, *still), key=lambda one: one.window.start or date.min)

    def _is_past(self, occurrence: Occurrence) -> bool:
        return occurrence.window.due is not None and occurrence.window.due < self.day

    def _stray(self, milestone: Milestone, workstream: Workstream, old: Sequence[Occurrence]) -> set[str]:
        """Return the keys of what is open only because an act moved it after it had left the schedule of its milestone."""
        moved = {one.key for one in old if one.key in self.plan.own and not self._is_past(one)}
        if not moved or (milestone.id in self.ended and milestone.id not in self.plan.ended):
            return set()
        if milestone.id in self.plan.ended:
            return moved
        before = next(
            one for stream in self.plan.roadmap.workstreams for one in stream.milestones if one.id == milestone.id
        )
        return moved - {one.key for one in occurrences_of(before, workstream, self.plan.programme, self.plan.agencies)}

    def _leads(self, occurrence: Occurrence, milestone: Milestone) -> tuple[Assignment, ...]:
        """Return the leads of an occurrence that stays: of one that ended, the heir that leads the milestone now, else the first."""
        leads: dict[str, Assignment] = {}
        led = {one.agency for one in milestone.leads}
        for lead in self.named.get(occurrence.key, {}).get("leads") or occurrence.leads:
            heirs = self.heirs.get(lead.agency) or (lead.agency,)
            heir = next((one for one in heirs if one in led), heirs[0])
            leads.setdefault(heir, lead if heir == lead.agency else lead.model_copy(update={"agency": heir}))
        return tuple(leads.values())


def _field(occurrence: Occurrence, field: str) -> Any:  # noqa: ANN401 - of any field
    """Return a field that can be changed of one occurrence alone."""
    due = occurrence.window.due
    values = {"due": Period.from_day(due) if due else None, "target": occurrence.milestone.target}
    return values[field] if field in values else list(occurrence.leads)


def _is_same(occurrence: Occurrence, before: Occurrence | None) -> bool:
    """Return True if nothing of an occurrence differs but other milestones of its workstream."""
    return before is not None and occurrence._replace(workstream=before.workstream) == before


def _with_own(occurrence: Occurrence, fields: MilestoneFields | None) -> Occurrence:
    """Return an occurrence with what acts changed of it alone."""
    return _with(occurrence, {field: getattr(fields, field) for field in fields.model_fields_set} if fields else {})


def _with(occurrence: Occurrence, fields: Mapping[str, Any]) -> Occurrence:
    """Return an occurrence with other fields."""
    if "due" in fields:
        due = fields["due"].last if fields["due"] else None
        occurrence = occurrence._replace(window=occurrence.window._replace(due=due))
    if "target" in fields:
        milestone = occurrence.milestone.model_copy(update={"target": fields["target"]})
        occurrence = occurrence._replace(milestone=milestone)
    return occurrence._replace(leads=tuple(fields["leads"])) if fields.get("leads") else occurrence


# Kinds of change


def _change(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
    key, now = change.change or "", change.now or MilestoneFields()
    milestone = draft.find(key, "change")
    if milestone is None:
        return
    for number, lead in enumerate([*(now.leads or []), *(now.support or [])]):
        draft.find_agency(lead.agency, "now", "lead" if number < len(now.leads or []) else "support")
    if key in draft.ended:
        _is_ended(draft, key, "change")
    elif key == milestone.id:
        _change_milestone(draft, change, milestone, now)
    else:
        _change_occurrence(draft, change, key, now)


def _change_milestone(draft: _Draft, change: Change, milestone: Milestone, now: MilestoneFields) -> None:
    for field, value in _values(change.was).items():
        if value != getattr(milestone, field):
            _differs(draft, milestone.id, field, getattr(milestone, field))
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


def _is_ended(draft: _Draft, key: str, field: str) -> None:
    draft.trouble(Message("“{key}” is repealed already", key=key), Message("delete this change"), field)


def _planned(draft: _Draft, key: str, field: str) -> Occurrence | None:
    """Return an occurrence of the plan of that day; note that there is none. What was missed before a repeal is still there."""
    keys = {one.key: one for one in draft.plan.occurrences if one.milestone.id == id_in(key)}
    found = keys.get(key)
    if id_in(key) in draft.ended and not (found and found.window.due and found.window.due < draft.day):
        _is_ended(draft, id_in(key), field)
        return None
    if found is None:
        draft.trouble(Message("the plan of that day has no “{key}”", key=key), suggest(key, keys), field)
    return found


def _drop_deadlines(draft: _Draft, milestone: Milestone) -> None:
    """Take the deadlines from what is open and had its own: with another schedule it gets those of that, unless the same act names it."""
    for one in draft.plan.of_milestone(milestone):
        own = draft.own.get(one.key)
        is_past = one.window.due is not None and one.window.due < draft.day
        if own is None or "due" not in own.model_fields_set or is_past or "due" in draft.named.get(one.key, {}):
            continue
        rest = {field: getattr(own, field) for field in own.model_fields_set - {"due"}}
        draft.set_own(one.key, MilestoneFields.model_construct(**rest) if rest else None, {})


def _change_occurrence(draft: _Draft, change: Change, key: str, now: MilestoneFields) -> None:
    occurrence = _planned(draft, key, "change")
    if occurrence is None:
        return
    was = change.was or MilestoneFields()
    if "due" in was.model_fields_set and (was.due.last if was.due else None) != occurrence.window.due:
        _differs(draft, key, "due", occurrence.window.due)
    if "target" in was.model_fields_set and was.target != occurrence.milestone.target:
        _differs(draft, key, "target", occurrence.milestone.target)
    if "leads" in was.model_fields_set and list(was.leads or []) != list(occurrence.leads):
        _differs(draft, key, "leads", occurrence.leads)
    before = draft.own.get(key)
    fields = {field: getattr(before, field) for field in before.model_fields_set} if before else {}
    changed = {field: getattr(now, field) for field in now.model_fields_set}
    draft.set_own(key, MilestoneFields.model_construct(**{**fields, **changed}), changed)


def _differs(draft: _Draft, key: str, field: str, in_force: Any, *path: str) -> None:  # noqa: ANN401 - any value of a file
    name = {"leads": "lead"}.get(field, field)
    draft.trouble(
        Message("“{field}” of “{key}” was not this on {day}", field=name, key=key, day=draft.day),
        Message(
            "write what was in force before this act: {form}",
            form=f"{name}: {written(plain_value(in_force, name), name)}",
        ),
        *path,
        "was",
        name,
    )


def _repeal(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
    key = change.repeal or ""
    if draft.find(key, "repeal") is None:
        return
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
    _end(draft, key, tuple(change.into or []))


def _end(draft: _Draft, key: str, into: Sequence[str]) -> None:
    """End a milestone or an occurrence."""
    draft.effects.append(Effect("ended", key, None, into))
    draft.ended[key] = into
    draft.touched.add(id_in(key))


def _add(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
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
    for assignment in milestone.assignments:
        draft.find_agency(assignment.agency, "add", "milestone")
    draft.set_milestone(workstream, None, milestone)


def _found(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
    agency = change.found
    if agency is None:
        return
    shared = sorted(one for one in map(squashed, agency.spellings) if draft.spelled.get(one) in draft.agencies)
    if agency.id in map(draft.spelled.get, shared) and agency.id in draft.agencies:
        draft.trouble(
            Message("the id “{id}” is used twice", id=agency.id), Message("give each its own id"), "found", "id"
        )
        return
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
        if member not in draft.coming:
            draft.find_agency(member, "found", "members", number)
    draft.heirs.pop(agency.id, None)
    draft.set_agency(agency.id, agency)
    draft.effects.append(Effect("founded", agency.id, False, True))


def _merge(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
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
        members = dict.fromkeys(heir_id if one == agency.id else one for one in group.members)
        draft.set_agency(group.id, group.model_copy(update={"members": [one for one in members if one != group.id]}))
    _inherit(draft, agency.id, (heir_id,))
    _replace_everywhere(draft, agency.id, heir_id)
    draft.set_agency(agency.id, None)


def _inherit(draft: _Draft, name: str, heirs: tuple[str, ...]) -> None:
    """Note the heirs of an agency, which are those of all whose heir it was, too."""
    before = dict(draft.heirs)
    for other, its in before.items():
        draft.heirs[other] = tuple(
            dict.fromkeys(heir for one in its for heir in ((heirs or (one,)) if one == name else (one,)))
        )
    draft.heirs[name] = heirs
    after = {one: its for one, its in draft.heirs.items() if before.get(one) != its}
    leads = {one.key: list(one.leads) for one in draft.plan.occurrences if name in {its.agency for its in one.leads}}
    draft.touched |= {id_in(key) for key in leads}
    draft.effects.append(Effect("heirs", name, (before, leads, _order(draft)), after))


def _order(draft: _Draft) -> dict[str, int]:
    return {name: number for number, name in enumerate(draft.agencies)}


def _replace_everywhere(draft: _Draft, old: str, new: str) -> None:
    """Replace an agency in all milestones and as the coordinator."""

    def passed(assignments: Iterable[Assignment]) -> list[Assignment]:
        found: dict[str, Assignment] = {}
        for one in assignments:
            now = one.model_copy(update={"agency": new}) if one.agency == old else one
            found.setdefault(now.agency, now)
        return list(found.values())

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
            leads = passed(own.leads)
            draft.set_own(key, own.model_copy(update={"leads": leads}), {"leads": leads})
    if draft.programme.coordinator == old:
        _set_programme(draft, draft.programme.model_copy(update={"coordinator": new}))


def _close(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
    """Close agencies. One that leads something open must have been relieved of it by the same act."""
    for number, name in enumerate(change.close or []):
        agency = draft.find_agency(name, "close", number)
        if agency is None:
            continue
        led = [one.id for _, one in draft.milestones.values() if any(lead.agency == name for lead in one.leads)]
        led += [
            key
            for key, own in draft.own.items()
            if any(lead.agency == name for lead in own.leads or [])
            and id_in(key) not in draft.ended
            and draft.is_open(key)
        ]
        if led and not all(one in draft.ended for one in led):
            draft.trouble(
                Message("{agency} still leads {names}", agency=name, names=", ".join(led[:5])),
                Message("say in the same act who leads it from then on, or merge the agency into another one"),
                "close",
                number,
            )
        if name == draft.programme.coordinator:
            draft.trouble(
                Message("{agency} still coordinates the programme", agency=name),
                Message(
                    "add to the same act: {form}",
                    form=f"{{programme: {{was: {{coordinator: {name}}}, now: {{coordinator: …}}}}}}",
                ),
                "close",
                number,
            )
        takers = [
            lead.agency
            for effect in draft.effects
            if effect.kind == "milestone" and _led(effect.before, name) and not _led(effect.after, name)
            for lead in effect.after[1].leads
        ]
        _inherit(draft, name, tuple(dict.fromkeys(takers)))
        for group in [one for one in draft.agencies.values() if name in one.members]:
            draft.set_agency(
                group.id, group.model_copy(update={"members": [one for one in group.members if one != name]})
            )
        draft.set_agency(name, None)


def _led(state: tuple[str, Milestone | None], agency_id: str) -> bool:
    """Return True if an agency led a milestone; one that was added was not there before."""
    return state[1] is not None and any(lead.agency == agency_id for lead in state[1].leads)


def _group(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
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
    joining = []
    for number, name in enumerate(change.join):
        agency = draft.find_agency(name, "join", number)
        if agency is None:
            continue
        if name in group.members or name in joining:
            draft.trouble(
                Message("{agency} is a member of {group} already", agency=name, group=group.id),
                Message("take {agency} out of this list", agency=name),
                "join",
                number,
            )
        elif group.id in draft.members_within(name):
            draft.trouble(
                Message("{agency} would be a member of itself", agency=group.id),
                Message("take {agency} out of this list", agency=name),
                "join",
                number,
            )
        else:
            joining.append(name)
    members = [*(one for one in group.members if one not in change.leave), *joining]
    draft.set_agency(group.id, group.model_copy(update={"members": list(dict.fromkeys(members))}))


def _programme(draft: _Draft, change: Change, _earlier: Mapping[str, Done]) -> None:
    if change.programme is None:
        return
    was, now = change.programme.was, change.programme.now
    if was.model_fields_set != now.model_fields_set or not now.model_fields_set:
        form = Message("write {form}", form="{programme: {was: {period: …}, now: {period: …}}}")
        draft.trouble(Message("“was” and “now” must name the same fields"), form, "programme")
        return
    for field in was.model_fields_set:
        if getattr(was, field) != getattr(draft.programme, field):
            _differs(draft, draft.programme.id, field, getattr(draft.programme, field), "programme")
    if now.coordinator:
        draft.find_agency(now.coordinator, "programme", "now", "coordinator")
    update = {field: getattr(now, field) for field in now.model_fields_set}
    after = draft.programme.model_copy(update=update)
    _check_period(draft, after)
    _set_programme(draft, after)


def _check_period(draft: _Draft, after: Programme) -> None:
    """Note a period that ends before the act, and milestones that were in the period and no longer are."""
    path = ("programme", "now", "period")
    before, now = draft.programme.frame, after.frame
    if now.last < draft.day:
        draft.trouble(
            Message("the programme would end on {last}, before this act is in force", last=now.last),
            Message("check both dates"),
            *path,
        )
        return
    outside = [
        one.id
        for _, one in draft.milestones.values()
        if one.schedule
        and one.id not in draft.ended
        and _is_within(one.schedule, before)
        and not _is_within(one.schedule, now)
    ]
    if outside:
        draft.trouble(
            Message("of these milestones the dates lie outside the new period: {names}", names=shorten(outside)),
            Message("change their schedules in the same act, or repeal them"),
            *path,
            warning=True,
        )


def _is_within(schedule: Schedule, frame: Frame) -> bool:
    limits = schedule.limits(frame)
    return frame.first <= limits.first and limits.last <= frame.last


def _set_programme(draft: _Draft, after: Programme) -> None:
    draft.effects.append(Effect("programme", "", draft.programme, after))
    if draft.programme.frame != after.frame:
        draft.touched |= set(draft.milestones)
    draft.programme = after


def _revoke(draft: _Draft, change: Change, earlier: Mapping[str, Done]) -> None:
    """Apply an act's changes backwards, where nothing has changed them since."""
    name = change.revoke or ""
    if name not in earlier:
        fix = suggest(name, earlier) if earlier else Message("delete this change")
        draft.trouble(Message("no earlier act has the id “{id}”", id=name), fix, "revoke")
        return
    now = {one.key: one for one in draft.plan.occurrences}
    draft.reverted |= {key: before for key, (before, after) in earlier[name].changed.items() if now.get(key) == after}
    for effect in reversed(earlier[name].effects):
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


def _undo(draft: _Draft, effect: Effect) -> bool:
    """Take one effect back; False if something has changed it since."""
    undo = {
        "milestone": _undo_milestone,
        "agency": _undo_agency,
        "founded": _undo_founded,
        "own": _undo_own,
        "heirs": _undo_heirs,
        "ended": _undo_ended,
        "restored": _undo_restored,
        "programme": _undo_programme,
    }.get(effect.kind)
    return undo is not None and undo(draft, effect)


def _undo_milestone(draft: _Draft, effect: Effect) -> bool:
    (workstream, before), (_, after) = effect.before, effect.after
    now = draft.milestones[effect.name][1]
    if before is not None:
        undone = _undone(now, before, after)
        if undone is not None:
            draft.set_milestone(workstream, now, undone)
        return undone is not None
    if now != after or effect.name in draft.ended:
        return False
    _end(draft, effect.name, ())
    return True


def _undone(now: M, before: M, after: M) -> M | None:
    """Return something with the fields as they were before an act changed them; None if another act has changed them since."""
    changed = [field for field in type(now).model_fields if getattr(before, field) != getattr(after, field)]
    if any(getattr(now, field) != getattr(after, field) for field in changed):
        return None
    return now.model_copy(update={field: getattr(before, field) for field in changed})


def _undo_agency(draft: _Draft, effect: Effect) -> bool:
    now = draft.agencies.get(effect.name)
    if now is not None and effect.before is not None and effect.after is not None:
        undone = _undone(now, effect.before, effect.after)
        if undone is not None:
            draft.set_agency(effect.name, undone)
        return undone is not None
    if now != effect.after:
        return False
    draft.set_agency(effect.name, effect.before)
    return True


def _undo_founded(draft: _Draft, effect: Effect) -> bool:
    """Return False if a later act made it answer for something: that has been changed since."""
    return effect.name not in draft.assigned


def _undo_heirs(draft: _Draft, effect: Effect) -> bool:
    """Give back to an agency that ended what its heirs had of it: what fell due before, and its place among the agencies."""
    heirs, leads, order = effect.before
    now = {one.key: list(one.leads) for one in draft.plan.occurrences}
    former = (dict(draft.heirs), {key: now[key] for key in leads if key in now}, _order(draft))
    for name, its in effect.after.items():
        if draft.heirs.get(name) == its:
            draft.heirs.pop(name, None)
            draft.heirs.update({name: heirs[name]} if name in heirs else {})
    for key, its in leads.items():
        own = draft.own.get(key)
        if key in now and not (own and "leads" in own.model_fields_set):
            draft.named[key] = {**draft.named.get(key, {}), "leads": its}
            draft.touched.add(id_in(key))
    draft.agencies = dict(sorted(draft.agencies.items(), key=lambda one: order.get(one[0], len(order))))
    draft.effects.append(Effect("heirs", effect.name, former, {name: draft.heirs.get(name) for name in effect.after}))
    return True


def _undo_own(draft: _Draft, effect: Effect) -> bool:
    own, former = effect.before
    if draft.own.get(effect.name) != effect.after:
        return False
    draft.set_own(effect.name, own, former)
    return True


def _undo_ended(draft: _Draft, effect: Effect) -> bool:
    if effect.name not in draft.ended:
        return False
    draft.effects.append(Effect("restored", effect.name, draft.ended.pop(effect.name), None))
    draft.touched.add(id_in(effect.name))
    return True


def _undo_restored(draft: _Draft, effect: Effect) -> bool:
    if effect.name in draft.ended:
        return False
    _end(draft, effect.name, effect.before)
    return True


def _undo_programme(draft: _Draft, effect: Effect) -> bool:
    undone = _undone(draft.programme, effect.before, effect.after)
    if undone is not None:
        _set_programme(draft, undone)
    return undone is not None


_APPLY: dict[str, Callable[[_Draft, Change, Mapping[str, Done]], None]] = {
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
