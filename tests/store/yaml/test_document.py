"""Where everything in a YAML file stands: its values, its keys, and the nearest thing above what is not there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.store.yaml.document import MAX_DEPTH, Document

words = st.text("abcxyzđế", min_size=1, max_size=5)
nested = st.recursive(
    st.integers(0, 99) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


def leaves(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], object]]:
    """Every path of a value, with the value."""
    inner = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [(path, data), *(leaf for name, value in inner for leaf in leaves(value, (*path, name)))]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ((1, 1), (1, 1, "a")),
        ((2, 1), (2, 1, "bc")),
        ((3, 1), (2, 3, "bc")),
        ((0, 0), (0, 0, "")),
        ((9, 9), (2, 3, "bc")),
    ],
)
def test_a_place_shows_the_line_that_it_names(place: tuple[int, int], shown: tuple[int, int, str]):
    """The first and the last line too; behind the last there is its end, and the file as a whole has no line."""
    at = Document("file.yaml", "a\nbc").at(*place)

    assert (at.line, at.column, at.excerpt) == shown


@pytest.mark.parametrize(
    ("position", "place"), [(0, "1:1"), (1, "1:2"), (3, "2:1"), (4, "3:1"), (5, "3:2"), (6, "4:1")]
)
def test_a_position_has_its_place(position: int, place: str):
    """Whatever ends a line; the end itself belongs to the line that it ends."""
    assert str(Document("file.yaml", "a\r\n\u2028b\n").at_position(position)) == f"file.yaml:{place}"


def test_a_place_in_a_file_of_one_line_or_of_none():
    """What stands behind the only line is its end; a file that could not be read has only its name."""
    assert str(Document("file.yaml", "abc").at(2, 1)) == "file.yaml:1:4"
    assert Document("file.yaml").at(1, 1).excerpt == ""
    assert str(Document("file.yaml").place(("a",))) == "file.yaml"
    assert Document("file.yaml").place(("a",)).column == 0


def test_everything_has_its_place():
    """The place of a value, of a key, and of the nearest thing above what is not there."""
    document = Document("file.yaml", "a:\n  - b: 1\n    c: [x, y]\n")

    assert str(document.place(("a", 0, "c", 1))) == "file.yaml:3:12"
    assert str(document.place(("a", 0, "c"), key=True)) == "file.yaml:3:5"
    assert str(document.place(("a", 0, "missing"))) == "file.yaml:2:5"
    assert str(document.place(("missing",), key=True)) == "file.yaml:1:1"
    assert document.place(("a", 0, "b")).excerpt == "  - b: 1"


@given(nested)
def test_every_value_and_every_key_stands_where_its_place_says(data):
    """A line of the file, from the column on, begins with what has the place."""
    document = Document("file.yaml", json.dumps(data, ensure_ascii=False, indent=2))

    for path, value in leaves(data):
        place = document.place(path)
        begins = (
            "["
            if isinstance(value, list)
            else "{"
            if isinstance(value, dict)
            else json.dumps(value, ensure_ascii=False)
        )
        assert place.excerpt[place.column - 1 :].startswith(begins)
        if path and isinstance(path[-1], str):
            key = document.place(path, key=True)
            assert key.excerpt[key.column - 1 :].startswith(json.dumps(path[-1], ensure_ascii=False))


def test_what_is_nested_as_deep_as_it_may_be_has_its_place():
    """And so has what stands behind it."""
    document = Document("file.yaml", "a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1) + "\nb: 1\n")

    assert str(document.place(("a", *[0] * (MAX_DEPTH - 1)))) == f"file.yaml:1:{3 + MAX_DEPTH}"
    assert str(document.place(("b",))) == "file.yaml:2:4"


def test_a_decomposed_key_is_found_by_its_composed_form():
    """Paths are composed, as the data are."""
    assert str(Document("file.yaml", "a: 1\nte\u0302n: 2\n").place(("tên",))) == "file.yaml:2:7"


def test_of_a_key_that_stands_twice_the_first_has_the_place():
    """What stands under the second is not mixed with what stands under the first."""
    document = Document("file.yaml", "a: {b: 1}\na: {b: 2, c: 3}\nd: 4\n")

    assert str(document.place(("a",), key=True)) == "file.yaml:1:1"
    assert str(document.place(("a", "b"))) == "file.yaml:1:8"
    assert str(document.place(("a", "c"))) == "file.yaml:1:4"
    assert str(document.place(("d",))) == "file.yaml:3:4"


@pytest.mark.parametrize(
    "rest",
    [
        "b: [1, 2",
        "? [x]\n: y\n",
        "b: *x\n? *x\n: y\n",
        "b: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
)
def test_what_stands_before_the_rest_that_cannot_be_read_has_its_place(rest: str):
    """A file that breaks off, a key that is no word, and what is nested too deep, end the places and raise nothing."""
    document = Document("file.yaml", f"a:\n  c: 1\n{rest}")

    assert str(document.place(("a", "c"))) == "file.yaml:2:6"
    assert str(document.place(("z",))) == "file.yaml:1:1"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_has_no_more_than_itself(text: str):
    """There is nothing that has a place in a line of its own."""
    assert Document("file.yaml", text).place(("a",)).line <= 2
