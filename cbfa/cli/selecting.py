"""From the words of the command line to a selection of occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cbfa.errors import Invalid
from cbfa.locale import current
from cbfa.messages import Message
from cbfa.views.looks import ROLE, STATE, spoken

if TYPE_CHECKING:
    from cbfa.core.selection import Role, Selection
    from cbfa.core.snapshot import Snapshot


def selection(
    snapshot: Snapshot,
    *,
    workstream: str | None = None,
    agency: str | None = None,
    role: str | None = None,
    state: str | None = None,
    year: int | None = None,
    words: str | None = None,
) -> Selection:
    """The selection that these words name. Raises Invalid with the nearest words."""
    from cbfa.core.selection import Selection, check_year, find_state, find_workstream  # noqa: PLC0415

    return Selection(
        workstream=find_workstream(snapshot.roadmap, workstream) if workstream is not None else None,
        agency=snapshot.agencies.find(agency) if agency is not None else None,
        role=_role(role, agency),
        state=find_state(state, spoken(STATE, current())) if state is not None else None,
        year=check_year(snapshot.roadmap, year) if year is not None else None,
        words=words,
    )


def _role(word: str | None, agency: str | None) -> Role | None:
    from cbfa.core.selection import find_role  # noqa: PLC0415

    if word is None:
        return None
    if agency is None:
        raise Invalid(Message("--role asks how an agency answers, and no agency is named"), Message("add --agency"))
    return find_role(word, spoken(ROLE, current()))
