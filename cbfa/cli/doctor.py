"""The data folder as a whole: `doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from cbfa.cli import streams
from cbfa.cli.reading import recording
from cbfa.cli.session import Session
from cbfa.core.diagnosis import Care
from cbfa.errors import NoAccess
from cbfa.locale import N_
from cbfa.store.paths import shown_path
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)

Fix = Annotated[
    bool,
    typer.Option("--fix", help=N_("Do what loses nothing. What it takes away is kept in the folder kept/.")),
]


@app.command(
    help=N_(
        "Look at the whole data folder: rights, lock, torn lines, copies, conflict markers. Exit code 1 if something is to be done."
    )
)
@recording
def doctor(session: Session, fix: Fix = False) -> Page:
    from cbfa.store.doctor import Treated, examine, treat  # noqa: PLC0415 - completion and help need only the options
    from cbfa.views.pages.doctor import doctor_page  # noqa: PLC0415

    folder = session.folder
    treated = treat(folder) if fix else Treated([], examine(folder), [])
    session.done = bool(treated.done)
    for error in treated.failed:
        _complain(error)
    if treated.failed:
        session.exit_code = NoAccess.exit_code
    elif any(diagnosis.care in (Care.FIX, Care.DECIDE) for diagnosis in treated.left):
        session.exit_code = 1
    return doctor_page(shown_path(folder.own_journal.parent), [*treated.done, *treated.left])


def _complain(error: NoAccess) -> None:
    from cbfa.cli.diagnostics import error_text  # noqa: PLC0415 - only a mend that failed needs it

    streams.complain(error_text(error))
