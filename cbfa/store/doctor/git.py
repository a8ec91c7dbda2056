"""Whether git, where it keeps the folder, knows that the journal is a set of lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from cbfa.messages import Message
from cbfa.problems import Place, Problem
from cbfa.store.doctor.findings import Kind, to_decide, to_fix
from cbfa.store.doctor.scene import Scene, readable
from cbfa.store.text_files import write_new, write_over

ATTRIBUTES = ".gitattributes"
LINE = "progress.yaml merge=union text eol=lf"


def union_merge(scene: Scene) -> Iterator[Problem]:
    """Without `merge=union` a merge of two offices' lines ends in a conflict."""
    top = work_tree(scene.path.resolve())
    if top is None or not scene.raw() or merge_driver(top, scene.path.resolve() / scene.journal_path.name) == "union":
        return
    path = scene.path / ATTRIBUTES
    message = Message("git does not know that both sides' lines of the journal are to be kept")
    would = Message("add the line: {line}", line=LINE)
    if os.path.lexists(path) and (path.is_symlink() or readable(path) is None):
        yield to_decide(Kind.GIT_ATTRIBUTES, Place(ATTRIBUTES), message, would)
        return

    def fix() -> Message:
        _add_line(path)
        return Message("added the line: {line}", line=LINE)

    yield to_fix(Kind.GIT_ATTRIBUTES, Place(ATTRIBUTES), message, would, fix)


def work_tree(folder: Path) -> Path | None:
    """The top of git's work tree in which a folder lies."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


def merge_driver(top: Path, path: Path) -> str | None:
    """What the attributes say of how a file is merged, as gitattributes(5) has it: the nearest file counts, and in it the last line."""
    folders = [folder for folder in path.parents if folder.is_relative_to(top)]
    files = [(top, top / ".git" / "info" / "attributes"), *((folder, folder / ATTRIBUTES) for folder in folders)]
    for folder, attributes in files:
        text = (readable(attributes) or b"").decode("utf-8", "replace")
        for line in reversed(text.removeprefix("\ufeff").splitlines()):
            pattern, *words = line.split() or [""]
            said = [word for word in words if word.lstrip("-!").partition("=")[0] == "merge" or word == "binary"]
            if said and _fits(pattern, path.relative_to(folder)):
                return said[-1].partition("=")[2] or said[-1]
    return None


def _fits(pattern: str, path: Path) -> bool:
    """Whether a pattern means a file: without a slash its name, with one its way from the folder of the attributes."""
    if pattern.startswith(("#", "[attr]")) or pattern.endswith("/"):
        return False
    if "/" not in pattern:
        return fnmatchcase(path.name, pattern)
    parts = pattern.removeprefix("/").split("/")
    return _way_fits(parts, list(path.parts))


def _way_fits(pattern: list[str], parts: list[str]) -> bool:
    if not pattern or not parts:
        return not pattern and not parts
    if pattern == ["**"]:
        return True
    if pattern[0] == "**":
        return any(_way_fits(pattern[1:], parts[start:]) for start in range(len(parts)))
    return fnmatchcase(parts[0], pattern[0]) and _way_fits(pattern[1:], parts[1:])


def _add_line(path: Path) -> None:
    """Adds the line at the end, with the line ends that the file has; makes the file where there is none."""
    before = readable(path)
    if before is None:
        write_new(path, LINE + "\n")
        return
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = end if before and not before.endswith(b"\n") else b""
    write_over(path, before + gap + LINE.encode() + end)


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [union_merge]
