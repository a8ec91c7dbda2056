"""`cbfa doctor` and `cbfa doctor --fix`: the whole data folder, on screen."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import unix
from tests.cli.running import contents, process, terminal
from tests.store.doctor.damage import GONE, NEW, traces


@pytest.fixture
def data(bridges):
    """The data folder of the tiny programme."""
    return bridges / "data"


def add(data, raw):
    path = data / "progress.yaml"
    path.write_bytes(path.read_bytes() + raw)


def test_a_sound_folder(cbfa, data):
    """It says so, ends with 0 and has written nothing, with --fix too."""
    before = traces(data)
    looked, fixed = cbfa("doctor"), cbfa("doctor", "--fix")

    assert (looked.code, fixed.code) == (0, 0)
    assert (
        looked.out == fixed.out == "The data folder data\n====================\nNothing was changed.\nNothing to do.\n"
    )
    assert looked.err == ""
    assert traces(data) == before


def test_the_shipped_programme_is_sound(cbfa, programme):
    """Nothing is to be done in what cbfa brings along."""
    answer = cbfa("doctor")

    assert answer.code == 0
    assert "Nothing to do." in answer.out


def test_it_looks_then_mends_then_leaves_what_a_person_decides(cbfa, data):
    """The last line counts; the exit code is 1 as long as anything is left."""
    add(data, NEW[:30])
    (data / "progress (1).yaml").write_bytes(NEW)
    before = traces(data)
    looked = cbfa("doctor")

    assert looked.code == 1
    assert looked.out.endswith("\n2 for cbfa doctor --fix\n")
    assert "Nothing was changed." in looked.out
    assert traces(data) == before
    fixed = cbfa("doctor", "--fix")
    assert fixed.code == 1
    assert fixed.out.endswith("\n2 done · 1 for you to decide\n")
    assert "1 record merged; the copy is now kept/progress (1).yaml" in fixed.out
    (data / "progress.yaml.torn").unlink()
    assert cbfa("doctor").code == 0
    assert cbfa("check").code == 0


def test_what_is_good_to_know_is_nothing_to_do(cbfa, data):
    """The exit code is 0."""
    add(data, NEW)
    (data / "progress.yaml.torn").write_bytes(NEW)
    answer = cbfa("doctor")

    assert answer.code == 0
    assert "everything in this file is also in the journal · delete it if you no longer need it" in answer.out
    assert answer.out.endswith("\nNothing to do.\n")


def test_in_vietnamese(cbfa, data):
    """The places are the same, the sentences are not."""
    add(data, NEW.replace(b"progress", b"done", 1) + NEW)
    answer = cbfa("doctor", "--lang", "vi")

    assert answer.code == 1
    assert "progress.yaml:4: hai bản ghi" in answer.out
    assert answer.out.endswith("\n1 việc cần người quyết định\n")


def test_for_programs(cbfa, data):
    """JSON and CSV have one item for each finding, with stable words."""
    add(data, GONE + NEW[:30])
    page = json.loads(cbfa("doctor", "--format", "json").out)

    assert (page["version"], page["kind"], page["folder"]) == (1, "doctor", "data")
    assert [(item["kind"], item["care"], item["file"], item["line"]) for item in page["items"]] == [
        ("torn-tail", "fix", "progress.yaml", 5),
        ("check", "know", "data", None),
    ]
    assert cbfa("doctor", "--format", "csv").out.startswith("kind,care,file,line,message,advice,shown\r\n")
    assert cbfa("doctor", "--format", "markdown").out.startswith("# The data folder data\n")


def test_a_wrong_form_mends_nothing(cbfa, data):
    """It is reported before anything is done."""
    add(data, NEW[:30])
    before = contents(data)
    answer = cbfa("doctor", "--fix", "--format", "picture")

    assert answer.code == 2
    assert contents(data) == before


def test_a_repair_that_fails_is_reported(cbfa, data):
    """The sentence is on standard error, the others are done, and the exit code is 4."""
    add(data, b"<<<<<<< HEAD\n" + NEW[:30])
    (data / "kept").write_bytes(b"a file")
    answer = cbfa("doctor", "--fix")

    assert answer.code == 4
    assert answer.err.startswith("error: cannot write data/kept")
    assert answer.out.endswith("\n1 done · 1 for cbfa doctor --fix · 1 for you to decide\n")


@pytest.mark.parametrize("option", [(), ("--fix",)])
def test_an_empty_folder(cbfa, tmp_path, option):
    """Where there is no programme there is nothing to look at: exit code 4, and nothing is written."""
    (tmp_path / "empty").mkdir()
    answer = cbfa("doctor", "--data", str(tmp_path / "empty"), *option)

    assert answer.code == 4
    assert "has no roadmap.yaml" in answer.err
    assert list((tmp_path / "empty").iterdir()) == []


@unix
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_on_a_terminal(data, columns, lang):
    """Nothing is wider than the terminal, and a name cannot speak to it."""
    name = "progress (\x1b[31m\nerror: fake\u202e).yaml"
    (data / name).write_bytes(GONE)
    answer = terminal("doctor", "--lang", lang, "--no-color", cwd=data.parent, columns=columns)

    assert answer.code == 1
    assert max(len(line) for line in answer.out.splitlines()) <= columns
    assert "\x1b[31m" not in answer.out
    assert "\u202e" not in answer.out
    assert not any(line.startswith("error: fake") for line in answer.out.splitlines())


@unix
def test_in_an_old_console(data):
    """Without UTF-8 every letter has a nearest one."""
    add(data, NEW[:30])
    answer = process("doctor", "--lang", "vi", cwd=data.parent, encoding="ascii", PYTHONIOENCODING="ascii")

    assert answer.code == 1
    assert "dong cuoi co the ghi do" in answer.out


@unix
def test_marks_go_on_after_a_fix(cbfa, data):
    """The lock is let go, and the journal that was put in place is the one that is written."""
    os.chmod(data / "progress.yaml", 0o640)  # noqa: PTH101
    add(data, b"<<<<<<< HEAD\n")
    cbfa("doctor", "--fix")
    marked = cbfa("mark", "stone-bridge", "progress", "--yes", "--on", "2012-06-01")

    assert marked.code == 0, marked.err
    assert (data / "progress.yaml").stat().st_mode & 0o777 == 0o640
    assert cbfa("doctor").code == 0


def test_a_journal_in_utf_16_is_left_to_a_person(cbfa, data):
    """Its last byte is no torn line: without it nobody could read the file again."""
    path = data / "progress.yaml"
    for encoding in ("utf-16", "utf-16-le"):
        path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
        before = path.read_bytes()
        cbfa("doctor", "--fix")

        assert path.read_bytes() == before
        path.write_bytes(before.decode(encoding).encode())


@unix
def test_whoever_may_write_the_journal_may_lock_it(cbfa, data):
    """In a folder that officers share, the lock of the first does not keep the second out."""
    (data / "progress.yaml").chmod(0o664)
    before = os.umask(0o022)
    try:
        cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01")
    finally:
        os.umask(before)

    assert (data / "progress.yaml.lock").stat().st_mode & 0o777 == 0o664
