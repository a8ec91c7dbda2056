"""A plan that changes: `cbfa amendments`, `diff`, `--baseline`, `mark … extension`, and what the listings say of moves."""

from __future__ import annotations

import csv
import json

import pytest

ACTS = """
format: 1
amendments:
  - id: nq-2-2013
    act: {vi: Nghị quyết 2/2013, en: Resolution 2/2013}
    signed: 2013-02-01
    changes:
      - change: stone-bridge
        was: {schedule: {in: 2012, tentative: true}}
        now: {schedule: {due: 2013-09-30}}
        clause: "1.2"
        why: {vi: Lũ lớn, en: The flood}
      - {repeal: rope-bridges}
  - id: nq-3-2013
    act: {vi: Nghị quyết 3/2013, en: Resolution 3/2013}
    signed: 2013-03-01
    changes:
      - found: {id: SoCauDay, code: SCD, name: {vi: Sở Cầu Dây, en: Department of Bridges and Ropes}}
      - {merge: [SoDay], into: SoCauDay}
      - add:
          workstream: building
          milestone:
            {id: ferry, title: {vi: Phà, en: Ferry}, clauses: [III.1], lead: SoCauDay, schedule: {due: 2013-Q4}}
"""


@pytest.fixture
def amended(cbfa, bridges):
    """The tiny programme with two acts: one moves and repeals, one merges and adds."""
    (bridges / "data" / "amendments.yaml").write_text(ACTS.lstrip(), encoding="utf-8")
    assert cbfa("check").code == 0
    return bridges


def item(cbfa, key, day, *more):
    """Return an occurrence on a day as a program reads it."""
    (found,) = [one for one in cbfa.json("list", "--as-of", day, *more).page["items"] if one["key"] == key]
    return found


def test_a_listing_knows_the_original_deadline(cbfa, amended):
    """JSON has the promised fields; the screen says “was due …, moved once by …”."""
    moved = item(cbfa, "stone-bridge", "2013-06-30")
    fields = ("due", "original_due", "slip_days", "moves", "overdue_when_moved", "moved_by", "timing")
    values = ("2013-09-30", "2012-12-31", 273, 1, True, "nq-2-2013", "within-deadline")

    assert tuple(moved[field] for field in fields) == values
    assert "was due 2012-12-31, moved once by Resolution 2/2013" in cbfa("list", "--as-of", "2013-06-30").out
    header = cbfa("list", "--as-of", "2013-06-30", "--format", "csv").out.splitlines()[0].split(",")
    assert {"original_due", "slip_days", "moves"} <= set(header)


def test_before_an_act_the_adopted_plan_answers(cbfa, amended):
    """The day before, the bridge is overdue and nothing has moved."""
    before = item(cbfa, "stone-bridge", "2013-01-31")

    assert (before["due"], before["moves"], before["timing"]) == ("2012-12-31", 0, "overdue")
    assert "moved" not in cbfa("status", "--as-of", "2013-01-31").out


def test_an_act_that_is_entered_later_was_not_known(cbfa, amended):
    """`--known-by` asks about what was known: an act typed in in May changes no answer known in April."""
    path = amended / "data" / "amendments.yaml"
    path.write_text(
        ACTS.lstrip().replace("signed: 2013-02-01", "signed: 2013-02-01\n    entered: 2013-05-02"), encoding="utf-8"
    )

    assert item(cbfa, "stone-bridge", "2013-06-30", "--known-by", "2013-05-01")["due"] == "2012-12-31"
    assert item(cbfa, "stone-bridge", "2013-06-30", "--known-by", "2013-05-02")["due"] == "2013-09-30"


def test_the_baseline_judges_by_the_adopted_plan(cbfa, amended):
    """`--baseline original`: the bridge is overdue, what was repealed is kept, what was added is not in it."""
    keys = ["stone-bridge", "rope-bridges", "inspection@2011", "inspection@2012", "inspection@2013"]
    original = cbfa.json("list", "--as-of", "2013-06-30", "--baseline", "original")

    assert sorted(original.keys) == sorted(keys)
    assert "stone-bridge" in cbfa.json("overdue", "--as-of", "2013-06-30", "--baseline", "original").keys
    assert "stone-bridge" not in cbfa.json("overdue", "--as-of", "2013-06-30").keys
    assert "ferry" in cbfa.json("list", "--as-of", "2013-06-30", "--baseline", "2013-03-01").keys
    screen = cbfa("status", "--as-of", "2013-06-30", "--baseline", "original").out
    assert "judged by the plan as adopted" in screen
    assert "added by later acts, not counted: 1" in screen


