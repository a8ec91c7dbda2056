"""Agencies and what they answer for: `report`, `agencies`."""

from __future__ import annotations

import typer

from cbfa.cli import options
from cbfa.cli.reading import reading
from cbfa.cli.session import Session
from cbfa.core.selection import check_year
from cbfa.locale import N_
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)


@app.command(
    help=N_("What an agency is responsible for: duties, what it leads and supports, what needs its attention first.")
)
@reading
def report(session: Session, agency: options.AgencyOption = None, year: options.YearOption = None) -> Page:
    from cbfa.views.pages.agencies import report_page  # noqa: PLC0415

    snapshot = session.snapshot()
    chosen = [snapshot.agencies.find(agency)] if agency is not None else snapshot.agencies.agencies
    return report_page(snapshot, chosen, check_year(snapshot.roadmap, year) if year is not None else None)


@app.command("agencies", help=N_("The agencies, their codes, and how much each leads and supports."))
@reading
def agencies_(session: Session) -> Page:
    from cbfa.views.pages.agencies import agencies_page  # noqa: PLC0415

    return agencies_page(session.snapshot())
