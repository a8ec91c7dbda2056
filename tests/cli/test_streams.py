"""What is printed: inert whatever it holds, in any encoding, into any pipe."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from cbfa.cli.main import main
from cbfa.store.journal.lines import line_of
from cbfa.views.formats import FORMATS
from tests.cli.conftest import unix
from tests.cli.running import contents, environment, process, terminal
from tests.strategies import entry

IN_UTF8 = [name for name, one in FORMATS.items() if name not in ("table", "plain")]
HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://example.org\x1b\\click\x1b]8;;\x1b\\",
    "c1": "\x9b31mred",
    "bidi": "abc\u202egnorw\u202c",
    "isolate": "\u2066x\u2069",
    "zero width": "a\u200bb",
    "nul": "a\x00b",
    "bell": "\x07",
    "delete": "a\x7fb",
    "return": "good\rbad",
    "markup": "[/red]",
    "open markup": "[bold]x",
    "emoji code": ":bomb:",
    "braces": "{key} {0} %s",
    "line separator": "a\u2028b\u2029c",
    "tag": "a\U000e0041b",
    "private": "\ue000",
    "unassigned": "\u0378",
    "byte-order mark": "\ufeffx",
}


def write_hostile_notes(folder: Path) -> None:
    """Put an entry with each note into the journal: `mark` would refuse or clean most of them."""
    with (folder / "data" / "progress.yaml").open("a", encoding="utf-8") as file:
        for number, note in enumerate(HOSTILE.values()):
            fields = {"id": f"h-{number}", "on": "2012-02-01", "key": "stone-bridge", "event": "progress"}
            file.write(f"- {json.dumps({**fields, 'note': note, 'recorded': '2012-02-02T08:00:00+07:00'})}\n")


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv", "tsv"])
def test_hostile_notes_are_inert(cbfa, bridges, form):
    """Nothing but printable characters reaches the stream, and every entry takes no more lines than any other."""
    before = len(cbfa("log", "stone-bridge", "--format", form).out.splitlines())
    write_hostile_notes(bridges)
    answer = cbfa("log", "stone-bridge", "--format", form)
    entries = [line for line in answer.out.splitlines() if "2012-02-01" in line]
    odd = {unicodedata.category(letter) for letter in answer.out.replace("\r\n", "\n") if letter not in "\n\t"}

    assert answer.code == 0, answer.err
    assert not odd & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert len(entries) == len(HOSTILE)
    assert form == "table" or len(answer.out.splitlines()) <= before + len(HOSTILE) + 4


def test_markup_and_emoji_codes_are_shown_as_they_are(cbfa, bridges):
    """What means something to other programs is text here."""
    note = "[/red] [bold]x :bomb: {key} %s"
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", note)

    assert note in cbfa("log").out
    assert note in cbfa("log", "--format", "csv").out


@unix
@pytest.mark.parametrize("command", [["log"], ["show", "stone-bridge"]])
def test_hostile_notes_on_a_terminal(cbfa, bridges, command):
    """A terminal is sent no control sequence but the program's own colours; here it may have none."""
    write_hostile_notes(bridges)
    out = terminal(*command, cwd=bridges, columns=100, NO_COLOR="1").out

    assert not {unicodedata.category(letter) for letter in out if letter != "\n"} & {"Cc", "Cf"}
    assert HOSTILE["markup"] in out
    assert HOSTILE["emoji code"] in out


def test_a_hostile_title_is_inert(cbfa, bridges):
    """What the roadmap says is as little trusted as a note."""
    path = bridges / "data" / "roadmap.yaml"
    path.write_text(
        path.read_text("utf-8").replace("en: Stone bridge", r'en: "\e[31mStone\u202e [/red] :bomb:"'), "utf-8"
    )
    for command in (["list"], ["status"], ["timeline"], ["report"], ["show", "stone-bridge"]):
        for form in ("plain", "table", "markdown", "csv"):
            answer = cbfa(*command, "--as-of", "2013-01-01", "--format", form)

            assert answer.code == 0, answer.err
            assert "\x1b" not in answer.out
            assert "\u202e" not in answer.out


def test_vietnamese_is_untouched(cbfa, bridges):
    """Composed and decomposed notes come out composed, letter by letter."""
    note = "Ắc Ẳng Ỡ Ự ỹ Đặng Quốc Hữu – Nghị quyết số 42/2010/NQ-HĐND"
    cbfa("mark", "stone-bridge", "progress", "--on", "2012-02-01", "--note", unicodedata.normalize("NFD", note))

    assert note in cbfa("log").out


@pytest.mark.parametrize("command", [["timeline"], ["show", "nothing"]])
def test_any_encoding_of_the_console(bridges, command):
    """A console that lacks letters gets the nearest ones, in as many lines; nothing crashes."""
    arguments = [*command, "--lang", "vi", "--as-of", "2013"]
    known = process(*arguments, cwd=bridges)
    for encoding in ("ascii", "cp437", "cp1258", "utf-16"):
        answer = process(*arguments, cwd=bridges, encoding=encoding, PYTHONIOENCODING=encoding)

        assert answer.code == known.code
        assert len(answer.out.splitlines()) == len(known.out.splitlines())
        assert len(answer.err.splitlines()) == len(known.err.splitlines())
        assert "?" not in answer.out + answer.err


