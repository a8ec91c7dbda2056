"""The one table of signs, tones and words: for states, classes, bars, timelines and marks. All renderers use it."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from cbfa.core.journal import Event
from cbfa.core.roadmap import Programme
from cbfa.core.selection import DUE_TODAY, NO_ENTRY, STATES, Role
from cbfa.core.snapshot import OfficialClass
from cbfa.core.state import Progress, Timing
from cbfa.core.words import Words
from cbfa.locale import LANGUAGES, Language, get_language
from cbfa.messages import Message
from cbfa.views.page import BarPart, Mark, State, TimelineSign, Tone

K = TypeVar("K")


class Look(NamedTuple):
    """A sign, its tone, and its words."""

    sign: str
    tone: Tone
    words: Message


PROGRESS = {
    Progress.NOT_STARTED: Message("not started"),
    Progress.IN_PROGRESS: Message("in progress"),
    Progress.DONE: Message("done"),
    Progress.SUSPENDED: Message("suspended"),
    Progress.DROPPED: Message("dropped"),
}
TIMING = {
    Timing.NOT_YET_OPEN: Message("not yet open"),
    Timing.WITHIN_DEADLINE: Message("within deadline"),
    Timing.DUE_SOON: Message("due soon"),
    Timing.OVERDUE: Message("overdue"),
    Timing.NO_DEADLINE: Message("no deadline"),
    Timing.UNFINISHED_AT_END: Message("unfinished at the end"),
    Timing.ON_TIME: Message("done on time"),
    Timing.LATE: Message("done late"),
}
BESIDE = {DUE_TODAY: Message("due today"), NO_ENTRY: Message("no entry")}
"""What is said beside progress and timing."""
_SPOKEN: dict[str, Message] = {str(state): words for one in (PROGRESS, TIMING, BESIDE) for state, words in one.items()}
STATE = {state: _SPOKEN[state] for state in STATES}
"""The words of each state that can be asked for."""
ALSO: dict[str, Message] = {
    Progress.DONE: Message("finished"),
    Event.PROGRESS: PROGRESS[Progress.IN_PROGRESS],
    NO_ENTRY: Message("nothing recorded"),
    Timing.NOT_YET_OPEN: Message("upcoming"),
}
"""Other words for a state or an event."""
ROLE = {Role.LEAD: Message("leads"), Role.SUPPORT: Message("supports"), Role.MEMBER: Message("through its group")}
OFFICIAL = {
    OfficialClass.DONE_ON_TIME: Look("✓", Tone.GOOD, Message("done on time")),
    OfficialClass.DONE_LATE: Look("✓", Tone.WARN, Message("done late")),
    OfficialClass.WITHIN_DEADLINE: Look("○", Tone.BUSY, Message("unfinished, within deadline")),
    OfficialClass.OVERDUE: Look("!", Tone.BAD, Message("unfinished, overdue")),
    OfficialClass.NO_DEADLINE: Look("–", Tone.QUIET, Message("no deadline set")),
    OfficialClass.SUSPENDED: Look("=", Tone.WARN, Message("suspended")),
    OfficialClass.DROPPED: Look("×", Tone.QUIET, Message("dropped")),
}
CLASS = {
    OfficialClass.DONE_ON_TIME: TIMING[Timing.ON_TIME],
    OfficialClass.DONE_LATE: TIMING[Timing.LATE],
    OfficialClass.WITHIN_DEADLINE: TIMING[Timing.WITHIN_DEADLINE],
    OfficialClass.OVERDUE: TIMING[Timing.OVERDUE],
    OfficialClass.NO_DEADLINE: TIMING[Timing.NO_DEADLINE],
    OfficialClass.SUSPENDED: PROGRESS[Progress.SUSPENDED],
    OfficialClass.DROPPED: PROGRESS[Progress.DROPPED],
}
"""Short words of the classes, for a line of figures."""
BAR = {
    BarPart.DONE: Look("█", Tone.GOOD, Message("done")),
    BarPart.UNDER_WAY: Look("▒", Tone.BUSY, Message("under way")),
    BarPart.OVERDUE: Look("▓", Tone.BAD, Message("overdue")),
    BarPart.REST: Look("·", Tone.QUIET, Message("the rest")),
}
TIMELINE = {
    TimelineSign.WINDOW: Look("─", Tone.QUIET, Message("planned period")),
    TimelineSign.NO_DEADLINE: Look("┈", Tone.QUIET, Message("no deadline set")),
    TimelineSign.DUE: Look("◆", Tone.QUIET, Message("due")),
    TimelineSign.ORIGINAL: Look("◇", Tone.QUIET, Message("original deadline")),
    TimelineSign.AS_OF: Look("│", Tone.WARN, Message("as-of date")),
}
URGENCY = "!▲?◐○=✓×◆◇"
"""The signs of timelines by their weight: of several in one place, the first is drawn."""
MARK = {
    Mark.TENTATIVE: Look("~", Tone.QUIET, Message("tentative date")),
    Mark.DERIVED: Look("†", Tone.QUIET, Message("derived date")),
    Mark.INFERRED: Look("*", Tone.QUIET, Message("inferred assignment")),
}
LANGUAGE_NAMES = {
    "vi": "Tiếng Việt",
    "en": "English",
    "fr": "Français",
    "it": "Italiano",
    "de": "Deutsch",
    "es": "Español",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
    "lo": "ລາວ",
    "km": "ខ្មែរ",
    "th": "ไทย",
}
"""Languages by their own names; others are named by their code."""
TERMS = {
    "milestone": Message("Milestone"),
    "milestones": Message("milestones"),
    "workstream": Message("Workstream"),
    "clause": Message("Clause"),
    "clauses": Message("Clauses"),
    "tentative": MARK[Mark.TENTATIVE].words,
}
"""The words of the program that a programme can replace by its own."""
_TIMING_SIGNS: dict[Timing | None, Look] = {
    Timing.OVERDUE: Look("!", Tone.BAD, TIMING[Timing.OVERDUE]),
    Timing.DUE_SOON: Look("▲", Tone.WARN, TIMING[Timing.DUE_SOON]),
    Timing.UNFINISHED_AT_END: Look("?", Tone.WARN, TIMING[Timing.UNFINISHED_AT_END]),
}
"""The timings that have a sign of their own."""
_PROGRESS_SIGNS = {
    Progress.DONE: Look("✓", Tone.GOOD, PROGRESS[Progress.DONE]),
    Progress.SUSPENDED: Look("=", Tone.WARN, PROGRESS[Progress.SUSPENDED]),
    Progress.DROPPED: Look("×", Tone.QUIET, PROGRESS[Progress.DROPPED]),
    Progress.IN_PROGRESS: Look("◐", Tone.BUSY, PROGRESS[Progress.IN_PROGRESS]),
    Progress.NOT_STARTED: Look("○", Tone.PLAIN, PROGRESS[Progress.NOT_STARTED]),
}
"""The signs of all other states, each with the words that fit every state of this sign."""


def term(name: str, programme: Programme) -> Message | Words:
    """Return a word of `TERMS`, or the programme's own instead."""
    own: Words | None = getattr(programme.words, name, None)
    return own or TERMS[name]


