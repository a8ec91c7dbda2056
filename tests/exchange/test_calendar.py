"""The calendar: what each event says, and that other calendars read it, whatever the texts are."""

from __future__ import annotations

import subprocess
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
import vobject

from tests.exchange.hostile import LONG, WORST, add_idle_agency, empty_journal, make_hostile
from tests.exchange.kinds import DISTRICTS_DAY, LEADS, PARTNERS_DAY
from tests.exchange.programs import needs, written

DAY = ("--as-of", "2012-06-30")


def events(path: Path) -> dict[str, vobject.base.Component]:
    """Read a calendar by another library; return its events by the key of their occurrence."""
    calendar = vobject.readOne(path.read_bytes().decode("utf-8"))
    return {event.uid.value.rpartition("@")[0]: event for event in calendar.contents.get("vevent", [])}


def triggers(event: vobject.base.Component) -> list[timedelta]:
    """Return the times of the reminders of an event, after its beginning."""
    return [alarm.trigger.value for alarm in event.contents.get("valarm", [])]


def test_each_deadline_is_an_event_of_one_day(cbfa, bridges):
    """The end is exclusive (RFC 5545, 3.6.1); what has no deadline has no event."""
    found = events(written(cbfa, "x.ics", "timeline", *DAY))
    event = found["stone-bridge"]

    assert set(found) == {"stone-bridge", "rope-bridges", "inspection@2011", "inspection@2012", "inspection@2013"}
    assert (event.dtstart.value, event.dtend.value) == (date(2012, 12, 31), date(2013, 1, 1))
    assert event.dtstamp.value.isoformat() == "2012-06-30T00:00:00+00:00"
    assert event.summary.value == "Stone bridge"
    assert event.categories.value == ["Bridge Department"]
    assert event.uid.value == "stone-bridge@bridges.cbfa"
    assert event.description.value.splitlines() == [
        "State on 2012-06-30: within deadline, no entry",
        "Lead: Bridge Department",
        "Clauses: III.1",
        "Deadline wording: “dự kiến năm 2012”",
        "tentative date",
    ]


def test_open_work_has_two_reminders_in_the_morning(cbfa, bridges):
    """Thirty days and seven days ahead, at eight; none for what is done, overdue, suspended or dropped."""
    cbfa("mark", "stone-bridge", "suspended", "--on", "2012-02-01", "--note", "flood", "--yes")
    found = events(written(cbfa, "x.ics", "list", "--as-of", "2013-06-30"))

    assert triggers(found["rope-bridges"]) == [timedelta(days=-30, hours=8), timedelta(days=-7, hours=8)]
    assert {key for key, event in found.items() if triggers(event)} == {"rope-bridges", "inspection@2013"}


def test_what_is_done_stays_and_what_is_dropped_is_cancelled(cbfa, bridges):
    """A deadline that was met is still a day of the year."""
    cbfa("mark", "stone-bridge", "dropped", "--on", "2012-02-01", "--note", "no stone", "--yes")
    found = events(written(cbfa, "x.ics", "list", *DAY))

    assert found["inspection@2011"].summary.value == "✓ Inspection (2011)"
    assert "done on time" in found["inspection@2011"].description.value
    assert {key for key, event in found.items() if event.status.value == "CANCELLED"} == {"stone-bridge"}


def test_the_sequence_number_never_falls(cbfa, bridges):
    """An entry and its retraction are two changes: a calendar that has the first takes the second."""
    numbers = [events(written(cbfa, "x.ics", "list", *DAY))["stone-bridge"].sequence.value]
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--yes")
    numbers.append(events(written(cbfa, "x.ics", "list", *DAY))["stone-bridge"].sequence.value)
    cbfa("undo", "--yes")
    numbers.append(events(written(cbfa, "x.ics", "list", *DAY))["stone-bridge"].sequence.value)

    assert numbers == ["0", "1", "2"]


def test_the_calendar_of_an_agency(cbfa, bridges):
    """It has the deadlines of what the agency leads and supports, and its name."""
    path = written(cbfa, "x.ics", "report", "--agency", "SoDay", *DAY)
    calendar = vobject.readOne(path.read_text("utf-8"))

    assert calendar.contents["x-wr-calname"][0].value == "Rope Department · Bridges"
    assert calendar.method.value == "PUBLISH"
    assert "stone-bridge" not in events(path)
    assert "Support: Rope Department" in events(path)["rope-bridges"].description.value
    assert set(events(written(cbfa, "x.ics", "list", "--agency", "SoDay", *DAY))) == set(events(path))


# Other kinds of programmes


