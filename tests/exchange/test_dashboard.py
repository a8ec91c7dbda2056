"""The page for leaders, as a browser shows it, prints it, and reads it out."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.programme import write_programme
from cbfa.core.dates import last_day
from cbfa.core.schedule import Frame, Schedule
from cbfa.core.snapshot import Snapshot
from cbfa.core.state import Progress, Timing
from cbfa.core.tally import count_occurrences
from cbfa.exchange.dashboard import html_bytes
from cbfa.exchange.dashboard.drawing import KINDS, SINGLE, axis_style, lane_of, scale_labels
from cbfa.exchange.dashboard.rendering import FOLDER
from cbfa.exchange.order import Order
from cbfa.locale import get_language
from cbfa.store.folder import Folder
from cbfa.store.loading import Loaded, load
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.page import Span, State, Timeline
from cbfa.views.pages.leaders import leaders
from tests.cli.running import ROOT
from tests.cli.test_timeline import from_july
from tests.exchange.kinds import LEADS, make
from tests.exchange.programs import needs, written
from tests.hostile.test_texts import TEXTS, lay_out, round_of
from tests.scale import SOAK, before_a_release

DAY = date(2013, 6, 30)
SIZE = 500_000
"""Most bytes of the page of the shipped programme."""
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)
TEXT = "[...document.querySelectorAll('h1, main, footer, .skip, .as-of, title')].map(e => e.textContent).join('\\n')"
"""All text of a page, shown or not, but the data of its script."""
browser = needs("chromium", "chromedriver")


def page(loaded: Loaded, language: str = "en", day: date = DAY, since: date | None = None) -> bytes:
    """The page of a programme on a day."""
    snapshot = Snapshot.take(*loaded.usable(), day)
    return html_bytes(Order([], snapshot, snapshot.standings, get_language(language), since))


@pytest.fixture(scope="module")
def pages(shipped: Loaded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the shipped programme, in each language."""
    folder = tmp_path_factory.mktemp("pages")
    paths = {language: folder / f"{language}.html" for language in ("vi", "en")}
    for language, path in paths.items():
        path.write_bytes(page(shipped, language))
    return paths


# The file


def test_the_command_writes_the_same_bytes_twice(cbfa, programme):
    """No clock and no chance is in it."""
    command = ("dashboard", "--as-of", "2013-06-30")

    assert written(cbfa, "a.html", *command).read_bytes() == written(cbfa, "b.html", *command).read_bytes()


def test_since_is_before_the_day(cbfa, bridges):
    """A period means its last day; a day that is not before the as-of date is refused."""
    refused = cbfa("dashboard", "-o", "x.html", "--as-of", "2012-06-30", "--since", "2012")
    path = written(cbfa, "x.html", "dashboard", "--as-of", "2013-01-01", "--since", "2012-Q2")

    assert refused.code == 2
    assert "--since 2012-12-31 is not before the as-of date, 2012-06-30" in refused.err
    assert "Changed since 2012-06-30" in path.read_text("utf-8")


def test_without_since_it_is_ninety_days(cbfa, bridges):
    """The default is counted from the as-of date."""
    path = written(cbfa, "x.html", "dashboard", "--as-of", "2013-04-01")

    assert "Changed since 2013-01-01" in path.read_text("utf-8")


def test_the_sentence_says_what_status_counts(cbfa, programme):
    """Its figures are those of the JSON of `cbfa status`."""
    total = cbfa.json("status", "--as-of", "2013-06-30").page["total"]
    text = written(cbfa, "x.html", "dashboard", "--as-of", "2013-06-30").read_text("utf-8")
    sentence = re.search(r'class="sentence"><span[^>]*>([^<]*)', text)

    assert sentence
    assert sentence[1] == (
        f"On 2013-06-30, {total['progress']['done']} of {total['base']} are done; {total['official']['overdue']} are "
        f"overdue by more than 30 days; {total['occurrences'] - total['without_entry']} have any report at all."
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_small_and_asks_for_nothing(pages, language):
    """The size of a picture; no address but those of evidence; only what is hashed may run."""
    raw = pages[language].read_bytes()
    text = raw.decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (style, script)]

    assert len(raw) < SIZE
    assert unescape(policy).startswith("default-src 'none'; ")
    assert all(f"'sha256-{one}'" in unescape(policy) for one in hashes)
    assert "unsafe" not in policy
    assert not re.search(r'\b(src|srcset|action|poster|data)="', text)
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|\bimport\b", style + script)
    assert {address[:1] for address in re.findall(r'href="([^"]*)"', text)} <= {"#", "d"}
    assert ' style="' not in text
    assert not re.search(r'\son\w+="', text)


