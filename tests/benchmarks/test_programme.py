"""Generated programmes: the same for the same seed, of the size asked for, and without a fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.programme import MOST_CLAUSES, Plan, write_programme
from cbfa.core.schedule import Once, OpenEnded, Span, Undated, Yearly
from cbfa.store.folder import PROGRESS, Folder
from cbfa.store.loading import Loaded, load
from tests.cli.running import FILES, Program

SMALL = Plan(milestones=45, entries=100)


def written(folder: Path, plan: Plan) -> Loaded:
    """A generated programme, as loaded."""
    write_programme(folder, plan)
    return load(Folder(folder, folder / PROGRESS))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path):
    """Otherwise two runs would measure two things."""
    for name in ("one", "two"):
        write_programme(tmp_path / name, SMALL)

    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in FILES)


def test_another_seed_gives_another_programme(tmp_path: Path):
    """The seed is what decides."""
    write_programme(tmp_path / "one", SMALL)
    write_programme(tmp_path / "two", Plan(milestones=45, entries=100, seed=43))

    assert (tmp_path / "one" / PROGRESS).read_bytes() != (tmp_path / "two" / PROGRESS).read_bytes()


@pytest.mark.parametrize(
    "plan",
    [
        Plan(milestones=1, entries=0),
        Plan(milestones=10, entries=1),
        SMALL,
        Plan(milestones=45, entries=2000),
        Plan(milestones=60, entries=600, one_each=True),
        Plan(milestones=MOST_CLAUSES + 1, entries=500, first=2016, last=2020, until=date(2020, 12, 31)),
    ],
    ids=str,
)
def test_nothing_is_wrong_with_it(tmp_path: Path, plan: Plan):
    """Neither an error nor a warning: a wrong line would take another path through the reader."""
    assert written(tmp_path, plan).problems == []


def test_the_command_says_so_too(tmp_path: Path, run: Program):
    """`cbfa check` ends with 0 and warns of nothing."""
    write_programme(tmp_path, SMALL)

    answer = run("check", "--data", str(tmp_path))

    assert (answer.code, answer.err) == (0, "")


def test_it_has_the_size_that_was_asked_for(tmp_path: Path):
    """So many milestones, so many lines."""
    roadmap, _, _ = written(tmp_path, SMALL).usable()

    assert len(list(roadmap.milestones())) == 45
    assert len((tmp_path / PROGRESS).read_text(encoding="utf-8").splitlines()) == 100


def test_every_kind_of_schedule_and_of_record_occurs(tmp_path: Path):
    """What is measured shall be like what happens."""
    roadmap, _, _ = written(tmp_path, Plan(milestones=45, entries=1000)).usable()
    lines = (tmp_path / PROGRESS).read_text(encoding="utf-8")

    assert {type(milestone.schedule) for _, milestone in roadmap.milestones()} == {
        Once,
        Span,
        Yearly,
        OpenEnded,
        Undated,
    }
    assert all(word in lines for word in ('"done"', '"suspended"', '"reopened"', '"retracts"', '"count"', '"percent"'))


def test_one_each_gives_every_milestone_one_occurrence(tmp_path: Path):
    """Then there are as many occurrences as another program has tasks."""
    roadmap, _, _ = written(tmp_path, Plan(milestones=60, entries=0, one_each=True)).usable()

    assert all(len(milestone.schedule.windows()) == 1 for _, milestone in roadmap.milestones())
