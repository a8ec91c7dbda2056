"""What must hold between the files: each check is made to fire by one small alteration of the tiny programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from cbfa.core.agencies import Agencies
from cbfa.core.journal import Journal, Record
from cbfa.core.roadmap import Roadmap
from cbfa.problems import Problem, Severity, Source
from tests.strategies import AGENCIES, ROADMAP, check, entry, retraction

FIRST = ("workstreams", 0, "milestones", 0)


def checked(
    roadmap: dict[str, Any] | None = None, agencies: dict[str, Any] | None = None, records: Iterable[Record] = ()
) -> list[Problem]:
    """What is found in the tiny programme, with these parts in the place of its own."""
    return check(
        Roadmap.model_validate(roadmap) if roadmap else ROADMAP,
        Agencies.model_validate(agencies) if agencies else AGENCIES,
        Journal.from_records(records),
    )


def test_the_tiny_programme_is_in_order():
    """Every alteration below starts from where nothing is wrong."""
    records = [entry("a", "2012-01-01", "donors@2012", "done", count=2, by="SoNoiVu"), retraction("r", "a")]

    assert checked(records=records) == []


def test_two_milestones_with_one_id(roadmap_data):
    """An id names one milestone, in whichever workstream."""
    roadmap_data["workstreams"][1]["milestones"][2]["id"] = "memorandum"
    (found,) = checked(roadmap_data)

    assert (found.place.file, found.place.path) == (Source.ROADMAP, ("workstreams", 1, "milestones", 2, "id"))
    assert str(found.message) == "the id “memorandum” is used twice"


def test_two_workstreams_with_one_id(roadmap_data):
    """An id names one workstream."""
    roadmap_data["workstreams"][1]["id"] = "ties"
    (found,) = checked(roadmap_data)

    assert (found.place.file, found.place.path) == (Source.ROADMAP, ("workstreams", 1, "id"))


@pytest.mark.parametrize(
    ("schedule", "day"),
    [
        ({"in": 2016}, "2016-12-31"),
        ({"from": 2010, "due": 2015}, "2010-01-01"),
        ({"from": 2010}, "2010-01-01"),
        ({"due": "2010-Q4"}, "2010-12-31"),
        ({"every": "year", "to": 2016}, "2016-12-31"),
    ],
)
def test_a_schedule_outside_the_programme(roadmap_data, schedule, day):
    """One that lies outside is an error of its own."""
    roadmap_data["workstreams"][0]["milestones"][0]["schedule"] = schedule
    (found,) = checked(roadmap_data)

    assert found.place.path == (*FIRST, "schedule")
    assert str(found.message) == f"{day} is outside the programme's period"


def test_several_schedules_outside_the_programme_are_one_error_about_the_period(roadmap_data):
    """A period that is too short would be an error at every milestone."""
    roadmap_data["programme"]["period"] = {"from": 2012, "to": 2014}
    (found,) = checked(roadmap_data)

    assert found.place.path == ("programme", "period")
    assert "2 schedules lie outside the programme's period: board, local-bodies" in str(found.message)
    assert "it has 2011-01-01 and 2015-12-31" in str(found.fix)


def test_a_fiscal_year_that_begins_nowhere(roadmap_data):
    """“`programme.fiscal_year_from: 4` for `fiscal-year`.”"""
    milestone = roadmap_data["workstreams"][0]["milestones"][0]
    milestone["schedule"] = {"every": "fiscal-year", "from": "2011-04", "to": "2013-03"}
    (found,) = checked(roadmap_data)
    roadmap_data["programme"]["fiscal_year_from"] = 4

    assert "does not say when its fiscal year begins" in str(found.message)
    assert checked(roadmap_data) == []


def test_a_recurrence_that_cuts_a_period(roadmap_data):
    """“`from` and `to` must cut whole periods.”"""
    roadmap_data["workstreams"][0]["milestones"][0]["schedule"] = {"every": "half", "from": "2012-Q2"}
    (found,) = checked(roadmap_data)

    assert str(found.message) == "2012-04-01 is not the first day of a period of “every: half”"


def test_words_with_digits_and_no_schedule(roadmap_data):
    """“`timing` with digits and no schedule is a warning.”"""
    roadmap_data["workstreams"][0]["milestones"][3]["timing"] = "trước 2012"
    (found,) = checked(roadmap_data)

    assert (found.place.path[-1], found.severity) == ("timing", Severity.WARNING)


def test_a_baseline_that_is_the_target(roadmap_data):
    """“none without a baseline, or if the two are equal (warning)”."""
    roadmap_data["workstreams"][0]["milestones"][0]["target"] = {"baseline": 30, "at_most": 30, "unit": "%"}
    (found,) = checked(roadmap_data)

    assert (str(found.message), found.severity) == (
        "the baseline is the target, so there is no percentage",
        Severity.WARNING,
    )


def test_missing_translations_are_counted(roadmap_data, agencies_data):
    """“`check` counts what lacks a translation”, where the programme names the language."""
    roadmap_data["workstreams"][0]["title"] = "Quan hệ"
    agencies_data["agencies"][0]["name"] = "Sở Ngoại vụ"
    assert checked(roadmap_data, agencies_data) == []
    roadmap_data["programme"]["languages"] = ["vi", "en"]
    found = checked(roadmap_data, agencies_data)

    assert [str(one.message) for one in found] == [
        "1 title has no translation into “en”",
        "1 name has no translation into “en”: SoNgoaiVu",
    ]
    assert {one.severity for one in found} == {Severity.WARNING}


@pytest.mark.parametrize(("ids", "message"), [(("a.b", "a-b"), "differ only in"), (("Ab", "aB"), "differ only in")])
def test_ids_that_differ_only_in_case_or_punctuation(roadmap_data, ids, message):
    """“two that differ only in case or punctuation are an error”."""
    for milestone, name in zip(roadmap_data["workstreams"][0]["milestones"][2:], ids, strict=True):
        milestone["id"] = name
    (found,) = checked(roadmap_data)

    assert message in str(found.message)


def test_an_older_spelling_that_is_an_id(roadmap_data):
    """An older spelling names one milestone, too."""
    roadmap_data["workstreams"][0]["milestones"][1]["formerly"] = ["memorandum"]
    (found,) = checked(roadmap_data)

    assert str(found.message) == "the id “memorandum” is used twice"


def test_members_that_do_not_exist_or_contain_themselves(agencies_data):
    """A group is of agencies, and no group is in itself."""
    agencies_data["agencies"] += [
        {"id": "A", "name": "A", "members": ["B", "SoNoiVuu"]},
        {"id": "B", "name": "B", "members": ["A", "SoNoiVu"]},
    ]
    found = checked(agencies=agencies_data)

    assert [str(one.message) for one in found] == [
        "A would be a member of itself",
        "unknown agency “SoNoiVuu”",
    ]


def test_a_code_where_an_id_belongs(roadmap_data):
    """The sentence has the id."""
    roadmap_data["workstreams"][0]["milestones"][0]["lead"] = "SNgV"
    (found,) = checked(roadmap_data)

    assert str(found.fix) == "write its id: SoNgoaiVu"


def test_a_heading_with_clauses_under_it(roadmap_data):
    """“objectives and the aim may cite any heading”; a milestone cites what has nothing below it."""
    roadmap_data["programme"]["aim"] = {"III.1": "Mục tiêu", "I": "Mục tiêu"}
    roadmap_data["workstreams"][0]["milestones"][0]["clauses"] = ["III.1.1", "III.1"]
    (found,) = checked(roadmap_data)

    assert found.place.path == (*FIRST, "clauses", 1)
    assert str(found.message) == "“III.1” is a heading with clauses under it"
    assert str(found.fix) == "cite III.1.1 … III.1.4, or leave out “clauses” at the heading"


def test_a_workstream_that_is_no_heading(roadmap_data):
    """The heading is missing from the outline, and the nearest is named."""
    roadmap_data["workstreams"][1]["number"] = "III.3"
    (found,) = checked(roadmap_data)

    assert (found.place.file, found.place.path) == (Source.ROADMAP, ("workstreams", 1, "number"))
    assert "III.2" in str(found.fix)


def test_an_objective_that_does_not_exist(roadmap_data):
    """What a milestone serves is an objective of some workstream."""
    roadmap_data["workstreams"][0]["milestones"][1]["serves"] = ["II.9"]
    (found,) = checked(roadmap_data)

    assert found.place.path == ("workstreams", 0, "milestones", 1, "serves", 0)
    assert str(found.message) == "no objective has the clause “II.9”"


def test_an_objective_that_nothing_serves(roadmap_data):
    """It is worth knowing, and stops nothing."""
    del roadmap_data["workstreams"][0]["milestones"][0]["serves"]
    (found,) = checked(roadmap_data)

    assert (found.place.path, found.severity) == (("workstreams", 0, "objectives", "II.1"), Severity.WARNING)


@pytest.mark.parametrize(
    ("support", "place"), [(["SoNgoaiVu"], 0), (["SoNoiVu", "SoNoiVu"], 1)], ids=["lead and support", "support twice"]
)
def test_an_agency_that_is_assigned_twice(roadmap_data, support, place):
    """No agency answers twice for one milestone."""
    roadmap_data["workstreams"][0]["milestones"][0]["support"] = [{"agency": one, "basis": "IV.2"} for one in support]
    (found,) = checked(roadmap_data)

    assert found.place.path == (*FIRST, "support", place, "agency")


def test_two_agencies_with_one_id(agencies_data):
    """The same id and the same names: both are reported."""
    agencies_data["agencies"].append({**agencies_data["agencies"][1], "code": None, "duties": {}})
    found = checked(agencies=agencies_data)

    assert ("agencies", 2, "id") in [one.place.path for one in found]
    assert {one.place.file for one in found} == {Source.AGENCIES}


@pytest.mark.parametrize("alias", ["so ngoai vu", "SNGV", "Department of foreign affairs"])
def test_two_agencies_that_answer_to_one_name(agencies_data, alias):
    """An alias that is another agency's id, code or name leaves open who is meant."""
    agencies_data["agencies"][1]["aliases"] = [alias]
    (found,) = checked(agencies=agencies_data)

    assert (found.place.file, found.place.path) == (Source.AGENCIES, ("agencies", 1))
    assert "names both SoNgoaiVu and SoNoiVu" in str(found.message)


