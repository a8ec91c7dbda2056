"""From plain data to models: every error becomes a sentence with a place and a fix, and hides no other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Roadmap
from cbfa.problems import Problem
from cbfa.store.yaml import validation
from cbfa.store.yaml.reader import MAX_PROBLEMS, read_yaml
from cbfa.store.yaml.validation import Validated, validate
from tests.strategies import ROADMAP


def validated(data: Any, model: type = Roadmap) -> Validated[Any]:
    """Data as they come from a file; indented JSON is YAML too."""
    return validate(model, read_yaml(json.dumps(data, ensure_ascii=False, indent=1).encode(), "file.yaml"))


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value, or takes it out, at a path such as `workstreams.0.id`."""
    *above, last = (int(step) if step.isdigit() else step for step in path.split("."))
    holder: Any = data
    for step in above:
        holder = holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value


def test_a_right_file_is_whole(roadmap_data: dict[str, Any]):
    """Nothing to say, and the model is to be trusted."""
    result = validated(roadmap_data)

    assert (result.problems, result.is_whole) == ([], True)
    assert result.whole == ROADMAP


@pytest.mark.parametrize(
    ("path", "value", "sentence", "fix"),
    [
        ("programme.title.vi", 2012, "expected text, not 2012", 'put it in quotes: "2012"'),
        ("programme.title.vi", True, "expected text, not true", 'put it in quotes: "true"'),
        ("programme.title.vi", "", "this text is empty", "write it, or leave the field out if it is optional"),
        ("programme.title.vi", ..., "missing field “vi”", "add “vi: …”"),
        ("programme.period.first", "2011", "expected a whole number, not “2011”", "write digits only"),
        ("programme.period.first", 1800, "1800 is too small: the minimum is 1900", "typo"),
        ("programme.period.last", 2300, "2300 is too large: the maximum is 2200", "typo"),
        ("programme.period.last", 2010, "the programme ends in 2010, before its first year, 2011", "“first”"),
        ("programme.adopted", "2010-02-30", "invalid date “2010-02-30”: month 2 of 2010 has 28 days", None),
        ("programme.adopted", "last year", "“last year” is not a date", "2012-12-31"),
        ("programme.adopted", 2010, "“2010” is not a date", "2012-12-31"),
        ("programme.due_son_days", 3, "unknown field “due_son_days”", "did you mean due_soon_days"),
        ("programme.qqqqqq", 3, "unknown field “qqqqqq”", "choose one of: id, title, aim"),
        ("programme.outline", ["I"], "expected fields with values", "field: value"),
        ("programme", "x", "expected fields with values", "write {id: …, title: …, aim: …"),
        ("workstreams", {"a": 1}, "expected a list", "after “- ”"),
        ("workstreams", [], "this list must not be empty", "at least one item"),
        (
            "format",
            2,
            "this file has format 2, which needs a newer cbfa",
            "install a newer cbfa, or write format: 1",
        ),
        ("workstreams.0.milestones.0.id", "Bad Id", "“Bad Id” is not a valid id", "ingo-board"),
        (
            "workstreams.0.milestones.0.schedule.kind",
            "onse",
            "unknown kind of schedule “onse”",
            "did you mean once?",
        ),
        ("workstreams.0.milestones.0.schedule.kind", ..., "missing field “kind”", "add “kind: …”"),
        ("workstreams.0.milestones.0.schedule.yaer", 1, "unknown field “yaer”", "did you mean year"),
        ("workstreams.0.milestones.0.schedule.part", "erly", "“erly” is not a valid value", "did you mean early?"),
        (
            "workstreams.0.milestones.0.schedule.tentative",
            "yes",
            "expected true or false, not “yes”",
            "without quotes",
        ),
        ("workstreams.0.milestones.0.clauses", [], "this list must not be empty", "at least one item"),
        ("workstreams.1.milestones.0.target.least", 9, "“least” (9) is greater than “most” (3)", "“least”"),
        (
            "workstreams.1.milestones.0.target.units",
            "x",
            "unknown field “units”",
            "choose one of: vi, en, least, most",
        ),
        (
            "workstreams.1.milestones.0.lead",
            {"agency": "A"},
            "an assignment needs exactly one of",
            "basis: V.1",
        ),
        (
            "workstreams.1.milestones.1.schedule.last",
            2009,
            "the schedule ends in 2009, before its first year, 2011",
            "“first”",
        ),
    ],
)
def test_a_wrong_value_is_reported_with_its_fix(roadmap_data, path: str, value: Any, sentence: str, fix: str | None):
    """Each kind of mistake has its own sentence, its own place, and what fixes it."""
    put(roadmap_data, path, value)
    result = validated(roadmap_data)
    (problem,) = result.problems

    assert str(problem.message).startswith(sentence)
    assert fix is None or fix in str(problem.fix)
    assert result.whole is None
    assert any(f'"{step}"' in problem.place.excerpt for step in path.split(".")) or path.split(".")[-2].isdigit()


