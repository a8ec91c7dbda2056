"""Select entries and retractions of the journal: by occurrence, by agency, by day."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cbfa.core.agencies import Agency, by_spelling
from cbfa.core.journal import Entry, Record, Retraction
from cbfa.core.selection import Role, role_of
from cbfa.core.snapshot import Snapshot
from cbfa.core.text import squashed


class Part(StrEnum):
    """The part of an agency in an entry: it reported it, or it leads the occurrence."""

    REPORTER = "reporter"
    LEAD = "lead"


class LogSelection(NamedTuple):
    """The entries to show; all fields must fit. An agency fits as the reporter, or as the lead of the occurrence."""

    keys: Collection[str] | None = None
    agencies: Collection[Agency] = ()
    since: date | None = None

    def entries(self, snapshot: Snapshot) -> list[Entry]:
        """Return the entries that count, in the order in which things happened."""
        parts = self.parts(snapshot)
        return [entry for entry in snapshot.entries if self._fits(entry, parts)]

    def retractions(self, snapshot: Snapshot) -> list[tuple[Retraction, Record | None]]:
        """Return the retractions, in the order of recording, each with the record that it names, if that is here.

        One fits if its entry does, or if an agency took it back itself.
        """
        parts = self.parts(snapshot)
        found = [(one, snapshot.journal.by_id.get(one.retracts)) for one in snapshot.retractions]
        return [(one, record) for one, record in found if self._retraction_fits(one, record, snapshot, parts)]

    def parts(self, snapshot: Snapshot) -> "Parts":
        """Return the parts that the agencies have in the entries."""
        return Parts(snapshot, self.agencies)

    def _fits(self, entry: Entry, parts: "Parts") -> bool:
        return self._is_asked_for(entry) and (not self.agencies or any(parts.of(entry)))

    def _is_asked_for(self, entry: Entry) -> bool:
        return (self.keys is None or entry.key in self.keys) and (self.since is None or entry.day >= self.since)

    def _retraction_fits(self, one: Retraction, record: Record | None, snapshot: Snapshot, parts: "Parts") -> bool:
        own = parts.reported(one)
        if isinstance(record, Entry):
            return record.day <= snapshot.as_of and (self._fits(record, parts) or (own and self._is_asked_for(record)))
        return self.keys is None and self.since is None and (own or not self.agencies)


class Parts:
    """The parts that agencies have in the entries of a journal."""

    def __init__(self, snapshot: Snapshot, agencies: Collection[Agency]) -> None:
        ids = {agency.id for agency in agencies}
        reporters = ids | {one for one, heirs in snapshot.plan.heirs.items() if not ids.isdisjoint(heirs)}
        self._spellings = {name for name, agency in by_spelling(snapshot.agencies).items() if agency.id in reporters}
        self._plan = snapshot.plan
        self._led = {
            occurrence.key
            for occurrence in snapshot.plan.occurrences
            if any(role_of(one, occurrence) is Role.LEAD for one in ids)
        }

    def reported(self, record: Record) -> bool:
        """Return True if one of the agencies, or one that it succeeded, reported a record."""
        return record.by is not None and squashed(record.by) in self._spellings

    def of(self, entry: Entry) -> Iterator[Part]:
        """Yield the parts that the agencies have in an entry."""
        if self.reported(entry):
            yield Part.REPORTER
        if self._plan.key_of(entry) in self._led:
            yield Part.LEAD
