"""Warnings before an answer: one in full, several of the same kind on one line; and an advice that works."""

from __future__ import annotations

import pytest

from tests.cli.running import READING


def add_entries(folder, number, **fields):
    """Add entries to the journal that differ in their ids."""
    more = "".join(f',"{name}":"{value}"' for name, value in fields.items())
    with (folder / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        for one in range(number):
            file.write(
                f'- {{"id":"x-{one}","on":"2031-01-0{one + 1}","key":"inspection@2013","event":"progress"{more}'
                ',"recorded":"2012-01-01T08:00:00+07:00"}\n'
            )


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_many_entries_dated_ahead_are_one_line(cbfa, bridges, command):
    """Each command says how many there are, and the command that lists them; that one does."""
    add_entries(bridges, 5)
    answer, check = cbfa(*command), cbfa("check")

    assert answer.code == 0
    assert answer.err == (
        "data/progress.yaml:4:15: warning: the entry is dated 2031-01-01, after it was recorded "
        "(and 4 more like it; to list them: cbfa check)\n"
    )
    assert check.err.count("after it was recorded") == 5


def test_warnings_of_other_kinds_are_not_lost_among_many(cbfa, bridges):
    """Each kind has its line, and a single warning its fix."""
    add_entries(bridges, 3)
    path = bridges / "data" / "progress.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '- {"id":"torn"', encoding="utf-8")
    err = cbfa("status").err

    assert "(and 2 more like it; to list them: cbfa check)" in err
    assert "the last line may be incomplete" in err
    assert "fix: add a line ending" in err


def test_the_old_id_of_an_agency_holds_for_the_journal(cbfa, bridges):
    """An agency that gets a new id keeps the old one as an alias, as the warning advises: then nothing is reported."""
    path, journal = (bridges / "data" / name for name in ("agencies.yaml", "progress.yaml"))
    journal.write_text(journal.read_text(encoding="utf-8").replace('"by":"SoDay"', '"by":"SoXich"'), "utf-8")
    before = cbfa("check").err
    path.write_text(
        path.read_text(encoding="utf-8").replace("code: SD\n", "code: SD\n    aliases: [SoXich]\n"), "utf-8"
    )

    assert "unknown agency “SoXich”" in before
    assert "add it to the aliases of its agency in agencies.yaml" in before
    assert cbfa("check").err == ""
    assert "reported by SD" in cbfa("log", "rope-bridges").out
    assert cbfa.json("log", "rope-bridges", "--agency", "SoDay").page["items"][0]["parts"] == ["reporter"]


def test_who_took_an_entry_back_is_an_agency_too(cbfa, bridges):
    """An unknown reporter of a retraction is reported as that of an entry is."""
    with (bridges / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        file.write('- {"id":"r-1","retracts":"e-1","by":"SoGo","recorded":"2012-01-01T08:00:00+07:00"}\n')

    assert "unknown agency “SoGo”" in cbfa("check").err
