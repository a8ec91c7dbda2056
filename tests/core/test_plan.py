"""Plans: several leads, groups, what each owes, shared measures and older spellings, as the design words their rules."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbfa.core.agencies import Agencies
from cbfa.core.history import History
from cbfa.core.journal import Journal, Record
from cbfa.core.occurrences import resolve_occurrence
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.selection import Role, Selection, role_of
from cbfa.core.snapshot import OfficialClass, Snapshot, together
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import by_agency, count_occurrences
from cbfa.errors import Invalid
from tests.strategies import AGENCIES_DATA, ROADMAP_DATA, check, days, entry

MEMBERS = ("HuyenA", "HuyenB", "HuyenC")


def plan(*milestones: dict[str, Any], agencies: Sequence[dict[str, Any]] = ()) -> Plan:
    """A plan with these milestones: two offices, three districts, a group of the districts, and one of it and an office."""
    roadmap, known = deepcopy(ROADMAP_DATA), deepcopy(AGENCIES_DATA)
    roadmap["workstreams"] = [
        {
            "id": "all",
            "title": "Tất cả",
            "milestones": [
                {"title": one["id"], "clauses": "III.1.1", "lead": "SoNgoaiVu", **one} for one in milestones
            ],
        }
    ]
    known["agencies"] += [{"id": one, "name": one} for one in MEMBERS]
    known["agencies"] += [
        {"id": "CacHuyen", "name": "Các huyện", "members": list(MEMBERS)},
        {"id": "TatCa", "name": "Mọi nơi", "members": ["CacHuyen", "SoNoiVu", "HuyenA"]},
        *agencies,
    ]
    made = Plan.of(Roadmap.model_validate(roadmap), Agencies.model_validate(known))
    assert [one for one in check(made.roadmap, made.agencies, None) if one.severity.value == "error"] == []
    return made


def on(day: str, made: Plan, *records: Record) -> Snapshot:
    """The programme on a day."""
    return Snapshot.take(History.of(made), Journal.from_records(records), date.fromisoformat(day))


def keys(made: Plan) -> list[str]:
    """Return the keys of all occurrences."""
    return [one.key for one in made.occurrences]


def test_lead_may_be_a_list_all_equal():
    """“`lead` may be a list (all lead equally).” None is first, and each has it among what it leads."""
    made = plan({"id": "report", "lead": ["SoNoiVu", "SoNgoaiVu"], "schedule": {"in": 2012}})
    (occurrence,) = made.occurrences

    assert [role_of(one, occurrence) for one in ("SoNgoaiVu", "SoNoiVu", "HuyenA")] == [Role.LEAD, Role.LEAD, None]


def test_an_agency_alone_rests_on_the_milestones_own_clauses():
    """“`lead: SoNgoaiVu` is enough where the milestone's own clauses name it.”"""
    (occurrence,) = plan({"id": "report"}).occurrences

    assert (occurrence.leads[0].basis, occurrence.leads[0].inferred) == (None, None)
    assert not occurrence.is_inferred


def test_groups_may_contain_groups():
    """“groups may contain groups; flattened, each once.”"""
    made = plan({"id": "report"})

    assert [one.id for one in made.agencies.members_of(made.agencies["TatCa"])] == [*MEMBERS, "SoNoiVu"]


def test_what_the_group_owes_is_a_members_too_apart():
    """“what the group owes shows in a member's report, apart”: it is found, and not counted as the member's own."""
    made = plan({"id": "report", "lead": "TatCa", "schedule": {"in": 2012}})
    snapshot = on("2013-01-01", made)
    led = {agency.id: tally.total for agency, tally in by_agency(made.agencies, snapshot.standings)}

    assert role_of("HuyenA", made.occurrences[0]) is Role.MEMBER
    assert made.occurrences[0].through["HuyenA"] == "TatCa"
    assert len(Selection(agencies=[made.agencies["HuyenA"]]).select(snapshot.standings)) == 1
    assert (led["TatCa"], led["HuyenA"]) == (1, 0)


