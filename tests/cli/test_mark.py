"""`cbfa mark`: recording what happened."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from datetime import datetime, timedelta

import pytest

from tests.cli.conftest import unix
from tests.cli.running import contents, process, terminal, today


def lines(folder):
    """The entries in the journal, as they are written."""
    text = (folder / "data" / "progress.yaml").read_text(encoding="utf-8")
    return [json.loads(line.removeprefix("- ")) for line in text.splitlines() if line.startswith("- ")]


def test_mark_prints_the_state_before_and_after(cbfa, bridges):
    """It names the milestone, the state before, the state after, and how to take the entry back."""
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2013-02-01")
    before, after = (next(line for line in answer.out.splitlines() if line.startswith(when)) for when in ("bef", "aft"))

    assert answer.code == 0
    assert answer.out.startswith("Stone bridge · stone-bridge\n")
    assert "! overdue" in before
    assert "✓ done late" in after
    assert f"cbfa undo {lines(bridges)[-1]['id'][-8:]}" in answer.out


def test_an_entry_is_one_line_with_what_was_said(cbfa, bridges):
    """One line is appended, and what stood there before is untouched."""
    path = bridges / "data" / "progress.yaml"
    old = path.read_bytes()
    answer = cbfa(
        *("mark", "rope-bridges", "progress", "--on", "2012-05-06", "--count", "1", "--note", "Cầu “hai” — xong"),
        *("--evidence", "Biên bản số 8", "--evidence", "Ảnh", "--by", "sở dây"),
    )
    new = path.read_bytes().removeprefix(old)
    entry = lines(bridges)[-1]

    assert answer.code == 0, answer.err
    assert path.read_bytes().startswith(old)
    assert new.startswith(b"- {")
    assert new.count(b"\n") == 1
    assert new.endswith(b"}\n")
    assert entry | {"id": "", "recorded": ""} == {
        "id": "",
        "on": "2012-05-06",
        "key": "rope-bridges",
        "event": "progress",
        "count": 1,
        "note": "Cầu “hai” — xong",
        "evidence": ["Biên bản số 8", "Ảnh"],
        "by": "SoDay",
        "recorded": "",
    }


def test_the_entry_counts_at_once(cbfa, bridges):
    """The next command sees it, and `check` finds nothing wrong with it."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-03-01", "--percent", "40")
    item = cbfa.json("list", "--search", "stone", "--as-of", "2012-06-30").page["items"][0]

    assert (item["progress"], item["percent"]) == ("in-progress", 40)
    assert item["last_entry"]["on"] == "2012-03-01"
    assert cbfa("check").code == 0


def test_without_a_date_it_happened_today(cbfa, bridges):
    """`--on` left out means today."""
    before = today()
    cbfa("mark", "stone-bridge", "done")

    assert lines(bridges)[-1]["on"] in (before.isoformat(), today().isoformat())


@pytest.mark.parametrize("word", ["hoàn thành", "Hoan thanh", "done"])
def test_what_happened_can_be_said_as_the_screen_says_it(cbfa, bridges, word):
    """The journal keeps the one word that every reader knows."""
    answer = cbfa("mark", "stone-bridge", word, "--lang", "vi")

    assert answer.code == 0, answer.err
    assert lines(bridges)[-1]["event"] == "done"


@pytest.mark.parametrize("day", ["2012-05-06", "06/05/2012", "6/5/2012"])
def test_dates_can_be_written_in_two_ways(cbfa, bridges, day):
    """ISO, or the day first."""
    cbfa("mark", "stone-bridge", "done", "--on", day)

    assert lines(bridges)[-1]["on"] == "2012-05-06"


def test_a_dry_run_writes_nothing(cbfa, bridges):
    """`--dry-run` prints what would change and leaves every file as it was; no lock is made either."""
    before = contents(bridges)
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2012-05-06", "--dry-run")

    assert answer.code == 0
    assert "✓ done on time" in answer.out
    assert "Nothing was recorded: this was a dry run." in answer.out
    assert contents(bridges) == before


def test_a_dry_run_refuses_what_is_impossible(cbfa, bridges):
    """What `mark` would refuse, its dry run refuses too."""
    answer = cbfa("mark", "rope-bridges", "done", "--on", "2012-05-06", "--dry-run")

    assert answer.code == 2
    assert answer.out == ""


