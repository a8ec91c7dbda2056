"""What is wrong inside the three files, as far as the doctor tells it."""

from __future__ import annotations

import pytest

from tests.store.doctor.damage import NEW, Damaged


@pytest.mark.parametrize("name", ["roadmap.yaml", "agencies.yaml"])
def test_markers_in_what_is_written_by_hand(data: Damaged, name: str):
    """A person decides which side is right; check has nothing more to tell."""
    raw = (data.path / name).read_bytes()
    lines = raw.count(b"\n")
    data.write(name, raw + b"<<<<<<< HEAD\n# a\n=======\n# b\n>>>>>>> office\n")

    assert data.findings() == [("decide", "conflict-markers", f"{name}:{lines + 1}:1")]
    assert data.fix().done == []


def test_what_check_finds_is_counted(data: Damaged):
    """Errors are for a person; what was reported already is not counted again."""
    data.add(NEW.replace(b'"progress"', b'"begun"') + b"no entry\n" + NEW[:20])
    found = data.look()

    assert data.findings() == [("fix", "torn-tail", "progress.yaml:6:1"), ("decide", "check", "data")]
    assert str(found[1].message) == "cbfa check reports 2 more problems in the files"


def test_warnings_alone_are_good_to_know(data: Damaged):
    """They stop no command."""
    data.add(NEW[:-2] + b',"by":"SoDai"}\n')

    assert data.findings() == [("know", "check", "data")]
