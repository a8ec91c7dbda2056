"""Failing system calls: the journal stays what it was, or has exactly the new entry, and the answer says which."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.cli.running import FILES, READING, TINY, Answer, contents
from tests.faults.processes import errors
from tests.faults.watched import Watched, with_strace
from tests.internals import LOCK_SECONDS, append, line_of, read_journal
from tests.progress import counted
from tests.scale import SOAK, before_a_release
from tests.strategies import entry

pytestmark = with_strace

WRITING = (
    "write",
    "pwrite64",
    "writev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "flock",
    "fcntl",
    "rename",
    "link",
    "unlink",
)
OPENING_AND_READING = ("openat", "mkdir", "close", "newfstatat", "fstat", "lseek", "read", "pread64")
REASONS = ("ENOSPC", "EIO", "EINTR", "EACCES")
TORN = b'- {"id":"to'
NEXT = entry("next", "2012-05-01", "stone-bridge")
COMMANDS = {
    "mark": ("mark", "stone-bridge", "progress", "--yes", "--note", "Đặt đá"),
    "undo": ("undo", "e-2", "--yes"),
    "merge": ("merge", "other.yaml"),
    **{arguments[0]: arguments for arguments in (*READING, ("check",))},
}
_folders = count()


@dataclass(frozen=True)
class Scene:
    """A command, and the state of its journal before it."""

    command: str = "mark"
    journal: str = "torn"

    def lay(self, folder: Path) -> Path:
        """Make the data folder; return the path of its journal."""
        data = folder / "data"
        data.mkdir(parents=True)
        for name in FILES:
            shutil.copy(TINY / name, data / name)
        (folder / "other.yaml").write_bytes(line_of(entry("other", "2012-04-01", "stone-bridge")))
        journal = data / "progress.yaml"
        if self.journal == "none":
            journal.unlink()
        elif self.journal == "torn":
            with journal.open("ab") as file:
                file.write(TORN)
        return journal


@dataclass(frozen=True)
class Fault:
    """A call that fails: its name, its number, the reason, and whether all later ones fail too."""

    call: str
    number: int
    reason: str
    for_good: bool

    def __str__(self) -> str:
        return f"{self.call}:error={self.reason}:when={self.number}{'+' if self.for_good else ''}"


def run(watched: Watched, folder: Path, scene: Scene, *options: str, only_journal: bool = False) -> Answer:
    """Run the real command under strace on its data folder; where the lock fails, wait for it half a second only."""
    journal = folder / "data" / "progress.yaml"
    paths = [journal.parent, *(journal.with_name(name) for name in FILES), f"{journal}.lock", f"{journal}.torn"]
    below = [word for path in ([journal] if only_journal else paths) for word in ("-P", str(path))]
    arguments = ["--lang", "en", "--data", str(journal.parent), *COMMANDS[scene.command]]
    patience = 0.5 if any("flock" in option for option in options) else LOCK_SECONDS
    return watched.run(arguments, folder, *below, *options, patience=patience)


def calls_of(watched: Watched, folder: Path, scene: Scene) -> Counter[str]:
    """Count each call that the command makes on its data folder when nothing fails."""
    scene.lay(folder)
    answer = run(watched, folder, scene)
    trace = (folder / "trace").read_text(encoding="utf-8")
    assert answer.code == 0, answer.err
    return Counter(re.findall(r"^(?:\d+ +)?(\w+)\(", trace, re.MULTILINE))


def _faults(calls: Counter[str]) -> Iterator[Fault]:
    """Yield every Nth call, failing once and for good, for every reason.

    On each change, calls that open and read fail for one reason each, in turn. No call is interrupted for good: Python would repeat it for
    ever.
    """
    for call in (*WRITING, *OPENING_AND_READING):
        for number in range(1, calls[call] + 1):
            reasons = REASONS if SOAK or call in WRITING else (REASONS[number % len(REASONS)],)
            reasons += ("ENOSYS",) if call == "flock" else ()  # a file system that knows no locks
            yield from (Fault(call, number, reason, for_good=False) for reason in reasons)
            yield from (Fault(call, number, reason, for_good=True) for reason in reasons if reason != "EINTR")


def wrong_with(answer: Answer, journal: Path, before: bytes) -> Iterator[str]:
    """Yield what is wrong after a command in which a call failed."""
    whole = before.removesuffix(TORN)
    old = [line for line in whole.splitlines(keepends=True) if line.startswith(b"- ")]
    after = journal.read_bytes() if journal.exists() else b""
    seen = read_journal(journal)
    new = len(seen.records) - len(old)
    torn = journal.with_name("progress.yaml.torn")
    if answer.code not in (0, 4) or new != (answer.code == 0):
        yield f"exit code {answer.code} and {new} new entries"
    if answer.code == 4 and not answer.err.startswith("error: ") and "\nerror: " not in answer.err:
        yield "no sentence"
    if "Traceback" in answer.err or "Exception ignored" in answer.err or "Warning" in answer.err:
        yield "a traceback or a warning of Python"
    if not after.startswith(whole):
        yield "the entries before are not what they were"
    if errors(seen.problems):
        yield f"wrong lines: {errors(seen.problems)}"
    if before.endswith(TORN) and not after.endswith(TORN) and (not torn.exists() or TORN not in torn.read_bytes()):
        yield "the torn tail is gone"


def wrong_afterwards(journal: Path) -> Iterator[str]:
    """Record the next entry with nothing failing; yield what is wrong."""
    ids = [record.id for record in read_journal(journal).records]
    append(journal, [NEXT])
    seen = read_journal(journal)
    if [record.id for record in seen.records] != [*ids, "next"] or seen.problems:
        yield "the next entry is not on a line of its own after the others"


SCENES = [Scene()] + (
    [Scene(command, journal) for command in ("mark", "undo", "merge") for journal in ("torn", "whole")]
    + [Scene("mark", "none")]
    if SOAK
    else []
)


@pytest.mark.parametrize("scene", dict.fromkeys(SCENES), ids=lambda scene: f"{scene.command}-{scene.journal}")
def test_the_nth_call_fails(in_memory: Path, watched: Watched, scene: Scene):
    """Exit code 0 and the entry is there, or 4 with a sentence and it is not; never a traceback, never a line lost."""
    calls = calls_of(watched, in_memory / "calls", scene)
    faults = list(_faults(calls))

    assert calls["write"] >= 1
    assert calls["fsync"] >= 2
    assert calls["flock"] >= 2

    def wrong(fault: Fault) -> list[str]:
        folder = in_memory / str(next(_folders))
        journal = scene.lay(folder)
        before = journal.read_bytes() if journal.exists() else b""
        answer = run(watched, folder, scene, "-e", f"trace={fault.call}", "-e", f"inject={fault}")
        injected = "(INJECTED)" in (folder / "trace").read_text(encoding="utf-8")
        found = [*wrong_with(answer, journal, before), *wrong_afterwards(journal)]
        return [f"{fault}: {what}\n{answer.err}" for what in [*found, *([] if injected else ["nothing failed"])]]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [what for _, one in zip(counted(faults), pool.map(wrong, faults), strict=True) for what in one]

    assert not found, "\n".join(found)


@before_a_release
@pytest.mark.parametrize("command", [*(arguments[0] for arguments in READING), "check"])
def test_the_nth_call_of_a_reader_fails(in_memory: Path, watched: Watched, command: str):
    """A reading command gives the whole answer, or none and a sentence."""
    scene = Scene(command, "whole")
    faults = list(_faults(calls_of(watched, in_memory / "calls", scene)))
    right = (in_memory / "calls" / "out").read_text(encoding="utf-8")

    assert len(faults) >= 50

    def wrong(fault: Fault) -> list[str]:
        folder = in_memory / str(next(_folders))
        data = scene.lay(folder).parent
        before = contents(data)
        answer = run(watched, folder, scene, "-e", f"trace={fault.call}", "-e", f"inject={fault}")
        good = answer == Answer(0, right) or (answer.code == 4 and not answer.out and answer.err.startswith("error: "))
        found = ["another answer"] if not good or "Traceback" in answer.err else []
        found += ["something was written"] if contents(data) != before else []
        return [f"{fault}: {what}\n{answer}" for what in found]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [what for _, one in zip(counted(faults), pool.map(wrong, faults), strict=True) for what in one]

    assert not found, "\n".join(found)


def test_an_entry_that_cannot_be_cut_back_is_an_error(in_memory: Path, watched: Watched):
    """When the disk fails at the sync and again at the cut, the entry may count: the sentence names `cbfa log`."""
    scene = Scene("mark", "whole")
    journal = scene.lay(in_memory)
    before = journal.read_bytes()
    faults = ("inject=fsync:error=EIO:when=1+", "inject=ftruncate:error=EIO:when=1+")
    answer = run(watched, in_memory, scene, *(word for fault in faults for word in ("-e", fault)), only_journal=True)
    seen = read_journal(journal)

    assert answer.code == 4
    assert answer.err.startswith("error: cannot write ")
    assert "Traceback" not in answer.err
    assert journal.read_bytes().startswith(before)
    assert len(seen.records) in (2, 3)
    assert seen.problems == []
    assert "cbfa log" in answer.err
