"""Lists of occurrences: what is overdue, what falls due next, and any other selection."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from cbfa.core.agencies import Agency
from cbfa.core.selection import Selection, by_completion, role_of
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.messages import Message, Plural
from cbfa.views.items import OCCURRENCE_FIELDS, YEAR_FIELDS, carried_over_item, fields_in, occurrence_item
from cbfa.views.looks import ROLE, term
from cbfa.views.page import Block, Cell, Column, OnDemand, Page, Row, Sentence, Table, Text, Tone
from cbfa.views.pages.history import repealed_blocks
from cbfa.views.pages.parts import (
    chosen_by,
    done_cell,
    due_cell,
    envelope,
    how_far,
    leads_cell,
    legend,
    milestone_cell,
    occurrences_of_milestones,
    opening,
    overdue_cell,
    state_cell,
    under_workstreams,
)


class Listing(NamedTuple):
    """The title of a list, its sentence when it or a selection of it is empty, and its first column."""

    kind: str
    title: Text
    empty: Text
    empty_selection: Text
    first_heading: Text
    first_cell: Callable[[Standing], Cell]
    grouped: bool = False


def overdue_page(snapshot: Snapshot, standings: Sequence[Standing], selection: Selection, year: int | None) -> Page:
    """List what is overdue, the longest first; with a year, only what fell due in it."""
    title, empty = Message("Overdue"), Message("Nothing is overdue.")
    empty_selection = Message("Nothing in this selection is overdue.")
    if year:
        title = Message("Overdue, due in {year}", year=year)
        empty = Message("Of what fell due in {year}, nothing is overdue.", year=year)
        empty_selection = Message("Of what fell due in {year}, nothing in this selection is overdue.", year=year)
    listing = Listing("overdue", title, empty, empty_selection, Message("Overdue by"), overdue_cell)
    return _page(listing, snapshot, standings, selection)


def upcoming_page(
    snapshot: Snapshot, standings: Sequence[Standing], selection: Selection, days: int, until: date | None = None
) -> Page:
    """List what falls due within a number of days, or until a day."""
    title: Text = Plural("Due in the next day", "Due in the next {count} days", count=days)
    if until:
        title = Message("Due by {day}", day=until)
    elif days == 0:
        title = Message("Due today")
    empty = Message("Nothing falls due in that time.")
    empty_selection = Message("Nothing in this selection falls due in that time.")
    listing = Listing("upcoming", title, empty, empty_selection, Message("State"), state_cell)
    return _page(listing, snapshot, standings, selection)


def list_page(snapshot: Snapshot, standings: Sequence[Standing], selection: Selection) -> Page:
    """List a selection by workstream, or by completion if all of it is done; with its filters below the title.

    What it has that is no longer planned is listed below, unless states are asked for.
    """
    title, empty, year = Message("Occurrences"), Message("Nothing matches this selection."), selection.year
    if selection.finished_only:
        standings = by_completion(standings)
        listing = Listing("list", title, empty, empty, Message("Done on"), _finished_cell)
    else:
        first_cell = partial(state_cell, year=year)
        listing = Listing("list", title, empty, empty, Message("State"), first_cell, grouped=True)
    page = _page(listing, snapshot, standings, selection)
    by_state = selection.states or selection.official or selection.done_in or selection.silent is not None
    gone = [] if by_state else selection.select(snapshot.repealed)
    page = page._replace(blocks=[*page.blocks, *repealed_blocks(snapshot, gone)])
    items = OnDemand(
        lambda: (
            {**occurrence_item(one, snapshot.roadmap.programme), **carried_over_item(one, year)} for one in standings
        )
    )
    return page._replace(fields=fields_in(YEAR_FIELDS, snapshot.roadmap.programme), items=items)


def _finished_cell(standing: Standing) -> Cell:
    """The day on which it was done, with its lateness and its count below."""
    cell, far = done_cell(standing), how_far(standing)
    return cell._replace(below=[*cell.below, far]) if far else cell


def _page(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing], selection: Selection) -> Page:
    chosen = chosen_by(selection)
    blocks: list[Block] = list(opening(listing.title, snapshot, chosen))
    if standings:
        agency = selection.agencies[0] if len(selection.agencies) == 1 and selection.role is None else None
        blocks += [
            _table(listing, snapshot, standings, agency),
            *legend(snapshot.roadmap.programme, standings),
            _total(snapshot, standings, selection),
        ]
    else:
        blocks.append(Sentence(listing.empty_selection if chosen else listing.empty, Tone.GOOD))
    items = OnDemand(lambda: (occurrence_item(one, snapshot.roadmap.programme) for one in standings))
    return Page(
        listing.kind, blocks, fields_in(OCCURRENCE_FIELDS, snapshot.roadmap.programme), items, envelope(snapshot)
    )


def _total(snapshot: Snapshot, standings: Sequence[Standing], selection: Selection) -> Sentence:
    """Say how many occurrences are listed; where each agency has a row of its own, that its parts count once."""
    milestones = len({standing.occurrence.milestone.id for standing in standings})
    counted = len(together(standings, [agency.id for agency in selection.agencies]))
    total = occurrences_of_milestones(counted, milestones, snapshot.roadmap.programme)
    if counted == len(standings):
        return Sentence(total, Tone.STRONG)
    parts = Plural(
        "{count} row: what each agency owes counts once in the total",
        "{count} rows: what each agency owes counts once in the total",
        count=len(standings),
    )
    return Sentence((total, parts), Tone.STRONG)


def _table(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing], agency: Agency | None) -> Table:
    """Return the rows of a list; of an agency, with its role in each."""
    columns = [
        Column(listing.first_heading),
        Column(Message("Due")),
        Column(term("milestone", snapshot.roadmap.programme), flexible=True),
        *([Column(Message("Role"))] if agency else []),
        Column(Message("Lead")),
    ]
    return Table(columns, OnDemand(lambda: _rows(listing, snapshot, standings, agency)))


def _rows(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing], agency: Agency | None) -> Iterable[Row]:
    rows = (_row(snapshot, standing, listing.first_cell, agency) for standing in standings)
    if listing.grouped:
        return under_workstreams(zip((standing.occurrence.workstream for standing in standings), rows, strict=True))
    return rows


def _row(
    snapshot: Snapshot, standing: Standing, first_cell: Callable[[Standing], Cell], agency: Agency | None
) -> list[Cell]:
    role = role_of(agency.id, standing.occurrence) if agency else None
    return [
        first_cell(standing),
        due_cell(standing),
        milestone_cell(standing),
        *([Cell(ROLE[role])] if role else []),
        leads_cell(standing.occurrence, snapshot.agencies),
    ]
