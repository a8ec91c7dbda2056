"""The plan: roadmap and agencies together, with the occurrences that follow from them.

An occurrence is a milestone in one period, or for one member: the unit that is due, late or done. Its key names it: `id`, `id@2012-Q3`,
`id/HuyenTraLinh`, `id@2012-Q3/HuyenTraLinh`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.amendments import MilestoneFields
from cbfa.core.journal import Entry, Event, Journal, by_time
from cbfa.core.roadmap import Assignment, Milestone, Programme, Roadmap, Workstream
from cbfa.core.schedule import Window


def id_in(key: str) -> str:
    """Return the milestone's id in a key."""
    return key.partition("@")[0].partition("/")[0]


class Occurrence(NamedTuple):
    """One milestone in one window, or a member's part of it.

    `leads` answer for this one. Of a milestone in which each lead owes its own, `member` is the agency that owes this one, and `group` the
    group through which it does, if any. `through` has the groups that have a part in it, by the ids of their members.
    """

    key: str
    milestone: Milestone
    workstream: Workstream
    window: Window
    leads: tuple[Assignment, ...]
    member: Agency | None = None
    group: str | None = None
    through: Mapping[str, str] = MappingProxyType({})

    @property
    def shared_key(self) -> str:
        """The key without the member: what all members have in common."""
        return self.key.partition("/")[0]

    @property
    def is_inferred(self) -> bool:
        """True if no clause says that any of its leads has it."""
        return all(lead.inferred is not None for lead in self.leads)


