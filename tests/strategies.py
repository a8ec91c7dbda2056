"""A tiny programme with every kind of schedule, and Hypothesis generators of what can happen to it and to its files.

The tiny programme passes every check. Tests alter copies of its plain data; journals, texts and broken bytes are generated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_journal, check_programme
from cbfa.core.history import History
from cbfa.core.journal import Entry, Event, Journal, Record, Retraction
from cbfa.core.periods import Period, parse_period
from cbfa.core.plan import Plan
from cbfa.core.roadmap import Roadmap
from cbfa.core.schedule import Schedule
from cbfa.core.text import nfc
from cbfa.problems import Problem
from cbfa.store.files import read_if_there
from cbfa.store.journal.reader import parse_journal
from cbfa.store.journal.store import FileJournal


def _words(text: str) -> dict[str, Any]:
    return {"vi": f"{text} (vi)", "en": text}


def _milestone(milestone_id: str, clause: str, schedule: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    return {
        "id": milestone_id,
        "title": _words(milestone_id),
        "clauses": [clause],
        **({"schedule": schedule} if schedule else {}),
        "lead": {"agency": "SoNgoaiVu", "basis": "IV.1"},
        **more,
    }


ROADMAP_DATA: dict[str, Any] = {
    "format": 1,
    "programme": {
        "id": "tiny",
        "title": _words("Tiny programme"),
        "aim": {"I": _words("Aim")},
        "legal_basis": _words("Resolution"),
        "adopted": "2010-12-09",
        "period": {"from": 2011, "to": 2015},
        "coordinator": "SoNgoaiVu",
        "due_soon_days": 30,
        "outline": {
            "I": {"title": _words("Aim")},
            "II": {"clauses": 1, "title": _words("Objectives")},
            "III.1": {"clauses": 4, "title": _words("First part")},
            "III.2": {"clauses": 3, "title": _words("Second part")},
            "IV": {"clauses": 2, "title": _words("Implementation")},
        },
    },
    "workstreams": [
        {
            "id": "ties",
            "number": "III.1",
            "title": _words("Ties"),
            "objectives": {"II.1": _words("Objective")},
            "milestones": [
                _milestone("memorandum", "III.1.1", {"in": 2012, "tentative": True}, serves=["II.1"]),
                _milestone("board", "III.1.2", {"in": "2011-Q1"}),
                _milestone("visits", "III.1.3", {"from": 2012}),
                _milestone("rules", "III.1.4", None),
            ],
        },
        {
            "id": "aid",
            "number": "III.2",
            "title": _words("Aid"),
            "milestones": [
                _milestone(
                    "donors",
                    "III.2.1",
                    {"every": "year", "from": 2012},
                    target={"count": 2, "most": 3, "unit": _words("organisations")},
                    support=[{"agency": "SoNoiVu", "basis": "IV.2"}],
                ),
                _milestone(
                    "local-bodies",
                    "III.2.2",
                    {"from": 2011, "due": 2015},
                    target={"count": 3, "unit": _words("bodies")},
                    lead={"agency": "SoNoiVu", "inferred": _words("Its field")},
                ),
                _milestone("review", "III.2.3", {"every": "year"}),
            ],
        },
    ],
}
"""What a roadmap file holds, as plain data."""

AGENCIES_DATA: dict[str, Any] = {
    "format": 1,
    "agencies": [
        {
            "id": "SoNgoaiVu",
            "name": {"vi": "Sở Ngoại vụ", "en": "Department of Foreign Affairs"},
            "code": "SNgV",
            "duties": {"IV.1": _words("Lead")},
        },
        {
            "id": "SoNoiVu",
            "name": {"vi": "Sở Nội vụ", "en": "Department of Home Affairs"},
            "code": "SNV",
            "duties": {"IV.2": _words("Take part")},
        },
    ],
}
"""What an agencies file holds, as plain data."""

ROADMAP = Roadmap.model_validate(ROADMAP_DATA)
AGENCIES = Agencies.model_validate(AGENCIES_DATA)
PLAN = Plan.of(ROADMAP, AGENCIES)
HISTORY = History.of(PLAN)
KEYS = [occurrence.key for occurrence in PLAN.occurrences]


def entry(record_id: str, on: str, key: str, event: str = "progress", **more: Any) -> Entry:
    """One entry as plainly as it can be said; recorded at noon of its last day unless given otherwise."""
    recorded = f"{parse_period(on).last}T12:00:00+07:00"
    fields = {"id": record_id, "on": on, "key": key, "event": event, "recorded": recorded, **more}
    return Entry.model_validate(fields)


def append(path: Path, records: Iterable[Record]) -> None:
    """Append records to a journal file, as the commands do."""
    FileJournal(path).append(records)


def records_in(path: Path) -> list[Record]:
    """Read the records of a journal file, line by line; nothing may be wrong with it."""
    reading = parse_journal(read_if_there(path), path.name)
    assert reading.problems == []
    return reading.records


def retraction(record_id: str, retracts: str, recorded: str = "2016-01-01T12:00:00+07:00") -> Retraction:
    """One retraction."""
    return Retraction.model_validate({"id": record_id, "retracts": retracts, "recorded": recorded})


def check(
    roadmap: Roadmap | None,
    agencies: Agencies | None,
    journal: Journal | None,
    *,
    roadmap_whole: bool = True,
    agencies_whole: bool = True,
) -> list[Problem]:
    """Everything that is wrong in and between the files that could be read, as loading them finds it."""
    found = check_programme(roadmap, agencies, roadmap_whole=roadmap_whole, agencies_whole=agencies_whole)
    if journal is not None:
        is_whole = roadmap and agencies and roadmap_whole and agencies_whole
        history = History.of(Plan.of(roadmap, agencies)) if is_whole else None
        found += check_journal(journal, history, agencies if agencies_whole else None)
    return found


days = st.dates(date(2010, 1, 1), date(2017, 12, 31))


def around(day: date) -> list[Period]:
    """Return the day and every longer period that contains it."""
    year, month = f"{day.year:04}", day.month
    parts = ["", f"-H{(month + 5) // 6}", f"-Q{(month + 2) // 3}", f"-{month:02}", f"-{month:02}-{day.day:02}"]
    return [parse_period(year + part) for part in reversed(parts)]


def periods(of: st.SearchStrategy[date] = days) -> st.SearchStrategy[Period]:
    """Return days and longer periods."""
    return of.flatmap(lambda day: st.sampled_from(around(day)))


"""Days before, in and after the tiny programme."""

_ZONES = st.sampled_from([UTC, *(timezone(timedelta(hours=hours)) for hours in (7, -11, 14))])
moments = st.datetimes(datetime(2010, 1, 1), datetime(2017, 12, 31), timezones=_ZONES).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
"""Moments to the millisecond, on calendars a day apart."""

_HOSTILE = [
    *"\n\r\t\b\f\0\x1b\x7f\x85\x9e\xa0\u0300\u0301\u0307\u0338\u0344\u2028\u2029\u202e\ufeff\ufffe\uffff\U0001f4a9",
    *"\"\\'{}[]#:,&*!|>%@`-=<~đĐứỡ ",
]
_plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
texts = st.lists(st.sampled_from(_HOSTILE) | _plain, min_size=1, max_size=8).map("".join).map(nfc).filter(bool)
"""Any Unicode text in NFC, rich in what file formats stumble over."""

_VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
vietnamese = st.text(_VIETNAMESE + _VIETNAMESE.upper() + "0123456789 -&,.", max_size=30)
"""Names as an officer might type them."""


@st.composite
def entries(draw: st.DrawFn, record_id: str, keys: list[str] = KEYS) -> Entry:
    """An entry that the models accept, whether or not it makes sense."""
    return Entry(
        id=record_id,
        on=draw(periods()),
        key=draw(st.sampled_from(keys)),
        event=draw(st.sampled_from(Event)),
        count=draw(st.none() | st.integers(1, 3)),
        percent=draw(st.none() | st.integers(0, 100)),
        recorded=draw(moments),
    )


@st.composite
def journals(draw: st.DrawFn, *, least: int = 0, most: int = 10) -> list[Record]:
    """The records of a journal, each with an id of its own: entries of a few occurrences, and retractions among them."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
    made: list[Record] = [draw(entries(f"e{number}", keys)) for number in range(draw(st.integers(least, most)))]
    targets = [record.id for record in made] + ["elsewhere", "r0"]
    return made + [
        Retraction(id=f"r{number}", retracts=draw(st.sampled_from(targets)), recorded=draw(moments))
        for number in range(draw(st.integers(0, 3)))
    ]


