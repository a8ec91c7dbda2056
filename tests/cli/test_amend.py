"""`cbfa amend`: writing one change of an act."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.conftest import unix
from tests.cli.running import contents, environment, process, terminal, today

ACT = ("--act", "Nghị quyết 2", "--signed", "2011-07-12")


def text(folder):
    """The file of the amendments."""
    return (folder / "data" / "amendments.yaml").read_text(encoding="utf-8")


def test_it_writes_a_file_that_passes_check(cbfa, bridges):
    """`was` is taken from the plan before the act; the form of the schedule stays; nothing else is touched."""
    before = contents(bridges / "data")
    answer = cbfa("amend", "stone-bridge", "--due", "2013", *ACT, "--clause", "1.3", "--why", "Lũ: “cầu trôi”", "--yes")

    assert (answer.code, answer.err) == (0, "written: data/amendments.yaml\n")
    assert text(bridges).endswith(
        "amendments:\n"
        "  - id: nghi-quyet-2\n"
        '    act: "Nghị quyết 2"\n'
        "    signed: 2011-07-12\n"
        f"    entered: {today()}\n"
        "    changes:\n"
        "      - change: stone-bridge\n"
        "        was: {schedule: {in: 2012, tentative: true}}\n"
        "        now: {schedule: {in: 2013}}\n"
        '        clause: "1.3"\n'
        '        why: "Lũ: “cầu trôi”"\n'
    )
    assert {path: raw for path, raw in contents(bridges / "data").items() if path in before} == before
    assert "3 milestones, 2 agencies, 1 act, 2 entries" in cbfa("check").out
    assert cbfa.json("list", "--as-of", "2013-06-30").page["items"][0]["due"] == "2013-12-31"


def test_it_shows_the_effect(cbfa, bridges):
    """The states before and after, and the totals that differ."""
    answer = cbfa("amend", "inspection", "--repeal", "--act", "A", "--signed", "2012-02-01", "--dry-run")

    assert "- repeal: inspection" in answer.out
    assert "before  ! overdue · no entry  2013-12-31  SD*" in answer.out
    assert "after   no longer planned" in answer.out
    assert "no longer planned           0        2" in answer.out
    assert answer.err == "Nothing was written: this was a dry run.\n"
    assert not (bridges / "data" / "amendments.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "change"),
    [
        (
            ("stone-bridge", "--due", "2013-03-31"),
            "now: {schedule: {from: 2012, due: 2013-03-31}}",
        ),
        (("rope-bridges", "--due", "2014"), "now: {schedule: {from: 2011, due: 2014}}"),
        (
            ("inspection@2012", "--due", "2013-03-31"),
            "was: {due: 2012-12-31}\n        now: {due: 2013-03-31}",
        ),
        (("inspection", "--due", "30/6"), 'now: {schedule: {every: year, due: "30/6"}}'),
        (
            ("rope-bridges", "--target", "3"),
            'now: {target: {count: 3, unit: {vi: "cầu", en: bridges}}}',
        ),
        (
            ("inspection", "--lead", "sở cầu"),
            'inferred: {vi: "Dây mòn nhanh", en: "Ropes wear out fast"}\n        now: {lead: SoCau}',
        ),
        (("inspection@2013", "--repeal"), "- repeal: inspection@2013"),
    ],
)
def test_it_knows_what_was(cbfa, bridges, arguments, change):
    """Each kind of change, with what was in force; `check` finds it right."""
    if "2014" in arguments:
        path = bridges / "data" / "roadmap.yaml"
        path.write_text(path.read_text("utf-8").replace("to: 2013}", "to: 2015}"), encoding="utf-8")
    answer = cbfa("amend", *arguments, *ACT, "--yes")

    assert answer.code == 0, answer.err
    assert change in text(bridges)
    assert cbfa("check").code == 0


def test_a_second_change_joins_its_act(cbfa, bridges):
    """By the id, or by the same words and day; the change before counts for `was`, and a question says who will see it."""
    cbfa("amend", "stone-bridge", "--due", "2013", *ACT, "--yes")
    old = text(bridges)
    codes = [cbfa("amend", "rope-bridges", "--target", "3", *ACT, "--yes").code]
    codes.append(cbfa("amend", "inspection@2012", "--due", "2013", "--id", "nghi-quyet-2", "--yes").code)
    codes.append(cbfa("amend", "stone-bridge", "--due", "2013-06", "--id", "nghi-quyet-2", "--yes").code)

    assert codes == [0, 0, 0]
    assert text(bridges).startswith(old)
    assert text(bridges).count("- id:") == 1
    assert "was: {schedule: {in: 2013}}\n        now: {schedule: {in: 2013-06}}" in text(bridges)


def test_one_occurrence_is_compared_with_the_plan_before_the_act(cbfa, bridges):
    """Also where the act has changed its milestone already; another day of effect is another act."""
    codes = [cbfa("amend", "inspection", "--due", "30/6", *ACT, "--yes").code]
    codes.append(cbfa("amend", "inspection@2013", "--due", "2013-09-30", *ACT, "--yes").code)
    other = cbfa("amend", "stone-bridge", "--due", "2013", *ACT, "--effective", "2013-01-01", "--yes")

    assert codes == [0, 0]
    assert "was: {due: 2013-12-31}" in text(bridges)
    assert other.code == 2
    assert "leave out --act, --signed and --effective" in other.err


def test_an_act_that_is_known_already_asks(cbfa, bridges):
    """Answers by what was known then would have the change, too."""
    cbfa("amend", "stone-bridge", "--due", "2013", *ACT, "--yes")
    path = bridges / "data" / "amendments.yaml"
    path.write_text(text(bridges).replace(f"entered: {today()}", "entered: 2011-08-01"), encoding="utf-8")
    answer = cbfa("amend", "rope-bridges", "--target", "3", "--id", "nghi-quyet-2")

    assert answer.code == 2
    assert "The act is known since 2011-08-01" in answer.err


def test_without_a_terminal_it_is_refused(cbfa, bridges):
    """Nobody could answer."""
    answer = cbfa("amend", "stone-bridge", "--due", "2013", *ACT)

    assert answer.code == 2
    assert "no terminal is attached: Write this change to data/amendments.yaml?" in answer.err
    assert not (bridges / "data" / "amendments.yaml").exists()


@unix
@pytest.mark.parametrize(
    ("key", "due"), [("rope-bridges", "2011-06"), ("stone-bridge", "2011"), ("inspection@2012", "2012-03")]
)
def test_a_deadline_before_the_act_is_asked_about(bridges, key, due):
    """It may be a typo in the year."""
    act = ("--act", "A", "--signed", "2012-07-12")
    answer = terminal("amend", key, "--due", due, *act, cwd=bridges, typed="n\n", columns=120)

    assert answer.code == 1
    assert "is before 2012-07-12, when the act takes effect. Is it meant? [y/N]" in answer.out
    assert not (bridges / "data" / "amendments.yaml").exists()


@unix
@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_it_asks_on_a_terminal(bridges, typed, code):
    """Only a yes writes."""
    answer = terminal("amend", "stone-bridge", "--due", "2013", *ACT, cwd=bridges, typed=typed)

    assert answer.code == code
    assert (bridges / "data" / "amendments.yaml").exists() is (code == 0)


@pytest.mark.parametrize(
    ("arguments", "message", "fix"),
    [
        (("stone-bridge", *ACT), "nothing to change", "--repeal alone"),
        (("stone-bridge", "--repeal", "--due", "2013", *ACT), "no other change", "--repeal alone"),
        (("stone-bridge", "--due", "2013"), "needs its words and the day", "add --act and --signed"),
        (("stone", "--target", "2", *ACT), "“stone-bridge” has no target", "now: {target: {count: 2}}"),
        (("rope", "--target", "2.5", *ACT), "“2.5” is not a count", "whole number"),
        (("rope", "--target", "2", *ACT), "is this already", "another value"),
        (("inspection", "--due", "2013", *ACT), "recurs (every: year)", "cbfa show inspection"),
        (("inspection", "--due", "31/13", *ACT), "“31/13” is not a day", "day first"),
        (("rope", "--due", "2010", *ACT), "before it begins", ""),
        (("rope", "--due", "soon", *ACT), "“soon” is not a date", "write a day"),
        (("stone", "--lead", "SoXa", *ACT), "unknown agency “SoXa”", "did you mean"),
        (("bridge", "--repeal", *ACT), "unknown milestone", "did you mean"),
        (("stone", "--repeal", "--id", "a b", *ACT), "“a b” is not a valid value of “id”", "begin with a letter"),
        (
            ("stone", "--repeal", "--act", "A", "--signed", "2009"),
            "before the programme was adopted",
            "correct the date",
        ),
        (("stone", "--repeal", *ACT, "--effective", "2011-01"), "before it was signed on", "check both dates"),
        (("stone", "--repeal", "--act", "A", "--signed", "1066"), "out of range", "typo"),
    ],
)
def test_what_is_wrong_gets_a_sentence(cbfa, bridges, arguments, message, fix):
    """With a fix, and nothing is written."""
    answer = cbfa("amend", *arguments, "--yes")

    assert answer.code == 2
    assert message in answer.err
    assert fix in answer.err
    assert not (bridges / "data" / "amendments.yaml").exists()


def test_a_repeal_of_what_is_done_changes_nothing(cbfa, bridges):
    """What was done stays done, and the page says so."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-05-01")
    page = cbfa("amend", "stone-bridge", "--repeal", "--act", "NQ 3", "--signed", "2013-01-01", "--dry-run").out

    assert "On this day no state, deadline, lead or target differs." in page
    assert "after" not in page


