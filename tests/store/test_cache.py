"""The cache: whatever happens to the files and to itself, it changes no answer."""

from __future__ import annotations

import os
import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cbfa.core.journal import Journal
from cbfa.store import cache as cache_module
from cbfa.store.cache import NO_CACHE, Cache, find_cache
from cbfa.store.folder import Folder
from cbfa.store.journal_append import append
from cbfa.store.journal_lines import line_of
from cbfa.store.loading import Loaded, load
from tests.cli.running import FILES, TINY
from tests.strategies import entry, retraction

KEYS = ["stone-bridge", "rope-bridges", "inspection@2011", "inspection@2012"]
NOTES = ["Đã họp.", "Chưa họp", "\x1b[2J", "\x9e\u0301", '"key":"stone-bridge"', "x\n- {"]
IN_PLACE = [
    (b"bridge", b"bridgE"),
    (b"2012", b"2013"),
    (b"progress", b"dropped "),
    (b"SoDay", b"SoCau"),
    (b'"', b"'"),
    (b"e", b"\xff"),
]
TIMES = [0, 1_000_000_000, 1_800_000_000]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache that nothing has been kept in."""
    return Cache(tmp_path / "kept")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with the tiny programme, and a journal in which everything is in order."""
    return laid_out(tmp_path / "data")


def laid_out(path: Path) -> Folder:
    """The tiny programme in a folder."""
    path.mkdir()
    for name in FILES:
        shutil.copy(TINY / name, path / name)
    (path / "progress.yaml").write_bytes(line_of(entry("e-1", "2012-03-01", "rope-bridges", count=1)).encode())
    return Folder(path, path / "progress.yaml")


def answer(loaded: Loaded) -> tuple[Any, ...]:
    """Everything that a command can see of what was loaded."""
    told = [(str(one.place), str(one.message), str(one.mend), one.severity) for one in loaded.problems]
    about = [loaded.journal_about(key).by_key().get(key, []) for key in KEYS]
    return loaded.roadmap, loaded.agencies, loaded.journal, told, about


def assert_same(folder: Folder, cache: Cache) -> None:
    """The files give the same answer with the cache as without it, twice."""
    expected = answer(load(folder))
    known = expected[2].by_key()

    assert expected[-1] == [known.get(key, []) for key in KEYS]
    assert answer(load(folder, cache)) == expected
    assert answer(load(folder, cache)) == expected


