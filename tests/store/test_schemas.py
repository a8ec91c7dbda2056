"""The JSON Schemas that an editor checks the files by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cbfa.core.roadmap import Roadmap
from cbfa.store.schemas import SCHEMAS, schema_text
from tests.strategies import AGENCIES_DATA, ROADMAP_DATA

FILES = ["roadmap", "agencies", "amendments", "progress"]


def valid(file: str, data: object) -> bool:
    """Whether data pass a schema."""
    return jsonschema.Draft202012Validator(json.loads(schema_text(file))).is_valid(data)


def test_each_file_has_its_schema():
    """Four files, four schemas."""
    assert list(SCHEMAS) == FILES


@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_a_schema(file: str):
    """Each keeps to the dialect that it names."""
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(file)))

    assert schema_text(file).startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema"')


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_file_passes_its_schema(file: str, shipped_folder: Path):
    """As any YAML tool reads it, and as text where dates stand."""
    text = (shipped_folder / f"{file}.yaml").read_text(encoding="utf-8")

    assert valid(file, yaml.load(text, Loader=_TextDates))


class _TextDates(yaml.SafeLoader):
    """A YAML reader that leaves dates as text, as editors do."""


_TextDates.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_schema_is_the_one_of_the_models(file: str, shipped_folder: Path):
    """What an editor checks by is what the program checks by."""
    path = shipped_folder / "schema" / f"{file}.schema.json"

    assert path.read_text(encoding="utf-8") == schema_text(file)
    assert f"$schema=schema/{path.name}" in (shipped_folder / f"{file}.yaml").read_text(encoding="utf-8").split("\n")[0]


def test_a_wrong_file_does_not_pass():
    """Unknown keys, missing keys and wrong types are seen by the editor too."""
    assert valid("roadmap", ROADMAP_DATA)
    assert valid("agencies", AGENCIES_DATA)
    assert not valid("roadmap", {**ROADMAP_DATA, "colour": 1})
    assert not valid("roadmap", {"format": 1})
    assert not valid("agencies", {**AGENCIES_DATA, "format": 2})
    assert not valid("progress", [{"id": "a"}])
    assert valid("progress", None)


def test_an_editor_takes_an_amendment():
    """With one lead or several, and what is absent as null."""
    change = {
        "change": "board",
        "was": {"lead": "A", "schedule": None},
        "now": {"lead": ["A", "B"], "schedule": {"in": 2012}},
    }
    merge = {"merge": ["A"], "into": "B"}
    act = {"id": "a", "act": "A", "signed": 2012, "changes": [change, merge]}

    assert valid("amendments", {"format": 1, "amendments": [act]})
    assert valid("amendments", {"format": 1, "amendments": None})
    assert not valid("amendments", {"format": 1, "amendments": [{**act, "changes": [{"change": "a", "noww": {}}]}]})


LEAD = {"agency": "SoNgoaiVu", "basis": "IV.1"}


@pytest.mark.parametrize(
    "more",
    [
        {"lead": "SoNgoaiVu"},
        {"lead": LEAD},
        {"lead": ["SoNgoaiVu", LEAD]},
        {"clauses": "III.1.2", "serves": "II.1"},
        {"title": "In one language", "text": {"vi": "A", "en": "B"}},
        {"schedule": {"in": 2012}},
        {"schedule": {"in": "2012-Q3", "tentative": True}},
        {"schedule": {"due": "31/10/2012"}},
        {"schedule": {"from": "10/2011", "due": "2012-H1"}},
        {"schedule": {"every": "half", "due": ["15/6", "1/12"]}},
        {"schedule": {"every": "month", "due": 20}},
        {"target": {"baseline": "17.5", "at_most": 10, "unit": "%", "measure": "days"}},
        {"each": True, "formerly": "old-board"},
    ],
    ids=str,
)
def test_an_editor_takes_every_form(roadmap_data: dict[str, Any], more: dict[str, Any]):
    """What the program reads in a milestone, the editor does not mark."""
    roadmap_data["workstreams"][0]["milestones"][1].update(more)
    Roadmap.model_validate(roadmap_data)

    assert valid("roadmap", roadmap_data)


@pytest.mark.parametrize(
    "more",
    [
        {"lead": []},
        {"lead": {"basis": "IV.1"}},
        {"title": {"Vietnamese": "A"}},
        {"schedule": {"kind": "once"}},
        {"schedule": {"in": "soon"}},
        {"schedule": {"every": "week"}},
        {"target": {"below": "17,6"}},
    ],
    ids=str,
)
def test_an_editor_marks_what_is_wrong(roadmap_data: dict[str, Any], more: dict[str, Any]):
    """What the program refuses for its form, the editor marks."""
    roadmap_data["workstreams"][0]["milestones"][1].update(more)

    assert not valid("roadmap", roadmap_data)
