"""Problems as text: place, reason, the line with a caret, and the fix."""

from __future__ import annotations

from rich.cells import cell_len

from cbfa.errors import BadData, UserError
from cbfa.locale import _, text
from cbfa.messages import Message
from cbfa.problems import Problem, Severity
from cbfa.views.clean import clean

_EXCERPT = 76
_MOST = 100
"""So many problems are printed; a file with more has one cause, and it stands in the first."""


def problem_text(problem: Problem) -> str:
    """One problem: `file:line:column: error: sentence`, the line with a caret below, and the fix."""
    severity = _("error") if problem.severity is Severity.ERROR else _("warning")
    lines = [clean(f"{problem.place}: {severity}: {text(problem.message)}")]
    if problem.place.column and problem.place.excerpt.strip():
        excerpt, indent = _cut(problem.place.excerpt, problem.place.column)
        number = str(problem.place.line)
        lines += [f"  {number} | {excerpt}", f"  {' ' * len(number)} | {' ' * indent}^"]
    if problem.fix:
        lines.append(f"  {_fix(problem.fix)}")
    return "\n".join(lines)


def _cut(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around its column, and how far the caret is indented under it."""
    start = max(0, column - 1 - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    part = line[start : start + _EXCERPT]
    before, behind = "…" if start else "", "…" if start + _EXCERPT < len(line) else ""
    return f"{before}{clean(part)}{behind}", cell_len(before + clean(line[start : column - 1]))


def error_text(error: UserError) -> str:
    """What is printed when a command cannot go on."""
    if isinstance(error, BadData):
        shown = [problem_text(problem) for problem in error.problems[:_MOST]]
        return "\n".join([*shown, clean(text(error.message))])
    lines = [f"{_('error')}: {text(error.message)}"]
    if error.fix:
        lines.append(f"  {_fix(error.fix)}")
    return "\n".join(clean(line) for line in lines)


def _fix(fix: Message) -> str:
    return clean(_("fix: {fix}", fix=text(fix)))
