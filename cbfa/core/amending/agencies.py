"""Apply the changes of agencies: `found`, `merge`, `close`, `group`."""

from collections.abc import Iterable

from cbfa.core.agencies import Agency
from cbfa.core.amending.draft import Draft, Effect
from cbfa.core.amendments import Change
from cbfa.core.plan import id_in
from cbfa.core.resolve import suggest
from cbfa.core.roadmap import Assignment, Milestone
from cbfa.core.text import squashed
from cbfa.messages import Message


def found(draft: Draft, change: Change) -> None:
    """Found an agency. Its names must be no other agency's on that day."""
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
    draft.closed.discard(agency.id)
    draft.set_agency(agency.id, agency)
    draft.effects.append(Effect("founded", agency.id, False, True))


def merge(draft: Draft, change: Change) -> None:
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


def _pass_on(draft: Draft, agency: Agency, heir_id: str) -> None:
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


def _inherit(draft: Draft, name: str, heirs: tuple[str, ...]) -> None:
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
    draft.effects.append(Effect("heirs", name, (before, leads, draft.order()), after))


def _replace_everywhere(draft: Draft, old: str, new: str) -> None:
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
        draft.set_programme(draft.programme.model_copy(update={"coordinator": new}))


def close(draft: Draft, change: Change) -> None:
    """Close agencies. One that leads something open must have been relieved of it by the same act; its support ends."""
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
        draft.closed.add(name)
        for workstream, milestone in list(draft.milestones.values()):
            support = [one for one in milestone.support if one.agency != name]
            if len(support) < len(milestone.support):
                draft.set_milestone(workstream, milestone, milestone.model_copy(update={"support": support}))
        for group in [one for one in draft.agencies.values() if name in one.members]:
            draft.set_agency(
                group.id, group.model_copy(update={"members": [one for one in group.members if one != name]})
            )
        draft.set_agency(name, None)


def _led(state: tuple[str, Milestone | None], agency_id: str) -> bool:
    """Return True if an agency led a milestone; one that was added was not there before."""
    return state[1] is not None and any(lead.agency == agency_id for lead in state[1].leads)


def group(draft: Draft, change: Change) -> None:
    """Let members leave a group, and others join it."""
    group = draft.find_agency(change.group or "", "group")
    if group is None:
        return
    for number, name in enumerate(change.leave):
        if name not in group.members:
            draft.trouble(
                Message("{agency} is no member of {group} on {day}", agency=name, group=group.id, day=draft.day),
                suggest(name, group.members)
                if group.members
                else Message("take {agency} out of this list", agency=name),
                "leave",
                number,
            )
    if change.join and not group.members:
        draft.trouble(
            Message("{agency} is no group: it has no members", agency=group.id),
            Message("name a group, which has members in agencies.yaml"),
            "group",
        )
        return
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
