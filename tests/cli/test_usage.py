"""What is wrong on the command line: one sentence, one fix, exit code 2, and never a traceback."""

from __future__ import annotations

import pytest

from tests.cli.running import COMMANDS, Answer


def refused(answer: Answer) -> bool:
    """Whether a run ended as wrong usage should: a sentence, a fix, nothing else."""
    lines = answer.err.splitlines()
    return answer.code == 2 and answer.out == "" and lines[0].startswith("error: ") and lines[1].startswith("  fix: ")


@pytest.mark.parametrize(
    ("arguments", "sentence", "fix"),
    [
        (["statsu"], "unknown command “statsu”", "did you mean status"),
        (["overdo"], "unknown command “overdo”", "did you mean overdue"),
        (["help"], "unknown command “help”", "did you mean --help"),
        (["xyzzy"], "unknown command “xyzzy”", "choose one of: status, overdue, upcoming"),
        (["list", "--agancy", "SD"], "unknown option “--agancy”", "did you mean --agency"),
        (["list", "--xyzzy"], "unknown option “--xyzzy”", "see: cbfa list --help"),
        (["overdue", "--yaer", "2012"], "unknown option “--yaer”", "--year"),
        (["list", "-x"], "unknown option “-x”", "see: cbfa list --help"),
        (["show"], "missing ID", "see: cbfa show --help"),
        (["mark"], "missing KEY", "see: cbfa mark --help"),
        (["mark", "stone-bridge"], "missing EVENT", "see: cbfa mark --help"),
        (["merge"], "missing OTHER.yaml", "see: cbfa merge --help"),
        (["schema"], "missing roadmap|agencies|amendments|progress", "see: cbfa schema --help"),
        (["init"], "missing FOLDER", "see: cbfa init --help"),
        (["show", "inspection", "rope"], "unexpected argument: rope", "see: cbfa show --help"),
        (["status", "a", "b"], "unexpected argument: a b", "see: cbfa status --help"),
        (["status", "data"], "unexpected argument: data", "write --data data"),
        (["status", "x" * 5000], "unexpected argument: xxx", "see: cbfa status --help"),
        (["overdue", "2012"], "unexpected argument: 2012", "write --year 2012"),
        (["report", "SoDay"], "unexpected argument: SoDay", "put an agency after --agency"),
        (["report", "--agency", "sở", "dây"], "unexpected argument: dây", "put an agency after --agency"),
        (["log", "--year", "2012"], "unknown option “--year”", "see: cbfa log --help"),
        (["mark", "stone-bridge", "--done"], "unknown option “--done”", "write done without dashes"),
        (["list", "--year", "soon"], "--year needs a whole number", "see: cbfa list --help"),
        (["list", "--year", "2012.5"], "--year needs a whole number", "see: cbfa list --help"),
        (["upcoming", "--days", "many"], "--days needs a whole number", "see: cbfa upcoming --help"),
        (["overdue", "--fail=yes"], "--fail takes no value", "--help"),
        (["list", "--format", "yaml"], "unknown format “yaml”", "choose one of: "),
        (["list", "--format", "jsn"], "unknown format “jsn”", "did you mean json?"),
        (["list", "--format", ""], "unknown format “”", "choose one of: table, plain, markdown, csv, tsv, json"),
        (["list", "--state", "overdo"], "unknown state “overdo”", "did you mean overdue?"),
        (["list", "--state", "qqq"], "unknown state “qqq”", "not-started, in-progress, done"),
        (["list", "--role", "lead"], "--role needs --agency", "add --agency"),
        (["list", "--agency", "SD", "--role", "owner"], "unknown role “owner”", "choose one of: lead, support"),
        (["list", "--agency", "SoDai"], "unknown agency “SoDai”", "did you mean SoDay (Sở Dây)"),
        (["list", "--agency", ""], "unknown agency “”", "SoCau (Sở Cầu), SoDay (Sở Dây)"),
        (
            ["list", "--agency", "department"],
            "“department” matches several agencies",
            "SoCau (Sở Cầu), SoDay (Sở Dây)",
        ),
        (["report", "--agency", "aqueducts"], "unknown agency “aqueducts”", "choose one of: "),
        (["list", "--workstream", "IX"], "unknown workstream “IX”", "choose one of: building (III)"),
        (["list", "--workstream", ""], "unknown workstream “”", "choose one of: building (III)"),
        (["list", "--year", "2014"], "2014 is outside the programme's period", "choose a year from 2011 to 2013"),
        (["overdue", "--year", "2010"], "2010 is outside the programme's period", "choose a year from 2011 to 2013"),
        (["report", "--year", "-1"], "-1 is outside the programme's period", "choose a year from 2011 to 2013"),
        (["upcoming", "--days", "-1"], "--days must be 0 or more", "list overdue work with: cbfa overdue"),
        (["show", "inspektion"], "unknown milestone “inspektion”", "did you mean inspection"),
        (["log", "inspection@2020"], "“inspection” has no occurrence “2020”", "choose a period from 2011 to 2013"),
        (["log", "--since", "soon"], "“soon” is not a date", "write a day, month, quarter, half or year: 2012-12-31"),
        (["status", "--lang", "fr"], "the programme has no texts in “fr”", "choose one of: vi, en"),
        (["--lang", "fr", "status"], "the programme has no texts in “fr”", "choose one of: vi, en"),
    ],
)
def test_wrong_usage(cbfa, bridges, arguments, sentence, fix):
    """Each mistake has its own sentence, and the nearest right thing."""
    answer = cbfa(*arguments)

    assert refused(answer), answer.err
    assert sentence in answer.err.splitlines()[0]
    assert fix in answer.err.splitlines()[1]


