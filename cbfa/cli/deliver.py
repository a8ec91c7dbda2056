"""Write the file of `-o`: whole or not at all, and in place of another one only if the user agrees."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from cbfa.cli import streams
from cbfa.errors import Invalid, NoAccess
from cbfa.exchange.order import Order
from cbfa.exchange.outputs import Output
from cbfa.locale import _
from cbfa.messages import Message
from cbfa.store.files import shown_path, typed_path, write_new, write_over, writing

PATIENCE = 1.0
"""Seconds after which a bar shows that the program is at work."""


def deliver(
    output: Output, target: str, make_order: Callable[[], Order], *, force: bool, ask: Callable[[Message], bool]
) -> bool:
    """Make a file and write it to `target`; text goes to standard output if that is `-.csv` and the like.

    Returns False if the user does not want the file that is there to be replaced. Raises Invalid, NoAccess, Refused.
    """
    if to_stdout(target):
        _print(output, make_order)
        return True
    path = Path(target)
    with writing(path):
        path = path.resolve() if path.is_symlink() else path
        there = path.exists()
    if there and not path.is_dir() and not path.is_file():
        message = Message("{path} is not a file, but a pipe or a device", path=shown_path(path))
        raise NoAccess(message, Message("for text on standard output: -o -.{ending}", ending=output.ending))
    if not path.parent.is_dir():
        message = Message("there is no folder {path}", path=shown_path(path.parent))
        raise NoAccess(message, Message("create it first, or name another one"))
    if path.is_dir():
        message = Message("{path} is a folder", path=shown_path(path))
        raise NoAccess(message, Message("name a file in it: {path}", path=typed_path(path / f"cbfa.{output.ending}")))
    if there and not force and not ask(Message("{path} exists. Replace it?", path=shown_path(path))):
        return False
    _check_writable(path.parent)
    with _bar(path.name):
        raw = output.make(make_order())
    if there or (force and path.exists()):
        write_over(path, raw)
    else:
        write_new(path, raw)
    return True


def to_stdout(target: str) -> bool:
    """Return True for `-.csv` and the like."""
    return re.fullmatch(r"-\.\w+", target) is not None


def _check_writable(folder: Path) -> None:
    """Raise NoAccess for a folder that may not be written, before the work begins."""
    if not os.access(folder, os.W_OK):
        message = Message("the folder {path} may not be written to", path=shown_path(folder))
        raise NoAccess(message, Message("name a file in another folder"))


def _print(output: Output, make_order: Callable[[], Order]) -> None:
    if not output.is_text:
        message = Message("a .{ending} is no text, so it cannot go to standard output", ending=output.ending)
        raise Invalid(message, Message("name a file: -o NAME.{ending}", ending=output.ending))
    text = output.make(make_order()).decode("utf-8-sig")
    streams.answer_in_utf8()
    streams.answer(text)


@contextmanager
def _bar(name: str) -> Iterator[None]:
    """Show a bar on standard error while a file is made, if that takes long and somebody is there to see it."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - heavy
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task(_("making {name}", name=name), total=None)
    timer = Timer(PATIENCE, bar.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        bar.stop()
