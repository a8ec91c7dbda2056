"""Amendments: later decisions that change the programme. The content of `data/amendments.yaml`, which is optional.

An act is in force from its effective day, and known from the day on which it was signed, or typed in if that is later. A date without a day
counts from its last day.
"""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from cbfa.core.agencies import Agency
from cbfa.core.model import ONE_OR_LIST, AgencyId, Clause, Day, Id, Model, PlannedPeriod, Quote, Short
from cbfa.core.roadmap import Assigned, Milestone, ProgrammePeriod
from cbfa.core.schedule import Schedule
from cbfa.core.targets import Target
from cbfa.core.words import Text, Words
from cbfa.errors import Invalid
from cbfa.messages import Message

Key = Annotated[
    Text, Field(description="A milestone's id, or the key of one occurrence, such as ingo-conference@2013.")
]


class MilestoneFields(Model):
    """The fields that an act changes of a milestone, or of one occurrence. `null` is absent."""

    schedule: Annotated[Schedule | None, Field(description="Of a milestone.")] = None
    due: Annotated[PlannedPeriod | None, Field(description="Of one occurrence: its deadline.")] = None
    target: Annotated[Target | None, Field(description="What is to be reached.")] = None
    leads: Annotated[
        Annotated[list[Assigned], ONE_OR_LIST] | None, Field(alias="lead", description="Who leads it.")
    ] = None
    support: Annotated[Annotated[list[Assigned], ONE_OR_LIST] | None, Field(description="Who takes part.")] = None
    each: Annotated[bool | None, Field(description="Each lead owes its own.")] = None
    title: Annotated[Words | None, Field(description="Of a milestone.")] = None
    text: Annotated[Words | None, Field(description="The official wording.")] = None
    result: Annotated[Words | None, Field(description="The product that proves it.")] = None
    timing: Annotated[Quote | None, Field(description="The words that fix its time.")] = None


JUDGED = frozenset({"schedule", "due", "target", "leads", "support", "each"})
"""The fields whose former value an act has to name."""
OF_OCCURRENCE = frozenset({"due", "target", "leads"})
"""The fields that can be changed of one occurrence alone."""


class ProgrammeFields(Model):
    """The fields that an act changes of the programme."""

    period: Annotated[ProgrammePeriod | None, Field(description="The time that it covers.")] = None
    title: Annotated[Words | None, Field(description="Its name.")] = None
    coordinator: Annotated[AgencyId | None, Field(description="The agency that watches over all of it.")] = None
    due_soon_days: Annotated[int | None, Field(ge=0, le=366, description="Days before a deadline.")] = None


class ProgrammeChange(Model):
    """A change of the programme itself."""

    was: Annotated[ProgrammeFields, Field(description="The fields as they were.")]
    now: Annotated[ProgrammeFields, Field(description="The same fields as they are from then on.")]

    @model_validator(mode="after")
    def _nothing_is_taken_away(self) -> Self:
        for field in sorted(self.now.model_fields_set):
            if getattr(self.now, field) is None:
                raise Invalid(
                    Message("“{field}” of the programme cannot be taken away", field=field),
                    Message("write the new one under “now”"),
                )
        return self


class Addition(Model):
    """A milestone that an act adds, at the end of its workstream."""

    workstream: Annotated[Id, Field(description="The workstream to which it belongs.")]
    milestone: Annotated[Milestone, Field(description="The milestone.")]


_KINDS = ("change", "repeal", "add", "found", "merge", "close", "group", "programme", "revoke")
_BESIDE = {
    "was": ("change",),
    "now": ("change",),
    "into": ("repeal", "merge"),
    "join": ("group",),
    "leave": ("group",),
}
"""The kinds of change beside which a field may be."""
_EXAMPLES = {
    "change": "{change: ID, was: {schedule: {in: 2012}}, now: {schedule: {in: 2014}}}",
    "repeal": "{repeal: ID}",
    "add": "{add: {workstream: ID, milestone: {id: …, title: …, clauses: …, lead: …}}}",
    "found": "{found: {id: …, name: …}}",
    "merge": "{merge: [A, B], into: C}",
    "close": "{close: [A]}",
    "group": "{group: ID, join: [A], leave: [B]}",
    "programme": "{programme: {was: {period: …}, now: {period: …}}}",
    "revoke": "{revoke: ID}",
    "was": "{change: ID, was: {schedule: {in: 2012}}, now: {schedule: {in: 2014}}}",
    "now": "{change: ID, was: {schedule: {in: 2012}}, now: {schedule: {in: 2014}}}",
    "into": "{merge: [A, B], into: C}",
    "join": "{group: ID, join: [A], leave: [B]}",
    "leave": "{group: ID, join: [A], leave: [B]}",
}


