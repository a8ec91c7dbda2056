"""Hostile files: each gets its sentence from every command, in time, and does nothing else.

An error stops every command at the same place, so on every change each error meets `check` and one other command, in turn. Warnings and
harmless files meet all; a big file meets `check`. Before a release every file meets every command in every form.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from tests.cli.running import READING, contents, environment
from tests.hostile.cases import BIG, CASES, HARMLESS, SMALL, Case, accept
from tests.progress import ran
from tests.scale import SOAK, part

SECONDS, MEGABYTES, MAX_PRINTED = 2, 300, 500_000
MAX_YARDSTICKS = 5
"""How many times the yardstick a run may take on a slow machine; that is about three seconds on a quick one."""
ATTEMPTS = 5
"""How often a run that seems slow is repeated: other programs can only make it seem slower than it is."""

FORMS = ("plain", "json", "csv", "table", "markdown", "tsv")
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]"
)
HEAD = re.compile(r"\S+?: ((?:error|warning): .*)")

pytestmark = pytest.mark.usefixtures("bridges")


def lay_out(case: Case) -> None:
    """Edit the tiny programme in the current folder."""
    path = Path("data") / case.edit.file
    path.write_bytes(case.edit.change(path.read_bytes() if path.exists() else b""))


def sentences(printed: str) -> list[str]:
    """Return the sentences of all problems, without their places."""
    heads = (HEAD.fullmatch(line) for line in printed.splitlines() if not line.startswith("  "))
    return [head[1] for head in heads if head]


def shown(text: str) -> str:
    """Return a page without the line ends of CSV, which are no harmful characters."""
    return text.replace("\r\n", "\n")


def commands_for(case: Case) -> list[tuple[str, ...]]:
    """Return the commands, each with a format, that read a case besides `check`."""
    turn = CASES.index(case)
    in_turn = zip(islice(cycle(READING), turn, None), islice(cycle(FORMS), turn, None), strict=False)
    on_each_change = 0 if case.big else 1 if case.is_error else len(READING)
    chosen = part(list(product(READING, FORMS))) if SOAK else list(islice(in_turn, on_each_change))
    return [(*command, "--format", form, "--as-of", "2012-06-30") for command, form in chosen]


def test_each_case_has_its_own_name():
    """Two cases of one name would hide one another in a report."""
    names = [case.name for case in CASES]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_a_hostile_file_gets_its_sentence(cbfa, case):
    """`check` prints the sentence, other commands stop at it or go on, nothing harmful is printed, and nothing is written."""
    lay_out(case)
    before = contents(Path("data"))
    start = time.process_time()
    check = cbfa("check")
    seconds = time.process_time() - start
    said = sentences(check.err)
    if os.environ.get("CBFA_ACCEPT"):
        accept(case, said)
        return

    assert seconds < SECONDS
    assert check.code == (1 if case.is_error else 0)
    assert said == [] if case.sentence == HARMLESS else case.sentence in said
    assert len(check.err) < MAX_PRINTED
    assert not HARMFUL.search(check.out + check.err)
    # Pages count and mark the entries without a milestone; only `check` warns of them.
    heads = [one for one in said if one.startswith("error: ") or (not case.is_error and "no occurrence" not in one)]
    for arguments in commands_for(case):
        answer = cbfa(*arguments)

        assert answer.code == (3 if case.is_error else 0)
        assert sentences(answer.err)[:1] == heads[:1]
        assert bool(answer.out) is not case.is_error
        assert not HARMFUL.search(answer.err)
        assert not HARMFUL.search(shown(answer.out))
    looked = cbfa("doctor", "--format", "plain")

    assert looked.code == 1 if case.is_error else looked.code in (0, 1)
    assert not HARMFUL.search(looked.out + looked.err)
    assert contents(Path("data")) == before
    ran(1)


MEASURED = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as measured:
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=measured)
"""
"""A small process in between: Linux counts the memory of the process that forks, and pytest has much."""


def run_and_measure(*arguments: str) -> tuple[int, str, float, int]:
    """Run Python as a process; return its exit code, standard error, seconds of computing, and peak memory in MB."""
    import resource  # noqa: PLC0415 - there is none on Windows

    max_memory = 2048 << 20  # a file that would fill the memory must not take the machine with it

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
        resource.setrlimit(resource.RLIMIT_CPU, (60 * SECONDS, 60 * SECONDS))

    home = Path.cwd()
    with (home / "out").open("wb") as out, (home / "err").open("wb") as err:
        subprocess.run(
            [sys.executable, "-S", "-c", MEASURED, str(home / "measured"), sys.executable, *arguments],
            env=environment(home),
            stdout=out,
            stderr=err,
            preexec_fn=limit,
            check=True,
            timeout=120 * SECONDS,
        )
    with (home / "err").open(encoding="utf-8", errors="replace") as err:
        printed = err.read(4 * MAX_PRINTED)
    code, seconds, memory = (home / "measured").read_text().split()
    return int(code), printed, float(seconds), int(memory) // (1024 if sys.platform != "darwin" else 1 << 20)


def run_program(*arguments: str) -> tuple[int, str, float, int]:
    """Run the program as a process, and measure it."""
    return run_and_measure("-m", "cbfa", *arguments, "--lang", "en")


YARDSTICK = """
import json
line = '{"on":"2012-01-01","milestone":"a","event":"started","by":"me","recorded":"2012-01-01T00:00:00+07:00","id":"one"}'
held = [json.loads(line) for _ in range(200_000)]
"""
"""Work like that of reading a big file; the time it takes shows how slow the machine is now."""


def is_quick(seconds: float, *arguments: str) -> bool:
    """Return true if a run took at most two seconds or, on a slow machine, a few times the yardstick."""
    attempts = 0
    while seconds >= SECONDS and seconds >= MAX_YARDSTICKS * run_and_measure("-S", "-c", YARDSTICK)[2]:
        if attempts == ATTEMPTS:
            return False
        attempts += 1
        seconds = run_program(*arguments)[2]
    return True


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not say how much memory a process had")
@pytest.mark.parametrize("case", BIG, ids=lambda case: case.name)
def test_a_big_file_costs_little(tmp_path, case):
    """A process of its own prints the sentence within two seconds and 300 MB, and writes nothing."""
    lay_out(case)
    before = contents(tmp_path / "data")
    code, printed, seconds, megabytes = run_program("check")
    said = sentences(printed)
    if os.environ.get("CBFA_ACCEPT"):
        accept(case, said)
        return

    assert "Traceback" not in printed
    assert is_quick(seconds, "check")
    assert megabytes < MEGABYTES
    assert code == (1 if case.is_error else 0)
    assert said == [] if case.sentence == HARMLESS else case.sentence in said
    assert len(printed) < MAX_PRINTED
    assert not HARMFUL.search(printed)
    for arguments in commands_for(case):
        code, printed, seconds, megabytes = run_program(*arguments)

        assert "Traceback" not in printed
        assert code == (3 if case.is_error else 0)
        assert sentences(printed)[:1] == said[:1]
        if case.sentence != HARMLESS:  # a list of all of a large programme takes what it takes
            assert is_quick(seconds, *arguments)
            assert megabytes < MEGABYTES
    assert contents(tmp_path / "data") == before
    ran(1)