def test_done_on_a_counted_target_says_how_many_are_missing(cbfa, bridges):
    """A counted target is done when its least is reached; until then `done` is refused, with the number missing."""
    before = contents(bridges)
    answer = cbfa("mark", "rope-bridges", "done", "--on", "2012-05-06")

    assert answer.code == 2
    assert answer.err.startswith("error: “rope-bridges” is done when the count reaches 2: 1 so far, 1 missing\n")
    assert "--count 1" in answer.err
    assert contents(bridges) == before


def test_done_with_the_count_that_was_missing(cbfa, bridges):
    """With the missing count `done` is accepted."""
    answer = cbfa("mark", "rope-bridges", "done", "--on", "2012-05-06", "--count", "1")

    assert answer.code == 0, answer.err
    assert "✓ done on time" in answer.out


def test_reaching_the_least_is_done_without_saying_so(cbfa, bridges):
    """A count that reaches the least makes it done, on that day."""
    cbfa("mark", "rope-bridges", "progress", "--on", "2012-05-06", "--count", "2")
    item = cbfa.json("list", "--search", "rope", "--as-of", "2012-12-31").page["items"][0]

    assert (item["progress"], item["counted"], item["percent"]) == ("done", 3, 100)


def test_what_is_done_is_not_done_again(cbfa, bridges):
    """Marking it done a second time is refused, and says since when it is done."""
    answer = cbfa("mark", "inspection@2011", "done", "--on", "2011-12-24")

    assert answer.code == 2
    assert "“inspection@2011” has been done since 2011-12-01" in answer.err


def test_suspended_reopened_dropped(cbfa, bridges):
    """What is suspended is no longer overdue; what is reopened is again; what is dropped is out of the count."""
    states = []
    for event, day in (("suspended", "2012-03-01"), ("reopened", "2012-04-01"), ("dropped", "2012-05-01")):
        assert cbfa("mark", "stone-bridge", event, "--on", day).code == 0
        item = cbfa.json("list", "--search", "stone", "--as-of", "2013-06-30").page["items"][0]
        states.append((item["progress"], item["timing"]))

    assert states == [("suspended", None), ("not-started", "overdue"), ("dropped", None)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["inspection@2011", "suspended", "--on", "2012-01-01"],
            "“inspection@2011” is done, so it cannot be suspended",
        ),
        (["stone-bridge", "reopened", "--on", "2012-01-01"], "“stone-bridge” is open, so there is nothing to reopen"),
        (["stone-bridge", "progress", "--count", "1"], "“stone-bridge” has no target to count towards"),
        (["rope-bridges", "progress", "--count", "0"], "a count is the number added, so it must be 1 or more"),
        (["rope-bridges", "progress", "--count", "-3"], "a count is the number added, so it must be 1 or more"),
        (["rope-bridges", "progress", "--count", "9999999999999"], "9999999999999 is too large"),
        (["rope-bridges", "suspended", "--count", "1"], "only progress and done can have a count"),
        (["stone-bridge", "progress", "--percent", "101"], "a percentage must be from 0 to 100"),
        (["stone-bridge", "done", "--percent", "50"], "only progress can have a percentage"),
        (["rope-bridges", "progress", "--percent", "50"], "has a target, from which its percentage follows"),
        (["stone-bridge", "ended"], "unknown event “ended”"),
        (["stone-bridge", "done", "--on", "2012-02-30"], "invalid date “2012-02-30”: month 2 of 2012 has 29 days"),
        (["stone-bridge", "done", "--on", "2012-Q5"], "“2012-Q5” is not a date"),
        (["stone-bridge", "done", "--on", "12/31/2012"], "there is no month 31"),
        (["stone-bridge", "done", "--on", ""], "“” is not a date"),
        (["stone-bridge", "done", "--by", "Sở Xâu"], "unknown agency “Sở Xâu”"),
        (["stone-bridge", "done", "--note", "x" * 8001], "--note is too long: the maximum is 8000 characters"),
        (["stone-bridge", "done", "--evidence", "x" * 8001], "--evidence is too long"),
    ],
)
def test_what_is_impossible_gets_a_sentence(cbfa, bridges, arguments, sentence):
    """It is refused with exit code 2, a sentence and a fix, and nothing is written."""
    before = contents(bridges)
    answer = cbfa("mark", *arguments)

    assert answer.code == 2
    assert sentence in answer.err.splitlines()[0]
    assert answer.err.splitlines()[1].startswith("  fix: ")
    assert answer.out == ""
    assert contents(bridges) == before


