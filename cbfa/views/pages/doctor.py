"""The page of `doctor`: problems repaired, to be repaired, to be decided, and worth knowing."""

from collections.abc import Sequence
from enum import StrEnum

from cbfa.messages import Message
from cbfa.problems import Place, Problem, Severity
from cbfa.views.page import Block, Cell, Column, Heading, Item, Page, Sentence, Table, Text, Tone

FIELDS = ("kind", "care", "file", "line", "message", "advice", "shown")


class Care(StrEnum):
    """The one who takes care of a problem: cbfa, a person, nobody. The values are a promise to scripts."""

    DONE = "done"
    FIX = "fix"
    DECIDE = "decide"
    KNOW = "know"


_SECTIONS = {
    Care.DONE: Message("Done"),
    Care.FIX: Message("For cbfa doctor --fix"),
    Care.DECIDE: Message("For you to decide"),
    Care.KNOW: Message("Good to know"),
}


def doctor_page(folder: str, done: Sequence[Problem], left: Sequence[Problem]) -> Page:
    """Show what was repaired and what is left in a folder."""
    found = [*((Care.DONE, one) for one in done), *((care_of(one), one) for one in left)]
    opening = Message("What was taken away is kept in the same folder.") if done else Message("Nothing was changed.")
    blocks: list[Block] = [
        Heading(Message("The data folder {path}", path=folder), 1),
        Sentence(opening, Tone.QUIET),
    ]
    for section, title in _SECTIONS.items():
        rows = [[_problem_cell(one, care)] for care, one in found if care is section]
        if rows:
            blocks += [Heading(title), Table([Column("", flexible=True)], rows)]
    blocks.append(_summary([care for care, _ in found]))
    return Page("doctor", blocks, FIELDS, [_item(care, one) for care, one in found], {"folder": folder})


def care_of(problem: Problem) -> Care:
    """Return who takes care of a problem that is not repaired yet."""
    if problem.repair:
        return Care.FIX
    return Care.KNOW if problem.severity is Severity.NOTE else Care.DECIDE


def _problem_cell(one: Problem, care: Care) -> Cell:
    """The place and the message, with the lines of the file and the fix below."""
    below: list[Text] = list(one.shown)
    if one.fix:
        below.append(Message("fix: {fix}", fix=one.fix) if care in (Care.FIX, Care.DECIDE) else one.fix)
    return Cell(Message("{place}: {message}", place=_where(one.place), message=one.message), below=below)


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _summary(cares: Sequence[Care]) -> Sentence:
    counted = {
        Care.DONE: Message("{count} done", count=cares.count(Care.DONE)),
        Care.FIX: Message("{count} for cbfa doctor --fix", count=cares.count(Care.FIX)),
        Care.DECIDE: Message("{count} for you to decide", count=cares.count(Care.DECIDE)),
    }
    counts = [message for care, message in counted.items() if care in cares]
    return Sentence(tuple(counts) if counts else Message("Nothing to do."), Tone.STRONG)


def _item(care: Care, one: Problem) -> Item:
    return {
        "kind": one.kind,
        "care": care.value,
        "file": one.place.file,
        "line": one.place.line or None,
        "message": one.message,
        "advice": one.fix or "",
        "shown": list(one.shown),
    }