# The time axis


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ((2022, 7), (2025, 6), ["2022 0.00", "2023 16.67", "2024 50.00", "2025 83.33"]),
        ((2022, 7), (2023, 6), ["07/2022 0.00", "10/2022 25.00", "01/2023 50.00", "04/2023 75.00"]),
        ((2021, 1), (2050, 12), ["2025 13.33", "2030 30.00", "2035 46.67", "2040 63.33", "2045 80.00"]),
    ],
)
def test_the_scale_names_years_or_the_months_of_a_short_time(first, last, names):
    """Each name has room on a telephone; the lines of years go through the same places."""
    axis = Axis(date(*first, 1), last_day(*last), date(2022, 12, 31))
    measures = dict(re.findall(r"--([a-z-]+):([0-9.-]+)%", axis_style(axis)))
    years = [place for name, place in scale_labels(axis) if "/" not in name]

    assert [f"{name} {place:.2f}" for name, place in scale_labels(axis)] == names
    for place in years[1:]:
        lines = (place - float(measures["first-year"])) / float(measures["year"])
        assert lines == pytest.approx(round(lines), abs=0.001)


def test_the_years_that_can_be_chosen_are_those_of_the_calendar(bridges):
    """A programme from July 2022 to June 2025 touches four of them."""
    from_july(bridges)
    loaded = load(Folder(bridges / "data", bridges / "data" / "progress.yaml"))
    found = leaders(Snapshot.take(*loaded.usable(), date(2022, 12, 31)), date(2022, 10, 1))

    assert found.choices.years == [2022, 2023, 2024, 2025]


def test_many_occurrences_are_described_by_their_runs(cbfa, bridges):
    """Thirty-six months are no thirty-six lines; what follows one another in the same state is one."""
    from_july(bridges)
    for month in ("07", "08"):
        cbfa("mark", f"inspection@2022-{month}", "done", "--on", f"2022-{month}-05")
    path = written(cbfa, "x.html", "dashboard", "--as-of", "2022-11-05", "--lang", "vi")
    (lane,) = re.findall(r'data-lane="inspection".*?</tr>', path.read_text("utf-8"), re.DOTALL)
    words = [unescape(re.sub("<[^>]*>", " ", one)).split() for one in re.findall(r"<li>(.*?)</li>", lane)]

    assert [" ".join(one) for one in words] == [
        "07/2022 – 08/2022 : ✓ hoàn thành đúng hạn · 20/08/2022",
        "09/2022 – 10/2022 : ! quá hạn chưa cập nhật · 20/10/2022",
        "11/2022 : ▲ sắp đến hạn chưa cập nhật · 20/11/2022",
        "12/2022 – 06/2025 : ○ chưa đến kỳ chưa cập nhật · 20/06/2025",
    ]


def test_many_occurrences_are_drawn_on_one_line():
    """A stretch of lateness covers no sign and no due date."""
    axis = Axis(date(2011, 1, 1), date(2013, 12, 31), date(2012, 6, 30))
    windows = Schedule.model_validate({"every": "month"}).windows(Frame(axis.first, axis.last))
    late, done = State(Progress.NOT_STARTED, Timing.OVERDUE), State(Progress.DONE, Timing.ON_TIME)
    drawn = lane_of(
        Timeline(
            axis, [Span(one, one.due if n % 2 else None, done if n % 2 else late) for n, one in enumerate(windows)]
        )
    )
    kinds = [one.kind for one in drawn.strokes]

    assert drawn.height == SINGLE
    assert kinds == sorted(kinds, key=KINDS.index)
    assert (kinds.count("window"), kinds.count("due"), kinds.count("sign")) == (36, 36, 18)
    assert {one.y for one in drawn.strokes} == {SINGLE / 2}