def test_all_problems_come_at_once_and_the_rest_is_read(roadmap_data: dict[str, Any]):
    """Two wrong milestones are left out, and the others are there to be checked."""
    put(roadmap_data, "workstreams.0.milestones.0.id", "Bad")
    put(roadmap_data, "workstreams.0.milestones.0.timing", 2012)
    put(roadmap_data, "workstreams.1.milestones.2.schedule.kind", "daily")
    result = validated(roadmap_data)

    assert len(result.problems) == 3
    assert [milestone.id for _, milestone in result.model.milestones()] == [
        *("board", "visits", "rules", "donors", "local-bodies")
    ]
    assert not result.is_whole


def test_problems_that_only_appear_afterwards_are_not_blamed_on_the_file(roadmap_data: dict[str, Any]):
    """A list that is empty only because its one item was wrong is not a second problem."""
    put(roadmap_data, "programme.aim.clauses", [7])
    result = validated(roadmap_data)

    assert [str(problem.message) for problem in result.problems] == ["expected text, not 7"]


def test_a_long_value_is_shortened(roadmap_data: dict[str, Any]):
    """A sentence stays a sentence, whatever stands in the file."""
    put(roadmap_data, "programme.adopted", ["x" * 10_000])
    (problem,) = validated(roadmap_data).problems

    assert len(str(problem.message)) < 200


@pytest.mark.parametrize("raw", [b"", b"# comment\n", b"null\n"])
def test_an_empty_file_is_reported(raw: bytes):
    """A file without content says so, once."""
    result = validate(Agencies, read_yaml(raw, "agencies.yaml"))

    assert [str(problem.message) for problem in result.problems] == ["this file is empty"]
    assert result.model is None


@pytest.mark.parametrize(("raw", "sentence"), [(b"- a\n", "fields with values"), (b"text\n", "fields with values")])
def test_a_file_of_another_shape_is_reported(raw: bytes, sentence: str):
    """A list or a text where a mapping belongs has a place: the beginning of the file."""
    result = validate(Agencies, read_yaml(raw, "agencies.yaml"))

    assert [(str(one.place), sentence in str(one.message)) for one in result.problems] == [("agencies.yaml:1:1", True)]


def test_what_the_reader_found_comes_first():
    """A problem of the reader is not reported a second time by the models."""
    problems: list[Problem] = validate(Agencies, read_yaml(b"a: [\n", "agencies.yaml")).problems

    assert len(problems) == 1
    assert "invalid YAML" in str(problems[0].message)


def test_of_a_large_file_the_first_items_are_validated_first(monkeypatch):
    """Errors among the first items are reported alone; without any, the rest is validated too."""
    monkeypatch.setattr(validation, "MAX_VALUES_AT_ONCE", 300)
    agency = {"id": "SoCau", "name": {"vi": "Sở Cầu", "en": "Bridges"}}
    early = validated({"format": 1, "agencies": [1, *([agency] * 200), *([1] * 400)]}, Agencies)
    late = validated({"format": 1, "agencies": [agency] * 200 + [1] * 400}, Agencies)

    assert [problem.place.line for problem in early.problems] == [4]
    assert len(late.problems) == MAX_PROBLEMS
    assert late.problems[0].place.line > 200
    assert (early.whole, late.whole) == (None, None)
