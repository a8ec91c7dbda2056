"""Amendments: each rule of the design with an example that quotes it, and what must always hold."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendment, Change
from cbfa.core.checks.amendments import check_amendments
from cbfa.core.history import History
from cbfa.core.journal import Journal, Record
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import count_occurrences
from tests.strategies import AGENCIES_DATA, KEYS, PLAN, ROADMAP_DATA, days, entry, journals

MOVE = {"change": "memorandum", "was": {"schedule": {"in": 2012, "tentative": True}}, "now": {"schedule": {"in": 2014}}}


def act(signed: str, *changes: dict[str, Any], name: str = "act", **more: Any) -> Amendment:
    """An act with these changes."""
    return Amendment.model_validate(
        {"id": name, "act": "Nghị quyết", "signed": signed, "changes": list(changes), **more}
    )


def history(*acts: Amendment, plan: Plan = PLAN) -> History:
    """The tiny programme with acts that fit it."""
    made = History.of(plan, acts)
    assert [str(one.message) for one in check_amendments(made, list(acts)) if one.severity.value == "error"] == []
    return made


def on(day: str, made: History, *records: Record, **known: Any) -> Snapshot:
    """The programme on a day."""
    return Snapshot.take(made, Journal.from_records(records), date.fromisoformat(day), **known)


def one(key: str, day: str, made: History, *records: Record) -> Standing:
    """One occurrence on a day, also one that is no longer planned."""
    snapshot = on(day, made, *records)
    return next(its for its in (*snapshot.standings, *snapshot.repealed) if its.occurrence.key == key)


def errors(*acts: Amendment, plan: Plan = PLAN) -> list[str]:
    """What check says of acts."""
    return [f"{its.message} | {its.fix}" for its in check_amendments(History.of(plan, acts), list(acts))]


def test_each_day_is_judged_by_the_plan_of_that_day():
    """“each day is judged by the plan of that day”: before the act it was overdue, and stays so when one asks about that day."""
    made = history(act("2013-07-12", MOVE))

    assert [one("memorandum", day, made).timing for day in ("2013-07-11", "2013-07-12", "2015-01-01")] == [
        Timing.OVERDUE,
        Timing.NOT_YET_OPEN,
        Timing.OVERDUE,
    ]


def test_what_is_done_is_judged_by_the_deadline_of_the_day_it_was_done():
    """“What is done is judged by the deadline in force on the day it was done, for ever.”"""
    late = entry("a", "2013-05-01", "memorandum", "done")
    in_time = entry("a", "2013-08-01", "memorandum", "done")
    made = history(act("2013-07-12", MOVE))
    back = history(act("2013-07-12", MOVE), act("2013-09-01", {"revoke": "act"}, name="back"))

    assert one("memorandum", "2015-01-01", made, late).timing is Timing.LATE
    assert one("memorandum", "2015-01-01", made, in_time).timing is Timing.ON_TIME
    assert one("memorandum", "2015-01-01", back, in_time).timing is Timing.ON_TIME


def test_a_move_never_launders_lateness():
    """“A move = another due day, or a deadline removed. Rows know `original_due`, `slip_days`, `moves`, and “overdue when moved”.”"""
    moved = one("memorandum", "2013-08-01", history(act("2013-07-12", MOVE)))
    untouched = one("board", "2013-08-01", history(act("2013-07-12", MOVE)))

    assert (moved.original_due, moved.slip_days, moved.moves.moves, moved.moves.late) == (
        date(2012, 12, 31),
        730,
        1,
        True,
    )
    assert (untouched.original_due, untouched.slip_days, untouched.moves) == (date(2011, 3, 31), 0, None)


def test_a_removed_deadline_has_no_slip():
    """“`slip_days` (null if either is missing)”."""
    change = {"change": "board", "was": {"schedule": {"in": "2011-Q1"}}, "now": {"schedule": None}}
    moved = one("board", "2012-01-01", history(act("2011-02-01", change)))

    assert (moved.timing, moved.slip_days, moved.moves.moves, moved.moves.late) == (Timing.NO_DEADLINE, None, 1, False)


def test_it_is_known_when_it_was_signed_or_entered_and_in_force_when_it_takes_effect():
    """“Known if the later of `signed` and `entered` ≤ known-by; in force if `effective` ≤ as-of.”"""
    made = history(act("2013-07-12", MOVE, effective="2013-07-22", entered="2013-08-02"))

    def due(day: str, known_by: str | None = None) -> date | None:
        known = date.fromisoformat(known_by) if known_by else None
        return on(day, made, known_by=known).standing("memorandum").occurrence.window.due

    assert due("2013-07-21") == date(2012, 12, 31)
    assert due("2013-07-22") == date(2014, 12, 31)
    assert due("2013-07-22", "2013-08-01") == date(2012, 12, 31)
    assert due("2013-07-22", "2013-08-02") == date(2014, 12, 31)


def test_a_date_without_a_day_counts_from_its_last_day():
    """“A date without a day counts from its last day.”"""
    assert act("2013-07", MOVE).day == date(2013, 7, 31)


def test_a_change_of_what_recurs_touches_only_what_is_due_from_then_on():
    """“A recurring … milestone: a change … touches only occurrences due on or after the act's day …: a missed year stays missed.”"""
    change = {
        "change": "review",
        "was": {"schedule": {"every": "year"}},
        "now": {"schedule": {"every": "year", "due": "31/3"}},
    }
    made = history(act("2013-01-15", change))
    dues = {its.occurrence.key: its.occurrence.window.due for its in on("2013-02-01", made).standings}

    assert dues["review@2012"] == date(2012, 12, 31)
    assert dues["review@2013"] == date(2013, 3, 31)
    assert one("review@2011", "2013-02-01", made).timing is Timing.OVERDUE


