"""The whole programme at a glance: `status` and `timeline`."""

from __future__ import annotations

import typer

from cbfa.cli import options
from cbfa.cli.reading import reading
from cbfa.cli.selecting import selection
from cbfa.cli.session import Session
from cbfa.locale import N_
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)


@app.command(help=N_("Where the programme stands, on one screen."))
@reading
def status(session: Session) -> Page:
    from cbfa.views.pages.status import status_page  # noqa: PLC0415

    return status_page(session.snapshot(), session.today)


@app.command(help=N_("The programme along time: windows, due dates, states and the day asked about."))
@reading
def timeline(
    session: Session,
    workstream: options.WorkstreamOption = None,
    agency: options.AgencyOption = None,
    state: options.StateOption = None,
) -> Page:
    from cbfa.views.pages.timeline import timeline_page  # noqa: PLC0415

    snapshot = session.snapshot()
    chosen = selection(snapshot, workstream=workstream, agency=agency, state=state)
    return timeline_page(snapshot, chosen.of(snapshot.standings))
