"""A process that has imported the program and run it once, and forks a child for each job.

`python -m tests.faults.ready` reads jobs, one line of JSON each. It answers with the process id of a child that waits. A second line lets
the child go, and is answered with its exit code. Starting Python for each fault would take ten times as long.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from cbfa.__main__ import main
from tests.cli.running import FILES, TINY
from tests.internals import set_lock_seconds
from tests.store.doctor.damage import NEW

SECONDS = 60
"""The longest time of a child, which is then killed."""

_WARMING = (
    ("mark", "stone-bridge", "progress", "--yes"),
    ("undo", "e-2", "--yes"),
    ("merge", "other.yaml"),
    ("doctor", "--fix"),
    ("mark", "no-bridge", "progress"),
)
_ANY_PROCESS = ctypes.c_ulong(-1)
_PR_SET_PTRACER = 0x59616D61


def _warm() -> None:
    """Run every command that is watched, and one that fails, to import their modules and build their models."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in FILES:
            shutil.copy(TINY / name, name)
        Path("other.yaml").write_bytes(NEW)
        for arguments in _WARMING:
            _quietly(["cbfa", "--lang", "en", "--data", folder, *arguments])
        os.chdir("/")


def _quietly(arguments: list[str]) -> None:
    sys.argv = arguments
    kept = [os.dup(stream) for stream in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        main()
    except SystemExit:
        pass
    finally:
        for stream, before in zip((1, 2), kept, strict=True):
            os.dup2(before, stream)
            os.close(before)
        os.close(nowhere)


def _become(job: dict[str, Any], go: int) -> None:
    """Turn a child into the command, started in the job's folder; wait until it is watched."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY_PROCESS, 0, 0, 0)  # else only a parent may watch, on some systems
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    for stream, name, flags in (
        (0, os.devnull, 0),
        *((at, job[name], os.O_WRONLY | os.O_CREAT) for at, name in ((1, "out"), (2, "err"))),
    ):
        opened = os.open(name, flags)
        os.dup2(opened, stream)
        os.close(opened)
    set_lock_seconds(job["patience"])
    sys.argv = ["cbfa", *job["arguments"]]
    signal.alarm(SECONDS)
    os.read(go, 1)
    os.close(go)


def _serve() -> bool:
    """Fork a child for each job; return true in the child."""
    for line in sys.stdin:
        wait, go = os.pipe()
        child = os.fork()
        if not child:
            os.close(go)
            _become(json.loads(line), wait)
            return True
        os.close(wait)
        print(child, flush=True)
        sys.stdin.readline()
        os.write(go, b"\n")
        os.close(go)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return False


if __name__ == "__main__":
    _warm()
    gc.freeze()  # a child leaves alone what it has from here
    if _serve():
        main()
