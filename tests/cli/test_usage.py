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
        (["statsu"], "there is no command “statsu”", "did you mean status"),
        (["overdo"], "there is no command “overdo”", "did you mean overdue"),
        (["help"], "there is no command “help”", "did you mean --help"),
        (["xyzzy"], "there is no command “xyzzy”", "choose one: status, overdue, upcoming"),
        (["list", "--agancy", "SD"], "there is no option “--agancy” here", "did you mean --agency"),
        (["list", "--xyzzy"], "there is no option “--xyzzy” here", "see: cbfa list --help"),
        (["overdue", "--yaer", "2012"], "there is no option “--yaer” here", "--year"),
        (["list", "-x"], "there is no option “-x” here", "see: cbfa list --help"),
        (["show"], "ID is missing", "see: cbfa show --help"),
        (["mark"], "KEY is missing", "see: cbfa mark --help"),
        (["mark", "stone-bridge"], "EVENT is missing", "see: cbfa mark --help"),
        (["merge"], "OTHER.yaml is missing", "see: cbfa merge --help"),
        (["schema"], "roadmap|agencies|progress is missing", "see: cbfa schema --help"),
        (["init"], "FOLDER is missing", "see: cbfa init --help"),
        (["show", "inspection", "rope"], "there are words too many: rope", "see: cbfa show --help"),
        (["status", "a", "b"], "there are words too many: a b", "see: cbfa status --help"),
        (["status", "data"], "there are words too many: data", "write --data data"),
        (["status", "x" * 5000], "there are words too many: xxx", "see: cbfa status --help"),
        (["overdue", "2012"], "there are words too many: 2012", "write --year 2012"),
        (["report", "SoDay"], "there are words too many: SoDay", "an agency stands behind --agency"),
        (["report", "--agency", "sở", "dây"], "there are words too many: dây", "an agency stands behind --agency"),
        (["log", "--year", "2012"], "there is no option “--year” here", "see: cbfa log --help"),
        (["mark", "stone-bridge", "--done"], "there is no option “--done” here", "write done, without dashes"),
        (["list", "--year", "soon"], "--year needs a whole number", "see: cbfa list --help"),
        (["list", "--year", "2012.5"], "--year needs a whole number", "see: cbfa list --help"),
        (["upcoming", "--days", "many"], "--days needs a whole number", "see: cbfa upcoming --help"),
        (["overdue", "--fail=yes"], "--fail takes no value", "--help"),
        (["list", "--format", "yaml"], "there is no format “yaml”", "choose one: "),
        (["list", "--format", "jsn"], "there is no format “jsn”", "did you mean json?"),
        (["list", "--format", ""], "there is no format “”", "choose one: table, plain, markdown, csv, tsv, json"),
        (["list", "--state", "overdo"], "there is no state “overdo”", "did you mean overdue?"),
        (["list", "--state", "qqq"], "there is no state “qqq”", "not-started, in-progress, done"),
        (["list", "--role", "lead"], "no agency is named", "add --agency"),
        (["list", "--agency", "SD", "--role", "owner"], "there is no role “owner”", "choose one: lead, support"),
        (["list", "--agency", "SoDai"], "there is no agency “SoDai”", "did you mean SoDay (Sở Dây)"),
        (["list", "--agency", ""], "there is no agency “”", "SoCau (Sở Cầu), SoDay (Sở Dây)"),
        (
            ["list", "--agency", "department"],
            "“department” can mean several agencies",
            "SoCau (Sở Cầu), SoDay (Sở Dây)",
        ),
        (["report", "--agency", "aqueducts"], "there is no agency “aqueducts”", "choose one: "),
        (["list", "--workstream", "IX"], "there is no workstream “IX”", "choose one: building (III)"),
        (["list", "--workstream", ""], "there is no workstream “”", "choose one: building (III)"),
        (["list", "--year", "2014"], "2014 lies outside the programme", "it runs from 2011 to 2013"),
        (["overdue", "--year", "2010"], "2010 lies outside the programme", "it runs from 2011 to 2013"),
        (["report", "--year", "-1"], "-1 lies outside the programme", "it runs from 2011 to 2013"),
        (["upcoming", "--days", "-1"], "--days counts ahead, so it is 0 or more", "for what is late: cbfa overdue"),
        (["show", "inspektion"], "there is no milestone “inspektion”", "did you mean inspection"),
        (["log", "inspection@2020"], "“inspection” has no occurrence “2020”", "it runs from 2011 to 2013"),
        (["log", "--since", "2012"], "“2012” is not a date", "write it as 2012-12-31 or 31/12/2012"),
        (["status", "--lang", "fr"], "there is no language “fr”", "choose one: vi, en"),
        (["--lang", "fr", "status"], "there is no language “fr”", "choose one: vi, en"),
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
    assert ("there is no agency" in answer.err) is (lang == "en")
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
