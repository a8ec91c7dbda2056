"""Ways to run the program: inside this process, as its own process, and on a terminal of a given width."""

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
import typer

import cbfa
from cbfa.cli.main import app, main
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
COMMANDS = list(typer.main.get_command(app).commands)
"""Every command of the program."""
READING = (
    *(("status",), ("overdue",), ("upcoming", "--days", "400"), ("list",), ("show", "rope-bridges")),
    *(("report", "--agency", "SoDay"), ("log",), ("agencies",), ("timeline",)),
)
"""Every command that answers a question, with arguments that suit the tiny programme."""


@dataclass(frozen=True)
class Answer:
    """The exit code and the output of a run."""

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
    """Return the day in Viet Nam, which every command calls today."""
    return datetime.now(VIET_NAM).date()


def in_english(arguments: tuple[str, ...]) -> list[str]:
    """Add English to arguments that name no language."""
    named = any(argument.startswith("--lang") for argument in arguments)
    return [*arguments, *([] if named else ["--lang", "en"])]


class Program:
    """The program inside this process. It is fast; the streams are no terminals."""

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
        """Run with `--format json`, which must succeed."""
        answer = self(*arguments, "--format", "json")
        assert answer.code == 0, answer.err
        return answer


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without the tester's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "PYTHONPATH": str(ROOT)}
    return {**kept, **places, "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color", **more}


def process(*arguments: str, cwd: Path, encoding: str = "utf-8", typed: str = "", **more: str) -> Answer:
    """Run the program as a process of its own, whose output must be in `encoding` to the last byte."""
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
    """Run the program on a terminal; `out` is everything that the terminal was sent, without carriage returns.

    `typed` is typed when the program asks.
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
    """Let Ctrl-C reach the program, even where the tests run in the background and ignore it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_to_end(screen: int, typed: bytes, seconds: int = 60) -> bytes:
    """Read until the other side of the terminal is closed, or nothing comes for some seconds.

    Press Ctrl-C again, as a person would: Python misses one that comes between its question and its waiting for the answer.
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
    """Return every file below a folder, with its content."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
