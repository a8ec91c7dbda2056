"""`cbfa report` and `cbfa agencies`."""

from __future__ import annotations

import re
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
    assert "Work without dates is left out." in answer.out


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


def test_a_year_carries_over_what_is_still_owed(cbfa, programme):
    """Home Affairs has owed the special recruitment since 2012: its report of 2013 says so, in text, JSON and totals."""
    command = ("report", "--agency", "SNV", "--year", "2013", "--as-of", "2013-06-30")
    out, page = cbfa(*command).out, cbfa.json(*command).page
    led = [item for item in page["items"] if item["role"] == "lead"]

    assert "Nothing that it leads" not in out
    assert [(item["key"], item["carried_over"]) for item in led] == [("special-recruitment", True)]
    assert re.search(r"overdue · no entry · carried over into 2013 +2012-12-31 +Special recruitment", out)
    assert page["agencies"][0]["leads"]["official"]["overdue"] == 1
    assert re.search(r"^Leads +1 +1 +0 of 1 +0% +1 +0 +1$", out, re.MULTILINE)
    assert "carried over\n" in out


def test_no_sentence_claims_more_than_was_looked_at(cbfa, programme):
    """Without anything urgent in the year, the sentence names the year."""
    in_2011 = cbfa("report", "--agency", "SNV", "--year", "2011", "--as-of", "2013-06-30").out

    assert "Nothing that it leads in 2011, or owes from before, is overdue or due soon." not in in_2011
    assert cbfa("mark", "special-recruitment", "done", "--on", "2012-12-01").code == 0
    out = cbfa("report", "--agency", "SNV", "--year", "2012", "--as-of", "2013-06-30").out
    assert "Nothing that it leads in 2012, or owes from before, is overdue or due soon." in out


def test_an_agency_that_only_supports_sees_what_it_supports(cbfa, programme):
    """Agriculture leads nothing; what it supports and is overdue needs its attention, with the lead named."""
    out = cbfa("report", "--agency", "SNNPTNT", "--as-of", "2013-06-30").out
    first = out.partition("Needs attention first")[2].partition("\nDuties\n")[0]
    early = cbfa("report", "--agency", "SNNPTNT", "--as-of", "2011-06-30").out

    assert "It leads nothing here. This is what it supports:" in first
    assert re.search(r"! overdue · no entry +2011-12-31 +.*foreign-affairs-units +DOFA\*", first)
    assert "Nothing that it supports is overdue or due soon." in early


def test_the_attention_list_does_not_cut_a_tie(cbfa, programme):
    """It ends with everything that fell due on the same day as the last."""
    out = cbfa("report", "--agency", "SoNgoaiVu", "--as-of", "2013-06-30").out
    rows = [
        line for line in out.partition("Needs attention first")[2].partition("\n\n")[0].splitlines() if "! " in line
    ]
    late = cbfa.json("overdue", "--agency", "SoNgoaiVu", "--role", "lead", "--as-of", "2013-06-30").page["items"]

    assert [f" {item['due']} " in row for row, item in zip(rows, late, strict=False)] == [True] * len(rows)
    assert len(rows) >= 5
    assert late[len(rows)]["due"] != late[len(rows) - 1]["due"]
    assert f"… and {len(late) + 1 - len(rows)} more, in the list below" in out  # and the mid-term review, due today


def test_an_inferred_role_says_so_in_words(cbfa, programme):
    """A star is after an agency alone: an inferred role of the agency reported on is said where its role is."""
    lines = cbfa("report", "--agency", "SoNgoaiVu", "--as-of", "2013-06-30").out.splitlines()
    inferred = [line for line in lines if "directive-41-plan · leads (inferred)" in line]
    given = [line for line in lines if "annual-plan@2011" in line and " · with " in line]

    assert inferred
    assert given
    assert not [line for line in given if "(inferred)" in line]
    assert not [line for line in lines if re.search(r"\* · [a-z0-9-]+", line)]


def test_an_agency_without_code_or_short_name_is_shown_by_its_name(cbfa, bridges):
    """An id is for files; people read the name."""
    path = bridges / "data" / "agencies.yaml"
    path.write_text(path.read_text().replace("    code: SD\n", ""))

    for command in (("overdue",), ("agencies",), ("report", "--agency", "SC"), ("status",)):
        out = cbfa(*command, "--as-of", "2013-01-01").out
        assert "Rope Department" in out
        assert "SoDay*" not in out


def test_agencies_say_who_is_late_and_who_does_not_report(cbfa, programme):
    """The figures of what each agency leads have their reservations beside them, and the page says what it counts."""
    out = cbfa("agencies", "--as-of", "2013-06-30").out
    items = {item["id"]: item["leads"] for item in cbfa.json("agencies", "--as-of", "2013-06-30").page["items"]}

    assert "All figures count occurrences." in out
    assert re.search(r"^DOFA +3 of 50 +16 +15 +14 +16 +0 of \d+ +7$", out, re.MULTILINE)
    assert items["SoNgoaiVu"]["overdue_inferred"] == 14
    assert items["SoNgoaiVu"]["overdue_without_entry"] == 15
    assert items["SoNgoaiVu"]["no_deadline_silent_180_days"] == 7


def test_a_report_has_the_signals_of_its_agency(cbfa, programme):
    """The figures of what it leads; each is what `list` gives."""
    out = cbfa("report", "--agency", "SoNgoaiVu", "--as-of", "2013-06-30").out
    asked = ("--agency", "SoNgoaiVu", "--role", "lead", "--as-of", "2013-06-30")

    assert "overdue: 16 (no entry: 15, lead inferred: 14, over 30 days: 16)" in out
    assert "no deadline, no entry for 180 days: 7" in out
    assert len(cbfa.json("list", "--class", "no-deadline", "--silent", "180", *asked).keys) == 7