def test_a_key_that_was_open_is_moved_also_to_a_day_before_the_act():
    """“Keys in both schedules are moved”: an act of August that asks for March makes this year's one overdue."""
    change = {
        "change": "review",
        "was": {"schedule": {"every": "year"}},
        "now": {"schedule": {"every": "year", "due": "31/3"}},
    }
    moved = one("review@2013", "2013-08-02", history(act("2013-08-01", change)))

    assert (moved.occurrence.window.due, moved.timing, moved.moves.late) == (date(2013, 3, 31), Timing.OVERDUE, False)


def test_open_keys_that_vanish_are_no_longer_planned():
    """“Keys in both schedules are moved and keep their entries; open keys that vanish are listed as “no longer planned”.”"""
    change = {
        "change": "review",
        "was": {"schedule": {"every": "year"}},
        "now": {"schedule": {"every": "year", "to": 2013}},
    }
    made = history(act("2012-06-01", change))
    snapshot = on("2014-06-01", made, entry("a", "2013-05-01", "review@2013", "done"))

    assert [its.occurrence.key for its in snapshot.repealed] == ["review@2014", "review@2015"]
    assert snapshot.standing("review@2013").timing is Timing.ON_TIME
    assert count_occurrences(snapshot.standings).total == len(KEYS) - 2


def test_one_occurrence_can_be_moved_by_its_key():
    """“(or named by key)”: also one that fell due before."""
    change = {"change": "review@2011", "was": {"due": 2011}, "now": {"due": "2012-03-31"}}
    moved = one("review@2011", "2012-03-01", history(act("2012-02-01", change)))

    assert (moved.timing, moved.moves.late) == (Timing.DUE_SOON, True)


