"""The program: its commands and global options, its language, and the one place where an error becomes a sentence and an exit code."""

import os
import sys
from contextlib import nullcontext
from typing import Annotated, Any

import typer

from cbfa import __version__, locale
from cbfa.cli import completion, decide, files, options, publish, read, record, streams
from cbfa.cli.diagnostics import error_text
from cbfa.cli.help import Group, translate
from cbfa.cli.interrupts import INTERRUPTED
from cbfa.cli.usage import UsageError, user_error
from cbfa.errors import Invalid, NoAccess, UserError
from cbfa.locale import N_, _
from cbfa.messages import Message

app = typer.Typer(
    cls=Group,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Keep a public programme honest: what was decided, what happened, what is late, and which agency is "
        "responsible."
    ),
)
app.add_typer(read.app)
app.add_typer(publish.app)
app.add_typer(record.app)
app.add_typer(decide.app)
app.add_typer(files.app)


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
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=N_("Show the version and exit."))
    ] = False,
) -> None:
    """Print the help if no command is given. The options may be given before or after the command."""
    if ctx.invoked_subcommand is None:
        streams.answer(ctx.get_help() + "\n")


def _language(arguments: list[str]) -> str:
    """Return the language of the last `--lang`, else of the environment. Raises Invalid if `CBFA_LANG` is unknown.

    It is read here, before Typer reads the options, so that help and every error are in that language. Typer refuses unknown ones.
    """
    wish = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            wish = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith("--lang="):
            wish = argument.partition("=")[2]
    setting = os.environ.get("CBFA_LANG")
    if wish is None and setting and locale.code_of(setting) is None and not completion.is_running(os.environ):
        raise Invalid(
            Message("CBFA_LANG is set to the unknown language “{word}”", word=setting),
            Message("set it to vi or en, or remove it from the environment"),
        )
    return locale.choose(wish, os.environ)


def build() -> Any:  # noqa: ANN401 - Typer's command classes are private
    """Return the program as one command, its help in the language of the process."""
    return translate(typer.main.get_command(app))


def _run() -> int:
    """Run the command of the command line; return its exit code. Raises ReaderGone if Typer itself finds the pipe closed."""
    completing = completion.is_running(os.environ)
    try:
        with completion.whole_words(os.environ) if completing else nullcontext():
            code = build().main(prog_name="cbfa", standalone_mode=False)
    except (BrokenPipeError, SystemExit) as error:
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        streams.drop_the_rest(sys.stdout)
        raise streams.ReaderGone from None
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the program. Exits with 0, or as `cbfa.errors` says; 130 when interrupted."""
    streams.prepare()
    try:
        locale.use(_language(sys.argv[1:]))
        code = _run()
        if code == INTERRUPTED:
            _end("\n" + _("interrupted"), INTERRUPTED)
        sys.exit(code)
    except UserError as error:
        _end(error_text(error), error.exit_code)
    except UsageError as error:
        invalid = user_error(error)
        _end(error_text(invalid), invalid.exit_code)
    except streams.ReaderGone:
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        _end("\n" + _("interrupted"), INTERRUPTED)
    except OSError as error:
        failed = NoAccess(Message("system error: {reason}", reason=error.strerror or error))
        _end(error_text(failed), failed.exit_code)


def _end(sentence: str, code: int) -> None:
    streams.complain(sentence)
    sys.exit(code)


if __name__ == "__main__":
    main()
