"""Every text of a programme with what it is about, so that a database has all of them in every language."""

from collections.abc import Iterator
from typing import NamedTuple

from cbfa.core.agencies import Agencies
from cbfa.core.plan import Plan
from cbfa.core.roadmap import ProgrammeWords, Roadmap
from cbfa.core.words import Words


class Text(NamedTuple):
    """A text of the programme: what it is about, the id and the position of that, and the field."""

    about: str
    id: str
    position: int
    field: str
    words: Words | None


def texts_of(plan: Plan) -> Iterator[Text]:
    """Yield the texts of the roadmap, then those of the agencies."""
    yield from _of_roadmap(plan.roadmap)
    yield from _of_agencies(plan.agencies)


def _of_roadmap(roadmap: Roadmap) -> Iterator[Text]:
    programme = roadmap.programme
    for field in ("title", "legal_basis", "records"):
        yield Text("programme", programme.id, 0, field, getattr(programme, field))
    for field in ProgrammeWords.model_fields if programme.words else ():
        yield Text("programme", programme.id, 0, f"words.{field}", getattr(programme.words, field))
    for position, aim in enumerate(programme.aims, 1):
        yield Text("aim", programme.id, position, "aim", aim.text)
    for name, heading in programme.outline.items():
        yield Text("clause", name, 0, "title", heading.title)
    for workstream in roadmap.workstreams:
        yield Text("workstream", workstream.id, 0, "title", workstream.title)
        for position, objective in enumerate(workstream.objective_texts, 1):
            yield Text("objective", workstream.id, position, "title", objective.text)
    for _, milestone in roadmap.milestones():
        for field in ("title", "text", "result", "derived"):
            yield Text("milestone", milestone.id, 0, field, getattr(milestone, field))
        yield Text("milestone", milestone.id, 0, "target_unit", milestone.target.unit if milestone.target else None)
        for position, assignment in enumerate(milestone.assignments, 1):
            yield Text("assignment", milestone.id, position, "inferred", assignment.inferred)


def _of_agencies(agencies: Agencies) -> Iterator[Text]:
    for agency in agencies.agencies:
        yield Text("agency", agency.id, 0, "name", agency.name)
        yield Text("agency", agency.id, 0, "short", agency.short)
        for position, duty in enumerate(agency.duty_texts, 1):
            yield Text("duty", agency.id, position, "duty", duty.text)
        if office := agency.office:
            yield Text("agency", agency.id, 0, "superior", office.superior)
            yield Text("agency", agency.id, 0, "place", office.place)
            yield Text("agency", agency.id, 0, "signer_title", office.signer.title)
            for position, recipient in enumerate(office.recipients, 1):
                yield Text("agency", agency.id, position, "recipient", recipient)