@pytest.mark.parametrize(
    ("key", "sentence", "fix"),
    [
        ("stone-brige", "unknown milestone “stone-brige”", "did you mean stone-bridge"),
        ("aqueduct", "unknown milestone “aqueduct”", "choose one of: stone-bridge, rope-bridges, inspection"),
        ("", "unknown milestone “”", "choose one of: stone-bridge, rope-bridges, inspection"),
        ("inspection", "recurs, so its key needs a period", "add a period from 2011 to 2013: inspection@2011"),
        (
            "inspection@",
            "“inspection” recurs, so its key needs a period",
            "add a period from 2011 to 2013: inspection@2011",
        ),
        ("inspection@2014", "“inspection” has no occurrence “2014”", "choose a period from 2011 to 2013"),
        ("stone-bridge@2012", "does not recur, so its key has no period", "write stone-bridge"),
    ],
)
def test_a_key_that_names_nothing(cbfa, bridges, key, sentence, fix):
    """A wrong key is answered with the nearest right one; a key without its year with all of them."""
    answer = cbfa("mark", key, "done", "--on", "2012-06-01")

    assert answer.code == 2
    assert sentence in answer.err
    assert fix in answer.err


def test_a_key_that_can_mean_several(cbfa, programme):
    """A beginning that several ids have is answered with the list of them."""
    answer = cbfa("mark", "ingo", "done")

    assert answer.code == 2
    assert "“ingo” matches several milestones" in answer.err
    assert (
        "ingo-programme-plan, ingo-board, ingo-donors, ingo-conference, ingo-workshop, ingo-final-review" in answer.err
    )


@pytest.mark.parametrize("key", ["stone", "STONE-BRIDGE", "s"])
def test_a_unique_beginning_is_enough(cbfa, bridges, key):
    """An id may be shortened, in any case, as long as only one begins so; what is stored is the whole key."""
    cbfa("mark", key, "done", "--on", "2012-06-01")

    assert lines(bridges)[-1]["key"] == "stone-bridge"


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        (["--on", str(today() + timedelta(days=400))], "is in the future. Record it anyway?"),
        (["--on", "2010-12-08"], "2010-12-08 is before the programme, which begins on 2010-12-09."),
    ],
)
def test_an_unlikely_date_is_refused_where_nobody_can_answer(cbfa, bridges, arguments, question):
    """Off a terminal, a date in the future or before the programme needs `--yes`; without it nothing is recorded."""
    before = contents(bridges)
    refused = cbfa("mark", "stone-bridge", "done", *arguments)

    assert refused.code == 2
    assert question in refused.err
    assert "--yes" in refused.err
    assert refused.out == ""
    assert contents(bridges) == before


def test_yes_stands_for_the_answer(cbfa, bridges):
    """With `--yes` the unlikely date is recorded without a question."""
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2010-12-08", "--yes")

    assert answer.code == 0
    assert answer.err == "note: 2010-12-08 is before “stone-bridge” opens, on 2012-01-01; it counts\n"
    assert lines(bridges)[-1]["on"] == "2010-12-08"


@pytest.mark.parametrize(
    ("on", "note"), [("2012-01-01", ""), ("2011-12-31", "note: 2011-12-31 is before “stone-bridge” opens")]
)
def test_a_day_before_the_window_needs_no_question(cbfa, bridges, on, note):
    """What is due in 2012 may be done in December 2011; it is recorded with a remark."""
    answer = cbfa("mark", "stone-bridge", "done", "--on", on)

    assert answer.code == 0
    assert answer.err.startswith(note)
    assert bool(answer.err) == bool(note)


@unix
@pytest.mark.parametrize(("typed", "code", "recorded"), [("y\n", 0, 3), ("n\n", 1, 2), ("\n", 1, 2), ("\x04", 1, 2)])
def test_on_a_terminal_it_asks(bridges, typed, code, recorded):
    """On a terminal the question is asked, and anything but yes records nothing."""
    answer = terminal("mark", "stone-bridge", "done", "--on", "2010-12-08", cwd=bridges, typed=typed)

    assert answer.code == code
    assert "Record it anyway? [y/N]" in " ".join(answer.out.split())
    assert len(lines(bridges)) == recorded


@unix
def test_an_answer_in_vietnamese(bridges):
    """In Vietnamese the answer is `c` or `có`."""
    answer = terminal("mark", "stone-bridge", "done", "--on", "2010-12-08", "--lang", "vi", cwd=bridges, typed="có\n")

    assert answer.code == 0
    assert len(lines(bridges)) == 3


