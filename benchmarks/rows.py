"""The table: which programs are compared, and which ratio is the aim. A new row is one line in `rows`."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import MEMORY, ROOT, TIME, Program, Quantity, run
from benchmarks.programme import write_programme
from cbfa.exchange.outputs import OUTPUTS

PEERS = ROOT / ".venv-peers" / ("Scripts" if os.name == "nt" else "bin")
"""The commands that `make bench-peers` installs."""
_QUESTIONS = (("status",), ("overdue",), ("report", "--agency", "SoNgoaiVu"))
_START_AIM = 1.4
_SIZE_AIM = 3.0
_FILE_AIMS = {"docx": 4.0, "xlsx": 2.5, "html": 2.5, "ics": 2.0}
"""The time of a file as a multiple of that of `cbfa status`, by its ending; other kinds have no aim."""
_FILE_SIZE_AIM = 6.0
_WIDE = (1_200, 5_000)
"""Milestones and entries of the programme whose files are compared with the shipped one's."""
_NOT_WIDE = ("pdf", "png")
"""Kinds that are not compared so: LibreOffice makes the PDF, and the PNG would be too high."""
_TEXTS = ("md", "txt", "csv", "tsv", "json")
"""Kinds that a command prints, too; the rows of its answers have them."""
_COMMANDS = ("export", "report", "dashboard", "timeline")
"""The commands that write files for the rows; of those that can write a kind, the first."""
_TODOS = 40
_LEDGER = ("--seed", "42", "--date-birth", "1980-01-01", "--date-begin", "2013-01-01", "--date-end", "2015-12-31")
_QUERY = "SELECT account, sum(position) WHERE account ~ 'Expenses' GROUP BY account ORDER BY account"


@dataclass(frozen=True)
class Row:
    """Two programs to compare; without an aim there is no verdict."""

    ours: Program
    theirs: Program
    aim: float | None = None
    quantity: Quantity = TIME

    def verdict(self, ratio: float) -> str:
        """Judge a ratio by the aim."""
        if self.aim is None:
            return "–"
        return "met" if ratio <= self.aim else "missed"


def rows(folder: Path, milestones: int, entries: int) -> list[Row]:
    """Prepare the data in an empty folder; return the table. The sizes are those of the large programme."""
    shipped, large, wide = folder / "shipped", folder / "large", folder / "wide"
    shutil.copytree(ROOT / "data", shipped)
    write_programme(large, milestones, entries)
    write_programme(wide, *_WIDE)
    overdue = ("overdue", "--format", "csv")
    peers = [todoman(folder), bean_query(folder)] if PEERS.exists() else []
    return [
        *(Row(cbfa(shipped, *question), bare(), _START_AIM) for question in _QUESTIONS),
        *(Row(cbfa(shipped, *question), peer) for peer in peers for question in _QUESTIONS),
        *(Row(writing(shipped, ending), cbfa(shipped, "status"), _FILE_AIMS.get(ending)) for ending in kinds()),
        *(
            Row(writing(wide, ending), writing(shipped, ending), _FILE_SIZE_AIM)
            for ending in kinds()
            if ending not in _NOT_WIDE
        ),
        Row(cbfa(large, "status"), cbfa(shipped, "status"), _SIZE_AIM),
        Row(cbfa(large, *overdue), cbfa(shipped, *overdue), _SIZE_AIM),
        Row(cbfa(large, "mark", "task-1", "progress"), cbfa(shipped, "mark", "guangxi-mou", "progress"), _SIZE_AIM),
        *([Row(cbfa(large, *overdue), cbfa(shipped, *overdue), _SIZE_AIM, MEMORY)] if os.name != "nt" else []),
    ]


def cbfa(data: Path, *arguments: str) -> Program:
    """Return the installed command, with the programme in a folder."""
    command = str(Path(sys.executable).with_name("cbfa"))
    settings = {"CBFA_DATA": str(data), "CBFA_LANG": "en"}
    return Program(f"`cbfa {' '.join(arguments)}`, {data.name}", (command, *arguments), settings)


def kinds() -> list[str]:
    """Return the endings of the files that cbfa writes and does not print; PDF only where LibreOffice is installed."""
    return [one for one in OUTPUTS if one not in _TEXTS and (one != "pdf" or shutil.which("soffice"))]


def writing(data: Path, ending: str) -> Program:
    """Return the command that writes the programme in a folder as a file; the file is replaced in each run."""
    command = next(one for one in _COMMANDS if one in OUTPUTS[ending].commands)
    program = cbfa(data, command, "--force", "-o", str(data.with_suffix(f".{ending}")))
    return replace(program, name=f"`cbfa {command} -o x.{ending}`, {data.name}")


def bare() -> Program:
    """Return the bare Typer program."""
    return Program("bare Typer program", (sys.executable, str(Path(__file__).with_name("bare.py"))))


def todoman(folder: Path) -> Program:
    """Write a list of to-dos; return the command that prints it."""
    todos, config = folder / "todoman" / "list", folder / "todoman.py"
    todos.mkdir(parents=True)
    for number in range(_TODOS):
        text = (
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//cbfa//benchmarks//EN\nBEGIN:VTODO\n"
            f"UID:{number}\nDTSTAMP:20110101T000000Z\nSUMMARY:Invented task {number}\nDUE;VALUE=DATE:20121231\n"
            "END:VTODO\nEND:VCALENDAR\n"
        )
        (todos / f"{number}.ics").write_text(text, encoding="utf-8", newline="\r\n")
    config.write_text(f"path = {str(todos)!r}\ncache_path = {str(folder / 'todoman.sqlite3')!r}\n", encoding="utf-8")
    return Program(f"`todo list`, {_TODOS} to-dos", (str(PEERS / "todo"), "list"), {"TODOMAN_CONFIG": str(config)})


def bean_query(folder: Path) -> Program:
    """Write Beancount's example ledger; return a query of it."""
    ledger = str(folder / "example.beancount")
    run(Program("bean-example", (str(PEERS / "bean-example"), *_LEDGER, "-o", ledger)))
    return Program("`bean-query`, example ledger", (str(PEERS / "bean-query"), ledger, _QUERY))
