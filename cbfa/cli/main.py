"""The program: finds the command, lets it run, and turns what a user got wrong into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Annotated, Any

import typer

from cbfa import __version__, locale
from cbfa.cli import completion, options, streams
from cbfa.cli.help import Command, Group, translated
from cbfa.cli.session import Session
from cbfa.cli.usage import UsageError, in_our_words
from cbfa.core.text import suggest
from cbfa.errors import Invalid, NoAccess, UserError
from cbfa.locale import N_, _
from cbfa.messages import Message

COMMANDS = {
    "status": "overview",
    "overdue": "lists",
    "upcoming": "lists",
    "list": "lists",
    "show": "lists",
    "report": "agencies",
    "agencies": "agencies",
    "timeline": "overview",
    "mark": "mark",
    "undo": "journal",
    "log": "journal",
    "merge": "journal",
    "check": "files",
    "doctor": "doctor",
    "schema": "files",
    "init": "files",
}
"""Every command, in the order of the help, and the file that has it: only that file is imported when it runs."""


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it: 128 and the number of the signal."""


class _Commands(MutableMapping[str, Any]):
    """The commands by name, each imported when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Typer's own command class is private
        if name not in COMMANDS:
            raise KeyError(name)
        if name not in self._loaded:
            self._loaded[name] = translated(_command(import_module(f"cbfa.cli.{COMMANDS[name]}").app, name))
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __setitem__(self, name: str, command: Any) -> None:  # noqa: ANN401
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]


def _command(its_file: typer.Typer, name: str) -> Any:  # noqa: ANN401
    """One command of a file, made of its function; the others of that file would take as long again, each."""
    alone = typer.Typer(rich_markup_mode=None)
    for command in its_file.registered_commands:
        if name == (command.name or getattr(command.callback, "__name__", "")):
            command.cls = Command
            alone.registered_commands.append(command)
    return typer.main.get_group(alone).commands[name]


class _Group(Group):
    """The top of the program; knows its commands by name only."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Typer's settings, passed on
        super().__init__(**settings)
        self.commands = _Commands()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer's context is private
        """Finds the command. Raises Invalid with the nearest ones."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise Invalid(
                Message("there is no command “{word}”", word=name),
                suggest(name, ["--help"] if name == "help" else COMMANDS),
            )
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Group,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("Keeps a public programme honest: what was decided, what happened, what is late and who owes it."),
)


def _print_version(wanted: bool) -> None:
    if wanted:
        streams.answer(f"cbfa {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def top(
    ctx: typer.Context,
    data: options.Data = None,
    lang: options.Lang = None,
    no_color: options.NoColor = False,
    version: Annotated[  # noqa: ARG001 - Typer calls the callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=N_("Print the version and end."))
    ] = False,
) -> None:
    """Remembers the options given before the command."""
    ctx.obj = Session(data=data, lang=lang, no_color=no_color)
    if ctx.invoked_subcommand is None:
        streams.answer(ctx.get_help() + "\n")


def _wished_language(arguments: list[str]) -> str | None:
    """The value of the last `--lang`, wherever it stands: help is translated before Typer reads the options."""
    wish = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            wish = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith("--lang="):
            wish = argument.partition("=")[2]
    return wish


def build() -> Any:  # noqa: ANN401 - Typer's own command class is private
    """The whole program as one command, its help in the language spoken now."""
    return translated(typer.main.get_command(app))


def main() -> None:
    """The entry point. Exits with 0, or as `cbfa.errors` says; 130 when interrupted."""
    streams.prepare()
    locale.use(locale.choose(_wished_language(sys.argv[1:]), os.environ))
    try:
        with completion.years_in_bash(os.environ):
            code = build().main(prog_name="cbfa", standalone_mode=False)
        if code == INTERRUPTED:
            _end("\n" + _("interrupted"), INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)
    except UserError as error:
        _end_with(error)
    except UsageError as error:
        _end_with(in_our_words(error))
    except streams.ReaderGone:
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        _end("\n" + _("interrupted"), INTERRUPTED)
    except OSError as error:
        _end_with(NoAccess(Message("the system says: {reason}", reason=error.strerror or error)))


def _end_with(error: UserError) -> None:
    from cbfa.cli.diagnostics import error_text  # noqa: PLC0415 - only a mistake needs it

    _end(error_text(error), error.exit_code)


def _end(sentence: str, code: int) -> None:
    streams.complain(sentence)
    sys.exit(code)


if __name__ == "__main__":
    main()
