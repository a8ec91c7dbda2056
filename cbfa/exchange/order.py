"""The content of a file: the pages of a command, and the records that they show."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cbfa.core.agencies import Agency
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.locale import Language
from cbfa.views.page import Page


class Order(NamedTuple):
    """The content of a file. `pages` are those of the command, its own first; `standings` are the occurrences that it selects.

    `since` is the day that a file compares with, where it says what has changed; `agencies` are those that were asked for.
    """

    pages: Sequence[Page]
    snapshot: Snapshot
    standings: Sequence[Standing]
    language: Language
    since: date | None = None
    agencies: Sequence[Agency] = ()

    @property
    def page(self) -> Page:
        """The answer of the command itself."""
        return self.pages[0]