def test_a_raised_target_opens_it_again_and_a_lowered_one_is_done_on_the_acts_day():
    """“A target raised beyond what was reached opens it again from the act's day; lowered to what was reached, it is done on the act's
    day, never earlier.”"""
    was = {"target": {"count": 3, "unit": {"vi": "bodies (vi)", "en": "bodies"}}}

    def changed(count: int) -> dict[str, Any]:
        return {"change": "local-bodies", "was": was, "now": {"target": {**was["target"], "count": count}}}

    three, two = entry("a", "2012-01-01", "local-bodies", count=3), entry("b", "2012-01-01", "local-bodies", count=2)
    raised, lowered = history(act("2013-02-01", changed(5))), history(act("2013-02-01", changed(2)))

    assert one("local-bodies", "2013-01-31", raised, three).course.progress is Progress.DONE
    assert one("local-bodies", "2013-02-01", raised, three).course.progress is Progress.IN_PROGRESS
    assert one("local-bodies", "2013-02-01", lowered, two).course.done_on == date(2013, 2, 1)
    assert one("local-bodies", "2013-01-31", lowered, two).course.progress is Progress.IN_PROGRESS


def test_with_a_new_unit_earlier_values_are_no_longer_judged():
    """“A new unit: earlier values are shown and no longer judged.”"""
    was = {"target": {"count": 3, "unit": {"vi": "bodies (vi)", "en": "bodies"}}}
    change = {"change": "local-bodies", "was": was, "now": {"target": {"at_least": 50, "unit": "%"}}}
    made = history(act("2013-02-01", change))
    three = entry("a", "2012-01-01", "local-bodies", count=3)

    assert one("local-bodies", "2013-02-01", made, three).course.progress is Progress.IN_PROGRESS
    assert (
        one("local-bodies", "2013-03-01", made, three, entry("b", "2013-03-01", "local-bodies", value="51")).percent
        == 100
    )


def test_repeal_done_stays_done_open_leaves_the_base():
    """“Repeal: done stays done; open leaves the base of percentages and is counted beside it; what was overdue is counted as “overdue
    when repealed”.”"""
    made = history(act("2013-02-01", {"repeal": "memorandum"}))
    done = entry("a", "2012-05-01", "memorandum", "done")
    gone, kept = on("2013-03-01", made), on("2013-03-01", made, done)

    assert [(its.occurrence.key, its.moves.late) for its in gone.repealed] == [("memorandum", True)]
    assert count_occurrences(gone.standings).total == len(KEYS) - 1
    assert kept.standing("memorandum").timing is Timing.ON_TIME
    assert kept.repealed == ()


def test_a_repealed_recurrence_keeps_the_missed_years():
    """What fell due before stays."""
    made = history(act("2013-06-01", {"repeal": "review"}))
    snapshot = on("2014-01-01", made)

    assert [its.occurrence.key for its in snapshot.repealed] == ["review@2013", "review@2014", "review@2015"]
    assert [snapshot.standing(f"review@{year}").timing for year in (2011, 2012)] == [Timing.OVERDUE] * 2


def test_an_added_milestone_begins_with_its_act():
    """“Rows know `original_due` (of an added milestone: its first)”; before the act's day there is none."""
    milestone = {"id": "new", "title": "Mới", "clauses": "III.1.1", "lead": "SoNoiVu", "schedule": {"due": 2014}}
    made = history(act("2013-02-01", {"add": {"workstream": "ties", "milestone": milestone}}))

    assert "new" not in on("2013-01-31", made).keys
    assert one("new", "2013-02-01", made).original_due == date(2014, 12, 31)
    assert one("new", "2013-03-01", made, entry("a", "2013-01-01", "new", "done")).course.progress is Progress.DONE


def test_revoke_applies_an_acts_changes_backwards_on_its_own_day():
    """“Revoke applies an act's changes backwards, on its own day; an error if something has changed them since.”"""
    first, back = act("2013-01-10", MOVE), act("2013-03-01", {"revoke": "act"}, name="back")
    again = {"change": "memorandum", "was": {"schedule": {"in": 2014}}, "now": {"schedule": {"in": 2015}}}
    made = history(first, back)

    dues = [
        one("memorandum", day, made).occurrence.window.due.year for day in ("2013-01-09", "2013-01-10", "2013-03-01")
    ]
    assert dues == [2012, 2014, 2012]
    assert "has been changed since" in errors(first, act("2013-02-01", again, name="again"), back)[0]


