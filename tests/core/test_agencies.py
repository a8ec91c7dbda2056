"""Who is responsible, and how a person may name an agency."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.agencies import Agencies, Agency, resolve_agency
from cbfa.errors import Invalid
from cbfa.store.loading import Loaded
from tests.strategies import AGENCIES


@pytest.fixture
def agencies(shipped: Loaded) -> Agencies:
    """The shipped agencies."""
    return shipped.usable()[0].adopted.agencies


@pytest.mark.parametrize(
    ("word", "agency"),
    [
        ("SoNgoaiVu", "SoNgoaiVu"),
        ("songoaivu", "SoNgoaiVu"),
        ("SNgV", "SoNgoaiVu"),
        ("sngv", "SoNgoaiVu"),
        ("sở ngoại vụ", "SoNgoaiVu"),
        ("SỞ NGOẠI VỤ", "SoNgoaiVu"),
        (unicodedata.normalize("NFD", "Sở Ngoại vụ"), "SoNgoaiVu"),
        ("so ngoai vu", "SoNgoaiVu"),
        ("ngoại vụ", "SoNgoaiVu"),
        ("Foreign Affairs", "SoNgoaiVu"),
        ("DOFA", "SoNgoaiVu"),
        ("SNV", "SoNoiVu"),
        ("Nội vụ", "SoNoiVu"),
        ("Sở KH&ĐT", "SoKeHoachDauTu"),
        ("so khdt", "SoKeHoachDauTu"),
        ("Sở Văn hoá, Thể thao và Du lịch", "SoVanHoaTheThaoDuLich"),
        ("Sở Văn hóa, Thể thao và Du lịch", "SoVanHoaTheThaoDuLich"),
        ("Uỷ ban nhân dân tỉnh", "UBNDTinh"),
        ("UBND", "UBNDTinh"),
        ("du lịch", "SoVanHoaTheThaoDuLich"),
    ],
)
def test_an_agency_answers_to_all_its_names(agencies: Agencies, word: str, agency: str):
    """Id, code, name, alias or a part of the name will do, in any case, with or without diacritics; SNV is Sở Nội vụ."""
    assert resolve_agency(agencies, word).id == agency


def test_every_spelling_finds_its_own_agency(agencies: Agencies):
    """No agency's name leads to another agency."""
    found = [
        (spelling, resolve_agency(agencies, spelling).id)
        for agency in agencies.agencies
        for spelling in agency.spellings
    ]

    assert found == [(spelling, agency.id) for agency in agencies.agencies for spelling in agency.spellings]


def test_an_unknown_agency_gets_the_nearest_names(agencies: Agencies):
    """A slip of the pen is answered with what was probably meant."""
    with pytest.raises(Invalid) as caught:
        resolve_agency(agencies, "SoNgoaiVuu")

    assert str(caught.value.message) == "unknown agency “SoNgoaiVuu”"
    assert "SoNgoaiVu (Sở Ngoại vụ)" in str(caught.value.fix)


@pytest.mark.parametrize("word", ["", "&", "xyzxyz"])
def test_what_is_near_nothing_gets_the_whole_list(agencies: Agencies, word: str):
    """Who cannot guess sees all there are."""
    with pytest.raises(Invalid) as caught:
        resolve_agency(agencies, word)

    assert str(caught.value.message) == f"unknown agency “{word}”"
    assert all(agency.id in str(caught.value.fix) for agency in agencies.agencies)


@pytest.mark.parametrize("word", ["Sở", "Department of", "vụ"])
def test_a_word_of_several_agencies_gets_the_list(agencies: Agencies, word: str):
    """“Sở” stands in the names of many agencies, so which one is asked."""
    with pytest.raises(Invalid) as caught:
        resolve_agency(agencies, word)

    assert str(caught.value.message) == f"“{word}” matches several agencies"
    assert "SoNgoaiVu (Sở Ngoại vụ)" in str(caught.value.fix)
    assert "SoNoiVu (Sở Nội vụ)" in str(caught.value.fix)
    assert "UBNDTinh" not in str(caught.value.fix)


@pytest.mark.parametrize("word", ["ct", "ag", "vk", "o"])
def test_a_letter_or_two_are_never_taken_for_an_agency(agencies: Agencies, word: str):
    """“ct” also stands in the name of an agency that nobody would mean by it, so which one is asked."""
    with pytest.raises(Invalid):
        resolve_agency(agencies, word)


@pytest.mark.parametrize("wrong", ["Sở", "1So", "so ngoai vu", ""])
def test_ids_can_be_typed(wrong: str):
    """An id can be typed on any keyboard."""
    with pytest.raises(ValidationError):
        Agency.model_validate({"id": wrong, "name": {"vi": "x", "en": "x"}})


@given(st.text())
def test_any_word_is_an_agency_or_invalid(word: str):
    """Whatever is typed, nothing but Invalid is raised."""
    try:
        found = resolve_agency(AGENCIES, word)
    except Invalid:
        return

    assert found in AGENCIES.agencies
