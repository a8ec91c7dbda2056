"""The picture of the timeline: what is drawn where, that any text stays a text, and that browsers and other programs draw it."""

from __future__ import annotations

import re
import struct
import subprocess
import unicodedata
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from resvg_py import svg_to_bytes

from benchmarks.programme import write_programme
from cbfa.core.state import Progress, Timing
from cbfa.exchange.picture import FONTS, MAX_PIXELS, _letter
from cbfa.exchange.shapes import FORMS, Colour, cut, form_of, width_of, wrapped
from cbfa.views.page import State
from tests.cli.test_timeline import from_july
from tests.exchange.hostile import LONG, WORST, add_idle_agency, empty_journal, make_hostile
from tests.exchange.programs import needs, written

DAY = ("--as-of", "2013-06-30")
YEARS = ("2022", "2023", "2024", "2025")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(cbfa, *options: str) -> ET.Element:
    """Draw the timeline of the current folder; the picture must be well-formed."""
    return ET.fromstring(written(cbfa, "x.svg", "timeline", *options).read_bytes())


def texts(picture: ET.Element) -> list[str]:
    """Return the texts that can be seen."""
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def row(picture: ET.Element, title: str) -> ET.Element:
    """Return the row of a milestone."""
    return next(g for g in picture.iter(f"{SVG}g") if (g.findtext(f"{SVG}title") or "").startswith(title))


def bars(group: ET.Element, colour: Colour) -> list[tuple[float, float]]:
    """Return the left ends and widths of the filled bars of a colour."""
    found = (one for one in group.iter(f"{SVG}rect") if one.get("fill") == colour.value)
    return [(float(one.attrib["x"]), float(one.attrib["width"])) for one in found]


def test_it_says_what_it_is(cbfa, bridges):
    """A screen reader reads a title and a description; a slide shows programme and day."""
    picture = drawn(cbfa, *DAY)

    assert (picture.get("role"), picture.get("aria-labelledby")) == ("img", "title about")
    assert picture.findtext(f"{SVG}title") == "Timeline"
    assert picture.findtext(f"{SVG}desc") == "Bridges · As of 2013-06-30"
    assert picture.get("font-family") == FONTS
    assert {"Timeline", "Bridges · As of 2013-06-30", "III Building", "2011", "2012", "2013", "Q4"} <= set(
        texts(picture)
    )


def test_in_vietnamese(cbfa, bridges):
    """Quarters, dates and the legend are in the language of the reader."""
    picture = drawn(cbfa, *DAY, "--lang", "vi")

    assert {"Biểu đồ tiến độ", "30/06/2013", "quý III", "quá hạn", "Cầu treo"} <= set(texts(picture))
    assert picture.get("lang") == "vi"


def test_the_length_of_the_stretch_is_the_lateness(cbfa, bridges):
    """From the due date to the as-of date, to scale."""
    picture = drawn(cbfa, *DAY)
    ((start, width),) = bars(row(picture, "Stone bridge"), Colour.OVERDUE)
    year = 850 / 3

    assert start == pytest.approx(400 + 2 * year, abs=1)
    assert width == pytest.approx(year / 2, abs=1)


def test_a_programme_from_july_has_its_own_months_alone(cbfa, bridges):
    """Its years are named where they begin; what falls due every month is one row of one lane, however much is overdue."""
    from_july(bridges)
    picture = drawn(cbfa, "--as-of", "2023-06-30")
    group = row(picture, "Inspection")
    month = 850 / 36
    places = {one.text: float(one.attrib["x"]) for one in picture.iter(f"{SVG}text") if one.text in YEARS}
    ticks = [one for one in group.iter(f"{SVG}rect") if one.get("width") == "2"]

    assert places == {
        year: pytest.approx(400 + 6 + months * month, abs=0.1)
        for year, months in zip(YEARS, (0, 6, 18, 30), strict=True)
    }
    assert len(ticks) == 36
    assert len({one.get("y") for one in ticks}) == 1
    assert [one for one in texts(picture) if one in ("Q3", "Q4")] == ["Q3", "Q4"] * 3


def test_a_year_has_months(cbfa, bridges):
    """Where a month is wide enough, its number is above it."""
    from_july(bridges, "{from: 2022-07, to: 2023-06}", "{every: month}", due="2023-06-30")
    shown = texts(drawn(cbfa, "--as-of", "2023-06-30"))

    assert [one for one in shown if re.fullmatch(r"[01][0-9]", one)] == [
        *("07", "08", "09", "10", "11", "12", "01", "02", "03", "04", "05", "06")
    ]


def test_overlapping_occurrences_get_lanes(cbfa, bridges):
    """What is overdue from one year does not cover the next year's period."""
    cbfa("undo", "e-2", "--yes")
    group = row(drawn(cbfa, *DAY), "Inspection")
    ticks = [one for one in group.iter(f"{SVG}rect") if one.get("width") == "2"]

    assert len(bars(group, Colour.OVERDUE)) == 2
    assert len(ticks) == 3
    assert len({one.get("y") for one in ticks}) == 3


