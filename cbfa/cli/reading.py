"""Makes a command of a function that computes a page: adds the options that every reading command takes, and shows what comes back."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import typer

from cbfa.cli import options
from cbfa.cli.session import Session
from cbfa.errors import NoAccess
from cbfa.messages import Message

if TYPE_CHECKING:
    from cbfa.views.page import Page

P = ParamSpec("P")

_PLACE: dict[str, tuple[Any, Any]] = {
    "data": (options.Data, None),
    "lang": (options.Lang, None),
    "no_color": (options.NoColor, False),
}
_QUESTION: dict[str, tuple[Any, Any]] = {
    "as_of": (options.AsOf, None),
    "known_by": (options.KnownBy, None),
    "form": (options.Form, None),
}


def reading(function: Callable[Concatenate[Session, P], Page]) -> Callable[..., None]:
    """For commands that answer a question: `--as-of`, `--known-by`, `--format`, `--data`, `--lang`, `--no-color`."""

    def run(session: Session, *args: P.args, **kwargs: P.kwargs) -> None:
        session.show(function(session, *args, **kwargs))

    return _with_session(function, run, _QUESTION | _PLACE)


def recording(function: Callable[Concatenate[Session, P], Page | None]) -> Callable[..., None]:
    """For commands that record something and show what it changed: `--format`, `--data`, `--lang`, `--no-color`."""

    def run(session: Session, *args: P.args, **kwargs: P.kwargs) -> None:
        session.chosen_form  # noqa: B018 - a wrong form is told before anything is recorded
        page = function(session, *args, **kwargs)
        if page is not None:
            session.show(page)

    return _with_session(function, run, {"form": _QUESTION["form"]} | _PLACE)


def acting(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """For commands that do something: `--data`, `--lang`, `--no-color`."""
    return _with_session(function, function, _PLACE)


def _with_session(
    function: Callable[..., Any], run: Callable[..., None], shared: dict[str, tuple[Any, Any]]
) -> Callable[..., None]:
    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:  # noqa: ANN401 - whatever options the function has
        above: Session = ctx.find_root().obj or Session()
        mine = {name: given.pop(name) for name in shared}
        session = Session(
            **{name: getattr(above, name) if value in (None, False) else value for name, value in mine.items()}
        )
        try:
            run(session, **given)
        except NoAccess as error:
            if not session.done:
                raise
            fix = Message("what you asked for is done all the same, so do not ask again; look with cbfa log")
            raise NoAccess(error.message, fix) from error
        if session.exit_code:
            raise typer.Exit(session.exit_code)

    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in shared.items()
    ]
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    command.__signature__ = inspect.Signature([context, *own, *added])  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in [context, *own, *added]}
    return command
