"""The page for leaders: one sentence, the classes, short lists, what has changed, league table, timelines, every milestone.

The parts are neutral: values and texts in the order of reading, without language and without drawing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from cbfa import __version__
from cbfa.core.agencies import Agencies, Agency
from cbfa.core.changes import Changes, changes
from cbfa.core.journal import EVENT_WORDS, Entry, Record, Retraction, by_time
from cbfa.core.occurrences import searched_text
from cbfa.core.plan import Occurrence
from cbfa.core.roadmap import Workstream
from cbfa.core.selection import STATES, Selection, first_with_ties, overdue, states_of, upcoming
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing, together
from cbfa.core.tally import LATELY, LONG_OVERDUE, Tally, by_agency, by_workstream, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.axis import Axis
from cbfa.views.looks import BESIDE, STATE, TIMELINE
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Figure,
    Legend,
    Percent,
    Ratio,
    Text,
    Timeline,
    TimelineSign,
    Tone,
    Value,
)
from cbfa.views.pages.acts import LATE_WHEN_REPEALED, goes_on_in
from cbfa.views.pages.figures import Pieces, pieces_of
from cbfa.views.pages.history import NEWLY_PLANNED, NO_LONGER_PLANNED, gone_title, sums_on, totals_of
from cbfa.views.pages.journal import Known
from cbfa.views.pages.milestone import milestone_blocks
from cbfa.views.pages.parts import (
    as_of,
    basis_of,
    due_cell,
    how_far,
    leads_cell,
    legend,
    listed,
    occurrences_of_milestones,
    programme_over,
    short_name,
    state_cell,
    state_of,
    title_of,
    workstream_name,
)
from cbfa.views.pages.timeline import axis_of, by_milestone, timeline_of

T = TypeVar("T")

ROWS = 5
"""Rows of each short list."""
WEB = re.compile(r"https?://[^\s<>\"'\\\\]+")
"""An address that may become a link: of the web, and nothing else."""
MAX_WORDS = 12
"""Occurrences of a milestone that are described one by one on the timeline."""
NAMED = 8
"""Occurrences that a kind of change names; more are counted, unless it is one more."""


class Brief(NamedTuple):
    """A row of a short list: the figure first, then the occurrence, its lead, and the last entry with its day."""

    key: str
    days: Text
    official: OfficialClass
    title: Text
    lead: Cell
    due: Cell
    last: Sequence[Text | date]


class Shortlist(NamedTuple):
    """The first rows of a list, and how many more there are; `tied` of these are equal to the last row."""

    rows: Sequence[Brief]
    left_out: int
    tied: int


class Change(NamedTuple):
    """A kind of change with its number, and the occurrences by name; `left_out` are not named."""

    name: Text
    total: int
    rows: Sequence[tuple[str, Text, Cell | None]]
    left_out: int


class League(NamedTuple):
    """The agencies that lead something, one row each; `rest` are those that lead nothing."""

    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    rest: Sequence[Text]


class Lane(NamedTuple):
    """A milestone on the timeline, and in words the period, state and due date of each of its occurrences.

    Of many, those that follow one another in the same state are together; the due date is the last one.
    """

    key: str
    title: Text
    timeline: Timeline
    words: Sequence[tuple[Text, Cell, Cell]]


class Line(NamedTuple):
    """An occurrence in the list of all. `details` are of its milestone, and empty in all but the first of a milestone.

    `years`, `states`, `leads` and `words` serve the filters.
    """

    key: str
    milestone: str
    official: OfficialClass
    title: Text
    state: Cell
    due: Cell
    due_on: date | None
    agency: Cell
    details: Sequence[Block]
    has_entries: bool
    years: Sequence[int]
    states: Sequence[str]
    leads: Sequence[str]
    words: str


class Stream(NamedTuple):
    """A workstream: its figures, its timelines and its occurrences."""

    id: str
    name: Text
    pieces: Pieces
    lanes: Sequence[Lane]
    lines: Sequence[Line]


class Choices(NamedTuple):
    """Values by which the list of all can be filtered, with their words."""

    agencies: Sequence[tuple[str, Text]]
    workstreams: Sequence[tuple[str, Text]]
    years: Sequence[int]
    states: Sequence[tuple[str, Text]]


class Leaders(NamedTuple):
    """The whole page."""

    title: Text
    legal_basis: Text
    as_of: Text
    notices: Sequence[Text]
    sentence: Text
    is_official: bool
    pieces: Pieces
    done_without_deadline: int
    counted: Text
    has_members: bool
    signs: Sequence[Legend]
    longest: Shortlist
    following: Shortlist
    since: date
    changes: Sequence[Change]
    league: League
    streams: Sequence[Stream]
    axis: Axis
    day: date
    choices: Choices
    amended: Sequence[Text]
    repealed: Sequence[tuple[Text, date | None, Text, Text]]
    records: Text | None
    webs: Sequence[str]
    entries: int
    version: str


def leaders(snapshot: Snapshot, since: date) -> Leaders:
    """Return the page, with what has changed after the day `since`."""
    programme = snapshot.roadmap.programme
    total, counted = count_occurrences(snapshot.standings), together(snapshot.standings)
    axis = axis_of(snapshot)
    return Leaders(
        title=programme.title,
        legal_basis=basis_of(programme),
        as_of=as_of(snapshot),
        notices=list(_notices(snapshot)),
        sentence=_sentence(total, snapshot.as_of),
        is_official=programme.official_classes,
        pieces=pieces_of(total, programme),
        done_without_deadline=total.done_without_deadline if programme.official_classes else 0,
        counted=occurrences_of_milestones(total.total, total.milestones, programme),
        has_members=any(one.parts for one in counted),
        signs=legend(snapshot.roadmap.programme, snapshot.standings, supports=True),
        longest=_shortlist(overdue(counted), snapshot),
        following=_shortlist(upcoming(counted), snapshot),
        since=since,
        changes=list(_changes(snapshot, since)),
        league=_league(snapshot),
        streams=_streams(snapshot, axis),
        axis=axis,
        day=snapshot.as_of,
        choices=_choices(snapshot),
        amended=totals_of(sums_on(snapshot)),
        repealed=list(_repealed(snapshot)),
        records=programme.records,
        webs=list(_webs(snapshot.entries)),
        entries=len(snapshot.entries),
        version=__version__,
    )


def _webs(entries: Iterable[Entry]) -> Iterable[str]:
    """Return the addresses that entries have as evidence, each once."""
    return dict.fromkeys(one for entry in entries for one in entry.evidence if WEB.fullmatch(one))


def _notices(snapshot: Snapshot) -> Iterator[Text]:
    """Yield what limits the figures: the programme is over, or entries have no milestone."""
    for sentence in programme_over(snapshot):
        yield from sentence.text if isinstance(sentence.text, tuple) else (sentence.text,)
    if snapshot.unplaced:
        yield Plural(
            "{count} entry is for a milestone that is not in the roadmap, and changes no state.",
            "{count} entries are for milestones that are not in the roadmap, and change no state.",
            count=len(snapshot.unplaced),
        )


def _sentence(total: Tally, day: date) -> Message:
    """Say how bad it is: what is done, overdue, overdue for long, and reported at all."""
    return Message(
        "On {day}, {done}; {overdue}; {reported}.",
        day=day,
        done=Plural(
            "{count} of {total} is done", "{count} of {total} are done", count=total.done, total=Figure(total.base)
        ),
        overdue=_lateness(total),
        reported=Plural(
            "{count} has any report at all",
            "{count} have any report at all",
            count=total.total - total.without_entry,
        ),
    )


def _lateness(total: Tally) -> Message:
    if not total.overdue:
        return Message("nothing is overdue")
    late = Plural("{count} is overdue", "{count} are overdue", count=total.overdue)
    if not total.long_overdue:
        return late
    if total.long_overdue == total.overdue:
        return Message("{overdue} by more than {days} days", overdue=late, days=LONG_OVERDUE)
    long = Figure(total.long_overdue)
    return Message("{overdue}, {long} of them by more than {days} days", overdue=late, long=long, days=LONG_OVERDUE)


# Short lists


def _shortlist(standings: Sequence[Standing], snapshot: Snapshot) -> Shortlist:
    with_ties = len(first_with_ties(standings, ROWS, lambda standing: standing.occurrence.window.due))
    rows = [_brief(standing, snapshot.agencies) for standing in standings[:ROWS]]
    return Shortlist(rows, len(standings) - len(rows), with_ties - len(rows))


def _brief(standing: Standing, agencies: Agencies) -> Brief:
    return Brief(
        _row_of(standing).occurrence.key,
        _days(standing),
        standing.official,
        title_of(standing),
        leads_cell(standing.occurrence, agencies),
        due_cell(standing, moved=True),
        [*([how_far(standing)] if standing.parts else []), *_last_word(standing.course.last)],
    )


def _days(standing: Standing) -> Text:
    """Say the days since the due date, else until it."""
    if standing.due_today:
        return Message("today")
    due = standing.occurrence.window.due
    days = standing.days_overdue if standing.days_overdue is not None else ((due or date.max) - standing.as_of).days
    return Plural("{count} day", "{count} days", count=days)


def _last_word(entry: Entry | None) -> Iterator[Text | date]:
    """Yield the event, the note and the day of the last entry; or that there is none."""
    if entry is None:
        yield BESIDE["no-entry"]
        return
    yield EVENT_WORDS[entry.event]
    if words := entry.note or next(iter(entry.evidence), None):
        yield words
    yield entry.on.shown


# What has changed


def _changes(snapshot: Snapshot, since: date) -> Iterator[Change]:
    """Yield the kinds of change, also those of which there is none."""
    found = changes(snapshot, since)
    for name, standings in (
        (Message("Completed"), found.done),
        (Message("Newly overdue"), found.overdue),
        (Message("Also reported"), found.reported),
    ):
        counted = together(standings)
        rows = [_changed(standing, snapshot.agencies) for standing in _first(counted)]
        yield Change(name, len(counted), rows, len(counted) - len(rows))
    yield from _amended(found, snapshot) if snapshot.past.steps else ()
    titles = {one.occurrence.key: title_of(one) for one in (*snapshot.standings, *snapshot.repealed)}
    taken = [_taken_back(record, titles) for _, record in _first(found.taken_back)]
    yield Change(Message("Taken back"), len(found.taken_back), taken, len(found.taken_back) - len(taken))


def _amended(found: Changes, snapshot: Snapshot) -> Iterator[Change]:
    """Yield what acts moved, added and repealed, and what they gave another lead or target, if anything."""
    moved = together(now for now, _ in found.moved)
    before = {now.occurrence.key: then.occurrence.window.due for now, then in found.moved}
    rows = [
        (_row_of(one).occurrence.key, _moved(one, before[_row_of(one).occurrence.key]), None) for one in _first(moved)
    ]
    yield Change(Message("Deadline moved"), len(moved), rows, len(moved) - len(rows))
    added, repealed = together(found.added), together(found.repealed)
    for name, standings in (
        (Message("Other lead"), together(now for now, _ in found.lead)),
        (Message("Other target"), together(now for now, _ in found.target)),
        (NEWLY_PLANNED, added),
    ):
        if standings or name is NEWLY_PLANNED:
            new = [_changed(one, snapshot.agencies) for one in _first(standings)]
            yield Change(name, len(standings), new, len(standings) - len(new))
    gone: list[tuple[str, Text, Cell | None]] = [("", title_of(one), None) for one in _first(repealed)]
    yield Change(NO_LONGER_PLANNED, len(repealed), gone, len(repealed) - len(gone))


def _moved(standing: Standing, before: date | None) -> Message:
    """Name what was moved, with its deadline before and after."""
    none = TIMELINE[TimelineSign.NO_DEADLINE].words
    now = standing.occurrence.window.due
    return Message("{title}: {was} → {now}", title=title_of(standing), was=before or none, now=now or none)


def _repealed(snapshot: Snapshot) -> Iterator[tuple[Text, date | None, Text, Text]]:
    """Yield what is no longer planned: its title, its last deadline, the act, if it was overdue, and where it goes on."""
    planned = {one.occurrence.shared_key for one in snapshot.standings}
    for one in together(snapshot.repealed):
        if one.moves and one.moves.repealed:
            late = [LATE_WHEN_REPEALED] if one.moves.late_when_repealed else []
            goes_on = goes_on_in(snapshot, one.occurrence.key)
            remarks = listed([*late, *([goes_on] if goes_on else [])]) or ""
            yield gone_title(one, planned), one.occurrence.window.due, one.moves.repealed.act, remarks


def _first(items: Sequence[T]) -> Sequence[T]:
    """Return the items that are named."""
    return items if len(items) <= NAMED + 1 else items[:NAMED]


def _changed(standing: Standing, agencies: Agencies) -> tuple[str, Text, Cell | None]:
    """Name what has changed; of members that owe their own, one by its name, several by their number."""
    if len(standing.parts) == 1:
        return _changed(standing.parts[0], agencies)
    title = title_of(standing)
    if standing.parts:
        members = Plural("{count} member", "{count} members", count=len(standing.parts))
        title = Message("{title}: {members}", title=title, members=members)
    return _row_of(standing).occurrence.key, title, leads_cell(standing.occurrence, agencies)


def _row_of(standing: Standing) -> Standing:
    """Return the occurrence that has a row in the list: of several members the first."""
    return standing.parts[0] if standing.parts else standing


def _taken_back(record: Record | None, titles: Mapping[str, Text]) -> tuple[str, Text, Cell | None]:
    """Name what was taken back, and the occurrence if the roadmap has it."""
    if isinstance(record, Entry):
        title = titles.get(record.key, record.key)
        what = Message("{title}: {event} of {day}", title=title, event=EVENT_WORDS[record.event], day=record.on.shown)
        return (record.key if record.key in titles else "", what, None)
    if isinstance(record, Retraction):
        return ("", Message("a retraction, which stays"), None)
    return ("", Message("an entry that is not in this journal"), None)


# Agencies


def _league(snapshot: Snapshot) -> League:
    led: dict[str, list[Standing]] = defaultdict(list)
    for standing in snapshot.standings:
        for agency in _leading(standing.occurrence):
            led[agency].append(standing)
    tallies = by_agency(snapshot.agencies, snapshot.standings)
    columns = [
        Column(Message("Agency"), flexible=True),
        Column(Message("leads"), numeric=True),
        Column(Message("done"), numeric=True),
        Column("%", numeric=True),
        Column(Message("of these late"), numeric=True),
        Column(Message("overdue"), numeric=True),
        Column(Message("over {days} days", days=LONG_OVERDUE), numeric=True),
        Column(Message("updated in {days} days", days=LATELY), numeric=True),
        Column(Message("days since last report"), numeric=True),
    ]
    rows = [(agency.id, _member(agency, tally, led[agency.id])) for agency, tally in tallies if tally.total]
    return League(
        columns, rows, [short_name(one) for one, tally in tallies if not (tally.total or one.id in snapshot.plan.gone)]
    )


def _member(agency: Agency, tally: Tally, led: Iterable[Standing]) -> list[Cell]:
    return [
        Cell(agency.name),
        Cell(tally.total),
        Cell(tally.done),
        Cell(Percent(tally.done, tally.base)),
        Cell(tally.official[OfficialClass.DONE_LATE]),
        Cell(tally.overdue, Tone.BAD if tally.overdue else Tone.PLAIN),
        Cell(tally.long_overdue),
        Cell(Ratio(tally.updated_lately, tally.open_lately)),
        Cell(_since_last_report(led)),
    ]


def _since_last_report(standings: Iterable[Standing]) -> Value:
    """Return the days since the last entry about any of these; in words if there is none."""
    days = [(standing.as_of - last.day).days for standing in standings if (last := standing.course.last)]
    return min(days) if days else Message("no report")


# Workstreams


def _streams(snapshot: Snapshot, axis: Axis) -> list[Stream]:
    its: dict[str, list[Standing]] = defaultdict(list)
    for standing in snapshot.standings:
        its[standing.occurrence.workstream.id].append(standing)
    touching, known = _years(snapshot), Known.of(snapshot)
    return [
        _stream(snapshot, workstream, tally, by_milestone(its[workstream.id]), touching, known, axis)
        for workstream, tally in by_workstream(snapshot.roadmap, snapshot.standings)
    ]


def _years(snapshot: Snapshot) -> dict[str, list[int]]:
    """Return the years by which each occurrence is found, as `--year` finds it."""
    found: dict[str, list[int]] = defaultdict(list)
    for year in years_of(snapshot):
        for standing in Selection(year=year).select(snapshot.standings):
            found[standing.occurrence.key].append(year)
    return found


def _stream(
    snapshot: Snapshot,
    workstream: Workstream,
    tally: Tally,
    groups: Sequence[list[Standing]],
    touching: Mapping[str, Sequence[int]],
    known: Known,
    axis: Axis,
) -> Stream:
    lanes = [_lane(together(group), axis) for group in groups]
    lines = [
        _line(
            standing, snapshot, _details(snapshot, workstream, group, known) if standing is group[0] else [], touching
        )
        for group in groups
        for standing in group
    ]
    pieces = pieces_of(tally, snapshot.roadmap.programme)
    return Stream(workstream.id, workstream_name(workstream), pieces, lanes, lines)


def _lane(group: Sequence[Standing], axis: Axis) -> Lane:
    milestone = group[0].occurrence.milestone
    words = [(_periods(run), state_cell(run[0]), due_cell(run[-1], moved=True)) for run in _runs(group)]
    return Lane(milestone.id, milestone.title, timeline_of(group, axis), words)


def _runs(group: Sequence[Standing]) -> list[list[Standing]]:
    """Return each occurrence; of many, those together that follow one another and are in the same state."""
    if len(group) <= MAX_WORDS:
        return [[one] for one in group]
    runs = groupby(group, key=lambda one: (state_of(one), one.course.last is None))
    return [list(run) for _, run in runs]


def _periods(run: Sequence[Standing]) -> Text:
    """Name the period of an occurrence, or the first and the last of several."""
    first, last = run[0].occurrence.window.shown, run[-1].occurrence.window.shown
    if first is None:
        return ""
    if first == last:
        return Message("{period}", period=first)
    return Message("{first} – {last}", first=first, last=last)


def _details(snapshot: Snapshot, workstream: Workstream, group: Sequence[Standing], known: Known) -> list[Block]:
    entries = [entry for one in group for entry in snapshot.plan.entries_about(one.occurrence, snapshot.entries_of)]
    entries.sort(key=by_time)
    return milestone_blocks(snapshot, workstream, group, entries, listed=True, known=known)


def _line(
    standing: Standing, snapshot: Snapshot, details: Sequence[Block], touching: Mapping[str, Sequence[int]]
) -> Line:
    occurrence = standing.occurrence
    states = states_of(standing)
    return Line(
        occurrence.key,
        occurrence.milestone.id,
        standing.official,
        title_of(standing),
        state_cell(standing, last_entry=True),
        due_cell(standing, moved=True),
        occurrence.window.due,
        leads_cell(occurrence, snapshot.agencies),
        details,
        standing.course.last is not None,
        touching.get(occurrence.key, ()),
        [state for state in STATES if state in states],
        _leading(occurrence),
        " ".join(_searched(standing, snapshot.entries_of.get(occurrence.key, ()))),
    )


def _leading(occurrence: Occurrence) -> list[str]:
    """Return the agencies that lead an occurrence, and the group through which its member owes it."""
    return [*(lead.agency for lead in occurrence.leads), *([occurrence.group] if occurrence.group else [])]


def years_of(snapshot: Snapshot) -> list[int]:
    """Return the years of the calendar that the programme touches."""
    period = snapshot.plan.programme.period
    return list(range(period.first.year, period.last.year + 1))


def _searched(standing: Standing, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what `--search` searches, then the notes and the evidence of its entries."""
    yield searched_text(standing.occurrence)
    for entry in entries:
        yield from (text for text in (entry.note, *entry.evidence) if text)


def _choices(snapshot: Snapshot) -> Choices:
    """Return what at least one occurrence has."""
    leads = {agency for occurrence in snapshot.plan.occurrences for agency in _leading(occurrence)}
    states = {state for standing in snapshot.standings for state in states_of(standing)}
    return Choices(
        [(agency.id, agency.name) for agency in snapshot.agencies.agencies if agency.id in leads],
        [(one.id, workstream_name(one)) for one in snapshot.roadmap.workstreams],
        years_of(snapshot),
        [(state, STATE[state]) for state in STATES if state in states],
    )
