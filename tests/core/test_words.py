"""Texts in the languages of a programme, and how a whole programme is read and written again."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.agencies import Agencies
from cbfa.core.roadmap import Roadmap
from cbfa.core.words import Words, context_of, languages_in
from tests.strategies import AGENCIES_DATA, ROADMAP_DATA, schedules


def words(value: Any, *languages: str) -> Words:
    """Read a text of a programme in these languages."""
    return Words.model_validate(value, context=context_of(languages) if languages else None)


def test_a_plain_text_is_in_the_programmes_own_language():
    """“the first is the programme's own. A plain string is always in that language; a mapping gives others”."""
    assert words("Mobilité", "fr", "en").root == {"fr": "Mobilité"}
    assert words("Kế hoạch").root == {"vi": "Kế hoạch"}
    assert words({"en": "Mobility", "fr": "Mobilité"}, "fr", "en").own == "Mobilité"


def test_what_a_text_lacks_is_read_in_its_own_language():
    """A reader of any language sees a text, never nothing."""
    text = words({"fr": "Mobilité", "en": "Mobility"}, "fr", "en")

    assert [text.in_(code) for code in ("fr", "en", "vi", "de")] == ["Mobilité", "Mobility", "Mobilité", "Mobilité"]
    assert (text.get("vi"), str(text)) == (None, "Mobilité")


@pytest.mark.parametrize(
    ("value", "languages", "place", "message", "fix"),
    [
        ({"it": "Piano"}, (), ("it",), "the programme has no language “it”", "languages: [it]"),
        ({"vi": "A", "fr": "B"}, ("vi", "en"), ("fr",), "no language “fr”", "languages: [vi, en, fr]"),
        ({"it": "A", "de": "B"}, ("it", "en"), ("de",), "no language “de”", "languages: [it, en, de]"),
        ({"vi": "A", "B": None, "en": "C"}, (), ("B",), "a comma ends an unquoted text", "put the text in quotes"),
        ({"vi": "A", "title": "C"}, (), ("title",), "the programme has no language “title”", "choose one of: vi, en"),
        ({"en": "A"}, (), (), "this text is missing in “vi”", "add “vi: …”"),
    ],
)
def test_a_language_that_the_programme_does_not_have(value, languages, place, message, fix):
    """The error is at the key, and says what helps: add the language, or quote the text."""
    with pytest.raises(ValidationError) as caught:
        words(value, *languages)
    (detail,) = caught.value.errors()

    assert detail["loc"] == place
    assert message in str(detail["ctx"]["error"].message)
    assert fix in str(detail["ctx"]["error"].fix)


@pytest.mark.parametrize(
    ("programme", "languages"),
    [
        ({"languages": ["en", "fr"]}, ("en", "fr")),
        ({}, ("vi", "en")),
        ({"languages": "fr"}, ("vi", "en")),
        ({"languages": ["FR!"]}, ("vi", "en")),
        ({"languages": []}, ("vi", "en")),
        (None, ("vi", "en")),
    ],
)
def test_the_languages_are_read_before_the_rest(programme, languages):
    """What is wrong with them is an error of its own, later."""
    assert languages_in({"programme": programme}) == languages


texts = st.text("aáB, :%-", min_size=1, max_size=6)
targets = st.one_of(
    st.fixed_dictionaries({"count": st.integers(1, 9)}, optional={"unit": texts, "measure": texts}),
    st.fixed_dictionaries(
        {}, optional={"unit": texts, "baseline": st.integers(-5, 5), "most": st.integers(100, 200)}
    ).flatmap(
        lambda made: st.tuples(
            st.sampled_from(["at_least", "at_most", "above", "below"]), st.sampled_from(["17.6", "0", "-3.25", "99"])
        ).map(lambda bound: {**made, bound[0]: bound[1]})
    ),
)
milestones = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,8}", fullmatch=True),
        "title": texts,
        "clauses": st.lists(texts, min_size=1, max_size=2),
        "lead": st.one_of(
            st.just("SoNgoaiVu"),
            st.lists(st.sampled_from(["SoNgoaiVu", "SoNoiVu"]), min_size=1, max_size=2),
            st.just({"agency": "SoNoiVu", "basis": "IV.1"}),
            texts.map(lambda why: {"agency": "SoNoiVu", "inferred": {"vi": why, "en": why}}),
        ),
    },
    optional={
        "text": texts,
        "result": texts,
        "timing": st.one_of(texts, st.integers(1900, 2100)),
        "schedule": schedules.map(lambda one: one.model_dump(mode="json", by_alias=True, exclude_defaults=True)),
        "target": targets,
        "each": st.booleans(),
        "formerly": st.just(["old"]),
        "support": st.just([{"agency": "SoNoiVu", "basis": "IV.2"}]),
    },
)


@given(st.lists(milestones, max_size=3), st.sampled_from([["vi", "en"], ["vi"], ["vi", "fr"]]))
def test_any_valid_file_survives_reading_and_writing_by_the_models(its, languages):
    """What the models write, they read as the same programme."""
    data = deepcopy(ROADMAP_DATA)
    data["programme"]["languages"] = [*languages, "en"] if "en" not in languages else languages
    data["workstreams"][0]["milestones"] = its
    context = context_of(data["programme"]["languages"])
    roadmap = Roadmap.model_validate(data, context=context)
    written = roadmap.model_dump(mode="json", by_alias=True, exclude_unset=True)

    assert Roadmap.model_validate(written, context=context) == roadmap


def test_the_agencies_survive_reading_and_writing():
    """Duties and members, too."""
    data = deepcopy(AGENCIES_DATA)
    data["agencies"][0] |= {"duties": {"IV.1": ["a", {"vi": "b", "en": "c"}]}, "formerly": "old"}
    data["agencies"].append({"id": "Both", "name": "Cả hai", "members": ["SoNgoaiVu", "SoNoiVu"]})
    agencies = Agencies.model_validate(data)

    assert Agencies.model_validate(agencies.model_dump(mode="json", by_alias=True, exclude_unset=True)) == agencies
