"""The form of a journal's line: one record is `- {JSON}`, which every YAML tool reads too.

So a torn last line is recognised and harms no other, and two copies merge line by line. Lines in the form that `line_of` writes are read
here, in one step each; all others by `cbfa.store.journal.reader`.
"""

import json
import re
from collections.abc import Iterable
from unicodedata import is_normalized

from cbfa.core.journal import Entry, Record, Retraction
from cbfa.store.files import BOM

MAX_LINE = 256 * 1024
"""Maximum length of a line, in bytes."""
CONFLICT_MARKER = re.compile(rb"(<{7}|={7}|>{7}|\|{7})( |$)")
MERGED = "# merged from another copy: "
"""The beginning of a comment that names records which came by a merge."""
_IDS_PER_LINE = 50
_PLAIN_ID = re.compile(r"[\w.-]+")
_MAX_EXCERPT = 2000
_BOMS = re.compile(b"^(?:%b)+" % BOM)
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_TEXT = r'"[^"\\]*+(?:\\[^u][^"\\]*+)*+"'
_AS_WRITTEN = re.compile(
    rf'- \{{"id":{_TEXT},'
    rf'(?:"on":"[0-9]{{4}}(?:-(?:H[12]|Q[1-4]|[0-9]{{2}}(?:-[0-9]{{2}})?))?","key":{_TEXT},"event":"[a-z]+"(?:,"count":[0-9]+)?(?:,"value":"-?[0-9]+(?:\.[0-9]+)?")?(?:,"percent":[0-9]+)?(?:,"until":"[0-9]{{4}}(?:-(?:H[12]|Q[1-4]|[0-9]{{2}}(?:-[0-9]{{2}})?))?")?'
    rf'|"retracts":{_TEXT})'
    rf'(?:,"note":{_TEXT})?(?:,"evidence":\[{_TEXT}(?:,{_TEXT})*+\])?(?:,"by":{_TEXT})?'
    r',"recorded":"(?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?[+-][01][0-9]:[0-5][0-9]"\}\r?\n'
)
"""The form that `line_of` writes: fields once and in this order, no blanks, no numeric escapes. Older entries have no milliseconds."""


def line_of(record: Record) -> str:
    """Return the one line that holds a record, with its line end.

    Characters that YAML and JSON readers take differently are escaped: U+007F to 009F, line separators, byte-order marks, non-characters.
    """
    fields = record.model_dump(mode="json", exclude_defaults=True)
    fields["recorded"] = record.recorded.isoformat(timespec="milliseconds")
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "- " + _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def merged_lines(records: Iterable[Record]) -> str:
    """Return the comments that say of records that they came by a merge, with their line ends.

    An id that cbfa would not make may have a blank or a line end in it; it is left out.
    """
    ids = [record.id for record in records if _PLAIN_ID.fullmatch(record.id)]
    starts = range(0, len(ids), _IDS_PER_LINE)
    return "".join(f"{MERGED}{' '.join(ids[start : start + _IDS_PER_LINE])}\n" for start in starts)


def merged_ids(comment: bytes) -> list[str]:
    """Return the ids of such a comment; none of any other line."""
    text = comment.decode("utf-8", "replace")
    return text.removeprefix(MERGED).split() if text.startswith(MERGED) else []


def as_written(line: bytes) -> Record | None:
    """Read a line in the form that `line_of` writes, with pydantic's JSON parser; None for any other line.

    This takes about a tenth of the time of the careful reader, which would return the same record.
    """
    if len(line) > MAX_LINE:
        return None
    try:
        text = line.decode("utf-8")
        if _AS_WRITTEN.fullmatch(text) and (text.isascii() or is_normalized("NFC", text)):
            model: type[Record] = Retraction if b'"retracts":' in line else Entry
            return model.model_validate_json(line[2:])
    except ValueError:
        return None
    return None


def excerpt(line: bytes) -> str:
    """Return a line as a problem shows it."""
    return line[:_MAX_EXCERPT].decode("utf-8", "replace")


def bare(line: bytes) -> bytes:
    """Return a line without its end, and without byte-order marks, which come from files joined to one."""
    return _BOMS.sub(b"", line.removesuffix(b"\n").removesuffix(b"\r"))


def lines_of(raw: bytes) -> list[bytes]:
    """Split a file into its lines with their line ends; the last one may have none."""
    *complete, tail = raw.split(b"\n")
    return [*(line + b"\n" for line in complete), *([tail] if tail else [])]
