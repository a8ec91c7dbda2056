"""The journal as people read it, and the page of a new entry: the state before and after."""

from collections.abc import Mapping, Sequence

from cbfa.core.journal import Entry
from cbfa.core.recording import Draft
from cbfa.core.snapshot import Snapshot
from cbfa.messages import Message, Plural
from cbfa.views.items import ENTRY_FIELDS, OCCURRENCE_FIELDS, entry_item, occurrence_item
from cbfa.views.looks import EVENT
from cbfa.views.page import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Hint,
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
from cbfa.views.pages.parts import due_cell, envelope, opening, short_name, state_cell, title_of


def log_page(snapshot: Snapshot, entries: Sequence[Entry]) -> Page:
    """List the entries that count, in the order in which things happened."""
    covers = snapshot.roadmap.programme.records
    blocks: list[Block] = [
        *opening(Message("Progress journal"), snapshot),
        *([Sentence(covers, Tone.QUIET)] if covers else []),
    ]
    if entries:
        total = Plural("{count} entry", "{count} entries", count=len(entries))
        blocks += [entries_table(snapshot, entries, keys=True), Sentence(total, Tone.STRONG)]
    else:
        blocks.append(Sentence(Message("No entry matches this selection."), Tone.QUIET))
    return Page("log", blocks, ENTRY_FIELDS, OnDemand(lambda: map(entry_item, entries)), envelope(snapshot))


def entries_table(snapshot: Snapshot, entries: Sequence[Entry], *, keys: bool = False) -> Table:
    """Return entries as a table, with their keys where they belong to several occurrences."""
    columns = [
        Column(Message("Day")),
        Column(Message("Event")),
        Column(Message("Entry"), flexible=True),
        Column(Message("Id")),
    ]
    reporters = {agency.id: short_name(agency) for agency in snapshot.agencies.agencies}
    return Table(columns, OnDemand(lambda: (_row(entry, reporters, keys=keys) for entry in entries)))


def _row(entry: Entry, reporters: Mapping[str, Text], *, keys: bool) -> list[Cell]:
    texts: list[Text] = [text for text in (entry.note, *entry.evidence) if text]
    if entry.by:
        texts.append(Message("reported by {agency}", agency=reporters.get(entry.by, entry.by)))
    if keys or "@" in entry.key:
        value = Cell(entry.key, Tone.STRONG, below=texts)
    else:
        value = Cell(texts[0], below=texts[1:]) if texts else Cell(None)
    return [
        Cell(entry.on),
        Cell(EVENT[entry.event], below=_figures(entry)),
        value,
        Cell(short_id(entry.id), Tone.QUIET),
    ]


def _figures(entry: Entry) -> list[Value]:
    count: list[Value] = [Message("+{count}", count=Figure(entry.count))] if entry.count is not None else []
    percent: list[Value] = [Percent(entry.percent, 100)] if entry.percent is not None else []
    return count + percent


def short_id(entry_id: str) -> str:
    """Return the end of an id, which is its random part and enough to name it."""
    return entry_id[-8:]


def change_page(programme_id: str, entry: Entry, draft: Draft, where: str | None) -> Page:
    """Show an occurrence before and after an entry is recorded or taken back; `where` is None for a dry run.

    If an entry is taken back whose milestone is no longer in the roadmap, nothing has changed.
    """
    outcome = _recorded(entry, where) if entry in draft.records else _taken_back(entry)
    if not draft.changes:
        return Page("change", [outcome], ENTRY_FIELDS, [entry_item(entry)])
    ((before, after),) = draft.changes
    rows = [
        [Cell(Message("before"), Tone.QUIET), state_cell(before), due_cell(before)],
        [Cell(Message("after"), Tone.QUIET), state_cell(after), due_cell(after)],
    ]
    blocks: list[Block] = [
        Heading(Message("{title} · {occurrence}", title=title_of(after), occurrence=entry.key), 1),
        Table([Column(""), Column("", flexible=True), Column("")], rows),
        outcome,
    ]
    envelope = {
        "programme": programme_id,
        "as_of": after.as_of.isoformat(),
        "known_by": None,
        "entry": entry_item(entry),
        "recorded": where is not None,
    }
    return Page("change", blocks, OCCURRENCE_FIELDS, [occurrence_item(before), occurrence_item(after)], envelope)


def _recorded(entry: Entry, where: str | None) -> Sentence:
    if where is None:
        return Sentence(Message("Nothing was recorded: this was a dry run."), Tone.WARN)
    entry_id = short_id(entry.id)
    hint = Hint(Message("To take it back"), Query("undo", argument=entry_id))
    return Sentence(Message("Recorded as entry {id} in {path}.", id=entry_id, path=where), Tone.GOOD, hint)


def _taken_back(entry: Entry) -> Sentence:
    message = Message("Taken back: entry {id} of {day}.", id=short_id(entry.id), day=entry.on)
    return Sentence(message, Tone.GOOD)