@pytest.mark.parametrize("arguments", [["list", "--format", form] for form in IN_UTF8] + [["schema", "roadmap"]])
def test_what_programs_read_is_utf8_whatever_the_console_is(programme, arguments):
    """A file for another program loses no diacritic, where text for people is fitted to the console."""
    known = process(*arguments, "--lang", "vi", cwd=programme)
    for encoding in ("cp1252", "utf-16"):
        answer = process(*arguments, "--lang", "vi", cwd=programme, PYTHONIOENCODING=encoding)

        assert answer.out == known.out
    assert "Khảo sát thị trường" in known.out or arguments[0] == "schema"


@pytest.mark.parametrize(
    ("arguments", "line_end"), [("csv", b"\r\n"), ("json", b"\n"), ("tsv", b"\n"), ("markdown", b"\n")]
)
def test_line_ends_are_those_of_the_format_on_windows_too(bridges, monkeypatch, arguments, line_end):
    """Standard output on Windows writes each line end as two characters; here they are written as the format has them."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252", newline="\r\n"))
    monkeypatch.setattr(sys, "argv", ["cbfa", "list", "--format", arguments])
    with pytest.raises(SystemExit):
        main()
    lines = written.getvalue().splitlines(keepends=True)

    assert len(lines) > 5
    assert all(line.endswith(line_end) and not line.endswith(b"\r" + line_end) for line in lines)


def test_a_console_without_diacritics_gets_plain_letters(programme):
    """In ASCII, Vietnamese can still be read without its diacritics; in cp1258 it keeps the tones."""
    plain = process("report", "--agency", "SNgV", "--lang", "vi", cwd=programme, PYTHONIOENCODING="ascii").out
    toned = process(
        "report", "--agency", "SNgV", "--lang", "vi", cwd=programme, encoding="cp1258", PYTHONIOENCODING="cp1258"
    ).out

    assert plain.startswith("So Ngoai vu\n")
    assert unicodedata.normalize("NFC", toned).startswith("Sở Ngoại vụ\n")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_in_the_locale_of_c(bridges, locale):
    """Without UTF-8 anywhere in the environment the program works, and the file is UTF-8 all the same."""
    settings = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    listed = process("list", cwd=bridges, **settings)
    marked = process("mark", "stone-bridge", "done", "--on", "2012-06-01", "--note", "x", cwd=bridges, **settings)

    assert listed.code == 0, listed.err
    assert "Stone bridge" in listed.out
    assert marked.code == 0, marked.err
    assert "Cầu treo" in (bridges / "data" / "progress.yaml").read_text("utf-8")


def test_the_language_follows_the_locale(bridges):
    """Vietnamese where the locale says so, English elsewhere; `CBFA_LANG` and `--lang` come first."""

    def spoken(*arguments: str, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "cbfa", "list", *arguments],
            cwd=bridges,
            env=environment(bridges, **more),
            capture_output=True,
            timeout=60,
            check=True,
        )
        return "vi" if "Cầu đá" in done.stdout.decode() else "en"

    assert spoken() == "en"
    assert spoken(LANG="vi_VN.UTF-8") == "vi"
    assert spoken(LANG="vi_VN.UTF-8", LC_ALL="fr_FR.UTF-8") == "en"
    assert spoken(LANG="vi_VN.UTF-8", CBFA_LANG="en") == "en"
    assert spoken("--lang", "vi", CBFA_LANG="en") == "vi"
    assert spoken(CBFA_LANG="vi_VN.UTF-8") == "vi"
    assert spoken("--lang", "vi", CBFA_LANG="xx") == "vi"


def test_an_unknown_language_of_the_environment_is_refused(bridges):
    """A script would else go on in a language that nobody asked for."""
    done = subprocess.run(
        [sys.executable, "-m", "cbfa", "list"],
        cwd=bridges,
        env=environment(bridges, CBFA_LANG="vietnamese"),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.decode() == (
        "error: CBFA_LANG is set to the unknown language “vietnamese”\n"
        "  fix: set it to vi or en, or remove it from the environment\n"
    )


def _without_reader(
    folder: Path, *arguments: str, ends: tuple[str, ...] = ("stdout",), **more: str
) -> tuple[int, bytes]:
    """Run a command into pipes that nobody reads; return its exit code and what it says on standard error."""
    with subprocess.Popen(
        [sys.executable, "-m", "cbfa", *arguments],
        cwd=folder,
        env=environment(folder, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        for end in ends:
            getattr(running, end).close()
        said = b"" if "stderr" in ends else running.stderr.read()
    return running.returncode, said


@unix
@pytest.mark.parametrize(
    "command",
    [
        *(["overdue", "--fail", "--as-of", "2013-01-01", "--format", form] for form in FORMATS),
        *(["list"], ["--help"], ["--version"], ["schema", "roadmap"], ["check"], ["doctor"]),
        *(["--show-completion", "bash"], ["mark", "guangxi-mou", "done", "--format", "table", "--yes"]),
    ],
    ids=" ".join,
)
def test_a_reader_that_leaves_is_no_error(programme, command):
    """`cbfa list | head -1` ends quietly in every format and command, whenever the reader goes; 1 is an answer."""
    assert _without_reader(programme, *command) == (0, b"")


@unix
def test_a_reader_that_leaves_is_no_error_without_a_buffer(programme):
    """The first write fails, not the last one."""
    assert _without_reader(programme, "list", PYTHONUNBUFFERED="1") == (0, b"")


@unix
def test_a_shell_that_no_longer_waits_for_offers_is_no_error(programme):
    """Completion writes into a pipe too."""
    asked = {"_CBFA_COMPLETE": "complete_bash", "COMP_WORDS": "cbfa\nlist\n--state\n", "COMP_CWORD": "3"}

    assert _without_reader(programme, **asked) == (0, b"")


@unix
@pytest.mark.parametrize(("arguments", "code"), [(["list", "--agency", "zzz"], 2), (["check", "--data", "none"], 4)])
def test_the_exit_code_stays_where_nobody_reads_the_sentence(programme, arguments, code):
    """A closed standard error does not change the exit code."""
    for ends in (("stderr",), ("stdout", "stderr")):
        assert _without_reader(programme, *arguments, ends=ends)[0] == code


def _into_a_full_disk(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the sentences of a command whose answer cannot be written."""
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "cbfa", "--lang", "en", *arguments],
            cwd=folder,
            env=environment(folder),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    return done.returncode, done.stderr.decode()


