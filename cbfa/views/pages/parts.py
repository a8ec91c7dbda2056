"""Parts that several pages share: the opening, the envelope of JSON, groups of rows, and the cells of an occurrence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from cbfa.core.agencies import Agencies, Agency
from cbfa.core.history import ORIGINAL
from cbfa.core.periods import Period
from cbfa.core.plan import Occurrence
from cbfa.core.roadmap import Assignment, Programme, Workstream
from cbfa.core.selection import NO_ENTRY, Role, Selection, is_carried_over
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import LATELY, LONG_OVERDUE, LONG_SILENT, Tally
from cbfa.core.targets import Target
from cbfa.core.words import Words
from cbfa.messages import Message, Plural
from cbfa.views.items import assignments_of
from cbfa.views.looks import BESIDE, OFFICIAL, PROGRESS, STATE, term
from cbfa.views.page import (
    Cell,
    Count,
    Days,
    Figure,
    Group,
    Heading,
    Hint,
    Item,
    Joined,
    Legend,
    Mark,
    Named,
    Names,
    Query,
    Ratio,
    Row,
    Sentence,
    State,
    Text,
    Tone,
    Value,
)

MAX_QUOTES = 2
"""Wordings that a legend quotes."""
MAX_LEADS = 3
"""Leads that a list names; `show` names all."""

# The page


def envelope(snapshot: Snapshot) -> Item:
    """Return the members of the JSON envelope that say what was asked."""
    return {
        "programme": snapshot.roadmap.programme.id,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat() if snapshot.known_by else None,
        **({"baseline": _notation(snapshot.baseline)} if snapshot.baseline else {}),
    }


def _notation(baseline: date) -> str:
    return "original" if baseline == ORIGINAL else baseline.isoformat()


def opening(title: Text, snapshot: Snapshot, chosen: Sequence[Text] = ()) -> list[Heading | Sentence]:
    """Return the title of a page, the programme and the day that it reports on, and what was chosen."""
    about = Sentence((snapshot.roadmap.programme.title, as_of(snapshot)), Tone.QUIET)
    choice = [Sentence(tuple(chosen), Tone.STRONG)] if chosen else []
    return [Heading(title, 1), about, *programme_over(snapshot), *choice]


def basis_of(programme: Programme) -> Text:
    """Return the act that adopted a programme; of a draft, that it is one."""
    if programme.is_draft:
        return Message("Draft, not adopted")
    return act_of(programme) or Message("adopted on {day}", day=programme.adopted)


def act_of(programme: Programme) -> Words | None:
    """Return the act that adopted a programme; None for a draft, or if the files name none."""
    return None if programme.is_draft else programme.legal_basis


def chosen_by(selection: Selection) -> list[Text]:
    """Say what was selected, one text for each filter."""
    chosen: list[Text] = []
    if selection.workstreams:
        chosen.append(either([workstream_name(one) for one in selection.workstreams]))
    if selection.agencies:
        chosen.append(_assigned_to(either([one.name for one in selection.agencies]), selection.role))
    if selection.states:
        chosen.append(either([STATE[state] for state in selection.states]))
    if selection.official:
        chosen.append(Message("class: {name}", name=either([OFFICIAL[one].words for one in selection.official])))
    if selection.silent is not None:
        chosen.append(
            Plural("no entry for {count} day or more", "no entry for {count} days or more", count=selection.silent)
        )
    if selection.year:
        chosen.append(Message("planned period includes {year}, or overdue from before", year=selection.year))
    if selection.done_in:
        chosen.append(Message("completed in {period}", period=selection.done_in.shown))
    if selection.words:
        chosen.append(f"“{selection.words}”")
    return chosen


def as_of(snapshot: Snapshot) -> Message:
    """Say which day was asked about, and by which day it had to be known."""
    if snapshot.baseline is not None:
        original = snapshot.baseline < snapshot.history.adopted.programme.period.first
        plan = Message("the plan as adopted") if original else Message("the plan of {day}", day=snapshot.baseline)
        return Message("As of {day}, judged by {plan}", day=snapshot.as_of, plan=plan)
    if snapshot.known_by:
        return Message("As of {day}, as known on {known}", day=snapshot.as_of, known=snapshot.known_by)
    return Message("As of {day}", day=snapshot.as_of)


def programme_over(snapshot: Snapshot) -> list[Sentence]:
    """Say that the programme was over on that day, and how to ask about its last."""
    if not snapshot.ended:
        return []
    end = snapshot.programme_end
    hint = Hint(Message("For its last day"), Query(options={"--as-of": end}))
    return [Sentence(Message("The programme ended on {end}.", end=end), Tone.WARN, hint)]


def occurrences_of_milestones(occurrences: int, milestones: int, programme: Programme) -> Message:
    """Say how many occurrences are counted, of how many milestones."""
    counted: Text = Plural("{count} milestone", "{count} milestones", count=milestones)
    words = programme.words
    if own := words and (words.milestone if milestones == 1 else words.milestones):
        counted = Message("{count} {things}", count=Figure(milestones), things=own)
    return Message(
        "{occurrences} of {milestones}",
        occurrences=Plural("{count} occurrence", "{count} occurrences", count=occurrences),
        milestones=counted,
    )


def under_workstreams(pairs: Iterable[tuple[Workstream, list[Cell]]]) -> Iterator[Row]:
    """Put the name of each workstream before its first row. Rows come in the order of the roadmap."""
    current = ""
    for workstream, row in pairs:
        if workstream.id != current:
            current = workstream.id
            yield Group(workstream_name(workstream))
        yield row


def workstream_name(workstream: Workstream) -> Text:
    """Name a workstream by its number, if it has one, and its title."""
    if workstream.number is None:
        return workstream.title
    return Message("{number} {title}", number=workstream.number, title=workstream.title)


def either(texts: Sequence[Text]) -> Text:
    """Name several things of which any is meant: the first, or the second, or the third. There must be one."""
    text, *others = texts
    for other in others:
        text = Message("{first} or {other}", first=text, other=other)
    return text


def _assigned_to(agency: Text, role: Role | None) -> Message:
    match role:
        case Role.LEAD:
            return Message("led by {agency}", agency=agency)
        case Role.SUPPORT:
            return Message("supported by {agency}", agency=agency)
        case Role.MEMBER:
            return Message("led or supported by a group of which {agency} is a member", agency=agency)
        case None:
            return Message("led or supported by {agency}", agency=agency)


def listed(texts: Sequence[Text], between: str = "; ") -> Text | None:
    """Return several texts as one; None if there are none."""
    return Message("{value}", value=Joined(texts, between)) if texts else None


# Figures


def overdue_count(tally: Tally) -> Count:
    """The number of overdue occurrences with its reservations."""
    if not tally.overdue:
        return Count(Message("overdue"), 0)
    parts = [
        Count(Message("no entry"), tally.overdue_without_entry),
        Count(Message("lead inferred"), tally.overdue_inferred),
        Count(Message("over {days} days", days=LONG_OVERDUE), tally.long_overdue),
    ]
    return Count(Message("overdue"), tally.overdue, Tone.BAD, parts)


def signals(tally: Tally) -> list[Count]:
    """The update rate, and the open work without a deadline of which nobody has recorded anything for long."""
    return [
        Count(
            Message("open, updated in {days} days", days=LATELY),
            Ratio(tally.updated_lately, tally.open_lately),
        ),
        Count(Message("no deadline, no entry for {days} days", days=LONG_SILENT), tally.long_silent),
    ]


def silence(total: Tally) -> list[Sentence]:
    """Say that what nobody recorded may well have been done."""
    if not total.without_entry:
        return []
    silent = Message(
        "{count} of {total} have no entry; this does not mean that nothing was done.",
        count=Figure(total.without_entry),
        total=Figure(total.total),
    )
    return [Sentence(silent)]


# The cells of an occurrence


def state_of(standing: Standing) -> State:
    """Return the state of an occurrence as a value."""
    return State(standing.course.progress, standing.timing, standing.due_today)


def state_cell(standing: Standing, *, last_entry: bool = False, year: int | None = None) -> Cell:
    """The state with how far it is below; with the day of the last entry where it is asked for.

    With a year, it says what is carried over into it.
    """
    below: list[Value] = [line for line in [how_far(standing)] if line]
    if standing.moves and standing.moves.repealed and not standing.course.done_on:
        return Cell(Message("no longer planned"), Tone.QUIET, below=below)
    if last_entry and (last := standing.course.last):
        done = standing.course.done_in
        below.append(done_in(done) if done else Message("entry of {day}", day=last.on.shown))
    if year is not None and is_carried_over(standing, year):
        below.append(Message("carried over into {year}", year=year))
    return Cell(state_of(standing), below=below, caveat=caveat_of(standing))


def done_in(period: Period) -> Message:
    """Say when it was done, as far as that is known."""
    return Message("on {day}", day=period.first) if period.is_day else Message("in {period}", period=period.shown)


def done_cell(standing: Standing) -> Cell:
    """The day on which it was done, as far as it is known, with its lateness below."""
    done = standing.course.done_in
    return Cell(done.shown if done else None, below=[lateness] if (lateness := how_late(standing)) else [])


def how_late(standing: Standing) -> Text:
    """Say by how many days it was done late; nothing for all else."""
    if standing.timing is not Timing.LATE:
        return ""
    if standing.days_late is None:
        return Message("late, day not known")
    return Plural("{count} day late", "{count} days late", count=standing.days_late)


def overdue_cell(standing: Standing) -> Cell:
    """The days since the due date, with how far it is below."""
    return Cell(
        Days(standing.days_overdue or 0),
        below=[line for line in [how_far(standing)] if line],
        caveat=caveat_of(standing),
    )


def caveat_of(standing: Standing) -> Text | None:
    """Say that a state rests on no entry: nobody has recorded anything."""
    return BESIDE[NO_ENTRY] if standing.course.last is None else None


def how_far(standing: Standing) -> Text:
    """Say how far an occurrence is: a count, a percentage, or that it has begun; nothing without an entry."""
    target, course = standing.occurrence.milestone.target, standing.course
    if standing.parts:
        done = sum(part.course.progress is Progress.DONE for part in standing.parts)
        return Message("{part} of {whole} done", part=Figure(done), whole=Figure(len(standing.parts)))
    if target and target.level:
        return level_text(target, course.value) if course.value is not None else ""
    if target and course.last:
        return Message("{counted} of {target}", counted=Figure(course.counted), target=target_figure(target))
    if course.progress is Progress.DONE:
        return ""
    if course.last is None:
        return ""
    if standing.timing in (None, Timing.NO_DEADLINE):  # the state itself is the progress
        return f"{standing.percent}%" if standing.percent else ""
    if standing.percent:
        return Message("{progress}, {percent}%", progress=PROGRESS[course.progress], percent=standing.percent)
    return PROGRESS[course.progress]


def goal_of(target: Target) -> Text:
    """Say where a level has to be, with its unit: below 100 days."""
    bound = target.bound_text
    return Message("{figure} {unit}", figure=bound, unit=target.unit) if target.unit else bound


def target_figure(target: Target) -> Text:
    """Say what is to be reached, with its unit: 2–3 organisations; 193 → below 100 days; at most 30 %."""
    figure: Text = target.bound_text if target.level else Message("{figure}", figure=Figure(target.figure, target.most))
    if target.baseline is not None:
        figure = Message("{baseline} → {figure}", baseline=target.baseline, figure=figure)
    return Message("{figure} {unit}", figure=figure, unit=target.unit) if target.unit else figure


def level_text(target: Target, value: Decimal) -> Text:
    """Say how far a level is: 120 of 193 → 100 days, or 42 (at most 30 %)."""
    if target.baseline is None:
        return Message("{value} ({target})", value=value, target=target_figure(target))
    figures = {"value": value, "baseline": target.baseline, "figure": target.figure}
    if target.unit is None:
        return Message("{value} of {baseline} → {figure}", **figures)
    return Message("{value} of {baseline} → {figure} {unit}", **figures, unit=target.unit)


def due_cell(standing: Standing, *, moved: bool = False) -> Cell:
    """The due date with its marks, and in words that it was derived; for what has none, the year from which it runs.

    How it was `moved`, and until when more time is asked for, is below only where no milestone_cell says so.
    """
    window = standing.occurrence.window
    marks = date_marks(standing)
    if window.due is None and window.start is not None:
        whole_year = (window.start.month, window.start.day) == (1, 1)
        return Cell(Message("from {year}", year=window.start.year if whole_year else window.start), Tone.QUIET, marks)
    below = [*changed_texts(standing), *_asked_text(standing)] if moved else []
    caveat = Message("derived date") if standing.occurrence.milestone.derived else None
    return Cell(window.due, Tone.PLAIN if window.due else Tone.QUIET, marks, below=below, caveat=caveat)


def changed_texts(standing: Standing) -> Iterator[Text]:
    """Say from which day a deadline was moved, how often, and by which act; and which act repealed it."""
    moves = standing.moves
    if moves and moves.last and moves.original_due != standing.occurrence.window.due:
        original: Text | date = moves.original_due or Message("no deadline set")
        moved = Message("moved once by {act}", act=moves.last.act)
        if moves.moves > 1:
            times = Figure(moves.moves)
            moved = Message("moved {count} times, last by {act}", count=times, act=moves.last.act)
        yield Message("was due {day}, {moved}", day=original, moved=moved)
    if moves and moves.repealed and not standing.course.done_on:
        yield Message("repealed by {act}{late}", act=moves.repealed.act, late="")


def _asked_text(standing: Standing) -> list[Text]:
    """Say until when more time is asked for; nothing if nobody asks."""
    asked = standing.course.asked
    return [Message("asked for: {until}", until=asked.until.shown)] if asked and asked.until else []


def date_marks(standing: Standing) -> list[Mark]:
    """Return the marks of a date: tentative, derived."""
    milestone = standing.occurrence.milestone
    marks = [Mark.TENTATIVE] if milestone.tentative else []
    return [*marks, Mark.DERIVED] if milestone.derived else marks


def milestone_cell(standing: Standing) -> Cell:
    """The title, with the key below, how acts changed the deadline, and until when more time is asked for."""
    below = [standing.occurrence.key, *changed_texts(standing), *_asked_text(standing)]
    return Cell(title_of(standing), below=below)


def title_of(standing: Standing) -> Text:
    """Return the title of an occurrence, with its period where it recurs, and with its agency where each owes its own."""
    occurrence = standing.occurrence
    title: Text = occurrence.milestone.title
    if occurrence.window.period:
        title = Message("{title} ({period})", title=title, period=occurrence.window.shown)
    if occurrence.member:
        title = Message("{title} · {agency}", title=title, agency=short_name(occurrence.member))
    return title


def leads_cell(occurrence: Occurrence, agencies: Agencies) -> Cell:
    """The short names of the leads of an occurrence, each marked where it was inferred; of many, the first ones."""
    if len(occurrence.leads) == 1:
        return agency_cell(occurrence.leads[0], agencies)
    names = short_names(occurrence.leads[:MAX_LEADS], agencies)
    more = len(occurrence.leads) - len(names)
    return Cell(Names("", names, Message("and {count} more", count=Figure(more)) if more else ""))


def agency_cell(assignment: Assignment, agencies: Agencies) -> Cell:
    """The short name of an agency, marked where it was inferred."""
    return Cell(short_name(agencies[assignment.agency]), marks=assignment_marks(assignment))


def short_name(agency: Agency) -> Text:
    """Return the name of an agency for narrow columns: the short name, else the code, else the name."""
    return agency.short or agency.code or agency.name


def assignment_marks(assignment: Assignment) -> list[Mark]:
    """Return the mark of an assignment that was inferred."""
    return [Mark.INFERRED] if assignment.inferred else []


def short_names(assignments: Iterable[Assignment], agencies: Agencies) -> list[Named]:
    """Return the short names of agencies with their marks."""
    return [Named(short_name(agencies[one.agency]), assignment_marks(one)) for one in assignments]


def legend(
    programme: Programme, standings: Iterable[Standing], *, supports: bool = False, agencies: bool = True
) -> list[Legend]:
    """Explain the marks of these occurrences: of dates, of leads, and of supports where these are shown.

    A tentative date is explained by the programme's own words, if these are few.
    """
    used: set[Mark] = set()
    tentative: dict[str, None] = {}
    for standing in standings:
        occurrence = standing.occurrence
        used.update(date_marks(standing))
        if occurrence.milestone.tentative and occurrence.milestone.timing:
            tentative[occurrence.milestone.timing] = None
        for assignment in assignments_of(occurrence) if supports else occurrence.leads:
            used.update(assignment_marks(assignment) if agencies else [])
    if not used:
        return []
    words: Text = term("tentative", programme)
    if 1 <= len(tentative) <= MAX_QUOTES:
        words = Message("{words}: {quotes}", words=words, quotes=", ".join(f"“{one}”" for one in tentative))
    return [Legend([mark for mark in Mark if mark in used], words)]


def formerly(snapshot: Snapshot, agency_id: str) -> Text:
    """Name the agencies that an agency succeeded; nothing if it succeeded none."""
    plan = snapshot.plan
    gone = [plan.gone[one] for one, heirs in plan.heirs.items() if agency_id in heirs and one in plan.gone]
    return Message("formerly {names}", names=Joined([one.name for one in gone])) if gone else ""