def test_an_act_before_a_later_one_is_written_in_two_steps(cbfa, bridges):
    """First the `was` of the later act is corrected, as the fix says; then the same command works."""
    cbfa("amend", "stone-bridge", "--due", "2013", "--act", "NQ 9", "--signed", "2012-09-01", "--yes")
    earlier = ("amend", "stone-bridge", "--due", "2012-12", "--act", "NQ 1", "--signed", "2012-02-01", "--yes")
    first = cbfa(*earlier)
    path = bridges / "data" / "amendments.yaml"
    path.write_text(text(bridges).replace("{in: 2012, tentative: true}", "{in: 2012-12}"), encoding="utf-8")

    assert first.code == 2
    assert "then run it again" in first.err
    assert cbfa(*earlier).code == 0
    assert cbfa("check").code == 0


def test_an_act_before_adoption_is_refused_for_what_it_is(cbfa, bridges):
    """Not for what a later act says of it."""
    cbfa("amend", "stone-bridge", "--due", "2013", "--act", "NQ 9", "--signed", "2012-09-01", "--yes")
    answer = cbfa("amend", "stone-bridge", "--due", "2012-12", "--act", "NQ 1", "--signed", "2009-02-01", "--yes")

    assert "before the programme was adopted" in answer.err
    assert "was not this" not in answer.err


