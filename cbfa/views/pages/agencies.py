"""The agencies, their codes, and how much each leads and supports."""

from __future__ import annotations

from cbfa.core.selection import Role
from cbfa.core.snapshot import Snapshot
from cbfa.core.tally import by_agency
from cbfa.locale import _, language
from cbfa.views import words
from cbfa.views.page import Cell, Column, Page, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.records import AGENCY_FIELDS, agency_record


def agencies_page(snapshot: Snapshot) -> Page:
    """Every agency, in the order of the file."""
    columns = [
        Column(_("Agency"), flexible=True),
        Column(_("Short")),
        Column(_("Code")),
        Column(_(words.ROLE[Role.LEAD]), numeric=True),
        Column(_("overdue"), numeric=True),
        Column(_(words.ROLE[Role.SUPPORT]), numeric=True),
        Column(_("duties"), numeric=True),
    ]
    leads = by_agency(snapshot.agencies, snapshot.standings)
    supports = by_agency(snapshot.agencies, snapshot.standings, Role.SUPPORT)
    rows = [
        [
            Cell(words.said(agency.name), below=(agency.id,)),
            Cell(agency.called(language())),
            Cell(agency.code),
            Cell(led.total),
            Cell(led.overdue, Tone.BAD if led.overdue else Tone.PLAIN),
            Cell(supported.total),
            Cell(len(agency.duties)),
        ]
        for (agency, led), (_agency, supported) in zip(leads, supports, strict=True)
    ]
    items = [
        agency_record(agency, led, supported)
        for (agency, led), (_agency, supported) in zip(leads, supports, strict=True)
    ]
    return Page(
        "agencies", [*opening(_("Agencies"), snapshot), Table(columns, rows)], AGENCY_FIELDS, items, envelope(snapshot)
    )
