"""The changes of acts in words: every kind of change and every field has some."""

from __future__ import annotations

from typing import Any

import pytest

from cbfa.locale import get_language
from cbfa.views.page import Text
from cbfa.views.pages.acts import change_rows
from cbfa.views.pages.history import adjusted, history_rows, sums_of, totals_of
from tests.core.test_amendments import MOVE, act, history, on

EN = get_language("en")
INFERRED = {"agency": "SoNoiVu", "inferred": {"vi": "Its field (vi)", "en": "Its field"}}


def said(*changes: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the changes of an act in English: what, from, to, effect."""
    rows = change_rows(on("2014-01-01", history(act("2013-02-01", *changes))))
    return [tuple(_text(text) for text in (one.what, one.was, one.now, one.effect)) for one in rows]


def _text(text: Text | None) -> str:
    return EN.text(text) if text else ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (MOVE, ("changed: memorandum", "2012", "2014", "1 deadline moved, overdue when moved: 1")),
        (
            {"change": "board", "was": {"schedule": {"in": "2011-Q1"}}, "now": {"schedule": None}},
            ("changed: board", "2011-Q1", "no deadline set", "1 deadline moved, overdue when moved: 1"),
        ),
        (
            {
                "change": "board",
                "was": {"target": None, "schedule": {"in": "2011-Q1"}},
                "now": {"target": {"count": 3}, "schedule": {"in": 2012}},
            },
            (
                "changed: board",
                "Deadline: 2011-Q1; Target: none",
                "Deadline: 2012; Target: 3 in all",
                "1 deadline moved, overdue when moved: 1",
            ),
        ),
        (
            {"change": "local-bodies", "was": {"lead": INFERRED}, "now": {"lead": "SoNgoaiVu"}},
            (
                "changed: local-bodies",
                "Lead: Department of Home Affairs",
                "Lead: Department of Foreign Affairs",
                "1 task changed",
            ),
        ),
        (
            {"change": "review@2013", "was": {"due": 2013}, "now": {"due": "2014-03-31"}},
            ("changed: review (2013)", "2013-12-31", "2014-03-31", "1 deadline moved"),
        ),
        (
            {"change": "board", "now": {"title": "Hội đồng"}},
            ("changed: Hội đồng", "", "Title: Hội đồng", "1 task changed"),
        ),
        (
            {"repeal": "donors", "into": ["review"]},
            ("repealed: donors", "", "goes on in: review", "3 tasks no longer planned"),
        ),
        ({"found": {"id": "SoMoi", "name": "Sở Mới"}}, ("agency founded: Sở Mới", "", "", "")),
        (
            {"programme": {"was": {"due_soon_days": 30}, "now": {"due_soon_days": 20}}},
            ("programme changed", "Days before a deadline: 30", "Days before a deadline: 20", ""),
        ),
        (
            {
                "programme": {
                    "was": {"period": {"from": 2011, "to": 2015}},
                    "now": {"period": {"from": 2011, "to": 2016}},
                }
            },
            (
                "programme changed",
                "Period of the programme: 2011-01-01 to 2015-12-31",
                "Period of the programme: 2011-01-01 to 2016-12-31",
                "2 tasks added",
            ),
        ),
    ],
)
def test_each_kind_has_words(change, words):
    """What was changed, from what, to what, and what that did."""
    assert said(change) == [words]


def test_a_merger_names_both():
    """The agencies that ended, and their successor."""
    merged = said({"found": {"id": "SoMoi", "name": "Sở Mới"}}, {"merge": ["SoNoiVu"], "into": "SoMoi"})[1]

    assert merged == ("agencies merged", "Department of Home Affairs", "Sở Mới", "4 tasks changed")


def test_a_revoked_act_is_named():
    """By its title, not by its id."""
    made = history(act("2013-01-10", MOVE), act("2013-02-01", {"revoke": "act"}, name="back"))
    rows = change_rows(on("2014-01-01", made))

    assert [_text(one.what) for one in rows][1] == "act revoked: Nghị quyết"


def test_without_acts_there_is_nothing_to_say():
    """No totals, no history, no rows."""
    snapshot = on("2014-01-01", history())

    assert totals_of(sums_of(adjusted(snapshot, snapshot.standings, snapshot.repealed))) == []
    assert history_rows(snapshot, snapshot.standings) == []
    assert change_rows(snapshot) == []


def test_a_milestone_without_acts_has_no_history():
    """What an act changed elsewhere is not its past."""
    snapshot = on("2014-01-01", history(act("2013-02-01", MOVE)))

    assert history_rows(snapshot, [snapshot.standing("board")]) == []


def test_the_history_says_why():
    """As adopted, then the act with its clause and reason."""
    move = {**MOVE, "clause": "1.3", "why": "Bạn đề nghị"}
    snapshot = on("2014-01-01", history(act("2013-02-01", move)))
    rows = history_rows(snapshot, [snapshot.standing("memorandum")])

    assert [_text(text) for _, cells in rows for text in (cells[1].value, *cells[2].below)] == [
        "as adopted",
        "moved",
        "clause of the act: 1.3",
        "why: Bạn đề nghị",
    ]


def test_what_was_repealed_and_planned_again_says_both():
    """The repeal stays in the history and in the figures of its act when a later act revokes that."""
    repeal = {"repeal": "board", "into": ["review"]}
    made = history(act("2013-01-10", repeal), act("2013-02-01", {"revoke": "act"}, name="back"))
    snapshot = on("2014-01-01", made)
    rows = history_rows(snapshot, [snapshot.standing("board")])

    assert [_text(one.effect) for one in change_rows(snapshot)] == [
        "1 task no longer planned, overdue when repealed: 1",
        "1 task planned again",
    ]
    assert [_text(text) for _, cells in rows[1:] for text in (cells[1].value, *cells[2].below)] == [
        "repealed",
        "goes on in: review",
        "planned again",
        "act revoked: Nghị quyết",
    ]


def test_fields_are_compared_one_by_one():
    """Each field has a line, an arrow stands only between what was and is, and a schedule ends with the programme of its day."""
    target = {"baseline": 10, "at_most": 5}
    both = {
        "change": "board",
        "was": {"target": None, "schedule": {"in": "2011-Q1"}},
        "now": {"target": target, "schedule": {"in": 2012}},
    }
    days = {
        "change": "review",
        "was": {"schedule": {"every": "year"}},
        "now": {"schedule": {"every": "year", "due": "31/3"}},
    }
    longer = {
        "programme": {"was": {"period": {"from": 2011, "to": 2015}}, "now": {"period": {"from": 2011, "to": 2016}}}
    }
    made = history(act("2011-02-01", both), act("2012-02-01", days, name="b"), act("2013-02-01", longer, name="c"))
    rows = change_rows(on("2014-01-01", made))

    assert [_text(text) for text in rows[0].values] == [
        "Deadline: 2011-Q1 → 2012",
        "Target: none → at most 5 (from 10)",
    ]
    assert not rows[0].is_listed
    assert [_text(text) for text in rows[1].values] == [
        "every year, 2011 to 2015: each due on its last day → every year, 2011 to 2015: each due on 31 March"
    ]
