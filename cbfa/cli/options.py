"""The options that several commands share, each described once."""

from __future__ import annotations

from typing import Annotated

import typer

from cbfa.cli import completion
from cbfa.core.model import LONGEST_TEXT
from cbfa.core.text import nfc
from cbfa.errors import Invalid
from cbfa.locale import N_
from cbfa.messages import Message
from cbfa.views.formats import FORMATS

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=N_(
            "Ask about the end of this day: 2012-12-31, 31/12/2012; 2012-06 and 2012 mean their last day. Today if left out."
        ),
    ),
]
KnownBy = Annotated[
    str | None,
    typer.Option("--known-by", metavar="DATE", help=N_("Count only what had been recorded by the end of this day.")),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="vi|en", help=N_("The language to answer in."), autocompletion=completion.languages),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        help=N_("The output format. Left out: a table on a terminal, plain text elsewhere."),
        autocompletion=completion.forms,
    ),
]
Data = Annotated[str | None, typer.Option("--data", metavar="FOLDER", help=N_("The folder of the programme's files."))]
NoColor = Annotated[bool, typer.Option("--no-color", help=N_("No colours, even on a terminal."))]

AgencyOption = Annotated[
    str | None,
    typer.Option(
        "--agency",
        metavar="AGENCY",
        help=N_("An agency by id, code or name, with or without diacritics: SoNgoaiVu, SNgV, “sở ngoại vụ”."),
        autocompletion=completion.agencies,
    ),
]
YearOption = Annotated[
    int | None, typer.Option("--year", metavar="YEAR", help=N_("Only what can be done in this year."))
]
WorkstreamOption = Annotated[
    str | None,
    typer.Option(
        "--workstream",
        metavar="WORKSTREAM",
        help=N_("A workstream by id, number (III.2) or name."),
        autocompletion=completion.workstreams,
    ),
]
StateOption = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help=N_(
            "not-started, in-progress, done, suspended, dropped; or upcoming, within-deadline, due-soon, overdue, no-deadline, "
            "unfinished-at-end, on-time, late."
        ),
        autocompletion=completion.states,
    ),
]
RoleOption = Annotated[
    str | None,
    typer.Option(
        "--role", metavar="lead|support", help=N_("With --agency: only what it leads, or only what it supports.")
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Answer every question with yes."))]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("What happened, in your words."))]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="AGENCY", help=N_("The agency that reports it."), autocompletion=completion.agencies),
]

KEY_HELP = N_("A milestone's id or a unique beginning of it; where it recurs, with its year: ingo-donors@2014.")
Key = Annotated[str, typer.Argument(metavar="KEY", help=KEY_HELP, autocompletion=completion.keys, show_default=False)]


def written(words: str | None, option: str) -> str | None:
    """What a person wrote behind an option, composed. Empty words are nothing; what cannot be stored is refused, not changed."""
    if words is None or not words.strip():
        return None
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise Invalid(Message("{option} is not UTF-8", option=option), Message("look at the encoding of your terminal"))
    if len(words) > LONGEST_TEXT:
        fix = Message("put it into a document, and name that")
        raise Invalid(
            Message("{option} is too long: {most} characters are the most", option=option, most=LONGEST_TEXT), fix
        )
    return nfc(words)
