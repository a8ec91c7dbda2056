"""Official documents: the reports of an agency and of the programme, and the letter that asks for reports.

The order of the parts is that of mid-term and final reports of provinces. Figures and tables are computed; the words of the officers come
from their notes, and a blank marks each part that still needs some. Number and date are left open: the clerk's office gives them at issue.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cbfa.core.agencies import Agency
from cbfa.core.periods import Period
from cbfa.core.selection import Role, Selection, overdue, role_of, upcoming
from cbfa.core.snapshot import Snapshot, Standing, together
from cbfa.core.tally import count_occurrences
from cbfa.messages import Message, Plural
from cbfa.views.items import YEAR_FIELDS, carried_over_item, fields_in, occurrence_item
from cbfa.views.page import (
    Appendix,
    Blank,
    Block,
    Cell,
    Column,
    Figure,
    Group,
    Heading,
    OnDemand,
    Page,
    Sentence,
    Table,
    Text,
)
from cbfa.views.pages.acts import change_rows, changes_table
from cbfa.views.pages.agencies import duties_of, role_totals
from cbfa.views.pages.heads import addressee_of, head_of, signature_of, superior_of
from cbfa.views.pages.history import (
    NO_LONGER_PLANNED,
    Adjusted,
    added_table,
    adjusted,
    moved_table,
    repealed_table,
    sums_of,
    totals_of,
)
from cbfa.views.pages.parts import act_of, as_of, envelope, formerly, legend, listed, silence
from cbfa.views.pages.progress import (
    by_agencies,
    by_objectives,
    by_workstreams,
    figures_in_words,
    progress_table,
    tasks,
)
from cbfa.views.pages.requests import (
    HINTS,
    TITLES,
    Kind,
    Part,
    Request,
    addressees_of,
    issuer_of,
    parts_of,
    scope_of,
)

MAX_LISTED = 20
"""Maximum number of tasks that a list in the text has; the appendix has all."""
ADJUSTMENTS_OF_PROGRAMME = Message("Amendments to the programme")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def official_page(snapshot: Snapshot, request: Request) -> Page:
    """Return an official document: its head, its parts, its signature and its appendices."""
    scope = scope_of(snapshot, request)
    write = _letter if request.kind is Kind.LETTER else _report
    year, programme = request.year, snapshot.roadmap.programme
    items = OnDemand(lambda: ({**occurrence_item(one, programme), **carried_over_item(one, year)} for one in scope))
    more = {**envelope(snapshot), "document": request.kind.value, "year": year}
    fields = fields_in(YEAR_FIELDS, programme)
    return Page("document", list(write(snapshot, request, scope)), fields, items, more)


def _own_of(scope: Sequence[Standing], request: Request) -> Sequence[Standing]:
    """Return what the agencies of a report lead or support, without what is owed by groups of which they are members."""
    if request.kind is not Kind.AGENCY or not request.agencies:
        return scope
    roles = (Role.LEAD, Role.SUPPORT)
    return [one for one in scope if any(role_of(agency.id, one.occurrence) in roles for agency in request.agencies)]


def _listed_of(scope: Iterable[Standing], request: Request) -> list[Standing]:
    """Return the tasks as lists have them: what each member owes is one, but not what an agency owes that was named."""
    return together(scope, [agency.id for agency in request.agencies])


# Reports


def _report(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    issuer, own = issuer_of(snapshot, request), _own_of(scope, request)
    yield head_of(snapshot, request)
    yield Sentence(Message("{issuer} reports as follows:", issuer=issuer.name))
    for number, part in zip(ROMAN, parts_of(request.kind), strict=False):
        yield Heading(Message("{number}. {part}", number=number, part=TITLES[part]))
        yield from COMPUTED[part](snapshot, request, own) if part in COMPUTED else ()
        yield from _words(request, part)
    yield Sentence(_close(snapshot, issuer))
    yield signature_of(issuer)
    yield from _appendices(snapshot, request, scope)


def _close(snapshot: Snapshot, issuer: Agency) -> Message:
    """Return the last sentence; a superior gives directions, the coordinator compiles."""
    addressee = addressee_of(snapshot, issuer)
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
    apart = [agency.id for agency in request.agencies]
    tally = count_occurrences(scope, apart)
    titles = iter(range(1, 10))
    covered = Message(
        "{milestones} with {tasks}",
        milestones=Plural("{count} milestone", "{count} milestones", count=tally.milestones),
        tasks=Plural("{count} task", "{count} tasks", count=tally.total),
    )
    yield _title(titles, Message("Figures"))
    yield Sentence(Message("{as_of}, this report covers {counted}.", as_of=as_of(snapshot), counted=covered))
    yield from map(Sentence, figures_in_words(tally, snapshot.plan.programme))
    yield from silence(tally)
    yield by_workstreams(snapshot.roadmap, scope, apart)
    if request.kind is Kind.AGENCY:
        yield from _by_agency(snapshot, request)
        return
    if request.year:
        yield _title(titles, Message("Work of {year}", year=request.year))
        yield from _of_year(snapshot, request.year, scope)
    if tables := by_objectives(snapshot.roadmap, scope):
        yield _title(titles, Message("Results by objective"))
        yield from tables
    if found := _adjusted(snapshot, request, scope):
        yield _title(titles, ADJUSTMENTS_OF_PROGRAMME)
        yield from _adjustments(found, request)
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
        if earlier := formerly(snapshot, agency.id):
            yield Sentence(Message("{agency}, {formerly}.", agency=agency.name, formerly=earlier))
        if led or supported:
            yield role_totals(snapshot.roadmap.programme, agency, led, supported, request.year)
        else:
            yield Sentence(Message("It has no tasks in this period.") if request.year else Message("It has no tasks."))
        if len(agencies) == 1:
            yield from duties_of(agency, 3)


def _of_year(snapshot: Snapshot, year: int, scope: Sequence[Standing]) -> Iterator[Block]:
    """List what fell due in a year and what was completed in it."""
    period = Period.from_months(year, 1, 12)
    listed = together(scope)
    due = [one for one in listed if one.occurrence.window.due in period]
    done = Selection(done_in=period).select(listed)
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
        yield tasks(due, snapshot)
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
        yield tasks(done, snapshot)
    else:
        yield Sentence(Message("No task is recorded as completed in {year}.", year=year))
    yield from legend(snapshot.roadmap.programme, [*due, *done])


def _adjusted(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Adjusted | None:
    """Return what acts changed, of the year of an annual report; None if no act did, and for other documents."""
    if request.kind not in (Kind.ANNUAL, Kind.MIDTERM, Kind.FINAL):
        return None
    found = _by_acts(snapshot, request, scope)
    return found if found.acts else None


def _by_acts(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Adjusted:
    days = Period.from_months(request.year, 1, 12) if request.year else None
    repealed = Selection(agencies=request.agencies).select(snapshot.repealed)
    return adjusted(snapshot, scope, repealed, days)


def _adjustments(found: Adjusted, request: Request) -> Iterator[Block]:
    """Name the acts, and give the figures of what they changed; the appendix has the lists."""
    names = listed([act.act for act in found.acts])
    totals = listed(totals_of(sums_of(found)))
    if request.year:
        yield Sentence(Message("Acts that took effect in {year}: {names}.", year=request.year, names=names))
        if totals:
            yield Sentence(Message("In {year}: {totals}.", year=request.year, totals=totals))
    else:
        yield Sentence(Message("Acts that changed the programme: {names}.", names=names))
        if totals:
            yield Sentence(Message("In all: {totals}.", totals=totals))
    yield Sentence(Message("The appendix “{title}” lists them.", title=ADJUSTMENTS_OF_PROGRAMME))


def _adjustment_tables(snapshot: Snapshot, found: Adjusted) -> list[Block]:
    """Return the lists of what acts moved, repealed, added and changed otherwise; each only where it has rows."""
    ids = {act.id for act in found.acts}
    others = [one for one in change_rows(snapshot) if one.act.id in ids and not one.is_listed]
    gone = [*found.repealed, *found.reduced]
    lists: list[tuple[Message, bool, Table]] = [
        (Message("Deadlines moved"), bool(found.moved), _numbered(moved_table(found.moved))),
        (NO_LONGER_PLANNED, bool(gone), _numbered(repealed_table(snapshot, gone))),
        (Message("Tasks added"), bool(found.added), _numbered(added_table(found.added))),
        (Message("Other changes"), bool(others), _numbered(changes_table(others))),
    ]
    return [block for heading, has_rows, table in lists if has_rows for block in (Heading(heading, 3), table)]


def _numbered(table: Table) -> Table:
    """Return a table with a number before each row."""
    rows = [[Cell(number), *cells] for number, cells in enumerate(table.rows, 1) if not isinstance(cells, Group)]
    return Table([Column(Message("No."), numeric=True), *table.columns], rows)


def _shortcomings(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    late = overdue(_listed_of(scope, request))
    if scope and not late:
        yield Sentence(Message("No task is overdue."))
    if not late:
        return
    heading = Plural("{count} task is overdue:", "{count} tasks are overdue:", count=len(late))
    yield from _listed(snapshot, heading, late)


def _directions(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    ahead = upcoming(_listed_of(scope, request))
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
    yield tasks(first, snapshot)
    yield from legend(snapshot.roadmap.programme, first)
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
            Role.MEMBER: Message("Tasks of groups of which it is a member"),
        }
        for role, name in titles.items():
            rows = _listed_of(Selection(agencies=request.agencies, role=role).select(scope), request)
            tables += [(name, _progress(snapshot, rows))] if rows else []
        found = _by_acts(snapshot, request, scope)
        gone = [*found.repealed, *found.reduced]
        tables += [(NO_LONGER_PLANNED, [_numbered(repealed_table(snapshot, gone))])] if gone else []
    elif scope:
        tables.append((Message("Progress of the tasks"), _progress(snapshot, _listed_of(scope, request))))
        if request.kind is not Kind.LETTER:
            tables.append((Message("Figures by lead agency"), _by_leads(snapshot, scope)))
    if its := _adjusted(snapshot, request, scope):
        tables.append((ADJUSTMENTS_OF_PROGRAMME, _adjustment_tables(snapshot, its)))
    for number, (title, blocks) in enumerate(tables):
        yield Appendix(title, ROMAN[number] if len(tables) > 1 else "")
        yield from blocks


def _by_leads(snapshot: Snapshot, scope: Sequence[Standing]) -> list[Block]:
    """Return the figures of the lead agencies; where something counts for several, say that they do not add up."""
    blocks: list[Block] = [by_agencies(snapshot.agencies, scope, snapshot.plan.programme)]
    if any(len(one.occurrence.leads) > 1 or one.occurrence.group for one in scope):
        shared = Message(
            "What several agencies lead counts for each of them, so the figures do not add up to those of the programme."
        )
        blocks.append(Sentence(shared))
    return blocks


def _progress(snapshot: Snapshot, standings: Sequence[Standing]) -> list[Block]:
    return [progress_table(standings, snapshot), *legend(snapshot.roadmap.programme, standings, supports=True)]


# The letter


def _letter(snapshot: Snapshot, request: Request, scope: Sequence[Standing]) -> Iterator[Block]:
    """Ask the agencies for their reports; the appendix lists what is open."""
    issuer, programme = issuer_of(snapshot, request), snapshot.roadmap.programme
    addressees = addressees_of(snapshot, request)
    yield head_of(snapshot, request)
    asked: Text = addressees[0].name if len(addressees) == 1 else Message("the agencies above")
    if act := act_of(programme):
        request_of = Message(
            "Carrying out {act}, and to compile the report to {superior}, {issuer} asks {addressee} to report on results "
            "as of {day}.",
            act=act,
            superior=superior_of(issuer),
            issuer=issuer.name,
            addressee=asked,
            day=snapshot.as_of,
        )
    else:
        request_of = Message(
            "To compile the report to {superior}, {issuer} asks {addressee} to report on results as of {day}.",
            superior=superior_of(issuer),
            issuer=issuer.name,
            addressee=asked,
            day=snapshot.as_of,
        )
    yield Sentence(request_of)
    if number := len(_listed_of(scope, request)):
        yield Sentence(
            Plural(
                "The appendix lists {count} task that is open; please state its result, difficulties and proposals.",
                "The appendix lists {count} tasks that are open; please state their results, difficulties and proposals.",
                count=number,
            )
        )
    yield from _words(request, Part.REPLY)
    yield Sentence(Message("{issuer} looks forward to your reply.", issuer=issuer.name))
    yield signature_of(issuer)
    yield from _appendices(snapshot, request, scope)