def test_commands_at_once_lose_nothing(cbfa, bridges):
    """With `--yes` nobody is asked, so each waits for the others."""
    changes = [
        "stone-bridge --due 2013",
        "rope-bridges --target 3",
        "inspection@2012 --due 2013-01",
        "inspection@2013 --repeal",
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "cbfa", "amend", *change.split(), *ACT, "--yes"],
            cwd=bridges,
            env=environment(bridges),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for change in changes
    ]

    assert [(one.communicate()[1].splitlines()[-1:], one.returncode) for one in running] == [
        ([b"written: data/amendments.yaml"], 0)
    ] * len(changes)
    assert all(change.split()[0] in text(bridges) for change in changes)
    assert cbfa("check").code == 0


def test_the_packed_programme_is_not_changed(cbfa, tmp_path, monkeypatch):
    """It is read-only."""
    monkeypatch.chdir(tmp_path)
    answer = cbfa("amend", "guangxi-mou", "--due", "2014", *ACT, "--yes")

    assert answer.code == 2
    assert "cannot be changed" in answer.err


def test_the_page_is_there_for_programs(cbfa, bridges):
    """JSON has the act, the change as data, and the occurrences before and after."""
    page = cbfa.json("amend", "stone-bridge", "--due", "2013", *ACT, "--dry-run").page

    assert (page["kind"], page["act"]) == ("amend", "nghi-quyet-2")
    assert page["change"]["now"] == {"schedule": {"in": "2013"}}
    assert [one["due"] for one in page["items"]] == ["2012-12-31", "2013-12-31"]


