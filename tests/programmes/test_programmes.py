"""Five small programmes of different kinds, none of them real, and what they answer.

`province` has months, groups and Vietnamese alone; `ministry` twenty leads, levels and shared measures; `partnership` English and French,
fiscal years and its own words; `recovery` long titles and only deadlines; `italian` is a draft in one other language.

After an answer was changed on purpose: run with CBFA_ACCEPT=1 and -n 0, then read every difference as the coordinator would.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from cbfa.store.folder import Folder
from cbfa.store.loading import Loaded, load
from tests.cli.conftest import unix
from tests.cli.running import FILES, terminal
from tests.exchange.programs import needs, written
from tests.programmes.answers import FOLDER, NAMES, Answer, accept, read_answers

EVERY_ANSWER = pytest.mark.parametrize(
    "answer",
    [answer for name in NAMES for answer in read_answers(name)],
    ids=lambda answer: f"{answer.name}: {answer.command}",
)
MIDDLE = {
    "province": "2025-10-20",
    "ministry": "2026-07-10",
    "partnership": "2025-06-25",
    "recovery": "2024-07-15",
    "italian": "2025-06-05",
}
"""A day in the middle of each programme."""
EVERY_PROGRAMME = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Copy a programme into `data` of a new current folder; return that folder."""

    def go(name: str) -> Path:
        (tmp_path / "data").mkdir()
        for file in FILES:
            shutil.copy(FOLDER / name / file, tmp_path / "data" / file)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return go


def loaded(name: str) -> Loaded:
    """Load the files of a programme."""
    return load(Folder(FOLDER / name, FOLDER / name / "progress.yaml"))


def items(cbfa, *arguments: str) -> dict[str, dict]:
    """Return the items of an answer by their keys."""
    return {item["key"]: item for item in cbfa.json(*arguments).page["items"]}


@EVERY_ANSWER
def test_an_answer_reads_as_it_was_accepted(cbfa, at, answer: Answer):
    """A command prints exactly what was read and accepted."""
    at(answer.name)
    given = cbfa(*answer.command.split())

    assert given.code == 0, given.err
    if os.environ.get("CBFA_ACCEPT"):
        accept(answer, given.out)
    else:
        assert given.out == answer.expected


@EVERY_PROGRAMME
def test_the_files_are_valid(cbfa, at, name: str):
    """No programme has an error; only the draft has headings with clauses that nothing cites."""
    at(name)
    answer = cbfa("check")

    assert answer.code == 0
    assert answer.err.count(": warning: ") == (2 if name == "italian" else 0)
    assert len(list(loaded(name).usable()[0].adopted.roadmap.milestones())) >= 12


# The verdicts


def test_a_task_due_in_january_and_done_in_february_is_late(cbfa, at):
    """Done on 20 February, 20 days after 31 January; a month on the last day of the period is on time."""
    at("province")
    found = items(cbfa, "list", "--as-of", "2025-10-20")

    assert (found["de-an"]["timing"], found["de-an"]["days_late"]) == ("late", 20)
    assert (found["giao-ban@2025-06"]["timing"], found["giao-ban@2025-06"]["days_late"]) == ("late", None)
    assert (found["trang-tin"]["timing"], found["trang-tin"]["days_late"]) == ("on-time", None)
    assert found["san-pham-moi@2025-Q2"]["days_late"] == 4


def test_what_is_due_in_october_is_named_on_the_20th(cbfa, at):
    """`upcoming --days 30` has what falls due in October, and no more."""
    at("province")

    assert cbfa.json("upcoming", "--days", "30", "--as-of", "20/10/2025").keys == [
        "giao-ban@2025-10",
        "le-hoi",
        "quy-che-ho-tro",
    ]


def test_progress_in_may_on_a_deadline_of_the_fourth_quarter_asks_nothing(cbfa, at):
    """What has only a deadline is open from the first day of the programme."""
    at("recovery")
    answer = cbfa("mark", "M1C3-4", "progress", "--on", "2023-05-10", "--percent", "40")

    assert answer.code == 0, answer.err
    assert "opens" not in answer.out + answer.err


def test_a_budget_for_a_year_that_is_decided_the_december_before_asks_nothing(cbfa, at):
    """It is recorded with a remark, and is on time."""
    at("ministry")
    Path("data/progress.yaml").write_text("", encoding="utf-8")
    answer = cbfa("mark", "budget-2026", "done", "--on", "2025-12-18")

    assert answer.code == 0, answer.err
    assert "before “budget-2026” opens" in answer.out + answer.err
    assert items(cbfa, "list", "--as-of", "2025-12-31")["budget-2026"]["timing"] == "on-time"


