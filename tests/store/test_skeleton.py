"""A new programme."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cbfa.core.plan import Plan
from cbfa.errors import Refused
from cbfa.store.folder import find_folder
from cbfa.store.loading import Loaded, load
from cbfa.store.skeleton import write_skeleton


def made(folder: Path, *languages: str, screen: str = "en", year: int = 2026) -> Plan:
    """Write a skeleton that has no problem; return its plan."""
    write_skeleton(folder, languages, screen, year)
    loaded = load(find_folder(str(folder), {}, folder))

    assert [str(problem.message) for problem in loaded.problems] == []
    return loaded.usable()[0].adopted


@pytest.mark.parametrize("screen", ["vi", "en", "fr"])
@pytest.mark.parametrize(
    "languages", [("vi",), ("en",), ("vi", "en"), ("en", "vi"), ("en", "fr"), ("it",), ("fr", "de", "vi"), ("tay",)]
)
def test_a_new_programme_passes_every_check(tmp_path: Path, screen: str, languages: tuple[str, ...]):
    """Neither an error nor a warning, whatever the languages; every text is in each of them."""
    plan = made(tmp_path, *languages, screen=screen)

    assert tuple(plan.roadmap.programme.languages) == languages
    assert all(one.title.get(language) for _, one in plan.roadmap.milestones() for language in languages)
    assert plan.roadmap.programme.official_classes is ("vi" in languages)


@pytest.mark.parametrize("year", [1996, 2196])
def test_it_runs_for_five_years(tmp_path: Path, year: int):
    """The period begins with the year that was given, and no placeholder of the template is left."""
    plan = made(tmp_path, "vi", year=year)

    assert plan.programme.period.last.year == year + 4
    assert not any(sign in (tmp_path / "data" / "roadmap.yaml").read_text("utf-8") for sign in ("$first", "#vi", "#en"))


def test_texts_are_examples_in_the_languages_that_we_speak(tmp_path: Path):
    """Vietnamese and English have their own; another language has an obvious blank, as the first one English."""
    both, other, alone = made(tmp_path / "a", "vi", "en"), made(tmp_path / "b", "en", "fr"), made(tmp_path / "c", "it")

    assert both.roadmap.programme.title.texts == ("Chương trình mẫu", "An example programme")
    assert other.roadmap.programme.title.texts == ("An example programme", "… An example programme (fr)")
    assert alone.roadmap.programme.title.own == "An example programme"


def test_each_form_is_shown_once(tmp_path: Path):
    """Every kind of schedule, target and assignment is there, in milestones that one sees at a glance."""
    plan = made(tmp_path, "vi")
    milestones = [one for _, one in plan.roadmap.milestones()]
    schedules = [
        frozenset(one.schedule.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True))
        for one in milestones
        if one.schedule
    ]
    blocks = (tmp_path / "data" / "roadmap.yaml").read_text("utf-8").split("      - id: ")[1:]

    assert {
        frozenset(form) for form in (["in"], ["due"], ["from", "due"], ["every"], ["every", "due"], ["from"])
    } <= set(schedules)
    assert {"tentative", "derived"} <= set().union(*schedules)
    assert any(one.schedule is None for one in milestones)
    assert {one.target.level is None for one in milestones if one.target} == {True, False}
    assert {bool(one.basis) + 2 * bool(one.inferred) for m in milestones for one in m.assignments} == {0, 1, 2}
    assert any(len(one.leads) > 1 for one in milestones)
    assert [len(plan.agencies.members_of(plan.agencies[one.leads[0].agency])) for one in milestones if one.each] == [2]
    assert max(block.split("\n\n")[0].count("\n") + 1 for block in blocks) <= 12


def test_comments_are_in_the_language_of_the_screen(tmp_path: Path):
    """The same programme, explained in Vietnamese or in English."""
    vi, en = made(tmp_path / "vi", "it", screen="vi"), made(tmp_path / "en", "it", screen="en")
    texts = [(tmp_path / screen / "data" / "roadmap.yaml").read_text("utf-8") for screen in ("vi", "en")]

    assert vi.roadmap == en.roadmap
    assert ["# What was decided." in text for text in texts] == [False, True]
    assert ["# Những gì đã quyết định." in text for text in texts] == [True, False]


@pytest.mark.parametrize(
    "name", ["roadmap.yaml", "agencies.yaml", "amendments.yaml", "progress.yaml", "schema/progress.schema.json"]
)
def test_nothing_that_is_there_is_replaced(tmp_path: Path, name: str):
    """If one file is there already, nothing is written at all."""
    there = tmp_path / "data" / name
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="already exists"):
        write_skeleton(tmp_path, ["en"], "en", 2026)

    assert there.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [there]


def uncommented(folder: Path) -> Loaded:
    """Load a programme in which the examples of amendments have lost their `#`."""
    path = folder / "data" / "amendments.yaml"
    head, sign, examples = path.read_text("utf-8").partition("amendments:\n")
    lines = [line[1:] if line.startswith("#  ") else line for line in examples.splitlines()]
    path.write_text(head + sign + "\n".join(lines) + "\n", encoding="utf-8")
    return load(find_folder(str(folder), {}, folder))


@pytest.mark.parametrize("languages", [("vi",), ("vi", "en"), ("en",)])
@pytest.mark.parametrize("screen", ["vi", "en"])
def test_the_examples_of_amendments_are_valid(tmp_path: Path, languages: tuple[str, ...], screen: str):
    """Without their `#`, the acts pass every check and show each kind of change."""
    made(tmp_path, *languages, screen=screen)
    loaded = uncommented(tmp_path)

    assert [str(problem.message) for problem in loaded.problems] == []
    assert loaded.acts is not None
    assert len({change.kind for act in loaded.acts.amendments for change in act.changes}) == 9


def test_the_examples_of_the_shipped_file_are_valid(tmp_path: Path, shipped_folder: Path):
    """They are about milestones and agencies of that programme."""
    shutil.copytree(shipped_folder, tmp_path / "data")
    loaded = uncommented(tmp_path)

    assert [str(problem.message) for problem in loaded.errors] == []
    assert loaded.acts is not None
    assert len({change.kind for act in loaded.acts.amendments for change in act.changes}) == 9
