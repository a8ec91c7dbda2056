"""Changes between two days: what was done, fell overdue, was reported, and was taken back."""

from datetime import date
from typing import NamedTuple

from cbfa.core.journal import Record, Retraction, day_recorded
from cbfa.core.log import LogSelection
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress, Timing

BETWEEN_REPORTS = 90
"""Days from the last report to the as-of date, if nobody names its day."""


class Changes(NamedTuple):
    """The occurrences that changed, with their state on the later day, in the order of the roadmap.

    `done` was not done before, and `overdue` was not overdue before. `reported` has an entry of these days and is not among `done`.
    `taken_back` has the retractions that were recorded on these days, each with the record that it names.
    """

    done: list[Standing]
    overdue: list[Standing]
    reported: list[Standing]
    taken_back: list[tuple[Retraction, Record | None]]


def last_report(as_of: date) -> date:
    """Return the day of the last report if nobody names it; the first day of the calendar if there is no earlier one."""
    return date.fromordinal(max(1, as_of.toordinal() - BETWEEN_REPORTS))


def changes(before: Snapshot, after: Snapshot) -> Changes:
    """Compare two days of the same programme. The earlier day is exclusive, the later one inclusive."""
    was = {standing.occurrence.key: standing for standing in before.standings}
    done, overdue, reported = [], [], []
    for standing in after.standings:
        key = standing.occurrence.key
        if _is_done(standing) and not _is_done(was[key]):
            done.append(standing)
            continue
        if standing.timing is Timing.OVERDUE and was[key].timing is not Timing.OVERDUE:
            overdue.append(standing)
        if any(entry.day > before.as_of for entry in after.entries_of.get(key, ())):
            reported.append(standing)
    taken_back = [
        (one, record)
        for one, record in LogSelection().retractions(after)
        if before.as_of < day_recorded(one) <= after.as_of
    ]
    return Changes(done, overdue, reported, taken_back)


def _is_done(standing: Standing) -> bool:
    return standing.course.progress is Progress.DONE
