"""The files that cbfa can write: one list for `-o`, its help and its errors. The ending of a file decides."""

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from cbfa.core.resolve import list_names
from cbfa.errors import Invalid
from cbfa.exchange.calendar import ics_bytes
from cbfa.exchange.dashboard import html_bytes
from cbfa.exchange.database import sqlite_bytes
from cbfa.exchange.order import Order
from cbfa.exchange.pdf import pdf_bytes
from cbfa.exchange.picture import png_bytes, svg_bytes
from cbfa.exchange.word import docx_bytes
from cbfa.exchange.workbook import xlsx_bytes
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.machine import csv_text, json_text, tsv_text
from cbfa.views.page import Page
from cbfa.views.plain import markdown_text, plain_text

READING = (
    *("status", "overdue", "upcoming", "list", "show", "report", "agencies", "timeline", "log", "amendments", "diff"),
)


class Output(NamedTuple):
    """A kind of file: its ending, the commands that can write it, and how it is made.

    Text can go to standard output. A document has the form of official ones.
    """

    ending: str
    commands: tuple[str, ...]
    make: Callable[[Order], bytes]
    is_text: bool = False
    is_document: bool = False


def _text(write: Callable[[Page, Language], str], encoding: str = "utf-8") -> Callable[[Order], bytes]:
    def make(order: Order) -> bytes:
        return write(order.page, order.language).encode(encoding)

    return make


OUTPUTS = {
    one.ending: one
    for one in (
        Output("docx", ("report",), docx_bytes, is_document=True),
        Output("pdf", ("report",), pdf_bytes, is_document=True),
        Output("xlsx", (*READING, "export"), xlsx_bytes),
        Output("html", ("dashboard",), html_bytes, is_text=True),
        Output("svg", ("timeline",), svg_bytes, is_text=True),
        Output("png", ("timeline",), png_bytes),
        Output("ics", ("overdue", "upcoming", "list", "report", "timeline"), ics_bytes, is_text=True),
        Output("sqlite", ("export",), sqlite_bytes),
        Output("md", READING, _text(markdown_text), is_text=True),
        Output("txt", READING, _text(plain_text), is_text=True),
        Output("csv", READING, _text(csv_text, "utf-8-sig"), is_text=True),
        Output("tsv", READING, _text(tsv_text), is_text=True),
        Output("json", READING, _text(json_text), is_text=True),
    )
}
"""Every kind of file under its ending, in the order of the help. Excel takes CSV for UTF-8 only with a byte-order mark."""


def output_for(path: str, command: str) -> Output:
    """Return the kind of file that a command shall write. Raises Invalid for an ending that it does not have."""
    ending = PurePath(path).suffix.lower().removeprefix(".")
    possible = {one.ending: one for one in OUTPUTS.values() if command in one.commands}
    if ending in possible:
        return possible[ending]
    message = Message("cbfa {command} cannot write .{ending}", command=command, ending=ending)
    if ending in OUTPUTS:
        commands = ", ".join(f"cbfa {one}" for one in OUTPUTS[ending].commands)
        raise Invalid(message, Message("this can: {commands}", commands=commands))
    if not ending:
        message = Message("“{name}” has no ending that says what to write", name=path)
    raise Invalid(message, list_names(f".{one}" for one in possible))
