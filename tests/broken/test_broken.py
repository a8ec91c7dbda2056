"""One small broken programme for each thing that a user can get wrong in the files.

A folder here holds what differs from the valid programme in `_valid`, and, in `expected.txt`, the exact text that
`cbfa check` prints of it. What cannot well be kept as a file (other encodings, great size, great depth) is made below.

After a sentence was changed on purpose: run with CBFA_ACCEPT=1, then read every difference as a user would.
"""

from __future__ import annotations

import os
import shutil
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.running import FILES, TINY, Program, contents

HERE = Path(__file__).parent
BROKEN = sorted(path.name for path in HERE.iterdir() if (path / "expected.txt").exists())
ROADMAP, AGENCIES, PROGRESS = FILES
EVERY_FILE = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def cbfa(tmp_path, monkeypatch, capsys):
    """The program, run in a folder with the valid programme."""
    (tmp_path / "data").mkdir()
    for name in FILES:
        shutil.copy(TINY / name, tmp_path / "data" / name)
    monkeypatch.chdir(tmp_path)
    for name in ("CBFA_DATA", "CBFA_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return Program(monkeypatch, capsys)


def test_the_valid_programme_is_valid(cbfa):
    """What the broken ones differ from has no problem of its own."""
    answer = cbfa("check")

    assert answer.code == 0
    assert answer.err == ""


@pytest.mark.parametrize("folder", BROKEN)
def test_a_broken_file_is_explained(cbfa, folder):
    """`check` prints exactly what is expected, any other command refuses with the same, and nothing is written."""
    for path in (HERE / folder).glob("*.yaml"):
        shutil.copy(path, Path("data") / path.name)
    before = contents(Path("data"))
    check, status = cbfa("check"), cbfa("status", "--as-of", "2012")
    if os.environ.get("CBFA_ACCEPT"):
        (HERE / folder / "expected.txt").write_text(check.err, encoding="utf-8")
    expected = (HERE / folder / "expected.txt").read_text(encoding="utf-8")
    errors = expected.count(": error: ")

    assert check.err == expected
    assert check.code == (1 if errors else 0)
    assert status.code == (3 if errors else 0)
    assert status.err.startswith(expected)
    assert bool(status.out) is not bool(errors)
    assert contents(Path("data")) == before


@pytest.mark.parametrize("folder", BROKEN)
def test_every_problem_has_a_place_a_caret_and_a_mend(folder):
    """Each is file:line:column, a sentence, the line with a caret (where the file has that line), and a fix."""
    lines = (HERE / folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if not line.startswith("  ")]

    assert heads
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        place = lines[head].split(": ")[0]
        assert len(place.split(":")) == 3
        assert lines[end - 1].startswith("  fix: ")
        assert end - head == 2 or lines[head + 2].rstrip().endswith("^")


def alter(name: str, change) -> None:
    """Rewrites the bytes of a file of the programme."""
    path = Path("data") / name
    path.write_bytes(change(path.read_bytes()))


def first_line(cbfa, code: int = 1) -> str:
    """The first line that `check` prints, after it ended as it should and in good time."""
    start = time.perf_counter()
    answer = cbfa("check")

    assert answer.code == code
    assert time.perf_counter() - start < 5
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
def test_another_encoding(cbfa, name, encoding):
    """What is not UTF-8 is named with the line and the byte."""
    alter(name, lambda raw: unicodedata.normalize("NFD", raw.decode()).encode(encoding, "ignore"))
    line = first_line(cbfa)

    assert line.startswith(f"data/{name}:")
    assert "this file is not UTF-8: the byte 0x" in line


@pytest.mark.parametrize("name", [ROADMAP, AGENCIES])
def test_a_nul_in_a_file(cbfa, name):
    """A NUL is named with its place, behind letters of several bytes too."""
    alter(name, lambda raw: raw.replace(b"format: 1\n", "format: 1\n# ầu\n# \0x\n".encode()))

    assert first_line(cbfa) == f"data/{name}:3:3: error: the character U+0000 cannot stand in a YAML file"


def test_a_journal_filled_with_nul(cbfa):
    """A journal whose end a power cut has filled with NUL is read up to there."""
    alter(PROGRESS, lambda raw: raw + b"\0" * 512)

    assert first_line(cbfa, 0) == (
        "data/progress.yaml:4:1: warning: the last line is torn: it has no end, so it does not count"
    )


@pytest.mark.parametrize("cut", [1, 2, 30, 100])
def test_a_torn_last_line(cbfa, cut):
    """A journal cut anywhere in its last line warns, counts the lines before, and stops no command."""
    alter(PROGRESS, lambda raw: raw[:-cut])
    status = cbfa("log")

    assert first_line(cbfa, 0) == (
        "data/progress.yaml:3:1: warning: the last line is torn: it has no end, so it does not count"
    )
    assert status.code == 0
    assert "1 entry" in status.out


@pytest.mark.parametrize(
    ("name", "old", "place"),
    [
        (ROADMAP, b"Stone bridge", "data/roadmap.yaml:28:33"),
        (ROADMAP, b"stone-bridge", "data/roadmap.yaml:27:13"),
        (AGENCIES, b"Bridge Department", "data/agencies.yaml:5:28"),
    ],
)
def test_ten_megabytes_in_one_text(cbfa, name, old, place):
    """A text of ten megabytes is refused at its place, and not printed."""
    alter(name, lambda raw: raw.replace(old, b"x" * 10_000_000))

    assert first_line(cbfa) == f"{place}: error: this text is too long: 8000 characters are the most"


def test_ten_megabytes_in_one_entry(cbfa):
    """An entry of ten megabytes is refused by its line."""
    alter(PROGRESS, lambda raw: raw.replace("Nà Sác".encode(), b"x" * 10_000_000))

    assert first_line(cbfa) == "data/progress.yaml:2:1: error: this line has 9765 KB; an entry may have 256"


def test_a_file_that_is_too_long(cbfa):
    """A file over the limit is not read; the figures in the sentence say why."""
    alter(ROADMAP, lambda raw: raw + b"#" * (16 << 20))

    assert first_line(cbfa) == "data/roadmap.yaml: error: this file has 17 MB; a file may have 16"


@pytest.mark.parametrize("name", [ROADMAP, AGENCIES])
def test_an_alias_bomb(cbfa, name):
    """Nine aliases of nine aliases of … are refused where they stand, and none is followed."""
    letters = "abcdefghi"
    bomb = "a: &a [x]\n" + "".join(
        f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in pairwise(letters)
    )
    alter(name, lambda raw: raw + bomb.encode())
    errors = cbfa("check").err

    assert ": error: “&a” is an anchor, which a data file may not have" in errors
    assert ": error: “*a” is an alias, which a data file may not have" in errors
    assert first_line(cbfa)


def test_a_flood_of_problems(cbfa):
    """A file in which everything is wrong gets a hundred problems or so, not a million, and at once."""
    alter(ROADMAP, lambda raw: raw + b"x: [" + b"*a, " * 250_000 + b"]\n")
    answer = cbfa("check")

    assert answer.code == 1
    assert answer.err.count(" is an alias, which") <= 100


@pytest.mark.parametrize("depth", [1000, 100_000])
@pytest.mark.parametrize(
    ("name", "nest"),
    [
        (ROADMAP, lambda depth: b"x: " + b"[" * depth + b"]" * depth + b"\n"),
        (ROADMAP, lambda depth: b"x:\n" + b"- " * depth + b"y\n"),
        (AGENCIES, lambda depth: b"x: " + b"{a: " * depth + b"}" * depth + b"\n"),
        (PROGRESS, lambda depth: b'- {"id":' + b"[" * depth + b"]" * depth + b"}\n"),
        (PROGRESS, lambda depth: b"- " + b'{"a":' * (depth // 3) + b"1" + b"}" * (depth // 3) + b"\n"),
    ],
)
def test_deep_nesting(cbfa, name, nest, depth):
    """What is nested a thousand deep, or a hundred thousand, is refused in one sentence."""
    alter(name, lambda raw: raw + nest(depth))
    line = first_line(cbfa)

    assert line.startswith(f"data/{name}:")
    assert line.endswith((": error: this is nested more than 20 deep", "an entry may have 256"))


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("9" * 400, "is too large: 1000000000 is the most"),
        ("9" * 9000, "a number in this entry is too long"),
        ("NaN", "this is not JSON: NaN is no number"),
        ("1e400", "a whole number belongs here"),
        ("-1", "-1 is too small: 1 is the least"),
        ("true", "a whole number belongs here, not “true”"),
    ],
)
def test_odd_numbers_in_an_entry(cbfa, figure, sentence):
    """A number that no count can be is refused, however it is written."""
    alter(PROGRESS, lambda raw: raw.replace(b'"count":1', b'"count":' + figure.encode()))
    line = first_line(cbfa)

    assert line.startswith("data/progress.yaml:2:")
    assert sentence in line


@EVERY_FILE
def test_nothing_at_all(cbfa, name):
    """An empty roadmap or list of agencies is an error; an empty journal says that nothing is recorded yet."""
    alter(name, lambda _raw: b"")
    line = first_line(cbfa, 0 if name == PROGRESS else 1)

    assert line == ("" if name == PROGRESS else f"data/{name}:1:1: error: this file is empty")


def test_all_problems_of_all_files_come_at_once(cbfa):
    """A wrong type in one milestone, a wrong clause in another, errors in both other files: all are shown."""
    alter(ROADMAP, lambda raw: raw.replace(b"year: 2012", b"year: soon").replace(b"basis: IV.2", b"basis: IV.9"))
    alter(AGENCIES, lambda raw: raw.replace(b"code: SC", b"kode: SC"))
    alter(PROGRESS, lambda raw: raw.replace(b'"done"', b'"finished"'))
    heads = [line for line in cbfa("check").err.splitlines() if not line.startswith("  ")]

    assert [head.split(": ")[0] for head in heads] == [
        "data/agencies.yaml:6:5",
        "data/progress.yaml:3:57",
        "data/roadmap.yaml:32:38",
        "data/roadmap.yaml:48:20",
    ]
