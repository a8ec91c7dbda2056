"""The lines of a generated journal: they are such as cbfa writes."""

from __future__ import annotations

from pathlib import Path

from benchmarks.programme import Plan, write_programme
from cbfa.store.folder import PROGRESS
from cbfa.store.journal_lines import line_of, read_journal


def test_its_lines_have_the_form_that_cbfa_gives_them(tmp_path: Path):
    """A line of another form may be read by another path, and would measure that."""
    write_programme(tmp_path, Plan(milestones=45, entries=300))
    path = tmp_path / PROGRESS

    file = read_journal(path, path.name)

    assert sorted(line_of(record) for record in file.journal.records) == sorted(
        path.read_text(encoding="utf-8").splitlines(keepends=True)
    )
