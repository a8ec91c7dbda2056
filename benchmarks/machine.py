"""On what it was measured: versions and the number of cores. No names of machines, no paths."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from contextlib import suppress
from importlib.metadata import version

from benchmarks.peers import Missing, installed

_PACKAGES = ("typer", "rich", "pydantic", "pyyaml", "tabulate")
_QUIET = 1.5
_ASKED = """
from importlib.metadata import version
print(", ".join(f"{name} {version(name)}" for name in ("todoman", "beancount", "beanquery")))
"""


def load() -> float:
    """How many processes have wanted a core at once in the last minute, on average; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def quiet(most_load: float) -> str:
    """Whether the figures can be trusted: a sentence about the highest load seen before and between the rows.

    What is measured is itself one process at a time, and half of one more waits for it.
    """
    calm = most_load <= _QUIET
    return f"The machine was {'quiet' if calm else 'not quiet'}: load up to {most_load:.1f}{'' if calm else ', so the figures are rough'}."


def description() -> list[str]:
    """Sentences about the machine, our environment and the peers."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}.",
        f"cbfa {version('cbfa')} with {packages}.",
        f"Peers: {', '.join(_peers()) or 'none'}.",
    ]


def _peers() -> list[str]:
    found = []
    with suppress(Missing):
        found.append(_printed(str(installed("python", "the peers' environment")), "-c", _ASKED))
    if command := shutil.which("task"):
        found.append(f"Taskwarrior {_printed(command, '--version')}")
    return found


def _printed(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
