"""The table of broken files: cases.txt, read and rewritten.

A case is a name, the edits that break the valid programme in tests/bridges, and what `cbfa check` prints of it:

    == unknown agency
    roadmap.yaml
    - agency: SoDay
    + agency: SoDai
    data/roadmap.yaml:47:21: error: there is no agency “SoDai”
    …

`-` is text that occurs once in the file, `+` is what replaces it. Without a `+`, the lines of `-` are deleted; without a `-`, those of `+`
are added at the end. `=` is the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import Path

from tests.cli.running import FILES, TINY

AMENDMENTS = "amendments.yaml"
TABLE = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Case:
    """One broken programme: the files that differ from the valid one, and the expected output."""

    name: str
    edit: str
    files: dict[str, str]
    expected: str


def read_cases() -> list[Case]:
    """Read the table."""
    return [_case(block) for block in re.split(r"^== ", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]]


def accept(case: Case, printed: str) -> None:
    """Write what was printed into the table, in place of what was expected."""
    table = TABLE.read_text(encoding="utf-8")
    TABLE.write_text(table.replace(case.edit + case.expected, case.edit + printed), encoding="utf-8")


def _case(block: str) -> Case:
    edit = "".join(takewhile(lambda line: not line.startswith("data/"), block.splitlines(keepends=True)))
    name, *lines = edit.splitlines()
    expected = block.removeprefix(edit).rstrip("\n")
    return Case(name, edit, _edited_files(lines), f"{expected}\n")


def _edited_files(lines: list[str]) -> dict[str, str]:
    edits: dict[str, list[str]] = {}
    for line in lines:
        if line in (*FILES, AMENDMENTS):
            edits[line] = []
        else:
            edits[list(edits)[-1]].append(line)
    return {file: _edited(_valid(file), edit) for file, edit in edits.items()}


def _valid(file: str) -> str:
    """The text of a file of the valid programme, which has no amendments."""
    path = TINY / file
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _edited(text: str, edit: list[str]) -> str:
    old = ""
    for sign, lines in groupby(edit, key=lambda line: line[0]):
        block = "\n".join(line[2:] for line in lines)
        if sign == "=":
            text = f"{block}\n" if block else ""
        elif sign == "-":
            old = block
        elif old:
            text, old = _replaced(text, old, block), ""
        else:
            text += f"{block}\n"
    return _replaced(text, f"{old}\n", "") if old else text


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"this must occur once: {old}"
    return text.replace(old, new)
