"""Check the journal, by itself and against the occurrences and agencies that its entries name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Entry, Event, Journal, Retraction, by_time, day_recorded
from cbfa.core.occurrences import all_occurrences
from cbfa.core.resolve import nearest, suggest
from cbfa.core.roadmap import Roadmap
from cbfa.core.state import Progress, course_of
from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity, Source


def records_have_their_own_ids(journal: Journal) -> Iterator[Problem]:
    """No two records share an id and differ otherwise."""
    for same in journal.conflicts():
        yield Problem(
            Place(Source.PROGRESS, path=(same[0].id,)),
            Message(
                "two records share the id {id} and differ: {first} / {second}",
                id=same[0].id,
                first=same[0].model_dump_json(exclude_defaults=True),
                second=same[1].model_dump_json(exclude_defaults=True),
            ),
            Message("keep the line that is true as it was written; record the other one anew with cbfa mark"),
        )


def retractions_name_entries(journal: Journal) -> Iterator[Problem]:
    """A retraction takes back an entry that is there. Another office's copy may still bring it, so this is a warning."""
    for record in journal.records:
        if not isinstance(record, Retraction):
            continue
        taken_back = journal.by_id.get(record.retracts)
        if taken_back is None:
            message = Message("this takes back {id}, which is not in the journal", id=record.retracts)
            yield Problem(
                Place(Source.PROGRESS, path=(record.id, "retracts")),
                message,
                Message("merge the copy that has it: cbfa merge"),
                Severity.WARNING,
            )
        elif isinstance(taken_back, Retraction):
            message = Message("this takes back {id}, which is no entry but a retraction", id=record.retracts)
            yield Problem(
                Place(Source.PROGRESS, path=(record.id, "retracts")),
                message,
                Message("record the entry anew with cbfa mark"),
                Severity.WARNING,
            )


def entries_happened_before_they_were_recorded(journal: Journal) -> Iterator[Problem]:
    """An entry dated after it was written down is a plan, or a slip of the pen. A day's grace covers time zones."""
    for entry in journal.counting():
        if (entry.on - day_recorded(entry)).days > 1:
            yield Problem(
                Place(Source.PROGRESS, path=(entry.id, "on")),
                Message("it is dated {on}, after it was recorded", on=entry.on),
                Message("if that is a slip: cbfa undo {id}", id=entry.id),
                Severity.WARNING,
            )


def entries_name_occurrences(journal: Journal, roadmap: Roadmap) -> Iterator[Problem]:
    """Every entry that counts belongs to an occurrence of the roadmap."""
    known = {occurrence.key for occurrence in all_occurrences(roadmap)}
    for entry in journal.counting():
        if entry.key not in known:
            near = nearest(entry.key, known)
            yield Problem(
                Place(Source.PROGRESS, path=(entry.id, "key")),
                Message("the roadmap has no occurrence “{key}”", key=entry.key),
                Message(
                    "nearest: {names}; bring it back in the roadmap, or: cbfa undo {id}",
                    names=", ".join(near),
                    id=entry.id,
                )
                if near
                else Message("bring it back in the roadmap, or: cbfa undo {id}", id=entry.id),
            )


def counts_have_targets(journal: Journal, roadmap: Roadmap) -> Iterator[Problem]:
    """What is counted has a target, and what is marked done has reached it."""
    occurrences = {occurrence.key: occurrence for occurrence in all_occurrences(roadmap)}
    entries: dict[str, list[Entry]] = {}
    for entry in journal.counting():
        entries.setdefault(entry.key, []).append(entry)
        occurrence = occurrences.get(entry.key)
        if occurrence and entry.count is not None and occurrence.milestone.target is None:
            message = Message("it counts {count}, but “{key}” has no target", count=entry.count, key=entry.key)
            yield Problem(
                Place(Source.PROGRESS, path=(entry.id, "count")),
                message,
                Message("give the milestone a target in the roadmap"),
                Severity.WARNING,
            )
    for key, its in entries.items():
        target = occurrences[key].milestone.target if key in occurrences else None
        claims = [entry for entry in its if entry.event is Event.DONE]
        course = course_of(sorted(its, key=by_time), target)
        if target and claims and course.progress is not Progress.DONE and course.counted < target.least:
            yield Problem(
                Place(Source.PROGRESS, path=(claims[-1].id, "event")),
                Message(
                    "it says done, but {counted} of {least} are counted", counted=course.counted, least=target.least
                ),
                Message("record what is missing with --count"),
                Severity.WARNING,
            )


def reporters_exist(journal: Journal, agencies: Agencies) -> Iterator[Problem]:
    """Who reported is an agency."""
    known = [agency.id for agency in agencies.agencies]
    for entry in journal.counting():
        if entry.by is not None and entry.by not in known:
            yield Problem(
                Place(Source.PROGRESS, path=(entry.id, "by")),
                Message("there is no agency “{word}”", word=entry.by),
                suggest(entry.by, known),
                Severity.WARNING,
            )


CHECKS: list[Callable[[Journal], Iterator[Problem]]] = [
    records_have_their_own_ids,
    retractions_name_entries,
    entries_happened_before_they_were_recorded,
]
ROADMAP_CHECKS: list[Callable[[Journal, Roadmap], Iterator[Problem]]] = [
    entries_name_occurrences,
    counts_have_targets,
]
AGENCY_CHECKS: list[Callable[[Journal, Agencies], Iterator[Problem]]] = [reporters_exist]
