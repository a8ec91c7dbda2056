"""JSON Schemas of the four files. Editors complete and check a file by them."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from cbfa.core.agencies import Agencies
from cbfa.core.amendments import Amendments
from cbfa.core.journal import Entry, Retraction
from cbfa.core.roadmap import Roadmap

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _progress() -> dict[str, Any]:
    """Return the schema of a journal. It is a list of records, or null if it has only comments."""
    schema = TypeAdapter(list[Entry | Retraction] | None).json_schema()
    return {"title": "Progress journal", **schema}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "roadmap": Roadmap.model_json_schema,
    "agencies": Agencies.model_json_schema,
    "amendments": Amendments.model_json_schema,
    "progress": _progress,
}


def schema_text(file: str) -> str:
    """Return the schema of `roadmap`, `agencies`, `amendments` or `progress`. Raises KeyError."""
    return json.dumps({"$schema": _DIALECT, **SCHEMAS[file]()}, ensure_ascii=False, indent=2) + "\n"
