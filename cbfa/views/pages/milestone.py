"""Everything about one milestone: where it comes from, when, who, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cbfa.core.roadmap import Assignment, Milestone, Target, Workstream
from cbfa.core.selection import Role
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.locale import _, day, language
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, Heading, OnDemand, Page, Sentence, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.pages.log import entries_table
from cbfa.views.records import OCCURRENCE_FIELDS, entry_record, occurrence_record


def milestone_page(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Page:
    """The page of a milestone and all its occurrences."""
    standings = [standing for standing in snapshot.standings if standing.occurrence.milestone.id == milestone.id]
    keys = {standing.occurrence.key for standing in standings}
    entries = [entry for entry in snapshot.entries if entry.key in keys]
    blocks: list[Block] = [
        *opening(words.said(milestone.title), snapshot),
        Table([Column(""), Column("", flexible=True)], list(_facts(snapshot, workstream, milestone))),
        Heading(_("Who answers for it")),
        _assignments(snapshot, milestone),
        Heading(_("Occurrences")),
        _occurrences(standings),
        Heading(_("Entries")),
        entries_table(snapshot, entries) if entries else Sentence(_("Nothing is recorded of it yet."), Tone.QUIET),
        *words.legend(standings, supports=True),
    ]
    return Page(
        "show",
        blocks,
        OCCURRENCE_FIELDS,
        [occurrence_record(standing) for standing in standings],
        {**envelope(snapshot), "entries": OnDemand(lambda: map(entry_record, entries))},
    )


def _facts(snapshot: Snapshot, workstream: Workstream, milestone: Milestone) -> Iterator[list[Cell]]:
    other = milestone.title.en if language() == "vi" else milestone.title.vi
    yield _fact(_("In the other language"), other)
    yield _fact(_("Id"), milestone.id)
    yield _fact(_("Workstream"), words.workstream_name(workstream))
    yield _fact(_("Clauses"), ", ".join(milestone.clauses))
    objectives = {one.clause: one for stream in snapshot.roadmap.workstreams for one in stream.objectives}
    for number, clause in enumerate(milestone.serves):
        yield _fact(_("Serves") if number == 0 else "", f"{clause} {words.said(objectives[clause])}")
    yield _fact(_("Words that fix its time"), f"“{milestone.timing}”" if milestone.timing else _("none"))
    yield _fact(_("Read as"), derivation(milestone))
    if milestone.schedule.derived:
        yield _fact(_("Derived date"), words.said(milestone.schedule.derived))
    if milestone.target:
        yield _fact(_("Target"), target_text(milestone.target, recurs=milestone.recurs))


def _fact(name: str, value: str) -> list[Cell]:
    return [Cell(name, Tone.QUIET), Cell(value)]


def derivation(milestone: Milestone) -> str:
    """The reading rule by which the words became dates."""
    schedule = milestone.schedule
    windows = schedule.windows()
    match schedule.kind:
        case "once" if schedule.part:
            text = _("a part of {year}: due on its last day, {due}", year=schedule.year, due=_due(windows[0].due))
        case "once":
            text = _("the year {year}: due on its last day, {due}", year=schedule.year, due=_due(windows[0].due))
        case "span":
            text = _(
                "one span, {first}–{last}: due on its last day, {due}",
                first=schedule.first,
                last=schedule.last,
                due=_due(windows[0].due),
            )
        case "yearly":
            text = _(
                "every year, {first}–{last}: each due on 31 December of its year",
                first=schedule.first,
                last=schedule.last,
            )
        case "open-ended":
            text = _("from {start} on: it has a start and no deadline", start=schedule.start)
        case "undated":
            text = _("no words that fix a time, so no deadline")
    return _("{reading} (tentative)", reading=text) if schedule.tentative else text


def _due(due: date | None) -> str:
    return day(due) if due else ""


def target_text(target: Target, *, recurs: bool) -> str:
    """A target in words: 2–3 organisations a year."""
    if recurs:
        return _("{figure} {unit} a year", figure=words.figure(target), unit=words.said(target))
    return _("{figure} {unit} in all", figure=words.figure(target), unit=words.said(target))


def _assignments(snapshot: Snapshot, milestone: Milestone) -> Table:
    rows = [
        _assignment(snapshot, milestone.lead, Role.LEAD),
        *(_assignment(snapshot, one, Role.SUPPORT) for one in milestone.support),
    ]
    return Table([Column(""), Column(""), Column("", flexible=True)], rows)


def _assignment(snapshot: Snapshot, assignment: Assignment, role: Role) -> list[Cell]:
    agency = snapshot.agencies[assignment.agency]
    why = (
        _("inferred: {reason}", reason=words.said(assignment.inferred))
        if assignment.inferred
        else _("by clause {clause}", clause=assignment.basis)
    )
    return [
        Cell(_(words.ROLE[role]), Tone.QUIET),
        Cell(words.said(agency.name), marks=words.INFERRED if assignment.inferred else ""),
        Cell(why, Tone.QUIET),
    ]


def _occurrences(standings: list[Standing]) -> Table:
    columns = [Column(_("State")), Column(_("Time set for it"), flexible=True), Column(_("Done on"))]
    rows = [
        [
            words.state_cell(standing),
            Cell(
                words.window_text(standing.occurrence.window),
                marks=words.date_marks(standing),
                below=(standing.occurrence.key,),
            ),
            Cell(standing.course.done_on),
        ]
        for standing in standings
    ]
    return Table(columns, rows)
