"""A page for programs: JSON, CSV and TSV of its records. Dates are ISO; texts are as they were written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from cbfa.views.clean import clean
from cbfa.views.page import Page
from cbfa.views.records import VERSION

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_text(page: Page) -> str:
    """One envelope: version, kind, the dates asked about, and the items."""
    envelope = {"version": VERSION, "kind": page.kind, **page.envelope, "items": list(page.items)}
    return json.dumps(envelope, ensure_ascii=False, indent=2) + "\n"


def csv_text(page: Page) -> str:
    """The items as RFC 4180, nested fields joined; a cell that a spreadsheet would run as a formula gets a leading apostrophe (OWASP)."""
    return _separated(page, ",", "\r\n")


def tsv_text(page: Page) -> str:
    """The items with tabs between the fields and one line for each, whatever they contain."""
    return _separated(page, "\t", "\n")


def _separated(page: Page, delimiter: str, line_end: str) -> str:
    rows = [_flat(item) for item in page.items]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    if columns:
        writer.writerow(columns)
        writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def _flat(item: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return _inert("; ".join(_joined(item) for item in value))
        case str():
            return _inert(value)
    return str(value)


def _joined(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in _flat(value).values() if part is not None)
    return str(value)


def _inert(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
