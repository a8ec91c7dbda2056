"""The doctor's page: what was repaired, what can be, what a person must decide, what is worth knowing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from cbfa.locale import N_, _, text
from cbfa.problems import Place, Problem, Severity
from cbfa.views.page import Block, Cell, Column, Heading, Page, Record, Sentence, Table, Tone

FIELDS = ("kind", "care", "file", "line", "message", "advice", "shown")


class Care(StrEnum):
    """Who takes care of a problem. The values are a promise to scripts."""

    DONE = "done"
    FIX = "fix"
    DECIDE = "decide"
    KNOW = "know"


_SECTIONS = {
    Care.DONE: (N_("Done"), "✓", Tone.GOOD),
    Care.FIX: (N_("For cbfa doctor --fix"), "+", Tone.WARN),
    Care.DECIDE: (N_("For you to decide"), "!", Tone.BAD),
    Care.KNOW: (N_("Good to know"), "·", Tone.QUIET),
}
_COUNTED = {
    Care.DONE: N_("{count} done"),
    Care.FIX: N_("{count} for cbfa doctor --fix"),
    Care.DECIDE: N_("{count} for you to decide"),
}


def doctor_page(folder: str, done: Sequence[Problem], left: Sequence[Problem]) -> Page:
    """The page of a folder, which is named as people read it."""
    found = [*((Care.DONE, one) for one in done), *((care_of(one), one) for one in left)]
    opening = _("What was taken away is kept in the same folder.") if done else _("Nothing was changed.")
    blocks: list[Block] = [Heading(_("The data folder {path}", path=folder), 1), Sentence(opening, Tone.QUIET)]
    for section, (title, sign, tone) in _SECTIONS.items():
        rows = [_row(one, care, sign, tone) for care, one in found if care is section]
        if rows:
            blocks += [Heading(_(title)), Table([Column(""), Column("", flexible=True)], rows)]
    blocks.append(_summary([care for care, _one in found]))
    return Page("doctor", blocks, FIELDS, [_record(care, one) for care, one in found], {"folder": folder})


def care_of(problem: Problem) -> Care:
    """Return who takes care of a problem that is not repaired yet."""
    if problem.repair:
        return Care.FIX
    return Care.KNOW if problem.severity is Severity.NOTE else Care.DECIDE


def _row(one: Problem, care: Care, sign: str, tone: Tone) -> list[Cell]:
    advice = _advice(one)
    if care in (Care.FIX, Care.DECIDE):
        advice = _("fix: {fix}", fix=advice)
    return [Cell(sign, tone), Cell(f"{_where(one.place)}: {text(one.message)}", below=(*one.shown, advice))]


def _advice(one: Problem) -> str:
    return text(one.fix) if one.fix else ""


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _summary(cares: Sequence[Care]) -> Sentence:
    counts = [_(template, count=cares.count(care)) for care, template in _COUNTED.items() if care in cares]
    return Sentence(", ".join(counts) if counts else _("Nothing to do."), Tone.STRONG)


def _record(care: Care, one: Problem) -> Record:
    return {
        "kind": one.kind,
        "care": care.value,
        "file": one.place.file,
        "line": one.place.line or None,
        "message": text(one.message),
        "advice": _advice(one),
        "shown": list(one.shown),
    }
