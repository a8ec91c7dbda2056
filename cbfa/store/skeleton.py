"""Write the files of a new programme: examples with explanations, which pass every check.

There is one template for each file. In it `{vi: …, en: …}` is a text in the languages of the programme, `(vi: …, en: …)` the same in
its own language alone. `#vi …` and `#en …` are comments in the language of the screen: lines of their own, or both after a value.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from cbfa.core.words import USUAL_LANGUAGES
from cbfa.errors import Refused
from cbfa.messages import Message
from cbfa.store.files import write_new
from cbfa.store.folder import AGENCIES, AMENDMENTS, PROGRESS, ROADMAP
from cbfa.store.schemas import SCHEMAS, schema_text

TEMPLATES = Path(__file__).parent / "skeletons"
NAMES = (ROADMAP, AGENCIES, AMENDMENTS, PROGRESS)
_TEXT = re.compile(r"\{vi: (?P<vi>[^{}]+?), en: (?P<en>[^{}]+?)\}")
_QUOTE = re.compile(r"\(vi: (?P<vi>[^()]+?), en: (?P<en>[^()]+?)\)")
_COMMENT = re.compile(r"^( *)#(vi|en) (.*)\n", re.MULTILINE)
_COMMENT_AFTER = re.compile(r"#vi (?P<vi>.+) #en (?P<en>.+)$", re.MULTILINE)


def write_skeleton(folder: Path, languages: Sequence[str], screen: str, year: int) -> list[Path]:
    """Write `data/` with the four files and their schemas into a folder.

    The texts are in the languages, the comments in the language of the screen; the programme's period begins with `year`. Raises Refused,
    before anything is written, if one of the files exists; NoAccess.
    """
    data = folder / "data"
    texts = {data / name: _filled(name, languages, screen, year) for name in NAMES}
    texts |= {data / "schema" / f"{file}.schema.json": schema_text(file) for file in SCHEMAS}
    for path in texts:
        if path.exists():
            raise Refused(
                Message("{path} already exists; nothing was written", path=path), Message("choose another folder")
            )
    for path, text in texts.items():
        write_new(path, text.encode("utf-8"))
    return list(texts)


def _filled(name: str, languages: Sequence[str], screen: str, year: int) -> str:
    """Return the text of a file."""
    own, spoken = _spoken(languages[0]), _spoken(screen)
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    text = _COMMENT.sub(lambda found: f"{found[1]}# {found[3]}\n" if found[2] == spoken else "", text)
    text = _COMMENT_AFTER.sub(lambda found: f"# {found[spoken]}", text)
    text = _QUOTE.sub(lambda found: found[own], text)
    text = _TEXT.sub(lambda found: _in_languages(found.groupdict(), languages), text)
    return Template(text).substitute(
        languages=", ".join(languages),
        official=str("vi" in languages).lower(),
        first=year,
        next=year + 1,
        middle=year + 2,
        last=year + 4,
    )


def _spoken(language: str) -> str:
    """Return the language if the examples have it, else English."""
    return language if language in USUAL_LANGUAGES else "en"


def _in_languages(example: Mapping[str, str], languages: Sequence[str]) -> str:
    """Return an example as YAML: in the first language, and in each further one; an obvious blank where there is none in it."""
    own = example[_spoken(languages[0])]
    if len(languages) == 1:
        return own
    others = (f"{language}: {example.get(language, f'… {own} ({language})')}" for language in languages[1:])
    return "{" + ", ".join([f"{languages[0]}: {own}", *others]) + "}"
