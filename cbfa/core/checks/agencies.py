"""What must hold of the agencies, and of those that the roadmap names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbfa.core.agencies import Agencies
from cbfa.core.checks.findings import milestones_of, used_twice
from cbfa.core.roadmap import Roadmap
from cbfa.core.text import squashed, suggest
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem, Source


def agency_ids_are_unique(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies share an id."""
    yield from used_twice(
        Source.AGENCIES, ((("agencies", number, "id"), one.id) for number, one in enumerate(agencies.agencies))
    )


def agencies_can_be_told_apart(agencies: Agencies) -> Iterator[Problem]:
    """No two agencies answer to the same id, code, name or alias."""
    owner: dict[str, str] = {}
    for number, agency in enumerate(agencies.agencies):
        for form, spelling in {squashed(spelling): spelling for spelling in agency.spellings}.items():
            if form and owner.get(form, agency.id) != agency.id:
                yield Problem(
                    Place(Source.AGENCIES, path=("agencies", number)),
                    Message(
                        "“{spelling}” names both {first} and {second}",
                        spelling=spelling,
                        first=owner[form],
                        second=agency.id,
                    ),
                    Message(
                        "ids, codes, names and aliases are compared without case and diacritics; let each mean one agency"
                    ),
                )
            owner.setdefault(form, agency.id)


def assigned_agencies_exist(roadmap: Roadmap, agencies: Agencies) -> Iterator[Problem]:
    """Coordinator, leads and supports stand in agencies.yaml."""
    known = [agency.id for agency in agencies.agencies]
    named: list[tuple[KeyPath, str]] = [(("programme", "coordinator"), roadmap.programme.coordinator)]
    for path, milestone in milestones_of(roadmap):
        named.append(((*path, "lead", "agency"), milestone.lead.agency))
        named += [((*path, "support", number, "agency"), one.agency) for number, one in enumerate(milestone.support)]
    for where, agency in named:
        if agency not in known:
            yield Problem(
                Place(Source.ROADMAP, path=where),
                Message("there is no agency “{word}”", word=agency),
                suggest(agency, known),
            )


CHECKS: list[Callable[[Agencies], Iterator[Problem]]] = [agency_ids_are_unique, agencies_can_be_told_apart]
CHECKS_OF_THE_WHOLE: list[Callable[[Roadmap, Agencies], Iterator[Problem]]] = [assigned_agencies_exist]
