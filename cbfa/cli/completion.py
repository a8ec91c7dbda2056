"""What the shell offers when a milestone, an agency or a state is typed, and what it means. A wrong file offers nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cbfa.locale import current
from cbfa.views.formats import FORMATS
from cbfa.views.looks import EVENT, STATE, spoken

if TYPE_CHECKING:
    from cbfa.store.loading import Loaded

Offer = list[tuple[str, str]]


def _loaded(ctx: typer.Context) -> Loaded | None:
    """The files of the folder that the line names so far, else of the one that would be looked into."""
    from cbfa.errors import UserError  # noqa: PLC0415 - only a completing shell comes here
    from cbfa.store.folder import find_folder  # noqa: PLC0415
    from cbfa.store.loading import load  # noqa: PLC0415

    named = ctx.params.get("data") or ctx.find_root().params.get("data")
    try:
        return load(find_folder(named, os.environ, Path.cwd()))
    except UserError:
        return None


@contextmanager
def years_in_bash(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Completes keys with a year in bash, to which an `@` ends a word: it sends three words for one, and replaces the @ and the year."""
    words, current = environment.get("COMP_WORDS", "").split("\n"), int(environment.get("COMP_CWORD") or 0)
    if environment.get("_CBFA_COMPLETE") != "complete_bash" or "@" not in words:
        yield
        return
    joined, now, in_year = rejoined(words, current)
    environment.update(COMP_WORDS="\n".join(joined), COMP_CWORD=str(now))
    offered = StringIO()
    try:
        with redirect_stdout(offered):
            yield
    finally:
        offers = offered.getvalue().splitlines()
        sys.stdout.writelines(f"{offer[offer.find('@') :] if in_year else offer}\n" for offer in offers)


def rejoined(words: list[str], current: int) -> tuple[list[str], int, bool]:
    """The words with each `id @ year` as one, the position of the current one among them, and whether it is within such a key."""
    joined: list[str] = []
    now, in_year, number = 0, False, 0
    while number < len(words):
        if words[number] == "@" and joined:
            joined[-1] += "".join(words[number : number + 2])
            in_year = in_year or current in (number, number + 1)
            now = len(joined) - 1 if current in (number, number + 1) else now
            number += 2
            continue
        joined.append(words[number])
        now = len(joined) - 1 if number == current else now
        number += 1
    return joined, now, in_year


def keys(ctx: typer.Context, incomplete: str) -> Offer:
    """Keys of occurrences that begin like this."""
    from cbfa.core.occurrences import all_occurrences  # noqa: PLC0415

    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
        return []
    return [
        (occurrence.key, occurrence.milestone.title.in_(current().code))
        for occurrence in all_occurrences(loaded.roadmap)
        if occurrence.key.startswith(incomplete)
    ]


def milestones(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of milestones that begin like this."""
    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
        return []
    return [
        (milestone.id, milestone.title.in_(current().code))
        for _, milestone in loaded.roadmap.milestones()
        if milestone.id.startswith(incomplete)
    ]


def agencies(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of agencies that begin like this."""
    if not (loaded := _loaded(ctx)) or not loaded.agencies:
        return []
    return [
        (agency.id, agency.name.in_(current().code))
        for agency in loaded.agencies.agencies
        if agency.id.startswith(incomplete)
    ]


def workstreams(ctx: typer.Context, incomplete: str) -> Offer:
    """Ids of workstreams that begin like this."""
    if not (loaded := _loaded(ctx)) or not loaded.roadmap:
        return []
    return [
        (one.id, one.title.in_(current().code)) for one in loaded.roadmap.workstreams if one.id.startswith(incomplete)
    ]


def states(incomplete: str) -> Offer:
    """Words that a state can be asked by, each as it is spoken."""
    return [(state, words) for state, words in spoken(STATE, current()).items() if state.startswith(incomplete)]


def events(incomplete: str) -> Offer:
    """Words for what happened, each as it is spoken."""
    return [(event.value, words) for event, words in spoken(EVENT, current()).items() if event.startswith(incomplete)]


def forms(incomplete: str) -> Offer:
    """The output formats, each with what it is."""
    return [(name, current().text(one.help)) for name, one in FORMATS.items() if name.startswith(incomplete)]


def languages(incomplete: str) -> list[str]:
    """The languages of an answer."""
    from cbfa.locale import LANGUAGES  # noqa: PLC0415

    return [language for language in LANGUAGES if language.startswith(incomplete)]
