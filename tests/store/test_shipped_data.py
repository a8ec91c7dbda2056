"""The shipped programme against the resolution: what stands in these tables was copied from the resolution by hand, not computed."""

from __future__ import annotations

from datetime import date

import pytest

from cbfa.core.agencies import Agencies
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Milestone, Roadmap
from cbfa.store.loading import Loaded

YEARLY = [(f"{year}-01-01", f"{year}-12-31", str(year)) for year in (2011, 2012, 2013, 2014, 2015)]
NO_DATES = [(None, None, "")]
IN_2011 = [("2011-01-01", "2011-12-31", "")]
IN_2012 = [("2012-01-01", "2012-12-31", "")]
IN_2015 = [("2015-01-01", "2015-12-31", "")]
FROM_2011_TO_2015 = [("2011-01-01", "2015-12-31", "")]

WINDOWS = {
    # III.1
    "guangxi-mou": IN_2012,
    "agreements-review": YEARLY,
    "guangdong-survey": IN_2012,
    "belarus-cooperation": [("2011-01-01", None, "")],
    "embassies-donors": NO_DATES,
    "final-review": IN_2015,
    # III.2
    "directive-41-plan": [("2011-01-01", "2011-03-31", "")],
    "foreign-affairs-bulletin": FROM_2011_TO_2015,
    "labour-markets": IN_2012,
    "overseas-vietnamese-plan": IN_2011,
    "guangxi-investment-promotion": [("2012-01-01", "2015-12-31", "")],
    "trade-fairs": FROM_2011_TO_2015,
    "tourism-promotion": IN_2012,
    "border-gate-workshop": IN_2011,
    "guangxi-business-forum": IN_2011,
    # III.3
    "ingo-programme-plan": NO_DATES,  # “giai đoạn 2011 – 2015” is part of a name
    "ingo-board": IN_2011,
    "local-ngos": FROM_2011_TO_2015,
    "ingo-donors": YEARLY[1:],
    "ingo-conference": YEARLY,
    "ingo-workshop": IN_2012,
    "ingo-final-review": IN_2015,
    # III.4
    "foreign-affairs-units": IN_2011,
    "special-recruitment": IN_2012,
    "talent-policy": NO_DATES,
    "service-centres": [("2011-01-01", "2012-12-31", "")],
    "staff-training": YEARLY,
    "language-classes": YEARLY,
    # IV
    "leader-in-charge": NO_DATES,
    "investment-aid-rules": NO_DATES,
    "unified-regulation": NO_DATES,
    "awareness-campaign": NO_DATES,
    "friendship-association": NO_DATES,  # the directive's date, 27/7/1993, is no deadline
    "aid-promotion-body": NO_DATES,
    "annual-budget": YEARLY,
    # V
    "annual-plan": YEARLY,
    "monitoring": NO_DATES,
    "midterm-review": [("2013-01-01", "2013-06-30", "")],
    "next-programme": IN_2015,  # “2016 - 2020” is part of a name
    "spending-report-guidance": NO_DATES,
    "agency-plans": NO_DATES,
}
"""The windows of every milestone: first day, last day, name of the period where it recurs."""