def test_a_baseline_after_the_day_is_refused(cbfa, amended):
    """A plan that came later judges nothing; a word that is no day is named, with what fits."""
    late = cbfa("status", "--as-of", "2013-01-31", "--baseline", "2013-06-30")
    odd = cbfa("status", "--baseline", "originall")

    assert (late.code, odd.code) == (2, 2)
    assert "later than 2013-01-31" in late.err
    assert "--baseline original" in odd.err


def test_status_sums_up_the_moves(cbfa, amended):
    """One line: how many deadlines moved, by how much, and how many of them were overdue when moved."""
    screen = cbfa("status", "--as-of", "2013-06-30").out

    assert "1 deadline moved, by 273 days on average; 1 of them overdue when moved" in screen
    sums = {"moved": 1, "moved_back": 0, "average_slip_days": 273, "overdue_when_moved": 1}
    more = {"added": 1, "repealed": 1, "overdue_when_repealed": 0}
    assert cbfa.json("status", "--as-of", "2013-06-30").page["amended"] == {**sums, **more}
    assert "no longer planned: 1 (overdue when repealed: 0)" in screen


def test_amendments_lists_each_act_with_what_it_changed(cbfa, amended):
    """Each change is an item with its act, what was and what is."""
    items = cbfa.json("amendments", "--as-of", "2013-06-30").page["items"]

    assert [(one["id"], one["kind"], one["key"]) for one in items] == [
        ("nq-2-2013", "change", "stone-bridge"),
        ("nq-2-2013", "repeal", "rope-bridges"),
        ("nq-3-2013", "found", None),
        ("nq-3-2013", "merge", None),
        ("nq-3-2013", "add", "ferry"),
    ]
    assert items[0]["was"] == {"schedule": {"in": "2012", "tentative": True}}
    assert (items[0]["now"], items[0]["clause"]) == ({"schedule": {"due": "2013-09-30"}}, "1.2")
    screen = cbfa("amendments", "--as-of", "2013-06-30").out
    for words in (
        "Resolution 2/2013",
        "signed 2013-02-01",
        "Stone bridge",
        "The flood",
        "Department of Bridges and Ropes",
        "Ferry",
    ):
        assert words in screen
    assert "Resolution" not in cbfa("amendments", "--as-of", "2013-01-31").out.replace("Resolution 1", "")


def test_an_entry_is_checked_by_the_target_of_its_day(cbfa, bridges):
    """What counted towards a target that an act takes away later was right, and so was “done”."""
    cbfa("mark", "rope-bridges", "done", "--count", "2", "--on", "2012-05-01", "--yes")
    (bridges / "data" / "amendments.yaml").write_text(
        "format: 1\namendments:\n  - id: nq-2\n    act: {vi: Nghị quyết 2, en: Resolution 2}\n    signed: 2012-07-12\n"
        "    changes:\n      - change: rope-bridges\n"
        "        was: {target: {count: 2, most: 3, unit: {vi: cầu, en: bridges}}}\n        now: {target: null}\n",
        encoding="utf-8",
    )

    assert cbfa("check").err == ""


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_every_change_is_a_row_of_a_table(cbfa, amended, name, delimiter):
    """What was and is are JSON in a cell, of every kind of change."""
    out = cbfa("amendments", "--as-of", "2013-06-30", "--format", name).out
    rows = list(csv.DictReader(out.splitlines(), delimiter=delimiter))

    assert [(one["kind"], one["was"] and json.loads(one["was"])) for one in rows] == [
        ("change", {"schedule": {"in": "2012", "tentative": True}}),
        ("repeal", ""),
        ("found", ""),
        ("merge", {"merge": ["SoDay"]}),
        ("add", ""),
    ]
    assert json.loads(rows[3]["now"]) == {"into": ["SoCauDay"]}
    assert json.loads(rows[4]["now"])["add"]["milestone"]["id"] == "ferry"