@pytest.mark.parametrize("option", ["--as-of", "--year", "--agency", "--format"])
def test_an_option_without_its_value(cbfa, bridges, option):
    """An option that lacks its value says so, and says where its help is."""
    answer = cbfa("--lang", "en", "list", option)

    assert answer.code == 2
    assert answer.out == ""
    assert option in answer.err.splitlines()[0]
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("word", ["\x1b[31mred\x1b[0m", "[/red]", "{0}", "%s", "a\nb", "\u202egnorw", "x" * 5000])
def test_hostile_words_are_inert(cbfa, bridges, word):
    """Whatever is typed is shown as text: no control sequence, no markup, no placeholder, no line of its own."""
    for arguments in (
        [word],
        ["show", word],
        ["list", "--agency", word],
        ["list", "--format", word],
        ["list", f"--{word}"],
    ):
        answer = cbfa(*arguments)

        assert refused(answer), answer.err
        assert len(answer.err.splitlines()) == 2
        assert "\x1b" not in answer.err
        assert "\u202e" not in answer.err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_in_vietnamese_it_is_refused_too(cbfa, bridges, lang):
    """A mistake has the same exit code in both languages, and its sentence is in the language asked for."""
    answer = cbfa("report", "--agency", "SoDai", "--lang", lang)

    assert answer.code == 2
    assert "SoDai" in answer.err
    assert ("unknown agency" in answer.err) is (lang == "en")
    assert "Sở Dây" in answer.err


def test_help_names_every_command(cbfa):
    """`--help`, and no word at all, list every command with what it does."""
    answer = cbfa("--help")
    listed = [line.split()[0] for line in answer.out.splitlines() if line.startswith("  ") and line.strip()]

    assert answer.code == 0
    assert answer.err == ""
    assert [name for name in COMMANDS if name not in listed] == []
    assert cbfa().out == answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(cbfa, command):
    """`--help` and `-h` explain each command, in both languages, without needing any file."""
    english, short = cbfa(command, "--help"), cbfa(command, "-h")
    vietnamese = cbfa(command, "--help", "--lang", "vi")

    assert english.code == short.code == vietnamese.code == 0
    assert english.out == short.out
    assert f"cbfa {command}" in english.out
    assert english.out.startswith("Usage: ")
    assert vietnamese.out != english.out
    assert "--data" in english.out


def test_options_may_stand_before_the_command_or_behind(cbfa, bridges):
    """`--data`, `--lang` and `--no-color` work in both places; the nearer one wins."""
    before = cbfa("--data", "data", "--lang", "vi", "list")
    behind = cbfa("list", "--data", "data", "--lang", "vi")
    both = cbfa("--data", "nowhere", "--lang", "en", "list", "--data", "data", "--lang", "vi")

    assert before.code == 0, before.err
    assert "Cầu đá" in before.out
    assert before.out == behind.out == both.out


def test_the_text_of_an_option_is_no_language(cbfa, bridges):
    """A note that looks like an option is a note."""
    answer = cbfa("mark", "stone-bridge", "progress", "--note", "--lang=fr", "--dry-run")

    assert answer.code == 0, answer.err
