"""Things that the program never does: run what lies in a folder, or change who may read a file."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import COMMANDS, FILES, ROOT, TINY, environment, in_english

OTHER = '- {"id":"other","on":"2012-04-01","key":"stone-bridge","event":"progress","recorded":"2012-04-02T08:00:00+07:00"}\n'
"""A journal with one entry, to be merged."""

DANGEROUS = """\
import pickle
import os, marshal as m
from subprocess import run
import shelve, ctypes, runpy
from os import system
from yaml import unsafe_load
import yaml
eval("1")
exec("x = 1")
os.system("ls")
os.popen("ls")
os.execv("ls", [])
os.spawnv(0, "ls", [])
yaml.load(text, Loader=yaml.Loader)
yaml.safe_load(text)
"""


def test_ruff_refuses_what_could_run_what_it_reads():
    """`make check` finds pickle, eval, other programs and other YAML readers in every line of a bad file."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "json", "--stdin-filename", "cbfa/bad.py", "-"]
    done = subprocess.run(command, cwd=ROOT, input=DANGEROUS.encode(), capture_output=True, check=False)
    problems = json.loads(done.stdout)
    refused = {problem["location"]["row"] for problem in problems if problem["code"].startswith(("S", "TID251"))}
    harmless = DANGEROUS.splitlines().index("import yaml") + 1

    assert refused == {*range(1, DANGEROUS.count("\n") + 1)} - {harmless}


def test_two_files_start_another_program():
    """The conversion to PDF runs LibreOffice, and comparing with a revision git; the rule against it has no other exception."""
    starters = {path.name for path in (ROOT / "cbfa").rglob("*.py") if "subprocess" in path.read_text(encoding="utf-8")}

    assert starters == {"pdf.py", "git.py"}


@pytest.fixture
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set the umask for a test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002], indirect=True, ids=oct)
def test_files_get_the_rights_that_the_umask_gives(cbfa, mask, tmp_path, monkeypatch):
    """The journal, its lock, its torn tail and the files of `init` get the rights that the umask leaves."""
    (tmp_path / "made").mkdir()
    monkeypatch.chdir(tmp_path / "made")
    codes = [cbfa("init", "new").code]
    Path("data").mkdir()
    for name in FILES[:2]:
        Path("data", name).write_bytes((TINY / name).read_bytes())
    codes.append(cbfa("mark", "stone-bridge", "progress", "--yes").code)
    with Path("data", FILES[2]).open("ab") as file:
        file.write(b'- {"id":"to')
    codes.append(cbfa("mark", "stone-bridge", "progress", "--yes").code)
    Path("other.yaml").write_text(OTHER, encoding="utf-8")
    codes += [cbfa("merge", "other.yaml").code, cbfa("undo", "other", "--yes").code]
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in Path().rglob("*")}

    assert codes == [0] * 5
    assert {path.name for path in made} >= {*FILES, "progress.yaml.lock", "progress.yaml.torn"}
    assert {path: oct(mode) for path, mode in made.items()} == {
        path: oct((0o777 if path.is_dir() else 0o666) & ~mask) for path in made
    }


MODULES = ("sitecustomize", "usercustomize", "cbfa", "yaml", "json", "typer", "rich", "pydantic", "roadmap", "conftest")
PROGRAMS = ("git", "less", "more", "python", "python3", "sh", "cbfa", "stty")
HOOKS = ("pre-commit", "post-checkout", "post-merge", "post-index-change", "fsmonitor-watchman")
ARGUMENTS = {
    "show": ("rope-bridges",),
    "report": ("--agency", "SoDay"),
    "diff": ("--from", "2012"),
    "mark": ("stone-bridge", "progress", "--yes"),
    "undo": ("e-2", "--yes"),
    "amend": ("stone-bridge", "--due", "2013", "--act", "A", "--signed", "2012", "--yes"),
    "merge": ("other.yaml",),
    "schema": ("roadmap",),
    "init": ("new",),
    "export": ("-o", "x.sqlite"),
    "dashboard": ("-o", "page.html"),
}
"""The arguments of commands that need some."""


def plant(folder: Path, owned: Path) -> None:
    """Put modules, programs and hooks into a folder, each of which would make the file `owned`."""
    python, shell = f"open({str(owned)!r}, 'a').write(__file__)\n", f"#!/bin/sh\necho $0 >> '{owned}'\n"
    for name in MODULES:
        (folder / f"{name}.py").write_text(python, encoding="utf-8")
    (folder / "evil.pth").write_text(f"import os; {python}", encoding="utf-8")
    (folder / ".env").write_text("PAGER=./less\n", encoding="utf-8")
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(parents=True)
    config = f'[core]\n\tfsmonitor = {folder / "git"}\n\tpager = {folder / "less"}\n[merge "union"]\n\tdriver = {folder / "sh"}\n'
    (hooks.parent / "config").write_text(config, encoding="utf-8")
    for program in [*(folder / name for name in PROGRAMS if name != "cbfa"), *(hooks / name for name in HOOKS)]:
        program.write_text(shell, encoding="utf-8")
        program.chmod(0o755)


def test_nothing_in_a_folder_is_run(tmp_path: Path):
    """No command runs modules, programs or hooks of the current folder or the data folder."""
    home, owned = tmp_path / "home", tmp_path / "owned"
    data = home / "data"
    data.mkdir(parents=True)
    for name in FILES:
        shutil.copy(TINY / name, data / name)
    (home / "other.yaml").write_text(OTHER, encoding="utf-8")
    for folder in (home, data):
        plant(folder, owned)
    program = shutil.which("cbfa", path=str(Path(sys.executable).parent))
    assert program
    codes = {
        command: subprocess.run(
            [program, *in_english((command, *ARGUMENTS.get(command, ())))],
            cwd=home,
            env=environment(home),
            capture_output=True,
            timeout=60,
            check=False,
        ).returncode
        for command in COMMANDS
    }

    assert codes == dict.fromkeys(COMMANDS, 0)
    assert not owned.exists()

    subprocess.run([sys.executable, "-c", "import yaml"], cwd=data, env=environment(home), check=False)

    assert owned.read_text(encoding="utf-8")  # what was planted would have been seen


def test_plugins_of_pydantic_are_not_run(tmp_path: Path):
    """Pydantic runs plugins of installed packages; cbfa switches them off."""
    home, owned, packages = tmp_path / "home", tmp_path / "owned", tmp_path / "packages"
    info = packages / "evil-1.0.dist-info"
    for folder in (home, info):
        folder.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pydantic]\nevil = evil:plugin\n", encoding="utf-8")
    (packages / "evil.py").write_text(f"open({str(owned)!r}, 'a').write(__file__)\nplugin = None\n", encoding="utf-8")
    path = os.pathsep.join([str(ROOT), str(packages)])

    def run(*arguments: str, **more: str) -> None:
        subprocess.run(
            [sys.executable, *arguments], cwd=home, env=environment(home, PYTHONPATH=path, **more), check=False
        )

    for variables in ({}, {"PYDANTIC_DISABLE_PLUGINS": "0"}):
        run("-m", "cbfa", "status", "--data", str(TINY), **variables)

        assert not owned.exists()

    run("-c", "from pydantic import BaseModel\nclass Model(BaseModel): pass")

    assert owned.exists()  # what was installed would have been seen