def test_show_has_the_history_of_a_milestone(cbfa, amended):
    """As adopted, each change with its act, and the entries in between, in the order of their days."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-05-01", "--note", "Foundations")
    cbfa("mark", "stone-bridge", "done", "--on", "2013-06-01", "--note", "Opened")
    lines = cbfa("show", "stone-bridge", "--as-of", "2013-06-30").out.splitlines()
    days = [line.split()[0] for line in lines if line[:4] in ("2010", "2012", "2013") and line[4:5] == "-"]

    assert days[-4:] == ["2010-12-09", "2012-05-01", "2013-02-01", "2013-06-01"]


def test_diff_compares_two_days(cbfa, amended):
    """Moved, added, no longer planned, done since, newly overdue, and entries taken back."""
    cbfa("mark", "inspection@2012", "done", "--on", "2013-03-15")
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-05-01")
    answer = cbfa.json("diff", "--from", "2012-12-31", "--to", "2013-06-30")
    changed = [(one["change"], one["key"]) for one in answer.page["items"]]

    assert changed == [
        ("moved", "stone-bridge"),
        *(("lead", f"inspection@{year}") for year in range(2011, 2014)),
        ("added", "ferry"),
        ("repealed", "rope-bridges"),
        ("done", "inspection@2012"),
    ]
    assert (answer.page["from"], answer.page["to"]) == ("2012-12-31", "2013-06-30")
    screen = cbfa("diff", "--from", "2012-12-31", "--to", "2013-06-30").out
    for words in ("Deadline moved: 1", "Newly planned: 1", "No longer planned: 1", "Completed: 1"):
        assert words in screen
    assert "Acts: Resolution 2/2013, Resolution 3/2013" in screen
    assert "Nothing changed." in cbfa("diff", "--from", "2013-06-29", "--to", "2013-06-30").out


def test_diff_says_what_lead_and_target_were(cbfa, bridges):
    """The row has what is now; below it stands what was."""
    acts = """
format: 1
amendments:
  - id: nq-2-2013
    act: Resolution 2/2013
    signed: 2013-02-01
    changes:
      - change: rope-bridges
        was:
          target: {count: 2, most: 3, unit: {vi: cầu, en: bridges}}
          lead: {agency: SoCau, basis: IV.1}
          support: [{agency: SoDay, basis: IV.2}]
        now: {target: {count: 5, unit: {vi: cầu, en: bridges}}, lead: {agency: SoDay, basis: IV.2}, support: []}
"""
    (bridges / "data" / "amendments.yaml").write_text(acts.lstrip(), encoding="utf-8")
    days = ["diff", "--from", "2012-12-31", "--to", "2013-06-30"]
    screen = cbfa(*days).out

    assert [one["change"] for one in cbfa.json(*days).page["items"]][:2] == ["lead", "target"]
    assert "rope-bridges · before: Bridge Department" in screen
    assert "rope-bridges · before: 2–3 bridges in all" in screen


def test_marks_are_explained(cbfa, amended):
    """Every list of changes has the legend of its marks; what an agency no longer has to do is in its report."""
    cbfa("mark", "inspection@2012", "extension", "--until", "2013-12", "--on", "2013-01-10")

    assert "* inferred assignment" in cbfa("diff", "--from", "2012-12-31", "--to", "2013-06-30").out
    assert "* inferred assignment" in cbfa("amendments", "--pending", "--as-of", "2013-06-30").out
    report = cbfa("report", "--agency", "SoCauDay", "--as-of", "2013-06-30").out
    assert "Rope bridges" in report.partition("No longer planned")[2]


def test_a_request_keeps_the_tables_narrow(cbfa, amended):
    """Until when more time is asked for is below the title, in the column that can be narrow, and not below the deadline."""
    cbfa("mark", "inspection@2012", "extension", "--until", "2013-12", "--on", "2013-01-10")

    assert "Inspection (2012) · inspection@2012 · asked for: 2013-12" in cbfa("list", "--as-of", "2013-06-30").out


def test_what_was_added_and_given_up_is_not_beside_the_baseline(cbfa, amended):
    """“added by later acts, not counted” are those that are planned on the day."""
    acts = (
        ACTS.lstrip()
        + """
  - {id: nq-4-2013, act: Resolution 4/2013, signed: 2013-04-01, changes: [{repeal: ferry}]}
