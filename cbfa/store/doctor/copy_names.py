"""The names that sync programs, file managers, editors and git give to a copy of a file. Names are compared composed, in any case.

Dropbox `progress (Lan's conflicted copy 2012-06-30).yaml`; Nextcloud `progress (conflicted copy 2012-06-30 101112).yaml` and, earlier,
`progress_conflict-20120630-101112.yaml`; Google Drive, browsers and Explorer `progress (1).yaml`, `progress - Copy.yaml`,
`progress - Sao chép.yaml`, `Copy of progress.yaml`, `Bản sao của progress.yaml`; Finder `progress copy.yaml`; iCloud `progress 2.yaml`;
Syncthing `progress.sync-conflict-20120630-101112-ABCDEFG.yaml`; OneDrive `progress-DESKTOP-4AB9C2D.yaml`: the name of the computer.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from cbfa.core.text import nfc


class Origin(Enum):
    """How sure a name makes of where a copy comes from."""

    SYNC = "two machines wrote at the same time, or a file manager copied"
    BACKUP = "an editor or git left what was there before"
    PERHAPS = "OneDrive makes such names of a computer's name, others put a word in brackets; but a person may have made it too"


class CopyName(NamedTuple):
    """The file of which it is a copy, and how that came about."""

    of: str
    origin: Origin


_CONFLICT = "conflict|conflit|xung đột"
_COPY = "copy|sao chép|bản sao"
_PATTERNS = [
    (rf"{{stem}} ?\((\d+|.*({_CONFLICT}).*)\){{end}}", Origin.SYNC),
    (rf"{{stem}} ?[-–] ?({_COPY})( ?\(\d+\))?{{end}}", Origin.SYNC),
    (r"{stem} copy( \d+)?{end}", Origin.SYNC),
    (r"(copy of|bản sao của|bản sao) {stem}( ?\(\d+\))?{end}", Origin.SYNC),
    (r"{stem} \d+{end}", Origin.SYNC),
    (r"{stem}\.sync-conflict-[0-9a-z-]+{end}", Origin.SYNC),
    (r"{stem}_conflict-[0-9-]+{end}", Origin.SYNC),
    (r"{stem}-(desktop|laptop|win|pc)-[0-9a-z]{{3,}}(-\d+)?{end}", Origin.SYNC),
    (r"{stem}{end}(~|\.~\d+~|\.(bak|backup|old|orig))", Origin.BACKUP),
    (r"#{stem}{end}#", Origin.BACKUP),
    (r"{stem}_(backup|base|local|remote)_\d+{end}", Origin.BACKUP),
    (r"{stem}-[^.]+{end}", Origin.PERHAPS),
    (r"{stem} ?\(.+\){end}", Origin.PERHAPS),
]


def copy_of(name: str, file: str) -> CopyName | None:
    """What the name says of a copy of `file`, such as progress.yaml; None where it is no copy of it."""
    stem, dot, suffix = file.rpartition(".")
    for pattern, origin in _PATTERNS:
        if re.fullmatch(
            pattern.format(stem=re.escape(stem), end=re.escape(dot + suffix)), nfc(name), re.IGNORECASE | re.DOTALL
        ):
            return CopyName(file, origin)
    return None
