"""Everything about one milestone: where it comes from, when, who, and what happened."""

from collections.abc import Iterator, Sequence

from cbfa.core.journal import Entry
from cbfa.core.model import Words
from cbfa.core.roadmap import Assignment, Milestone, Target, Workstream
from cbfa.core.selection import Role
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.messages import Message
from cbfa.views.items import OCCURRENCE_FIELDS, entry_item, occurrence_item
from cbfa.views.looks import ROLE
from cbfa.views.page import Block, Cell, Column, Heading, OnDemand, Page, Sentence, Table, Text, Tone
from cbfa.views.pages.journal import Known, entries_table
from cbfa.views.pages.parts import (
    assignment_marks,
    date_marks,
    done_cell,
    envelope,
    figure_of,
    legend,
    opening,
    state_cell,
    workstream_name,
)

NAMES = 2
"""Facts that name a milestone: its title in the other language, and its id. They come first."""


def milestone_page(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Page:
    """Show a milestone and all its occurrences."""
    standings = [standing for standing in snapshot.standings if standing.occurrence.milestone.id == milestone.id]
    entries = [entry for entry in snapshot.entries if entry.key.partition("@")[0] == milestone.id]
    blocks = [*opening(milestone.title, snapshot), *milestone_blocks(snapshot, workstream, standings, entries)]
    items = [occurrence_item(standing) for standing in standings]
    more = {"entries": OnDemand(lambda: map(entry_item, entries))}
    return Page("show", blocks, OCCURRENCE_FIELDS, items, {**envelope(snapshot), **more})


def milestone_blocks(
    snapshot: Snapshot,
    workstream: Workstream,
    standings: Sequence[Standing],
    entries: Sequence[Entry],
    *,
    listed: bool = False,
    known: Known | None = None,
) -> list[Block]:
    """Return everything about a milestone but its title, from its occurrences and their entries. There must be an occurrence.

    What a list of occurrences in both languages shows is left out if the milestone is `listed`.
    """
    milestone = standings[0].occurrence.milestone
    facts = list(_facts(snapshot, workstream, milestone))
    several: list[Block] = (
        [Heading(Message("Occurrences")), _occurrences(standings)] if milestone.recurs or not listed else []
    )
    nothing = Sentence(Message("Nothing has been recorded for it yet."), Tone.QUIET)
    return [
        Table([Column(""), Column("", flexible=True)], facts[NAMES:] if listed else facts),
        Heading(Message("Responsible agencies")),
        _assignments(snapshot, milestone),
        *several,
        *legend(standings, supports=True),
        Heading(Message("Entries")),
        entries_table(snapshot, entries, known=known) if entries else nothing,
    ]


def _facts(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Iterator[list[Cell]]:
    other = Words(vi=milestone.title.en, en=milestone.title.vi)
    yield _fact(Message("In the other language"), other)
    yield _fact(Message("Id"), milestone.id)
    yield _fact(Message("Workstream"), workstream_name(workstream))
    yield _fact(Message("Clauses"), ", ".join(milestone.clauses))
    objectives = {one.clause: one for stream in snapshot.roadmap.workstreams for one in stream.objectives}
    for number, clause in enumerate(milestone.serves):
        objective = Message("{number} {title}", number=clause, title=objectives[clause])
        yield _fact("" if number else Message("Serves"), objective)
    yield _fact(Message("Deadline wording"), f"“{milestone.timing}”" if milestone.timing else Message("none"))
    yield _fact(Message("Read as"), derivation(milestone))
    if milestone.schedule.derived:
        yield _fact(Message("Derived date"), milestone.schedule.derived)
    if milestone.target:
        yield _fact(Message("Target"), target_text(milestone.target, recurs=milestone.recurs))


def _fact(name: Text, value: Text) -> list[Cell]:
    return [Cell(name, Tone.QUIET), Cell(value)]


def derivation(milestone: Milestone) -> Message:
    """Say by which rule the words became dates."""
    schedule = milestone.schedule
    due = schedule.windows()[0].due
    match schedule.kind:
        case "once" if schedule.part:
            text = Message("a part of {year}: due on its last day, {due}", year=schedule.year, due=due)
        case "once":
            text = Message("the year {year}: due on its last day, {due}", year=schedule.year, due=due)
        case "span":
            text = Message(
                "one span, {first}–{last}: due on its last day, {due}",
                first=schedule.first,
                last=schedule.last,
                due=due,
            )
        case "yearly":
            text = Message(
                "every year, {first}–{last}: each due on 31 December of its year",
                first=schedule.first,
                last=schedule.last,
            )
        case "open-ended":
            text = Message("from {start} on: it has a start and no deadline", start=schedule.start)
        case "undated":
            text = Message("no deadline wording, so no deadline")
    return Message("{reading} (tentative)", reading=text) if schedule.tentative else text


def target_text(target: Target, *, recurs: bool) -> Message:
    """Say what the target is: 2–3 organisations a year."""
    if recurs:
        return Message("{figure} {unit} a year", figure=figure_of(target), unit=target)
    return Message("{figure} {unit} in all", figure=figure_of(target), unit=target)


def _assignments(snapshot: Snapshot, milestone: Milestone) -> Table:
    rows = [
        _assignment(snapshot, milestone.lead, Role.LEAD),
        *(_assignment(snapshot, one, Role.SUPPORT) for one in milestone.support),
    ]
    return Table([Column(""), Column(""), Column("", flexible=True)], rows)


def _assignment(snapshot: Snapshot, assignment: Assignment, role: Role) -> list[Cell]:
    why = Message("by clause {basis}", basis=assignment.basis)
    if assignment.inferred:
        why = Message("inferred: {reason}", reason=assignment.inferred)
    name = snapshot.agencies[assignment.agency].name
    return [Cell(ROLE[role], Tone.QUIET), Cell(name, marks=assignment_marks(assignment)), Cell(why, Tone.QUIET)]


def _occurrences(standings: Sequence[Standing]) -> Table:
    columns = [
        Column(Message("State")),
        Column(Message("Planned period"), flexible=True),
        Column(Message("Done on")),
    ]
    rows = [
        [
            state_cell(standing),
            Cell(standing.occurrence.window, marks=date_marks(standing), below=[standing.occurrence.key]),
            done_cell(standing),
        ]
        for standing in standings
    ]
    return Table(columns, rows)
