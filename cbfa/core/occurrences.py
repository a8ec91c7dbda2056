"""Occurrences: a milestone in one period, the unit that is due, late or done; and the keys by which people name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cbfa.core.roadmap import Milestone, Roadmap, Workstream
from cbfa.core.schedule import Window, Yearly
from cbfa.core.text import nearest, suggest
from cbfa.errors import Invalid
from cbfa.messages import Message

_LISTED = 8
"""How many candidates a sentence names before it grows too long."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One milestone in one window."""

    key: str
    milestone: Milestone
    workstream: Workstream
    window: Window


def occurrences_of(milestone: Milestone, workstream: Workstream) -> Iterator[Occurrence]:
    """The occurrences of a milestone, by year. A key is the id, or `id@year` where the milestone recurs."""
    for window in milestone.schedule.windows():
        key = milestone.id if window.period is None else f"{milestone.id}@{window.period}"
        yield Occurrence(key, milestone, workstream, window)


def all_occurrences(roadmap: Roadmap) -> tuple[Occurrence, ...]:
    """Every occurrence of the programme, in the order of the roadmap."""
    return tuple(
        found for workstream, milestone in roadmap.milestones() for found in occurrences_of(milestone, workstream)
    )


def find_milestone(roadmap: Roadmap, word: str) -> tuple[Workstream, Milestone]:
    """The milestone that a person means: its id, or a prefix that only one id has. A year behind `@` is passed over.

    Raises Invalid with the nearest ids, or with all that the prefix could mean.
    """
    wanted = word.partition("@")[0].strip().lower()
    pairs = list(roadmap.milestones())
    exact = [pair for pair in pairs if pair[1].id == wanted]
    begins = [pair for pair in pairs if wanted and pair[1].id.startswith(wanted)]
    match exact or begins:
        case [pair]:
            return pair
        case []:
            fix = _instead(wanted, [milestone for _, milestone in pairs])
            raise Invalid(Message("there is no milestone “{word}”", word=word), fix)
        case several:
            names = _listed(milestone for _, milestone in several)
            raise Invalid(
                Message("“{word}” can mean several milestones", word=word), Message("choose one: {names}", names=names)
            )


def _instead(word: str, milestones: list[Milestone]) -> Message:
    """What may have been meant by a word that begins no id: a clause, or an id with a slip of the pen."""
    clause = f"{word.upper()}."
    if citing := [one for one in milestones if any(f"{cited}.".startswith(clause) for cited in one.clauses)]:
        return Message("choose one that rests on it: {names}", names=_listed(citing))
    ids = [one.id for one in milestones]
    if len(ids) <= _LISTED or nearest(word, ids):
        return suggest(word, ids)
    return Message("look for it with cbfa list --search")


def _listed(milestones: Iterable[Milestone]) -> str:
    """Their ids, as many as a sentence can hold."""
    ids = [milestone.id for milestone in milestones]
    return ", ".join(ids[:_LISTED]) + (" …" if len(ids) > _LISTED else "")


def find_occurrence(roadmap: Roadmap, word: str) -> Occurrence:
    """The one occurrence that a key names. Raises Invalid where a year is missing, or is none of the milestone's."""
    workstream, milestone = find_milestone(roadmap, word)
    year = word.partition("@")[2].strip() if "@" in word else None
    occurrences = list(occurrences_of(milestone, workstream))
    schedule = milestone.schedule
    if not isinstance(schedule, Yearly):
        if year is not None:
            raise Invalid(
                Message("“{id}” does not recur, so its key carries no year", id=milestone.id),
                Message("write it as {key}", key=milestone.id),
            )
        return occurrences[0]
    if not year:
        fix = Message(
            "add one from {first} to {last}: {key}", first=schedule.first, last=schedule.last, key=occurrences[0].key
        )
        raise Invalid(Message("“{id}” recurs every year: the key needs one", id=milestone.id), fix)
    for occurrence in occurrences:
        if str(occurrence.window.period) == year:
            return occurrence
    raise Invalid(
        Message("“{id}” has no occurrence “{year}”", id=milestone.id, year=year),
        Message("it runs from {first} to {last}", first=schedule.first, last=schedule.last),
    )
