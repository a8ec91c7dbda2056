"""Lists of occurrences: what is overdue, what comes next, and any other selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cbfa.core.selection import Role, Selection
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.locale import _, ngettext
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, OnDemand, Page, Row, Sentence, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.pages.groups import under_workstreams
from cbfa.views.records import OCCURRENCE_FIELDS, occurrence_record


@dataclass(frozen=True)
class Listing:
    """How a list is headed, what it says when it is empty, and what its first column tells."""

    kind: str
    title: str
    empty: str
    first: str
    first_cell: Callable[[Standing], Cell]
    grouped: bool = False


def overdue_page(snapshot: Snapshot, standings: Sequence[Standing], year: int | None) -> Page:
    """What is overdue, the longest first."""
    title = _("Overdue, due in {year}", year=year) if year else _("Overdue")
    empty = _("Of what falls due in {year}, nothing is overdue.", year=year) if year else _("Nothing is overdue.")
    return _page(Listing("overdue", title, empty, _("Overdue by"), words.overdue_cell), snapshot, standings)


def upcoming_page(snapshot: Snapshot, standings: Sequence[Standing], days: int) -> Page:
    """What falls due within so many days."""
    title = ngettext("Due in the next day", "Due in the next {days} days", days, days=words.number(days))
    return _page(
        Listing("upcoming", title, _("Nothing falls due in that time."), _("State"), words.state_cell),
        snapshot,
        standings,
    )


def list_page(snapshot: Snapshot, standings: Sequence[Standing], chosen: Selection) -> Page:
    """A selection, by workstream; what was chosen stands below the title."""
    listing = Listing(
        "list", _("Occurrences"), _("Nothing fits this selection."), _("State"), words.state_cell, grouped=True
    )
    return _page(listing, snapshot, standings, _chosen(chosen))


def _chosen(chosen: Selection) -> list[str]:
    """The words of a selection, one for each thing that was asked for."""
    said = []
    if chosen.workstream:
        said.append(words.workstream_name(chosen.workstream))
    if chosen.agency:
        name = words.said(chosen.agency.name)
        role = (
            chosen.role
            and {Role.LEAD: _("led by {agency}", agency=name), Role.SUPPORT: _("supported by {agency}", agency=name)}[
                chosen.role
            ]
        )
        said.append(role or _("led or supported by {agency}", agency=name))
    if chosen.state:
        said.append(words.state_word(chosen.state))
    if chosen.year:
        said.append(_("can be done in {year}", year=chosen.year))
    if chosen.words:
        said.append(f"“{chosen.words}”")
    return said


def _page(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing], chosen: Sequence[str] = ()) -> Page:
    blocks: list[Block] = list(opening(listing.title, snapshot))
    if chosen:
        blocks.append(Sentence(" · ".join(chosen), Tone.STRONG))
    if standings:
        blocks += [_table(listing, snapshot, standings), _count(standings), *words.legend(standings)]
    else:
        blocks.append(Sentence(listing.empty, Tone.GOOD))
    return Page(
        listing.kind,
        blocks,
        OCCURRENCE_FIELDS,
        OnDemand(lambda: map(occurrence_record, standings)),
        envelope(snapshot),
    )


def _count(standings: Sequence[Standing]) -> Sentence:
    milestones = len({standing.occurrence.milestone.id for standing in standings})
    return Sentence(words.occurrences_of_milestones(len(standings), milestones), Tone.STRONG)


def _table(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing]) -> Table:
    columns = [Column(listing.first), Column(_("Due")), Column(_("Milestone"), flexible=True), Column(_("Lead"))]
    return Table(columns, OnDemand(lambda: _rows(listing, snapshot, standings)))


def _rows(listing: Listing, snapshot: Snapshot, standings: Sequence[Standing]) -> Iterable[Row]:
    rows = (_row(snapshot, standing, listing.first_cell) for standing in standings)
    if listing.grouped:
        return under_workstreams(zip((standing.occurrence.workstream for standing in standings), rows, strict=True))
    return rows


def _row(snapshot: Snapshot, standing: Standing, first_cell: Callable[[Standing], Cell]) -> list[Cell]:
    lead = words.agency_cell(standing.occurrence.milestone.lead, snapshot.agencies)
    return [first_cell(standing), words.due_cell(standing), words.milestone_cell(standing), lead]
