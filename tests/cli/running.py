"""Running the program as people do: inside this process, as its own process, and on a terminal of a given width."""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import cbfa
from cbfa.cli.main import main
from cbfa.core.journal import VIET_NAM

if os.name != "nt":
    import fcntl
    import pty
    import termios

ROOT = Path(cbfa.__file__).parents[1]
SHIPPED = ROOT / "data"
TINY = ROOT / "tests" / "bridges"
FILES = ("roadmap.yaml", "agencies.yaml", "progress.yaml")
CTRL_C = b"\x03"
READING = (
    *(("status",), ("overdue",), ("upcoming", "--days", "400"), ("list",), ("show", "rope-bridges")),
    *(("report", "--agency", "SoDay"), ("log",), ("agencies",), ("timeline",)),
)
"""Every command that answers a question, with what the tiny programme lets it be asked."""


@dataclass(frozen=True)
class Answer:
    """What a run ended with, and what it printed."""

    code: int
    out: str
    err: str = ""

    @property
    def page(self) -> dict[str, Any]:
        """The output read as JSON."""
        return json.loads(self.out)

    @property
    def keys(self) -> list[str]:
        """The keys of the items of the output, read as JSON."""
        return [item["key"] for item in self.page["items"]]


def today() -> date:
    """The day in Viet Nam, which is what every command means by today."""
    return datetime.now(VIET_NAM).date()


def in_english(arguments: tuple[str, ...]) -> list[str]:
    """The arguments, with English as the language where they name none."""
    spoken = any(argument.startswith("--lang") for argument in arguments)
    return [*arguments, *([] if spoken else ["--lang", "en"])]


class Program:
    """Runs the program inside this process, as its entry point does. Fast; the streams are no terminals."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "argv", ["cbfa", *in_english(arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = self.capsys.readouterr()
        return Answer(int(end.value.code or 0), printed.out, printed.err)

    def json(self, *arguments: str) -> Answer:
        """Runs with `--format json`, which must succeed."""
        answer = self(*arguments, "--format", "json")
        assert answer.code == 0, answer.err
        return answer


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the tester's own is set."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "PYTHONPATH": str(ROOT)}
    return {**kept, **places, "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color", **more}


def process(*arguments: str, cwd: Path, encoding: str = "utf-8", typed: str = "", **more: str) -> Answer:
    """Runs the program as a process of its own. What is printed must be in `encoding`, to the last byte."""
    done = subprocess.run(
        [sys.executable, "-m", "cbfa", *in_english(arguments)],
        cwd=cwd,
        env=environment(cwd, **more),
        input=typed.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def terminal(*arguments: str, cwd: Path, columns: int = 80, typed: str = "", **more: str) -> Answer:
    """Runs the program on a terminal; `out` is everything that the terminal was sent, without carriage returns.

    What is `typed` is typed when the program asks.
    """
    screen, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    modes = termios.tcgetattr(side)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(side, termios.TCSANOW, modes)
    running = subprocess.Popen(
        [sys.executable, "-m", "cbfa", *in_english(arguments)],
        cwd=cwd,
        env=environment(cwd, **more),
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
        preexec_fn=_as_on_a_terminal,  # noqa: PLW1509 - there are no threads
    )
    os.close(side)
    sent = _read_to_end(screen, typed.encode())
    os.close(screen)
    try:
        code = running.wait(timeout=10)
    finally:
        running.kill()
    return Answer(code, sent.decode().replace("\r", ""))


def _as_on_a_terminal() -> None:
    """Ctrl-C reaches the program, also where whoever started the tests in the background has it ignored."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_to_end(screen: int, typed: bytes, seconds: int = 60) -> bytes:
    """Everything that is sent until the other side of the terminal is closed, or nothing has come for so many seconds.

    Ctrl-C is pressed again, as a person would: Python does not see one that comes after its question and before it waits for the answer.
    """
    sent, waited, answered = b"", 0, False
    while waited < seconds:
        if not select.select([screen], [], [], 1)[0]:
            waited += 1
            if answered and typed == CTRL_C:
                os.write(screen, typed)
            continue
        try:
            piece = os.read(screen, 65536)
        except OSError:  # the other side of the terminal is closed
            break
        if not piece:
            break
        sent, waited = sent + piece, 0
        if typed and not answered and sent.endswith(b"] "):
            os.write(screen, typed)
            answered = True
    return sent


def contents(folder: Path) -> Mapping[Path, bytes]:
    """Every file below a folder, with its content."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
