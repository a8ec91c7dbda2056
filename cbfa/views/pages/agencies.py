"""The agencies with their counts, and the report of an agency: duties, what it leads and supports, and what needs attention first."""

from collections.abc import Iterator, Sequence

from cbfa.core.agencies import Agency
from cbfa.core.roadmap import Programme
from cbfa.core.selection import Role, Selection, first_with_ties, is_carried_over
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import LATELY, LONG_OVERDUE, LONG_SILENT, Tally, by_agency, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import (
    AGENCY_FIELDS,
    YEAR_FIELDS,
    agency_item,
    assignments_of,
    carried_over_item,
    fields_in,
    occurrence_item,
)
from cbfa.views.looks import PROGRESS, ROLE, term
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Counts,
    Heading,
    Item,
    Names,
    OnDemand,
    Page,
    Percent,
    Ratio,
    Sentence,
    Table,
    Text,
    Tone,
)
from cbfa.views.pages.history import repealed_blocks
from cbfa.views.pages.parts import (
    due_cell,
    envelope,
    formerly,
    leads_cell,
    legend,
    milestone_cell,
    opening,
    overdue_count,
    short_name,
    short_names,
    signals,
    state_cell,
    under_workstreams,
)

ATTENTION = 5
"""Rows of what an agency should look at first."""


def agencies_page(snapshot: Snapshot) -> Page:
    """List every agency, in the order of the file."""
    leads = by_agency(snapshot.agencies, snapshot.standings)
    supports = by_agency(snapshot.agencies, snapshot.standings, Role.SUPPORT)
    tallies = [
        (agency, led, supported)
        for (agency, led), (_, supported) in zip(leads, supports, strict=True)
        if agency.id not in snapshot.plan.gone or led.total or supported.total
    ]
    shared = Message("All figures count occurrences. One counts for each agency that has a part in it.")
    blocks = [
        *opening(Message("Agencies"), snapshot),
        _agencies(snapshot, tallies),
        Sentence(shared, Tone.QUIET),
        Heading(Message("What they lead")),
        _signals([(agency, led) for agency, led in leads if led.total]),
    ]
    programme = snapshot.roadmap.programme
    items = [agency_item(*tally, programme) for tally in tallies]
    return Page("agencies", blocks, fields_in(AGENCY_FIELDS, programme), items, envelope(snapshot))


def _agencies(snapshot: Snapshot, tallies: Sequence[tuple[Agency, Tally, Tally]]) -> Table:
    columns = [
        Column(Message("Agency"), flexible=True),
        Column(Message("Short")),
        Column(Message("Code")),
        Column(ROLE[Role.LEAD], numeric=True),
        Column(ROLE[Role.SUPPORT], numeric=True),
        Column(Message("duties"), numeric=True),
    ]
    rows = [
        [
            Cell(agency.name, below=[agency.id, *_group_size(agency, snapshot), *_earlier(agency, snapshot)]),
            Cell(short_name(agency)),
            Cell(agency.code),
            Cell(led.total),
            Cell(supported.total),
            Cell(len(agency.duty_texts)),
        ]
        for agency, led, supported in tallies
    ]
    return Table(columns, rows)


def _earlier(agency: Agency, snapshot: Snapshot) -> list[Text]:
    return [earlier] if (earlier := formerly(snapshot, agency.id)) else []


def _group_size(agency: Agency, snapshot: Snapshot) -> list[Text]:
    members = len(snapshot.agencies.members_of(agency))
    return [Plural("a group of {count}", "a group of {count}", count=members)] if members else []


def _signals(leads: Sequence[tuple[Agency, Tally]]) -> Table:
    """Return the figures by which a leader sees who is late, and who does not report."""
    columns = [
        Column(Message("Agency"), flexible=True),
        Column(Message("done"), numeric=True),
        Column(Message("overdue"), numeric=True),
        Column(Message("no entry"), numeric=True),
        Column(Message("lead inferred"), numeric=True),
        Column(Message("over {days} days", days=LONG_OVERDUE), numeric=True),
        Column(Message("updated in {days} days", days=LATELY), numeric=True),
        Column(Message("no deadline, silent {days} days", days=LONG_SILENT), numeric=True),
    ]
    return Table(columns, [_signal(agency, tally) for agency, tally in leads])


def _signal(agency: Agency, tally: Tally) -> list[Cell]:
    return [
        Cell(short_name(agency)),
        Cell(Ratio(tally.done, tally.base)),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.PLAIN),
        Cell(tally.overdue_without_entry),
        Cell(tally.overdue_inferred),
        Cell(tally.long_overdue),
        Cell(Ratio(tally.updated_lately, tally.open_lately)),
        Cell(tally.long_silent),
    ]


