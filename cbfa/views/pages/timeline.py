"""The programme over time, with the planned period, due date and state of each milestone."""

from collections.abc import Iterable, Sequence

from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.messages import Message
from cbfa.views.items import OCCURRENCE_FIELDS, fields_in, occurrence_item
from cbfa.views.looks import term
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Legend,
    OnDemand,
    Page,
    Sentence,
    Span,
    State,
    Table,
    Timeline,
    TimelineSign,
    Tone,
    Years,
)
from cbfa.views.pages.parts import chosen_by, date_marks, envelope, legend, opening, state_of, under_workstreams


def timeline_page(snapshot: Snapshot, standings: list[Standing], selection: Selection) -> Page:
    """Show a row for each milestone, under the years of the programme."""
    period = snapshot.roadmap.programme.period
    years = Years(period.first.year, period.last.year)
    blocks: list[Block] = list(opening(Message("Timeline"), snapshot, chosen_by(selection)))
    if standings:
        columns = [Column(term("milestone", snapshot.roadmap.programme), flexible=True), Column(years)]
        pairs = [(group[0].occurrence.workstream, _row(group, snapshot, years)) for group in by_milestone(standings)]
        blocks += [
            Table(columns, list(under_workstreams(pairs))),
            Legend(_signs(standings, snapshot, years)),
            *legend(standings, agencies=False),
        ]
    else:
        blocks.append(Sentence(Message("Nothing matches this selection."), Tone.GOOD))
    items = OnDemand(lambda: (occurrence_item(one, snapshot.roadmap.programme) for one in standings))
    return Page("timeline", blocks, fields_in(OCCURRENCE_FIELDS, snapshot.roadmap.programme), items, envelope(snapshot))


def _signs(standings: list[Standing], snapshot: Snapshot, years: Years) -> list[TimelineSign | State]:
    """Return the signs of these timelines: those of the dates that they have, then their states."""
    windows = [standing.occurrence.window for standing in standings]
    used = {
        TimelineSign.WINDOW: any(window.due for window in windows),
        TimelineSign.NO_DEADLINE: any(window.due is None for window in windows),
        TimelineSign.DUE: any(standing.course.done_on and standing.occurrence.window.due for standing in standings),
        TimelineSign.AS_OF: years.first <= snapshot.as_of.year <= years.last,
    }
    states = dict.fromkeys(state_of(standing) for standing in standings)
    return [*(sign for sign, is_used in used.items() if is_used), *states]


def by_milestone(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Return the occurrences of each milestone as a group, in the order of the roadmap."""
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.occurrence.milestone.id, []).append(standing)
    return list(groups.values())


def _row(group: list[Standing], snapshot: Snapshot, years: Years) -> list[Cell]:
    title = Cell(group[0].occurrence.milestone.title, marks=date_marks(group[0]))
    return [title, Cell(timeline_of(group, snapshot, years))]


def timeline_of(group: Sequence[Standing], snapshot: Snapshot, years: Years) -> Timeline:
    """Return the occurrences of one milestone over the years."""
    return Timeline(
        years, snapshot.as_of, [Span(one.occurrence.window, one.course.done_on, state_of(one)) for one in group]
    )
