"""Lists of occurrences and a single milestone: `overdue`, `upcoming`, `list`, `show`."""

from __future__ import annotations

from typing import Annotated

import typer

from cbfa.cli import completion, options
from cbfa.cli.reading import reading
from cbfa.cli.selecting import selection
from cbfa.cli.session import Session
from cbfa.core import selection as select
from cbfa.errors import Invalid
from cbfa.locale import N_
from cbfa.messages import Message
from cbfa.views.page import Page
from cbfa.views.pages import listing

app = typer.Typer(rich_markup_mode=None)


@app.command(help=N_("What is overdue, the longest first; with --year, what fell due in that year and is overdue."))
@reading
def overdue(
    session: Session,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help=N_("Only what fell due in this year."))
    ] = None,
    agency: options.AgencyOption = None,
    fail: Annotated[bool, typer.Option("--fail", help=N_("End with exit code 1 if anything is overdue."))] = False,
) -> Page:
    snapshot = session.snapshot()
    chosen = selection(snapshot, agency=agency)
    if year is not None:
        select.check_year(snapshot.roadmap, year)
    late = select.overdue(chosen.of(snapshot.standings), year)
    session.exit_code = 1 if fail and late else 0
    return listing.overdue_page(snapshot, late, year)


@app.command(help=N_("What is unfinished and falls due in the next days."))
@reading
def upcoming(
    session: Session,
    days: Annotated[int, typer.Option("--days", metavar="DAYS", help=N_("How many days ahead, inclusive."))] = 90,
    agency: options.AgencyOption = None,
) -> Page:
    snapshot = session.snapshot()
    chosen = selection(snapshot, agency=agency)
    if days < 0:
        raise Invalid(Message("--days counts ahead, so it is 0 or more"), Message("for what is late: cbfa overdue"))
    return listing.upcoming_page(snapshot, select.upcoming(chosen.of(snapshot.standings), days), days)


@app.command("list", help=N_("Every occurrence, or a selection of them."))
@reading
def list_(
    session: Session,
    workstream: options.WorkstreamOption = None,
    agency: options.AgencyOption = None,
    role: options.RoleOption = None,
    state: options.StateOption = None,
    year: options.YearOption = None,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="TEXT",
            help=N_("Only what has all these words in its id, titles, timing words or clauses."),
        ),
    ] = None,
) -> Page:
    snapshot = session.snapshot()
    chosen = selection(snapshot, workstream=workstream, agency=agency, role=role, state=state, year=year, words=search)
    return listing.list_page(snapshot, chosen.of(snapshot.standings), chosen)


@app.command(
    help=N_("Everything about one milestone: clauses, dates and how they were read, who answers for it, what happened.")
)
@reading
def show(
    session: Session,
    id: Annotated[  # noqa: A002 - the word of the design
        str,
        typer.Argument(
            metavar="ID",
            help=N_("A milestone's id, or a unique beginning of it."),
            autocompletion=completion.milestones,
            show_default=False,
        ),
    ],
) -> Page:
    from cbfa.core.occurrences import find_milestone  # noqa: PLC0415
    from cbfa.views.pages.milestone import milestone_page  # noqa: PLC0415

    snapshot = session.snapshot()
    return milestone_page(snapshot, *find_milestone(snapshot.roadmap, id))
