"""Recording progress: `mark`."""

from __future__ import annotations

from typing import Annotated

import typer

from cbfa.cli import completion, options
from cbfa.cli.reading import recording
from cbfa.cli.session import Session
from cbfa.core.dates import parse_day
from cbfa.core.journal import Entry, Journal, find_event
from cbfa.core.marking import Proposal, questions, refuse_the_impossible
from cbfa.core.occurrences import find_occurrence
from cbfa.core.snapshot import Snapshot
from cbfa.locale import N_, current
from cbfa.store.ids import new_id
from cbfa.store.paths import shown_path
from cbfa.views.looks import EVENT, spoken
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)

EventWord = Annotated[
    str,
    typer.Argument(
        metavar="EVENT",
        help=N_("progress, done, suspended, dropped or reopened."),
        show_default=False,
        autocompletion=completion.events,
    ),
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help=N_("The day on which it happened; today if left out."))
]
Count = Annotated[
    int | None, typer.Option("--count", metavar="N", help=N_("How many more were reached, towards the target."))
]
Percent = Annotated[
    int | None, typer.Option("--percent", metavar="N", help=N_("How far it is by your judgement, 0 to 100."))
]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="TEXT", help=N_("A document or source that shows it; may be given again.")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Print what would change, and record nothing."))]


@app.command(help=N_("Record what happened to an occurrence, and print its state before and after."))
@recording
def mark(
    session: Session,
    key: options.Key,
    event: EventWord,
    on: On = None,
    count: Count = None,
    percent: Percent = None,
    note: options.Note = None,
    evidence: Evidence = None,
    by: options.By = None,
    dry_run: DryRun = False,
    yes: options.Yes = False,
) -> Page | None:
    from cbfa.views.pages.journal import change_page  # noqa: PLC0415

    loaded = session.load()
    roadmap, agencies, journal = loaded.usable()
    occurrence = find_occurrence(roadmap, key)
    day = parse_day(on) if on is not None else session.today
    proposal = Proposal(find_event(event, spoken(EVENT, current())), day, count, percent)
    then = Snapshot.take(roadmap, agencies, journal, day, of=[occurrence]).standing(occurrence.key)
    refuse_the_impossible(then, proposal)
    entry = Entry(
        id=new_id(),
        on=day,
        key=occurrence.key,
        event=proposal.event,
        count=count,
        percent=percent,
        note=options.written(note, "--note"),
        evidence=tuple(text for one in evidence or [] if (text := options.written(one, "--evidence"))),
        by=agencies.find(by).id if by is not None else None,
        recorded=session.now,
    )
    later = next((one for one in journal.by_key().get(occurrence.key, ()) if one.on > day), None)
    where = shown_path(session.folder.own_journal)
    if not dry_run:
        if not session.confirm(questions(then, proposal, session.today, later), yes=yes):
            session.declined()
            return None
        loaded.append(entry)
        session.done = True
    seen = max(session.today, day)
    before = Snapshot.take(roadmap, agencies, journal, seen, of=[occurrence])
    after = Snapshot.take(roadmap, agencies, journal | Journal.of([entry]), seen, of=[occurrence])
    return change_page(before, after, entry, where=None if dry_run else where)
