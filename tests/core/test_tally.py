"""Counting."""

from __future__ import annotations

from datetime import date

from hypothesis import given

from cbfa.core.journal import Journal
from cbfa.core.selection import Role
from cbfa.core.snapshot import OfficialClass, Snapshot
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import by_agency, by_workstream, by_year, count_occurrences
from tests.strategies import AGENCIES, HISTORY, ROADMAP, days, entry, journals


def take(as_of: date, *records) -> Snapshot:
    """The tiny programme on a day."""
    return Snapshot.take(HISTORY, Journal.from_records(records), as_of)


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
        assert tally.base + tally.progress[Progress.DROPPED] == tally.total
        assert tally.done + tally.overdue + tally.official[OfficialClass.WITHIN_DEADLINE] + (
            tally.open_without_deadline + tally.progress[Progress.SUSPENDED]
        ) == (tally.base)
        assert tally.not_yet_open + tally.timing[Timing.DUE_SOON] <= tally.official[OfficialClass.WITHIN_DEADLINE]
        assert tally.overdue_without_entry <= min(tally.overdue, tally.without_entry)
        assert tally.overdue_inferred <= tally.overdue
        assert tally.updated_lately <= tally.open_lately <= tally.total
        assert tally.long_silent <= tally.open_without_deadline
    assert sum((tally.official for tally in groups), start=type(whole.official)()) == whole.official
    assert sum(tally.total for tally in groups) == whole.total
    assert sum(tally.base for tally in groups) == whole.base
    assert sum(tally.overdue_without_entry for tally in groups) == whole.overdue_without_entry
    assert sum(tally.open_lately for tally in groups) == whole.open_lately
    assert sum(tally.milestones for tally in groups) == whole.milestones
    assert sum(tally.total for _, tally in by_agency(AGENCIES, snapshot.standings)) == whole.total
    assert sum(tally.total for _, tally in by_year(snapshot.standings)) + 2 == whole.total


def test_an_empty_tally_has_no_percentage():
    """Nothing is divided by zero."""
    empty = count_occurrences([])

    assert (empty.total, empty.milestones, empty.done, empty.overdue) == (0, 0, 0, 0)
    assert empty.share(0) is None


def test_a_share_is_a_fraction_of_what_is_not_dropped():
    """Seven of fourteen is a half; of four of which two are dropped, one is a half."""
    dropped = [entry(year, "2011-06-01", f"donors@{year}", "dropped") for year in ("2012", "2013")]
    donors = [one for one in take(date(2012, 1, 1), *dropped).standings if one.occurrence.key.startswith("donors")]

    assert count_occurrences(take(date(2012, 1, 1)).standings).share(7) == 0.5
    assert count_occurrences(donors).share(1) == 0.5
    assert count_occurrences([one for one in donors if one.course.progress is Progress.DROPPED]).share(0) is None


def test_the_update_rate_is_of_what_was_open_in_the_last_90_days():
    """Done, dropped or begun in these days counts as open in them; what closed before or opens later does not."""
    records = [
        entry("a", "2012-04-02", "memorandum"),
        entry("b", "2012-04-01", "visits"),
        entry("c", "2012-04-01", "board", "done"),
        entry("d", "2012-04-02", "review@2011", "done"),
        entry("e", "2012-04-02", "rules", "dropped"),
        entry("f", "2012-04-01", "review@2012", "dropped"),
    ]
    tally = count_occurrences(take(date(2012, 6, 30), *records).standings)

    assert (tally.open_lately, tally.updated_lately) == (6, 3)  # open: also donors@2012, local-bodies and visits


def test_what_has_no_deadline_and_no_entry_for_180_days_is_silent_for_long():
    """The day counts on which 180 days have passed."""
    before, then = (count_occurrences(take(date(2012, 6, day)).standings) for day in (28, 29))

    assert (before.long_silent, then.long_silent) == (1, 2)  # rules since 2011, visits since 1 January


def test_what_is_overdue_is_counted_with_its_reservations():
    """Overdue without an entry, overdue with an inferred lead, and within the deadline but not yet open."""
    tally = count_occurrences(take(date(2016, 1, 1), entry("a", "2012-01-01", "board")).standings)
    early = count_occurrences(take(date(2011, 6, 30)).standings)

    assert (tally.overdue, tally.overdue_without_entry, tally.overdue_inferred) == (12, 11, 1)
    assert (early.official[OfficialClass.WITHIN_DEADLINE], early.not_yet_open) == (11, 9)


def test_a_share_of_everything_is_one():
    """Twelve of the twelve that have a deadline, and both that have none."""
    assert count_occurrences(take(date(2012, 1, 1)).standings).share(14) == 1


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