def test_baseline_original_judges_by_the_adopted_plan():
    """“`--baseline original` judges by the adopted plan”: added milestones are not in it, and repealed ones are kept."""
    made = history(act("2013-01-10", MOVE, {"repeal": "board"}))
    original = Snapshot.take(made, Journal(), date(2013, 6, 30), baseline=date.min)

    assert original.standing("memorandum").timing is Timing.OVERDUE
    assert original.standing("board").timing is Timing.OVERDUE
    assert [its.occurrence.key for its in on("2013-06-30", made).repealed] == ["board"]


MERGED = (
    {"found": {"id": "SoMoi", "name": "Sở Mới"}},
    {"merge": ["SoNoiVu"], "into": "SoMoi"},
)


def test_a_merger_passes_on_what_an_agency_had():
    """“A merger passes on leads, support, duties, membership, the coordinator's role; … Before that day the old names print.”"""
    made = history(act("2013-02-01", *MERGED))
    before, after = on("2013-01-31", made), on("2013-02-01", made)

    assert [before.standing(key).occurrence.leads[0].agency for key in ("local-bodies", "memorandum")] == [
        "SoNoiVu",
        "SoNgoaiVu",
    ]
    assert after.standing("local-bodies").occurrence.leads[0].agency == "SoMoi"
    assert after.standing("donors@2013").occurrence.milestone.support[0].agency == "SoMoi"
    assert list(after.agencies["SoMoi"].duties) == ["IV.2"]
    assert (after.plan.heirs["SoNoiVu"], "SoNoiVu" in [its.id for its in after.plan.agencies.agencies]) == (
        ("SoMoi",),
        False,
    )


def test_twice_in_one_milestone_is_once_as_lead():
    """“Twice in one milestone: once, as lead.”"""
    made = history(act("2013-02-01", {"merge": ["SoNoiVu"], "into": "SoNgoaiVu"}))
    donors = on("2013-02-01", made).standing("donors@2013").occurrence.milestone

    assert ([its.agency for its in donors.leads], donors.support) == (["SoNgoaiVu"], [])


def test_a_split_needs_only_the_rows_that_differ():
    """“changes of lead in the same act come first, so a split needs only the rows that differ.”"""
    lead = {"agency": "SoNoiVu", "inferred": {"vi": "Its field (vi)", "en": "Its field"}}
    change = {"change": "local-bodies", "was": {"lead": lead}, "now": {"lead": "SoNgoaiVu"}}
    made = history(act("2013-02-01", *MERGED, change))
    after = on("2013-02-01", made)

    assert after.standing("local-bodies").occurrence.leads[0].agency == "SoNgoaiVu"
    assert after.standing("donors@2013").occurrence.milestone.support[0].agency == "SoMoi"


def test_each_move_is_known_with_its_act():
    """A deadline that was moved twice: which act moved it from when to when, and if it was overdue then."""
    again = {"change": "memorandum", "was": {"schedule": {"in": 2014}}, "now": {"schedule": {"in": 2015}}}
    made = history(act("2013-07-12", MOVE), act("2013-08-01", again, name="again"))
    moves = one("memorandum", "2014-01-01", made).moves

    assert [(move.act.id, str(move.before), str(move.after), move.days, move.late) for move in moves.made] == [
        ("act", "2012-12-31", "2014-12-31", 730, True),
        ("again", "2014-12-31", "2015-12-31", 365, False),
    ]
    assert (moves.late_when_moved, moves.late_when_repealed) == (True, False)
    assert [its.id for its in moves.acts] == ["act", "again"]


