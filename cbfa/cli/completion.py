"""Offer completions of a half-typed word to the shell; none if the files have errors."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import typer

from cbfa.cli import streams
from cbfa.core.journal import EVENT_WORDS
from cbfa.errors import UserError
from cbfa.locale import LANGUAGES, current
from cbfa.store.folder import find_folder
from cbfa.store.loading import Loaded, load
from cbfa.store.schemas import SCHEMAS
from cbfa.views.formats import FORMATS
from cbfa.views.looks import OFFICIAL, ROLE, STATE, spoken
from cbfa.views.pages.requests import KINDS

Offer = list[tuple[str, str]]
"""Words, each with its explanation."""

_VARIABLE = "_CBFA_COMPLETE"
_OFFER = re.compile(r"^(?!_files$)(_arguments '\*: :\(\()?\"?(?=\S)", re.MULTILINE)
"""The beginning of a line with an offer, before the offer itself; zsh has quotes and a command there."""


def is_running(environment: Mapping[str, str]) -> bool:
    """Return True if a shell asks for completion."""
    return _VARIABLE in environment


def _load(ctx: typer.Context) -> Loaded | None:
    """Load the folder that the line names so far, else the one that would be used."""
    named = ctx.params.get("data") or ctx.find_root().params.get("data")
    try:
        return load(find_folder(named, os.environ, Path.cwd()))
    except UserError:
        return None


def _beginning(incomplete: str, offers: Iterable[tuple[str, str]]) -> Offer:
    return [(word, text) for word, text in offers if word.startswith(incomplete)]


def keys(ctx: typer.Context, incomplete: str) -> Offer:
    """Offer keys of occurrences."""
    loaded = _load(ctx)
    occurrences = loaded.history.whole.plan.occurrences if loaded and loaded.history else ()
    return _beginning(incomplete, ((one.key, current().text(one.milestone.title)) for one in occurrences))


def milestones(ctx: typer.Context, incomplete: str) -> Offer:
    """Offer ids of milestones."""
    loaded = _load(ctx)
    pairs = loaded.roadmap.milestones() if loaded and loaded.roadmap else ()
    return _beginning(incomplete, ((one.id, current().text(one.title)) for _workstream, one in pairs))


def workstreams(ctx: typer.Context, incomplete: str) -> Offer:
    """Offer ids of workstreams."""
    loaded = _load(ctx)
    found = loaded.roadmap.workstreams if loaded and loaded.roadmap else ()
    return _beginning(incomplete, ((one.id, current().text(one.title)) for one in found))


def agencies(ctx: typer.Context, incomplete: str) -> Offer:
    """Offer ids of agencies."""
    loaded = _load(ctx)
    found = loaded.agencies.agencies if loaded and loaded.agencies else ()
    return _beginning(incomplete, ((one.id, current().text(one.name)) for one in found))


def states(incomplete: str) -> Offer:
    """Offer states."""
    return _beginning(incomplete, spoken(STATE, current()).items())


def classes(incomplete: str) -> Offer:
    """Offer official classes."""
    return _beginning(incomplete, ((one.value, current().text(look.words)) for one, look in OFFICIAL.items()))


def roles(incomplete: str) -> Offer:
    """Offer roles."""
    return _beginning(incomplete, spoken(ROLE, current()).items())


def kinds(incomplete: str) -> Offer:
    """Offer kinds of official documents."""
    return _beginning(incomplete, spoken(KINDS, current()).items())


def events(incomplete: str) -> Offer:
    """Offer events."""
    return _beginning(incomplete, spoken(EVENT_WORDS, current()).items())


def formats(incomplete: str) -> Offer:
    """Offer output formats."""
    return _beginning(incomplete, ((one.name, current().text(one.help)) for one in FORMATS.values()))


def languages(incomplete: str) -> Offer:
    """Offer languages."""
    return _beginning(incomplete, ((language, "") for language in LANGUAGES))


def schemas(incomplete: str) -> Offer:
    """Offer the files that have a schema."""
    return _beginning(incomplete, ((name, "") for name in SCHEMAS))


@contextmanager
def whole_words(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Complete `id@year` and `--option=value`, which are one word here.

    Bash sends three words for one, and replaces only the last; other shells replace the whole word.
    """
    offered = StringIO()
    words, current_word = environment.get("COMP_WORDS", "").split("\n"), _number(environment.get("COMP_CWORD", ""))
    in_year, option = False, ""
    if environment[_VARIABLE] != "complete_bash":
        option = _option_before(environment)
    elif {"@", "="}.intersection(words):
        joined, position, in_year = join_words(words, current_word)
        environment.update(COMP_WORDS="\n".join(joined), COMP_CWORD=str(position))
    try:
        with redirect_stdout(offered):
            yield
    finally:
        offers = _OFFER.sub(rf"\g<0>{option}", offered.getvalue()).splitlines()
        streams.answer("".join(f"{offer[offer.find('@') :] if in_year else offer}\n" for offer in offers))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _option_before(environment: Mapping[str, str]) -> str:
    """Return `--agency=` if the half-typed word begins so, with nothing that a pattern would read."""
    typed = environment.get("_TYPER_COMPLETE_ARGS", "").rpartition(" ")[2]
    option, sign, _ = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", typed).partition("=")
    return option + sign if sign and re.fullmatch(r"--[a-z-]+", option) else ""


def join_words(words: list[str], current_word: int) -> tuple[list[str], int, bool]:
    """Join each `id @ year` and `--option = value` to one word.

    Return the words, the position of the current one, and True if that one is within the year of a key.
    """
    joined: list[str] = []
    position, in_year, number = 0, False, 0
    while number < len(words):
        sign = words[number]
        if joined and (sign == "@" or (sign == "=" and joined[-1].startswith("--"))):
            joined[-1] += "".join(words[number : number + 2])
            if current_word in (number, number + 1):
                position, in_year = len(joined) - 1, sign == "@"
            number += 2
            continue
        joined.append(words[number])
        position = len(joined) - 1 if number == current_word else position
        number += 1
    return joined, position, in_year
