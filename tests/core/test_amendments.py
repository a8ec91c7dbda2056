"""Amendments: each rule of the design with an example that quotes it, and what must always hold."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendment, Change
from cbfa.core.changes import changes
from cbfa.core.checks.amendments import check_amendments
from cbfa.core.history import History
from cbfa.core.journal import Journal, Record
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import count_occurrences
from cbfa.problems import Severity
from cbfa.views.items import moves_item
from tests.strategies import AGENCIES_DATA, KEYS, PLAN, ROADMAP_DATA, days, entry, journals

MOVE = {"change": "memorandum", "was": {"schedule": {"in": 2012, "tentative": True}}, "now": {"schedule": {"in": 2014}}}


DONORS = {"count": 2, "most": 3, "unit": {"vi": "organisations (vi)", "en": "organisations"}}
NEW = {"id": "new", "title": "Mới", "clauses": "III.1.1", "lead": "SoNoiVu", "schedule": {"due": 2014}}


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


@pytest.mark.parametrize(
    ("field", "was", "now"), [("support", None, "SoNoiVu"), ("each", None, True), ("target", None, {"count": 3})]
)
def test_what_is_absent_is_null(field, was, now):
    """“what is absent is `null`”, before and after."""
    first = act("2012-07-12", {"change": "memorandum", "was": {field: was}, "now": {field: now}})
    back = act("2012-08-12", {"change": "memorandum", "was": {field: now}, "now": {field: was}}, name="back")

    assert errors(first, back) == []


def test_an_act_on_which_others_build_is_not_revoked():
    """An agency that has come to lead something does not vanish."""
    found = act("2012-01-12", {"found": {"id": "SoMoi", "name": "Sở mới"}}, name="found")
    was = (
        PLAN.roadmap.workstreams[0].milestones[0].model_dump(mode="json", by_alias=True, exclude_defaults=True)["lead"]
    )
    lead = act("2012-02-12", {"change": "memorandum", "was": {"lead": was}, "now": {"lead": "SoMoi"}}, name="lead")

    assert "has been changed since" in errors(found, lead, act("2012-03-12", {"revoke": "found"}))[0]


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
    made = history(act("2013-02-01", {"add": {"workstream": "ties", "milestone": NEW}}))

    assert "new" not in on("2013-01-31", made).keys
    assert one("new", "2013-02-01", made).original_due == date(2014, 12, 31)
    assert one("new", "2013-03-01", made, entry("a", "2013-01-01", "new", "done")).course.progress is Progress.DONE


def test_an_added_milestone_is_open_from_the_day_of_its_act():
    """Not from the first day of the programme, also after another act moved it; a start that it names itself stays."""
    deadline = act("2012-02-01", {"add": {"workstream": "ties", "milestone": NEW}})
    later = {"change": "new", "was": {"schedule": {"due": 2014}}, "now": {"schedule": {"due": 2015}}}
    moved = act("2013-03-01", later, name="moved")
    milestone = {**NEW, "schedule": {"from": 2012, "due": 2014}}
    started = act("2012-02-01", {"add": {"workstream": "ties", "milestone": milestone}})

    def opens(day: str, *acts: Amendment) -> date | None:
        return one("new", day, history(*acts)).occurrence.window.start

    assert opens("2012-06-30", deadline) == date(2012, 2, 1)
    assert opens("2013-06-30", deadline, moved) == date(2012, 2, 1)
    assert opens("2012-06-30", started) == date(2012, 1, 1)


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


@pytest.mark.parametrize(
    "change",
    [
        {"change": "review@2013", "was": {"due": 2013}, "now": {"due": "2014-03-31"}},
        {"change": "donors", "was": {"target": DONORS}, "now": {"target": {**DONORS, "count": 3}}},
        {"repeal": "donors"},
        {"repeal": "review@2014"},
        {"add": {"workstream": "aid", "milestone": NEW}},
        {"programme": {"was": {"due_soon_days": 30}, "now": {"due_soon_days": 20}}},
        {"programme": {"was": {"coordinator": "SoNgoaiVu"}, "now": {"coordinator": "SoNoiVu"}}},
        {"merge": ["SoNoiVu"], "into": "SoNgoaiVu"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_kind_of_change_can_be_revoked(change):
    """“Revoke applies an act's changes backwards”: the plan is as it was adopted, but for what was missed in between."""
    back = act("2013-03-01", {"revoke": "act"}, name="back")
    plan = on("2013-04-01", history(act("2013-02-01", change), back)).plan

    assert list(plan.occurrences) == list(PLAN.occurrences)
    assert (plan.programme, plan.agencies.agencies) == (PLAN.programme, PLAN.agencies.agencies)
    assert plan.heirs == {}


