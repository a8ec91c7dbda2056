"""The progress journal: `mark`, `undo`, `log`, `merge`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cbfa.cli import options
from cbfa.cli.reading import acting, reading
from cbfa.cli.session import Session
from cbfa.core.agencies import Agencies
from cbfa.core.dates import parse_day
from cbfa.core.journal import LONGEST_NOTE, Entry, Event, Journal, Retraction
from cbfa.core.marking import Proposal, questions, refuse_the_impossible
from cbfa.core.occurrences import Occurrence, find_milestone, find_occurrence
from cbfa.core.roadmap import Roadmap
from cbfa.core.snapshot import Snapshot
from cbfa.core.text import nearest, nfc
from cbfa.errors import BadData, Finding, Invalid, Message, Plural, Problem, Refused, Severity
from cbfa.locale import N_, text
from cbfa.store.folder import load
from cbfa.store.ids import new_id
from cbfa.store.journal_file import append, parse_journal
from cbfa.store.text_files import read_bytes
from cbfa.views.page import Page

app = typer.Typer(rich_markup_mode=None)

By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="AGENCY", help=N_("The agency that reports it."), autocompletion=options.completion.agencies
    ),
]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("What happened, in your words."))]


@app.command(help=N_("Record what happened to an occurrence, and print its state before and after."))
@acting
def mark(
    session: Session,
    key: options.Key,
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT",
            help=N_("progress, done, suspended, dropped or reopened."),
            show_default=False,
            autocompletion=lambda: list(Event),
        ),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=N_("The day on which it happened; today if left out."))
    ] = None,
    count: Annotated[
        int | None, typer.Option("--count", metavar="N", help=N_("How many more were reached, towards the target."))
    ] = None,
    percent: Annotated[
        int | None, typer.Option("--percent", metavar="N", help=N_("How far it is by your judgement, 0 to 100."))
    ] = None,
    note: NoteOption = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar="TEXT", help=N_("A document or source that shows it; may be given again.")),
    ] = None,
    by: By = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Print what would change, and record nothing."))
    ] = False,
    yes: options.Yes = False,
) -> None:
    from cbfa.views.pages.change import change_page  # noqa: PLC0415

    roadmap, agencies, journal = session.load().usable()
    occurrence = find_occurrence(roadmap, key)
    day = parse_day(on) if on is not None else session.today
    proposal = Proposal(_event(event), day, count, percent)
    then = Snapshot.take(roadmap, agencies, journal, day).standing(occurrence.key)
    refuse_the_impossible(then, proposal)
    entry = Entry(
        id=new_id(),
        on=day,
        key=occurrence.key,
        event=proposal.event,
        count=count,
        percent=percent,
        note=_written(note, "--note"),
        evidence=tuple(filter(None, (_written(one, "--evidence") for one in evidence or []))),
        by=agencies.find(by).id if by is not None else None,
        recorded=session.now,
    )
    if not dry_run and not session.confirm(questions(then, proposal, session.today), yes=yes):
        raise Refused(Message("nothing was recorded"))
    if not dry_run:
        append(session.folder.own_journal, [entry])
    seen = max(session.today, day)
    before = Snapshot.take(roadmap, agencies, journal, seen)
    after = Snapshot.take(roadmap, agencies, journal | Journal.of([entry]), seen)
    session.show(change_page(before, after, occurrence.key, entry, recorded=not dry_run))


def _event(word: str) -> Event:
    for event in Event:
        if word.lower() == event.value:
            return event
    raise Invalid(
        Message("there is no event “{word}”", word=word),
        Message("choose one: {names}", names=", ".join(nearest(word, Event) or Event)),
    )


def _written(words: str | None, option: str) -> str | None:
    """What a person wrote, composed. Empty words are nothing; what cannot be stored is refused, not changed."""
    if words is None or not words.strip():
        return None
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise Invalid(Message("{option} is not UTF-8", option=option), Message("look at the encoding of your terminal"))
    if len(words) > LONGEST_NOTE:
        raise Invalid(
            Message("{option} is too long: {most} characters are the most", option=option, most=LONGEST_NOTE),
            Message("put it into a document, and name that"),
        )
    return nfc(words)


@app.command(help=N_("Take an entry back: the last one recorded, or the one named by its id or the end of it."))
@acting
def undo(
    session: Session,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar="ENTRY", help=N_("The id of an entry, or the end of it, as cbfa log shows it."), show_default=False
        ),
    ] = None,
    note: NoteOption = None,
    by: By = None,
    yes: options.Yes = False,
) -> None:
    from cbfa.views.pages.change import change_page, retraction_page  # noqa: PLC0415

    loaded = load(session.folder)
    _refuse_unreadable(loaded.problems, loaded.journal)
    taken = _entry(loaded.journal, entry)
    retraction = Retraction(
        id=new_id(),
        retracts=taken.id,
        note=_written(note, "--note"),
        by=loaded.agencies.find(by).id if by is not None and loaded.agencies else None,
        recorded=session.now,
    )
    question = Message(
        "Take back the entry of {on}, “{key} {event}”?", on=taken.on, key=taken.key, event=taken.event.value
    )
    if not session.confirm([question], yes=yes):
        raise Refused(Message("nothing was recorded"))
    append(session.folder.own_journal, [retraction])
    known = _known(loaded.roadmap, loaded.agencies, taken.key)
    if known is None:
        session.show(retraction_page(taken))
        return
    roadmap, agencies, _occurrence = known
    seen = max(session.today, taken.on)
    before = Snapshot.take(roadmap, agencies, loaded.journal, seen)
    after = Snapshot.take(roadmap, agencies, loaded.journal | Journal.of([retraction]), seen)
    session.show(change_page(before, after, taken.key, taken, recorded=True, retracted=True))


def _refuse_unreadable(problems: list[Problem], journal: Journal) -> None:
    """An entry that the roadmap does not know may be taken back; a journal that cannot be read may not be added to."""
    wrong = [one for one in problems if one.severity is Severity.ERROR and one.place.file.endswith("progress.yaml")]
    known_lines = len(journal)
    if any(next(journal.conflicts(), None) or not known_lines for _ in wrong):
        raise BadData(wrong)


def _known(roadmap: Roadmap | None, agencies: Agencies | None, key: str) -> tuple[Roadmap, Agencies, Occurrence] | None:
    if roadmap is None or agencies is None:
        return None
    try:
        return roadmap, agencies, find_occurrence(roadmap, key)
    except Invalid:
        return None


def _entry(journal: Journal, word: str | None) -> Entry:
    """The entry that is meant. Raises Invalid where there is none, or several."""
    if word is None:
        if last := journal.last_recorded():
            return last
        raise Invalid(Message("the journal has no entry to take back"))
    found = [entry for entry in journal.entries() if entry.id.endswith(word.strip().lower()) and word.strip()]
    if len(found) == 1:
        return found[0]
    if not found and (record := journal.by_id.get(word.strip().lower())) is not None:
        raise Invalid(Message("{id} is taken back already", id=record.id))
    if not found:
        raise Invalid(Message("no entry has the id “{word}”", word=word), Message("list them with: cbfa log"))
    raise Invalid(
        Message("several entries have an id that ends in “{word}”", word=word),
        Message("give more of it: {names}", names=", ".join(one.id for one in found[:5])),
    )


@app.command(help=N_("The journal: what was recorded, in the order in which it happened."))
@reading
def log(
    session: Session,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="KEY",
            help=N_("A milestone's id or a unique beginning of it; where it recurs, with its year: ingo-donors@2014."),
            autocompletion=options.completion.keys,
            show_default=False,
        ),
    ] = None,
    agency: options.AgencyOption = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=N_("Only what happened on this day or later."))
    ] = None,
) -> Page:
    from cbfa.core.selection import Selection  # noqa: PLC0415
    from cbfa.views.pages.log import log_page  # noqa: PLC0415

    snapshot = session.snapshot()
    keys = {
        one.occurrence.key
        for one in Selection(agency=snapshot.agencies.find(agency) if agency is not None else None).of(
            snapshot.standings
        )
    }
    if key is not None:
        keys &= _keys(snapshot.roadmap, key)
    first = parse_day(since) if since is not None else None
    return log_page(
        snapshot, [entry for entry in snapshot.entries if entry.key in keys and (first is None or entry.on >= first)]
    )


def _keys(roadmap: Roadmap, word: str) -> set[str]:
    if "@" in word:
        return {find_occurrence(roadmap, word).key}
    from cbfa.core.occurrences import occurrences_of  # noqa: PLC0415

    workstream, milestone = find_milestone(roadmap, word)
    return {occurrence.key for occurrence in occurrences_of(milestone, workstream)}


@app.command(help=N_("Take over the entries of another office's copy of the journal. What both have is one entry."))
@acting
def merge(
    session: Session,
    other: Annotated[
        Path, typer.Argument(metavar="OTHER.yaml", help=N_("The other copy of progress.yaml."), show_default=False)
    ],
) -> None:
    from cbfa.core.checks import check  # noqa: PLC0415

    roadmap, agencies, journal = session.load().usable()
    theirs = parse_journal(read_bytes(other), str(other))
    wrong = [problem for problem in theirs.problems if problem.severity is Severity.ERROR]
    both = journal | theirs.journal
    findings: list[Finding] = check(roadmap, agencies, both)
    wrong += [
        Problem(theirs.place(one), one.message, one.mend)
        for one in findings
        if one.severity is Severity.ERROR and one.path and one.path[0] in theirs.lines
    ]
    if wrong:
        raise BadData(wrong)
    new = sorted(theirs.journal.records - journal.records, key=lambda record: record.id)
    append(session.folder.own_journal, new)
    sentence = Plural(
        "{count} new record; {known} were known already",
        "{count} new records; {known} were known already",
        count=len(new),
        known=len(theirs.journal) - len(new),
    )
    sys.stdout.write(text(sentence) + "\n")
