"""The real command under strace, which makes its system calls fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.cli.running import Answer, environment
from tests.internals import LOCK_SECONDS

with_strace = pytest.mark.skipif(
    sys.platform != "linux" or (shutil.which("strace") is None and not os.environ.get("CI")),
    reason="strace, which makes calls fail, is Linux's and is not installed here; with CI set it must be",
)


class Watched:
    """Commands under strace, as many at once as there are processors, each a child of a ready process."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def __enter__(self) -> Watched:
        for _ in range(os.cpu_count() or 1):
            command = [sys.executable, "-m", "tests.faults.ready"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self._idle.put(self._open.enter_context(process))
        return self

    def __exit__(self, *reasons: object) -> None:
        self._open.close()

    def run(self, arguments: list[str], folder: Path, *options: str, patience: float = LOCK_SECONDS) -> Answer:
        """Run a command in a folder, and write strace's lines to `trace` in it. Skip where processes may not be watched."""
        ready = self._idle.get()
        job = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": environment(folder),
            "out": str(folder / "out"),
            "err": str(folder / "err"),
            "patience": patience,
        }
        try:
            child = _asked(ready, json.dumps(job))
            command = ["strace", "-f", "-o", str(folder / "trace"), *options, "-p", child]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
                assert strace.stderr
                attached = strace.stderr.readline()
                code = int(_asked(ready, "go"))
        finally:
            self._idle.put(ready)  # else another would wait for it for ever
        if "attached" not in attached:
            assert not os.environ.get("CI"), attached
            pytest.skip(f"strace may not watch other processes here: {attached}")
        return Answer(code, *((folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")))


def _asked(ready: subprocess.Popen[str], line: str) -> str:
    """Send a line to a process; return the line that it answers."""
    assert ready.stdin
    assert ready.stdout
    ready.stdin.write(f"{line}\n")
    ready.stdin.flush()
    return ready.stdout.readline()
