"""Copies beside the three files, by whoever made them."""

from __future__ import annotations

import os
import unicodedata

import pytest

from cbfa.store.doctor.copies import Origin, origin_of
from cbfa.views.pages.doctor import care_of
from tests.store.doctor.damage import GONE, NEW, OTHER_THIRD, Damaged

SYNC = [
    "progress (conflicted copy 2012-06-30).yaml",
    "progress (Lan's conflicted copy 2012-06-30).yaml",
    "progress (Bản sao xung đột của Lan 2012-06-30).yaml",
    "progress (conflicted copy 2012-06-30 101112).yaml",
    "progress_conflict-20120630-101112.yaml",
    "progress (1).yaml",
    "progress(1).yaml",
    "Progress (2).YAML",
    "progress - Copy.yaml",
    "progress - Copy (2).yaml",
    "progress - Sao chép.yaml",
    "progress - Sao chép (3).yaml",
    "progress copy.yaml",
    "progress copy 2.yaml",
    "Copy of progress.yaml",
    "Bản sao của progress.yaml",
    "Bản sao của progress (1).yaml",
    "progress 2.yaml",
    "progress.sync-conflict-20120630-101112-ABCDEFG.yaml",
    "progress-DESKTOP-4AB9C2D.yaml",
    "progress-LAPTOP-4AB9C2D-2.yaml",
]
BACKUP = ["progress.yaml~", "progress.yaml.bak", "progress.yaml.orig", "#progress.yaml#", "progress_LOCAL_1234.yaml"]
PERHAPS = [
    "progress-MAY-LAN.yaml",
    "progress-2012.yaml",
    "progress (nháp, KHÔNG DÙNG).yaml",
    "progress (2012 Lan).yaml",
]
NONE = [
    "progress.yaml",
    "progress.yaml.lock",
    "progress.yaml.torn",
    "progress.yml",
    "my progress.yaml",
    "progress.2.yaml",
]
NONE += ["progressive (1).yaml", "roadmap (1).yaml", "progress", "progress-.yaml.txt", ""]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("name", "origin"),
    [
        *((name, Origin.SYNC) for name in SYNC),
        *((name, Origin.BACKUP) for name in BACKUP),
        *((name, Origin.PERHAPS) for name in PERHAPS),
    ],
)
def test_names_of_copies(name: str, origin: Origin, form: str):
    """Every maker of copies is known by its names, in either Unicode form."""
    assert origin_of(unicodedata.normalize(form, name), "progress.yaml") is origin


@pytest.mark.parametrize("name", NONE)
def test_names_of_others(name: str):
    """The file itself, what cbfa puts beside it, and other files are no copies."""
    assert origin_of(name, "progress.yaml") is None


@pytest.mark.parametrize(
    "name",
    [
        SYNC[1],
        unicodedata.normalize("NFD", SYNC[10]),
        "progress (conflict \x1b[31m\n\u202e).yaml",
        "progress (conflict \udcff).yaml",
    ],
)
def test_a_copy_in_order_is_taken_over_and_moved(data: Damaged, name: str):
    """What it has and the journal lacks is appended; the copy is whole in kept/."""
    if os.name == "nt" and ("\n" in name or "\udcff" in name):
        pytest.skip("Windows has no such names")
    before = data.raw
    data.write(name, before + NEW)

    assert data.findings() == [("fix", "copy", name)]
    treated = data.fix()
    assert len(treated.done) == 1
    assert data.raw == before + b"# merged from another copy: e-3\n" + NEW
    assert data.kept() == {name: before + NEW}
    assert not (data.path / name).exists()
    assert data.look() == []


def test_copies_that_share_a_record_bring_it_once(data: Damaged):
    """Each is compared with what the journal has by then."""
    for number in range(3):
        data.write(f"progress ({number}).yaml", NEW + NEW.replace(b"e-3", f"c-{number}".encode()))
    data.fix()

    assert data.raw.count(b'"e-3"') == 1
    assert len(data.lines()) == 6


def test_copies_that_contradict_each_other(data: Damaged):
    """Neither is taken over before the other: both are for a person, who is shown both records."""
    names = ["progress (1).yaml", "progress (2).yaml"]
    for name, raw in zip(names, (NEW, OTHER_THIRD), strict=True):
        data.write(name, raw)
    before = data.raw
    treated = data.fix()

    assert (treated.done, data.raw) == ([], before)
    assert [(care_of(one).value, one.place.file) for one in treated.left] == [("decide", name) for name in names]
    for one in treated.left:
        assert [line.partition(" | ")[0] for line in sorted(one.shown)] == names


