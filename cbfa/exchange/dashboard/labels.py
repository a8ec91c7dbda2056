"""The page's own words: headings, controls, captions, and how the figures are counted."""

from datetime import date

from cbfa.core.tally import LATELY, LONG_OVERDUE
from cbfa.messages import Message, Plural
from cbfa.views.pages.history import NO_LONGER_PLANNED

LABELS = {
    "skip": Message("Skip to the content"),
    "print": Message("Print"),
    "theme": Message("Light or dark"),
    "tools": Message("Language, look, print"),
    "classes": Message("Occurrences by official class"),
    "states": Message("Occurrences by state"),
    "aside": Message("Counted by itself:"),
    "nothing": Message("Nothing falls into the four classes."),
    "done_of_these": Message("of these done"),
    "longest": Message("Overdue longest"),
    "following": Message("Due next"),
    "nothing_overdue": Message("Nothing is overdue."),
    "nothing_due": Message("Nothing more falls due."),
    "none": Message("None."),
    "streams": Message("By workstream"),
    "streams_caption": Message(
        "Each bar is as long as the number of its occurrences. What is counted by itself is grey."
    ),
    "league": Message("By agency"),
    "league_caption": Message(
        "Counted are the occurrences that an agency leads, as recorded. “Of these late”: done after the due date. “Updated”: of what was "
        "open in the last {days} days, what has an entry of these days. “Last report”: the last entry about anything that it leads.",
        days=LATELY,
    ),
    "league_rest": Message("These agencies lead nothing:"),
    "filters": Message("Choose what the timeline and the list show"),
    "all": Message("all"),
    "agency": Message("Lead agency"),
    "workstream": Message("Workstream"),
    "year": Message("Year"),
    "state": Message("State"),
    "words": Message("Words"),
    "show_all": Message("Show all"),
    "gantt": Message("Timeline"),
    "gantt_caption": Message(
        "Thin line: planned period. Tick: due date. Filled circle: done. Thick stretch: from the due date to the as-of date; its length "
        "is the lateness. Dashed line: no deadline. Vertical line: as-of date."
    ),
    "after_years": Message("The as-of date is outside these years, so the stretches end at the edge."),
    "gantt_original": Message("Hollow diamond: original deadline."),
    "repealed": NO_LONGER_PLANNED,
    "milestone": Message("Milestone"),
    "list": Message("Every milestone"),
    "list_caption": Message("One row for each occurrence. Open a row to see its clauses, dates, agencies and entries."),
    "members": Message("What each member of a group owes has a row of its own, and counts once in the figures above."),
    "due": Message("Due"),
    "lead": Message("Lead"),
    "whole": Message("Everything about this milestone"),
    "address": Message("Address of this milestone:"),
    "no_match": Message("Nothing matches this selection."),
    "colophon": Message("How the figures are counted"),
    "silence": Message(
        "“No entry” means that nothing has been recorded. It does not mean that nothing was done: nobody has reported it here."
    ),
    "unit": Message(
        "The unit is the occurrence: a milestone that recurs every year counts once a year. What has been dropped is not in the whole that "
        "shares are taken of."
    ),
    "rules": Message(
        "Done on the due date is on time. What has no deadline is never overdue, and is counted by itself even if it is done. Overdue for "
        "long means by more than {days} days.",
        days=LONG_OVERDUE,
    ),
    "four": Message(
        "The four classes are those of official reports: done on time, done late, unfinished within the deadline, unfinished and overdue."
    ),
    "sources": Message("Computed from these files:"),
    "made_by": Message("Made by cbfa"),
    "webs": Message("Web sources of the entries:"),
}
SPOKEN = {
    "count": Message("{shown} of {total} occurrences", shown="%n", total="%m"),
    "sort": Message("sort by this column"),
}
"""The texts that only the script writes."""


def tied(count: int) -> Message:
    """Say how many of these are equal to the last row."""
    return Plural(", {count} of them with the same date", ", {count} of them with the same date", count=count)


def changed(since: date) -> Message:
    """Name the days in which something has changed."""
    return Message("Changed since {day}", day=since)


def entries(count: int) -> Message:
    """Say how many entries count."""
    return Plural("{count} entry", "{count} entries", count=count)
