"""Occurrences, and the keys by which people name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.occurrences import resolve_milestone, resolve_occurrence
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.errors import Invalid
from cbfa.store.loading import Loaded
from tests.strategies import AGENCIES, KEYS, PLAN


@pytest.fixture
def programme(shipped: Loaded) -> Plan:
    """The shipped plan."""
    return shipped.usable()[0].adopted


def refusal(plan: Plan, word: str) -> str:
    """The sentence and the fix with which a key is refused."""
    with pytest.raises(Invalid) as caught:
        resolve_occurrence(plan, word)
    return f"{caught.value.message} | {caught.value.fix}"


def test_a_key_is_the_id_or_the_id_and_its_year():
    """Only what recurs carries a year."""
    assert [key for key in KEYS if key.startswith(("memorandum", "donors"))] == [
        "memorandum",
        "donors@2012",
        "donors@2013",
        "donors@2014",
        "donors@2015",
    ]


@given(st.sampled_from(KEYS))
def test_every_key_finds_its_own_occurrence(key: str):
    """No key is ambiguous, whatever other ids begin with it."""
    assert resolve_occurrence(PLAN, key).key == key


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("guangxi-mou", "guangxi-mou"),
        ("guangxi-m", "guangxi-mou"),
        ("GUANGXI-MOU", "guangxi-mou"),
        ("ingo-don@2013", "ingo-donors@2013"),
        ("agreements-review@2012", "agreements-review@2012"),
        ("agreements-review @ 2012", "agreements-review@2012"),
    ],
)
def test_an_id_or_a_unique_prefix_of_one_is_enough(programme: Plan, word: str, key: str):
    """An officer types as much of a key as makes it plain."""
    assert resolve_occurrence(programme, word).key == key


@pytest.mark.parametrize(
    "word",
    ["Bản ghi nhớ hợp tác toàn diện với Quảng Tây", "comprehensive cooperation MEMORANDUM with guangxi"],
)
def test_a_whole_title_is_as_good_as_an_id(programme: Plan, word: str):
    """In either language, with or without diacritics; also where an entry is recorded."""
    assert resolve_occurrence(programme, word, by_words=False).key == "guangxi-mou"


@pytest.mark.parametrize(
    ("word", "key"),
    [("ban ghi nho", "guangxi-mou"), ("memorandum", "guangxi-mou"), ("INGO donors@2013", "ingo-donors@2013")],
)
def test_words_of_a_title_are_enough_where_only_one_has_them(programme: Plan, word: str, key: str):
    """So `show` and `log` find a milestone by what an officer remembers of it."""
    assert resolve_occurrence(programme, word).key == key


def test_words_of_a_title_are_not_enough_to_record(programme: Plan):
    """The fix is the command that finds the milestone."""
    with pytest.raises(Invalid, match="unknown milestone “ban ghi nho”") as caught:
        resolve_occurrence(programme, "ban ghi nho", by_words=False)
    assert str(caught.value.fix) == 'search for it: cbfa list --search "ban ghi nho"'


def test_words_of_several_titles_name_none(programme: Plan):
    """They are answered with the ids of all."""
    assert refusal(programme, "quang tay") == (
        "“quang tay” matches several milestones | choose one of: guangxi-mou, guangxi-investment-promotion, "
        "guangxi-business-forum"
    )


def test_an_id_that_begins_another_id_is_no_ambiguity(roadmap_data):
    """An exact id is meant, even where longer ids begin with it."""
    roadmap_data["workstreams"][0]["milestones"][1]["id"] = "rules-of-procedure"
    plan = Plan.of(Roadmap.model_validate(roadmap_data), AGENCIES)

    assert resolve_occurrence(plan, "rules").key == "rules"


def test_a_clause_is_no_key_but_says_which_milestones_rest_on_it(programme: Plan):
    """Officers know the clauses by heart, and type one at times."""
    assert (
        refusal(programme, "III.3.2")
        == "unknown milestone “III.3.2” | choose a milestone that cites this clause: ingo-board"
    )
    assert (
        refusal(programme, "iii.3.2")
        == "unknown milestone “iii.3.2” | choose a milestone that cites this clause: ingo-board"
    )


def test_a_missing_year_is_asked_for(programme: Plan):
    """A yearly milestone needs its year; the first one shows how a key is written."""
    assert refusal(programme, "ingo-donors") == (
        "“ingo-donors” recurs, so its key needs a period | add a period from 2012 to 2015: ingo-donors@2012"
    )


@pytest.mark.parametrize("year", ["2011", "2016", "12", "twelve"])
def test_a_wrong_year_is_refused(programme: Plan, year: str):
    """The donors are counted from 2012 to 2015 only."""
    assert refusal(programme, f"ingo-donors@{year}") == (
        f"“ingo-donors” has no occurrence “{year}” | choose a period from 2012 to 2015"
    )


@pytest.mark.parametrize("word", ["guangxi-mou@2012", "guangxi-mou@", "embassies-donors@2011"])
def test_a_year_on_what_does_not_recur_is_refused(programme: Plan, word: str):
    """A key says no more than there is."""
    assert "does not recur, so its key has no period" in refusal(programme, word)


def test_an_ambiguous_prefix_gets_the_list(programme: Plan):
    """“guangxi” begins three ids, and all three are named."""
    assert refusal(programme, "guangxi") == (
        "“guangxi” matches several milestones | choose one of: guangxi-mou, guangxi-investment-promotion, "
        "guangxi-business-forum"
    )


def test_a_misspelt_id_gets_the_nearest(programme: Plan):
    """A slip of the pen is answered with what was probably meant."""
    assert "did you mean guangxi-mou" in refusal(programme, "guanxi-mou")


@pytest.mark.parametrize("word", ["", "@2012", "qqqq", "%"])
def test_what_is_near_nothing_is_refused(programme: Plan, word: str):
    """An empty word begins every id, and means none."""
    assert refusal(programme, word).startswith(f"unknown milestone “{word}” | list all milestones with: cbfa list")


def test_a_milestone_is_found_whatever_the_year(programme: Plan):
    """`cbfa show` passes over the year."""
    assert resolve_milestone(programme, "ingo-donors@1999")[1].id == "ingo-donors"


@given(st.text())
def test_any_word_is_a_key_or_invalid(word: str):
    """Whatever is typed, nothing but Invalid is raised."""
    try:
        found = resolve_occurrence(PLAN, word)
    except Invalid:
        return

    assert found in PLAN.occurrences
