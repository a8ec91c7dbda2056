"""The journal as a set of records: neither order nor duplicates matter, and nothing is ever erased."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cbfa.core.dates import zone_of
from cbfa.core.journal import Entry, Event, Journal, Record, Retraction, resolve_entry, resolve_event
from cbfa.core.snapshot import Snapshot
from cbfa.errors import Invalid
from tests.strategies import HISTORY, days, entry, journals, moments, retraction


def state_of(records: list[Record], as_of: date, known_by: date | None = None) -> tuple[object, ...]:
    """The state of every occurrence that follows from these records."""
    return Snapshot.take(HISTORY, Journal.from_records(records), as_of, known_by).standings


def in_viet_nam(moment: datetime) -> date:
    """The day of a moment, seven hours ahead of UTC."""
    return (moment.replace(tzinfo=None) - moment.utcoffset() + timedelta(hours=7)).date()


@given(st.data(), journals(), days, st.none() | days)
def test_order_and_duplicates_never_change_the_state(data, records, as_of, known_by):
    """Lines may be shuffled and doubled: the state stays what it is."""
    doubled = data.draw(
        st.permutations(records + data.draw(st.lists(st.sampled_from(records)) if records else st.just([])))
    )

    assert state_of(doubled, as_of, known_by) == state_of(records, as_of, known_by)


@given(st.data(), journals(least=1), days, st.none() | days, moments)
def test_a_retraction_equals_the_entry_never_having_been_there(data, records, as_of, known_by, recorded):
    """Once a retraction is known, the state is what it would be without the entry; on whatever day it is asked about."""
    taken = data.draw(st.sampled_from([record for record in records if isinstance(record, Entry)]))
    known_by = None if known_by is None else max(known_by, in_viet_nam(recorded))
    undone = [*records, Retraction(id="undo", retracts=taken.id, recorded=recorded)]

    assert state_of(undone, as_of, known_by) == state_of(
        [record for record in records if record is not taken], as_of, known_by
    )


@given(st.data(), journals(least=1), days, days, moments)
def test_before_its_day_a_retraction_is_not_known(data, records, as_of, known_by, recorded):
    """“What did we know in July?” still sees what was only taken back in August."""
    taken = data.draw(st.sampled_from([record for record in records if isinstance(record, Entry)]))
    known_by = min(known_by, in_viet_nam(recorded) - timedelta(days=1))
    undone = [*records, Retraction(id="undo", retracts=taken.id, recorded=recorded)]

    assert state_of(undone, as_of, known_by) == state_of(records, as_of, known_by)


@given(journals(), days, days)
def test_nothing_recorded_later_is_known(records, as_of, known_by):
    """What was known by a day follows from what was recorded until then, and from nothing else."""
    early = [record for record in records if in_viet_nam(record.recorded) <= known_by]

    assert state_of(records, as_of, known_by) == state_of(early, as_of)


@given(journals(), days)
def test_the_state_on_a_date_depends_on_no_entry_dated_later(records, as_of):
    """Whatever happens afterwards, an old report can be rebuilt exactly."""
    until_then = [record for record in records if isinstance(record, Retraction) or record.day <= as_of]

    assert state_of(records, as_of) == state_of(until_then, as_of)


@given(st.data(), journals())
def test_the_union_of_journals_is_commutative_associative_and_idempotent(data, records):
    """However three offices merge their copies, they end with the same journal and the same history."""
    subsets = st.lists(st.sampled_from(records)) if records else st.just([])
    a, b, c = (Journal.from_records(data.draw(subsets)) for _ in range(3))

    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert a | Journal() == a
    assert (a | b).entries() == (b | a).entries()
    assert len(a | b) <= len(a) + len(b)


@given(journals())
def test_entries_come_in_the_order_in_which_things_happened(records):
    """By the day on which it happened, then by the moment at which it was recorded, then by id."""
    order = [(one.day, one.recorded, one.id) for one in Journal.from_records(records).entries()]

    assert order == sorted(order)


def test_as_of_and_known_by_include_their_day():
    """What happened, or was written down, on the day itself counts."""
    journal = Journal.from_records([entry("a", "2012-07-01", "rules", recorded="2012-08-01T23:59:59+07:00")])

    assert [one.id for one in journal.entries(as_of=date(2012, 7, 1))] == ["a"]
    assert journal.entries(as_of=date(2012, 6, 30)) == []
    assert [one.id for one in journal.entries(known_by=date(2012, 8, 1))] == ["a"]
    assert journal.entries(known_by=date(2012, 7, 31)) == []


@pytest.mark.parametrize(
    "recorded",
    [
        "2012-08-01T00:30:00+07:00",
        "2012-07-31T17:30:00+00:00",
        "2012-07-31T10:30:00-07:00",
        "2012-08-01T23:30:00+14:00",
    ],
)
def test_the_day_of_a_moment_is_the_one_in_viet_nam(recorded):
    """It was already 1 August in Cao Bằng, whatever the calendar of the writer said."""
    journal = Journal.from_records([entry("a", "2012-07-01", "rules", recorded=recorded)])

    assert journal.entries(known_by=date(2012, 7, 31)) == []
    assert len(journal.entries(known_by=date(2012, 8, 1))) == 1


def test_one_moment_written_in_two_zones_gives_one_answer():
    """Two copies of an entry that differ only in the zone of their moment: which of them comes first does not matter."""
    here = entry("a", "2012-07-01", "rules", recorded="2012-08-01T06:30:00+07:00")
    there = entry("a", "2012-07-01", "rules", recorded="2012-07-31T23:30:00+00:00")
    known = [
        [one.id for one in journal.entries(known_by=date(2012, 7, 31))]
        for journal in (
            Journal.from_records([here, there]),
            Journal.from_records([there, here]),
            Journal.from_records([there]) | Journal.from_records([here]),
        )
    ]

    assert known == [[], [], []]


def test_a_retraction_takes_back_an_entry_whatever_its_id():
    """A retraction of a retraction, or of what is not there, takes nothing back."""
    journal = Journal.from_records(
        [
            entry("a", "2012-07-01", "rules"),
            entry("b", "2012-07-02", "rules"),
            retraction("r", "a"),
            retraction("s", "r"),
            retraction("t", "elsewhere"),
        ]
    )

    assert [one.id for one in journal.entries()] == ["b"]


def test_the_last_entry_is_the_last_of_the_given_ids():
    """The place in the journal decides, so that no wrong clock makes an entry the last for ever; nothing is taken back twice."""
    journal = Journal.from_records(
        [
            entry("ahead", "2013-01-01", "rules", recorded="2099-01-02T08:00:00+07:00"),
            entry("last", "2012-01-01", "rules", recorded="2013-01-02T08:00:00+07:00"),
            entry("undone", "2012-01-01", "rules", recorded="2013-02-02T08:00:00+07:00"),
            retraction("r", "undone"),
        ]
    )

    assert journal.last_of(["ahead", "last", "undone", "r"]).id == "last"
    assert journal.last_of(["undone", "r"]) is None


IDS = Journal.from_records(
    [entry(name, "2012-01-01", "rules") for name in ("1", "e1", "e2222", "E3333", "f3333", "undone")]
    + [retraction("r", "undone")]
)


@pytest.mark.parametrize(
    ("word", "found"),
    [("e2222", "e2222"), ("2222", "e2222"), (" E2222 ", "e2222"), ("1", "1"), ("e1", "e1"), ("E3333", "E3333")],
)
def test_an_entry_is_found_by_its_id_or_the_end_of_it(word, found):
    """The whole id is meant before any that only ends like it; case and spaces do not matter."""
    assert resolve_entry(IDS, word).id == found


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("", "no entry has the id “”, and the end of an id has at least 4 letters"),
        ("222", "no entry has the id “222”, and the end of an id has at least 4 letters"),
        ("zzzz", "no entry has the id “zzzz”"),
        ("undone", "“undone” has already been taken back"),
    ],
)
def test_an_id_that_no_entry_has_is_refused(word, sentence):
    """Neither what is not there nor what is taken back can be found."""
    with pytest.raises(Invalid) as caught:
        resolve_entry(IDS, word)

    assert str(caught.value.message) == sentence
    assert str(caught.value.fix) == "list the entries with: cbfa log"


def test_a_whole_id_in_capitals_is_meant_before_others_that_end_like_it():
    """An officer who types it in small letters gets the entry, and no question."""
    journal = Journal.from_records([entry("B3", "2012-01-02", "rules"), entry("a-b3", "2012-01-01", "rules")])

    assert resolve_entry(journal, "b3").id == "B3"


def test_a_journal_has_a_record_with_its_content_and_not_only_its_id():
    """A record of a conflict is had too, on whichever side it stands; another content under a known id is not."""
    one, other, third = (entry("a", day, "rules") for day in ("2012-01-01", "2012-01-02", "2012-01-03"))
    journal = Journal.from_records([one, other])

    assert one in journal
    assert other in journal
    assert third not in journal
    assert entry("b", "2012-01-01", "rules") not in journal


def test_an_end_that_several_ids_have_gets_the_list():
    """More of it is asked for."""
    with pytest.raises(Invalid) as caught:
        resolve_entry(IDS, "3333")

    assert str(caught.value.message) == "several entries have an id that ends in “3333”"
    assert str(caught.value.fix) == "choose one of: E3333, f3333"


@pytest.mark.parametrize("event", Event)
def test_every_event_is_found_by_its_word(event):
    """Small letters, capitals and spaces around the word make no difference."""
    for word in (event.value, event.value.upper(), event.value.title(), f" {event.value} "):
        assert resolve_event(word) is event


def test_an_event_is_found_as_it_is_spoken():
    """What the screen calls it may be typed, with or without diacritics; where nothing is said of the screen, only the word itself."""
    assert resolve_event("hoan thanh", {Event.DONE: ["hoàn thành"]}) is Event.DONE
    with pytest.raises(Invalid, match="unknown event “hoàn thành”"):
        resolve_event("hoàn thành")


def test_a_misspelt_event_gets_the_nearest():
    """A slip of the pen is answered with what was probably meant, and nonsense with all words."""
    with pytest.raises(Invalid, match="unknown event “dun”") as caught:
        resolve_event("dun")
    with pytest.raises(Invalid) as nonsense:
        resolve_event("")

    assert "done" in str(caught.value.fix)
    assert all(event.value in str(nonsense.value.fix) for event in Event)


def test_one_id_with_two_contents_is_a_conflict():
    """The same id and the same content are one record; other content is a conflict that shows both."""
    one, same, other = (
        entry("a", "2012-01-01", "rules"),
        entry("a", "2012-01-01", "rules"),
        entry("a", "2012-01-02", "rules"),
    )

    assert list(Journal.from_records([one, same]).conflicts()) == []
    assert list(Journal.from_records([other, one, same]).conflicts()) == [[one, other]]
    assert len(Journal.from_records([other, one, same])) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "2012-02-30"},
        {"on": 20120101},
        {"key": ""},
        {"event": "finished"},
        {"event": 1},
        {"count": 0},
        {"count": -1},
        {"count": 1_000_000_001},
        {"count": "2"},
        {"count": True},
        {"count": 1.0},
        {"percent": 101},
        {"percent": -1},
        {"note": ""},
        {"note": "x" * 8001},
        {"evidence": [""]},
        {"evidence": "one text"},
        {"recorded": "2012-01-01T12:00:00"},
        {"recorded": "yesterday"},
        {"recorded": "0001-01-01T00:00:00+07:00"},
        {"recorded": "9999-12-31T23:59:59-07:00"},
        {"recorded": 1_325_376_000},
        {"id": ""},
        {"id": "x" * 65},
        {"unknown": 1},
    ],
)
def test_a_wrong_field_is_refused(wrong):
    """Types are not guessed, and each figure keeps its limits."""
    good = {"id": "a", "on": "2012-01-01", "key": "k", "event": "done", "recorded": "2012-01-01T12:00:00+07:00"}

    assert Entry.model_validate(good).event is Event.DONE
    with pytest.raises(ValidationError):
        Entry.model_validate({**good, **wrong})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("event", 1, "unknown event “1”"),
        ("event", "d-one", "unknown event “d-one”"),
        ("event", "hoàn thành", "unknown event “hoàn thành”"),
        ("event", ["done"], "unknown event “[…]”"),
        ("event", {"done": 1}, "unknown event “{…}”"),
        ("event", None, "unknown event “null”"),
        ("recorded", "yesterday", "“yesterday” is not a valid date and time"),
        ("recorded", 5, "“5” is not a valid date and time"),
        ("recorded", [], "“[…]” is not a valid date and time"),
        ("recorded", {}, "“{…}” is not a valid date and time"),
        ("recorded", "1200-01-01T00:00:00+07:00", "the year 1200 is out of range"),
        ("recorded", "2012-01-01T12:00:00", "“2012-01-01T12:00:00” has no time zone"),
    ],
)
def test_a_wrong_value_is_named_as_people_know_it(field, value, sentence):
    """A list or a mapping in the place of a text is hinted at, and not written out."""
    good = {"id": "a", "on": "2012-01-01", "key": "k", "event": "done", "recorded": "2012-01-01T12:00:00+07:00"}
    with pytest.raises(ValidationError) as caught:
        Entry.model_validate({**good, field: value})
    (error,) = caught.value.errors()

    assert str(error["ctx"]["error"].message) == sentence
    assert str(error["ctx"]["error"].fix)


def test_a_year_in_which_nothing_was_recorded_is_a_slip_of_the_pen():
    """That is what the officer is asked to look for."""
    with pytest.raises(ValidationError) as caught:
        retraction("r", "a", "2201-01-01T00:00:00+07:00")
    (error,) = caught.value.errors()

    assert str(error["ctx"]["error"].fix) == "check for a typo"


@given(st.text() | st.datetimes(timezones=st.none() | st.timezones()).map(str))
def test_any_text_is_a_moment_with_a_zone_or_refused(text):
    """Whatever stands where a moment belongs, nothing but a validation error is raised."""
    try:
        recorded = retraction("r", "a", text).recorded
    except ValidationError:
        recorded = None

    assert recorded is None or recorded.utcoffset() is not None


@pytest.mark.parametrize(
    ("on", "recorded", "day"),
    [
        ("2012-05-14", "2013-01-10", date(2012, 5, 14)),
        ("2012-05", "2013-01-10", date(2012, 5, 31)),
        ("2012-05", "2012-05-20", date(2012, 5, 20)),
        ("2012-05", "2012-05-01", date(2012, 5, 1)),
        ("2012-05", "2012-04-30", date(2012, 5, 31)),
        ("2012-Q3", "2013-01-10", date(2012, 9, 30)),
        ("2012-H2", "2012-08-01", date(2012, 8, 1)),
        ("2012", "2013-01-10", date(2012, 12, 31)),
    ],
)
def test_an_entry_of_a_period_counts_from_its_last_day_or_the_day_of_recording(on, recorded, day):
    """A day before that does not see it."""
    made = entry("a", on, "rules", "done", recorded=f"{recorded}T12:00:00+07:00")
    journal = Journal.from_records([made])

    assert made.day == day
    assert journal.entries(as_of=day) == [made]
    assert journal.entries(as_of=day - timedelta(days=1)) == []


def test_the_day_of_recording_is_the_one_in_viet_nam_for_a_period_too():
    """At 20:00 UTC on 30 April it is May in Viet Nam, and so the recording lies inside the month."""
    made = entry("a", "2012-05", "rules", recorded="2012-04-30T20:00:00+00:00")

    assert [one.day for one in Journal.from_records([made]).entries()] == [date(2012, 5, 1)]


def test_the_programmes_own_time_zone_decides_the_day():
    """“`programme.timezone` … decides “today” and `--known-by`”: in Toronto it is still the 25th; an hour that comes twice keeps order."""
    zone = zone_of("America/Toronto")
    late = entry("a", "2012-05-25", "rules", recorded="2012-05-26T01:00:00+00:00")
    hour = [entry(f"h{n}", "2012-11-04", "rules", recorded=f"2012-11-04T0{5 + n}:30:00+00:00") for n in (1, 0)]
    journal = Journal.from_records([late, *hour], zone)

    assert [one.id for one in journal.entries(known_by=date(2012, 5, 25))] == ["a"]
    assert [one.id for one in Journal.from_records([late]).entries(known_by=date(2012, 5, 25))] == []
    assert [one.id for one in journal.entries()] == ["a", "h0", "h1"]
    assert set(journal.records) == {late, *hour}