PASSAGES = {
    "III.1.1": "với các đối tác tương ứng (dự kiến năm 2012).",
    "III.1.2": "và các tổ chức nước ngoài (hàng năm).",
    "III.1.3": "tại tỉnh Quảng Đông – Trung Quốc (dự kiến năm 2012).",
    "III.1.4": "Cộng hoà xã hội Chủ nghĩa Việt Nam (từ năm 2011 trở đi).",
    "III.1.6": "Tổng kết đánh giá kết quả thực hiện Chương trình (năm 2015).",
    "III.2.1": "công tác đối ngoại trong tình hình mới (đầu năm 2011).",
    "III.2.2": "ngoại giao kinh tế, ra bản tin đối ngoại (năm 2011-2015.",
    "III.2.3": "xuất khẩu lao động tại một số nước (năm 2012).",
    "III.2.4": "ở nước ngoài là người Cao Bằng (năm 2011).",
    "III.2.5": "khu tự trị dân tộc Choang Quảng Tây – Trung Quốc (năm 2012-2015).",
    "III.2.6": "hội chợ và xúc tiến thương mại tại tỉnh (từ năm 2011 – 2015).",
    "III.2.7": "xúc tiến du lịch tại trong và ngoài nước (năm 2012).",
    "III.2.8": "phát triển kinh tế cửa khẩu biên giới (năm 2011).",
    "III.2.9": "diễn đàn doanh nghiệp Cao Bằng với Quảng Tây - Trung Quốc (năm 2011).",
    "III.3.2": "của tỉnh và nâng cao hiệu quả hoạt động (năm 2011).",
    "III.3.3": "Phấn đấu cả giai đoạn 2011 - 2015 thành lập được 03 tổ chức.",
    "III.3.4": "Từ năm 2012, mỗi năm vận động được từ 2 - 3 tổ chức phi chính phủ nước ngoài",
    "III.3.5": "Hàng năm tổ chức Hội nghị xúc tiến vận động viện trợ phi chính phủ nước ngoài.",
    "III.3.6": "vận động viện trợ phi chính phủ nước ngoài (năm 2012).",
    "III.3.7": "Năm 2015, tổ chức Tổng kết Chương trình xúc tiến vận động viện trợ phi chính phủ nước ngoài",
    "III.4.1": "Nông nghiệp và Phát triển nông thôn và các huyện biên giới (năm 2011).",
    "III.4.2": "làm công tác ngoại giao kinh tế (năm 2012).",
    "III.4.4": "vận động viện trợ phi chính phủ nước ngoài (năm 2011 – 2012).",
    "III.4.5": "ngoại giao kinh tế hàng năm cho cán bộ công chức",
    "III.4.6": "Hàng năm tổ chức các lớp đào tạo, bồi dưỡng ngoại ngữ",
    "IV.8": "được dự toán trong ngân sách hàng năm của tỉnh.",
    "V.1": (
        "xây dựng Kế hoạch thực hiện Chương trình theo lộ trình từng năm; tổ chức các hoạt động giám sát, "
        "đánh giá kết quả thực hiện Chương trình; tổ chức sơ kết giữa kỳ và tổng hợp báo cáo Uỷ ban nhân dân tỉnh. "
        "Năm 2015 tổ chức tổng kết Chương trình và xây dựng chương trình mới"
    ),
}
"""The passages of the resolution that fix a time, with its own hyphens, dashes and missing bracket."""

ONE_MILESTONE = [
    ("III.1.6", "V.1", "final-review"),
    ("III.4.1", "IV.5", "foreign-affairs-units"),
    ("III.4.1", "V.5", "foreign-affairs-units"),
    ("III.4.3", "V.5", "talent-policy"),
    ("IV.8", "V.6", "annual-budget"),
]
"""Clauses that ask for the same thing."""


@pytest.fixture
def plan(shipped: Loaded) -> Plan:
    """The shipped plan."""
    return shipped.usable()[0].adopted


@pytest.fixture
def roadmap(plan: Plan) -> Roadmap:
    """The shipped roadmap."""
    return plan.roadmap


@pytest.fixture
def agencies(plan: Plan) -> Agencies:
    """The shipped agencies."""
    return plan.agencies


@pytest.fixture
def milestones(roadmap: Roadmap) -> dict[str, Milestone]:
    """The shipped milestones by id."""
    return {milestone.id: milestone for _, milestone in roadmap.milestones()}


def test_the_shipped_programme_has_no_problem(shipped: Loaded):
    """Neither an error nor a warning in all three files."""
    assert [f"{problem.place}: {problem.message}" for problem in shipped.problems] == []


