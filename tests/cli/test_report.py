"""`cbfa report` and `cbfa agencies`."""

from __future__ import annotations

from itertools import pairwise

SECTION_V = [
    "UBNDTinh",
    "SoNgoaiVu",
    "SoKeHoachDauTu",
    "SoCongThuong",
    "SoVanHoaTheThaoDuLich",
    "SoNoiVu",
    "SoTaiChinh",
    "SoNongNghiepPTNT",
    "CacNganhHuyenThi",
]
"""The agencies in the order of section V; agriculture, which V.7 means without a name, before the rest."""


def test_report_of_an_agency(cbfa, programme):
    """It has the agency's duties, what it leads and what it supports, with totals on top."""
    out = cbfa("report", "--agency", "SoNgoaiVu", "--as-of", "2013-06-30").out
    order = [out.index(f"\n{heading}\n-") for heading in ("Needs attention first", "Duties", "Leads", "Supports")]

    assert out.startswith("Department of Foreign Affairs\n=")
    assert order == sorted(order)
    assert out.index("milestones") < order[0]
    assert "Lead the yearly planning of the programme with the other departments" in out


def test_report_in_vietnamese_is_in_vietnamese(cbfa, programme):
    """The names and duties are those of the data's Vietnamese texts."""
    out = cbfa("report", "--agency", "SoNgoaiVu", "--as-of", "2013-06-30", "--lang", "vi").out

    assert out.startswith("Sở Ngoại vụ\n=")
    assert "Giám sát, đánh giá kết quả thực hiện Chương trình" in out
    assert "31/12/2012" in out


def test_report_tells_leading_from_supporting(cbfa, bridges):
    """Each item says the agency and its role; the two roles do not overlap."""
    page = cbfa.json("report", "--agency", "Rope Department", "--as-of", "2013-01-01").page

    assert [(item["agency"], item["role"], item["key"]) for item in page["items"]] == [
        ("SoDay", "lead", "inspection@2011"),
        ("SoDay", "lead", "inspection@2012"),
        ("SoDay", "lead", "inspection@2013"),
        ("SoDay", "support", "rope-bridges"),
    ]
    assert page["agencies"][0]["leads"]["official"]["overdue"] == 1
    assert page["agencies"][0]["supports"]["occurrences"] == 1
    assert page["agencies"][0]["duties"] == [{"clause": "IV.2", "vi": "Bện dây", "en": "Twist the ropes"}]


def test_what_is_overdue_needs_attention_first(cbfa, bridges):
    """What the agency leads and is overdue comes before its duties; where nothing is urgent a sentence says so."""
    late = cbfa("report", "--agency", "SoCau", "--as-of", "2013-01-01").out
    early = cbfa("report", "--agency", "SoCau", "--as-of", "2011-01-31").out

    assert late.index("stone-bridge") < late.index("\nDuties\n")
    assert "Nothing that it leads is overdue or due soon." in early


def test_report_of_a_year(cbfa, bridges):
    """With `--year` it has only what can be done in that year, and says so."""
    answer = cbfa("report", "--agency", "SoDay", "--year", "2012")

    assert cbfa.json("report", "--agency", "SoDay", "--year", "2012").keys == ["inspection@2012", "rope-bridges"]
    assert "2012" in answer.out
    assert "those without dates are left out" in answer.out


def test_report_without_an_agency_has_all_in_the_order_of_section_v(cbfa, programme):
    """The whole programme is reported agency by agency, in the order of section V."""
    page = cbfa.json("report", "--as-of", "2013-06-30").page
    led = {item["key"] for item in page["items"] if item["role"] == "lead"}

    assert [agency["id"] for agency in page["agencies"]] == SECTION_V
    assert len(led) == 68
    assert list(dict.fromkeys(item["agency"] for item in page["items"])) == [
        agency for agency in SECTION_V if any(item["agency"] == agency for item in page["items"])
    ]


def test_report_without_an_agency_prints_each_once(cbfa, programme):
    """Every agency has one heading, in the same order as in the file."""
    lines = cbfa("report", "--as-of", "2013-06-30").out.splitlines()
    titles = [above for above, below in pairwise(lines) if below and set(below) == {"="}]
    names = [item["name"] for item in cbfa.json("agencies").page["items"]]

    assert titles == names


def test_the_last_entry_is_shown(cbfa, bridges):
    """Of what has entries, the report names the day of the last one."""
    out = cbfa("report", "--agency", "SoCau", "--as-of", "2012").out

    assert "2011-06-01" in out


def test_agencies_lists_all_with_their_codes_and_counts(cbfa, bridges):
    """It lists every agency with its code and with how much it leads and supports."""
    items = cbfa.json("agencies", "--as-of", "2013-01-01").page["items"]
    out = cbfa("agencies", "--as-of", "2013-01-01").out

    assert [(item["id"], item["code"], item["name_vi"]) for item in items] == [
        ("SoCau", "SC", "Sở Cầu"),
        ("SoDay", "SD", "Sở Dây"),
    ]
    assert [(item["leads"]["occurrences"], item["supports"]["occurrences"]) for item in items] == [(2, 0), (3, 1)]
    assert "Bridge Department · SoCau" in out


def test_every_occurrence_has_one_lead(cbfa, programme):
    """What the agencies lead adds up to all occurrences."""
    assert sum(item["leads"]["occurrences"] for item in cbfa.json("agencies").page["items"]) == 68
