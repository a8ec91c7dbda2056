"""What an agency is responsible for: its duties, what it leads and supports, and what needs its attention first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbfa.core.agencies import Agency
from cbfa.core.selection import Role, Selection
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Timing
from cbfa.core.tally import Tally
from cbfa.locale import _, ngettext
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, Heading, OnDemand, Page, Record, Sentence, Share, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.pages.groups import under_workstreams
from cbfa.views.records import OCCURRENCE_FIELDS, agency_record, occurrence_record

ATTENTION = 5
"""How many things an agency is told to look at first."""


def report_page(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Page:
    """The report of one agency, or of several in the order of the file; with a year, of what touches it."""
    blocks: list[Block] = []
    for number, agency in enumerate(agencies):
        led, supported = (_assigned(snapshot, agency, role, year) for role in (Role.LEAD, Role.SUPPORT))
        title = words.said(agency.name)
        blocks += opening(title, snapshot) if number == 0 else [Heading(title, 1)]
        blocks += _agency(snapshot, agency, led, supported, year)
    shown = [standing for agency in agencies for standing in _assigned(snapshot, agency, None, year)]
    blocks += words.legend(shown, supports=True)
    more = {
        "year": year,
        "agencies": [
            agency_record(
                agency, *(Tally.of(_assigned(snapshot, agency, role, year)) for role in (Role.LEAD, Role.SUPPORT))
            )
            for agency in agencies
        ],
    }
    items = OnDemand(lambda: _items(snapshot, agencies, year))
    return Page("report", blocks, ("agency", "role", *OCCURRENCE_FIELDS), items, {**envelope(snapshot), **more})


def _items(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Iterator[Record]:
    for agency in agencies:
        for role in (Role.LEAD, Role.SUPPORT):
            for standing in _assigned(snapshot, agency, role, year):
                yield {"agency": agency.id, "role": role.value, **occurrence_record(standing)}


def _assigned(snapshot: Snapshot, agency: Agency, role: Role | None, year: int | None) -> list[Standing]:
    return Selection(agency=agency, role=role, year=year).of(snapshot.standings)


def _agency(
    snapshot: Snapshot, agency: Agency, led: list[Standing], supported: list[Standing], year: int | None
) -> Iterator[Block]:
    if year:
        yield Sentence(_("Only what can be done in {year}; what has no dates is left out.", year=year), Tone.QUIET)
    yield _totals(Tally.of(led), Tally.of(supported))
    yield from _attention(led)
    yield from _duties(agency)
    yield from _milestones(_("Leads"), led, snapshot, agency, Role.LEAD)
    yield from _milestones(_("Supports"), supported, snapshot, agency, Role.SUPPORT)


def _totals(leads: Tally, supports: Tally) -> Table:
    columns = [
        Column(""),
        Column(_("occurrences"), numeric=True),
        Column(_("milestones"), numeric=True),
        Column(_("done"), numeric=True),
        Column("%", numeric=True),
        Column(_("overdue"), numeric=True),
        Column(_("no deadline"), numeric=True),
    ]
    return Table(columns, [_total(_("Leads"), leads), _total(_("Supports"), supports)])


def _total(name: str, tally: Tally) -> list[Cell]:
    return [
        Cell(name, Tone.STRONG),
        Cell(tally.total),
        Cell(tally.milestones),
        Cell(tally.done),
        Cell(Share(tally.done, tally.total)),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.PLAIN),
        Cell(tally.official[OfficialClass.NO_DEADLINE]),
    ]


def _attention(led: list[Standing]) -> Iterator[Block]:
    """What it leads that is overdue, then what is due soon."""
    urgent = sorted(
        (standing for standing in led if standing.timing in (Timing.OVERDUE, Timing.DUE_SOON)),
        key=lambda standing: str(standing.occurrence.window.due),
    )
    yield Heading(_("Needs attention first"))
    if not urgent:
        yield Sentence(_("Nothing that it leads is overdue or due soon."), Tone.GOOD)
        return
    columns = [Column(""), Column(""), Column("", flexible=True)]
    yield Table(
        columns, [[words.state_cell(one), words.due_cell(one), words.milestone_cell(one)] for one in urgent[:ATTENTION]]
    )
    if len(urgent) > ATTENTION:
        more = ngettext(
            "… and {count} more, in the list below", "… and {count} more, in the list below", len(urgent) - ATTENTION
        )
        yield Sentence(more, Tone.QUIET)


def _duties(agency: Agency) -> Iterator[Block]:
    if not agency.duties:
        return
    yield Heading(_("Duties"))
    yield Table(
        [Column(""), Column("", flexible=True)],
        [[Cell(duty.clause, Tone.QUIET), Cell(words.said(duty))] for duty in agency.duties],
    )


def _milestones(
    title: str, standings: list[Standing], snapshot: Snapshot, agency: Agency, role: Role
) -> Iterator[Block]:
    if not standings:
        return
    yield Heading(title)
    columns = [Column(_("State")), Column(_("Due")), Column(_("Milestone"), flexible=True)]
    columns += [Column(_("Lead"))] if role is Role.SUPPORT else []
    yield Table(
        columns,
        OnDemand(
            lambda: under_workstreams(
                (standing.occurrence.workstream, _row(standing, snapshot, agency, role)) for standing in standings
            )
        ),
    )


def _row(standing: Standing, snapshot: Snapshot, agency: Agency, role: Role) -> list[Cell]:
    """State, deadline, title; and with whom: its partners where it leads, the lead where it supports."""
    milestone = standing.occurrence.milestone
    own = next(one for one in milestone.assignments if one.agency == agency.id)
    title = words.milestone_cell(standing)
    partners = words.agency_names(milestone.support, snapshot.agencies) if role is Role.LEAD else ""
    below = (*title.below, *([_("with {agencies}", agencies=partners)] if partners else []))
    row = [
        words.state_cell(standing, last_entry=True),
        words.due_cell(standing),
        Cell(title.value, marks=words.INFERRED if own.inferred else "", below=below),
    ]
    return [*row, words.agency_cell(milestone.lead, snapshot.agencies)] if role is Role.SUPPORT else row
