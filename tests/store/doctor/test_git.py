"""What git is told of the journal, as git itself understands it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cbfa.store.doctor.git import LINE, merge_driver
from tests.store.doctor.damage import Damaged

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    """What a git says that knows nothing of the tester's own settings."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **alone}, capture_output=True, check=True, text=True
    ).stdout


@pytest.fixture
def tree(data: Damaged) -> Damaged:
    """The data folder inside a work tree."""
    git(data.path.parent, "init", "--quiet")
    return data


def test_outside_of_git_nothing_is_said(data: Damaged):
    """No .gitattributes is asked for where git keeps nothing."""
    assert data.look() == []


def test_the_line_is_added(tree: Damaged):
    """The file is made, git understands it, and a second time there is nothing to do."""
    assert tree.told() == [("fix", "git-attributes", ".gitattributes")]
    tree.fix()
    assert (tree.path / ".gitattributes").read_bytes() == LINE.encode() + b"\n"
    assert "merge: union" in git(tree.path, "check-attr", "merge", "--", "progress.yaml")
    assert tree.look() == []


@pytest.mark.parametrize(
    "before", [b"*.x text\n", b"*.x text", b"*.x text\r\n*.y text\r\n", b"*.x text\r\n*.y text", b""]
)
def test_the_line_is_added_to_what_is_there(tree: Damaged, before: bytes):
    """What stands there stays to the byte, and the new line ends as the others do."""
    tree.write(".gitattributes", before)
    tree.fix()
    after = (tree.path / ".gitattributes").read_bytes()

    assert after.startswith(before)
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    assert "merge: union" in git(tree.path, "check-attr", "merge", "--", "progress.yaml")


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("", "data/progress.yaml merge=union"),
        ("", "/data/progress.yaml merge=union text eol=lf"),
        ("", "progress.yaml merge=union"),
        ("", "*.yaml merge=union"),
        ("", "**/progress.yaml merge=union"),
        ("", "data/** merge=union"),
        ("", "data merge=union"),
        ("", "data/ merge=union"),
        ("", "other/progress.yaml merge=union"),
        ("", "# progress.yaml merge=union"),
        ("", "progress.yaml merge=union\nprogress.yaml -merge"),
        ("", "progress.yaml -merge\nprogress.yaml text merge=union"),
        ("", "progress.yaml merge=ours"),
        ("", "progress.yaml binary"),
        ("", "progress.y?ml merge=union"),
        ("data", "progress.yaml merge=union"),
        ("data", "/progress.yaml merge=union"),
        ("data", "progress.yaml merge"),
        (".git/info", "progress.yaml merge=union"),
    ],
)
def test_attributes_mean_what_git_means(tree: Damaged, where: str, text: str):
    """Wherever the line stands and however it is written, git's own answer is the same."""
    top = tree.path.parent
    file = top / where / ("attributes" if where == ".git/info" else ".gitattributes")
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
    said = git(top, "check-attr", "merge", "--", "data/progress.yaml").strip().rpartition(": ")[2]

    assert (merge_driver(top, tree.journal) == "union") == (said == "union")


def test_a_nearer_file_counts_more(tree: Damaged):
    """The one in the data folder overrules the one at the top."""
    (tree.path.parent / ".gitattributes").write_text("progress.yaml merge=union\n", encoding="utf-8")
    tree.write(".gitattributes", b"progress.yaml -merge\n")

    assert tree.told() == [("fix", "git-attributes", ".gitattributes")]
    tree.fix()
    assert "merge: union" in git(tree.path, "check-attr", "merge", "--", "progress.yaml")


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_is_left_to_a_person(tree: Damaged):
    """What it leads to may belong to others."""
    (tree.path / ".gitattributes").symlink_to("elsewhere")

    assert tree.told() == [("decide", "git-attributes", ".gitattributes")]
    assert tree.fix().done == []