def test_what_each_owes_is_one_event(cbfa, districts):
    """Not one for each member, whatever is selected; it says how many are done."""
    found = events(written(cbfa, "x.ics", "list", *DISTRICTS_DAY))
    late = events(written(cbfa, "x.ics", "overdue", *DISTRICTS_DAY))

    assert {key for key in found if "plans" in key} == {"plans@2025-H1", "plans@2025-H2"}
    assert set(late) == {"plans@2025-H1", "coverage"}
    assert late["plans@2025-H1"].description.value.splitlines()[0] == "State on 2025-11-30: overdue, 2 of 3 done"
    assert late["plans@2025-H1"].sequence.value == "2"
    assert late["plans@2025-H1"].dtstart.value == date(2025, 6, 15)
    assert found["days"].dtstart.value == date(2027, 6, 30)
    assert found["coverage"].dtstart.value == date(2025, 10, 31)


def test_a_member_has_events_of_its_own(cbfa, districts):
    """In its own calendar; the UID is the key, and an entry under an older key counts."""
    found = events(written(cbfa, "x.ics", "list", "--agency", "HuyenB", *DISTRICTS_DAY))
    event = found["plans@2025-H1/HuyenB"]

    assert set(found) == {"plans@2025-H1/HuyenB", "plans@2025-H2/HuyenB", "coverage"}
    assert event.uid.value == "plans@2025-H1/HuyenB@districts.cbfa"
    assert event.summary.value == "✓ Own plan (2025-H1) · District B"
    assert event.sequence.value == "1"
    assert event.categories.value == ["District B"]
    assert set(events(written(cbfa, "x.ics", "report", "--agency", "HuyenB", *DISTRICTS_DAY))) == set(found)
    group = events(written(cbfa, "x.ics", "list", "--agency", "CacHuyen", *DISTRICTS_DAY))
    assert set(group) == {"plans@2025-H1", "plans@2025-H2", "coverage"}


def test_every_lead_is_a_category(cbfa, districts):
    """All lead equally; a level has its values, and the product is named."""
    found = events(written(cbfa, "x.ics", "list", *DISTRICTS_DAY))

    assert found["share"].categories.value == ["First Department", "Second Department"]
    assert len(found["money"].categories.value) == LEADS
    assert found["days"].description.value.splitlines() == [
        "State on 2025-11-30: within deadline, 120.5 of 193 → 100 days",
        "Lead: First Department",
        "Clauses: II.1",
        "Product: Statistical report",
    ]


def test_titles_in_another_language(cbfa, partners):
    """French titles in English words of the program; given days of the fiscal year."""
    found = events(written(cbfa, "x.ics", "list", *PARTNERS_DAY, "--lang", "fr"))

    assert found["yearly@2022"].summary.value.startswith("✓ Rapport annuel")
    assert found["yearly@2022"].dtstart.value == date(2023, 3, 31)
    assert found["C01.1.1"].categories.value == ["Environnement Canada", "Conseil du Trésor"]
    assert "State on 2024-06-30: " in found["delay"].description.value


def test_a_shared_measure_changes_the_number(cbfa, districts):
    """A value of one milestone is in the events of all that share its measure."""
    before = events(written(cbfa, "x.ics", "list", *DISTRICTS_DAY))["share"].sequence.value
    cbfa("mark", "share", "progress", "--value", "40", "--on", "2025-11-01", "--yes")
    target = "{at_least: 60, unit: '%', measure: online}"
    twin = (
        f"      - {{id: share-2026, title: X, clauses: II.2, schedule: {{due: 2026}}, lead: SoMot, target: {target}}}"
    )
    path = districts / "data" / "roadmap.yaml"
    path.write_text(path.read_text("utf-8").replace("      - id: money", f"{twin}\n      - id: money"), "utf-8")
    found = events(written(cbfa, "x.ics", "list", *DISTRICTS_DAY))

    assert (before, found["share"].sequence.value, found["share-2026"].sequence.value) == ("0", "1", "1")
    assert "40 (at least 60 %)" in found["share-2026"].description.value


def test_in_vietnamese(cbfa, bridges):
    """Composed letters, dates with slashes, and the words of reports."""
    path = written(cbfa, "x.ics", "list", *DAY, "--lang", "vi")
    description = events(path)["inspection@2011"].description.value

    assert description.splitlines()[:3] == [
        "Tình trạng ngày 30/06/2012: hoàn thành đúng hạn",
        "Hoàn thành: 01/12/2011",
        "Chủ trì: Sở Dây",
    ]
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))


