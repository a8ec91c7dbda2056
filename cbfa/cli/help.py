"""Help in the reader's language, as plain text: it is read in pipes and old consoles too, and needs no Rich."""

from collections import Counter
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cbfa.cli import streams
from cbfa.cli.usage import UsageError
from cbfa.core.resolve import suggest
from cbfa.errors import Invalid
from cbfa.locale import N_, _
from cbfa.messages import Message

READ, RECORD, FILES = N_("Read"), N_("Record"), N_("Files")
"""The groups of commands on the first help page."""

OF_TYPER = (
    N_("Options"),
    N_("required"),
    N_("default: {default}"),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""Typer's own words on a help page. It asks gettext for them, which answers from the catalogue of cbfa."""


OF_THE_OUTPUT = ("data", "form", "lang")
"""Options of which the last one counts, so that an alias can have a default."""


class _Translated:
    """The parts of a help page that Typer itself does not translate."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's context and formatter are private
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        pieces = [_(piece) if piece in _USAGE else piece for piece in pieces]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
            option.callback = _print_help
        return option


_USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))


def _print_help(ctx: Any, _option: Any, wanted: bool) -> None:  # noqa: ANN401
    """Print the help as every answer is printed, so that a closed pipe is no error."""
    if wanted and not ctx.resilient_parsing:
        streams.answer(ctx.get_help() + "\n")
        raise typer.Exit


class Command(_Translated, TyperCommand):
    """A command whose help is in the language of the process, and that refuses what it would drop."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Parse the command line. Raises Invalid for an option that takes one value and has several."""
        try:
            _values, _left, given = self.make_parser(ctx).parse_args(args=list(args))
        except UsageError as error:
            error.ctx = ctx  # type: ignore[attr-defined]  # the parser does not know its command
            raise
        for parameter, times in Counter(given).items():
            takes_one = not (parameter.multiple or getattr(parameter, "is_flag", False))
            if times > 1 and takes_one and parameter.name not in OF_THE_OUTPUT and not ctx.resilient_parsing:
                name = parameter.opts[0]
                raise Invalid(
                    Message("{name} is given more than once", name=name),
                    Message("give {name} once, or run the command once for each value", name=name),
                )
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the arguments, without their Python types, then the options."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                kind = parameter.param_type_name
                rows[kind].append((parameter.metavar or record[0], record[1]) if kind == "argument" else record)
        for kind, title in (("argument", _("Arguments")), ("option", _("Options"))):
            if rows[kind]:
                with formatter.section(title):
                    formatter.write_dl(rows[kind])


class Group(_Translated, TyperGroup):
    """The commands of the program, in groups, with help in the language of the process."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - as Typer calls it
        """Write the commands under the names of their groups."""
        for panel in (READ, RECORD, FILES):
            commands = [(name, one) for name, one in self.commands.items() if one.rich_help_panel == panel]  # type: ignore[attr-defined]
            with formatter.section(_(panel)):
                width = formatter.width - 6 - max(len(name) for name in self.commands)
                formatter.write_dl([(name, one.get_short_help_str(width)) for name, one in commands])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find a command. Raises Invalid with the nearest ones."""
        name = args[0]
        if name not in self.commands and not name.startswith("-") and not ctx.resilient_parsing:
            known = ["--help"] if name == "help" else list(self.commands)
            raise Invalid(Message("unknown command “{word}”", word=name), suggest(name, known))
        return super().resolve_command(ctx, args)


def translate(command: Any) -> Any:  # noqa: ANN401 - Typer's command classes are private
    """Put the help of a command, of its options and of its subcommands into the language of the process."""
    command.help = _(command.help) if command.help else None
    command.short_help = command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _(parameter.help)
        if parameter.metavar:
            parameter.metavar = _(parameter.metavar)
    for subcommand in getattr(command, "commands", {}).values():
        translate(subcommand)
    return command
