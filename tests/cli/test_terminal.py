"""On a terminal: as wide as it is, in colour where colour is wanted, wrapping and never cutting."""

from __future__ import annotations

import re
from functools import cache

import pytest
from rich.cells import cell_len

from tests.cli.conftest import unix
from tests.cli.running import SHIPPED, terminal

pytestmark = unix

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
PAGES = {
    "status": ["status"],
    "overdue": ["overdue", "--year", "2012"],
    "report": ["report", "--agency", "SoNgoaiVu"],
    "list": ["list"],
    "timeline": ["timeline"],
}
EVERY_PAGE = pytest.mark.parametrize("command", PAGES)
EVERY_WIDTH = pytest.mark.parametrize("columns", [40, 80, 120])
BOTH_LANGUAGES = pytest.mark.parametrize("lang", ["vi", "en"])


@cache
def screen(command: str, columns: int, lang: str) -> tuple[str, ...]:
    """What a terminal shows of a page about the shipped programme at the end of June 2013, line by line."""
    arguments = [*PAGES[command], "--as-of", "2013-06-30", "--data", str(SHIPPED), "--lang", lang]
    answer = terminal(*arguments, cwd=SHIPPED, columns=columns)
    assert answer.code == 0, answer.out
    return tuple(ESCAPE.sub("", answer.out).splitlines())


def shows(lines: tuple[str, ...], text: str) -> bool:
    """Whether a text is on the screen: in one line, or going on below itself or at the start of the next line."""
    words = text.split()
    for number, line in enumerate(lines):
        for found in re.finditer(re.escape(words[0]), line):
            if _goes_on(lines, number, found.start(), words):
                return True
    return False


def _goes_on(lines: tuple[str, ...], number: int, column: int, words: list[str]) -> bool:
    left = words[_taken(lines[number][column:], words) :]
    taken = len(left) < len(words)
    while left and taken:
        number += 1
        below = lines[number] if number < len(lines) else ""
        step = max(_taken(below[start:], left) for start in (column, 0))
        taken, left = step > 0, left[step:]
    return not left


def _taken(line: str, words: list[str]) -> int:
    """How many of the words a line begins with; a mark may stand behind the last one of a title."""
    here = line.split()
    count = 0
    while count < min(len(here), len(words)) and (
        here[count] == words[count] or (count + 1 == len(words) and here[count].startswith(words[count]))
    ):
        count += 1
    return count


@EVERY_PAGE
@EVERY_WIDTH
@BOTH_LANGUAGES
def test_no_line_is_wider_than_the_terminal(command, columns, lang):
    """At 40, 80 and 120 columns, in both languages, every line fits."""
    lines = screen(command, columns, lang)

    assert max(cell_len(line) for line in lines) <= columns


@EVERY_WIDTH
@BOTH_LANGUAGES
@pytest.mark.parametrize("command", ["overdue", "report", "list", "timeline"])
def test_no_title_is_cut(cbfa, command, columns, lang):
    """Every title of the listing can be read in full: it wraps, it is not cut."""
    arguments = [*PAGES[command], "--as-of", "2013-06-30", "--data", str(SHIPPED), "--lang", lang]
    items = cbfa.json(*arguments).page["items"]
    lines = screen(command, columns, lang)

    assert items
    assert [item["title"] for item in items if not shows(lines, item["title"])] == []
    assert [line for line in lines if "…" in line and "… " not in line] == []


@EVERY_WIDTH
@BOTH_LANGUAGES
def test_status_cuts_nothing(cbfa, columns, lang):
    """The titles of the workstreams, and of what is late and comes next and does not tie with too much, can be read in full."""
    page = cbfa.json("status", "--as-of", "2013-06-30", "--data", str(SHIPPED), "--lang", lang).page
    shown = [*page["items"], page["overdue"][0], page["upcoming"][0]]
    titles = [item["title"] for item in shown]
    lines = screen("status", columns, lang)

    assert len(titles) == 7
    assert [title for title in titles if not shows(lines, title)] == []


