"""Occurrences: a milestone in one period, the unit that is due, late or done; and their keys."""

from collections.abc import Iterator
from typing import NamedTuple

from cbfa.core.resolve import MAX_NAMES, Candidate, begins, equals, is_same, resolve, shorten
from cbfa.core.roadmap import Milestone, Roadmap, Workstream
from cbfa.core.schedule import Window, Yearly
from cbfa.errors import Invalid
from cbfa.messages import Message


class Occurrence(NamedTuple):
    """One milestone in one window."""

    key: str
    milestone: Milestone
    workstream: Workstream
    window: Window


def occurrences_of(milestone: Milestone, workstream: Workstream) -> Iterator[Occurrence]:
    """Yield the occurrences of a milestone, by year. A key is the id, or `id@year` if the milestone recurs."""
    for window in milestone.schedule.windows():
        key = milestone.id if window.period is None else f"{milestone.id}@{window.period}"
        yield Occurrence(key, milestone, workstream, window)


def all_occurrences(roadmap: Roadmap) -> tuple[Occurrence, ...]:
    """Return every occurrence of the programme, in the order of the roadmap."""
    return tuple(
        found for workstream, milestone in roadmap.milestones() for found in occurrences_of(milestone, workstream)
    )


def resolve_milestone(roadmap: Roadmap, word: str) -> tuple[Workstream, Milestone]:
    """Return the milestone with this id, or with an id that alone begins so. Raises Invalid.

    A year after `@` is ignored. A part within an id is not enough, since an entry must not be recorded on another milestone.
    """
    wanted = word.partition("@")[0]
    pairs = list(roadmap.milestones())
    return resolve(
        wanted,
        [Candidate(pair, pair[1].id, (pair[1].id,), (pair[1].id,)) for pair in pairs],
        unknown=Message("unknown milestone “{word}”", word=word),
        ambiguous=Message("“{word}” matches several milestones", word=word),
        rules=(is_same, equals, begins),
        fix=_fix_for_unknown(wanted, [milestone for _, milestone in pairs]),
    )


def _fix_for_unknown(word: str, milestones: list[Milestone]) -> Message | None:
    """Return the fix for a word like no id: the milestones that cite it, if it is a clause; else how to search; None for the list."""
    clause = f"{word.strip().upper()}."
    if citing := [one.id for one in milestones if any(f"{cited}.".startswith(clause) for cited in one.clauses)]:
        return Message("choose a milestone that cites this clause: {names}", names=shorten(citing))
    return Message("search for it: cbfa list --search TEXT") if len(milestones) > MAX_NAMES else None


def resolve_occurrence(roadmap: Roadmap, word: str) -> Occurrence:
    """Return the occurrence that a key names. Raises Invalid if a year is missing, or if the milestone has no such year."""
    workstream, milestone = resolve_milestone(roadmap, word)
    year = word.partition("@")[2].strip() if "@" in word else None
    occurrences = list(occurrences_of(milestone, workstream))
    schedule = milestone.schedule
    if not isinstance(schedule, Yearly):
        if year is not None:
            raise Invalid(
                Message("“{id}” does not recur, so its key has no year", id=milestone.id),
                Message("write {key}", key=milestone.id),
            )
        return occurrences[0]
    if not year:
        fix = Message(
            "add a year from {first} to {last}: {key}", first=schedule.first, last=schedule.last, key=occurrences[0].key
        )
        raise Invalid(Message("“{id}” recurs every year, so its key needs a year", id=milestone.id), fix)
    for occurrence in occurrences:
        if str(occurrence.window.period) == year:
            return occurrence
    raise Invalid(
        Message("“{id}” has no occurrence “{year}”", id=milestone.id, year=year),
        Message("choose a year from {first} to {last}", first=schedule.first, last=schedule.last),
    )
