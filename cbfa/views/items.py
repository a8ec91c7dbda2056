"""The items of the machine formats. Their field names and values are a promise to scripts: English words, ISO dates, stable spelling."""

from cbfa.core.agencies import Agency
from cbfa.core.journal import Entry, Record, Retraction
from cbfa.core.model import Words
from cbfa.core.roadmap import Assignment
from cbfa.core.selection import is_carried_over
from cbfa.core.snapshot import OfficialClass, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import Tally
from cbfa.views.page import Item

VERSION = 1
"""The version of the JSON envelope; raised when a field changes its meaning or goes away."""


ENTRY_FIELDS = ("id", "on", "key", "event", "count", "percent", "note", "evidence", "by", "recorded")
LOG_FIELDS = (*ENTRY_FIELDS, "in_roadmap", "parts")
OCCURRENCE_FIELDS = (
    *("key", "id", "period", "title", "title_vi", "title_en", "workstream", "clauses", "start", "due", "tentative"),
    *("derived.vi", "derived.en", "timing_words", "lead", "inferred", "support", "basis_vi", "basis_en"),
    *("progress", "timing", "official", "days_overdue", "silent_days", "done_on", "days_late"),
    *("target.least", "target.most", "target.unit_vi", "target.unit_en", "counted", "percent"),
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
    *("id", "code", "name", "name_vi", "name_en", "duties_vi", "duties_en"),
    *(f"leads.{name}" for name in TALLY_FIELDS),
    *(f"supports.{name}" for name in TALLY_FIELDS),
)


def occurrence_item(standing: Standing) -> Item:
    """An occurrence and its state."""
    occurrence, course = standing.occurrence, standing.course
    milestone, window = occurrence.milestone, occurrence.window
    target = milestone.target
    return {
        "key": occurrence.key,
        "id": milestone.id,
        "period": window.period,
        "title": milestone.title,
        "title_vi": milestone.title.vi,
        "title_en": milestone.title.en,
        "workstream": occurrence.workstream.id,
        "clauses": milestone.clauses,
        "start": window.start.isoformat() if window.start else None,
        "due": window.due.isoformat() if window.due else None,
        "tentative": milestone.schedule.tentative,
        "derived": _both(milestone.schedule.derived),
        "timing_words": milestone.timing,
        "lead": milestone.lead.agency,
        "inferred": milestone.lead.inferred is not None,
        "support": [assignment.agency for assignment in milestone.support],
        "basis": [_basis(assignment) for assignment in milestone.assignments],
        "basis_vi": [_basis_in("vi", assignment) for assignment in milestone.assignments],
        "basis_en": [_basis_in("en", assignment) for assignment in milestone.assignments],
        "progress": course.progress.value,
        "timing": standing.timing.value if standing.timing else None,
        "official": standing.official.value,
        "days_overdue": standing.days_overdue,
        "silent_days": standing.silent_days,
        "done_on": course.done_in.notation if course.done_in else None,
        "days_late": standing.days_late,
        "target": {"least": target.least, "most": target.most, "unit_vi": target.vi, "unit_en": target.en}
        if target
        else None,
        "counted": course.counted if target else None,
        "percent": standing.percent,
        "last_entry": entry_item(course.last) if course.last else None,
        "as_of": standing.as_of.isoformat(),
    }


def carried_over_item(standing: Standing, year: int | None) -> Item:
    """Say if an occurrence is carried over into the year asked about; null without a year."""
    return {"carried_over": None if year is None else is_carried_over(standing, year)}


def _both(words: Words | None) -> Item | None:
    return {"vi": words.vi, "en": words.en} if words else None


def _basis(assignment: Assignment) -> Item:
    return {"agency": assignment.agency, "clause": assignment.basis, "inferred": _both(assignment.inferred)}


def _basis_in(language: str, assignment: Assignment) -> str:
    """Write an assignment in one language: the agency with its clause, or with the reason why it was inferred."""
    why = assignment.inferred.in_(language) if assignment.inferred else assignment.basis
    return f"{assignment.agency}: {why}"


def entry_item(entry: Entry) -> Item:
    """An entry of the journal."""
    return {
        "id": entry.id,
        "on": entry.on.notation,
        "key": entry.key,
        "event": entry.event.value,
        "count": entry.count,
        "percent": entry.percent,
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


def tally_item(tally: Tally) -> Item:
    """The counts of every class, also those that are zero. Shares are of the `base`: all that are not dropped."""
    return {
        "occurrences": tally.total,
        "milestones": tally.milestones,
        "base": tally.base,
        "official": {name.value: tally.official[name] for name in OfficialClass},
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


def agency_item(agency: Agency, leads: Tally, supports: Tally) -> Item:
    """An agency, its duties, and the counts of what it leads and supports."""
    return {
        "id": agency.id,
        "code": agency.code,
        "name": agency.name,
        "name_vi": agency.name.vi,
        "name_en": agency.name.en,
        "duties": [{"clause": duty.clause, "vi": duty.vi, "en": duty.en} for duty in agency.duties],
        "duties_vi": [f"{duty.clause}: {duty.vi}" for duty in agency.duties],
        "duties_en": [f"{duty.clause}: {duty.en}" for duty in agency.duties],
        "leads": tally_item(leads),
        "supports": tally_item(supports),
    }
