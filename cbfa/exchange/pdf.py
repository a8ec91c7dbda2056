"""The Word document as PDF, by LibreOffice. This is the one place in cbfa that starts another program.

LibreOffice gets our own document and nothing else: a new folder, a new profile, no shell, and a time limit. It can exit with 0 without a
file, so the file decides. The moment and the random ids that it stores are replaced, so that the same document gives the same bytes.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import FrameType

from cbfa.errors import NoAccess
from cbfa.exchange.order import Order
from cbfa.exchange.word import docx_bytes
from cbfa.messages import Message
from cbfa.store.files import writing

SECONDS = 120.0
"""Time limit of a conversion."""
_NAMES = ("soffice.exe",) if sys.platform == "win32" else ("soffice", "libreoffice")
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
    with writing(Path(gettempdir())), TemporaryDirectory(prefix="cbfa-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(document)
        return _settled(_convert(program, folder), document, f"{order.snapshot.as_of:%Y%m%d}000000")


def find_office() -> Path:
    """Return the path of LibreOffice: on the path, else where its installers put it. Raises NoAccess.

    Relative folders of the path are left out: a program in the current folder must not run.
    """
    for path in (*_on_the_path(), *_usual_places()):
        if path.is_file() and os.access(path, os.X_OK):
            return path
    raise NoAccess(
        Message("LibreOffice is not installed, and a PDF needs it"),
        Message("install it from libreoffice.org, or write a .docx and save that as PDF in Word"),
    )


def _on_the_path() -> Iterator[Path]:
    for folder in os.get_exec_path():
        if Path(folder).is_absolute():
            yield from (Path(folder, name) for name in _NAMES)


def _usual_places() -> Iterator[Path]:
    """Yield the places of the installers for macOS and Windows."""
    yield Path(_MACOS)
    for variable in _WINDOWS:
        if folder := os.environ.get(variable):
            yield Path(folder, "LibreOffice", "program", "soffice.exe")


def _convert(program: Path, folder: Path) -> bytes:
    """Return the PDF of document.docx. Raises NoAccess."""
    import subprocess  # noqa: PLC0415 - heavy, and needed here only

    command = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "document.docx")]
    log, made = folder / "log", folder / "document.pdf"
    with (
        log.open("wb") as output,
        _ending_by_exception(),
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            _end(process.pid)
            raise NoAccess(
                Message("LibreOffice took longer than {seconds} seconds", seconds=round(SECONDS)), _AGAIN
            ) from error
        except BaseException:
            _end(process.pid)
            raise
    if not made.is_file():
        lines = log.read_text("utf-8", "replace").strip().splitlines() or [str(process.returncode)]
        raise NoAccess(Message("LibreOffice made no PDF: {reason}", reason=lines[-1]), _AGAIN)
    return made.read_bytes()


@contextmanager
def _ending_by_exception() -> Iterator[None]:
    """Let the signals that end a program raise SystemExit, so that LibreOffice is ended and the folder deleted."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, _exit) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _end(process: int) -> None:
    """End LibreOffice with the processes that it has started; its own starter would leave them."""
    if sys.platform == "win32":
        os.kill(process, signal.SIGTERM)
    else:
        os.killpg(process, signal.SIGKILL)


def _settled(raw: bytes, document: bytes, moment: str) -> bytes:
    """Replace the moment by the as-of date, and the ids by a checksum of the document, all in their old lengths."""
    import hashlib  # noqa: PLC0415 - heavy, and needed here only

    digest = hashlib.sha256(document).hexdigest()[:32].upper().encode()
    start = max(raw.rfind(b"trailer"), 0)
    head = _MOMENT.sub(lambda found: found["name"] + moment.encode() + found["zone"], raw[:start])
    return head + _CHECKSUM.sub(digest, _ID.sub(digest, raw[start:]))
