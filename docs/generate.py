"""Writes what is made from the code: the command reference, the field tables, the sessions in the documents, the JSON Schemas.

`python docs/generate.py` writes what has changed and names it; with `--check` it writes nothing, and ends with 1 if anything is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import fields
import sessions

from cbfa.cli.main import build
from cbfa.exchange.tables import TABLES, VIEWS
from cbfa.store.schemas import SCHEMAS, schema_text

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
LANGUAGES = {"README.md": "en", "docs/guide.md": "en", "docs/huong-dan.md": "vi"}
"""The documents that show sessions, and the language of these."""
_FIELDS = re.compile(r"(?P<head><!-- fields: (?P<file>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)

REFERENCE = """\
# Commands

<!-- Made by `make docs` from the program's own help. Change the help in cbfa/cli/, not this file. -->

This is what `cbfa --help` and `cbfa COMMAND --help` print. [The guide](guide.md) shows the commands at work and explains
[formats and exit codes](guide.md#scripting).

{contents}

## cbfa

{top}
{commands}"""


DATABASE = """\
# The database

<!-- Made by `make docs` from cbfa/exchange/tables.py. Change the comments there, not this file. -->

`cbfa export -o programme.sqlite` writes the whole programme on a day (`--as-of`) into one SQLite file, for analysts and their tools.
It is a copy: cbfa never reads it back. The same data and dates give the same file.

- Dates are ISO texts, and both ends of a period are inclusive. 1 is yes and 0 is no.
- Texts have a column for Vietnamese and one for English, `_vi` and `_en`, empty where the programme has none. `texts` has every text
  in every language of the programme. `title` and `name` are in its own language.
- Exact numbers, such as the values of a level, are texts: nothing is rounded. `CAST(value AS REAL)` makes numbers of them.
- `occurrences` has a row for each that owes its own, such as each district; `units` has one for all of them, as totals count.
- `entries` has what counts on that day; what was taken back is in `retractions`. An entry that counts for no occurrence of the roadmap has
  no `occurrence_key`; one under an older name has the key of today.
- `occurrences` has the states that [the machine formats](guide.md#scripting) have under the same names.
- Tables are `STRICT` where SQLite can have them (3.37 and later).

```sql
{tables}
```

How many are overdue, by year of the deadline:

```sql
SELECT substr(due, 1, 4) AS year, count(*) FROM units WHERE timing = 'overdue' GROUP BY year;
```
"""


def generated() -> dict[Path, str]:
    """Every file that is made from the code, wholly or in part, with the text that it should have."""
    texts = {ROOT / "docs" / "commands.md": reference(), ROOT / "docs" / "format.md": data_format()}
    texts[ROOT / "docs" / "database.md"] = DATABASE.format(tables=(TABLES + VIEWS).strip())
    for name, language in LANGUAGES.items():
        texts[ROOT / name] = sessions.with_sessions(read(ROOT / name), DATA, language)
    for file in SCHEMAS:
        texts[DATA / "schema" / f"{file}.schema.json"] = schema_text(file)
    return texts


def reference() -> str:
    """The command reference: the help of the program and of every command."""
    names = list(build().commands)
    contents = " · ".join(f"[{command}](#cbfa-{command})" for command in names)
    commands = "".join(f"\n## cbfa {command}\n\n{_help(command)}" for command in names)
    return REFERENCE.format(contents=contents, top=_help(), commands=commands)


def _help(*command: str) -> str:
    return f"```text\n{sessions.help_text(*command)}```\n"


def data_format() -> str:
    """The description of the format, with the fields of the models."""
    tables = fields.tables()
    return _FIELDS.sub(
        lambda found: f"{found['head']}\n{tables[found['file']]}\n{found['end']}", read(ROOT / "docs" / "format.md")
    )


def read(path: Path) -> str:
    """The text of a file, with plain line ends; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stale() -> dict[Path, str]:
    """The files that are not what the code makes of them, with the text that they should have."""
    return {path: text for path, text in generated().items() if read(path) != text}


def main() -> None:
    """Writes what is stale, or only names it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if anything is stale")
    check = parser.parse_args().check
    found = stale()
    for path, text in found.items():
        sys.stdout.write(f"{'stale' if check else 'written'}: {path.relative_to(ROOT).as_posix()}\n")
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    sys.exit(1 if check and found else 0)


if __name__ == "__main__":
    main()
