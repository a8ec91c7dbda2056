"""What has changed between two days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import given

from cbfa.core.changes import Changes, changes
from cbfa.core.journal import Journal, Record, day_recorded
from cbfa.core.selection import overdue
from cbfa.core.snapshot import Snapshot, Standing
from cbfa.core.state import Progress
from tests.strategies import HISTORY, days, entry, journals, retraction


def between(first: str, last: str, *records: Record) -> Changes:
    """The changes of the tiny programme after the first day, up to the last."""
    after = Snapshot.take(HISTORY, Journal.from_records(records), date.fromisoformat(last))
    return changes(after, date.fromisoformat(first))


def keys(standings: list[Standing]) -> list[str]:
    """The keys of standings."""
    return [one.occurrence.key for one in standings]


def test_the_first_day_is_exclusive_and_the_last_inclusive():
    """What was done on the day of the last report was in that report."""
    both = [entry("a", "2012-03-01", "review@2012", "done"), entry("b", "2012-06-30", "memorandum", "done")]

    assert keys(between("2012-02-29", "2012-06-30", *both).done) == ["memorandum", "review@2012"]
    assert keys(between("2012-03-01", "2012-06-30", *both).done) == ["memorandum"]
    assert between("2012-03-01", "2012-06-29", *both).done == []


def test_what_was_recorded_after_the_last_report_is_news():
    """It happened before, but that report did not know it; what was recorded after the later day is no news on either."""
    late = entry("a", "2012-01-15", "review@2011", "done", recorded="2012-05-01T12:00:00+07:00")
    note = entry("b", "2012-01-15", "memorandum", recorded="2012-05-01T12:00:00+07:00")

    assert keys(between("2012-03-31", "2012-06-30", late, note).done) == ["review@2011"]
    assert keys(between("2012-03-31", "2012-06-30", late, note).reported) == ["memorandum"]
    assert between("2012-03-31", "2012-04-30", late, note).done == []


def test_what_came_and_went_between_two_reports_was_in_neither():
    """An entry of these days that was taken back is not among what was taken back."""
    records = [
        entry("a", "2012-01-15", "memorandum", recorded="2012-05-01T12:00:00+07:00"),
        retraction("r", "a", "2012-05-02T12:00:00+07:00"),
    ]

    assert between("2012-04-01", "2012-06-30", *records).taken_back == []


def test_newly_overdue_is_what_fell_due_in_between():
    """What was overdue before is not new; what is due on the last day is not overdue yet."""
    assert "memorandum" in keys(between("2012-12-31", "2013-01-01").overdue)
    assert "memorandum" not in keys(between("2013-01-01", "2013-03-01").overdue)
    assert "memorandum" not in keys(between("2012-06-30", "2012-12-31").overdue)


def test_a_report_counts_where_it_finishes_nothing():
    """What was done is among what was done, and nowhere else."""
    found = between(
        "2012-01-01",
        "2012-06-30",
        entry("a", "2012-03-01", "memorandum"),
        entry("b", "2012-03-01", "review@2012", "done"),
    )

    assert keys(found.reported) == ["memorandum"]
    assert keys(found.done) == ["review@2012"]


def test_what_was_taken_back_is_found_by_the_day_of_its_retraction():
    """The entry itself may be older."""
    records = [entry("a", "2011-03-01", "memorandum"), retraction("r", "a", "2012-05-01T12:00:00+07:00")]

    assert [record.id for _, record in between("2012-04-30", "2012-05-01", *records).taken_back] == ["a"]
    assert between("2012-05-01", "2012-06-01", *records).taken_back == []
    assert between("2012-01-01", "2012-04-30", *records).taken_back == []


@given(journals(), days, days)
def test_the_done_and_the_overdue_are_those_of_before_and_the_new(records, one, other):
    """The new ones were not so in the report of the earlier day; together with those that still are so they are all."""
    first, last = sorted((one, other))
    known = [record for record in records if not first < day_recorded(record) <= last]
    before = Snapshot.take(HISTORY, Journal.from_records(known), first)
    after = Snapshot.take(HISTORY, Journal.from_records(records), last)
    found = changes(after, first)

    for new, are in ((found.done, done), (found.overdue, overdue)):
        were, now = set(keys(are(before.standings))), set(keys(are(after.standings)))

        assert set(keys(new)) == now - were


def done(standings: Iterable[Standing]) -> list[Standing]:
    """Those that are done."""
    return [one for one in standings if one.course.progress is Progress.DONE]
