"""Where the programme stands, on one screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cbfa.core.selection import overdue, upcoming
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Timing
from cbfa.core.tally import Tally, by_agency, by_workstream, by_year
from cbfa.locale import _, ngettext
from cbfa.views import words
from cbfa.views.page import Bar, Block, Cell, Column, Heading, Page, Record, Sentence, Share, Table, Tone
from cbfa.views.pages.envelope import as_of_text, envelope, over
from cbfa.views.records import TALLY_FIELDS, occurrence_record, tally_record

SHOWN = 4
"""Rows of each short list."""


def status_page(snapshot: Snapshot, today: date) -> Page:
    """The programme's page: per workstream, per official class, what is late the longest, what comes next, who has most that is late."""
    programme = snapshot.roadmap.programme
    total = Tally.of(snapshot.standings)
    blocks: list[Block] = [
        Heading(words.said(programme.title), 1),
        Sentence(words.said(programme.legal_basis), Tone.QUIET),
        Sentence(
            f"{as_of_text(snapshot)} · {words.occurrences_of_milestones(total.total, total.milestones)}", Tone.STRONG
        ),
        *over(snapshot),
        *_silence(snapshot, total),
        _workstreams(snapshot, total),
        Sentence(_("Bar: █ done   ▒ under way   ▓ overdue   · the rest"), Tone.QUIET),
        _classes(total),
        *_late_and_next(snapshot, today),
        *_agencies(snapshot),
    ]
    return Page(
        "status",
        blocks,
        ("id", "number", "title", *TALLY_FIELDS),
        _items(snapshot),
        {**envelope(snapshot), "total": tally_record(total), **_more(snapshot)},
    )


def tally_bar(tally: Tally) -> Bar:
    """Done, under way, overdue, and the rest."""
    rest = tally.total - tally.done - tally.under_way - tally.overdue
    return Bar(((tally.done, Tone.GOOD), (tally.under_way, Tone.BUSY), (tally.overdue, Tone.BAD), (rest, Tone.QUIET)))


def _workstreams(snapshot: Snapshot, total: Tally) -> Table:
    columns = [
        Column(_("Workstream"), flexible=True),
        Column(""),
        Column(_("done"), numeric=True),
        Column("%", numeric=True),
        Column(_("overdue"), numeric=True),
        Column(_("no deadline"), numeric=True),
    ]
    rows = [
        _tally_row(words.workstream_name(workstream), tally)
        for workstream, tally in by_workstream(snapshot.roadmap, snapshot.standings)
    ]
    return Table(columns, [*rows, _tally_row(_("Whole programme"), total, Tone.STRONG)])


def _tally_row(name: str, tally: Tally, tone: Tone = Tone.PLAIN) -> list[Cell]:
    late = tally.overdue
    return [
        Cell(name, tone),
        Cell(tally_bar(tally)),
        Cell(_("{count} of {total}", count=tally.done, total=tally.total), tone),
        Cell(Share(tally.done, tally.total), tone),
        Cell(late, Tone.BAD if late else Tone.QUIET),
        Cell(tally.official[OfficialClass.NO_DEADLINE], Tone.QUIET),
    ]


def _classes(total: Tally) -> Table:
    """The four official classes on the left; what is counted by itself on the right."""
    left = [OfficialClass.DONE_ON_TIME, OfficialClass.DONE_LATE, OfficialClass.WITHIN_DEADLINE, OfficialClass.OVERDUE]
    right: list[OfficialClass | None] = [
        OfficialClass.NO_DEADLINE,
        OfficialClass.SUSPENDED,
        OfficialClass.DROPPED,
        None,
    ]
    columns = [
        Column(_("Official class"), flexible=True),
        Column(""),
        Column("%", numeric=True),
        Column(_("Counted by itself"), flexible=True),
        Column(""),
    ]
    rows = []
    for official, aside in zip(left, right, strict=True):
        sign, tone = words.OFFICIAL_LOOK[official]
        row = [
            Cell(f"{sign} {_(words.OFFICIAL[official])}", tone),
            Cell(total.official[official]),
            Cell(Share(total.official[official], total.total)),
        ]
        rows.append([*row, *(_aside(aside, total) if aside else (Cell(""), Cell("")))])
    return Table(columns, rows)


def _aside(official: OfficialClass, total: Tally) -> tuple[Cell, Cell]:
    sign, tone = words.OFFICIAL_LOOK[official]
    done = total.done - total.official[OfficialClass.DONE_ON_TIME] - total.official[OfficialClass.DONE_LATE]
    if official is OfficialClass.NO_DEADLINE and done:
        name = _("{state}, of which done: {count}", state=_(words.OFFICIAL[official]), count=done)
        return Cell(f"{sign} {name}", tone), Cell(total.official[official])
    return Cell(f"{sign} {_(words.OFFICIAL[official])}", tone), Cell(total.official[official])