def test_a_revoked_merger_gives_back_the_lead_of_one_occurrence():
    """What an act changed of one occurrence alone is passed on by a merger, and comes back with its revocation."""
    lead = {
        "change": "review@2014",
        "was": {"lead": {"agency": "SoNgoaiVu", "basis": "IV.1"}},
        "now": {"lead": "SoNoiVu"},
    }
    merger = act("2013-03-01", *MERGED, name="merger")
    made = history(act("2013-02-01", lead), merger, act("2013-04-01", {"revoke": "merger"}, name="back"))
    leads = [
        one("review@2014", day, made).occurrence.leads[0].agency for day in ("2013-02-01", "2013-03-01", "2013-04-01")
    ]

    assert leads == ["SoNoiVu", "SoMoi", "SoNoiVu"]


def test_an_agency_that_is_closed_has_those_who_took_its_work_as_heirs():
    """“Closing an agency that leads something open is an error unless the act says who takes it.”"""
    lead = {"agency": "SoNoiVu", "inferred": {"vi": "Its field (vi)", "en": "Its field"}}
    taken = {"change": "local-bodies", "was": {"lead": lead}, "now": {"lead": "SoNgoaiVu"}}
    support = [{"agency": "SoNoiVu", "basis": "IV.2"}]
    alone = {"change": "donors", "was": {"support": support}, "now": {"support": None}}
    after = on("2013-02-01", history(act("2013-02-01", {"close": ["SoNoiVu"]}, taken, alone)))

    assert after.plan.heirs == {"SoNoiVu": ("SoNgoaiVu",)}
    assert [its.id for its in after.past.offices("Sở Nội vụ")] == ["SoNgoaiVu"]


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
            "schedule: {in: 2012, tentative: true}",
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
        (
            [{"change": "review@2013", "was": {"due": 2012}, "now": {"due": 2014}}],
            "“due” of “review@2013” was not this",
            "",
        ),
        (
            [{"change": "donors@2013", "was": {"target": None}, "now": {"target": {"count": 4}}}],
            "“target” of “donors@2013” was not this",
            "",
        ),
        (
            [{"change": "review@2013", "was": {"lead": "SoNoiVu"}, "now": {"lead": "SoNgoaiVu"}}],
            "“lead” of “review@2013” was not this",
            "",
        ),
        ([{"repeal": "board"}, {"repeal": "board"}], "“board” is repealed already", "delete this change"),
        ([MOVE, {"repeal": "memorandum"}], "this act changes “memorandum”, and repeals it", "delete one of the two"),
        (
            [{**MOVE, "now": {"schedule": {"due": 2009}}}],
            "2009-12-31 is outside the programme's period",
            "change the period of the programme in it, too",
        ),
        ([{"group": "SoNoiVu", "join": ["SoNgoaiVu"]}], "SoNoiVu is no group", "name a group"),
        ([{"group": "SoNoiVu", "leave": ["SoNgoaiVu"]}], "is no member of SoNoiVu", "take SoNgoaiVu out of this list"),
        (
            [{"change": "review@2014", "was": {"due": 2014}, "now": {"due": 2013}}],
            "would fall due on 2013-12-31, before it opens on 2014-01-01",
            "give a later day",
        ),
        ([{"repeal": "review@2020"}], "has no “review@2020”", "review@201"),
        ([{"add": {"workstream": "aids", "milestone": NEW}}], "unknown workstream “aids”", "did you mean aid"),
        (
            [{"add": {"workstream": "aid", "milestone": {**NEW, "id": "Board"}}}],
            "the id “Board” is used twice",
            "its own",
        ),
        (
            [{"programme": {"was": {"due_soon_days": 9}, "now": {"due_soon_days": 20}}}],
            "“due_soon_days” of “tiny” was not this",
            "",
        ),
        (
            [{"programme": {"was": {"due_soon_days": 30}, "now": {"coordinator": "SoNoiVu"}}}],
            "must name the same fields",
            "",
        ),
        (
            [{"programme": {"was": {"coordinator": "SoNgoaiVu"}, "now": {"coordinator": "SoXa"}}}],
            "unknown agency “SoXa”",
            "",
        ),
    ],
)
def test_what_does_not_fit_gets_a_sentence_with_its_place(changes, message, fix):
    """Unknown ids, mergers in a circle, agencies that no longer exist: check says so, and answers do not fail."""
    its = act("2013-02-01", *changes)
    found = list(check_amendments(History.of(PLAN, [its]), [its]))

    assert message in str(found[0].message)
    assert fix in str(found[0].fix)
    assert found[0].place.path[:4] == ("amendments", 0, "changes", len(changes) - 1)
    on("2014-01-01", History.of(PLAN, [its]))