def test_what_was_repealed_after_it_was_done_has_the_heir():
    """A merger passes on leads of what is no longer planned, too: every agency that a row names exists."""
    done = entry("a", "2013-01-15", "local-bodies", "done")
    made = history(act("2013-01-20", {"repeal": "local-bodies"}, name="first"), act("2013-02-01", *MERGED))
    standing = one("local-bodies", "2013-03-01", made, done)

    assert standing.occurrence.leads[0].agency == "SoMoi"
    assert standing.occurrence.milestone.leads[0].agency == "SoMoi"


def test_members_that_join_or_leave_touch_only_what_is_due_from_then_on():
    """“member that joins or leaves touches only occurrences due on or after the act's day”."""
    roadmap, agencies = deepcopy(ROADMAP_DATA), deepcopy(AGENCIES_DATA)
    agencies["agencies"].append({"id": "Nhom", "name": "Nhóm", "members": ["SoNgoaiVu"]})
    roadmap["workstreams"][1]["milestones"][2] |= {"lead": "Nhom", "each": True}
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(agencies))
    made = history(act("2013-02-01", {"group": "Nhom", "join": ["SoNoiVu"], "leave": ["SoNgoaiVu"]}), plan=plan)
    snapshot = on("2013-03-01", made)
    keys = [its.occurrence.key for its in snapshot.standings if its.occurrence.milestone.id == "review"]

    assert keys == [
        "review@2011/SoNgoaiVu",
        "review@2012/SoNgoaiVu",
        "review@2013/SoNoiVu",
        "review@2014/SoNoiVu",
        "review@2015/SoNoiVu",
    ]


def test_a_member_of_a_group_within_a_group_leaves_on_the_day_of_the_act():
    """A change of an inner group touches what the outer one owes."""
    roadmap, agencies = deepcopy(ROADMAP_DATA), deepcopy(AGENCIES_DATA)
    agencies["agencies"] += [
        {"id": "Trong", "name": "Trong", "members": ["SoNgoaiVu", "SoNoiVu"]},
        {"id": "Ngoai", "name": "Ngoài", "members": ["Trong"]},
    ]
    roadmap["workstreams"][1]["milestones"][2] |= {"lead": "Ngoai", "each": True}
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(agencies))
    snapshot = on("2013-03-01", history(act("2013-02-01", {"group": "Trong", "leave": ["SoNgoaiVu"]}), plan=plan))
    keys = {its.occurrence.key for its in snapshot.standings}

    assert "review@2012/SoNgoaiVu" in keys
    assert "review@2013/SoNgoaiVu" not in keys


@pytest.mark.parametrize(
    ("changes", "message", "fix"),
    [
        (
            [{**MOVE, "was": {"schedule": {"in": 2013}}}],
            "“schedule” of “memorandum” was not this",
            "cbfa show memorandum",
        ),
        ([{**MOVE, "change": "memorandom"}], "unknown milestone “memorandom”", "did you mean memorandum"),
        ([{"change": "review@2020", "was": {"due": 2012}, "now": {"due": 2013}}], "has no “review@2020”", "review@201"),
        ([{"repeal": "nothing"}], "unknown milestone “nothing”", ""),
        ([{"repeal": "board", "into": ["nothing"]}], "unknown milestone “nothing”", ""),
        ([{"merge": ["SoNoiVu"], "into": "SoXa"}], "unknown agency “SoXa”", ""),
        ([{"merge": ["SoNoiVu"], "into": "SoNoiVu"}], "cannot be merged into itself", "another successor"),
        ([{"close": ["SoNoiVu"]}], "SoNoiVu still leads local-bodies", "who leads it from then on"),
        (
            [{"change": "board", "was": {"lead": {"agency": "SoNgoaiVu", "basis": "IV.1"}}, "now": {"lead": "SoXa"}}],
            "unknown agency",
            "",
        ),
        ([{"found": {"id": "SNV", "name": "Sở khác"}}], "names both SoNoiVu and SNV", "one agency only"),
        ([{"group": "SoNoiVu", "leave": ["SoNgoaiVu"]}], "is no member of SoNoiVu", ""),
        ([{"revoke": "nothing"}], "no earlier act has the id “nothing”", ""),
    ],
)
def test_what_does_not_fit_gets_a_sentence_with_its_place(changes, message, fix):
    """Unknown ids, mergers in a circle, agencies that no longer exist: check says so, and answers do not fail."""
    its = act("2013-02-01", *changes)
    found = list(check_amendments(History.of(PLAN, [its]), [its]))

    assert message in str(found[0].message)
    assert fix in str(found[0].fix)
    assert found[0].place.path[:4] == ("amendments", 0, "changes", 0)
    on("2014-01-01", History.of(PLAN, [its]))