def test_an_agency_may_be_spelled_the_same_in_several_ways(agencies_data):
    """Two spellings of one agency that compare equal are no ambiguity."""
    agencies_data["agencies"][0]["aliases"] = ["Sở ngoại vụ", "SO NGOAI VU"]

    assert checked(agencies=agencies_data) == []


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("coordinator", ("programme", "coordinator")),
        ("lead", (*FIRST, "lead", 0, "agency")),
        ("support", (*FIRST, "support", 0, "agency")),
    ],
)
def test_an_agency_that_does_not_exist(roadmap_data, where, path):
    """Coordinator, lead and support stand in agencies.yaml, and the nearest is named."""
    milestone = roadmap_data["workstreams"][0]["milestones"][0]
    match where:
        case "coordinator":
            roadmap_data["programme"]["coordinator"] = "SoNgoaiV"
        case "lead":
            milestone["lead"] = {"agency": "SoNgoaiV", "basis": "IV.1"}
        case "support":
            milestone["support"] = [{"agency": "SoNgoaiV", "basis": "IV.1"}]
    (found,) = checked(roadmap_data)

    assert (found.place.file, found.place.path) == (Source.ROADMAP, path)
    assert "did you mean SoNgoaiVu" in str(found.fix)


def _aim(roadmap: dict[str, Any], _agencies: dict[str, Any]) -> None:
    roadmap["programme"]["aim"]["IX"] = "x"


