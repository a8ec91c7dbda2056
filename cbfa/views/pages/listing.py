"""Lists of occurrences: what is overdue, what falls due next, and any other selection."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cbfa.core.selection import Role, Selection, by_completion
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.messages import Message, Plural
from cbfa.views.items import OCCURRENCE_FIELDS, occurrence_item
from cbfa.views.looks import STATE
from cbfa.views.page import Block, Cell, Column, OnDemand, Page, Row, Sentence, Table, Text, Tone
from cbfa.views.pages.parts import (
    agency_cell,
    done_cell,
    due_cell,
    either,
    envelope,
    how_far,
    legend,
    milestone_cell,
    occurrences_of_milestones,
    opening,
    overdue_cell,
    state_cell,
    under_workstreams,
    workstream_name,
)


class Listing(NamedTuple):
    """The title of a list, its sentence when it is empty, and its first column."""

    kind: str
    title: Text
    empty: Text
    first_heading: Text
    first_cell: Callable[[Standing], Cell]
    grouped: bool = False


def overdue_page(snapshot: Snapshot, standings: Sequence[Standing], year: int | None) -> Page:
    """List what is overdue, the longest first."""
    title, empty = Message("Overdue"), Message("Nothing is overdue.")
    if year:
        title = Message("Overdue, due in {year}", year=year)
        empty = Message("Of what fell due in {year}, nothing is overdue.", year=year)
    return _page(Listing("overdue", title, empty, Message("Overdue by"), overdue_cell), snapshot, standings)


def upcoming_page(snapshot: Snapshot, standings: Sequence[Standing], days: int) -> Page:
    """List what falls due within a number of days."""
    title = Plural("Due in the next day", "Due in the next {count} days", count=days)
    empty = Message("Nothing falls due in that time.")
    return _page(Listing("upcoming", title, empty, Message("State"), state_cell), snapshot, standings)


def list_page(snapshot: Snapshot, standings: Sequence[Standing], selection: Selection) -> Page:
    """List a selection by workstream, or by completion if all of it is done; with its filters below the title."""
    title, empty = Message("Occurrences"), Message("Nothing matches this selection.")
    if selection.finished_only:
        listing = Listing("list", title, empty, Message("Done on"), _finished_cell)
        return _page(listing, snapshot, by_completion(standings), _filters(selection))
    listing = Listing("list", title, empty, Message("State"), state_cell, grouped=True)
    return _page(listing, snapshot, standings, _filters(selection))


def _finished_cell(standing: Standing) -> Cell:
    """The day on which it was done, with its lateness and its count below."""
    cell, far = done_cell(standing), how_far(standing)
    return cell._replace(below=[*cell.below, far]) if far else cell


def _filters(selection: Selection) -> tuple[Text, ...]:
    """Say what was selected, one text for each filter."""
    filters: list[Text] = []
    if selection.workstreams:
        filters.append(either([workstream_name(one) for one in selection.workstreams]))
    if selection.agencies:
        agency = either([one.name for one in selection.agencies])
        match selection.role:
            case Role.LEAD:
                filters.append(Message("led by {agency}", agency=agency))
            case Role.SUPPORT:
                filters.append(Message("supported by {agency}", agency=agency))
            case None:
                filters.append(Message("led or supported by {agency}", agency=agency))
    if selection.states:
        filters.append(either([STATE[state] for state in selection.states]))
    if selection.year:
        filters.append(Message("planned period includes {year}", year=selection.year))
    if selection.done_in:
        filters.append(Message("completed in {period}", period=selection.done_in.shown))
    if selection.words:
        filters.append(f"“{selection.words}”")
    return tuple(filters)


def _page(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing], filters: tuple[Text, ...] = ()) -> Page:
    blocks: list[Block] = list(opening(listing.title, snapshot))
    if filters:
        blocks.append(Sentence(filters, Tone.STRONG))
    if standings:
        blocks += [_table(listing, snapshot, standings), *legend(standings), _total(standings)]
    else:
        blocks.append(Sentence(listing.empty, Tone.GOOD))
    items = OnDemand(lambda: map(occurrence_item, standings))
    return Page(listing.kind, blocks, OCCURRENCE_FIELDS, items, envelope(snapshot))


def _total(standings: Sequence[Standing]) -> Sentence:
    milestones = len({standing.occurrence.milestone.id for standing in standings})
    return Sentence(occurrences_of_milestones(len(standings), milestones), Tone.STRONG)


def _table(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing]) -> Table:
    columns = [
        Column(listing.first_heading),
        Column(Message("Due")),
        Column(Message("Milestone"), flexible=True),
        Column(Message("Lead")),
    ]
    return Table(columns, OnDemand(lambda: _rows(listing, snapshot, standings)))


def _rows(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing]) -> Iterable[Row]:
    rows = (_row(snapshot, standing, listing.first_cell) for standing in standings)
    if listing.grouped:
        return under_workstreams(zip((standing.occurrence.workstream for standing in standings), rows, strict=True))
    return rows


def _row(snapshot: Snapshot, standing: Standing, first_cell: Callable[[Standing], Cell]) -> list[Cell]:
    lead = agency_cell(standing.occurrence.milestone.lead, snapshot.agencies)
    return [first_cell(standing), due_cell(standing), milestone_cell(standing), lead]
