"""Write the files of a new programme: examples with explanations, which pass every check."""

from pathlib import Path
from string import Template

from cbfa.errors import Refused
from cbfa.messages import Message
from cbfa.store.files import write_new
from cbfa.store.folder import AGENCIES, PROGRESS, ROADMAP
from cbfa.store.schemas import SCHEMAS, schema_text

TEMPLATES = Path(__file__).parent / "skeletons"


def write_skeleton(folder: Path, language: str, year: int) -> list[Path]:
    """Write `data/` with the three files and their schemas into a folder. The programme's period begins with `year`.

    Raises Refused, before anything is written, if one of the files exists; NoAccess.
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
                Message("{path} already exists; nothing was written", path=path), Message("choose another folder")
            )
    for path, text in texts.items():
        write_new(path, text.encode("utf-8"))
    return list(texts)
