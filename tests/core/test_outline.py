"""The outline: headings and clauses as the text numbers them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cbfa.core.outline import Heading, clauses_of, expand_run, is_below


def clauses(**headings: int | list[str]) -> list[str]:
    """Return the clauses of an outline; a double underscore in a name is a full stop."""
    outline = {
        name.replace("__", "."): Heading.model_validate({"title": "x", "clauses": under})
        for name, under in headings.items()
    }
    return [clause for clause, _ in clauses_of(outline)]


def test_a_number_counts_the_clauses():
    """“`III.1: {title: …, clauses: 6}` counts `III.1.1…6`.”"""
    assert clauses(III__1=3) == ["III.1.1", "III.1.2", "III.1.3"]


def test_a_list_holds_full_names_runs_allowed():
    """“a list holds full names, runs allowed: `[PL2.14..PL2.16, M2C1-15BIS]`”; tasks may run through the sections."""
    assert clauses(PL2=["PL2.14..PL2.16", "M2C1-15BIS"]) == ["PL2.14", "PL2.15", "PL2.16", "M2C1-15BIS"]
    assert clauses(A=["1..3"], B=["4..5"]) == ["1", "2", "3", "4", "5"]


def test_only_what_has_nothing_below_it_is_a_clause():
    """“Only what has nothing below it must be cited”: a heading that only groups is no clause."""
    assert clauses(I=0, II=0, II__1=2) == ["I", "II.1.1", "II.1.2"]
    assert clauses(M1=0, M1C1=["M1C1-1"], M11=0) == ["M1C1-1", "M11"]


@pytest.mark.parametrize(
    ("clause", "heading", "below"),
    [
        ("III.1", "III", True),
        ("M1C1", "M1", True),
        ("C01.1.1", "C01", True),
        ("II", "I", False),
        ("IV", "I", False),
        ("11", "1", False),
        ("I", "I", False),
        ("X.1", "I", False),
    ],
)
def test_a_name_is_below_where_it_goes_on_with_another_kind_of_sign(clause, heading, below):
    """II is the heading after I, and 11 is not in 1."""
    assert is_below(clause, heading) == below


@pytest.mark.parametrize("run", ["a..b", "1..", "PL1.1..PL2.5", "5..3", "1..5000", ".."])
def test_a_run_that_is_none_is_refused(run):
    """Both ends have the same beginning, the smaller number first."""
    with pytest.raises(ValidationError, match="run"):
        Heading.model_validate({"title": "x", "clauses": [run]})


def test_what_is_no_run_is_a_name():
    """Full stops alone make no run."""
    assert expand_run("11.10") == ["11.10"]