# Colours


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme, from the style sheet."""
    sheet = (FOLDER / "page.css").read_text("utf-8")
    found = re.findall(r"(:root[^{]*) \{([^}]*)\}", sheet)
    return {name.strip(): dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", rules)) for name, rules in found}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", themes())
def test_colours_can_be_read(name):
    """Text has 4.5:1 (AA), a mark 3:1; what is done late has its own edge, since its fill is paler."""
    colours = themes()[name]
    for text in ("ink", "quiet", "link", "overdue"):
        assert contrast(colours[text], colours["paper"]) >= 4.5, text
    for mark in ("done", "late-edge", "within", "soon", "overdue", "aside", "line"):
        assert contrast(colours[mark], colours["paper"]) >= 3, mark
    for fill in ("done", "late", "within", "overdue"):
        assert contrast(colours[f"on-{fill}"], colours[fill]) >= 4.5, fill
    assert contrast(colours["on-aside"], colours["aside"]) >= 4.2


def test_all_dark_themes_are_one():
    """The theme of the system and that of the button have the same colours; print has those of the light one."""
    light, dark, system, printed = themes().values()

    assert dark == system
    assert dark.keys() == light.keys() == printed.keys()
    assert {**printed, "link": ""} == {**light, "link": ""}


BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB."""


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """The colour that a person sees, in CIELAB."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (
        min(1, max(0, sum(weight * part for weight, part in zip(row, linear, strict=True)))) for row in matrix
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("name", list(themes())[:2])
def test_neighbours_of_a_bar_differ_for_the_colour_blind(kind, name):
    """Parts that can lie side by side differ by far more than a just noticeable difference, which is 2.3."""
    colours = themes()[name]
    order = ["done", "late", "within", "overdue", "aside"]
    for one, other in combinations(order, 2):
        distance = sum(
            (a - b) ** 2
            for a, b in zip(lab(colours[one], BLINDNESS[kind]), lab(colours[other], BLINDNESS[kind]), strict=True)
        )
        assert distance**0.5 > 10, (one, other, distance**0.5)


# The browser


class Reader:
    """A browser with one page open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, place: str = "", width: int = 1440, height: int = 900, theme: str = "light") -> None:
        """Open a page anew, in a window of some size."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri() + place)

    def cdp(self, command: str, **arguments: Any) -> dict[str, Any]:
        """Send a command of the Chrome DevTools Protocol."""
        return self.driver.execute_cdp_cmd(command, arguments)

    def js(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns."""
        return self.driver.execute_script(f"return {script}", *arguments)

    def choose(self, name: str, value: str) -> None:
        """Set a field of the filters, as a person does."""
        self.driver.execute_script(
            "const f = document.forms.Filters.elements[arguments[0]]; f.value = arguments[1];"
            "f.dispatchEvent(new Event('input', {bubbles: true}))",
            name,
            value,
        )

    def click(self, selector: str) -> None:
        """Click on the first element that fits."""
        self.driver.execute_script("document.querySelector(arguments[0]).click()", selector)

    @property
    def keys(self) -> list[str]:
        """The keys of the rows that are shown, in their order."""
        return self.js("[...document.querySelectorAll('.all tr[data-key]:not([hidden])')].map(r => r.dataset.key)")

    @property
    def count(self) -> str:
        """The sentence above the timeline."""
        return self.js("document.getElementById('Count').textContent")

    @property
    def hash(self) -> str:
        """The part of the address after the file."""
        return self.js("location.hash")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, also where the page may not run scripts."""
        return self.cdp("Runtime.evaluate", expression=expression)["result"]["value"]

    @property
    def text(self) -> str:
        """All text of the page, shown or not, without the script's."""
        return self.js(TEXT)

    def wide(self) -> bool:
        """True if the page has to be pushed sideways."""
        return self.js("document.scrollingElement.scrollWidth > innerWidth")


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    from selenium import webdriver  # noqa: PLC0415 - heavy

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))
    yield started
    started.quit()


