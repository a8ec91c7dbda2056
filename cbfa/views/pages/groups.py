"""Rows under the names of their workstreams, as every long table of the programme has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbfa.core.roadmap import Workstream
from cbfa.views import words
from cbfa.views.page import Cell, Group, Row


def under_workstreams(pairs: Iterable[tuple[Workstream, list[Cell]]]) -> Iterator[Row]:
    """The rows, each workstream's name before its first. Rows of one workstream stand together, as the roadmap has them."""
    current = ""
    for workstream, row in pairs:
        if workstream.id != current:
            current = workstream.id
            yield Group(words.workstream_name(workstream))
        yield row
