"""Hostile files: the tiny programme with one edit each, under the sentence that `cbfa check` must print for it, without its place.

No two take the same path: of all cases with one sentence, each reaches a line of the program that the others and tests/broken do not. A
`warning:` lets the commands run; a file under HARMLESS gets no sentence at all.

After a sentence was changed on purpose: run with CBFA_ACCEPT=1, then read every difference as a user would.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.cli.running import FILES

ROADMAP, AGENCIES, PROGRESS = FILES
HARMLESS = ""

Text = str | bytes


@dataclass(frozen=True)
class Edit:
    """A file, and the change of its bytes."""

    file: str
    change: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Case:
    """One hostile file and the sentence that it must get. A big one is run as a process of its own."""

    name: str
    edit: Edit
    sentence: str
    big: bool

    @property
    def is_error(self) -> bool:
        """True where no command may go on."""
        return self.sentence.startswith("error: ")


def accept(case: Case, printed: list[str]) -> None:
    """Write the printed sentence that is nearest to the expected one into this file, in its place."""
    if case.sentence and case.sentence not in printed:
        nearest = difflib.get_close_matches(case.sentence, printed, 1, 0)[0]
        old, new = (json.dumps(sentence, ensure_ascii=False) for sentence in (case.sentence, nearest))
        source = Path(__file__).read_text(encoding="utf-8")
        Path(__file__).write_text(source.replace(old, new), encoding="utf-8")


def _bytes(text: Text) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def _edit(file: str, old: Text, new: Text) -> Edit:
    def change(raw: bytes) -> bytes:
        assert _bytes(old) in raw, old
        return raw.replace(_bytes(old), _bytes(new), 1)

    return Edit(file, change)


def whole(file: str, content: Text) -> Edit:
    """Put another file in its place."""
    return Edit(file, lambda _raw: _bytes(content))


def front(file: str, more: Text) -> Edit:
    """Add something before the file."""
    return Edit(file, lambda raw: _bytes(more) + raw)


def end(file: str, more: Text) -> Edit:
    """Add something after the file."""
    return Edit(file, lambda raw: raw + _bytes(more))


def everywhere(file: str, old: bytes, new: bytes) -> Edit:
    """Replace a text wherever it occurs in the file."""
    return Edit(file, lambda raw: raw.replace(old, new))


roadmap, agencies, journal = (partial(_edit, file) for file in FILES)

ENTRY = '- {"id": "e-3", "on": "2011-07-01", "key": "rope-bridges", "event": "progress", "recorded": "2011-07-02T08:00+07:00"'
"""An entry as another program would write it, with blanks; its last bracket is missing."""
TAKEN_BACK = '- {"id":"r-1","retracts":"%s","recorded":"2011-08-02T08:00:00+07:00"}\n'
TITLE = "{vi: Cầu đá, en: Stone bridge}"
EN = "Stone bridge"
YEAR = "in: 2012"
AIM = "{vi: Mọi làng đều có cầu., en: A bridge for every village.}"
TENTATIVE = "tentative: true"
COUNT = '"count":1'
LATER = '{"id":"e-2"'
NOTE = '"Cầu treo ở làng Nà Sác."'
ON = '"2011-12-01"'
RECORDED = '"2011-12-02T08:00:00+07:00"'


def milestones(number: int, *, clause: str = "III.1", lead: str = "SoCau", en: str = "b") -> str:
    """Return the lines of so many milestones, one like the other, before those of the tiny programme."""
    return "".join(
        f"      - id: m-{n}\n        title: {{vi: a, en: {en}}}\n        clauses: [{clause}]\n"
        f"        lead: {{agency: {lead}, basis: IV.1}}\n"
        for n in range(number)
    )


def entries(number: int, *, key: str = "rope-bridges", event: str = "progress") -> str:
    """Return so many lines of a journal, one like the other; `{}` in the key is their number."""
    line = '- {"id":"m-%d","on":"2011-07-01","key":"%s","event":"%s","recorded":"2011-07-02T08:00:00+07:00"}\n'
    return "".join(line % (n, key.replace("{}", str(n)), event) for n in range(number))


AMENDMENTS = "amendments.yaml"


def acts(number: int, changes: int, change: str) -> str:
    """Return a file of so many acts with so many changes each; `{}` in a change is its number."""
    head = "  - id: nq-%d\n    act: A\n    signed: 2011-02-01\n    changes:\n"
    return "format: 1\namendments:\n" + "".join(
        head % act + "".join(f"      - {change.replace('{}', f'{act}-{n}')}\n" for n in range(changes))
        for act in range(number)
    )


ALIAS_BOMB = "a: &a [x]\n" + "".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in pairwise("abcdefghi")
)
NEARLY_ALIKE = ["".join(chr(0x4E00 + (n * step) % 100) for n in range(8000)) for step in (7, 11, 13, 17)]
INVISIBLE = "\ufeff\u202e\u2067\u200b\u200d\u2060\u00ad\u0085\u2028\u2029\ue000\ufdd0\U0001f600\U000e0041\u0378\ufff9"
"""What a title may hold and a terminal must not act on."""

_SMALL: dict[str, dict[str, Edit]] = {
    # Bytes and characters
    "error: this file is not UTF-8: the byte 0xC0 is not valid here": {
        "an overlong slash in the roadmap": roadmap(EN, b"\xc0\xaf"),
        "an overlong slash in the journal": journal("Biên bản", b"\xc0\xaf"),
        "an overlong slash in the amendments": whole(AMENDMENTS, b"format: 1\namendments:\n# \xc0\xaf\n"),
    },
    "error: this file is not UTF-8: the byte 0xFF is not valid here": {
        "a journal in UTF-16 with a mark": Edit(PROGRESS, lambda raw: raw.decode().encode("utf-16")),
    },
    "error: the character U+0000 is not allowed in a YAML file": {
        "agencies in UTF-16 without a mark": whole(AGENCIES, "format: 1\nagencies: []\n".encode("utf-16-le")),
    },
    "error: the character U+009B is not allowed in a YAML file": {"an eight-bit CSI": roadmap(EN, "a\x9b31mb")},
    "error: invalid JSON: Invalid control character at": {
        "NUL in an entry": journal("Biên bản", "\0"),
        "a tab in an entry": journal("Biên bản", "\t"),
    },
    "error: this line has a carriage return in the middle": {
        "a carriage return in an entry": journal("Biên bản", "\r"),
        "line ends of the old Macintosh in the journal": everywhere(PROGRESS, b"\n", b"\r"),
    },
    "error: this text contains an incomplete character": {
        "half a character in the evidence": end(PROGRESS, ENTRY + ', "evidence": ["\\ud800"]}\n'),
    },
    HARMLESS: {
        "invisible characters in a title": roadmap(EN, f"a{INVISIBLE}b"),
        "invisible characters in a note": journal(NOTE, f'"a{INVISIBLE}\x7f\x9b\uffffb"'),
        "escapes in quotes": roadmap(EN, '"a\\0\\a\\e[2J\\x9b31m\\u202e\\N\\L\\uffff\\U000e0041b"'),
        "escapes in a note": journal(NOTE, '"\\u0000\\u001b[2J\\u009b\\u202e\\uffff\\ud83d\\ude00\\r\\n\\t\\b\\f"'),
        "two byte-order marks": front(ROADMAP, b"\xef\xbb\xbf" * 2),
        "two byte-order marks in the journal": front(PROGRESS, b"\xef\xbb\xbf" * 2),
        "a byte-order mark before the second line": journal("\n", "\n\ufeff"),
        "line ends of the old Macintosh": everywhere(ROADMAP, b"\n", b"\r"),
        "another encoding in a comment of the journal": end(PROGRESS, b"# \xe1\xba\n"),
        "a literal block": roadmap(AIM, "|\n      A bridge\n      for all\n"),
        "a directive of YAML": front(ROADMAP, "%YAML 1.2\n---\n"),
        "three dots at the end": end(AGENCIES, "...\n"),
        "the last of all days": roadmap("2010-12-09", "9999-12-31"),
        "a count of 18 digits": roadmap("count: 2, most: 3", "count: 999999999999999999"),
        "two aliases without letters": agencies("[Bridges]", '["!!!", "???"]'),
        "comments only in the journal": whole(PROGRESS, "# a\n  # b\n#\n"),
        "blank lines only in the journal": whole(PROGRESS, "\n \n\t\n\r\n"),
        "an entry of another program": end(PROGRESS, ENTRY + ', "count": null}\n'),
        "two retractions of one entry": end(PROGRESS, TAKEN_BACK % "e-1" + (TAKEN_BACK % "e-1").replace("r-1", "r-2")),
        "2,000 milestones": roadmap("      - id: rope-bridges", milestones(2000) + "      - id: rope-bridges"),
    },
    # The syntax of YAML
    "error: anchors are not allowed: “&a”": {"an alias bomb": end(ROADMAP, ALIAS_BOMB)},
    "error: anchors are not allowed: “&xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”": {
        "an anchor of a megabyte": roadmap(EN, "&" + "x" * 1_000_000 + " y"),
    },
    "error: aliases are not allowed: “*nothing”": {"an alias of nothing": roadmap(EN, "*nothing")},
    "error: aliases are not allowed: “*x”": {"an anchor of itself": end(AGENCIES, "x: &x [*x]\n")},
    "error: tags are not allowed: “!!python/object/apply:os.system”": {
        "a call of Python": roadmap(EN, "!!python/object/apply:os.system ['true']"),
    },
    "error: tags are not allowed: “!!set”": {"!!set": agencies("[Bridges]", "!!set {Bridges}")},
    "error: tags are not allowed: “!!timestamp”": {
        "!!timestamp": roadmap("2010-12-09", "!!timestamp 2010-02-30"),
    },
    "error: tags are not allowed: “tag:evil.example,2000:x”": {
        "%TAG": Edit(
            ROADMAP, lambda raw: b"%TAG !e! tag:evil.example,2000:\n---\n" + raw.replace(EN.encode(), b"!e!x y")
        ),
    },
    "error: merge keys are not allowed: “<<”": {"a merge key": end(AGENCIES, "<<: {format: 1}\n")},
    "error: a field name must be text, not a list or a mapping": {
        "10,000 nested keys": end(AGENCIES, "? " * 10_000 + "x\n")
    },
    "error: the field “” is repeated here; it is first in line 13": {
        "two empty keys": roadmap("{title: {vi: Mục tiêu, en: Aim}}", '{"": x, "": y}'),
    },
    "error: this is nested deeper than 20 levels": {
        "lists, 1,000 deep": end(ROADMAP, "x: " + "[" * 1000 + "]" * 1000 + "\n"),
        "mappings, 100,000 deep": end(AGENCIES, "x: " + "{a: " * 100_000 + "\n"),
        "lists in the journal, 21 deep": journal(NOTE, "[" * 21 + "]" * 21),
        "lists in the journal, 100,000 deep": journal(NOTE, "[" * 100_000),
    },
    "error: YAML is indented with spaces, but this is a tab": {
        "tabs for all indentation": everywhere(AGENCIES, b"  ", b"\t")
    },
    "error: a colon followed by a space marks a field, and no field is allowed here": {
        "a colon in a text": roadmap("timing: hàng năm", "timing: hàng: năm"),
    },
    "error: invalid YAML: did not find expected ',' or ']'": {"an open list": roadmap("[III.1]", "[III.1")},
    "error: invalid YAML: did not find expected '-' indicator": {
        "a key at the wrong depth": agencies("    code: SC", "   code: SC"),
    },
    "error: invalid YAML: did not find expected <document start>": {
        "text after three dots": end(AGENCIES, "...\nx: 1\n"),
    },
    "error: a text that begins with “&” needs quotes": {
        "an ampersand alone": roadmap("hàng năm", "& năm"),
    },
    "error: a text that begins with “|” needs quotes": {
        "a literal block with an odd head": roadmap(AIM, "|99\n      A\n"),
    },
    "error: invalid YAML: did not find expected hexdecimal number": {"the escape \\xzz": roadmap(EN, '"\\xzz"')},
    "error: invalid YAML: did not find expected key": {"an empty key": end(ROADMAP, ": x\n")},
    "error: invalid YAML: did not find expected node content": {"a comma too many": roadmap("[III.1]", "[III.1,,]")},
    "error: a text that begins with “@” needs quotes": {"an at sign": roadmap("hàng năm", "@năm")},
    "error: a line cannot begin with “%”": {
        "%YAML twice": front(ROADMAP, "%YAML 1.1\n%YAML 1.1\n---\n"),
        "%YAML 2.0": front(ROADMAP, "%YAML 2.0\n---\n"),
        "an unknown directive": front(ROADMAP, "%EVIL x\n---\n"),
    },
    "error: invalid YAML: found invalid Unicode character escape code": {
        "the escape \\ud800": roadmap(EN, '"\\ud800"')
    },
    "error: a text that begins with “!” needs quotes": {"an undefined tag handle": roadmap(EN, "!e!x y")},
    "error: invalid YAML: found unknown escape character": {"the escape \\q": roadmap(EN, '"\\q"')},
    "error: “0o3734” without quotes is 2012 to some YAML readers and 0o3734 to others": {
        "an octal number of YAML 1.2": roadmap(YEAR, "in: 0o3734"),
    },
    "error: “0999” without quotes is ? to some YAML readers and 0999 to others": {
        "an octal number that is none": roadmap(YEAR, "in: 0999"),
    },
    "error: “07777777777777777777777777777777777777777777777777777777777…” without quotes is ? to some YAML readers and 07777777777777777777777777777777777777777777777777777777777… to others": {  # noqa: E501 - one literal
        "an octal number of 9,000 digits": roadmap(YEAR, "in: 0" + "7" * 9000),
    },
    "error: “1:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:01:…” without quotes is a base-60 number "
    "to some YAML readers": {
        "base sixty of 300,000 digits": roadmap(YEAR, "in: 1" + ":01" * 100_000),
    },
    # Values of the wrong kind
    "error: this file is empty": {"--- for the roadmap": whole(ROADMAP, "---\n")},
    "error: expected fields with values": {
        "a quoted text for the roadmap": whole(ROADMAP, '"x"\n'),
        "null for the period": roadmap("{from: 2011, to: 2013}\n  coord", "null\n  coord"),
        "null for a heading": roadmap("{title: {vi: Mục tiêu, en: Aim}}", "null"),
        "true for a schedule": roadmap("{in: 2012, tentative: true}", "true"),
        "a list for a schedule": roadmap("{in: 2012, tentative: true}", "[1, 2]"),
    },
    "error: expected a list": {"evidence that is an object": end(PROGRESS, ENTRY + ', "evidence": {"a": 1}}\n')},
    "error: this list must not be empty": {
        "no clauses": roadmap("[III.1]", "[]"),
        "an empty outline": whole(ROADMAP, "format: 1\nprogramme: {outline: {}}\n"),
    },
    "error: expected text, not 2012": {
        "a number for the coordinator": roadmap("coordinator: SoCau", "coordinator: 2012")
    },
    "error: expected text, not null": {
        "null for the coordinator": roadmap("coordinator: SoCau", "coordinator: null"),
        "null for evidence": end(PROGRESS, ENTRY + ', "evidence": [null]}\n'),
    },
    "error: expected text, not true": {
        "true for a timing": roadmap("2011–2013", "true"),
        "true for the coordinator": roadmap("coordinator: SoCau", "coordinator: true"),
    },
    "error: expected text, not […]": {
        "a list for the coordinator": roadmap("coordinator: SoCau", "coordinator: [1, 2]"),
        "lists for evidence": end(PROGRESS, ENTRY + ', "evidence": [[]]}\n'),
    },
    "error: expected text, not {…}": {
        "a mapping for a timing": roadmap("2011–2013", "{a: 1}"),
        "a mapping for the coordinator": roadmap("coordinator: SoCau", "coordinator: {a: 1}"),
    },
    "error: expected text, not 1": {"numbers for evidence": end(PROGRESS, ENTRY + ', "evidence": [1]}\n')},
    "error: this text is empty": {
        "an empty literal block": roadmap(AIM, "|\n"),
        "an empty clause": roadmap("[III.1]", '[""]'),
        "an empty key of an occurrence": end(PROGRESS, ENTRY.replace("rope-bridges", "") + "}\n"),
    },
    "error: expected a whole number, not “null”": {"null for the format": roadmap("format: 1", "format: null")},
    "error: expected a whole number, not “{…}”": {
        "a mapping for a number of clauses": roadmap("clauses: 1", "clauses: {a: 1}")
    },
    "error: expected a whole number, not “[…]”": {"a list for a count": end(PROGRESS, ENTRY + ', "count": [1]}\n')},
    "error: expected a whole number, not “inf”": {"1e400 for a count": journal(COUNT, '"count":1e400')},
    "error: expected true or false, not “null”": {"null for true": roadmap(TENTATIVE, "tentative: null")},
    "error: expected true or false, not “[…]”": {"a list for true": roadmap(TENTATIVE, "tentative: [1, 2]")},
    "error: expected true or false, not “{…}”": {"a mapping for true": roadmap(TENTATIVE, "tentative: {a: 1}")},
    "error: “null” is not a date": {"null for the beginning": roadmap("from: 2011, to", "from: null, to")},
    "error: “[…]” is not a date": {"a list for a date": roadmap("2010-12-09", "[1, 2]")},
    "error: “{…}” is not a date": {"a mapping for a date": roadmap("2010-12-09", "{a: 1}")},
    "error: “{…}” is not a valid value": {
        "a mapping for a recurrence": roadmap(TENTATIVE, "every: {a: 1}"),
    },
    "error: unknown event “1”": {"a number for an event": journal('"done"', "1")},
    "error: “1309568400” is not a valid date and time": {"a number for a moment": journal(RECORDED, "1309568400")},
    # Values that are out of range, unknown or too long
    "error: the year 1812 is out of range": {"the year 1812": roadmap(YEAR, "in: 1812")},
    "error: -5 is too small: the minimum is 1": {"-5 for a count": journal(COUNT, '"count":-5')},
    "error: 0 is too small: the minimum is 1": {"-0 for a count": journal(COUNT, '"count":-0')},
    "error: 1000 is too large: the maximum is 999": {
        "1,000 clauses under a heading": roadmap("II: {clauses: 1,", "II: {clauses: 1000,"),
    },
    "error: 367 is too large: the maximum is 366": {
        "due 367 days soon": roadmap("  outline:", "  due_soon_days: 367\n  outline:"),
    },
    "error: 1000000001 is too large: the maximum is 1000000000": {
        "a thousand million and one": journal(COUNT, '"count":1000000001'),
    },
    "error: 99999999999999999999999999999999999999999999999999999999999… is too large: the maximum is 1000000000": {
        "a count of 400 digits": journal(COUNT, '"count":' + "9" * 400),
    },
    "error: a number in this entry is too long": {"a count of 9,000 digits": journal(COUNT, '"count":' + "9" * 9000)},
    "error: the year 1 is out of range": {
        "a moment in the year 1": journal(RECORDED, '"0001-01-01T00:00:00+14:00"'),
    },
    "error: invalid date “0000-01-01”: the first year is 1": {
        "the year 0 in the roadmap": roadmap("2010-12-09", "0000-01-01"),
        "the year 0 in the journal": journal(ON, '"0000-01-01"'),
    },
    "error: invalid date “2011-02-29”: month 2 of 2011 has 28 days": {"29 February": journal(ON, '"2011-02-29"')},
    "error: invalid date “2011-13-01”: there is no month 13": {"a thirteenth month": journal(ON, '"2011-13-01"')},
    "warning: 998 clauses are not cited: II.2, II.3, II.4, II.5, II.6, II.7, II.8, II.9, II.10, II.11, II.12, II.13, II.14, II.15, II.16, II.17 …": {  # noqa: E501 - one literal
        "998 clauses that nobody cites": roadmap("II: {clauses: 1,", "II: {clauses: 999,"),
    },
    "error: the id “stone-bridge” is used twice": {"an id twice": roadmap("id: rope-bridges", "id: stone-bridge")},
    "error: this is a Cyrillic letter (U+043E), not “o”": {
        "an id with a letter that only looks Latin": roadmap("id: stone-bridge", "id: stоne")
    },
    "error: missing field “format”": {"a roadmap without its format": roadmap("format: 1\n", "")},
    "error: missing field “period”": {
        "a roadmap without its period": roadmap("  period: {from: 2011, to: 2013}\n", "")
    },
    "error: unknown field “colour”": {
        "an unknown key of the programme": roadmap("  adopted:", "  colour: red\n  adopted:"),
    },
    "error: unknown field “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”": {
        "a field of 100,000 characters": journal(COUNT, '"' + "x" * 100_000 + '":1'),
    },
    "error: unknown field “�[2J”": {"a field with ESC": journal(COUNT, '"\\u001b[2J":1')},
    "warning: the roadmap has no occurrence “a\ufffdb”": {"NUL in a key": journal("inspection@2011", "a\\u0000b")},
    "warning: the roadmap has no occurrence “../../x”": {"a path for a key": journal("inspection@2011", "../../x")},
    "warning: unknown agency “�”": {"NUL for a reporter": journal('"by":"SoDay"', '"by":"\\u0000"')},
    "error: this text is too long: the maximum is 8000 characters": {
        "a note of 8,001 characters": journal(NOTE, f'"{"x" * 8001}"'),
    },
    "error: this line has 300 KB; the maximum is 256 KB": {"a line of 300 KB": journal(NOTE, f'"{"x" * 300 * 1024}"')},
    # The journal
    "error: an entry must be one line: - {…}": {
        "a journal in UTF-16 without a mark": whole(PROGRESS, (ENTRY + "}\n").encode("utf-16-le")),
        "an entry after a tab": journal("- " + LATER, "-\t" + LATER),
        "the sign of a document": front(PROGRESS, "---\n"),
        "an alias bomb in the journal": end(PROGRESS, "- &a [x]\n- &b [*a, *a]\n"),
        "an object of Python in the journal": end(PROGRESS, "- !!python/object:os.system {}\n"),
        "NUL between two entries": journal("- " + LATER, "\0" * 512 + "\n- " + LATER),
    },
    "error: invalid JSON: NaN is no number": {"NaN for a count": journal(COUNT, '"count":NaN')},
    "error: invalid JSON: Infinity is no number": {"Infinity for a count": journal(COUNT, '"count":Infinity')},
    "error: invalid JSON: -Infinity is no number": {"-Infinity for a count": journal(COUNT, '"count":-Infinity')},
    "error: invalid JSON: Expecting ',' delimiter": {"01 for a count": journal(COUNT, '"count":01')},
    "error: invalid JSON: Expecting value": {"+1 for a count": journal(COUNT, '"count":+1')},
    "error: invalid JSON: Extra data": {
        "a comment after an entry": end(PROGRESS, ENTRY + "} # x\n"),
        "two entries in a line": end(PROGRESS, ENTRY + "}, " + ENTRY[2:] + "}\n"),
    },
    "error: invalid JSON: Invalid \\escape": {
        "the escape \\x41 in an entry": journal(NOTE, '"\\x41"'),
        "the escape \\q in an entry of another program": end(PROGRESS, ENTRY + ', "note": "\\q"}\n'),
    },
    "error: invalid JSON: Invalid \\uXXXX escape": {"the escape \\u12 in an entry": journal(NOTE, '"\\u12"')},
    "error: invalid JSON: Unterminated string starting at": {
        "a torn line before an entry": journal("- " + LATER, '- {"id":"e-3","on":"20\n- ' + LATER),
    },
    "error: the entry has the field “id” twice": {
        "a key twice, once by an escape": journal(COUNT, '"\\u0069d":"e-4"'),
    },
    "warning: the last line may be incomplete: it has no line ending, so it does not count": {
        "a torn line after a whole one": end(PROGRESS, ENTRY + "}\n- "),
        "a torn line of bytes that are no letters": end(PROGRESS, b"\xff\xfe"),
        "a journal filled with NUL": end(PROGRESS, "\0" * 4096),
    },
    "warning: this record takes back r-1, which is itself a retraction": {
        "a retraction of itself": end(PROGRESS, TAKEN_BACK % "r-1"),
    },
    "warning: this record takes back e-9, which is not in the journal": {
        "a retraction of nothing": end(PROGRESS, TAKEN_BACK % "e-9")
    },
    "warning: the entry is dated 9999-12-31, after it was recorded": {
        "the last of all days in the journal": journal(ON, '"9999-12-31"')
    },
}

_BIG: dict[str, dict[str, Edit]] = {
    "error: this is nested deeper than 20 levels": {
        "lists, 5,000,000 deep": end(ROADMAP, "x: " + "[" * 5_000_000 + "\n")
    },
    "error: this text is too long: the maximum is 8000 characters": {
        "ten megabytes in a text": roadmap(EN, b"x" * 10_000_000),
        "ten megabytes in a heading": roadmap("    II: ", b"    ? " + b"x" * 10_000_000 + b"\n    : "),
    },
    "error: invalid YAML: could not find expected ':'": {
        "ten megabytes in a key": end(AGENCIES, b'"' + b"x" * 10_000_000 + b'": 1\n'),
    },
    "error: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is not a date": {
        "ten megabytes in a date": roadmap("2010-12-09", b"x" * 10_000_000),
    },
    "error: this file has 15000000 lines; the maximum is 1000000": {
        "15,000,000 blank lines": whole(ROADMAP, "\n" * 15_000_000),
    },
    "error: this file has 17 MB; the maximum is 16 MB": {
        "sixteen megabytes and one byte": Edit(ROADMAP, lambda raw: raw + b"#" * ((16 << 20) + 1 - len(raw))),
    },
    "error: git left a conflict marker here": {
        "conflict markers after 900,000 lines": end(ROADMAP, "# 3456789\n" * 900_000 + "<<<<<<< a\n" * 200),
        "100,000 conflict markers in the journal": end(PROGRESS, "=======\n" * 100_000),
    },
    "error: the character U+0001 is not allowed in a YAML file": {
        "control characters after 900,000 lines": end(AGENCIES, "# 3456789\n" * 900_000 + "\x01\n" * 200),
    },
    "error: too many values in this file: the maximum is 300000": {
        "8,000,000 values": end(ROADMAP, "x: [" + "1," * 8_000_000 + "]\n"),
    },
    "error: too many fields in one mapping: the maximum is 10000": {
        "200,000 keys in one mapping": end(AGENCIES, "x:\n" + "".join(f"  a{n}: 1\n" for n in range(200_000))),
    },
    "error: unknown field “x”": {"290,000 values where none belongs": end(ROADMAP, "x: [" + "1," * 290_000 + "]\n")},
    "error: expected fields with values": {
        "290,000 values for milestones": roadmap(
            "    milestones:\n", "    milestones: [" + "1," * 290_000 + "]\n    x:\n"
        ),
    },
    "error: missing field “id”": {
        "290,000 empty agencies": whole(AGENCIES, "format: 1\nagencies: [" + "{}," * 290_000 + "]\n"),
    },
    "error: aliases are not allowed: “*a”": {
        "1,000,000 aliases": end(AGENCIES, "x: [" + "*a, " * 1_000_000 + "]\n"),
    },
    "error: the field “a” is repeated here; it is first in line 17": {
        "900,000 duplicate keys": end(AGENCIES, "x:\n" + "  a: 1\n" * 900_000),
    },
    "warning: 999 clauses are not cited: h0.1, h0.2, h0.3, h0.4, h0.5, h0.6, h0.7, h0.8, h0.9, h0.10, h0.11, h0.12, h0.13, h0.14, h0.15, h0.16 …": {  # noqa: E501 - one literal
        "999,000 clauses that nobody cites": roadmap(
            "    II: {", "".join(f"    h{n}: {{clauses: 999, title: a}}\n" for n in range(1000)) + "    II: {"
        ),
    },
    f"error: the outline has no clause “{NEARLY_ALIKE[2][:59]}…”": {
        "long clauses that are nearly alike": Edit(
            ROADMAP,
            lambda raw: raw.replace(b"[III.1]", f"[III.1, {', '.join(NEARLY_ALIKE[2:] * 10)}]".encode()).replace(
                b"    II: {", f"    ? {NEARLY_ALIKE[0]}\n    : {{title: a}}\n    II: {{".encode()
            ),
        ),
    },
    "error: unknown agency “SoXau”": {
        "3,000 milestones of unknown agencies and clauses": roadmap(
            "      - id: rope", milestones(3000, clause="III.9", lead="SoXau") + "      - id: rope"
        ),
    },
    "error: expected text, not 1": {
        "3,000 milestones with a wrong type": roadmap(
            "      - id: rope", milestones(3000, en="1") + "      - id: rope"
        ),
    },
    "error: unknown field “a”": {
        "20,000 unknown keys in one entry": journal(COUNT, '"a":1,' + ",".join(f'"{n}":1' for n in range(20_000))),
    },
    "warning: the roadmap has no occurrence “rope-brigde-0”": {
        "10,000 unknown occurrences": end(PROGRESS, entries(10_000, key="rope-brigde-{}")),
    },
    "warning: “stone-bridge” has this field changed twice on 2011-02-01; this change counts": {
        "10,000 changes of one title": whole(AMENDMENTS, acts(500, 20, "{change: stone-bridge, now: {title: A}}")),
        "10,000 changes of one act": whole(AMENDMENTS, acts(1, 10_000, "{change: stone-bridge, now: {title: A}}")),
    },
    "error: unknown milestone “m-0-0”": {
        "10,000 repeals of unknown milestones": whole(AMENDMENTS, acts(500, 20, "{repeal: m-{}}")),
    },
    "error: unknown event “finished”": {"10,000 unknown events": end(PROGRESS, entries(10_000, event="finished"))},
    "error: an entry must be one line: - {…}": {
        "50,000 lines of something else": end(PROGRESS, "something: else\n" * 50_000),
        "an entry in block style of 50,000 lines": end(PROGRESS, "- a:\n" + "  - b\n" * 50_000),
    },
    "warning: the last line may be incomplete: it has no line ending, so it does not count": {
        "a torn line of ten megabytes": end(PROGRESS, b"x" * 10_000_000),
    },
    HARMLESS: {
        "20,000 milestones": roadmap("      - id: rope", milestones(20_000) + "      - id: rope"),
        "3,000 agencies that acts found": whole(AMENDMENTS, acts(3, 1000, "{found: {id: A{}, name: Agency {}}}")),
        "100,000 good entries": end(PROGRESS, entries(100_000)),
        "10,000,000 blank lines in the journal": end(PROGRESS, b"\n" * 10_000_000),
        "ten megabytes of blanks": end(ROADMAP, b" " * 10_000_000),
    },
}

SMALL, BIG = (
    [Case(name, edit, sentence, big) for sentence, edits in table.items() for name, edit in edits.items()]
    for table, big in ((_SMALL, False), (_BIG, True))
)
CASES = [*SMALL, *BIG]
