"""Ids that are globally unique and ordered in time: UUID version 7 (RFC 9562)."""

from __future__ import annotations

import sys


def new_id() -> str:
    """A new id, later than any that this process made before."""
    if sys.version_info >= (3, 14):
        from uuid import uuid7  # noqa: PLC0415 - only writing needs it
    else:
        from uuid_utils import uuid7  # noqa: PLC0415
    return str(uuid7())
