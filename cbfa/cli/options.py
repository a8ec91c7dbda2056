"""The options and arguments that several commands share."""

from decimal import Decimal
from typing import Annotated

import typer

from cbfa.cli import completion
from cbfa.core.decimals import parse_number
from cbfa.core.resolve import suggest
from cbfa.core.text import tidied
from cbfa.core.words import MAX_TEXT
from cbfa.errors import Invalid
from cbfa.locale import LANGUAGES, N_, code_of, use
from cbfa.messages import Message
from cbfa.views.clean import REPLACEMENT, clean
from cbfa.views.formats import FORMATS

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        help=N_(
            "Show the state at the end of this day: 2012-12-31, 31/12/2012; a period means its last day: 2012-06, 2012-Q3, "
            "2012. "
            "Default: today."
        ),
    ),
]
KnownBy = Annotated[
    str | None,
    typer.Option(
        "--known-by", metavar=N_("DATE"), help=N_("Count only what had been recorded by the end of this day.")
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar=N_("original|DATE"),
        help=N_("Judge by the plan as adopted (original), or as it was on a day, instead of that in force."),
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        help=N_("The output format. Left out: a table on a terminal, plain text elsewhere."),
        autocompletion=completion.formats,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar=N_("FILE"),
        help=N_("Write a file instead; its ending decides the kind: report.csv. For text on standard output: -.csv"),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=N_("With -o: replace a file that is there without asking."))]
Data = Annotated[
    str | None, typer.Option("--data", metavar=N_("FOLDER"), help=N_("The folder with the programme's files."))
]
NoColor = Annotated[bool, typer.Option("--no-color", help=N_("Print without colours, even on a terminal."))]


def _known_language(word: str | None) -> str | None:
    code = code_of(word) if word is not None else None
    if word is not None and code is None:
        raise Invalid(Message("unknown language “{word}”", word=word), suggest(word, LANGUAGES))
    if code is not None and code not in LANGUAGES:
        use(code)  # the words of the program in English, the texts of the programme in this language
    return word


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="vi|en|…",
        help=N_("The language of the output: vi, en, or another one of the programme for its texts."),
        autocompletion=completion.languages,
        callback=_known_language,
        is_eager=True,
    ),
]
"""Checked here; `main` has chosen vi or en before, so that every error is in it."""

AgencyWords = Annotated[
    list[str] | None,
    typer.Option(
        "--agency",
        metavar=N_("AGENCY"),
        help=N_(
            'An agency by id, code or name, with or without diacritics: SoNgoaiVu, SNgV, "sở ngoại vụ"; may be repeated.'
        ),
        autocompletion=completion.agencies,
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year",
        metavar=N_("YEAR"),
        help=N_("Only occurrences whose period includes this year, and what is overdue from before."),
    ),
]
WorkstreamWords = Annotated[
    list[str] | None,
    typer.Option(
        "--workstream",
        metavar=N_("WORKSTREAM"),
        help=N_("A workstream by id, number (III.2) or name; may be repeated."),
        autocompletion=completion.workstreams,
    ),
]
StateWords = Annotated[
    list[str] | None,
    typer.Option(
        "--state",
        metavar=N_("STATE"),
        help=N_(
            "not-started, in-progress, done, suspended, dropped; or not-yet-open, within-deadline, due-soon, overdue, no-deadline, "
            "unfinished-at-end, on-time, late, due-today; or no-entry. May be repeated."
        ),
        autocompletion=completion.states,
    ),
]
RoleWord = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="lead|support|member",
        help=N_("With --agency: only what it leads, what it supports, or what a group does of which it is a member."),
        autocompletion=completion.roles,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Answer yes to every question."))]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("What happened, in your words."))]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar=N_("AGENCY"), help=N_("The agency that reports it."), autocompletion=completion.agencies
    ),
]
KEY_HELP = N_(
    "A milestone's id, a unique beginning of it, or its whole title; with the year if it recurs: ingo-donors@2014."
)
KEY_OR_WORDS_HELP = N_(
    "A milestone's id, a unique beginning of it, or words of its title; for one year of what recurs: ingo-donors@2014."
)


def read_number(word: str | None) -> Decimal | None:
    """Return the number of an option. Raises Invalid."""
    return None if word is None else parse_number(word)


def clean_text(words: str | None, option: str) -> str | None:
    """Return the text of an option, tidied; None if it is blank. Raises Invalid for what cannot be stored or shown."""
    if words is None or not words.strip():
        return None
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise Invalid(
            Message("{option} is not UTF-8", option=option), Message("set the encoding of your terminal to UTF-8")
        )
    text = tidied(words)
    harmless = clean(text)
    if len(text) > MAX_TEXT:
        message = Message("{option} is too long: the maximum is {most} characters", option=option, most=MAX_TEXT)
        raise Invalid(message, Message("put the text in a document, and cite that document"))
    for position, (character, shown) in enumerate(zip(text, harmless, strict=True), 1):
        if shown == REPLACEMENT != character:
            message = Message(
                "character {position} of {option} is U+{code}, which cannot be shown",
                position=position,
                option=option,
                code=f"{ord(character):04X}",
            )
            raise Invalid(message, Message("delete it, or type that word again"))
    return text if text.strip() else None
