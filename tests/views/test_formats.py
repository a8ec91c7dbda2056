"""The list of output formats: each writes a page with every kind of block and value, in both languages."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from cbfa.views.formats import FORMATS
from tests.views.samples import EN, PAGE, VI

FOR_PEOPLE = [name for name, one in FORMATS.items() if not one.for_programs]


def written(name, language) -> str:
    """The sample page in a format."""
    stream = StringIO()
    FORMATS[name].write(PAGE, language, stream, False)
    return stream.getvalue()


def test_formats_in_the_order_of_the_help():
    """Those for people come first."""
    assert list(FORMATS) == ["table", "plain", "markdown", "csv", "tsv", "json"]
    assert FOR_PEOPLE == ["table", "plain", "markdown"]
    assert len({EN.text(one.help) for one in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_a_page_for_people_in_both_languages_at_once(name, monkeypatch):
    """One page is written for two readers in one process, each text, date and number in the reader's language."""
    monkeypatch.setenv("COLUMNS", "200")
    en, vi, again = written(name, EN), written(name, VI), written(name, EN)

    assert en == again
    for text in ("Stone bridge", "1,234", "33%", "in 30 days", "cbfa upcoming --days 914 --as-of 2012-06-30"):
        assert text in en.replace("\\", "")
        assert (text in vi) == (text == "33%")
    for text in ("Cầu đá", "1.234", "còn 30 ngày", "cbfa upcoming --days 914 --as-of 30/06/2012"):
        assert text in vi
        assert text not in en


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_texts_of_items_follow_the_language(name):
    """A title and a message are written in the reader's language, everything else is the same."""
    en, vi = written(name, EN).split("\n")[1], written(name, VI).split("\n")[1]

    assert en.replace("Stone bridge", "Cầu đá").replace("1 entry", "1 lần cập nhật") == vi
    assert "Stone bridge" in en
    assert "III.1; III.2" in en


def test_json_follows_the_language():
    """Texts anywhere in the envelope and the items are written in the reader's language."""
    en, vi = json.loads(written("json", EN)), json.loads(written("json", VI))

    assert (en["kind"], en["as_of"], en["items"][0]["target"]) == ("sample", "2012-06-30", {"least": 2})
    assert [en["items"][0]["title"], vi["items"][0]["title"]] == ["Stone bridge", "Cầu đá"]
    assert [en["items"][0]["message"], vi["items"][0]["message"]] == ["1 entry", "1 lần cập nhật"]
