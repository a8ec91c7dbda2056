"""What may be recorded of an occurrence: what is impossible, and what is unlikely enough to ask about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cbfa.core.journal import MOST_COUNTED, Entry, Event
from cbfa.core.snapshot import Standing
from cbfa.core.state import Progress
from cbfa.errors import Refused
from cbfa.messages import Message


@dataclass(frozen=True)
class Proposal:
    """An entry that somebody wants to record: everything that decides whether it may be."""

    event: Event
    on: date
    count: int | None = None
    percent: int | None = None


def refuse_the_impossible(standing: Standing, proposal: Proposal) -> None:
    """Raises Refused where the proposal contradicts itself, the milestone, or the state on its date.

    `standing` is the state of the occurrence on the proposal's date.
    """
    _refuse_figures(standing, proposal)
    key, progress = standing.occurrence.key, standing.course.progress
    if proposal.event is Event.DONE:
        _refuse_done(standing, proposal)
    elif proposal.event in (Event.SUSPENDED, Event.DROPPED) and progress is Progress.DONE:
        raise Refused(
            Message("“{key}” is done, so it cannot be {event}", key=key, event=_word(proposal.event)), _reopen(key)
        )
    elif proposal.event.value == progress.value:
        raise Refused(
            Message("“{key}” is {event} already", key=key, event=_word(proposal.event)),
            Message("to add a note to it, record: cbfa mark {key} progress --note …", key=key),
        )
    elif proposal.event is Event.REOPENED and progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS):
        raise Refused(
            Message("“{key}” is open, so there is nothing to reopen", key=key),
            Message("record: cbfa mark {key} progress", key=key),
        )


def _refuse_figures(standing: Standing, proposal: Proposal) -> None:
    key, target = standing.occurrence.key, standing.occurrence.milestone.target
    if proposal.count is not None and target is None:
        raise Refused(
            Message("“{key}” has no target to count towards", key=key), Message("leave out --count; say it in --note")
        )
    if proposal.count is not None and proposal.count < 1:
        raise Refused(
            Message("a count is of what was added, so it is 1 or more"), Message("to take a count back: cbfa undo")
        )
    if proposal.count is not None and proposal.count > MOST_COUNTED:
        raise Refused(
            Message("{value} is too large: {most} is the most", value=proposal.count, most=MOST_COUNTED),
            Message("look for a slip of the pen"),
        )
    if proposal.count is not None and proposal.event not in (Event.PROGRESS, Event.DONE):
        raise Refused(
            Message("only progress and done carry a count"), Message("record the count by an entry of its own")
        )
    if proposal.percent is None:
        return
    if not 0 <= proposal.percent <= 100:
        raise Refused(Message("a percentage lies between 0 and 100"), Message("100 is the whole"))
    if proposal.event is not Event.PROGRESS:
        raise Refused(Message("only progress carries a percentage"), Message("leave out --percent"))
    if target is not None:
        raise Refused(
            Message("“{key}” has a target: its percentage follows from the count", key=key),
            Message("give --count instead of --percent"),
        )


def _refuse_done(standing: Standing, proposal: Proposal) -> None:
    key, course, target = standing.occurrence.key, standing.course, standing.occurrence.milestone.target
    if course.done_on is not None:
        raise Refused(
            Message("“{key}” is done already, since {on}", key=key, on=course.done_on),
            Message("to add a note to it, record: cbfa mark {key} progress --note …", key=key),
        )
    if target and (counted := course.counted + (proposal.count or 0)) < target.least:
        raise Refused(
            Message(
                "“{key}” is done when {least} are counted: {counted} so far, {missing} missing",
                key=key,
                least=target.least,
                counted=counted,
                missing=target.least - counted,
            ),
            Message(
                "say how many were added: --count {missing}; or record: cbfa mark {key} progress --count …",
                key=key,
                missing=target.least - course.counted,
            ),
        )


def questions(standing: Standing, proposal: Proposal, today: date, later: Entry | None) -> list[Message]:
    """What to ask before recording: each needs a yes. Empty for what is plain. `later` is the next entry after the proposal's date."""
    window, key, asked = standing.occurrence.window, standing.occurrence.key, []
    if proposal.on > today:
        asked.append(Message("{on} lies in the future. Record it all the same?", on=proposal.on))
    if window.start is not None and proposal.on < window.start:
        asked.append(
            Message(
                "{on} lies before the time set for it, which begins on {start}. Record it all the same?",
                on=proposal.on,
                start=window.start,
            )
        )
    if later is not None and proposal.event is not Event.PROGRESS:
        asked.append(
            Message(
                "“{key}” has a later entry, “{event}” of {on}. Record it all the same?",
                key=key,
                event=later.event.value,
                on=later.on,
            )
        )
    return asked


def _reopen(key: str) -> Message:
    return Message("reopen it first: cbfa mark {key} reopened", key=key)


def _word(event: Event) -> Message:
    return Message("suspended") if event is Event.SUSPENDED else Message("dropped")