def report_page(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Page:
    """Report on one agency, or on several in the order of the file; with a year, on what touches it or is overdue from before."""
    chosen = [Message("planned period includes {year}, or overdue from before", year=year)] if year else []
    blocks: list[Block] = []
    for agency in agencies:
        led, supported = (_assigned(snapshot, agency, role, year) for role in (Role.LEAD, Role.SUPPORT))
        blocks += [Heading(agency.name, 1)] if blocks else opening(agency.name, snapshot, chosen)
        blocks += [Sentence(earlier, Tone.QUIET)] if (earlier := formerly(snapshot, agency.id)) else []
        blocks += _report(snapshot, agency, led, supported, year)
    shown = [standing for agency in agencies for standing in _assigned(snapshot, agency, None, year)]
    blocks += legend(snapshot.roadmap.programme, shown, supports=True)
    more = {"year": year, "agencies": [_agency_item(snapshot, agency, year) for agency in agencies]}
    items = OnDemand(lambda: _items(snapshot, agencies, year))
    fields = ("agency", "role", *fields_in(YEAR_FIELDS, snapshot.roadmap.programme))
    return Page("report", blocks, fields, items, {**envelope(snapshot), **more})


def _items(snapshot: Snapshot, agencies: Sequence[Agency], year: int | None) -> Iterator[Item]:
    for agency in agencies:
        for role in Role:
            for standing in _assigned(snapshot, agency, role, year):
                item = {**occurrence_item(standing, snapshot.roadmap.programme), **carried_over_item(standing, year)}
                yield {"agency": agency.id, "role": role.value, **item}


def _agency_item(snapshot: Snapshot, agency: Agency, year: int | None) -> Item:
    led, supported = (_assigned(snapshot, agency, role, year) for role in (Role.LEAD, Role.SUPPORT))
    leads, supports = (count_occurrences(its, [agency.id]) for its in (led, supported))
    return agency_item(agency, leads, supports, snapshot.roadmap.programme)


def _assigned(snapshot: Snapshot, agency: Agency, role: Role | None, year: int | None) -> list[Standing]:
    return Selection(agencies=[agency], role=role, year=year).select(snapshot.standings)


def _report(
    snapshot: Snapshot, agency: Agency, led: list[Standing], supported: list[Standing], year: int | None
) -> Iterator[Block]:
    if year:
        yield Sentence(Message("Work without dates is left out."), Tone.QUIET)
    yield role_totals(snapshot.roadmap.programme, agency, led, supported, year)
    first = count_occurrences(led or supported, [agency.id])
    yield Counts([overdue_count(first), *signals(first)])
    yield from _attention(led, supported, snapshot, year)
    yield from duties_of(agency)
    yield from _milestones(Message("Leads"), led, snapshot, agency, Role.LEAD, year)
    yield from _milestones(Message("Supports"), supported, snapshot, agency, Role.SUPPORT, year)
    yield from _through_groups(snapshot, agency, year)
    yield from repealed_blocks(snapshot, Selection(agencies=[agency], year=year).select(snapshot.repealed))


def _through_groups(snapshot: Snapshot, agency: Agency, year: int | None) -> Iterator[Block]:
    """List what groups owe of which the agency is a member, apart from its own work and not counted in it."""
    shared = _assigned(snapshot, agency, Role.MEMBER, year)
    groups = dict.fromkeys(one.occurrence.through[agency.id] for one in shared)
    for group in (snapshot.agencies[one] for one in groups):
        its = [one for one in shared if one.occurrence.through[agency.id] == group.id]
        title = Message("As a member of {group}, not counted above", group=group.name)
        yield from _milestones(title, its, snapshot, agency, Role.MEMBER, year)


def role_totals(
    programme: Programme, agency: Agency, led: Sequence[Standing], supported: Sequence[Standing], year: int | None
) -> Table:
    """Return the totals of both roles; what is dropped or carried over has a column only where there is some."""
    tallies = [count_occurrences(its, [agency.id]) for its in (led, supported)]
    carried = [sum(is_carried_over(one, year) for one in role) if year else 0 for role in (led, supported)]
    dropped = [tally.progress[Progress.DROPPED] for tally in tallies]
    columns = [
        Column(""),
        Column(Message("occurrences"), numeric=True),
        Column(term("milestones", programme), numeric=True),
        Column(Message("done"), numeric=True),
        Column("%", numeric=True),
        Column(Message("overdue"), numeric=True),
        Column(Message("no deadline set"), numeric=True),
        *([Column(Message("carried over"), numeric=True)] if any(carried) else []),
        *([Column(PROGRESS[Progress.DROPPED], numeric=True)] if any(dropped) else []),
    ]
    rows = [_total(name, tally) for name, tally in zip((Message("Leads"), Message("Supports")), tallies, strict=True)]
    for counts in (carried, dropped):
        if any(counts):
            rows = [[*row, Cell(count)] for row, count in zip(rows, counts, strict=True)]
    return Table(columns, rows)


def _total(name: Text, tally: Tally) -> list[Cell]:
    return [
        Cell(name, Tone.STRONG),
        Cell(tally.total),
        Cell(tally.milestones),
        Cell(Ratio(tally.done, tally.base)),
        Cell(Percent(tally.done, tally.base)),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.PLAIN),
        Cell(tally.official[OfficialClass.NO_DEADLINE]),
    ]