@EVERY_WIDTH
@BOTH_LANGUAGES
def test_keys_are_never_broken(cbfa, columns, lang):
    """A key can be copied from the screen in one piece, at any width."""
    keys = cbfa.json("list", "--data", str(SHIPPED)).keys
    words = {word for line in screen("list", columns, lang) for word in line.split()}

    assert [key for key in keys if key not in words] == []


@EVERY_WIDTH
def test_a_track_of_the_timeline_is_one_line(columns):
    """A milestone's track is never broken: its signs stand on one line, under the years."""
    lines = screen("timeline", columns, "en")
    overdue = [line for line in lines if "!" in line and "overdue" not in line]
    without_deadline = [line for line in lines if re.search(r"┈│┈+[◐○]", line)]

    assert len(overdue) == 20
    assert len(without_deadline) == 12


def test_it_is_a_table_on_a_terminal(bridges):
    """On a terminal the form is the table, elsewhere plain text; `--format plain` is plain there too."""
    table = terminal("list", "--as-of", "2012", cwd=bridges, NO_COLOR="1").out
    plain = terminal("list", "--as-of", "2012", "--format", "plain", cwd=bridges).out

    assert "────" in table
    assert "----" in plain
    assert "\x1b" not in plain


def test_there_is_colour_on_a_terminal(bridges):
    """By default, a terminal gets colours."""
    assert "\x1b[" in terminal("status", "--as-of", "2013-01-01", cwd=bridges).out


@pytest.mark.parametrize("command", [["status"], ["report"], ["timeline"]])
@pytest.mark.parametrize("way", ["option behind", "option before", "NO_COLOR", "TERM=dumb"])
def test_no_colour_where_none_is_wanted(bridges, command, way):
    """`--no-color`, `NO_COLOR` and a terminal that has none get no control sequence at all, and the same words."""
    more = {"NO_COLOR": {"NO_COLOR": "1"}, "TERM=dumb": {"TERM": "dumb"}}.get(way, {})
    arguments = [*command, "--as-of", "2013-01-01"]
    arguments = {"option behind": [*arguments, "--no-color"], "option before": ["--no-color", *arguments]}.get(
        way, arguments
    )
    out = terminal(*arguments, cwd=bridges, **more).out

    assert "bridge" in out.lower()
    assert "\x1b" not in out


def test_an_empty_no_color_asks_for_nothing(bridges):
    """`NO_COLOR` counts when it is not empty (no-color.org)."""
    assert "\x1b[" in terminal("status", "--as-of", "2013-01-01", cwd=bridges, NO_COLOR="").out


def test_every_state_has_a_word_and_a_sign(bridges):
    """Without colour nothing is lost: each state is a sign and a word."""
    out = terminal("list", "--as-of", "2013-01-01", cwd=bridges, NO_COLOR="1").out

    for state in ("! overdue", "◐ within deadline", "✓ done on time", "○ within deadline"):
        assert state in out


def test_colour_says_nothing_that_words_do_not(bridges):
    """With and without colour the screen has the same text."""
    coloured = terminal("status", "--as-of", "2013-01-01", cwd=bridges).out
    bare = terminal("status", "--as-of", "2013-01-01", cwd=bridges, NO_COLOR="1").out

    assert ESCAPE.sub("", coloured) == bare


def test_an_error_on_a_terminal_is_plain_text(bridges):
    """An error has no markup, whatever the terminal can do."""
    answer = terminal("show", "[red]x[/red]", cwd=bridges)

    assert answer.code == 2
    assert answer.out.startswith("error: unknown milestone “[red]x[/red]”\n  fix: ")


@pytest.mark.parametrize("columns", [1, 20, 400])
def test_an_odd_width_breaks_nothing(bridges, columns):
    """A terminal that is very narrow or very wide gets an answer too."""
    answer = terminal("status", "--as-of", "2013-01-01", cwd=bridges, columns=columns)

    assert answer.code == 0
    assert "Traceback" not in answer.out
