"""The command that changes the plan: `amend`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cbfa.cli import completion, options
from cbfa.cli.help import RECORD, Command
from cbfa.cli.session import Session, print_problems
from cbfa.core.deciding import Decision, Wish, draft_change
from cbfa.core.history import History
from cbfa.core.journal import Journal
from cbfa.core.model import read_period
from cbfa.core.periods import Period
from cbfa.core.snapshot import Snapshot
from cbfa.errors import BadData, NoAccess, Refused
from cbfa.locale import N_
from cbfa.messages import Message
from cbfa.problems import sort_problems
from cbfa.store.amendments import change_lines, with_change
from cbfa.store.files import MAX_BYTES, read_if_there, shown_path, typed_path, write_new, write_over
from cbfa.store.folder import AMENDMENTS
from cbfa.store.journal.append import locked
from cbfa.store.loading import load
from cbfa.views.pages.amend import amend_page

app = typer.Typer(rich_markup_mode=None)


@app.command(
    cls=Command,
    rich_help_panel=RECORD,
    help=N_("Write one change of the plan, decided by an act, into amendments.yaml, and show what it changes."),
)
def amend(
    ctx: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar=N_("KEY"),
            help=N_("A milestone, or the key of one occurrence: ingo-donors@2014."),
            autocompletion=completion.keys,
            show_default=False,
        ),
    ],
    due: Annotated[
        str | None,
        typer.Option(
            "--due",
            metavar=N_("DATE"),
            help=N_("The new deadline: a day or a period; of what recurs, the day in each period: 31/3."),
        ),
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead",
            metavar=N_("AGENCY"),
            help=N_("The agency that leads it from then on; may be repeated."),
            autocompletion=completion.agencies,
        ),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="N", help=N_("The new figure of its target."))
    ] = None,
    repeal: Annotated[bool, typer.Option("--repeal", help=N_("It is no longer planned."))] = False,
    act: Annotated[
        str | None, typer.Option("--act", metavar=N_("TEXT"), help=N_("The act that decides it, as it is cited."))
    ] = None,
    signed: Annotated[
        str | None, typer.Option("--signed", metavar=N_("DATE"), help=N_("The day on which the act was signed."))
    ] = None,
    effective: Annotated[
        str | None,
        typer.Option(
            "--effective", metavar=N_("DATE"), help=N_("The day on which it takes effect. Default: when it was signed.")
        ),
    ] = None,
    act_id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help=N_("The act's id; that of an act in the file adds this change to it.")),
    ] = None,
    clause: Annotated[
        str | None, typer.Option("--clause", metavar=N_("CLAUSE"), help=N_("The clause of the act that says so."))
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar=N_("TEXT"), help=N_("The reason, in one line."))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Show what would change without writing it."))] = False,
    yes: options.Yes = False,
    form: options.Form = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    if session.folder.is_packed:
        raise Refused(
            Message("the programme that comes with cbfa cannot be changed"),
            Message("work on a copy of its folder: {path}", path=typed_path(session.folder.path)),
        )
    wish = Wish(
        key,
        options.clean_text(act, "--act"),
        _period(signed),
        _period(effective),
        act_id,
        due,
        lead or (),
        target,
        repeal,
        options.clean_text(clause, "--clause"),
        options.clean_text(why, "--why"),
    )
    path = session.folder.path / AMENDMENTS
    if yes and not dry_run:
        with locked(path):  # nobody is asked, so another one waits
            raw, new, _ = _drafted(session, path, wish)
            _write(path, raw, new)
    else:
        raw, new, questions = _drafted(session, path, wish)
        if dry_run:
            session.say(Message("Nothing was written: this was a dry run."))
            return
        question = Message("Write this change to {path}?", path=shown_path(path))
        if not session.confirm([*questions, question], yes=False):
            session.say(Message("nothing was written"))
            raise typer.Exit(1)
        with locked(path):
            _write(path, raw, new)
    session.say(Message("written: {path}", path=shown_path(path)))


def _drafted(session: Session, path: Path, wish: Wish) -> tuple[bytes, bytes, Sequence[Message]]:
    """Draft and check a change, and show it; return the file before and after it, and what to ask. Raises Refused, NoAccess, BadData."""
    raw = read_if_there(path, MAX_BYTES + 1)
    loaded = session.load()
    history, journal = loaded.history, loaded.journal
    if history is None:  # other errors are no obstacle: the change may correct them
        raise BadData(loaded.errors)
    decision = draft_change(wish, history, session.today(history.adopted))
    try:
        new = with_change(raw, shown_path(path), decision.act.id, decision.head, decision.data)
    except Refused:  # the fix is to add by hand what is shown
        _show(session, decision, history, journal)
        raise
    _check(session, new)
    _show(session, decision, history, journal)
    return raw, new, decision.questions


def _write(path: Path, raw: bytes, new: bytes) -> None:
    """Write the file, whose lock is held, if it still is what it was. Raises Refused, NoAccess."""
    if read_if_there(path, MAX_BYTES + 1) != raw:
        raise Refused(
            Message("{path} was changed in the meantime; nothing was written", path=shown_path(path)),
            Message("run the command again"),
        )
    (write_over if path.exists() else write_new)(path, new)
    if read_if_there(path) != new:
        raise NoAccess(
            Message("{path} does not have what was written", path=shown_path(path)),
            Message("check the disk, then run: cbfa check"),
        )


def _period(word: str | None) -> Period | None:
    return None if word is None else read_period(word)


def _check(session: Session, new: bytes) -> None:
    """Check the files as they would be. Raises Refused after printing what is wrong."""
    loaded = load(session.folder, session.now, acts_instead=new)
    if loaded.errors:
        print_problems(sort_problems(loaded.errors))
        raise Refused(
            Message("with this change cbfa check would find errors; nothing was written"),
            Message("correct the command; or correct the files where the errors are, then run it again"),
        )


def _show(session: Session, decision: Decision, history: History, journal: Journal) -> None:
    """Show the change, and its effect on the figures of today, or of its first day if that is later."""
    day = max(session.today(history.adopted), decision.act.day)
    before, after = (Snapshot.take(one, journal, day) for one in (history, decision.history))
    item = decision.data if decision.head is None else {**decision.head, "changes": [decision.data]}
    session.show(amend_page(decision, before, after, change_lines(item)))
