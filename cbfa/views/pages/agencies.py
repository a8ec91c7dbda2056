"""The agencies with their counts, and the report of an agency: duties, what it leads and supports, and what needs attention first."""

from collections.abc import Iterator, Sequence

from cbfa.core.agencies import Agency
from cbfa.core.selection import Role, Selection
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Timing
from cbfa.core.tally import Tally, by_agency, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import AGENCY_FIELDS, OCCURRENCE_FIELDS, agency_item, occurrence_item
from cbfa.views.looks import ROLE
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Heading,
    Item,
    Names,
    OnDemand,
    Page,
    Percent,
    Sentence,
    Table,
    Text,
    Tone,
)
from cbfa.views.pages.parts import (
    agency_cell,
    assignment_marks,
    due_cell,
    envelope,
    legend,
    milestone_cell,
    opening,
    short_name,
    short_names,
    state_cell,
    under_workstreams,
)

ATTENTION = 5
"""Rows of what an agency should look at first."""


def agencies_page(snapshot: Snapshot) -> Page:
    """List every agency, in the order of the file."""
    columns = [
        Column(Message("Agency"), flexible=True),
        Column(Message("Short")),
        Column(Message("Code")),
        Column(ROLE[Role.LEAD], numeric=True),
        Column(Message("leads, overdue"), numeric=True),
        Column(ROLE[Role.SUPPORT], numeric=True),
        Column(Message("duties"), numeric=True),
    ]
    leads = by_agency(snapshot.agencies, snapshot.standings)
    supports = by_agency(snapshot.agencies, snapshot.standings, Role.SUPPORT)
    tallies = [(agency, led, supported) for (agency, led), (_, supported) in zip(leads, supports, strict=True)]
    rows = [
        [
            Cell(agency.name, below=[agency.id]),
            Cell(short_name(agency)),
            Cell(agency.code),
            Cell(led.total),
            Cell(led.overdue, Tone.BAD if led.overdue else Tone.PLAIN),
            Cell(supported.total),
            Cell(len(agency.duties)),
        ]
        for agency, led, supported in tallies
    ]
    blocks = [*opening(Message("Agencies"), snapshot), Table(columns, rows)]
    return Page("agencies", blocks, AGENCY_FIELDS, [agency_item(*tally) for tally in tallies], envelope(snapshot))