def test_a_row_says_in_words_what_it_shows(cbfa, bridges):
    """Whoever points at it reads the full title, and of each occurrence its period, its days and its state."""
    title = row(drawn(cbfa, *DAY), "Inspection").findtext(f"{SVG}title")

    assert title.splitlines() == [
        "Inspection",
        "2011 · 2011-01-01 to 2011-12-31 · done on time",
        "2012 · 2012-01-01 to 2012-12-31 · overdue",
        "2013 · 2013-01-01 to 2013-12-31 · within deadline",
    ]


def test_the_legend_explains_only_what_is_drawn(cbfa, bridges):
    """Nothing is dropped there, so nobody has to look for it."""
    shown = texts(drawn(cbfa, *DAY))

    assert {"not started", "in progress", "due", "done", "overdue", "within deadline", "tentative date"} <= set(shown)
    assert not {"dropped", "suspended", "done late", "no deadline set", "derived date"} & set(shown)


@pytest.mark.parametrize("progress", Progress)
@pytest.mark.parametrize("timing", [*Timing, None])
def test_every_state_has_a_form(progress, timing):
    """No combination that the core can give is without one, and each is in the legend."""
    if (timing is None) == (progress in (Progress.SUSPENDED, Progress.DROPPED)):
        assert form_of(State(progress, timing)) in FORMS


def test_after_the_programme_the_as_of_date_has_a_strip_of_its_own(cbfa, bridges):
    """What is overdue since the last day can still be seen."""
    picture = drawn(cbfa, "--as-of", "2020-03-01")
    ((start, width),) = bars(row(picture, "Rope bridges"), Colour.OVERDUE)[1:]

    assert (start, start + width) == pytest.approx((1190, 1250), abs=1)
    assert "2020-03-01" in texts(picture)
    assert "The programme ended on 2013-12-31." in texts(picture)


def test_before_the_programme_there_is_no_as_of_line(cbfa, bridges):
    """It would lie to the left of everything."""
    assert "2009-01-01" not in texts(drawn(cbfa, "--as-of", "2009-01-01"))


def test_a_selection_without_anything_is_a_sentence(cbfa, bridges):
    """An agency without milestones and a state that nothing has are no errors."""
    add_idle_agency(bridges)

    assert "Nothing matches this selection." in texts(drawn(cbfa, "--agency", "SN", *DAY))
    assert "Idle Department" in " ".join(texts(drawn(cbfa, "--agency", "SN", *DAY)))


def test_without_entries(cbfa, bridges):
    """An empty journal leaves periods and lateness."""
    empty_journal(bridges)

    assert len(bars(row(drawn(cbfa, *DAY), "Inspection"), Colour.OVERDUE)) == 2


def test_the_same_data_give_the_same_bytes(cbfa, bridges):
    """No clock, no random ids, in both kinds."""
    for name in ("x.svg", "x.png"):
        first = written(cbfa, name, "timeline", *DAY).read_bytes()

        assert written(cbfa, name, "timeline", *DAY).read_bytes() == first


@pytest.mark.parametrize("text", [WORST, LONG], ids=["hostile", "long"])
def test_any_text_is_text(cbfa, bridges, text):
    """No title adds an element or leaves its place; the full one is read by who points at it."""
    calm = drawn(cbfa, *DAY)
    make_hostile(bridges, text)
    picture = drawn(cbfa, *DAY)
    seen = "".join(picture.itertext())

    assert {one.tag for one in picture.iter()} == {one.tag for one in calm.iter()}
    assert len(list(picture.iter(f"{SVG}g"))) == len(list(calm.iter(f"{SVG}g")))
    assert {unicodedata.category(letter) for letter in seen} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == {"Cc"}
    assert {letter for letter in seen if unicodedata.category(letter) == "Cc"} == {"\n"}
    assert text.split()[-1] in (row(picture, text.split()[0]).findtext(f"{SVG}title") or "")
    for one in picture.iter(f"{SVG}text"):
        size = float(one.get("font-size", 13)) * (1.15 if one.get("font-weight") else 1)
        x = float(one.attrib["x"])

        assert x + width_of(one.text or "", size) * (0.5 if one.get("text-anchor") else 1) <= (
            400 if size == 13 else 1280
        )


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("a b", ["a b"]),
        ("aaaa bbbb cccc", ["aaaa", "bbbb…"]),
        ("aaaa bbbb", ["aaaa", "bbbb"]),
        ("aaaaaaaaaaaa b", ["aaaa…", "b"]),
    ],
)
def test_long_titles_wrap_and_are_cut_with_an_ellipsis(words, lines):
    """Lines break at spaces, and no line is wider than its place."""
    found = wrapped(words, 40, 10)

    assert [len(line) > 0 for line in found] == [len(line) > 0 for line in lines]
    assert all(width_of(line, 10) <= 40 for line in found)
    assert [line[:2] for line in found] == [line[:2] for line in lines]
    assert cut(words, 40, 10) == words or cut(words, 40, 10).endswith("…")