def _objective(roadmap: dict[str, Any], _agencies: dict[str, Any]) -> None:
    roadmap["workstreams"][1]["objectives"] = {"IX": "x"}
    roadmap["workstreams"][1]["milestones"][0]["serves"] = ["IX"]


def _clause(roadmap: dict[str, Any], _agencies: dict[str, Any]) -> None:
    roadmap["workstreams"][0]["milestones"][0]["clauses"].append("IX")


def _lead_basis(roadmap: dict[str, Any], _agencies: dict[str, Any]) -> None:
    roadmap["workstreams"][0]["milestones"][0]["lead"]["basis"] = "IX"


def _support_basis(roadmap: dict[str, Any], _agencies: dict[str, Any]) -> None:
    roadmap["workstreams"][1]["milestones"][0]["support"][0]["basis"] = "IX"


def _duty(_roadmap: dict[str, Any], agencies: dict[str, Any]) -> None:
    agencies["agencies"][0]["duties"]["IX"] = "x"


@pytest.mark.parametrize(
    ("alter", "source", "path"),
    [
        (_aim, Source.ROADMAP, ("programme", "aim", "IX")),
        (_objective, Source.ROADMAP, ("workstreams", 1, "objectives", "IX")),
        (_clause, Source.ROADMAP, (*FIRST, "clauses", 1)),
        (_lead_basis, Source.ROADMAP, (*FIRST, "lead", 0, "basis")),
        (_support_basis, Source.ROADMAP, ("workstreams", 1, "milestones", 0, "support", 0, "basis")),
        (_duty, Source.AGENCIES, ("agencies", 0, "duties", "IX")),
    ],
)
def test_a_cited_clause_that_does_not_exist(roadmap_data, agencies_data, alter, source, path):
    """Wherever a clause is cited, the outline has it."""
    alter(roadmap_data, agencies_data)
    (found,) = checked(roadmap_data, agencies_data)

    assert (found.place.file, found.place.path) == (source, path)
    assert str(found.message) == "the outline has no clause “IX”"


