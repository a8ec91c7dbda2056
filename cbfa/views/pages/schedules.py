"""Schedules and targets in words: by which rule the words of a text became dates, and how much is owed."""

from datetime import date

from cbfa.core.periods import Period
from cbfa.core.roadmap import Milestone, Programme
from cbfa.core.schedule import Every, Schedule, Window
from cbfa.core.targets import Target
from cbfa.messages import Message
from cbfa.views.looks import TIMELINE
from cbfa.views.page import GivenDays, LongDay, LongMonth, Text, TimelineSign
from cbfa.views.pages.parts import target_figure

MAX_MONTH = 31
"""Days of the longest month."""


def derivation(milestone: Milestone, programme: Programme, added: date | None = None) -> Message:
    """Say by which rule the words became dates, in the period of a programme; of what an act added, from its day on."""
    schedule = milestone.schedule
    if schedule is None:
        if milestone.timing:
            return Message("the wording fixes no time, so no deadline")
        return Message("no deadline wording, so no deadline")
    windows = schedule.windows(programme.frame)
    text = _recurrence(schedule, windows[0], windows[-1]) if windows and schedule.every else _dates(schedule, added)
    return Message("{reading} (tentative)", reading=text) if schedule.tentative else text


def _dates(schedule: Schedule, added: date | None) -> Message:
    """Say the dates of what does not recur."""
    if schedule.in_:
        return Message(
            "{period}: due on its last day, {due}", period=period_words(schedule.in_), due=LongDay(schedule.in_.last)
        )
    start, due = schedule.from_, schedule.deadline
    if start and due:
        return Message("one span, {start} to {due}", start=LongDay(start.first), due=LongDay(due.last))
    if due:
        first: LongDay | Message = LongDay(added) if added else Message("the programme's first day")
        if (due.last - due.first).days < MAX_MONTH:  # a day or a month needs no other words
            return Message("due {due}; open from {day}", due=LongDay(due.last), day=first)
        return Message(
            "due {due} ({period}); open from {day}", due=LongDay(due.last), period=period_words(due), day=first
        )
    return Message("from {start} on: it has a start and no deadline", start=LongDay(start.first) if start else "")


_EVERY = {
    Every.YEAR: Message("every year"),
    Every.HALF: Message("every half-year"),
    Every.QUARTER: Message("every quarter"),
    Every.MONTH: Message("every month"),
    Every.FISCAL_YEAR: Message("every fiscal year"),
}


_EACH_TIME = {
    Every.YEAR: Message("{figure} a year", figure=""),
    Every.HALF: Message("{figure} each half-year", figure=""),
    Every.QUARTER: Message("{figure} each quarter", figure=""),
    Every.MONTH: Message("{figure} a month", figure=""),
    Every.FISCAL_YEAR: Message("{figure} each fiscal year", figure=""),
}


def _recurrence(schedule: Schedule, first: Window, last: Window) -> Message:
    """Say how something recurs, and on which days it is due."""
    every = _EVERY[schedule.every or Every.YEAR]
    ends = [one.name if schedule.every is Every.FISCAL_YEAR else one.shown for one in (first, last)]
    if schedule.days:
        days = GivenDays(schedule.days)
        return Message(
            "{every}, {first} to {last}: each due on {days}", every=every, first=ends[0], last=ends[1], days=days
        )
    return Message("{every}, {first} to {last}: each due on its last day", every=every, first=ends[0], last=ends[1])


_PARTS = {
    "H1": Message("the first half of {year}"),
    "H2": Message("the second half of {year}"),
    "Q1": Message("the first quarter of {year}"),
    "Q2": Message("the second quarter of {year}"),
    "Q3": Message("the third quarter of {year}"),
    "Q4": Message("the fourth quarter of {year}"),
}


def period_words(period: Period) -> Message:
    """Say a period in words: the third quarter of 2023."""
    year, _, part = period.notation.partition("-")
    if period.is_day:
        return Message("{due}", due=LongDay(period.first))
    if not part:
        return Message("the year {year}", year=year)
    if part in _PARTS:
        return Message(_PARTS[part].template, year=year)
    return Message("{month}", month=LongMonth(period.first))


def schedule_words(milestone: Milestone, programme: Programme) -> Text:
    """Say in short when a milestone is due."""
    schedule = milestone.schedule
    if schedule is None:
        return TIMELINE[TimelineSign.NO_DEADLINE].words
    if schedule.every:
        return derivation(milestone, programme)
    if schedule.in_:
        return Message("{period}", period=schedule.in_.shown)
    if schedule.deadline:
        return Message("{day}", day=schedule.deadline.last)
    return Message("from {start}, no deadline set", start=schedule.from_.first if schedule.from_ else "")


def target_text(target: Target, schedule: Schedule | None) -> Message:
    """Say what the target is: 2–3 organisations a year."""
    figure = target_figure(target)
    if schedule and schedule.every:
        return Message(_EACH_TIME[schedule.every].template, figure=figure)
    return Message("{figure}", figure=figure) if target.level else Message("{figure} in all", figure=figure)
