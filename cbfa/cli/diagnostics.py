"""Print problems: place, sentence, the line with a caret, and the fix."""

from collections.abc import Iterable

from cbfa.errors import BadData, UserError
from cbfa.locale import _, text
from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Severity
from cbfa.views.clean import clean, clean_excerpt

_EXCERPT = 76
MAX_PROBLEMS = 100
"""Maximum number of problems printed. More of them have a common cause, which is among the first."""


def problem_text(problem: Problem) -> str:
    """Return `file:line:column: error: sentence`, the line with a caret, and the fix."""
    lines = [_first_line(problem, problem.message)]
    if problem.place.column and problem.place.excerpt.strip():
        excerpt, indent = _cut(problem.place.excerpt, problem.place.column)
        number = str(problem.place.line)
        lines += [f"  {number} | {excerpt}", f"  {' ' * len(number)} | {' ' * indent}^"]
    if problem.fix:
        lines.append(f"  {clean(_('fix: {fix}', fix=text(problem.fix)))}")
    return "\n".join(lines)


def _first_line(problem: Problem, message: Message) -> str:
    severity = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}[problem.severity]
    place = f"{problem.place}: " if problem.place.file else ""
    return clean(f"{place}{severity}: {text(message)}")


def brief_text(problems: Iterable[Problem]) -> list[str]:
    """Return warnings as they are printed before an answer: several of the same kind are one line."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.message.template, []).append(problem)
    return [problem_text(first) if not more else _and_more(first, len(more)) for first, *more in kinds.values()]


def _and_more(first: Problem, count: int) -> str:
    message = Plural(
        "{problem} (and {count} more like it; to list them: cbfa check)",
        "{problem} (and {count} more like it; to list them: cbfa check)",
        count=count,
        problem=first.message,
    )
    return _first_line(first, message)


def _cut(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line around a column, and the indentation of the caret below it."""
    from rich.cells import cell_len  # noqa: PLC0415 - heavy, and needed only for a problem

    start = max(0, column - 1 - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    part = line[start : start + _EXCERPT]
    before, after = "…" if start else "", "…" if start + _EXCERPT < len(line) else ""
    return f"{before}{clean_excerpt(part)}{after}", cell_len(before + clean_excerpt(line[start : column - 1]))


def error_text(error: UserError) -> str:
    """Return what is printed when a command cannot go on."""
    if isinstance(error, BadData):
        shown = [problem_text(problem) for problem in error.problems[:MAX_PROBLEMS]]
        return "\n".join([*shown, clean(text(error.message))])
    return problem_text(Problem(Place(), error.message, error.fix))