@unix
def test_a_full_disk_is_a_sentence(bridges):
    """Where the output cannot be written, it ends with exit code 4 and one sentence."""
    code, said = _into_a_full_disk(bridges, "list")

    assert code == 4
    assert said.startswith("error: ")
    assert len(said.splitlines()) <= 2


@unix
@pytest.mark.parametrize(
    ("arguments", "records"),
    [
        (("mark", "stone-bridge", "progress", "--yes"), 1),
        (("mark", "stone-bridge", "progress", "--yes", "--dry-run"), 0),
        (("undo", "e-2", "--yes"), 1),
        (("merge", "other.yaml"), 1),
        (("doctor", "--fix"), 1),
    ],
)
def test_what_is_done_is_reported_although_the_answer_cannot_be_written(
    bridges, arguments: tuple[str, ...], records: int
):
    """Else an officer would mark it a second time."""
    journal = Path("data/progress.yaml")
    other = line_of(entry("other", "2012-04-01", "stone-bridge"))
    Path("data/progress (1).yaml" if arguments[0] == "doctor" else "other.yaml").write_text(other, encoding="utf-8")
    before = journal.read_bytes().count(b"\n- ")
    code, said = _into_a_full_disk(bridges, *arguments)

    assert code == 4
    assert "error: cannot write the output: " in said
    assert ("do not repeat the command: its work is done" in said) is bool(records)
    assert journal.read_bytes().count(b"\n- ") == before + records


@unix
def test_without_standard_output(bridges):
    """A closed standard output is no crash."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m cbfa list --lang en >&-'],
        cwd=bridges,
        env=environment(bridges),
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )

    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 4)


@unix
def test_an_interruption_records_nothing(bridges):
    """Ctrl-C at a question ends with exit code 130, one word, and nothing written."""
    before = contents(bridges)
    answer = terminal("undo", cwd=bridges, typed="\x03")

    assert answer.code == 130
    assert answer.out.endswith("interrupted\n")
    assert "Traceback" not in answer.out
    assert contents(bridges) == before


@unix
@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_an_interruption_at_any_moment_is_no_error_of_a_file(bridges, share):
    """Whatever the program is doing, it ends by Ctrl-C or has finished; it never takes it for an error of the data."""
    command = [sys.executable, "-m", "cbfa", "status"]
    start = time.monotonic()
    subprocess.run(command, cwd=bridges, env=environment(bridges), capture_output=True, timeout=60, check=True)
    whole = time.monotonic() - start
    running = subprocess.Popen(
        command,
        cwd=bridges,
        env=environment(bridges),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - there are no threads
    )
    time.sleep(whole * share)
    running.send_signal(signal.SIGINT)
    _out, err = running.communicate(timeout=60)

    assert running.returncode in (0, 130, -signal.SIGINT)
    assert b"Traceback" not in err
    assert b"error" not in err


@unix
def test_results_and_remarks_are_kept_apart(bridges):
    """Results go to standard output, everything else to standard error."""
    path = bridges / "data" / "progress.yaml"
    path.write_bytes(path.read_bytes() + b"- {")
    answer = process("list", "--format", "json", cwd=bridges)

    assert len(answer.page["items"]) == 5
    assert answer.err.startswith("data/progress.yaml:4:1: warning: the last line may be incomplete")