def test_what_a_closed_agency_supported_is_passed_on_to_nobody():
    """Only “a merger passes on leads, support, duties, membership”: who took over a lead takes part in nothing else by that."""
    made = history(
        act("2012-01-10", {"change": "review", "was": {"support": None}, "now": {"support": "SoNoiVu"}}, name="first"),
        act(
            "2013-06-01",
            {"change": "local-bodies", "was": {"lead": INFERRED}, "now": {"lead": "SoNgoaiVu"}},
            {"close": ["SoNoiVu"]},
            name="closed",
        ),
    )

    def supporting(day: str) -> set[str]:
        return {one.agency for its in on(day, made).standings for one in its.occurrence.milestone.support}

    assert "SoNoiVu" in supporting("2013-05-31")
    assert "SoNoiVu" not in supporting("2013-06-01")


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
    sooner, later = (
        {"programme": {"was": {"due_soon_days": was}, "now": {"due_soon_days": now}}}
        for was, now in ((30, 20), (20, 10))
    )

    assert "changed twice on 2013-01-10; this change counts" in errors(act("2013-01-10", MOVE, again))[0]
    assert "changed twice on 2013-01-10; this change counts" in errors(act("2013-01-10", sooner, later))[0]


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
        ({"change": "board", "now": {"title": None}}, "“title” of"),
        ({"change": "board", "was": {"lead": "SoNgoaiVu"}, "now": {"lead": None}}, "“lead” of"),
        ({"change": "review@2014", "was": {"lead": "SoNgoaiVu"}, "now": {"lead": []}}, "“lead” of"),
        (
            {"programme": {"was": {"due_soon_days": 30}, "now": {"due_soon_days": None}}},
            "“due_soon_days” of",
        ),
        ({"programme": {"was": {}, "now": {"period": None}}}, "“period” of"),
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
    {
        "change": "review",
        "was": {"schedule": {"every": "year"}},
        "now": {"schedule": {"every": "half", "due": ["31/3", "1/12"]}},
    },
    {"change": "review", "was": {"each": False}, "now": {"each": True}},
    {"programme": {"was": {"period": {"from": 2011, "to": 2015}}, "now": {"period": {"from": 2011, "to": 2014}}}},
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
@example(
    [act("2011-01-01", {"change": "review", "was": {"each": False}, "now": {"each": True}})],
    [entry("a", "2010-01-01", "review@2011", "done")],
    date(2011, 1, 1),
)
def test_totals_add_up(some, records, day):
    """What is planned and what no longer is are all that ever was, also where a member owes again what was done before."""
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


@given(
    st.sampled_from([{"repeal": "board"}, {"repeal": "donors"}, {"merge": ["SoNoiVu"], "into": "SoNgoaiVu"}]),
    st.tuples(days, days).map(sorted).filter(lambda pair: pair[0].year > 2010),
    journals(),
    days,
)
def test_what_is_planned_again_has_what_was_done_meanwhile(change, between, records, asked):
    """“a revoked act equals one that never was, from its day on”, also if work went on in between."""
    first, back = act(str(between[0]), change, name="first"), act(str(between[1]), {"revoke": "first"}, name="back")
    journal = Journal.from_records(records)
    day = max(asked, between[1])
    revoked = Snapshot.take(History.of(PLAN, [first, back]), journal, day)

    assert rows(revoked) == rows(Snapshot.take(History.of(PLAN), journal, day))


INFERRED = {"agency": "SoNoiVu", "inferred": {"vi": "Its field (vi)", "en": "Its field"}}
NEW_ONE = {"found": {"id": "SoMoi", "name": "Sở Mới"}}


@pytest.mark.parametrize(
    "change",
    [
        {"change": "local-bodies", "was": {"lead": INFERRED}, "now": {"lead": "SoMoi"}},
        {"change": "review@2014", "was": {"lead": {"agency": "SoNgoaiVu", "basis": "IV.1"}}, "now": {"lead": "SoMoi"}},
        {"change": "board", "was": {"support": None}, "now": {"support": "SoMoi"}},
        {"add": {"workstream": "aid", "milestone": {**NEW, "lead": "SoMoi"}}},
        {"programme": {"was": {"coordinator": "SoNgoaiVu"}, "now": {"coordinator": "SoMoi"}}},
        {"merge": ["SoNoiVu"], "into": "SoMoi"},
    ],
)
def test_answers_do_not_fail_on_an_agency_that_was_not_known(change):
    """“answers never fail on it”: the founding was typed in later than the act that names the agency."""
    made = history(
        act("2012-06-01", NEW_ONE, name="first", entered="2013-06-01"), act("2012-07-01", change, name="second")
    )
    snapshot = on("2013-02-01", made, known_by=date(2013, 1, 1))
    named = {lead.agency for its in snapshot.standings for lead in its.occurrence.milestone.assignments}
    named |= {lead.agency for its in snapshot.standings for lead in its.occurrence.leads}

    assert {*named, snapshot.roadmap.programme.coordinator} == {"SoNgoaiVu", "SoNoiVu"}


