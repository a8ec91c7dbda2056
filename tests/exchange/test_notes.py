"""`--notes`: Markdown whose headings name the parts of a report."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cbfa.errors import BadData
from cbfa.exchange.notes import parse_notes
from cbfa.views.pages.requests import Kind, Part, parts_of

ANNUAL = parts_of(Kind.ANNUAL)


def parse(text: str) -> dict[Part, list[str]]:
    """Return the notes of an annual report."""
    return parse_notes(text, "notes.md", ANNUAL)


@pytest.mark.parametrize(
    "heading",
    [
        "# Tồn tại, hạn chế và nguyên nhân",
        "## III. TON TAI, HAN CHE VA NGUYEN NHAN",
        "### 3. Shortcomings and causes ###",
        "# iii) shortcomings & causes".replace("&", "and"),
        "#\tTồn tại hạn chế và nguyên nhân:",
    ],
)
def test_a_heading_is_compared_without_marks_case_and_number(heading):
    """In both languages, at any level."""
    assert parse(f"{heading}\n\nThiếu kinh phí.\n") == {Part.SHORTCOMINGS: ["Thiếu kinh phí."]}


def test_paragraphs_and_bullets():
    """Lines of a paragraph are joined; each item of a list is a paragraph; a part may have several headings."""
    text = "# Results\nOne\ntwo.\n\nThree.\n- a\n* b\n  more\n2. c\n# Lessons learnt\n".replace(
        "# Lessons learnt\n", ""
    )
    text += "# Proposals\nMoney.\n# Results\nFour.\n# Directions for the next period\n"

    assert parse(text) == {
        Part.RESULTS: ["One two.", "Three.", "- a", "- b more", "2. c", "Four."],
        Part.PROPOSALS: ["Money."],
    }


def test_windows_files_are_read_the_same():
    """Line ends, marks of direction and decomposed letters make no difference."""
    assert parse("# Ke\u0302\u0301t qua\u0309 thu\u031b\u0323c hie\u0323\u0302n\r\n\r\nTo\u0302\u0301t.\r\n") == {
        Part.RESULTS: ["Tốt."]
    }


def test_problems_have_their_places():
    """Text before the first heading and unknown headings are reported together; what is below those is not reported again."""
    with pytest.raises(BadData) as error:
        parse("Hello\n# Results\nx\n\n## Weather\nwet\n# Lessons\ny\n")

    found = [(str(one.place), str(one.message)) for one in error.value.problems]
    assert found == [
        ("notes.md:1:1", "this text is before the first heading"),
        ("notes.md:5:1", "“Weather” is not a part of this report"),
        ("notes.md:7:1", "“Lessons” is not a part of this report"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# Results\n", "# Results\n\n# Proposals\n\n"])
def test_empty_notes_leave_the_blanks(text):
    """A heading without text fills nothing."""
    assert parse(text) == {}


def test_the_command_says_what_is_wrong(cbfa, bridges):
    """Bytes that are not UTF-8 have a place; a heading that is no part gets the list; a missing file is named."""
    Path("bad.md").write_bytes(b"# Results\n\nB\xffad\n")
    Path("odd.md").write_text("# Weather\n", encoding="utf-8")
    command = ("report", "--kind", "annual", "--year", "2012", "--as-of", "2012-12-31", "--notes")
    bad, odd, none = (cbfa(*command, name) for name in ("bad.md", "odd.md", "none.md"))

    assert (bad.code, odd.code, none.code) == (3, 3, 4)
    assert "bad.md:3:2: error: this file is not UTF-8: the byte 0xFF is not valid here" in bad.err
    assert "odd.md:1:1: error: “Weather” is not a part of this report" in odd.err
    assert "use one of these headings:" in odd.err
    assert "cannot read none.md" in none.err


def test_notes_need_a_document(cbfa, bridges):
    """The usual report of the screen has no parts to fill."""
    Path("notes.md").write_text("# Results\nx\n", encoding="utf-8")
    answer = cbfa("report", "--agency", "SC", "--notes", "notes.md")

    assert answer.code == 2
    assert "--notes needs an official document" in answer.err


def test_a_long_line_takes_no_time():
    """A heading is read in one pass, however many spaces it has."""
    start = time.process_time()
    with pytest.raises(BadData):
        parse_notes("# Results" + " " * 100_000 + "x", "notes.md", list(Part))

    assert time.process_time() - start < 1


def test_a_number_is_passed_over_only_where_a_title_begins():
    """“Re1.sults” is no heading of a part."""
    with pytest.raises(BadData):
        parse_notes("# Re1.sults\nx", "notes.md", list(Part))
    assert parse_notes("## II. Results ##\nx", "notes.md", list(Part)) == {Part.RESULTS: ["x"]}
