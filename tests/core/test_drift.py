"""Silent edits: what changed between two versions of a plan without an act."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from cbfa.core.agencies import Agencies
from cbfa.core.drift import silent_edits
from cbfa.core.history import History
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from tests.core.test_amendments import MOVE, act
from tests.strategies import AGENCIES_DATA, PLAN, ROADMAP_DATA


def edited(change: Any, agencies: Any = None) -> Plan:
    """The tiny programme after an edit of its files."""
    roadmap, its = deepcopy(ROADMAP_DATA), deepcopy(AGENCIES_DATA)
    change({one["id"]: one for stream in roadmap["workstreams"] for one in stream["milestones"]}, roadmap)
    if agencies:
        agencies(its["agencies"])
    return Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(its))


def said(before: History, after: History) -> list[str]:
    """What is reported."""
    return [str(one.message) for one in silent_edits(before, after, after.amendments)]


ADOPTED = History.of(PLAN)


def test_an_edit_of_an_act_is_placed_there():
    """The roadmap is as it was, so nothing is to be restored in it."""
    before = History.of(PLAN, [act("2012-07-12", MOVE)])
    after = History.of(PLAN, [act("2012-07-12", {**MOVE, "now": {"schedule": {"in": 2015}}})])
    problem = silent_edits(before, after, after.amendments)[0]

    assert problem.place.file == "amendments"
    assert "restore the acts" in str(problem.fix)


def test_equal_plans_have_no_silent_edit():
    """Nothing is reported where nothing changed, and texts may be corrected."""
    better = edited(lambda its, _: its["board"].update(title="Ban chỉ đạo", timing="quý I"))

    assert said(ADOPTED, ADOPTED) == []
    assert said(ADOPTED, History.of(better)) == []


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda its, _: its["memorandum"].update(schedule={"in": 2014}),
            "the period or the deadline of “memorandum” changed",
        ),
        (lambda its, _: its["memorandum"].update(lead="SoNoiVu"), "the lead of “memorandum” changed"),
        (lambda its, _: its["memorandum"].update(support="SoNoiVu"), "the support of “memorandum” changed"),
        (lambda its, _: its["memorandum"].update(target={"count": 2}), "the target of “memorandum” changed"),
        (lambda its, _: its["memorandum"].update(id="other"), "the milestone “memorandum” is gone"),
        (lambda its, _: its["review"].update(schedule={"every": "year", "to": 2013}), "of “review” changed"),
    ],
)
def test_an_edit_of_the_adopted_plan_is_reported(edit: Any, message: str):
    """Dates, lead, support, target, and what is gone."""
    assert message in said(ADOPTED, History.of(edited(edit)))[0]


def test_what_an_act_changes_is_decided():
    """New acts, and changes that are added to an act, are no problem."""
    first = act("2013-01-10", {"repeal": "board"})
    more = act("2013-01-10", {"repeal": "board"}, MOVE)

    assert said(ADOPTED, History.of(PLAN, [first])) == []
    assert said(History.of(PLAN, [first]), History.of(PLAN, [more])) == []
    assert said(History.of(PLAN, [first]), History.of(PLAN, [first, act("2013-02-01", MOVE, name="b")])) == []


def test_an_act_that_is_gone_or_says_something_else_is_reported():
    """Taking an act out changes the past as much as editing the plan."""
    other = {**MOVE, "now": {"schedule": {"in": 2015}}}
    with_act = History.of(PLAN, [act("2013-01-10", MOVE)])

    assert said(with_act, ADOPTED) == [
        "the period or the deadline of “memorandum” changed without an amendment",
        "the act “act” is gone",
    ]
    assert said(with_act, History.of(PLAN, [act("2013-01-10", other)])) == [
        "the period or the deadline of “memorandum” changed without an amendment"
    ]
    assert "the days of the act “act” changed" in said(with_act, History.of(PLAN, [act("2013-02-10", MOVE)]))[0]


def test_an_act_written_into_the_plan_is_reported():
    """What is in force is the same, but the original deadline is lost."""
    whole = edited(lambda its, _: its["memorandum"].update(schedule={"in": 2014}))

    assert said(History.of(PLAN, [act("2013-01-10", MOVE)]), History.of(whole))[0].startswith("the period")


def test_a_new_id_with_the_old_one_is_the_same():
    """Milestones and agencies may get another id, if the old one is kept under `formerly`."""

    def rename(its: Any, roadmap: Any) -> None:
        its["memorandum"].update(id="memo", formerly="memorandum")
        for one in its.values():
            one["lead"] = _renamed(one["lead"])
            if "support" in one:
                one["support"] = _renamed(one["support"])

    after = edited(
        rename, lambda its: next(one for one in its if one["id"] == "SoNoiVu").update(id="SoNV", formerly="SoNoiVu")
    )

    assert said(ADOPTED, History.of(after)) == []


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(one) for one in value]
    if isinstance(value, dict):
        return {**value, "agency": _renamed(value["agency"])}
    return "SoNV" if value == "SoNoiVu" else value


def test_a_draft_may_change():
    """Before it was adopted, nothing was decided."""
    draft = edited(lambda _, roadmap: roadmap["programme"].pop("adopted"))
    other = edited(lambda its, _: its["memorandum"].update(schedule={"in": 2014}))

    assert said(History.of(draft), History.of(other)) == []


def test_a_problem_has_the_place_of_its_field():
    """So that an editor jumps to it."""
    after = History.of(edited(lambda its, _: its["memorandum"].update(schedule={"in": 2014})))
    (found,) = silent_edits(ADOPTED, after, ())

    assert found.place.path[0] == "workstreams"
    assert found.place.path[-1] == "schedule"