@pytest.mark.parametrize(
    ("heading", "clause"), [({"clauses": 5}, "III.1.5"), ({"clauses": 0}, "V")], ids=["numbered", "a heading itself"]
)
def test_a_clause_that_nothing_cites(roadmap_data, heading, clause):
    """Every clause of the outline is somebody's aim, objective, milestone or duty; “An uncited clause is a warning”."""
    name = clause.rpartition(".")[0] or clause
    roadmap_data["programme"]["outline"][name] = {"title": "x", **heading}
    (found,) = checked(roadmap_data)

    assert (found.place.file, found.place.path) == (Source.ROADMAP, ("programme", "outline", name))
    assert (str(found.message), found.severity) == (f"1 clause is not cited: {clause}", Severity.WARNING)


def test_a_basis_alone_does_not_cite_a_clause(agencies_data):
    """IV.2 is the basis of an assignment, but nobody's duty any more."""
    del agencies_data["agencies"][1]["duties"]
    (found,) = checked(agencies=agencies_data)

    assert str(found.message) == "1 clause is not cited: IV.2"


def test_two_records_with_one_id():
    """Both are shown."""
    (found,) = checked(
        records=[entry("a", "2012-01-01", "rules", note="x"), entry("a", "2012-01-01", "rules", note="y")]
    )

    assert (found.place.file, found.place.path, found.severity) == (Source.PROGRESS, ("a",), Severity.ERROR)
    assert '"note":"x"' in str(found.message)
    assert '"note":"y"' in str(found.message)


def test_a_retraction_of_what_is_not_there():
    """Another office's copy may still bring it, so this is a warning."""
    (found,) = checked(records=[retraction("r", "elsewhere")])

    assert (found.place.path, found.severity) == (("r", "retracts"), Severity.WARNING)
    assert "which is not in the journal" in str(found.message)


def test_a_retraction_of_a_retraction():
    """It does not bring the entry back."""
    records = [entry("a", "2012-01-01", "rules"), retraction("r", "a"), retraction("s", "r")]
    (found,) = checked(records=records)

    assert (found.place.path, found.severity) == (("s", "retracts"), Severity.WARNING)
    assert "itself a retraction" in str(found.message)


