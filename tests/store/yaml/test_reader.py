"""The strict reader: what it converts, what it refuses, where it says that things stand; and that it never raises."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbfa.core.agencies import Agencies
from cbfa.core.model import NAMES
from cbfa.core.roadmap import Roadmap
from cbfa.messages import Message
from cbfa.problems import Problem, Severity
from cbfa.store.files import MAX_BYTES
from cbfa.store.yaml import reader as yaml_reader
from cbfa.store.yaml.document import MAX_DEPTH, Document
from cbfa.store.yaml.reader import MAX_PROBLEMS, read_yaml
from cbfa.store.yaml.validation import validate
from tests.strategies import check, edited, edits, yaml_like

SHIPPED = {path.name: path.read_bytes() for path in (Path(__file__).parents[3] / "data").glob("*.yaml")}


TOO_LONG = "find out why it is so long, and shorten it"
NO_LIST = "begin each line with “- ” if this is a list"


def read(text: str | bytes) -> Document:
    """A file with this content."""
    return read_yaml(text.encode() if isinstance(text, str) else text, "file.yaml")


def only_problem(text: str | bytes) -> Problem:
    """The one problem of a file."""
    (problem,) = read(text).problems
    return problem


def spot(problem: Problem) -> tuple[int, int]:
    """Line and column of a problem."""
    return problem.place.line, problem.place.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("2012", 2012),
        ("-7", -7),
        ("'2012'", "2012"),
        ('"true"', "true"),
        ("2012-12-31", "2012-12-31"),
        ("2012-02-30", "2012-02-30"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("Cao Bằng", "Cao Bằng"),
        ("9999999999999999999", "9999999999999999999"),
        ("|\n  no\n", "no\n"),
        ("'no'", "no"),
        ("[a, 1]", ["a", 1]),
        ("{b: null}", {"b": None}),
    ],
)
def test_only_plain_words_and_numbers_are_converted(text: str, value: object):
    """true, false, null and whole numbers are what they look like; everything else is text."""
    document = read(f"key: {text}")

    assert document.problems == []
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)


@pytest.mark.parametrize(
    "word",
    [
        *("yes", "no", "on", "off", "NO", "On", "y", "N"),
        *("True", "TRUE", "False", "Null", "NULL"),
        *("012", "08", "-012", "0x1F", "0o17", "12:30", "1:30:00", "1_000", "+5"),
    ],
)
def test_what_yaml_readers_disagree_about_is_refused(word: str):
    """Without quotes it means one thing here and another thing there; in quotes it is text."""
    problem = only_problem(f"key: {word}\n")

    assert spot(problem) == (1, 6)
    assert problem.fix
    assert read(f'key: "{word}"\n').problems == []
    assert read(f"key: '{word}'\n").data == {"key": word}


def test_a_leading_zero_says_what_it_would_become():
    """012 is ten to YAML 1.1, and 089 is nothing that could be said."""
    assert "is 10 to some YAML readers" in str(only_problem("key: 012").message)
    assert "is ? to some YAML readers" in str(only_problem("key: 089").message)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("0o17", "15"),
        ("0O17", "15"),
        ("0x1F", "31"),
        ("01_2", "10"),
        ("0__12", "10"),
        ("0" * 29 + "1", "1"),
        ("0" * 30 + "1", "?"),
    ],
)
def test_an_octal_number_says_what_it_would_become(word: str, number: str):
    """In each way in which it can be written; one that is too long for a number is not worked out."""
    assert f"“{word}” without quotes is {number} to some YAML readers" in str(only_problem(f"key: {word}").message)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a: &x 1\n", (1, 4), "anchors are not allowed: “&x”"),
        ("a: *x\n", (1, 4), "aliases are not allowed: “*x”"),
        ("a: !!int 3\n", (1, 4), "tags are not allowed"),
        ("a: !secret 3\n", (1, 4), "tags are not allowed"),
        ("a: ! 3\n", (1, 4), "tags are not allowed"),
        ("a: !!str 012\n", (1, 4), "tags are not allowed"),
        ('a: "\\q"\n', (1, 5), "invalid YAML: found unknown escape character"),
        ("<<: {a: 1}\n", (1, 1), "merge keys are not allowed"),
        ("a: 1\nb: 2\na: 3\n", (3, 1), "“a” is repeated here; it is first in line 1"),
        ("a: 1\n---\nb: 2\n", (2, 1), "a second YAML document"),
        ("? [a]\n: 1\n", (1, 3), "a field name must be text"),
        ("a: [1, 2\nb: 3\n", (2, 2), "invalid YAML"),
        ("a:\n\tb: 1\n", (2, 1), "this is a tab"),
        ("a: 'x\n", (1, 4), "this quotation mark is never closed"),
        ("a: 1\n<<<<<<< ours\nb: 2\n", (2, 1), "conflict marker"),
        ("\n<<<<<<< ours\n", (2, 1), "conflict marker"),
        (b"a: 1\nb: \xff\n", (2, 4), "not UTF-8: the byte 0xFF"),
        ("a: ỏ\x01\n", (1, 5), "the character U+0001"),
        ("tên: Cao Bằng\nđối: ngoại\nb: đ\0\n", (3, 5), "the character U+0000"),
    ],
)
def test_what_a_data_file_never_needs_is_refused_at_its_place(text: str | bytes, place: tuple[int, int], reason: str):
    """Each has its own sentence, its line and its column, and the line itself as excerpt."""
    problem = only_problem(text)
    line = (text if isinstance(text, bytes) else text.encode()).split(b"\n")[place[0] - 1]

    assert reason in str(problem.message)
    assert spot(problem) == place
    assert problem.place.excerpt == line.decode("utf-8", "replace")


def test_a_no_break_space_that_indents_is_reported_at_its_place():
    """It looks like a space, so the officer is led to it, whichever line the parser stumbles at."""
    problem = only_problem("a:\n  b: 1\n \xa0\xa0c: 2\n")

    assert spot(problem) == (3, 2)
    assert problem.place.excerpt == " \xa0\xa0c: 2"
    assert str(problem.message) == "this is a no-break space (U+00A0), not a plain space"
    assert problem.fix == Message("delete it and type a space")


def test_a_no_break_space_within_a_text_is_not_blamed():
    """Between words it is as good as any other."""
    assert "invalid YAML" in str(only_problem("vi: a\xa0b\na: [1, 2\nb: 3\n").message)


def test_an_end_that_comes_too_early_is_placed_behind_the_last_line():
    """The parser sees the end of a file on a line that is not there; what is shown is the last that is."""
    problem = only_problem("a: [1,\nb: [2")

    assert spot(problem) == (2, 6)
    assert problem.place.excerpt == "b: [2"


def test_markers_and_wrong_characters_are_reported_together_and_not_without_end():
    """A hundred of each are enough."""
    both = read("a: 1\n<<<<<<< ours\nb: \x01\n")
    many = read("=======\n" * (MAX_PROBLEMS + 5) + "\x01" * (MAX_PROBLEMS + 5))

    assert [spot(problem) for problem in both.problems] == [(2, 1), (3, 4)]
    assert len(many.problems) == 2 * MAX_PROBLEMS


def test_nesting_is_allowed_to_its_limit():
    """So many levels and no more, of lists and of mappings, under a key that stands twice too."""
    for begin, end in (("[", "]"), ("{a: ", "}")):
        allowed, deeper = (begin * depth + "x" + end * depth for depth in (MAX_DEPTH, MAX_DEPTH + 1))

        assert read(allowed).problems == []
        assert "nested deeper" in str(only_problem(deeper).message)
        assert len(read(f"{{a: 1, a: {begin * (MAX_DEPTH - 1)}x{end * (MAX_DEPTH - 1)}}}").problems) == 1
        assert len(read(f"{{a: 1, a: {begin * MAX_DEPTH}x{end * MAX_DEPTH}}}").problems) == 2


@pytest.mark.parametrize(
    ("name", "text", "place", "sentence", "fix"),
    [
        ("MAX_LINES", "a: X\r\nb: 2\nc: 3\u2028# d\r", (0, 0), "this file has 4 lines; the maximum is 3", TOO_LONG),
        ("MAX_VALUES", "a: [1, 2,\n 3]", (2, 2), "too many values in this file: the maximum is 4", TOO_LONG),
        (
            "MAX_KEYS",
            "a: {b: 1, c: 2}\nd: 3\ne: 4\n",
            (3, 1),
            "too many fields in one mapping: the maximum is 2",
            NO_LIST,
        ),
    ],
)
def test_a_file_may_hold_so_much_and_no_more(monkeypatch, name: str, text: str, place, sentence: str, fix: str):
    """Up to the limit nothing is reported; with one more the reading ends there."""
    limit = int(re.findall(r"[0-9]+", sentence)[-1])
    monkeypatch.setattr(yaml_reader, name, limit + 1)

    assert read(text).problems == []

    monkeypatch.setattr(yaml_reader, name, limit)
    problem = only_problem(text)

    assert str(problem.message) == sentence
    assert spot(problem) == place
    assert str(problem.fix) == fix
    assert read(text).data is None


def test_a_conflict_names_all_its_markers():
    """Each marker that git left is named with its line."""
    document = read("a: 1\n<<<<<<< ours\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n")

    assert [spot(problem) for problem in document.problems] == [(2, 1), (4, 1), (6, 1)]
    assert document.data is None


def test_a_marker_behind_an_odd_line_break_shows_its_own_line():
    """U+2028 breaks a line for YAML; the excerpt is the marker's line all the same."""
    assert only_problem("a: 1 # x\u2028# y\n<<<<<<< ours\n").place.excerpt == "<<<<<<< ours"


