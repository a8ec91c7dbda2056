"""A page on a terminal: it fits any width, and colour adds nothing that words do not say."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.cells import cell_len

from cbfa.messages import Message
from cbfa.views.page import Cell, Column, Days, Page, Sentence, Table, Tone
from cbfa.views.terminal import show
from tests.views.samples import EN, PAGE, VI

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(page: Page, width: int, monkeypatch, *, language=EN, colour: bool = False) -> str:
    """What a terminal of a width gets."""
    monkeypatch.setenv("COLUMNS", str(width))
    stream = StringIO()
    show(page, language, stream, colour=colour)
    return stream.getvalue()


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_everything_fits(width, language, monkeypatch):
    """No line is wider than the terminal, and every word of every value is there."""
    lines = shown(PAGE, width, monkeypatch, language=language).splitlines()
    words = " ".join(lines).split()

    assert max(map(cell_len, lines)) <= width
    for value in ("stone-bridge", "16 of 50" if language is EN else "16/50", "–", "33%"):
        assert set(value.split()) <= set(words)


def test_bars_and_timelines_grow_with_the_terminal(monkeypatch):
    """Bars are longer from 100 columns on; a timeline of three years has two columns a month where there is room."""
    narrow, wide, widest = (shown(PAGE, width, monkeypatch) for width in (99, 100, 120))

    assert "███▓▓▓······" in narrow
    assert "█████▓▓▓▓▓··········" in wide
    assert "2011        2012        2013" in narrow
    assert f"2011{' ' * 20}2012{' ' * 20}2013" in widest


def test_a_table_that_has_no_room_becomes_cards(monkeypatch):
    """Each cell has a line after its heading; a timeline is right below its scale."""
    lines = [line.rstrip() for line in shown(PAGE, 26, monkeypatch).splitlines()]
    scale = lines.index("2011  2012  2013")

    assert "State: 16 of 50 · the key" in lines
    assert lines[scale - 2 : scale] == ["Milestone: Stone bridge", "        │"]
    assert lines[scale + 1] == "─────!─✓│──◆"


def test_colour_adds_nothing_but_colour(monkeypatch):
    """Without its escapes a coloured page is the page without colour."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured, bare = (shown(PAGE, 80, monkeypatch, colour=colour) for colour in (True, False))

    assert "\x1b[1;31m! overdue\x1b[0m" in coloured
    assert ESCAPE.sub("", coloured) == bare
    assert "\x1b" not in bare


def test_nothing_in_a_text_is_markup_or_control(monkeypatch):
    """A note with Rich's markup or an escape is printed as it is, or made harmless."""
    page = Page("x", [Sentence("[red]a[/red] :smile: \x1b[31m"), Table([Column("")], [[Cell("[b]", Tone.BAD)]])], ())
    text = shown(page, 80, monkeypatch)

    assert text == "[red]a[/red] :smile: \ufffd[31m\n\n[b]\n"


def test_a_caveat_has_normal_weight(monkeypatch):
    """What qualifies a red figure is not fainter than the text around it; what is below is."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    late = Cell(Days(3), caveat=Message("no entry"), below=["stone-bridge"])
    page = Page("x", [Table([Column("State")], [[late]])], ())
    lines = shown(page, 40, monkeypatch, colour=True).splitlines()
    weights = {ESCAPE.sub("", line).strip(): set(ESCAPE.findall(line)) - {"\x1b[0m"} for line in lines}

    assert weights["! 3 days"] == {"\x1b[1;31m"}
    assert weights["no entry"] == set()
    assert weights["stone-bridge"] == {"\x1b[2m"}
