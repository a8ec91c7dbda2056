"""The progress journal: a set of records, in which order and duplicates do not matter.

A record is an entry, or a retraction that takes an entry back. Nothing is ever erased. An entry has two dates: `on`, when it happened,
decides the state; `recorded`, when it was written down, decides what was known. `on` is a period if the day is not known; then the entry
counts from its last day, or from the day of recording if that lies inside it. The content of `data/progress.yaml`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AwareDatetime, Field

from cbfa.core.dates import VIET_NAM, in_zone
from cbfa.core.decimals import Number
from cbfa.core.model import DayOrPeriod, Lenient, Model, quoted
from cbfa.core.periods import Period
from cbfa.core.resolve import Candidate, ends, is_same, resolve, resolve_word, suggest
from cbfa.core.words import Text
from cbfa.errors import Invalid
from cbfa.messages import Message

MIN_END = 4
"""Letters that name an entry by the end of its id; fewer may be a typo."""
MAX_COUNT = 1_000_000_000
"""Maximum count of one entry."""

_YEARS = range(1900, 2201)


class Event(StrEnum):
    """An event in the course of an occurrence. An extension is asked for; only an act moves a deadline."""

    PROGRESS = "progress"
    DONE = "done"
    SUSPENDED = "suspended"
    DROPPED = "dropped"
    REOPENED = "reopened"
    EXTENSION = "extension"


EVENT_WORDS = {
    Event.PROGRESS: Message("progress"),
    Event.DONE: Message("done"),
    Event.SUSPENDED: Message("suspended"),
    Event.DROPPED: Message("dropped"),
    Event.REOPENED: Message("reopened"),
    Event.EXTENSION: Message("extension"),
}


def _event(value: object) -> object:
    """Parse an event of a file: the English word, in any case."""
    word = quoted(value)
    if (plain := word.strip().lower()) in set(Event):
        return Event(plain)
    raise Invalid(_unknown_event(word), suggest(word, Event))


def _unknown_event(word: str) -> Message:
    return Message("unknown event “{word}”", word=word)


def _moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(quoted(value))
        if moment.tzinfo is None:
            raise Invalid(
                Message("“{text}” has no time zone", text=value),
                Message("add the offset from UTC, such as +07:00"),
            )
        if moment.year in _YEARS:
            return moment
        raise Invalid(
            Message("the year {year} is out of range", year=moment.year),
            Message("check for a typo"),
        )
    except Invalid:
        raise
    except ValueError as error:
        raise Invalid(
            Message("“{text}” is not a valid date and time", text=quoted(value)),
            Message("write it as 2012-12-31T08:30:00+07:00"),
        ) from error


Moment = Annotated[AwareDatetime, Lenient(_moment)]
RecordId = Annotated[
    str, Field(min_length=1, max_length=64, description="Globally unique and ordered in time (RFC 9562, version 7).")
]


class Entry(Model):
    """One thing that happened to one occurrence."""

    id: RecordId
    on: Annotated[
        DayOrPeriod,
        Field(
            description="The day on which it happened; it decides the state. A month, quarter, half or year if the day is not known."
        ),
    ]
    key: Annotated[
        Text,
        Field(
            description="The occurrence: a milestone's id, with @period where it recurs, /agency where each owes its own."
        ),
    ]
    event: Annotated[Event, Lenient(_event), Field(description="What happened to it.")]
    count: Annotated[
        int | None, Field(ge=1, le=MAX_COUNT, description="How many more were reached, towards the target.")
    ] = None
    value: Annotated[Number | None, Field(description="The value of a level on that day, exact, as text.")] = None
    percent: Annotated[int | None, Field(ge=0, le=100, description="How far it is, by the officer's judgement.")] = None
    until: Annotated[
        DayOrPeriod | None,
        Field(description="With extension: the time that is asked for. Without it the request is refused."),
    ] = None
    note: Annotated[Text | None, Field(description="What happened, in the officer's words.")] = None
    evidence: Annotated[tuple[Text, ...], Field(strict=False, description="Documents and sources that show it.")] = ()
    by: Annotated[Text | None, Field(description="The agency that reported it.")] = None
    recorded: Annotated[Moment, Field(description="When it was written down.")]

    @property
    def day(self) -> date:
        """The day from which it counts."""
        return self.on.last if self.on.is_day else counting_day(self.on, day_recorded(self))


class Retraction(Model):
    """A record that takes an entry back. It counts from the moment at which it was recorded."""

    id: RecordId
    retracts: Annotated[Text, Field(description="The id of the entry that it takes back.")]
    note: Annotated[Text | None, Field(description="Why it was taken back.")] = None
    by: Annotated[Text | None, Field(description="The agency that reported it.")] = None
    recorded: Annotated[Moment, Field(description="When it was written down.")]


Record = Entry | Retraction


def by_time(entry: Entry) -> tuple[date, datetime, str]:
    """Sort key of entries, for the order in which things happened."""
    return entry.day, entry.recorded, entry.id


def day_recorded(record: Record) -> date:
    """Return the day on which a record was written down, in the time zone of its journal."""
    return record.recorded.date()


def _in_zone(record: Record, zone: tzinfo) -> Record:
    moment = in_zone(record.recorded, zone)
    return record if moment is record.recorded else record.model_copy(update={"recorded": moment})


def counting_day(on: Period, recorded: date) -> date:
    """Return the day from which an entry counts: the last of its period, or the day of recording if that lies inside."""
    return recorded if recorded in on else on.last


@dataclass(frozen=True)
class Journal:
    """A set of records: the union of two journals is the journal of both offices.

    `by_id` has each record under its id; `strays` have an id that is there with another content. Every moment is in `zone`, the time zone
    of the programme, which decides its day.
    """

    by_id: Mapping[str, Record] = field(default_factory=dict)
    strays: frozenset[Record] = frozenset()
    zone: tzinfo = VIET_NAM

    @classmethod
    def from_records(cls, records: Iterable[Record], zone: tzinfo = VIET_NAM) -> Self:
        """Make a journal of records, in any order, each given any number of times."""
        by_id: dict[str, Record] = {}
        strays: set[Record] = set()
        for given in records:
            record = _in_zone(given, zone)
            known = by_id.setdefault(record.id, record)
            if known is not record and known != record:
                by_id[record.id], stray = sorted((known, record), key=repr)
                strays.add(stray)
        return cls(by_id, frozenset(strays), zone)

    @property
    def records(self) -> Iterator[Record]:
        """Every record, in no particular order."""
        return chain(self.by_id.values(), self.strays)

    def __or__(self, other: "Journal") -> "Journal":
        return Journal.from_records(chain(self.records, other.records), self.zone)

    def __len__(self) -> int:
        return len(self.by_id) + len(self.strays)

    def __contains__(self, record: Record) -> bool:
        return self.by_id.get(record.id) == record or record in self.strays

    def conflicts(self) -> Iterator[list[Record]]:
        """Yield the records that share an id and differ otherwise. Such a journal has no defined state."""
        for record_id in sorted({record.id for record in self.strays}):
            its = (stray for stray in self.strays if stray.id == record_id)
            yield sorted([self.by_id[record_id], *its], key=repr)

    def counting(self, *, as_of: date | None = None, known_by: date | None = None) -> Iterator[Entry]:
        """Yield the entries that count, in no particular order.

        `as_of` leaves out what happened after that day; `known_by` leaves out what was recorded after it, retractions among it. Both days
        are inclusive; the day of a moment is the one in the journal's time zone.
        """
        known = self._known(known_by)
        retracted = {record.retracts for record in known if isinstance(record, Retraction)}
        for record in known:
            if isinstance(record, Entry) and record.id not in retracted and (as_of is None or record.day <= as_of):
                yield record

    def _known(self, known_by: date | None) -> list[Record]:
        return [record for record in self.records if known_by is None or day_recorded(record) <= known_by]

    def retractions(self, *, known_by: date | None = None) -> list[Retraction]:
        """Return the retractions, in the order of recording."""
        found = [record for record in self._known(known_by) if isinstance(record, Retraction)]
        return sorted(found, key=lambda one: (one.recorded, one.id))

    def entries(self, *, as_of: date | None = None, known_by: date | None = None) -> list[Entry]:
        """Return the entries that count, in the order in which things happened: by day, then `recorded`, then id."""
        return sorted(self.counting(as_of=as_of, known_by=known_by), key=by_time)

    def last_of(self, ids: Sequence[str]) -> Entry | None:
        """Return the last entry that counts, of those with these ids."""
        counting = {entry.id: entry for entry in self.counting()}
        return next((counting[one] for one in reversed(ids) if one in counting), None)


def resolve_entry(journal: Journal, word: str) -> Entry:
    """Return the entry that counts with this id, or the one whose id ends so, from four letters on. Raises Invalid."""
    if len(word.strip()) < MIN_END and not any(is_same(word, record.id) for record in journal.records):
        raise Invalid(
            Message(
                "no entry has the id “{word}”, and the end of an id has at least {least} letters",
                word=word,
                least=MIN_END,
            ),
            Message("list the entries with: cbfa log"),
        )
    is_retracted = any(ends(word, record.id) for record in journal.records)
    unknown = (
        Message("“{word}” has already been taken back", word=word)
        if is_retracted
        else Message("no entry has the id “{word}”", word=word)
    )
    return resolve(
        word,
        [Candidate(entry, entry.id, (entry.id,), (entry.id,)) for entry in journal.entries()],
        unknown=unknown,
        ambiguous=Message("several entries have an id that ends in “{word}”", word=word),
        rules=(is_same, ends),
        fix=Message("list the entries with: cbfa log"),
        nearby=False,
    )


def resolve_event(word: str, known_as: Mapping[Event, Sequence[str]] = MappingProxyType({})) -> Event:
    """Return the event that a person means, by its name or by a word of the screens. Raises Invalid."""
    return resolve_word(word, Event, known_as, _unknown_event(word))