def contrast(colour: str) -> float:
    """Return the contrast of a colour to white (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_colours_can_be_seen():
    """Marks need a contrast of 3:1; what is done late is a filled bar, and lighter on purpose."""
    assert {one for one in Colour if contrast(one.value) < 3} <= {Colour.LATE}


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Decode a PNG of 8-bit RGB or RGBA; return its size, and its rows as bytes."""
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", chunk[:10])
        data += chunk if kind == b"IDAT" else b""
        at += 12 + length
    size = {2: 3, 6: 4}[colour]
    raw, stride, before, rows = zlib.decompress(data), width * size, bytearray(width * size), []

    assert depth == 8
    for number in range(height):
        kind_of_row, *_ = raw[number * (stride + 1) :][:1]
        line = bytearray(raw[number * (stride + 1) + 1 : (number + 1) * (stride + 1)])
        for i in range(stride):
            left, up = (line[i - size], before[i]) if i >= size else (0, before[i])
            corner = before[i - size] if i >= size else 0
            nearest = min((left, up, corner), key=lambda one, sum_=left + up - corner: abs(sum_ - one))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, nearest)[kind_of_row]) & 255
        rows.append(bytes(line) if size == 3 else bytes(v for i, v in enumerate(line) if i % 4 != 3))
        before = line
    return width, height, rows


def share(rows: list[bytes], colour: Colour) -> float:
    """Return the share of pixels that have a colour."""
    wanted = bytes.fromhex(colour.value[1:])
    found = sum(line[at : at + 3] == wanted for line in rows for at in range(0, len(line), 3))
    return found / (len(rows) * len(rows[0]) / 3)


@pytest.fixture
def small(cbfa, bridges) -> Path:
    """The picture of the tiny programme."""
    return written(cbfa, "x.svg", "timeline", *DAY).absolute()


@needs("chromium")
def test_a_browser_draws_it(small, tmp_path):
    """The colours are where the picture says."""
    picture = ET.parse(small).getroot()
    width, height = int(picture.attrib["width"]), int(picture.attrib["height"])
    shot = tmp_path / "shot.png"
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={tmp_path / 'chromium'}", f"--screenshot={shot}", f"--window-size={width},{height}"),
            small.as_uri(),
        ],
        capture_output=True,
        timeout=60,
        check=True,
    )
    found = pixels(shot.read_bytes())

    assert found[:2] == (width, height)
    assert 0.003 < share(found[2], Colour.OVERDUE) < 0.1
    assert share(found[2], Colour.DONE) > 0.001


def test_a_png_has_two_pixels_for_one(cbfa, small):
    """It is the same picture, sharp on a projector."""
    picture = ET.parse(small).getroot()
    png = written(cbfa, "x.png", "timeline", *DAY).read_bytes()
    _, _, rows = pixels(svg_to_bytes(svg_path=str(small), width=480))

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == tuple(2 * int(picture.attrib[name]) for name in ("width", "height"))
    assert 0.003 < share(rows, Colour.OVERDUE) < 0.1


def test_vietnamese_letters_are_no_boxes():
    """A font that has them is found by the same names as in the picture; U+0378 is a box or nothing everywhere."""
    made = {letter: svg_to_bytes(svg_string=_letter(letter)) for letter in "ữưộĐặ\u0378"}

    assert len(set(made.values())) == len(made)


def test_a_picture_that_is_too_high_is_refused_as_png(cbfa, tmp_path, monkeypatch):
    """Viewers fail on it; the fix works, and the SVG has all of it."""
    write_programme(tmp_path / "data", 650, 100)
    monkeypatch.chdir(tmp_path)
    refused = cbfa("timeline", "-o", "x.png", *DAY)

    assert refused.code == 2
    assert refused.err == (
        "error: the picture is too high for a .png\n"
        "  fix: choose a part of the programme, such as --workstream, or write an .svg\n"
    )
    assert int(drawn(cbfa, *DAY).attrib["height"]) > MAX_PIXELS
    assert cbfa("timeline", "-o", "x.png", *DAY, "--workstream", "1").code == 0


def test_days_outside_the_years_stay_in_the_picture(cbfa, bridges):
    """Work can be done before the first day of the programme."""
    cbfa("mark", "inspection@2011", "done", "--on", "2010-12-20", "--yes")
    cbfa("undo", "e-2", "--yes")
    circles = list(row(drawn(cbfa, *DAY), "Inspection").iter(f"{SVG}circle"))

    assert [float(one.attrib["cx"]) for one in circles] == [400]
