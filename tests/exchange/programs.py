"""Other programs that open what cbfa writes. Continuous integration has them; elsewhere such tests are skipped."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip a test where one of the programs is not installed, and say so; with CI on Linux it runs, and fails."""
    missing = [program for program in programs if shutil.which(program) is None]
    must_run = bool(os.environ.get("CI")) and sys.platform == "linux"
    return pytest.mark.skipif(bool(missing) and not must_run, reason=f"not installed: {', '.join(missing)}")


def written(cbfa, name: str, *command: str) -> Path:
    """Run a command with `-o NAME`; return the file that it wrote."""
    answer = cbfa(*command, "-o", name, "--force")

    assert answer.code == 0, answer.err
    return Path(name)
