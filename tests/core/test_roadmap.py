"""What was decided: the rules that the models keep by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cbfa.core.roadmap import Assignment, Period, Roadmap, Target
from tests.strategies import ROADMAP

WORDS = {"vi": "tổ chức", "en": "organisations"}


def test_the_clauses_of_the_outline_come_in_order():
    """A heading stands for its numbered clauses, or for itself where it has none."""
    assert ROADMAP.programme.clauses() == [
        *("I", "II.1", "III.1.1", "III.1.2", "III.1.3", "III.1.4", "III.2.1", "III.2.2", "III.2.3", "IV.1", "IV.2")
    ]


def test_milestones_come_in_the_order_of_the_file():
    """Each milestone comes with the workstream that it stands in."""
    assert [(workstream.id, milestone.id) for workstream, milestone in ROADMAP.milestones()] == [
        ("ties", "memorandum"),
        ("ties", "board"),
        ("ties", "visits"),
        ("ties", "rules"),
        ("aid", "donors"),
        ("aid", "local-bodies"),
        ("aid", "review"),
    ]
    assert [milestone.id for _, milestone in ROADMAP.milestones() if milestone.recurs] == ["donors", "review"]


def test_a_period_includes_its_first_and_last_year():
    """2011 and 2015 are years of 2011–2015."""
    period = Period(first=2011, last=2015)

    assert [year for year in range(2009, 2018) if year in period] == [2011, 2012, 2013, 2014, 2015]


def test_a_period_that_ends_before_it_starts_is_refused():
    """The years of a programme stand in order."""
    with pytest.raises(ValidationError, match="ends in 2011, before its first year, 2015"):
        Period(first=2015, last=2011)


def test_a_least_above_the_most_is_refused():
    """“2–3 organisations” the wrong way round is refused; the same figure twice is not."""
    with pytest.raises(ValidationError, match="“least” \\(3\\) is greater than “most” \\(2\\)"):
        Target(least=3, most=2, **WORDS)

    assert Target(least=3, most=3, **WORDS).most == 3


@pytest.mark.parametrize("least", [0, -1])
def test_a_target_of_nothing_is_refused(least: int):
    """A target is something to reach."""
    with pytest.raises(ValidationError):
        Target(least=least, **WORDS)


@pytest.mark.parametrize("fields", [{}, {"basis": "V.1", "inferred": WORDS}])
def test_an_assignment_has_a_clause_or_a_reason(fields: dict[str, Any]):
    """An assignment with neither, or with both, does not say what it rests on."""
    with pytest.raises(ValidationError, match="exactly one of"):
        Assignment.model_validate({"agency": "SoNgoaiVu", **fields})


def test_unknown_fields_are_refused(roadmap_data: dict[str, Any]):
    """A misspelt field is never passed over."""
    roadmap_data["programme"]["due_son_days"] = 3

    with pytest.raises(ValidationError, match="due_son_days"):
        Roadmap.model_validate(roadmap_data)


@pytest.mark.parametrize(
    "wrong", ["Ingo-Board", "ingo_board", "ingo--board", "-ingo", "1ngo", "ingo board", "ingo@2012"]
)
def test_ids_are_plain_kebab_case(roadmap_data: dict[str, Any], wrong: str):
    """An id that could not be typed, or that looks like a key with a year, is refused."""
    roadmap_data["workstreams"][0]["milestones"][0]["id"] = wrong

    with pytest.raises(ValidationError):
        Roadmap.model_validate(roadmap_data)


def test_nothing_changes_once_it_is_read():
    """What was decided cannot be altered by the program."""
    with pytest.raises(ValidationError):
        ROADMAP.programme.due_soon_days = 0  # type: ignore[misc]
