"""The words for states, classes, roles and events; how dates and numbers are written; and the marks with their legend."""

from __future__ import annotations

from collections.abc import Iterable

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Event
from cbfa.core.model import Words
from cbfa.core.roadmap import Assignment, Target, Workstream
from cbfa.core.schedule import Window
from cbfa.core.selection import STATES, Role
from cbfa.core.snapshot import OfficialClass, Standing
from cbfa.core.state import Progress, Timing
from cbfa.locale import N_, _, day, language, ngettext
from cbfa.views.page import Cell, Sentence, Tone

PROGRESS = {
    Progress.NOT_STARTED: N_("not started"),
    Progress.IN_PROGRESS: N_("in progress"),
    Progress.DONE: N_("done"),
    Progress.SUSPENDED: N_("suspended"),
    Progress.DROPPED: N_("dropped"),
}
TIMING = {
    Timing.UPCOMING: N_("upcoming"),
    Timing.WITHIN_DEADLINE: N_("within deadline"),
    Timing.DUE_SOON: N_("due soon"),
    Timing.OVERDUE: N_("overdue"),
    Timing.NO_DEADLINE: N_("no deadline"),
    Timing.UNFINISHED_AT_END: N_("unfinished at the end"),
    Timing.ON_TIME: N_("done on time"),
    Timing.LATE: N_("done late"),
}
OFFICIAL = {
    OfficialClass.DONE_ON_TIME: N_("done on time"),
    OfficialClass.DONE_LATE: N_("done late"),
    OfficialClass.WITHIN_DEADLINE: N_("within deadline"),
    OfficialClass.OVERDUE: N_("overdue"),
    OfficialClass.NO_DEADLINE: N_("no deadline"),
    OfficialClass.SUSPENDED: N_("suspended"),
    OfficialClass.DROPPED: N_("dropped"),
}
ROLE = {Role.LEAD: N_("leads"), Role.SUPPORT: N_("supports")}
EVENT = {
    Event.PROGRESS: N_("progress"),
    Event.DONE: N_("done"),
    Event.SUSPENDED: N_("suspended"),
    Event.DROPPED: N_("dropped"),
    Event.REOPENED: N_("reopened"),
}

OFFICIAL_LOOK = {
    OfficialClass.DONE_ON_TIME: ("✓", Tone.GOOD),
    OfficialClass.DONE_LATE: ("✓", Tone.WARN),
    OfficialClass.WITHIN_DEADLINE: ("○", Tone.BUSY),
    OfficialClass.OVERDUE: ("!", Tone.BAD),
    OfficialClass.NO_DEADLINE: ("–", Tone.QUIET),
    OfficialClass.SUSPENDED: ("=", Tone.WARN),
    OfficialClass.DROPPED: ("×", Tone.QUIET),
}

TENTATIVE, DERIVED, INFERRED = "~", "†", "*"
MARKS = {
    TENTATIVE: N_("tentative date: the text says “dự kiến”"),
    DERIVED: N_("derived date: the text names none"),
    INFERRED: N_("inferred assignment: no clause gives it to this agency"),
}


def number(value: int) -> str:
    """A number with its thousands apart: 21.914 in Vietnamese, 21,914 in English."""
    return f"{value:,}".replace(",", ".") if language() == "vi" else f"{value:,}"


def percent(count: int, total: int) -> str:
    """A percentage without decimals; a dash where there is nothing to divide by."""
    return f"{100 * count / total:.0f}%" if total else "–"


def said(words: Words) -> str:
    """A text of the data in the reader's language."""
    return words.in_(language())


def state_word(state: str) -> str:
    """The word for a state as it can be asked for: one of progress, or one of timing."""
    return _(PROGRESS[Progress(state)] if state in list(Progress) else TIMING[Timing(state)])


def state_words() -> dict[str, str]:
    """How each state is spoken."""
    return {state: state_word(state) for state in STATES}


def role_words() -> dict[Role, str]:
    """How each role is spoken."""
    return {role: _(word) for role, word in ROLE.items()}


def event_words() -> dict[Event, str]:
    """How each event is spoken."""
    return {event: _(word) for event, word in EVENT.items()}


def workstream_name(workstream: Workstream) -> str:
    """A workstream by its number and title."""
    return f"{workstream.number} {said(workstream.title)}"


def look(standing: Standing) -> tuple[str, Tone]:
    """The sign and the tone of a state."""
    timing, progress = standing.timing, standing.course.progress
    if progress is Progress.DONE:
        return "✓", Tone.WARN if timing is Timing.LATE else Tone.GOOD
    if timing is None:
        return ("=", Tone.WARN) if progress is Progress.SUSPENDED else ("×", Tone.QUIET)
    if timing is Timing.OVERDUE:
        return "!", Tone.BAD
    if timing is Timing.DUE_SOON:
        return "▲", Tone.WARN
    if timing is Timing.UNFINISHED_AT_END:
        return "?", Tone.WARN
    return (
        ("◐", Tone.BUSY)
        if progress is Progress.IN_PROGRESS
        else ("○", Tone.PLAIN if timing is Timing.WITHIN_DEADLINE else Tone.QUIET)
    )


