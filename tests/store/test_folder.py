"""Where a programme lives, and reading all of it at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cbfa.errors import BadData, NoAccess
from cbfa.problems import Severity
from cbfa.store.folder import Folder, find_folder, packed_folder
from cbfa.store.journal.lines import line_of
from cbfa.store.loading import load
from tests.strategies import append, entry

NAMES = ["agencies.yaml", "progress.yaml", "roadmap.yaml"]


@pytest.fixture
def home(tmp_path: Path, shipped_folder: Path) -> Path:
    """A folder with a copy of the shipped programme in `data`."""
    (tmp_path / "home" / "data").mkdir(parents=True)
    for name in NAMES:
        shutil.copy(shipped_folder / name, tmp_path / "home" / "data" / name)
    return tmp_path / "home"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder without a programme."""
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


def test_the_folder_that_is_named_is_taken(home: Path, elsewhere: Path):
    """By the folder of the files, or by the one that has them under `data`; the journal is the one in it."""
    for wish in (home, home / "data"):
        folder = find_folder(str(wish), {"CBFA_DATA": str(elsewhere)}, elsewhere)

        assert folder == Folder(home / "data", home / "data" / "progress.yaml")
        assert not folder.is_packed


def test_else_the_environment_is_asked(home: Path, elsewhere: Path):
    """`CBFA_DATA` comes second; an empty one does not count."""
    assert find_folder(None, {"CBFA_DATA": str(home)}, elsewhere).path == home / "data"
    assert find_folder(None, {"CBFA_DATA": ""}, home).path == home / "data"


def test_else_the_nearest_folder_upwards_is_taken(home: Path):
    """From deep inside a programme's folder, it is found."""
    deep = home / "docs" / "2012"
    deep.mkdir(parents=True)

    assert find_folder(None, {}, deep).path == home / "data"


def test_else_the_packed_programme_is_read(elsewhere: Path):
    """Anywhere at all there is a programme, whose journal is written in the user's own folder."""
    folder = find_folder(None, {}, elsewhere)

    assert folder == packed_folder()
    assert (folder.path / "roadmap.yaml").is_file()
    assert folder.is_packed
    assert folder.path not in folder.own_journal.parents


@pytest.mark.parametrize("by", ["wish", "environment"])
def test_a_folder_without_a_programme_is_no_access(elsewhere: Path, by: str):
    """What was named is meant: nothing else is taken in its place."""
    wish, environment = (str(elsewhere), {}) if by == "wish" else (None, {"CBFA_DATA": str(elsewhere)})

    with pytest.raises(NoAccess) as caught:
        find_folder(wish, environment, elsewhere)
    assert str(caught.value.message) == f"{elsewhere} has no roadmap.yaml"
    assert "cbfa init" in str(caught.value.fix)


def test_two_journals_are_their_union(home: Path, elsewhere: Path):
    """What the packed journal and the user's own both have counts once."""
    shared, own = entry("shared", "2012-01-01", "ingo-board"), entry("own", "2012-02-01", "ingo-board")
    append(home / "data" / "progress.yaml", [shared])
    append(elsewhere / "progress.yaml", [shared, own])
    before = load(Folder(home / "data", home / "data" / "progress.yaml"))
    loaded = load(Folder(home / "data", elsewhere / "progress.yaml"))

    assert loaded.problems == []
    assert len(loaded.journal) == len(before.journal) + 1


@pytest.mark.parametrize("name", ["roadmap.yaml", "agencies.yaml"])
def test_a_missing_file_is_no_access(home: Path, name: str):
    """Without the roadmap or the agencies there is no programme."""
    (home / "data" / name).unlink()

    with pytest.raises(NoAccess, match=name):
        load(Folder(home / "data", home / "data" / "progress.yaml"))


def test_a_missing_journal_is_an_empty_one(home: Path):
    """A programme in which nothing has happened yet is in order."""
    (home / "data" / "progress.yaml").unlink()
    loaded = load(Folder(home / "data", home / "data" / "progress.yaml"))

    assert (loaded.problems, len(loaded.journal)) == ([], 0)


def broken(home: Path, name: str, old: str, new: str) -> None:
    """Replaces a text that stands in a file."""
    path = home / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_problems_of_all_files_come_at_once(home: Path):
    """Each at its own file, line and column, in the order of their places; nothing is usable."""
    broken(home, "roadmap.yaml", "due_soon_days: 60", "due_soon_days: sixty")
    broken(home, "agencies.yaml", "code: SNgV", "kode: SNgV")
    with (home / "data" / "progress.yaml").open("ab") as file:
        file.write(b"- id: odd\n")
    loaded = load(Folder(home / "data", home / "data" / "progress.yaml"))
    with pytest.raises(BadData) as caught:
        loaded.usable()

    assert [(Path(one.place.file).name, str(one.message)) for one in caught.value.problems] == [
        ("agencies.yaml", "unknown field “kode”"),
        ("progress.yaml", "an entry must be one line: - {…}"),
        ("roadmap.yaml", "expected a whole number, not “sixty”"),
    ]
    assert all(one.place.line and one.place.column and one.place.excerpt for one in caught.value.problems)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("agencies.yaml", "code: SNgV", "kode: SNgV", "unknown field “kode”"),
        ("roadmap.yaml", "II.1.1:\n        vi: Hợp", "II.1.1:\n        vj: Hợp", "the programme has no language “vj”"),
    ],
    ids=["agency", "objective"],
)
def test_what_was_left_out_is_not_said_to_be_missing(home: Path, name: str, old: str, new: str, sentence: str):
    """One slip in an agency or an objective is reported once; the milestones that name it are not blamed."""
    broken(home, name, old, new)
    told = [str(problem.message) for problem in load(Folder(home / "data", home / "data" / "progress.yaml")).problems]

    assert sentence in told
    assert [one for one in told if "SoNgoaiVu" in one or "II.1.1" in one] == []


def test_a_finding_stands_where_its_words_stand(home: Path):
    """An unknown agency is pointed at in the roadmap, an unknown key in the journal."""
    broken(home, "roadmap.yaml", "coordinator: SoNgoaiVu", "coordinator: SoNgoaiVuu")
    odd = entry("odd", "2012-01-01", "guangxi-mo")
    append(home / "data" / "progress.yaml", [odd])
    coordinator, key = sorted(
        load(Folder(home / "data", home / "data" / "progress.yaml")).problems,
        key=lambda one: one.place.file,
        reverse=True,
    )

    assert coordinator.place.excerpt == "  coordinator: SoNgoaiVuu"
    assert coordinator.place.column == len("  coordinator: ") + 1
    assert "guangxi-mou" in str(key.fix)
    assert key.place.excerpt + "\n" == line_of(odd)


def test_warnings_stop_nothing(home: Path):
    """A torn tail is reported, and the programme is usable all the same."""
    with (home / "data" / "progress.yaml").open("ab") as file:
        file.write(b"- {torn")
    loaded = load(Folder(home / "data", home / "data" / "progress.yaml"))

    assert [problem.severity for problem in loaded.problems] == [Severity.WARNING]
    assert loaded.errors == []
    assert len(loaded.usable()[1]) == len(loaded.journal)


def test_reading_writes_nothing(home: Path):
    """Neither a lock nor anything else appears beside the files, and none of them changes."""
    before = {path.name: path.read_bytes() for path in (home / "data").iterdir()}
    load(Folder(home / "data", home / "data" / "progress.yaml"))

    assert {path.name: path.read_bytes() for path in (home / "data").iterdir()} == before