def test_a_draft_is_no_copy_that_a_sync_program_made(data: Damaged):
    """What a person wrote into the name says nothing of a sync program: whether it counts is for that person."""
    before = data.raw
    data.write("progress (nháp, KHÔNG DÙNG).yaml", before + NEW)
    treated = data.fix()

    assert (treated.done, data.raw) == ([], before)
    assert [care_of(one).value for one in treated.left] == ["decide"]


def test_a_copy_with_an_entry_without_a_milestone_is_taken_over(data: Damaged):
    """The roadmap may have been changed since; the entry is kept, as a merge keeps it."""
    data.write("progress (1).yaml", GONE)

    assert [(care, kind) for care, kind, _ in data.findings()] == [("fix", "copy")]
    data.fix()
    assert data.raw.endswith(GONE)


@pytest.mark.parametrize("raw", [NEW + b"no entry\n", NEW[:-1], b"<<<<<<< x\n" + NEW, b"\xff\xfe\0\n"])
def test_a_copy_that_is_not_in_order_is_left(data: Damaged, raw: bytes):
    """Nothing of it is taken over, and it stays where it is."""
    before = data.raw
    data.write("progress (1).yaml", raw)

    assert [(care, kind) for care, kind, _ in data.findings()] == [("decide", "copy")]
    assert data.fix().done == []
    assert data.raw == before
    assert (data.path / "progress (1).yaml").read_bytes() == raw


@pytest.mark.parametrize("name", [*BACKUP, *PERHAPS])
def test_what_a_person_may_have_meant_is_not_taken_over(data: Damaged, name: str):
    """A backup or a copy of one's own can hold lines that were taken out on purpose."""
    data.write(name, NEW)
    before = data.raw

    assert data.findings() == [("decide", "copy", name)]
    assert data.fix().done == []
    assert data.raw == before


@pytest.mark.parametrize("name", BACKUP)
def test_a_backup_with_nothing_new_is_moved(data: Damaged, name: str):
    """All that is in it is in the journal."""
    data.write(name, data.raw)
    data.fix()

    assert list(data.kept()) == [name]


def test_a_file_of_ones_own_is_no_copy(data: Damaged):
    """What only might be OneDrive's name, and holds no records, is not even reported."""
    data.write("progress-notes.yaml", b"my notes\n")

    assert data.look() == []


def test_without_a_whole_roadmap_nothing_is_taken_over(data: Damaged):
    """Whether entries fit can only be said by a roadmap in order."""
    roadmap = (data.path / "roadmap.yaml").read_bytes()
    data.write("roadmap.yaml", roadmap.replace(b"in: 2012", b"in: 1812"))
    data.write("progress (1).yaml", NEW)

    assert [(care, kind) for care, kind, _ in data.findings()] == [("decide", "copy"), ("decide", "check")]


@pytest.mark.parametrize("name", ["roadmap", "agencies"])
def test_copies_of_what_is_written_by_hand(data: Damaged, name: str):
    """One that says the same is moved, whatever its line ends; of one that differs the first such line is shown."""
    raw = (data.path / f"{name}.yaml").read_bytes()
    data.write(f"{name} (1).yaml", raw)
    data.write(f"{name} (2).yaml", b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    data.write(f"{name} (3).yaml", raw + b"# one line more\n")
    treated = data.fix()

    assert sorted(data.kept()) == [f"{name} (1).yaml", f"{name} (2).yaml"]
    assert [(care_of(one).value, one.place.file) for one in treated.left] == [("decide", f"{name} (3).yaml")]
    assert treated.left[0].shown == (f"{name} (3).yaml:{len(raw.splitlines()) + 1} | # one line more",)
    assert (data.path / f"{name}.yaml").read_bytes() == raw


def test_a_draft_of_ones_own_is_only_good_to_know(data: Damaged):
    """`roadmap-2016.yaml` may be OneDrive's or a person's."""
    data.write("roadmap-2016.yaml", b"format: 1\n")

    assert data.findings() == [("know", "copy", "roadmap-2016.yaml")]


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes of Unix")
def test_links_folders_and_pipes_are_no_copies(data: Damaged):
    """They are not read, not waited for and not moved."""
    (data.path / "progress (1).yaml").symlink_to(data.journal)
    (data.path / "progress (2).yaml").mkdir()
    os.mkfifo(data.path / "progress (3).yaml")

    assert data.look() == []
    assert data.fix().done == []


def test_kept_names_are_free(data: Damaged):
    """A copy goes under another name where one of its name is kept already."""
    for raw in (NEW, NEW.replace(b"e-3", b"e-5")):
        data.write("progress (1).yaml", raw)
        data.fix()

    assert data.kept() == {"progress (1).yaml": NEW, "progress (1).2.yaml": NEW.replace(b"e-3", b"e-5")}
