"""Every hostile file gets its sentence, from every command, in time, and does nothing else.

On every change each file meets `check`, and the small ones every reading command, the forms of its answer in turn, and the doctor.
Before a release all files meet all of them, in every form.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from tests.cli.running import FILES, READING, TINY, Program, contents, environment
from tests.hostile.cases import CASES, ERROR, HARMLESS, Case
from tests.progress import ran
from tests.scale import SOAK, part

SECONDS, MEGABYTES, MOST_PRINTED = 2, 300, 500_000
MOST_TIMES = 5
"""So many times the yardstick a slow machine may take; where it is not slow, that is about three seconds."""
MARGIN = 5
"""So often what seems to take long is run: other programs can only make it seem longer than it is."""

FORMS = ("plain", "json", "csv", "table", "markdown", "tsv")
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]"
)
HEAD = re.compile(r"(?P<place>\S+?): (?P<kind>error|warning): (?P<sentence>.*)")
SMALL = [case for case in CASES if not case.big]
BIG = [case for case in CASES if case.big]


@pytest.fixture
def cbfa(tmp_path, monkeypatch, capsys):
    """The program, run in a folder of its own."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("CBFA_DATA", "CBFA_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return Program(monkeypatch, capsys)


def lay_out(case: Case) -> None:
    """The tiny programme with the hostile file in it, in the folder where we stand."""
    for name in FILES:
        shutil.copy(TINY / name, Path("data") / name)
    path = Path("data") / case.file
    path.write_bytes(case.change(path.read_bytes()))


def told(printed: str) -> list[tuple[str, str]]:
    """What was said, without places, and whether each is an error or a warning."""
    found = (HEAD.fullmatch(line) for line in printed.splitlines() if not line.startswith("  "))
    return [(head["kind"], head["sentence"]) for head in found if head]


def shown(text: str) -> str:
    """Control characters that a page may hold taken away: line ends."""
    return text.replace("\r\n", "\n")


def meets(case: Case) -> list[tuple[tuple[str, ...], str]]:
    """The commands and forms that a case is read by."""
    if SOAK:
        return part(list(product(READING, FORMS)))
    forms = islice(cycle(FORMS), CASES.index(case), None)
    return [] if case.big else list(zip(READING, forms, strict=False))


def test_there_are_enough_and_each_has_its_name():
    """At least 150 files, each with a name of its own, and a sentence unless it is harmless."""
    names = [case.name for case in CASES]

    assert len(names) >= 150
    assert len(set(names)) == len(names)
    assert all(bool(case.sentence) is (case.kind != HARMLESS) for case in CASES)


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name.encode("ascii", "replace").decode())
def test_a_hostile_file_gets_its_sentence_from_every_command(cbfa, case):
    """`check` says it, the others stop at the same or go on, nothing harmful is printed, and nothing is written."""
    lay_out(case)
    before = contents(Path("data"))
    start = time.process_time()
    check = cbfa("check")
    seconds = time.process_time() - start
    said = told(check.err)

    assert seconds < SECONDS
    assert check.code == (1 if case.kind == ERROR else 0)
    assert said == [] if case.kind == HARMLESS else (case.kind, case.sentence) in said
    assert len(check.err) < MOST_PRINTED
    assert not HARMFUL.search(check.out + check.err)
    for command, form in meets(case):
        answer = cbfa(*command, "--format", form, "--as-of", "2012-06-30")

        assert answer.code == (3 if case.kind == ERROR else 0)
        assert told(answer.err)[:1] == said[:1]
        assert bool(answer.out) is (case.kind != ERROR)
        assert not HARMFUL.search(answer.err)
        assert not HARMFUL.search(shown(answer.out))
    looked = cbfa("doctor", "--format", "plain")

    assert looked.code == 1 if case.kind == ERROR else looked.code in (0, 1)
    assert not HARMFUL.search(looked.out + looked.err)
    assert contents(Path("data")) == before
    ran(1)


MEASURED = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as told:
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=told)
"""
"""A small process between: Linux counts the memory of whoever starts a process as its own, and pytest has much."""


def run_and_measure(*arguments: str) -> tuple[int, str, float, int]:
    """Runs Python as a process: its exit code, its standard error, its seconds of computing, and the most memory it had in MB."""
    import resource  # noqa: PLC0415 - there is none on Windows

    most = 2048 << 20  # a file that would fill the memory must not take the machine with it

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CPU, (60 * SECONDS, 60 * SECONDS))

    home = Path.cwd()
    with (home / "out").open("wb") as out, (home / "err").open("wb") as err:
        subprocess.run(
            [sys.executable, "-S", "-c", MEASURED, str(home / "told"), sys.executable, *arguments],
            env=environment(home),
            stdout=out,
            stderr=err,
            preexec_fn=limit,
            check=True,
            timeout=120 * SECONDS,
        )
    with (home / "err").open(encoding="utf-8", errors="replace") as err:
        printed = err.read(4 * MOST_PRINTED)
    code, seconds, memory = (home / "told").read_text().split()
    return int(code), printed, float(seconds), int(memory) // (1024 if sys.platform != "darwin" else 1 << 20)


def run_program(*arguments: str) -> tuple[int, str, float, int]:
    """The same of the program."""
    return run_and_measure("-m", "cbfa", *arguments, "--lang", "en")


YARDSTICK = """
import json
line = '{"on":"2012-01-01","milestone":"a","event":"started","by":"me","recorded":"2012-01-01T00:00:00+07:00","id":"one"}'
held = [json.loads(line) for _ in range(200_000)]
"""
"""Work like that of reading a big file, much memory and many small things; how long it takes tells how slow the machine is now."""


def is_quick(seconds: float, *arguments: str) -> bool:
    """Whether a run of the program took two seconds at most, or takes so many times the yardstick where the machine is slow."""
    return seconds < SECONDS or any(
        run_program(*arguments)[2] < max(SECONDS, MOST_TIMES * run_and_measure("-S", "-c", YARDSTICK)[2])
        for _ in range(MARGIN)
    )


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not say how much memory a process had")
@pytest.mark.parametrize("case", BIG, ids=lambda case: case.name)
def test_a_big_file_costs_little(tmp_path, monkeypatch, case):
    """As a process: the sentence, in two seconds, with 300 MB; a reading command ends as it should too, and nothing is written.

    A harmless file costs `check` no more than that.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    lay_out(case)
    before = contents(tmp_path / "data")
    code, printed, seconds, megabytes = run_program("check")
    said = told(printed)

    assert "Traceback" not in printed
    assert is_quick(seconds, "check")
    assert megabytes < MEGABYTES
    assert code == (1 if case.kind == ERROR else 0)
    assert said == [] if case.kind == HARMLESS else (case.kind, case.sentence) in said
    assert len(printed) < MOST_PRINTED
    assert not HARMFUL.search(printed)
    for command, form in meets(case):
        arguments = (*command, "--format", form, "--as-of", "2012-06-30")
        code, printed, seconds, megabytes = run_program(*arguments)

        assert "Traceback" not in printed
        assert code == (3 if case.kind == ERROR else 0)
        assert told(printed)[:1] == said[:1]
        if case.kind != HARMLESS:  # a list of all of a large programme in order takes what it takes
            assert is_quick(seconds, *arguments)
            assert megabytes < MEGABYTES
    assert contents(tmp_path / "data") == before
    ran(1)
