"""The table of signs, tones and words: whole, and without two meanings for one sign."""

from __future__ import annotations

from itertools import product

import pytest

from cbfa.core.state import Progress, Timing
from cbfa.views.looks import state_look, state_sign
from cbfa.views.page import State, Tone
from tests.views.samples import EN

STATES = [State(progress, timing) for progress, timing in product(Progress, [*Timing, None])]


@pytest.mark.parametrize(
    ("progress", "timing", "sign", "tone", "words"),
    [
        (Progress.NOT_STARTED, Timing.NOT_YET_OPEN, "○", Tone.QUIET, "not yet open"),
        (Progress.NOT_STARTED, Timing.WITHIN_DEADLINE, "○", Tone.PLAIN, "within deadline"),
        (Progress.IN_PROGRESS, Timing.WITHIN_DEADLINE, "◐", Tone.BUSY, "within deadline"),
        (Progress.IN_PROGRESS, Timing.DUE_SOON, "▲", Tone.WARN, "due soon"),
        (Progress.IN_PROGRESS, Timing.OVERDUE, "!", Tone.BAD, "overdue"),
        (Progress.NOT_STARTED, Timing.NO_DEADLINE, "○", Tone.QUIET, "no deadline"),
        (Progress.IN_PROGRESS, Timing.NO_DEADLINE, "◐", Tone.BUSY, "in progress"),
        (Progress.DONE, Timing.NO_DEADLINE, "✓", Tone.GOOD, "done"),
        (Progress.DONE, Timing.ON_TIME, "✓", Tone.GOOD, "done on time"),
        (Progress.DONE, Timing.LATE, "✓", Tone.WARN, "done late"),
        (Progress.NOT_STARTED, Timing.UNFINISHED_AT_END, "?", Tone.WARN, "unfinished at the end"),
        (Progress.SUSPENDED, None, "=", Tone.WARN, "suspended"),
        (Progress.DROPPED, None, "×", Tone.QUIET, "dropped"),
    ],
)
def test_the_look_of_a_state(progress, timing, sign, tone, words):
    """The words are the timing where it says more than the progress."""
    look = state_look(State(progress, timing))

    assert (look.sign, look.tone, EN.text(look.words)) == (sign, tone, words)


def test_a_sign_has_one_meaning():
    """Whatever the state, its sign is explained in the same words."""
    meanings: dict[str, set[str]] = {}
    for state in STATES:
        look = state_sign(state)
        meanings.setdefault(look.sign, set()).add(EN.text(look.words))

    assert {len(words) for words in meanings.values()} == {1}
    assert {state_look(state).sign for state in STATES} == set(meanings)
