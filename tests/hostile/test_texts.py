"""Hostile text in every field and every output: it is shown as it is or not at all, and every output opens again.

On every change each text meets each field in one output, in turn; with CBFA_SOAK=1 in all of them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from cbfa.views.clean import clean
from tests.cli.running import FILES, TINY, Answer, Program, terminal
from tests.hostile.cases import AGENCIES, PROGRESS, ROADMAP

SOAK = bool(os.environ.get("CBFA_SOAK"))
HARMFUL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PLAIN_WORD = "Zqxj"
"""A word that stands nowhere else: where it is shown, a hostile text in its place must be shown too."""

TEXTS = {
    "clearing the screen": "a\x1b[2J\x1b[Hb",
    "a colour": "\x1b[31mred\x1b[0m",
    "a hidden link": "\x1b]8;;https://evil.example/\x1b\\here\x1b]8;;\x1b\\",
    "a window title": "\x1b]0;owned\x07x",
    "an eight-bit CSI": "a\x9b31mb",
    "delete and backspace": "abc\x7f\x08\x08x",
    "writing turned round": "a\u202egpj.exe\u202cb",
    "isolates": "a\u2066b\u2067c\u2069",
    "marks of direction": "\u200ea\u200fb\u061c",
    "nothing to be seen": "a\u200b\u200c\u200d\u2060\ufeffb",
    "NUL": "a\0b",
    "a closing tag of Rich": "[/]",
    "a tag of Rich": "[red]x[/red]",
    "a link of Rich": "[link=https://evil.example]x[/link]",
    "a picture by name": ":bomb: :smile:",
    "a formula": "=1+1",
    "another formula": "@SUM(A1)",
    "a command for a spreadsheet": "=cmd|'/C calc'!A0",
    "a minus": "-2+3",
    "a tab before a formula": "\t=1+1",
    "pipes": "a|b||c|",
    "backticks": "```x``` `y`",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "Markdown": "# x *y* _z_ [l](javascript:alert(1)) ![i](x) ~~s~~ &amp; \\",
    "a very long word": "x" * 8000,
    "a tower of marks": "Z" + "\u0301\u0316\u0334" * 40,
    "an emoji of many": "👩‍👩‍👧‍👦🏳️‍🌈",
    "right to left": "שלום عليكم",
    "tabs and line ends": "a\tb\nc\r\nd\re",
    "other line ends": "a\x0bb\x0cc\x85d\u2028e\u2029f",
    "braces": "{0} {field} {} {{",
    "percent": "%s %d %(x)s %n",
    "quotes": '"a", \'b\', “c”, """',
    "commas and semicolons": 'a,b;c,"d"',
    "private and unassigned": "a\ue000b\U0010fffdc\u0378d\ufdd0e",
    "tag characters": "a\U000e0041\U000e007fb",
    "a dollar": "$(touch owned) `touch owned` $HOME",
    "a path": "../../../etc/passwd",
    "half-width and wide": "ｶﾞ漢字ﬁ",
    "blanks": "  a   b  ",
}

FIELDS: dict[str, tuple[str, str, str]] = {
    "a title in Vietnamese": (ROADMAP, "vi: Cầu treo,", "vi: {},"),
    "a title in English": (ROADMAP, "en: Rope bridges", "en: {}"),
    "words of time": (ROADMAP, "timing: 2011–2013", "timing: {}"),
    "the programme in Vietnamese": (ROADMAP, "vi: Chương trình cầu", "vi: {}"),
    "the programme in English": (ROADMAP, "en: Bridges}", "en: {}}"),
    "the aim": (ROADMAP, "en: A bridge for every village.", "en: {}"),
    "the legal basis": (ROADMAP, "en: Resolution 1", "en: {}"),
    "what is recorded": (ROADMAP, "  adopted:", "  records: {vi: {}, en: {}}\n  adopted:"),
    "a heading": (ROADMAP, "en: Roadmap", "en: {}"),
    "a workstream": (ROADMAP, "en: Building", "en: {}"),
    "an objective": (ROADMAP, "en: Build bridges", "en: {}"),
    "a unit": (ROADMAP, "vi: cầu, en: bridges", "vi: {}, en: {}"),
    "a reason": (ROADMAP, "en: Ropes wear out fast", "en: {}"),
    "why a date": (ROADMAP, "kind: span,", "derived: {vi: {}, en: {}}, kind: span,"),
    "an agency in Vietnamese": (AGENCIES, "vi: Sở Dây", "vi: {}"),
    "an agency in English": (AGENCIES, "en: Rope Department", "en: {}"),
    "a code": (AGENCIES, "code: SD", "code: {}"),
    "a short name": (AGENCIES, "    code: SD", "    short: {vi: {}, en: {}}\n    code: SD"),
    "an alias": (AGENCIES, "    code: SD", "    aliases: [{}]\n    code: SD"),
    "a duty": (AGENCIES, "en: Twist the ropes", "en: {}"),
    "a note": (PROGRESS, '"Cầu treo ở làng Nà Sác."', "{}"),
    "evidence": (PROGRESS, '"Biên bản số 7"', '{}, "x"'),
    "the only evidence": (PROGRESS, '"Biên bản số 7"', "{}"),
    "a reporter": (PROGRESS, '"SoDay"', "{}"),
    "the id of an entry": (PROGRESS, '"e-1"', "{}"),
}
COMMANDS = (
    ("list",),
    ("show", "rope-bridges"),
    ("log",),
    ("report", "--agency", "SoDay"),
    ("status",),
    ("agencies",),
    ("timeline",),
    ("show", "inspection"),
)
FORMS = ("json", "plain", "csv", "markdown", "tsv", "table")
OUTPUTS = list(product(COMMANDS, FORMS, ("en", "vi")))


