"""Run the sessions that the documents show, so that they show what the program answers.

A session is a comment with one command a line, `<!-- session: … -->`, and ends at `<!-- end -->`; what is between is written by
`docs/generate.py`. A line that begins with `> ` is typed when the command before it asks. The sessions of a document run one after the
other in bash on a terminal of 80 columns without colours, in a git clone that has a copy of the shipped data.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout, suppress
from io import StringIO
from itertools import count
from pathlib import Path
from unittest.mock import patch

from cbfa import locale
from cbfa.cli.main import main

WIDTH = 80
SECONDS = 30
"""A command that shows nothing for so long waits for an answer that the document does not give."""
_SESSION = re.compile(r"(?P<head><!-- session:(?P<commands>.*?)-->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_ID = re.compile(r'"id": ?"(?P<id>[0-9a-f-]{36})"')


def with_sessions(text: str, data: Path, language: str) -> str:
    """Return the document with the output of every session in it."""
    with Terminal(data, language) as terminal:
        return _SESSION.sub(
            lambda found: f"{found['head']}```console\n{_block(terminal, found['commands'])}```\n{found['end']}", text
        )


def _block(terminal: Terminal, commands: str) -> str:
    lines = [line.strip() for line in commands.strip().splitlines()]
    shown = ""
    for number, line in enumerate(lines):
        if not line.startswith("> "):
            answer = next(
                (one.removeprefix("> ") + "\n" for one in lines[number + 1 : number + 2] if one[:2] == "> "), ""
            )
            shown += f"$ {line}\n{terminal.run(line, answer)}"
    return shown


def help_text(*command: str) -> str:
    """Return the help of a command, in English and 80 columns."""
    spoken, out = locale.current().code, StringIO()
    with (
        patch.dict(os.environ, {"CBFA_LANG": "en", "COLUMNS": str(WIDTH)}),
        patch.object(sys, "argv", ["cbfa", *command, "--help"]),
        redirect_stdout(out),
        suppress(SystemExit),
    ):
        main()
    locale.use(spoken)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


class Terminal:
    """A terminal in a git clone that has a copy of the data. Only Unix has one that a program can hold."""

    def __init__(self, data: Path, language: str) -> None:
        self._data = data
        self._ids = _ids()
        self._open = ExitStack()
        kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._environment = {**kept, "PATH": path, "CBFA_LANG": language, "NO_COLOR": "1", "TERM": "xterm"}

    def __enter__(self) -> Terminal:
        self._folder = Path(self._open.enter_context(tempfile.TemporaryDirectory())).resolve()
        shutil.copytree(self._data, self._folder / "data", ignore=shutil.ignore_patterns("*.lock", "*.torn"))
        shutil.copy(self._data.parent / ".gitattributes", self._folder)
        subprocess.run(["git", "init", "--quiet"], cwd=self._folder, check=True)
        self._known = set(self._recorded())
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def run(self, line: str, typed: str = "") -> str:
        """Run one line in bash; return what the terminal shows. `export` holds for the lines that follow."""
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self._environment[name] = value.replace("$PWD", str(self._folder))
            return ""
        shown = self._with_known_ids(_on_a_terminal(["bash", "-c", line], self._folder, self._environment, typed))
        return "".join(f"{one.rstrip()}\n" for one in shown.splitlines())

    def _recorded(self) -> Iterator[str]:
        for path in sorted(self._folder.rglob("*.yaml")):
            yield from (found["id"] for found in _ID.finditer(path.read_text(encoding="utf-8")))

    def _with_known_ids(self, shown: str) -> str:
        """Give new entries ids that are the same in every run, in the files and in what was shown."""
        for new in [one for one in self._recorded() if one not in self._known]:
            known = next(self._ids)
            self._known.add(known)
            for path in self._folder.rglob("*.yaml"):
                path.write_text(path.read_text(encoding="utf-8").replace(new, known), encoding="utf-8", newline="")
            shown = shown.replace(new, known).replace(new[-8:], known[-8:])
        return shown


def _ids() -> Iterator[str]:
    """Yield ids that are the same in every run, and sorted by time as real ones are."""
    for number in count(1):
        yield f"01a20000-{number:04x}-7000-8000-{uuid.uuid5(uuid.NAMESPACE_OID, str(number)).hex[-12:]}"


def _on_a_terminal(command: list[str], folder: Path, environment: dict[str, str], typed: str) -> str:
    """Run a command on a terminal of its own; return what it shows, with the answers that are typed."""
    import fcntl  # noqa: PLC0415 - not on Windows, where the help is still made
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    screen, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, WIDTH, 0, 0))
    running = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=side, stdout=side, stderr=side, start_new_session=True
    )
    os.close(side)
    shown, waited = b"", 0
    with suppress(OSError):  # so Linux says that the other side is closed
        while waited < SECONDS:
            if select.select([screen], [], [], 1)[0]:
                shown += os.read(screen, 65536)
            elif typed and not shown.endswith(b"\n"):  # it has asked, and waits
                os.write(screen, typed.encode())
                typed = ""
            else:
                waited += 1
    os.close(screen)
    if waited == SECONDS:
        running.kill()
        raise TimeoutError(f"{command} still waits after {SECONDS} seconds; it showed: {shown.decode()}")
    running.wait()
    return shown.decode().replace("\r", "")
