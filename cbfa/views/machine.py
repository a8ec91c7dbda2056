"""A page for programs: JSON, CSV and TSV of its items. Dates are ISO; texts of the data are as they were written."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cbfa.core.words import Words
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.clean import clean, escaped
from cbfa.views.items import VERSION
from cbfa.views.page import Page

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_text(page: Page, language: Language) -> str:
    """Write one envelope: version, kind, the dates asked about, and the items."""
    envelope = {"version": VERSION, "kind": page.kind, **page.envelope, "items": page.items}

    def plain(value: Any) -> object:  # noqa: ANN401 - whatever JSON does not know
        return language.text(value) if isinstance(value, Message | Words) else list(value)

    return escaped(json.dumps(envelope, ensure_ascii=False, indent=2, default=plain), _as_json) + "\n"


def _as_json(character: str) -> str:
    return json.dumps(character)[1:-1]


def csv_text(page: Page, language: Language) -> str:
    """Write the items as RFC 4180, with a column for each field, used or not.

    The items of a list share one cell, with semicolons between them; one that has a semicolon or a quotation mark is in quotes.
    Fields of a file, such as what an act changed, are JSON.
    A cell that a spreadsheet would run as a formula gets a leading apostrophe (OWASP).
    """
    return _separated(page, language, ",", "\r\n")


def tsv_text(page: Page, language: Language) -> str:
    """Write the items with tabs between the fields, always one line for each."""
    return _separated(page, language, "\t", "\n")


def _separated(page: Page, language: Language, delimiter: str, line_end: str) -> str:
    paths = [name.split(".") for name in page.fields]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(page.fields)
    writer.writerows([_cell(_at(item, path), language) for path in paths] for item in page.items)
    return out.getvalue()


def _at(item: Any, path: Sequence[str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    for name in path:
        if item is None:
            return None
        item = item.get(name)
    return item


def _cell(value: Any, language: Language) -> str:  # noqa: ANN401 - whatever JSON holds
    match value:
        case None:
            return ""
        case str():
            return _inert(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return _inert("; ".join(_listed(_joined(item)) for item in value))
        case dict():
            return _inert(json.dumps(value, ensure_ascii=False))
    return _inert(language.text(value))


def _listed(text: str) -> str:
    """Return an item of a list in a cell: in quotes, as in CSV, if its end could not be seen otherwise."""
    quoted = ";" in text or '"' in text or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if quoted else text


def _joined(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        return " ".join(text for part in value.values() if (text := _joined(part)))
    return "" if value is None else str(value)


def _inert(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