@pytest.fixture
def cbfa(tmp_path, monkeypatch, capsys):
    """The program, run in a folder of its own."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("CBFA_DATA", "CBFA_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return Program(monkeypatch, capsys)


@cache
def valid(file: str) -> str:
    """The text of a file of the tiny programme."""
    return (TINY / file).read_text(encoding="utf-8")


def quoted(text: str, file: str) -> str:
    """A text as the file can hold it: in quotes, with escapes for what cannot stand there as it is."""
    if file == PROGRESS:
        return json.dumps(text, ensure_ascii=False)
    escape = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escape.get(one, one if one.isprintable() else f"\\U{ord(one):08x}") for one in text) + '"'


def lay_out(text: str, field: str) -> None:
    """The tiny programme, with a text in one of its fields, in the folder where we stand."""
    target, old, new = FIELDS[field]
    for file in FILES:
        content = valid(file)
        if file == target:
            assert old in content
            content = content.replace(old, new.replace("{}", quoted(text, file)))
        (Path("data") / file).write_bytes(content.encode())


def harmful(text: str) -> list[str]:
    """The characters of an output that could do something, line ends aside."""
    rest = text.replace("\r\n", "\n").replace("\n", "").replace("\t", "")
    return [f"U+{ord(one):04X}" for one in set(rest) if unicodedata.category(one) in HARMFUL_CATEGORIES]


def strings(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from strings(item)
        case dict():
            for item in value.values():
                yield from strings(item)


def check_json(answer: Answer, text: str, where_shown: int) -> None:
    """JSON holds exactly the text, as often as it holds a plain word in its place."""
    found = [one for one in strings(answer.page) if one == unicodedata.normalize("NFC", text)]

    assert len(found) >= where_shown
    assert answer.page["version"] == 1


def check_rows(answer: Answer, delimiter: str, items: int) -> None:
    """CSV and TSV have a row for each item and a cell for each field, and no cell is a formula."""
    rows = list(csv.reader(io.StringIO(answer.out, newline=""), delimiter=delimiter, strict=True))

    assert len(rows) == items + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    if delimiter == "\t":
        assert answer.out.count("\n") == items + 1
        assert {line.count("\t") for line in answer.out.splitlines()} == {len(rows[0]) - 1}


def check_markdown(answer: Answer) -> None:
    """Every row of a table has the cells of its head, and no tag, link or code begins anywhere."""
    bare = re.sub(r"\\[\\`*_\[\]<>|#~]", "", answer.out)
    tables = re.findall(r"(?:^\|.*\n)+", bare, re.MULTILINE)

    assert all(len({row.count("|") for row in table.splitlines()}) == 1 for table in tables)
    assert "<" not in bare.replace("<br>", "")
    assert "`" not in bare
    assert "](" not in bare


def check_output(cbfa: Program, output: tuple[tuple[str, ...], str, str], text: str, field: str) -> None:
    """One text in one field and one output."""
    command, form, language = output
    asked = (*command, "--as-of", "2012-06-30", "--lang", language)
    lay_out(PLAIN_WORD, field)
    known = cbfa(*asked, "--format", form)
    items = len(cbfa.json(*asked).page["items"]) if form in ("csv", "tsv") else 0
    lay_out(text, field)
    answer = cbfa(*asked, "--format", form)

    assert answer.code == 0, answer.err
    assert not harmful(answer.out)
    assert not harmful(answer.err)
    if form == "json":
        check_json(answer, text, sum(one == PLAIN_WORD for one in strings(known.page)))
    elif form == "csv":
        check_rows(answer, ",", items)
    elif form == "tsv":
        check_rows(answer, "\t", items)
    elif form == "markdown":
        check_markdown(answer)
    elif form == "plain" and field != "the id of an entry":
        assert answer.out.count(clean(text)) >= known.out.count(PLAIN_WORD)


PAIRS = [
    (name, field) for name, field in product(TEXTS, FIELDS) if field != "the id of an entry" or len(TEXTS[name]) <= 64
]


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_text_is_inert(cbfa, field):
    """Whatever stands in a field, every output shows it as it is, replaces what could act, and opens again."""
    for name in (name for name, its in PAIRS if its == field):
        first = PAIRS.index((name, field)) * 7
        for output in OUTPUTS if SOAK else [OUTPUTS[first % len(OUTPUTS)]]:
            try:
                check_output(cbfa, output, TEXTS[name], field)
            except AssertionError as error:
                error.add_note(f"{name!r} in {field!r}: {output}")
                raise


@pytest.mark.skipif(os.name == "nt", reason="there is no pty on Windows")
@pytest.mark.parametrize(
    ("name", "field", "command"),
    [
        ("clearing the screen", "a title in English", ("list",)),
        ("a hidden link", "a note", ("log",)),
        ("writing turned round", "an agency in English", ("agencies",)),
        ("a closing tag of Rich", "a duty", ("report", "--agency", "SoDay")),
        ("a picture by name", "words of time", ("show", "rope-bridges")),
        ("a very long word", "the programme in English", ("status",)),
        ("a tower of marks", "a workstream", ("timeline",)),
        *(
            (name, field, command)
            for name, field, command in (product(TEXTS, FIELDS, COMMANDS) if SOAK else ())
            if (name, field) in PAIRS
        ),
    ],
)
def test_hostile_text_is_inert_on_a_terminal(tmp_path, monkeypatch, name, field, command):
    """A terminal is sent nothing but text, line ends and the colours that are ours."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    lay_out(TEXTS[name], field)
    answer = terminal(*command, "--as-of", "2012-06-30", cwd=tmp_path)

    assert answer.code == 0
    assert not harmful(COLOUR.sub("", answer.out))
    assert "Traceback" not in answer.out