def test_an_entry_dated_after_it_was_recorded():
    """A plan, or a slip of the pen; a day's grace covers time zones."""
    records = [
        entry("grace", "2012-06-02", "rules", recorded="2012-06-01T12:00:00+07:00"),
        entry("plan", "2012-06-03", "rules", recorded="2012-06-01T12:00:00+07:00"),
    ]
    (found,) = checked(records=records)

    assert (found.place.path, found.severity) == (("plan", "on"), Severity.WARNING)


@pytest.mark.parametrize("key", ["memorandu", "donors", "donors@2011", "memorandum@2012", "zzz"])
def test_an_entry_of_no_occurrence(key):
    """An entry that belongs to nothing is a warning, until it is taken back."""
    (found,) = checked(records=[entry("a", "2012-01-01", key)])

    assert (found.place.file, found.place.path, found.severity) == (Source.PROGRESS, ("a", "key"), Severity.WARNING)
    assert str(found.message) == f"the roadmap has no occurrence “{key}”"
    assert "cbfa undo a" in str(found.fix)
    assert checked(records=[entry("a", "2012-01-01", key), retraction("r", "a")]) == []


def test_a_count_without_a_target():
    """There is nothing to count towards."""
    (found,) = checked(records=[entry("a", "2012-01-01", "rules", count=1)])

    assert (found.place.path, found.severity) == (("a", "count"), Severity.WARNING)
    assert "has no target" in str(found.message)


def test_a_done_that_the_count_does_not_bear_out():
    """The last claim is named, with what is counted and what is needed."""
    records = [
        entry("a", "2012-01-01", "local-bodies", "done", count=1),
        entry("b", "2012-02-01", "local-bodies", "done", count=1),
    ]
    (found,) = checked(records=records)

    assert (found.place.path, found.severity) == (("b", "event"), Severity.WARNING)
    assert str(found.message) == "the entry says done, but the count is 2 of 3"
    assert checked(records=[*records, entry("c", "2012-03-01", "local-bodies", count=1)]) == []


def test_a_reporter_who_is_no_agency():
    """Who reported is an agency, and the nearest is named."""
    (found,) = checked(records=[entry("a", "2012-01-01", "rules", by="SoNgoaiV")])

    assert (found.place.path, found.severity) == (("a", "by"), Severity.WARNING)
    assert "SoNgoaiVu" in str(found.fix)


@pytest.mark.parametrize("by", ["SoNgoaiVuCu", "so ngoai vu cu", "SNgV", "Sở Ngoại vụ"])
def test_a_reporter_by_any_name_of_an_agency(agencies_data, by):
    """An agency that was renamed keeps its old id as an alias, and the journal keeps its lines."""
    agencies_data["agencies"][0]["aliases"] = ["SoNgoaiVuCu"]
    records = [entry("a", "2012-01-01", "rules", by=by), retraction("r", "b")]

    assert [one for one in checked(agencies=agencies_data, records=records) if one.place.path[1] == "by"] == []


def test_all_checks_report_at_once(roadmap_data, agencies_data):
    """None stops at the first problem."""
    roadmap_data["programme"]["coordinator"] = "Nobody"
    roadmap_data["workstreams"][0]["number"] = "IX"
    agencies_data["agencies"][1]["aliases"] = ["SNgV"]
    found = checked(roadmap_data, agencies_data, [entry("a", "2012-01-01", "zzz", by="Nobody")])

    assert {one.place.file for one in found} == set(Source) - {Source.AMENDMENTS}
    assert len(found) == 5


def test_of_broken_files_nothing_is_said_to_be_lacking(roadmap_data):
    """Where items were left out because they are wrong in themselves, what cites them and what they cite is not blamed."""
    del roadmap_data["workstreams"][0]["milestones"][0]
    roadmap = Roadmap.model_validate(roadmap_data)
    journal = Journal.from_records([entry("a", "2012-01-01", "memorandum", by="Nobody")])

    assert check(roadmap, AGENCIES, journal, roadmap_whole=False, agencies_whole=False) == []
    assert len(check(roadmap, AGENCIES, journal)) == 4