class Plan(NamedTuple):
    """A roadmap with its agencies, its occurrences in the order of the roadmap, and what leads to them from the entries of a journal.

    `former` has the keys of today by older spellings; `sharing` the occurrences by the measure that their targets name.
    """

    roadmap: Roadmap
    agencies: Agencies
    occurrences: tuple[Occurrence, ...]
    former: Mapping[str, str]
    sharing: Mapping[str, Sequence[Occurrence]]
    gone: Mapping[str, Agency] = MappingProxyType({})
    """The agencies that ended by a merger or a closing, by id."""
    heirs: Mapping[str, Sequence[str]] = MappingProxyType({})
    """The ids of their successors."""
    closed: frozenset[str] = frozenset()
    """The ids of those that were closed, not merged: their heirs have what they led, and nobody what they supported."""
    own: Mapping[str, MilestoneFields] = MappingProxyType({})
    """What acts changed of single occurrences, by key."""
    measures: Mapping[str, Sequence[tuple[date, str | None]]] = MappingProxyType({})
    """What the targets of occurrences that acts changed measured, by key, each from a day on."""
    revoked: frozenset[str] = frozenset()
    """The ids of the acts that are revoked."""
    begun: Mapping[str, date] = MappingProxyType({})
    """The days on which acts added milestones, by id."""
    ended: Mapping[str, Sequence[str]] = MappingProxyType({})
    """The milestones and occurrences that were repealed, by id or key, each with those in which the work goes on."""

    @classmethod
    def of(cls, roadmap: Roadmap, agencies: Agencies) -> "Plan":
        """Work out the occurrences of a roadmap. Agencies that are not there have no members."""
        found = [
            one
            for workstream, milestone in roadmap.milestones()
            for one in occurrences_of(milestone, workstream, roadmap.programme, agencies)
        ]
        return cls.made(roadmap, agencies, found)

    @classmethod
    def made(cls, roadmap: Roadmap, agencies: Agencies, occurrences: Sequence[Occurrence]) -> "Plan":
        """Make a plan of occurrences that were worked out."""
        former: dict[str, str] = {}
        sharing: dict[str, list[Occurrence]] = defaultdict(list)
        for one in occurrences:
            former.update(_former_keys(one))
            if one.milestone.target and one.milestone.target.measure:
                sharing[one.milestone.target.measure].append(one)
        return cls(roadmap, agencies, tuple(occurrences), former, sharing)

    @property
    def programme(self) -> Programme:
        """The programme of the roadmap."""
        return self.roadmap.programme

    def of_milestone(self, milestone: Milestone) -> list[Occurrence]:
        """Return the occurrences of a milestone."""
        return [one for one in self.occurrences if one.milestone.id == milestone.id]

    def key_of(self, entry: Entry) -> str:
        """Return the key that an entry means, spelled as it is today."""
        return self.former.get(entry.key, entry.key)

    def entries_by_key(
        self, journal: Journal, *, as_of: date | None = None, known_by: date | None = None
    ) -> dict[str, list[Entry]]:
        """Return the entries that count by the key that they mean, each list in the order in which things happened."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in journal.counting(as_of=as_of, known_by=known_by):
            found[self.key_of(entry)].append(entry)
        for its in found.values():
            its.sort(key=by_time)
        return dict(found)

    def entries_about(self, occurrence: Occurrence, by_key: Mapping[str, Sequence[Entry]]) -> Sequence[Entry]:
        """Return the entries that decide the state of an occurrence, in the order in which things happened.

        Milestones whose targets name the same measure share counts and values, whichever key the entry has: by the plan of the day of the
        entry, so what an act changes or repeals takes nothing back. What else an entry of another key says is not said of this one.
        """
        own, key = by_key.get(occurrence.key, ()), occurrence.key
        measured = self._measured(occurrence)
        names = {name for _, name in measured if name}
        begun, first = measured[0]  # of what an act added, what happened before counts as on its first day
        others = {one.key: one for name in names for one in self.sharing.get(name, ()) if one.key != key}
        shared = [
            entry.model_copy(update={"event": Event.PROGRESS})
            for other in others.values()
            for entry in by_key.get(other.key, ())
            if (entry.count is not None or entry.value is not None)
            and (measure := self._measure_on(entry.day, other))
            and measure == (first if entry.day < begun else self._measure_on(entry.day, occurrence))
        ]
        return sorted([*own, *shared], key=by_time) if shared else own

    def _measured(self, occurrence: Occurrence) -> Sequence[tuple[date, str | None]]:
        """Return what the target of an occurrence measured, each from a day on."""
        target = occurrence.milestone.target
        return self.measures.get(occurrence.key) or ((date.min, target.measure if target else None),)

    def _measure_on(self, day: date, occurrence: Occurrence) -> str | None:
        """Return what the target of an occurrence measured on a day."""
        return next((name for since, name in reversed(self._measured(occurrence)) if since <= day), None)


def occurrences_of(
    milestone: Milestone, workstream: Workstream, programme: Programme, agencies: Agencies
) -> Iterator[Occurrence]:
    """Yield the occurrences of a milestone, by period, then by member."""
    known = {agency.id: agency for agency in agencies.agencies}
    through = _through(milestone.assignments, agencies, known)
    owed = list(_owed(milestone, agencies, known)) if milestone.each else []
    for window in milestone.windows(programme.frame):
        key = f"{milestone.id}@{window.name}" if window.name else milestone.id
        if not milestone.each:
            yield Occurrence(key, milestone, workstream, window, tuple(milestone.leads), through=through)
        for member, group, lead in owed:
            yield Occurrence(f"{key}/{member.id}", milestone, workstream, window, (lead,), member, group)


def _through(assignments: Iterable[Assignment], agencies: Agencies, known: Mapping[str, Agency]) -> Mapping[str, str]:
    """Return the groups that have a part, by the ids of their members; of several, the first."""
    found: dict[str, str] = {}
    for assignment in assignments:
        group = known.get(assignment.agency)
        for member in agencies.members_of(group) if group and group.members else ():
            found.setdefault(member.id, assignment.agency)
    return found


def _owed(
    milestone: Milestone, agencies: Agencies, known: Mapping[str, Agency]
) -> Iterator[tuple[Agency, str | None, Assignment]]:
    """Yield each agency that owes its own, once, with its group and its assignment."""
    seen: set[str] = set()
    for lead in milestone.leads:
        agency = known.get(lead.agency)
        if agency is None:
            continue
        members = agencies.members_of(agency) if agency.members else []
        for member in members or [agency]:
            if member.id not in seen:
                seen.add(member.id)
                group = agency.id if members else None
                yield member, group, lead.model_copy(update={"agency": member.id})


def _former_keys(occurrence: Occurrence) -> Iterator[tuple[str, str]]:
    """Yield the older spellings of a key, each with that of today."""
    milestone, member = occurrence.milestone, occurrence.member
    if not milestone.formerly and not (member and member.formerly):
        return
    window = f"@{occurrence.window.name}" if occurrence.window.name else ""
    members = [f"/{one}" for one in (member.id, *member.formerly)] if member else [""]
    for key in (f"{one}{window}{its}" for one in (milestone.id, *milestone.formerly) for its in members):
        if key != occurrence.key:
            yield key, occurrence.key