def test_an_agency_that_ended_leads_nothing_more():
    """A lead that no longer exists is an error that names the successor."""
    later = {"change": "board", "was": {"lead": {"agency": "SoNgoaiVu", "basis": "IV.1"}}, "now": {"lead": "SoNoiVu"}}
    (found,) = errors(act("2013-02-01", *MERGED), act("2013-03-01", later, name="later"))

    assert "SoNoiVu no longer exists on 2013-03-01" in found
    assert "name its successor: SoMoi" in found


@pytest.mark.parametrize(
    ("signed", "more", "message"),
    [
        ("2010-01-01", {}, "before the programme was adopted"),
        ("2013-02-01", {"effective": "2013-01-01"}, "before it was signed on 2013-02-01"),
    ],
)
def test_the_days_of_an_act_are_in_order(signed, more, message):
    """An act before adoption, or one that takes effect before it was signed, is an error."""
    assert message in errors(act(signed, MOVE, **more))[0]


def test_the_same_field_twice_on_one_day_is_a_warning():
    """“The same field twice on one day is a warning.”"""
    again = {"change": "memorandum", "was": {"schedule": {"in": 2014}}, "now": {"schedule": {"in": 2015}}}

    assert "changed twice on 2013-01-10; this change counts" in errors(act("2013-01-10", MOVE, again))[0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "exactly one of"),
        ({"change": "board", "repeal": "board"}, "exactly one of"),
        ({"change": "board", "now": {"schedule": {"in": 2014}}}, "must name the same fields"),
        ({"change": "board", "was": {"target": None}, "now": {"schedule": None}}, "must name the same fields"),
        ({"change": "board", "was": {"schedule": None}}, "changes nothing"),
        (
            {"change": "board@2012", "was": {"schedule": None}, "now": {"schedule": None}},
            "cannot be changed of “board@2012”",
        ),
        ({"change": "board", "was": {"due": None}, "now": {"due": 2014}}, "cannot be changed of “board”"),
        ({"merge": ["A", "B"]}, "needs one successor"),
        ({"group": "A"}, "changes nothing"),
        ({"repeal": "board", "was": {"due": 2012}}, "“was” does not belong to “repeal”"),
    ],
)
def test_a_change_of_another_form_is_refused(wrong, message):
    """“`was` names the same fields as `now` … Required for schedule, target, lead, support, members; optional for texts.”"""
    with pytest.raises(ValidationError) as caught:
        Change.model_validate(wrong)

    assert message in str(caught.value)


def test_texts_need_no_was():
    """A title may be changed without naming the old one."""
    made = history(act("2013-02-01", {"change": "board", "now": {"title": "Hội đồng"}}))

    assert one("board", "2013-02-01", made).occurrence.milestone.title.own == "Hội đồng"
    assert one("board", "2013-01-31", made).occurrence.milestone.title.own == "board (vi)"


SOME = [
    MOVE,
    {"repeal": "board"},
    {"change": "review", "was": {"schedule": {"every": "year"}}, "now": {"schedule": {"every": "year", "to": 2013}}},
    {"repeal": "donors"},
    {"merge": ["SoNoiVu"], "into": "SoNgoaiVu"},
    {"change": "visits", "was": {"schedule": {"from": 2012}}, "now": {"schedule": {"due": "2014-06"}}},
]
dated = st.tuples(days.filter(lambda day: day.year > 2010), st.sampled_from(SOME))
acts = st.lists(
    dated,
    max_size=3,
    unique_by=lambda made: str(made[1]),
).map(lambda made: [act(str(day), change, name=f"a{number}") for number, (day, change) in enumerate(made)])