def measured(repealed: str) -> tuple[History, Record]:
    """Two milestones that share a measure, of which one is repealed, and a value of the one that makes the other done."""
    roadmap = deepcopy(ROADMAP_DATA)
    for milestone, figure, due in zip(roadmap["workstreams"][0]["milestones"][:2], (50, 80), (2012, 2014), strict=True):
        milestone["schedule"] = {"due": due}
        milestone["target"] = {"at_least": figure, "unit": "%", "measure": "cover"}
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(AGENCIES_DATA))
    return history(act("2013-01-15", {"repeal": repealed}), plan=plan), entry("a", "2012-02-01", "board", value="55")


def test_what_a_repealed_milestone_had_measured_still_counts_for_the_others():
    """“What is done is judged by the deadline in force on the day it was done, for ever”: a repeal takes no shared value back."""
    made, value = measured("board")
    before, after = (one("memorandum", day, made, value) for day in ("2013-01-14", "2013-01-15"))
    later = entry("b", "2013-02-01", "board", value="90")

    assert (before.course, before.timing) == (after.course, after.timing)
    assert (after.course.done_on, after.timing) == (date(2012, 2, 1), Timing.ON_TIME)
    assert one("memorandum", "2013-03-01", made, value, later).course.value == 55


YEARLY, BY_MARCH = {"schedule": {"every": "year"}}, {"schedule": {"every": "year", "due": "31/3"}}
LEAD = {"lead": {"agency": "SoNgoaiVu", "basis": "IV.1"}}
FOUNDED_AND_MERGED = (MERGED[0], {"merge": ["SoNgoaiVu"], "into": "SoMoi"})


def leads(key: str, day: str, made: History) -> list[str]:
    """The leads of an occurrence on a day."""
    return [its.agency for its in one(key, day, made).occurrence.leads]


@pytest.mark.parametrize(
    "first",
    [
        {"change": "review", "was": YEARLY, "now": {"schedule": {"every": "half", "from": 2013}}},
        {"repeal": "review"},
    ],
)
def test_what_was_missed_can_be_moved_after_it_left_the_schedule(first):
    """“touches only occurrences due on or after the act's day (or named by key)”: one that is named does not vanish."""
    move = {"change": "review@2011", "was": {"due": 2011}, "now": {"due": "2013-06-30"}}
    acts = act("2013-01-15", first), act("2013-02-01", move, name="b"), act("2013-03-01", *FOUNDED_AND_MERGED, name="c")
    made = history(*acts)

    for day in ("2013-02-01", "2013-03-01"):
        assert on(day, made).standing("review@2011").occurrence.window.due == date(2013, 6, 30)
    assert on("2014-01-01", made).standing("review@2011").timing is Timing.OVERDUE


def test_what_was_missed_keeps_its_deadline_when_another_field_is_changed():
    """A change of the lead of one occurrence by its key changes the lead alone."""
    change = {"change": "review@2011", "was": LEAD, "now": {"lead": "SoNoiVu"}}
    made = history(
        act("2013-01-15", {"change": "review", "was": YEARLY, "now": BY_MARCH}),
        act("2013-02-01", change, name="b"),
        act("2013-03-01", {"revoke": "b"}, name="c"),
    )

    assert [one("review@2011", day, made).occurrence.window.due for day in ("2013-02-01", "2013-03-01")] == [
        date(2011, 12, 31)
    ] * 2
    assert [leads("review@2011", day, made) for day in ("2013-02-01", "2013-03-01")] == [["SoNoiVu"], ["SoNgoaiVu"]]


def test_another_schedule_leaves_the_lead_of_one_occurrence():
    """An act changes only the fields that it names, in whatever order it names them."""
    lead = {"change": "review@2014", "was": LEAD, "now": {"lead": "SoNoiVu"}}
    due = {"change": "review@2015", "was": {"due": 2015}, "now": {"due": "2015-06-30"}}
    schedule = {"change": "review", "was": YEARLY, "now": BY_MARCH}
    made = history(act("2012-02-01", lead), act("2012-03-01", due, schedule, name="b"))

    assert leads("review@2014", "2012-04-01", made) == ["SoNoiVu"]
    assert one("review@2014", "2012-04-01", made).occurrence.window.due == date(2014, 3, 31)
    assert one("review@2015", "2012-04-01", made).occurrence.window.due == date(2015, 6, 30)