@st.composite
def wordy_records(draw: st.DrawFn, texts: st.SearchStrategy[str] = texts) -> Record:
    """A record with any text in every field that takes one."""
    common = {"id": draw(texts), "note": draw(st.none() | texts), "by": draw(st.none() | texts)}
    recorded = draw(moments)
    if draw(st.booleans()):
        return Retraction(retracts=draw(texts), recorded=recorded, **common)
    return Entry(
        on=draw(periods(st.dates())),
        key=draw(texts),
        event=draw(st.sampled_from(Event)),
        count=draw(st.none() | st.integers(1, 1_000_000_000)),
        percent=draw(st.none() | st.integers(0, 100)),
        evidence=tuple(draw(st.lists(texts, max_size=3))),
        recorded=recorded,
        **common,
    )


_starts = st.tuples(st.integers(1900, 2199), st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q4", "-02", "-11"])).map(
    lambda made: f"{made[0]}{made[1]}"
)
_pairs = st.tuples(_starts, _starts).map(lambda made: sorted(made, key=lambda one: parse_period(one).first))
_whole_years = st.tuples(st.integers(1900, 2190), st.integers(0, 6)).map(lambda made: (made[0], made[0] + made[1]))
_given = st.one_of(
    st.tuples(st.just("year"), st.tuples(st.integers(1, 31), st.integers(1, 12)).map(lambda day: f"{day[0]}/{day[1]}")),
    st.tuples(
        st.just("half"),
        st.tuples(st.integers(1, 31), st.integers(1, 6), st.integers(7, 12)).map(
            lambda day: [f"{day[0]}/{day[1]}", f"{day[0]}/{day[2]}"]
        ),
    ),
    st.tuples(st.just("month"), st.integers(1, 31)),
    st.tuples(st.sampled_from(["year", "half", "quarter", "month", "fiscal-year"]), st.none()),
)
schedules = st.one_of(
    st.fixed_dictionaries({"in": _starts}),
    st.fixed_dictionaries({"due": _starts}),
    _pairs.map(lambda made: {"from": made[0], "due": made[1]}),
    st.fixed_dictionaries({"from": _starts}),
    st.tuples(_given, _whole_years).map(
        lambda made: {
            "every": made[0][0],
            "from": made[1][0],
            "to": made[1][1],
            **({"due": made[0][1]} if made[0][1] is not None else {}),
        }
    ),
).map(Schedule.model_validate)
"""Schedules of every form."""

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = ["id", "on", "key", "event", "count", "percent", "note", "evidence", "by", "recorded", "retracts"]
odd_lines = st.one_of(
    st.dictionaries(st.sampled_from(_FIELDS), _json, max_size=6).map(lambda fields: f"- {json.dumps(fields)}"),
    st.text(max_size=30).map(lambda text: f"- {{{text}"),
    st.text(max_size=30),
)
"""Lines that look more or less like those of a journal; lone surrogates come as escapes."""

