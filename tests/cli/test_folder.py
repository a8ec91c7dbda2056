"""Where the data is: option, environment, the nearest folder upwards, the packed programme."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.conftest import unix
from tests.cli.running import SHIPPED, TINY, contents, environment


@pytest.fixture
def three(tmp_path, monkeypatch):
    """Three programmes that can be told apart by their id: one here, one elsewhere, one in the environment."""
    for name in ("here", "elsewhere", "surroundings"):
        shutil.copytree(TINY, tmp_path / name / "data")
        path = tmp_path / name / "data" / "roadmap.yaml"
        path.write_text(path.read_text("utf-8").replace("id: bridges", f"id: {name}"), "utf-8")
    (tmp_path / "here" / "deep" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "deep" / "below")
    return tmp_path


def found(cbfa, *arguments):
    return cbfa.json("list", *arguments).page["programme"]


def test_the_nearest_folder_upwards(cbfa, three):
    """Without a word it is the nearest `data/roadmap.yaml`, looking upwards."""
    assert found(cbfa) == "here"


def test_the_environment_comes_before_it(cbfa, three, monkeypatch):
    """`CBFA_DATA` comes before the folders above; an empty one is none."""
    monkeypatch.setenv("CBFA_DATA", str(three / "surroundings" / "data"))
    in_environment = found(cbfa)
    monkeypatch.setenv("CBFA_DATA", "")

    assert in_environment == "surroundings"
    assert found(cbfa) == "here"


def test_the_option_comes_before_both(cbfa, three, monkeypatch):
    """`--data` comes first; the folder above `data` is understood too."""
    monkeypatch.setenv("CBFA_DATA", str(three / "surroundings" / "data"))

    assert found(cbfa, "--data", str(three / "elsewhere" / "data")) == "elsewhere"
    assert found(cbfa, "--data", str(three / "elsewhere")) == "elsewhere"


def test_a_folder_with_spaces_and_diacritics(cbfa, three):
    """A folder may have any name."""
    (three / "elsewhere").rename(three / "Chương trình 2011 – 2015")

    assert found(cbfa, "--data", str(three / "Chương trình 2011 – 2015" / "data")) == "elsewhere"


@pytest.mark.parametrize("how", ["option", "environment"])
def test_a_folder_without_a_roadmap(cbfa, three, monkeypatch, how):
    """A folder that was named and has no roadmap ends with exit code 4 and a fix; nothing else is tried."""
    if how == "environment":
        monkeypatch.setenv("CBFA_DATA", "nowhere")
    answer = cbfa("status", *(["--data", "nowhere"] if how == "option" else []))

    assert answer.code == 4
    assert answer.out == ""
    assert answer.err.startswith("error: nowhere has no roadmap.yaml\n  fix: ")
    assert "cbfa init nowhere" in answer.err


def test_a_folder_without_agencies(cbfa, three):
    """A file that is missing is named."""
    (three / "here" / "data" / "agencies.yaml").unlink()
    answer = cbfa("status")

    assert answer.code == 4
    assert "agencies.yaml: No such file or directory" in answer.err
    assert "fix: " in answer.err


def test_a_folder_without_a_journal(cbfa, three):
    """A programme of which nothing is recorded yet has no journal, and that is fine."""
    (three / "here" / "data" / "progress.yaml").unlink()

    assert cbfa("check").code == 0
    assert cbfa.json("list").page["items"][0]["last_entry"] is None


def test_a_folder_where_a_file_should_be(cbfa, three):
    """A folder by the name of a file is an answer with exit code 4, no traceback."""
    (three / "here" / "data" / "progress.yaml").unlink()
    (three / "here" / "data" / "progress.yaml").mkdir()
    answer = cbfa("status")

    assert answer.code == 4
    assert "progress.yaml" in answer.err


def test_away_from_any_data_it_is_the_packed_programme(cbfa, tmp_path, monkeypatch):
    """In an empty folder the programme that comes with cbfa answers at once."""
    monkeypatch.chdir(tmp_path)

    assert found(cbfa) == "cao-bang-2011-2015"


def test_the_packed_programme_is_read_only(cbfa, tmp_path, monkeypatch):
    """What is marked there goes to the user's own journal and is read together with the packed one."""
    monkeypatch.chdir(tmp_path)
    before = contents(SHIPPED)
    shipped = len(cbfa.json("log").page["items"])
    marked = cbfa("mark", "guangxi-mou", "done", "--on", "2012-12-20")
    own = tmp_path / "share" / "cbfa" / "progress.yaml"

    assert marked.code == 0, marked.err
    assert contents(SHIPPED) == before
    assert own.read_text("utf-8").count("\n") == 1
    assert len(cbfa.json("log").page["items"]) == shipped + 1
    assert cbfa.json("list", "--search", "guangxi-mou", "--as-of", "2012").page["items"][0]["progress"] == "done"


