"""Paths as people read them and as they type them."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def shown_path(path: Path) -> str:
    """A path as people read it: from where they stand, if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def typed_path(path: Path | str, *, windows: bool = sys.platform == "win32") -> str:
    """A path as people type it, in quotes where they are needed: single ones mean nothing to the command prompt of Windows."""
    if windows:
        return str(path) if re.fullmatch(r"[\w:\\/.-]+", str(path)) else f'"{path}"'
    from shlex import quote  # noqa: PLC0415 - only few answers need it

    return quote(str(path))
