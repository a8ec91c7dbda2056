"""Run the sessions that the documents show, so that they show what the program answers.

A session is a comment with one command a line, `<!-- session: … -->`, and ends at `<!-- end -->`; what is between is written by
`docs/generate.py`. The sessions of a document run one after the other on a copy of the shipped data, as on a terminal without colours.
Besides `cbfa` there are `cp`, `cp -r`, `export` and `| head -n N`, which is all that the documents need.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from itertools import count
from pathlib import Path
from unittest.mock import patch

from cbfa import locale
from cbfa.cli.main import main
from cbfa.views.formats import FORMATS

WIDTH = 80
_UUID7 = "uuid.uuid7" if sys.version_info >= (3, 14) else "uuid_utils.uuid7"
"""Where `new_id` of cbfa.store.journal takes its ids from."""
_SESSION = re.compile(r"(?P<head><!-- session:(?P<commands>.*?)-->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_HEAD = re.compile(r"(?P<command>.*?) \| head -n (?P<lines>\d+)")


def with_sessions(text: str, data: Path, language: str) -> str:
    """Return the document with the output of every session in it."""
    with Terminal(data, language) as terminal:
        return _SESSION.sub(
            lambda found: f"{found['head']}```console\n{_block(terminal, found['commands'])}```\n{found['end']}", text
        )


def _block(terminal: Terminal, commands: str) -> str:
    lines = [line.strip() for line in commands.strip().splitlines()]
    return "".join(f"$ {line}\n{terminal.run(line)}" for line in lines)


def help_text(data: Path, *command: str) -> str:
    """Return the help of a command, in English and 80 columns."""
    with Terminal(data, "en") as terminal:
        return terminal.run(" ".join(("cbfa", *command, "--help")))


class Terminal:
    """A terminal of 80 columns, in a folder of its own that has a copy of the data."""

    def __init__(self, data: Path, language: str) -> None:
        self.data = data
        self.language = language
        self._open = ExitStack()

    def __enter__(self) -> Terminal:
        spoken = locale.current().code
        self._open.callback(lambda: locale.use(spoken))
        self._open.enter_context(patch.dict(os.environ, {"CBFA_LANG": self.language, "COLUMNS": str(WIDTH)}))
        for name in ("CBFA_DATA", "TERM", "FORCE_COLOR"):
            os.environ.pop(name, None)
        os.environ["NO_COLOR"] = "1"
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory())).resolve()
        _copy(self.data, folder / "data")
        self._open.enter_context(chdir(folder))
        self._open.enter_context(patch("cbfa.cli.session._find_format", lambda word: FORMATS[word or "table"]))
        self._open.enter_context(patch(_UUID7, _ids().__next__))
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def run(self, line: str) -> str:
        """Run one line; return what it prints on both streams."""
        if found := _HEAD.fullmatch(line):
            return "".join(self.run(found["command"]).splitlines(keepends=True)[: int(found["lines"])])
        match shlex.split(line):
            case ["cbfa", *arguments]:
                return _cbfa(arguments)
            case ["cp", "-r", source, target]:
                _copy(Path(source), Path(target))
            case ["cp", source, target]:
                shutil.copy(source, target)
            case ["export", assignment]:
                name, _, value = assignment.partition("=")
                os.environ[name] = value.replace("$PWD", str(Path.cwd()))
            case other:
                raise ValueError(f"no session can run this: {other}")
        return ""


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.lock", "*.torn"))


def _ids() -> Iterator[str]:
    """Yield ids that are the same in every run, and sorted by time as real ones are."""
    for number in count(1):
        yield f"01a20000-{number:04x}-7000-8000-{uuid.uuid5(uuid.NAMESPACE_OID, str(number)).hex[-12:]}"


def _cbfa(arguments: list[str]) -> str:
    out = StringIO()
    with (
        patch.object(sys, "argv", ["cbfa", *arguments]),
        redirect_stdout(out),
        redirect_stderr(out),
        suppress(SystemExit),
    ):
        main()
    text = out.getvalue().replace("\\", "/") if os.sep == "\\" else out.getvalue()
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
