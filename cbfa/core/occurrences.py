"""Occurrences: a milestone in one period, the unit that is due, late or done; and their keys."""

from collections.abc import Iterator
from typing import NamedTuple

from cbfa.core.resolve import (
    MAX_NAMES,
    Candidate,
    begins,
    equals,
    has_title_words,
    has_words,
    is_same,
    resolve,
    shorten,
)
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


def searched_text(occurrence: Occurrence) -> str:
    """Return what is searched of an occurrence: its key, titles, deadline wording and clauses."""
    milestone = occurrence.milestone
    title = milestone.title
    return " ".join([occurrence.key, title.vi, title.en, milestone.timing or "", *milestone.clauses])


def resolve_milestone(roadmap: Roadmap, word: str, *, by_words: bool = True) -> tuple[Workstream, Milestone]:
    """Return the milestone that a word means: its id, a beginning that only its id has, or its title. Raises Invalid.

    With `by_words`, words that only its title has are enough. A year after `@` is ignored.
    """
    wanted = word.partition("@")[0].strip()
    pairs = list(roadmap.milestones())
    candidates = []
    for pair in pairs:
        name, titles = pair[1].id, (pair[1].title.vi, pair[1].title.en)
        candidates.append(Candidate(pair, name, (name, *titles), (name,), titles))
    return resolve(
        wanted,
        candidates,
        unknown=Message("unknown milestone “{word}”", word=word),
        ambiguous=Message("“{word}” matches several milestones", word=word),
        rules=(is_same, equals, begins, *([has_title_words] if by_words else [])),
        fix=_fix_for_unknown(wanted, roadmap),
    )


def _fix_for_unknown(word: str, roadmap: Roadmap) -> Message | None:
    """Return the fix for a word that is no id and no title: the milestones that cite it as a clause; else a command that helps.

    None for the list of ids, which is short enough.
    """
    clause = f"{word.upper()}."
    milestones = [milestone for _, milestone in roadmap.milestones()]
    if citing := [one.id for one in milestones if any(f"{cited}.".startswith(clause) for cited in one.clauses)]:
        return Message("choose a milestone that cites this clause: {names}", names=shorten(citing))
    if word and any(has_words(word, searched_text(one)) for one in all_occurrences(roadmap)):
        return Message('search for it: cbfa list --search "{text}"', text=word)
    return Message("list all milestones with: cbfa list") if len(milestones) > MAX_NAMES else None


def resolve_occurrence(roadmap: Roadmap, word: str, *, by_words: bool = True) -> Occurrence:
    """Return the occurrence that a key names. Raises Invalid if a year is missing, or if the milestone has no such year.

    Without `by_words`, words of a title are not enough: an entry must not be recorded on a milestone that was not named.
    """
    workstream, milestone = resolve_milestone(roadmap, word, by_words=by_words)
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
