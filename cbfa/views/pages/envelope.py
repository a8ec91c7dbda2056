"""What every page about a date says of itself: whose programme, which day, known by when; and that the programme is over, where it is."""

from __future__ import annotations

from cbfa.core.snapshot import Snapshot
from cbfa.locale import _, day
from cbfa.views.page import Heading, Record, Sentence, Tone


def envelope(snapshot: Snapshot) -> Record:
    """The members of the JSON envelope that say what was asked."""
    return {
        "programme": snapshot.roadmap.programme.id,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat() if snapshot.known_by else None,
    }


def opening(title: str, snapshot: Snapshot) -> list[Heading | Sentence]:
    """The page's title, and the day it speaks of."""
    return [Heading(title, 1), Sentence(as_of_text(snapshot), Tone.QUIET), *over(snapshot)]


def as_of_text(snapshot: Snapshot) -> str:
    """The day asked about, and the day by which it had to be known."""
    if snapshot.known_by:
        return _(
            "As of {day}, by what was recorded until {known}", day=day(snapshot.as_of), known=day(snapshot.known_by)
        )
    return _("As of {day}", day=day(snapshot.as_of))


def over(snapshot: Snapshot) -> list[Sentence]:
    """That the programme was over on that day, and how to ask about a day in it."""
    if not snapshot.ended:
        return []
    end = snapshot.programme_end
    text = _("The programme ended on {end}. To ask about a day in it: --as-of {iso}", end=day(end), iso=end.isoformat())
    return [Sentence(text, Tone.WARN)]
