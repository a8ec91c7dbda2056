"""One run of a command: the day that it asks about, the folder of its data, and the printing of its answer."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Self

import typer

from cbfa.cli import streams
from cbfa.cli.diagnostics import brief_text, problem_text
from cbfa.cli.interrupts import ending_at_once
from cbfa.core.agencies import Agency
from cbfa.core.checks.journal import NO_MILESTONE
from cbfa.core.dates import in_zone
from cbfa.core.history import ORIGINAL
from cbfa.core.periods import parse_period
from cbfa.core.plan import Plan
from cbfa.core.resolve import list_names, resolve_word
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.text import folded, nfc
from cbfa.errors import Invalid, NoAccess, Refused
from cbfa.locale import LANGUAGES, current
from cbfa.messages import Message
from cbfa.problems import Problem, Severity, sort_problems
from cbfa.store.files import shown_path
from cbfa.store.folder import Folder, find_folder
from cbfa.store.loading import Loaded, load
from cbfa.views.clean import clean
from cbfa.views.formats import FORMATS, Format
from cbfa.views.page import Page

if TYPE_CHECKING:
    from cbfa.exchange.outputs import Output

STDOUT = "-"
"""The file that means standard output."""


@dataclass(frozen=True)
class Session:
    """The options that every command has, or the commands of its group have."""

    data: str | None
    as_of: str | None
    known_by: str | None
    baseline: str | None
    no_color: bool
    format: Format
    output: str | None
    kind: "Output | None"
    force: bool

    @classmethod
    def start(cls, ctx: typer.Context) -> Self:
        """Take the options of a command; one that is not given may come before the command.

        Raises Invalid for an unknown format, and for a file that the command cannot write.
        """
        own = {name: value for name, value in ctx.params.items() if value not in (None, False)}
        given = {**ctx.find_root().params, **own}
        command, output = ctx.info_name or "", _find_output(given.get("output"), given.get("form"))
        return cls(
            given.get("data"),
            given.get("as_of"),
            given.get("known_by"),
            given.get("baseline"),
            bool(given.get("no_color")),
            _find_format(given.get("form")),
            output,
            _find_kind(output, command),
            bool(given.get("force")),
        )

    @property
    def now(self) -> datetime:
        """The present moment. Nothing else in cbfa reads the clock."""
        return datetime.now(UTC)

    def today(self, plan: Plan) -> date:
        """Return the day that it is in the time zone of a programme, wherever the computer is."""
        return in_zone(self.now, plan.programme.zone).date()

    @cached_property
    def folder(self) -> Folder:
        """The folder of the programme's files. Raises NoAccess."""
        return find_folder(self.data, os.environ, Path())

    @property
    def elsewhere(self) -> Message | str:
        """Say where the files are, if that is not the programme of the working folder. A file that goes to others says nothing of it."""
        if self.output is not None:
            return ""
        path = self.folder.path
        if self.folder.is_packed:
            own = str(self.folder.own_journal)
            return Message("This programme comes with cbfa; your own entries are in {path}.", path=own)
        if path.resolve() == find_folder(None, {}, Path()).path.resolve():
            return ""
        if self.data is None:
            return Message("The files are in {path}.", path=str(path.resolve()))
        return Message("The files are in {path}; the commands below need --data, too.", path=str(path.resolve()))

    def load(self) -> Loaded:
        """Load the files; print warnings briefly. Errors are raised by `Loaded.usable`. Raises NoAccess."""
        with ending_at_once():
            loaded = load(self.folder, self.now)
        if not loaded.errors:
            _check_language(loaded)
            _print_warnings(loaded.problems)
        return loaded

    def snapshot(self, loaded: Loaded | None = None, usual: date | None = None) -> Snapshot:
        """Return the programme on the as-of date, else on the `usual` day, at the latest today. Raises BadData, Invalid, NoAccess."""
        history, journal = (loaded or self.load()).usable()
        today = self.today(history.adopted)
        day = parse_period(self.as_of).last if self.as_of is not None else min(usual or today, today)
        known = parse_period(self.known_by).last if self.known_by is not None else None
        return Snapshot.take(history, journal, day, known, baseline=_baseline(self.baseline, day))

    @property
    def writes_document(self) -> bool:
        """True if the answer goes into a Word document or a PDF."""
        return self.kind is not None and self.kind.is_document

    def show(self, page: Page, *, done: bool = False) -> None:
        """Print a page. If that fails, the error says that what was asked for is `done`. Raises NoAccess."""
        if self.format.in_utf8:
            streams.answer_in_utf8()
        try:
            with streams.answering():
                self.format.write(page, current(), sys.stdout, not streams.colourless(self.no_color))
        except NoAccess as error:
            if not done:
                raise
            raise _although_done(error) from error

    def give(
        self,
        page: Page,
        snapshot: Snapshot,
        standings: Sequence[Standing] | None = None,
        others: Callable[[], Sequence[Page]] = tuple,
        agencies: Sequence[Agency] = (),
    ) -> None:
        """Print the answer of a command, or write it into the file of `-o`. Raises Invalid, NoAccess, Refused.

        `standings` are the occurrences that the command selects, else all. `others` are pages that a larger file has, too.
        `agencies` are those that were asked for.
        """
        if self.output is None:
            self.show(page)
        else:
            self.write(snapshot, standings, lambda: [page, *others()], agencies=agencies)

    def write(
        self,
        snapshot: Snapshot,
        standings: Sequence[Standing] | None = None,
        pages: Callable[[], Sequence[Page]] = tuple,
        *,
        since: date | None = None,
        agencies: Sequence[Agency] = (),
    ) -> None:
        """Write the file of `-o`. Raises Invalid, NoAccess, Refused. `since` is the day that a file compares with."""
        if self.output is None or self.kind is None:
            raise Invalid(
                Message("“{name}” has no ending that says what to write", name=STDOUT),
                Message("name a file with an ending that the help of the command has"),
            )
        from cbfa.cli.deliver import deliver, to_stdout  # noqa: PLC0415 - heavy, as in `_find_kind`
        from cbfa.exchange.order import Order  # noqa: PLC0415

        def make_order() -> Order:
            selected = snapshot.standings if standings is None else standings
            return Order(pages(), snapshot, selected, current(), since, agencies)

        if not deliver(self.kind, self.output, make_order, force=self.force, ask=self._may_replace):
            self.say(Message("nothing was written"))
            raise typer.Exit(1)
        if not to_stdout(self.output):
            self.say(Message("written: {path}", path=shown_path(Path(self.output))))

    def _may_replace(self, question: Message) -> bool:
        if not _is_attended():
            message = Message("the file exists, and no terminal is attached to ask")
            raise Refused(message, Message("add --force to replace it"))
        return self.confirm([question], yes=False)

    def answer(self, sentence: Message, *, done: bool = False) -> None:
        """Print a sentence on standard output. If that fails, the error says that what was asked for is `done`."""
        text = clean(current().text(sentence))
        if sys.stdout.isatty():
            text = fill(text, get_terminal_size().columns, break_long_words=False, break_on_hyphens=False)
        try:
            streams.answer(text + "\n")
        except NoAccess as error:
            if not done:
                raise
            raise _although_done(error) from error

    def say(self, sentence: Message) -> None:
        """Print a sentence on standard error."""
        streams.complain(clean(current().text(sentence)))

    def confirm(self, questions: Sequence[Message], *, yes: bool) -> bool:
        """Ask each question on a terminal; with `yes` they are answered. Raises Refused if there is no terminal."""
        if yes:
            return True
        choice = current().text(Message("[y/N]"))
        for question in questions:
            if not _is_attended():
                raise Refused(
                    Message("this needs an answer, but no terminal is attached: {question}", question=question),
                    Message("use --yes to continue; nothing was recorded"),
                )
            streams.complain(f"{clean(current().text(question))} {choice} ", end="")
            if nfc(sys.stdin.readline()).strip().lower() not in ("y", "yes", "c", "có", "co"):
                return False
        return True