class Change:
    """The things that can happen between two runs."""

    def __init__(self, folder: Folder, cache: Cache, chance: random.Random) -> None:
        self.folder, self.cache, self.chance = folder, cache, chance
        self.number = 0

    def record(self) -> None:
        """An officer marks, by the way that keeps the cache up to date."""
        loaded = load(self.folder, self.cache)
        self.number += 1
        key, event = self.chance.choice(KEYS), self.chance.choice(["progress", "suspended", "reopened"])
        on = self.chance.choice(["2011-05-01", "2012-05-01", "2030-01-01"])
        new = entry(
            f"n-{self.number}", on, key, event, note=self.chance.choice(NOTES), recorded="2013-01-01T12:00:00+07:00"
        )
        loaded.append(new, loaded.journal_about(key))

    def record_meanwhile(self) -> None:
        """Another marks between the first one's look and its mark."""
        loaded = load(self.folder, self.cache)
        self.number += 1
        append(
            self.folder.own_journal, [entry(f"m-{self.number}", "2012-01-01", self.chance.choice(["nothing", *KEYS]))]
        )
        new = entry(f"n-{self.number}", "2012-01-01", "stone-bridge")
        loaded.append(new, loaded.journal_about("stone-bridge"))

    def take_back(self) -> None:
        """A retraction, of an entry that may be there."""
        loaded = load(self.folder, self.cache)
        self.number += 1
        taken = self.chance.choice([*loaded.journal.by_id, "nothing"])
        key = getattr(loaded.journal.by_id.get(taken), "key", KEYS[0])
        loaded.append(retraction(f"r-{self.number}", taken), loaded.journal_about(key))

    def edit(self) -> None:
        """An editor changes bytes in place: the size stays, and the time is set back to what it was."""
        path = self.folder.path / self.chance.choice(FILES)
        old, new = self.chance.choice(IN_PLACE)
        raw, status = path.read_bytes(), path.stat()
        places = [start for start in range(len(raw)) if raw.startswith(old, start)]
        if places and len(old) == len(new):
            start = self.chance.choice(places)
            path.write_bytes(raw[:start] + new + raw[start + len(old) :])
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def undo_edits(self) -> None:
        """What was there comes back."""
        for name in FILES[:2]:
            shutil.copy(TINY / name, self.folder.path / name)

    def drop_a_line(self) -> None:
        """A line of the journal is lost."""
        lines = self.folder.own_journal.read_bytes().split(b"\n")
        del lines[self.chance.randrange(len(lines))]
        self.folder.own_journal.write_bytes(b"\n".join(lines))

    def write_by_hand(self) -> None:
        """A line in another form than the program's."""
        self.number += 1
        line = line_of(entry(f"h-{self.number}", "2012-01-01", self.chance.choice(KEYS)))
        with self.folder.own_journal.open("ab") as file:
            file.write(line.replace(":", ": ", 4).encode())

    def set_the_clock(self) -> None:
        """The clock goes back, or forth: for the files and for what is kept."""
        for path in [*self.folder.path.iterdir(), *self.kept()]:
            time = self.chance.choice(TIMES)
            os.utime(path, (time, time))

    def damage(self) -> None:
        """Bytes of the cache change."""
        for path in self.kept():
            raw = bytearray(path.read_bytes())
            if raw:
                raw[self.chance.randrange(len(raw))] = self.chance.randrange(256)
                path.write_bytes(raw[: self.chance.choice([len(raw), len(raw) // 2])])

    def swap(self) -> None:
        """What was kept of one programme stands under the name of another."""
        kept = self.kept()
        if len(kept) > 1:
            one, other = self.chance.sample(kept, 2)
            one.write_bytes(other.read_bytes())

    def throw_away(self) -> None:
        """The cache goes."""
        shutil.rmtree(self.cache.folder, ignore_errors=True)

    def kept(self) -> list[Path]:
        """Every file of the cache."""
        return sorted(self.cache.folder.glob("*")) if self.cache.folder else []


CHANGES = [name for name, its in vars(Change).items() if callable(its) and not name.startswith("_") and name != "kept"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=8), st.integers(0, 1 << 32))
def test_whatever_changes_the_answer_is_that_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], seed: int
):
    """Edits of the same size and time, marks at once, clocks that go back, damage: with the cache and without it, the same."""
    place = tmp_path_factory.mktemp("changes")
    folder, cache = laid_out(place / "data"), Cache(place / "kept")
    change = Change(folder, cache, random.Random(seed))
    assert_same(folder, cache)
    for name in names:
        getattr(change, name)()
        assert_same(folder, cache)


def test_what_is_in_order_is_neither_checked_nor_read_again(
    folder: Folder, cache: Cache, monkeypatch: pytest.MonkeyPatch
):
    """The second time neither YAML nor a check is met, and of the journal one occurrence's lines at most."""
    first = load(folder, cache)
    monkeypatch.setattr("cbfa.store.programme_files.read_programme", None)
    monkeypatch.setattr("cbfa.core.checks.check_journal", None)
    monkeypatch.setattr("cbfa.store.loading.parse_journal", None)
    second = load(folder, cache)

    assert (second.roadmap, second.agencies) == (first.roadmap, first.agencies)
    assert second.in_order
    assert second.journal_about("rope-bridges") == Journal.of([entry("e-1", "2012-03-01", "rope-bridges", count=1)])
    assert second.journal_about("stone-bridge") == Journal()


def test_an_own_mark_stays_known_as_in_order(folder: Folder, cache: Cache):
    """An officer who marks pays for one line, not for the whole journal: again and again."""
    for number in range(3):
        loaded = load(folder, cache)
        loaded.append(entry(f"n-{number}", "2012-05-01", "stone-bridge"), loaded.journal_about("stone-bridge"))

        assert cache.has_journals(load(folder).contents)


def test_what_was_written_meanwhile_is_checked(folder: Folder, cache: Cache):
    """The other's line may be wrong, whatever is known of the journal before it."""
    loaded = load(folder, cache)
    append(folder.own_journal, [entry("other", "2012-05-01", "no-such-bridge")])
    loaded.append(entry("own", "2012-05-01", "stone-bridge"), loaded.journal_about("stone-bridge"))

    assert not cache.has_journals(load(folder).contents)
    assert len(load(folder, cache).errors) == 1


@pytest.mark.parametrize(
    "line",
    [
        line_of(entry("wrong", "2012-05-01", "no-such-bridge")),
        line_of(entry("warned", "2012-05-01", "stone-bridge", by="SoNhaNuoc")),
        line_of(entry("early", "2013-05-01", "stone-bridge", recorded="2012-01-01T12:00:00+07:00")),
        line_of(entry("by-hand", "2012-05-01", "stone-bridge")).replace(":", ": "),
        line_of(entry("torn", "2012-05-01", "stone-bridge")).rstrip("\n"),
        line_of(entry("e-1", "2012-05-01", "stone-bridge")),
        line_of(retraction("r", "nothing")),
        "nonsense\n",
    ],
)
def test_a_journal_with_anything_to_tell_is_read_each_time(folder: Folder, cache: Cache, line: str):
    """A problem, a warning, or a line that only care can read: nothing is remembered, so nothing is passed over."""
    with folder.own_journal.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line)

    assert answer(load(folder, cache)) == answer(load(folder))
    assert not cache.has_journals(load(folder).contents)


