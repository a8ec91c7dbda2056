"""Hostile files, each made from the bytes of a valid one, with the sentence that it must get.

A case names its file, how its bytes are made, and the exact sentence that `cbfa check` says of it, without the place. A warning lets the
commands run; a harmless file gets no sentence at all.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from cbfa.store.journal_lines import line_of

from cbfa.core.journal import Entry
from tests.cli.running import FILES

ROADMAP, AGENCIES, PROGRESS = FILES
ERROR, WARNING, HARMLESS = "error", "warning", "harmless"

Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Case:
    """One hostile file: the sentence that it must get, and what that sentence is. `big` ones are also run as a process."""

    name: str
    file: str
    change: Change
    sentence: str = ""
    kind: str = ERROR
    big: bool = False


def as_bytes(text: str | bytes) -> bytes:
    """Text as UTF-8; bytes as they are."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def put(old: str, new: str | bytes, *, every: bool = False) -> Change:
    """The file with one of its texts replaced."""

    def change(raw: bytes) -> bytes:
        assert old.encode() in raw, old
        return raw.replace(old.encode(), as_bytes(new), -1 if every else 1)

    return change


def end(more: str | bytes) -> Change:
    """The file with more behind it."""
    return lambda raw: raw + as_bytes(more)


def front(more: str | bytes) -> Change:
    """The file with something before it."""
    return lambda raw: as_bytes(more) + raw


def whole(content: str | bytes) -> Change:
    """Another file altogether."""
    return lambda _raw: as_bytes(content)


def encoded(encoding: str, mark: bytes = b"") -> Change:
    """The file in another encoding, with the marks of its letters behind them as old code pages have them."""
    return lambda raw: mark + unicodedata.normalize("NFD", raw.decode()).encode(encoding, "ignore")


