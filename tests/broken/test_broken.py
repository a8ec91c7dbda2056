"""One small broken programme for each thing that a user can get wrong in the files.

cases.txt holds the edits and the exact text that `cbfa check` prints. Other encodings, torn files and deep nesting are made below.

After a sentence was changed on purpose: run with CBFA_ACCEPT=1, then read every difference as a user would.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from pathlib import Path

import pytest

from tests.broken.cases import Case, accept, read_cases
from tests.cli.running import FILES, contents

ROADMAP, AGENCIES, PROGRESS = FILES
EVERY_FILE = pytest.mark.parametrize("name", FILES)
EVERY_CASE = pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)

pytestmark = pytest.mark.usefixtures("bridges")


def test_the_valid_programme_is_valid(cbfa):
    """The programme that all cases break has no problem of its own."""
    answer = cbfa("check")

    assert answer.code == 0
    assert answer.err == ""


@EVERY_CASE
def test_a_broken_file_is_explained(cbfa, case: Case):
    """`check` prints exactly what is expected, another command refuses with the same text, and nothing is written."""
    for name, text in case.files.items():
        (Path("data") / name).write_text(text, encoding="utf-8", newline="")
    before = contents(Path("data"))
    check, status = cbfa("check"), cbfa("status", "--as-of", "2012")
    if os.environ.get("CBFA_ACCEPT"):
        accept(case, check.err)
        return
    errors = case.expected.count(": error: ")

    counted = "the roadmap has no occurrence" in case.expected

    assert check.err == case.expected
    assert check.code == (1 if errors else 0)
    assert status.code == (3 if errors else 0)
    assert status.err.startswith("" if counted else case.expected)
    assert ("not in the roadmap" in status.out) is counted
    assert bool(status.out) is not bool(errors)
    assert contents(Path("data")) == before


@EVERY_CASE
def test_every_problem_has_a_place_a_caret_and_a_fix(case: Case):
    """A problem is file:line:column, a sentence, the line with a caret (where the file has that line), and a fix."""
    lines = case.expected.splitlines()
    heads = [number for number, line in enumerate(lines) if not line.startswith("  ")]

    assert heads
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        place = lines[head].split(": ")[0]
        assert len(place.split(":")) == 3
        assert lines[end - 1].startswith("  fix: ")
        assert end - head == 2 or lines[head + 2].rstrip().endswith("^")


def alter(name: str, change) -> None:
    """Rewrite the bytes of a file of the programme."""
    path = Path("data") / name
    path.write_bytes(change(path.read_bytes()))


def first_line(cbfa, code: int = 1) -> str:
    """Return the first line that `check` prints, after it ended as it should and in good time."""
    start = time.process_time()
    answer = cbfa("check")

    assert answer.code == code
    assert time.process_time() - start < 5
    assert len(answer.err) < 50_000
    return answer.err.partition("\n")[0]


@EVERY_FILE
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="byte-order mark"),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), id="Windows line ends"),
        pytest.param(lambda raw: unicodedata.normalize("NFD", raw.decode()).encode(), id="decomposed"),
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"), id="both"),
    ],
)
def test_what_editors_do_to_files_is_fine(cbfa, name, change):
    """A byte-order mark, Windows line ends and decomposed Unicode change nothing in any answer."""
    known = cbfa("report", "--as-of", "2012", "--lang", "vi").out
    alter(name, change)

    assert first_line(cbfa, 0) == ""
    assert cbfa("report", "--as-of", "2012", "--lang", "vi").out == known


@EVERY_FILE
@pytest.mark.parametrize("encoding", ["cp1258", "utf-16"])
def test_another_encoding_is_an_error_with_a_place(cbfa, name, encoding):
    """A file that is not UTF-8 is refused at the line of its first wrong byte."""
    alter(name, lambda raw: unicodedata.normalize("NFD", raw.decode()).encode(encoding, "ignore"))

    assert re.match(rf"data/{name}:\d+:\d+: error: ", first_line(cbfa))


@pytest.mark.parametrize("name", [ROADMAP, AGENCIES])
def test_the_column_of_an_error_counts_letters(cbfa, name):
    """The place of a NUL is right after letters of several bytes, too."""
    alter(name, lambda raw: raw.replace(b"format: 1\n", "format: 1\n# ầu\n# \0x\n".encode()))

    assert first_line(cbfa).startswith(f"data/{name}:3:3: error: ")


def test_a_journal_filled_with_nul_warns(cbfa):
    """A journal whose end a power cut has filled with NUL is read up to there."""
    alter(PROGRESS, lambda raw: raw + b"\0" * 512)

    assert first_line(cbfa, 0).startswith("data/progress.yaml:4:1: warning: ")
    assert "2 entries" in cbfa("log").out


@pytest.mark.parametrize("cut", [1, 2, 30, 100])
def test_a_torn_last_line_warns(cbfa, cut):
    """A journal cut anywhere in its last line warns, counts the lines before, and stops no command."""
    alter(PROGRESS, lambda raw: raw[:-cut])
    log = cbfa("log")

    assert first_line(cbfa, 0).startswith("data/progress.yaml:3:1: warning: ")
    assert log.code == 0
    assert "1 entry" in log.out


@pytest.mark.parametrize(
    ("name", "nested"),
    [
        (ROADMAP, b"x: " + b"[" * 1000 + b"]" * 1000 + b"\n"),
        (ROADMAP, b"x:\n" + b"- " * 1000 + b"y\n"),
        (AGENCIES, b"x: " + b"{a: " * 1000 + b"}" * 1000 + b"\n"),
        (PROGRESS, b'- {"id":' + b"[" * 1000 + b"]" * 1000 + b"}\n"),
        (PROGRESS, b"- " + b'{"a":' * 1000 + b"1" + b"}" * 1000 + b"\n"),
    ],
)
def test_deep_nesting_is_an_error(cbfa, name, nested):
    """A thousand levels of nesting are refused in one sentence."""
    alter(name, lambda raw: raw + nested)
    answer = cbfa("check")

    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert answer.err.count(": error: ") <= 2


def test_a_flood_of_problems_is_cut_off(cbfa):
    """A file with 200 problems prints the first hundred."""
    alter(ROADMAP, lambda raw: raw + b"x: [" + b"*a, " * 200 + b"]\n")

    assert 0 < cbfa("check").err.count("“*a”") <= 100


@EVERY_FILE
def test_only_a_journal_may_be_empty(cbfa, name):
    """An empty roadmap or list of agencies is an error; an empty journal is fine."""
    alter(name, lambda _raw: b"")
    line = first_line(cbfa, 0 if name == PROGRESS else 1)

    assert line.partition(" error: ")[0] == ("" if name == PROGRESS else f"data/{name}:1:1:")
