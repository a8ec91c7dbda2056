"""The progress journal: `undo`, `log`, `merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cbfa.cli import options, streams
from cbfa.cli.reading import acting, reading, recording
from cbfa.cli.session import Session, print_problems
from cbfa.core.dates import parse_day
from cbfa.core.journal import Entry, Journal, Retraction
from cbfa.core.occurrences import all_occurrences, find_milestone, find_occurrence, occurrences_of
from cbfa.core.roadmap import Roadmap
from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot
from cbfa.errors import BadData, Invalid
from cbfa.locale import N_, text
from cbfa.messages import Message, Plural
from cbfa.problems import Severity
from cbfa.store.ids import new_id
from cbfa.store.journal_append import append
from cbfa.store.journal_lines import parse_journal
from cbfa.store.journal_union import news_of, problems_of_union
from cbfa.store.paths import shown_path
from cbfa.store.text_files import read_bytes
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)

EntryWord = Annotated[
    str | None,
    typer.Argument(
        metavar="ENTRY", help=N_("The id of an entry, or the end of it, as cbfa log shows it."), show_default=False
    ),
]
Why = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("Why it is taken back."))]
OptionalKey = Annotated[
    str | None,
    typer.Argument(metavar="KEY", help=options.KEY_HELP, autocompletion=options.completion.keys, show_default=False),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help=N_("Only what happened on this day or later."))
]
Other = Annotated[
    Path, typer.Argument(metavar="OTHER.yaml", help=N_("The other copy of progress.yaml."), show_default=False)
]


@app.command(help=N_("Take an entry back: the last one recorded, or the one named by its id or the end of it."))
@recording
def undo(
    session: Session,
    entry: EntryWord = None,
    note: Why = None,
    by: options.By = None,
    yes: options.Yes = False,
) -> Page | None:
    loaded = session.load()
    if (
        loaded.roadmap is None
        or loaded.agencies is None
        or any(one.severity is Severity.ERROR for one in loaded.unreadable)
    ):
        raise BadData(loaded.errors)
    taken = loaded.journal.find(entry) if entry is not None else _last(loaded.journal)
    retraction = Retraction(
        id=new_id(),
        retracts=taken.id,
        note=options.written(note, "--note"),
        by=loaded.agencies.find(by).id if by is not None else None,
        recorded=session.now,
    )
    question = Message(
        "Take back the entry of {on}, “{key} {event}”?", on=taken.on, key=taken.key, event=taken.event.value
    )
    if not session.confirm([question], yes=yes):
        session.declined()
        return None
    where = shown_path(session.folder.own_journal)
    loaded.append(retraction)
    session.done = True
    seen = max(session.today, taken.on)
    before = Snapshot.take(loaded.roadmap, loaded.agencies, loaded.journal, seen)
    after = Snapshot.take(loaded.roadmap, loaded.agencies, loaded.journal | Journal.of([retraction]), seen)
    return _page(before, after, taken, where)


def _last(journal: Journal) -> Entry:
    if last := journal.last_recorded():
        return last
    raise Invalid(Message("the journal has no entry to take back"))


def _page(before: Snapshot, after: Snapshot, taken: Entry, where: str) -> Page:
    """What changed; an entry of a milestone that has gone from the roadmap changes nothing that can be shown."""
    from cbfa.views.pages.journal import change_page, retraction_page  # noqa: PLC0415

    if any(occurrence.key == taken.key for occurrence in all_occurrences(after.roadmap)):
        return change_page(before, after, taken, where=where, retracted=True)
    return retraction_page(taken)


@app.command(help=N_("The journal: what was recorded, in the order in which it happened."))
@reading
def log(session: Session, key: OptionalKey = None, agency: options.AgencyOption = None, since: Since = None) -> Page:
    from cbfa.views.pages.journal import log_page  # noqa: PLC0415

    snapshot = session.snapshot()
    chosen = Selection(agency=snapshot.agencies.find(agency) if agency is not None else None)
    keys = {standing.occurrence.key for standing in chosen.of(snapshot.standings)}
    keys &= _keys(snapshot.roadmap, key) if key is not None else keys
    first = parse_day(since) if since is not None else None
    entries = [entry for entry in snapshot.entries if entry.key in keys and (first is None or entry.on >= first)]
    return log_page(snapshot, entries)


def _keys(roadmap: Roadmap, word: str) -> set[str]:
    """One occurrence where the year is named, else all of the milestone's."""
    if "@" in word:
        return {find_occurrence(roadmap, word).key}
    workstream, milestone = find_milestone(roadmap, word)
    return {occurrence.key for occurrence in occurrences_of(milestone, workstream)}


@app.command(help=N_("Take over the entries of another office's copy of the journal. What both have is one entry."))
@acting
def merge(session: Session, other: Other) -> None:
    roadmap, agencies, journal = session.load().usable()
    theirs = parse_journal(read_bytes(other), str(other))
    problems = problems_of_union(theirs, roadmap, agencies, journal)
    if wrong := [problem for problem in problems if problem.severity is Severity.ERROR]:
        raise BadData(wrong)
    print_problems(problems)
    new = news_of(theirs, journal)
    append(session.folder.own_journal, new)
    session.done = True
    known = len(theirs.journal) - len(new)
    sentence = Plural(
        "{count} new record; {known} were known already",
        "{count} new records; {known} were known already",
        count=len(new),
        known=known,
    )
    streams.answer(text(sentence) + "\n")