"""
    )
    (amended / "data" / "amendments.yaml").write_text(acts, encoding="utf-8")

    assert "added by later acts" not in cbfa("status", "--as-of", "2013-06-30", "--baseline", "original").out


def test_a_revoked_act_is_named_as_the_source_of_nothing(cbfa, amended):
    """`show` names the act in force; after a revocation that is the plan as adopted. The list of acts says which are revoked."""
    acts = (
        ACTS.lstrip() + "  - {id: back, act: Resolution 9/2013, signed: 2013-05-01, changes: [{revoke: nq-2-2013}]}\n"
    )
    (amended / "data" / "amendments.yaml").write_text(acts, encoding="utf-8")

    assert "set by Resolution 2/2013" in cbfa("show", "stone-bridge", "--as-of", "2013-04-30").out
    assert "set by" not in cbfa("show", "stone-bridge", "--as-of", "2013-06-30").out
    assert "1 deadline moved" in cbfa("status", "--as-of", "2013-04-30").out
    assert "moved back: 1" in cbfa("status", "--as-of", "2013-06-30").out
    assert "deadline moved" not in cbfa("status", "--as-of", "2013-06-30").out
    assert "signed 2013-02-01 · revoked" in cbfa("amendments", "--as-of", "2013-06-30").out


def test_what_rests_on_an_act_says_so(cbfa, amended):
    """A lead that an act sets and the clauses of what an act adds are not those of the adopted text."""
    acts = ACTS.replace("clauses: [III.1], lead", "clauses: ['5'], lead").lstrip()
    acts += """\
  - id: nq-4-2013
    act: Resolution 4/2013
    signed: 2013-04-01
    changes: [{change: stone-bridge, was: {lead: {agency: SoCau, basis: IV.1}}, now: {lead: SoCauDay}}]
