"""Journals that offices exchange with git: a merge is the union, and a conflict is an error."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.processes import ids_in, some_entry
from tests.internals import line_of, parse_journal
from tests.progress import counted
from tests.scale import chance, scaled

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MERGES = scaled(20, 5_000)
CONFLICTS = scaled(2, 500)
UNION = "progress.yaml merge=union text eol=lf\n"


class Repository:
    """A real repository with a journal in it."""

    def __init__(self, folder: Path, attributes: str, seed: int) -> None:
        self.folder, self.journal = folder, folder / "progress.yaml"
        self.chance = chance(f"git {seed}")
        self.made = 0
        self.ids: set[str] = set()
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        (folder / ".gitattributes").write_text(attributes, encoding="utf-8")
        self.append()

    def git(self, *arguments: str) -> int:
        """Run git without the tester's own settings; return its exit code."""
        named = {f"GIT_{who}_{what}": "an@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.folder)}
        quick = ["-c", "gc.auto=0", "-c", "core.fsync=none", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", *quick, *arguments],
            cwd=self.folder,
            env={**os.environ, **named, **alone, "GIT_EDITOR": "true"},
            capture_output=True,
            check=False,
        ).returncode

    def append(self) -> None:
        """Commit one to three more entries."""
        with self.journal.open("ab") as file:
            for _ in range(self.chance.randrange(1, 4)):
                record = some_entry(self.chance, f"e{self.made}")
                self.made += 1
                self.ids.add(record.id)
                file.write(line_of(record))
        assert self.git("add", "--all") == 0
        assert self.git("commit", "--quiet", "--message=more") == 0

    def branch(self, names: list[str]) -> None:
        """Let each office append on its own branch, and sometimes the main branch too."""
        for name in names:
            assert self.git("checkout", "--quiet", "-B", name, "main") == 0
            for _ in range(self.chance.randrange(1, 3)):
                self.append()
        assert self.git("checkout", "--quiet", "main") == 0
        if self.chance.random() < 0.7:
            self.append()


def _merge(repository: Repository, names: list[str]) -> None:
    for name in names:
        assert repository.git("merge", "--no-edit", name) == 0


def _octopus(repository: Repository, names: list[str]) -> None:
    """Merge all branches at once; where git refuses, check that it changed nothing, and merge one by one."""
    before = repository.journal.read_bytes()
    if repository.git("merge", "--no-edit", "--strategy=octopus", *names) != 0:
        assert repository.git("reset", "--quiet", "--hard") == 0
        assert repository.journal.read_bytes() == before
        _merge(repository, names)


def _rebase(repository: Repository, names: list[str]) -> None:
    for name in names:
        assert repository.git("rebase", "--quiet", "main", name) == 0
        assert repository.git("checkout", "--quiet", "main") == 0
        assert repository.git("merge", "--no-edit", name) == 0


def _pick(repository: Repository, names: list[str]) -> None:
    for name in names:
        assert repository.git("cherry-pick", f"main..{name}") == 0


def test_random_merges_are_the_union(in_memory: Path):
    """Merged, merged all at once, rebased or picked, the journal has the entries of all, each once."""
    for merges in counted(range(MERGES)):
        if merges % 25 == 0:
            repository = Repository(in_memory / str(merges), UNION, merges)
        names = [f"office-{number}" for number in range(repository.chance.randrange(1, 4))]
        repository.branch(names)
        how = (_merge, _octopus, _rebase, _pick)[merges % 4]
        how(repository, names)

        assert set(ids_in(repository.journal)) == repository.ids, how.__name__
        assert len(ids_in(repository.journal)) == len(repository.ids), how.__name__


def test_without_union_every_marker_is_an_error_and_every_entry_is_read(in_memory: Path):
    """In a journal whose merge stopped in a conflict, each marker is an error, and the entries of both sides are read."""
    for number in counted(range(CONFLICTS)):
        repository = Repository(in_memory / str(number), "", number)
        if number % 2:
            assert repository.git("config", "merge.conflictStyle", "diff3") == 0
        assert repository.git("branch", "office") == 0
        repository.append()
        assert repository.git("checkout", "--quiet", "office") == 0
        repository.append()
        assert repository.git("checkout", "--quiet", "main") == 0
        assert repository.git("merge", "--no-edit", "office") != 0
        raw = repository.journal.read_bytes()
        file = parse_journal(raw)
        marked = [
            at for at, line in enumerate(raw.split(b"\n"), 1) if line[:7] in (b"<" * 7, b"|" * 7, b"=" * 7, b">" * 7)
        ]

        assert {record.id for record in file.records} == repository.ids
        assert len(marked) == (4 if number % 2 else 3)
        assert [problem.place.line for problem in file.problems] == marked
        assert all("conflict" in str(problem.message) for problem in file.problems)
