"""What the checks share: walking over milestones, and the fixes for words that name nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Source


def milestones_of(roadmap: Roadmap) -> Iterator[tuple[KeyPath, Milestone]]:
    """Every milestone with its path in the file."""
    for position, workstream in enumerate(roadmap.workstreams):
        for number, milestone in enumerate(workstream.milestones):
            yield ("workstreams", position, "milestones", number), milestone


def used_twice(source: Source, named: Iterable[tuple[KeyPath, str]]) -> Iterator[Problem]:
    """The ids that stand a second time."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Problem(
                Place(source, path=path),
                Message("the id “{id}” is used twice", id=name),
                Message("give each its own id"),
            )
        seen.add(name)