def _late_and_next(snapshot: Snapshot, today: date) -> list[Block]:
    asked = "" if snapshot.as_of == today else f" --as-of {snapshot.as_of}"
    asked += f" --known-by {snapshot.known_by}" if snapshot.known_by else ""
    late, ahead = overdue(snapshot.standings), upcoming(snapshot.standings)
    blocks: list[Block] = []
    if late:
        blocks += [
            Heading(_("Overdue the longest, by what is recorded")),
            _short_list(late, snapshot, f"cbfa overdue{asked}"),
        ]
    if ahead:
        days = max((due - snapshot.as_of).days for standing in ahead if (due := standing.occurrence.window.due))
        blocks += [
            Heading(_("What falls due next")),
            _short_list(ahead, snapshot, f"cbfa upcoming --days {days}{asked}"),
        ]
    if not late and not ahead:
        blocks.append(Sentence(_("Nothing is overdue, and nothing more falls due."), Tone.GOOD))
    return [*blocks, *words.legend([*late[:SHOWN], *ahead[:SHOWN]])]


def _short_list(standings: list[Standing], snapshot: Snapshot, command: str) -> Table:
    """The first few; the last row says how many more there are, and how to see them."""
    columns = [Column(""), Column(""), Column("", flexible=True), Column("")]
    rows = [_short_row(standing, snapshot) for standing in standings[:SHOWN]]
    if (more := len(standings) - SHOWN) > 0:
        text = ngettext("… and {count} more: {command}", "… and {count} more: {command}", more, command=command)
        rows.append([Cell(""), Cell(""), Cell(text, Tone.QUIET), Cell("")])
    return Table(columns, rows)


def _short_row(standing: Standing, snapshot: Snapshot) -> list[Cell]:
    state = words.overdue_cell(standing) if standing.timing is Timing.OVERDUE else words.state_cell(standing)
    lead = words.agency_cell(standing.occurrence.milestone.lead, snapshot.agencies)
    title = words.milestone_cell(standing)
    return [state._replace(below=()), words.due_cell(standing), title._replace(below=()), lead]


def _agencies(snapshot: Snapshot) -> list[Block]:
    tallies = [(agency, tally) for agency, tally in by_agency(snapshot.agencies, snapshot.standings) if tally.overdue]
    worst = sorted(tallies, key=lambda pair: -pair[1].overdue)[:SHOWN]
    if not worst:
        return []
    rows = [
        [
            Cell(words.said(agency.name)),
            Cell(tally.overdue, Tone.BAD),
            Cell(_("of {total} that it leads", total=tally.total), Tone.QUIET),
        ]
        for agency, tally in worst
    ]
    return [
        Heading(_("Agencies with most that is overdue, by what is recorded")),
        Table([Column("", flexible=True), Column("", numeric=True), Column("")], rows),
    ]


def _silence(snapshot: Snapshot, total: Tally) -> list[Block]:
    """That what nobody recorded may well have been done."""
    blocks: list[Block] = []
    if total.without_entry:
        text = ngettext(
            "{count} occurrence has no entry: of it nothing is recorded, which does not mean that nothing was done.",
            "{count} occurrences have no entry: of them nothing is recorded, which does not mean that nothing was done.",
            total.without_entry,
        )
        blocks.append(Sentence(text, Tone.QUIET))
    if records := snapshot.roadmap.programme.records:
        blocks.append(Sentence(words.said(records), Tone.QUIET))
    return blocks


def _items(snapshot: Snapshot) -> list[Record]:
    return [
        {"id": workstream.id, "number": workstream.number, "title": words.said(workstream.title), **tally_record(tally)}
        for workstream, tally in by_workstream(snapshot.roadmap, snapshot.standings)
    ]


def _more(snapshot: Snapshot) -> Record:
    return {
        "ended": snapshot.ended,
        "agencies": [
            {"id": agency.id, **tally_record(tally)}
            for agency, tally in by_agency(snapshot.agencies, snapshot.standings)
        ],
        "years": [{"year": year, **tally_record(tally)} for year, tally in by_year(snapshot.standings)],
        "overdue": _records(overdue(snapshot.standings)[:SHOWN]),
        "upcoming": _records(upcoming(snapshot.standings)[:SHOWN]),
    }


def _records(standings: Iterable[Standing]) -> list[Record]:
    return [occurrence_record(standing) for standing in standings]