def _attention(led: list[Standing], supported: list[Standing], snapshot: Snapshot, year: int | None) -> Iterator[Block]:
    """Show what the agency leads, or else supports, that is overdue, then what is due soon."""
    urgent = sorted(
        (standing for standing in led or supported if standing.timing in (Timing.OVERDUE, Timing.DUE_SOON)),
        key=lambda standing: str(standing.occurrence.window.due),
    )
    yield Heading(Message("Needs attention first"))
    if not urgent:
        yield Sentence(_nothing_urgent(leads=bool(led), year=year), Tone.GOOD)
        return
    if not led:
        yield Sentence(Message("It leads nothing here. This is what it supports:"), Tone.QUIET)
    first = first_with_ties(urgent, ATTENTION, lambda standing: standing.occurrence.window.due)
    columns = [Column(""), Column(""), Column("", flexible=True), *([] if led else [Column("")])]
    rows = [
        [
            state_cell(one, year=year),
            due_cell(one),
            milestone_cell(one),
            *([] if led else [leads_cell(one.occurrence, snapshot.agencies)]),
        ]
        for one in first
    ]
    yield Table(columns, rows)
    if (more := len(urgent) - len(first)) > 0:
        yield Sentence(
            Plural("… and {count} more, in the list below", "… and {count} more, in the list below", count=more),
            Tone.QUIET,
        )


def _nothing_urgent(*, leads: bool, year: int | None) -> Message:
    """Say that nothing is urgent, of what was looked at."""
    if leads and year:
        return Message("Nothing that it leads in {year}, or owes from before, is overdue or due soon.", year=year)
    if leads:
        return Message("Nothing that it leads is overdue or due soon.")
    if year:
        return Message("Nothing that it supports in {year}, or from before, is overdue or due soon.", year=year)
    return Message("Nothing that it supports is overdue or due soon.")


def duties_of(agency: Agency, level: int = 2) -> Iterator[Block]:
    """List the standing duties of an agency under their heading; nothing for one that has none."""
    if agency.duties:
        yield Heading(Message("Duties"), level)
        rows = [[Cell(duty.clause, Tone.QUIET), Cell(duty.text)] for duty in agency.duty_texts]
        yield Table([Column(""), Column("", flexible=True)], rows)


def _milestones(
    title: Text, standings: list[Standing], snapshot: Snapshot, agency: Agency, role: Role, year: int | None
) -> Iterator[Block]:
    if not standings:
        return
    yield Heading(title)
    columns = [
        Column(Message("State")),
        Column(Message("Due")),
        Column(term("milestone", snapshot.roadmap.programme), flexible=True),
    ]
    columns += [] if role is Role.LEAD else [Column(Message("Lead"))]
    yield Table(
        columns,
        OnDemand(
            lambda: under_workstreams(
                (standing.occurrence.workstream, _row(standing, snapshot, agency, role, year)) for standing in standings
            )
        ),
    )


def _row(standing: Standing, snapshot: Snapshot, agency: Agency, role: Role, year: int | None) -> list[Cell]:
    """Return state, deadline and title; with its partners where it leads, with the lead where it supports."""
    occurrence = standing.occurrence
    own = next((one for one in assignments_of(occurrence) if one.agency == agency.id), None)
    title = milestone_cell(standing)
    if own and own.inferred:
        inferred = Message("leads (inferred)") if role is Role.LEAD else Message("supports (inferred)")
        title = title._replace(below=[*title.below, inferred])
    partners = [one for one in assignments_of(occurrence) if one.agency != agency.id]
    if role is Role.LEAD and partners:
        title = title._replace(below=[*title.below, Names(Message("with"), short_names(partners, snapshot.agencies))])
    row = [state_cell(standing, last_entry=True, year=year), due_cell(standing), title]
    return row if role is Role.LEAD else [*row, leads_cell(occurrence, snapshot.agencies)]
