"""Failing system calls of `cbfa doctor --fix`: nothing is lost, and the next run does the rest."""

from __future__ import annotations

import os
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.cli.running import Answer, contents
from tests.faults import test_calls
from tests.faults.test_calls import TORN
from tests.faults.watched import Watched, with_strace
from tests.internals import parse_journal
from tests.progress import counted
from tests.scale import before_a_release
from tests.store.doctor.damage import NEW

pytestmark = with_strace

OF_PYTHON = ("write", "unlink", "mkdir", "openat")
CALLS = ("fsync", "ftruncate", "rename", "chmod", *OF_PYTHON)
COPY, PLAN = "progress (1).yaml", "roadmap (1).yaml"
KEPT = ("progress.yaml", COPY, PLAN)
HOW = ("error=EIO", "signal=KILL", "error=ENOSPC")


def _damaged(folder: Path) -> Path:
    """Make the tiny programme with a journal to be fixed in every way, and copies beside it."""
    journal = test_calls.Scene("mark", "whole").lay(folder)
    with journal.open("ab") as file:
        file.write(b"<<<<<<< HEAD\r\n" + NEW.replace(b"e-3", b"e-5") + b">>>>>>> office\n" + TORN)
    journal.with_name(COPY).write_bytes(NEW)
    journal.with_name(PLAN).write_bytes(journal.with_name("roadmap.yaml").read_bytes())
    return journal


def _fixed(watched: Watched, folder: Path, journal: Path, call: str, *options: str) -> Answer:
    """Run the real command under strace for one kind of call."""
    names = ["", journal.name, COPY, PLAN, "progress.yaml.torn", "kept", *(f"kept/{name}" for name in KEPT)]
    paths = [str(journal.parent / name).rstrip("/") for name in names] if call in OF_PYTHON else []
    below = ["-e", f"trace={call}", *(word for path in paths for word in ("-P", path))]
    arguments = ["--lang", "en", "--data", str(journal.parent), "doctor", "--fix"]
    return watched.run(arguments, folder, *below, *options)


def _wrong(watched: Watched, folder: Path, fault: str) -> list[str]:
    """Fix with one fault, then once more without; return what is wrong."""
    journal = _damaged(folder)
    before = contents(journal.parent)
    records = set(parse_journal(journal.read_bytes()).records)
    head = journal.read_bytes().removesuffix(TORN)
    answer = _fixed(watched, folder, journal, fault.partition(":")[0], "-e", f"inject={fault}")
    found = [] if records <= set(parse_journal(journal.read_bytes()).records) else ["a record is lost"]
    after = list(contents(journal.parent).values())
    pieces = [head, TORN, *(raw for path, raw in before.items() if path != journal)]
    found += [f"lost: {piece!r}" for piece in pieces if not any(piece in raw for raw in after)]
    found += ["a traceback"] if "Traceback" in answer.err else []
    found += ["no sentence"] if answer.code == 4 and "error: " not in answer.err else []
    again = _fixed(watched, folder, journal, "rename")
    ids = Counter(record.id for record in parse_journal(journal.read_bytes()).records)
    found += [f"fixed once more: {again.code} {again.err}"] if again.code != 1 else []
    found += [f"not fixed: {ids}"] if ids != Counter(["e-1", "e-2", "e-3", "e-5"]) else []
    return [f"{fault}: {what}\n{answer.err}" for what in found]


@before_a_release
def test_the_nth_call_of_a_fix_fails(in_memory: Path, watched: Watched):
    """Every byte is still somewhere in the folder, every record is read, and fixing again does the rest, once."""
    faults = []
    for call in CALLS:
        folder = in_memory / call
        answer = _fixed(watched, folder, _damaged(folder), call)
        times = len(re.findall(rf"^(?:\d+ +)?{call}\(", (folder / "trace").read_text(encoding="utf-8"), re.MULTILINE))
        assert answer.code == 1, answer.err
        assert times >= 1 or call in ("unlink", "mkdir"), call
        faults += [f"{call}:{how}:when={number}" for number in range(1, times + 1) for how in HOW]

    assert len(faults) >= 20
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        places = [in_memory / str(number) for number in range(len(faults))]
        wrong = pool.map(partial(_wrong, watched), places, faults)
        found = [what for _, one in zip(counted(faults), wrong, strict=True) for what in one]

    assert not found, "\n".join(found)
