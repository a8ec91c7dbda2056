"""The output formats: the one list for `--format`, its help and its completion."""

from collections.abc import Callable
from typing import NamedTuple, TextIO

from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.machine import csv_text, json_text, tsv_text
from cbfa.views.page import Page
from cbfa.views.plain import markdown_text, plain_text

Write = Callable[[Page, Language, TextIO, bool], None]
"""Writes a page in a language to a stream, in colour or not."""


class Format(NamedTuple):
    """An output format, for people or for programs. Text that is not `in_utf8` is fitted to the console."""

    name: str
    help: Message
    write: Write
    for_programs: bool = False
    in_utf8: bool = False


def _write_table(page: Page, language: Language, stream: TextIO, colour: bool) -> None:
    from cbfa.views.terminal import show  # noqa: PLC0415 - loads Rich

    show(page, language, stream, colour=colour)


def _writes(text_of: Callable[[Page, Language], str]) -> Write:
    """Make a Write of a function that returns the whole text; text has no colour."""

    def write(page: Page, language: Language, stream: TextIO, _colour: bool) -> None:
        stream.write(text_of(page, language))

    return write


FORMATS = {
    one.name: one
    for one in (
        Format("table", Message("a table for the terminal"), _write_table),
        Format("plain", Message("plain text, one line for each row"), _writes(plain_text)),
        Format("markdown", Message("Markdown"), _writes(markdown_text), in_utf8=True),
        Format("csv", Message("CSV, for spreadsheets"), _writes(csv_text), for_programs=True, in_utf8=True),
        Format("tsv", Message("tab-separated values"), _writes(tsv_text), for_programs=True, in_utf8=True),
        Format("json", Message("JSON, for programs"), _writes(json_text), for_programs=True, in_utf8=True),
    )
}
"""Every format under its name, in the order of the help."""
