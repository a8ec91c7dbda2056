"""Which occurrences a question is about, and in which order they are listed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.journal import Journal
from cbfa.core.periods import parse_period
from cbfa.core.selection import (
    STATES,
    Role,
    Selection,
    by_completion,
    check_year,
    first_with_ties,
    is_carried_over,
    overdue,
    resolve_class,
    resolve_state,
    resolve_workstream,
    role_of,
    ties,
    upcoming,
)
from cbfa.core.snapshot import OfficialClass, Snapshot, Standing
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import count_occurrences
from cbfa.errors import Invalid
from tests.strategies import AGENCIES, HISTORY, KEYS, PLAN, ROADMAP, days, entry, journals


def keys(standings: list[Standing]) -> list[str]:
    """The keys of standings, in their order."""
    return [standing.occurrence.key for standing in standings]


def on(day: date, *records) -> tuple[Standing, ...]:
    """The standings of a day."""
    return Snapshot.take(HISTORY, Journal.from_records(records), day).standings


SPOKEN = {"overdue": ["quá hạn", "overdue"], "late": ["hoàn thành quá hạn", "done late"]}
"""How a reader's language says two of the states."""


@pytest.mark.parametrize("word", ["overdue", "OVERDUE", "quá hạn", "Quá Hạn", "qua han", "qua-han"])
def test_a_state_is_found_as_it_is_written_and_as_it_is_spoken(word):
    """In any case, with or without diacritics."""
    assert resolve_state(word, SPOKEN) == "overdue"


def test_a_state_that_is_nearly_spoken_gets_the_nearest_in_both_ways():
    """A fix names what may be written, and what it means to the reader."""
    with pytest.raises(Invalid) as caught:
        resolve_state("quán hạn", SPOKEN)

    assert str(caught.value.fix) == "did you mean overdue (quá hạn)?"


def test_a_selection_without_wishes_keeps_everything():
    """Each wish left out keeps everything, in the order of the roadmap."""
    assert keys(Selection().select(on(date(2012, 6, 1)))) == KEYS


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        ({"workstreams": ROADMAP.workstreams[:1]}, ["memorandum", "board", "visits", "rules"]),
        ({"agencies": [AGENCIES["SoNoiVu"]]}, [*(f"donors@{year}" for year in range(2012, 2016)), "local-bodies"]),
        ({"agencies": [AGENCIES["SoNoiVu"]], "role": Role.LEAD}, ["local-bodies"]),
        ({"agencies": [AGENCIES["SoNoiVu"]], "role": Role.SUPPORT, "year": 2013}, ["donors@2013"]),
        ({"states": ["overdue"]}, ["board", "review@2011"]),
        ({"states": ["not-started"], "year": 2011}, ["board", "local-bodies", "review@2011"]),
        (
            {"year": 2012},
            ["memorandum", "board", "visits", "donors@2012", "local-bodies", "review@2011", "review@2012"],
        ),
        ({"states": ["overdue", "no-deadline"]}, ["board", "visits", "rules", "review@2011"]),
        ({"states": ["done", "suspended"]}, []),
        ({"agencies": AGENCIES.agencies, "role": Role.LEAD, "year": 2011}, ["board", "local-bodies", "review@2011"]),
        ({"agencies": AGENCIES.agencies, "role": Role.SUPPORT, "year": 2013}, ["donors@2013"]),
        (
            {"workstreams": ROADMAP.workstreams, "year": 2013},
            ["board", "visits", "donors@2013", "local-bodies", "review@2011", "review@2013"],
        ),
        ({"official": [OfficialClass.OVERDUE]}, ["board", "review@2011"]),
        ({"official": [OfficialClass.NO_DEADLINE]}, ["visits", "rules"]),
        ({"silent": 366}, ["board", "rules", "local-bodies", "review@2011"]),
        ({"words": "TIES memorandum"}, []),
        ({"words": "Memo III.1.1"}, ["memorandum"]),
        ({"words": " "}, KEYS),
        ({"done_in": parse_period("2012")}, []),
    ],
)
def test_each_wish_keeps_its_own(wishes, kept):
    """By workstream, agency, role, state, year and words; several wishes together keep what fits all."""
    assert keys(Selection(**wishes).select(on(date(2012, 6, 1)))) == kept


