"""The journal as text: one record is one line, `- {JSON}`, which every YAML tool reads too.

Because of that a torn last line is recognised and never swallows its neighbours, and two copies merge line by line. Readers take complete
lines only, and never write. Lines in the form that cbfa gives them are read here in one step each; all others with care, elsewhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from unicodedata import is_normalized

from cbfa.core.journal import Entry, Journal, Record, Retraction
from cbfa.problems import KeyPath, Place, Problem
from cbfa.store.text_files import BOM, read_if_there

MAX_LINE = 256 * 1024
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_EMPTY = re.compile(rb"(#[^\r\n]*)?\r?\n")
"""A blank line, or a comment."""

_TEXT = r'"[^"\\]*+(?:\\[^u][^"\\]*+)*+"'
_AS_WRITTEN = re.compile(
    rf'- \{{"id":{_TEXT},'
    rf'(?:"on":"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}","key":{_TEXT},"event":"[a-z]+"(?:,"count":[0-9]+)?(?:,"percent":[0-9]+)?'
    rf'|"retracts":{_TEXT})'
    rf'(?:,"note":{_TEXT})?(?:,"evidence":\[{_TEXT}(?:,{_TEXT})*+\])?(?:,"by":{_TEXT})?'
    r',"recorded":"(?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?[+-][01][0-9]:[0-5][0-9]"\}\r?\n'
)
"""The form that `line_of` gives a line: no field twice, none out of order, no blanks between, no escape by number.

Older entries have no milliseconds.
"""
_FIELD_SETS: dict[frozenset[str], set[str]] = {}


@dataclass
class JournalFile:
    """A journal as read: its records with their line numbers, the first line of each id, and what is wrong."""

    name: str
    raw: bytes = b""
    records: list[Record] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    torn: Place | None = None

    @property
    def journal(self) -> Journal:
        """The set of its records."""
        return Journal.of(self.records)

    @cached_property
    def bodies(self) -> list[bytes]:
        """Its complete lines without their ends, for what one line alone does not tell."""
        return [bare(line) for line in self.raw.split(b"\n")[:-1]]

    @cached_property
    def lines(self) -> dict[str, int]:
        """The first line of each id."""
        return {
            record.id: number for record, number in zip(reversed(self.records), reversed(self.numbers), strict=True)
        }

    def add(self, record: Record, line: int) -> None:
        """Takes in what stands on a line."""
        self.records.append(record)
        self.numbers.append(line)

    def place(self, path: KeyPath) -> Place:
        """The place of a record, by its id; with a field, where that field begins."""
        line = self.lines.get(str(path[0]), 0)
        text = excerpt(self.bodies[line - 1]) if line else ""
        field_name = f'"{path[1]}"' if len(path) > 1 else ""
        return Place(self.name, line, max(text.find(field_name), 0) + 1 if line else 0, text)


def excerpt(line: bytes) -> str:
    """A line as a problem shows it."""
    return line[:2000].decode("utf-8", "replace")


def bare(line: bytes) -> bytes:
    """A line without its end, and without the mark of byte order that stands before what was once a file of its own."""
    return line.lstrip(BOM).removesuffix(b"\r") if line.startswith(BOM) else line.removesuffix(b"\r")


def line_of(record: Record) -> str:
    """The one line that holds a record, with its line end.

    What YAML readers and JSON readers would take differently is escaped: U+007F to 009F, line separators, byte-order marks, non-characters.
    """
    fields = record.model_dump(mode="json", exclude_defaults=True)
    fields["recorded"] = record.recorded.isoformat(timespec="milliseconds")
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "- " + _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def read_journal(path: Path, name: str) -> JournalFile:
    """Reads a journal; one that does not exist is empty. Raises NoAccess."""
    return parse_journal(read_if_there(path), name)


def parse_journal(raw: bytes, name: str) -> JournalFile:
    """Reads the bytes of a journal. What is wrong comes back as problems, each line for itself."""
    file = JournalFile(name, raw)
    for number, line in enumerate(BytesIO(raw), 1):
        if line == b"\n" or (not line.startswith(b"- ") and _EMPTY.fullmatch(line)):
            continue
        if record := as_written(line):
            file.add(record, number)
        else:
            from cbfa.store.journal_care import read_with_care  # noqa: PLC0415 - cbfa writes nothing that needs care

            read_with_care(file, number)
    return file


def as_written(line: bytes) -> Record | None:
    """The record of a line as `line_of` writes it, by pydantic's own reader of JSON: about a tenth of the time that care takes.

    None for any other line. What is read here would be read with care as the same record.
    """
    if len(line) > MAX_LINE:
        return None
    try:
        text = line.decode("utf-8")
        if _AS_WRITTEN.fullmatch(text) and (text.isascii() or is_normalized("NFC", text)):
            return _record(line)
    except ValueError:
        return None
    return None


def _record(line: bytes) -> Record:
    model: type[Record] = Retraction if b'"retracts":' in line else Entry
    record = model.model_validate_json(line[2:])
    fields = record.model_fields_set  # half of the memory of a record, and the same in most of them: so they share it
    object.__setattr__(record, "__pydantic_fields_set__", _FIELD_SETS.setdefault(frozenset(fields), fields))
    return record
