"""A page for programs: JSON, CSV and TSV of its records. Dates are ISO; texts are as they were written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cbfa.views.clean import clean, escaped
from cbfa.views.page import Page
from cbfa.views.records import VERSION

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_text(page: Page) -> str:
    """One envelope: version, kind, the dates asked about, and the items."""
    envelope = {"version": VERSION, "kind": page.kind, **page.envelope, "items": page.items}
    return escaped(json.dumps(envelope, ensure_ascii=False, indent=2, default=list), _as_json) + "\n"


def _as_json(character: str) -> str:
    return json.dumps(character)[1:-1]


def csv_text(page: Page) -> str:
    """The items as RFC 4180, a column for each field whether it is used or not.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe (OWASP).
    """
    return _separated(page, ",", "\r\n")


def tsv_text(page: Page) -> str:
    """The items with tabs between the fields and one line for each, whatever they contain."""
    return _separated(page, "\t", "\n")


def _separated(page: Page, delimiter: str, line_end: str) -> str:
    paths = [name.split(".") for name in page.fields]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(page.fields)
    writer.writerows(
        ["" if (value := _at(item, path)) is None else _cell(value) for path in paths] for item in page.items
    )
    return out.getvalue()


def _at(item: Any, path: Sequence[str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    for name in path:
        if item is None:
            return None
        item = item.get(name)
    return item


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    match value:
        case str():
            return _inert(value)
        case bool():
            return "true" if value else "false"
        case list():
            return _inert("; ".join(_joined(item) for item in value))
    return str(value)


def _joined(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        return " ".join(text for part in value.values() if (text := _joined(part)))
    return "" if value is None else str(value)


def _inert(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
