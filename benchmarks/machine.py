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
_ASKED = """
from importlib.metadata import version
print(", ".join(f"{name} {version(name)}" for name in ("todoman", "beancount", "beanquery")))
"""


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
