"""The official documents as neutral pages: their parts, figures, days and errors. They are printed here as plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.exchange.kinds import DISTRICTS_DAY, DRAFT_DAY, LEADS, PARTNERS_DAY

HEADINGS = [
    "I. Leadership and implementation",
    "II. Results",
    "III. Shortcomings and causes",
    "IV. Directions for the next period",
    "V. Proposals",
]


def headings(out: str) -> list[str]:
    """Return the headings of parts in a plain page."""
    return re.findall(r"^([IVX]+\. .+)\n-+$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("options", "title", "day"),
    [
        (("--kind", "annual", "--year", "2012"), "Results in 2012: ", "2012-12-31"),
        (("--kind", "midterm"), "Mid-term review: ", "2013-06-30"),
        (("--kind", "final"), "Final review: ", "2015-12-31"),
    ],
)
def test_the_reports_of_the_programme(cbfa, programme, options, title, day):
    """Each has its parts and its usual day; only the final one has lessons; the coordinator issues it."""
    out = cbfa("report", *options).out

    assert out.startswith(title)
    assert f"As of {day}, this report covers 41 milestones with 68 tasks." in out
    assert [one.partition(". ")[2] for one in headings(out) if "Lessons" not in one] == [
        one.partition(". ")[2] for one in HEADINGS
    ]
    assert ("Lessons" in out) is ("final" in options)
    assert "No.:       /BC-SNgV" in out
    assert "Department of Foreign Affairs reports as follows:" in out


def test_the_classes_add_up(cbfa, programme):
    """The sentence has the figures of `status`: done and not done are all tasks."""
    out = cbfa("report", "--kind", "midterm").out
    total = cbfa.json("status", "--as-of", "2013-06-30").page["total"]
    done, on_time, late, undated, unfinished, within, overdue, without = map(
        int,
        re.search(
            r"Done: (\d+) \(on time (\d+), late (\d+), without a deadline (\d+)\); "
            r"not done: (\d+) \(within the deadline (\d+), overdue (\d+), without a deadline (\d+)\)\.",
            out,
        ).groups(),
    )

    assert done == on_time + late + undated == total["progress"]["done"]
    assert unfinished == within + overdue + without
    assert done + unfinished == total["occurrences"]
    assert overdue == total["official"]["overdue"]


def test_the_annual_report_lists_the_work_of_the_year(cbfa, programme):
    """What fell due in the year and what was completed in it, each task once, as `list` has it."""
    out = cbfa("report", "--kind", "annual", "--year", "2012").out
    done = cbfa.json("list", "--done-in", "2012", "--as-of", "2012-12-31").keys
    due = [one for one in cbfa.json("list", "--as-of", "2012-12-31").page["items"] if (one["due"] or "")[:4] == "2012"]

    assert f"{len(due)} tasks fall due in 2012 (done: 1):" in out
    assert f"{len(done)} tasks were completed in 2012:" in out


def test_another_day_can_be_asked_for(cbfa, programme):
    """`--as-of` decides the figures, `--year` the section of the year."""
    out = cbfa("report", "--kind", "annual", "--year", "2012", "--as-of", "2013-06-30").out

    assert "As of 2013-06-30, this report covers" in out
    assert "2. Work of 2012" in out


def test_a_day_that_is_to_come_is_not_the_usual_one(cbfa, bridges):
    """A report on a year that is not over shows today, not its end."""
    path = Path("data/roadmap.yaml")
    path.write_text(path.read_text("utf-8").replace("{first: 2011, last: 2013}", "{first: 2011, last: 2190}"), "utf-8")
    out = cbfa("report", "--kind", "final").out

    assert "As of 2190-12-31" not in out
    assert "this report covers" in out


@pytest.mark.parametrize(
    ("options", "sentence", "fix"),
    [
        (("--kind", "annual"), "--kind annual needs --year", "--year 2011"),
        (("--kind", "final", "--year", "2012"), "takes no --year", "use --kind annual"),
        (
            ("--kind", "annual", "--year", "2012", "--agency", "SC", "--agency", "SD"),
            "is issued by one agency",
            "name one",
        ),
        (("--kind", "letter", "--agency", "SC"), "so it cannot receive it", "name other agencies"),
        (("--kind", "weekly"), "unknown kind “weekly”", "choose one of: agency"),
        (("--kind", "annual", "--year", "1999"), "1999 is outside the programme's period", "2011 to 2013"),
    ],
)
def test_options_that_do_not_go_together(cbfa, bridges, options, sentence, fix):
    """The reason and a fix."""
    answer = cbfa("report", *options)

    assert answer.code == 2
    assert sentence in answer.err
    assert fix in answer.err


def test_a_kind_is_known_by_its_words(cbfa, bridges):
    """The words of the completion are understood, too, in both languages."""
    assert cbfa("report", "--kind", "báo cáo sơ kết chương trình").out.startswith("Mid-term review: Bridges")


def test_the_report_of_an_agency_goes_to_the_coordinator(cbfa, bridges):
    """It has its duties, and two appendices where it leads and supports."""
    out = cbfa("report", "--kind", "agency", "--agency", "SD", "--as-of", "2012-06-30").out

    assert "To: Bridge Department" in out
    assert "This is the report of Rope Department, sent to Bridge Department to be compiled." in out
    assert "Twist the ropes" in out
    assert "Appendix I: Tasks that it leads" in out
    assert "Appendix II: Tasks that it supports" in out


def test_an_agency_without_milestones(cbfa, bridges):
    """It can report that nothing is within its scope; no table and no appendix is empty."""
    with Path("data/agencies.yaml").open("a", encoding="utf-8") as file:
        file.write("\n  - id: Idle\n    name: {vi: Nhàn, en: Idle}\n")
    out = cbfa("report", "--kind", "agency", "--agency", "Idle", "--as-of", "2012-06-30").out

    assert "As of 2012-06-30, no task is within the scope of this report." in out
    assert headings(out) == HEADINGS
    assert "Appendix" not in out
    assert "overdue" not in out


def test_a_year_without_deadlines(cbfa, bridges):
    """The section says so instead of an empty table."""
    path = Path("data/roadmap.yaml")
    text = path.read_text("utf-8").replace("to: 2013}", "to: 2014}", 1)
    text = text.replace("{every: year}", "{every: year, to: 2013}")
    path.write_text(text, "utf-8")
    out = cbfa("report", "--kind", "annual", "--year", "2014", "--as-of", "2014-12-31").out

    assert "No task falls due in 2014." in out
    assert "No task is recorded as completed in 2014." in out


def test_the_letter_asks_for_what_is_open(cbfa, bridges):
    """It is sent by the coordinator; finished and future work is left out."""
    page = cbfa.json("report", "--kind", "letter", "--as-of", "2012-06-30").page
    out = cbfa("report", "--kind", "letter", "--as-of", "2012-06-30").out

    assert [item["key"] for item in page["items"]] == ["rope-bridges", "inspection@2012"]
    assert (page["kind"], page["document"]) == ("document", "letter")
    assert out.startswith("Re: Report on results: Bridges")
    assert "No.:       /SC-……" in out
    assert "Bridge Department asks Rope Department to report on results as of 2012-06-30." in out


def test_notes_take_the_place_of_blanks(cbfa, bridges):
    """Only the parts that have none keep their blank."""
    Path("n.md").write_text("# Results\nThe ropes are **stronger**.\n\n- by a half\n", encoding="utf-8")
    command = ("report", "--kind", "annual", "--year", "2012", "--notes", "n.md")
    plain, markdown = cbfa(*command).out, cbfa(*command, "--format", "markdown").out

    assert "The ropes are **stronger**.\n- by a half\n" in plain
    assert "[Results:" not in plain
    assert plain.count("[Proposals: ") == 1
    assert r"The ropes are \*\*stronger\*\*." in markdown


def test_a_task_that_is_set_aside_says_why(cbfa, programme):
    """Its note is a difficulty, not a result."""
    done = cbfa("mark", "special-recruitment", "suspended", "--on", "2012-11-01", "--note", "Thiếu biên chế", "--yes")
    out = cbfa("report", "--kind", "annual", "--year", "2012").out
    row = next(line for line in out.splitlines() if "Special recruitment" in line and "Thiếu" in line)

    assert done.code == 0, done.err
    assert "Suspended: 1; dropped: 0." in out
    assert re.search(r"suspended\s+Thiếu biên chế$", row)


# Other kinds of programmes


def test_what_each_owes_is_one_task_of_a_report(cbfa, districts):
    """With how many have done it; the appendix names every lead, and says that figures do not add up."""
    out = cbfa("report", "--kind", "midterm", *DISTRICTS_DAY).out
    tasks, _, appendix = out.partition("Appendix I:")

    assert "this report covers 6 milestones with 7 tasks." in tasks
    assert "2 tasks are overdue:" in tasks
    assert tasks.count("Own plan (2025-H1)") == 1
    assert "2 of 3" in tasks
    assert "District A" not in tasks
    assert all(f"Department {number}" in appendix for number in range(3, LEADS + 1))
    assert "120.5 of 193 → 100 days" in appendix
    assert "M2C1-15BIS" in appendix
    assert "so the figures do not add up to those of the programme." in appendix


def test_the_report_of_a_member_has_its_own_and_its_groups_apart(cbfa, districts):
    """Its own part counts; what the group owes is in an appendix of its own."""
    out = cbfa("report", "--kind", "agency", "--agency", "HuyenC", *DISTRICTS_DAY).out
    text, led, shared = re.split(r"Appendix I+: ", out)

    assert "this report covers 1 milestone with 2 tasks." in text
    assert "Coverage" not in text + led
    assert led.count("Own plan (2025-H") == 2
    assert shared.startswith("Tasks of groups of which it is a member")
    assert "Coverage" in shared


def test_a_letter_asks_the_group(cbfa, districts):
    """Not each of its members; a member that is named is asked for its own."""
    everyone = cbfa("report", "--kind", "letter", *DISTRICTS_DAY).out
    one = cbfa("report", "--kind", "letter", "--agency", "HuyenC", *DISTRICTS_DAY).out

    assert "- Districts;" in everyone
    assert "District A" not in everyone
    assert "Carrying out Decision 12, and to compile" in everyone
    assert "To: District C" in one
    assert "The appendix lists 3 tasks that are open" in one


def test_a_draft_is_no_act(cbfa, draft):
    """There is nothing to refer to: no base and no decision, but the word draft."""
    report = cbfa("report", "--kind", "midterm", *DRAFT_DAY).out
    letter = cbfa("report", "--kind", "letter", *DRAFT_DAY).out

    assert "Pursuant to" not in report
    assert "For the programme: Piano triennale (draft, not adopted)." in report
    assert "Results by objective" not in report
    assert "Carrying out" not in letter
    assert "To compile the report to ……………, Comune di Prova asks Provincia di Prova" in " ".join(letter.split())


def test_without_the_official_classes_words_are_plain(cbfa, partners):
    """Done, within the deadline, overdue: sentence, tables and assessments."""
    out = cbfa("report", "--kind", "midterm", *PARTNERS_DAY).out

    assert "Done: 2; within the deadline: 2; overdue: 1; not done, without a deadline: 1." in " ".join(out.split())
    assert "on time 1" not in out
    assert "unfinished, " not in out
    head = next(line for line in out.splitlines() if line.startswith("Workstream"))
    assert re.split(r"\s{2,}", head) == [
        *("Workstream", "Tasks", "done", "within deadline", "overdue", "no deadline", "done, %")
    ]
    assert "42 of 0 → 30 days" in out


def test_a_report_in_another_language_has_its_titles(cbfa, partners):
    """French titles in English words; no national motto."""
    out = cbfa("report", "--kind", "midterm", *PARTNERS_DAY, "--lang", "fr").out

    assert out.startswith("Mid-term review: Plan pour un gouvernement ouvert")
    assert "Pursuant to Décision du Cabinet" in out
    assert "Changements climatiques" in out
