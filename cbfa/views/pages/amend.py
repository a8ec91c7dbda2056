"""The page of a new change of the plan: the change as the file has it, the states before and after, and the totals that differ."""

from collections.abc import Iterator, Sequence

from cbfa.core.deciding import Decision
from cbfa.core.plan import id_in
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing, is_repealed, wholly_repealed
from cbfa.core.tally import count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import OCCURRENCE_FIELDS, fields_in, occurrence_item
from cbfa.views.looks import OFFICIAL
from cbfa.views.page import Block, Cell, Column, Group, Heading, OnDemand, Page, Sentence, Table, Text, Tone
from cbfa.views.pages.parts import as_of, due_cell, envelope, leads_cell, legend, state_cell

MAX_ROWS = 12
"""Maximum number of occurrences that are shown before and after; what recurs every month has many more."""


def amend_page(decision: Decision, before: Snapshot, after: Snapshot, lines: Sequence[str]) -> Page:
    """Show a change, and what it does to the figures of the later of today and the act's day."""
    act = decision.act
    title = next(one.title for _, one in after.roadmap.milestones() if one.id == id_in(decision.key))
    pairs = _differing(before, after, decision.key)
    blocks: list[Block] = [
        Heading(Message("{title} · {occurrence}", title=title, occurrence=decision.key), 1),
        Sentence((act.act, Message("in force from {day}", day=act.day)), Tone.QUIET),
        Table([Column("")], [[Cell(line)] for line in lines]),
        Heading(Message("What it changes")),
        Sentence(as_of(after), Tone.QUIET),
        *_effect(pairs, after),
        *_totals(before, after),
    ]
    programme = after.roadmap.programme
    items = OnDemand(lambda: (occurrence_item(one, programme) for pair in pairs for one in pair if one))
    more = {"act": act.id, "change": dict(decision.data)}
    return Page("amend", blocks, fields_in(OCCURRENCE_FIELDS, programme), items, {**envelope(after), **more})


def _differing(before: Snapshot, after: Snapshot, key: str) -> list[tuple[Standing | None, Standing | None]]:
    """Return the occurrences of a milestone that differ, each before and after; None is not planned."""
    old, new = (
        {one.occurrence.key: one for one in (*its.standings, *its.repealed) if id_in(one.occurrence.key) == id_in(key)}
        for its in (before, after)
    )
    pairs = [(old.get(one), new.get(one)) for one in dict.fromkeys([*old, *new])]
    return [(first, second) for first, second in pairs if _row(first) != _row(second)]


def _row(standing: Standing | None) -> object:
    """Return what a row shows of an occurrence."""
    if standing is None:
        return None
    course, occurrence = standing.course, standing.occurrence
    reached = course.progress, course.done_on, course.counted, course.level
    return (
        reached,
        standing.timing,
        occurrence.window,
        occurrence.leads,
        occurrence.milestone.target,
        is_repealed(standing),
    )


def _effect(pairs: Sequence[tuple[Standing | None, Standing | None]], snapshot: Snapshot) -> Iterator[Block]:
    if not pairs:
        yield Sentence(Message("On this day no state, deadline, lead or target differs."), Tone.QUIET)
        return
    rows: list[Group | list[Cell]] = []
    for first, second in pairs[:MAX_ROWS]:
        if len(pairs) > 1:
            key = next(one.occurrence.key for one in (first, second) if one)
            rows.append(Group(key))
        rows += [_shown(Message("before"), first, snapshot), _shown(Message("after"), second, snapshot)]
    yield Table([Column(""), Column("", flexible=True), Column("", flexible=True), Column("")], rows)
    shown = [one for pair in pairs[:MAX_ROWS] for one in pair if one]
    yield from legend(snapshot.roadmap.programme, shown)
    if len(pairs) > MAX_ROWS:
        yield Sentence(Plural("… and {count} more", "… and {count} more", count=len(pairs) - MAX_ROWS), Tone.QUIET)


def _shown(when: Text, standing: Standing | None, snapshot: Snapshot) -> list[Cell]:
    if standing is None or is_repealed(standing):
        return [Cell(when, Tone.QUIET), Cell(Message("no longer planned")), Cell(None), Cell(None)]
    leads = leads_cell(standing.occurrence, snapshot.agencies)._replace(tone=Tone.QUIET)
    return [Cell(when, Tone.QUIET), state_cell(standing), due_cell(standing, moved=True), leads]


def _totals(before: Snapshot, after: Snapshot) -> Iterator[Block]:
    """Yield the totals that differ."""
    old, new = count_occurrences(before.standings), count_occurrences(after.standings)
    rows: list[tuple[Text, int, int]] = [(Message("occurrences"), old.total, new.total)]
    rows += [(OFFICIAL[one].words, old.official[one], new.official[one]) for one in OfficialClass]
    rows.append((Message("no longer planned"), len(wholly_repealed(before)), len(wholly_repealed(after))))
    differing = [[Cell(name), Cell(first), Cell(second)] for name, first, second in rows if first != second]
    if differing:
        columns = [Column(Message("Total")), Column(Message("before"), numeric=True)]
        yield Table([*columns, Column(Message("after"), numeric=True)], differing)
