"""Official documents: the reports of an agency and of the programme, and the letter that asks for reports.

The order of the parts is that of mid-term and final reports of provinces. Figures and tables are computed; the words of the officers come
from their notes, and a blank marks each part that still needs some. Number and date are left open: the clerk's office gives them at issue.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from cbfa.core.agencies import Agency
from cbfa.core.periods import Period
from cbfa.core.roadmap import Programme
from cbfa.core.selection import Role, Selection, overdue, upcoming
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import OPEN, Timing
from cbfa.core.tally import count_occurrences
from cbfa.errors import Invalid
from cbfa.locale import get_language
from cbfa.messages import Message, Plural
from cbfa.views.items import YEAR_FIELDS, carried_over_item, occurrence_item
from cbfa.views.page import (
    Appendix,
    Blank,
    Block,
    Figure,
    Heading,
    Letterhead,
    OnDemand,
    Page,
    Sentence,
    Signature,
    Text,
)
from cbfa.views.pages.agencies import duties_of, role_totals
from cbfa.views.pages.parts import as_of, envelope, legend, silence
from cbfa.views.pages.progress import (
    by_agencies,
    by_objectives,
    by_workstreams,
    official_figures,
    progress_table,
    tasks,
)

MAX_LISTED = 20
"""Maximum number of tasks that a list in the text has; the appendix has all."""
DOTS = "……………"
"""A place that is filled in by hand."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


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


def check_request(request: Request, coordinator: str) -> None:
    """Check that the options of a document go together. Raises Invalid."""
    kind, agencies, year, _ = request
    if kind is Kind.ANNUAL and year is None:
        raise Invalid(Message("--kind annual needs --year"), Message("add the year of the report: --year 2012"))
    if kind in (Kind.MIDTERM, Kind.FINAL) and year is not None:
        message = Message("--kind {kind} is about the whole programme, so it takes no --year", kind=kind.value)
        raise Invalid(message, Message("leave out --year, or use --kind annual"))
    if kind in (Kind.ANNUAL, Kind.MIDTERM, Kind.FINAL) and len(agencies) > 1:
        message = Message("--kind {kind} is issued by one agency", kind=kind.value)
        raise Invalid(message, Message("leave out --agency for the coordinating agency, or name one"))
    if kind is Kind.LETTER and any(agency.id == coordinator for agency in agencies):
        message = Message("the coordinating agency sends the letter, so it cannot receive it")
        raise Invalid(message, Message("name other agencies with --agency, or leave it out for all others"))


def usual_day(kind: Kind, programme: Programme, year: int | None) -> date | None:
    """Return the day to which a document refers unless another is asked for; None for today.

    It is the last day of the year, of the first half of the programme (V.1 names no year for the mid-term review), or of the programme.
    """
    first, last = programme.period.first, programme.period.last
    if kind is Kind.ANNUAL and year is not None:
        return date(year, 12, 31)
    if kind is Kind.MIDTERM:
        years, months = divmod(6 * (last - first + 1), 12)
        return date(first + years, 6, 30) if months else date(first + years - 1, 12, 31)
    return date(last, 12, 31) if kind is Kind.FINAL else None


def official_page(snapshot: Snapshot, request: Request) -> Page:
    """Return an official document: its head, its parts, its signature and its appendices."""
    scope = scope_of(snapshot, request)
    write = _letter if request.kind is Kind.LETTER else _report
    year = request.year
    items = OnDemand(lambda: ({**occurrence_item(one), **carried_over_item(one, year)} for one in scope))
    more = {**envelope(snapshot), "document": request.kind.value, "year": year}
    return Page("document", list(write(snapshot, request, scope)), YEAR_FIELDS, items, more)


def scope_of(snapshot: Snapshot, request: Request) -> list[Standing]:
    """Return the occurrences that a document is about. A letter asks for what is open and may be under way."""
    year = None if request.kind is Kind.ANNUAL else request.year
    agencies = _addressees(snapshot, request) if request.kind is Kind.LETTER else request.agencies
    selected = Selection(agencies=agencies, year=year).select(snapshot.standings)
    if request.kind is not Kind.LETTER:
        return selected
    return [one for one in selected if one.course.progress in OPEN and one.timing is not Timing.UPCOMING]


