"""Rows under the names of their workstreams, as every long table of the programme has them."""

from __future__ import annotations

from collections.abc import Iterable

from cbfa.core.roadmap import Workstream
from cbfa.views import words
from cbfa.views.page import Cell, Group, Row


def under_workstreams(pairs: Iterable[tuple[Workstream, list[Cell]]]) -> list[Row]:
    """The rows, each workstream's name before its first. Rows of one workstream stand together, as the roadmap has them."""
    rows: list[Row] = []
    current = ""
    for workstream, row in pairs:
        if workstream.id != current:
            current = workstream.id
            rows.append(Group(words.workstream_name(workstream)))
        rows.append(row)
    return rows