def test_a_value_that_gets_worse_is_a_fact(cbfa, at):
    """A level may go back, below its baseline, too; after its deadline what was met stays met."""
    at("ministry")
    found = items(cbfa, "list", "--as-of", "2026-07-10")

    assert (found["rank"]["value"], found["rank"]["progress"]) == ("74", "in-progress")
    assert [found[f"online-{year}"]["value"] for year in (2027, 2030)] == ["40.25", "40.25"]
    assert [found[f"online-{year}"]["percent"] for year in (2027, 2030)] == [47, 18]
    assert [found[f"staff-{year}"]["counted"] for year in (2026, 2030)] == [1540, 1540]
    assert found["staff-2026"]["done_on"] == "2026-06-15"
    assert found["uptime@2026-Q2"]["timing"] == "overdue"
    assert found["complaints"]["done_on"] == "2026-06"
    assert found["spending"]["value"] == "96250000000"


def test_exact_bounds(cbfa, at):
    """One euro short of 2,449,500,000 is not enough, 0.7 is not above 0.7, and 0 days are a target."""
    at("recovery")
    found = items(cbfa, "list", "--as-of", "2024-07-15")

    assert (found["M1C2-1"]["done_on"], found["M1C2-1"]["timing"]) == ("2024-02-20", "late")
    assert (found["M1C1R1.10"]["value"], found["M1C1R1.10"]["progress"]) == ("0.7", "in-progress")
    assert (found["M1C1-6"]["value"], found["M1C1-6"]["timing"]) == ("6", "on-time")
    assert (found["M1C1-5"]["value"], found["M1C1-5"]["timing"]) == ("28.5", "on-time")
    assert (found["M1C1-15BIS"]["done_on"], found["M1C1-15BIS"]["timing"]) == ("2023-12", "on-time")
    assert found["M1C1R1.9"]["percent"] == 0
    assert found["M1C1-16"]["counted"] == 5410


def test_a_level_that_is_missed_again_before_its_deadline_is_open(cbfa, at):
    """99.5 days met “below 100”; 104 days a month later open it again."""
    at("partnership")
    before, after = (items(cbfa, "list", "--as-of", day)["response-time"] for day in ("2025-06-23", "2025-06-25"))

    assert (before["progress"], before["done_on"]) == ("done", "2025-05")
    assert (after["progress"], after["timing"], after["percent"]) == ("in-progress", "within-deadline", 95)


def test_done_by_one_member_is_not_done_by_the_others(cbfa, at):
    """Each member has its own state; an entry under the older id of an agency is its own."""
    at("province")
    found = items(cbfa, "show", "ke-hoach-dia-phuong", "--as-of", "2025-10-20")

    assert {item["member"]: item["timing"] for item in found.values()} == {
        "HuyenKheSon": "on-time",
        "HuyenNaLuong": "on-time",
        "HuyenBanTao": "late",
        "ThiXaMuongThin": "overdue",
        "XaPacLung": "on-time",
        "XaNaCap": "on-time",
    }


def test_the_work_of_a_group_is_in_the_report_of_a_member_apart(cbfa, at):
    """What the groups of a district owe has its own role, and is not counted."""
    at("province")
    page = cbfa.json("report", "--agency", "Khe Son", "--as-of", "2025-10-20").page
    roles = {item["key"]: item["role"] for item in page["items"]}

    assert roles["phan-anh"] == roles["quy-che-ho-tro"] == roles["giao-ban@2025-03"] == "member"
    assert roles["ke-hoach-dia-phuong/HuyenKheSon"] == "lead"
    assert page["agencies"][0]["leads"]["occurrences"] == 3


def test_in_toronto_it_is_still_the_25th(cbfa, at):
    """An entry recorded on 25 June at 23:30 in Toronto was known that day; in Viet Nam it was the 26th."""
    folder = at("partnership")
    roadmap = folder / "data" / "roadmap.yaml"
    asked = ("list", "--as-of", "2025-06-25", "--known-by", "2025-06-25")
    toronto = items(cbfa, *asked)["review-act"]["progress"]
    roadmap.write_text(
        roadmap.read_text(encoding="utf-8").replace("America/Toronto", "Asia/Ho_Chi_Minh"), encoding="utf-8"
    )

    assert toronto == "done"
    assert items(cbfa, *asked)["review-act"]["progress"] == "not-started"


# The screens


@unix
@EVERY_PROGRAMME
def test_the_first_screen_fits_80_columns(at, name: str):
    """No line is longer, and all bars begin in one column, however long the titles are."""
    folder = at(name)
    screen = terminal("status", "--as-of", MIDDLE[name], cwd=folder, NO_COLOR="1")
    lines = screen.out.splitlines()
    bars = [re.search("[█▒▓·]{12}", line) for line in lines]

    assert screen.code == 0
    assert max(map(len, lines)) <= 80
    assert len({bar.start() for bar in bars if bar}) == 1
    assert sum(bar is not None for bar in bars) == len(loaded(name).usable()[0].adopted.roadmap.workstreams) + 1


