"""The journal, as people read it: the latest last, each entry with its note and its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cbfa.core.journal import Entry
from cbfa.core.snapshot import Snapshot
from cbfa.locale import _, language, ngettext
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, OnDemand, Page, Sentence, Table, Tone
from cbfa.views.pages.envelope import envelope, opening
from cbfa.views.records import ENTRY_FIELDS, entry_record


def log_page(snapshot: Snapshot, entries: Sequence[Entry]) -> Page:
    """The entries that count, in the order in which things happened."""
    blocks: list[Block] = list(opening(_("Progress journal"), snapshot))
    if entries:
        blocks += [
            entries_table(snapshot, entries, keys=True),
            Sentence(ngettext("{count} entry", "{count} entries", len(entries)), Tone.STRONG),
        ]
    else:
        blocks.append(Sentence(_("No entry fits this selection."), Tone.QUIET))
    return Page("log", blocks, ENTRY_FIELDS, OnDemand(lambda: map(entry_record, entries)), envelope(snapshot))


def entries_table(snapshot: Snapshot, entries: Sequence[Entry], *, keys: bool = False) -> Table:
    """Entries as a table; with their keys where they belong to several occurrences."""
    columns = [Column(_("Day")), Column(_("Event")), Column(_("Entry"), flexible=True), Column(_("Id"))]
    reporters = {agency.id: agency.called(language()) for agency in snapshot.agencies.agencies}
    return Table(columns, OnDemand(lambda: (_row(entry, reporters, keys=keys) for entry in entries)))


def _row(entry: Entry, reporters: Mapping[str, str], *, keys: bool) -> list[Cell]:
    reporter = _("reported by {agency}", agency=reporters.get(entry.by, entry.by)) if entry.by else None
    year = entry.key.partition("@")[2]
    first = entry.key if keys or year else ""
    said = [text for text in (entry.note, *entry.evidence, reporter) if text]
    value = first or (said.pop(0) if said else "–")
    return [
        Cell(entry.on),
        Cell(_(words.EVENT[entry.event]), below=_figures(entry)),
        Cell(value, Tone.STRONG if first else Tone.PLAIN, below=tuple(said)),
        Cell(short_id(entry.id), Tone.QUIET),
    ]


def _figures(entry: Entry) -> tuple[str, ...]:
    count = [f"+{words.number(entry.count)}"] if entry.count is not None else []
    percent = [f"{entry.percent}%"] if entry.percent is not None else []
    return tuple(count + percent)


def short_id(entry_id: str) -> str:
    """The end of an id, which is its random part and enough to name it."""
    return entry_id[-8:]
