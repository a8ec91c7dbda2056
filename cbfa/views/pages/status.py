"""The programme on one screen: the figures, the workstreams, what is overdue, what is due next, and which agencies owe most."""

from collections.abc import Mapping, Sequence
from datetime import date

from cbfa.core.roadmap import Workstream
from cbfa.core.selection import overdue, upcoming
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Progress
from cbfa.core.tally import LONG_OVERDUE, Tally, by_agency, by_workstream, by_year, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import TALLY_FIELDS, occurrence_item, tally_item
from cbfa.views.looks import PROGRESS
from cbfa.views.page import (
    Bar,
    BarPart,
    Block,
    Cell,
    Column,
    Count,
    Counts,
    Figure,
    Heading,
    Hint,
    Item,
    Legend,
    More,
    Page,
    Percent,
    Query,
    Ratio,
    Sentence,
    Table,
    Text,
    Tone,
)
from cbfa.views.pages.parts import (
    agency_cell,
    as_of,
    due_cell,
    envelope,
    legend,
    occurrences_of_milestones,
    overdue_cell,
    programme_over,
    title_of,
    workstream_name,
)

LONGEST_OVERDUE = 5
DUE_NEXT = 3
WORST_AGENCIES = 3
"""Rows of each short list, so that the page fits on one screen."""
LISTED = 4
"""Items of `overdue` and `upcoming` in JSON."""


def status_page(snapshot: Snapshot, today: date) -> Page:
    """Show the programme on one screen; queries name the as-of date where it is not today."""
    programme = snapshot.roadmap.programme
    total = count_occurrences(snapshot.standings)
    late, ahead = overdue(snapshot.standings), upcoming(snapshot.standings)
    counted = occurrences_of_milestones(total.total, total.milestones)
    asked = _options(snapshot, today)
    blocks: list[Block] = [
        Heading(programme.title, 1),
        Sentence(programme.legal_basis, Tone.QUIET),
        Sentence((as_of(snapshot), counted), Tone.QUIET),
        *programme_over(snapshot),
        _figures(total),
        *_silence(total),
        *_unplaced(snapshot, asked),
        _workstreams(snapshot, total),
        Legend(list(BarPart)),
        *_late(late, snapshot, asked),
        *_ahead(ahead, snapshot, asked),
        *legend([*late[:LONGEST_OVERDUE], *ahead[:DUE_NEXT]]),
        *_agencies(snapshot, asked),
    ]
    more = {
        **envelope(snapshot),
        "total": tally_item(total),
        "not_in_roadmap": len(snapshot.unplaced),
        **_more(snapshot, late, ahead),
    }
    return Page("status", blocks, ("id", "number", "title", *TALLY_FIELDS), _items(snapshot), more)


def _options(snapshot: Snapshot, today: date) -> dict[str, int | date]:
    """Return the options by which another command is asked about the same day."""
    options: dict[str, int | date] = {} if snapshot.as_of == today else {"--as-of": snapshot.as_of}
    return {**options, "--known-by": snapshot.known_by} if snapshot.known_by else options


def _figures(total: Tally) -> Counts:
    """The figures that a leader asks for. Those of the classes add up to the total."""
    late = Count(Message("overdue"), total.overdue)
    if total.overdue:
        over_30_days = Count(Message("over {days} days", days=LONG_OVERDUE), total.long_overdue)
        late = late._replace(tone=Tone.BAD, of_which=over_30_days)
    counts = [
        Count(Message("done"), total.done, Tone.GOOD),
        late,
        Count(Message("within deadline"), total.official[OfficialClass.WITHIN_DEADLINE]),
        Count(Message("no deadline set"), total.open_without_deadline),
    ]
    aside = [one for one in (Progress.SUSPENDED, Progress.DROPPED) if total.progress[one]]
    counts += [Count(PROGRESS[progress], total.progress[progress]) for progress in aside]
    entered = Ratio(total.total - total.without_entry, total.total)
    return Counts([*counts, Count(Message("with an entry"), entered)])


def _silence(total: Tally) -> list[Sentence]:
    """Say that what nobody recorded may well have been done."""
    if not total.without_entry:
        return []
    silent = Message(
        "{count} of {total} have no entry; this does not mean that nothing was done.",
        count=Figure(total.without_entry),
        total=Figure(total.total),
    )
    return [Sentence(silent)]


def _unplaced(snapshot: Snapshot, asked: Mapping[str, int | date]) -> list[Sentence]:
    """Count the entries whose milestone the roadmap lacks; the journal of the same day marks them."""
    if not snapshot.unplaced:
        return []
    message = Plural(
        "{count} entry is for a milestone that is not in the roadmap, and changes no state.",
        "{count} entries are for milestones that are not in the roadmap, and change no state.",
        count=len(snapshot.unplaced),
    )
    query = Query("log", asked) if snapshot.known_by else Query("check")
    return [Sentence(message, Tone.WARN, Hint(Message("To list them"), query))]


