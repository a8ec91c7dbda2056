"""Hostile text in every field and every output: it is shown as it is or replaced, and every output opens again.

In a round every field holds another of the texts, and in the next round the next one: after as many rounds as there are texts, each text
has met each field. Each change runs a sample: every round meets every format, with one of the commands and in one of the languages. Before
a release every round meets every command, format and language.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from cbfa.core.text import MEANT, nfc
from cbfa.views.clean import clean
from tests.cli.running import FILES, TINY, Answer, terminal
from tests.progress import counted
from tests.scale import SOAK, part

ROADMAP, AGENCIES, PROGRESS = FILES
HARMFUL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PLAIN_WORD = "Zqxj{number:02}"
"""A word that occurs nowhere else: a hostile text in its place must be shown as often as it is."""

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
    "a title": (ROADMAP, "vi: Cầu treo, en: Rope bridges", "vi: {}, en: {}"),
    "the official wording": (ROADMAP, "        serves:", "        text: {vi: {}, en: {}}\n        serves:"),
    "the product": (ROADMAP, "        timing: hàng", "        result: {vi: {}, en: {}}\n        timing: hàng"),
    "words of time": (ROADMAP, "timing: 2011–2013", "timing: {}"),
    "the programme": (ROADMAP, "vi: Chương trình cầu, en: Bridges", "vi: {}, en: {}"),
    "the aim": (ROADMAP, "vi: Mọi làng đều có cầu., en: A bridge for every village.", "vi: {}, en: {}"),
    "the legal basis": (ROADMAP, "vi: Nghị quyết 1, en: Resolution 1", "vi: {}, en: {}"),
    "what is recorded": (ROADMAP, "  adopted:", "  records: {vi: {}, en: {}}\n  adopted:"),
    "a heading": (ROADMAP, "vi: Lộ trình, en: Roadmap", "vi: {}, en: {}"),
    "a workstream": (ROADMAP, "vi: Xây dựng, en: Building", "vi: {}, en: {}"),
    "an objective": (ROADMAP, "vi: Xây cầu, en: Build bridges", "vi: {}, en: {}"),
    "a unit": (ROADMAP, "vi: cầu, en: bridges", "vi: {}, en: {}"),
    "a reason": (ROADMAP, "vi: Dây mòn nhanh, en: Ropes wear out fast", "vi: {}, en: {}"),
    "why a date": (ROADMAP, "from: 2011, due", "derived: {vi: {}, en: {}}, from: 2011, due"),
    "an agency": (AGENCIES, "vi: Sở Dây, en: Rope Department", "vi: {}, en: {}"),
    "a code": (AGENCIES, "code: SD", "code: {}"),
    "a short name": (AGENCIES, "  - id: SoDay", "  - id: SoDay\n    short: {vi: {}, en: {}}"),
    "an alias": (AGENCIES, "  - id: SoDay", "  - id: SoDay\n    aliases: [{}]"),
    "a duty": (AGENCIES, "vi: Bện dây, en: Twist the ropes", "vi: {}, en: {}"),
    "a note": (PROGRESS, '"Cầu treo ở làng Nà Sác."', "{}"),
    "evidence": (PROGRESS, '"Biên bản số 7"', '{}, "x"'),
    "the only evidence": (PROGRESS, '"count":1', '"count":1,"evidence":[{}]'),
    "a reporter": (PROGRESS, '"by":"SoDay"', '"by":{}'),
    "the id of an entry": (PROGRESS, '"e-1"', "{}"),
}
"""Each field: its file, its text there, and the replacement. No two overlap, so all fields can hold a text at once."""

COMMANDS = (
    ("list",),
    ("show", "rope-bridges"),
    ("log",),
    ("report", "--agency", "SoDay"),
    ("report", "--kind", "annual", "--year", "2012"),
    ("status",),
    ("agencies",),
    ("timeline",),
    ("show", "inspection"),
)
FORMS = ("json", "plain", "csv", "markdown", "tsv", "table")
LANGUAGES = ("en", "vi")
OUTPUTS = list(product(COMMANDS, FORMS))
LONGEST_ID = 64

pytestmark = pytest.mark.usefixtures("bridges")

Texts = dict[str, str]
"""Texts by the names of their fields."""


@cache
def valid(file: str) -> str:
    """Read a file of the tiny programme."""
    return (TINY / file).read_text(encoding="utf-8")


def quoted(text: str, file: str) -> str:
    """Quote a text for a file, with the escapes that it needs."""
    if file == PROGRESS:
        return json.dumps(text, ensure_ascii=False)
    escape = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escape.get(one, one if one.isprintable() else f"\\U{ord(one):08x}") for one in text) + '"'


def lay_out(texts: Texts) -> None:
    """Write the tiny programme, with texts in some of its fields, into the current folder."""
    contents = {file: valid(file) for file in FILES}
    for field, (file, old, new) in FIELDS.items():
        assert old in contents[file]
        if field in texts:
            contents[file] = contents[file].replace(old, new.replace("{}", quoted(texts[field], file)))
    for file, content in contents.items():
        (Path("data") / file).write_bytes(content.encode())


def round_of(number: int) -> Texts:
    """Return the text of every field in a round; an id stays as it was where the text is too long for it."""
    texts = list(TEXTS.values())
    turned = {field: texts[(place + number) % len(texts)] for place, field in enumerate(FIELDS)}
    return {
        field: text for field, text in turned.items() if field != "the id of an entry" or len(nfc(text)) <= LONGEST_ID
    }


WORDS: Texts = {field: PLAIN_WORD.format(number=number) for number, field in enumerate(FIELDS)}
"""A plain word for every field."""


def harmful(text: str) -> list[str]:
    """Return the characters of an output that a terminal could act on, without line ends and tabs."""
    rest = re.sub(MEANT, "", text.replace("\r\n", "\n").replace("\n", "").replace("\t", ""))
    return [f"U+{ord(one):04X}" for one in set(rest) if unicodedata.category(one) in HARMFUL_CATEGORIES]


def strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from strings(item)
        case dict():
            for item in value.values():
                yield from strings(item)


def check_json(answer: Answer, known: Answer, texts: Texts) -> None:
    """Check that JSON holds each text exactly, as often as a plain word in its place."""
    found = Counter(strings(answer.page))
    words = Counter(strings(known.page))

    assert {field: found[nfc(text)] for field, text in texts.items()} == {field: words[WORDS[field]] for field in texts}
    assert answer.page["version"] == 1


def check_plain(answer: Answer, known: Answer, texts: Texts) -> None:
    """Check that plain text shows each text as often as a plain word in its place.

    Only the end of an id is shown, so ids are left out. A text within another is shown wherever the other is, too.
    """
    shown = {field: clean(text).strip() for field, text in texts.items() if field != "the id of an entry"}
    times = {field: known.out.count(WORDS[field]) for field in shown}
    for field, text in shown.items():
        expected = sum(times[other] * its.count(text) for other, its in shown.items())

        assert answer.out.count(text) >= expected, field


def check_rows(answer: Answer, delimiter: str, items: int) -> None:
    """Check that there is a row for each item, a cell for each field, and no formula."""
    rows = list(csv.reader(io.StringIO(answer.out, newline=""), delimiter=delimiter, strict=True))

    assert len(rows) == items + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    if delimiter == "\t":
        assert answer.out.count("\n") == items + 1
        assert {line.count("\t") for line in answer.out.splitlines()} == {len(rows[0]) - 1}


def check_markdown(answer: Answer) -> None:
    """Check that each row has the cells of its head, and that no tag, link or code begins anywhere but a whole chart."""
    without_chart = re.sub(r"^```mermaid\n(?:(?!```).*\n)*```$", "", answer.out, flags=re.MULTILINE)
    bare = re.sub(r"\\[\\`*_\[\]<>|#~]", "", without_chart)
    tables = re.findall(r"(?:^\|.*\n)+", bare, re.MULTILINE)

    assert all(len({row.count("|") for row in table.splitlines()}) == 1 for table in tables)
    assert "<" not in bare.replace("<br>", "")
    assert "`" not in bare
    assert "](" not in bare


Run = Callable[..., Answer]


@cache
def known(run: Run, command: tuple[str, ...], form: str, language: str) -> Answer:
    """Return an output in which every field holds its plain word."""
    lay_out(WORDS)
    return run(*command, "--as-of", "2012-06-30", "--lang", language, "--format", form)


def check_output(run: Run, output: tuple[tuple[str, ...], str], language: str, texts: Texts) -> None:
    """Check one output with texts in their fields."""
    command, form = output
    plainly = known(run, command, form, language)
    items = len(known(run, command, "json", language).page["items"])
    lay_out(texts)
    answer = run(*command, "--as-of", "2012-06-30", "--lang", language, "--format", form)

    assert answer.code == 0, answer.err
    assert not harmful(answer.out)
    assert not harmful(answer.err)
    if form == "json":
        check_json(answer, plainly, texts)
    elif form == "csv":
        check_rows(answer, ",", items)
    elif form == "tsv":
        check_rows(answer, "\t", items)
    elif form == "markdown":
        check_markdown(answer)
    elif form == "plain":
        check_plain(answer, plainly, texts)


def fields_to_blame(check: Callable[[Texts], None], texts: Texts) -> Iterator[str]:
    """Yield the fields whose text fails the check alone, too."""
    for field, text in texts.items():
        try:
            check({field: text})
        except AssertionError:
            yield f"{field} holds {text[:80]!r}"


def check_round(check: Callable[[Texts], None], number: int) -> None:
    """Check one round; if it fails, name the fields that are to blame."""
    texts = round_of(number)
    try:
        check(texts)
    except AssertionError as error:
        error.add_note(f"round {number}: {'; '.join(fields_to_blame(check, texts)) or 'only all of them together'}")
        raise


def languages(number: int) -> tuple[str, ...]:
    """Return the languages that a round is shown in."""
    return LANGUAGES if SOAK else (LANGUAGES[number // len(COMMANDS) % 2],)


def rounds_for(command: tuple[str, ...]) -> list[int]:
    """Return the rounds that meet a command: all of them before a release, its share on each change."""
    rounds = part(list(range(len(TEXTS))))
    return rounds if SOAK else rounds[COMMANDS.index(command) :: len(COMMANDS)]


def test_the_rounds_bring_every_text_to_every_field():
    """In all rounds together, each text is in each field once, except in an id that would be too long."""
    met = {(field, text) for number in range(len(TEXTS)) for field, text in round_of(number).items()}
    too_long = [text for text in TEXTS.values() if len(nfc(text)) > LONGEST_ID]

    assert len({nfc(text) for text in TEXTS.values()}) == len(TEXTS) >= len(FIELDS)
    assert len(met) == len(TEXTS) * len(FIELDS) - len(too_long)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: "-".join((*output[0], output[1])))
def test_hostile_text_is_inert(cbfa, output):
    """Every output shows hostile texts as they are, replaces characters that could act, and opens again."""
    for number in counted(rounds_for(output[0])):
        for language in languages(number):
            check_round(lambda texts, language=language: check_output(cbfa, output, language, texts), number)


@pytest.mark.skipif(os.name == "nt", reason="there is no pty on Windows")
@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
def test_hostile_text_is_inert_on_a_terminal(tmp_path, command):
    """A terminal gets nothing but text, line ends and our own colours."""

    def check(texts: Texts, language: str) -> None:
        lay_out(texts)
        answer = terminal(*command, "--as-of", "2012-06-30", "--lang", language, cwd=tmp_path)

        assert answer.code == 0
        assert not harmful(COLOUR.sub("", answer.out))
        assert "Traceback" not in answer.out

    for number in counted(rounds_for(command) if SOAK else rounds_for(command)[:1]):
        for language in languages(number):
            check_round(lambda texts, language=language: check(texts, language), number)
