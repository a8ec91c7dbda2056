"""Help in the language spoken now. Plain text, without Rich: it is read in pipes and old consoles too, and costs nothing to import."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from cbfa.locale import N_, _

OF_TYPER = (
    N_("Usage: "),
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""Typer's own words on a help page: it asks gettext for them, and gettext answers from this program's catalogue."""


class _Usage:
    """Writes the first line of a help page with its word translated, which Typer's does not."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's context and formatter are private
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


class Command(_Usage, TyperCommand):
    """A command with its help in the language spoken now."""


class Group(_Usage, TyperGroup):
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