def test_the_resolution_is_there_whole(plan: Plan, roadmap: Roadmap):
    """Its 60 clauses, 41 milestones and 68 occurrences, in the numbers in which each section has them."""
    numbers = {heading: about.clauses for heading, about in roadmap.programme.outline.items()}

    assert numbers == {
        "I": 0,
        "II.1": 4,
        "II.2": 5,
        "II.3": 2,
        "II.4": 5,
        "III.1": 6,
        "III.2": 9,
        "III.3": 7,
        "III.4": 6,
        "IV": 8,
        "V": 7,
    }
    assert len(roadmap.programme.clauses()) == 60
    assert len(list(roadmap.milestones())) == 41
    assert len(plan.occurrences) == 68


def test_every_clause_is_cited(roadmap: Roadmap, agencies: Agencies):
    """Each is the aim, an objective, a milestone's or a duty's, told here without the help of `check`."""
    cited = {
        *roadmap.programme.aim,
        *(clause for workstream in roadmap.workstreams for clause in workstream.objectives),
        *(clause for _, milestone in roadmap.milestones() for clause in milestone.clauses),
        *(clause for agency in agencies.agencies for clause in agency.duties),
    }

    assert sorted(cited) == sorted(roadmap.programme.clauses())


def test_every_bullet_of_the_roadmap_and_every_measure_is_a_milestone(roadmap: Roadmap):
    """Sections III and IV are milestones; a duty alone does not track them."""
    tracked = {clause for _, milestone in roadmap.milestones() for clause in milestone.clauses}

    assert {clause for clause in roadmap.programme.clauses() if clause.startswith(("III.", "IV."))} <= tracked


@pytest.mark.parametrize(("milestone_id", "windows"), WINDOWS.items())
def test_the_dates_are_those_of_the_resolution(
    roadmap: Roadmap, milestones: dict[str, Milestone], milestone_id: str, windows: list
):
    """Each milestone has the windows that the reading rules make of its words."""
    expected = [
        (start and date.fromisoformat(start), due and date.fromisoformat(due), name) for start, due, name in windows
    ]
    its = milestones[milestone_id].windows(roadmap.programme.frame)

    assert [(window.start, window.due, window.name) for window in its] == expected


def test_the_table_names_every_milestone(milestones: dict[str, Milestone]):
    """No milestone is missing from the table of dates, and none is in it that is gone."""
    assert list(WINDOWS) == list(milestones)
    assert sum(map(len, WINDOWS.values())) == 68


def test_only_two_dates_are_tentative(milestones: dict[str, Milestone]):
    """The text says “dự kiến” twice."""
    tentative = [name for name, one in milestones.items() if one.tentative]

    assert tentative == ["guangxi-mou", "guangdong-survey"]
    assert tentative == [name for name, one in milestones.items() if one.timing and "dự kiến" in one.timing]


def test_only_the_midterm_date_is_derived(milestones: dict[str, Milestone]):
    """“giữa kỳ” names no year, and the date taken from it says so."""
    assert [name for name, one in milestones.items() if one.derived] == ["midterm-review"]


def test_only_words_fix_a_time(milestones: dict[str, Milestone]):
    """What has dates has words for them, and what has no words has no dates."""
    assert {name for name, one in milestones.items() if one.timing is None} == {
        name for name, windows in WINDOWS.items() if windows is NO_DATES
    }


def test_every_quotation_stands_in_its_clause(milestones: dict[str, Milestone]):
    """The timing words occur verbatim in a passage of a clause that the milestone cites."""
    quoted = {name: one for name, one in milestones.items() if one.timing}

    assert [
        name
        for name, one in quoted.items()
        if not any(one.timing in PASSAGES[clause] for clause in one.clauses if clause in PASSAGES)
    ] == []
    assert {clause for one in quoted.values() for clause in one.clauses if clause in PASSAGES} == set(PASSAGES)