def test_a_pipe_is_not_asked(bridges):
    """A `y` in a pipe is no answer: a script says `--yes`."""
    answer = process("mark", "stone-bridge", "done", "--on", "2010-12-08", cwd=bridges, typed="y\n")

    assert answer.code == 2
    assert len(lines(bridges)) == 2


def test_notes_are_stored_composed(cbfa, bridges):
    """A note typed in decomposed Unicode is stored composed, and so is evidence."""
    note = "Sở Ngoại vụ đã ký"
    loose = unicodedata.normalize("NFD", note)
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", loose, "--evidence", loose)
    entry = lines(bridges)[-1]

    assert loose != note
    assert (entry["note"], entry["evidence"]) == (note, [note])


def test_empty_words_are_nothing(cbfa, bridges):
    """An empty note or piece of evidence is not stored."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", "  ", "--evidence", "")

    assert not {"note", "evidence"} & set(lines(bridges)[-1])


def test_several_lines_in_a_note_stay_one_line_in_the_file(cbfa, bridges):
    """Line ends and tabs in a note are kept, every line end as the plain one, and the entry is still one line."""
    note = "one\ntwo\tthree\u2028four\x85five"
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", note)

    assert lines(bridges)[-1]["note"] == "one\ntwo\tthree\nfour\nfive"
    assert len((bridges / "data" / "progress.yaml").read_text(encoding="utf-8").splitlines()) == 4
    assert cbfa("check").code == 0


def test_a_torn_line_is_put_aside_and_the_entry_is_recorded(cbfa, bridges):
    """The rest of an interrupted write goes to progress.yaml.torn; neither its neighbours nor the new entry suffer."""
    path = bridges / "data" / "progress.yaml"
    path.write_bytes(path.read_bytes() + b'- {"id":"e-3","on":"2012')
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2012-06-01")

    assert answer.code == 0
    assert [entry["key"] for entry in lines(bridges)] == ["rope-bridges", "inspection@2011", "stone-bridge"]
    assert (bridges / "data" / "progress.yaml.torn").read_bytes() == b'- {"id":"e-3","on":"2012\n'


def test_a_programme_without_a_journal_gets_one(cbfa, bridges):
    """The first entry makes the file."""
    (bridges / "data" / "progress.yaml").unlink()
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2012-06-01")

    assert answer.code == 0
    assert len(lines(bridges)) == 1


def test_nothing_is_recorded_into_files_with_errors(cbfa, bridges):
    """Where the files have errors nothing is written, and the errors are shown."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("in: 2012", "in: soon"), encoding="utf-8")
    before = contents(bridges)
    answer = cbfa("mark", "stone-bridge", "done", "--on", "2012-06-01")

    assert answer.code == 3
    assert "data/roadmap.yaml:30:24: error: “soon” is not a date" in answer.err
    assert contents(bridges) == before


def test_every_event_in_any_case(cbfa, bridges):
    """The word of an event may be written in capitals."""
    assert cbfa("mark", "stone-bridge", "DONE", "--on", "2012-06-01").code == 0
    assert lines(bridges)[-1]["event"] == "done"


