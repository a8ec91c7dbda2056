"""The data folder as a whole: `doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from cbfa.cli import streams
from cbfa.cli.reading import recording
from cbfa.cli.session import Session
from cbfa.errors import NoAccess
from cbfa.locale import N_
from cbfa.problems import Severity
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
    from cbfa.store.doctor import Outcome, examine, repair  # noqa: PLC0415 - completion and help need only the options
    from cbfa.views.pages.doctor import doctor_page  # noqa: PLC0415

    folder = session.folder
    outcome = repair(folder) if fix else Outcome([], examine(folder), [])
    session.done = bool(outcome.done)
    for error in outcome.failed:
        _complain(error)
    if outcome.failed:
        session.exit_code = NoAccess.exit_code
    elif any(problem.severity is Severity.ERROR for problem in outcome.left):
        session.exit_code = 1
    return doctor_page(shown_path(folder.own_journal.parent), outcome.done, outcome.left)


def _complain(error: NoAccess) -> None:
    from cbfa.cli.diagnostics import error_text  # noqa: PLC0415 - only a fix that failed needs it

    streams.complain(error_text(error))
