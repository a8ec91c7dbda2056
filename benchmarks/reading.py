"""Reads a journal whole, as cbfa does or as `json` does: `python -m benchmarks.reading cbfa|json FILE`.

The one checks every line and keeps the records. The other takes the dash off, loads the object, and forgets it.
"""

from __future__ import annotations

import sys
from pathlib import Path


def by_cbfa(path: Path) -> None:
    """Reads it as every command does. Raises ValueError where anything is wrong with it: that would be another path through the reader."""
    from cbfa.store.journal_lines import read_journal  # noqa: PLC0415 - the other way must not pay for it

    if read_journal(path, path.name).problems:
        raise ValueError(path)


def by_json(path: Path) -> None:
    """Loads the object of every line."""
    import json  # noqa: PLC0415

    with path.open("rb") as lines:
        for line in lines:
            json.loads(line.removeprefix(b"- "))


if __name__ == "__main__":
    {"cbfa": by_cbfa, "json": by_json}[sys.argv[1]](Path(sys.argv[2]))
