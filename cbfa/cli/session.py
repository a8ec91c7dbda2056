"""One run of a command: who asks, about which day, in which language, where the data are, and how the answer is printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cbfa.cli import streams
from cbfa.core.dates import parse_end
from cbfa.core.journal import VIET_NAM
from cbfa.core.text import nfc, suggest
from cbfa.errors import Invalid
from cbfa.locale import LANGUAGES, _, current, text
from cbfa.messages import Message
from cbfa.problems import Problem, Severity, sort_problems
from cbfa.store.folder import Folder, find_folder
from cbfa.store.loading import Loaded, load
from cbfa.views.clean import clean
from cbfa.views.formats import FORMATS

if TYPE_CHECKING:
    from cbfa.core.snapshot import Snapshot
    from cbfa.views.page import Page


@dataclass
class Session:
    """What the options of a run came to.

    `exit_code` is what the process ends with when all went well; `done` says that something was written, and need not be asked for again.
    """

    data: str | None = None
    lang: str | None = None
    form: str | None = None
    as_of: str | None = None
    known_by: str | None = None
    no_color: bool = False
    exit_code: int = 0
    done: bool = False

    def __post_init__(self) -> None:
        """Raises Invalid for a language that the program does not speak."""
        if self.lang is not None and self.lang.lower()[:2] not in LANGUAGES:
            raise Invalid(
                Message("there is no language “{word}”", word=self.lang),
                Message("choose one: {names}", names=", ".join(LANGUAGES)),
            )

    @property
    def today(self) -> date:
        """The one look at the calendar: today in Viet Nam, wherever the computer stands."""
        return self.now.date()

    @property
    def now(self) -> datetime:
        """The one look at the clock, in Viet Nam's time."""
        return datetime.now(VIET_NAM)

    @cached_property
    def folder(self) -> Folder:
        """Where the programme's files are, looked for once: what is recorded must not be answered from another place."""
        return find_folder(self.data, os.environ, Path())

    def load(self) -> Loaded:
        """The three files. Warnings go to standard error; errors are the caller's to raise, by `programme()` or `usable()`."""
        loaded = load(self.folder)
        if not loaded.errors:
            print_problems(
                sort_problems(problem for problem in loaded.problems if problem.severity is Severity.WARNING)
            )
        return loaded

    def snapshot(self) -> Snapshot:
        """The programme on the day asked about. Raises BadData, Invalid."""
        from cbfa.core.snapshot import Snapshot  # noqa: PLC0415 - not every command needs it

        day = parse_end(self.as_of) if self.as_of is not None else self.today
        known = parse_end(self.known_by) if self.known_by is not None else None
        return Snapshot.take(*self.load().usable(), day, known)

    @property
    def chosen_form(self) -> str:
        """The form asked for; else a table on a terminal and plain text elsewhere. Raises Invalid."""
        if self.form is None:
            return "table" if sys.stdout.isatty() else "plain"
        if self.form.lower() in FORMATS:
            return self.form.lower()
        raise Invalid(
            Message("there is no format “{word}”", word=self.form),
            suggest(self.form, FORMATS),
        )

    def show(self, page: Page) -> None:
        """Prints a page on standard output."""
        colour = not streams.colourless(self.no_color)
        with streams.answering():
            FORMATS[self.chosen_form].write(page, current(), sys.stdout, colour)

    def say(self, sentence: str) -> None:
        """Prints a sentence on standard error."""
        streams.complain(clean(sentence))

    def declined(self) -> None:
        """Ends a command whose question was answered with no: exit code 1, for the answer was no."""
        self.say(_("nothing was recorded"))
        self.exit_code = 1

    def confirm(self, sentences: Sequence[Message], *, yes: bool) -> bool:
        """Asks each question on a terminal; elsewhere `yes` stands for the answers. Raises Refused where nobody can answer."""
        from cbfa.errors import Refused  # noqa: PLC0415

        if yes:
            return True
        choice = _("[y/N]")
        for sentence in sentences:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise Refused(
                    Message("nobody is there to answer: {question}", question=sentence),
                    Message("say --yes to go on; nothing was recorded"),
                )
            streams.complain(f"{clean(text(sentence))} {choice} ", end="")
            if nfc(sys.stdin.readline()).strip().lower() not in ("y", "yes", "c", "có", "co"):
                return False
        return True


def print_problems(problems: Sequence[Problem]) -> None:
    """Problems of the files, as a compiler shows them, on standard error."""
    if problems:
        from cbfa.cli.diagnostics import problem_text  # noqa: PLC0415 - only wrong files need it

        streams.complain("\n".join(problem_text(problem) for problem in problems))
