"""Completion for bash, zsh, fish and PowerShell: ids with their titles."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cbfa.cli.completion import join_words
from tests.cli.running import environment, process

OTHERS = ("zsh", "fish", "powershell")


def offered(shell, line, folder, lang="en", **more):
    """What the shell is offered behind a line."""
    words = line.split(" ")
    if shell == "bash":
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    else:
        asked = {
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        }
    settings = {"_CBFA_COMPLETE": f"complete_{shell}", "CBFA_LANG": lang, **asked, **more}
    done = subprocess.run(
        [sys.executable, "-m", "cbfa"],
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("shell", ["bash", *OTHERS])
def test_keys_are_completed(bridges, shell):
    """Behind `mark` the keys of the occurrences are offered, those of a yearly milestone with their years."""
    out = offered(shell, "cbfa mark insp", bridges)

    assert all(f"inspection@{year}" in out for year in (2011, 2012, 2013))
    assert "stone-bridge" not in out


@pytest.mark.parametrize("shell", OTHERS)
def test_keys_come_with_their_titles(bridges, shell):
    """Where the shell can show it, the title is beside the id, in the language spoken."""
    assert "Stone bridge" in offered(shell, "cbfa show st", bridges)
    assert "Cầu đá" in offered(shell, "cbfa show st", bridges, lang="vi")


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_agencies_are_completed(bridges, shell):
    """Behind `--agency` the ids that begin like what is typed are offered."""
    out = offered(shell, "cbfa report --agency SoD", bridges)

    assert "SoDay" in out
    assert "SoCau" not in out


def test_agencies_come_with_their_names(bridges):
    """The name is beside the id."""
    assert "Rope Department" in offered("fish", "cbfa overdue --agency SoD", bridges)
    assert "Sở Dây" in offered("zsh", "cbfa overdue --agency SoD", bridges, lang="vi")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("cbfa ", "overdue"),
        ("cbfa ti", "timeline"),
        ("cbfa list --sta", "--state"),
        ("cbfa list --state over", "overdue"),
        ("cbfa list --workstream b", "building"),
        ("cbfa mark stone-bridge d", "dropped"),
        ("cbfa log rope", "rope-bridges"),
    ],
)
def test_commands_options_and_words_are_completed(bridges, line, word):
    """Commands, options, states, workstreams and events are offered too."""
    assert word in offered("bash", line, bridges).split()


VALUES = [
    ("cbfa report --agency=", "SoD", "SoDay"),
    ("cbfa list --state=", "", "overdue"),
    ("cbfa list --state=", "due-", "due-today"),
    ("cbfa list --workstream=", "b", "building"),
    ("cbfa list --format=", "j", "json"),
    ("cbfa --lang=", "", "vi"),
]


@pytest.mark.parametrize(("line", "typed", "word"), VALUES)
def test_bash_completes_a_value_after_an_equals_sign(bridges, line, typed, word):
    """Bash sends the option, the sign and the value as three words, and replaces only the value."""
    words = [*line.removesuffix("=").split(" "), "=", *([typed] if typed else [])]
    asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    offers = process(cwd=bridges, _CBFA_COMPLETE="complete_bash", CBFA_LANG="en", **asked).out.split()

    assert word in offers
    assert all(offer.startswith(typed) for offer in offers)


@pytest.mark.parametrize(("line", "typed", "word"), VALUES[:2])
@pytest.mark.parametrize("shell", OTHERS)
def test_other_shells_complete_a_value_after_an_equals_sign(bridges, shell, line, typed, word):
    """They replace the whole word, so each offer begins with the option."""
    option = line.rpartition(" ")[2]

    assert f"{option}{word}" in offered(shell, line + typed, bridges)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_files_of_schema_are_completed(bridges, shell):
    """Those that have a schema are offered, before and within the word."""
    for typed in ("", "ro"):
        assert "roadmap" in offered(shell, f"cbfa schema {typed}", bridges)


def test_the_folder_named_on_the_line_is_looked_into(bridges, tmp_path_factory):
    """With `--data` on the line, that programme's ids are offered."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    assert "stone-bridge" in offered("bash", f"cbfa --data {bridges / 'data'} show st", elsewhere).split()
    assert "stone-bridge" in offered("bash", f"cbfa show --data {bridges / 'data'} st", elsewhere).split()


def test_a_wrong_file_offers_nothing_and_says_nothing(bridges):
    """Somebody who is typing is not shown the errors of a file."""
    (bridges / "data" / "roadmap.yaml").write_text("- not a roadmap\n")

    assert offered("bash", "cbfa mark st", bridges).strip() == ""


@pytest.mark.parametrize("shell", ["bash", *OTHERS])
def test_the_script_for_a_shell(bridges, shell):
    """The script that a shell needs is printed on request."""
    asked = {"_CBFA_COMPLETE": f"source_{shell}"}
    done = subprocess.run(
        [sys.executable, "-m", "cbfa"],
        cwd=bridges,
        env=environment(bridges, **asked),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0
    assert b"_CBFA_COMPLETE" in done.stdout
    assert b"complete_" + shell.encode() in done.stdout


@pytest.mark.parametrize(
    ("words", "current", "joined", "now", "in_year"),
    [
        (["cbfa", "mark", "donors", "@"], 3, ["cbfa", "mark", "donors@"], 2, True),
        (["cbfa", "mark", "donors", "@", "20"], 4, ["cbfa", "mark", "donors@20"], 2, True),
        (["cbfa", "mark", "donors", "@", "2014", "do"], 5, ["cbfa", "mark", "donors@2014", "do"], 3, False),
        (["cbfa", "mark", "staff"], 2, ["cbfa", "mark", "staff"], 2, False),
        (["@"], 0, ["@"], 0, False),
        (["cbfa", "list", "--agency", "=", "SoD"], 4, ["cbfa", "list", "--agency=SoD"], 2, False),
        (["cbfa", "list", "--agency", "="], 3, ["cbfa", "list", "--agency="], 2, False),
        (["cbfa", "list", "--lang", "=", "vi", "--st"], 5, ["cbfa", "list", "--lang=vi", "--st"], 3, False),
        (["cbfa", "list", "--search", "=", "donors", "@", "20"], 6, ["cbfa", "list", "--search=donors@20"], 2, True),
        (["cbfa", "="], 1, ["cbfa", "="], 1, False),
    ],
)
def test_what_bash_took_apart_is_put_together(words, current, joined, now, in_year):
    """To bash an `@` is a word of its own; the key of a year is one word here."""
    assert join_words(words, current) == (joined, now, in_year)


def test_bash_completes_the_year_of_a_key(programme):
    """Bash replaces what follows the last break of a word, the `@` with it, so the offers begin there."""
    words = {"COMP_WORDS": "cbfa\nmark\ningo-donors\n@\n20", "COMP_CWORD": "4"}
    offered = process(cwd=programme, _CBFA_COMPLETE="complete_bash", **words).out

    assert offered.split() == ["@2012", "@2013", "@2014", "@2015"]