def state_look(state: State) -> Look:
    """Return the sign of a state, its tone, and its words: the timing where it says more than the progress."""
    progress, timing, due_today = state
    look = state_sign(state)
    if due_today:
        return look._replace(words=BESIDE[DUE_TODAY])
    if timing is None or (timing is Timing.NO_DEADLINE and progress is not Progress.NOT_STARTED):
        return look._replace(words=PROGRESS[progress])
    if timing is Timing.LATE:
        return Look(look.sign, Tone.WARN, TIMING[timing])
    quiet = progress is Progress.NOT_STARTED and timing in (Timing.NOT_YET_OPEN, Timing.NO_DEADLINE)
    return Look(look.sign, Tone.QUIET if quiet else look.tone, TIMING[timing])


def state_sign(state: State) -> Look:
    """Return the sign of a state with the words that fit every state of this sign."""
    return _TIMING_SIGNS.get(state.timing) or _PROGRESS_SIGNS[state.progress]


def sign_look(sign: Mark | BarPart | TimelineSign | State) -> Look:
    """Return a sign as a legend explains it."""
    match sign:
        case Mark():
            return MARK[sign]
        case BarPart():
            return BAR[sign]
        case TimelineSign():
            return TIMELINE[sign]
    return state_sign(sign)


def spoken(words: Mapping[K, Message], language: Language) -> dict[K, str]:
    """Write the words of each state, role or event in a language."""
    return {name: language.text(message) for name, message in words.items()}


def known_as(words: Mapping[K, Message], language: Language) -> dict[K, list[str]]:
    """Return the words by which each state, role or event is known: first that of the language, then those of the others."""
    languages = [language, *(get_language(code) for code in LANGUAGES if code != language.code)]
    return {
        name: [one.text(word) for word in (message, ALSO.get(str(name))) if word for one in languages]
        for name, message in words.items()
    }
