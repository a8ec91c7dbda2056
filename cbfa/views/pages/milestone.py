"""Everything about one milestone: where it comes from, when, who, and what happened."""

from collections.abc import Iterator, Sequence

from cbfa.core.journal import Entry, by_time
from cbfa.core.plan import id_in
from cbfa.core.roadmap import Assignment, Milestone, Workstream
from cbfa.core.schedule import Window
from cbfa.core.selection import Role
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.targets import Target
from cbfa.messages import Message
from cbfa.views.items import OCCURRENCE_FIELDS, entry_item, fields_in, occurrence_item
from cbfa.views.looks import ROLE, term
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Heading,
    Levels,
    Named,
    Names,
    OnDemand,
    Others,
    Page,
    Reading,
    Sentence,
    Table,
    Text,
    Tone,
)
from cbfa.views.pages.acts import set_by
from cbfa.views.pages.history import history_rows
from cbfa.views.pages.journal import Known, entries_table
from cbfa.views.pages.parts import (
    assignment_marks,
    date_marks,
    done_cell,
    envelope,
    goal_of,
    legend,
    opening,
    short_name,
    state_cell,
    workstream_name,
)
from cbfa.views.pages.schedules import derivation, schedule_words, target_text

MAX_LEVELS = 6
"""Maximum number of agencies whose values over time are shown, where each owes its own."""


