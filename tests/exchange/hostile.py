"""Programmes that try to break what is written: hostile text in every field that people fill in, and nothing at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.test_streams import HOSTILE

WORST = " ".join(
    [
        "=HYPERLINK(1)",
        *HOSTILE.values(),
        "</script><!-- ]]> &amp; \"'` ```",
        "a:b;c#d%%e,f\\n",
        "\u0085\x0b\x0c",
        "🌉",
        "section title",
        "Đường",
    ]
)
"""Everything at once: what terminals, spreadsheets, pages, calendars, Mermaid and SQL take for more than text."""
LONG = "Xây dựng cầu qua sông Bằng Giang " * 12
"""A title of some 400 characters."""


def quoted(text: str) -> str:
    """Write a text as YAML, in ASCII."""
    written = json.dumps(text)
    return re.sub(
        r"\\u(d[89ab]..)\\u(d[c-f]..)",
        lambda pair: f"\\U{0x10000 + ((int(pair[1], 16) & 0x3FF) << 10 | int(pair[2], 16) & 0x3FF):08x}",
        written,
    )


def make_hostile(folder: Path, text: str = WORST) -> None:
    """Put a text into every title, name, unit, reason and wording of the tiny programme, and into an entry of its journal."""
    for name in ("roadmap.yaml", "agencies.yaml"):
        path = folder / "data" / name
        lines = path.read_text("utf-8").splitlines()
        numbered = (_hostile(line, quoted(f"{text} {number}")) for number, line in enumerate(lines))  # names differ
        path.write_text("\n".join(numbered) + "\n", "utf-8")
    fields = {
        "on": "2012-02-01",
        "event": "progress",
        "note": text,
        "by": text,
        "recorded": "2012-02-02T08:00:00+07:00",
    }
    with (folder / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        for number, key in enumerate(("stone-bridge", text)):
            entry = {"id": f"h-{number}", "key": key, **fields, "evidence": [text, text]}
            file.write(f"- {json.dumps(entry)}\n")


def _hostile(line: str, text: str) -> str:
    line = re.sub(r"\bvi: [^,}]+, en: [^,}]+(?=\})", lambda _: f"vi: {text}, en: {text}", line)
    line = re.sub(r"^(\s+(vi|en|timing|code): ).*", lambda found: found[1] + text, line)
    return re.sub(r"aliases: \[.*\]", lambda _: f"aliases: [{text}]", line)


def empty_journal(folder: Path) -> None:
    """Leave nothing in the journal."""
    (folder / "data" / "progress.yaml").write_text("# nothing\n", "utf-8")


def add_idle_agency(folder: Path) -> None:
    """Add an agency that has no milestone and no duty."""
    with (folder / "data" / "agencies.yaml").open("a", encoding="utf-8") as file:
        file.write("  - id: SoNghi\n    name: {vi: Sở Nghỉ, en: Idle Department}\n    code: SN\n")