@pytest.mark.parametrize(
    "changes",
    [
        ({"change": "review", "was": YEARLY, "now": BY_MARCH},),
        ({"merge": ["SoNoiVu"], "into": "SoNgoaiVu"},),
        FOUNDED_AND_MERGED,
        ({"found": {"id": "SoKhac", "name": "Sở Khác"}}, {"merge": ["SoNoiVu"], "into": "SoKhac"}),
    ],
)
def test_revoke_gives_back_what_other_acts_changed_of_one_occurrence_and_what_was_missed(changes):
    """“Revoke applies an act's changes backwards”: also the deadlines and leads of single occurrences, and the leads of missed ones."""
    before = act(
        "2012-02-01",
        {"change": "review@2014", "was": {"due": 2014, **LEAD}, "now": {"due": "2015-03-31", "lead": "SoNoiVu"}},
        name="before",
    )
    acts = act("2013-03-01", *changes, name="first"), act("2013-03-02", {"revoke": "first"}, name="back")
    never, revoked = on("2013-04-01", history(before)), on("2013-04-01", history(before, *acts))

    assert rows(revoked) == rows(never)
    assert [its.occurrence.leads for its in revoked.standings] == [its.occurrence.leads for its in never.standings]
    assert revoked.plan.agencies == never.plan.agencies
    assert revoked.plan.heirs == never.plan.heirs


def test_a_revoked_founding_leaves_no_agency_behind():
    """Also not as a supporter of what fell due in between, and was changed by another act."""
    founded = {"found": {"id": "SoMoi", "name": "Sở mới"}}
    supports = {"change": "review", "was": {"support": None}, "now": {"support": [{"agency": "SoMoi"}]}}
    acts = [
        act("2012-06-01", founded, supports, name="first"),
        act("2012-07-01", {"change": "review", "now": {"title": "Tổng kết"}}, name="second"),
        act("2013-03-01", {"revoke": "first"}, name="back"),
    ]
    supporting = [
        one.agency for its in on("2013-06-01", history(*acts)).standings for one in its.occurrence.milestone.support
    ]

    assert "SoMoi" not in supporting


def test_an_act_is_revoked_once():
    """Whoever revokes it again is told so; after a revocation of the revocation it can be revoked anew."""
    once = [act("2013-02-01", MOVE, name="first"), act("2013-03-01", {"revoke": "first"}, name="back")]
    twice = act("2013-04-01", {"revoke": "first"}, name="again")

    assert errors(*once, twice) == [
        "the act “first” is revoked already | delete this change, or its act if it has no other"
    ]
    assert errors(*once, act("2013-03-05", {"revoke": "back"}, name="restored"), twice) == []


def test_an_act_can_be_revoked_if_only_other_fields_have_changed_since():
    """“an error if something has changed them since”: them, the act's changes."""
    title = {"change": "memorandum", "now": {"title": "Bản ghi nhớ"}}
    between = act("2012-03-01", title, *FOUNDED_AND_MERGED, name="between")
    made = history(act("2012-02-01", MOVE), between, act("2012-04-01", {"revoke": "act"}, name="back"))
    back = one("memorandum", "2012-05-01", made)

    assert (back.occurrence.window.due, back.occurrence.milestone.title.own) == (date(2012, 12, 31), "Bản ghi nhớ")
    assert leads("memorandum", "2012-05-01", made) == ["SoMoi"]


def test_what_an_act_added_is_not_revoked_once_it_was_repealed():
    """“an error if something has changed them since.”"""
    milestone = {"id": "new", "title": "Mới", "clauses": "III.1.1", "lead": "SoNoiVu", "schedule": {"due": 2014}}
    acts = (
        act("2012-02-01", {"add": {"workstream": "ties", "milestone": milestone}}),
        act("2012-03-01", {"repeal": "new"}, name="b"),
        act("2012-04-01", {"revoke": "act"}, name="c"),
    )

    assert "“new” has been changed since" in errors(*acts)[0]


@pytest.mark.parametrize("changes", [(MOVE,), ({"repeal": "board"},), MERGED, FOUNDED_AND_MERGED])
def test_a_revocation_can_be_revoked(changes):
    """It is an act like others: what it took back is in force again."""
    first, back = act("2012-02-01", *changes, name="first"), act("2012-03-01", {"revoke": "first"}, name="back")
    again = act("2012-04-01", {"revoke": "back"}, name="again")
    once, thrice = on("2012-05-01", history(first)), on("2012-05-01", history(first, back, again))

    assert rows(thrice) == rows(once)
    assert [its.occurrence.leads for its in thrice.standings] == [its.occurrence.leads for its in once.standings]
    assert thrice.plan.heirs == once.plan.heirs


def test_what_a_closed_agency_had_missed_goes_to_the_one_that_takes_that_milestone():
    """“unless the act says who takes it”: of several that take over, the one that takes this milestone; and so on down the line."""
    agencies, roadmap = deepcopy(AGENCIES_DATA), deepcopy(ROADMAP_DATA)
    agencies["agencies"] += [{"id": name, "name": f"Sở {name}"} for name in ("B", "C", "D", "X")]
    roadmap["workstreams"][1]["milestones"][2]["lead"] = roadmap["workstreams"][0]["milestones"][3]["lead"] = "X"
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(agencies))
    closing = (
        {"change": "rules", "was": {"lead": "B"}, "now": {"lead": "C"}},
        {"change": "review", "was": {"lead": "B"}, "now": {"lead": "D"}},
        {"close": ["B"]},
    )
    made = history(act("2013-02-01", {"merge": ["X"], "into": "B"}), act("2013-03-01", *closing, name="b"), plan=plan)

    assert [leads("review@2011", day, made) for day in ("2013-02-01", "2013-03-01")] == [["B"], ["D"]]
    assert [its.id for its in on("2013-03-01", made).past.offices("X")] == ["C", "D"]


