"""The items of the machine formats. Their field names and values are a promise to scripts: English words, ISO dates, stable spelling."""

from collections.abc import Iterable, Sequence

from cbfa.core.agencies import Agency
from cbfa.core.decimals import written
from cbfa.core.journal import Entry, Record, Retraction
from cbfa.core.plan import Occurrence
from cbfa.core.roadmap import Assignment, Programme
from cbfa.core.selection import is_carried_over
from cbfa.core.snapshot import OfficialClass, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import Tally
from cbfa.core.targets import Target
from cbfa.core.words import USUAL_LANGUAGES, Words
from cbfa.views.page import Item

VERSION = 1
"""The version of the JSON envelope; raised when a field changes its meaning or goes away."""


ENTRY_FIELDS = ("id", "on", "key", "event", "count", "value", "percent", "until", "note", "evidence", "by", "recorded")
LOG_FIELDS = (*ENTRY_FIELDS, "in_roadmap", "parts")
OCCURRENCE_FIELDS = (
    *("key", "id", "period", "title", "title_vi", "title_en", "workstream", "clauses", "start", "due", "tentative"),
    *("original_due", "slip_days", "moves", "overdue_when_moved", "moved_by", "asked_until"),
    *("derived.vi", "derived.en", "timing_words", "lead", "leads", "member", "inferred", "support"),
    *("basis_vi", "basis_en", "text_vi", "text_en", "result_vi", "result_en"),
    *("progress", "timing", "official", "days_overdue", "silent_days", "done_on", "days_late"),
    *("target.least", "target.most", "target.bound", "target.figure", "target.baseline", "target.measure"),
    *("target.unit_vi", "target.unit_en", "counted", "value", "percent"),
    *(f"last_entry.{name}" for name in ENTRY_FIELDS),
    "as_of",
)
YEAR_FIELDS = (*OCCURRENCE_FIELDS, "carried_over")
"""The fields of occurrences that can be asked for by year."""
TALLY_FIELDS = (
    *("occurrences", "milestones", "base"),
    *(f"official.{name}" for name in OfficialClass),
    *(f"progress.{name}" for name in Progress),
    *(f"timing.{name}" for name in Timing),
    *("without_entry", "percent_done"),
    *("not_yet_open", "overdue_without_entry", "overdue_inferred", "overdue_over_30_days"),
    *("open_in_90_days", "updated_in_90_days", "no_deadline_silent_180_days"),
)
AGENCY_FIELDS = (
    *("id", "code", "name", "name_vi", "name_en", "members", "duties_vi", "duties_en"),
    *(f"leads.{name}" for name in TALLY_FIELDS),
    *(f"supports.{name}" for name in TALLY_FIELDS),
)


def moves_item(standing: Standing) -> Item:
    """The fields of what acts did to a deadline, and of a request for more time."""
    original, moves, asked = standing.original_due, standing.moves, standing.course.asked
    return {
        "original_due": original.isoformat() if original else None,
        "slip_days": standing.slip_days,
        "moves": moves.moves if moves else 0,
        "overdue_when_moved": moves is not None and moves.late_when_moved,
        "moved_by": moves.last.id if moves and moves.last else None,
        "asked_until": asked.until.notation if asked and asked.until else None,
    }


def fields_in(fields: Sequence[str], programme: Programme) -> list[str]:
    """Return fields with those in English repeated for each language of a programme that is neither Vietnamese nor English."""
    found: list[str] = []
    for field in fields:
        found.append(field)
        if field.endswith(("_en", ".en")):
            found += [field.removesuffix("en") + one for one in programme.languages if one not in USUAL_LANGUAGES]
    return found


def occurrence_item(standing: Standing, programme: Programme) -> Item:
    """An occurrence and its state."""
    languages = languages_of(programme)
    occurrence, course = standing.occurrence, standing.course
    milestone, window = occurrence.milestone, occurrence.window
    target = milestone.target
    return {
        "key": occurrence.key,
        "id": milestone.id,
        "period": window.name or None,
        "title": milestone.title,
        **texts_item("title", milestone.title, languages),
        "workstream": occurrence.workstream.id,
        "clauses": milestone.clauses,
        "start": window.start.isoformat() if window.start else None,
        "due": window.due.isoformat() if window.due else None,
        **moves_item(standing),
        "tentative": milestone.tentative,
        "derived": _by_language(milestone.derived, languages),
        "timing_words": milestone.timing,
        "lead": occurrence.leads[0].agency,
        "leads": [lead.agency for lead in occurrence.leads],
        "member": occurrence.member.id if occurrence.member else None,
        "inferred": occurrence.is_inferred,
        "support": [assignment.agency for assignment in milestone.support],
        "basis": [_basis(one, milestone.clauses, languages) for one in assignments_of(occurrence)],
        **{
            f"basis_{language}": [_basis_in(language, one, milestone.clauses) for one in assignments_of(occurrence)]
            for language in languages
        },
        **texts_item("text", milestone.text, languages),
        **texts_item("result", milestone.result, languages),
        "progress": course.progress.value,
        "timing": standing.timing.value if standing.timing else None,
        "official": standing.official.value if programme.official_classes else None,
        "days_overdue": standing.days_overdue,
        "silent_days": standing.silent_days,
        "done_on": course.done_in.notation if course.done_in else None,
        "days_late": standing.days_late,
        "target": _target_item(target, languages) if target else None,
        "counted": course.counted if target and target.count else None,
        "value": None if course.value is None else written(course.value),
        "percent": standing.percent,
        "last_entry": entry_item(course.last) if course.last else None,
        "as_of": standing.as_of.isoformat(),
    }


