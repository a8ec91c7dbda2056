"""Read the notes of an officer: Markdown whose headings name the parts of a report, with paragraphs and bullets below.

Only headings (`#`), paragraphs and bullets (`-`, `*`, `+`, `1.`) have a meaning; all other Markdown stays as it is written.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from cbfa.core.text import folded, tidied
from cbfa.errors import BadData, Invalid
from cbfa.messages import Message, joined
from cbfa.problems import Place, Problem
from cbfa.store.files import MAX_BYTES, decode, read_file, shown_path
from cbfa.views.pages.requests import TITLES, Part, headings

Notes = dict[Part, list[str]]
"""Paragraphs by part. A bullet begins with a hyphen, a numbered item with its number."""

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(?P<title>.*))?")
_NUMBER = re.compile(r"(?:[ivxlc]+|[0-9]+(?:\.[0-9]+)*|[a-zđ])[.):]+[ \t]*", re.IGNORECASE)
_BULLET = re.compile(r"[ \t]*(?:(?P<bullet>[-*+•])[ \t]+|(?P<number>[0-9]{1,3}[.)])[ \t]+)(?P<text>\S.*)")


def read_notes(path: Path, parts: Sequence[Part]) -> Notes:
    """Return the notes of a file. Raises BadData with the places of all problems, Invalid for a file that is too big, NoAccess."""
    raw = read_file(path, MAX_BYTES + 1)
    name = shown_path(path)
    if len(raw) > MAX_BYTES:
        message = Message("{path} is too big: the maximum is {most} MB", path=name, most=MAX_BYTES // 1024**2)
        raise Invalid(message, Message("keep only the notes of this report in it"))
    text = decode(raw, name)
    if isinstance(text, Problem):
        raise BadData([text])
    return parse_notes(text, name, parts)


def parse_notes(text: str, name: str, parts: Sequence[Part]) -> Notes:
    """Return the paragraphs of each part. Raises BadData for text before the first heading, and for headings of no part."""
    known = headings()
    by_title = {folded(title): part for part in parts for title in known[part]}
    choices = Message("use one of these headings: {names}", names=joined(TITLES[part] for part in parts))
    notes: Notes = {}
    problems: list[Problem] = []
    lines: list[str] | None = None
    skipping = False
    begun = False
    for number, line in enumerate(tidied(text).split("\n"), 1):
        if found := _HEADING.fullmatch(line):
            title = (found["title"] or "").rstrip(" \t").rstrip("#").strip()
            number_of_part = _NUMBER.match(title)
            bare = title[number_of_part.end() :] if number_of_part else title
            part = by_title.get(folded(title)) or by_title.get(folded(bare))
            skipping = part is None
            if part is None:
                place = Place(name, number, line.index("#") + 1, line)
                problems.append(
                    Problem(place, Message("“{heading}” is not a part of this report", heading=title), choices)
                )
            else:
                lines = notes.setdefault(part, [])
            begun = False
        elif not line.strip():
            begun = False
        elif lines is None:
            if not skipping:
                place = Place(name, number, 1, line)
                problems.append(Problem(place, Message("this text is before the first heading"), choices))
                skipping = True
        elif not skipping:
            begun = _add(lines, line, begun=begun)
    if problems:
        raise BadData(problems)
    return {part: paragraphs for part, paragraphs in notes.items() if paragraphs}


def _add(lines: list[str], line: str, *, begun: bool) -> bool:
    """Add a line: as an item of a list, to the paragraph that has begun, or as a new one. Return True: a paragraph has begun."""
    if found := _BULLET.fullmatch(line):
        lines.append(f"{found['number'] or '-'} {found['text'].rstrip()}")
    elif begun:
        lines[-1] += f" {line.strip()}"
    else:
        lines.append(line.strip())
    return True
