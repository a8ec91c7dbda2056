"""The agencies that are responsible, and their standing duties: the content of `data/agencies.yaml`."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from cbfa.core.model import ONE_OR_LIST, AgencyId, Id, Model
from cbfa.core.resolve import Candidate, contains, equals, is_same, resolve
from cbfa.core.roadmap import ClauseText, ClauseTexts, clause_texts
from cbfa.core.text import squashed
from cbfa.core.words import Text, Words
from cbfa.messages import Message


class Signer(Model):
    """The person who signs the documents of an office."""

    title: Annotated[Words, Field(description="The authority and office under which the signature is given.")]
    name: Annotated[Text | None, Field(description="The name below the signature; left out while it is open.")] = None


class Office(Model):
    """The details that official documents of an agency carry (Decree 30/2020/NĐ-CP, Appendix I)."""

    superior: Annotated[Words, Field(description="The body to which it belongs, above its own name.")]
    place: Annotated[Words, Field(description="The place before the date.")]
    signer: Annotated[Signer, Field(description="Who signs.")]
    recipients: Annotated[
        list[Words], Field(min_length=1, description="The list after “Nơi nhận”, without hyphens and semicolons.")
    ]


class Agency(Model):
    """An office that leads or supports milestones, or a group of such offices."""

    id: Id
    name: Annotated[Words, Field(description="Its full name.")]
    short: Annotated[
        Words | None, Field(description="A shorter name for narrow columns; else the code, else the name.")
    ] = None
    code: Annotated[Text | None, Field(description="The abbreviation in its document numbers, such as SNgV.")] = None
    aliases: Annotated[list[Text], Field(description="Other ways in which people write its name.")] = []
    formerly: Annotated[list[Id], ONE_OR_LIST, Field(description="Older spellings of its id.")] = []
    members: Annotated[
        list[AgencyId],
        Field(description="The agencies of which it is a group; groups among them count with their members."),
    ] = []
    duties: Annotated[ClauseTexts, Field(description="Its standing responsibilities, by the clause that says so.")] = {}
    office: Annotated[
        Office | None, Field(description="What its official documents carry; left out: dotted places to fill in.")
    ] = None

    @property
    def names(self) -> list[str]:
        """Its name in each language."""
        return list(self.name.texts)

    @property
    def spellings(self) -> list[str]:
        """Every spelling that means it."""
        short = self.short.texts if self.short else ()
        code = [self.code] if self.code else []
        return [self.id, *code, *self.names, *short, *self.aliases, *self.formerly]

    @property
    def duty_texts(self) -> list[ClauseText]:
        """Its duties, in order."""
        return clause_texts(self.duties)


class Agencies(Model):
    """The whole of `agencies.yaml`, in the order in which agencies are printed."""

    format: Annotated[int, Field(ge=1, le=1, description="The version of this file format.")]
    agencies: Annotated[list[Agency], Field(min_length=1, description="In the order in which they are printed.")]

    def __getitem__(self, agency_id: str) -> Agency:
        return next(agency for agency in self.agencies if agency.id == agency_id)

    def candidates(self) -> Iterator[Candidate[Agency]]:
        """Yield the agencies as a word can mean them."""
        for agency in self.agencies:
            name = f"{agency.id} ({agency.name.own})"
            yield Candidate(agency, name, agency.spellings, agency.names)

    def members_of(self, agency: Agency) -> list[Agency]:
        """Return the members of a group, each once, groups among them replaced by their own. An agency that is no group has none."""
        known = {one.id: one for one in self.agencies}
        found: dict[str, Agency] = {}
        seen = {agency.id}

        def add(group: Agency) -> None:
            for member in (known[one] for one in group.members if one in known):
                if member.members and member.id not in seen:
                    seen.add(member.id)
                    add(member)
                elif not member.members:
                    found.setdefault(member.id, member)

        add(agency)
        return list(found.values())


def by_spelling(agencies: Agencies) -> dict[str, Agency]:
    """Return each agency under all its spellings, as they are compared. Journals may name it by any of them."""
    return {squashed(spelling): agency for agency in agencies.agencies for spelling in agency.spellings}


def resolve_agency(agencies: Agencies, word: str) -> Agency:
    """Return the agency that a person means: by id, code, name or alias, or by a part of its name. Raises Invalid."""
    return resolve(
        word,
        agencies.candidates(),
        unknown=Message("unknown agency “{word}”", word=word),
        ambiguous=Message("“{word}” matches several agencies", word=word),
        rules=(is_same, equals, contains),
    )
