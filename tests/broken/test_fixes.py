"""Every fix of the table of broken files, followed: the problem goes away.

A fix that can be followed without judgement is applied at its place to a copy of the broken file. What is left to a person's judgement
is listed in ADVICE, so a new fix has to be followed here or be named there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.broken.cases import read_cases

pytestmark = pytest.mark.usefixtures("bridges")

PROBLEM = re.compile(
    r"^data/(?P<file>\S+?):(?P<line>\d+):(?P<column>\d+): (?:error|warning): (?P<sentence>.*)\n(?:  .*\n)*?  fix: (?P<fix>.*)$",
    re.MULTILINE,
)
CONTENT = {
    "lead": "{agency: SoCau, basis: IV.1}",
    "clauses": "[III.1]",
    "vi": "Cầu đá",
    "key": '"inspection@2011"',
}
"""What an officer would write where a field is missing; the journal is JSON."""
ADVICE = (
    "check both dates",
    "correct the date, or change roadmap",
    "name another successor",
    "name its successor",
    "name a group",
    "of one occurrence write due",
    "say in the same act who leads",
    "write each change as an item",
    "write the new one under",
    "name another milestone",
    "add to the same act",
    "change their schedules",
    "write {change: ID",
    "write {repeal: ID",
    "write {close: [A]",
    "begin with one of them",
    "delete this change",
    "a count is a whole number",
    "add a schedule",
    "add it to the programme",
    "add it, or take the language",
    "check both numbers",
    "choose a time",
    "correct the period",
    "give both the same unit",
    "give the milestone such a target",
    "keep the basis",
    "leave it out; or write a level",
    "write both ends",
    "write count for",
    "write digits, with a point",
    "write each clause with its text",
    "write one day for each period",
    "write one of: in, due",
    "write the day first, as in",
    "write a code of ISO",
    "write a text, or",
    "write its name in the IANA",
    "add it to the aliases",
    "add the offset",
    "check for a",
    "check the brackets",
    "check this line",
    "cite each",
    "create a sample file",
    "give each its own",
    "install a newer",
    "keep one of",
    "list it under",
    "merge the copy",
    "delete one of the two lines",
    "restore it in the roadmap",
    "use each id",
    "write the fields in full",
    "write the value in full",
    "write it as one line",
    "write it, or leave",
    "begin with a letter",
    "write {form",
    'write ["one"',
    "put each item",
)


class Spot(NamedTuple):
    """Where a problem is: the lines of the file, and a line and a column that count from 0."""

    lines: list[str]
    line: int
    column: int
    sentence: str

    @property
    def value(self) -> str:
        """The value that begins here, with its quotes."""
        rest = self.lines[self.line][self.column :]
        quoted = re.match(r'"[^"]*"|\'[^\']*\'', rest)
        return quoted[0] if quoted else re.split(r"[,}\]:]|\s#|$", rest, maxsplit=1)[0].rstrip()

    def replaced(self, old: str, new: str) -> str:
        """The file with the first such piece at or after this spot replaced."""
        line = self.lines[self.line]
        start = line.index(old, self.column)
        changed = line[:start] + new + line[start + len(old) :]
        return "\n".join([*self.lines[: self.line], changed, *self.lines[self.line + 1 :]])


def word_of(spot: Spot) -> str:
    """The word that the sentence quotes, as it is in the file."""
    found = re.search(r"“(.+?)”", spot.sentence)
    word = found[1] if found else spot.value
    return spot.value if word.casefold() in spot.value.casefold() else word


def quoted_text(spot: Spot) -> str:
    """Put the text around the spot in quotes: up to the end of the line, or to the brace that closes it."""
    line = spot.lines[spot.line]
    begin = max(line.rfind(sign, 0, spot.column) + len(sign) for sign in (": ", "- ") if sign in line[: spot.column])
    text = line[begin:].rstrip("}") if "{" in line[:begin] else line[begin:]
    return spot._replace(column=begin).replaced(text, '"' + text.replace('"', "'") + '"')


def without_markers(spot: Spot) -> str:
    """Delete the lines that git has put into the file."""
    return "\n".join(line for line in spot.lines if not line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>")))


def added(spot: Spot, name: str) -> str:
    """Add a field where it is missing: first in braces, else as a line before."""
    line = spot.lines[spot.line]
    if line.startswith("{", spot.column):
        return spot.replaced("{", "{" + (f'"{name}":' if '"' in line else f"{name}: ") + CONTENT[name] + ", ")
    if line.startswith("- {", spot.column - 2):
        return spot.replaced("{", "{" + f'"{name}":{CONTENT[name]}, ')
    return spot.replaced("", f"{name}: {CONTENT[name]}\n" + " " * spot.column)


def in_line(pattern: str, new: str) -> Callable[[Spot, re.Match[str]], str]:
    """Return a step that replaces the first match in the line; `$1` and `$2` are the groups of the fix."""

    def follow(spot: Spot, fix: re.Match[str]) -> str:
        old, put = pattern, new
        for number, text in enumerate(fix.groups(), 1):
            old, put = old.replace(f"${number}", re.escape(text)), put.replace(f"${number}", text)
        line = re.sub(old, put, spot.lines[spot.line], count=1)
        return "\n".join([*spot.lines[: spot.line], line, *spot.lines[spot.line + 1 :]])

    return follow


FOLLOW: list[tuple[str, Callable[[Spot, re.Match[str]], str]]] = [
    (r'.*put it in quotes: (".*")$', lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (r"did you mean ([^,?]+)", lambda spot, fix: spot.replaced(word_of(spot), fix[1])),
    (r"choose one of: ([^,]+)", lambda spot, fix: spot.replaced(word_of(spot), fix[1])),
    (r"add “(\w+): …”", lambda spot, fix: added(spot, fix[1])),
    (r"write (count: \d+)", in_line(r"least: \d+", "$1")),
    (r"write its id: (\S+)", lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (r"write a list: \[(.+)\]$", in_line(r"\[?$1\]?", "[$1]")),
    (r"write the day first: (\d\S*)$", lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (r"write decimals with a point: (\S+)", in_line(r"\d+,\d+", "$1")),
    (r"write it without separators: (\d+)", in_line(r"\d{1,3}([.,]\d{3})+", "$1")),
    (r'put the text in quotes: (\w+): "(.*)"', in_line("$1: $2", '$1: "$2"')),
    (r"write (schedule: \{.*\})", in_line(r"schedule: \{.*\}", "$1")),
    (r"write the period in one: (.*)", in_line(r"\{.*\}", "{$1}")),
    (r"write (every: year, due: 31/3); the last", in_line(r"\{.*\}", "{$1}")),
    (r"write (from|to): (\S+)", in_line(r"(, )?$1: [^,}]+|(?=\}$)", ", $1: $2")),
    (r"write (title|unit): \{vi: …, en: …\}", in_line(r"(vi: [^,}]+, en: [^,}]+)", r"$1: {\1}")),
    (r"write (\{(?:in|count|from): .*\})", in_line(r"(?<=: )(\{.*\}|\d+)$", "$1")),
    (r"write in alone", in_line(", due: 2013", "")),
    (r"write “due” for a deadline", in_line("to: ", "due: ")),
    (r"write the whole date, or add “every: year”", in_line("{", "{every: year, ")),
    (r"put the greater number in “most”", in_line(r"(\d+), most: (\d+)", r"\2, most: \1")),
    (r"put the earlier date in “from”", in_line(r"(\d{4})(, \w+: )(\d{4})", r"\3\2\1")),
    (r"write what was in force before this act: (\w+): (.*)$", in_line(r"(?<=was: \{)$1: (\{.*?\}|\w+)", "$1: $2")),
    (r"leave out “measure”", in_line(", measure: length", "")),
    (r"take (\w+) out of this list", in_line(r"(, )?$1", "")),
    (r"cite (\S+) … ", lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (
        r"add to the programme the month .* such as (.*)",
        lambda spot, fix: "\n".join(spot.lines).replace("programme:", f"programme:\n  {fix[1]}"),
    ),
    (r"type a space here", lambda spot, _: spot.replaced("", " ")),
    (r"type (.) instead", lambda spot, fix: spot.replaced(spot.lines[spot.line][spot.column], fix[1])),
    (r"delete it and type a space", lambda spot, _: spot.replaced(spot.lines[spot.line][spot.column], " ")),
    (
        r"delete it; if it is",
        lambda spot, _: spot.replaced(spot.lines[spot.line][spot.column :].split(" ")[0] + " ", ""),
    ),
    (r"delete it$", lambda spot, _: spot.replaced(spot.lines[spot.line][spot.column], "")),
    (r"delete the line", lambda spot, _: spot.replaced(spot.lines[spot.line], "")),
    (r"put the whole text in quotes", lambda spot, _: quoted_text(spot)),
    (r"write true or false", lambda spot, _: spot.replaced(spot.value, "true")),
    (r"write digits only, without quotes, such as (\d+)", lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (r"delete the marker lines", lambda spot, _: without_markers(spot)),
    (r"replace each tab", lambda spot, _: "\n".join(spot.lines).replace("\t", "  ")),
    (
        r"add a quotation mark at the end",
        lambda spot, _: spot.replaced(spot.lines[spot.line][spot.column :], spot.lines[spot.line][spot.column :] + '"'),
    ),
    (r"write null", lambda spot, _: spot.replaced(spot.value, "null")),
    (r"write it as (\S+)( or|$)", lambda spot, fix: spot.replaced(spot.value.strip('"'), fix[1])),
    (r"write the day first: \S+, or the year first: (\S+)", lambda spot, fix: spot.replaced(spot.value, fix[1])),
    (r"write a day, month, quarter, half or year: (\S+),", lambda spot, fix: spot.replaced(spot.value, f'"{fix[1]}"')),
]
"""How each fix is followed, the first that begins so."""


def problems() -> list[tuple[str, dict[str, str], re.Match[str]]]:
    """Every problem of the table, with the files in which it is."""
    return [(case.name, case.files, found) for case in read_cases() for found in PROBLEM.finditer(case.expected)]


def test_every_problem_of_the_table_is_read():
    """None is passed over because its fix is written in another way."""
    assert len(problems()) == sum(len(re.findall(r"^data/", case.expected, re.MULTILINE)) for case in read_cases())


@pytest.mark.parametrize(
    ("name", "files", "problem"), [pytest.param(*one, id=f"{one[0]}: {one[2]['fix'][:40]}") for one in problems()]
)
def test_a_fix_that_is_followed_helps(cbfa, name, files, problem):
    """After the fix, the sentence is gone from its place; or the fix is one that needs judgement."""
    del name
    for file, text in files.items():
        (Path("data") / file).write_text(text, encoding="utf-8", newline="")
    path = Path("data") / problem["file"]
    if found := re.search(r"cbfa (undo|mark) ([^…]*)$", problem["fix"]):
        assert cbfa(found[1], *found[2].split(), *(["--yes"] if found[1] == "undo" else [])).code == 0
    else:
        steps = [(how, match) for begin, how in FOLLOW if (match := re.match(begin, problem["fix"]))]
        if not steps:
            assert problem["fix"].startswith(ADVICE)
            return
        lines = path.read_text(encoding="utf-8").split("\n")
        spot = Spot(lines, int(problem["line"]) - 1, int(problem["column"]) - 1, problem["sentence"])
        how, match = steps[0]
        path.write_text(how(spot, match), encoding="utf-8", newline="")
    after = cbfa("check").err

    assert not re.search(
        rf"^data/{problem['file']}:{problem['line']}:\d+: \w+: {re.escape(problem['sentence'])}$", after, re.MULTILINE
    )


@pytest.mark.parametrize("written", ["1", "2012-01-01", "1.5"])
def test_quotes_are_not_the_fix_for_an_id_that_they_would_not_save(cbfa, written):
    """`id: 1` is answered with what an id looks like, since `"1"` is none."""
    path = Path("data") / "roadmap.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: stone-bridge", f"id: {written}"), encoding="utf-8")
    err = cbfa("check").err

    assert f"“{written}” is not a valid id" in err
    assert "quotes" not in err
