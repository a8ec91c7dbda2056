"""The timelines of a page as a Gantt chart in Mermaid, which GitHub, GitLab and many editors draw inside Markdown.

The name of a task begins with a sign: a date or a keyword of Mermaid in its place is a syntax error.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cbfa.core.state import Progress, Timing
from cbfa.locale import Language
from cbfa.messages import Message
from cbfa.views.axis import Axis
from cbfa.views.clean import clean
from cbfa.views.drawing import GAP, Scale, cell_drawing, text_of
from cbfa.views.looks import TIMELINE, URGENCY, state_look
from cbfa.views.page import Group, Span, State, Table, Timeline, TimelineRow, TimelineSign, timeline_rows

MAX_LENGTH = 50_000
"""Characters of a chart that Mermaid draws (its default `maxTextSize`); a longer one is left out."""
MAX_TITLE = 80
"""Characters of a title; the table above the chart has it in full."""
MAX_TASKS, MAX_TICKS = 6, 13
"""Occurrences of a milestone that have a task each; marks of an axis by months or by quarters."""
_MEANS_SOMETHING = re.compile(r"[:;#%{}<>&\"\\]")
"""Characters that begin data, comments, directives, entities or tags in Mermaid."""


def gantt_text(table: Table, language: Language) -> str:
    """Write the timelines of a table as a chart; nothing if it has none, or more than Mermaid draws."""
    rows = list(timeline_rows(table))
    axis = next((row.timeline.axis for row in rows if isinstance(row, TimelineRow)), None)
    if axis is None:
        return ""
    as_of = TIMELINE[TimelineSign.AS_OF]
    interval = next((size for size in (1, 3) if axis.months <= MAX_TICKS * size), 12)
    lines = [
        "gantt",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %m/%Y" if interval < 12 else "    axisFormat %Y",
        f"    tickInterval {interval}month",
        "    todayMarker off",  # the reader's clock is not the as-of date
        "    inclusiveEndDates",
        f"    section {_escaped(language.text(as_of.words))}",
        f"    {_escaped(f'{as_of.sign} {language.day(axis.as_of)}')} :milestone, {axis.as_of.isoformat()}, 0d",
    ]
    for row in rows:
        if isinstance(row, Group):
            lines.append(f"    section {_escaped(_cut(language.text(row.title)))}")
        else:
            title = _cut(text_of(cell_drawing(row.title, language, Scale())))
            lines += [f"    {task}" for task in _tasks(title, row.timeline, language)]
    text = "\n".join(lines)
    return f"```mermaid\n{text}\n```" if len(text) <= MAX_LENGTH else ""


def _tasks(title: str, timeline: Timeline, language: Language) -> Iterator[str]:
    """Yield a task for each occurrence of a milestone. Many are one task, with the counts of their states."""
    spans, axis = timeline.spans, timeline.axis
    if len(spans) <= MAX_TASKS:
        for span in spans:
            shown = span.window.shown
            period = f" ({language.text(Message('{period}', period=shown))})" if shown else ""
            yield _task(f"{title}{period}{GAP}{language.text(state_look(span.state).words)}", span.state, [span], axis)
            if span.original:
                look = TIMELINE[TimelineSign.ORIGINAL]
                name = f"{look.sign} {title}{period}{GAP}{language.text(look.words)}"
                yield f"{_escaped(name)} :milestone, {span.original.isoformat()}, 0d"
        return
    looks = Counter(state_look(span.state) for span in spans)
    ordered = sorted(looks, key=lambda look: URGENCY.index(look.sign))
    counts = ", ".join(f"{language.text(look.words)} {language.number(looks[look])}" for look in ordered)
    state = min((span.state for span in spans), key=lambda state: URGENCY.index(state_look(state).sign))
    yield _task(f"{title}{GAP}{counts}", state, spans, axis)


def _task(name: str, state: State, spans: Sequence[Span], axis: Axis) -> str:
    """Write a task: the sign of its state, its name, then its tag and its first and last day."""
    first = spans[0].window.start or axis.first
    last = spans[-1].window.due or spans[-1].done_on or axis.last
    days = f"{first.isoformat()}, {max(first, last).isoformat()}"
    return f"{_escaped(f'{state_look(state).sign} {name}')} :{_tag(state)}{days}"


def _tag(state: State) -> str:
    if state.timing is Timing.OVERDUE:
        return "crit, "
    return {Progress.DONE: "done, ", Progress.IN_PROGRESS: "active, "}.get(state.progress, "")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    """Return a text in which nothing means anything to Mermaid. It knows characters by their numbers: #58; is a colon."""
    return _MEANS_SOMETHING.sub(lambda found: f"#{ord(found[0])};", clean(text))
