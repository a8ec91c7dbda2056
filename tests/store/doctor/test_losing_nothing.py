"""Whatever is wrong with a folder: looking changes nothing, and fixing loses nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cbfa.store.doctor import repair
from cbfa.store.folder import Folder
from cbfa.store.journal.lines import line_of
from tests.cli.running import FILES, TINY, contents, process
from tests.faults.processes import code_of, forked, unix
from tests.store.doctor.damage import GONE, NEW, OTHER_THIRD, Damaged
from tests.strategies import entry

_LINES = st.sampled_from(
    [
        NEW,
        OTHER_THIRD,
        GONE,
        *(line_of(entry(f"n{number}", "2012-03-01", "stone-bridge")).encode() for number in range(3)),
        NEW[:-1] + b"\r\n",
        b"\xef\xbb\xbf" + NEW,
        b"<<<<<<< HEAD\n",
        b"||||||| base\n",
        b"=======\r\n",
        b">>>>>>> office\n",
        b"# a comment\n",
        b"\n",
        b"  \r\n",
        b"no entry\n",
        b"  key: block\n",
        b"- {\xff}\n",
        b'- {"id":"x"}\n',
        b"one\rtwo\n",
    ]
)
_TAILS = st.sampled_from([b"", b"", NEW[:-1], NEW[:40], b"<<<<<<< HEAD", b"\xff", b"a\rb", b" "])
_JOURNALS = st.tuples(st.lists(_LINES, max_size=8).map(b"".join), _TAILS).map(b"".join)
_NAMES = st.sampled_from(
    [
        "progress (1).yaml",
        "progress (Lan's conflicted copy 2012-06-30).yaml",
        "progress - Sao chép.yaml",
        unicodedata.normalize("NFD", "progress - Sao chép (2).yaml"),
        "progress 2.yaml",
        "progress.yaml~",
        "progress.yaml.orig",
        "progress-MAY-LAN.yaml",
        "progress-DESKTOP-4AB9C2D.yaml",
        "progress (\x1b[31m\n).yaml" if os.name != "nt" else "progress (3).yaml",
        "progress.yaml.torn",
        "kept/progress.yaml",
        "kept/progress (1).yaml",
        "roadmap (1).yaml",
        "agencies.yaml.bak",
        ".gitattributes",
    ]
)
_TINY = {name: (TINY / name).read_bytes() for name in FILES}
_CONTENTS = _JOURNALS | st.sampled_from(
    [*_TINY.values(), b"", _TINY["progress.yaml"] + NEW, b"*.yaml text\r\n*.x -text"]
)


def _stays(old: bytes, after: list[bytes]) -> bool:
    """Whether a file is whole in another, or was cut at its last line end into a piece in place and a piece moved aside."""
    cut = old.rfind(b"\n") + 1
    pieces = [old[:cut], old[cut:].strip()]
    return any(old in raw for raw in after) or all(any(piece in raw for raw in after) for piece in pieces)


@settings(max_examples=200)
@example(b"<<<<<<< HEAD\na\rb", {"progress (1).yaml": NEW})
@given(_JOURNALS, st.dictionaries(_NAMES, _CONTENTS, max_size=4))
def test_mending_loses_nothing(journal: bytes, others: dict[str, bytes]):
    """The records that can be read only grow, and every byte of every file is still there; a second time nothing changes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        (path / "kept").mkdir(parents=True)
        data = Damaged(Folder(path, path / "progress.yaml"))
        for name, raw in {**_TINY, **others}.items():
            data.write(name, raw)
        data.add(journal)
        data.look()
        before, records = contents(path), data.records()
        treated = data.fix()
        after = list(contents(path).values())

        assert treated.failed == []
        assert records <= data.records()
        assert all(_stays(raw, after) for raw in before.values())
        for name in ("roadmap.yaml", "agencies.yaml"):
            assert (path / name).read_bytes() == before[path / name]


@unix
def test_mending_while_others_record_loses_nothing(data: Damaged):
    """Two that fix and two that record, at once, again and again: every record is there, and every copy was taken over once."""
    marks = 5

    def fix(_number: int) -> None:
        for _ in range(3):
            repair(data.folder)

    def mark(number: int) -> list[int]:
        command = ("--data", str(data.path), "mark", "stone-bridge", "progress", "--yes", "--note")
        return [process(*command, f"note {number} {time}", cwd=data.path).code for time in range(marks)]

    for number in range(20):
        data.write(f"progress ({number}).yaml", NEW.replace(b"e-3", f"c-{number}".encode()))
    data.add(b"<<<<<<< HEAD\r\n")
    children = [forked(lambda: fix(0)) for _ in range(2)]
    codes = [code_of(child) for child in children]
    for number in range(20, 40):
        data.write(f"progress ({number}).yaml", NEW.replace(b"e-3", f"c-{number}".encode()))
    children = [forked(lambda: fix(0)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        marked = [code for codes in pool.map(mark, range(2)) for code in codes]
    codes += [code_of(child) for child in children]
    times = Counter(record.id for record in data.lines())

    assert codes == [0] * 4
    assert marked == [0] * (2 * marks)
    assert all(times[f"c-{number}"] == 1 for number in range(40))
    assert sum(data.raw.count(f"note {number} {time}".encode()) for number in range(2) for time in range(marks)) == 10
    assert len(data.kept()) == 41


def test_ten_thousand_other_files_are_left_alone(data: Damaged):
    """What has nothing to do with the programme is neither reported nor touched."""
    for number in range(10_000):
        data.write(f"photo-{number}.jpg", b"")

    assert data.look() == []
    assert repair(data.folder).done == []


@pytest.mark.parametrize("name", FILES)
def test_a_folder_with_the_name_of_a_file(data: Damaged, name: str):
    """It is reported, everything else is looked at all the same, and nothing is written into it."""
    (data.path / name).unlink()
    (data.path / name).mkdir()
    shutil.copy(TINY / "roadmap.yaml", data.path / "roadmap (1).yaml")

    assert ("decide", "no-file", name) in data.findings()
    assert data.fix().failed == []
