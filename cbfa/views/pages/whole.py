"""The pages of a file that has everything: besides its first one the occurrences, the agencies and the journal."""

from cbfa.core.log import LogSelection
from cbfa.core.selection import Selection
from cbfa.core.snapshot import Snapshot
from cbfa.views.page import Page
from cbfa.views.pages.agencies import agencies_page
from cbfa.views.pages.journal import log_page
from cbfa.views.pages.listing import list_page


def whole(snapshot: Snapshot, selection: Selection) -> list[Page]:
    """Return the occurrences of a selection, all agencies, and the entries of the selected agencies."""
    occurrences = list_page(snapshot, selection.select(snapshot.standings), selection)
    journal = log_page(snapshot, LogSelection(agencies=selection.agencies))
    return [occurrences, agencies_page(snapshot), journal]
