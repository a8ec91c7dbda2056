"""The commands that answer a question, about the programme on a day or about its changes."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from cbfa.cli import completion, options
from cbfa.cli.help import READ, Command
from cbfa.cli.session import Session
from cbfa.core import selection as select
from cbfa.core.log import LogSelection
from cbfa.core.occurrences import resolve_milestone, resolve_occurrence
from cbfa.core.periods import Period, parse_period
from cbfa.core.plan import id_in
from cbfa.core.resolve import resolve_word
from cbfa.core.roadmap import Milestone, Workstream
from cbfa.core.selection import Role, Selection
from cbfa.core.snapshot import Snapshot
from cbfa.errors import Invalid
from cbfa.locale import N_, current
from cbfa.messages import Message
from cbfa.views.looks import OFFICIAL, ROLE, STATE, known_as
from cbfa.views.pages import requests
from cbfa.views.pages.agencies import agencies_page, report_page
from cbfa.views.pages.amendments import amendments_page, diff_page, pending_page
from cbfa.views.pages.journal import log_page
from cbfa.views.pages.listing import list_page, overdue_page, upcoming_page
from cbfa.views.pages.milestone import milestone_page
from cbfa.views.pages.official import official_page
from cbfa.views.pages.status import status_page
from cbfa.views.pages.timeline import timeline_page
from cbfa.views.pages.whole import whole

T = TypeVar("T")

DAYS_AHEAD = 90
"""Days ahead that `upcoming` lists if nothing else is asked for."""

app = typer.Typer(rich_markup_mode=None)


def _select(
    snapshot: Snapshot,
    *,
    workstreams: Sequence[str] | None = None,
    agencies: Sequence[str] | None = None,
    role: str | None = None,
    states: Sequence[str] | None = None,
    year: int | None = None,
    words: str | None = None,
    done_in: str | None = None,
    official: Sequence[str] | None = None,
    silent: int | None = None,
) -> Selection:
    """Return the selection that the words of the command line mean, each thing once. Raises Invalid."""
    if silent is not None and silent < 0:
        raise Invalid(Message("--silent must be 0 or more"), Message("give a number of days, such as --silent 180"))
    streams = [select.resolve_workstream(snapshot.roadmap, word) for word in workstreams or ()]
    offices = [office for word in agencies or () for office in _in_plan(snapshot, word, snapshot.past.offices)]
    meant = [select.resolve_state(word, known_as(STATE, current())) for word in states or ()]
    names = known_as({one: look.words for one, look in OFFICIAL.items()}, current())
    classes = [select.resolve_class(word, names) for word in official or ()]
    return Selection(
        workstreams=[one for one in snapshot.roadmap.workstreams if one in streams],
        agencies=[one for one in snapshot.agencies.agencies if one in offices],
        role=_role(role, agencies),
        states=list(dict.fromkeys(meant)),
        year=select.check_year(snapshot.roadmap, year) if year is not None else None,
        words=words,
        done_in=_completed(done_in, snapshot) if done_in is not None else None,
        official=list(dict.fromkeys(classes)),
        silent=silent,
    )


def _completed(word: str, snapshot: Snapshot) -> Period:
    period = parse_period(word)
    if period.first > snapshot.as_of:
        raise Invalid(
            Message("{period} begins after the as-of date, {day}", period=period.shown, day=snapshot.as_of),
            Message("give an earlier period, or a later day with --as-of"),
        )
    return period


def _check_begun(snapshot: Snapshot, year: int | None) -> None:
    """Raise Invalid for a year that is not in the programme, or has not begun on the as-of date."""
    if year is not None and select.check_year(snapshot.roadmap, year) > snapshot.as_of.year:
        message = Message("{year} begins after the as-of date, {day}", year=year, day=snapshot.as_of)
        raise Invalid(message, Message("list what is planned in it: cbfa list --year {year}", year=year))


def _role(word: str | None, agencies: Sequence[str] | None) -> Role | None:
    if word is None:
        return None
    if not agencies:
        raise Invalid(Message("--role needs --agency"), Message("add --agency"))
    return select.resolve_role(word, known_as(ROLE, current()))


@app.command(cls=Command, rich_help_panel=READ, help=N_("Show the state of the programme on one screen."))
def status(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    page = status_page(snapshot, session.today(snapshot.plan), session.elsewhere)
    session.give(page, snapshot, others=lambda: whole(snapshot, Selection()))


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("List what is overdue, longest first; with --year, only what fell due in that year."),
)
def overdue(
    ctx: typer.Context,
    year: Annotated[
        int | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Only what fell due in this year."))
    ] = None,
    agency: options.AgencyWords = None,
    role: options.RoleWord = None,
    fail: Annotated[bool, typer.Option("--fail", help=N_("Exit with code 1 if anything is overdue."))] = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    selection = _select(snapshot, agencies=agency, role=role)
    _check_begun(snapshot, year)
    late = select.overdue(selection.select(snapshot.standings), year)
    session.give(overdue_page(snapshot, late, selection, year), snapshot, late, agencies=selection.agencies)
    raise typer.Exit(1 if fail and late else 0)


@app.command(cls=Command, rich_help_panel=READ, help=N_("List unfinished work that falls due in the coming days."))
def upcoming(
    ctx: typer.Context,
    days: Annotated[
        int | None, typer.Option("--days", metavar=N_("DAYS"), help=N_("How many days ahead, inclusive. Default: 90."))
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=N_("DATE"), help=N_("Up to this day, inclusive, instead of a number of days.")),
    ] = None,
    agency: options.AgencyWords = None,
    role: options.RoleWord = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    selection = _select(snapshot, agencies=agency, role=role)
    last = parse_period(until).last if until is not None else None
    count = _days_ahead(snapshot, days, last)
    ahead = select.upcoming(selection.select(snapshot.standings), count)
    page = upcoming_page(snapshot, ahead, selection, count, last)
    session.give(page, snapshot, ahead, agencies=selection.agencies)


def _days_ahead(snapshot: Snapshot, days: int | None, until: date | None) -> int:
    """Return the days ahead that are asked for, as a number or by their last day. Raises Invalid."""
    if days is not None and until is not None:
        raise Invalid(Message("--days and --until contradict each other"), Message("leave out one of them"))
    if until is not None and until < snapshot.as_of:
        message = Message("--until {until} is before the as-of date, {day}", until=until, day=snapshot.as_of)
        raise Invalid(message, Message("list overdue work with: cbfa overdue"))
    if days is not None and days < 0:
        raise Invalid(Message("--days must be 0 or more"), Message("list overdue work with: cbfa overdue"))
    if until is not None:
        return (until - snapshot.as_of).days
    return DAYS_AHEAD if days is None else days


@app.command("list", cls=Command, rich_help_panel=READ, help=N_("List all occurrences, or a selection of them."))
def list_(
    ctx: typer.Context,
    workstream: options.WorkstreamWords = None,
    agency: options.AgencyWords = None,
    role: options.RoleWord = None,
    state: options.StateWords = None,
    official: Annotated[
        list[str] | None,
        typer.Option(
            "--class",
            metavar=N_("CLASS"),
            help=N_(
                "Only one class of cbfa status: done-on-time, done-late, within-deadline, overdue, no-deadline, "
                "suspended, dropped."
            ),
            autocompletion=completion.classes,
        ),
    ] = None,
    silent: Annotated[
        int | None,
        typer.Option(
            "--silent", metavar=N_("DAYS"), help=N_("Only what is open and has had no entry for so many days.")
        ),
    ] = None,
    year: options.Year = None,
    done_in: Annotated[
        str | None,
        typer.Option(
            "--done-in",
            metavar=N_("PERIOD"),
            help=N_("Only what was completed in this period: 2012, 2012-H1, 2012-Q3, 2012-10 or a day."),
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar=N_("TEXT"),
            help=N_("Only occurrences with all these words in their key, titles, deadline wording or clauses."),
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    selection = _select(
        snapshot,
        workstreams=workstream,
        agencies=agency,
        role=role,
        states=state,
        year=year,
        words=search,
        done_in=done_in,
        official=official,
        silent=silent,
    )
    standings = selection.select(snapshot.standings)
    session.give(list_page(snapshot, standings, selection), snapshot, standings, agencies=selection.agencies)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_(
        "Show everything about one milestone: clauses, dates and how they were read, responsible agencies, entries."
    ),
)
def show(
    ctx: typer.Context,
    id: Annotated[  # noqa: A002 - the word on the help page
        str,
        typer.Argument(
            metavar="ID",
            help=N_("A milestone's id, a unique beginning of it, or words of its title."),
            autocompletion=completion.milestones,
            show_default=False,
        ),
    ],
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    if "@" in id or "/" in id:
        resolve_occurrence(snapshot.plan, id)  # a period that does not exist is an error
    workstream, milestone = _milestone(snapshot, id)
    standings = [one for one in snapshot.standings if one.occurrence.milestone is milestone]
    session.give(milestone_page(snapshot, workstream, milestone), snapshot, standings)


def _milestone(snapshot: Snapshot, word: str) -> tuple[Workstream, Milestone]:
    return _in_plan(snapshot, word, partial(resolve_milestone, snapshot.plan))


def _in_plan(snapshot: Snapshot, word: str, resolve: Callable[[str], T]) -> T:
    """Return what a word means in the plan of the day. Raises Invalid; it names the act, if a later one brings it."""
    try:
        return resolve(word)
    except Invalid:
        act = snapshot.history.beginning(id_in(word))
        if act is None or any(step.act is act for step in snapshot.past.steps):
            raise
        raise Invalid(
            Message("“{word}” is in the plan from {day} on, by {act}", word=word, day=act.day, act=act.act),
            Message("leave out --baseline, which asks about an earlier plan")
            if snapshot.baseline
            else Message("ask about a later day, with --as-of or --known-by"),
        ) from None


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_(
        "Show what an agency is responsible for: its duties, what it leads and supports, and what needs attention "
        "first."
    ),
)
def report(
    ctx: typer.Context,
    agency: options.AgencyWords = None,
    year: options.Year = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="|".join(requests.Kind),
            help=N_(
                "An official document: an agency's report (usual for .docx and .pdf), the programme's report on a year, its "
                "mid-term or final review, or the letter that asks for reports. Default of --as-of: the last day of the year, "
                "of the programme's first half, of the programme; else today."
            ),
            autocompletion=completion.kinds,
        ),
    ] = None,
    notes: Annotated[
        str | None,
        typer.Option(
            "--notes",
            metavar=N_("FILE"),
            help=N_("Your words for an official document: Markdown in UTF-8, whose headings name its parts."),
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    what = _kind(kind, session)
    if what:
        _give_document(session, what, agency, year, notes)
        return
    if notes is not None:
        raise Invalid(Message("--notes needs an official document"), Message("add --kind, or write a .docx or .pdf"))
    snapshot = session.snapshot()
    selection = _select(snapshot, agencies=agency, year=year)
    agencies = selection.agencies or snapshot.agencies.agencies
    page = report_page(snapshot, agencies, selection.year)
    standings = selection.select(snapshot.standings)
    session.give(page, snapshot, standings, lambda: whole(snapshot, selection), selection.agencies)


def _kind(word: str | None, session: Session) -> requests.Kind | None:
    """Return the kind of document that is asked for; Word and PDF have the report of an agency if none is named."""
    if word is None:
        return requests.Kind.AGENCY if session.writes_document else None
    return resolve_word(
        word, requests.Kind, known_as(requests.KINDS, current()), Message("unknown kind “{word}”", word=word)
    )


def _give_document(
    session: Session, kind: requests.Kind, agency: Sequence[str] | None, year: int | None, notes: str | None
) -> None:
    """Print or write an official document. Raises BadData, Invalid, NoAccess, Refused."""
    loaded = session.load()
    history, _journal = loaded.usable()
    plan = history.whole.plan
    if year is not None:
        select.check_year(plan.roadmap, year)
    snapshot = session.snapshot(loaded, requests.usual_day(kind, plan.programme, year))
    if kind is requests.Kind.ANNUAL:
        _check_begun(snapshot, year)
    selection = _select(snapshot, agencies=agency, year=year)
    request = requests.Request(kind, selection.agencies, selection.year)
    requests.check_request(request, plan.programme)
    if notes is not None:
        from cbfa.exchange.notes import read_notes  # noqa: PLC0415 - only documents need it, as the kinds of files

        request = request._replace(notes=read_notes(Path(notes), requests.parts_of(kind)))
    scope = requests.scope_of(snapshot, request)
    page = official_page(snapshot, request)
    session.give(page, snapshot, scope, lambda: whole(snapshot, selection), selection.agencies)


@app.command(
    "agencies",
    cls=Command,
    rich_help_panel=READ,
    help=N_("List the agencies with their codes and how much each leads and supports."),
)
def agencies_(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    session.give(agencies_page(snapshot), snapshot)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("Show the programme over time: planned periods, due dates, states and the as-of date."),
)
def timeline(
    ctx: typer.Context,
    workstream: options.WorkstreamWords = None,
    agency: options.AgencyWords = None,
    state: options.StateWords = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    baseline: options.Baseline = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    selection = _select(snapshot, workstreams=workstream, agencies=agency, states=state)
    standings = selection.select(snapshot.standings)
    page = timeline_page(snapshot, standings, selection)
    session.give(page, snapshot, standings, agencies=selection.agencies)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_("Show the journal: what was recorded, in the order in which it happened."),
)
def log(
    ctx: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("KEY"), help=options.KEY_OR_WORDS_HELP, autocompletion=completion.keys, show_default=False
        ),
    ] = None,
    agency: options.AgencyWords = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            help=N_("Only entries dated this day or later; a period means its first day."),
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    first = parse_period(since).first if since is not None else None
    if first is not None and first > snapshot.as_of:
        raise Invalid(
            Message("--since {since} is after the as-of date, {day}", since=first, day=snapshot.as_of),
            Message("give an earlier --since, or a later day: --as-of {since}", since=first),
        )
    selection = LogSelection(
        keys=_keys(snapshot, key) if key is not None else None,
        agencies=_select(snapshot, agencies=agency).agencies,
        since=first,
    )
    session.give(log_page(snapshot, selection), snapshot)


def _keys(snapshot: Snapshot, word: str) -> set[str]:
    """Return the key of one occurrence if the word names a period or an agency, else all keys of the milestone.

    Keys that the roadmap no longer has are found too, where entries have them.
    """
    gone = {entry.key for entry in snapshot.unplaced}
    if named := {key for key in gone if word in (key, id_in(key))}:
        return named | {key for key in snapshot.keys if id_in(key) == word}
    if "@" in word or "/" in word:
        return _spellings(snapshot, {resolve_occurrence(snapshot.plan, word).key})
    _, milestone = _milestone(snapshot, word)
    found = {occurrence.key for occurrence in snapshot.plan.of_milestone(milestone)}
    return _spellings(snapshot, found) | {key for key in gone if id_in(key) == milestone.id}


def _spellings(snapshot: Snapshot, keys: set[str]) -> set[str]:
    """Return keys with their older spellings."""
    return keys | {former for former, key in snapshot.plan.former.items() if key in keys}


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_(
        "List the acts that changed the programme, with what each changed; with --pending, requests for more time."
    ),
)
def amendments(
    ctx: typer.Context,
    pending: Annotated[
        bool, typer.Option("--pending", help=N_("List requests for more time on which nobody has decided."))
    ] = False,
    as_of: options.AsOf = None,
    known_by: options.KnownBy = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot()
    session.give(pending_page(snapshot) if pending else amendments_page(snapshot), snapshot)


@app.command(
    cls=Command,
    rich_help_panel=READ,
    help=N_(
        "Compare the plan and its state on two days: moved, added, repealed, done since, newly overdue, taken back."
    ),
)
def diff(
    ctx: typer.Context,
    since: Annotated[
        str,
        typer.Option(
            "--from", metavar=N_("DATE"), help=N_("The earlier day; a period means its last day."), show_default=False
        ),
    ],
    to: Annotated[
        str | None, typer.Option("--to", metavar=N_("DATE"), help=N_("The later day. Default: today."))
    ] = None,
    known_by: options.KnownBy = None,
    form: options.Form = None,
    output: options.Output = None,
    force: options.Force = False,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    snapshot = session.snapshot(usual=parse_period(to).last if to is not None else None)
    first = parse_period(since).last
    if first >= snapshot.as_of:
        raise Invalid(
            Message("--from {first} is not before {last}", first=first, last=snapshot.as_of),
            Message("give an earlier --from, or a later --to"),
        )
    session.give(diff_page(snapshot, first), snapshot)
