"""The journal as people read it, and the page of a new entry: the state before and after."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple, Self

from cbfa.core.agencies import Agencies, Agency, by_spelling
from cbfa.core.journal import EVENT_WORDS, Entry, Event, Record, Retraction, by_time, day_recorded
from cbfa.core.log import LogSelection, Part, Parts
from cbfa.core.recording import Draft
from cbfa.core.roadmap import Programme
from cbfa.core.snapshot import Snapshot
from cbfa.core.text import squashed
from cbfa.messages import Message, Plural
from cbfa.views.items import (
    ENTRY_FIELDS,
    LOG_FIELDS,
    OCCURRENCE_FIELDS,
    entry_item,
    fields_in,
    occurrence_item,
    retraction_item,
)
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Hint,
    Item,
    OnDemand,
    Page,
    Percent,
    Query,
    Sentence,
    Table,
    Text,
    Tone,
    Value,
)
from cbfa.views.pages.parts import due_cell, either, envelope, opening, short_name, state_cell, title_of


def log_page(snapshot: Snapshot, selection: LogSelection) -> Page:
    """List the entries that count, in the order in which things happened; then what was taken back."""
    covers = snapshot.roadmap.programme.records
    entries, retractions = selection.entries(snapshot), selection.retractions(snapshot)
    parts = selection.parts(snapshot)
    blocks: list[Block] = [
        *opening(Message("Progress journal"), snapshot),
        *([Sentence(covers, Tone.QUIET)] if covers else []),
        *(_asked_about(agency) for agency in selection.agencies),
    ]
    if entries:
        blocks += [entries_table(snapshot, entries, keys=True, parts=parts), _total(snapshot, entries)]
    else:
        blocks.append(Sentence(Message("No entry matches this selection."), Tone.QUIET))
    if retractions:
        blocks += [Heading(Message("Taken back")), retractions_table(snapshot.agencies, retractions)]
    more = {"retractions": OnDemand(lambda: (retraction_item(*pair) for pair in retractions))}
    items = OnDemand(lambda: _items(snapshot, entries, parts))
    return Page("log", blocks, LOG_FIELDS, items, {**envelope(snapshot), **more})


def merge_page(snapshot: Snapshot, new: Sequence[Record], known: int) -> Page:
    """List what came in by a merge; `known` is how many records of the copy were in the journal before."""
    entries = sorted((record for record in new if isinstance(record, Entry)), key=by_time)
    retractions = [(one, snapshot.journal.by_id.get(one.retracts)) for one in new if isinstance(one, Retraction)]
    count = Plural("{count} new entry", "{count} new entries", count=len(entries))
    taken_back = Plural("{count} new retraction", "{count} new retractions", count=len(retractions))
    already = Message("{known} already in the journal", known=Figure(known))
    blocks: list[Block] = [Sentence((count, taken_back, already) if retractions else (count, already), Tone.GOOD)]
    if entries:
        blocks.append(entries_table(snapshot, entries, keys=True))
    if retractions:
        blocks += [Heading(Message("Taken back")), retractions_table(snapshot.agencies, retractions)]
    more = {"known": known, "retractions": OnDemand(lambda: (retraction_item(*pair) for pair in retractions))}
    return Page(
        "merge", blocks, ENTRY_FIELDS, OnDemand(lambda: map(entry_item, entries)), {**envelope(snapshot), **more}
    )


def _asked_about(agency: Agency) -> Sentence:
    message = Message("reported by {agency}, or about milestones that it leads", agency=agency.name)
    return Sentence(message, Tone.STRONG)


def _total(snapshot: Snapshot, entries: Sequence[Entry]) -> Sentence:
    keys = snapshot.keys
    total: Text = Plural("{count} entry", "{count} entries", count=len(entries))
    if unplaced := sum(snapshot.plan.key_of(entry) not in keys for entry in entries):
        return Sentence((total, Message("not in the roadmap: {count}", count=Figure(unplaced))), Tone.STRONG)
    return Sentence(total, Tone.STRONG)


def _items(snapshot: Snapshot, entries: Sequence[Entry], parts: Parts) -> Iterator[Item]:
    keys = snapshot.keys
    for entry in entries:
        known = snapshot.plan.key_of(entry) in keys
        yield {**entry_item(entry), "in_roadmap": known, "parts": [part.value for part in parts.of(entry)]}


class Known(NamedTuple):
    """The names of agencies by every spelling, and the keys of the roadmap with their older spellings: what a table of entries looks up."""

    reporters: Mapping[str, Text]
    keys: Collection[str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Collect them. Whoever makes many tables does so once."""
        return cls(reporters_of(snapshot.agencies), snapshot.keys | snapshot.plan.former.keys())


def entries_table(
    snapshot: Snapshot,
    entries: Sequence[Entry],
    between: Sequence[tuple[date, list[Cell]]] = (),
    *,
    keys: bool = False,
    parts: Parts | None = None,
    known: Known | None = None,
) -> Table:
    """Return entries as a table, with their keys where they belong to several occurrences.

    With `parts`, an entry says that an agency that was asked about leads its occurrence. Rows `between` come before entries of their day.
    """
    columns = [
        Column(Message("Day")),
        Column(Message("Event")),
        Column(Message("Entry"), flexible=True),
        Column(Message("Id")),
    ]
    reporters, in_roadmap = known or Known.of(snapshot)
    leads = _leads(snapshot, reporters) if parts else {}

    def row(entry: Entry) -> list[Cell]:
        below = [*_texts(entry), *reported_by(entry, reporters)]
        if parts and Part.LEAD in parts.of(entry):
            below.append(Message("led by {agency}", agency=leads[snapshot.plan.key_of(entry)]))
        return _row(entry, below, keys=keys, known=in_roadmap)

    if not between:
        return Table(columns, OnDemand(lambda: map(row, entries)))
    rows = sorted([*between, *((entry.day, row(entry)) for entry in entries)], key=itemgetter(0))
    return Table(columns, [cells for _, cells in rows])