def test_an_agency_that_is_founded_again_answers_for_itself():
    """“Names are unique among the agencies of one day”: after a merger the same name may come back, and has no heir."""
    made = history(
        act("2012-02-01", {"merge": ["SoNoiVu"], "into": "SoNgoaiVu"}),
        act(
            "2013-02-01",
            {"found": {"id": "SoNoiVu", "name": "Sở Nội vụ"}},
            {"change": "review", "was": LEAD, "now": {"lead": "SoNoiVu"}},
            name="b",
        ),
        act("2014-02-01", {"change": "review", "was": YEARLY, "now": BY_MARCH}, name="c"),
    )

    assert [leads("review@2013", day, made) for day in ("2013-12-30", "2014-03-01")] == [["SoNoiVu"]] * 2


def test_a_member_that_is_merged_into_its_group_leaves_the_others_in_it():
    """“A merger passes on … membership”; and the heir of the first lead is the first lead."""
    agencies, roadmap = deepcopy(AGENCIES_DATA), deepcopy(ROADMAP_DATA)
    agencies["agencies"] += [{"id": "B", "name": "Be"}, {"id": "G", "name": "Ge", "members": ["B", "SoNoiVu"]}]
    roadmap["workstreams"][0]["milestones"][3]["lead"] = ["B", "SoNgoaiVu", "SoNoiVu"]
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(agencies))
    into_group = history(act("2013-02-01", {"merge": ["B"], "into": "G"}), plan=plan)
    into_other = history(act("2013-02-01", {"merge": ["B"], "into": "SoNoiVu"}), plan=plan)

    assert on("2013-03-01", into_group).agencies["G"].members == ["SoNoiVu"]
    assert leads("rules", "2013-03-01", into_other) == ["SoNoiVu", "SoNgoaiVu"]


def test_a_move_of_what_is_done_counts_once_it_is_reopened():
    """“Rows know `original_due`, `slip_days`, `moves`”: they agree also if it was done when the deadline moved, and reopened later."""
    done, reopened = entry("a", "2012-05-01", "memorandum", "done"), entry("b", "2013-09-01", "memorandum", "reopened")
    made = history(act("2013-07-12", MOVE))
    before, after = (one("memorandum", day, made, done, reopened) for day in ("2013-08-01", "2013-09-01"))

    assert (before.timing, before.slip_days, before.moves.moves) == (Timing.ON_TIME, 0, 0)
    assert (after.slip_days, after.moves.moves, after.moves.late) == (730, 1, False)


def test_what_is_planned_again_was_not_overdue_when_repealed():
    """“what was overdue is counted as “overdue when repealed””: by the repeal that counts, not by one that was revoked."""
    made = history(
        act("2013-02-01", {"repeal": "memorandum"}),
        act("2013-03-01", {"revoke": "act"}, name="b"),
        act("2013-03-02", MOVE, name="c"),
        act("2013-04-01", {"repeal": "memorandum"}, name="d"),
    )

    assert [
        one("memorandum", day, made).moves.late_when_repealed for day in ("2013-02-02", "2013-03-01", "2013-04-02")
    ] == [True, False, False]


def test_a_lower_level_opens_nothing_that_had_met_the_higher_one():
    """“after it, what was met stays met and later values are only shown”: a lower bound is not judged by a later value."""
    roadmap = deepcopy(ROADMAP_DATA)
    roadmap["workstreams"][0]["milestones"][1]["target"] = {"at_least": 50, "unit": "%"}
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(AGENCIES_DATA))
    change = {
        "change": "board",
        "was": {"target": {"at_least": 50, "unit": "%"}},
        "now": {"target": {"at_least": 45, "unit": "%"}},
    }
    made = history(act("2012-01-15", change), plan=plan)
    values = entry("a", "2011-02-01", "board", value="55"), entry("b", "2011-06-01", "board", value="40")
    after = one("board", "2012-02-01", made, *values)

    assert (after.timing, after.course.done_on, after.course.value) == (Timing.ON_TIME, date(2011, 2, 1), 40)


def test_absent_support_is_written_as_null():
    """“`~` is absent.”"""
    for field, now in (("support", "SoNoiVu"), ("each", True)):
        assert errors(act("2013-02-01", {"change": "board", "was": {field: None}, "now": {field: now}})) == []


def test_what_is_repealed_is_not_changed():
    """A change that would change nothing is an error."""
    change = {"change": "board", "was": {"schedule": {"in": "2011-Q1"}}, "now": {"schedule": {"in": 2015}}}

    assert (
        "“board” is repealed already"
        in errors(act("2013-02-01", {"repeal": "board"}), act("2013-03-01", change, name="b"))[0]
    )


