"""The programme over time, with the planned period, due date and state of each milestone."""

from collections.abc import Iterable, Sequence
from datetime import date

from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.messages import Message
from cbfa.views.axis import Axis
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
)
from cbfa.views.pages.history import repealed_blocks
from cbfa.views.pages.parts import chosen_by, date_marks, envelope, legend, opening, state_of, under_workstreams


def timeline_page(snapshot: Snapshot, standings: list[Standing], selection: Selection) -> Page:
    """Show a row for each milestone, under the time of the programme."""
    axis = axis_of(snapshot)
    blocks: list[Block] = list(opening(Message("Timeline"), snapshot, chosen_by(selection)))
    if standings:
        columns = [Column(term("milestone", snapshot.roadmap.programme), flexible=True), Column(axis)]
        pairs = [(group[0].occurrence.workstream, _row(group, axis)) for group in by_milestone(standings)]
        blocks += [
            Table(columns, list(under_workstreams(pairs))),
            Legend(_signs(standings, axis)),
            *legend(snapshot.roadmap.programme, standings, agencies=False),
        ]
    else:
        blocks.append(Sentence(Message("Nothing matches this selection."), Tone.GOOD))
    blocks += repealed_blocks(snapshot, selection.select(snapshot.repealed))
    items = OnDemand(lambda: (occurrence_item(one, snapshot.roadmap.programme) for one in standings))
    return Page("timeline", blocks, fields_in(OCCURRENCE_FIELDS, snapshot.roadmap.programme), items, envelope(snapshot))


def _signs(standings: list[Standing], axis: Axis) -> list[TimelineSign | State]:
    """Return the signs of these timelines: those of the dates that they have, then their states."""
    standings = together(standings)
    windows = [standing.occurrence.window for standing in standings]
    used = {
        TimelineSign.WINDOW: any(window.due for window in windows),
        TimelineSign.NO_DEADLINE: any(window.due is None for window in windows),
        TimelineSign.DUE: any(
            one.course.done_on not in (None, one.occurrence.window.due or one.course.done_on) for one in standings
        ),
        TimelineSign.ORIGINAL: any(original_of(one) for one in standings),
        TimelineSign.AS_OF: axis.shows(axis.as_of),
    }
    states = dict.fromkeys(state_of(standing) for standing in standings)
    return [*(sign for sign, is_used in used.items() if is_used), *states]


def by_milestone(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Return the occurrences of each milestone as a group, in the order of the roadmap."""
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.occurrence.milestone.id, []).append(standing)
    return list(groups.values())


def _row(group: list[Standing], axis: Axis) -> list[Cell]:
    title = Cell(group[0].occurrence.milestone.title, marks=date_marks(group[0]))
    return [title, Cell(timeline_of(together(group), axis))]


def axis_of(snapshot: Snapshot) -> Axis:
    """Return the axis of the programme's timelines."""
    period = snapshot.plan.programme.period
    return Axis(period.first, period.last, snapshot.as_of)


def timeline_of(group: Sequence[Standing], axis: Axis) -> Timeline:
    """Return the occurrences of one milestone over time; those of its members must be put together."""
    return Timeline(axis, [_span(one) for one in group])


def _span(standing: Standing) -> Span:
    return Span(standing.occurrence.window, standing.course.done_on, state_of(standing), original_of(standing))


def original_of(standing: Standing) -> date | None:
    """Return the deadline that an occurrence had first, if it has another one now, or none."""
    original = standing.original_due
    return original if original != standing.occurrence.window.due else None
