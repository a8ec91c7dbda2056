"""Files as git has them at a revision. Besides the conversion to PDF this is the one place in cbfa that starts another program.

Git gets fixed arguments and a revision, no shell, and a time limit. `git cat-file blob` gives the bytes of a file. Unlike `git show` it
runs no filter and no text conversion that the configuration of a repository names.
"""

import os
import sys
from pathlib import Path

from cbfa.errors import NoAccess
from cbfa.messages import Message
from cbfa.store.files import MAX_BYTES, shown_path

SECONDS = 10.0
"""Time limit of one call."""
_NAME = "git.exe" if sys.platform == "win32" else "git"
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "-c", "protocol.allow=never", "--no-pager")
"""Settings that keep a repository from running anything."""
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
_REDIRECTING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF")
"""Variables that would make git look into another repository than that of the folder."""


class Revision:
    """A revision of the repository in which a folder lies."""

    def __init__(self, folder: Path, name: str) -> None:
        """Find the revision. Raises NoAccess if git is missing, the folder is in no repository, or the revision is unknown."""
        self._git, self._folder, self.name = find_git(), folder.resolve(), name
        if (answer := self._run("rev-parse", "--show-prefix")) is None:
            raise NoAccess(
                Message("git has no history of {path}", path=shown_path(folder)),
                Message(
                    "run git status there: it says why; a folder is put under git with git init, git add and git commit"
                ),
            )
        self._prefix = answer.decode("utf-8", "surrogateescape").rstrip("\n")
        commit = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if commit is None and name == "HEAD":
            raise NoAccess(
                Message(
                    "git has no commit of {path} yet, so there is nothing to compare with", path=shown_path(folder)
                ),
                Message("make one first: git add and git commit"),
            )
        if not name or commit is None:
            raise NoAccess(
                Message("git knows no revision “{word}” here", word=name),
                Message("name a commit, a tag or a branch: git log --oneline lists them"),
            )
        self._commit = commit.decode("ascii").strip()

    def read(self, file: str) -> bytes | None:
        """Return the content of a file of the folder; None if the revision lacks it. Raises NoAccess."""
        name = f"{self._commit}:{self._prefix}{file}"
        size = self._run("cat-file", "-s", name)
        if size is None or self._run("cat-file", "-t", name) != b"blob\n":
            return None
        if int(size) > MAX_BYTES:
            message = Message(
                "{file} at {name} is larger than {most} MB", file=file, name=self.name, most=MAX_BYTES >> 20
            )
            raise NoAccess(message, Message("name another revision"))
        return self._run("cat-file", "blob", name)

    def _run(self, *arguments: str) -> bytes | None:
        """Return what git prints; None if it fails. Raises NoAccess if it takes too long."""
        import subprocess  # noqa: PLC0415 - heavy, and needed here only

        environment = {name: value for name, value in os.environ.items() if name not in _REDIRECTING}
        try:
            done = subprocess.run(
                [str(self._git), *_SAFE, *arguments],
                cwd=self._folder,
                env={**environment, **_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = Message("git took longer than {seconds} seconds", seconds=round(SECONDS))
            raise NoAccess(message, Message("try again when the disk is less busy")) from error
        except (OSError, ValueError) as error:  # ValueError is a NUL in an argument
            return_reason = getattr(error, "strerror", None) or type(error).__name__
            raise NoAccess(
                Message("git cannot be run: {reason}", reason=return_reason), Message("run git status to see why")
            ) from error
        return done.stdout if done.returncode == 0 else None


def find_git() -> Path:
    """Return the path of git. Raises NoAccess.

    Relative folders of the path are left out: a program in the current folder must not run.
    """
    for folder in os.get_exec_path():
        path = Path(folder, _NAME)
        if Path(folder).is_absolute() and path.is_file() and os.access(path, os.X_OK):
            return path
    raise NoAccess(
        Message("git is not installed, and comparing with a revision needs it"),
        Message("install it from git-scm.com, or compare with a copy of the folder by hand"),
    )
