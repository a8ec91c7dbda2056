"""The Word document as PDF, by LibreOffice. This is the one place in cbfa that starts another program.

LibreOffice gets our own document and nothing else: a new folder, a new profile, no shell, and a time limit. It can exit with 0 without a
file, so the file decides. The moment and the random ids that it stores are replaced, so that the same document gives the same bytes.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cbfa.errors import NoAccess
from cbfa.exchange.order import Order
from cbfa.exchange.word import docx_bytes
from cbfa.messages import Message

SECONDS = 120
"""Time limit of a conversion."""
_NAMES = ("soffice", "libreoffice")
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)")
_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_AGAIN = Message("try again, or write a .docx and save that as PDF")
_MOMENT = re.compile(rb"(?P<name>/(?:CreationDate|ModDate)\(D:)[0-9]{14}(?P<zone>[^)]{0,7})")
_ID = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)")
_CHECKSUM = re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}")


def pdf_bytes(order: Order) -> bytes:
    """Return the PDF of the Word document. Raises NoAccess where LibreOffice is missing or fails."""
    program = find_office()
    document = docx_bytes(order)
    with TemporaryDirectory(prefix="cbfa-") as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(document)
        _convert(program, folder)
        made = folder / "document.pdf"
        return _settled(made.read_bytes(), document, f"{order.snapshot.as_of:%Y%m%d}000000")


def find_office() -> str:
    """Return the path of LibreOffice: on the path, else where its installers put it. Raises NoAccess."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for path in _usual_places():
        if path.is_file():
            return str(path)
    raise NoAccess(
        Message("LibreOffice is not installed, and a PDF needs it"),
        Message("install it from libreoffice.org, or write a .docx and save that as PDF in Word"),
    )


def _usual_places() -> Iterator[Path]:
    """Yield the places of the installers for macOS and Windows."""
    yield Path(_MACOS)
    for variable in _WINDOWS:
        if folder := os.environ.get(variable):
            yield Path(folder, "LibreOffice", "program", "soffice.exe")


def _convert(program: str, folder: Path) -> None:
    """Make document.pdf of document.docx. Raises NoAccess."""
    import subprocess  # noqa: PLC0415 - heavy, and needed here only

    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(folder / "document.docx")]
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoAccess(Message("LibreOffice took longer than {seconds} seconds", seconds=SECONDS), _AGAIN) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NoAccess(Message("LibreOffice cannot be started: {reason}", reason=reason), _AGAIN) from error
    if not (folder / "document.pdf").is_file():
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [str(done.returncode)]
        raise NoAccess(Message("LibreOffice made no PDF: {reason}", reason=lines[-1]), _AGAIN)


def _settled(raw: bytes, document: bytes, moment: str) -> bytes:
    """Replace the moment by the as-of date, and the ids by a checksum of the document, all in their old lengths."""
    digest = hashlib.sha256(document).hexdigest()[:32].upper().encode()
    start = max(raw.rfind(b"trailer"), 0)
    head = _MOMENT.sub(lambda found: found["name"] + moment.encode() + found["zone"], raw[:start])
    return head + _CHECKSUM.sub(digest, _ID.sub(digest, raw[start:]))