class Change(Model):
    """One change of an act: exactly one of change, repeal, add, found, merge, close, group, programme, revoke."""

    change: Annotated[Key | None, Field(description="Changes a milestone or one occurrence.")] = None
    was: Annotated[MilestoneFields | None, Field(description="The changed fields as they were.")] = None
    now: Annotated[MilestoneFields | None, Field(description="The same fields as they are from then on.")] = None
    repeal: Annotated[Key | None, Field(description="Ends a milestone, or one occurrence.")] = None
    into: Annotated[
        Annotated[list[Id], ONE_OR_LIST] | None,
        Field(description="With `merge`: the successor. With `repeal`: where the work goes on, which is shown only."),
    ] = None
    add: Annotated[Addition | None, Field(description="Adds a milestone.")] = None
    found: Annotated[Agency | None, Field(description="Founds an agency.")] = None
    merge: Annotated[list[AgencyId] | None, Field(min_length=1, description="Agencies that end in another one.")] = None
    close: Annotated[list[AgencyId] | None, Field(min_length=1, description="Agencies that end.")] = None
    group: Annotated[AgencyId | None, Field(description="Changes the members of a group.")] = None
    join: Annotated[list[AgencyId], Field(description="Agencies that become members.")] = []
    leave: Annotated[list[AgencyId], Field(description="Members that leave.")] = []
    programme: Annotated[ProgrammeChange | None, Field(description="Changes the programme.")] = None
    revoke: Annotated[Id | None, Field(description="Takes back an earlier act, by its id, from this day on.")] = None
    clause: Annotated[Clause | None, Field(description="The clause of the act that says so.")] = None
    why: Annotated[Words | None, Field(description="One line of why.")] = None

    @model_validator(mode="before")
    @classmethod
    def _one_kind(cls, value: Any) -> Any:  # noqa: ANN401 - any value of a file
        if not isinstance(value, dict):
            return value
        kinds = [kind for kind in _KINDS if kind in value]
        if len(kinds) != 1:
            raise Invalid(
                Message("a change needs exactly one of: {names}", names=", ".join(_KINDS)),
                Message("write each change as an item of its own")
                if kinds
                else Message("begin with one of them, such as {form}", form=_EXAMPLES["change"]),
            )
        if value[kinds[0]] is None:
            raise Invalid(
                Message("“{field}” has no value", field=kinds[0]), Message("write {form}", form=_EXAMPLES[kinds[0]])
            )
        for field, beside in _BESIDE.items():
            if field in value and kinds[0] not in beside:
                raise Invalid(
                    Message("“{field}” does not belong to “{kind}”", field=field, kind=kinds[0]),
                    Message("write {form}", form=_EXAMPLES[field]),
                )
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.change is not None:
            self._check_fields()
        if self.merge is not None and (self.into is None or len(self.into) != 1):
            raise Invalid(Message("“merge” needs one successor"), Message("write {form}", form=_EXAMPLES["into"]))
        if self.group is not None and not (self.join or self.leave):
            raise Invalid(
                Message("this change of a group changes nothing"), Message("write {form}", form=_EXAMPLES["join"])
            )
        return self

    def _check_fields(self) -> None:
        """Check that `was` and `now` name the same fields, and fields that can be changed. Raises Invalid."""
        form = Message("write {form}", form=_EXAMPLES["now"])
        if self.now is None or not self.now.model_fields_set:
            raise Invalid(Message("this change has no “now”, so it changes nothing"), form)
        named = self.was.model_fields_set if self.was else set()
        missing = (self.now.model_fields_set & JUDGED) - named
        if missing or named - self.now.model_fields_set:
            raise Invalid(Message("“was” and “now” must name the same fields"), form)
        for field, name in (("title", "title"), ("leads", "lead")):
            if field in self.now.model_fields_set and not getattr(self.now, field):
                raise Invalid(
                    Message("“{field}” of “{key}” cannot be taken away", field=name, key=self.change),
                    Message("write the new one under “now”"),
                )
        by_key = "@" in (self.change or "") or "/" in (self.change or "")
        wrong = self.now.model_fields_set - OF_OCCURRENCE if by_key else self.now.model_fields_set & {"due"}
        if wrong:
            field = "lead" if "leads" in wrong else min(wrong)
            raise Invalid(
                Message("“{field}” cannot be changed of “{key}”", field=field, key=self.change),
                Message("of one occurrence write due, target or lead; of a milestone its schedule"),
            )

    @property
    def kind(self) -> str:
        """The kind of change."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)

    @property
    def sets_period(self) -> bool:
        """True if it changes the period of the programme."""
        return self.programme is not None and "period" in self.programme.now.model_fields_set


class Amendment(Model):
    """One act: a resolution or decision that changes the programme."""

    id: Id
    act: Annotated[Words, Field(description="The act, as one cites it.")]
    signed: Annotated[PlannedPeriod, Field(description="When it was signed.")]
    effective: Annotated[
        PlannedPeriod | None, Field(description="When it takes effect; when it was signed, if left out.")
    ] = None
    entered: Annotated[Day | None, Field(description="The day on which it was typed in here, if that was later.")] = (
        None
    )
    changes: Annotated[list[Change], Field(min_length=1, description="What it changes, in order.")]

    @property
    def day(self) -> date:
        """The day from which it is in force."""
        return (self.effective or self.signed).last

    @property
    def known(self) -> date:
        """The day from which it is known."""
        return max(self.signed.last, self.entered or self.signed.last)


class Amendments(Model):
    """The whole of `amendments.yaml`, in the order of the acts."""

    format: Annotated[int, Field(ge=1, le=1, description="The version of this file format.")]
    amendments: Annotated[
        list[Amendment],
        Short(lambda value: [] if value is None else value, lambda _: {"type": "null"}),
        Field(description="The acts."),
    ] = []
