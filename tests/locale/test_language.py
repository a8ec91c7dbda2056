"""Languages: messages, dates and numbers, written for a Vietnamese or an English reader."""

from datetime import date

import pytest

from cbfa import locale
from cbfa.core.words import Words
from cbfa.locale import choose, get_language
from cbfa.messages import Message, Plural

VI, EN = get_language("vi"), get_language("en")
PROBLEMS = "{count} problem in the data", "{count} problems in the data"


@pytest.mark.parametrize(
    ("wish", "environment", "language"),
    [
        ("vi", {"CBFA_LANG": "en"}, "vi"),
        (None, {"CBFA_LANG": "vi", "LANG": "en_GB.UTF-8"}, "vi"),
        (None, {"LANG": "vi_VN.UTF-8"}, "vi"),
        (None, {"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        ("xx", {"LANG": "vi_VN"}, "vi"),
    ],
)
def test_the_language_is_the_wish_else_the_environment_else_english(wish, environment, language):
    """The order in which the language is chosen."""
    assert choose(wish, environment) == language


def test_a_plural_agrees_with_its_count():
    """English has two forms, Vietnamese one; a large count has its thousands apart."""
    one, many = Plural(*PROBLEMS, count=1), Plural(*PROBLEMS, count=1234)

    assert [EN.text(one), EN.text(many)] == ["1 problem in the data", "1,234 problems in the data"]
    assert [VI.text(one), VI.text(many)] == ["1 vấn đề trong dữ liệu", "1.234 vấn đề trong dữ liệu"]


def test_fields_are_written_in_the_same_language():
    """A message, a date and words of the data within a message follow its language; a year is no count."""
    nested = Message("fix: {fix}", fix=Message("delete it"))
    dated = Message("As of {day}", day=date(2012, 6, 30))
    bilingual = Message("led by {agency}", agency=Words({"vi": "Sở Cầu", "en": "Bridge Department"}))

    assert [EN.text(nested), VI.text(nested)] == ["fix: delete it", "cách sửa: xóa đi"]
    assert [EN.text(dated), VI.text(dated)] == ["As of 2012-06-30", "Tính đến ngày 30/06/2012"]
    assert [EN.text(bilingual), VI.text(bilingual)] == ["led by Bridge Department", "Sở Cầu chủ trì"]
    assert VI.text(Message("from {year}", year=2012)) == "từ 2012"


def test_what_is_no_message_is_written_too():
    """Words of the data have their language; a plain string is the same in both."""
    words = Words({"vi": "Cầu đá", "en": "Stone bridge"})

    assert [EN.text(words), VI.text(words)] == ["Stone bridge", "Cầu đá"]
    assert EN.text("stone-bridge {x}") == VI.text("stone-bridge {x}") == "stone-bridge {x}"


def test_a_long_word_of_a_user_is_cut_and_a_text_is_not():
    """A sentence about a word repeats 60 characters of it; other fields are whole."""
    long = "x" * 100

    assert EN.text(Message("unknown agency “{word}”", word=long)) == f"unknown agency “{'x' * 59}…”"
    assert EN.text(Message("inferred: {reason}", reason=long)) == f"inferred: {long}"


@pytest.mark.parametrize(("value", "en", "vi"), [(0, "0", "0"), (999, "999", "999"), (21914, "21,914", "21.914")])
def test_numbers(value, en, vi):
    """Thousands are apart, by a comma or a point."""
    assert (EN.number(value), VI.number(value)) == (en, vi)


def test_percentages():
    """They have no decimals, and of nothing there is none."""
    assert [EN.percent(1, 3), EN.percent(3, 3), EN.percent(0, 0)] == ["33%", "100%", "–"]


def test_the_language_of_the_process():
    """`use` sets the language of help and errors, and nothing about other languages."""
    locale.use("vi")
    try:
        assert locale.current() is VI
        assert locale.text(Message("delete it")) == locale._("delete it") == "xóa đi"
        assert EN.text(Message("delete it")) == "delete it"
    finally:
        locale.use("en")
