"""Bytes to text, and writing whole files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.errors import NoAccess
from cbfa.problems import Problem
from cbfa.store.files import decode, read_bytes, read_if_there, typed_path, write_new, write_over
from tests.strategies import texts


@given(texts)
def test_utf8_is_read_with_or_without_its_mark(text: str):
    """Text in NFC comes through as it is, and a byte-order mark does not."""
    body = text.lstrip("\ufeff")

    assert decode(b"\xef\xbb\xbf" + body.encode(), "f") == body
    assert decode(body.encode(), "f") == body


@given(st.binary(max_size=30))
def test_any_bytes_are_text_or_a_problem(raw: bytes):
    """Nothing is raised, and the problem's place lies in the file."""
    text = decode(raw, "f")

    assert isinstance(text, str) or (1 <= text.place.line <= raw.count(b"\n") + 1 and text.place.column >= 1)


def test_the_first_wrong_byte_is_pointed_at():
    """The column counts characters, not bytes."""
    problem = decode("một\nhai: đ".encode() + b"\xe9t\xe9\nba", "file.yaml")

    assert isinstance(problem, Problem)
    assert str(problem.place) == "file.yaml:2:7"
    assert problem.place.excerpt == "hai: đ\ufffdt\ufffd"
    assert "0xE9" in str(problem.message)


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The folder may be written to, but whoever protects a file means the file."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(NoAccess, match=r"cannot write .*: Permission denied"):
        write_over(path, b"y")

    assert path.read_bytes() == b"x"


def test_a_file_that_is_not_there_is_no_access(tmp_path: Path):
    """The sentence names the file and the system's reason."""
    with pytest.raises(NoAccess) as caught:
        read_bytes(tmp_path / "nothing")

    assert str(caught.value.message) == f"cannot read {tmp_path / 'nothing'}: No such file or directory"
    assert caught.value.fix


def test_what_is_not_there_is_nothing_and_what_cannot_be_read_is_no_access(tmp_path: Path):
    """An answer may do without a journal that nobody has begun, never without one that is only hidden."""
    (tmp_path / "file").write_bytes(b"x")

    assert read_if_there(tmp_path / "file") == b"x"
    assert read_if_there(tmp_path / "nothing") == b""
    assert read_if_there(tmp_path / "file" / "below") == b""
    with pytest.raises(NoAccess, match="cannot read"):
        read_if_there(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path):
    """Nobody may ever write into it; and a device may never end."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")

    for name in ("pipe", "zero"):
        with pytest.raises(NoAccess, match="is not a file, but a pipe or a device"):
            read_if_there(tmp_path / name)


def test_a_new_file_is_written_whole(tmp_path: Path):
    """The folder is made, the text stands there in UTF-8 with its own line ends, and nothing else is left."""
    path = tmp_path / "a" / "b" / "new.yaml"
    write_new(path, "đối ngoại\n".encode())

    assert path.read_bytes() == "đối ngoại\n".encode()
    assert [one.name for one in path.parent.iterdir()] == ["new.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_a_new_file_has_the_usual_permissions(tmp_path: Path):
    """Others may read it, as far as the umask lets them."""
    before = os.umask(0o027)
    try:
        write_new(tmp_path / "new.yaml", b"x")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)

    assert (tmp_path / "new.yaml").stat().st_mode & 0o777 == 0o640


def test_nothing_is_ever_replaced(tmp_path: Path):
    """A file that is there stays what it is, and no temporary file is left beside it."""
    path = tmp_path / "there.yaml"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(NoAccess):
        write_new(path, b"new")

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_dangling_link_is_not_written_through(tmp_path: Path):
    """A name that is taken is taken, even by a link to nowhere."""
    path = tmp_path / "link.yaml"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NoAccess):
        write_new(path, b"new")

    assert not (tmp_path / "elsewhere").exists()


def test_a_file_in_the_place_of_a_folder_is_no_access(tmp_path: Path):
    """What is in the way is reported, not walked over."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(NoAccess):
        write_new(tmp_path / "file" / "new.yaml", b"x")


@pytest.mark.skipif(os.name == "nt", reason="needs links and permissions of Unix")
def test_new_content_takes_the_place_of_the_old(tmp_path: Path):
    """A link goes on leading to the file, who may use it stays the same, and no other file is left."""
    (tmp_path / "folder").mkdir()
    path, link = tmp_path / "folder" / "file.yaml", tmp_path / "link.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_over(link, b"new")

    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_replaced_stays(tmp_path: Path):
    """A file that is not there is no file to replace."""
    with pytest.raises(NoAccess):
        write_over(tmp_path / "nothing.yaml", b"new")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "in_a_shell", "on_windows"),
    [
        ("data", "data", "data"),
        ("my data", "'my data'", '"my data"'),
        ("D:\\Đối ngoại", "'D:\\Đối ngoại'", '"D:\\Đối ngoại"'),
        ("C:\\Sở\\cbfa-1.0", "'C:\\Sở\\cbfa-1.0'", "C:\\Sở\\cbfa-1.0"),
        ("a&b", "'a&b'", '"a&b"'),
        ("it's", "'it'\"'\"'s'", '"it\'s"'),
    ],
)
def test_a_path_in_a_command_can_be_typed(path, in_a_shell, on_windows):
    """It is quoted if needed, as the system does."""
    assert typed_path(path, windows=False) == in_a_shell
    assert typed_path(path, windows=True) == on_windows
