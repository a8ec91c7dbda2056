"""Makes the page for leaders of its parts: the content, the words, the drawings, a template, a style sheet and a script.

Without JavaScript it is whole, in the language of the order. The script adds filters, sorting and the other language. The page asks for
nothing from outside, and its policy lets it run nothing but its own script (Content Security Policy Level 3, by hash).
"""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from cbfa.core.snapshot import OfficialClass
from cbfa.exchange.dashboard.curve import curve_of
from cbfa.exchange.dashboard.drawing import axis_style, class_of, lane_of, scale_labels, segments
from cbfa.exchange.dashboard.labels import LABELS, SPOKEN, changed, entries, tied
from cbfa.exchange.dashboard.tags import Tags
from cbfa.exchange.dashboard.wording import Wording
from cbfa.exchange.order import Order
from cbfa.locale import LANGUAGES, Language, get_language
from cbfa.store.folder import AGENCIES, PROGRESS, ROADMAP
from cbfa.views.drawing import more_text
from cbfa.views.looks import LANGUAGE_NAMES, term
from cbfa.views.page import Percent, Ratio, Value
from cbfa.views.pages.leaders import leaders

FOLDER = Path(__file__).parent
MANY = 300
"""Occurrences from which on a browser lays out only the rows near the window."""
FILES = (ROADMAP, AGENCIES, PROGRESS)


def page_bytes(order: Order) -> bytes:
    """Return the page as UTF-8. It compares with the day in `since`; without one, with its own."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - heavy

    page = leaders(order.snapshot, order.since or order.snapshot.as_of)
    programme = order.snapshot.plan.programme
    wording = Wording(order.language, page_languages(order))
    tags = Tags(wording)
    style, script = _read("page.css") + axis_style(page.axis), _read("page.js")
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("page.html").render(
        page=page,
        language=order.language,
        labels={**LABELS, **{name: term(name, programme) for name in ("milestone", "workstream")}},
        names=LANGUAGE_NAMES,
        wording=wording,
        number=tags.number,
        said=tags.said,
        say=tags.say,
        attribute=tags.attribute,
        cell=tags.cell,
        box=tags.box,
        scale=scale_labels(page.axis),
        files=FILES,
        many=MANY,
        years=[(year, str(year)) for year in page.choices.years],
        whole=sum(one.number for one in page.pieces.whole),
        beside=any(one.number for one in page.pieces.aside),
        total=sum(one.number for one in page.pieces.all),
        largest=max((sum(one.number for one in stream.pieces.all) for stream in page.streams), default=0),
        more=lambda count: more_text(count, 0),
        tied=tied,
        changed=changed,
        entries=entries(page.entries),
        rank=list(OfficialClass).index,
        sorting=_sorting,
        class_of=class_of,
        lane_of=lane_of,
        has_originals=any(
            span.original for stream in page.streams for lane in stream.lanes for span in lane.timeline.spans
        ),
        curve_of=curve_of,
        segments=segments,
        kind_of=lambda block: type(block).__name__,
        style=style,
        script=script,
        policy=_policy(style, script),
        texts=lambda: _embedded(wording),
    )
    return text.encode("utf-8")


def page_languages(order: Order) -> list[Language]:
    """Return the languages of the page: Vietnamese and English of a programme in Vietnamese, else its own, and that of the order.

    A language without words of the program reads as English, so the first one of a programme then adds nothing to English.
    """
    own, spoken = order.language.code, order.snapshot.plan.programme.languages
    codes = spoken if own == "vi" or own in spoken else spoken[1:]
    return [get_language(code) for code in dict.fromkeys([*(LANGUAGES if "vi" in spoken else ()), *codes, own])]


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _sorting(value: Value) -> float:
    """Return the number by which a figure is sorted: a share by its fraction; what is no figure comes last."""
    match value:
        case Ratio(part, whole) | Percent(part, whole):
            return part / whole if whole else -1
        case int():
            return value
    return float("inf")


def _policy(style: str, script: str) -> str:
    """Return a policy that allows this style, this script, pictures inside the page, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {_hashed(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"


def _embedded(wording: Wording) -> str:
    """Return the texts for the script as JSON in which nothing can end the element: `<`, `>` and `&` are escaped."""
    spoken = {name: wording.number_of(message) for name, message in SPOKEN.items()}
    data = {"languages": [one.code for one in wording.languages], "texts": wording.texts, "spoken": spoken}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
