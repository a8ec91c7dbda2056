"""Help in the language spoken now. Plain text, without Rich: it is read in pipes and old consoles too, and costs nothing to import."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cbfa.cli import streams
from cbfa.locale import N_, _

OF_TYPER = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""Typer's own words on a help page: it asks gettext for them, and gettext answers from this program's catalogue."""


class _Translated:
    """Translates what Typer itself does not: the first word of a help page, and the help of the help option."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's context and formatter are private
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
            option.callback = _show
        return option


def _show(ctx: Any, _option: Any, wanted: bool) -> None:  # noqa: ANN401
    """Prints the help as every answer is printed: a reader that has gone is no error."""
    if wanted and not ctx.resilient_parsing:
        streams.answer(ctx.get_help() + "\n")
        raise typer.Exit


class Command(_Translated, TyperCommand):
    """A command with its help in the language spoken now."""


class Group(_Translated, TyperGroup):
    """A group with its help in the language spoken now."""


def translated(command: Any) -> Any:  # noqa: ANN401 - Typer's own command class is private
    """Puts the texts of a command and its options into the language spoken now."""
    command.help = _(command.help) if command.help else None
    command.short_help = command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _(parameter.help)
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda ctx: None  # noqa: ARG005 - a reader does not ask for Python's type of a KEY
    return command
