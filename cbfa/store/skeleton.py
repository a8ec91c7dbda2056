"""A new programme: three files with explanations, which pass every check and are there to be written over."""

from __future__ import annotations

from pathlib import Path
from string import Template

from cbfa.errors import Refused
from cbfa.messages import Message
from cbfa.store.folder import AGENCIES, PROGRESS, ROADMAP
from cbfa.store.schemas import SCHEMAS, schema_text
from cbfa.store.text_files import write_new

TEMPLATES = Path(__file__).parent / "skeletons"


def write_skeleton(folder: Path, language: str, year: int) -> list[Path]:
    """Writes `data/` with its three files and their schemas into a folder. The programme's period begins with `year`.

    Raises Refused where one of the files is there already, before anything is written; NoAccess.
    """
    data = folder / "data"
    texts = {
        data / name: Template((TEMPLATES / language / name).read_text(encoding="utf-8")).substitute(
            first=year, next=year + 1, last=year + 4
        )
        for name in (ROADMAP, AGENCIES, PROGRESS)
    }
    texts |= {data / "schema" / f"{file}.schema.json": schema_text(file) for file in SCHEMAS}
    for path in texts:
        if path.exists():
            raise Refused(
                Message("{path} is there already, and nothing is replaced", path=path), Message("name another folder")
            )
    for path, text in texts.items():
        write_new(path, text)
    return list(texts)
