"""Ids of records."""

from __future__ import annotations

import uuid

from cbfa.store.ids import new_id


def test_ids_are_unique_and_ordered_in_time():
    """Each is a UUID of version 7, and later than the one before."""
    ids = [new_id() for _ in range(1000)]

    assert ids == sorted(set(ids))
    assert {uuid.UUID(one).version for one in ids} == {7}
