"""The commands that write a file of the whole programme: `export`."""

from typing import Annotated

import typer

from cbfa.cli import options
from cbfa.cli.help import READ, Command
from cbfa.cli.session import Session
from cbfa.core.selection import Selection
from cbfa.locale import N_
from cbfa.views.pages.status import status_page
from cbfa.views.pages.whole import whole

app = typer.Typer(rich_markup_mode=None)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("Write the whole programme into one file for other programs: a workbook or a database."),
)
def export(
    ctx: typer.Context,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("FILE"),
            help=N_("The file to write; its ending decides the kind: .xlsx, .sqlite."),
            show_default=False,
        ),
    ],
    force: options.Force = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    session.give(status_page(snapshot, session.today), snapshot, others=lambda: whole(snapshot, Selection()))