FINISHED = (
    entry("a", "2012-09-30", "memorandum", "done"),
    entry("b", "2012-07-01", "donors@2012", count=1),
    entry("c", "2012-08", "donors@2012", count=1),
    entry("d", "2012-06-30", "board", "done"),
    entry("e", "2012-08-01", "rules", "done"),
    entry("f", "2012-12-01", "rules", "reopened"),
)


@pytest.mark.parametrize(
    ("period", "kept"),
    [
        ("2012-Q3", ["donors@2012", "memorandum"]),
        ("2012-H1", ["board"]),
        ("2012", ["board", "donors@2012", "memorandum"]),
        ("2012-08", ["donors@2012"]),
        ("2012-08-30", []),
        ("2013", []),
    ],
)
def test_what_was_completed_in_a_period(period, kept):
    """Counted targets are included, what was reopened is not; the earliest comes first."""
    selected = Selection(done_in=parse_period(period)).select(on(date(2014, 6, 1), *FINISHED))

    assert keys(by_completion(selected)) == kept


def test_an_agency_leads_supports_or_has_no_part():
    """The role of an agency in a milestone."""
    donors = next(one for one in PLAN.occurrences if one.milestone.id == "donors")

    assert [role_of(agency, donors) for agency in ("SoNgoaiVu", "SoNoiVu", "Other")] == [Role.LEAD, Role.SUPPORT, None]


def test_the_longest_overdue_comes_first():
    """The oldest deadline is the first to see to."""
    assert keys(overdue(on(date(2013, 6, 30)))) == ["board", "review@2011", "memorandum", "donors@2012", "review@2012"]


def test_overdue_of_a_year_is_what_fell_due_in_it():
    """`--year 2012`, asked in 2014, is what fell due in 2012 and is unfinished still."""
    done = entry("a", "2013-05-01", "memorandum", "done")

    assert keys(overdue(on(date(2014, 6, 30), done), 2012)) == ["donors@2012", "review@2012"]
    assert keys(overdue(on(date(2012, 12, 31)), 2012)) == []


def test_upcoming_is_unfinished_with_its_deadline_ahead():
    """The nearest comes first; what has no deadline does not come."""
    assert keys(upcoming(on(date(2014, 12, 1), entry("a", "2014-01-01", "donors@2014", "done", count=2)))) == [
        *("review@2014", "donors@2015", "local-bodies", "review@2015")
    ]


@pytest.mark.parametrize(("days_ahead", "kept"), [(29, []), (30, ["donors@2014", "review@2014"])])
def test_upcoming_days_are_inclusive(days_ahead, kept):
    """On 1 December, 31 December is 30 days ahead."""
    assert keys(upcoming(on(date(2014, 12, 1)), days_ahead)) == kept


@given(journals(), days)
def test_nothing_is_both_overdue_and_upcoming(records, as_of):
    """The two lists share nothing, and with what is done, aside or without deadline they hold everything."""
    standings = on(as_of, *records)
    late, ahead = keys(overdue(standings)), keys(upcoming(standings))
    rest = [
        one.occurrence.key
        for one in standings
        if one.timing is None or one.course.progress is Progress.DONE or one.occurrence.window.due is None
    ]

    assert sorted([*late, *ahead, *rest]) == sorted(KEYS)


@pytest.mark.parametrize("word", ["aid", "AID", "III.2", "iii.2", "2", "Aid (vi)", "ai"])
def test_a_workstream_is_found_by_id_number_or_name(word):
    """`III.2`, its place in the roadmap, its id or a part of its name."""
    assert resolve_workstream(ROADMAP, word).id == "aid"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("zz", "unknown workstream “zz”"),
        ("III.9", "unknown workstream “III.9”"),
        ("", "unknown workstream “”"),
        ("3", "unknown workstream “3”"),
    ],
)
def test_a_wrong_workstream_gets_the_list(word, sentence):
    """What matches several or none is answered with all that there are."""
    with pytest.raises(Invalid) as caught:
        resolve_workstream(ROADMAP, word)

    assert str(caught.value.message) == sentence
    assert "ties (III.1)" in str(caught.value.fix)
    assert "aid (III.2)" in str(caught.value.fix)


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_word(state):
    """Small letters, capitals, a hyphen or a space make no difference."""
    for word in (state, state.upper(), state.replace("-", " "), state.replace("-", " ").title()):
        assert resolve_state(word) == state


