"""JSON Schemas of the three files, made from the models: by them an editor completes and checks a file as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Entry, Retraction
from cbfa.core.roadmap import Roadmap

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _progress() -> dict[str, Any]:
    """A journal is a list of records; one that has only comments is null to a YAML reader."""
    schema = TypeAdapter(list[Entry | Retraction] | None).json_schema()
    return {"title": "Progress journal", **schema}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "roadmap": Roadmap.model_json_schema,
    "agencies": Agencies.model_json_schema,
    "progress": _progress,
}


def schema_text(file: str) -> str:
    """The schema of `roadmap`, `agencies` or `progress`. Raises KeyError."""
    return json.dumps({"$schema": _DIALECT, **SCHEMAS[file]()}, ensure_ascii=False, indent=2) + "\n"
