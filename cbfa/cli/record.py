"""The commands that append to the journal: `mark`, `undo`, `merge`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cbfa.cli import completion, options
from cbfa.cli.help import RECORD, Command
from cbfa.cli.interrupts import ending_at_once
from cbfa.cli.session import Session, print_problems
from cbfa.core.agencies import resolve_agency
from cbfa.core.checks import check_journal
from cbfa.core.dates import in_zone
from cbfa.core.history import History
from cbfa.core.journal import EVENT_WORDS, Journal, Retraction, resolve_entry, resolve_event
from cbfa.core.periods import Period, parse_period
from cbfa.core.recording import Draft, Request, Stamp, draft_entry, draft_retraction, draft_union
from cbfa.core.snapshot import Snapshot
from cbfa.errors import BadData, Invalid, Refused
from cbfa.locale import N_, current
from cbfa.messages import Message
from cbfa.store.journal.store import new_id, read_copy
from cbfa.store.loading import Loaded, errors_among
from cbfa.views.looks import known_as
from cbfa.views.pages.journal import change_page, merge_page

app = typer.Typer(rich_markup_mode=None)


def _record(
    session: Session,
    loaded: Loaded,
    make_draft: Callable[[Journal], Draft],
    *,
    yes: bool,
    merged: bool = False,
) -> Draft | None:
    """Ask, then append the draft as it is made again under the lock; return it, or None if the answer was no.

    What another officer recorded in the meantime may forbid the draft, or raise a question that was not asked yet.
    """
    history, journal = loaded.usable()
    store = session.folder.open_journal()
    draft = make_draft(journal)
    if not draft.records and not draft.refusals:
        return draft
    answered: list[Message] = []
    while True:
        _refuse(draft)
        if not session.confirm([one for one in draft.questions if one not in answered], yes=yes):
            session.say(Message("nothing was recorded"))
            return None
        answered += draft.questions
        with store.locked():
            with ending_at_once():
                contents = store.read(history.adopted.programme.zone)
            found = check_journal(contents.journal, history, history.agencies)
            found = [one._replace(place=contents.locate(one.place.path)) for one in found]
            if errors := errors_among([*contents.problems, *found]):
                raise BadData(errors)
            draft = make_draft(contents.journal)
            if not draft.refusals and all(one in answered for one in draft.questions):
                store.append(draft.records, merged=merged)
                return draft


def _refuse(draft: Draft) -> None:
    """Raise Refused for the first refusal of a draft, if there is any."""
    if draft.refusals:
        raise Refused(draft.refusals[0].message, draft.refusals[0].fix)


def _show_change(session: Session, history: History, draft: Draft, where: str | None) -> None:
    if draft.entry:
        session.show(change_page(history.adopted.programme, draft.entry, draft, where), done=where is not None)


@app.command(
    cls=Command,
    rich_help_panel=RECORD,
    help=N_("Record what happened to an occurrence, and show its state before and after."),
)
def mark(
    ctx: typer.Context,
    key: Annotated[
        str,
        typer.Argument(metavar=N_("KEY"), help=options.KEY_HELP, autocompletion=completion.keys, show_default=False),
    ],
    event: Annotated[
        str,
        typer.Argument(
            metavar=N_("EVENT"),
            help=N_("progress, done, suspended, dropped, reopened or extension."),
            show_default=False,
            autocompletion=completion.events,
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar=N_("DATE"),
            help=N_(
                "The day on which it happened; if it is not known, the month, quarter, half or year: 2012-05, 2012-Q2. "
                "Default: today."
            ),
        ),
    ] = None,
    count: Annotated[
        int | None, typer.Option("--count", metavar="N", help=N_("How many were added towards the target."))
    ] = None,
    value: Annotated[
        str | None, typer.Option("--value", metavar="N", help=N_("The value on that day, where the target is a level."))
    ] = None,
    percent: Annotated[
        int | None, typer.Option("--percent", metavar="N", help=N_("Your estimate of how much is done, 0 to 100."))
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar=N_("DATE"), help=N_("With extension: the day that is asked for; left out: refused.")
        ),
    ] = None,
    note: options.Note = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            "--evidence", metavar=N_("TEXT"), help=N_("A document or source that proves it; may be repeated.")
        ),
    ] = None,
    by: options.By = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show what would change without recording it."))
    ] = False,
    yes: options.Yes = False,
    form: options.Form = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    loaded = session.load()
    history, journal = loaded.usable()
    today, stamp = session.today(history.adopted), Stamp(new_id(), in_zone(session.now, history.adopted.programme.zone))
    request = Request(
        key=key,
        event=resolve_event(event, known_as(EVENT_WORDS, current())),
        on=parse_period(on) if on is not None else Period.from_day(today),
        count=count,
        value=options.read_number(value),
        percent=percent,
        until=parse_period(until) if until is not None else None,
        note=options.clean_text(note, "--note"),
        evidence=tuple(text for one in evidence or [] if (text := options.clean_text(one, "--evidence"))),
        by=resolve_agency(history.agencies, by).id if by is not None else None,
    )

    def make_draft(journal: Journal) -> Draft:
        return draft_entry(request, history, journal, today, stamp)

    if dry_run:
        draft = make_draft(journal)
        _refuse(draft)
        for question in draft.questions:
            session.say(Message("it would be asked: {question}", question=question))
        print_problems(draft.remarks)
        _show_change(session, history, draft, None)
    elif recorded := _record(session, loaded, make_draft, yes=yes):
        print_problems(recorded.remarks)
        _show_change(session, history, recorded, session.folder.open_journal().name)
    else:
        raise typer.Exit(1)


@app.command(
    cls=Command,
    rich_help_panel=RECORD,
    help=N_("Take back an entry: the last one that was recorded here, or the one with the given id."),
)
def undo(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ENTRY"),
            help=N_("The id of an entry, or the end of the id, as cbfa log shows it."),
            show_default=False,
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("Why the entry is taken back."))
    ] = None,
    by: options.By = None,
    yes: options.Yes = False,
    form: options.Form = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    loaded = session.load()
    history, journal = loaded.usable()
    taken = resolve_entry(journal, entry) if entry is not None else journal.last_of(loaded.here)
    if taken is None:
        message = Message("the journal has no entry that was recorded here and could be taken back")
        raise Invalid(message, Message("name the entry: cbfa undo ENTRY; list the entries with: cbfa log"))
    today = session.today(history.adopted)
    retraction = Retraction(
        id=new_id(),
        retracts=taken.id,
        note=options.clean_text(note, "--note"),
        by=resolve_agency(history.agencies, by).id if by is not None else None,
        recorded=in_zone(session.now, history.adopted.programme.zone),
    )

    def make_draft(journal: Journal) -> Draft:
        return draft_retraction(taken, retraction, history, journal, today, is_ours=taken.id in loaded.here)

    if draft := _record(session, loaded, make_draft, yes=yes):
        _show_change(session, history, draft, session.folder.open_journal().name)
    else:
        raise typer.Exit(1)


@app.command(
    cls=Command,
    rich_help_panel=RECORD,
    help=N_("Merge the entries from another office's copy of the journal. An entry in both copies counts once."),
)
def merge(
    ctx: typer.Context,
    other: Annotated[
        Path, typer.Argument(metavar="OTHER.yaml", help=N_("The other copy of progress.yaml."), show_default=False)
    ],
    form: options.Form = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    loaded = session.load()
    history, journal = loaded.usable()
    copy = read_copy(other, history.adopted.programme.zone)
    today = session.today(history.adopted)

    def make_draft(journal: Journal) -> Draft:
        draft = draft_union(copy.journal, history, journal, today)
        refusals = [one._replace(place=copy.locate(one.place.path)) for one in draft.refusals]
        if errors := [*errors_among(copy.problems), *refusals]:
            raise BadData(errors)
        remarks = [one._replace(place=copy.locate(one.place.path)) for one in draft.remarks]
        return draft._replace(remarks=tuple(remarks))

    if draft := _record(session, loaded, make_draft, yes=True, merged=True):
        print_problems([*copy.problems, *draft.remarks])
        joined = Journal.from_records([*journal.records, *draft.records], journal.zone)
        snapshot = Snapshot.take(history, joined, today)
        known = len(copy.journal) - len(draft.records)
        session.show(merge_page(snapshot, draft.records, known), done=True)