def test_all_problems_come_at_once():
    """The first wrong thing hides no other."""
    document = read("a: no\nb: &x 012\na: 3\n")

    assert [spot(problem) for problem in document.problems] == [(1, 4), (2, 4), (2, 4), (3, 1)]


@pytest.mark.parametrize(
    "text", ["[" * 5000, "- " * 5000, "{a: " * 5000, "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 300))]
)
def test_a_thousand_levels_are_one_sentence(text: str):
    """Deep nesting ends the reading, and not the process."""
    document = read(text)

    assert f"deeper than {MAX_DEPTH} levels" in str(document.problems[-1].message)
    assert document.data is None


def test_an_alias_bomb_does_not_go_off():
    """Aliases are not followed, so they cannot multiply."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    document = read("\n".join(lines))

    assert len(document.problems) == 10 + 9 * 9
    assert len(str(document.data)) < 2000


def test_a_file_has_a_largest_size():
    """What is too large is not even parsed."""
    problem = only_problem(b"#" * (MAX_BYTES + 1))

    assert "the maximum is 16" in str(problem.message)
    assert problem.fix == Message("find out why it is so long, and shorten it")
    assert read(b"#" * MAX_BYTES).problems == []
    assert read(b"#" * 1000).problems == []


def test_byte_order_marks_and_line_ends_of_windows_do_not_matter():
    """Notepad's files are read like any other."""
    document = read(b"\xef\xbb\xbfa: 1\r\nb: [x]\r\n")

    assert document.data == {"a": 1, "b": ["x"]}
    assert document.place(("b", 0)).excerpt == "b: [x]"


def test_decomposed_text_is_composed():
    """NFD input is stored, and compared, as NFC."""
    assert read("tên: Cao Bằng").data == read("tên: Cao Bằng").data == {"tên": "Cao Bằng"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\n\n"])
def test_an_empty_file_is_nothing_and_no_problem_yet(text: str):
    """What emptiness means, the models decide."""
    document = read(text)

    assert (document.data, document.problems) == (None, [])


def assert_sound(document: Document) -> None:
    """Every problem has a sentence, and a place that exists in the file."""
    for problem in document.problems:
        assert str(problem.message)
        assert str(problem.fix)
        assert not document.lines or 0 <= problem.place.line <= len(document.lines)
        assert not problem.place.line or problem.place.column >= 1


@settings(max_examples=300)
@given(yaml_like)
def test_no_bytes_raise(raw: bytes):
    """Whatever stands in a file, what is wrong comes back as problems."""
    document = read(raw)
    problems = [*document.problems, *validate(Roadmap, document).problems, *validate(Agencies, document).problems]

    assert_sound(document)
    assert problems
    assert all(str(problem.message) for problem in problems)


@settings(max_examples=80)
@given(st.sampled_from([(Roadmap, "roadmap.yaml"), (Agencies, "agencies.yaml")]), edits)
def test_no_mutation_of_a_shipped_file_raises(model_and_name, changes):
    """A shipped file with a few wrong bytes is read and checked to the end: nothing is raised, and places are places."""
    model, name = model_and_name
    document = read(edited(SHIPPED[name], changes))
    validated = validate(model, document)
    roadmap, agencies = (validated.model, None) if model is Roadmap else (None, validated.model)

    assert_sound(document)
    assert validated.whole is None or validated.problems == []
    assert validated.is_whole or validated.problems
    assert all(str(problem.message) for problem in validated.problems)
    for problem in check(roadmap, agencies, None, roadmap_whole=validated.is_whole, agencies_whole=validated.is_whole):
        assert str(problem.message)
        assert 0 < document.place(problem.place.path).line <= len(document.lines)


@settings(max_examples=30)
@given(st.integers(0, len(SHIPPED["agencies.yaml"])))
def test_a_file_cut_anywhere_raises_nothing(cut: int):
    """A file that was only half copied is reported, or read as far as it goes."""
    assert_sound(read(SHIPPED["agencies.yaml"][:cut]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("vi: Quyết định #12\n", (1, 16)),
        ("timing: # later\n", (1, 9)),
        ("aliases:\n  - Cầu \t# a bridge", (2, 10)),
        ("vi:\n  một\n  hai # ba\n", (3, 7)),
        ("x: {vi: Cầu # a\n  , en: b}\n", (1, 13)),
    ],
)
def test_a_comment_after_an_unquoted_text_is_a_warning(text: str, place: tuple[int, int]):
    """The text may have been meant to go on. The file is read all the same."""
    document = read(text)
    (warning,) = document.warnings

    assert spot(warning) == place
    assert warning.severity is Severity.WARNING
    assert document.problems == []
    assert document.data


@pytest.mark.parametrize(
    "text",
    [
        *("due: 2012 # why", "adopted: 2012-12-31 # why", "tentative: true # why", "every: year # why", "id: a # why"),
        *('vi: "Quyết định" # why', "vi: 'Quyết định' # why", "vi: | # why\n  Quyết định #12", "vi: > # why\n  a #1"),
        *("vi: a#1", "vi: a\n# why", 'vi: "a #12"', "x: {vi: a, en: b} # why", "aliases: [a] # why", "vi: a", "vi: a "),
    ],
)
def test_other_comments_are_fine(text: str):
    """After numbers, dates, ids, words such as true, brackets and quotes, and on a line of its own."""
    document = read(text)

    assert (document.problems, document.warnings) == ([], [])


def test_the_fix_of_a_comment_works():
    """In quotes the text is whole; with the comment above it, the warning is gone."""
    assert read('vi: "Quyết định #12"\n').data == {"vi": "Quyết định #12"}
    assert read("# 12\nvi: Quyết định\n").warnings == []


PROSE = {
    *(
        "title",
        "text",
        "result",
        "timing",
        "derived",
        "inferred",
        "unit",
        "aim",
        "objectives",
        "legal_basis",
        "records",
    ),
    *("name", "short", "code", "aliases", "duties", "superior", "place", "recipients"),
    *("milestone", "milestones", "workstream", "words"),
}
"""The fields in which people write their own words, and `words` of the program that they replace."""


def test_every_field_with_texts_is_prose_or_a_name():
    """A new field is put into NAMES, unless people write their own words into it."""
    texts = set()
    for model in (Roadmap, Agencies):
        schema = model.model_json_schema()
        for part in [schema, *schema["$defs"].values()]:
            texts |= {
                name
                for name, field in part.get("properties", {}).items()
                if re.search(r'"(string|integer|number)"|Words', json.dumps(field))
            }

    assert texts - NAMES == PROSE
    assert not NAMES & PROSE


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("id: stone\u200b-bridge", (1, 10), {"id": "stone-bridge"}),
        ('id: "stone\\u200b-bridge"', (1, 5), {"id": "stone-bridge"}),
        ("id: “stone”", (1, 5), {"id": "stone"}),
        ("ser\xadves: [a]", (1, 4), {"serves": ["a"]}),
        ("due: ２０１２", (1, 6), {"due": 2012}),
        ("clauses: [a, III\u2013IV]", (1, 17), {"clauses": ["a", "III-IV"]}),
        ("agency: SоDay", (1, 10), {"agency": "SoDay"}),
        ("agency: Οk", (1, 9), {"agency": "Ok"}),
        ("clauses: [Ⅲ.2]", (1, 11), {"clauses": ["III.2"]}),
        ("coordinator: a\u3000b", (1, 15), {"coordinator": "a b"}),
        ("x: {vi:\xa0a, en: b}", (1, 8), {"x": {"vi": "a", "en": "b"}}),
        ("x: {vi：a, en: b}", (1, 7), {"x": {"vi": "a", "en": "b"}}),
        ("x: {vi:a, en: b}", (1, 8), {"x": {"vi": "a", "en": "b"}}),
    ],
)
def test_an_odd_character_is_named_and_read_as_meant(text: str, place: tuple[int, int], meant: object):
    """In ids, clauses, numbers and field names it has one problem, at its exact place, and no further ones follow from it."""
    document = read(text)
    (problem,) = document.problems

    assert spot(problem) == place
    assert problem.fix
    assert document.data == meant


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("vi:\xa0a\nen: b\n", (1, 4)),
        ("vi: a\n# why\n\nen:\u200bb\nx: y\n", (4, 4)),
        ("timing：a\nx: y\n", (1, 7)),
        ("-\xa0id: a\n", (1, 2)),
        ("clauses:\n  -\xa0a\n", (2, 4)),
        ("clauses:\n  - a\n  -\u2003b\n", (3, 4)),
        ("aliases:\n  -\xa0a\n", (2, 4)),
        ("aliases:\n  - a\n  -\xa0b\n", (3, 4)),
        ("a:\n  - b\n\u200b  - c: d\n", (3, 1)),
        ("vi: “a: b”\n", (1, 5)),
    ],
)
def test_an_odd_character_in_place_of_a_sign_is_named(text: str, place: tuple[int, int]):
    """After a colon or dash, as a colon, in the indentation, as a quote: the line that has it is blamed, not the next one."""
    assert spot(only_problem(text)) == place