def test_the_moment_has_its_offset_and_comes_after(cbfa, bridges):
    """`recorded` carries an offset from UTC, and ids grow with time."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-06-01")
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-06-02")
    first, second = lines(bridges)[-2:]

    assert datetime.fromisoformat(first["recorded"]).utcoffset() is not None
    assert first["id"] < second["id"]


def test_an_unknown_form_is_reported_before_anything_is_recorded(cbfa, bridges):
    """Who gets an error has recorded nothing."""
    before = contents(bridges)
    answer = cbfa("mark", "stone-bridge", "progress", "--yes", "--format", "picture")

    assert answer.code == 2
    assert "unknown format “picture”" in answer.err
    assert contents(bridges) == before


@pytest.mark.parametrize("word", ["report", "plans", "gate", "41", "srev", "are"])
def test_a_part_within_an_id_records_nothing(cbfa, programme, word):
    """An entry is never recorded on a milestone that was not named: an id, or a beginning that only one id has."""
    before = contents(programme)
    answer = cbfa("mark", word, "progress", "--yes")

    assert answer.code == 2
    assert contents(programme) == before


def test_a_date_known_as_a_month_is_recorded_as_such(cbfa, bridges):
    """The file, the log and JSON have the month; it counts from its last day."""
    answer = cbfa("mark", "stone-bridge", "done", "--on", "05/2012")

    assert answer.code == 0
    assert '"on":"2012-05",' in (bridges / "data" / "progress.yaml").read_text(encoding="utf-8").splitlines()[-1]
    assert cbfa.json("log", "stone-bridge").page["items"][0]["on"] == "2012-05"
    assert "2012-05 " in cbfa("log", "stone-bridge").out
    assert "05/2012 " in cbfa("log", "stone-bridge", "--lang", "vi").out
    assert cbfa.json("list", "--state", "done", "--as-of", "2012-05-30").keys == ["inspection@2011"]
    assert cbfa.json("list", "--state", "done", "--as-of", "2012-05-31").keys == ["inspection@2011", "stone-bridge"]


def test_a_due_date_inside_the_period_is_late_with_the_day_not_known(cbfa, bridges):
    """Due in September, done in the second half of the year: how late it was cannot be counted in days."""
    roadmap = bridges / "data" / "roadmap.yaml"
    text = roadmap.read_text(encoding="utf-8")
    roadmap.write_text(text.replace("in: 2012, tentative", "in: 2012-Q3, tentative"), encoding="utf-8")
    cbfa("mark", "stone-bridge", "done", "--on", "2012-H2")
    item = cbfa.json("list", "--search", "stone").page["items"][0]

    assert (item["due"], item["timing"], item["done_on"], item["days_late"]) == ("2012-09-30", "late", "2012-H2", None)
    assert "2012-H2 · late, day not known" in cbfa("show", "stone-bridge").out
    assert "6 tháng cuối năm 2012 · quá hạn, không rõ ngày" in cbfa("show", "stone-bridge", "--lang", "vi").out


def test_an_entry_of_a_period_is_taken_back_by_its_period(cbfa, bridges):
    """Sentences name the month, never an invented day."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-05")
    answer = cbfa("undo")

    assert "entry of 2012-05," in answer.err
    assert "of 2012-05." in cbfa("undo", "--yes").out


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("hợp\xad tác\u200b, \ufeffký\u2060", "hợp tác, ký"),
        ("\uf0b7 một\x0b\uf0a7 hai", "• một\n▪ hai"),
        ("\u200eký\u200f kết\u202a", "ký kết"),
        ("👩‍🌾 🏳️‍🌈 ❤️‍🔥", "👩‍🌾 🏳️‍🌈 ❤️‍🔥"),
    ],
)
def test_what_is_pasted_is_recorded_clean(cbfa, bridges, pasted: str, stored: str):
    """Invisible characters that mean nothing are left out, bullets and emoji survive, and every output shows them."""
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", pasted, "--evidence", pasted)

    assert (lines(bridges)[-1]["note"], lines(bridges)[-1]["evidence"]) == (stored, [stored])
    for form in ("plain", "csv", "tsv", "markdown", "json"):
        assert "\ufffd" not in cbfa("log", "--format", form).out


@pytest.mark.parametrize("option", ["--note", "--evidence"])
def test_what_cannot_be_shown_is_named(cbfa, bridges, option: str):
    """A character of a private font or a control character is refused with its place, and nothing is recorded."""
    answer = cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", option, "ký \uf04a")

    assert answer.code == 2
    assert f"character 4 of {option} is U+F04A, which cannot be shown" in answer.err
    assert len(lines(bridges)) == 2


def test_pieces_of_evidence_can_be_read_back_from_csv(cbfa, bridges):
    """A semicolon or a quotation mark in one of them does not look like the end of it."""
    evidence = ["Biên bản 7; trang 2", 'Báo cáo "quý I"', "Công văn 3"]
    options = [word for one in evidence for word in ("--evidence", one)]
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", *options)
    row = list(csv.DictReader(io.StringIO(cbfa("log", "--format", "csv").out)))[-1]

    assert next(csv.reader([row["evidence"]], delimiter=";", skipinitialspace=True)) == evidence


def test_a_dry_run_says_what_would_be_asked(cbfa, bridges):
    """An officer who tries first is not surprised afterwards; in Vietnamese the event is named in Vietnamese."""
    cbfa("mark", "stone-bridge", "done", "--on", "2012-05-01")
    answer = cbfa("mark", "stone-bridge", "suspended", "--on", "2012-04-01", "--dry-run")
    shown = cbfa("mark", "stone-bridge", "suspended", "--on", "2012-04-01", "--dry-run", "--lang", "vi")

    assert answer.code == 0
    assert "it would be asked: “stone-bridge” has a later entry, “done” of 2012-05-01" in answer.err
    assert "“hoàn thành”" in shown.err