# The files


def titles(name: str, *, dated: bool = False) -> list[str]:
    """Return the titles of all milestones in the programme's own language; of those that are `dated`, if that is asked for."""
    occurrences = loaded(name).usable()[0].adopted.occurrences
    return [one.milestone.title.own for one in occurrences if one.window.due or not dated]


def text_in(path: Path) -> str:
    """Return the text of a file, with single spaces and without markup."""
    raw = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with ZipFile(path) as package:
            raw = b" ".join(package.read(one) for one in package.namelist() if one.endswith(".xml"))
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as database:
            return "\n".join(database.iterdump()).replace("''", "'")
    text = raw.decode("utf-8")
    if path.suffix == ".ics":
        text = re.sub(r"\r\n[ \t]", "", text).replace("\\,", ",").replace("\\;", ";")
    if path.suffix in (".docx", ".xlsx", ".html", ".svg"):
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    if path.suffix == ".md":
        text = re.sub(r"\\(?=.)", "", text)
    return " ".join(text.split())


WHOLE = (
    *(("list", ending) for ending in ("md", "txt", "csv", "tsv", "json", "ics", "xlsx")),
    *(("timeline", ending) for ending in ("svg", "md", "xlsx", "json")),
    *(("export", ending) for ending in ("xlsx", "sqlite")),
    ("dashboard", "html"),
)
"""Commands and files that name every milestone."""
PARTS = (
    *(("status", ending) for ending in ("md", "csv", "json", "xlsx")),
    *(("overdue", ending) for ending in ("csv", "ics", "md")),
    *(("upcoming", ending) for ending in ("csv", "ics", "md")),
    *(("agencies", ending) for ending in ("csv", "md", "xlsx")),
    *(("log", ending) for ending in ("csv", "json", "md")),
    ("timeline", "png"),
)
"""Commands and files that name some of them, or none."""


@EVERY_PROGRAMME
def test_every_file_has_every_title(cbfa, at, name: str):
    """A file of the whole programme has the title of each milestone, whatever the language and the signs in it."""
    at(name)
    for command, ending in WHOLE:
        text = text_in(written(cbfa, f"{command}.{ending}", command, "--as-of", MIDDLE[name], "--lang", _own(name)))

        assert {one for one in titles(name, dated=ending == "ics") if one not in text} == set(), f"{command}.{ending}"


@EVERY_PROGRAMME
def test_every_other_file_is_written(cbfa, at, name: str):
    """Files of a part of the programme are written, and are not empty."""
    at(name)
    for command, ending in PARTS:
        path = written(cbfa, f"{command}.{ending}", command, "--as-of", MIDDLE[name], "--lang", _own(name))

        assert path.stat().st_size > 0


@EVERY_PROGRAMME
def test_every_document_is_written(cbfa, at, name: str):
    """The report of an agency and the documents of the whole programme have the titles of what they are about."""
    at(name)
    plan = loaded(name).usable()[0].adopted
    agency, day = plan.programme.coordinator, ("--as-of", MIDDLE[name])
    for kind in ("annual", "midterm", "final", "letter"):
        year = ("--year", MIDDLE[name][:4]) if kind == "annual" else ()
        text = text_in(written(cbfa, f"{kind}.docx", "report", "--kind", kind, *year, *day, "--lang", _own(name)))

        assert plan.programme.title.own in text, kind
    text = text_in(written(cbfa, "report.docx", "report", "--agency", agency, *day, "--lang", _own(name)))
    led = {one.milestone.title.own for one in plan.occurrences if any(lead.agency == agency for lead in one.leads)}

    assert [title for title in led if title not in text] == []


def test_french_titles_are_in_the_files(cbfa, at):
    """A second language of a programme is in the files that are asked for in it, in English words of the program."""
    at("partnership")
    plan = loaded("partnership").usable()[0].adopted
    asked = ("--as-of", MIDDLE["partnership"], "--lang", "fr")
    french = {one.milestone.title.in_("fr") for one in plan.occurrences}
    led = {one.milestone.title.in_("fr") for one in plan.occurrences if one.leads[0].agency == "treasury"}
    for name, command, expected in (
        ("list.md", ("list",), french),
        ("list.xlsx", ("list",), french),
        ("report.docx", ("report", "--agency", "treasury"), led),
    ):
        text = text_in(written(cbfa, name, *command, *asked))

        assert {one for one in expected if one not in text} == set(), name


@needs("soffice")
def test_a_document_of_another_language_becomes_a_pdf(cbfa, at):
    """LibreOffice takes the report of a draft in Italian."""
    at("italian")

    assert written(cbfa, "report.pdf", "report", "--agency", "Comune").read_bytes().startswith(b"%PDF")


def _own(name: str) -> str:
    return loaded(name).usable()[0].adopted.programme.languages[0]
