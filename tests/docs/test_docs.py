"""The documents say what the program does, and lead where they point."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from cbfa.cli.main import build
from cbfa.core.journal import Journal, day_recorded
from tests.cli.running import COMMANDS, Program
from tests.strategies import entry

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
READING = ("status", "overdue", "upcoming", "list", "report", "agencies", "timeline", "log")


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    """The generator of the documents; it lies outside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        yield importlib.import_module("generate")


unix = pytest.mark.skipif(sys.platform == "win32", reason="a session needs a Unix terminal")


def without_code(text: str) -> str:
    """A document without its blocks of code, in which brackets are no links."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@unix
def test_nothing_generated_is_stale(generate: ModuleType) -> None:
    """`make docs` would change nothing."""
    stale = [path.relative_to(ROOT).as_posix() for path in generate.stale()]

    assert stale == [], "run: make docs"


def test_check_names_what_is_stale_and_writes_nothing(
    generate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` ends with 1; without it, the file is written and named."""
    stale = tmp_path / "docs" / "commands.md"
    stale.parent.mkdir()
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "generated", lambda: {stale: "new\n"})

    for arguments, code, said in ((["--check"], 1, "stale"), ([], 0, "written")):
        monkeypatch.setattr(sys, "argv", ["generate.py", *arguments])
        with pytest.raises(SystemExit) as end:
            generate.main()

        assert end.value.code == code
        assert capsys.readouterr().out == f"{said}: docs/commands.md\n"
        assert stale.exists() is not bool(code)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_section(generate: ModuleType, shipped_folder: Path, command: str) -> None:
    """A command without documentation fails the build."""
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    usage, _, described = generate.sessions.help_text(command).partition("\n\n")

    assert f"\n## cbfa {command}\n" in reference
    assert usage.startswith(f"Usage: cbfa {command}")
    assert re.match(r"  \w", described), "the help has no description"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_argument_has_help(command: str) -> None:
    """Nothing stands in the help without a word on what it is for."""
    parameters = build().commands[command].params

    assert [one.name for one in parameters if not one.help] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_resolve(document: Path) -> None:
    """Every link inside the repository leads to a file, and its anchor to a heading."""
    text = document.read_text(encoding="utf-8")
    for found in LINK.finditer(without_code(text)):
        path, _, anchor = found["target"].partition("#")
        if "://" in path:
            continue
        target = document.parent / path if path else document

        assert target.exists(), found[0]
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), found[0]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("command", READING)
def test_the_guide_names_every_field_of_the_machine_format(cbfa: Program, command: str) -> None:
    """The JSON envelope and its items have no field that the guide leaves out."""
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    envelope = cbfa.json(command, "--as-of", "2014-12-31", *(["--agency", "SNgV"] if command == "report" else [])).page

    for field in [*envelope, *envelope["items"][0]]:
        assert f"`{field}`" in guide


@pytest.mark.usefixtures("programme")
def test_the_acts_of_the_vietnamese_guide_fit_the_shipped_programme(cbfa: Program) -> None:
    """They are copied to the end of the file as they stand."""
    guide = (ROOT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(  - id: .*?)```", guide, re.DOTALL)
    Path("data/amendments.yaml").write_text(f"format: 1\namendments:\n{block}", encoding="utf-8")

    assert "2 acts" in cbfa("check").out
    assert "asean-forum" in cbfa("list", "--as-of", "2014-06-30").out
    assert "asean-forum" not in cbfa("list", "--as-of", "2014-07-01").out


def test_every_field_of_the_files_is_described(generate: ModuleType) -> None:
    """The tables of the data format leave no field unexplained."""
    assert generate.fields.undescribed() == []


def test_the_day_of_recording_is_the_one_that_the_format_says() -> None:
    """The example of the data format: eight in the evening in UTC is the next day in Viet Nam."""
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    found = re.search(r"`(?P<moment>[\d-]+T[\d:+]+)` is recorded on (?P<day>\d+) August", text)
    assert found
    journal = Journal.from_records([entry("a", "2012-05-01", "rules", recorded=found["moment"])])

    assert day_recorded(journal.by_id["a"]) == date(2012, 8, int(found["day"]))


def test_the_package_cites_no_document_that_is_not_in_it() -> None:
    """An installed `cbfa` has no docs folder, so neither a sentence nor a file of `init` names one."""
    package = ROOT / "cbfa"
    files = [*package.rglob("*.yaml"), *package.rglob("*.po")]

    assert files
    assert [path.name for path in files if "docs/" in path.read_text(encoding="utf-8")] == []


def test_the_package_says_that_it_has_types() -> None:
    """Without the marker of PEP 561, a type checker of another project ignores them."""
    assert (ROOT / "cbfa" / "py.typed").is_file()
