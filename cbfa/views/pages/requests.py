"""Requests for official documents: the kinds, their parts, their usual days, the work that each is about, who sends it to whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from cbfa.core.agencies import Agency
from cbfa.core.dates import last_day
from cbfa.core.roadmap import Programme
from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import OPEN, Timing
from cbfa.errors import Invalid
from cbfa.locale import get_language
from cbfa.messages import Message


class Kind(StrEnum):
    """The kinds of official documents."""

    AGENCY = "agency"
    ANNUAL = "annual"
    MIDTERM = "midterm"
    FINAL = "final"
    LETTER = "letter"


class Part(StrEnum):
    """The narrative parts of official documents, in their order."""

    LEADERSHIP = "leadership"
    RESULTS = "results"
    SHORTCOMINGS = "shortcomings"
    LESSONS = "lessons"
    DIRECTIONS = "directions"
    PROPOSALS = "proposals"
    REPLY = "reply"


KINDS = {
    Kind.AGENCY: Message("the report of an agency, or of several"),
    Kind.ANNUAL: Message("the programme's report on a year"),
    Kind.MIDTERM: Message("the programme's mid-term review"),
    Kind.FINAL: Message("the programme's final review"),
    Kind.LETTER: Message("the letter that asks agencies for their reports"),
}
TITLES = {
    Part.LEADERSHIP: Message("Leadership and implementation"),
    Part.RESULTS: Message("Results"),
    Part.SHORTCOMINGS: Message("Shortcomings and causes"),
    Part.LESSONS: Message("Lessons"),
    Part.DIRECTIONS: Message("Directions for the next period"),
    Part.PROPOSALS: Message("Proposals"),
    Part.REPLY: Message("Date of the reply"),
}
"""The headings of the parts, in documents and in notes."""
HINTS = {
    Part.LEADERSHIP: Message("directives issued, plans, meetings, how the work was divided and checked"),
    Part.RESULTS: Message("the main results and what they changed, beyond the figures"),
    Part.SHORTCOMINGS: Message("what was not achieved, and the causes within and beyond the agencies' control"),
    Part.LESSONS: Message("what the next programme should keep, and what it should do differently"),
    Part.DIRECTIONS: Message("the main tasks, who leads them, and how they will be done"),
    Part.PROPOSALS: Message("what is asked of the Provincial People's Committee, of ministries and of other agencies"),
    Part.REPLY: Message("the day by which the reports are due, and where to send them"),
}


def parts_of(kind: Kind) -> list[Part]:
    """Return the narrative parts of a kind, in order. Lessons are for the final report."""
    if kind is Kind.LETTER:
        return [Part.REPLY]
    left_out = {Part.REPLY, *([] if kind is Kind.FINAL else [Part.LESSONS])}
    return [part for part in Part if part not in left_out]


class Request(NamedTuple):
    """The document that is asked for. `agencies` are those that were named; `notes` are paragraphs by part."""

    kind: Kind
    agencies: Sequence[Agency] = ()
    year: int | None = None
    notes: Mapping[Part, Sequence[str]] = MappingProxyType({})


def check_request(request: Request, programme: Programme) -> None:
    """Check that the options of a document go together. Raises Invalid."""
    kind, agencies, year, _ = request
    if kind is Kind.ANNUAL and year is None:
        raise Invalid(
            Message("--kind annual needs --year"),
            Message("add the year of the report: --year {year}", year=programme.period.first.year),
        )
    if kind in (Kind.MIDTERM, Kind.FINAL) and year is not None:
        message = Message("--kind {kind} is about the whole programme, so it takes no --year", kind=kind.value)
        raise Invalid(message, Message("leave out --year, or use --kind annual"))
    if kind in (Kind.ANNUAL, Kind.MIDTERM, Kind.FINAL) and len(agencies) > 1:
        message = Message("--kind {kind} is issued by one agency", kind=kind.value)
        raise Invalid(message, Message("leave out --agency for the coordinating agency, or name one"))
    if kind is Kind.LETTER and any(agency.id == programme.coordinator for agency in agencies):
        message = Message("the coordinating agency sends the letter, so it cannot receive it")
        raise Invalid(message, Message("name other agencies with --agency, or leave it out for all others"))


def usual_day(kind: Kind, programme: Programme, year: int | None) -> date | None:
    """Return the day to which a document refers unless another is asked for; None for today.

    It is the last day of the year, of the first half of the programme (V.1 names no year for the mid-term review), or of the programme.
    """
    first, last = programme.period.first, programme.period.last
    if kind is Kind.ANNUAL and year is not None:
        return min(date(year, 12, 31), last)
    if kind is Kind.MIDTERM:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        year, month = divmod(first.month - 1 + months // 2 - 1, 12)
        return last_day(first.year + year, month + 1)
    return last if kind is Kind.FINAL else None


def scope_of(snapshot: Snapshot, request: Request) -> list[Standing]:
    """Return the occurrences that a document is about. A letter asks for what is open and may be under way."""
    year = None if request.kind is Kind.ANNUAL else request.year
    agencies = addressees_of(snapshot, request) if request.kind is Kind.LETTER else request.agencies
    selected = Selection(agencies=agencies, year=year).select(snapshot.standings)
    if request.kind is not Kind.LETTER:
        return selected
    return [one for one in selected if one.course.progress in OPEN and one.timing is not Timing.NOT_YET_OPEN]


def addressees_of(snapshot: Snapshot, request: Request) -> Sequence[Agency]:
    """Return the agencies that a letter goes to: those that were named, else all that have a part, but not the coordinator.

    What members owe through a group is asked of the group.
    """
    if request.agencies:
        return request.agencies
    own = snapshot.roadmap.programme.coordinator
    used = {
        occurrence.group if occurrence.group and one in occurrence.leads else one.agency
        for occurrence in snapshot.plan.occurrences
        for one in (*occurrence.leads, *occurrence.milestone.support)
    }
    return [agency for agency in snapshot.agencies.agencies if agency.id in used and agency.id != own]


def issuer_of(snapshot: Snapshot, request: Request) -> Agency:
    """Return the agency that issues the document: the one that was named, else the coordinator."""
    if request.kind is not Kind.LETTER and len(request.agencies) == 1:
        return request.agencies[0]
    return snapshot.agencies[snapshot.roadmap.programme.coordinator]


def headings(codes: Sequence[str] = ("vi", "en")) -> dict[Part, list[str]]:
    """Return the headings by which notes can name each part, in every language."""
    return {part: [get_language(code).text(title) for code in codes] for part, title in TITLES.items()}
