"""Changes between two days: what was done, fell overdue, was reported, and was taken back."""

from datetime import date
from typing import NamedTuple

from cbfa.core.history import History
from cbfa.core.journal import Journal, Record, Retraction, day_recorded
from cbfa.core.log import LogSelection
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress, Timing

BETWEEN_REPORTS = 90
"""Days from the last report to the as-of date, if nobody names its day."""


class Changes(NamedTuple):
    """The occurrences that changed, with their state on the later day, in the order of the roadmap.

    `done` was not done before, and `overdue` was not overdue before. `reported` has an entry of these days and is not among `done`.
    `taken_back` has the retractions of these days, each with the record that it names, without those of records that came in these days.
    By acts, `added` was not planned before, and `repealed` is no longer planned. `moved` has another deadline, `lead` other leads, and
    `target` another target, each with the state of before.
    """

    done: list[Standing]
    overdue: list[Standing]
    reported: list[Standing]
    taken_back: list[tuple[Retraction, Record | None]]
    moved: list[tuple[Standing, Standing]]
    added: list[Standing]
    repealed: list[Standing]
    lead: list[tuple[Standing, Standing]]
    target: list[tuple[Standing, Standing]]


def last_report(as_of: date) -> date:
    """Return the day of the last report if nobody names it; the first day of the calendar if there is no earlier one."""
    return date.fromordinal(max(1, as_of.toordinal() - BETWEEN_REPORTS))


def changes(after: Snapshot, since: date) -> Changes:
    """Compare a day with an earlier one of the same programme. The earlier day is exclusive, the later one inclusive.

    The report of the earlier day did not know what was recorded after it, whenever that happened, nor an act that was typed in later. What
    was recorded after the later day belongs to the day on which it happened: whoever looks back knows it on both.
    """

    def is_news(record: Record) -> bool:
        return since < day_recorded(record) <= after.as_of

    known = Journal.from_records([one for one in after.journal.records if not is_news(one)], after.journal.zone)
    acts = [one for one in after.history.amendments if not since < one.known <= after.as_of]
    history = History.of(after.history.adopted, acts)
    before = Snapshot.take(history, known, since, after.known_by, baseline=after.baseline)
    was = {standing.occurrence.key: standing for standing in before.standings}
    done, overdue, reported, added = [], [], [], []
    for standing in after.standings:
        key = standing.occurrence.key
        earlier = was.get(key)
        if earlier is None:
            added.append(standing)
        if _is_done(standing) and not (earlier and _is_done(earlier)):
            done.append(standing)
            continue
        if standing.timing is Timing.OVERDUE and not (earlier and earlier.timing is Timing.OVERDUE):
            overdue.append(standing)
        if any(entry.day > since or is_news(entry) for entry in after.entries_of.get(key, ())):
            reported.append(standing)
    taken_back = [
        (one, record)
        for one, record in LogSelection().retractions(after)
        if is_news(one) and not (record and is_news(record))
    ]
    repealed = [one for one in after.repealed if one.occurrence.key in was]
    pairs = [(one, was[one.occurrence.key]) for one in after.standings if one.occurrence.key in was]
    moved = [(now, then) for now, then in pairs if now.occurrence.window.due != then.occurrence.window.due]
    lead = [(now, then) for now, then in pairs if _leads(now) != _leads(then)]
    target = [(now, then) for now, then in pairs if now.occurrence.milestone.target != then.occurrence.milestone.target]
    return Changes(done, overdue, reported, taken_back, moved, added, repealed, lead, target)


def _leads(standing: Standing) -> list[str]:
    return [one.agency for one in standing.occurrence.leads]


def _is_done(standing: Standing) -> bool:
    return standing.course.progress is Progress.DONE
