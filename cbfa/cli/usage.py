"""Turn Typer's errors about a command line into user errors with a fix.

Typer keeps its exceptions private and their sentences in English. Used here are their public base (`typer.BadParameter` derives from it),
their names and their attributes.
"""

import os
from typing import Any

import typer

from cbfa.core.journal import Event
from cbfa.core.resolve import nearest
from cbfa.errors import Invalid, UserError
from cbfa.messages import Message
from cbfa.store.files import typed_path

UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""The base of the exceptions that Typer raises for a command line."""


def user_error(error: Any) -> UserError:  # noqa: ANN401 - Typer's classes are private
    """Return the error as a sentence and a fix. Typer itself converts numbers only."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cbfa"
    fix = Message("see: {command} --help", command=command)
    match type(error).__name__:
        case "NoSuchOption":
            return _no_such_option(error, fix)
        case "MissingParameter":
            return Invalid(Message("missing {name}", name=_name(error.param)), fix)
        case "BadParameter":
            return Invalid(Message("{name} needs a whole number", name=_name(error.param)), fix)
        case "BadOptionUsage" if "does not take" in error.message:
            return Invalid(Message("{name} takes no value", name=error.option_name), fix)
        case "BadOptionUsage":
            return Invalid(Message("{name} needs a value", name=error.option_name), fix)
    if "unexpected extra argument" in error.message:
        words = error.message.rpartition(" (")[2].rstrip(")")
        return Invalid(
            Message("unexpected argument: {words}", words=words),
            _where_words_belong(words, _known(error), command),
        )
    return Invalid(Message("{reason}", reason=error.format_message()), fix)


def _where_words_belong(words: str, known: list[str], command: str) -> Message:
    """Return the fix for words without their option. People leave it out before a folder, a year or an agency."""
    if "--data" in known and os.path.isdir(words):  # noqa: PTH112 - Path.is_dir raises where a name is too long
        return Message("write --data {folder}", folder=typed_path(words))
    if words.isdecimal() and "--year" in known:
        return Message("write --year {year}", year=words)
    if "--agency" in known:
        return Message(
            'put an agency after --agency, in quotes if it has spaces: --agency "sở ngoại vụ"; see: {command} --help',
            command=command,
        )
    return Message('put values with spaces in quotes: "sở ngoại vụ"; see: {command} --help', command=command)


def _no_such_option(error: Any, fix: Message) -> UserError:  # noqa: ANN401
    known, word = _known(error), error.option_name
    message = Message("unknown option “{word}”", word=word)
    if "event" in known and (plain := word.lstrip("-")) in set(Event):
        return Invalid(message, Message("write {word} without dashes", word=plain))
    near = nearest(word, [name for name in known if name.startswith("-")])
    return Invalid(message, Message("did you mean {names}?", names=", ".join(near)) if near else fix)


def _known(error: Any) -> list[str]:  # noqa: ANN401
    """Return the options of the command, and the names of its arguments."""
    return [name for parameter in error.ctx.command.params for name in parameter.opts] if error.ctx else []


def _name(parameter: Any) -> str:  # noqa: ANN401
    """Return the option, or the name of the argument in the help."""
    if parameter is None:
        return "?"
    option = next((name for name in parameter.opts if name.startswith("-")), None)
    return str(option or parameter.metavar or parameter.name)
