"""Standard output and error, without a crash for a character that a console does not have.

A console in an old code page gets the nearest letters that it has (cp1258 keeps the tone marks, cp437 loses them), not question marks.
"""

import codecs
import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import TextIOWrapper

from cbfa.errors import NoAccess
from cbfa.messages import Message

_EXCERPT = re.compile(r"  *[0-9]* \|")

_SIGNS = dict(zip("✓▲◐○–—†×│─┈┤█▓▒·“”‘’đĐ━═╭╮╰╯\ufffd", "+^oo--+x|-.]#!=.\"\"''dD-=++++?", strict=True)) | {"…": "..."}
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
            handler = f"cbfa-{stream.encoding}"
            codecs.register_error(handler, partial(_nearest_letters, encoding=stream.encoding))
            stream.reconfigure(errors=handler)


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
        _drop_the_rest()
        raise ReaderGone from None
    except OSError as error:
        _drop_the_rest()
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
    with suppress(OSError):
        lines = _wrapped(text) if sys.stderr.isatty() else text
        sys.stderr.write(lines + end)
        sys.stderr.flush()


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


def _drop_the_rest() -> None:
    """Keep Python from writing once more, and complaining, when it closes the stream at the end."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