@pytest.mark.parametrize("missing", range(3))
def test_what_can_be_read_is_checked_without_the_rest(missing):
    """A file that could not be read keeps none of the others from being checked."""
    files = [ROADMAP, AGENCIES, Journal()]
    files[missing] = None

    assert check(*files) == []


DONE = entry("d", "2012-03-01", "rules", "done", by="SoNgoaiVu")


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        (entry("o", "2012-04-01", "rules", "dropped"), "d"),
        (entry("o", "2012-04-01", "rules", "suspended"), "d"),
        (entry("o", "2012-04-01", "rules", "done"), "d"),
        (entry("o", "2012-02-01", "rules", "done"), "o"),
        (entry("o", "2012-02-01", "rules", "dropped"), "d"),
    ],
    ids=["dropped later", "suspended later", "done later", "done earlier", "dropped earlier by another"],
)
def test_two_entries_that_contradict_each_other(other, counts):
    """Both are named, with the one that counts; taking either of them back, as advised, ends the warning."""
    (found,) = checked(records=[DONE, other])

    assert found.severity is Severity.WARNING
    assert {found.place.path[0], *found.also} == {"d", "o"}
    assert str(found.message).startswith("two entries of “rules” contradict each other")
    assert str(found.message).endswith(f"; {counts} counts")
    for taken in ("d", "o"):
        assert f"cbfa undo {taken}" in str(found.fix)
        assert checked(records=[DONE, other, retraction("r", taken)]) == []


@pytest.mark.parametrize(
    "others",
    [
        [entry("o", "2012-04-01", "rules", "progress")],
        [entry("o", "2012-03-01", "rules", "done")],
        [entry("o", "2012-02-01", "rules", "suspended")],
        [entry("o", "2012-02-01", "rules", "dropped", by="SoNgoaiVu")],
        [entry("o", "2012-04-01", "rules", "reopened"), entry("p", "2012-05-01", "rules", "dropped")],
    ],
    ids=["a note", "the same day", "suspended before", "dropped before by the same", "reopened between"],
)
def test_entries_that_fit_together(others):
    """What an officer can record in one office is no contradiction."""
    assert checked(records=[DONE, *others]) == []


ONCE = entry("a", "2012-03-01", "donors@2012", count=1, by="SoNgoaiVu", note="ChildFund")


@pytest.mark.parametrize(
    "again",
    [
        entry("b", "2012-03-01", "donors@2012", count=1, by="SoNoiVu", note="A new donor"),
        entry("b", "2012-03-01", "donors@2012", count=1),
        entry("b", "2012-05-01", "donors@2012", count=2, note="childfund "),
    ],
    ids=["another reporter", "no reporter", "the same note"],
)
def test_what_may_be_counted_twice(again):
    """Both entries are named, and that both count; the advice ends the warning."""
    found = [one for one in checked(records=[ONCE, again]) if one.place.path == ("b", "count")]

    assert [one.also for one in found] == [("a",)]
    assert str(found[0].message).endswith("both count")
    assert "cbfa undo b" in str(found[0].fix)
    assert [one for one in checked(records=[ONCE, again, retraction("r", "b")]) if one.also] == []


@pytest.mark.parametrize(
    "again",
    [
        entry("b", "2012-03-02", "donors@2012", count=1, by="SoNoiVu"),
        entry("b", "2012-03-01", "donors@2013", count=1, by="SoNoiVu", note="ChildFund"),
        entry("b", "2012-03-01", "donors@2012", count=2, by="SoNoiVu"),
        entry("b", "2012-03-01", "donors@2012", count=1, by="SoNgoaiVu", note="Another"),
        entry("b", "2012-03-01", "donors@2012", note="ChildFund"),
    ],
    ids=["another day", "another occurrence", "another count", "another note of the same reporter", "no count"],
)
def test_what_is_counted_once(again):
    """Different things that an office reports are not suspected."""
    assert [one for one in checked(records=[ONCE, again]) if one.also] == []