@pytest.fixture
def reader(driver: Any) -> Reader:
    return Reader(driver)


@browser
def test_nothing_is_asked_for_and_nothing_fails(reader, pages):
    """The page is the only file that the browser loads, and the console stays empty."""
    reader.open(pages["en"])
    reader.click('[data-language="vi"]')
    reader.click('[data-do="theme"]')
    messages = [json.loads(one["message"])["message"] for one in reader.driver.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]

    assert {url for url in asked if not url.startswith("data:")} == {pages["en"].as_uri()}
    assert reader.driver.get_log("browser") == []
    assert reader.js("document.documentElement.dataset.theme") == "dark"
    reader.click('[data-do="theme"]')


@browser
def test_filters_agree_with_the_command(reader, pages, cbfa, programme):
    """Each filter shows what `cbfa list` lists, and says how many of how many."""
    reader.open(pages["en"])
    first = reader.js("document.querySelector('.all tbody').dataset.stream")
    for name, value, options in (
        ("state", "overdue", ("--state", "overdue")),
        ("year", "2012", ("--year", "2012")),
        ("workstream", first, ("--workstream", "III.1")),
        ("agency", "SoTaiChinh", ("--agency", "SoTaiChinh", "--role", "lead")),
        ("words", "hoi nghi xuc tien", ("--search", "hoi nghi xuc tien")),
    ):
        reader.choose(name, value)
        expected = cbfa.json("list", *options, "--as-of", "2013-06-30").keys

        assert reader.keys == expected, name
        assert reader.count == f"{len(expected)} of 68 occurrences"
        assert reader.hash.startswith(f"#{name}=")
        reader.click('[data-do="clear"]')
        assert len(reader.keys) == 68
        assert reader.hash == ""


@browser
def test_the_address_keeps_the_filters(reader, pages):
    """A reload shows the same; going to another state of the address shows that."""
    reader.open(pages["en"])
    reader.choose("state", "overdue")
    reader.choose("year", "2012")
    before, place = reader.keys, reader.hash
    reader.driver.refresh()

    assert place == "#year=2012&state=overdue"
    assert reader.keys == before != []
    lanes = reader.js("[...document.querySelectorAll('[data-lane]:not([hidden])')].map(r => r.dataset.lane)")
    assert lanes == list(dict.fromkeys(key.partition("@")[0] for key in before))
    reader.open(pages["en"], "#state=nonsense&agency=%E0%A4%A&words=%20")
    assert len(reader.keys) == 68


@browser
@pytest.mark.parametrize(("own", "other"), [("en", "vi"), ("vi", "en")])
def test_the_other_language_is_all_there(reader, pages, own, other):
    """After the switch, every word is that of the page made in that language."""
    reader.open(pages[other])
    native, attributes = reader.text, reader.js("document.querySelector('.tools').ariaLabel")
    reader.open(pages[own])
    mine = reader.text
    reader.click(f'[data-language="{other}"]')

    assert reader.text == native != mine
    assert reader.js("document.querySelector('.tools').ariaLabel") == attributes
    assert reader.js("document.documentElement.lang") == other
    assert reader.hash == f"#lang={other}"
    reader.driver.refresh()
    assert reader.text == native
    reader.click(f'[data-language="{own}"]')
    assert reader.text == mine


@browser
def test_columns_can_be_sorted(reader, pages, cbfa, programme):
    """Once up, once down, then as they were; figures by their size, and agencies by Vietnamese letters."""
    reader.open(pages["vi"])
    own = reader.keys
    reader.click(".all > thead th:nth-child(2) button")
    dues = reader.js("[...document.querySelectorAll('.all tr[data-key]')].map(r => r.cells[1].dataset.v)")
    known = [due for due in dues if due]
    assert dues == [*sorted(known), *[""] * (len(dues) - len(known))]
    assert reader.js("document.querySelector('.all th[aria-sort]').ariaSort") == "ascending"
    reader.click(".all > thead th:nth-child(2) button")
    dues = reader.js("[...document.querySelectorAll('.all tr[data-key]')].map(r => r.cells[1].dataset.v)")
    assert dues == [*sorted(known, reverse=True), *[""] * (len(dues) - len(known))]
    reader.click(".all > thead th:nth-child(2) button")
    assert reader.keys == own

    overdue = "[...document.querySelectorAll('.league tbody tr')].map(r => Number(r.cells[5].dataset.v))"
    reader.click(".league thead th:nth-child(6) button")
    assert reader.js(overdue) == sorted(reader.js(overdue))
    assert reader.js(overdue)[-1] == 16


