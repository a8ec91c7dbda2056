"""One run of a program, from its start to its end: how long it took, or how much memory it needed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LAUNCHER = Path(__file__).with_name("launcher.py")


class Failed(Exception):
    """A program that is measured ended with an error. What it took to fail is no measurement."""


@dataclass(frozen=True)
class Job:
    """A program with its arguments and its environment. `before` is done ahead of each run, and is not measured."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    before: Callable[[], None] | None = None


def seconds(job: Job) -> float:
    """Runs it to its end; what it prints is thrown away. Raises Failed."""
    if job.before:
        job.before()
    start = time.perf_counter()
    ended = _run(job, subprocess.DEVNULL)
    taken = time.perf_counter() - start
    _succeeded(job, ended)
    return taken


def peak_memory(job: Job) -> int:
    """Runs it to its end, and gives the most bytes that were resident at once. Raises Failed."""
    return int(output(replace(job, command=(sys.executable, "-I", "-S", str(_LAUNCHER), *job.command))))


def output(job: Job) -> str:
    """Runs it to its end, and gives what it printed. Raises Failed."""
    if job.before:
        job.before()
    ended = _run(job, subprocess.PIPE)
    _succeeded(job, ended)
    return ended.stdout.decode("utf-8")


def _run(job: Job, stdout: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: PLW1510 - _succeeded looks at it, outside of the time that is taken
        job.command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, env=job.environment
    )


def _succeeded(job: Job, ended: subprocess.CompletedProcess[bytes]) -> None:
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip()
        raise Failed(f"{' '.join(job.command)} ended with {ended.returncode}: {said}")
