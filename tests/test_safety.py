"""What the program never does: run what stands in a folder, reach for what could, or widen who may read a file."""

from __future__ import annotations

import ast
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cbfa.store.journal_append import append

import cbfa as package
from cbfa.cli.main import COMMANDS
from tests.cli.running import FILES, TINY, Program, environment, in_english
from tests.strategies import entry

PACKAGE = Path(package.__file__).parent
BAD_MODULES = {"pickle", "marshal", "shelve", "dbm", "subprocess", "ctypes", "code", "runpy", "imp", "pty"}
NEEDED = {"store/doctor/sharing.py": ["ctypes"]}
"""What is used all the same: Windows tells only its own programs, by a call, whether a drive is a network's."""
BAD_NAMES = {"eval", "exec", "__import__"}
BAD_ATTRIBUTES = {
    "os": ("system", "popen", "exec", "spawn", "posix_spawn", "startfile", "fork"),
    "yaml": ("load", "full_load", "unsafe_load", "safe_load", "FullLoader", "UnsafeLoader", "Loader"),
    "asyncio": ("create_subprocess",),
}
"""What begins with one of these words is forbidden; of yaml's names only what is exactly so."""


def forbidden(source: str) -> Iterator[tuple[int, str]]:
    """The line and the name of everything in a source that could run what it reads."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, one.name) for one in names if one.name.partition(".")[0] in BAD_MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                if module.partition(".")[0] in BAD_MODULES:
                    yield node.lineno, module
                yield from ((node.lineno, f"{module}.{one.name}") for one in names if _bad(module, one.name))
            case ast.Call(func=ast.Name(id=name)) if name in BAD_NAMES:
                yield node.lineno, name
            case ast.Attribute(value=ast.Name(id=module), attr=name) if _bad(module, name):
                yield node.lineno, f"{module}.{name}"


def _bad(module: str, name: str) -> bool:
    words = BAD_ATTRIBUTES.get(module, ())
    return name in words if module == "yaml" else name.startswith(words)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_that_could_run_what_it_reads_is_used(path: Path):
    """No pickle, no eval, no shell, no other program, no YAML reader but our own."""
    found = [name for _, name in forbidden(path.read_text(encoding="utf-8"))]

    assert found == NEEDED.get(path.relative_to(PACKAGE).as_posix(), [])


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import os, marshal as m",
        "from subprocess import run",
        "def f():\n    import shelve",
        "eval('1')",
        "exec('x = 1')",
        "__import__('x')",
        "os.system('ls')",
        "os.popen('ls')",
        "os.execv('ls', [])",
        "from os import system",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.safe_load(text)",
        "from yaml import unsafe_load",
    ],
)
def test_what_could_run_what_it_reads_is_seen(source: str):
    """The test above would see each of these."""
    assert list(forbidden(source))


@pytest.fixture
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """The rights that new files do not get, set for the test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002], indirect=True, ids=oct)
def test_files_get_the_rights_that_the_umask_gives(mask, tmp_path, monkeypatch, capsys):
    """The journal, its lock and its torn tail, what init makes, and what a merge adds: all as the system's rule has it."""
    (tmp_path / "made").mkdir()
    monkeypatch.chdir(tmp_path / "made")
    cbfa = Program(monkeypatch, capsys)
    codes = [cbfa("init", "new").code]
    Path("data").mkdir()
    for name in FILES[:2]:
        Path("data", name).write_bytes((TINY / name).read_bytes())
    codes.append(cbfa("mark", "stone-bridge", "progress", "--yes").code)
    with Path("data", FILES[2]).open("ab") as file:
        file.write(b'- {"id":"to')
    codes.append(cbfa("mark", "stone-bridge", "progress", "--yes").code)
    append(Path("other.yaml"), [entry("other", "2012-04-01", "stone-bridge")])
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
    "mark": ("stone-bridge", "progress", "--yes"),
    "undo": ("e-2", "--yes"),
    "merge": ("other.yaml",),
    "schema": ("roadmap",),
    "init": ("new",),
}
"""What commands are given that need something."""


def plant(folder: Path, owned: Path) -> None:
    """Puts into a folder what Python, git or a shell might run; each would make the file `owned`."""
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
    """Modules, programs and hooks that lie where we stand, or beside the data, are run by no command."""
    home, owned = tmp_path / "home", tmp_path / "owned"
    data = home / "data"
    data.mkdir(parents=True)
    for name in FILES:
        shutil.copy(TINY / name, data / name)
    append(home / "other.yaml", [entry("other", "2012-04-01", "stone-bridge")])
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

    assert codes == {**dict.fromkeys(COMMANDS, 0), "doctor": 1}  # git has not been told of the journal
    assert not owned.exists()

    subprocess.run([sys.executable, "-c", "import yaml"], cwd=data, env=environment(home), check=False)

    assert owned.read_text(encoding="utf-8")  # what was planted would have been seen


def test_what_other_packages_hang_into_pydantic_is_not_run(tmp_path: Path):
    """Pydantic runs whatever an installed package offers as a plugin; here one is installed, and cbfa does not meet it."""
    home, owned, packages = tmp_path / "home", tmp_path / "owned", tmp_path / "packages"
    info = packages / "evil-1.0.dist-info"
    for folder in (home, info):
        folder.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pydantic]\nevil = evil:plugin\n", encoding="utf-8")
    (packages / "evil.py").write_text(f"open({str(owned)!r}, 'a').write(__file__)\nplugin = None\n", encoding="utf-8")
    path = os.pathsep.join([str(PACKAGE.parent), str(packages)])

    def run(*arguments: str, **more: str) -> None:
        subprocess.run(
            [sys.executable, *arguments], cwd=home, env=environment(home, PYTHONPATH=path, **more), check=False
        )

    for wish in ({}, {"PYDANTIC_DISABLE_PLUGINS": "0"}):
        run("-m", "cbfa", "status", "--data", str(TINY), **wish)

        assert not owned.exists()

    run("-c", "from pydantic import BaseModel\nclass Model(BaseModel): pass")

    assert owned.exists()  # what was installed would have been seen
