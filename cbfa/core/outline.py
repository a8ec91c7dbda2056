"""The outline of a legal basis: its headings, and the clauses under them, numbered as the text numbers them."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from cbfa.core.model import Clause, Model
from cbfa.core.words import Words, refuse_languages
from cbfa.errors import Invalid
from cbfa.messages import Message

MAX_CLAUSES = 999
"""Maximum number of clauses under one heading."""
_RUN = re.compile(r"(?P<prefix>.*?)(?P<first>[0-9]+) ?(?:\.\.|…) ?(?P=prefix)(?P<last>[0-9]+)")


def expand_run(text: str) -> list[str]:
    """Return the clauses of a run, such as PL2.14..PL2.42; of any other text the text alone. Raises Invalid."""
    if ".." not in text and "…" not in text:
        return [text]
    found = _RUN.fullmatch(text)
    if not found:
        raise Invalid(
            Message("“{text}” is not a run of clauses", text=text),
            Message("write both ends with the same beginning, such as PL2.14..PL2.42"),
        )
    first, last = int(found["first"]), int(found["last"])
    if not first <= last < first + MAX_CLAUSES:
        raise Invalid(
            Message("the run “{text}” has no clauses, or more than {most}", text=text, most=MAX_CLAUSES),
            Message("put the smaller number first"),
        )
    return [f"{found['prefix']}{number}" for number in range(first, last + 1)]


class Heading(Model):
    """A heading of the legal basis, with the clauses under it."""

    title: Annotated[Words, Field(description="The heading in short.")]
    clauses: Annotated[
        Annotated[int, Field(ge=0, le=MAX_CLAUSES)] | list[Clause],
        Field(description="How many clauses it has; or their full names, runs such as PL2.14..PL2.42 among them."),
    ] = 0

    @model_validator(mode="before")
    @classmethod
    def _refuse_other_forms(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any value of a file
        return refuse_languages(value, "title", info)

    @field_validator("clauses")
    @classmethod
    def _check_runs(cls, clauses: int | list[str]) -> int | list[str]:
        for one in clauses if isinstance(clauses, list) else []:
            expand_run(one)
        return clauses

    def names(self, own: str) -> list[str]:
        """Return its clauses by their full names; `own` is the name of the heading."""
        if isinstance(self.clauses, int):
            return [f"{own}.{number}" for number in range(1, self.clauses + 1)]
        return [name for one in self.clauses for name in expand_run(one)]


def is_below(clause: str, heading: str) -> bool:
    """Return True if a name goes on where a heading ends: III.1 is below III, M1C1 below M1; II is not below I, nor 11 below 1."""
    if not clause.startswith(heading) or clause == heading:
        return False
    last, following = heading[-1], clause[len(heading)]
    return not (last.isdigit() and following.isdigit()) and not (last.isalpha() and following.isalpha())


def clauses_of(outline: Mapping[str, Heading]) -> Iterator[tuple[str, str]]:
    """Yield every clause with its heading, in order. A heading with nothing below it is a clause itself."""
    for name, heading in outline.items():
        if under := heading.names(name):
            yield from ((clause, name) for clause in under)
        elif not any(is_below(other, name) for other in outline):
            yield name, name
