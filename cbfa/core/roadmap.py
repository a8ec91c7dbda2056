"""The roadmap: the programme, its workstreams and objectives, and every milestone. The content of `data/roadmap.yaml`."""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from cbfa.core.dates import zone_of
from cbfa.core.model import ONE_OR_LIST, AgencyId, Clause, Day, Id, Model, PlannedPeriod, Quote, Short, quoted
from cbfa.core.outline import Heading, clauses_of
from cbfa.core.schedule import NO_TIME, Frame, Schedule, Window
from cbfa.core.targets import Target
from cbfa.core.words import LANGUAGE_PATTERN, USUAL_LANGUAGES, Text, Words, check_languages
from cbfa.errors import Invalid
from cbfa.messages import Message

TIME_ZONE = "Asia/Ho_Chi_Minh"
"""The time zone of a programme that names none."""


def _by_clause(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    """Return texts by clause; raise Invalid for a list of clauses with texts, or a text without its clause."""
    if isinstance(value, dict) and not {"clause", "clauses"} & value.keys():
        return value
    message = Message("these texts are not given by their clauses")
    raise Invalid(message, Message("write each clause with its text: {form}", form="II.1: …"))


ClauseTexts = Annotated[
    dict[Clause, Annotated[list[Words], ONE_OR_LIST, Field(min_length=1)]],
    BeforeValidator(_by_clause),
    Field(description="Texts by clause; a list of them where a clause gives several."),
]


class ClauseText(NamedTuple):
    """A text of our own with the clause that it sums up: an objective, a duty, an aim."""

    clause: str
    text: Words


def clause_texts(texts: dict[str, list[Words]]) -> list[ClauseText]:
    """Return each text with its clause, in order."""
    return [ClauseText(clause, text) for clause, its in texts.items() for text in its]


class ProgrammePeriod(Model):
    """The time that the programme covers."""

    from_: Annotated[PlannedPeriod, Field(alias="from", description="Its first day begins the programme.")]
    to: Annotated[PlannedPeriod, Field(description="Its last day ends the programme.")]

    @model_validator(mode="before")
    @classmethod
    def _refuse_other_forms(cls, value: Any) -> Any:  # noqa: ANN401 - any value of a file
        if isinstance(value, dict) and ("first" in value or "last" in value):
            form = f"{{from: {quoted(value.get('first', '…'))}, to: {quoted(value.get('last', '…'))}}}"
            raise Invalid(Message("a period has no fields “first” and “last”"), Message("write {form}", form=form))
        return value

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.last < self.first:
            raise Invalid(
                Message("the programme ends on {last}, before it begins on {first}", first=self.first, last=self.last),
                Message("put the earlier date in “from”"),
            )
        return self

    @property
    def first(self) -> date:
        """The first day."""
        return self.from_.first

    @property
    def last(self) -> date:
        """The last day."""
        return self.to.last

    def __contains__(self, year: int) -> bool:
        return self.first.year <= year <= self.last.year


class Assignment(Model):
    """An agency that answers for a milestone: by the milestone's own clauses, by another clause, or as inferred by us."""

    agency: AgencyId
    basis: Annotated[Clause | None, Field(description="Another clause that gives it to this agency.")] = None
    inferred: Annotated[Words | None, Field(description="One line of why, where no clause says so.")] = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.basis is not None and self.inferred is not None:
            raise Invalid(
                Message("an assignment has “basis” or “inferred”, not both"),
                Message("keep the basis if a clause says so, else the reason"),
            )
        return self


def _assignment(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    return {"agency": value} if isinstance(value, str) else value


Assigned = Annotated[Assignment, Short(_assignment, lambda _: {"type": "string"})]
"""An assignment, or the id of an agency alone where the milestone's own clauses name it."""


class Milestone(Model):
    """One thing that the programme says shall be done."""

    id: Id
    title: Annotated[Words, Field(description="What shall be done, in short words of our own.")]
    text: Annotated[Words | None, Field(description="The official wording.")] = None
    result: Annotated[Words | None, Field(description="The product that proves it (“sản phẩm”).")] = None
    clauses: Annotated[list[Clause], ONE_OR_LIST, Field(min_length=1, description="Every clause that asks for it.")]
    serves: Annotated[list[Clause], ONE_OR_LIST, Field(description="The objectives that it serves.")] = []
    timing: Annotated[Quote | None, Field(description="The words that fix its time, quoted.")] = None
    schedule: Annotated[
        Schedule | None, Field(description="When it can be done and falls due; left out where the text fixes no time.")
    ] = None
    target: Annotated[Target | None, Field(description="A number to be reached.")] = None
    leads: Annotated[
        list[Assigned],
        ONE_OR_LIST,
        Field(alias="lead", min_length=1, description="The agency that leads it, or a list of several, all equal."),
    ]
    each: Annotated[bool, Field(description="Each lead owes its own, and each member of a group that leads.")] = False
    support: Annotated[list[Assigned], ONE_OR_LIST, Field(description="The agencies that take part.")] = []
    formerly: Annotated[list[Id], ONE_OR_LIST, Field(description="Older spellings of its id.")] = []

    @property
    def assignments(self) -> list[Assignment]:
        """The leads, then the agencies that support it."""
        return [*self.leads, *self.support]

    @property
    def recurs(self) -> bool:
        """True if it has an occurrence a period, so that its keys carry the period."""
        return self.schedule is not None and self.schedule.every is not None

    @property
    def tentative(self) -> bool:
        """True if the text says that its date is planned, not fixed."""
        return self.schedule is not None and self.schedule.tentative

    @property
    def derived(self) -> Words | None:
        """The reason for its dates, where the text names none."""
        return self.schedule.derived if self.schedule else None

    def windows(self, frame: Frame) -> tuple[Window, ...]:
        """Return its windows in a programme, in order."""
        return self.schedule.windows(frame) if self.schedule else NO_TIME


class Workstream(Model):
    """A part of the programme, with its objectives and milestones."""

    id: Id
    number: Annotated[Clause | None, Field(description="Its heading in the outline.")] = None
    title: Annotated[Words, Field(description="Its name.")]
    objectives: Annotated[ClauseTexts, Field(description="What it is for, by the clause that says so.")] = {}
    milestones: Annotated[list[Milestone], Field(description="What it consists of, in the order of the text.")]

    @property
    def objective_texts(self) -> list[ClauseText]:
        """Its objectives, in order."""
        return clause_texts(self.objectives)


class ProgrammeWords(Model):
    """Words of the program that a programme replaces by its own on pages, such as “commitment” for “milestone”."""

    milestone: Annotated[Words | None, Field(description="Instead of “milestone”, as the heading of a column.")] = None
    milestones: Annotated[Words | None, Field(description="Instead of “milestones”, beside a number.")] = None
    workstream: Annotated[Words | None, Field(description="Instead of “workstream”.")] = None
    clause: Annotated[Words | None, Field(description="Instead of “clause”.")] = None
    clauses: Annotated[Words | None, Field(description="Instead of “clauses”.")] = None
    tentative: Annotated[Words | None, Field(description="Instead of “tentative date”.")] = None


class Programme(Model):
    """The whole plan, with its legal basis, its period and the outline of the resolution."""

    id: Id
    languages: Annotated[
        list[Annotated[str, WithJsonSchema({"type": "string", "pattern": LANGUAGE_PATTERN})]],
        Field(
            min_length=1,
            description="The languages of its texts, the programme's own first. A plain text is in that one.",
        ),
    ] = list(USUAL_LANGUAGES)
    title: Annotated[Words, Field(description="Its name.")]
    aim: Annotated[ClauseTexts, Field(description="What it is for, by the clause that says so.")] = {}
    legal_basis: Annotated[Words | None, Field(description="The act that adopted it.")] = None
    adopted: Annotated[
        Day | None, Field(description="The day on which it was adopted; left out while it is a draft.")
    ] = None
    period: Annotated[ProgrammePeriod, Field(description="The time that it covers.")]
    coordinator: Annotated[AgencyId, Field(description="The agency that watches over all of it.")]
    due_soon_days: Annotated[
        int, Field(ge=0, le=366, description="So many days before its deadline a milestone is due soon.")
    ] = 30
    fiscal_year_from: Annotated[
        int | None,
        Field(ge=1, le=12, description="The month in which the fiscal year begins, for `every: fiscal-year`."),
    ] = None
    timezone: Annotated[
        Text, Field(description="The time zone that decides what day it is (IANA), such as America/Toronto.")
    ] = TIME_ZONE
    official_classes: Annotated[
        bool, Field(description="False leaves out the official classes of Vietnamese reports.")
    ] = True
    words: Annotated[ProgrammeWords | None, Field(description="Its own words instead of the program's.")] = None
    records: Annotated[Words | None, Field(description="What the journal covers, printed above it by cbfa log.")] = None
    outline: Annotated[
        dict[Clause, Heading], Field(min_length=1, description="The headings of the legal basis, in order.")
    ]

    @field_validator("languages")
    @classmethod
    def _check_languages(cls, languages: list[str]) -> list[str]:
        check_languages(languages)
        return languages

    @field_validator("timezone")
    @classmethod
    def _check_zone(cls, name: str) -> str:
        zone_of(name)
        return name

    @property
    def zone(self) -> tzinfo:
        """The time zone that decides what day it is."""
        return zone_of(self.timezone)

    @property
    def frame(self) -> Frame:
        """The days and the month that schedules take from the programme."""
        return Frame(self.period.first, self.period.last, self.fiscal_year_from)

    @property
    def is_draft(self) -> bool:
        """True if it is not adopted yet."""
        return self.adopted is None

    @property
    def aims(self) -> list[ClauseText]:
        """Its aims, in order."""
        return clause_texts(self.aim)

    def clauses(self) -> list[str]:
        """Return every clause of the outline, in order. A heading with nothing below it is a clause itself."""
        return list(self.headings())

    def headings(self) -> dict[str, str]:
        """Return the heading of each clause, by clause, in order."""
        return dict(clauses_of(self.outline))


class Roadmap(Model):
    """The whole of `roadmap.yaml`."""

    format: Annotated[int, Field(ge=1, le=1, description="The version of this file format.")]
    programme: Annotated[Programme, Field(description="The plan as a whole.")]
    workstreams: Annotated[list[Workstream], Field(min_length=1, description="Its parts, in the order of the text.")]

    def milestones(self) -> Iterator[tuple[Workstream, Milestone]]:
        """Yield every milestone with its workstream, in the order of the file."""
        for workstream in self.workstreams:
            for milestone in workstream.milestones:
                yield workstream, milestone
