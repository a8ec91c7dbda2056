"""Words that people type: exactly a thing, a part of it, nearly it, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.resolve import Candidate, ends, nearest, resolve, resolve_word, suggest
from cbfa.errors import Invalid
from cbfa.messages import Message
from tests.strategies import vietnamese

OFFICES = {"SNgV": "Sở Ngoại vụ", "SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "UBND": "Ủy ban nhân dân"}
UNKNOWN, AMBIGUOUS = Message("unknown"), Message("ambiguous")


def office(word: str, **more: object) -> str:
    """Return the code of the office that a word means."""
    candidates = [Candidate(code, f"{code}!", (code, name), (name,)) for code, name in OFFICES.items()]
    return resolve(word, candidates, unknown=UNKNOWN, ambiguous=AMBIGUOUS, **more)


def refused(word: str, **more: object) -> tuple[str, str]:
    """Return the sentence and the fix for a word that means none."""
    with pytest.raises(Invalid) as caught:
        office(word, **more)
    return str(caught.value.message), str(caught.value.fix)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("SNV", "SNV"),
        ("sngv", "SNgV"),
        ("so noi vu", "SNV"),
        ("SỞ NỘI VỤ", "SNV"),
        ("ủy ban", "UBND"),
        ("tai chinh", "STC"),
        ("tài", "STC"),
        ("chin", "STC"),
    ],
)
def test_a_word_means_one_thing(word, code):
    """Exactly, without case and diacritics; else as the beginning; else as whole words or a longer piece."""
    assert office(word) == code


def test_an_exact_word_wins_over_a_part():
    """`one` is a candidate, and a part of another."""
    candidates = [Candidate(name, name, (name,), (name,)) for name in ("one-two", "one")]

    assert resolve("one", candidates, unknown=UNKNOWN) == "one"


def test_a_word_that_can_mean_several_is_refused_with_their_names():
    """Only those that it can mean are listed."""
    assert refused("vụ") == ("ambiguous", "choose one of: SNgV!, SNV!")


def test_a_misspelt_word_gets_the_nearest():
    """The name is offered, though the word is compared with every spelling."""
    assert refused("so tai chihn") == ("unknown", "did you mean STC!?")


@pytest.mark.parametrize("word", ["", "  ", "-", "zzzzzz", "x" * 500])
def test_a_word_like_nothing_gets_the_list(word):
    """Or the fix that the caller has for it."""
    assert refused(word) == ("unknown", "choose one of: SNgV!, SNV!, STC!, UBND!")
    assert refused(word, fix=Message("look elsewhere")) == ("unknown", "look elsewhere")


def test_two_letters_within_a_name_are_not_enough():
    """They are if they begin it, or are a whole word of it."""
    assert refused("ng")[0] == "unknown"


def test_ids_can_be_named_by_their_end():
    """Neither a beginning nor the nearest id is offered."""
    assert refused("vụ", rules=(ends,)) == ("ambiguous", "choose one of: SNgV!, SNV!")
    assert office("CHÍNH", rules=(ends,)) == "STC"
    assert refused("SNgVV", rules=(ends,), nearby=False, fix=Message("look")) == ("unknown", "look")


def test_a_choice_is_named_as_written_or_as_translated():
    """A misspelt one is offered in both ways."""
    translated = {"overdue": ["quá hạn"], "done": ["đã hoàn thành", "xong"]}

    assert resolve_word("qua han", translated, translated, UNKNOWN) == "overdue"
    assert resolve_word("xong", translated, translated, UNKNOWN) == "done"
    with pytest.raises(Invalid) as caught:
        resolve_word("quán hạn", translated, translated, UNKNOWN)
    assert str(caught.value.fix) == "did you mean overdue (quá hạn)?"


def test_the_nearest_words_come_best_first():
    """A typo finds its word; what is like nothing finds nothing."""
    words = ["ingo-board", "ingo-donors", "guangxi-mou"]

    assert nearest("ingo-bord", words)[0] == "ingo-board"
    assert nearest("zzzzzz", words) == []
    assert len(nearest("ingo", ["ingo-a", "ingo-b", "ingo-c"], count=2)) == 2


def test_a_long_list_is_cut():
    """A sentence lists sixteen names."""
    assert str(suggest("zzz", [f"name-{number:02}" for number in range(20)])).endswith("name-15 …")


@given(vietnamese, st.lists(vietnamese, max_size=5))
def test_a_word_is_resolved_or_refused(word, names):
    """Nothing but Invalid is raised, and what is found has the word in it."""
    try:
        found = resolve(word, [Candidate(name, name, (name,), (name,)) for name in names], unknown=UNKNOWN)
    except Invalid:
        return

    assert found in names


def test_an_exact_word_wins_over_one_with_the_same_letters():
    """Two ids that differ only in a hyphen can both be named."""
    candidates = [Candidate(name, name, (name,)) for name in ("annual-plan", "annualplan", "---")]

    assert [resolve(name, candidates, unknown=UNKNOWN) for name in ("annual-plan", "AnnualPlan", "---")] == [
        *("annual-plan", "annualplan", "---")
    ]
