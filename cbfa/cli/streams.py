"""Standard output and error, without a crash for a character that a console does not have.

A console in an old code page gets the nearest letters that it has (cp1258 keeps the tone marks, cp437 loses them), not question marks.
What other programs read is UTF-8 everywhere.
"""

import codecs
import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from typing import TextIO

from cbfa.errors import NoAccess
from cbfa.messages import Message

_EXCERPT = re.compile(r"  *[0-9]* \|")

_SIGNS = dict(zip("✓▲◐○–—†×│─┈◆◇█▓▒·“”‘’đĐ━═╭╮╰╯\ufffd", "+^oo--+x|-.]<#!=.\"\"''dD-=++++?", strict=True)) | {
    "…": "...",
    "→": "->",
}
"""Replacements for signs that a code page lacks and that have no simpler form in Unicode."""


def _nearest_letters(error: UnicodeError, encoding: str) -> tuple[str | bytes, int]:
    """Handle a codec error. The encoding is passed in, because Python's code-page codecs all call themselves “charmap”."""
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
    """Return each mark that may stay on the letter, with the others after it."""
    return [(mark, marks.replace(mark, "", 1)) for mark in marks] if len(marks) > 1 else [("", marks)] if marks else []


def prepare() -> None:
    """Make both streams forgiving, and open the null device for one that is missing. Called once, first."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - open until the process ends
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_handler(stream.encoding))


def _handler(encoding: str) -> str:
    """Register the error handler for an encoding; return its name."""
    name = f"cbfa-{encoding}"
    codecs.register_error(name, partial(_nearest_letters, encoding=encoding))
    return name


def answer_in_utf8() -> None:
    """Write UTF-8 on standard output from now on, with line ends as they are given, whatever the console is."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_handler("utf-8"), newline="")


def colourless(wish: bool) -> bool:
    """Return True if colours are unwanted: by option, by a NO_COLOR that is not empty, or by the terminal."""
    return wish or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


class ReaderGone(Exception):
    """The reader of the output has closed the pipe (`cbfa list | head`). This is no error."""


@contextmanager
def answering() -> Iterator[None]:
    """Flush what the block writes on standard output. Raises ReaderGone, or NoAccess if it cannot be written."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_the_rest(sys.stdout)
        raise ReaderGone from None
    except OSError as error:
        drop_the_rest(sys.stdout)
        reason = error.strerror or type(error).__name__
        raise NoAccess(
            Message("cannot write the output: {reason}", reason=reason), Message("check where the output is sent")
        ) from error


def answer(text: str) -> None:
    """Write text on standard output. Raises ReaderGone, NoAccess."""
    with answering():
        sys.stdout.write(text)


def complain(text: str, end: str = "\n") -> None:
    """Write lines on standard error, wrapped on a terminal. If that fails, the exit code must do."""
    try:
        lines = _wrapped(text) if sys.stderr.isatty() else text
        sys.stderr.write(lines + end)
        sys.stderr.flush()
    except OSError:
        drop_the_rest(sys.stderr)


def _wrapped(text: str) -> str:
    """Wrap sentences between words; leave lines of a file and their carets as they are."""
    width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())] + "  "
        sentence = textwrap.fill(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=False
        )
        lines.append(line if _EXCERPT.match(line) else "\n".join(part.rstrip() for part in sentence.split("\n")))
    return "\n".join(lines) + (" " if text.endswith(" ") else "")


def drop_the_rest(stream: TextIO) -> None:
    """Keep Python from writing once more, complaining, and changing the exit code, when it closes the stream at the end."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), stream.fileno())
