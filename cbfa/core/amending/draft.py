"""A plan while an act is applied to it: what the act has changed so far, what does not fit, and in the end the occurrences that differ."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.amendments import MilestoneFields
from cbfa.core.periods import Period
from cbfa.core.plain import plain_value, written
from cbfa.core.plan import Occurrence, Plan, id_in, occurrences_of
from cbfa.core.resolve import did_you_mean, list_names, nearest, suggest
from cbfa.core.roadmap import Assignment, Milestone, Programme, Workstream
from cbfa.core.text import squashed
from cbfa.messages import Message
from cbfa.problems import KeyPath

DELETE = Message("delete this change, or its act if it has no other")
"""The fix for what is decided already."""


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


class Draft:
    """A plan while an act is applied to it."""

    def __init__(self, plan: Plan, day: date, earlier: Mapping[str, Done]) -> None:
        self.plan, self.day, self.earlier = plan, day, earlier
        self.path: KeyPath = ()
        self.programme = plan.programme
        self.milestones = {one.id: (workstream.id, one) for workstream, one in plan.roadmap.milestones()}
        self.agencies = {agency.id: agency for agency in plan.agencies.agencies}
        self.gone, self.heirs, self.closed = dict(plan.gone), dict(plan.heirs), set(plan.closed)
        self.own, self.revoked = dict(plan.own), set(plan.revoked)
        self.begun = dict(plan.begun)
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
        """The ids of milestones without case and punctuation; found when the first milestone is added."""
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
            near, form = nearest(name, self.agencies), f"{{found: {{id: {name}, name: …}}}}"
            new = Message(
                "{known}; if it is new, found it in this act: {form}", known=list_names(self.agencies), form=form
            )
            self.trouble(Message("unknown agency “{word}”", word=name), did_you_mean(near) if near else new, *path)
        return None

    def differs(self, key: str, field: str, in_force: Any, *path: str) -> None:  # noqa: ANN401 - any value of a file
        """Note that `was` is not what was in force, with what was."""
        name = {"leads": "lead"}.get(field, field)
        self.trouble(
            Message("“{field}” of “{key}” was not this on {day}", field=name, key=key, day=self.day),
            Message(
                "write what was in force before this act: {form}",
                form=f"{name}: {written(plain_value(in_force, name), name)}",
            ),
            *path,
            "was",
            name,
        )

    def _successor(self, name: str) -> Message:
        heirs = self.heirs.get(name)
        return Message("name its successor: {names}", names=", ".join(heirs)) if heirs else list_names(self.agencies)

    def set_milestone(self, workstream: str, before: Milestone | None, after: Milestone) -> None:
        """Put a milestone into the plan."""
        self.effects.append(Effect("milestone", after.id, (workstream, before), (workstream, after)))
        self.milestones[after.id] = (workstream, after)
        if before is None:
            self.squashed_ids.add(squashed(after.id))
            self.begun[after.id] = self.day
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

    def end(self, key: str, into: Sequence[str]) -> None:
        """End a milestone or an occurrence."""
        self.effects.append(Effect("ended", key, None, into))
        self.ended[key] = into
        self.touched.add(id_in(key))

    def set_programme(self, after: Programme) -> None:
        """Change the programme; with another period, every milestone is worked out again."""
        self.effects.append(Effect("programme", "", self.programme, after))
        if self.programme.frame != after.frame:
            self.touched |= set(self.milestones)
        self.programme = after

    def order(self) -> dict[str, int]:
        """Return the place of each agency among the agencies."""
        return {name: number for number, name in enumerate(self.agencies)}

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
            closed=frozenset(self.closed & self.gone.keys()),
            own=self.own,
            revoked=frozenset(self.revoked),
            begun=self.begun,
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
        if milestone.id in self.begun:
            fresh = [_opened(one, self.begun[milestone.id]) for one in fresh]
        repeats = milestone.recurs or milestone.each or any(one.window.name or one.member for one in old)
        if not repeats:
            return fresh
        stray = self._stray(milestone, workstream, old)
        reverted = {key: one for key, one in self.reverted.items() if id_in(key) == milestone.id}
        old = [one for one in old if one.key not in reverted] + [one for one in reverted.values() if one]
        stray |= {key for key, one in reverted.items() if one} - {one.key for one in fresh}
        kept = [
            self._supported(_with(one, self.named.get(one.key, {})), milestone)._replace(
                leads=self._leads(one, milestone)
            )
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

    def _supported(self, occurrence: Occurrence, milestone: Milestone) -> Occurrence:
        """Return an occurrence that stays; with the support of today if one of its agencies is gone because its founding was revoked."""
        support = occurrence.milestone.support
        if all(one.agency in self.agencies or one.agency in self.heirs for one in support):
            return occurrence
        return occurrence._replace(milestone=occurrence.milestone.model_copy(update={"support": milestone.support}))

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


def _opened(occurrence: Occurrence, day: date) -> Occurrence:
    """Return an occurrence that is open from the day of the act that added it, if its schedule says no other day."""
    schedule, window = occurrence.milestone.schedule, occurrence.window
    if schedule is None or schedule.from_ or schedule.in_ or schedule.every:
        return occurrence
    return occurrence._replace(window=window._replace(start=min(day, window.due or day)))


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
