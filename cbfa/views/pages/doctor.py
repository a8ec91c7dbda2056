"""What a look at the data folder found: what would be done or was, what a person must decide, what is good to know."""

from __future__ import annotations

from collections.abc import Sequence

from cbfa.core.diagnosis import Care, Diagnosis
from cbfa.errors import Place
from cbfa.locale import N_, _, text
from cbfa.views.page import Block, Cell, Column, Heading, Page, Record, Sentence, Table, Tone

FIELDS = ("kind", "care", "file", "line", "message", "advice", "shown")

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


def doctor_page(folder: str, diagnoses: Sequence[Diagnosis]) -> Page:
    """The page of a folder, which is named as people read it."""
    changed = any(one.care is Care.DONE for one in diagnoses)
    opening = _("What was taken away is kept in the same folder.") if changed else _("Nothing was changed.")
    blocks: list[Block] = [Heading(_("The data folder {path}", path=folder), 1), Sentence(opening, Tone.QUIET)]
    for care, (title, sign, tone) in _SECTIONS.items():
        rows = [_row(one, sign, tone) for one in diagnoses if one.care is care]
        if rows:
            blocks += [Heading(_(title)), Table([Column(""), Column("", flexible=True)], rows)]
    blocks.append(_summary(diagnoses))
    return Page("doctor", blocks, FIELDS, [_record(one) for one in diagnoses], {"folder": folder})


def _row(one: Diagnosis, sign: str, tone: Tone) -> list[Cell]:
    advice = text(one.advice)
    if one.care in (Care.FIX, Care.DECIDE):
        advice = _("mend: {mend}", mend=advice)
    return [Cell(sign, tone), Cell(f"{_where(one.place)}: {text(one.message)}", below=(*one.shown, advice))]


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _summary(diagnoses: Sequence[Diagnosis]) -> Sentence:
    counts = {care: sum(1 for one in diagnoses if one.care is care) for care in Care}
    said = [_(template, count=counts[care]) for care, template in _COUNTED.items() if counts[care]]
    return Sentence(", ".join(said) if said else _("Nothing to do."), Tone.STRONG)


def _record(one: Diagnosis) -> Record:
    return {
        "kind": one.kind.value,
        "care": one.care.value,
        "file": one.place.file,
        "line": one.place.line or None,
        "message": text(one.message),
        "advice": text(one.advice),
        "shown": list(one.shown),
    }
