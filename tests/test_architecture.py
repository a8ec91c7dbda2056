"""The layers of the house: imports point one way, the core is pure, and heavy libraries are imported only where they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cbfa"
MAY_IMPORT = {
    "messages": set(),
    "problems": {"messages"},
    "errors": {"messages", "problems"},
    "locale": {"messages", "problems", "errors"},
    "core": {"messages", "problems", "errors"},
    "store": {"messages", "problems", "errors", "core"},
    "views": {"messages", "problems", "errors", "locale", "core"},
    "exchange": {"messages", "problems", "errors", "locale", "core", "store", "views"},
    "cli": {"messages", "problems", "errors", "locale", "core", "store", "views", "exchange"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""The layers that each layer may import, besides itself."""
HEAVY = {"rich", "filelock", "docx", "xlsxwriter", "jinja2", "icalendar", "resvg_py"}


def module_name(path: Path) -> str:
    """Return the dotted name of a file: `cbfa.core.text`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(path: Path) -> str:
    """Return the layer of a file: the folder or file directly in cbfa."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, also in functions and for type checkers."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package) if node.level else str(node.module)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imported_layers(path: Path) -> set[str]:
    """Return the layers of cbfa that a file imports."""
    return {parts[1] for module in imports(path) if (parts := module.split("."))[0] == "cbfa"} & set(MAY_IMPORT)


FILES = sorted(PACKAGE.rglob("*.py"))
COMMAND_FILES = [path for path in FILES if path.parent.name == "cli" and ".command(" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_point_one_way(path: Path):
    """A file imports nothing from a layer above its own."""
    assert imported_layers(path) <= MAY_IMPORT[layer_of(path)] | {layer_of(path)}


def test_every_layer_is_in_the_table():
    """A new layer has to say what it imports, and one that is gone leaves the table."""
    assert {layer_of(path) for path in FILES} == set(MAY_IMPORT)


def test_imports_are_found_wherever_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An import counts in a function and for type checkers, absolute and relative."""
    path = tmp_path / "cbfa" / "core" / "bad.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "import os.path\nfrom ..cli import main\ndef f():\n    from cbfa.views import page\n"
        "if TYPE_CHECKING:\n    import cbfa.store.paths\n"
    )
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)

    assert set(imports(path)) == {"os.path", "cbfa.cli.main", "cbfa.views.page", "cbfa.store.paths"}
    assert imported_layers(path) == {"cli", "views", "store"}


@pytest.mark.parametrize("path", COMMAND_FILES, ids=module_name)
def test_commands_do_not_call_commands(path: Path):
    """A file of commands imports no other such file."""
    others = {module_name(other) for other in COMMAND_FILES if other != path}
    imported = set(imports(path))

    assert not {module for module in imported if module in others or module.rpartition(".")[0] in others}


@pytest.mark.parametrize("path", [path for path in FILES if layer_of(path) == "core"], ids=module_name)
def test_the_core_is_pure(path: Path):
    """The core opens no files, reads no clock and no environment, and prints nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    outside = [
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
    ]
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    methods = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not {module.partition(".")[0] for module in imports(path)} & set(outside)
    assert not {"open", "print", "input"} & called
    assert not {"today", "now", "utcnow"} & methods  # `change.now` is a field


PROBE = """
import sys
from cbfa.cli.main import main
sys.argv = ["cbfa", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print(f"exit {end.code}", *(name for name in sys.modules), file=sys.stderr)
"""


def test_status_in_a_pipe_imports_nothing_heavy():
    """A pipe needs neither the terminal's library nor the lock."""
    command = [sys.executable, "-c", PROBE, "status", "--data", str(ROOT / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    _, code, *modules = done.stderr.splitlines()[-1].split()

    assert code == "0"
    assert "2011" in done.stdout
    assert "cbfa.store.loading" in modules
    assert not HEAVY & {name.partition(".")[0] for name in modules}