def test_a_programme_with_anything_to_tell_is_read_each_time(folder: Folder, cache: Cache):
    """Even one warning is told every time."""
    path = folder.path / "roadmap.yaml"
    path.write_bytes(path.read_bytes().replace(b"id: rope-bridges", b"id: rope_bridges"))

    assert load(folder, cache).errors
    assert list(Path(cache.folder or "").glob("*")) == []


def test_a_cache_damaged_at_any_byte_is_none(folder: Folder, cache: Cache):
    """One byte changed anywhere in what is kept: it counts as nothing kept, and is made anew."""
    load(folder, cache)
    (kept,) = Path(cache.folder or "").glob("*.json")
    whole = kept.read_bytes()
    contents = load(folder).contents
    for place in range(len(whole)):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])

        assert cache.programme(contents) is None
    for length in range(len(whole)):
        kept.write_bytes(whole[:length])

        assert cache.programme(contents) is None
    load(folder, cache)

    assert kept.read_bytes() == whole


def test_another_programme_of_ours_finds_nothing(folder: Folder, cache: Cache, monkeypatch: pytest.MonkeyPatch):
    """What one version found in order, another may find wrong."""
    load(folder, cache)
    monkeypatch.setattr(cache_module, "_program", lambda: "another")

    assert cache.programme(load(folder).contents) is None


def test_a_cache_that_can_be_neither_read_nor_written_is_none(folder: Folder, tmp_path: Path):
    """A file in the place of the folder, or of what is kept: everything works without."""
    (tmp_path / "file").write_text("")
    nowhere = Cache(tmp_path / "file")
    blocked = Cache(tmp_path / "blocked")
    (tmp_path / "blocked" / f"cbfa-{load(folder).contents.programme_digest}.json").mkdir(parents=True)

    assert answer(load(folder, nowhere)) == answer(load(folder, blocked)) == answer(load(folder))


def test_two_at_once_keep_the_same(folder: Folder, cache: Cache):
    """Many who read and mark at the same time neither hinder nor mislead each other."""

    def officer(number: int) -> None:
        for time in range(4):
            loaded = load(folder, cache)
            loaded.append(entry(f"{number}-{time}", "2012-05-01", "stone-bridge"), loaded.journal_about("stone-bridge"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(officer, range(8)))
    assert_same(folder, cache)

    assert len(load(folder, cache).journal) == 33
    assert [path for path in Path(cache.folder or "").iterdir() if path.suffix not in (".json", ".journals")] == []


def test_little_is_kept(folder: Folder, cache: Cache):
    """Twenty files at most, the newest: a cache that grows for ever is a leak."""
    path = folder.path / "agencies.yaml"
    for number in range(15):
        path.write_bytes(path.read_bytes() + b"# changed\n")
        os.utime(path, (number, number))
        load(folder, cache)

    assert len(list(Path(cache.folder or "").iterdir())) == 20
    assert cache.programme(load(folder).contents) is not None


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of Unix")
def test_what_others_keep_in_the_same_folder_is_not_touched(folder: Folder, cache: Cache):
    """Whoever names a folder of their own loses nothing in it, however much is kept there."""
    assert cache.folder
    cache.folder.mkdir()
    theirs = {cache.folder / f"thesis-{number}.txt": b"mine" for number in range(30)}
    for path, raw in theirs.items():
        path.write_bytes(raw)
        os.utime(path, (0, 0))
    for number in range(30):
        append(folder.own_journal, [entry(f"more-{number}", "2012-04-01", "rope-bridges")])
        (folder.path / "agencies.yaml").write_bytes((folder.path / "agencies.yaml").read_bytes() + b"# once more\n")
        load(folder, cache)

    assert {path: path.read_bytes() for path in theirs} == theirs
    assert len(list(cache.folder.iterdir())) <= 30 + 20


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_into_which_others_may_write_is_no_cache(folder: Folder, cache: Cache, mode: int):
    """They could put there what was never in order, with its checksum. What is there is not read, and nothing is put there."""
    assert cache.folder
    load(folder, cache)
    kept = sorted(cache.folder.iterdir())
    cache.folder.chmod(mode)

    assert cache.programme(load(folder).contents) is None

    (folder.path / "agencies.yaml").write_bytes((folder.path / "agencies.yaml").read_bytes() + b"# once more\n")
    load(folder, cache)

    assert sorted(cache.folder.iterdir()) == kept


def test_only_its_owner_may_look_into_it(folder: Folder, cache: Cache):
    """A programme that is not public does not become so by being remembered."""
    load(folder, cache)

    assert cache.folder
    assert cache.folder.stat().st_mode & 0o777 == 0o700


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`CBFA_CACHE` names a folder or turns it off; else it lies where the system keeps such things."""
    assert find_cache({"CBFA_CACHE": "somewhere"}) == Cache(Path("somewhere"))
    assert find_cache({"CBFA_CACHE": "~/somewhere"}) == Cache(Path("~/somewhere").expanduser())
    assert find_cache({"CBFA_CACHE": "OFF"}) == NO_CACHE
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

        assert find_cache({}) == Cache(tmp_path / "cbfa")
    assert find_cache({}).folder is not None