def report_page(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Page:
    """Report on one agency, or on several in the order of the file; with a year, on what touches it."""
    blocks: list[Block] = []
    for agency in agencies:
        led, supported = (_assigned(snapshot, agency, role, year) for role in (Role.LEAD, Role.SUPPORT))
        blocks += [Heading(agency.name, 1)] if blocks else opening(agency.name, snapshot)
        blocks += _report(snapshot, agency, led, supported, year)
    shown = [standing for agency in agencies for standing in _assigned(snapshot, agency, None, year)]
    blocks += legend(shown, supports=True)
    more = {"year": year, "agencies": [_agency_item(snapshot, agency, year) for agency in agencies]}
    items = OnDemand(lambda: _items(snapshot, agencies, year))
    return Page("report", blocks, ("agency", "role", *OCCURRENCE_FIELDS), items, {**envelope(snapshot), **more})


def _items(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Iterator[Item]:
    for agency in agencies:
        for role in (Role.LEAD, Role.SUPPORT):
            for standing in _assigned(snapshot, agency, role, year):
                yield {"agency": agency.id, "role": role.value, **occurrence_item(standing)}


def _agency_item(snapshot: Snapshot, agency: Agency, year: int | None) -> Item:
    led, supported = (_assigned(snapshot, agency, role, year) for role in (Role.LEAD, Role.SUPPORT))
    return agency_item(agency, count_occurrences(led), count_occurrences(supported))


def _assigned(snapshot: Snapshot, agency: Agency, role: Role | None, year: int | None) -> list[Standing]:
    return Selection(agencies=[agency], role=role, year=year).select(snapshot.standings)


def _report(
    snapshot: Snapshot, agency: Agency, led: list[Standing], supported: list[Standing], year: int | None
) -> Iterator[Block]:
    if year:
        only = Message("Only milestones whose period includes {year}; those without dates are left out.", year=year)
        yield Sentence(only, Tone.QUIET)
    yield _totals(count_occurrences(led), count_occurrences(supported))
    yield from _attention(led)
    yield from _duties(agency)
    yield from _milestones(Message("Leads"), led, snapshot, agency, Role.LEAD)
    yield from _milestones(Message("Supports"), supported, snapshot, agency, Role.SUPPORT)


def _totals(leads: Tally, supports: Tally) -> Table:
    columns = [
        Column(""),
        Column(Message("occurrences"), numeric=True),
        Column(Message("milestones"), numeric=True),
        Column(Message("done"), numeric=True),
        Column("%", numeric=True),
        Column(Message("overdue"), numeric=True),
        Column(Message("no deadline set"), numeric=True),
    ]
    return Table(columns, [_total(Message("Leads"), leads), _total(Message("Supports"), supports)])


def _total(name: Text, tally: Tally) -> list[Cell]:
    return [
        Cell(name, Tone.STRONG),
        Cell(tally.total),
        Cell(tally.milestones),
        Cell(tally.done),
        Cell(Percent(tally.done, tally.total)),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.PLAIN),
        Cell(tally.official[OfficialClass.NO_DEADLINE]),
    ]


def _attention(led: list[Standing]) -> Iterator[Block]:
    """Show what the agency leads that is overdue, then what is due soon."""
    urgent = sorted(
        (standing for standing in led if standing.timing in (Timing.OVERDUE, Timing.DUE_SOON)),
        key=lambda standing: str(standing.occurrence.window.due),
    )
    yield Heading(Message("Needs attention first"))
    if not urgent:
        yield Sentence(Message("Nothing that it leads is overdue or due soon."), Tone.GOOD)
        return
    columns = [Column(""), Column(""), Column("", flexible=True)]
    yield Table(columns, [[state_cell(one), due_cell(one), milestone_cell(one)] for one in urgent[:ATTENTION]])
    if (more := len(urgent) - ATTENTION) > 0:
        yield Sentence(
            Plural("… and {count} more, in the list below", "… and {count} more, in the list below", count=more),
            Tone.QUIET,
        )


def _duties(agency: Agency) -> Iterator[Block]:
    if agency.duties:
        yield Heading(Message("Duties"))
        rows = [[Cell(duty.clause, Tone.QUIET), Cell(duty)] for duty in agency.duties]
        yield Table([Column(""), Column("", flexible=True)], rows)


def _milestones(
    title: Text, standings: list[Standing], snapshot: Snapshot, agency: Agency, role: Role
) -> Iterator[Block]:
    if not standings:
        return
    yield Heading(title)
    columns = [Column(Message("State")), Column(Message("Due")), Column(Message("Milestone"), flexible=True)]
    columns += [Column(Message("Lead"))] if role is Role.SUPPORT else []
    yield Table(
        columns,
        OnDemand(
            lambda: under_workstreams(
                (standing.occurrence.workstream, _row(standing, snapshot, agency, role)) for standing in standings
            )
        ),
    )


def _row(standing: Standing, snapshot: Snapshot, agency: Agency, role: Role) -> list[Cell]:
    """Return state, deadline and title; with its partners where it leads, with the lead where it supports."""
    milestone = standing.occurrence.milestone
    own = next(one for one in milestone.assignments if one.agency == agency.id)
    title = milestone_cell(standing)._replace(marks=assignment_marks(own))
    if role is Role.LEAD and milestone.support:
        partners = Names(Message("with"), short_names(milestone.support, snapshot.agencies))
        title = title._replace(below=[*title.below, partners])
    row = [state_cell(standing, last_entry=True), due_cell(standing), title]
    return [*row, agency_cell(milestone.lead, snapshot.agencies)] if role is Role.SUPPORT else row
