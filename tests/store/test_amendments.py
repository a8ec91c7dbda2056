"""Writing one more change into amendments.yaml: what is there stays byte for byte, and every text reads back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.plain import written
from cbfa.core.text import nfc, tidied
from cbfa.errors import Refused
from cbfa.store.amendments import NEW, change_lines, with_change
from cbfa.store.yaml.reader import read_yaml
from cbfa.views.clean import REPLACEMENT, clean

HEAD = {"id": "nq-1", "act": "Nghị quyết 1", "signed": "2013-07-12"}
CHANGE = {"change": "bridge@2013", "was": {"due": "2013-12-31"}, "now": {"due": "2014"}}
FILE = """\
# Ours.
format: 1   # the only one

amendments:
  # The first.
  - id: nq-1
    act: {vi: Nghị quyết 1, en: Resolution 1}
    signed: 2013-07-12   # a Friday
    changes:
      - {repeal: bridge}   # gone
      # the end of the changes

  # The second.
  - {id: nq-2, act: Two, signed: 2013, changes: [{repeal: a}, {repeal: b}]}
# The end.
"""


def data(raw: bytes) -> Any:
    """The content of a file, which must have no problem."""
    document = read_yaml(raw, "amendments.yaml")
    assert [str(one.message) for one in document.problems] == []
    return document.data


def added(old: str, new: bytes) -> str:
    """What was added to a text, in one piece."""
    text = new.decode()
    start = next((n for n, pair in enumerate(zip(old, text, strict=False)) if pair[0] != pair[1]), len(old))
    piece = text[start : start + len(text) - len(old)]
    assert text == old[:start] + piece + old[start:]
    return piece


def test_a_new_act_comes_after_the_last_one():
    """It has the indentation of the others, and the comments stay where they are."""
    new = with_change(FILE.encode(), "", "nq-3", {**HEAD, "id": "nq-3"}, CHANGE)

    assert added(FILE, new).splitlines()[0] == "  - id: nq-3"
    assert new.decode().endswith("        now: {due: 2014}\n# The end.\n")
    assert data(new)["amendments"][2]["changes"] == [
        {"change": "bridge@2013", "was": {"due": "2013-12-31"}, "now": {"due": 2014}}
    ]


@pytest.mark.parametrize("act", ["nq-1", "nq-2"])
def test_a_change_comes_after_the_last_one_of_its_act(act: str):
    """In lines, or within the brackets."""
    new = with_change(FILE.encode(), "", act, None, {"repeal": "c"})
    its = next(one for one in data(new)["amendments"] if one["id"] == act)

    assert its["changes"][-1] == {"repeal": "c"}
    assert "repeal: c" in added(FILE, new)


@pytest.mark.parametrize(
    "old",
    [
        "",
        "# Nothing yet.\n",
        "# Nothing yet.",
        "format: 1\n",
        "format: 1\namendments:\n",
        "format: 1\namendments:",
        "format: 1\namendments:   # none\n# - id: example\n",
        "format: 1\namendments: []\n",
        "format: 1\namendments: [ ]   # none\n",
        "amendments:\n\nformat: 1\n",
        "{format: 1, amendments: []}\n",
        "format: 1\namendments: [\n  {id: a, act: A, signed: 2013, changes: [{repeal: b}]},  # one\n]\n",
        "format: 1\namendments: [\n  {id: a, act: A, signed: 2013, changes: [{repeal: b}]}  # one\n]\n",
        "format: 1\namendments:\n- id: a\n  act: |\n    A\n  signed: 2013\n  changes:\n  - repeal: b\n    why: |+\n      C\n\n\n# end",
        NEW,
        FILE,
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_form_of_the_file_can_be_added_to(old: str, end: str, mark: bytes):
    """Nothing that was there is lost or moved."""
    raw = mark + old.replace("\n", end).encode()
    new = with_change(raw, "", "nq-3", {**HEAD, "id": "nq-3"}, CHANGE)
    acts = (data(raw) or {}).get("amendments") or []
    kept = iter(new)

    assert [one["id"] for one in data(new)["amendments"]] == [*(one["id"] for one in acts), "nq-3"]
    assert data(new)["amendments"][: len(acts)] == acts
    assert all(byte in kept for byte in raw)
    assert "\n" not in old or end == "\n" or b"\n" not in new.replace(b"\r\n", b"")


@pytest.mark.parametrize("old", ["format: 1\namendments: null\n", "format: 1\namendments:\n...\n"])
def test_what_cannot_be_added_to_is_refused(old: str):
    """The lines can still be added by hand."""
    with pytest.raises(Refused, match="nothing can be added"):
        with_change(old.encode(), "data/amendments.yaml", "nq-3", HEAD, CHANGE)


HOSTILE = [
    *(
        "no",
        "~",
        "null",
        "012",
        "1.3",
        "12:30",
        "=",
        "<<",
        "- a",
        "# a",
        "a # b",
        "a: b",
        "a:",
        "{a}",
        "[a",
        "&a",
        "*a",
    ),
    *(
        "!a",
        "%a",
        "@a",
        "`a",
        "| a",
        "> a",
        "'a",
        '"a"',
        "\\",
        "\\u0041",
        "a\nb",
        "a\n---\nb",
        "\ta",
        " a ",
        "…",
        "“a”",
    ),
    *("\u00a0a", "🌉", "e\u0301", "\u2028", "a" * 3000),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_read_back(text: str):
    """Quoted, escaped or plain: what is written reads back the same."""
    change = {"repeal": "bridge", "why": text}
    new = with_change(FILE.encode(), "", "nq-3", {**HEAD, "id": "nq-3", "act": text}, change)

    assert data(new)["amendments"][-1]["changes"] == [{"repeal": "bridge", "why": nfc(text)}]
    assert data(new)["amendments"][-1]["act"] == nfc(text)


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)


@given(texts)
def test_any_text_reads_back(text: str):
    """As it was recorded, whatever the text is."""
    new = with_change(FILE.encode(), "", "nq-1", None, {"repeal": "bridge", "why": text})

    assert data(new)["amendments"][0]["changes"][-1]["why"] == nfc(text)


@given(texts.map(tidied).filter(lambda text: text.strip() and REPLACEMENT not in clean(text)))
def test_a_value_is_one_line(text: str):
    """No text breaks out of its line."""
    assert len(written({"why": text}).splitlines()) == 1
    assert len(change_lines({"repeal": "a", "why": text})) == 2