def test_each_member_owes_its_own():
    """“`each: true`: one occurrence for each lead, a group's members one by one, keys `id/HuyenTraLinh`, `id@2025-H1/HuyenTraLinh`.”"""
    once = plan({"id": "plans", "lead": ["CacHuyen", "SoNoiVu"], "each": True, "schedule": {"in": 2012}})
    halves = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"every": "half", "to": 2011}})

    assert keys(once) == ["plans/HuyenA", "plans/HuyenB", "plans/HuyenC", "plans/SoNoiVu"]
    assert keys(halves) == [f"plans@2011-{half}/{one}" for half in ("H1", "H2") for one in MEMBERS]
    assert role_of("HuyenA", once.occurrences[0]) is Role.LEAD
    assert role_of("HuyenB", once.occurrences[0]) is None
    assert role_of("CacHuyen", once.occurrences[0]) is Role.LEAD


def test_one_members_done_is_not_the_others():
    """Every district owes its own plan."""
    made = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"in": 2012}})
    snapshot = on("2013-01-01", made, entry("a", "2012-05-01", "plans/HuyenB", "done"))

    assert [one.timing for one in snapshot.standings] == [Timing.OVERDUE, Timing.ON_TIME, Timing.OVERDUE]


def test_an_each_milestone_counts_once_a_period():
    """“An `each` milestone counts once a period in the programme's total, done when all are, overdue when any is, with “81 of 83” beside
    it; each member counts its own.”"""
    made = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"in": 2012}})
    two = [entry(one, "2012-05-01", f"plans/{one}", "done") for one in MEMBERS[:2]]
    late = on("2013-01-01", made, *two)
    done = on("2013-02-01", made, *two, entry("c", "2013-01-10", "plans/HuyenC", "done"))
    total, whole = count_occurrences(late.standings), together(late.standings)[0]
    own = {agency.id: tally for agency, tally in by_agency(made.agencies, late.standings)}

    assert (total.total, total.overdue, total.done) == (1, 1, 0)
    assert [part.course.progress is Progress.DONE for part in whole.parts] == [True, True, False]
    assert whole.occurrence.key == "plans"
    assert together(done.standings)[0].official is OfficialClass.DONE_LATE
    assert together(done.standings)[0].course.done_on == date(2013, 1, 10)
    assert [own[one].done for one in MEMBERS] == [1, 1, 0]
    assert (own["CacHuyen"].total, own["CacHuyen"].overdue) == (1, 1)


def test_the_part_of_an_agency_that_is_asked_about_stays_apart():
    """The others are put together, and what is together stays so."""
    made = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"in": 2012}})
    snapshot = on("2013-01-01", made, entry("a", "2012-05-01", "plans/HuyenA", "done"))
    found = together(snapshot.standings, apart=["HuyenA"])

    assert [one.occurrence.key for one in found] == ["plans/HuyenA", "plans"]
    assert [len(one.parts) for one in found] == [0, 2]
    assert together(together(snapshot.standings)) == together(snapshot.standings)


def test_a_part_that_is_dropped_leaves_the_whole_to_the_others():
    """What is dropped owes nothing; if all parts are, the whole is."""
    made = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"in": 2012}})
    done = [entry(one, "2012-05-01", f"plans/{one}", "done") for one in MEMBERS[:2]]
    dropped = [entry(f"d{one}", "2012-06-01", f"plans/{one}", "dropped") for one in MEMBERS]

    assert together(on("2013-01-01", made, *done, dropped[2]).standings)[0].official is OfficialClass.DONE_ON_TIME
    assert together(on("2013-01-01", made, *dropped).standings)[0].official is OfficialClass.DROPPED


