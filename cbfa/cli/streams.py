"""Standard output and error as this program uses them: never a crash over a character that a console does not know.

A console in an old code page gets the nearest letters it has (cp1258 keeps its tone marks, cp437 loses them) instead of question marks.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_SIGNS = dict(zip("✓▲◐○–—†×│─┈┤█▓▒·“”‘’đĐ━═╭╮╰╯\ufffd", "+^oo--+x|-.]#!=.\"\"''dD-=++++?", strict=True)) | {"…": "..."}
"""What stands for a sign or letter that a code page lacks and that has no simpler form in Unicode."""


def _nearest_letters(error: UnicodeError, encoding: str) -> tuple[str | bytes, int]:
    """A codec error handler. It is told the encoding, because Python's code-page codecs all call themselves “charmap”."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_nearest(letter, encoding) for letter in error.object[error.start : error.end]), error.end


def _nearest(letter: str, encoding: str) -> str:
    pieces = unicodedata.normalize("NFD", letter)
    marks = pieces[1:]
    candidates = [unicodedata.normalize("NFC", pieces[:1] + first) + rest for first, rest in _splits(marks)]
    for candidate in [*candidates, pieces[:1], _SIGNS.get(letter, "?")]:
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"


def _splits(marks: str) -> list[tuple[str, str]]:
    """Each one mark that may stay on the letter, with the others behind it."""
    return [(mark, marks.replace(mark, "", 1)) for mark in marks] if len(marks) > 1 else [("", marks)] if marks else []


def prepare() -> None:
    """Makes both streams forgiving. Called once, before anything is printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            handler = f"cbfa-{stream.encoding}"
            codecs.register_error(handler, partial(_nearest_letters, encoding=stream.encoding))
            stream.reconfigure(errors=handler)


def colourless(wish: bool) -> bool:
    """Whether colours are unwanted: by option, by NO_COLOR (any value that is not empty), or by a terminal that has none."""
    return wish or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def console(stream: TextIO, *, no_color: bool) -> Console:
    """A Rich console over a stream, with nothing interpreted in what is printed."""
    from rich.console import Console  # noqa: PLC0415 - a pipe does not need Rich

    return Console(
        file=stream,
        no_color=colourless(no_color),
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        safe_box=True,
    )


def silence_broken_pipe() -> None:
    """After a reader has gone (`cbfa list | head`): keeps Python from complaining when it closes the stream."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
