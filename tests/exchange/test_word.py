"""Word documents: the form of Decree 30/2020/NĐ-CP, and files that Word's readers open. LibreOffice lays them out."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from cbfa.core.text import nfc
from cbfa.exchange.order import Order
from cbfa.exchange.word import docx_bytes
from cbfa.views.clean import clean
from cbfa.views.pages.requests import Kind
from tests.cli.running import FILES, SHIPPED, TINY
from tests.exchange.documents import document_order, laid_out, markup_of, missing_letters, texts_of_pages
from tests.exchange.kinds import make
from tests.exchange.programs import needs, written
from tests.hostile.test_texts import AGENCIES, FIELDS, TEXTS, quoted, valid
from tests.views.samples import PAGE

DAY = date(2013, 6, 30)
OFFICE = """
    office:
      superior: {vi: {}, en: {}}
      place: {vi: {}, en: {}}
      signer: {title: {vi: {}, en: {}}, name: {}}
      recipients: [{vi: {}, en: {}}, {vi: {}, en: {}}]
"""


class Report(NamedTuple):
    """A document with what LibreOffice makes of it."""

    order: Order
    word: Path
    pdf: Path
    pages: list[str]


def report(order: Order, folder: Path) -> Report:
    """Lay out a document."""
    word, pdf = laid_out(order, folder)
    return Report(order, word, pdf, texts_of_pages(pdf))


@pytest.fixture(scope="module")
def vietnamese(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The annual report of 2012, in Vietnamese."""
    return report(document_order(SHIPPED, DAY, "vi", Kind.ANNUAL, 2012), tmp_path_factory.mktemp("vi"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of an agency, in English."""
    return report(document_order(SHIPPED, DAY, "en", Kind.AGENCY, agency="SoNoiVu"), tmp_path_factory.mktemp("en"))


@pytest.fixture(params=["vietnamese", "english"])
def either(request: pytest.FixtureRequest) -> Iterator[Report]:
    """Both documents, one after the other."""
    return request.getfixturevalue(request.param)


office = needs("soffice", "pdftotext", "pdfinfo", "pdffonts")


@office
def test_pages_are_a4_with_the_margins_of_the_decree(either):
    """Top and bottom 20–25 mm, left 30–35, right 15–20; appendices are landscape by their size, not by a flag alone."""
    text, *appendices = Document(str(either.word)).sections
    sizes = subprocess.run(["pdfinfo", "-l", "99", str(either.pdf)], capture_output=True, check=True, text=True).stdout
    shapes = re.findall(r"size: +([\d.]+) x ([\d.]+)", sizes)

    assert (round(text.page_width / Mm(1)), round(text.page_height / Mm(1))) == (210, 297)
    assert len(appendices) == 2
    assert {(round(one.page_width / Mm(1)), round(one.page_height / Mm(1))) for one in appendices} == {(297, 210)}
    for section in (text, *appendices):
        assert 20 <= round(section.top_margin / Mm(1)) <= 25
        assert 20 <= round(section.bottom_margin / Mm(1)) <= 25
        assert 30 <= round(section.left_margin / Mm(1)) <= 35
        assert 15 <= round(section.right_margin / Mm(1)) <= 20
    assert {(round(float(width)), round(float(height))) for width, height in shapes} == {(595, 842), (842, 595)}


@office
def test_the_page_number_begins_on_the_second_page(either):
    """It is the first word of the page; the first pages of the text and of each appendix have none, and appendices begin again."""
    first_words = [page.split()[0] for page in either.pages]
    starts = [0, *(number for number, page in enumerate(either.pages) if page.startswith(("Phụ lục ", "Appendix ")))]
    expected = []
    for start, end in zip(starts, [*starts[1:], len(first_words)], strict=True):
        expected += [first_words[start], *map(str, range(2, end - start + 1))]

    assert len(starts) == 3
    assert first_words == expected
    assert not any(first_words[start].isdecimal() for start in starts)


@office
def test_only_times_new_roman_is_asked_for(either):
    """LibreOffice has Liberation Serif in its place. Fallbacks have the serifs of letters that it lacks; no theme font is left."""
    fonts = subprocess.run(["pdffonts", str(either.pdf)], capture_output=True, check=True, text=True).stdout
    names = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    with ZipFile(either.word) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if re.match(r"word/\w+\.xml$", name)}
    asked = {
        font
        for text in (parts["word/styles.xml"], markup_of(either.word))
        for font in re.findall(r'w:ascii="(.+?)"', text)
    }

    assert "LiberationSerif" in names
    assert all("Serif" in name or "TimesNewRoman" in name for name in names)
    assert asked == {"Times New Roman"}
    assert not any(re.search(r"w:\w+Theme=", text) for name, text in parts.items() if name == "word/styles.xml")


@office
def test_the_head_is_that_of_the_decree(vietnamese):
    """Bodies, motto, number, place and date, kind and subject, addressee and legal bases, in this order."""
    first = vietnamese.pages[0].replace(" ", "")  # a justified line can have one within a word of two fonts
    order = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: /BC-SNgV",
        "BÁO CÁO",
        "Kết quả năm 2012 thực hiện Chương trình hoạt động đối ngoại",
        "Kính gửi: UBND tỉnh Cao Bằng",
        "Căn cứ Nghị quyết 42/2010/NQ-HĐND ngày 09/12/2010 của Hội đồng nhân dân tỉnh Cao Bằng;",
        "Thực hiện Chương trình hoạt động đối ngoại tỉnh Cao Bằng giai đoạn 2011–2015.",
        "I. CÔNG TÁC LÃNH ĐẠO",
    ]
    places = [first.index(text.replace(" ", "")) for text in order]

    assert places == sorted(places)
    assert "UBNDTỈNHCAOBẰNG" in first
    assert "SỞNGOẠIVỤ" in first


@office
def test_the_text_ends_and_is_signed(vietnamese):
    """The last sentence ends in “./.”; then recipients on the left and the office of the signer on the right."""
    last = next(page for page in vietnamese.pages if "Nơi nhận:" in page)

    assert re.search(r"chỉ đạo\./\. ", last)
    assert last.index("./.") < last.index("Nơi nhận:")
    assert last.endswith("- Như trên; - Lưu: VT.")
    assert "GIÁM ĐỐC" in last


@office
def test_english_has_a_plain_head(english):
    """The motto belongs to documents in Vietnamese; places that the data leave open are dotted."""
    text = " ".join(english.pages)

    assert "CỘNG HÒA" not in text
    assert "Độc lập" not in text
    assert english.pages[0].startswith("…………… ……………, date: ……………")
    assert "DEPARTMENT OF HOME AFFAIRS" in english.pages[0]
    assert "./." not in text


@office
def test_the_head_of_a_table_is_on_every_page(vietnamese):
    """From the second page of the appendix on, the columns have their names."""
    begin = next(number for number, page in enumerate(vietnamese.pages) if page.startswith("Phụ lục I "))
    pages = vietnamese.pages[begin:-1]

    assert len(pages) > 3
    assert all("STT Nội dung nhiệm vụ Căn cứ Chủ trì Phối hợp Thời hạn Kết quả Đánh giá" in page for page in pages)


@office
def test_nothing_is_cut_off(either):
    """The PDF has every character of the document at least as often."""
    assert missing_letters(either.word, either.pdf) == Counter()


@office
def test_a_blank_is_highlighted(either):
    """Each part without words has its place in yellow."""
    marked = re.findall(r'<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">\[', markup_of(either.word))

    assert len(marked) == 5


@office
def test_assessments_are_words(vietnamese):
    """No sign of a screen is in the document."""
    text = " ".join(vietnamese.pages)

    assert "chưa hoàn thành, quá hạn" in " ".join(Document(str(vietnamese.word)).element.body.itertext())
    assert not set("✓○◐▲█▒▓×") & set(text)
    assert "! " not in text


@office
def test_a_title_of_400_characters_and_a_note_of_8000_are_whole(tmp_path):
    """A row that is higher than a page goes on on the next one; the property of the title is cut."""
    title, note = ("Xây cầu treo dân sinh " * 19)[:400].strip(), ("Đã đổ móng, chờ kinh phí. " * 320)[:7990].strip()
    data = tmp_path / "data"
    data.mkdir()
    for name in FILES:
        text = (TINY / name).read_text("utf-8").replace("Cầu treo ở làng Nà Sác.", note)
        text = text.replace("vi: Cầu treo,", f'vi: "{title}",').replace("vi: Chương trình cầu,", f'vi: "{title}",')
        (data / name).write_text(text, "utf-8")
    made = report(document_order(data, DAY, "vi", Kind.ANNUAL, 2012), tmp_path)
    text = markup_of(made.word)

    assert text.count(title) >= 4
    assert text.count(note) == 1
    assert missing_letters(made.word, made.pdf) == Counter()
    assert len(Document(str(made.word)).core_properties.title) == 255


def test_the_same_data_give_the_same_bytes():
    """No clock and no chance is in a file; the members of the zip are of 1980."""
    files = [docx_bytes(document_order(SHIPPED, DAY, "vi", Kind.FINAL)) for _ in range(2)]
    with ZipFile(BytesIO(files[0])) as package:
        moments = {one.date_time for one in package.infolist()}
        names = package.namelist()

    assert files[0] == files[1]
    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml"
    assert "docProps/thumbnail.jpeg" not in names


def test_properties_are_those_of_the_report():
    """The issuing body is the author, and the as-of date the date of the file."""
    properties = Document(BytesIO(docx_bytes(document_order(SHIPPED, DAY, "vi", Kind.FINAL)))).core_properties

    assert properties.author == "Sở Ngoại vụ"
    assert properties.title.startswith("Tổng kết thực hiện Chương trình")
    assert properties.created.date() == properties.modified.date() == DAY
    assert properties.language == "vi-VN"


def test_word_does_not_open_it_in_compatibility_mode():
    """Mode 15 is that of Word 2013 and later."""
    with ZipFile(BytesIO(docx_bytes(document_order(TINY, DAY, "vi", Kind.FINAL)))) as package:
        settings = package.read("word/settings.xml").decode()

    assert re.findall(r'w:name="compatibilityMode"[^>]*w:val="(\d+)"', settings) == ["15"]


def test_the_letter_has_its_subject_below_the_number(tmp_path):
    """“V/v …” is in the head, and there is no kind of document."""
    table = Document(BytesIO(docx_bytes(document_order(TINY, date(2012, 6, 30), "vi", Kind.LETTER)))).tables[0]
    left = [paragraph.text for paragraph in table.cell(0, 0).paragraphs]

    assert left[1] == "Sở Cầu"
    assert left[-2:] == ["Số:       /SC-……", "V/v báo cáo kết quả thực hiện Chương trình cầu"]


@pytest.mark.parametrize("code", ["vi", "en"])
def test_any_page_becomes_a_document(code):
    """Every kind of block and value is drawn, without the commands that only a shell can run."""
    order = document_order(TINY, DAY, code, Kind.FINAL)._replace(pages=[PAGE])
    document = Document(BytesIO(docx_bytes(order)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert document.tables
    assert "cbfa " not in text
    assert document.core_properties.title


def test_rows_are_not_split_and_heads_repeat():
    """Word itself decides by these marks of each row."""
    tables = Document(BytesIO(docx_bytes(document_order(SHIPPED, DAY, "vi", Kind.FINAL)))).tables
    rows = [row._tr for table in tables for row in table.rows]
    heads = [table.rows[0]._tr for table in tables if len(table.columns) > 2]

    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert all(row.trPr.find(qn("w:tblHeader")) is not None for row in heads)


def lay_out(folder: Path, texts: dict[str, str]) -> None:
    """Write the tiny programme with a text in each field, those of an office among them."""
    contents = {file: valid(file) for file in FILES}
    for field, (file, old, new) in FIELDS.items():
        contents[file] = contents[file].replace(old, new.replace("{}", quoted(texts[field], file)))
    its = quoted(texts["an office"], AGENCIES)
    contents[AGENCIES] = contents[AGENCIES].replace("    aliases: [Bridges]\n", OFFICE.replace("{}", its)[1:])
    for file, content in contents.items():
        (folder / file).write_bytes(content.encode())


@pytest.mark.parametrize("number", range(0, len(TEXTS), 4))
def test_hostile_text_is_inert(tmp_path, number):
    """Each text in each field of a report is shown as it is on a screen, and the file opens again."""
    texts = list(TEXTS.values())
    fields = [*FIELDS, "an office"]
    turned = {field: texts[(place + number) % len(texts)] for place, field in enumerate(fields)}
    if len(nfc(turned["the id of an entry"])) > 64:
        turned["the id of an entry"] = "e-1"
    lay_out(tmp_path, turned)
    for kind, agency in ((Kind.AGENCY, "SoDay"), (Kind.FINAL, ""), (Kind.LETTER, "")):
        raw = docx_bytes(document_order(tmp_path, date(2012, 6, 30), "vi", kind, agency=agency))
        document = Document(BytesIO(raw))
        shown = "\n".join(document.element.body.itertext())

        assert clean(turned["the programme"]) in shown
        assert clean(turned["a title"]) in shown or kind is Kind.LETTER
        assert set(document.element.nsmap) >= {"w"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@office
def test_hostile_text_is_laid_out(tmp_path):
    """LibreOffice opens a document that has hostile text everywhere."""
    texts = list(TEXTS.values())
    lay_out(
        tmp_path,
        {field: texts[(7 * place) % len(texts)] for place, field in enumerate([*FIELDS, "an office"])}
        | {"the id of an entry": "e-1"},
    )
    made = report(document_order(tmp_path, date(2012, 6, 30), "en", Kind.FINAL), tmp_path)

    assert made.pages[0]


def test_the_command_writes_it(cbfa, bridges):
    """Word has the report of the agency if no kind is named; of all agencies if none is."""
    one = Document(str(written(cbfa, "one.docx", "report", "--agency", "SD", "--as-of", "2012-06-30")))
    every = Document(str(written(cbfa, "all.docx", "report", "--as-of", "2012-06-30")))

    assert one.core_properties.author == "Rope Department"
    assert every.core_properties.author == "Bridge Department"
    assert "2. Bridge Department" in [paragraph.text for paragraph in every.paragraphs]


# Other kinds of programmes


@needs("soffice", "pdftotext")
@pytest.mark.parametrize(
    ("kind", "language", "day"),
    [
        ("districts", "vi", date(2025, 11, 30)),
        ("partners", "fr", date(2024, 6, 30)),
        ("draft", "it", date(2025, 6, 30)),
    ],
)
def test_every_kind_of_programme_is_laid_out(tmp_path, kind, language, day):
    """No letter is lost: twenty leads in a cell, levels, members, titles in other languages."""
    data = make(tmp_path, kind) / "data"
    done = report(document_order(data, day, language, Kind.MIDTERM), tmp_path)
    text = " ".join(done.pages)

    assert missing_letters(done.word, done.pdf) == Counter()
    assert ("Căn cứ Quyết định 12" in text) is (kind == "districts")
    assert ("Pursuant to" in text) is (kind == "partners")
    assert ("120,5" in text) is (kind == "districts")
    assert ("draft, not adopted" in text) is (kind == "draft")
    assert Document(str(done.word)).core_properties.language == {"vi": "vi-VN"}.get(language, language)
