"""A new programme."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbfa.core.snapshot import programme_end
from cbfa.errors import Refused
from cbfa.store.folder import find_folder
from cbfa.store.loading import load
from cbfa.store.skeleton import write_skeleton


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("year", [1996, 2026, 2196])
def test_a_new_programme_passes_every_check(tmp_path: Path, language: str, year: int):
    """What `init` writes is in order, in both languages, and runs for five years from the one given."""
    written = write_skeleton(tmp_path, language, year)
    loaded = load(find_folder(str(tmp_path), {}, tmp_path))

    assert [str(problem.message) for problem in loaded.problems] == []
    assert programme_end(loaded.usable()[0]).year == year + 4
    assert all(path.is_file() for path in written)
    assert all("$first" not in path.read_text(encoding="utf-8") for path in written)


def test_both_languages_say_the_same(tmp_path: Path):
    """The two skeletons differ in their comments only."""
    made = {}
    for language in ("vi", "en"):
        write_skeleton(tmp_path / language, language, 2026)
        made[language] = load(find_folder(str(tmp_path / language), {}, tmp_path)).usable()

    assert [one.id for _, one in made["vi"][0].milestones()] == [one.id for _, one in made["en"][0].milestones()]
    assert [one.id for one in made["vi"][1].agencies] == [one.id for one in made["en"][1].agencies]


@pytest.mark.parametrize("name", ["roadmap.yaml", "agencies.yaml", "progress.yaml", "schema/progress.schema.json"])
def test_nothing_that_is_there_is_replaced(tmp_path: Path, name: str):
    """One file that is there already, and nothing is written at all."""
    there = tmp_path / "data" / name
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="already exists"):
        write_skeleton(tmp_path, "en", 2026)

    assert there.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [there]