@browser
@pytest.mark.parametrize(("place", "key"), [("#guangxi-mou", "guangxi-mou"), ("#ingo-donors@2014", "ingo-donors@2014")])
def test_a_milestone_has_an_address(reader, pages, place, key):
    """It opens in place, below the strip, with everything about the milestone, even if a filter had hidden it."""
    reader.open(pages["en"], place)
    row = f"document.querySelector('[data-key=\"{key}\"]')"

    assert reader.js(f"{row}.querySelector('details').open")
    assert "Responsible agencies" in reader.js(f"{row}.querySelector('details').textContent")
    top = reader.js(f"{row}.getBoundingClientRect().top")
    assert reader.js("document.querySelector('.strip').getBoundingClientRect().bottom") <= top + 1 < 200
    assert reader.hash == place
    reader.choose("agency", "SoTaiChinh")
    assert key not in reader.keys
    reader.driver.execute_script("location.hash = arguments[0]", place)
    reader.driver.execute_async_script("setTimeout(arguments[0], 50)")
    assert key in reader.keys


@browser
@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_width_needs_to_be_pushed_sideways(reader, pages, width, language):
    """With every milestone open, too."""
    reader.open(pages[language], width=width)
    assert not reader.wide()
    reader.driver.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert not reader.wide()


@browser
def test_without_a_script_all_of_it_is_there(reader, pages):
    """The words are in the HTML; the controls, which would do nothing, are not shown."""
    reader.open(pages["vi"])
    with_script = reader.text.replace(reader.js("document.querySelector('form').textContent"), "")
    with_script = with_script.replace("68/68 đầu việc", "")
    reader.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        reader.open(pages["vi"])
        seen = [reader.evaluate(f"document.querySelector('{one}').offsetHeight") for one in (".tools", "form", ".all")]
        text = reader.evaluate(TEXT).replace(reader.evaluate("document.querySelector('form').textContent"), "")
    finally:
        reader.cdp("Emulation.setScriptExecutionDisabled", value=False)

    assert seen[:2] == [0, 0]
    assert seen[2] > 1000
    assert text.split() == with_script.split()


@browser
@needs("pdfinfo", "pdftotext")
def test_it_prints_on_a4(reader, pages, tmp_path):
    """Portrait first, then landscape; each page of a table has its heads; no controls; open what was reported."""
    reader.open(pages["vi"])
    path = tmp_path / "page.pdf"
    path.write_bytes(base64.b64decode(reader.cdp("Page.printToPDF", preferCSSPageSize=True)["data"]))
    info = subprocess.run(["pdfinfo", "-l", "99", str(path)], capture_output=True, text=True, check=True).stdout
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+) pts \(A4\)", info)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    sheets = text.split("\f")[:-1]
    wide = [float(width) > float(height) for width, height in sizes]
    listed = [number for number, sheet in enumerate(sheets) if "Tình trạng" in sheet and "Chủ trì" in sheet]

    assert len(sizes) == len(sheets) == int(re.search(r"Pages: +(\d+)", info)[1])
    assert wide == sorted(wide)
    assert 1 <= wide.count(False) <= 3
    first = next(number for number, sheet in enumerate(sheets) if "Toàn bộ nhiệm vụ" in sheet)
    colophon = next(number for number, sheet in enumerate(sheets) if "Cách tính số liệu" in sheet)
    assert set(range(first, colophon)) <= set(listed)
    timeline = next(number for number, sheet in enumerate(sheets) if "Biểu đồ tiến độ" in sheet)
    assert all(re.search(r"2011 +2012 +2013 +2014", sheet) for sheet in sheets[timeline:first])
    assert "English" not in text.replace("Unified", "")
    assert "Quyết định 1329-QĐ/TU" in text


