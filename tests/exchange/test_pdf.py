"""The report as PDF: LibreOffice makes it, and every way in which that can fail has a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cbfa.exchange import pdf
from tests.cli.running import environment
from tests.exchange.documents import texts_of_pages
from tests.exchange.programs import needs, written

REPORT = ("report", "--agency", "SD", "--as-of", "2012-06-30", "-o", "x.pdf")
unix = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program on Windows")


def plant(folder: Path, script: str) -> None:
    """Put a script in the place of LibreOffice."""
    folder.mkdir(exist_ok=True)
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@needs("soffice", "pdftotext", "pdfinfo")
def test_the_same_report_gives_the_same_bytes(cbfa, bridges):
    """It has the pages of the Word document; its date is the as-of date."""
    first = written(cbfa, "one.pdf", *REPORT[:-2]).read_bytes()
    second = written(cbfa, "two.pdf", *REPORT[:-2], "--lang", "en").read_bytes()
    info = subprocess.run(["pdfinfo", "-isodates", "one.pdf"], capture_output=True, check=True, text=True).stdout
    pages = texts_of_pages(Path("one.pdf"))

    assert first == second
    assert "2012-06-30T00:00:00" in info
    assert "Rope Department" in info
    assert "Rope bridges" in " ".join(pages)


@unix
def test_without_libreoffice_there_is_a_fix(cbfa, bridges, monkeypatch):
    """The sentence names what is missing, and another way; nothing is written."""
    monkeypatch.setenv("PATH", str(bridges / "none"))
    if any(path.is_file() for path in pdf._usual_places()):
        pytest.skip("LibreOffice is where its installer puts it")
    answer = cbfa(*REPORT)

    assert answer.code == 4
    assert "LibreOffice is not installed, and a PDF needs it" in answer.err
    assert "save that as PDF in Word" in answer.err
    assert not Path("x.pdf").exists()


@unix
def test_a_program_in_the_current_folder_is_not_run(cbfa, bridges, monkeypatch):
    """Relative folders of the path do not count."""
    plant(bridges, "touch owned")
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "data"]))
    answer = cbfa(*REPORT)

    assert answer.code == 4
    assert not Path("owned").exists()


@unix
@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo no filter >&2; exit 0", "LibreOffice made no PDF: no filter"),
        ("exit 81", "LibreOffice made no PDF: 81"),
    ],
)
def test_a_success_without_a_file_is_an_error(cbfa, bridges, monkeypatch, script, sentence):
    """LibreOffice can exit with 0 and write nothing."""
    plant(bridges / "bin", script)
    monkeypatch.setenv("PATH", str(bridges / "bin"))
    answer = cbfa(*REPORT)

    assert answer.code == 4
    assert sentence in answer.err
    assert not Path("x.pdf").exists()


@unix
def test_what_takes_too_long_is_ended_with_its_children(cbfa, bridges, monkeypatch):
    """The starter of LibreOffice starts another process, which must end, too."""
    plant(bridges / "bin", f"(/bin/sleep 3; /bin/touch {bridges}/late) &\n/bin/sleep 60")
    monkeypatch.setenv("PATH", str(bridges / "bin"))
    monkeypatch.setattr(pdf, "SECONDS", 1.0)
    start = time.monotonic()
    answer = cbfa(*REPORT)
    took = time.monotonic() - start
    time.sleep(3)

    assert answer.code == 4
    assert "LibreOffice took longer than 1 seconds" in answer.err
    assert took < 3
    assert not (bridges / "late").exists()


@unix
@needs("soffice")
def test_a_program_that_is_ended_leaves_nothing_behind(bridges, tmp_path):
    """The document is an official one; it does not stay in the folder for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "cbfa", "report", "--kind", "final", "-o", "x.pdf"],
        cwd=bridges,
        env=environment(bridges, TMPDIR=str(temporary)),
        stderr=subprocess.DEVNULL,
    )
    while not list(temporary.glob("cbfa-*/profile")) and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGTERM)

    assert running.wait(30) == 128 + signal.SIGTERM
    assert list(temporary.iterdir()) == []
    assert not (bridges / "x.pdf").exists()