def test_the_targets_are_those_of_the_resolution(milestones: dict[str, Milestone]):
    """Three local organisations over the period, and two to three donors a year; nothing else is counted."""
    targets = {name: (one.target.count, one.target.most) for name, one in milestones.items() if one.target}

    assert targets == {"local-ngos": (3, None), "ingo-donors": (2, 3)}


@pytest.mark.parametrize(("one", "other", "milestone_id"), ONE_MILESTONE)
def test_what_two_clauses_ask_for_is_one_milestone(
    milestones: dict[str, Milestone], one: str, other: str, milestone_id: str
):
    """The same thing asked for twice is tracked once, and cites both."""
    assert {one, other} <= set(milestones[milestone_id].clauses)
    assert [name for name, milestone in milestones.items() if one in milestone.clauses] == [milestone_id]


@pytest.mark.parametrize(
    ("milestone_id", "agency", "basis"),
    [
        ("trade-fairs", "SoCongThuong", "V.3"),
        ("tourism-promotion", "SoVanHoaTheThaoDuLich", "V.4"),
        ("annual-budget", "SoTaiChinh", "V.6"),
        ("annual-plan", "SoNgoaiVu", "V.1"),
        ("final-review", "SoNgoaiVu", "V.1"),
        ("monitoring", "SoNgoaiVu", "V.1"),
        ("midterm-review", "SoNgoaiVu", "V.1"),
        ("next-programme", "SoNgoaiVu", "V.1"),
        ("agency-plans", "CacNganhHuyenThi", "V.7"),
    ],
)
def test_what_section_v_assigns_rests_on_its_clause(
    milestones: dict[str, Milestone], milestone_id: str, agency: str, basis: str
):
    """Where the resolution names who leads, nothing is inferred."""
    (lead,) = milestones[milestone_id].leads

    assert (lead.agency, lead.inferred) == (agency, None)
    assert basis in (lead.basis, *(milestones[milestone_id].clauses if lead.basis is None else ()))


def test_home_affairs_is_never_the_lead_by_v_5(milestones: dict[str, Milestone]):
    """V.5 makes Sở Nội vụ a partner of Sở Ngoại vụ, not the lead."""
    assert [name for name, one in milestones.items() if one.leads[0].basis == "V.5"] == []


def test_agencies_come_in_the_order_of_section_v(agencies: Agencies):
    """The committee first, then as section V names them, then who it does not name; with their codes."""
    assert [(agency.id, agency.code) for agency in agencies.agencies] == [
        ("UBNDTinh", "UBND"),
        ("SoNgoaiVu", "SNgV"),
        ("SoKeHoachDauTu", "SKHĐT"),
        ("SoCongThuong", "SCT"),
        ("SoVanHoaTheThaoDuLich", "SVHTTDL"),
        ("SoNoiVu", "SNV"),
        ("SoTaiChinh", "STC"),
        ("SoNongNghiepPTNT", "SNNPTNT"),
        ("CacNganhHuyenThi", None),
    ]


def test_every_clause_of_section_v_is_somebodys_duty(agencies: Agencies):
    """V.1 to V.7 each oblige an agency."""
    duties = {clause for agency in agencies.agencies for clause in agency.duties}

    assert {f"V.{number}" for number in range(1, 8)} <= duties


def test_every_shipped_entry_has_its_evidence(shipped: Loaded):
    """The public record is quoted, not claimed: each entry that came with the programme names its source."""
    entries = shipped.journal.entries()

    assert [entry.id for entry in entries if not entry.evidence] == []
    assert len(entries) == 8


def test_no_shipped_entry_invents_a_day(shipped: Loaded):
    """The source of the Trà Lĩnh project gives its month; the first of July, recorded at first, is taken back."""
    donors = [entry for entry in shipped.journal.entries() if entry.key == "ingo-donors@2014"]

    assert [entry.on.notation for entry in donors] == ["2014-07"]
    assert len(shipped.journal) == 10