AXE = next(
    (
        path
        for path in (
            Path(os.environ.get("CBFA_AXE") or ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js"),
            ROOT / "node_modules" / "axe-core" / "axe.min.js",
        )
        if path.is_file()
    ),
    None,
)


@browser
@pytest.mark.skipif(AXE is None, reason="axe-core is not in build/node_modules: npm install --prefix build axe-core")
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (360, "light")])
def test_axe_finds_nothing(reader, pages, width, theme):
    """The rules of WCAG 2.2 AA and the best practices of axe-core, with a milestone open.

    It takes the paper for the ground of a bar's texts, which is the bar; `test_colours_can_be_read` knows that.
    """
    reader.open(pages["vi"], "#unified-regulation", width=width, theme=theme)
    reader.cdp("Runtime.evaluate", expression=AXE.read_text("utf-8"))
    found = reader.driver.execute_async_script(
        "const done = arguments[0]; axe.run({exclude: ['.bar']}).then(r => done(r.violations.map("
        "v => [v.id, v.impact, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])))"
    )

    assert found == []


# Odd programmes


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The place of a page."""
    return tmp_path / "page.html"


HTML = (
    "</script><script>window.owned = 1</script>",
    "<img src=x onerror='window.owned=1'>",
    '"><svg onload=window.owned=1>',
    "' autofocus onfocus='window.owned=1",
    "</style></title></textarea><b id=Main>",
    "<!--<script>",
    "javascript:window.owned=1",
    'https://example.org/"onmouseover="window.owned=1',
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&amp;",
    "a\u202egpj\u2066x",
    "x" * 400,
    '=HYPERLINK("http://example.org")',
    "[/] 👩‍👩‍👧‍👦 \x1b[31m",
)


@browser
@pytest.mark.parametrize("number", [*range(0, len(TEXTS), 1 if SOAK else 8), "html"])
def test_hostile_text_is_text(reader, bridges, made, number):
    """Nothing of it runs, loads or breaks the page; it can be read, filtered, and fits a telephone."""
    plain = round_of(0)
    fields = list(plain) if number == "html" else []
    texts = {field: HTML[place % len(HTML)] for place, field in enumerate(fields)} if fields else round_of(number)
    if number == "html":
        texts.pop("the id of an entry", None)
    lay_out(texts)
    folder = Path("data")
    made.write_bytes(page(load(Folder(folder, folder / "progress.yaml")), day=date(2013, 1, 1)))
    reader.open(made, width=360)
    messages = [json.loads(one["message"])["message"] for one in reader.driver.get_log("performance")]
    asked = {one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"}

    assert reader.driver.get_log("browser") == []
    assert {url for url in asked if not url.startswith("data:")} == {made.as_uri()}
    assert reader.js("window.owned === undefined && document.scripts.length === 2")
    assert reader.js("document.querySelectorAll('img, iframe, b[id], svg[onload], [autofocus], [onerror]').length") == 0
    assert len(reader.keys) == 5
    assert clean(texts["a title"]).strip() in reader.text
    assert not reader.wide()
    reader.driver.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert not reader.wide()
    reader.choose("words", "cau da khong co")
    assert reader.keys == []
    assert reader.js("!document.getElementById('Nothing').hidden")
    reader.click('[data-do="clear"]')
    reader.click('[data-language="vi"]')
    assert len(reader.keys) == 5


@browser
def test_an_address_of_the_web_is_a_link_and_no_other(reader, bridges, made):
    """Evidence may be an address; it is in the colophon, too, where print shows it."""
    path = Path("data/progress.yaml")
    path.write_text(
        path.read_text("utf-8").replace('"Biên bản số 7"', '"https://example.org/a?b=1&c=2","javascript:alert(1)"'),
        "utf-8",
    )
    made.write_bytes(page(load(Folder(Path("data"), path)), day=date(2013, 1, 1)))
    reader.open(made)
    links = reader.js("[...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(h => h[0] != '#')")

    assert links == ["https://example.org/a?b=1&c=2"] * 2
    assert "javascript:alert(1)" in reader.text


@browser
@pytest.mark.parametrize(
    "day", [date(1, 1, 1), date(2011, 6, 1), date(2013, 12, 31), date(2026, 1, 1), date(9999, 12, 31)]
)
def test_every_day_has_a_page(reader, bridges, made, day):
    """Before the programme and long after it, with and without entries."""
    for empty in (False, True):
        if empty:
            Path("data/progress.yaml").write_text("", "utf-8")
        made.write_bytes(page(load(Folder(Path("data"), Path("data/progress.yaml"))), day=day))
        reader.open(made, width=360)

        assert reader.driver.get_log("browser") == []
        assert not reader.wide()
        assert len(reader.keys) == 5


def test_a_bar_has_all_occurrences(shipped, pages):
    """The parts of the bar and what is beside it add up to all."""
    total = count_occurrences(Snapshot.take(*shipped.usable(), DAY).standings)
    text = pages["en"].read_text("utf-8")
    key = re.search(r'<ul class="key">(.*?)</ul>', text, re.DOTALL)
    figures = [int(one) for one in re.findall(r"<b>(\d+)</b>", key[1] if key else "")]
    bar = re.search(r'<svg class="bar"[^>]*>(.*?)</svg>', text, re.DOTALL)
    rects = [
        (float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', bar[1] if bar else "")
    ]

    assert sum(figures) == total.total
    assert all(abs(x + width - after) < 0.02 for (x, width), (after, _) in pairwise(rects))
    assert abs(rects[-1][0] + rects[-1][1] - 100) < 0.02


@before_a_release
@browser
def test_a_large_programme_is_fast(reader, tmp_path, made):
    """1,200 milestones: under 5 MB, on the screen within a second, filtered within 100 ms."""
    write_programme(tmp_path / "large", 1_200, 5_000)
    folder = tmp_path / "large"
    made.write_bytes(page(load(Folder(folder, folder / "progress.yaml"))))
    reader.open(made)
    paint = reader.js("performance.getEntriesByType('paint')[0].startTime")
    times = reader.js(
        "['overdue', ''].map(value => { const field = document.forms.Filters.elements.state, start = performance.now();"
        "field.value = value; field.dispatchEvent(new Event('input', {bubbles: true}));"
        "return document.body.offsetHeight && performance.now() - start })"
    )

    assert made.stat().st_size < 5_000_000
    assert paint < 1_000
    assert max(times) < 100


# Other kinds of programmes


def page_of(kind: str, folder: Path, day: date, language: str = "en", since: date | None = None) -> Path:
    """The page of a programme of some kind."""
    data = make(folder, kind) / "data"
    path = folder / "page.html"
    path.write_bytes(page(load(Folder(data, data / "progress.yaml")), language, day, since))
    return path


def leads(text: str, key: str) -> list[str]:
    """The agencies by which a row of the list is found."""
    found = re.search(rf'data-key="{re.escape(key)}".*? data-agencies="([^"]*)"', text)
    assert found
    return found[1].split()


def test_a_row_is_found_by_every_lead_and_by_its_group(tmp_path):
    """Twenty leads are twenty agencies; what a member owes is found by the member and by the group."""
    text = page_of("districts", tmp_path, date(2025, 11, 30)).read_text("utf-8")

    assert leads(text, "share") == ["SoMot", "SoHai"]
    assert len(leads(text, "money")) == LEADS
    assert leads(text, "plans@2025-H1/HuyenC") == ["HuyenC", "CacHuyen"]
    assert 'value="CacHuyen"' in text
    assert "and 17 more" in text


def test_what_each_owes_is_one_row_of_a_short_list(tmp_path):
    """Longest overdue and changes count it once, as the sentence does; the link opens a row of the list."""
    text = page_of("districts", tmp_path, date(2025, 7, 1), since=date(2025, 6, 1)).read_text("utf-8")
    longest = text.partition('id="Longest"')[2].partition("</section>")[0]
    changes = text.partition('id="Changes"')[2].partition("</section>")[0]

    assert re.findall(r'<a href="#([^"]*)"', longest) == ["plans@2025-H1/HuyenA"]
    assert "2 of 3" in longest
    assert "1 is overdue;" in text
    assert "What each member of a group owes has a row of its own" in text
    assert "Own plan (2025-H1): 2 members" in changes
    assert ">Own plan (2025-H1) · District C<" in changes
    assert 'id="plans@2025-H1/HuyenA"' in text


def test_levels_are_read_as_values_on_their_way(tmp_path):
    """The last value, where it began, and what is to be reached."""
    text = page_of("districts", tmp_path, date(2025, 11, 30)).read_text("utf-8")

    assert "120.5 of 193 → 100 days" in text
    assert "999,999,999,999,999.999 (at least 1,000,000,000,000,000 dong)" in text
    assert "Statistical report" in text


def test_without_the_official_classes_the_words_are_plain(tmp_path):
    """Done, within deadline, overdue: no class of reports, and no sentence about classes."""
    text = page_of("partners", tmp_path, date(2024, 6, 30)).read_text("utf-8")
    key = text.partition('<ul class="key">')[2].partition("</ul>")[0]

    assert [(unescape(name), int(number)) for name, number in re.findall(r"</i>([a-z ]+) <b>(\d+)</b>", key)] == [
        ("done", 2),
        ("within deadline", 2),
        ("overdue", 1),
        ("no deadline", 1),
    ]
    assert "class of" not in text
    assert "official" not in text.partition("</style>")[2].partition("<script>")[0]
    assert "Occurrences by state" in text


@pytest.mark.parametrize(
    ("kind", "language", "codes"),
    [
        ("districts", "vi", ["vi", "en"]),
        ("partners", "en", ["en", "fr"]),
        ("partners", "vi", ["en", "fr", "vi"]),
        ("draft", "it", []),
        ("draft", "en", []),
        ("draft", "vi", ["it", "vi"]),
    ],
)
def test_the_languages_are_those_of_the_programme(tmp_path, kind, language, codes):
    """A button for each; none where the page has one language."""
    text = page_of(kind, tmp_path, date(2025, 1, 1), language).read_text("utf-8")

    assert re.findall(r'data-language="([^"]*)"', text) == codes
    assert f'<html lang="{language}">' in text


def test_a_draft_says_so(tmp_path):
    """No act, no aim, no number of a workstream; its facts are all there."""
    text = page_of("draft", tmp_path, date(2025, 6, 30)).read_text("utf-8")

    assert '<p class="quiet">Draft, not adopted</p>' in re.sub(r"<span[^>]*>|</span>", "", text)
    assert ">Ambiente e clima<" in text
    assert "None" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL).replace(">None.<", "")
    assert '<th scope="row">Workstream<td>Ambiente e clima' in text


@browser
def test_members_and_groups_are_found(reader, tmp_path):
    """By the filter and by the address, whose slash stays a slash."""
    path = page_of("districts", tmp_path, date(2025, 11, 30))
    reader.open(path)
    reader.choose("agency", "HuyenB")
    assert reader.keys == ["plans@2025-H1/HuyenB", "plans@2025-H2/HuyenB"]
    reader.choose("agency", "CacHuyen")
    assert len(reader.keys) == 7
    reader.choose("agency", "SoHai")
    assert reader.keys == ["share", "money", "centres"]
    reader.open(path, "#plans@2025-H1/HuyenB")
    assert reader.js("document.querySelector('[data-key=\"plans@2025-H1/HuyenB\"] details').open")
    assert reader.hash == "#plans@2025-H1/HuyenB"
    assert reader.driver.get_log("browser") == []


@browser
def test_another_language_is_all_there(reader, tmp_path):
    """French titles in the words of English, and back."""
    path = page_of("partners", tmp_path, date(2024, 6, 30))
    reader.open(path)
    before = reader.text
    reader.click('[data-language="fr"]')

    assert "Changements climatiques" in reader.text
    assert "Climate change" not in reader.text
    assert "As of 2024-06-30" in reader.text
    reader.click('[data-language="en"]')
    assert reader.text == before