def test_a_group_may_be_founded_before_its_members():
    """The order within an act decides nothing among those that it founds."""
    group, member = (
        {"found": {"id": "Nhom", "name": "Nhóm", "members": ["Moi"]}},
        {"found": {"id": "Moi", "name": "Mới"}},
    )

    assert errors(act("2013-02-01", group, member)) == []


def test_an_agency_that_leads_one_open_occurrence_is_not_closed():
    """“Closing an agency that leads something open is an error unless the act says who takes it.”"""
    agencies = deepcopy(AGENCIES_DATA)
    agencies["agencies"].append({"id": "X", "name": "Sở X"})
    plan = Plan.of(Roadmap.model_validate(ROADMAP_DATA), Agencies.model_validate(agencies))
    lead = act("2012-02-01", {"change": "review@2014", "was": LEAD, "now": {"lead": "X"}}, name="lead")

    assert "X still leads review@2014" in errors(lead, act("2013-02-01", {"close": ["X"]}), plan=plan)[0]
    assert errors(lead, act("2015-02-01", {"close": ["X"]}), plan=plan) == []


def test_the_report_of_a_day_did_not_know_the_acts_that_were_typed_in_later():
    """“Known if the later of `signed` and `entered` ≤ known-by”: what became known in between is news, whenever it took effect."""
    late = history(act("2013-07-12", MOVE, effective="2013-07-22", entered="2013-08-02"))
    back = history(act("2012-02-01", {"repeal": "board"}), act("2012-05-01", {"revoke": "act"}, name="b"))

    assert [its.occurrence.key for its, _ in changes(on("2013-08-10", late), date(2013, 7, 25)).moved] == ["memorandum"]
    assert changes(on("2013-08-10", late), date(2013, 8, 2)).moved == []
    assert [its.occurrence.key for its in changes(on("2012-06-10", back), date(2012, 3, 25)).added] == ["board"]


def test_an_act_that_adds_a_milestone_makes_nothing_else_done_before_its_day():
    """“a past answer never changes”: an entry of a key that was not planned yet says nothing of the milestones that share its measure."""
    roadmap = deepcopy(ROADMAP_DATA)
    target = {"at_least": 50, "unit": "%", "measure": "cover"}
    roadmap["workstreams"][0]["milestones"][1] |= {"schedule": {"due": 2012}, "target": target}
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(AGENCIES_DATA))
    milestone = {"id": "new", "title": "Mới", "clauses": "III.1.1", "lead": "SoNoiVu", "target": target}
    made = history(act("2013-02-01", {"add": {"workstream": "ties", "milestone": milestone}}), plan=plan)
    early, shared = entry("a", "2012-05-01", "new", value="60"), entry("b", "2012-06-01", "board", value="55")

    assert one("board", "2013-03-01", made, early).timing is Timing.OVERDUE
    assert one("new", "2013-03-01", made, shared).course.progress is Progress.DONE


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        (({"change": "review", "was": YEARLY, "now": BY_MARCH},), "2013-08-01"),
        (({"repeal": "review"},), "2013-08-01"),
        (({"change": "review@2012", "was": {"due": 2012}, "now": {"due": 2014}},), "2013-08-01"),
        (({"change": "review", "was": {"each": False}, "now": {"each": True}},), "2013-08-01"),
    ],
)
def test_a_revocation_gives_back_what_the_act_moved_into_the_past_or_ended(changes, day):
    """“Revoke applies an act's changes backwards”: also to what fell due in between, by the act or in spite of it."""
    first = act(day, *changes, name="first")
    back = act("2014-02-01", {"revoke": "first"}, name="back")

    assert rows(on("2014-06-01", history(first, back))) == rows(on("2014-06-01", History.of(PLAN)))


def test_an_agency_that_answers_for_something_since_is_not_unmade():
    """“an error if something has changed them since.”"""
    lead = {"change": "board", "was": LEAD, "now": {"lead": "SoMoi"}}
    acts = (
        act("2012-02-01", MERGED[0]),
        act("2012-03-01", lead, name="b"),
        act("2012-04-01", {"revoke": "act"}, name="c"),
    )

    assert "“SoMoi” has been changed since" in errors(*acts)[0]


def test_the_coordinator_is_not_closed_unless_another_agency_takes_over():
    """“Closing an agency that leads something open is an error unless the act says who takes it”: it watches over all of it."""
    agencies, roadmap = deepcopy(AGENCIES_DATA), deepcopy(ROADMAP_DATA)
    agencies["agencies"].append({"id": "X", "name": "Sở X"})
    roadmap["programme"]["coordinator"] = "X"
    plan = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(agencies))
    taken = {"programme": {"was": {"coordinator": "X"}, "now": {"coordinator": "SoNoiVu"}}}

    assert "X still coordinates the programme" in errors(act("2013-02-01", {"close": ["X"]}), plan=plan)[0]
    assert errors(act("2013-02-01", {"close": ["X"]}, taken), plan=plan) == []