def _is_attended() -> bool:
    """Return True if somebody can answer a question. A closed stream is None."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _baseline(word: str | None, as_of: date) -> date | None:
    """Return the day whose plan judges, at the latest the as-of date; None for the plan in force. Raises Invalid."""
    if word is None:
        return None
    if folded(word).strip() in ("original", "goc"):
        return ORIGINAL
    try:
        day = parse_period(word).last
    except Invalid as error:
        fix = Message(
            "write --baseline original for the plan as adopted, or the day of an earlier plan, such as 2013-06-30"
        )
        raise Invalid(error.message, fix) from error
    if day > as_of:
        problem = Message("the plan of {day} is later than {as_of}, the day asked about", day=day, as_of=as_of)
        raise Invalid(problem, Message("name an earlier day, or ask about a later one with --as-of"))
    return day


def _check_language(loaded: Loaded) -> None:
    """Check that the programme has texts in the language of the answer, if the program has no words in it. Raises Invalid."""
    code, programme = current().code, loaded.roadmap.programme if loaded.roadmap else None
    if programme and code not in (*LANGUAGES, *programme.languages):
        names = dict.fromkeys([*LANGUAGES, *programme.languages])
        raise Invalid(Message("the programme has no texts in “{word}”", word=code), list_names(names))


def _find_format(word: str | None) -> Format:
    """Return the format asked for; else a table on a terminal and plain text elsewhere. Raises Invalid."""
    if word is None:
        return FORMATS["table" if sys.stdout.isatty() else "plain"]
    return FORMATS[resolve_word(word, FORMATS, {}, Message("unknown format “{word}”", word=word))]


def _find_output(wish: str | None, form: str | None) -> str | None:
    """Return the file that is asked for; None for standard output. Raises Invalid if a format is given, too."""
    if wish is None or wish == STDOUT:
        return None
    if form is not None:
        raise Invalid(
            Message("-o and --format contradict each other: the ending of the file decides"),
            Message("leave out --format"),
        )
    return wish


def _find_kind(output: str | None, command: str) -> "Output | None":
    """Return the kind of file that is asked for. Raises Invalid for one that the command cannot write."""
    if output is None:
        return None
    from cbfa.exchange.outputs import output_for  # noqa: PLC0415 - the kinds of files are heavy, and most answers are printed

    return output_for(output, command)


def _although_done(error: NoAccess) -> NoAccess:
    fix = Message("do not repeat the command: its work is done; check with cbfa log")
    return NoAccess(error.message, fix)


def _print_warnings(problems: Sequence[Problem]) -> None:
    """Print warnings on standard error. Entries without a milestone are counted and marked by the pages instead."""
    shown = [one for one in problems if one.severity is Severity.WARNING and one.kind != NO_MILESTONE]
    for text in brief_text(sort_problems(shown)):
        streams.complain(text)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems on standard error, as a compiler does."""
    if problems:
        streams.complain("\n".join(problem_text(problem) for problem in problems))
