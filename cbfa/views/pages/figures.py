"""The figures of a programme by class, in the words that it uses: the official classes, or done, within deadline and overdue."""

from collections.abc import Sequence
from typing import NamedTuple

from cbfa.core.roadmap import Programme
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import Tally
from cbfa.views.looks import CLASS, PROGRESS, TIMING
from cbfa.views.page import Text

ASIDE = (OfficialClass.NO_DEADLINE, OfficialClass.SUSPENDED, OfficialClass.DROPPED)
FOUR = (OfficialClass.DONE_ON_TIME, OfficialClass.DONE_LATE, OfficialClass.WITHIN_DEADLINE, OfficialClass.OVERDUE)
"""The classes that make up the whole (report 1270/BC-TCTTTg of 27/12/2017). The others are counted by themselves."""


class Piece(NamedTuple):
    """A part of a whole with its words and its number, in the colour of a class."""

    colour: OfficialClass
    words: Text
    number: int


class Pieces(NamedTuple):
    """The parts that make up a whole, and what is counted by itself."""

    whole: Sequence[Piece]
    aside: Sequence[Piece]

    @property
    def all(self) -> list[Piece]:
        """Both, the whole first."""
        return [*self.whole, *self.aside]


def pieces_of(tally: Tally, programme: Programme) -> Pieces:
    """Return the official classes of a tally; done, within deadline and overdue where the programme leaves these out."""
    if programme.official_classes:
        whole, aside = ([Piece(one, CLASS[one], tally.official[one]) for one in group] for group in (FOUR, ASIDE))
        return Pieces(whole, aside)
    return Pieces(
        [
            Piece(OfficialClass.DONE_ON_TIME, PROGRESS[Progress.DONE], tally.done),
            Piece(
                OfficialClass.WITHIN_DEADLINE,
                TIMING[Timing.WITHIN_DEADLINE],
                tally.official[OfficialClass.WITHIN_DEADLINE],
            ),
            Piece(OfficialClass.OVERDUE, TIMING[Timing.OVERDUE], tally.overdue),
        ],
        [
            Piece(OfficialClass.NO_DEADLINE, TIMING[Timing.NO_DEADLINE], tally.open_without_deadline),
            Piece(OfficialClass.SUSPENDED, PROGRESS[Progress.SUSPENDED], tally.progress[Progress.SUSPENDED]),
            Piece(OfficialClass.DROPPED, PROGRESS[Progress.DROPPED], tally.progress[Progress.DROPPED]),
        ],
    )
