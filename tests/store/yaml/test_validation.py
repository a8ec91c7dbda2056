"""From plain data to models: every error becomes a sentence with a place and a fix, and hides no other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Roadmap
from cbfa.core.words import context_of
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


SCHEDULE = "workstreams.0.milestones.0.schedule"
TARGET = "workstreams.1.milestones.0.target"
LEAD = "workstreams.1.milestones.0.lead"


@pytest.mark.parametrize(
    ("path", "value", "sentence", "fix"),
    [
        ("programme.title.vi", 2012, "expected text, not 2012", 'put it in quotes: "2012"'),
        ("programme.title.vi", True, "expected text, not true", 'put it in quotes: "true"'),
        ("programme.title.vi", "", "this text is empty", "write it, or leave the field out if it is optional"),
        ("programme.title.vi", ..., "this text is missing in “vi”, the programme's own language", "add “vi: …”"),
        ("programme.title", ["a"], "expected text, not […]", "write a text, or one in each language: {vi: …, en: …}"),
        ("programme.title", 2012, "expected text, not 2012", 'put it in quotes: "2012"'),
        ("programme.title", None, "expected text, not null", "leave the field out"),
        ("programme.title.fr", "x", "the programme has no language “fr”", "languages: [vi, en, fr]"),
        ("programme.period.from", "soon", "“soon” is not a date", "2012-Q4"),
        ("programme.period.from", 1800, "the year 1800 is out of range", "typo"),
        ("programme.period.to", 2010, "the programme ends on 2010-12-31, before it begins on 2011-01-01", "“from”"),
        ("programme.period", {"first": 2011, "last": 2015}, "a period has no fields", "write {from: 2011, to: 2015}"),
        ("programme.languages", ["vi", "vn"], "“vn” is not a language", "did you mean vi?"),
        ("programme.languages", ["vi", "vi"], "a language is listed twice", "keep one"),
        ("programme.timezone", "Asia/Hanoi", "unknown time zone “Asia/Hanoi”", "Asia/Ho_Chi_Minh"),
        ("programme.adopted", "2010-02-30", "invalid date “2010-02-30”: month 2 of 2010 has 28 days", None),
        ("programme.adopted", "last year", "“last year” is not a date", "2012-12-31"),
        ("programme.adopted", 2010, "“2010” is not a date", "2012-12-31"),
        ("programme.due_son_days", 3, "unknown field “due_son_days”", "did you mean due_soon_days"),
        ("programme.qqqqqq", 3, "unknown field “qqqqqq”", "choose one of: id, languages, title, aim"),
        ("programme.outline", ["I"], "expected fields with values", "field: value"),
        ("programme", "x", "expected fields with values", "write {id: …, languages: …, title: …"),
        ("workstreams", {"a": 1}, "expected a list", "after “- ”"),
        ("workstreams", [], "this list must not be empty", "at least one item"),
        (
            "format",
            2,
            "this file has format 2, which needs a newer cbfa",
            "install a newer cbfa, or write format: 1",
        ),
        ("workstreams.0.milestones.0.id", "Bad Id", "“Bad Id” is not a valid id", "ingo-board"),
        (SCHEDULE, {"kind": "span"}, "a schedule has no field “kind”", "write schedule: {from: 2011, due: 2015}"),
        (SCHEDULE, {"kind": "unknown"}, "a schedule has no field “kind”", "write one of: in, due, from, every"),
        (SCHEDULE, {"year": 2023, "half": 2}, "a schedule has no field “year”", "write the period in one: in: 2023-H2"),
        (SCHEDULE, {"quarter": "Q3", "year": 2023}, "a schedule has no field “quarter”", "in: 2023-Q3"),
        (SCHEDULE, {"year": 2023, "month": 6}, "a schedule has no field “year”", "in: 2023-06"),
        (SCHEDULE, {"year": "2023-12"}, "a schedule has no field “year”", "in: 2023-12"),
        (SCHEDULE, {"month": 6}, "a schedule has no field “month”", "in: 2023-06"),
        (SCHEDULE, 2012, "expected fields with values", "write {in: 2012}"),
        (f"{SCHEDULE}.inn", 1, "unknown field “inn”", "did you mean in?"),
        (SCHEDULE, {"every": "monthly"}, "“monthly” is not a valid value", "did you mean month?"),
        (SCHEDULE, {"every": "year", "due": "06-15"}, "“06-15” is not a day", "write the day first: 15/6"),
        (SCHEDULE, {"due": "15/6"}, "“15/6” is a day without a year", "add “every: year”"),
        (
            f"{SCHEDULE}.tentative",
            "yes",
            "expected true or false, not “yes”",
            "without quotes",
        ),
        ("workstreams.0.milestones.0.clauses", [], "this list must not be empty", "at least one item"),
        ("workstreams.1.milestones.0.target.count", 9, "“most” (3) is less than the target (9)", "“most”"),
        ("workstreams.1.milestones.0.target.units", "x", "unknown field “units”", "did you mean unit"),
        (TARGET, {"least": 17.6}, "a target has no field “least”", "write at_least: 17.6"),
        (TARGET, {"least": 3}, "a target has no field “least”", "write count: 3"),
        (TARGET, {"count": 0}, "“0” is not a count", "write at_least: 0"),
        (TARGET, {"below": 17, "6": None}, "“6” seems to belong to the number before it", "with a point: 17.6"),
        (TARGET, {"above": "2.449.500"}, "“2.449.500” is not a number", "write it without separators: 2449500"),
        (TARGET, 3, "expected fields with values", "write {count: 3}"),
        (LEAD, {"basis": "IV.1"}, "missing field “agency”", "add “agency: …”"),
        (LEAD, {"agency": "A", "basis": "IV.1", "inferred": "x"}, "an assignment has “basis” or “inferred”", "keep"),
        ("programme.outline.II.clauses", "many", "expected a whole number, not “many”", "digits only"),
        ("programme.aim", "x", "these texts are not given by their clauses", "write each clause with its text"),
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
    put(roadmap_data, "workstreams.0.milestones.0.id", "Bad id")
    put(roadmap_data, "workstreams.0.milestones.0.timing", True)
    put(roadmap_data, "workstreams.1.milestones.2.schedule", {"every": "day"})
    result = validated(roadmap_data)

    assert len(result.problems) == 3
    assert [milestone.id for _, milestone in result.model.milestones()] == [
        *("board", "visits", "rules", "donors", "local-bodies")
    ]
    assert not result.is_whole


def test_problems_that_only_appear_afterwards_are_not_blamed_on_the_file(roadmap_data: dict[str, Any]):
    """A list that is empty only because its one item was wrong is not a second problem."""
    put(roadmap_data, "programme.aim.I", [7])
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


def test_numbers_that_name_a_year_or_a_clause_need_no_quotes(roadmap_data: dict[str, Any]):
    """People do not quote them, and no two readings are possible."""
    put(roadmap_data, "workstreams.0.milestones.0.timing", 2025)
    put(roadmap_data, "workstreams.0.milestones.0.schedule", {"in": 2012})

    assert validated(roadmap_data).problems == []


def test_a_text_with_an_unquoted_comma_is_one_error():
    """YAML makes each piece a field of its own; the text is put together again."""
    document = read_yaml(b"format: 1\nagencies: [{id: A, name: {vi: X, Y, Z, en: B}}]\n", "agencies.yaml")
    (problem,) = validate(Agencies, document).problems

    assert (str(problem.place), str(problem.fix)) == (
        "agencies.yaml:2:34",
        'put the text in quotes: vi: "X, Y, Z"',
    )


def test_a_language_that_is_missing_everywhere_is_one_error(roadmap_data: dict[str, Any]):
    """Whoever encodes a plan in Italian forgets one line, not a hundred translations."""
    for milestone in roadmap_data["workstreams"][0]["milestones"]:
        milestone["title"] = {"it": "Ponte"}
    (problem,) = validated(roadmap_data).problems

    assert str(problem.fix) == "add it to the programme: languages: [it]"


def test_the_languages_of_the_programme_are_the_context(roadmap_data: dict[str, Any]):
    """A programme in French and English takes a plain text for French."""
    agency = {"id": "A", "name": "Ville", "short": {"fr": "V", "en": "T"}}
    document = read_yaml(json.dumps({"format": 1, "agencies": [agency]}).encode(), "agencies.yaml")
    result = validate(Agencies, document, context_of(("fr", "en")))

    assert result.model.agencies[0].name.in_("fr") == "Ville"
    assert validate(Agencies, document).problems