_PIECES = [
    *(b"&a ", b"*a", b"!!int ", b"!x ", b"<<: ", b"\t", b"- ", b": ", b"? ", b"{", b"}", b"[", b"]", b"'", b'"', b"\n"),
    *(
        b"---\n",
        b"...\n",
        b"|\n",
        b">-\n",
        b"%YAML 1.1\n",
        b"#",
        b"no",
        b"~",
        b"012",
        b"1:30",
        b"2012-02-30",
        b"9" * 30,
    ),
    *(
        b"\0",
        b"\xff",
        b"\xc3",
        b"\x1b",
        b"\r",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
        b"<<<<<<< ours\n",
        b"a: " * 25,
    ),
    *(b"[" * 30, b"- " * 30, b"{a: " * 30, b"99999", b"null", b"true", b"[]", b"{}"),
]


edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(_PIECES) | st.binary(max_size=5) | st.floats(0, 1)),
    min_size=1,
    max_size=4,
)
"""Where in a file, as a part of its length; how many bytes go; and what comes: bytes, or a piece of the file from elsewhere."""


def edited(raw: bytes, changes: list[tuple[float, int, bytes | float]]) -> bytes:
    """The bytes of a file after `edits`."""
    body = bytearray(raw)
    for place, gone, piece in changes:
        start = int(place * len(body))
        copied = int(piece * len(raw)) if isinstance(piece, float) else 0
        body[start : start + gone] = raw[copied : copied + 60] if isinstance(piece, float) else piece
    return bytes(body)


yaml_like = st.one_of(
    st.lists(st.sampled_from(_PIECES) | st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace"))).map(
        b"".join
    ),
    st.binary(max_size=60),
)
"""Bytes made of what YAML is made of, and bytes at all."""
