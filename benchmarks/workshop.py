"""The folder in which everything is measured: the generated programmes, and a home of its own for every program that runs."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.process import ROOT, Failed, Job, output
from benchmarks.programme import Plan, write_programme

SHIPPED = ROOT / "data"
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES")
"""Variables that would make a program slower, or its output another."""


@dataclass(frozen=True)
class Workshop:
    """A folder that is thrown away afterwards. What is made in it is made once."""

    folder: Path

    @property
    def cache(self) -> Path:
        """The cache folder of everything that runs here."""
        return self.folder / "cache"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every program: nobody's settings, nobody's caches, English."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _LEFT_OUT and not name.startswith(("CBFA_", "XDG_", "TASK"))
        }
        homes = {"HOME": self.folder / "home", "XDG_CACHE_HOME": self.cache, "XDG_DATA_HOME": self.folder / "home"}
        return kept | {name: str(path) for name, path in homes.items()} | {"CBFA_LANG": "en", "LC_ALL": "C.UTF-8"}

    def cbfa(self, data: Path, *arguments: str) -> Job:
        """The installed command, asked about the programme in a folder."""
        command = str(Path(sys.executable).with_name("cbfa"))
        return Job((command, *arguments), self.environment | {"CBFA_DATA": str(data)})

    def cold(self, job: Job) -> Job:
        """The same with an empty cache folder: the first run after a change."""
        return replace(job, before=lambda: shutil.rmtree(self.cache, ignore_errors=True))

    def programme(self, plan: Plan) -> Path:
        """The folder of a generated programme, in which `cbfa check` found nothing. Raises Failed where it found something."""
        folder = self.folder / "-".join(
            ["programme", str(plan.milestones), str(plan.entries), *(["one-each"] if plan.one_each else [])]
        )
        if not folder.exists():
            write_programme(folder, plan)
            said = output(self.cbfa(folder, "check"))
            if not said.startswith("All is well"):
                raise Failed(f"cbfa check finds something in the generated programme: {said}")
        return folder
