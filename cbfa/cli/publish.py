"""The commands that write a file of the whole programme: `export`, `dashboard`."""

from datetime import date
from typing import Annotated, Any

import typer

from cbfa.cli import options
from cbfa.cli.help import READ, Command
from cbfa.cli.session import Session
from cbfa.core.changes import last_report
from cbfa.core.periods import parse_period
from cbfa.core.selection import Selection
from cbfa.errors import Invalid
from cbfa.locale import N_
from cbfa.messages import Message
from cbfa.views.pages.status import status_page
from cbfa.views.pages.whole import whole

app = typer.Typer(rich_markup_mode=None)


def _file(help_text: str) -> Any:  # noqa: ANN401 - as Typer types its options
    """Return the option for a file that must be named."""
    return typer.Option("--output", "-o", metavar=N_("FILE"), help=help_text, show_default=False)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("Write the whole programme into one file for other programs: a workbook or a database."),
)
def export(
    ctx: typer.Context,
    output: Annotated[str, _file(N_("The file to write; its ending decides the kind: .xlsx, .sqlite."))],
    force: options.Force = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    session.write(
        snapshot, pages=lambda: [status_page(snapshot, session.today(snapshot.plan)), *whole(snapshot, Selection())]
    )


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("Write one page for leaders, in both languages, that any browser opens without a server."),
)
def dashboard(
    ctx: typer.Context,
    output: Annotated[str, _file(N_("The file to write: its ending is .html."))],
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            help=N_(
                "The day of the last report: the page says what has changed after it. A period means its last day. "
                "Default: 90 days before the as-of date."
            ),
        ),
    ] = None,
    force: options.Force = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    session.write(snapshot, since=_before(since, snapshot.as_of))


def _before(since: str | None, as_of: date) -> date:
    """Return the day of the last report. Raises Invalid if it is not before the as-of date."""
    if since is None:
        return last_report(as_of)
    day = parse_period(since).last
    if day >= as_of:
        raise Invalid(
            Message("--since {day} is not before the as-of date, {as_of}", day=day, as_of=as_of),
            Message("name an earlier day, or a later one with --as-of"),
        )
    return day
