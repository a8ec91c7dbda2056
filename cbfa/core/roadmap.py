"""The roadmap: the programme, its workstreams and objectives, and every milestone. The content of `data/roadmap.yaml`."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from cbfa.core.model import Clause, Day, Model, Text, Words, Year
from cbfa.core.schedule import Schedule
from cbfa.errors import Invalid
from cbfa.messages import Message

Slug = Annotated[
    Text, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="Short English kebab-case, such as ingo-board.")
]
AgencyId = Annotated[Text, Field(description="The id of an agency in agencies.yaml.")]


class Heading(Words):
    """A heading of the legal basis, with its number of numbered clauses. Without any it is a clause itself."""

    clauses: Annotated[int, Field(ge=0, le=999, description="How many numbered clauses it has.")] = 0


class Aim(Words):
    """The purpose of the whole programme."""

    clauses: Annotated[list[Clause], Field(min_length=1, description="The clauses that state it.")]


class Objective(Words):
    """The purpose of a workstream: a clause of the legal basis, which milestones serve."""

    clause: Clause


class Period(Model):
    """The years of the programme, first and last inclusive."""

    first: Annotated[Year, Field(description="First year, inclusive.")]
    last: Annotated[Year, Field(description="Last year, inclusive.")]

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.last < self.first:
            raise Invalid(
                Message(
                    "the programme ends in {last}, before its first year, {first}", first=self.first, last=self.last
                ),
                Message("put the earlier year in “first”"),
            )
        return self

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


class Target(Words):
    """A number to be reached: `vi` and `en` name its unit. Counted per occurrence; a span has one occurrence for all its years."""

    least: Annotated[int, Field(ge=1, description="Reached when the count is this high.")]
    most: Annotated[
        int | None, Field(description="The upper figure where the text gives a range; it decides nothing.")
    ] = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise Invalid(
                Message("“least” ({least}) is greater than “most” ({most})", least=self.least, most=self.most),
                Message("put the smaller number in “least”"),
            )
        return self


class Assignment(Model):
    """An agency that answers for a milestone, by a clause or as inferred by us."""

    agency: AgencyId
    basis: Annotated[Clause | None, Field(description="The clause that gives it to this agency.")] = None
    inferred: Annotated[Words | None, Field(description="One line of why, where no clause says so.")] = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.basis is None) == (self.inferred is None):
            raise Invalid(
                Message("an assignment needs exactly one of “basis” and “inferred”"),
                Message("write “basis: V.1”, or “inferred: {{vi: …, en: …}}” with the reason in one line"),
            )
        return self


class Milestone(Model):
    """One thing that the programme says shall be done."""

    id: Slug
    title: Annotated[Words, Field(description="What shall be done, in short words of our own.")]
    clauses: Annotated[list[Clause], Field(min_length=1, description="Every clause that asks for it.")]
    serves: Annotated[list[Clause], Field(description="The objectives that it serves.")] = []
    timing: Annotated[Text | None, Field(description="The words that fix its time, quoted.")] = None
    schedule: Annotated[Schedule, Field(description="When it can be done and falls due.")]
    target: Annotated[Target | None, Field(description="A number to be reached.")] = None
    lead: Annotated[Assignment, Field(description="The one agency that leads it.")]
    support: Annotated[list[Assignment], Field(description="The agencies that take part.")] = []

    @property
    def assignments(self) -> list[Assignment]:
        """The lead, then the agencies that support it."""
        return [self.lead, *self.support]

    @property
    def recurs(self) -> bool:
        """True if it has an occurrence a year, so that its keys carry the year."""
        return self.schedule.kind == "yearly"


class Workstream(Model):
    """A part of the programme, with its objectives and milestones."""

    id: Slug
    number: Annotated[Text, Field(description="Its heading in the outline.")]
    title: Annotated[Words, Field(description="Its name.")]
    objectives: Annotated[list[Objective], Field(description="What it is for.")] = []
    milestones: Annotated[list[Milestone], Field(description="What it consists of, in the order of the text.")]


class Programme(Model):
    """The whole plan, with its legal basis, its period and the outline of the resolution."""

    id: Slug
    title: Annotated[Words, Field(description="Its name.")]
    aim: Annotated[Aim, Field(description="What it is for.")]
    legal_basis: Annotated[Words, Field(description="The act that adopted it.")]
    adopted: Annotated[Day, Field(description="The day on which it was adopted.")]
    period: Annotated[Period, Field(description="The years that it covers.")]
    coordinator: Annotated[AgencyId, Field(description="The agency that watches over all of it.")]
    due_soon_days: Annotated[
        int, Field(ge=0, le=366, description="So many days before its deadline a milestone is due soon.")
    ] = 30
    records: Annotated[Words | None, Field(description="What the journal covers, printed above it by cbfa log.")] = None
    outline: Annotated[
        dict[Text, Heading], Field(min_length=1, description="The headings of the legal basis, in order.")
    ]

    def clauses(self) -> list[str]:
        """Return every clause of the outline, in order. A heading without numbered clauses is a clause itself."""
        return [
            clause
            for heading, about in self.outline.items()
            for clause in ([f"{heading}.{number}" for number in range(1, about.clauses + 1)] or [heading])
        ]


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
