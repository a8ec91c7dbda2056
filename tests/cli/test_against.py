"""`cbfa check --against`: what changed since a revision of git without an amendment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(*arguments: str) -> None:
    """Run git in the current folder."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(bridges: Path) -> Path:
    """The tiny programme under git."""
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "Adopt")
    return bridges


def edit(name: str, old: str, new: str) -> None:
    """Edit a file of the programme."""
    path = Path("data") / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_repository_without_a_commit_gets_a_sentence(cbfa, bridges):
    """`git log` would list nothing."""
    git("init", "--quiet")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 4
    assert "git has no commit of data yet" in answer.err
    assert "git add and git commit" in answer.err


def test_nothing_changed(cbfa, repository):
    """Exit code 0 and one sentence."""
    answer = cbfa("check", "--against", "HEAD")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Since HEAD nothing has changed without an amendment.\n"


def test_a_silent_edit_is_listed_with_its_place(cbfa, repository):
    """Exit code 1, the field, and what to do."""
    edit("roadmap.yaml", "{in: 2012, tentative: true}", "{in: 2013}")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 1
    assert answer.out == "1 difference since HEAD without an amendment\n"
    assert answer.err.startswith(
        "data/roadmap.yaml:30:19: error: the period or the deadline of “stone-bridge” changed without an amendment\n"
        "  30 |         schedule: {in: 2013}\n"
    )
    assert "cbfa amend" in answer.err


def test_an_amendment_explains_it(cbfa, repository):
    """What was decided is no silent edit."""
    cbfa("amend", "stone-bridge", "--due", "2013", "--act", "A", "--signed", "2012", "--yes")

    assert cbfa("check", "--against", "HEAD").code == 0


def test_an_explanation_is_no_change(cbfa, repository):
    """Why an act changed something may be added; what it changed may not, and has its place in the act."""
    cbfa("amend", "stone-bridge", "--due", "2013", "--act", "A", "--signed", "2012", "--yes")
    git("add", ".")
    git("commit", "--quiet", "-m", "Amend")
    acts = Path("data/amendments.yaml")
    acts.write_text(acts.read_text("utf-8") + "        why: The flood\n", encoding="utf-8")

    assert cbfa("check", "--against", "HEAD").code == 0
    edit("amendments.yaml", "now: {schedule: {in: 2013}}", "now: {schedule: {in: 2013-06}}")
    answer = cbfa("check", "--against", "HEAD")
    line = next(n for n, text in enumerate(acts.read_text("utf-8").splitlines(), 1) if "- id: a" in text)

    assert answer.code == 1
    assert answer.err.startswith(f"data/amendments.yaml:{line}:")


def test_a_longer_programme_is_one_difference(cbfa, repository):
    """Its place is the period; the schedules that follow it are not changed."""
    edit("roadmap.yaml", "to: 2013}", "to: 2014}")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.out == "1 difference since HEAD without an amendment\n"
    assert "the period of the programme changed without an amendment" in answer.err


def test_errors_are_not_passed_over(cbfa, repository):
    """Nothing changed without an amendment, and yet all is not well."""
    edit("agencies.yaml", "id: SoDay", "id: SoDayX")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 1
    assert "unknown agency “SoDay”" in answer.err


def test_an_act_that_was_taken_out_is_listed(cbfa, repository):
    """It has changed the past."""
    cbfa("amend", "stone-bridge", "--due", "2013", "--act", "A", "--signed", "2012", "--yes")
    git("add", ".")
    git("commit", "--quiet", "-m", "Amend")
    Path("data/amendments.yaml").unlink()
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 1
    assert "the act “a” is gone" in answer.err
    assert cbfa("check", "--against", "HEAD~1").code == 0


@pytest.mark.parametrize("revision", ["nothing", "", "--help", "HEAD:data", "-h", "HEAD~5", "a b", "'; true"])
def test_an_unknown_revision(cbfa, repository, revision):
    """A sentence with a fix."""
    answer = cbfa("check", f"--against={revision}")

    assert answer.code == 4
    assert "git knows no revision" in answer.err
    assert "git log --oneline" in answer.err


def test_a_folder_without_git(cbfa, bridges):
    """A sentence with a fix."""
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 4
    assert "git has no history of data" in answer.err
    assert "  fix: " in answer.err


def test_git_is_not_installed(cbfa, repository, monkeypatch):
    """A sentence with a fix; a program in the current folder is not git."""
    program = repository / "git"
    program.write_text("#!/bin/sh\ntouch owned\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(repository / "nothing")]))
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 4
    assert "git is not installed" in answer.err
    assert not (repository / "owned").exists()


def test_a_revision_before_the_programme(cbfa, bridges):
    """The file was not there."""
    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "-m", "Begin")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 4
    assert "roadmap.yaml is not there at “HEAD”" in answer.err


def test_a_broken_revision_is_explained(cbfa, repository):
    """The problem is placed in the file of that revision."""
    edit("roadmap.yaml", "format: 1", "format: x")
    git("commit", "--quiet", "-am", "Break")
    edit("roadmap.yaml", "format: x", "format: 1")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 3
    assert answer.err.startswith("HEAD:roadmap.yaml:1:9: error: ")


def test_what_a_repository_configures_is_not_run(cbfa, repository):
    """Neither text conversions nor filters, hooks, pagers or monitors."""
    owned = repository / "owned"
    script = repository / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{owned}'\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n", encoding="utf-8")
    for name in ("diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "core.fsmonitor", "core.pager"):
        git("config", name, str(script))

    assert cbfa("check", "--against", "HEAD").code == 0
    assert not owned.exists()


def test_a_draft_may_change(cbfa, bridges):
    """Before it was adopted, nothing was decided."""
    edit("roadmap.yaml", "  adopted: 2010-12-09\n", "")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "Draft")
    edit("roadmap.yaml", "  legal_basis:", "  adopted: 2010-12-09\n  legal_basis:")
    edit("roadmap.yaml", "{in: 2012, tentative: true}", "{in: 2013}")
    answer = cbfa("check", "--against", "HEAD")

    assert answer.code == 0
    assert "was a draft" in answer.out
