"""The arrows between the rooms of the house: they point one way, and what is heavy is imported only where it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

from cbfa.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cbfa"
EVERY_ROOM = {"core", "store", "views", "exchange", "cli", "locale", "errors"}
MAY_IMPORT = {
    "errors": set(),
    "locale": {"locale", "errors"},
    "core": {"core", "errors"},
    "store": {"store", "core", "errors"},
    "views": {"views", "core", "locale", "errors"},
    "exchange": {"exchange", "views", "core", "locale", "errors"},
    "cli": EVERY_ROOM,
    "__main__": {"cli"},
    "__init__": set(),
}
"""Which rooms a room knows. What is not named here has no room yet."""
HEAVY = ["rich", "openpyxl", "docx", "filelock"]


def module_name(path: Path) -> str:
    """`cbfa.core.text` for its file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, also for type checkers only."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package) if node.level else str(node.module)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(module: str) -> str | None:
    """The room of cbfa that a module stands in; None for other packages and for the package itself."""
    top, _, rest = module.partition(".")
    first = rest.partition(".")[0]
    return first if top == "cbfa" and first in EVERY_ROOM else None


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_arrows_point_one_way(path: Path):
    """No file knows a room above its own."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    known = {found for module in imports(path) if (found := room(module))}

    assert known <= MAY_IMPORT[own]


def test_the_rooms_are_all_there():
    """The table above names every room, so that a new one has to say what it knows."""
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}

    assert {"core", "store", "views", "cli", "locale", "errors"} <= rooms <= set(MAY_IMPORT)


def test_imports_are_seen_wherever_they_stand(tmp_path: Path):
    """The reader of imports sees them in functions and for type checkers, absolute and relative."""
    assert "cbfa.core.checks.check_journal" in set(imports(PACKAGE / "store" / "loading.py"))
    assert "platformdirs.user_data_path" in set(imports(PACKAGE / "store" / "folder.py"))
    assert {room("cbfa.core.text.nfc"), room("cbfa.locale"), room("cbfa.__version__"), room("rich.text")} == {
        *("core", "locale", None)
    }


@pytest.mark.parametrize("name", sorted(set(COMMANDS.values())))
def test_commands_do_not_call_commands(name: str):
    """The file of a group of commands imports no other such file, nor the program itself."""
    others = {f"cbfa.cli.{other}" for other in {*COMMANDS.values(), "main"} - {name}}
    known = set(imports(PACKAGE / "cli" / f"{name}.py"))

    assert not {module for module in known if module in others or module.rpartition(".")[0] in others}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "core"], ids=module_name)
def test_the_core_is_pure(path: Path):
    """No files, no clock, no environment, no printing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    outside = {
        "os",
        "sys",
        "io",
        "pathlib",
        "time",
        "random",
        "locale",
        "logging",
        "subprocess",
        "yaml",
        "json",
        "rich",
        "typer",
    }
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert not outside & {module.partition(".")[0] for module in imports(path)}
    assert not {"open", "print", "input"} & called
    assert not {"today", "now", "utcnow"} & asked


PROBE = """
import sys
from cbfa.cli.main import main
sys.argv = ["cbfa", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print(f"exit {end.code}", *(name for name in sys.modules), file=sys.stderr)
"""


def modules_of(*arguments: str) -> tuple[str, set[str]]:
    """What a command prints into a pipe, and every module that it imported."""
    command = [sys.executable, "-c", PROBE, *arguments, "--data", str(ROOT / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    _, code, *modules = done.stderr.split("\n")[-2].split()
    assert code == "0"
    return done.stdout, set(modules)


def test_status_in_a_pipe_pays_for_nothing_that_it_does_not_use():
    """Neither the terminal's library, nor Word, nor Excel, nor the lock is imported."""
    text, modules = modules_of("status")

    assert "2011" in text
    assert {"cbfa.cli.overview", "cbfa.store.folder"} <= modules
    assert not {name for name in modules if name.partition(".")[0] in HEAVY}
    assert not {f"cbfa.cli.{name}" for name in COMMANDS.values()} & modules - {"cbfa.cli.overview"}