def test_milestones_of_one_measure_share_values():
    """“milestones whose targets name the same `measure` share values and counts (50 % in 2027, 80 % in 2030), whichever key the entry
    has.”"""
    half, most = ({"at_least": figure, "unit": "%", "measure": "coverage"} for figure in (50, 80))
    made = plan(
        {"id": "half", "schedule": {"due": 2012}, "target": half},
        {"id": "most", "schedule": {"due": 2014}, "target": most},
    )
    first, second = on("2012-06-01", made, entry("a", "2012-05-01", "most", value="60")).standings

    assert (first.course.progress, first.course.done_on) == (Progress.DONE, date(2012, 5, 1))
    assert (second.course.progress, second.course.value) == (Progress.IN_PROGRESS, 60)


def test_milestones_of_one_measure_share_counts_but_nothing_else():
    """100 bodies, then 280: each count is of both, and what is suspended is suspended alone."""
    targets = ({"count": figure, "unit": "đơn vị", "measure": "bodies"} for figure in (100, 280))
    made = plan(
        *({"id": one, "schedule": {"due": 2014}, "target": goal} for one, goal in zip("ab", targets, strict=True))
    )
    records = [
        entry("e1", "2012-05-01", "a", "done", count=100),
        entry("e2", "2012-06-01", "b", count=50),
        entry("e3", "2012-07-01", "b", "suspended"),
    ]
    first, second = on("2012-08-01", made, *records).standings

    assert (first.course.counted, first.course.progress) == (150, Progress.DONE)
    assert (second.course.counted, second.course.progress) == (150, Progress.SUSPENDED)


@pytest.mark.parametrize(
    "other",
    [
        {"target": {"at_least": 80, "unit": "xã", "measure": "m"}},
        {"target": {"count": 80, "unit": "%", "measure": "m"}},
        {"target": {"at_least": 80, "unit": "%", "measure": "m"}, "schedule": {"every": "year"}},
        {"target": {"at_least": 80, "unit": "%", "measure": "m"}, "lead": "SoNoiVu", "each": True},
    ],
    ids=["unit", "kind", "every", "each"],
)
def test_a_measure_needs_the_same_unit_and_no_repetition(other):
    """“same unit, not with `every` or `each`”."""
    data = deepcopy(ROADMAP_DATA)
    first = data["workstreams"][0]["milestones"][0]
    first["target"] = {"at_least": 50, "unit": "%", "measure": "m"}
    data["workstreams"][0]["milestones"][1].update(other)

    (found,) = check(Roadmap.model_validate(data), Agencies.model_validate(AGENCIES_DATA), None)
    assert found.place.path == ("workstreams", 0, "milestones", 1, "target")


def test_with_every_each_occurrence_has_the_whole_target():
    """“With `every` or `each` every occurrence has the whole target.”"""
    made = plan({"id": "donors", "schedule": {"every": "year", "to": 2012}, "target": {"count": 2, "unit": "tổ chức"}})
    first, second = on("2012-12-01", made, entry("a", "2012-05-01", "donors@2012", count=2)).standings

    assert (first.course.counted, second.course.counted) == (0, 2)


def test_older_spellings_keep_journals_working():
    """“`formerly: [ids]` on milestones and agencies (older spellings; journals keep working)”."""
    made = plan(
        {
            "id": "plans",
            "formerly": ["old-plans"],
            "lead": "CacXa",
            "each": True,
            "schedule": {"every": "year", "to": 2011},
        },
        agencies=[
            {"id": "XaMoi", "name": "Xã Mới", "formerly": ["XaCu"]},
            {"id": "CacXa", "name": "Các xã", "members": ["XaMoi"]},
        ],
    )
    snapshot = on("2011-12-01", made, entry("a", "2011-05-01", "old-plans@2011/XaCu", "done", by="XaCu"))

    assert snapshot.standings[0].course.progress is Progress.DONE
    assert snapshot.unplaced == ()
    assert snapshot.entries[0].key == "old-plans@2011/XaCu"
    assert check(made.roadmap, made.agencies, snapshot.journal)[0].message.template.startswith("{count} clause")