def _workstreams(snapshot: Snapshot, total: Tally) -> Table:
    columns = [
        Column(Message("Workstream"), flexible=True),
        Column(""),
        Column(Message("done"), numeric=True),
        Column("%", numeric=True),
        Column(Message("overdue"), numeric=True),
    ]
    rows = [_tally_row(workstream_name(workstream), tally) for workstream, tally in _tallies(snapshot)]
    return Table(columns, [*rows, _tally_row(Message("Whole programme"), total, Tone.STRONG)])


def _tallies(snapshot: Snapshot) -> list[tuple[Workstream, Tally]]:
    return by_workstream(snapshot.roadmap, snapshot.standings)


def _tally_row(name: Text, tally: Tally, tone: Tone = Tone.PLAIN) -> list[Cell]:
    return [
        Cell(name, tone),
        Cell(tally_bar(tally)),
        Cell(Ratio(tally.done, tally.total), tone),
        Cell(Percent(tally.done, tally.total), tone),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.QUIET),
    ]


def tally_bar(tally: Tally) -> Bar:
    """Return the counts of a tally as a bar."""
    rest = tally.total - tally.done - tally.under_way - tally.overdue
    counts = (tally.done, tally.under_way, tally.overdue, rest)
    return Bar(dict(zip(BarPart, counts, strict=True)))


def _late(late: Sequence[Standing], snapshot: Snapshot, asked: Mapping[str, int | date]) -> list[Block]:
    if not late:
        return [Sentence(Message("Nothing is overdue."), Tone.GOOD)]
    rows = [
        [overdue_cell(standing)._replace(below=[]), *_what_and_who(standing, snapshot)]
        for standing in late[:LONGEST_OVERDUE]
    ]
    more = _more_than(LONGEST_OVERDUE, len(late), Query("overdue", asked))
    return [Heading(Message("Longest overdue (as recorded)")), _short_list(rows), *more]


def _ahead(ahead: Sequence[Standing], snapshot: Snapshot, asked: Mapping[str, int | date]) -> list[Block]:
    if not ahead:
        return [] if snapshot.ended else [Sentence(Message("Nothing more falls due."))]
    rows = [[due_cell(standing), *_what_and_who(standing, snapshot)] for standing in ahead[:DUE_NEXT]]
    days = max((due - snapshot.as_of).days for standing in ahead if (due := standing.occurrence.window.due))
    more = _more_than(DUE_NEXT, len(ahead), Query("upcoming", {"--days": days, **asked}))
    return [Heading(Message("Due next")), _short_list(rows), *more]


def _what_and_who(standing: Standing, snapshot: Snapshot) -> list[Cell]:
    return [Cell(title_of(standing)), agency_cell(standing.occurrence.milestone.lead, snapshot.agencies)]


def _short_list(rows: list[list[Cell]]) -> Table:
    return Table([Column(""), Column("", flexible=True), Column("")], rows)


def _more_than(shown: int, total: int, query: Query) -> list[More]:
    return [More(total - shown, query)] if total > shown else []


def _agencies(snapshot: Snapshot, asked: Mapping[str, int | date]) -> list[Block]:
    """Show the agencies that lead most of what is overdue, each with how much it leads."""
    tallies = [(agency, tally) for agency, tally in by_agency(snapshot.agencies, snapshot.standings) if tally.overdue]
    if not tallies:
        return []
    worst = sorted(tallies, key=lambda pair: -pair[1].overdue)[:WORST_AGENCIES]
    rows = [
        [Cell(agency.name), Cell(Ratio(tally.overdue, tally.total), Tone.BAD), Cell(Message("that it leads"))]
        for agency, tally in worst
    ]
    columns = [Column("", flexible=True), Column("", numeric=True), Column("")]
    return [
        Heading(Message("Agencies with the most overdue work (as recorded)")),
        Table(columns, rows),
        *_more_than(WORST_AGENCIES, len(tallies), Query("agencies", asked)),
    ]


def _items(snapshot: Snapshot) -> list[Item]:
    return [
        {"id": workstream.id, "number": workstream.number, "title": workstream.title, **tally_item(tally)}
        for workstream, tally in _tallies(snapshot)
    ]


def _more(snapshot: Snapshot, late: Sequence[Standing], ahead: Sequence[Standing]) -> Item:
    return {
        "ended": snapshot.ended,
        "agencies": [
            {"id": agency.id, **tally_item(tally)} for agency, tally in by_agency(snapshot.agencies, snapshot.standings)
        ],
        "years": [{"year": year, **tally_item(tally)} for year, tally in by_year(snapshot.standings)],
        "overdue": [occurrence_item(standing) for standing in late[:LISTED]],
        "upcoming": [occurrence_item(standing) for standing in ahead[:LISTED]],
    }
