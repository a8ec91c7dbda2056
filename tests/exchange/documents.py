"""Documents for the tests: made of a data folder without the command line, read back by python-docx, and laid out by LibreOffice."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from xml.sax.saxutils import unescape
from zipfile import ZipFile

from cbfa.core.snapshot import Snapshot
from cbfa.exchange.order import Order
from cbfa.exchange.word import docx_bytes
from cbfa.locale import get_language
from cbfa.store.folder import Folder
from cbfa.store.loading import load
from cbfa.views.pages.official import official_page
from cbfa.views.pages.requests import Kind, Request, scope_of


def document_order(
    data: Path, as_of: date, language: str, kind: Kind, year: int | None = None, agency: str = ""
) -> Order:
    """Return the order for an official document of a data folder."""
    snapshot = Snapshot.take(*load(Folder(data, data / "progress.yaml")).usable(), as_of)
    agencies = [one for one in snapshot.agencies.agencies if one.id == agency]
    request = Request(kind, agencies, year)
    return Order([official_page(snapshot, request)], snapshot, scope_of(snapshot, request), get_language(language))


def laid_out(order: Order, folder: Path) -> tuple[Path, Path]:
    """Write the document and convert it by LibreOffice; return the paths of both files."""
    word = folder / "document.docx"
    word.write_bytes(docx_bytes(order))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return word, word.with_suffix(".pdf")


def texts_of_pages(pdf: Path) -> list[str]:
    """Return the text of each page, with single spaces."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def letters(text: str) -> Counter[str]:
    """Count the characters of a text without blanks and case: lines break anywhere, and headings are in capitals."""
    return Counter("".join(text.split()).casefold())


def missing_letters(word: Path, pdf: Path) -> Counter[str]:
    """Return the characters of a document that its PDF does not have as often."""
    texts = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", markup_of(word))
    return letters(unescape("".join(texts))) - letters("".join(texts_of_pages(pdf)))


def markup_of(word: Path) -> str:
    """Return the markup of the text of a document."""
    with ZipFile(word) as package:
        return package.read("word/document.xml").decode("utf-8")
