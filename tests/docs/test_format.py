"""The examples of the data format are read as the files are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cbfa.core.agencies import Agency
from cbfa.core.amendments import Amendments
from cbfa.core.roadmap import Milestone, Programme
from cbfa.core.schedule import Frame, Schedule
from cbfa.core.words import context_of, languages_in
from cbfa.store.yaml.reader import read_yaml

FORMAT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
BLOCKS = [block for block in re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) if not block.startswith("- {")]
SCHEDULES = re.findall(r"^\| .* \| `(\{.*\})` \| (.*) \| (.*) \|$", FORMAT, re.MULTILINE)
PROGRAMME = (date(2011, 1, 1), date(2015, 12, 31))
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def data_of(block: str) -> Any:
    """Read a block as a file is read."""
    document = read_yaml(block.encode(), "format.md")

    assert [str(problem.message) for problem in document.problems + document.warnings] == []
    return document.data


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: re.split(r"\n(?=  \w)", block)[-1].strip()[:40])
def test_an_example_is_valid(block: str):
    """Milestones, agencies and fields of the programme are what the models take."""
    data = data_of(block)
    if isinstance(data, dict) and "amendments" in data:
        Amendments.model_validate(data, context=context_of(["vi"]))
        return
    if isinstance(data, dict):
        usual = {"id": "a", "period": {"from": 2026, "to": 2028}, "coordinator": "A", "outline": {"I": {"title": "A"}}}
        Programme.model_validate({**usual, **data["programme"]}, context=context_of(languages_in(data)))
        return
    for item in data:
        (Milestone if "clauses" in item else Agency).model_validate(item, context=context_of(["vi"]))


def test_the_examples_are_found():
    """Both patterns find what is there."""
    assert len(BLOCKS) >= 10
    assert len(SCHEDULES) == 17


def written(day: date | None) -> str:
    """Write a day as the table does."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "never"


@pytest.mark.parametrize(("schedule", "opens", "due"), SCHEDULES)
def test_the_table_of_words_says_what_the_program_does(schedule: str, opens: str, due: str):
    """Each schedule of the reading rules is valid, and opens and falls due on the days of its row."""
    value = Schedule.model_validate(data_of(schedule))
    first = value.windows(Frame(*PROGRAMME, fiscal_month=4))[0]
    if re.match(r"\d+ \w+ \d{4}", opens):
        assert written(first.start) == opens
    if re.match(r"\d+ \w+ \d{4}|never", due):
        assert written(first.due) == due.removesuffix(", once")