def state_name(standing: Standing) -> str:
    """The state in one word or two, the timing where it says more than the progress."""
    if standing.timing is None or standing.timing is Timing.NO_DEADLINE:
        return _(PROGRESS[standing.course.progress]) if _speaks(standing) else _(TIMING[Timing.NO_DEADLINE])
    return _(TIMING[standing.timing])


def _speaks(standing: Standing) -> bool:
    return standing.course.progress is not Progress.NOT_STARTED


def figure(target: Target) -> str:
    """The figure of a target: 3, or 2–3."""
    ranged = target.most is not None and target.most != target.least
    return f"{number(target.least)}–{number(target.most or 0)}" if ranged else number(target.least)


def how_far(standing: Standing) -> str:
    """What is recorded of an unfinished occurrence: nothing, a count, a percentage. Silence is called silence."""
    target, course = standing.occurrence.milestone.target, standing.course
    if target and (course.counted or course.last):
        return _(
            "{counted} of {target} {unit}", counted=number(course.counted), target=figure(target), unit=said(target)
        )
    if course.progress is Progress.DONE:
        return ""
    if course.last is None:
        return _("no entry")
    if standing.percent:
        return _("{progress}, {percent}%", progress=_(PROGRESS[course.progress]), percent=standing.percent)
    return _(PROGRESS[course.progress]) if standing.timing not in (None, Timing.NO_DEADLINE) else ""


def state_cell(standing: Standing, *, last_entry: bool = False) -> Cell:
    """Sign and word of the state, with what is recorded below; with the day of the last entry where it is asked for."""
    sign, tone = look(standing)
    last = standing.course.last
    lines = [line for line in [how_far(standing)] if line]
    if last_entry and last:
        done = standing.course.done_on
        lines.append(_("on {day}", day=day(done)) if done else _("entry of {day}", day=day(last.on)))
    return Cell(f"{sign} {state_name(standing)}", tone, below=tuple(lines))


def overdue_cell(standing: Standing) -> Cell:
    """How long it has been overdue."""
    days = standing.days_overdue or 0
    text = ngettext("{days} day", "{days} days", days, days=number(days))
    return Cell(f"! {text}", Tone.BAD, below=(how_far(standing),))


def due_cell(standing: Standing) -> Cell:
    """The due date with its marks; for what has none, the year from which on it runs."""
    milestone, window = standing.occurrence.milestone, standing.occurrence.window
    marks = date_marks(standing)
    if window.due is None and window.start is not None:
        return Cell(_("from {year}", year=window.start.year), Tone.QUIET, marks)
    tone = Tone.PLAIN if milestone.schedule.kind != "undated" else Tone.QUIET
    return Cell(window.due, tone, marks)


def date_marks(standing: Standing) -> str:
    """The marks of a date: tentative, derived."""
    schedule = standing.occurrence.milestone.schedule
    return (TENTATIVE if schedule.tentative else "") + (DERIVED if schedule.derived else "")


def window_text(window: Window) -> str:
    """When it can be done, in words."""
    if window.start is None:
        return _("no deadline")
    if window.due is None:
        return _("from {start}, without a deadline", start=day(window.start))
    return _("{start} to {due}", start=day(window.start), due=day(window.due))


def milestone_cell(standing: Standing) -> Cell:
    """The title, and the key by which it is marked."""
    period = standing.occurrence.window.period
    title = said(standing.occurrence.milestone.title)
    return Cell(f"{title} ({period})" if period else title, below=(standing.occurrence.key,))


def agency_cell(assignment: Assignment, agencies: Agencies) -> Cell:
    """The agency's short name, marked where it was inferred."""
    return Cell(agencies[assignment.agency].called(language()), marks=INFERRED if assignment.inferred else "")


def agency_names(assignments: Iterable[Assignment], agencies: Agencies) -> str:
    """Short names with their marks, in one line."""
    return ", ".join(f"{cell.value}{cell.marks}" for cell in (agency_cell(one, agencies) for one in assignments))


def occurrences_of_milestones(occurrences: int, milestones: int) -> str:
    """Figures count occurrences, and say so beside the number of milestones."""
    counted = ngettext("{count} occurrence", "{count} occurrences", occurrences)
    named = ngettext("{count} milestone", "{count} milestones", milestones)
    return _("{occurrences} of {milestones}", occurrences=counted, milestones=named)


def legend(standings: Iterable[Standing], *, supports: bool = False, agencies: bool = True) -> list[Sentence]:
    """What the marks mean, of those that stand on the page: of dates, of leads, and of supports where these are shown."""
    used = set()
    for standing in standings:
        milestone = standing.occurrence.milestone
        shown = milestone.assignments if supports else [milestone.lead]
        used |= set(date_marks(standing))
        used |= {INFERRED} if agencies and any(assignment.inferred for assignment in shown) else set()
    return [Sentence(f"{mark} {_(meaning)}", Tone.QUIET) for mark, meaning in MARKS.items() if mark in used]