def _addressees(snapshot: Snapshot, request: Request) -> Sequence[Agency]:
    """Return the agencies that a letter goes to: those that were named, else all that have a part, but not the coordinator."""
    if request.agencies:
        return request.agencies
    own = snapshot.roadmap.programme.coordinator
    used = {one.agency for standing in snapshot.standings for one in standing.occurrence.milestone.assignments}
    return [agency for agency in snapshot.agencies.agencies if agency.id in used and agency.id != own]


def _issuer(snapshot: Snapshot, request: Request) -> Agency:
    """Return the agency that issues the document: the one that was named, else the coordinator."""
    if request.kind is not Kind.LETTER and len(request.agencies) == 1:
        return request.agencies[0]
    return snapshot.agencies[snapshot.roadmap.programme.coordinator]


# Head and end


def _subject(request: Request, programme: Text) -> Message:
    year = request.year
    match request.kind:
        case Kind.ANNUAL:
            return Message("Results in {year}: {programme}", programme=programme, year=year)
        case Kind.MIDTERM:
            return Message("Mid-term review: {programme}", programme=programme)
        case Kind.FINAL:
            return Message("Final review: {programme}", programme=programme)
        case Kind.LETTER:
            return Message("Report on results: {programme}", programme=programme)
    if year:
        return Message("Progress in {year}: {programme}", programme=programme, year=year)
    return Message("Progress: {programme}", programme=programme)


def _superior(agency: Agency) -> Text:
    return agency.office.superior if agency.office else DOTS


def _addressee(snapshot: Snapshot, issuer: Agency) -> Text:
    """Return the body to which a report goes: the coordinator, and of the coordinator the superior."""
    coordinator = snapshot.agencies[snapshot.roadmap.programme.coordinator]
    return _superior(issuer) if issuer == coordinator else coordinator.name


def _head(snapshot: Snapshot, request: Request) -> Letterhead:
    issuer, programme = _issuer(snapshot, request), snapshot.roadmap.programme
    code: Text = issuer.code or DOTS
    is_letter = request.kind is Kind.LETTER
    number = Message("No.:       /{code}-……", code=code) if is_letter else Message("No.:       /BC-{code}", code=code)
    addressees = [one.name for one in _addressees(snapshot, request)] if is_letter else [_addressee(snapshot, issuer)]
    bases = [
        Message("Pursuant to {act}", act=programme.legal_basis),
        Message("For the programme: {programme}", programme=programme.title),
    ]
    return Letterhead(
        kind=None if is_letter else Message("Report"),
        subject=_subject(request, programme.title),
        superior=_superior(issuer),
        issuer=issuer.name,
        number=number,
        dated=Message("{place}, date: ……………", place=issuer.office.place if issuer.office else DOTS),
        addressees=addressees,
        bases=[] if is_letter else bases,
    )


def _signature(agency: Agency) -> Signature:
    office = agency.office
    return (
        Signature(office.signer.title, office.signer.name, office.recipients)
        if office
        else Signature(DOTS, None, [DOTS])
    )


# Reports


