"""Tables of official reports: figures by workstream, objective and agency, lists of tasks, and the progress appendix.

The assessment is in plain words without signs, as official reports have it. Tasks are named by their titles; keys are for commands.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Programme, Roadmap
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Progress
from cbfa.core.tally import Tally, by_agency, by_workstream, count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.looks import CLASS, OFFICIAL, PROGRESS, state_look, term
from cbfa.views.page import Cell, Column, Figure, Group, Names, OnDemand, Percent, Row, Table, Text, Tone, Value
from cbfa.views.pages.figures import pieces_of
from cbfa.views.pages.parts import (
    caveat_of,
    done_in,
    due_cell,
    how_far,
    how_late,
    leads_cell,
    short_names,
    state_of,
    title_of,
    under_workstreams,
    workstream_name,
)

_ASIDE = (OfficialClass.SUSPENDED, OfficialClass.DROPPED)


def figures_in_words(tally: Tally, programme: Programme) -> list[Message]:
    """Say the figures in the four-way split of official reports (report 1270/BC-TCTTTg of 27/12/2017), then what is set aside.

    A programme that leaves out the official classes has them as done, within the deadline, overdue and without a deadline.
    """
    if programme.official_classes:
        figures = Message(
            "Done: {done} (on time {on_time}, late {late}, without a deadline {undated}); not done: {unfinished} "
            "(within the deadline {within}, overdue {overdue}, without a deadline {without}).",
            done=Figure(tally.done),
            on_time=Figure(tally.official[OfficialClass.DONE_ON_TIME]),
            late=Figure(tally.official[OfficialClass.DONE_LATE]),
            undated=Figure(tally.done_without_deadline),
            unfinished=Figure(
                tally.official[OfficialClass.WITHIN_DEADLINE] + tally.overdue + tally.open_without_deadline
            ),
            within=Figure(tally.official[OfficialClass.WITHIN_DEADLINE]),
            overdue=Figure(tally.overdue),
            without=Figure(tally.open_without_deadline),
        )
    else:
        figures = Message(
            "Done: {done}; within the deadline: {within}; overdue: {overdue}; not done, without a deadline: {without}.",
            done=Figure(tally.done),
            within=Figure(tally.official[OfficialClass.WITHIN_DEADLINE]),
            overdue=Figure(tally.overdue),
            without=Figure(tally.open_without_deadline),
        )
    sentences = [figures]
    suspended, dropped = (tally.official[one] for one in _ASIDE)
    if suspended or dropped:
        aside = Message(
            "Suspended: {suspended}; dropped: {dropped}.", suspended=Figure(suspended), dropped=Figure(dropped)
        )
        sentences.append(aside)
    return sentences


def by_workstreams(roadmap: Roadmap, standings: Sequence[Standing], apart: Collection[str]) -> Table:
    """Return the classes of each workstream that has any of the occurrences, and of all of them."""
    tallies = [(workstream_name(one), tally) for one, tally in by_workstream(roadmap, standings, apart) if tally.total]
    total = count_occurrences(standings, apart)
    return _classes(term("workstream", roadmap.programme), tallies, total, roadmap.programme)


def by_agencies(agencies: Agencies, standings: Sequence[Standing], programme: Programme) -> Table:
    """Return the classes of what each agency leads, without those that lead nothing, and of all of them."""
    tallies = [(agency.name, tally) for agency, tally in by_agency(agencies, standings) if tally.total]
    return _classes(Message("Lead agency"), tallies, count_occurrences(standings), programme)


def _classes(heading: Text, tallies: Sequence[tuple[Text, Tally]], total: Tally, programme: Programme) -> Table:
    """Return a row of classes for each tally. Suspended and dropped occurrences have a column only where there are some."""
    pieces = pieces_of(total, programme).all
    shown = [place for place, one in enumerate(pieces) if one.colour not in _ASIDE or one.number]
    columns = [
        Column(heading, flexible=True),
        Column(Message("Tasks"), numeric=True),
        *[Column(pieces[place].words, numeric=True) for place in shown],
        Column(Message("done, %"), numeric=True),
    ]

    def row(name: Text, tally: Tally, tone: Tone = Tone.PLAIN) -> list[Cell]:
        figures = pieces_of(tally, programme).all
        counts: list[Value] = [
            tally.total,
            *(figures[place].number for place in shown),
            Percent(tally.done, tally.base),
        ]
        return [Cell(name, tone), *(Cell(count, tone) for count in counts)]

    return Table(columns, [*(row(*one) for one in tallies), row(Message("Total"), total, Tone.STRONG)])


def by_objectives(roadmap: Roadmap, standings: Iterable[Standing]) -> list[Table]:
    """Return the figures of what serves each objective, by workstream; nothing for a programme without objectives.

    A task that serves two objectives counts for both.
    """
    serving: dict[str, list[Standing]] = {}
    for standing in standings:
        for clause in standing.occurrence.milestone.serves:
            serving.setdefault(clause, []).append(standing)
    rows: list[Row] = []
    for workstream in roadmap.workstreams:
        objectives = [one for one in workstream.objective_texts if one.clause in serving]
        rows += [Group(workstream_name(workstream))] if objectives else []
        for objective in objectives:
            tally = count_occurrences(serving[objective.clause])
            counts = (tally.total, tally.done, tally.official[OfficialClass.WITHIN_DEADLINE], tally.overdue)
            rows.append([Cell(objective.clause), Cell(objective.text), *map(Cell, counts)])
    columns = [
        Column(term("clause", roadmap.programme)),
        Column(Message("Objective"), flexible=True),
        Column(Message("Tasks"), numeric=True),
        Column(PROGRESS[Progress.DONE], numeric=True),
        Column(CLASS[OfficialClass.WITHIN_DEADLINE], numeric=True),
        Column(CLASS[OfficialClass.OVERDUE], numeric=True),
    ]
    return [Table(columns, rows)] if rows else []


def tasks(standings: Sequence[Standing], snapshot: Snapshot) -> Table:
    """List tasks with their deadline, lead and assessment."""
    columns = [
        Column(Message("No."), numeric=True),
        Column(Message("Task"), flexible=True),
        Column(Message("Due")),
        Column(Message("Lead")),
        Column(Message("Assessment")),
    ]
    rows = [
        [
            Cell(number),
            Cell(title_of(one)),
            due_cell(one, moved=True)._replace(caveat=None),
            leads_cell(one.occurrence, snapshot.agencies),
            _listed_assessment(one, snapshot.plan.programme),
        ]
        for number, one in enumerate(standings, 1)
    ]
    return Table(columns, rows)


def progress_table(standings: Sequence[Standing], snapshot: Snapshot) -> Table:
    """Return the progress appendix by workstream: a choice of columns from those of provincial reports."""
    columns = [
        Column(Message("No."), numeric=True),
        Column(Message("Task"), flexible=True),
        Column(term("clauses", snapshot.plan.programme)),
        Column(Message("Lead")),
        Column(Message("Supports")),
        Column(Message("Due")),
        Column(Message("Result"), flexible=True),
        Column(Message("Assessment")),
        Column(Message("Difficulties and proposals"), flexible=True),
    ]
    return Table(columns, OnDemand(lambda: _numbered(standings, lambda one: _progress_row(one, snapshot))))


def _numbered(standings: Iterable[Standing], row: Callable[[Standing], list[Cell]]) -> Iterator[Row]:
    pairs = ((one.occurrence.workstream, [Cell(number), *row(one)]) for number, one in enumerate(standings, 1))
    return under_workstreams(pairs)


def _progress_row(standing: Standing, snapshot: Snapshot) -> list[Cell]:
    """Return the row of a task, with all that lead and support it."""
    occurrence, agencies = standing.occurrence, snapshot.agencies
    milestone = occurrence.milestone
    support = Names("", short_names(milestone.support, agencies)) if milestone.support else ""
    return [
        Cell(title_of(standing)),
        Cell(", ".join(milestone.clauses)),
        Cell(Names("", short_names(occurrence.leads, agencies))),
        Cell(support),
        due_cell(standing, moved=True),
        _result_cell(standing),
        assessment_cell(standing, snapshot.plan.programme),
        Cell(_difficulty(standing)),
    ]


def _result_cell(standing: Standing) -> Cell:
    """Return how far it is, then the note and the evidence of the last entry; the reason of a suspension is a difficulty."""
    course = standing.course
    lines: list[Value] = [how_far(standing)] if how_far(standing) else []
    if course.done_in:
        lines.insert(0, done_in(course.done_in))
    if course.last:
        lines += [course.last.note] if course.last.note and not _difficulty(standing) else []
        lines += course.last.evidence
    return Cell(lines[0], below=lines[1:]) if lines else Cell("")


def _difficulty(standing: Standing) -> str:
    last = standing.course.last
    return last.note or "" if last and standing.timing is None else ""


def _listed_assessment(standing: Standing, programme: Programme) -> Cell:
    """Return the assessment, with how many members have done it where each owes its own."""
    cell = assessment_cell(standing, programme)
    return cell._replace(below=[how_far(standing), *cell.below]) if standing.parts else cell


def assessment_cell(standing: Standing, programme: Programme) -> Cell:
    """Return the official class in words, with the days overdue or late; without a deadline, the progress.

    A programme that leaves out the official classes has the words of screens.
    """
    if standing.official is OfficialClass.NO_DEADLINE:
        words = PROGRESS[standing.course.progress]
        return Cell(words, below=[CLASS[OfficialClass.NO_DEADLINE]], caveat=caveat_of(standing))
    days: Text = how_late(standing)
    if standing.days_overdue:
        days = Plural("{count} day overdue", "{count} days overdue", count=standing.days_overdue)
    words = OFFICIAL[standing.official].words if programme.official_classes else state_look(state_of(standing)).words
    return Cell(words, below=[days] if days else [], caveat=caveat_of(standing))