def milestone_page(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Page:
    """Show a milestone and all its occurrences."""
    all_standings = (*snapshot.standings, *snapshot.repealed)
    standings = [standing for standing in all_standings if standing.occurrence.milestone.id == milestone.id]
    ids = (milestone.id, *milestone.formerly)
    deciding = {
        entry.id for one in standings for entry in snapshot.plan.entries_about(one.occurrence, snapshot.entries_of)
    }
    entries = [entry for entry in snapshot.entries if id_in(entry.key) in ids or entry.id in deciding]
    blocks = [*opening(milestone.title, snapshot), *milestone_blocks(snapshot, workstream, standings, entries)]
    items = [occurrence_item(standing, snapshot.roadmap.programme) for standing in standings]
    more = {"entries": OnDemand(lambda: map(entry_item, entries))}
    return Page(
        "show", blocks, fields_in(OCCURRENCE_FIELDS, snapshot.roadmap.programme), items, {**envelope(snapshot), **more}
    )


def milestone_blocks(
    snapshot: Snapshot,
    workstream: Workstream,
    standings: Sequence[Standing],
    entries: Sequence[Entry],
    *,
    listed: bool = False,
    known: Known | None = None,
) -> list[Block]:
    """Return everything about a milestone but its title, from its occurrences, planned or not, and their entries. There must be one.

    What a list of occurrences in both languages shows is left out if the milestone is `listed`.
    """
    milestone = _as_planned(snapshot, standings)
    facts = [*([] if listed else _names(milestone)), *_facts(snapshot, workstream, milestone)]
    several: list[Block] = (
        [Heading(Message("Occurrences")), _occurrences(standings)]
        if milestone.recurs or milestone.each or not listed
        else []
    )
    levels: list[Block] = list(levels_of(snapshot, standings))
    acts = history_rows(snapshot, standings)
    nothing = Sentence(Message("Nothing has been recorded for it yet."), Tone.QUIET)
    return [
        Table([Column(""), Column("", flexible=True)], facts),
        Heading(Message("Responsible agencies")),
        _assignments(snapshot, milestone),
        *several,
        *legend(snapshot.roadmap.programme, standings, supports=True),
        *([Heading(Message("Values over time")), *levels] if levels else []),
        Heading(Message("History") if acts else Message("Entries")),
        entries_table(snapshot, entries, acts, keys=_is_shared(milestone, entries), known=known)
        if entries or acts
        else nothing,
    ]


def _as_planned(snapshot: Snapshot, standings: Sequence[Standing]) -> Milestone:
    """Return the milestone of the plan in force; what fell due before an act has the one of its own day."""
    its = standings[-1].occurrence.milestone
    return next((one for _, one in snapshot.roadmap.milestones() if one.id == its.id), its)


def _is_shared(milestone: Milestone, entries: Sequence[Entry]) -> bool:
    """Return True if an entry belongs to another milestone, so that each needs its key."""
    return any(id_in(entry.key) not in (milestone.id, *milestone.formerly) for entry in entries)


def _names(milestone: Milestone) -> Iterator[list[Cell]]:
    if len(milestone.title.texts) > 1:
        yield _fact(Message("In the other language"), Message("{others}", others=Others(milestone.title)))
    yield _fact(Message("Id"), milestone.id)


def _facts(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Iterator[list[Cell]]:
    yield _fact(term("workstream", snapshot.roadmap.programme), workstream_name(workstream))
    yield _fact(term("clauses", snapshot.roadmap.programme), _clauses(snapshot, milestone))
    objectives = [one for stream in snapshot.roadmap.workstreams for one in stream.objective_texts]
    served = [one for clause in milestone.serves for one in objectives if one.clause == clause]
    for number, one in enumerate(served):
        objective = Message("{number} {title}", number=one.clause, title=one.text)
        yield _fact("" if number else Message("Serves"), objective)
    if milestone.text:
        yield _fact(Message("Official wording"), milestone.text)
    if milestone.result:
        yield _fact(Message("Product"), milestone.result)
    yield _fact(Message("Deadline wording"), f"“{milestone.timing}”" if milestone.timing else Message("none"))
    added, act = snapshot.plan.begun.get(milestone.id), set_by(snapshot, milestone.id, "schedule")
    programme = snapshot.roadmap.programme
    is_removed = act is not None and milestone.schedule is None
    reading = schedule_words(milestone, programme) if is_removed else derivation(milestone, programme, added)
    yield _fact(
        Message("Read as"), Message("{reading}; set by {act}", reading=reading, act=act.act) if act else reading
    )
    if milestone.derived:
        yield _fact(Message("Derived date"), milestone.derived)
    if milestone.target:
        yield _fact(Message("Target"), target_text(milestone.target, milestone.schedule))
        if milestone.target.measure:
            yield _fact(Message("Shared with"), ", ".join(_sharers(milestone, snapshot)))


def _clauses(snapshot: Snapshot, milestone: Milestone) -> Text:
    """Name the clauses of a milestone; those of the act that added it with the act."""
    clauses, act = ", ".join(milestone.clauses), set_by(snapshot, milestone.id, "clauses")
    if act is None or set(milestone.clauses) <= snapshot.roadmap.programme.headings().keys():
        return clauses
    return Message("{clauses} of {act}", clauses=clauses, act=act.act)


def _fact(name: Text, value: Text) -> list[Cell]:
    return [Cell(name, Tone.QUIET), Cell(value)]


def _sharers(milestone: Milestone, snapshot: Snapshot) -> list[str]:
    """Return the ids of the other milestones that count and measure the same."""
    measure = milestone.target.measure if milestone.target else None
    sharers = dict.fromkeys(one.milestone.id for one in snapshot.plan.sharing.get(measure or "", ()))
    return [one for one in sharers if one != milestone.id]


def _assignments(snapshot: Snapshot, milestone: Milestone) -> Table:
    clauses = Message("by clause {basis}", basis=", ".join(milestone.clauses))
    leads, support = (
        Message("by {act}", act=act.act) if act else clauses
        for act in (set_by(snapshot, milestone.id, field) for field in ("leads", "support"))
    )
    rows = [
        *(_assignment(snapshot, one, Role.LEAD, leads) for one in milestone.leads),
        *(_assignment(snapshot, one, Role.SUPPORT, support) for one in milestone.support),
    ]
    return Table([Column(""), Column(""), Column("", flexible=True)], rows)


def _assignment(snapshot: Snapshot, assignment: Assignment, role: Role, usual: Message) -> list[Cell]:
    """Return the row of an agency with why it has its role: its own clause or reason, else the usual one."""
    why = Message("by clause {basis}", basis=assignment.basis) if assignment.basis else usual
    if assignment.inferred:
        why = Message("inferred: {reason}", reason=assignment.inferred)
    agency = snapshot.agencies[assignment.agency]
    members = [Named(short_name(one)) for one in snapshot.agencies.members_of(agency)]
    below = [Names(Message("members:"), members)] if members else []
    name = Cell(agency.name, marks=assignment_marks(assignment), below=below)
    return [Cell(ROLE[role], Tone.QUIET), name, Cell(why, Tone.QUIET)]


def levels_of(snapshot: Snapshot, standings: Sequence[Standing]) -> list[Levels]:
    """Return the values of the level of a milestone. Where each owes its own, they are apart, unless these are many."""
    target = standings[0].occurrence.milestone.target
    if target is None or target.level is None:
        return []
    owed: dict[str, list[Standing]] = {}
    for standing in standings:
        member = standing.occurrence.member
        owed.setdefault(member.id if member else "", []).append(standing)
    found = [levels for its in owed.values() if (levels := _levels(snapshot, its, target)).readings]
    return found if len(found) <= MAX_LEVELS else []


def _levels(snapshot: Snapshot, standings: Sequence[Standing], target: Target) -> Levels:
    """Return the values of one agency, or of all together, whichever period they were recorded for."""
    by_key, occurrences = snapshot.entries_of, [standing.occurrence for standing in standings]
    entries = {entry.id: entry for one in occurrences for entry in snapshot.plan.entries_about(one, by_key)}
    readings = [
        Reading(entry.day, entry.on.shown, entry.value)
        for entry in sorted(entries.values(), key=by_time)
        if entry.value is not None
    ]
    member = occurrences[0].member
    window = Window(standings[0].opens, occurrences[-1].window.due)
    name = short_name(member) if member else ""
    return Levels(name, readings, target.baseline, target.figure, goal_of(target), window)


def _named(standing: Standing) -> list[Text]:
    """Return what names an occurrence: the agency that owes it, if each owes its own, and the key."""
    occurrence = standing.occurrence
    return [*([occurrence.member.name] if occurrence.member else []), occurrence.key]


def _occurrences(standings: Sequence[Standing]) -> Table:
    columns = [
        Column(Message("State")),
        Column(Message("Planned period"), flexible=True),
        Column(Message("Done on")),
    ]
    rows = [
        [
            state_cell(standing),
            Cell(standing.occurrence.window, marks=date_marks(standing), below=_named(standing)),
            done_cell(standing),
        ]
        for standing in standings
    ]
    return Table(columns, rows)