def test_was_names_the_heir_of_what_was_missed():
    """“after it, a question by the old name is answered by the heir”: what a page shows can be written as `was`."""
    agencies = deepcopy(AGENCIES_DATA)
    agencies["agencies"] += [{"id": "B", "name": "Sở B"}, {"id": "C", "name": "Sở C"}]
    plan = Plan.of(Roadmap.model_validate(ROADMAP_DATA), Agencies.model_validate(agencies))
    acts = (
        act("2012-02-01", {"change": "review", "was": LEAD, "now": {"lead": "B"}}),
        act("2013-02-01", {"merge": ["SoNgoaiVu"], "into": "C"}, name="b"),
    )
    was = {"lead": {"agency": "C", "basis": "IV.1"}}
    change = act("2013-03-01", {"change": "review@2011", "was": was, "now": {"lead": "B"}}, name="c")

    assert leads("review@2011", "2013-02-01", history(*acts, plan=plan)) == ["C"]
    assert leads("review@2011", "2013-03-01", history(*acts, change, plan=plan)) == ["B"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {
                "programme": {
                    "was": {"period": {"from": 2011, "to": 2015}},
                    "now": {"period": {"from": 2011, "to": "2014-06"}},
                }
            },
            "2014-06-30 is not the last day of a period of “every: year”",
        ),
        (
            {"change": "review", "was": YEARLY, "now": {"schedule": {"every": "year", "to": "2014-06"}}},
            "2014-06-30 is not the last day of a period of “every: year”",
        ),
        (
            {
                "change": "board",
                "was": {"target": None, "each": False},
                "now": {"target": {"count": 1, "measure": "m"}, "each": True},
            },
            "cannot share a measure",
        ),
    ],
)
def test_what_an_act_makes_of_a_plan_is_whole(change, message):
    """“`from` and `to` must cut whole periods”; a measure is “not with `every` or `each`”: an act is no way around."""
    its = act("2013-02-01", change)
    found = list(check_amendments(History.of(PLAN, [its]), [its]))

    assert [message in str(one.message) for one in found if one.severity is Severity.ERROR][:1] == [True]
    assert {one.place.path[:4] for one in found} == {("amendments", 0, "changes", 0)}
    assert errors(its, act("2013-03-01", {"repeal": "visits"}, name="b")) == errors(its)


def test_overdue_when_repealed_is_not_overdue_when_moved():
    """“Rows know … “overdue when moved””: what was moved in time and overdue when it was repealed was not."""
    moved = {"change": "board", "was": {"schedule": {"in": "2011-Q1"}}, "now": {"schedule": {"in": "2011-Q2"}}}
    its = one(
        "board", "2012-02-01", history(act("2011-02-01", moved), act("2012-01-01", {"repeal": "board"}, name="b"))
    )

    assert (its.moves.late_when_moved, its.moves.late_when_repealed) == (False, True)
    assert (moves_item(its)["moves"], moves_item(its)["overdue_when_moved"]) == (1, False)


def test_another_translation_is_no_new_unit():
    """“A new unit: earlier values are shown and no longer judged”: a unit is new if it is in the programme's own language."""
    was = {"target": {"count": 3, "unit": {"vi": "bodies (vi)", "en": "bodies"}}}
    now = {"target": {"count": 4, "unit": {"vi": "bodies (vi)", "en": "agencies"}}}
    made = history(act("2013-02-01", {"change": "local-bodies", "was": was, "now": now}))
    counts = entry("a", "2012-01-01", "local-bodies", count=3), entry("b", "2013-05-01", "local-bodies", count=1)

    assert one("local-bodies", "2013-06-01", made, *counts).course.done_on == date(2013, 5, 1)


def test_an_act_that_is_typed_in_late_is_news_then():
    """The report of the earlier day did not know it; of one typed in after both days, both know."""
    late, later = (history(act("2013-02-01", MOVE, entered=day)) for day in ("2013-05-01", "2020-05-01"))
    moved = [
        [one.occurrence.key for one, _ in changes(on("2013-06-01", made), date(2013, 3, 1)).moved]
        for made in (late, later)
    ]

    assert moved == [["memorandum"], []]


def test_an_act_changes_only_what_differs():
    """A longer programme adds a year of what recurs; what keeps its days and leads is not changed, whatever else its workstream has."""
    longer = {
        "programme": {"was": {"period": {"from": 2011, "to": 2015}}, "now": {"period": {"from": 2011, "to": 2016}}}
    }
    (step,) = history(act("2013-02-01", longer)).whole.steps

    assert sorted(step.changed) == ["donors@2016", "review@2016"]