def reporters_of(agencies: Agencies) -> dict[str, Text]:
    """Return the short names of agencies by each of their spellings, as they are compared."""
    return {spelling: short_name(agency) for spelling, agency in by_spelling(agencies).items()}


def _leads(snapshot: Snapshot, names: Mapping[str, Text]) -> dict[str, Text]:
    return {one.key: either([names[squashed(lead.agency)] for lead in one.leads]) for one in snapshot.plan.occurrences}


def _texts(entry: Entry) -> list[Text]:
    return [text for text in (entry.note, *entry.evidence) if text]


def reported_by(record: Record, reporters: Mapping[str, Text]) -> list[Text]:
    """Say who reported, if the record says so."""
    if not record.by:
        return []
    return [Message("reported by {agency}", agency=reporters.get(squashed(record.by), record.by))]


def _row(entry: Entry, texts: list[Text], *, keys: bool, known: Collection[str]) -> list[Cell]:
    if entry.key not in known:
        texts = [Message("not in the roadmap, changes no state"), *texts]
    if keys or "@" in entry.key or "/" in entry.key:
        value = Cell(entry.key, Tone.STRONG if entry.key in known else Tone.WARN, below=texts)
    else:
        value = Cell(texts[0], below=texts[1:]) if texts else Cell(None)
    return [
        Cell(entry.on.shown),
        Cell(EVENT_WORDS[entry.event], below=_figures(entry)),
        value,
        Cell(short_id(entry.id), Tone.QUIET),
    ]


def retractions_table(agencies: Agencies, retractions: Sequence[tuple[Retraction, Record | None]]) -> Table:
    """Return retractions as a table: the day, the entry that was taken back, why, and by whom."""
    columns = [Column(Message("Taken back on")), Column(Message("Entry"), flexible=True), Column(Message("Id"))]
    reporters = reporters_of(agencies)
    return Table(columns, OnDemand(lambda: (_retraction_row(one, record, reporters) for one, record in retractions)))


def _retraction_row(one: Retraction, record: Record | None, reporters: Mapping[str, Text]) -> list[Cell]:
    below: list[Text] = []
    what: Text = Message("an entry that is not in this journal")
    if isinstance(record, Entry):
        what = Message("{key}: {event} of {day}", key=record.key, event=EVENT_WORDS[record.event], day=record.on.shown)
        below += [*_texts(record), *reported_by(record, reporters)]
    elif record:
        what = Message("a retraction, which stays")
    if one.note:
        below.append(Message("why: {note}", note=one.note))
    if one.by:
        name = reporters.get(squashed(one.by), one.by)
        below.append(Message("taken back by {agency}", agency=name))
    return [Cell(day_recorded(one)), Cell(what, below=below), Cell(short_id(one.retracts), Tone.QUIET)]


def _figures(entry: Entry) -> list[Value]:
    count: list[Value] = [Message("+{count}", count=Figure(entry.count))] if entry.count is not None else []
    count += [Message("{figure}", figure=entry.value)] if entry.value is not None else []
    percent: list[Value] = [Percent(entry.percent, 100)] if entry.percent is not None else []
    if entry.event is not Event.EXTENSION:
        return count + percent
    return [Message("until {until}", until=entry.until.shown) if entry.until else Message("refused")]


def short_id(entry_id: str) -> str:
    """Return the end of an id, which is its random part and enough to name it."""
    return entry_id[-8:]


def change_page(programme: Programme, entry: Entry, draft: Draft, where: str | None) -> Page:
    """Show an occurrence before and after an entry is recorded or taken back; `where` is None for a dry run.

    If an entry is taken back whose milestone is no longer in the roadmap, nothing has changed.
    """
    outcome = _recorded(entry, where) if entry in draft.records else _taken_back(entry)
    if not draft.changes:
        return Page("change", [outcome], ENTRY_FIELDS, [entry_item(entry)])
    ((before, after),) = draft.changes
    rows = [
        [Cell(Message("before"), Tone.QUIET), state_cell(before), due_cell(before, moved=True)],
        [Cell(Message("after"), Tone.QUIET), state_cell(after), due_cell(after, moved=True)],
    ]
    blocks: list[Block] = [
        Heading(Message("{title} · {occurrence}", title=title_of(after), occurrence=entry.key), 1),
        Table([Column(""), Column(""), Column("", flexible=True)], rows),
        outcome,
    ]
    envelope = {
        "programme": programme.id,
        "as_of": after.as_of.isoformat(),
        "known_by": None,
        "entry": entry_item(entry),
        "recorded": where is not None,
    }
    return Page(
        "change",
        blocks,
        fields_in(OCCURRENCE_FIELDS, programme),
        [occurrence_item(one, programme) for one in (before, after)],
        envelope,
    )


def _recorded(entry: Entry, where: str | None) -> Sentence:
    if where is None:
        return Sentence(Message("Nothing was recorded: this was a dry run."), Tone.WARN)
    entry_id = short_id(entry.id)
    hint = Hint(Message("To take it back"), Query("undo", argument=entry_id))
    return Sentence(Message("Recorded as entry {id} in {path}.", id=entry_id, path=where), Tone.GOOD, hint)


def _taken_back(entry: Entry) -> Sentence:
    message = Message("Taken back: entry {id} of {day}.", id=short_id(entry.id), day=entry.on.shown)
    return Sentence(message, Tone.GOOD)
