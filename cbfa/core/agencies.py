"""Who is responsible: agencies, their standing duties, and how a person may name one. The content of `data/agencies.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cbfa.core.model import Clause, Model, Text, Words
from cbfa.core.text import folded, squashed, suggest
from cbfa.errors import Invalid
from cbfa.messages import Message

_LEAST_FRAGMENT = 3
"""Letters that a piece of a name must have, unless it is a whole word of it, to stand for the name."""


class Duty(Words):
    """A standing responsibility of an agency."""

    clause: Clause


class Agency(Model):
    """An office that leads or supports milestones."""

    id: Annotated[Text, Field(pattern=r"^[A-Za-z][A-Za-z0-9]*$", description="Letters and digits, such as SoNgoaiVu.")]
    name: Annotated[Words, Field(description="Its full name.")]
    short: Annotated[
        Words | None, Field(description="A shorter name for narrow columns; else the code, else the id.")
    ] = None
    code: Annotated[Text | None, Field(description="The abbreviation in its document numbers, such as SNgV.")] = None
    aliases: Annotated[list[Text], Field(description="Other ways in which people write its name.")] = []
    duties: Annotated[list[Duty], Field(description="Its standing responsibilities.")] = []

    @property
    def spellings(self) -> list[str]:
        """Everything it answers to."""
        short = [self.short.vi, self.short.en] if self.short else []
        return [self.id, *([self.code] if self.code else []), self.name.vi, self.name.en, *short, *self.aliases]

    def called(self, language: str) -> str:
        """Its short name for narrow columns."""
        return self.short.in_(language) if self.short else self.code or self.id


def _is_part(word: str, name: str) -> bool:
    """Whether a word is one or several whole words of a name, or a longer piece of it."""
    piece = squashed(word)
    return bool(piece) and (
        f" {folded(word)} " in f" {folded(name)} " or (len(piece) >= _LEAST_FRAGMENT and piece in squashed(name))
    )


class Agencies(Model):
    """The whole of `agencies.yaml`, in the order in which agencies are printed."""

    format: Annotated[int, Field(ge=1, le=1, description="The version of this file format.")]
    agencies: Annotated[list[Agency], Field(min_length=1, description="In the order in which they are printed.")]

    def __getitem__(self, agency_id: str) -> Agency:
        return next(agency for agency in self.agencies if agency.id == agency_id)

    def find(self, word: str) -> Agency:
        """The agency that a person means: by id, code, name or alias, with or without diacritics, or by a part of its name.

        Raises Invalid with the nearest names where nothing matches, and with the list where several do.
        """
        form = squashed(word)
        exact = [agency for agency in self.agencies if form in map(squashed, agency.spellings)]
        parts = [
            agency for agency in self.agencies if any(_is_part(word, name) for name in (agency.name.vi, agency.name.en))
        ]
        match exact or parts:
            case [agency]:
                return agency
            case []:
                spellings = [(name, agency) for agency in self.agencies for name in agency.spellings]
                fix = suggest(word, spellings, lambda pair: pair[0], lambda pair: _named(pair[1]))
                raise Invalid(Message("there is no agency “{word}”", word=word), fix)
            case several:
                names = ", ".join(_named(agency) for agency in several)
                raise Invalid(
                    Message("“{word}” can mean several agencies", word=word),
                    Message("choose one: {names}", names=names),
                )


def _named(agency: Agency) -> str:
    return f"{agency.id} ({agency.name.vi})"