def test_lines_are_folded_and_end_as_the_standard_says(cbfa, programme):
    """RFC 5545, 3.1: CR LF, and at most 75 octets before it; no letter is cut apart."""
    raw = written(cbfa, "x.ics", "timeline", "--as-of", "2013-06-30", "--lang", "vi").read_bytes()
    lines = raw.split(b"\r\n")

    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert [line.decode("utf-8") for line in lines]


def test_the_same_data_give_the_same_bytes(cbfa, bridges):
    """No clock, no random ids."""
    first = written(cbfa, "x.ics", "list", *DAY).read_bytes()

    assert written(cbfa, "y.ics", "list", *DAY).read_bytes() == first


@pytest.mark.parametrize("text", [WORST, LONG], ids=["hostile", "long"])
def test_any_text_is_text(cbfa, bridges, text):
    """No property, event or line comes out of a title; letters stay as they are."""
    calm = events(written(cbfa, "x.ics", "list", *DAY))
    make_hostile(bridges, text)
    path = written(cbfa, "x.ics", "list", *DAY)
    raw = path.read_bytes().decode("utf-8")
    found = events(path)

    assert {key: set(event.contents) for key, event in found.items()} == {
        key: set(event.contents) for key, event in calm.items()
    }
    assert not {unicodedata.category(letter) for letter in raw.replace("\r\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert text.split()[-1] in found["stone-bridge"].summary.value
    assert len(found["stone-bridge"].description.value.splitlines()) == 5
    assert r"f\\n" in raw.replace("\r\n ", "") or text == LONG
    assert text.split()[-1] in vobject.readOne(raw).contents["x-wr-calname"][0].value


def test_an_empty_calendar_opens(cbfa, bridges):
    """Nothing is due there: no events, and no error."""
    assert events(written(cbfa, "x.ics", "overdue", "--as-of", "2011-01-01")) == {}


def test_without_entries_and_for_an_agency_without_milestones(cbfa, bridges):
    """An empty journal and an idle agency are no special case."""
    empty_journal(bridges)
    add_idle_agency(bridges)

    assert {event.sequence.value for event in events(written(cbfa, "x.ics", "list", *DAY)).values()} == {"0"}
    assert events(written(cbfa, "x.ics", "report", "--agency", "SN", *DAY)) == {}


def khal(home: Path, *arguments: str) -> str:
    """Run khal with a calendar of its own in a folder."""
    config = home / "khal.conf"
    if not config.exists():
        (home / "plan").mkdir(parents=True)
        config.write_text(
            f"[calendars]\n[[plan]]\npath = {home / 'plan'}\n[sqlite]\npath = {home / 'khal.db'}\n"
            "[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
            "longdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\n",
            "utf-8",
        )
    done = subprocess.run(
        ["khal", "-c", str(config), *arguments],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


@needs("khal")
def test_khal_imports_it_and_a_second_import_updates(cbfa, bridges, tmp_path):
    """The events are on their days, once each, with the words of the last import."""
    home = tmp_path / "khal"
    home.mkdir()
    khal(home, "import", "--batch", str(written(cbfa, "x.ics", "list", *DAY).absolute()))
    cbfa("mark", "stone-bridge", "done", "--on", "2012-06-01", "--note", "x", "--yes")
    khal(home, "import", "--batch", str(written(cbfa, "x.ics", "list", *DAY).absolute()))
    listed = khal(home, "list", "--format", "{title}|{start-date}|{end-date}", "2012-12-31", "1d")

    assert "✓ Stone bridge|2012-12-31|2012-12-31" in listed
    assert listed.count("Stone bridge") == 1
    assert "Inspection (2012)|2012-12-31|2012-12-31" in listed


@needs("khal")
def test_khal_prints_hostile_text(cbfa, bridges, tmp_path):
    """Another reader opens it, and finds all events."""
    home = tmp_path / "khal"
    home.mkdir()
    make_hostile(bridges)
    printed = khal(home, "printics", str(written(cbfa, "x.ics", "list", *DAY).absolute()))

    assert printed.count("Đường") >= 5


@needs("khal")
def test_khal_keeps_the_events_of_a_member(cbfa, districts, tmp_path):
    """A key with a slash is a UID like any other: a second import finds its event again."""
    home = tmp_path / "khal"
    home.mkdir()
    for _ in range(2):
        path = written(cbfa, "x.ics", "list", "--agency", "HuyenC", *DISTRICTS_DAY)
        khal(home, "import", "--batch", str(path.absolute()))
    listed = khal(home, "list", "--format", "{title}|{start-date}", "2025-06-01", "200d")

    assert listed.count("Own plan (2025-H1) · District C|2025-06-15") == 1
    assert listed.count("Own plan (2025-H2) · District C|2025-12-01") == 1