def fields_of(**changes: object) -> dict[str, object]:
    """The fields of a good entry, some of them changed; what is changed to None is left out."""
    fields: dict[str, object] = {
        "id": "e-3",
        "on": "2011-07-01",
        "key": "rope-bridges",
        "event": "progress",
        "recorded": "2011-07-02T08:00:00+07:00",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def entry(**changes: object) -> str:
    """A good entry as one line, in the form of another program, with some fields changed."""
    return f"- {json.dumps(fields_of(**changes), ensure_ascii=False)}\n"


def with_raw(name: str, value: str) -> str:
    """A good entry as one line, with a field of which the JSON is given as it stands."""
    return entry().replace("}", f', "{name}": {value}}}')


def taking_back(record: str, taken: str, recorded: str = "2011-08-02T08:00:00+07:00") -> str:
    """A retraction as one line."""
    return f"- {json.dumps({'id': record, 'retracts': taken, 'recorded': recorded})}\n"


def not_utf8(byte: int) -> str:
    """What is said of a byte that is none of UTF-8's."""
    return f"this file is not UTF-8: the byte 0x{byte:02X} is none of its characters"


def cannot_stand(code: int) -> str:
    """What is said of a character that YAML does not have."""
    return f"the character U+{code:04X} cannot stand in a YAML file"


DEEP = "this is nested more than 20 deep"
ONE_LINE = "an entry is one line: - {…}"
CONFLICT = "this is a conflict marker that git left here"
EMPTY = "this file is empty"
SECOND = "a second document begins here; a data file has one"
KEYS = "keys with values belong here"
LIST = "a list belongs here"
NO_TEXT = "a text is missing here"
NO_ITEM = "this list is empty, and must not be"
QUOTE = "a quotation mark opens here and is not closed"
TAB = "YAML is indented by spaces, and here is a tab"
COLON = "a colon with a space behind it makes a key of what stands before it, and here no key can be"
LONG = "this text is too long: 8000 characters are the most"
WORD_KEY = "a key is a word, and this is a list or a mapping"
BOTH = "an assignment rests on a clause or is inferred: one of the two"
CARRIAGE = "this line has a carriage return within it"
TORN = "the last line is torn: it has no end, so it does not count"
CONTROL = "this is not JSON: Invalid control character at"
TOO_LONG_NUMBER = "a number in this entry is too long"

EN = "Stone bridge"
YEAR = "year: 2012"


def cut_word(word: str) -> str:
    """A long word as sentences show it."""
    return word if len(word) <= 60 else word[:59] + "…"


def _encodings() -> list[Case]:
    bad = {
        "overlong slash": (b"\xc0\xaf", 0xC0),
        "overlong in three bytes": (b"\xe0\x80\xaf", 0xE0),
        "surrogate encoded": (b"\xed\xa0\x80", 0xED),
        "surrogate pair encoded": (b"\xed\xa0\xbd\xed\xb8\x80", 0xED),
        "lone continuation": (b"\x80", 0x80),
        "latin-1": (b"Br\xfccke", 0xFC),
        "truncated in a text": (b"\xe1\xba x", 0xE1),
        "five bytes": (b"\xf8\x88\x80\x80\x80", 0xF8),
        "beyond the last character": (b"\xf4\x90\x80\x80", 0xF4),
        "the byte FF": (b"\xff", 0xFF),
        "NUL as two bytes": (b"\xc0\x80", 0xC0),
    }
    places = {ROADMAP: "Stone bridge", AGENCIES: "Bridge Department", PROGRESS: "Biên bản"}
    cases = [
        Case(f"{name} in {file}", file, put(place, raw), not_utf8(byte))
        for name, (raw, byte) in bad.items()
        for file, place in places.items()
    ]
    for file in FILES:
        first = {ROADMAP: 0xFD, AGENCIES: 0xE2, PROGRESS: 0xE0}[file]
        cases += [
            Case(f"UTF-16 LE with mark, {file}", file, encoded("utf-16-le", b"\xff\xfe"), not_utf8(0xFF)),
            Case(f"UTF-16 BE with mark, {file}", file, encoded("utf-16-be", b"\xfe\xff"), not_utf8(0xFE)),
            Case(f"UTF-32, {file}", file, encoded("utf-32"), not_utf8(0xFF)),
            Case(f"cp1258, {file}", file, lambda raw: raw.decode().encode("cp1258", "ignore"), not_utf8(first)),
        ]
    cases += [Case(f"truncated at the end, {file}", file, end(b"# \xe1\xba\n"), not_utf8(0xE1)) for file in FILES[:2]]
    cases += [Case("another encoding in a comment of the journal", PROGRESS, end(b"# \xe1\xba\n"), "", HARMLESS)]
    utf16 = "format: 1\nagencies: []\n"
    cases += [
        Case("UTF-16 LE without mark", AGENCIES, whole(utf16.encode("utf-16-le")), cannot_stand(0)),
        Case("UTF-16 BE without mark", AGENCIES, whole(utf16.encode("utf-16-be")), cannot_stand(0)),
        Case("a journal in UTF-16 without mark", PROGRESS, whole(entry().encode("utf-16-le")), ONE_LINE),
        Case("UTF-7", AGENCIES, put("Sở Cầu", "S+Hwc- C+HqY-u"), "", HARMLESS),
    ]
    return cases


def _characters() -> list[Case]:
    refused = [0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x9B, 0x9F, 0xFFFE, 0xFFFF]
    cases = [
        Case(f"U+{code:04X} in a text", ROADMAP, put(EN, f"a{chr(code)}b"), cannot_stand(code)) for code in refused
    ]
    cases += [
        Case(f"U+{code:04X} in a comment", AGENCIES, end(f"# a{chr(code)}b\n"), cannot_stand(code))
        for code in (0x00, 0x0C, 0x1B, 0x9D)
    ]
    cases += [
        Case(f"U+{code:04X} in an entry", PROGRESS, put("Biên bản", chr(code)), CARRIAGE if code == 0x0D else CONTROL)
        for code in (0x00, 0x01, 0x09, 0x0B, 0x0C, 0x0D, 0x1B, 0x1F)
    ]
    harmless = {
        "U+FEFF in the middle": 0xFEFF,
        "right-to-left override": 0x202E,
        "right-to-left isolate": 0x2067,
        "zero-width space": 0x200B,
        "zero-width joiner": 0x200D,
        "word joiner": 0x2060,
        "soft hyphen": 0xAD,
        "private use": 0xE000,
        "astral private use": 0x10FFFD,
        "a noncharacter of Arabic": 0xFDD0,
        "an astral noncharacter": 0x1FFFE,
        "an emoji": 0x1F600,
        "a tag character": 0xE0041,
        "an unassigned character": 0x0378,
        "interlinear annotation": 0xFFF9,
    }
    for name, code in harmless.items():
        cases += [
            Case(f"{name} in a title", ROADMAP, put(EN, f"a{chr(code)}b"), "", HARMLESS),
            Case(f"{name} in a note", PROGRESS, put("Cầu treo", f"a{chr(code)}b"), "", HARMLESS),
        ]
    for code in (0x7F, 0x80, 0x85, 0x9B, 0x2028, 0x2029, 0xFFFE, 0xFFFF):
        cases.append(Case(f"U+{code:04X} raw in a note", PROGRESS, put("Cầu treo", f"a{chr(code)}b"), "", HARMLESS))
    for code in (0x85, 0x2028, 0x2029):
        cases.append(Case(f"U+{code:04X} in a title", ROADMAP, put(EN, f"a{chr(code)}b"), "", HARMLESS))
    escapes = ["\\0", "\\a", "\\e[2J", "\\x9b31m", "\\u202e", "\\ufeff", "\\N", "\\L", "\\uffff", "\\U000e0041"]
    cases += [Case(f"{word} in quotes", ROADMAP, put(EN, f'"a{word}b"'), "", HARMLESS) for word in escapes]
    cases += [
        Case(f"{word} in quotes, which is no character", ROADMAP, put(EN, f'"a{word}b"'), f"this is not YAML: {reason}")
        for word, reason in {
            "\\ud800": "found invalid Unicode character escape code",
            "\\U00110000": "found invalid Unicode character escape code",
            "\\xzz": "did not find expected hexdecimal number",
            "\\q": "found unknown escape character",
        }.items()
    ]
    cases += [Case(f"two byte-order marks, {file}", file, front(b"\xef\xbb\xbf" * 2), "", HARMLESS) for file in FILES]
    cases += [
        Case(f"a byte-order mark before the second line, {file}", file, put("\n", "\n\ufeff"), "", HARMLESS)
        for file in FILES
    ]
    cases += [Case("a byte-order mark before a comment", PROGRESS, end(b"\xef\xbb\xbf# x\n"), "", HARMLESS)]
    return cases


def _yaml_syntax() -> list[Case]:
    letters = "abcdefghi"
    bomb = "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise(letters))
    key_twice = "the key “{}” stands here a second time; first in line {}".format
    return [
        Case("an alias bomb", ROADMAP, end(bomb), "“&a” is an anchor, which a data file may not have"),
        Case(
            "an alias of nothing",
            ROADMAP,
            put(EN, "*nothing"),
            "“*nothing” is an alias, which a data file may not have",
        ),
        Case(
            "an anchor at a key",
            AGENCIES,
            put("code: SC", "&k code: SC"),
            "“&k” is an anchor, which a data file may not have",
        ),
        Case("an anchor of itself", AGENCIES, end("x: &x [*x]\n"), "“*x” is an alias, which a data file may not have"),
        Case(
            "a Python object",
            ROADMAP,
            put(EN, "!!python/object:os.system x"),
            "“!!python/object:os.system” is a tag, which a data file may not have",
        ),
        Case(
            "a Python call",
            ROADMAP,
            put(EN, "!!python/object/apply:os.system ['true']"),
            "“!!python/object/apply:os.system” is a tag, which a data file may not have",
        ),
        Case("!!binary", ROADMAP, put(EN, "!!binary aGVsbG8="), "“!!binary” is a tag, which a data file may not have"),
        Case(
            "!!set", AGENCIES, put("[Bridges]", "!!set {Bridges}"), "“!!set” is a tag, which a data file may not have"
        ),
        Case(
            "!!timestamp",
            ROADMAP,
            put("2010-12-09", "!!timestamp 2010-02-30"),
            "“!!timestamp” is a tag, which a data file may not have",
        ),
        Case(
            "!!int of nothing", ROADMAP, put(YEAR, 'year: !!int ""'), "“!!int” is a tag, which a data file may not have"
        ),
        Case(
            "!!str at a key",
            ROADMAP,
            put("format: 1", "!!str format: 1"),
            "“!!str” is a tag, which a data file may not have",
        ),
        Case("a local tag", ROADMAP, put(EN, "!secret x"), "“!secret” is a tag, which a data file may not have"),
        Case("the tag !", ROADMAP, put(EN, "! x"), "“!” is a tag, which a data file may not have"),
        Case("an undefined tag handle", ROADMAP, put(EN, "!e!x y"), "this is not YAML: found undefined tag handle"),
        Case("a merge key", AGENCIES, end("<<: {format: 1}\n"), "“<<” merges mappings, which a data file may not do"),
        Case("a key that is a list", ROADMAP, end("[a, b]: c\n"), WORD_KEY),
        Case("a key that is a mapping", ROADMAP, end("{a: b}: c\n"), WORD_KEY),
        Case("a key behind a question mark", ROADMAP, end("? a\n: b\n"), "“a” is not known here"),
        Case("a list behind a question mark", ROADMAP, end("? - a\n: b\n"), WORD_KEY),
        Case("a known key behind a question mark", ROADMAP, put("format: 1", "? format\n: 1"), "", HARMLESS),
        Case("a key that is an alias", ROADMAP, end("*a : b\n"), WORD_KEY),
        Case("an empty key", ROADMAP, end(": x\n"), "this is not YAML: did not find expected key"),
        Case("two empty keys", ROADMAP, put("{vi: Mục tiêu, en: Aim}", """{"": x, "": y}"""), key_twice("", 15)),
        Case("a null key", ROADMAP, end("null: x\n"), "“null” is not known here"),
        Case("a quoted empty key", AGENCIES, end('"": x\n'), "“” is not known here"),
        Case("flow lists, 1,000 deep", ROADMAP, end("x: " + "[" * 1000 + "]" * 1000 + "\n"), DEEP),
        Case("flow lists, 5,000,000 deep", ROADMAP, end("x: " + "[" * 5_000_000 + "\n"), DEEP, big=True),
        Case("flow mappings, 100,000 deep", AGENCIES, end("x: " + "{a: " * 100_000 + "\n"), DEEP),
        Case("block lists, 1,000 deep", ROADMAP, end("x:\n" + "- " * 1000 + "y\n"), DEEP),
        Case(
            "block mappings, 300 deep", AGENCIES, end("x:\n" + "".join(" " * n + "a:\n" for n in range(1, 300))), DEEP
        ),
        Case("complex keys, 10,000 deep", AGENCIES, end("? " * 10_000 + "x\n"), WORD_KEY),
        Case("ten megabytes in a text", ROADMAP, put(EN, b"x" * 10_000_000), LONG, big=True),
        Case("ten megabytes in a code", AGENCIES, put("code: SC", b"code: " + b"x" * 10_000_000), LONG, big=True),
        Case(
            "ten megabytes in a key",
            AGENCIES,
            end(b'"' + b"x" * 10_000_000 + b'": 1\n'),
            "this is not YAML: could not find expected ':'",
            big=True,
        ),
        Case(
            "ten megabytes in a heading",
            ROADMAP,
            put("    I: ", b"    ? " + b"x" * 10_000_000 + b"\n    : "),
            LONG,
            big=True,
        ),
        Case(
            "ten megabytes in a date",
            ROADMAP,
            put("2010-12-09", b"x" * 10_000_000),
            f"“{cut_word('x' * 99)}” is not a date",
            big=True,
        ),
        Case("ten megabytes of blanks", ROADMAP, end(b" " * 10_000_000), "", HARMLESS, big=True),
        Case("900,000 lines of comments", ROADMAP, end(b"# 3456789\n" * 900_000), "", HARMLESS, big=True),
        Case(
            "15,000,000 blank lines in the roadmap",
            ROADMAP,
            whole("\n" * 15_000_000),
            "this file has 15000000 lines; a file may have 1000000",
            big=True,
        ),
        Case(
            "conflict markers behind 900,000 lines",
            ROADMAP,
            end("# 3456789\n" * 900_000 + "<<<<<<< a\n" * 200),
            CONFLICT,
            big=True,
        ),
        Case(
            "control characters behind 900,000 lines",
            AGENCIES,
            end("# 3456789\n" * 900_000 + "\x01\n" * 200),
            cannot_stand(1),
            big=True,
        ),
        Case(
            "8,000,000 values",
            ROADMAP,
            end("x: [" + "1," * 8_000_000 + "]\n"),
            "this is more than a file may have: 300000 values",
            big=True,
        ),
        Case(
            "290,000 values where none belongs",
            ROADMAP,
            end("x: [" + "1," * 290_000 + "]\n"),
            "“x” is not known here",
            big=True,
        ),
        Case(
            "290,000 values in the place of milestones",
            ROADMAP,
            put("    milestones:\n", "    milestones: [" + "1," * 290_000 + "]\n    x:\n"),
            KEYS,
            big=True,
        ),
        Case(
            "290,000 empty agencies",
            AGENCIES,
            whole("format: 1\nagencies: [" + "{}," * 290_000 + "]\n"),
            "“id” is missing here",
            big=True,
        ),
        Case(
            "200,000 keys in one mapping",
            AGENCIES,
            end("x:\n" + "".join(f"  a{number}: 1\n" for number in range(200_000))),
            "this is more than a mapping may have: 10000 keys",
            big=True,
        ),
        Case(
            "sixteen megabytes and one byte",
            ROADMAP,
            lambda raw: raw + b"#" * ((16 << 20) + 1 - len(raw)),
            "this file has 17 MB; a file may have 16",
            big=True,
        ),
        Case(
            "a literal block for a text",
            ROADMAP,
            put("en: A bridge for every village.", "en: |\n      A bridge\n      for all\n"),
            "",
            HARMLESS,
        ),
        Case(
            "a folded block for a text",
            ROADMAP,
            put("en: A bridge for every village.", "en: >-\n      A bridge\n\n      for all\n"),
            "",
            HARMLESS,
        ),
        Case(
            "a literal block with an odd head",
            ROADMAP,
            put("en: A bridge for every village.", "en: |99\n      A\n"),
            "this is not YAML: did not find expected comment or line break",
        ),
        Case("a literal block that is empty", ROADMAP, put("en: A bridge for every village.", "en: |\n"), NO_TEXT),
        Case("%YAML 1.1", ROADMAP, front("%YAML 1.1\n---\n"), "", HARMLESS),
        Case("%YAML 1.2", ROADMAP, front("%YAML 1.2\n---\n"), "", HARMLESS),
        Case("%YAML 2.0", ROADMAP, front("%YAML 2.0\n---\n"), "this is not YAML: found incompatible YAML document"),
        Case(
            "%YAML twice",
            ROADMAP,
            front("%YAML 1.1\n%YAML 1.1\n---\n"),
            "this is not YAML: found duplicate %YAML directive",
        ),
        Case(
            "%TAG",
            ROADMAP,
            lambda raw: b"%TAG !e! tag:evil.example,2000:\n---\n" + raw.replace(b"Stone bridge", b"!e!x y"),
            "“tag:evil.example,2000:x” is a tag, which a data file may not have",
        ),
        Case(
            "an unknown directive", ROADMAP, front("%EVIL x\n---\n"), "this is not YAML: found unknown directive name"
        ),
        Case("a second document", AGENCIES, end("---\nx: 1\n"), SECOND),
        Case("a second document that is empty", AGENCIES, end("---\n"), SECOND),
        Case("three dots at the end", AGENCIES, end("...\n"), "", HARMLESS),
        Case(
            "text behind three dots",
            AGENCIES,
            end("...\nx: 1\n"),
            "this is not YAML: did not find expected <document start>",
        ),
        Case(
            "three dots in the middle",
            AGENCIES,
            put("agencies:", "...\nagencies:"),
            "this is not YAML: did not find expected <document start>",
        ),
        Case("not YAML behind a second document", AGENCIES, end("---\n[\n"), SECOND),
        Case("a key twice at the top", ROADMAP, end("format: 1\n"), key_twice("format", 1)),
        Case("a key twice in the programme", ROADMAP, put("  adopted:", "  id: x\n  adopted:"), key_twice("id", 4)),
        Case("a heading twice", ROADMAP, put("    III: {", "    II: {vi: a, en: b}\n    III: {"), key_twice("II", 16)),
        Case("a language twice", ROADMAP, put(EN, "x, en: y"), key_twice("en", 28)),
        Case(
            "a key of an agency twice",
            AGENCIES,
            put("    code: SC\n", "    code: SC\n    code: SC\n"),
            key_twice("code", 6),
        ),
        Case(
            "a key of a duty twice", AGENCIES, put("clause: IV.1", "clause: IV.1, clause: IV.2"), key_twice("clause", 9)
        ),
        Case(
            "a key twice, quoted and not", ROADMAP, put("format: 1", 'format: 1\n"format": 1'), key_twice("format", 1)
        ),
        Case(
            "a key twice, composed and not",
            ROADMAP,
            put("    I: {", "    á: {vi: a, en: b}\n    á: {vi: a, en: b}\n    I: {"),
            key_twice("á", 15),
        ),
        *(
            Case(
                f"{word} for true",
                ROADMAP,
                put("tentative: true", f"tentative: {word}"),
                f"“{word}” without quotes is yes or no to some YAML readers and a word to others",
            )
            for word in ("yes", "NO", "On", "off", "y", "N")
        ),
        *(
            Case(
                f"{word} for a constant",
                ROADMAP,
                put("tentative: true", f"tentative: {word}"),
                f"“{word}” without quotes is a word here and something else to other YAML readers",
            )
            for word in ("TRUE", "False", "NULL", "Null")
        ),
        Case(
            "~ for nothing",
            ROADMAP,
            put("tentative: true", "tentative: ~"),
            "“~” is nothing to some YAML readers and a word to others",
        ),
        Case(
            "an octal number",
            ROADMAP,
            put(YEAR, "year: 03734"),
            "“03734” without quotes is 2012 to some YAML readers and 03734 to others",
        ),
        Case(
            "an octal number of 1.2",
            ROADMAP,
            put(YEAR, "year: 0o3734"),
            "“0o3734” without quotes is 2012 to some YAML readers and 0o3734 to others",
        ),
        Case(
            "an octal number that is none",
            ROADMAP,
            put(YEAR, "year: 0999"),
            "“0999” without quotes is ? to some YAML readers and 0999 to others",
        ),
        Case(
            "a hexadecimal number",
            ROADMAP,
            put(YEAR, "year: 0x7DC"),
            "“0x7DC” without quotes is 2012 to some YAML readers and 0x7DC to others",
        ),
        Case(
            "an octal number of 9,000 digits",
            ROADMAP,
            put(YEAR, "year: 0" + "7" * 9000),
            f"“{cut_word('0' + '7' * 99)}” without quotes is ? to some YAML readers and {cut_word('0' + '7' * 99)} to others",
        ),
        Case(
            "a hexadecimal number of 9,000 digits",
            ROADMAP,
            put(YEAR, "year: 0x" + "F" * 9000),
            f"“{cut_word('0x' + 'F' * 99)}” without quotes is ? to some YAML readers and {cut_word('0x' + 'F' * 99)} to others",
        ),
        Case(
            "base sixty",
            ROADMAP,
            put(YEAR, "year: 33:32"),
            "“33:32” without quotes is a number in base sixty to some YAML readers",
        ),
        Case(
            "base sixty of 300,000 digits",
            ROADMAP,
            put(YEAR, "year: 1" + ":01" * 100_000),
            f"“{cut_word('1' + ':01' * 30)}” without quotes is a number in base sixty to some YAML readers",
        ),
        Case(
            "an underscore in a number",
            ROADMAP,
            put(YEAR, "year: 2_012"),
            "“2_012” without quotes is a number to some YAML readers and a word to others",
        ),
        Case(
            "a plus before a number",
            ROADMAP,
            put(YEAR, "year: +2012"),
            "“+2012” without quotes is a number to some YAML readers and a word to others",
        ),
        *(
            Case(
                f"{word} for a year",
                ROADMAP,
                put(YEAR, f"year: {word}"),
                f"a whole number belongs here, not “{word.strip(chr(34))}”",
            )
            for word in (
                ".inf",
                "-.INF",
                ".nan",
                "2012.0",
                "2e3",
                "1e999",
                '"2012"',
                "0b101",
                "٢٠١٢",
                "²",
                "2012-01-01",
                "9" * 30,
            )
        ),
        Case(
            "a number of a million digits",
            ROADMAP,
            put(YEAR, "year: " + "9" * 1_000_000),
            f"a whole number belongs here, not “{cut_word('9' * 99)}”",
        ),
        Case(
            "the largest number",
            ROADMAP,
            put(YEAR, "year: " + "9" * 18),
            "999999999999999999 is too large: 2200 is the most",
        ),
        Case("a tab for indentation", ROADMAP, put("    milestones:", "\tmilestones:"), TAB),
        Case("tabs for all indentation", AGENCIES, lambda raw: raw.replace(b"  ", b"\t"), TAB),
        Case("a tab behind a colon", AGENCIES, put("code: SC", "code:\tSC"), "", HARMLESS),
        Case("an open double quote", ROADMAP, put(EN, '"Stone'), QUOTE),
        Case("an open single quote", ROADMAP, put(EN, "'Stone"), QUOTE),
        Case("an open list", ROADMAP, put("[III.1]", "[III.1"), "this is not YAML: did not find expected ',' or ']'"),
        Case(
            "an open mapping",
            ROADMAP,
            put("en: Bridges}", "en: Bridges"),
            "this is not YAML: did not find expected ',' or '}'",
        ),
        Case("a bracket too many", ROADMAP, put("[III.1]", "[III.1]]"), "this is not YAML: did not find expected key"),
        Case(
            "a comma too many",
            ROADMAP,
            put("[III.1]", "[III.1,,]"),
            "this is not YAML: did not find expected node content",
        ),
        Case("a colon in a text", ROADMAP, put("timing: hàng năm", "timing: hàng: năm"), COLON),
        Case(
            "an at sign",
            ROADMAP,
            put("timing: hàng năm", "timing: @năm"),
            "this is not YAML: found character that cannot start any token",
        ),
        Case(
            "a backtick",
            ROADMAP,
            put("timing: hàng năm", "timing: `năm`"),
            "this is not YAML: found character that cannot start any token",
        ),
        Case(
            "a percent sign",
            ROADMAP,
            put("timing: hàng năm", "timing: %năm"),
            "this is not YAML: found character that cannot start any token",
        ),
        Case(
            "an ampersand alone",
            ROADMAP,
            put("timing: hàng năm", "timing: & năm"),
            "this is not YAML: did not find expected alphabetic or numeric character",
        ),
        Case(
            "an asterisk alone",
            ROADMAP,
            put("timing: hàng năm", "timing: * năm"),
            "this is not YAML: did not find expected alphabetic or numeric character",
        ),
        Case(
            "a list item at the wrong depth",
            ROADMAP,
            put("      - id: rope-bridges", "     - id: rope-bridges"),
            "this is not YAML: did not find expected key",
        ),
        Case(
            "a key at the wrong depth",
            AGENCIES,
            put("    code: SC", "   code: SC"),
            "this is not YAML: did not find expected '-' indicator",
        ),
        *(
            Case(f"conflict marker {mark.strip()} in {file}", file, end(f"{mark}\n"), CONFLICT)
            for file in FILES
            for mark in ("<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base", "<<<<<<<")
        ),
        Case(
            "a conflict marker with Windows line ends",
            ROADMAP,
            end("<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n"),
            CONFLICT,
        ),
        Case(
            "a conflict marker in a block text",
            ROADMAP,
            put("en: A bridge for every village.", "en: |\n      a\n<<<<<<< HEAD\n      b\n"),
            CONFLICT,
        ),
        Case("100,000 conflict markers", ROADMAP, end("=======\n" * 100_000), CONFLICT, big=True),
        Case("100,000 conflict markers in a journal", PROGRESS, end("=======\n" * 100_000), CONFLICT, big=True),
        Case("100,000 control characters", ROADMAP, end("# \x01\n" * 100_000), cannot_stand(1), big=True),
        Case(
            "1,000,000 aliases",
            AGENCIES,
            end("x: [" + "*a, " * 1_000_000 + "]\n"),
            "“*a” is an alias, which a data file may not have",
            big=True,
        ),
        Case("900,000 duplicate keys", AGENCIES, end("x:\n" + "  a: 1\n" * 900_000), key_twice("a", 17), big=True),
        Case("eight equals signs", ROADMAP, end("# ok\n# ========\n"), "", HARMLESS),
        Case("line ends of the old Macintosh", ROADMAP, lambda raw: raw.replace(b"\n", b"\r"), "", HARMLESS),
        Case("line ends of the old Macintosh, agencies", AGENCIES, lambda raw: raw.replace(b"\n", b"\r"), "", HARMLESS),
        Case("a form feed between the parts", ROADMAP, put("\nworkstreams:", "\n\f\nworkstreams:"), cannot_stand(12)),
        Case("no line end at the end", ROADMAP, lambda raw: raw.rstrip(), "", HARMLESS),
        *(
            Case(f"{name} for {file}", file, whole(content), EMPTY)
            for file in (ROADMAP, AGENCIES)
            for name, content in {
                "nothing": "",
                "blanks": " \n\n ",
                "a comment": "# x\n",
                "null": "null\n",
                "a mark": b"\xef\xbb\xbf",
                "---": "---\n",
            }.items()
        ),
        *(
            Case(f"{name} for {file}", file, whole(content), KEYS)
            for file in (ROADMAP, AGENCIES)
            for name, content in {
                "a word": "word\n",
                "a number": "1\n",
                "a list": "- a\n",
                "true": "true\n",
                "a flow list": "[]\n",
                "a quoted text": '"x"\n',
            }.items()
        ),
        Case("a picture for the roadmap", ROADMAP, whole(b"\x89PNG\r\n\x1a\n\0\0\0"), not_utf8(0x89)),
        Case("a zip for the roadmap", ROADMAP, whole(b"PK\x03\x04\x14\0\x06\0"), cannot_stand(3)),
        Case("a program for the agencies", AGENCIES, whole(b"\x7fELF\x02\x01\x01\0\0"), cannot_stand(0x7F)),
        Case("HTML for the agencies", AGENCIES, whole("<html><body>404</body></html>\n"), KEYS),
        Case("JSON for the agencies", AGENCIES, whole('{"format": 1, "agencies": []}'), NO_ITEM),
    ]


def _models() -> list[Case]:
    not_known = "“{}” is not known here".format
    missing = "“{}” is missing here".format
    no_id = "“{}” cannot be an id".format
    text_not = "a text belongs here, not {}".format
    number_not = "a whole number belongs here, not “{}”".format
    places = {
        "the format": ("format: 1", "format: {}"),
        "the period": ("{first: 2011, last: 2013}\n  coordinator", "{}\n  coordinator"),
        "the title": ("{vi: Chương trình cầu, en: Bridges}", "{}"),
        "the outline": ("{vi: Mục tiêu, en: Aim}", "{}"),
        "a schedule": ("{kind: once, year: 2012, tentative: true}", "{}"),
        "a target": ("{least: 2, most: 3, vi: cầu, en: bridges}", "{}"),
        "clauses": ("[III.1]", "{}"),
        "a timing": ("2011–2013", "{}"),
        "an objective": ("{clause: II.1, vi: Xây cầu, en: Build bridges}", "{}"),
        "a coordinator": ("coordinator: SoCau", "coordinator: {}"),
        "a date": ("2010-12-09", "{}"),
        "a year": ("year: 2012", "year: {}"),
        "tentative": ("tentative: true", "tentative: {}"),
    }
    values = {"null": "null", "true": "true", "2012": "2012", "[…]": "[1, 2]", "{…}": "{a: 1}", "word": "word"}
    mapping = dict.fromkeys(values, KEYS) | {"{…}": None}
    said: dict[str, dict[str, str | None]] = {
        "the format": {
            "null": number_not("null"),
            "true": number_not("true"),
            "2012": "this file is of format 2012, which is newer than this cbfa",
            "word": number_not("word"),
        },
        "the period": mapping,
        "the title": mapping,
        "the outline": mapping,
        "a schedule": mapping,
        "a target": mapping | {"null": None},
        "clauses": dict.fromkeys(values, LIST) | {"[…]": text_not("1")},
        "a timing": {shown: text_not(shown) for shown in values} | {"null": None, "word": None},
        "an objective": mapping,
        "a coordinator": {shown: text_not(shown) for shown in values} | {"word": "there is no agency “word”"},
        "a date": {shown: f"“{shown}” is not a date" for shown in values},
        "a year": {shown: number_not(shown) for shown in values} | {"2012": None},
        "tentative": {shown: f"true or false belongs here, not “{shown}”" for shown in values} | {"true": None},
    }
    wrong_types = [
        Case(f"{shown} for {place}", ROADMAP, put(old, new.replace("{}", values[shown])), sentence)
        for place, (old, new) in places.items()
        for shown, sentence in said[place].items()
        if sentence is not None
    ]
    agency_types = [
        Case(f"{shown} for the agencies", AGENCIES, whole(f"format: 1\nagencies: {values[shown]}\n"), LIST)
        for shown in ("null", "true", "2012", "{…}", "word")
    ]
    agency_types += [
        Case(f"{shown} for the {field} of an agency", AGENCIES, put(old, f"{field}: {values[shown]}"), sentence)
        for field, old, sentences in [
            (
                "name",
                "name: {vi: Sở Cầu, en: Bridge Department}",
                dict.fromkeys(("null", "true", "2012", "[…]", "word"), KEYS),
            ),
            ("code", "code: SC", {shown: text_not(shown) for shown in ("true", "2012", "[…]", "{…}")}),
            ("aliases", "aliases: [Bridges]", dict.fromkeys(("null", "true", "2012", "{…}", "word"), LIST)),
            ("id", "id: SoDay", {shown: text_not(shown) for shown in ("null", "true", "2012", "[…]", "{…}")}),
        ]
        for shown, sentence in sentences.items()
    ]
    ids = [
        "Stone",
        "stone_bridge",
        "stone--bridge",
        "-stone",
        "stone-",
        "cầu-đá",
        "stone bridge",
        "1-stone",
        "stоne",
        "../x",
        "a;b",
        "stone@2012",
        "$(id)",
    ]
    odd_ids = [Case(f"the id {word}", ROADMAP, put("id: stone-bridge", f'id: "{word}"'), no_id(word)) for word in ids]
    odd_ids += [
        Case(f"the agency id {word}", AGENCIES, put("id: SoDay", f'id: "{word}"'), no_id(word))
        for word in ["Sở Dây", "So-Day", "1So", "So.Day", "SoDay\\n", "SоDay"]
    ]
    odd_ids[-2] = Case("an agency id with a line end", AGENCIES, put("id: SoDay", 'id: "SoDay\\n"'), no_id("SoDay "))
    lines = "".join(
        f"      - id: m-{n}\n        title: {{vi: a, en: b}}\n        clauses: [III.1]\n"
        "        schedule: {kind: undated}\n        lead: {agency: SoCau, basis: IV.1}\n"
        for n in range(20_000)
    )
    wrong = "".join(
        f"      - id: m-{n}\n        title: {{vi: a, en: b}}\n        clauses: [III.9]\n"
        "        schedule: {kind: undated}\n        lead: {agency: SoXau, basis: IV.1}\n"
        for n in range(3000)
    )
    yearly = "".join(
        f"      - id: m-{n}\n        title: {{vi: a, en: b}}\n        clauses: [III.1]\n"
        "        schedule: {kind: yearly, first: 2011, last: 2013}\n        lead: {agency: SoCau, basis: IV.1}\n"
        for n in range(2000)
    )
    unknown = "".join(f"{n}key: 1\n" for n in range(5000))
    near = ["".join(chr(0x4E00 + (n * step) % 100) for n in range(8000)) for step in (7, 11, 13, 17)]
    return [
        *wrong_types,
        *agency_types,
        *odd_ids,
        Case(
            "a tag of a megabyte",
            ROADMAP,
            put(EN, "!" + "x" * 1_000_000 + " y"),
            f"“{cut_word('!' + 'x' * 99)}” is a tag, which a data file may not have",
        ),
        Case(
            "an anchor of a megabyte",
            ROADMAP,
            put(EN, "&" + "x" * 1_000_000 + " y"),
            f"“&{cut_word('x' * 99)}” is an anchor, which a data file may not have",
        ),
        Case(
            "an event of 100,000 characters",
            PROGRESS,
            end(entry(event="x" * 100_000)),
            f"there is no event “{cut_word('x' * 99)}”",
        ),
        Case(
            "a moment of 100,000 characters",
            PROGRESS,
            end(entry(recorded="x" * 100_000)),
            f"“{cut_word('x' * 99)}” is not a moment in time",
        ),
        Case(
            "a field of 100,000 characters",
            PROGRESS,
            end(entry(**{"x" * 100_000: 1})),
            f"“{cut_word('x' * 99)}” is not known here",
        ),
        Case("an unknown key at the top", ROADMAP, end("colour: red\n"), not_known("colour")),
        Case(
            "an unknown key in the programme",
            ROADMAP,
            put("  adopted:", "  colour: red\n  adopted:"),
            not_known("colour"),
        ),
        Case("an unknown key in a schedule", ROADMAP, put("tentative: true", "colour: red"), not_known("colour")),
        Case(
            "an unknown key in a duty", AGENCIES, put("clause: IV.1", "clause: IV.1, colour: red"), not_known("colour")
        ),
        Case("a private name", ROADMAP, end("__class__: x\n"), not_known("__class__")),
        Case("a name of pydantic's", ROADMAP, end("model_config: x\n"), not_known("model_config")),
        *(
            Case(f"a milestone without {field}", ROADMAP, put(old, new), missing(field))
            for field, old, new in [
                ("title", "        title: {vi: Cầu đá, en: Stone bridge}\n", ""),
                ("clauses", "        clauses: [III.1]\n", ""),
                ("schedule", "        schedule: {kind: once, year: 2012, tentative: true}\n", ""),
                ("id", "- id: stone-bridge\n        title", "- title"),
                ("year", "year: 2012, ", ""),
                ("kind", "kind: once, ", ""),
                ("first", "{kind: span, first: 2011, last", "{kind: span, last"),
                ("agency", "agency: SoDay\n            basis", "basis"),
                ("en", ", en: Stone bridge", ""),
                ("vi", "vi: Cầu đá, ", ""),
                ("least", "least: 2, ", ""),
            ]
        ),
        *(
            Case(f"a roadmap without {field}", ROADMAP, put(old, ""), missing(field))
            for field, old in [
                ("format", "format: 1\n"),
                ("adopted", "  adopted: 2010-12-09\n"),
                ("coordinator", "  coordinator: SoCau\n"),
                ("period", "  period: {first: 2011, last: 2013}\n"),
                ("legal_basis", "  legal_basis: {vi: Nghị quyết 1, en: Resolution 1}\n"),
            ]
        ),
        Case("agencies without format", AGENCIES, put("format: 1\n", ""), missing("format")),
        Case("agencies without agencies", AGENCIES, whole("format: 1\n"), missing("agencies")),
        Case("no workstreams", ROADMAP, lambda raw: raw[: raw.index(b"workstreams:")] + b"workstreams: []\n", NO_ITEM),
        Case("no clauses", ROADMAP, put("[III.1]", "[]"), NO_ITEM),
        Case("an empty outline", ROADMAP, whole("format: 1\nprogramme: {outline: {}}\n"), NO_ITEM),
        Case("an empty text", ROADMAP, put(EN, '""'), NO_TEXT),
        Case("an empty timing", ROADMAP, put("dự kiến năm 2012", '""'), NO_TEXT),
        Case("an empty code", AGENCIES, put("code: SC", 'code: ""'), NO_TEXT),
        Case("an empty alias", AGENCIES, put("[Bridges]", '[""]'), NO_TEXT),
        Case("an empty id", ROADMAP, put("id: stone-bridge", 'id: ""'), NO_TEXT),
        Case("an empty clause", ROADMAP, put("[III.1]", '[""]'), NO_TEXT),
        Case("the year 0", ROADMAP, put(YEAR, "year: 0"), "0 is too small: 1900 is the least"),
        Case("the year -1", ROADMAP, put(YEAR, "year: -1"), "-1 is too small: 1900 is the least"),
        Case("the year 99999", ROADMAP, put(YEAR, "year: 99999"), "99999 is too large: 2200 is the most"),
        Case("the year 1899", ROADMAP, put(YEAR, "year: 1899"), "1899 is too small: 1900 is the least"),
        Case("the year 2201", ROADMAP, put(YEAR, "year: 2201"), "2201 is too large: 2200 is the most"),
        Case("a year outside the programme", ROADMAP, put(YEAR, "year: 2200"), "2200 lies outside the programme"),
        Case(
            "a programme that ends before it starts",
            ROADMAP,
            put("{first: 2011, last: 2013}\n  coord", "{first: 2013, last: 2011}\n  coord"),
            "the programme ends in 2011, before it starts in 2013",
        ),
        Case(
            "a schedule that ends before it starts",
            ROADMAP,
            put("kind: span, first: 2011, last: 2013", "kind: span, first: 2013, last: 2011"),
            "it ends in 2011, before it starts in 2013",
        ),
        Case(
            "a period from 1900 to 2200",
            ROADMAP,
            put("{first: 2011, last: 2013}\n  coord", "{first: 1900, last: 2200}\n  coord"),
            "",
            HARMLESS,
        ),
        Case(
            "a least above the most",
            ROADMAP,
            put("least: 2, most: 3", "least: 4, most: 3"),
            "the least, 4, is above the most, 3",
        ),
        Case("a least of 18 digits", ROADMAP, put("least: 2, most: 3", "least: 999999999999999999"), "", HARMLESS),
        Case("a negative least", ROADMAP, put("least: 2", "least: -2"), "-2 is too small: 1 is the least"),
        Case(
            "1000 clauses under a heading",
            ROADMAP,
            put("II: {clauses: 1,", "II: {clauses: 1000,"),
            "1000 is too large: 999 is the most",
        ),
        Case(
            "998 clauses that nobody cites",
            ROADMAP,
            put("II: {clauses: 1,", "II: {clauses: 999,"),
            "nothing cites the clause II.2",
        ),
        Case(
            "999,000 clauses that nobody cites",
            ROADMAP,
            put("    II: {", "".join(f"    h{n}: {{clauses: 999, vi: a, en: b}}\n" for n in range(1000)) + "    II: {"),
            "nothing cites the clause h0.1",
            big=True,
        ),
        Case(
            "a day that does not exist",
            ROADMAP,
            put("2010-12-09", "2011-02-29"),
            "“2011-02-29” does not exist: month 2 of 2011 has 28 days",
        ),
        Case(
            "the year 0000", ROADMAP, put("2010-12-09", "0000-01-01"), "“0000-01-01” does not exist: years begin with 1"
        ),
        Case("the first of all days", ROADMAP, put("2010-12-09", "0001-01-01"), "", HARMLESS),
        Case("the last of all days", ROADMAP, put("2010-12-09", "9999-12-31"), "", HARMLESS),
        Case("a date in other digits", ROADMAP, put("2010-12-09", "٢٠١٠-١٢-٠٩"), "“٢٠١٠-١٢-٠٩” is not a date"),
        Case(
            "a schedule of no kind", ROADMAP, put("kind: once", "kind: never"), "there is no kind of schedule “never”"
        ),
        Case("a kind that is a list", ROADMAP, put("kind: once", "kind: [once]"), "there is no kind of schedule “[…]”"),
        Case("a kind that is a number", ROADMAP, put("kind: once", "kind: 1"), "there is no kind of schedule “1”"),
        Case(
            "a part of no year",
            ROADMAP,
            put("tentative: true", "part: Q5"),
            "“Q5” is none of the words that can stand here",
        ),
        Case(
            "a part that is a mapping",
            ROADMAP,
            put("tentative: true", "part: {a: 1}"),
            "“{…}” is none of the words that can stand here",
        ),
        Case("two bases", ROADMAP, put("basis: IV.1", "basis: IV.1\n          inferred: {vi: a, en: b}"), BOTH),
        Case("no basis", ROADMAP, put("          basis: IV.1\n", ""), BOTH),
        Case(
            "an id twice", ROADMAP, put("id: rope-bridges", "id: stone-bridge"), "the id “stone-bridge” is used twice"
        ),
        Case("an agency twice", AGENCIES, put("id: SoDay", "id: SoCau"), "the id “SoCau” is used twice"),
        Case(
            "two agencies of one name", AGENCIES, put("vi: Sở Dây", "vi: SỞ CẦU"), "“SỞ CẦU” names both SoCau and SoDay"
        ),
        Case("an alias without letters", AGENCIES, put("[Bridges]", '["!!!", "???"]'), "", HARMLESS),
        Case(
            "two agencies with an alias without letters",
            AGENCIES,
            lambda raw: raw.replace(b"[Bridges]", b'["!!!"]').replace(b"code: SD", b'code: SD\n    aliases: ["..."]'),
            "",
            HARMLESS,
        ),
        Case(
            "a workstream of no heading", ROADMAP, put("number: III", "number: IX"), "the outline has no heading “IX”"
        ),
        Case("a clause of no heading", ROADMAP, put("[III.1]", "[III.1, IX.1]"), "the outline has no clause “IX.1”"),
        Case(
            "an objective that does not exist",
            ROADMAP,
            put("serves: [II.1]", "serves: [II.1, II.2]"),
            "no objective has the clause “II.2”",
        ),
        Case(
            "an agency that supports itself",
            ROADMAP,
            put("- agency: SoDay", "- agency: SoCau"),
            "SoCau is assigned to this milestone twice",
        ),
        Case(
            "due 367 days soon",
            ROADMAP,
            put("  outline:", "  due_soon_days: 367\n  outline:"),
            "367 is too large: 366 is the most",
        ),
        Case(
            "20,000 milestones",
            ROADMAP,
            put("      - id: rope-bridges", lines + "      - id: rope-bridges"),
            "",
            HARMLESS,
            big=True,
        ),
        Case(
            "2,000 milestones every year",
            ROADMAP,
            put("      - id: rope-bridges", yearly + "      - id: rope-bridges"),
            "",
            HARMLESS,
        ),
        Case(
            "3,000 milestones of unknown agencies and clauses",
            ROADMAP,
            put("      - id: rope-bridges", wrong + "      - id: rope-bridges"),
            "there is no agency “SoXau”",
            big=True,
        ),
        Case(
            "3,000 milestones with a wrong type",
            ROADMAP,
            put(
                "      - id: rope-bridges",
                wrong.replace("{vi: a, en: b}", "{vi: a, en: 1}") + "      - id: rope-bridges",
            ),
            text_not("1"),
            big=True,
        ),
        Case("5,000 unknown keys", AGENCIES, end(unknown), not_known("0key"), big=True),
        Case("5,000 unknown keys in the roadmap", ROADMAP, end(unknown), not_known("0key"), big=True),
        Case(
            "5,000 agencies without a name",
            AGENCIES,
            end("".join(f"  - id: A{n}\n" for n in range(5000))),
            missing("name"),
            big=True,
        ),
        Case(
            "long headings that are nearly alike",
            ROADMAP,
            put("    II: {", "".join(f"    ? {word}\n    : {{vi: a, en: b}}\n" for word in near[:2]) + "    II: {"),
            f"nothing cites the clause {cut_word(near[0])}",
            big=True,
        ),
        Case(
            "long clauses that are nearly alike",
            ROADMAP,
            lambda raw: put("[III.1]", "[III.1, " + ", ".join(near[2:] * 10) + "]")(
                put("    II: {", f"    ? {near[0]}\n    : {{vi: a, en: b}}\n    II: {{")(raw)
            ),
            f"the outline has no clause “{cut_word(near[2])}”",
            big=True,
        ),
    ]


def _journal() -> list[Case]:
    not_json = "this is not JSON: {}".format
    keyed = "the roadmap has no occurrence “{}”".format
    twice = "the key “{}” stands twice in this entry".format
    moment = "“{}” is not a moment in time".format
    half = "this text has half a character in it"
    cyclic = taking_back("r-1", "r-2") + taking_back("r-2", "r-1")
    many = "".join(line_of(Entry.model_validate(fields_of(id=f"m-{n}", note=f"Lần {n}"))) for n in range(100_000))
    bad_events = "".join(entry(id=f"m-{n}", event="finished") for n in range(10_000))
    bad_keys = "".join(entry(id=f"m-{n}", key=f"rope-brigde-{n}") for n in range(10_000))
    many_keys = ", ".join(f'"{n}": 1' for n in range(20_000))
    same = entry(note="a") + entry(note="b")

    def said(*records: str) -> str:
        return "two records share the id e-3 and differ: " + " / ".join(records)

    fields = '"on":"2011-07-01","key":"rope-bridges","event":"progress",'
    recorded = '"recorded":"2011-07-02T08:00:00+07:00"}'
    torn = [
        '- {"id"',
        "-",
        "- {",
        "x",
        entry().rstrip("\n"),
        entry() + "- ",
        "#",
        "- {}",
        "\ufeff",
        "\0" * 4096,
        b"\xff\xfe",
        b"\xe1\xba",
    ]
    return [
        Case(
            "an entry in block style",
            PROGRESS,
            end("- id: e-3\n  on: 2011-07-01\n  key: rope-bridges\n  event: progress\n"),
            ONE_LINE,
        ),
        Case(
            "an entry in flow style",
            PROGRESS,
            end("- {id: e-3, on: 2011-07-01}\n"),
            not_json("Expecting property name enclosed in double quotes"),
        ),
        Case("an entry without its dash", PROGRESS, end(entry()[2:]), ONE_LINE),
        Case("an entry with two blanks", PROGRESS, end(entry().replace("- {", "-  {")), ONE_LINE),
        Case("an entry that is indented", PROGRESS, end(" " + entry()), ONE_LINE),
        Case("an entry behind a tab", PROGRESS, end(entry().replace("- {", "-\t{")), ONE_LINE),
        Case("a JSON array", PROGRESS, end("[" + entry()[2:].strip() + "]\n"), ONE_LINE),
        Case("an array in an entry", PROGRESS, end("- [1, 2]\n"), ONE_LINE),
        Case("a word", PROGRESS, end("- word\n"), ONE_LINE),
        Case("a number", PROGRESS, end("2012\n"), ONE_LINE),
        Case("null", PROGRESS, end("- null\n"), ONE_LINE),
        Case("the sign of a document", PROGRESS, front("---\n"), ONE_LINE),
        Case("an empty list", PROGRESS, whole("[]\n"), ONE_LINE),
        Case("an empty entry", PROGRESS, end("- {}\n"), "“id” is missing here"),
        Case("a literal block", PROGRESS, end("- |\n  x\n"), ONE_LINE),
        Case("an alias bomb in block style", PROGRESS, end("- &a [x]\n- &b [*a, *a]\n"), ONE_LINE),
        Case("a Python object in the journal", PROGRESS, end("- !!python/object:os.system {}\n"), ONE_LINE),
        Case("lists, 1,000 deep", PROGRESS, end(with_raw("note", "[" * 1000 + "]" * 1000)), DEEP),
        Case("lists, 100,000 deep", PROGRESS, end(with_raw("note", "[" * 100_000 + "]" * 100_000)), DEEP),
        Case("lists that do not close, 100,000 deep", PROGRESS, end(with_raw("note", "[" * 100_000)), DEEP),
        Case("objects, 1,000 deep", PROGRESS, end(with_raw("note", '{"a":' * 1000 + "1" + "}" * 1000)), DEEP),
        Case("lists, 21 deep", PROGRESS, end(with_raw("note", "[" * 21 + "]" * 21)), DEEP),
        Case("a key twice", PROGRESS, end(with_raw("id", '"e-4"')), twice("id")),
        Case("a key twice within", PROGRESS, end(with_raw("note", '{"a":1,"a":2}')), twice("a")),
        Case("a field twice", PROGRESS, end(with_raw("á", '1, "á": 2')), twice("á")),
        Case("a key twice by an escape", PROGRESS, end(with_raw("\\u0069d", '"e-4"')), twice("id")),
        Case(
            "20,000 keys and one of them twice",
            PROGRESS,
            end(with_raw("a", "1, " + many_keys + ', "19999": 2')),
            twice("19999"),
            big=True,
        ),
        Case("20,000 unknown keys", PROGRESS, end(with_raw("a", "1, " + many_keys)), "“a” is not known here", big=True),
        *(
            Case(f"{word} for a count", PROGRESS, end(with_raw("count", word)), not_json(f"{word} is no number"))
            for word in ("NaN", "Infinity", "-Infinity")
        ),
        *(
            Case(f"{word[:12]} for a count, {len(word)} long", PROGRESS, end(with_raw("count", word)), sentence)
            for word, sentence in [
                ("9" * 400, f"{cut_word('9' * 400)} is too large: 1000000000 is the most"),
                ("9" * 9000, TOO_LONG_NUMBER),
                ("-" + "9" * 9000, TOO_LONG_NUMBER),
                ("1e400", "a whole number belongs here, not “inf”"),
                ("-1e400", "a whole number belongs here, not “-inf”"),
                ("1.0", "a whole number belongs here, not “1.0”"),
                ("1000000001", "1000000001 is too large: 1000000000 is the most"),
                ("0", "0 is too small: 1 is the least"),
                ("-0", "0 is too small: 1 is the least"),
                ("-5", "-5 is too small: 1 is the least"),
                ("true", "a whole number belongs here, not “true”"),
                ('"1"', "a whole number belongs here, not “1”"),
                ("[1]", "a whole number belongs here, not “[…]”"),
                ("{}", "a whole number belongs here, not “{…}”"),
                ("01", not_json("Expecting ',' delimiter")),
                ("0x10", not_json("Expecting ',' delimiter")),
                ("+1", not_json("Expecting value")),
                ("1_000", not_json("Expecting ',' delimiter")),
            ]
        ),
        Case("null for a count", PROGRESS, end(with_raw("count", "null")), "", HARMLESS),
        Case("101 percent", PROGRESS, end(entry(percent=101)), "101 is too large: 100 is the most"),
        Case("-1 percent", PROGRESS, end(entry(percent=-1)), "-1 is too small: 0 is the least"),
        Case(
            "a line of 300 KB",
            PROGRESS,
            end(entry(note="x" * 300 * 1024)),
            "this line has 300 KB; an entry may have 256",
        ),
        Case(
            "a line of 10 MB",
            PROGRESS,
            end(b"x" * 10_000_000 + b"\n"),
            "this line has 9765 KB; an entry may have 256",
            big=True,
        ),
        Case("a line of 10 MB without end", PROGRESS, end(b"x" * 10_000_000), TORN, WARNING, big=True),
        Case("a comment of 10 MB", PROGRESS, end(b"#" * 10_000_000 + b"\n"), "", HARMLESS, big=True),
        Case("10,000,000 blank lines", PROGRESS, end(b"\n" * 10_000_000), "", HARMLESS, big=True),
        Case("a note of 8001 characters", PROGRESS, end(entry(note="x" * 8001)), LONG),
        Case("a note of 8000 characters", PROGRESS, end(entry(note="x" * 8000)), "", HARMLESS),
        Case("a key of 200,000 characters", PROGRESS, end(entry(key="x" * 200_000)), LONG),
        Case(
            "an id of 65 characters",
            PROGRESS,
            end(entry(id="x" * 65)),
            "this text is too long: 64 characters are the most",
        ),
        *(
            Case(f"the escape {word}", PROGRESS, end(with_raw("note", f'"a{word}b"')), sentence)
            for word, sentence in [
                ("\\x41", not_json("Invalid \\escape")),
                ("\\q", not_json("Invalid \\escape")),
                ("\\u12", not_json("Invalid \\uXXXX escape")),
                ("\\uzzzz", not_json("Invalid \\uXXXX escape")),
            ]
        ),
        *(
            Case(
                f"half a character, {word}, for the {field}",
                PROGRESS,
                end(entry(**{field: None}).replace("}", f', "{field}": "a{word}b"}}')),
                half,
            )
            for field, word in [
                ("note", "\\udfff"),
                ("note", "\\udc00\\ud800"),
                *((field, "\\ud800") for field in ("note", "id", "key", "by", "on", "recorded", "event")),
            ]
        ),
        Case("half a character for a key", PROGRESS, end(with_raw("\\ud800", "1")), half),
        Case(
            "half a character in a nested key",
            PROGRESS,
            end(with_raw("note", '{"\\ud800": 1}')),
            half,
        ),
        Case("half a character in the evidence", PROGRESS, end(with_raw("evidence", '["\\ud800"]')), half),
        Case(
            "half a character for what is taken back",
            PROGRESS,
            end(taking_back("r-1", "e-1").replace('"e-1"', '"\\ud800"')),
            half,
        ),
        *(
            Case(f"the escape {word} in a note", PROGRESS, end(with_raw("note", f'"a{word}b"')), "", HARMLESS)
            for word in (
                "\\u0000",
                "\\u001b[2J",
                "\\u009b",
                "\\u202e",
                "\\ufeff",
                "\\uffff",
                "\\ud83d\\ude00",
                "\\r\\n",
                "\\t",
                "\\b",
                "\\f",
            )
        ),
        Case("NUL for a reporter", PROGRESS, end(with_raw("by", '"\\u0000"')), "there is no agency “\ufffd”", WARNING),
        Case("NUL in a key", PROGRESS, end(entry(key="a\0b")), keyed("a\ufffdb")),
        Case("ESC in a key", PROGRESS, end(entry(key="a\x1b[2Jb")), keyed("a\ufffd[2Jb")),
        Case("Windows line ends", PROGRESS, lambda raw: raw.replace(b"\n", b"\r\n"), "", HARMLESS),
        Case("line ends of the old Macintosh in a journal", PROGRESS, lambda raw: raw.replace(b"\n", b"\r"), CARRIAGE),
        Case(
            "line ends of the old Macintosh and one more",
            PROGRESS,
            lambda raw: raw.replace(b"\n", b"\r") + b"\n",
            CARRIAGE,
        ),
        Case("a byte-order mark", PROGRESS, front(b"\xef\xbb\xbf"), "", HARMLESS),
        Case("comments only", PROGRESS, whole("# a\n  # b\n#\n"), "", HARMLESS),
        Case("blank lines only", PROGRESS, whole("\n \n\t\n\r\n"), "", HARMLESS),
        Case("a comment behind an entry", PROGRESS, end(entry().rstrip() + " # x\n"), not_json("Extra data")),
        Case("two entries in a line", PROGRESS, end(entry().rstrip() + entry()), not_json("Extra data")),
        Case(
            "two entries in a line with a comma",
            PROGRESS,
            end(entry().rstrip() + ", " + entry()[2:]),
            not_json("Extra data"),
        ),
        *(Case(f"torn {n}: {tail[:8]!r}", PROGRESS, end(tail), TORN, WARNING) for n, tail in enumerate(torn)),
        Case("a comment without an end", PROGRESS, end("# x"), TORN, WARNING),
        Case(
            "a torn line, and entries behind it",
            PROGRESS,
            end('- {"id":"e-3","on":"20\n' + entry(id="e-4")),
            not_json("Unterminated string starting at"),
        ),
        Case(
            "an entry torn into its neighbour",
            PROGRESS,
            end('- {"id":"e-3","on":"20' + entry(id="e-4")),
            not_json("Expecting ',' delimiter"),
        ),
        Case("NUL between two entries", PROGRESS, end("\0" * 512 + "\n" + entry()), ONE_LINE),
        Case("the same entry twice", PROGRESS, end(entry() * 2), "", HARMLESS),
        Case(
            "one id, other content",
            PROGRESS,
            end(same),
            said(*('{"id":"e-3",' + fields + f'"note":"{note}",' + recorded for note in "ab")),
        ),
        Case(
            "a retraction with the id of an entry",
            PROGRESS,
            end(entry() + taking_back("e-3", "e-1")),
            said(
                '{"id":"e-3",' + fields + recorded,
                '{"id":"e-3","retracts":"e-1","recorded":"2011-08-02T08:00:00+07:00"}',
            ),
        ),
        Case(
            "a retraction of nothing",
            PROGRESS,
            end(taking_back("r-1", "e-9")),
            "this takes back e-9, which is not in the journal",
            WARNING,
        ),
        Case(
            "a retraction of itself",
            PROGRESS,
            end(taking_back("r-1", "r-1")),
            "this takes back r-1, which is no entry but a retraction",
            WARNING,
        ),
        Case(
            "a retraction of a retraction",
            PROGRESS,
            end(taking_back("r-1", "e-1") + taking_back("r-2", "r-1")),
            "this takes back r-1, which is no entry but a retraction",
            WARNING,
        ),
        Case(
            "retractions in a cycle",
            PROGRESS,
            end(cyclic),
            "this takes back r-1, which is no entry but a retraction",
            WARNING,
        ),
        Case(
            "two retractions of one entry",
            PROGRESS,
            end(taking_back("r-1", "e-1") + taking_back("r-2", "e-1")),
            "",
            HARMLESS,
        ),
        Case(
            "a retraction before its entry",
            PROGRESS,
            front(taking_back("r-1", "e-1", "1999-01-01T00:00:00+00:00")),
            "",
            HARMLESS,
        ),
        Case("a retraction with an event", PROGRESS, end(with_raw("retracts", '"e-1"')), "“event” is not known here"),
        Case(
            "a retraction of a number",
            PROGRESS,
            end(taking_back("r-1", "e-1").replace('"e-1"', "1")),
            "a text belongs here, not 1",
        ),
        Case(
            "a retraction of null",
            PROGRESS,
            end(taking_back("r-1", "e-1").replace('"e-1"', "null")),
            "a text belongs here, not null",
        ),
        Case(
            "a moment without zone",
            PROGRESS,
            end(entry(recorded="2011-07-02T08:00:00")),
            "“2011-07-02T08:00:00” does not say in which time zone",
        ),
        Case(
            "a moment in the year 1",
            PROGRESS,
            end(entry(recorded="0001-01-01T00:00:00+14:00")),
            "1 is no year in which anything was recorded",
        ),
        Case(
            "a moment in the year 9999",
            PROGRESS,
            end(entry(recorded="9999-12-31T23:59:59-14:00")),
            "9999 is no year in which anything was recorded",
        ),
        Case(
            "a moment that is a day",
            PROGRESS,
            end(entry(recorded="2011-07-02")),
            "“2011-07-02” does not say in which time zone",
        ),
        *(
            Case(f"the moment {word}", PROGRESS, end(entry(recorded=word)), moment(word))
            for word in (
                "2011-07-02T25:00:00+07:00",
                "2011-02-30T08:00:00+07:00",
                "2011-07-02T08:00:60+07:00",
                "2011-07-02T08:00:00+25:00",
                "now",
                " ",
                "٢٠١١-07-02T08:00:00+07:00",
            )
        ),
        Case("an empty moment", PROGRESS, end(entry(recorded="")), moment("")),
        Case(
            "a moment with an odd zone",
            PROGRESS,
            end(entry(recorded="2011-07-02T08:00:00+23:59:59.999999")),
            "",
            HARMLESS,
        ),
        Case("a moment in Zulu time", PROGRESS, end(entry(recorded="2011-07-02T08:00:00Z")), "", HARMLESS),
        Case("a moment by weeks", PROGRESS, end(entry(recorded="2011-W26-6T08:00:00+07:00")), "", HARMLESS),
        Case("a number for a moment", PROGRESS, end(entry(recorded=1309568400)), moment("1309568400")),
        Case("a list for a moment", PROGRESS, end(entry(recorded=[])), moment("[…]")),
        *(
            Case(f"the day {word}", PROGRESS, end(entry(on=word)), sentence)
            for word, sentence in [
                ("2011-02-29", "“2011-02-29” does not exist: month 2 of 2011 has 28 days"),
                ("2011-13-01", "“2011-13-01” does not exist: there is no month 13"),
                ("2011-00-10", "“2011-00-10” does not exist: there is no month 0"),
                ("2011-04-31", "“2011-04-31” does not exist: month 4 of 2011 has 30 days"),
                ("2011-01-00", "“2011-01-00” does not exist: month 1 of 2011 has 31 days"),
                ("0000-01-01", "“0000-01-01” does not exist: years begin with 1"),
                ("99999-01-01", "“99999-01-01” is not a date"),
                ("2011-07-01T00:00:00", "“2011-07-01T00:00:00” is not a date"),
                ("", "“” is not a date"),
                ("2011", "“2011” is not a date"),
                ("-2011-07-01", "“-2011-07-01” is not a date"),
            ]
        ),
        Case("the day 0001-01-01", PROGRESS, end(entry(on="0001-01-01")), "", HARMLESS),
        Case(
            "the day 9999-12-31",
            PROGRESS,
            end(entry(on="9999-12-31")),
            "it is dated 9999-12-31, after it was recorded",
            WARNING,
        ),
        Case("a day with a line end", PROGRESS, end(entry(on="2011-07-01\n")), "", HARMLESS),
        Case("a number for a day", PROGRESS, end(entry(on=20110701)), "“20110701” is not a date"),
        Case("a list for a day", PROGRESS, end(entry(on=[2011])), "“[…]” is not a date"),
        Case("true for a day", PROGRESS, end(entry(on=True)), "“true” is not a date"),
        *(
            Case(f"the key {word!r}", PROGRESS, end(entry(key=word)), keyed(word))
            for word in (
                "rope",
                "inspection",
                "inspection@",
                "@2011",
                "inspection@2014",
                "inspection@@2011",
                "inspection@02011",
                "inspection@2011@2011",
                "stone-bridge@2012",
                "INSPECTION@2011",
                " rope-bridges",
                "../../x",
                "{0}",
                "%s",
                "*",
                ".*",
            )
        ),
        Case("an empty key of an occurrence", PROGRESS, end(entry(key="")), NO_TEXT),
        Case("a number for a key", PROGRESS, end(entry(key=2011)), "a text belongs here, not 2011"),
        Case("an unknown event", PROGRESS, end(entry(event="finished")), "there is no event “finished”"),
        Case("an event in capitals", PROGRESS, end(entry(event="PROGRESS")), "", HARMLESS),
        Case("an empty event", PROGRESS, end(entry(event="")), "there is no event “”"),
        Case("a number for an event", PROGRESS, end(entry(event=1)), "there is no event “1”"),
        Case("a list for an event", PROGRESS, end(entry(event=["done"])), "there is no event “[…]”"),
        Case("evidence that is a text", PROGRESS, end(entry(evidence="x")), LIST),
        Case("evidence that is an object", PROGRESS, end(entry(evidence={"a": 1})), LIST),
        Case("evidence that is a number", PROGRESS, end(entry(evidence=1)), LIST),
        Case("evidence of numbers", PROGRESS, end(entry(evidence=[1])), "a text belongs here, not 1"),
        Case("evidence of null", PROGRESS, end(with_raw("evidence", "[null]")), "a text belongs here, not null"),
        Case("evidence of lists", PROGRESS, end(entry(evidence=[[]])), "a text belongs here, not […]"),
        Case("an empty note", PROGRESS, end(entry(note="")), NO_TEXT),
        Case("a list for a note", PROGRESS, end(entry(note=[])), "a text belongs here, not […]"),
        Case("an empty id of an entry", PROGRESS, end(entry(id="")), NO_TEXT),
        Case("a number for an id", PROGRESS, end(entry(id=3)), "a text belongs here, not 3"),
        Case("an unknown field", PROGRESS, end(entry(colour="red")), "“colour” is not known here"),
        Case("a field of Python's", PROGRESS, end(entry(__class__="x")), "“__class__” is not known here"),
        Case("an empty field", PROGRESS, end(entry(**{"": 1})), "“” is not known here"),
        Case("a field with ESC", PROGRESS, end(entry(**{"\x1b[2J": 1})), "“\ufffd[2J” is not known here"),
        Case("a field with braces", PROGRESS, end(entry(**{"{0}": 1})), "“{0}” is not known here"),
        Case("a field with a dot", PROGRESS, end(entry(**{"a.b": 1})), "“a.b” is not known here"),
        Case("a reporter who is nobody", PROGRESS, end(entry(by="SoXau")), "there is no agency “SoXau”", WARNING),
        Case("an empty reporter", PROGRESS, end(entry(by="")), NO_TEXT),
        Case(
            "a count without a target",
            PROGRESS,
            end(entry(key="inspection@2011", count=1)),
            "it counts 1, but “inspection@2011” has no target",
            WARNING,
        ),
        Case("a file of another program", PROGRESS, whole(b"SQLite format 3\0\x10\0\n"), ONE_LINE),
        Case("100,000 good entries", PROGRESS, end(many), "", HARMLESS, big=True),
        Case("10,000 unknown events", PROGRESS, end(bad_events), "there is no event “finished”", big=True),
        Case("10,000 unknown occurrences", PROGRESS, end(bad_keys), keyed("rope-brigde-0"), big=True),
        Case("50,000 lines of something else", PROGRESS, end("something: else\n" * 50_000), ONE_LINE, big=True),
        Case(
            "50,000 lines that are no JSON",
            PROGRESS,
            end('- {"id": x}\n' * 50_000),
            not_json("Expecting value"),
            big=True,
        ),
        Case(
            "an entry in block style of 50,000 lines", PROGRESS, end("- a:\n" + "  - b\n" * 50_000), ONE_LINE, big=True
        ),
    ]


CASES = [*_encodings(), *_characters(), *_yaml_syntax(), *_models(), *_journal()]
