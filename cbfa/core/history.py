"""The plan over time: the adopted one, and what each act made of it.

The rule from which the rest follows: each day is judged by the plan of that day. State is folded forward in time, acts before entries of
the same day, so a past answer never changes, and a new date for what is late hides nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cbfa.core.agencies import Agencies, Agency, resolve_agency
from cbfa.core.amending import apply
from cbfa.core.amending.draft import Done, Effect, Trouble
from cbfa.core.amendments import Amendment
from cbfa.core.plan import Occurrence, Plan
from cbfa.core.resolve import contains, equals
from cbfa.core.roadmap import Assignment
from cbfa.errors import Invalid

ORIGINAL = date.min
"""The day whose plan is the adopted one."""


class Segment(NamedTuple):
    """An occurrence from a day on, until the next segment begins; None is not planned. `act` brought it about."""

    day: date
    occurrence: Occurrence | None
    act: Amendment | None = None


class Step(NamedTuple):
    """An act that is in force, with the plan after it and what it changed."""

    act: Amendment
    plan: Plan
    changed: Mapping[str, Occurrence | None]
    effects: Sequence[Effect]
    troubles: Sequence[Trouble] = ()


class Past(NamedTuple):
    """The plan on a day, and how it came about.

    `segments` has the occurrences that acts changed, by key, the earliest first; of all others there is nothing to know.
    """

    plan: Plan
    steps: Sequence[Step] = ()
    segments: Mapping[str, Sequence[Segment]] = MappingProxyType({})

    @property
    def occurrences(self) -> list[Occurrence]:
        """The occurrences of the plan in the order of the roadmap, those that are no longer planned after the others of their milestone."""
        planned = {one.key for one in self.plan.occurrences}
        gone: dict[str, list[Occurrence]] = defaultdict(list)
        for key, segments in self.segments.items():
            last = next((one.occurrence for one in reversed(segments) if one.occurrence), None)
            if key not in planned and last:
                gone[last.milestone.id].append(last)
        if not gone:
            return list(self.plan.occurrences)
        its: dict[str, list[Occurrence]] = defaultdict(list)
        for one in self.plan.occurrences:
            its[one.milestone.id].append(one)
        return [
            one for _, milestone in self.plan.roadmap.milestones() for one in (*its[milestone.id], *gone[milestone.id])
        ]

    def offices(self, word: str) -> list[Agency]:
        """Return the agencies that a person means; for one that ended, its heirs, or itself if it has none. Raises Invalid.

        A part of a name means one that ended only if it is in no name of today.
        """
        gone = self.plan.agencies.model_copy(update={"agencies": list(self.plan.gone.values())})
        try:
            return [resolve_agency(self.plan.agencies, word)]
        except Invalid as unknown:
            is_old = any(equals(word, spelling) for one in gone.agencies for spelling in one.spellings)
            is_part = any(contains(word, name) for one in self.plan.agencies.agencies for name in one.names)
            if is_part and not is_old:
                raise
            try:
                ended = resolve_agency(gone, word)
            except Invalid:
                raise unknown from None
        known = {one.id: one for one in self.plan.agencies.agencies}
        return [known[one] for one in self.plan.heirs.get(ended.id, ()) if one in known] or [ended]

    def with_heirs(self, occurrence: Occurrence) -> Occurrence:
        """Return an occurrence with the successors of agencies that ended after it was planned."""
        milestone, gone = occurrence.milestone, self.plan.gone
        if not gone or not any(one.agency in gone for one in (*occurrence.leads, *milestone.assignments)):
            return occurrence
        leads = self._passed(milestone.leads)
        led = {one.agency for one in leads}
        supporting = [one for one in milestone.support if one.agency not in self.plan.closed]
        support = [one for one in self._passed(supporting) if one.agency not in led]
        milestone = milestone.model_copy(update={"leads": leads, "support": support})
        return occurrence._replace(milestone=milestone, leads=tuple(self._passed(occurrence.leads)))

    def _passed(self, assignments: Iterable[Assignment]) -> list[Assignment]:
        """Return assignments by the agencies that have them now, each once."""
        found: dict[str, Assignment] = {}
        for one in assignments:
            heirs = self.plan.heirs.get(one.agency)
            now = one.model_copy(update={"agency": heirs[0]}) if heirs else one
            found.setdefault(now.agency, now)
        return list(found.values())


def everyone(plan: Plan) -> Agencies:
    """Return the agencies of a plan with those that ended before: journals and old reports name them."""
    if not plan.gone:
        return plan.agencies
    return plan.agencies.model_copy(update={"agencies": [*plan.agencies.agencies, *plan.gone.values()]})


class History(NamedTuple):
    """The adopted plan and its amendments, in the order in which they take effect. `whole` is the plan with all of them."""

    adopted: Plan
    amendments: tuple[Amendment, ...]
    whole: Past

    @classmethod
    def of(cls, adopted: Plan, amendments: Iterable[Amendment] = ()) -> "History":
        """Order the amendments: by their day, then as in the file."""
        acts = tuple(sorted(amendments, key=lambda one: one.day))
        return cls(adopted, acts, _past(adopted, acts))

    def until(self, day: date, known_by: date | None = None) -> Past:
        """Return the plan on a day, by the acts that were known on another; with None, by all that are known."""
        acts = [one for one in self.amendments if one.day <= day and (known_by is None or one.known <= known_by)]
        return self.whole if len(acts) == len(self.amendments) else _past(self.adopted, acts)

    def beginning(self, word: str) -> Amendment | None:
        """Return the act that adds the milestone or founds the agency of a name; None if no act does."""
        for act in self.amendments:
            for change in act.changes:
                names = change.found.spellings if change.found else [change.add.milestone.id] if change.add else []
                if any(equals(word, name) for name in names):
                    return act
        return None

    @property
    def agencies(self) -> Agencies:
        """The agencies of all times: those of the last day, then those that ended."""
        return everyone(self.whole.plan)


def _past(adopted: Plan, acts: Iterable[Amendment]) -> Past:
    """Apply acts to the adopted plan, one after the other."""
    steps: list[Step] = []
    segments: dict[str, list[Segment]] = defaultdict(list)
    plan, done = adopted, dict[str, Done]()
    before = {one.key: one for one in adopted.occurrences} if acts else {}
    for act in acts:
        applied = apply(plan, act, done)
        former = {one.key: one for one in plan.occurrences if one.key in applied.changed}
        done[act.id] = Done(applied.effects, {key: (former.get(key), one) for key, one in applied.changed.items()})
        plan = applied.plan
        steps.append(Step(act, plan, applied.changed, applied.effects, applied.troubles))
        for key, occurrence in applied.changed.items():
            if not segments[key]:
                segments[key].append(Segment(ORIGINAL, before.get(key)))
            segments[key].append(Segment(act.day, occurrence, act))
    return Past(_measuring(plan, segments), steps, segments)


def _measuring(plan: Plan, segments: Mapping[str, Sequence[Segment]]) -> Plan:
    """Return a plan that knows what the occurrences that acts changed measured before; most plans share nothing."""
    measures: dict[str, list[tuple[date, str | None]]] = {}
    sharing = {name: list(its) for name, its in plan.sharing.items()}
    for key, its in segments.items():
        planned = its if its[0].occurrence else its[1:]
        measures[key] = [(one.day, _measure(one.occurrence)) for one in planned]
        for one in planned:
            if one.occurrence and (name := _measure(one.occurrence)):
                sharing.setdefault(name, []).append(one.occurrence)
    return plan._replace(sharing=sharing, measures=measures) if sharing else plan


def _measure(occurrence: Occurrence | None) -> str | None:
    target = occurrence.milestone.target if occurrence else None
    return target.measure if target else None
