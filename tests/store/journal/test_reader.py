"""The journal as text: one record is one line, and reading tells what is wrong, line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cbfa.core.journal import Journal, Record
from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.problems import Place, Severity
from cbfa.store.files import read_if_there
from cbfa.store.journal.lines import MAX_LINE, as_written, excerpt, line_of
from cbfa.store.journal.reader import Reading, parse_journal
from cbfa.store.yaml.reader import MAX_PROBLEMS
from tests.strategies import entry, odd_lines, retraction, wordy_records

ONE, TWO = entry("one", "2012-01-01", "rules", note="Một"), entry("two", "2012-02-01", "memorandum", "done")


def parsed(raw: bytes | str) -> Reading:
    """A journal with this content."""
    return parse_journal(raw.encode() if isinstance(raw, str) else raw, "progress.yaml")


def sentences(raw: bytes | str) -> list[str]:
    """What is wrong with a journal."""
    return [str(problem.message) for problem in parsed(raw).problems]


def test_a_line_is_what_the_format_says():
    """An entry as it stands in the file, field by field; what has no value is left out."""
    made = entry("one", "2012-12-31", "donors@2012", "done", count=2, note="Đủ", evidence=["Số 1/BC"], by="SoNgoaiVu")

    assert line_of(made) == (
        '- {"id":"one","on":"2012-12-31","key":"donors@2012","event":"done","count":2,"note":"Đủ","evidence":["Số 1/BC"],'
        '"by":"SoNgoaiVu","recorded":"2012-12-31T12:00:00.000+07:00"}\n'
    )
    assert line_of(retraction("r", "one")) == (
        '- {"id":"r","retracts":"one","recorded":"2016-01-01T12:00:00.000+07:00"}\n'
    )


@pytest.mark.parametrize("on", ["2012", "2012-H1", "2012-Q3", "2012-05", "2012-05-14"])
def test_a_period_is_written_in_its_notation_and_read_in_one_step(on: str):
    """A date known to a month is such a line, too."""
    line = line_of(entry("one", on, "rules"))

    assert f'"on":"{on}"' in line
    assert as_written(line.encode()) == entry("one", on, "rules")


@pytest.mark.parametrize("on", ["2012-Q5", "2012-13", "0000", "2012-02-30", "2012-5", "10/2012"])
def test_a_day_in_another_form_is_left_to_the_careful_reader(on: str):
    """It reads what people write, and names what is wrong."""
    line = line_of(entry("one", "2012-05-14", "rules")).replace("2012-05-14", on, 1)

    assert as_written(line.encode()) is None
    assert (parsed(line).problems == []) is (on in ("2012-5", "10/2012"))


@pytest.mark.parametrize(
    ("value", "sentence", "fix"),
    [
        ("2012", "expected text, not 2012", 'put it in quotes: "2012"'),
        ("20111201", "“20111201” is not a date", "write a day, month, quarter, half or year: "),
        ("null", "“null” is not a date", "write a day, month, quarter, half or year: "),
        ("true", "“true” is not a date", "write a day, month, quarter, half or year: "),
        ("[2012]", "“[…]” is not a date", "write a day, month, quarter, half or year: "),
        ('"2012-Q5"', "“2012-Q5” is not a date", "write a day, month, quarter, half or year: "),
    ],
)
def test_a_day_that_is_no_text_is_not_converted(value: str, sentence: str, fix: str):
    """A number is not taken for a year."""
    line = line_of(entry("one", "2012-05-14", "rules")).replace('"2012-05-14"', value, 1)
    (problem,) = parsed(line).problems

    assert str(problem.message) == sentence
    assert str(problem.fix).startswith(fix)


@settings(max_examples=300)
@given(wordy_records())
def test_every_record_is_read_back_from_its_line(record: Record):
    """Any text goes through: one line, the same to JSON and to YAML, and read back as an equal record."""
    line = line_of(record)
    file = parsed(line)

    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == [json.loads(line.removeprefix("- "))]
    assert [str(problem.message) for problem in file.problems] == []
    assert file.records == [record]
    assert file.records[0].recorded.isoformat() == record.recorded.isoformat()


def carefully(line: bytes) -> list[Record]:
    """Read a line with its fields apart by blanks, so that it is parsed in the slow way."""
    return parsed(line.replace(b"- {", b"- { ", 1)).records


def told(records: list[Record]) -> list[tuple[Record, str]]:
    """Records with their moments to the letter: equal moments can stand in different zones."""
    return [(record, record.recorded.isoformat()) for record in records]


@settings(max_examples=300)
@given(wordy_records(), st.data())
def test_a_line_read_in_one_step_is_the_oneread_with_care(record: Record, data: st.DataObject):
    """Whatever a hand or a fault has made of a line: the quick way reads what the careful one reads, or leaves it to that."""
    line = line_of(record)
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 12)))
    piece = data.draw(
        st.sampled_from([*'0129-+:.TZz ,"\\{}[]u\t', "", '","note":"x', '"note" :"x",', "\\u0041", "e\u0301"])
        | st.text()
    )
    changed = f"{line[:start]}{piece}{line[end:].rstrip()}\n".encode("utf-8", "surrogatepass")
    quick = as_written(changed)

    assert quick is None or told([quick]) == told(carefully(changed))


@given(wordy_records(st.text('aăâứỡđĐ 012-@,:;.“”"\\/\n\t{}[]', min_size=1)))
def test_what_cbfa_writes_is_read_in_one_step(record: Record):
    """Otherwise every journal would be read with care, and slowly."""
    quick = as_written(line_of(record).encode())

    assert quick is not None
    assert told([quick]) == told([record])


@pytest.mark.parametrize("note", ["a\n\u0301b", "a\t\u030bb", "\ufeff\u0307", "\x9e\u0301", "\r\u0301", "\u2028\u0338"])
def test_a_combining_mark_behind_an_escape_stays_what_it_is(note: str):
    """An escape ends in a letter: composing the line before it is decoded would break it."""
    file = parsed(line_of(entry("a", "2012-01-01", "rules", note=note)))

    assert file.problems == []
    assert file.records[0].note == note


@given(st.lists(wordy_records(), max_size=4), st.data())
def test_a_journal_cut_at_any_byte_keeps_what_stands_before_the_cut(records: list[Record], data: st.DataObject):
    """A torn last line never swallows its neighbours: it is at most a warning."""
    lines = [line_of(record).encode() for record in records]
    raw = b"".join(lines)
    cut = data.draw(st.integers(0, len(raw)))
    ends = [sum(map(len, lines[: number + 1])) for number in range(len(lines))]
    file = parsed(raw[:cut])

    assert file.records == [record for record, end in zip(records, ends, strict=True) if end <= cut]
    assert all(problem.severity is Severity.WARNING for problem in file.problems)
    assert bool(file.problems) == (cut not in {0, *ends})


def test_every_cut_of_a_small_journal():
    """All cuts of two entries, one by one."""
    first, second = line_of(ONE).encode(), line_of(TWO).encode()
    raw = first + second

    for cut in range(len(raw) + 1):
        assert len(parsed(raw[:cut]).records) == (cut >= len(first)) + (cut == len(raw))


def test_a_torn_tail_names_its_line():
    """The warning shows what is torn and says what will happen to it."""
    file = parsed(line_of(ONE) + line_of(TWO)[:20])
    (problem,) = file.problems

    assert file.records == [ONE]
    assert (problem.severity, problem.place.line) == (Severity.WARNING, 2)
    assert problem.place.excerpt == line_of(TWO)[:20]
    assert "progress.yaml.torn" in str(problem.fix)


def test_comments_blank_lines_and_windows_do_not_matter():
    """A byte-order mark, comments, blank lines and CR LF leave two entries two entries."""
    file = parsed("\ufeff# comment\n\n   \n  # indented\r\n" + line_of(ONE).replace("\n", "\r\n") + "\n" + line_of(TWO))

    assert (file.records, file.problems) == ([ONE, TWO], [])
    assert file.numbers == [5, 7]


def test_decomposed_text_is_composed():
    """NFD in a line is read as NFC, in texts and in keys."""
    file = parsed(
        '- {"id":"a","on":"2012-01-01","key":"rules","event":"done","note":"Bằng","recorded":"2012-01-01T00:00:00Z"}\n'
    )

    assert [record.note for record in file.records] == ["Bằng"]


GOOD = '"id":"a","on":"2012-01-01","key":"rules","event":"done","recorded":"2012-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        ("<<<<<<< ours", 1, "git left a conflict marker here"),
        ("=======", 1, "git left a conflict marker here"),
        (">>>>>>> theirs", 1, "git left a conflict marker here"),
        ("- id: a", 1, "an entry must be one line: - {…}"),
        ("  on: 2012-01-01", 1, "an entry must be one line: - {…}"),
        ("{" + GOOD + "}", 1, "an entry must be one line: - {…}"),
        ("- {" + GOOD, 3 + len(GOOD) + 1, "invalid JSON: Expecting ',' delimiter"),
        ("- {" + GOOD + "} x", 3 + len(GOOD) + 3, "invalid JSON: Extra data"),
        ("- {" + GOOD + ',"id":"b"}', 1, "the entry has the field “id” twice"),
        ("- {" + GOOD + ',"percent":NaN}', 3, "invalid JSON: NaN is no number"),
        ("- {" + GOOD + ',"nots":"x"}', 3 + len(GOOD) + 2, "unknown field “nots”"),
        ("- {" + GOOD + ',"count":0}', 3 + len(GOOD) + 2, "0 is too small: the minimum is 1"),
        ("- {" + GOOD + ',"percent":101}', 3 + len(GOOD) + 2, "101 is too large: the maximum is 100"),
        ("- {" + GOOD + ',"evidence":"x"}', 3 + len(GOOD) + 2, "expected a list"),
        ("- {" + GOOD + ',"evidence":[1]}', 3 + len(GOOD) + 2, "expected text, not 1"),
        (
            "- {" + GOOD.replace("01-01", "02-30", 1) + "}",
            13,
            "invalid date “2012-02-30”: month 2 of 2012 has 29 days",
        ),
        ("- {" + GOOD.replace("done", "finished") + "}", 45, "unknown event “finished”"),
        ("- {" + GOOD.replace('"id":"a",', "") + "}", 3, "missing field “id”"),
        ("- {" + GOOD.replace("00Z", "00") + "}", 60, "“2012-01-01T00:00:00” has no time zone"),
        ('- {"id":"r","retracts":"a","on":"2012-01-01"}', 28, "unknown field “on”"),
        ("- {" + GOOD + ',"percent":' + "9" * 5000 + "}", 1, "a number in this entry is too long"),
        ("- {" + GOOD + ',"note":' + "[" * 100_000 + "}", None, "this is nested deeper than 20 levels"),
        ("- {" + GOOD + ',"note":' + "[" * 30 + "]" * 30 + "}", 1, "this is nested deeper than 20 levels"),
        ("- {" + " " * MAX_LINE + GOOD + "}", 1, "this line has 256 KB; the maximum is 256 KB"),
    ],
)
def test_a_wrong_line_is_reported_at_its_place_and_hides_no_other(line: str, column: int | None, sentence: str):
    """Each has its own sentence, and the entries around it are read all the same."""
    file = parsed(f"{line_of(ONE)}{line}\n{line_of(TWO)}")
    problem = next(one for one in file.problems if str(one.message) == sentence)

    assert file.records == [ONE, TWO]
    assert (problem.place.line, problem.severity) == (2, Severity.ERROR)
    assert column is None or problem.place.column == column
    assert problem.fix


def test_bytes_that_are_no_utf8_are_reported_at_their_place():
    """One wrong byte costs one line, not the file."""
    bad = b'- {"id":"\xc4\x90","note":"\xff"}\n'
    file = parsed(line_of(ONE).encode() + bad + line_of(TWO).encode())
    (problem,) = file.problems

    assert file.records == [ONE, TWO]
    assert (problem.place.line, problem.place.column) == (2, 21)
    assert problem.place.excerpt == bad.decode("utf-8", "replace").rstrip("\n")
    assert problem.fix == Message("save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)")
    assert "0xFF" in str(problem.message)


def test_a_hundred_problems_are_enough_and_hide_no_entry():
    """A file that is no journal is reported by its first lines; entries among the others are read all the same."""
    wrong = "key: value\n- {}\n- {nothing\n" * 60
    file = parsed(f"{wrong}{line_of(ONE)}{wrong}{line_of(TWO)}")

    assert file.records == [ONE, TWO]
    assert MAX_PROBLEMS <= len(file.problems) < 2 * MAX_PROBLEMS
    assert file.problems[-1].place.line < 180


def test_the_form_of_an_entry_is_shown():
    """The fix for an entry in block style is the form of a line."""
    (problem,) = parsed("- key: guangxi-mou\n  event: done\n").problems

    assert str(problem.fix).startswith('write it as one line: - {"id": "…", "on": "2012-12-31"')


@settings(max_examples=300)
@given(st.lists(odd_lines, max_size=3).map("\n".join))
def test_no_text_raises(text: str):
    """Whatever stands in a journal, what is wrong comes back as problems, and what was read can be asked about."""
    file = parsed((text + "\n").encode("utf-8", "surrogatepass"))

    assert all(str(problem.message) and problem.fix for problem in file.problems)
    assert len(file.journal.entries()) <= len(file.records)


@given(st.binary(max_size=80))
def test_no_bytes_raise(raw: bytes):
    """Nor do bytes at all."""
    assert all(str(problem.message) for problem in parsed(raw).problems)


def test_a_finding_is_placed_at_the_line_of_its_record():
    """The core names a record by its id; the file knows its line."""
    file = parsed("# comment\n" + line_of(ONE))

    assert str(file.locate(("one",))) == "progress.yaml:2:1"
    assert file.locate(("one", "key")).column == line_of(ONE).index('"key"') + 1
    assert file.locate(("one", "nowhere")).column == 1


def test_a_finding_about_an_id_that_is_not_there_is_placed_at_the_whole_file():
    """No line is shown as if it were the one."""
    file = parsed("# comment\n" + line_of(ONE))

    assert file.locate(("gone", "key")) == Place("progress.yaml", 0, 0, "")


def test_a_journal_that_does_not_exist_is_empty(tmp_path: Path):
    """A programme in which nothing has happened yet needs no file."""
    file = parse_journal(read_if_there(tmp_path / "progress.yaml"), "the journal")

    assert file.journal == Journal()
    assert file.name == "the journal"


def test_a_journal_goes_by_the_name_that_it_is_given(tmp_path: Path):
    """What is wrong is reported of the file as the officer knows it, and not by its whole path."""
    (tmp_path / "progress.yaml").write_bytes(b"- id: a\n")

    assert (
        str(parse_journal(read_if_there(tmp_path / "progress.yaml"), "the journal").problems[0].place)
        == "the journal:1:1"
    )


def test_a_retraction_tells_which_fields_it_has():
    """Also where it shares that with others, so that it is written again as it was."""
    one, two = parsed(line_of(retraction("r", "one")) + line_of(ONE)).records

    assert one.model_fields_set == {"id", "retracts", "recorded"}
    assert two.model_fields_set == {"id", "on", "key", "event", "note", "recorded"}


def test_carriage_returns_within_a_line_are_reported():
    """A file with the line ends of an old Macintosh is one line to us: it is no torn one."""
    for raw, line in (("- {}\r- {}", 1), (line_of(ONE) + "a\rb\r", 2), (line_of(ONE) + "a\rb\n", 2)):
        (problem,) = parsed(raw).problems

        assert problem.place == Place("progress.yaml", line, 1, raw.split("\n")[line - 1])
        assert problem.message == Message("this line has a carriage return in the middle")
        assert problem.fix == Message("save the file with Unix or Windows line endings")
        assert problem.severity is Severity.ERROR
    assert parsed(line_of(ONE) + "\r").problems == []


def test_a_torn_tail_is_what_stands_behind_the_last_line_end():
    """And nothing of the lines before it."""
    file = parsed(line_of(ONE) + line_of(TWO) + "- {")
    (problem,) = file.problems

    assert file.torn == problem.place == Place("progress.yaml", 3, 1, "- {")
    assert problem.fix == Message(
        "add a line ending if the line is complete; otherwise the next cbfa mark moves it to {name}.torn",
        name="progress.yaml",
    )


@pytest.mark.parametrize("line", ["---", "...", "[]", "null", "--- "])
def test_what_only_begins_or_ends_a_yaml_file_can_be_deleted(line: str):
    """An officer who made the journal in an editor left it there; it holds nothing."""
    (problem,) = parsed(f"{line}\n{line_of(ONE)}").problems

    assert problem.fix == Message("delete this line")


@pytest.mark.parametrize("line", ["- họp", "- số: 1", "họp", "- id: ["])
def test_what_is_no_entry_gets_the_pattern_of_one(line: str):
    """Where none of the fields of an entry can be read, there is nothing to write out."""
    (problem,) = parsed(f"{line}\n").problems

    assert str(problem.fix).startswith('write it as one line: - {"id": "…", "on": "2012-12-31"')


@pytest.mark.parametrize("before", ["", "\n", "# comment\n", "  # comment\n", line_of(ONE)])
def test_an_indented_line_that_goes_on_with_nothing_is_reported(before: str):
    """Behind an empty line, a comment or an entry, and at the very beginning, nothing can go on."""
    problems = parsed(f"{before}  on: 2012-01-01\n").problems

    assert [problem.place.line for problem in problems] == [before.count("\n") + 1]


def test_an_indented_line_goes_on_with_the_first_line_too():
    """An entry in block style is reported once, wherever it is."""
    assert [problem.place.line for problem in parsed("- id: a\n  key: rules\n").problems] == [1]


def test_half_a_character_is_reported():
    """A half of a pair of surrogates can be neither stored nor shown."""
    for field in ('"note":"\\ud83d"', '"\\ud83d":1', '"evidence":["\\udc00"]'):
        (problem,) = parsed("- {" + GOOD + "," + field + "}\n").problems

        assert (problem.place.line, problem.place.column) == (1, 1)
        assert problem.message == Message("this text contains an incomplete character")
        assert problem.fix == Message("type the text again")


def test_a_line_may_be_as_long_as_the_limit():
    """And not a byte longer, whoever wrote it."""
    head, tail = '- {"id":"a", "on":"2012-01-01","key":"rules","event":"done",', '"recorded":"2012-01-01T00:00:00Z"}'
    longest = head + " " * (MAX_LINE - len(head) - len(tail)) + tail

    assert parsed(longest + "\n").problems == []
    (problem,) = parsed(longest.replace(" ", "  ", 1) + "\n").problems
    assert problem.fix == Message("find out why it is so long, and shorten it")


def test_depth_is_counted_in_lists_and_in_mappings():
    """Twenty levels are read, and what is wrong with them is reported; one more is reported as that."""
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        deep, deeper = ("- {" + GOOD + ',"note":' + opening * n + "1" + closing * n + "}\n" for n in (19, 20))

        assert "nested" not in sentences(deep)[0]
        assert sentences(deeper) == ["this is nested deeper than 20 levels"]
        assert str(parsed(deeper).problems[0].fix) == (
            "check what was changed in this line: cbfa writes only valid lines"
        )


def test_a_record_read_with_care_is_placed_and_remembered():
    """Its line is known, like that of any other."""
    file = parsed(line_of(TWO) + "- { " + GOOD + "}\n")

    assert (file.numbers, file.locate(("a",)).line) == ([1, 2], 2)


def test_a_wrong_field_is_placed_where_it_first_stands():
    """A field of the same name within another is not taken for it."""
    file = parsed("- {" + GOOD.replace("done", "finished") + ',"note":{"event":1}}\n')

    assert ("unknown event “finished”", 45) in [(str(one.message), one.place.column) for one in file.problems]


def test_behind_a_hundred_problems_entries_are_read_with_care_and_no_more_is_reported():
    """The hundredth is the last; an entry in another form than cbfa gives it counts all the same."""
    file = parsed("key: value\n" * (MAX_PROBLEMS + 1) + "- { " + GOOD + "}\n")

    assert len(file.problems) == MAX_PROBLEMS
    assert [record.id for record in file.records] == ["a"]


def test_an_excerpt_is_not_longer_than_a_screen():
    """A line of any length is shown by its beginning."""
    assert excerpt(b"x" * 5000) == "x" * 2000


def test_a_folder_in_the_place_of_a_journal_is_no_access(tmp_path: Path):
    """What cannot be read is reported by name."""
    with pytest.raises(NoAccess, match="cannot read"):
        parse_journal(read_if_there(tmp_path), "progress.yaml")