MANY = plan(
    {"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"every": "half", "to": 2012}},
    {"id": "months", "schedule": {"every": "month", "from": 2012, "to": 2012}},
    {"id": "once", "schedule": {"in": 2012}},
)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("plans@2012-H1/HuyenA", "plans@2012-H1/HuyenA"),
        ("plans@2012-h1/huyen a", "plans@2012-H1/HuyenA"),
        ("pl@6 tháng đầu năm 2012/HUYENB", "plans@2012-H1/HuyenB"),
        ("months@2012-04", "months@2012-04"),
        ("months@4/2012", "months@2012-04"),
    ],
)
def test_a_key_is_found_as_people_type_it(word, key):
    """In any case, with the period in any of its notations, with the agency by any of its names."""
    assert resolve_occurrence(MANY, word).key == key


@pytest.mark.parametrize(
    ("word", "message", "fix"),
    [
        ("plans@2012-H1", "each agency owes its own “plans”", "plans@2012-H1/HuyenA, with HuyenA, HuyenB, HuyenC"),
        ("plans/HuyenA", "“plans” recurs, so its key needs a period", "2011-H1 to 2012-H2"),
        ("plans@2012-H1/HuyenX", "“HuyenX” owes no “plans” of its own", "HuyenA"),
        ("plans@2012/HuyenA", "“plans” has no occurrence “2012”", "2011-H1 to 2012-H2"),
        ("months@2012-04/HuyenA", "“months” is done once for all", "months@2012-04"),
        ("once@2012", "“once” does not recur", "write once"),
    ],
)
def test_a_key_that_lacks_something_is_refused_with_what_is_missing(word, message, fix):
    """The sentence says what to add, and the key that results."""
    with pytest.raises(Invalid) as caught:
        resolve_occurrence(MANY, word)

    assert message in str(caught.value.message)
    assert fix in str(caught.value.fix)


leads = st.lists(st.sampled_from(["SoNgoaiVu", "SoNoiVu", *MEMBERS]), min_size=1, max_size=5, unique=True)
happenings = st.lists(st.tuples(days, st.sampled_from(["progress", "done", "suspended", "dropped"])), max_size=4)


@given(leads, leads, happenings, days)
def test_totals_do_not_depend_on_the_number_of_leads(some, others, happened, as_of):
    """“Totals: an occurrence counts once in the programme and once for each of its leads.”"""
    records = [entry(f"e{n}", str(day), "report@2012", event) for n, (day, event) in enumerate(happened)]
    tallies = []
    for its in (some, others):
        made = plan({"id": "report", "lead": its, "schedule": {"every": "year"}})
        snapshot = on(str(as_of), made, *records)
        tallies.append(count_occurrences(snapshot.standings))
        led = by_agency(made.agencies, snapshot.standings)
        assert sum(tally.total for _, tally in led) == tallies[-1].total * len(its)

    assert tallies[0]._replace(overdue_inferred=0) == tallies[1]._replace(overdue_inferred=0)


@given(
    st.lists(st.tuples(days, st.sampled_from(MEMBERS), st.sampled_from(["progress", "done", "dropped"])), max_size=8),
    days,
)
def test_a_whole_is_overdue_when_any_part_is_and_done_when_all_are(happened, as_of):
    """Parts that are dropped do not count, unless all of them are."""
    made = plan({"id": "plans", "lead": "CacHuyen", "each": True, "schedule": {"in": 2012}})
    snapshot = on(
        str(as_of), made, *(entry(f"e{n}", str(one[0]), f"plans/{one[1]}", one[2]) for n, one in enumerate(happened))
    )
    (whole,) = together(snapshot.standings)
    kept = [one for one in snapshot.standings if one.course.progress is not Progress.DROPPED]

    assert (whole.timing is Timing.OVERDUE) == any(one.timing is Timing.OVERDUE for one in kept)
    assert (whole.course.progress is Progress.DONE) == bool(
        kept and all(one.course.progress is Progress.DONE for one in kept)
    )
    assert (whole.course.progress is Progress.DROPPED) == (not kept)