def carried_over_item(standing: Standing, year: int | None) -> Item:
    """Say if an occurrence is carried over into the year asked about; null without a year."""
    return {"carried_over": None if year is None else is_carried_over(standing, year)}


def languages_of(programme: Programme) -> list[str]:
    """Return the languages of texts in items: Vietnamese and English in any case, then the others of the programme."""
    return list(dict.fromkeys([*USUAL_LANGUAGES, *programme.languages]))


def texts_item(name: str, words: Words | None, languages: Iterable[str]) -> Item:
    """A text in each language, null where it lacks one."""
    return {f"{name}_{language}": words.get(language) if words else None for language in languages}


def _by_language(words: Words | None, languages: Iterable[str]) -> Item | None:
    return {language: words.get(language) for language in languages} if words else None


def assignments_of(occurrence: Occurrence) -> list[Assignment]:
    """Return those who answer for an occurrence, then those who support it."""
    return [*occurrence.leads, *occurrence.milestone.support]


def _basis(assignment: Assignment, clauses: Sequence[str], languages: Iterable[str]) -> Item:
    return {
        "agency": assignment.agency,
        "clause": None if assignment.inferred else assignment.basis or "; ".join(clauses),
        "inferred": _by_language(assignment.inferred, languages),
    }


def _basis_in(language: str, assignment: Assignment, clauses: Sequence[str]) -> str:
    """Write an assignment in one language: the agency with its clause, or with the reason why it was inferred."""
    why = assignment.inferred.in_(language) if assignment.inferred else assignment.basis or ", ".join(clauses)
    return f"{assignment.agency}: {why}"


def _target_item(target: Target, languages: Iterable[str]) -> Item:
    """A target: `least` and `most` of what is counted; of a level its bound and figures, exact, as text."""
    level, most = target.level, target.most
    return {
        "least": target.count,
        "most": None if most is None else written(most) if level or most % 1 else int(most),
        "bound": level.bound.value if level else None,
        "figure": written(level.figure) if level else None,
        "baseline": None if target.baseline is None else written(target.baseline),
        "measure": target.measure,
        **texts_item("unit", target.unit, languages),
    }


def entry_item(entry: Entry) -> Item:
    """An entry of the journal."""
    return {
        "id": entry.id,
        "on": entry.on.notation,
        "key": entry.key,
        "event": entry.event.value,
        "count": entry.count,
        "value": None if entry.value is None else written(entry.value),
        "percent": entry.percent,
        "until": entry.until.notation if entry.until else None,
        "note": entry.note,
        "evidence": list(entry.evidence),
        "by": entry.by,
        "recorded": entry.recorded.isoformat(timespec="milliseconds"),
    }


def retraction_item(retraction: Retraction, record: Record | None) -> Item:
    """A retraction, with the entry that it takes back, if the journal has it."""
    return {
        "id": retraction.id,
        "retracts": retraction.retracts,
        "note": retraction.note,
        "by": retraction.by,
        "recorded": retraction.recorded.isoformat(timespec="milliseconds"),
        "entry": entry_item(record) if isinstance(record, Entry) else None,
    }


def tally_item(tally: Tally, programme: Programme) -> Item:
    """The counts of every class, also those that are zero. Shares are of the `base`: all that are not dropped.

    `official` is null where the programme leaves out the official classes.
    """
    return {
        "occurrences": tally.total,
        "milestones": tally.milestones,
        "base": tally.base,
        "official": {name.value: tally.official[name] for name in OfficialClass}
        if programme.official_classes
        else None,
        "progress": {name.value: tally.progress[name] for name in Progress},
        "timing": {name.value: tally.timing[name] for name in Timing},
        "without_entry": tally.without_entry,
        "percent_done": round(100 * share, 2) if (share := tally.share(tally.done)) is not None else None,
        "not_yet_open": tally.not_yet_open,
        "overdue_without_entry": tally.overdue_without_entry,
        "overdue_inferred": tally.overdue_inferred,
        "overdue_over_30_days": tally.long_overdue,
        "open_in_90_days": tally.open_lately,
        "updated_in_90_days": tally.updated_lately,
        "no_deadline_silent_180_days": tally.long_silent,
    }


def agency_item(agency: Agency, leads: Tally, supports: Tally, programme: Programme) -> Item:
    """An agency, its duties, and the counts of what it leads and supports."""
    languages, duties = languages_of(programme), agency.duty_texts
    return {
        "id": agency.id,
        "code": agency.code,
        "name": agency.name,
        **texts_item("name", agency.name, languages),
        "members": agency.members,
        "duties": [{"clause": duty.clause, **{one: duty.text.get(one) for one in languages}} for duty in duties],
        **{f"duties_{one}": [f"{duty.clause}: {duty.text.in_(one)}" for duty in duties] for one in languages},
        "leads": tally_item(leads, programme),
        "supports": tally_item(supports, programme),
    }
