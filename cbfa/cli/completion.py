"""What the shell offers when a milestone or an agency is typed: ids with their titles. A wrong file offers nothing and says nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cbfa.store.folder import Loaded

Offer = list[tuple[str, str]]


def _loaded() -> Loaded | None:
    from cbfa.errors import UserError  # noqa: PLC0415 - only a completing shell comes here
    from cbfa.store.folder import find_folder, load  # noqa: PLC0415

    try:
        return load(find_folder(None, os.environ, Path.cwd()))
    except UserError:
        return None


def keys(incomplete: str) -> Offer:
    """Keys of occurrences that begin like this."""
    from cbfa.core.occurrences import all_occurrences  # noqa: PLC0415
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded()) or not loaded.roadmap:
        return []
    return [
        (occurrence.key, occurrence.milestone.title.in_(language()))
        for occurrence in all_occurrences(loaded.roadmap)
        if occurrence.key.startswith(incomplete.lower())
    ]


def milestones(incomplete: str) -> Offer:
    """Ids of milestones that begin like this."""
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded()) or not loaded.roadmap:
        return []
    return [
        (milestone.id, milestone.title.in_(language()))
        for _, milestone in loaded.roadmap.milestones()
        if milestone.id.startswith(incomplete.lower())
    ]


def agencies(incomplete: str) -> Offer:
    """Ids of agencies of which the id, the code or the name begins like this."""
    from cbfa.core.text import squashed  # noqa: PLC0415
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded()) or not loaded.agencies:
        return []
    return [
        (agency.id, agency.name.in_(language()))
        for agency in loaded.agencies.agencies
        if any(squashed(spelling).startswith(squashed(incomplete)) for spelling in agency.spellings)
    ]


def workstreams(incomplete: str) -> Offer:
    """Ids of workstreams that begin like this."""
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded()) or not loaded.roadmap:
        return []
    return [
        (one.id, one.title.in_(language()))
        for one in loaded.roadmap.workstreams
        if one.id.startswith(incomplete.lower())
    ]


def states(incomplete: str) -> list[str]:
    """Words that a state can be asked by."""
    from cbfa.core.selection import STATES  # noqa: PLC0415

    return [state for state in STATES if state.startswith(incomplete.lower())]
