"""The commands about the files themselves: `check`, `doctor`, `schema`, `init`."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from cbfa.cli import completion, options, streams
from cbfa.cli.diagnostics import error_text
from cbfa.cli.help import FILES, Command
from cbfa.cli.session import Session, print_problems
from cbfa.core.drift import silent_edits
from cbfa.core.journal import Journal
from cbfa.core.resolve import resolve_word
from cbfa.core.words import check_languages
from cbfa.errors import BadData, NoAccess
from cbfa.locale import N_, current
from cbfa.messages import Message, Plural
from cbfa.problems import Severity, sort_problems
from cbfa.store.doctor import Outcome, examine, repair
from cbfa.store.files import shown_path, typed_path
from cbfa.store.folder import AGENCIES, AMENDMENTS, ROADMAP
from cbfa.store.git import Revision
from cbfa.store.loading import Loaded, history_of, load
from cbfa.store.schemas import SCHEMAS, schema_text
from cbfa.store.skeleton import write_skeleton
from cbfa.views.clean import clean
from cbfa.views.pages.doctor import doctor_page

app = typer.Typer(rich_markup_mode=None)


@app.command(
    cls=Command,
    rich_help_panel=FILES,
    help=N_("Check the files and the references between them. Exit code 1 if there are errors."),
)
def check(
    ctx: typer.Context,
    strict: Annotated[
        bool,
        typer.Option("--strict", help=N_("Exit code 1 for warnings, too, such as a clause that is not cited.")),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar=N_("REVISION"),
            help=N_(
                "List what changed since a revision of git without an amendment: dates, leads, support, targets. "
                "Exit code 1 if anything did."
            ),
        ),
    ] = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    loaded = load(session.folder, session.now)
    if against is not None:
        _compare(session, loaded, against)
    print_problems(sort_problems(loaded.problems))
    errors = len(loaded.errors)
    warnings = len(loaded.problems) - errors
    if loaded.problems:
        session.answer(
            Message(
                "{errors}, {warnings}",
                errors=Plural("{count} error", "{count} errors", count=errors),
                warnings=Plural("{count} warning", "{count} warnings", count=warnings),
            )
        )
    elif loaded.roadmap and loaded.agencies:
        acts = len(loaded.acts.amendments) if loaded.acts else 0
        session.answer(
            Message(
                "No problems: {milestones}, {agencies}, {acts}, {entries}; all {clauses} clauses are cited.",
                acts=Plural("{count} act", "{count} acts", count=acts),
                **_counts(loaded),
            )
            if acts
            else Message(
                "No problems: {milestones}, {agencies}, {entries}; all {clauses} clauses are cited.",
                **_counts(loaded),
            )
        )
    if loaded.roadmap and loaded.roadmap.programme.is_draft:
        session.answer(Message("The programme is a draft: “adopted” is left out."))
    raise typer.Exit(1 if errors or (strict and warnings) else 0)


def _compare(session: Session, loaded: Loaded, revision: str) -> None:
    """Print what changed since a revision without an amendment, and end. Raises BadData, NoAccess.

    An amended milestone that is edited no longer fits its act, which is an error of `check`, and no reason to compare nothing. Errors are
    printed where nothing else is.
    """
    history = loaded.history
    if history is None:
        raise BadData(loaded.errors)
    earlier = Revision(session.folder.path, revision)
    contents = {name: raw for name in (ROADMAP, AGENCIES, AMENDMENTS) if (raw := earlier.read(name)) is not None}
    if ROADMAP not in contents:
        raise NoAccess(
            Message("{file} is not there at “{word}”", file=ROADMAP, word=revision),
            Message("name a later revision: git log --oneline lists them"),
        )
    before = history_of(contents, lambda name: f"{revision}:{name}")
    acts = loaded.acts.amendments if loaded.acts else ()
    found = [loaded.located(one) for one in silent_edits(before, history, acts)]
    print_problems(sort_problems(found or loaded.errors))
    if found:
        count = Plural("{count} difference", "{count} differences", count=len(found))
        session.answer(Message("{count} since {revision} without an amendment", count=count, revision=revision))
    elif before.adopted.programme.is_draft:
        session.answer(Message("At {revision} the programme was a draft, which may change freely.", revision=revision))
    else:
        session.answer(Message("Since {revision} nothing has changed without an amendment.", revision=revision))
    raise typer.Exit(1 if found or loaded.errors else 0)


def _counts(loaded: Loaded) -> dict[str, Any]:
    """Return the figures of the summary by their names in it."""
    if loaded.roadmap is None or loaded.agencies is None:
        return {}
    return {
        "milestones": Plural("{count} milestone", "{count} milestones", count=len(list(loaded.roadmap.milestones()))),
        "agencies": Plural("{count} agency", "{count} agencies", count=len(loaded.agencies.agencies)),
        "entries": _entries(loaded.journal),
        "clauses": len(loaded.roadmap.programme.clauses()),
    }


def _entries(journal: Journal) -> Message:
    """Count the entries as `log` does, and what was taken back apart."""
    counting = len(list(journal.counting()))
    entries = Plural("{count} entry", "{count} entries", count=counting)
    taken_back = len(journal.by_id) - counting - len(journal.retractions())
    return Message("{entries} ({number} taken back)", entries=entries, number=taken_back) if taken_back else entries


@app.command(
    cls=Command,
    rich_help_panel=FILES,
    help=N_(
        "Check the whole data folder: permissions, lock, incomplete lines, copies, conflict markers. Exit code 1 "
        "if anything needs to be done."
    ),
)
def doctor(
    ctx: typer.Context,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=N_(
                "Repair whatever can be repaired without losing anything. What is removed is kept in the folder kept/."
            ),
        ),
    ] = False,
    form: options.Form = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    outcome = repair(session.folder) if fix else Outcome([], examine(session.folder), [])
    for error in outcome.failed:
        streams.complain(error_text(error))
    path = shown_path(session.folder.own_journal.parent)
    session.show(doctor_page(path, outcome.done, outcome.left), done=bool(outcome.done))
    if outcome.failed:
        raise typer.Exit(NoAccess.exit_code)
    raise typer.Exit(1 if any(problem.severity is Severity.ERROR for problem in outcome.left) else 0)


@app.command(
    cls=Command,
    rich_help_panel=FILES,
    help=N_("Print the JSON Schema of a file, for editors that complete and check it."),
)
def schema(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="roadmap|agencies|amendments|progress",
            help=N_("One of the four files."),
            autocompletion=completion.schemas,
            show_default=False,
        ),
    ],
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    name = resolve_word(file, SCHEMAS, {}, Message("unknown file “{word}”", word=file))
    streams.answer_in_utf8()
    streams.answer(schema_text(name))


@app.command(
    cls=Command,
    rich_help_panel=FILES,
    help=N_(
        "Create a new programme: four files with explanations that pass cbfa check. Existing files are never replaced."
    ),
)
def init(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar=N_("FOLDER"), help=N_("A new folder, or one without these files."), show_default=False),
    ],
    languages: Annotated[
        str | None,
        typer.Option(
            "--languages",
            metavar="vi,en",
            help=N_("The languages of the programme's texts, its own first. Default: the language of the screen."),
        ),
    ] = None,
    data: options.Data = None,
    no_color: options.NoColor = False,
    lang: options.Lang = None,
) -> None:
    session = Session.start(ctx)
    screen = current().code
    named = [one for one in re.split(r"[\s,;]+", languages or "") if one] or [screen]
    check_languages(named)
    for path in write_skeleton(folder, named, screen, session.now.year):
        streams.answer(clean(str(path)) + "\n")
    session.say(
        Message(
            "Now edit {path} to describe your programme, then run: cbfa check --data {folder}",
            path=folder / "data" / "roadmap.yaml",
            folder=typed_path(folder),
        )
    )