def test_own_entries_and_packed_ones_can_be_taken_back(cbfa, tmp_path, monkeypatch):
    """An entry of the packed journal is taken back by a line in the user's own."""
    monkeypatch.chdir(tmp_path)
    first = cbfa.json("log").page["items"][0]["id"]
    answer = cbfa("undo", first, "--yes")

    assert answer.code == 0, answer.err
    assert first not in [entry["id"] for entry in cbfa.json("log").page["items"]]


def _give_up_root() -> None:
    """Takes from root the right to read and write whatever it likes, which others do not have to begin with."""
    drop_from_bounding_set = 24
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def as_anybody(folder, *arguments):
    """Runs the program so that permissions bind it."""
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("root may write everywhere")
    return subprocess.run(
        [sys.executable, "-m", "cbfa", *arguments, "--lang", "en"],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=_give_up_root if os.geteuid() == 0 else None,
    )


@pytest.fixture
def locked(bridges):
    """A programme that may be read and not written."""
    data = bridges / "data"
    for path in data.iterdir():
        path.chmod(0o444)
    data.chmod(0o555)
    yield bridges
    data.chmod(0o755)


@unix
def test_a_folder_that_may_not_be_written(locked):
    """Reading works; marking ends with exit code 4, one sentence and a fix, and leaves no lock behind."""
    before = contents(locked)
    read = as_anybody(locked, "list")
    marked = as_anybody(locked, "mark", "stone-bridge", "done", "--on", "2012-06-01")

    assert read.returncode == 0, read.stderr.decode()
    assert b"Stone bridge" in read.stdout
    assert marked.returncode == 4
    assert marked.stdout == b""
    assert marked.stderr.decode().startswith("error: cannot write ")
    assert "data/progress.yaml: Permission denied\n  fix: " in marked.stderr.decode()
    assert contents(locked) == before


@unix
def test_a_file_that_may_not_be_read(locked):
    """A file without permission ends with exit code 4 and a sentence that names it."""
    (locked / "data" / "agencies.yaml").chmod(0o000)
    answer = as_anybody(locked, "status")

    assert answer.returncode == 4
    assert answer.stderr.decode().startswith("error: cannot read ")
    assert "data/agencies.yaml: Permission denied\n  fix: " in answer.stderr.decode()
    assert answer.stdout == b""


def test_a_file_named_as_the_folder_is_answered_with_its_folder(cbfa, bridges):
    """The fix is a folder that works."""
    answer = cbfa("status", "--data", "data/roadmap.yaml")

    assert answer.code == 4
    assert answer.err == (
        "error: data/roadmap.yaml is a file, not a folder\n  fix: name the folder in which it is: data\n"
    )
    assert cbfa("status", "--data", "data").code == 0


@pytest.mark.parametrize(("data", "fix"), [("x" * 300, "use a shorter name")])
def test_a_folder_that_the_system_refuses_is_not_called_empty(cbfa, bridges, data, fix):
    """The reason is the system's, and the fix is for that reason."""
    answer = cbfa("status", "--data", data)

    assert answer.code == 4
    assert "cannot read" in answer.err
    assert fix in answer.err