@pytest.mark.parametrize(
    "text",
    [
        *("vi: a\xa0b\u200bc – “d” ２０", "timing: 2011–2013", "vi: a\n  \xa0b", "vi: '-\xa0a'", "vi: |\n  -\xa0a\n"),
        *("Điều: 1", "Раздел: 1", "id: Điều-1", "outline: {Mục A – phần 1: {}}", "clause: l’an"),
    ],
)
def test_people_write_what_they_like_in_their_texts(text: str):
    """Nothing in prose is odd, nor are letters of other alphabets in a name of their own."""
    assert read(text).problems == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        *(
            (f"vi: {text}\n", 5)
            for text in ("%a", "@a", "`a`", ">50 %", "| a", "[a] b", "{a} b", "? a", "- a", "*", "& a")
        ),
        *((f"- {text}\n", 3) for text in ("%a", "@a", "`a`", "]a", ",a")),
        *((f"x: {{vi: {text}, en: b}}\n", 9) for text in ("%a", "@a", "`a`", ">5", "| a", "!e!a b")),
    ],
)
def test_a_text_that_begins_with_a_sign_of_yaml_needs_quotes(text: str, column: int):
    """The sign is named at its place, and quotes help."""
    problem = only_problem(text)
    sign = text[column - 1]

    assert spot(problem) == (1, column)
    assert str(problem.message) == f"a text that begins with “{sign}” needs quotes"


@pytest.mark.parametrize("word", ["*a", "&a b", "!a b"])
def test_a_word_that_yaml_takes_for_its_own_may_be_a_text(word: str):
    """Aliases, anchors and tags are refused; the fix says what to do with a text that looks like one, and it works."""
    assert "put the text in quotes" in str(only_problem(f"vi: {word}\n").fix)
    assert read(f'vi: "{word}"\n').data == {"vi": word}


def test_a_line_cannot_begin_with_a_percent_sign():
    """It is a directive of YAML, or a text that goes on."""
    assert str(only_problem("vi: a\n%b\n").message) == "a line cannot begin with “%”"


def test_a_comment_that_hides_a_bracket_is_named():
    """What comes before it, in quotes, is not blamed."""
    problem = only_problem("x: {vi: \"a #1\", de: 'b #2', en: it's #3}\ny: z\n")

    assert spot(problem) == (1, 38)
    assert "begins a comment" in str(problem.message)
    assert "invalid YAML" in str(only_problem('x: {vi: "a #1", en: b\ny: z\n').message)