@pytest.mark.parametrize("official", OfficialClass)
def test_every_class_has_its_word(official):
    """Small letters, capitals, a hyphen or a space make no difference."""
    assert resolve_class(official.replace("-", " ").title()) is official


def test_the_words_of_states_are_those_of_progress_and_timing():
    """No state is named twice, and none is left out; two are said beside progress and timing."""
    assert sorted(STATES) == sorted({*map(str, Progress), *map(str, Timing), "due-today", "no-entry"})


def test_a_misspelt_state_gets_the_nearest():
    """A slip of the pen is answered with what was probably meant, and nonsense with all words."""
    with pytest.raises(Invalid, match="unknown state “overdu”") as caught:
        resolve_state("overdu")
    with pytest.raises(Invalid) as nonsense:
        resolve_state("")

    assert str(caught.value.fix).startswith("did you mean overdue")
    assert all(state in str(nonsense.value.fix) for state in STATES)


@pytest.mark.parametrize("year", [2011, 2015])
def test_the_first_and_last_year_belong_to_the_programme(year):
    """The period includes both its ends."""
    assert check_year(ROADMAP, year) == year


@pytest.mark.parametrize("year", [2010, 2016, 0, -1])
def test_a_year_outside_the_programme_is_refused(year):
    """The sentence says from when to when the programme runs."""
    with pytest.raises(Invalid) as caught:
        check_year(ROADMAP, year)

    assert str(caught.value.fix) == "choose a year from 2011 to 2015"


@given(journals(), days, st.integers(2011, 2015))
def test_a_year_carries_over_what_is_still_owed(records, as_of, year):
    """A year has the windows that touch it, and what fell due before it and is overdue; nothing else."""
    standings = on(as_of, *records)
    touching = {one.occurrence.key for one in standings if one.occurrence.window.touches(year)}
    owed = {one.occurrence.key for one in standings if is_carried_over(one, year)}
    late_before = {one.occurrence.key for one in overdue(standings) if one.occurrence.window.due < date(year, 1, 1)}

    assert owed == late_before
    assert not touching & owed
    assert set(keys(Selection(year=year).select(standings))) == touching | owed


@given(journals(), days)
def test_each_class_selects_what_the_tally_counts(records, as_of):
    """`--class` gives as many occurrences as the tally says, so no word has two numbers."""
    standings = on(as_of, *records)
    tally = count_occurrences(standings)

    assert {one: len(Selection(official=[one]).select(standings)) for one in OfficialClass} == {
        one: tally.official[one] for one in OfficialClass
    }


@given(st.lists(st.integers(0, 3)).map(sorted), st.integers(0, 5))
def test_a_tie_is_never_cut(numbers, count):
    """The first items end with all that tie with the last of them, and are the fewest that do."""
    found = first_with_ties(numbers, count, lambda number: number)
    rest = numbers[len(found) :]

    assert found == numbers[: len(found)]
    assert not set(found) & set(rest)
    assert len(found) >= min(count, len(numbers))
    assert len([number for number in found if number != found[-1]]) < max(count, 1)
    assert [number for group in ties(numbers, lambda number: number) for number in group] == numbers


@given(st.text())
def test_any_word_is_a_state_or_invalid(word):
    """Whatever is typed for a state, nothing but Invalid is raised."""
    try:
        state = resolve_state(word)
    except Invalid:
        return

    assert state in STATES


@given(st.text())
def test_any_word_is_a_workstream_or_invalid(word):
    """Whatever is typed for a workstream, nothing but Invalid is raised."""
    try:
        workstream = resolve_workstream(ROADMAP, word)
    except Invalid:
        return

    assert workstream in ROADMAP.workstreams
