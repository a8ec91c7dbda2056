"""Which occurrences a question is about: by workstream, agency, state, year and words; and the orders in which they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from cbfa.core.agencies import Agency
from cbfa.core.roadmap import Milestone, Roadmap, Workstream
from cbfa.core.snapshot import Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.text import chosen, folded, squashed
from cbfa.errors import Invalid
from cbfa.messages import Message


class Role(StrEnum):
    """How an agency answers for a milestone."""

    LEAD = "lead"
    SUPPORT = "support"


STATES: tuple[str, ...] = tuple(dict.fromkeys([*Progress, *Timing]))
"""The words that a state can be asked by: those of progress and those of timing."""


def role_of(agency_id: str, milestone: Milestone) -> Role | None:
    """How an agency answers for a milestone, if it does."""
    if milestone.lead.agency == agency_id:
        return Role.LEAD
    return Role.SUPPORT if any(assignment.agency == agency_id for assignment in milestone.support) else None


@dataclass(frozen=True)
class Selection:
    """What to keep; each field left at None keeps everything. `year` keeps what has a window that touches the year."""

    workstream: Workstream | None = None
    agency: Agency | None = None
    role: Role | None = None
    state: str | None = None
    year: int | None = None
    words: str | None = None

    def of(self, standings: Iterable[Standing]) -> list[Standing]:
        """The standings that it keeps, in their order."""
        return [standing for standing in standings if self._keeps(standing)]

    def _keeps(self, standing: Standing) -> bool:
        occurrence = standing.occurrence
        return (
            (self.workstream is None or occurrence.workstream.id == self.workstream.id)
            and (self.state is None or self.state in (standing.course.progress, standing.timing))
            and (self.year is None or occurrence.window.touches(self.year))
            and self._keeps_agency(occurrence.milestone)
            and self._keeps_words(occurrence.milestone)
        )

    def _keeps_agency(self, milestone: Milestone) -> bool:
        if self.agency is None:
            return True
        role = role_of(self.agency.id, milestone)
        return role is not None and self.role in (None, role)

    def _keeps_words(self, milestone: Milestone) -> bool:
        if not self.words:
            return True
        text = folded(
            " ".join([milestone.id, milestone.title.vi, milestone.title.en, milestone.timing or "", *milestone.clauses])
        )
        return all(folded(word) and f" {folded(word)}" in f" {text}" for word in self.words.split())


def overdue(standings: Iterable[Standing], year: int | None = None) -> list[Standing]:
    """What is overdue, the longest first; with a year, what fell due in it."""
    late = [
        standing
        for standing in standings
        if standing.timing is Timing.OVERDUE and (year is None or _due(standing).year == year)
    ]
    return sorted(late, key=_due)


def upcoming(standings: Iterable[Standing], days: int | None = None) -> list[Standing]:
    """What is unfinished and falls due next, the nearest first; with `days`, within that many days of the as-of date, inclusive."""
    ahead = [
        standing
        for standing in standings
        if standing.timing in (Timing.UPCOMING, Timing.WITHIN_DEADLINE, Timing.DUE_SOON)
        and standing.occurrence.window.due is not None
        and (days is None or (_due(standing) - standing.as_of).days <= days)
    ]
    return sorted(ahead, key=_due)


def _due(standing: Standing) -> date:
    return standing.occurrence.window.due or date.max


def find_workstream(roadmap: Roadmap, word: str) -> Workstream:
    """The workstream that a person means: its id, its number (`III.2`, or `2`), or a part of its name. Raises Invalid."""
    form = squashed(word)
    exact = [
        workstream
        for position, workstream in enumerate(roadmap.workstreams, 1)
        if form in (squashed(workstream.id), squashed(workstream.number), str(position))
    ]
    parts = [
        workstream
        for workstream in roadmap.workstreams
        if form and any(form in squashed(text) for text in (workstream.id, workstream.title.vi, workstream.title.en))
    ]
    if len(found := exact or parts) == 1:
        return found[0]
    names = ", ".join(f"{workstream.id} ({workstream.number})" for workstream in found or roadmap.workstreams)
    sentence = (
        Message("“{word}” can mean several workstreams", word=word)
        if found
        else Message("there is no workstream “{word}”", word=word)
    )
    raise Invalid(sentence, Message("choose one: {names}", names=names))


def find_state(word: str, spoken: Mapping[str, str] = MappingProxyType({})) -> str:
    """The state that a word names: `due soon`, `due-soon`, or what it is `spoken` as. Raises Invalid with the nearest."""
    return chosen(word, STATES, spoken, Message("there is no state “{word}”", word=word))


def find_role(word: str, spoken: Mapping[Role, str]) -> Role:
    """The role that a word names, as it is written or `spoken`. Raises Invalid with the nearest."""
    return chosen(word, Role, spoken, Message("there is no role “{word}”", word=word))


def check_year(roadmap: Roadmap, year: int) -> int:
    """The year, if the programme has it. Raises Invalid."""
    period = roadmap.programme.period
    if year not in period:
        raise Invalid(
            Message("{year} lies outside the programme", year=year),
            Message("it runs from {first} to {last}", first=period.first, last=period.last),
        )
    return year
