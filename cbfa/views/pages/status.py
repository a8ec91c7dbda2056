"""The programme on one screen: the figures, the workstreams, what is overdue, what is due next, and which agencies owe most."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from cbfa.core.agencies import Agency
from cbfa.core.roadmap import Programme, Workstream
from cbfa.core.selection import first_with_ties, overdue, ties, upcoming
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing, together
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import Tally, by_agency, by_workstream, by_year, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import TALLY_FIELDS, occurrence_item, tally_item
from cbfa.views.looks import CLASS, PROGRESS, TIMING, term
from cbfa.views.page import (
    Bar,
    BarPart,
    Block,
    Cell,
    Column,
    Count,
    Counts,
    Days,
    Figure,
    Heading,
    Hint,
    Item,
    Legend,
    More,
    Named,
    Names,
    Page,
    Percent,
    Query,
    Ratio,
    Sentence,
    Table,
    Text,
    Tone,
    Value,
)
from cbfa.views.pages.history import moves_lines, sums_on
from cbfa.views.pages.parts import (
    as_of,
    basis_of,
    caveat_of,
    date_marks,
    due_cell,
    envelope,
    how_far,
    leads_cell,
    legend,
    occurrences_of_milestones,
    overdue_count,
    short_name,
    signals,
    silence,
    title_of,
    workstream_name,
)

T = TypeVar("T")

LONGEST_OVERDUE = 5
DUE_NEXT = 3
WORST_AGENCIES = 3
"""Rows of each short list, so that the page fits on one screen. Rows that tie are all shown, or counted in one row."""
MAX_NAMES = 8
"""Agencies that one row names."""
LISTED = 4
"""Items of `overdue` and `upcoming` in JSON, and what ties with the last of them."""


def status_page(snapshot: Snapshot, today: date, files: Text = "") -> Page:
    """Show the programme on one screen; queries name the as-of date where it is not today. `files` says where its files are."""
    programme = snapshot.roadmap.programme
    total, sums = count_occurrences(snapshot.standings), sums_on(snapshot)
    counted_once = together(snapshot.standings)
    late, ahead = overdue(counted_once), upcoming(counted_once)
    counted = occurrences_of_milestones(total.total, total.milestones, programme)
    asked = _options(snapshot, today)
    longest, following = _longest_overdue(late, snapshot), _due_next(ahead, snapshot)
    blocks: list[Block] = [
        Heading(programme.title, 1),
        Sentence(basis_of(programme), Tone.QUIET),
        Sentence((as_of(snapshot), counted), Tone.QUIET),
        *([Sentence(files, Tone.QUIET)] if files else []),
        *_on_the_last_day(snapshot),
        *_figures(total, programme),
        *moves_lines(snapshot, sums),
        *silence(total),
        Counts(signals(total)),
        *_unplaced(snapshot, asked),
        _workstreams(snapshot, total),
        Legend(list(BarPart)),
        *_late(longest, asked),
        *_ahead(ahead, following, snapshot, asked),
        *legend(snapshot.roadmap.programme, [*longest.named, *following.named]),
        *_agencies(snapshot, asked),
    ]
    more = {
        **envelope(snapshot),
        "total": tally_item(total, programme),
        "amended": sums._asdict(),
        "not_in_roadmap": len(snapshot.unplaced),
        **_more(snapshot),
    }
    return Page("status", blocks, ("id", "number", "title", *TALLY_FIELDS), _items(snapshot), more)


def _options(snapshot: Snapshot, today: date) -> dict[str, int | date]:
    """Return the options by which another command is asked about the same day."""
    options: dict[str, int | date] = {} if snapshot.as_of == today else {"--as-of": snapshot.as_of}
    return {**options, "--known-by": snapshot.known_by} if snapshot.known_by else options


def _on_the_last_day(snapshot: Snapshot) -> list[Sentence]:
    """Say how the programme ended, where the day is after its end: nothing can be within a deadline any more."""
    if not snapshot.ended:
        return []
    then = count_occurrences(snapshot.on(snapshot.programme_end).standings)
    ended = Message(
        "The programme ended on {end}, with {done} done, {overdue} overdue and {within} within deadline.",
        end=snapshot.programme_end,
        done=Figure(then.done),
        overdue=Figure(then.overdue),
        within=Figure(then.official[OfficialClass.WITHIN_DEADLINE]),
    )
    hint = Hint(Message("For its last day"), Query(options={"--as-of": snapshot.programme_end}))
    return [Sentence(ended, Tone.WARN, hint)]


def _figures(total: Tally, programme: Programme) -> list[Counts]:
    """The figures that a leader asks for with their reservations, and the official classes, which add up to the total."""
    within = [
        Count(Message("not yet open"), total.not_yet_open),
        Count(TIMING[Timing.DUE_SOON], total.timing[Timing.DUE_SOON]),
    ]
    without = [Count(Message("done"), total.done_without_deadline)]
    figures = [
        Count(Message("done"), total.done, Tone.GOOD),
        overdue_count(total),
        _count(Message("within deadline"), total.official[OfficialClass.WITHIN_DEADLINE], within),
        _count(Message("no deadline"), total.official[OfficialClass.NO_DEADLINE], without),
    ]
    aside = [one for one in (Progress.SUSPENDED, Progress.DROPPED) if total.progress[one]]
    figures += [Count(PROGRESS[progress], total.progress[progress]) for progress in aside]
    classes = [Count(words, total.official[one]) for one, words in CLASS.items() if total.official[one]]
    return [Counts(figures), *([Counts(classes, total.total)] if classes and programme.official_classes else [])]


def _count(name: Text, value: int, parts: Sequence[Count]) -> Count:
    """Return a figure with those of its parts that are not zero."""
    return Count(name, value, of_which=[part for part in parts if part.value])


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
        Column(term("workstream", snapshot.roadmap.programme), flexible=True),
        Column(""),
        Column(Message("done"), numeric=True),
        Column("%", numeric=True),
        Column(Message("overdue (no entry)"), numeric=True),
    ]
    dropped = total.progress[Progress.DROPPED] > 0
    columns += [Column(PROGRESS[Progress.DROPPED], numeric=True)] if dropped else []
    rows = [_tally_row(workstream_name(workstream), tally, dropped=dropped) for workstream, tally in _tallies(snapshot)]
    return Table(columns, [*rows, _tally_row(Message("Whole programme"), total, Tone.STRONG, dropped=dropped)])


def _tallies(snapshot: Snapshot) -> list[tuple[Workstream, Tally]]:
    return by_workstream(snapshot.roadmap, snapshot.standings)


def _tally_row(name: Text, tally: Tally, tone: Tone = Tone.PLAIN, *, dropped: bool) -> list[Cell]:
    """Return the counts of a workstream; what is dropped is beside them, not among them."""
    late = Message("{count} ({part})", count=Figure(tally.overdue), part=Figure(tally.overdue_without_entry))
    return [
        Cell(name, tone),
        Cell(tally_bar(tally)),
        Cell(Ratio(tally.done, tally.base), tone),
        Cell(Percent(tally.done, tally.base), tone),
        Cell(late, Tone.BAD) if tally.overdue else Cell(0, Tone.QUIET),
        *([Cell(tally.progress[Progress.DROPPED])] if dropped else []),
    ]


def tally_bar(tally: Tally) -> Bar:
    """Return the counts of a tally as a bar."""
    rest = tally.base - tally.done - tally.under_way - tally.overdue
    counts = (tally.done, tally.under_way, tally.overdue, rest)
    return Bar(dict(zip(BarPart, counts, strict=True)))


class _Short(NamedTuple, Generic[T]):
    """The rows of a short list: what they name one by one, how many they name or count, and the number of all."""

    rows: list[list[Cell]]
    named: list[T]
    shown: int
    total: int

    def more(self, query: Query, *, details: bool = False) -> list[More]:
        """Say how many are left out; if none is, but some are only counted or have `details` elsewhere, how many there are."""
        return [More(self.total - self.shown, query, self.total)] if details or len(self.named) < self.total else []


def _shorten(
    items: Sequence[T],
    most: int,
    measure: Callable[[T], object],
    row: Callable[[T], list[Cell]],
    summary: Callable[[Sequence[T]], list[Cell]],
) -> _Short[T]:
    """Return the first rows of a list. A tie that would be cut becomes one row."""
    rows: list[list[Cell]] = []
    named: list[T] = []
    shown = 0
    for tied in ties(items, measure):
        if len(rows) == most:
            break
        shown += len(tied)
        if len(rows) + len(tied) <= most:
            rows += map(row, tied)
            named += tied
        else:
            rows.append(summary(tied))
    return _Short(rows, named, shown, len(items))


def _longest_overdue(late: Sequence[Standing], snapshot: Snapshot) -> _Short[Standing]:
    def row(standing: Standing) -> list[Cell]:
        days = Cell(Days(standing.days_overdue or 0), marks=date_marks(standing))
        return [days, Cell(_beside(standing)), Cell(_title(standing)), _lead(standing, snapshot)]

    def summary(tied: Sequence[Standing]) -> list[Cell]:
        silent = sum(one.course.last is None for one in tied)
        caveat: Text = Message("{count} with no entry", count=Figure(silent)) if silent else ""
        text = Message("{occurrences} due {day}", occurrences=_occurrences(tied), day=tied[0].occurrence.window.due)
        return [Cell(Days(tied[0].days_overdue or 0)), Cell(caveat), Cell(text), Cell("")]

    return _shorten(late, LONGEST_OVERDUE, lambda standing: standing.days_overdue, row, summary)


def _late(longest: _Short[Standing], asked: Mapping[str, int | date]) -> list[Block]:
    if not longest.rows:
        return [Sentence(Message("Nothing is overdue."), Tone.GOOD)]
    columns = [Column(""), Column(""), Column("", flexible=True), Column("")]
    heading = Heading(Message("Longest overdue (as recorded)"))
    members = any(standing.parts for standing in longest.named)
    return [heading, Table(columns, longest.rows), *longest.more(Query("overdue", asked), details=members)]


def _due_next(ahead: Sequence[Standing], snapshot: Snapshot) -> _Short[Standing]:
    def row(standing: Standing) -> list[Cell]:
        return [due_cell(standing)._replace(caveat=None), Cell(_title(standing)), _lead(standing, snapshot)]

    def summary(tied: Sequence[Standing]) -> list[Cell]:
        return [Cell(tied[0].occurrence.window.due), Cell(_occurrences(tied)), Cell("")]

    return _shorten(ahead, DUE_NEXT, lambda standing: standing.occurrence.window.due, row, summary)


def _ahead(
    ahead: Sequence[Standing], following: _Short[Standing], snapshot: Snapshot, asked: Mapping[str, int | date]
) -> list[Block]:
    if not ahead:
        return [] if snapshot.ended else [Sentence(Message("Nothing more falls due."))]
    last = max(due for standing in ahead if (due := standing.occurrence.window.due))
    columns = [Column(""), Column("", flexible=True), Column("")]
    more = following.more(Query("upcoming", {"--until": last, **asked}))
    return [Heading(Message("Due next")), Table(columns, following.rows), *more]


def _beside(standing: Standing) -> Text:
    """Say that nothing has been recorded; else, where each member owes its own, how many are done."""
    return caveat_of(standing) or (how_far(standing) if standing.parts else "")


def _title(standing: Standing) -> Text:
    """Return the title of an occurrence; a derived date says so in words."""
    title = title_of(standing)
    derived = standing.occurrence.milestone.derived
    return Message("{title} (derived date)", title=title) if derived else title


def _lead(standing: Standing, snapshot: Snapshot) -> Cell:
    return leads_cell(standing.occurrence, snapshot.agencies)


def _occurrences(standings: Sequence[Standing]) -> Plural:
    return Plural("{count} occurrence", "{count} occurrences", count=len(standings))


def _agencies(snapshot: Snapshot, asked: Mapping[str, int | date]) -> list[Block]:
    """Show the agencies that lead most of what is overdue, each with how much it leads."""
    tallies = [(agency, tally) for agency, tally in by_agency(snapshot.agencies, snapshot.standings) if tally.overdue]
    if not tallies:
        return []
    worst = sorted(tallies, key=lambda pair: -pair[1].overdue)
    short = _shorten(worst, WORST_AGENCIES, lambda pair: pair[1].overdue, _agency_row, _tied_agencies)
    columns = [Column("", flexible=True), Column("", numeric=True), Column("")]
    return [
        Heading(Message("Agencies with the most overdue work, of what they lead (as recorded)")),
        Table(columns, short.rows),
        *(short.more(Query("agencies", asked)) if short.shown < short.total else []),
    ]


def _agency_row(pair: tuple[Agency, Tally]) -> list[Cell]:
    agency, tally = pair
    return [Cell(agency.name), Cell(Ratio(tally.overdue, tally.base), Tone.BAD), Cell(_by_whom([tally]))]


def _tied_agencies(pairs: Sequence[tuple[Agency, Tally]]) -> list[Cell]:
    names: Value = Message("{count} agencies", count=Figure(len(pairs)))
    if len(pairs) <= MAX_NAMES:
        names = Names(
            Message("{count} agencies:", count=Figure(len(pairs))), [Named(short_name(agency)) for agency, _ in pairs]
        )
    each = Message("{count} each", count=Figure(pairs[0][1].overdue))
    return [Cell(names), Cell(each, Tone.BAD), Cell(_by_whom([tally for _, tally in pairs]))]


def _by_whom(tallies: Sequence[Tally]) -> Message:
    """Say how much of what is overdue is with its lead by the text, and how much by inference."""
    inferred = sum(tally.overdue_inferred for tally in tallies)
    given = sum(tally.overdue for tally in tallies) - inferred
    return Message("{given} by the text, {inferred} inferred", given=Figure(given), inferred=Figure(inferred))


def _items(snapshot: Snapshot) -> list[Item]:
    programme = snapshot.roadmap.programme
    return [
        {"id": workstream.id, "number": workstream.number, "title": workstream.title, **tally_item(tally, programme)}
        for workstream, tally in _tallies(snapshot)
    ]


def _more(snapshot: Snapshot) -> Item:
    late, ahead = overdue(snapshot.standings), upcoming(snapshot.standings)
    programme = snapshot.roadmap.programme
    return {
        "ended": snapshot.ended,
        "agencies": [
            {"id": agency.id, **tally_item(tally, programme)}
            for agency, tally in by_agency(snapshot.agencies, snapshot.standings)
        ],
        "years": [{"year": year, **tally_item(tally, programme)} for year, tally in by_year(snapshot.standings)],
        "overdue": [
            occurrence_item(one, programme)
            for one in first_with_ties(late, LISTED, lambda one: one.occurrence.window.due)
        ],
        "upcoming": [
            occurrence_item(one, programme)
            for one in first_with_ties(ahead, LISTED, lambda one: one.occurrence.window.due)
        ],
    }