def _report(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    issuer = _issuer(snapshot, request)
    yield _head(snapshot, request)
    yield Sentence(Message("{issuer} reports as follows:", issuer=issuer.name))
    for number, part in zip(ROMAN, parts_of(request.kind), strict=False):
        yield Heading(Message("{number}. {part}", number=number, part=TITLES[part]))
        yield from COMPUTED[part](snapshot, request, scope) if part in COMPUTED else ()
        yield from _words(request, part)
    yield Sentence(_close(snapshot, issuer))
    yield _signature(issuer)
    yield from _appendices(snapshot, request, scope)


def _close(snapshot: Snapshot, issuer: Agency) -> Message:
    """Return the last sentence; a superior gives directions, the coordinator compiles."""
    addressee = _addressee(snapshot, issuer)
    if issuer.id == snapshot.roadmap.programme.coordinator:
        return Message(
            "This is the report of {issuer}, submitted to {addressee} for directions.",
            issuer=issuer.name,
            addressee=addressee,
        )
    return Message(
        "This is the report of {issuer}, sent to {addressee} to be compiled.", issuer=issuer.name, addressee=addressee
    )


def _words(request: Request, part: Part) -> list[Block]:
    """Return the officer's paragraphs of a part, else the place for them."""
    paragraphs = request.notes.get(part, ())
    return [Sentence(text) for text in paragraphs] if paragraphs else [Blank(TITLES[part], HINTS[part])]


def _results(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    """Give the figures: all of them, those of the year or of the agencies, and those of each objective."""
    if not scope:
        yield Sentence(Message("{as_of}, no task is within the scope of this report.", as_of=as_of(snapshot)))
        return
    tally = count_occurrences(scope)
    titles = iter(range(1, 10))
    covered = Message(
        "{milestones} with {tasks}",
        milestones=Plural("{count} milestone", "{count} milestones", count=tally.milestones),
        tasks=Plural("{count} task", "{count} tasks", count=tally.total),
    )
    yield _title(titles, Message("Figures"))
    yield Sentence(Message("{as_of}, this report covers {counted}.", as_of=as_of(snapshot), counted=covered))
    yield from map(Sentence, official_figures(tally))
    yield from silence(tally)
    yield by_workstreams(snapshot.roadmap, scope)
    if request.kind is Kind.AGENCY:
        yield from _by_agency(snapshot, request)
        return
    if request.year:
        yield _title(titles, Message("Work of {year}", year=request.year))
        yield from _of_year(snapshot, request.year, scope)
    if tables := by_objectives(snapshot.roadmap, scope):
        yield _title(titles, Message("Results by objective"))
        yield from tables
    yield _title(titles, Message("Main results"))


def _title(numbers: Iterator[int], title: Text) -> Heading:
    return Heading(Message("{number}. {part}", number=next(numbers), part=title), 3)


def _by_agency(snapshot: Snapshot, request: Request) -> Iterator[Block]:
    """Give the totals of both roles of each agency; of a single one its duties, too."""
    agencies = request.agencies or snapshot.agencies.agencies
    for number, agency in enumerate(agencies, 2):
        led, supported = (
            Selection(agencies=[agency], role=role, year=request.year).select(snapshot.standings)
            for role in (Role.LEAD, Role.SUPPORT)
        )
        yield Heading(Message("{number}. {part}", number=number, part=agency.name), 3)
        if led or supported:
            yield role_totals(led, supported, request.year)
        else:
            yield Sentence(Message("It has no tasks in this period.") if request.year else Message("It has no tasks."))
        if len(agencies) == 1:
            yield from duties_of(agency, 3)


def _of_year(snapshot: Snapshot, year: int, scope: Sequence[Standing]) -> Iterator[Block]:
    """List what fell due in a year and what was completed in it."""
    period = Period.from_months(year, 1, 12)
    due = [one for one in scope if one.occurrence.window.due in period]
    done = Selection(done_in=period).select(scope)
    finished = sum(one.course.done_on is not None for one in due)
    if due:
        yield Sentence(
            Plural(
                "{count} task falls due in {year} (done: {done}):",
                "{count} tasks fall due in {year} (done: {done}):",
                count=len(due),
                year=year,
                done=Figure(finished),
            )
        )
        yield tasks(due, snapshot.agencies)
    else:
        yield Sentence(Message("No task falls due in {year}.", year=year))
    if done:
        yield Sentence(
            Plural(
                "{count} task was completed in {year}:",
                "{count} tasks were completed in {year}:",
                count=len(done),
                year=year,
            )
        )
        yield tasks(done, snapshot.agencies)
    else:
        yield Sentence(Message("No task is recorded as completed in {year}.", year=year))
    yield from legend([*due, *done])


def _shortcomings(snapshot: Snapshot, _request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    late = overdue(scope)
    if scope and not late:
        yield Sentence(Message("No task is overdue."))
    if not late:
        return
    heading = Plural("{count} task is overdue:", "{count} tasks are overdue:", count=len(late))
    yield from _listed(snapshot, heading, late)


def _directions(snapshot: Snapshot, _request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    ahead = upcoming(scope)
    if scope and not ahead:
        yield Sentence(Message("No unfinished task falls due later."))
    if not ahead:
        return
    heading = Plural(
        "{count} unfinished task falls due later:", "{count} unfinished tasks fall due later:", count=len(ahead)
    )
    yield from _listed(snapshot, heading, ahead)


def _listed(snapshot: Snapshot, heading: Text, standings: Sequence[Standing]) -> Iterator[Block]:
    """List the first tasks; the appendix has all."""
    first = standings[:MAX_LISTED]
    yield Sentence(heading)
    yield tasks(first, snapshot.agencies)
    yield from legend(first)
    if (more := len(standings) - len(first)) > 0:
        yield Sentence(Plural("{count} more is in the appendix.", "{count} more are in the appendix.", count=more))


COMPUTED: Mapping[Part, Callable[[Snapshot, Request, Sequence[Standing]], Iterator[Block]]] = {
    Part.RESULTS: _results,
    Part.SHORTCOMINGS: _shortcomings,
    Part.DIRECTIONS: _directions,
}
"""The parts that have figures and lists before the words of the officers."""


def _appendices(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    """Give the tables: of one agency by its role, of the programme all tasks and the figures of the agencies."""
    tables: list[tuple[Text, list[Block]]] = []
    if request.kind is Kind.AGENCY and len(request.agencies) == 1:
        titles: dict[Role, Text] = {
            Role.LEAD: Message("Tasks that it leads"),
            Role.SUPPORT: Message("Tasks that it supports"),
        }
        for role, name in titles.items():
            rows = Selection(agencies=request.agencies, role=role).select(scope)
            tables += [(name, _progress(snapshot, rows))] if rows else []
    elif scope:
        tables.append((Message("Progress of the tasks"), _progress(snapshot, scope)))
        if request.kind is not Kind.LETTER:
            tables.append((Message("Figures by lead agency"), [by_agencies(snapshot.agencies, scope)]))
    for number, (title, blocks) in enumerate(tables):
        yield Appendix(title, ROMAN[number] if len(tables) > 1 else "")
        yield from blocks


def _progress(snapshot: Snapshot, standings: Sequence[Standing]) -> list[Block]:
    return [progress_table(standings, snapshot.agencies), *legend(standings, supports=True)]


# The letter


def _letter(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    """Ask the agencies for their reports; the appendix lists what is open."""
    issuer, programme = _issuer(snapshot, request), snapshot.roadmap.programme
    addressees = _addressees(snapshot, request)
    yield _head(snapshot, request)
    yield Sentence(
        Message(
            "Carrying out {act}, and to compile the report to {superior}, {issuer} asks {addressee} to report on results "
            "as of {day}.",
            act=programme.legal_basis,
            superior=_superior(issuer),
            issuer=issuer.name,
            addressee=addressees[0].name if len(addressees) == 1 else Message("the agencies above"),
            day=snapshot.as_of,
        )
    )
    if scope:
        yield Sentence(
            Plural(
                "The appendix lists {count} task that is open; please state its result, difficulties and proposals.",
                "The appendix lists {count} tasks that are open; please state their results, difficulties and proposals.",
                count=len(scope),
            )
        )
    yield from _words(request, Part.REPLY)
    yield Sentence(Message("{issuer} looks forward to your reply.", issuer=issuer.name))
    yield _signature(issuer)
    yield from _appendices(snapshot, request, scope)


def headings(codes: Sequence[str] = ("vi", "en")) -> dict[Part, list[str]]:
    """Return the headings by which notes can name each part, in every language."""
    return {part: [get_language(code).text(title) for code in codes] for part, title in TITLES.items()}
