"""`-o FILE`: the ending decides, nothing is replaced without a yes, and a file is written whole or not at all."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from cbfa.exchange.outputs import OUTPUTS
from tests.cli.conftest import unix
from tests.cli.running import contents, process, terminal

TEXTS = {"md": "markdown", "txt": "plain", "tsv": "tsv", "json": "json"}


@pytest.mark.parametrize(("ending", "form"), TEXTS.items())
def test_a_file_has_what_the_format_prints(cbfa, bridges, ending, form):
    """The ending of the file names the format; the place of the file is said on standard error."""
    answer = cbfa("list", "-o", f"bridges.{ending}")

    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"written: bridges.{ending}\n"
    assert Path(f"bridges.{ending}").read_bytes().decode("utf-8") == cbfa("list", "--format", form).out


def test_csv_in_a_file_is_for_a_double_click(cbfa, bridges):
    """Excel takes it for UTF-8 by its byte-order mark; on standard output there is none."""
    cbfa("list", "-o", "bridges.csv")
    printed = process("list", "-o", "-.csv", cwd=bridges).out

    assert Path("bridges.csv").read_bytes() == codecs.BOM_UTF8 + printed.encode()
    assert not printed.startswith("\ufeff")


def test_a_file_that_is_there_is_replaced_only_by_force(cbfa, bridges):
    """Where nobody can be asked, the command is refused, and the fix works."""
    Path("plan.md").write_text("mine", encoding="utf-8")
    refused = cbfa("status", "-o", "plan.md")

    assert refused.code == 2
    assert "add --force to replace it" in refused.err
    assert Path("plan.md").read_text(encoding="utf-8") == "mine"
    assert cbfa("status", "-o", "plan.md", "--force").code == 0
    assert Path("plan.md").read_text(encoding="utf-8").startswith("# Bridges")


@unix
@pytest.mark.parametrize(("typed", "code"), [("n\n", 1), ("y\n", 0)])
def test_on_a_terminal_it_asks(bridges, typed, code):
    """Anything but yes leaves the file as it was."""
    path = bridges / "plan.md"
    path.write_text("mine", encoding="utf-8")
    answer = terminal("status", "-o", "plan.md", cwd=bridges, typed=typed)

    assert answer.code == code
    assert "plan.md exists. Replace it?" in answer.out
    assert (path.read_text(encoding="utf-8") == "mine") is (code == 1)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence", "fix"),
    [
        (["list", "-o", "x"], 2, "“x” has no ending that says what to write", "choose one of: .xlsx"),
        (["list", "-o", "x.doc"], 2, "cbfa list cannot write .doc", "choose one of: .xlsx"),
        (["list", "-o", "x.docx"], 2, "cbfa list cannot write .docx", "this can: cbfa report"),
        (["list", "-o", "none/x.md"], 4, "there is no folder none", "create it first, or name another one"),
        (["list", "-o", "folder.md"], 4, "folder.md is a folder", "name a file in it: folder.md/cbfa.md"),
        (["export", "-o", "-"], 2, "“-” has no ending that says what to write", "name a file"),
        (["dashboard", "-o", "-"], 2, "“-” has no ending that says what to write", "name a file"),
        (["list", "-o", "-.xlsx"], 2, "a .xlsx is no text, so it cannot go to standard output", "name a file"),
        (["list", "-o", "x.md", "--format", "csv"], 2, "-o and --format contradict each other", "leave out --format"),
        (["list", "-o", "x" * 300 + ".md"], 4, "File name too long", "use a shorter name"),
    ],
)
def test_what_cannot_be_written_gets_a_sentence(cbfa, bridges, arguments, code, sentence, fix):
    """The reason and a fix, and no file."""
    (bridges / "folder.md").mkdir()
    before = contents(bridges)
    answer = cbfa(*arguments)

    assert answer.code == code
    assert sentence in answer.err
    assert fix in answer.err
    assert contents(bridges) == before


@unix
def test_a_pipe_is_not_replaced(cbfa, bridges):
    """Its reader would wait without end. The same holds for a link to one."""
    os.mkfifo("pipe.csv")
    Path("link.csv").symlink_to("pipe.csv")
    for name in ("pipe.csv", "link.csv"):
        answer = cbfa("status", "-o", name, "--force")

        assert answer.code == 4
        assert "is not a file, but a pipe or a device" in answer.err
    assert Path("pipe.csv").is_fifo()


@unix
def test_a_link_stays_a_link(cbfa, bridges):
    """The file to which it leads is written, also if it is not there yet."""
    Path("link.csv").symlink_to("far.csv")

    assert cbfa("status", "-o", "link.csv").code == 0
    assert cbfa("status", "-o", "link.csv", "--force").code == 0
    assert Path("link.csv").is_symlink()
    assert Path("far.csv").read_bytes().startswith(codecs.BOM_UTF8)


def test_a_file_says_nothing_of_this_computer(cbfa, bridges, tmp_path_factory, monkeypatch):
    """The folder of the files is for the screen: a file goes to others, and has the same bytes wherever it is made."""
    made = []
    for folder in (bridges, tmp_path_factory.mktemp("elsewhere")):
        monkeypatch.chdir(folder)
        cbfa("status", "--data", str(bridges / "data"), "-o", "status.md")
        made.append(Path("status.md").read_bytes())

    assert made[0] == made[1]


@pytest.mark.parametrize("kind", ["agency", "annual", "midterm", "final", "letter"])
@pytest.mark.parametrize(
    "ending", [one.ending for one in OUTPUTS.values() if "report" in one.commands and one.ending != "pdf"]
)
def test_every_document_is_written_in_every_kind_of_file(cbfa, bridges, kind, ending):
    """No kind of file lacks a kind of block."""
    options = {"annual": ["--year", "2012"], "letter": ["--agency", "SoDay"]}.get(kind, [])

    assert cbfa("report", "--kind", kind, *options, "--as-of", "2012-12-31", "-o", f"x.{ending}").code == 0
    assert Path(f"x.{ending}").stat().st_size
