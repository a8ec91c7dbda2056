"""Find the folder of a programme's files."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.store.files import access_error, shown_path, typed_path
from cbfa.store.journal.store import FileJournal

ROADMAP, AGENCIES, AMENDMENTS, PROGRESS = "roadmap.yaml", "agencies.yaml", "amendments.yaml", "progress.yaml"


class Folder(NamedTuple):
    """The folder of a programme's files, and the journal to which entries are appended.

    Usually that journal is in the folder. The programme packed inside an installed cbfa is read-only: its journal is read together with
    the user's own.
    """

    path: Path
    own_journal: Path

    @property
    def is_packed(self) -> bool:
        """True if the journal is kept elsewhere than the roadmap and the agencies."""
        return self.own_journal.parent != self.path

    def open_journal(self) -> FileJournal:
        """Return the journal of the folder. Reads nothing yet."""
        return FileJournal(self.own_journal, self.path / PROGRESS if self.is_packed else None)


def find_folder(wish: str | None, environment: Mapping[str, str], here: Path) -> Folder:
    """Return the wish, else `CBFA_DATA`, else the nearest `data/roadmap.yaml` upwards, else the packed programme. Raises NoAccess."""
    for word in (wish, environment.get("CBFA_DATA")):
        if word:
            return _named(Path(word))
    with suppress(OSError):  # the working folder may have been deleted
        here = here.resolve(strict=True)
    for parent in (here, *here.parents):
        if _is_file(parent / "data" / ROADMAP):
            return Folder(parent / "data", parent / "data" / PROGRESS)
    return packed_folder()


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file()
    return False


def _named(path: Path) -> Folder:
    if _is_file(path):
        raise NoAccess(
            Message("{path} is a file, not a folder", path=shown_path(path)),
            Message("name the folder in which it is: {path}", path=typed_path(path.parent)),
        )
    path = path / "data" if not _is_file(path / ROADMAP) and _is_file(path / "data" / ROADMAP) else path
    try:
        (path / ROADMAP).stat()
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            message = Message("cannot read {path}: {reason}", path=shown_path(path), reason=error.strerror or error)
            raise access_error(message, error) from error
    if not _is_file(path / ROADMAP):
        raise NoAccess(
            Message("{path} has no {file}", path=shown_path(path), file=ROADMAP),
            Message("name the folder that has it, or create a new programme: cbfa init {path}", path=typed_path(path)),
        )
    return Folder(path, path / PROGRESS)


def packed_folder() -> Folder:
    """Return the programme of the installed package, with the journal in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - heavy, and needed only away from any data folder

    package = Path(__file__).parents[1]
    packed = package / "programme"
    return Folder(
        packed if packed.is_dir() else package.parent / "data",
        user_data_path("cbfa", appauthor=False) / PROGRESS,
    )
