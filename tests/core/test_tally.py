"""Counting."""

from __future__ import annotations

from datetime import date

from hypothesis import given

from cbfa.core.journal import Journal
from cbfa.core.selection import Role
from cbfa.core.snapshot import OfficialClass, Snapshot
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import by_agency, by_workstream, by_year, count_occurrences
from tests.strategies import AGENCIES, ROADMAP, days, entry, journals


def take(as_of: date, *records) -> Snapshot:
    """The tiny programme on a day."""
    return Snapshot.take(ROADMAP, AGENCIES, Journal.from_records(records), as_of)


@given(journals(most=20), days)
def test_the_counts_always_add_up_to_the_total(records, as_of):
    """The official classes add up to the total, and so do the kinds of progress; so do all the groups."""
    snapshot = take(as_of, *records)
    whole = count_occurrences(snapshot.standings)
    groups = [tally for _, tally in by_workstream(ROADMAP, snapshot.standings)]

    assert whole.total == len(snapshot.standings)
    for tally in [whole, *groups]:
        assert sum(tally.official.values()) == tally.total
        assert sum(tally.progress.values()) == tally.total
        assert sum(tally.timing.values()) == tally.total - (
            tally.progress[Progress.SUSPENDED] + tally.progress[Progress.DROPPED]
        )
        assert tally.overdue == tally.timing[Timing.OVERDUE]
    assert sum((tally.official for tally in groups), start=type(whole.official)()) == whole.official
    assert sum(tally.total for tally in groups) == whole.total
    assert sum(tally.milestones for tally in groups) == whole.milestones
    assert sum(tally.total for _, tally in by_agency(AGENCIES, snapshot.standings)) == whole.total
    assert sum(tally.total for _, tally in by_year(snapshot.standings)) + 2 == whole.total


def test_an_empty_tally_has_no_percentage():
    """Nothing is divided by zero."""
    empty = count_occurrences([])

    assert (empty.total, empty.milestones, empty.done, empty.overdue) == (0, 0, 0, 0)
    assert empty.share(0) is None


def test_a_share_is_a_fraction_of_the_total():
    """Seven of fourteen is a half."""
    assert count_occurrences(take(date(2012, 1, 1)).standings).share(7) == 0.5


def test_the_figures_of_a_day():
    """Each count of a known day, by hand: 14 occurrences of 7 milestones on 30 June 2013."""
    tally = count_occurrences(
        take(
            date(2013, 6, 30),
            entry("a", "2012-12-31", "memorandum", "done"),
            entry("b", "2012-06-01", "board", "done"),
            entry("c", "2012-06-01", "donors@2012", "progress", count=1),
            entry("d", "2012-06-01", "local-bodies", "progress", count=1),
            entry("e", "2012-06-01", "review@2012", "suspended"),
            entry("f", "2012-06-01", "rules", "done"),
        ).standings
    )

    assert (tally.total, tally.milestones, tally.done, tally.overdue) == (14, 7, 3, 2)
    assert tally.under_way == 1
    assert tally.open_without_deadline == 1
    assert tally.without_entry == 8
    assert tally.official == {
        OfficialClass.DONE_ON_TIME: 1,
        OfficialClass.DONE_LATE: 1,
        OfficialClass.WITHIN_DEADLINE: 7,
        OfficialClass.OVERDUE: 2,
        OfficialClass.NO_DEADLINE: 2,
        OfficialClass.SUSPENDED: 1,
    }


def test_long_overdue_is_more_than_30_days():
    """On the thirtieth day after its due date nothing is overdue for long, on the next day it is."""
    thirtieth, next_day = (count_occurrences(take(date(2012, 1, day)).standings) for day in (30, 31))

    assert thirtieth.overdue == next_day.overdue > thirtieth.long_overdue
    assert next_day.long_overdue == next_day.overdue


def test_by_workstream_keeps_the_order_of_the_roadmap():
    """Workstreams come as they stand in the file, also those without anything."""
    tallies = by_workstream(ROADMAP, [])

    assert [(workstream.id, tally.total) for workstream, tally in tallies] == [("ties", 0), ("aid", 0)]


def test_by_agency_tells_leading_from_supporting():
    """Sở Nội vụ leads the local bodies and supports the donors, four times."""
    standings = take(date(2012, 1, 1)).standings

    assert {agency.id: tally.total for agency, tally in by_agency(AGENCIES, standings)} == {
        "SoNgoaiVu": 13,
        "SoNoiVu": 1,
    }
    assert {agency.id: tally.total for agency, tally in by_agency(AGENCIES, standings, Role.SUPPORT)} == {
        "SoNgoaiVu": 0,
        "SoNoiVu": 4,
    }


def test_by_year_counts_what_falls_due_in_it():
    """What has no due date belongs to no year."""
    assert {year: tally.total for year, tally in by_year(take(date(2012, 1, 1)).standings)} == {
        2011: 2,
        2012: 3,
        2013: 2,
        2014: 2,
        2015: 3,
    }
