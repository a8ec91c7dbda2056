"""Words as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.text import folded, nfc, squashed, without_marks
from tests.strategies import vietnamese


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoá", "hóa"),
        ("Uỷ ban", "Ủy ban"),
        ("Thoả thuận", "Thỏa thuận"),
        ("ĐỐI NGOẠI", "doi ngoai"),
        ("Sở  Ngoại–vụ", "so ngoai vu"),
        ("due_soon", "due-soon"),
    ],
)
def test_two_spellings_of_one_word_are_found_alike(one: str, other: str):
    """Neither the place of a tone, nor case, nor the kind of dash, nor đ keeps a word from being found."""
    assert folded(one) == folded(other)


def test_squashed_keeps_letters_and_digits_only():
    """`Sở Ngoại vụ` compares equal to the id `SoNgoaiVu`."""
    assert squashed("Sở Ngoại vụ") == squashed("SoNgoaiVu") == "songoaivu"
    assert squashed("KH&ĐT") == "khdt"
    assert squashed("SNgV") != squashed("SNV")


@given(vietnamese)
def test_case_marks_and_unicode_form_do_not_matter(text: str):
    """Vietnamese in capitals, without its marks or decomposed is the same to every comparison."""
    variants = [text.upper(), text.lower(), without_marks(text), unicodedata.normalize("NFD", text)]

    assert {folded(variant) for variant in variants} == {folded(text)}
    assert {squashed(variant) for variant in variants} == {squashed(text)}


@given(st.text())
def test_composed_and_decomposed_text_compare_equal(text: str):
    """For any text at all, NFD input is found like NFC input."""
    composed, decomposed = nfc(text), unicodedata.normalize("NFD", text)

    assert nfc(decomposed) == composed
    assert folded(decomposed) == folded(composed)
    assert squashed(decomposed) == squashed(composed)


@given(vietnamese)
def test_without_marks_leaves_plain_letters(text: str):
    """Vietnamese without its marks is plain ASCII, đ among it."""
    assert without_marks(text).isascii()


@given(vietnamese)
def test_folding_twice_is_folding_once(text: str):
    """The searched form is final, and has no spaces but single ones inside."""
    assert folded(folded(text)) == folded(text)
    assert folded(text) == " ".join(folded(text).split())
