"""What the shell offers when a milestone or an agency is typed: ids with their titles. A wrong file offers nothing and says nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cbfa.store.folder import Loaded

Offer = list[tuple[str, str]]


def _loaded(ctx: typer.Context) -> Loaded | None:
    """The files of the folder that the line names so far, else of the one that would be looked into."""
    from cbfa.errors import UserError  # noqa: PLC0415 - only a completing shell comes here
    from cbfa.store.folder import find_folder, load  # noqa: PLC0415

    named = ctx.params.get("data") or ctx.find_root().params.get("data")
    try:
        return load(find_folder(named, os.environ, Path.cwd()))
    except UserError:
        return None


@contextmanager
def years_in_bash(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Completes the year of a key in bash, to which an `@` ends a word: it sends three words for one, and replaces only the last."""
    words = environment.get("COMP_WORDS", "").split("\n")
    at = next((number for number in range(len(words) - 1, 0, -1) if words[number] == "@"), 0)
    if environment.get("_CBFA_COMPLETE") != "complete_bash" or not at:
        yield
        return
    joined = [*words[: at - 1], "".join(words[at - 1 : at + 2])]
    environment.update(COMP_WORDS="\n".join(joined), COMP_CWORD=str(len(joined) - 1))
    offered = StringIO()
    try:
        with redirect_stdout(offered):
            yield
    finally:
        sys.stdout.writelines(f"{key.partition('@')[2]}\n" for key in offered.getvalue().splitlines())


def keys(ctx: typer.Context, incomplete: str) -> Offer:
    """Keys of occurrences that begin like this."""
    from cbfa.core.occurrences import all_occurrences  # noqa: PLC0415
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
        return []
    return [
        (occurrence.key, occurrence.milestone.title.in_(language()))
        for occurrence in all_occurrences(loaded.roadmap)
        if occurrence.key.startswith(incomplete.lower())
    ]


def milestones(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of milestones that begin like this."""
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
        return []
    return [
        (milestone.id, milestone.title.in_(language()))
        for _, milestone in loaded.roadmap.milestones()
        if milestone.id.startswith(incomplete.lower())
    ]


def agencies(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of agencies that begin like this."""
    from cbfa.core.text import squashed  # noqa: PLC0415
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded(ctx)) or not loaded.agencies:
        return []
    return [
        (agency.id, agency.name.in_(language()))
        for agency in loaded.agencies.agencies
        if any(squashed(spelling).startswith(squashed(incomplete)) for spelling in agency.spellings)
    ]


def workstreams(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of workstreams that begin like this."""
    from cbfa.locale import language  # noqa: PLC0415

    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
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
