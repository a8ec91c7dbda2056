"""The files themselves: `check`, `schema`, `init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cbfa.cli import streams
from cbfa.cli.reading import acting
from cbfa.cli.session import Session, print_problems
from cbfa.core.agencies import Agencies
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Roadmap
from cbfa.errors import BadData, Invalid
from cbfa.locale import N_, current, text
from cbfa.messages import Message, Plural
from cbfa.problems import Severity
from cbfa.store.loading import load
from cbfa.store.paths import typed_path
from cbfa.views.clean import clean

app = typer.Typer(rich_markup_mode=None)


@app.command(help=N_("Check the three files and everything between them. Exit code 1 if something is wrong."))
@acting
def check(session: Session) -> None:
    loaded = load(session.folder)
    print_problems(BadData(loaded.problems).problems)
    errors, warnings = len(loaded.errors), len(loaded.problems) - len(loaded.errors)
    counts = [
        text(Plural("{count} error", "{count} errors", count=errors)),
        text(Plural("{count} warning", "{count} warnings", count=warnings)),
    ]
    if loaded.problems:
        streams.answer(", ".join(counts) + "\n")
    elif loaded.roadmap and loaded.agencies:
        streams.answer(text(_all_is_well(loaded.roadmap, loaded.agencies, loaded.journal)) + "\n")
    session.exit_code = 1 if any(problem.severity is Severity.ERROR for problem in loaded.problems) else 0


def _all_is_well(roadmap: Roadmap, agencies: Agencies, journal: Journal) -> Message:
    return Message(
        "All is well: {milestones}, {agencies}, {records}; every one of {clauses} clauses is cited.",
        milestones=Plural("{count} milestone", "{count} milestones", count=len(list(roadmap.milestones()))),
        agencies=Plural("{count} agency", "{count} agencies", count=len(agencies.agencies)),
        records=Plural("{count} record", "{count} records", count=len(journal)),
        clauses=len(roadmap.programme.clauses()),
    )


@app.command(help=N_("Print the JSON Schema of a file, by which an editor completes and checks it."))
@acting
def schema(
    session: Session,  # noqa: ARG001 - every command is told the language
    file: Annotated[
        str,
        typer.Argument(metavar="roadmap|agencies|progress", help=N_("Which of the three files."), show_default=False),
    ],
) -> None:
    from cbfa.store.schemas import SCHEMAS, schema_text  # noqa: PLC0415

    if file not in SCHEMAS:
        raise Invalid(
            Message("there is no file “{word}”", word=file), Message("choose one: {names}", names=", ".join(SCHEMAS))
        )
    streams.answer(schema_text(file))


@app.command(
    help=N_(
        "Make a new programme: three files with explanations, which pass cbfa check. Nothing that is there is replaced."
    )
)
@acting
def init(
    session: Session,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=N_("A new folder, or one without these files."), show_default=False)
    ],
) -> None:
    from cbfa.store.skeleton import write_skeleton  # noqa: PLC0415

    for path in write_skeleton(folder, current().code, session.today.year):
        streams.answer(clean(str(path)) + "\n")
    session.say(
        text(
            Message(
                "Now read {path} and write your programme; then: cbfa check --data {folder}",
                path=folder / "data" / "roadmap.yaml",
                folder=typed_path(folder),
            )
        )
    )