def test_officers_who_write_at_once_lose_nothing(bridges):
    """Whoever comes second is asked to run the command again."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    def write(number: int) -> int:
        arguments = ("amend", "stone-bridge", "--due", "2013", "--act", f"Act {number}", "--signed", f"2011-0{number}")
        return process(*arguments, "--yes", cwd=bridges).code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(write, range(1, 5)))

    assert codes.count(0) == text(bridges).count("- id:")
    assert set(codes) <= {0, 2}


def test_what_cannot_be_added_is_shown(cbfa, bridges):
    """The fix is to add it by hand."""
    (bridges / "data" / "amendments.yaml").write_text("format: 1\namendments: null\n", encoding="utf-8")
    answer = cbfa("amend", "stone-bridge", "--repeal", *ACT, "--yes")

    assert answer.code == 2
    assert "add the lines that were shown by hand" in answer.err
    assert "- repeal: stone-bridge" in answer.out
    assert text(bridges) == "format: 1\namendments: null\n"


def test_a_lead_that_supported_it_no_longer_supports_it(cbfa, bridges):
    """No agency answers twice for one milestone, however often it is named."""
    answer = cbfa("amend", "rope-bridges", "--lead", "SoDay", "--lead", "SD", *ACT, "--yes")

    assert answer.code == 0
    assert "now: {lead: SoDay, support: null}" in text(bridges)
    assert cbfa("check").code == 0


def test_what_was_done_before_a_repeal_is_recorded_after_it(cbfa, bridges):
    """An entry about a day before the act counts; one about a later day is refused."""
    cbfa("amend", "stone-bridge", "--repeal", *ACT, "--yes")
    late, early = (cbfa("mark", "stone-bridge", "done", "--on", day) for day in ("2011-07-12", "2011-07-11"))

    assert late.code == 2
    assert "“stone-bridge” is no longer planned since 2011-07-12 (Nghị quyết 2)" in late.err
    assert early.code == 0
    assert cbfa.json("list", "--search", "stone-bridge", "--as-of", "2012").page["items"][0]["progress"] == "done"


@unix
def test_a_closed_standard_input_answers_nothing(bridges):
    """It is no terminal."""
    done = subprocess.run(
        [
            *("/bin/sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "cbfa"),
            *("amend", "stone-bridge", "--repeal", *ACT, "--lang", "en"),
        ],
        cwd=bridges,
        env=environment(bridges),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "no terminal is attached" in done.stderr


@unix
def test_a_loop_of_links_gets_a_sentence(cbfa, bridges):
    """Neither `check` nor `amend` nor `doctor` goes round in it."""
    path = bridges / "data" / "amendments.yaml"
    path.symlink_to(path.name)
    answers = [cbfa("check"), cbfa("amend", "stone-bridge", "--repeal", *ACT, "--yes")]

    assert [answer.code for answer in answers] == [4, 4]
    assert all("amendments.yaml: Too many levels" in answer.err for answer in answers)
    assert cbfa("doctor").code == 1


def test_a_file_that_is_a_folder_gets_a_sentence(cbfa, bridges):
    """Neither `check` nor `amend` goes on."""
    (bridges / "data" / "amendments.yaml").mkdir()
    answers = [cbfa("check"), cbfa("amend", "stone-bridge", "--repeal", *ACT, "--yes")]

    assert [answer.code for answer in answers] == [4, 4]
    assert all("cannot read data/amendments.yaml" in answer.err for answer in answers)