"""
    (amended / "data" / "amendments.yaml").write_text(acts, encoding="utf-8")
    led, added = (cbfa("show", name, "--as-of", "2013-06-30").out for name in ("stone-bridge", "ferry"))

    assert "by Resolution 4/2013" in led
    assert "5 of Resolution 3/2013" in added
    assert "by Resolution 3/2013" in added


def test_an_act_is_ahead_from_the_day_it_is_known(cbfa, amended):
    """An act that is signed is announced until it takes effect; one of later days changes no answer about an earlier one."""
    acts = ACTS.replace("signed: 2013-03-01", "signed: 2013-03-01\n    effective: 2013-04-01").lstrip()
    (amended / "data" / "amendments.yaml").write_text(acts, encoding="utf-8")

    assert "1 act takes effect later · the next on 2013-04-01" in cbfa("amendments", "--as-of", "2013-03-01").out
    assert "later" not in cbfa("amendments", "--as-of", "2013-02-28").out
    assert "later" not in cbfa("amendments", "--as-of", "2013-03-01", "--known-by", "2013-02-28").out


@pytest.mark.parametrize(
    ("question", "fix"),
    [
        (("show", "ferry", "--as-of", "2013-02-15"), "ask about a later day"),
        (("report", "--agency", "SCD", "--as-of", "2013-02-15"), "ask about a later day"),
        (("overdue", "--agency", "SCD", "--as-of", "2013-06-30", "--baseline", "original"), "leave out --baseline"),
    ],
)
def test_what_begins_with_a_later_act_is_not_unknown(cbfa, amended, question, fix):
    """The sentence says from which day it is planned, and by which act."""
    answer = cbfa(*question)

    assert answer.code == 2
    assert "is in the plan from 2013-03-01 on, by Resolution 3/2013" in answer.err
    assert fix in answer.err


def test_a_part_of_an_old_name_is_enough(cbfa, amended):
    """As of names of today; and `amend` says who took over."""
    assert cbfa("overdue", "--agency", "rope dep", "--as-of", "2013-06-30").code == 0
    moved = cbfa("amend", "stone-bridge", "--lead", "SoDay", "--act", "NQ", "--signed", "2013-06-01", "--yes")
    assert "Rope Department no longer exists" in moved.err
    assert "name its successor: SoCauDay" in moved.err


def test_a_list_says_what_of_it_is_no_longer_planned(cbfa, amended):
    """Below what is planned, and also where nothing else is found; a list of a state has only that."""
    words = ["list", "--search", "rope", "--as-of", "2013-06-30"]

    assert "Rope bridges  2013-12-31  Resolution 2/2013" in cbfa(*words).out
    assert cbfa.json(*words).page["items"] == []
    assert "Resolution 2/2013" not in cbfa(*words, "--state", "overdue").out


def test_diff_needs_days_in_order(cbfa, amended):
    """The first day lies before the second."""
    answer = cbfa("diff", "--from", "2013-06-30", "--to", "2013-01-01")

    assert answer.code == 2
    assert "2013-06-30" in answer.err


def test_a_question_by_an_old_name_is_answered_by_the_heir(cbfa, amended):
    """After the merger the successor answers and says what it was; before it the old name prints."""
    after = cbfa("report", "--agency", "SoDay", "--as-of", "2013-06-30")
    before = cbfa("report", "--agency", "Sở Dây", "--as-of", "2013-02-28")

    assert "Department of Bridges and Ropes" in after.out
    assert "formerly Rope Department" in after.out
    assert "Inspection" in after.out
    assert "Department of Bridges and Ropes" not in before.out
    assert "Rope Department" in before.out


def test_entries_stay_with_who_reported_them(cbfa, amended):
    """What the old department reported is still reported by it."""
    first, _ = cbfa.json("log", "--as-of", "2013-06-30").page["items"]

    assert (first["key"], first["by"]) == ("rope-bridges", "SoDay")
    assert "reported by SD" in cbfa("log", "--as-of", "2013-06-30").out
    for name in ("SoDay", "SoCauDay"):
        assert "rope-bridges" in cbfa("log", "--agency", name, "--as-of", "2013-06-30").out


def test_a_request_for_more_time_changes_no_state(cbfa, amended):
    """“asked for, not decided”: shown on the row and listed as pending; the inspection stays overdue."""
    asked = cbfa(
        "mark",
        "inspection@2012",
        "extension",
        "--until",
        "2013-12",
        "--on",
        "2013-01-10",
        "--note",
        "No ropes",
        "--by",
        "SC",
    )
    row = item(cbfa, "inspection@2012", "2013-02-15")

    assert asked.code == 0
    assert (row["asked_until"], row["timing"], row["due"], row["progress"]) == (
        "2013-12",
        "overdue",
        "2012-12-31",
        "not-started",
    )
    assert cbfa.json("amendments", "--pending", "--as-of", "2013-02-15").keys == ["inspection@2012"]
    pending = cbfa("amendments", "--pending", "--as-of", "2013-02-15").out
    assert "2013-12" in pending
    assert "No ropes · reported by SC" in pending
    assert "asked for: 2013-12" in cbfa("list", "--as-of", "2013-02-15").out
    assert "until 2013-12" in cbfa("log", "--as-of", "2013-02-15").out


def test_an_act_that_moves_the_deadline_decides_a_request(cbfa, amended):
    """Pending until an act changes that deadline."""
    cbfa("mark", "stone-bridge", "extension", "--until", "2013-06-30", "--on", "2013-01-10")

    assert cbfa.json("amendments", "--pending", "--as-of", "2013-01-31").keys == ["stone-bridge"]
    assert cbfa.json("amendments", "--pending", "--as-of", "2013-02-01").keys == []


def test_an_extension_without_a_day_says_refused(cbfa, amended):
    """Pending until “an `extension` without `until` says refused”."""
    cbfa("mark", "inspection@2012", "extension", "--until", "2013-12", "--on", "2013-01-10")
    cbfa("mark", "inspection@2012", "extension", "--on", "2013-01-20", "--note", "Refused")

    assert cbfa.json("amendments", "--pending", "--as-of", "2013-01-19").keys == ["inspection@2012"]
    assert cbfa.json("amendments", "--pending", "--as-of", "2013-01-20").keys == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["stone-bridge", "done", "--until", "2013-12"], "--until"),
        (["stone-bridge", "extension", "--until", "2011-06-30", "--on", "2013-01-10"], "2012-12-31"),
        (["stone-bridge", "extension", "--on", "2013-01-10"], "--until"),
    ],
)
def test_a_request_that_asks_for_nothing_is_refused(cbfa, amended, arguments, sentence):
    """`--until` belongs to an extension, lies after the deadline, and a refusal needs a request."""
    answer = cbfa("mark", *arguments)

    assert answer.code == 2
    assert sentence in answer.err
    assert len(cbfa.json("log").page["items"]) == 2
