"""What an entry changed: the state before and the state after."""

from __future__ import annotations

from cbfa.core.journal import Entry
from cbfa.core.snapshot import Snapshot
from cbfa.locale import _, day
from cbfa.views import words
from cbfa.views.page import Block, Cell, Column, Heading, Page, Sentence, Table, Tone
from cbfa.views.pages.envelope import envelope
from cbfa.views.pages.log import short_id
from cbfa.views.records import ENTRY_FIELDS, OCCURRENCE_FIELDS, entry_record, occurrence_record


def change_page(before: Snapshot, after: Snapshot, entry: Entry, *, where: str | None, retracted: bool = False) -> Page:
    """The occurrence before and after, `where` it was recorded (None: nowhere, a dry run), and how to take it back."""
    key = entry.key
    then, now = before.standing(key), after.standing(key)
    title = words.milestone_cell(now)
    rows = [
        [Cell(_("before"), Tone.QUIET), words.state_cell(then), words.due_cell(then)],
        [Cell(_("after"), Tone.QUIET), words.state_cell(now), words.due_cell(now)],
    ]
    blocks: list[Block] = [
        Heading(f"{title.value} · {key}", 1),
        Table([Column(""), Column("", flexible=True), Column("")], rows),
    ]
    if where is None:
        blocks.append(Sentence(_("Nothing was recorded: this was a dry run."), Tone.WARN))
    elif retracted:
        blocks.append(
            Sentence(_("Taken back: entry {id} of {day}.", id=short_id(entry.id), day=day(entry.on)), Tone.GOOD)
        )
    else:
        blocks.append(
            Sentence(
                _(
                    "Recorded as entry {id} in {path}. To take it back: cbfa undo {id}",
                    id=short_id(entry.id),
                    path=where,
                ),
                Tone.GOOD,
            )
        )
    items = [occurrence_record(then), occurrence_record(now)]
    return Page(
        "change",
        blocks,
        OCCURRENCE_FIELDS,
        items,
        {**envelope(after), "entry": entry_record(entry), "recorded": where is not None},
    )


def retraction_page(entry: Entry) -> Page:
    """An entry taken back whose occurrence the roadmap does not know."""
    sentence = _("Taken back: entry {id} of {day}.", id=short_id(entry.id), day=day(entry.on))
    return Page("change", [Sentence(sentence, Tone.GOOD)], ENTRY_FIELDS, [entry_record(entry)])
