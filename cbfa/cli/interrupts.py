"""Ctrl-C, the two ways in which it ends the program: as an exception, and at once."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cbfa.locale import _

INTERRUPTED = 130
"""The exit code after Ctrl-C, as in shells: 128 and the number of the signal."""


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the program at once while files are read: pydantic would take the exception for an error of a file."""
    before = signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(_number: int, _frame: FrameType | None) -> None:
    os.write(2, f"\n{_('interrupted')}\n".encode(sys.stderr.encoding, "replace"))
    os._exit(INTERRUPTED)
