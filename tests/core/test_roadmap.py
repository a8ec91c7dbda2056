"""What was decided: the rules that the models keep by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from cbfa.core.roadmap import Assignment, ProgrammePeriod, Roadmap
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
    """2011 and 2015 are years of 2011–2015; a programme may begin in any month."""
    period = ProgrammePeriod.model_validate({"from": "2011-07", "to": 2015})

    assert (period.first, period.last) == (date(2011, 7, 1), date(2015, 12, 31))
    assert [year for year in range(2009, 2018) if year in period] == [2011, 2012, 2013, 2014, 2015]


def test_a_period_that_ends_before_it_starts_is_refused():
    """The years of a programme stand in order."""
    with pytest.raises(ValidationError, match="ends on 2011-12-31, before it begins on 2015-01-01"):
        ProgrammePeriod.model_validate({"from": 2015, "to": 2011})


def test_an_assignment_has_a_clause_or_a_reason_not_both():
    """With neither, it rests on the milestone's own clauses."""
    assert Assignment(agency="SoNgoaiVu").basis is None
    with pytest.raises(ValidationError, match="not both"):
        Assignment.model_validate({"agency": "SoNgoaiVu", "basis": "V.1", "inferred": WORDS})


def test_unknown_fields_are_refused(roadmap_data: dict[str, Any]):
    """A misspelt field is never passed over."""
    roadmap_data["programme"]["due_son_days"] = 3

    with pytest.raises(ValidationError, match="due_son_days"):
        Roadmap.model_validate(roadmap_data)


@pytest.mark.parametrize("right", ["M1C1R1.10", "M2C1-15BIS", "ingo_board", "x"])
def test_ids_are_as_the_text_numbers_them(roadmap_data: dict[str, Any], right: str):
    """“Ids: ASCII, first a letter, then letters, digits, `.`, `_`, `-`.”"""
    roadmap_data["workstreams"][0]["milestones"][0]["id"] = right

    assert Roadmap.model_validate(roadmap_data).workstreams[0].milestones[0].id == right


@pytest.mark.parametrize("wrong", ["-ingo", "1ngo", "ingo board", "ingo@2012", "ingo/HuyenA", "hội-nghị", ""])
def test_other_ids_are_refused(roadmap_data: dict[str, Any], wrong: str):
    """An id that could not be typed, or that looks like a key with a period, is refused."""
    roadmap_data["workstreams"][0]["milestones"][0]["id"] = wrong

    with pytest.raises(ValidationError):
        Roadmap.model_validate(roadmap_data)


def test_nothing_changes_once_it_is_read():
    """What was decided cannot be altered by the program."""
    with pytest.raises(ValidationError):
        ROADMAP.programme.due_soon_days = 0  # type: ignore[misc]
