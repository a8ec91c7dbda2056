"""The timelines of a page as a Gantt chart in Mermaid, which GitHub, GitLab and many editors draw inside Markdown.

The name of a task begins with a sign: a date or a keyword of Mermaid in its place is a syntax error.
"""

import re
from datetime import date

from cbfa.core.state import Progress, Timing
from cbfa.locale import Language
from cbfa.views.clean import clean
from cbfa.views.drawing import GAP, Scale, cell_drawing, text_of
from cbfa.views.looks import TIMELINE, state_look
from cbfa.views.page import Group, Span, State, Table, TimelineRow, TimelineSign, Years, timeline_rows

MAX_LENGTH = 50_000
"""Characters of a chart that Mermaid draws (its default `maxTextSize`); a longer one is left out."""
MAX_TITLE = 80
"""Characters of a title; the table above the chart has it in full."""
_MEANS_SOMETHING = re.compile(r"[:;#%{}<>&\"\\]")
"""Characters that begin data, comments, directives, entities or tags in Mermaid."""


def gantt_text(table: Table, language: Language) -> str:
    """Write the timelines of a table as a chart; nothing if it has none, or more than Mermaid draws."""
    rows = list(timeline_rows(table))
    first = next((row.timeline for row in rows if isinstance(row, TimelineRow)), None)
    if first is None:
        return ""
    as_of = TIMELINE[TimelineSign.AS_OF]
    lines = [
        "gantt",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %m/%Y",
        "    todayMarker off",  # the reader's clock is not the as-of date
        "    inclusiveEndDates",
        f"    section {_escaped(language.text(as_of.words))}",
        f"    {_escaped(f'{as_of.sign} {language.day(first.as_of)}')} :milestone, {first.as_of.isoformat()}, 0d",
    ]
    for row in rows:
        if isinstance(row, Group):
            lines.append(f"    section {_escaped(_cut(language.text(row.title)))}")
        else:
            title = _cut(text_of(cell_drawing(row.title, language, Scale())))
            lines += [f"    {_task(title, span, row.timeline.years, language)}" for span in row.timeline.spans]
    text = "\n".join(lines)
    return f"```mermaid\n{text}\n```" if len(text) <= MAX_LENGTH else ""


def _task(title: str, span: Span, years: Years, language: Language) -> str:
    """Write an occurrence: its sign, title and state in words, then its tag and its first and last day."""
    look, window = state_look(span.state), span.window
    period = f" ({window.period})" if window.period else ""
    first = window.start or date(years.first, 1, 1)
    last = window.due or span.done_on or date(years.last, 12, 31)
    days = f"{first.isoformat()}, {max(first, last).isoformat()}"
    return f"{_escaped(f'{look.sign} {title}{period}{GAP}{language.text(look.words)}')} :{_tag(span.state)}{days}"


def _tag(state: State) -> str:
    if state.timing is Timing.OVERDUE:
        return "crit, "
    return {Progress.DONE: "done, ", Progress.IN_PROGRESS: "active, "}.get(state.progress, "")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    """Return a text in which nothing means anything to Mermaid. It knows characters by their numbers: #58; is a colon."""
    return _MEANS_SOMETHING.sub(lambda found: f"#{ord(found[0])};", clean(text))
