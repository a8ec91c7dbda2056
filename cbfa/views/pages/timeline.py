"""The programme along time: each milestone's window, due date and state, and the day asked about."""

from __future__ import annotations

from datetime import date

from cbfa.core.roadmap import Milestone
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.locale import _
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, OnDemand, Page, Runs, Sentence, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.pages.groups import under_workstreams
from cbfa.views.records import OCCURRENCE_FIELDS, occurrence_record

WIDE = 110
"""From this width on a year has more columns."""
NARROW_YEAR, WIDE_YEAR = 5, 8

Piece = tuple[str, Tone]


def timeline_page(snapshot: Snapshot, standings: list[Standing], width: int) -> Page:
    """A row for each milestone; each year has as many columns as there is room for."""
    steps = WIDE_YEAR if width >= WIDE else NARROW_YEAR
    period = snapshot.roadmap.programme.period
    years = range(period.first, period.last + 1)
    heading = "".join(f"{year:<{steps}}" for year in years)
    by_milestone: dict[str, list[Standing]] = {}
    for standing in standings:
        by_milestone.setdefault(standing.occurrence.milestone.id, []).append(standing)
    if not standings:
        empty = Sentence(_("Nothing fits this selection."), Tone.GOOD)
        return Page("timeline", [*opening(_("Timeline"), snapshot), empty], OCCURRENCE_FIELDS, [], envelope(snapshot))
    pairs = (
        (group[0].occurrence.workstream, _row(group[0].occurrence.milestone, group, snapshot, years, steps))
        for group in by_milestone.values()
    )
    table = Table([Column(_("Milestone"), flexible=True), Column(heading)], list(under_workstreams(pairs)))
    blocks: list[Block] = [*opening(_("Timeline"), snapshot), table, *_legend(standings)]
    return Page(
        "timeline",
        blocks,
        OCCURRENCE_FIELDS,
        OnDemand(lambda: map(occurrence_record, standings)),
        envelope(snapshot),
    )


def _row(milestone: Milestone, group: list[Standing], snapshot: Snapshot, years: range, steps: int) -> list[Cell]:
    track: list[Piece] = [(" ", Tone.PLAIN)] * (len(years) * steps)
    for standing in group:
        _draw(track, standing, years.start, steps)
    today = position(snapshot.as_of, years.start, steps)
    if 0 <= today < len(track) and track[today][0] in " ─┈":
        track[today] = ("│", Tone.WARN)
    return [Cell(words.said(milestone.title), marks=words.date_marks(group[0])), Cell(Runs(tuple(track)))]


def position(day: date, first_year: int, steps: int) -> int:
    """The column of a day, where each year has `steps` columns."""
    return (day.year - first_year) * steps + (day.timetuple().tm_yday - 1) * steps // 366


def _draw(track: list[Piece], standing: Standing, first_year: int, steps: int) -> None:
    """A line over the window, the due date at its end, and the state: where it was done, else where it is due."""
    window, done = standing.occurrence.window, standing.course.done_on
    end = position(window.due or done or date.max, first_year, steps)
    start = position(window.start or date.min, first_year, steps)
    last = min(max(end, 0), len(track) - 1)
    for column in range(max(0, start), last + 1):
        track[column] = ("─" if window.due else "┈", Tone.QUIET)
    if done and window.due:
        track[last] = ("┤", Tone.QUIET)
    where = position(done, first_year, steps) if done else last
    track[min(max(where, 0), len(track) - 1)] = words.look(standing)


def _legend(standings: list[Standing]) -> list[Sentence]:
    """What the signs mean, of those that stand on the page."""
    states = {words.look(standing)[0]: words.state_name(standing) for standing in standings}
    signs = [
        _("─ time set for it"),
        _("┈ no deadline"),
        _("┤ due"),
        *(f"{sign} {name}" for sign, name in states.items()),
        _("│ the day asked about"),
    ]
    return [Sentence("   ".join(signs), Tone.QUIET), *words.legend(standings, agencies=False)]