def rows(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What a snapshot answers, by key."""
    return [(its.occurrence.key, its.course, its.timing, its.occurrence.window.due) for its in snapshot.standings]


@given(acts, journals(), days)
def test_without_an_act_in_force_the_answer_is_the_adopted_plans(some, records, day):
    """An act changes no answer about a day before its effect, nor one known before it was signed."""
    journal = Journal.from_records(records)
    later = [its for its in some if its.day > day]
    if len(later) == len(some):
        assert rows(Snapshot.take(History.of(PLAN, some), journal, day)) == rows(
            Snapshot.take(History.of(PLAN), journal, day)
        )
    else:
        known = min(its.known for its in some)
        before = date.fromordinal(known.toordinal() - 1)
        assert rows(Snapshot.take(History.of(PLAN, some), journal, day, before)) == rows(
            Snapshot.take(History.of(PLAN), journal, day, before)
        )


@given(acts, journals(), days, days)
def test_what_is_done_keeps_its_day_and_its_verdict(some, records, first, second):
    """“`done_on` and the verdict of what is done never change afterwards, except by reopening.”"""
    early, late = sorted((first, second))
    records = [one for one in records if getattr(one, "day", date.max) <= early or getattr(one, "retracts", None)]
    journal, made = Journal.from_records(records), History.of(PLAN, some)
    before, after = Snapshot.take(made, journal, early), Snapshot.take(made, journal, late)
    later = {its.occurrence.key: its for its in (*after.standings, *after.repealed)}
    for its in before.standings:
        if its.course.progress is Progress.DONE:
            then = later[its.occurrence.key]
            assert (then.course.done_on, then.timing) == (its.course.done_on, its.timing)


@given(acts, days)
def test_a_missed_occurrence_stays_missed_under_any_act(some, day):
    """What recurs and fell due before an act, undone, is overdue for ever."""
    made = History.of(PLAN, some)
    snapshot = Snapshot.take(made, Journal(), day)
    for its in PLAN.occurrences:
        due = its.window.due
        if its.window.name and due and due < day and all(act.day > due for act in some):
            assert snapshot.standing(its.key).timing is Timing.OVERDUE


@given(acts, journals(), days)
def test_totals_add_up(some, records, day):
    """What is planned and what no longer is are all that ever was."""
    snapshot = Snapshot.take(History.of(PLAN, some), Journal.from_records(records), day)
    tally = count_occurrences(snapshot.standings)

    assert sum(tally.official.values()) == tally.total == len(snapshot.standings)
    assert {its.occurrence.key for its in (*snapshot.standings, *snapshot.repealed)} >= set(KEYS)


@given(st.sampled_from(SOME), days.filter(lambda day: 2011 <= day.year < 2015), journals(), days)
def test_a_revoked_act_equals_one_that_never_was(change, day, records, asked):
    """From its day on, where it was revoked before anything else happened."""
    first, back = act(str(day), change, name="first"), act(str(day), {"revoke": "first"}, name="back")
    journal = Journal.from_records(records)
    revoked = Snapshot.take(History.of(PLAN, [first, back]), journal, asked)

    assert rows(revoked) == rows(Snapshot.take(History.of(PLAN), journal, asked))


def test_an_act_changes_only_what_differs():
    """A longer programme adds a year of what recurs; what keeps its days and leads is not changed, whatever else its workstream has."""
    longer = {
        "programme": {"was": {"period": {"from": 2011, "to": 2015}}, "now": {"period": {"from": 2011, "to": 2016}}}
    }
    (step,) = history(act("2013-02-01", longer)).whole.steps

    assert sorted(step.changed) == ["donors@2016", "review@2016"]
