"""Apply an act to a plan: what is planned from its day on, and what it changed.

What fell due before the act's day stays as it was: a missed year stays missed. An act that does not fit the plan is applied as far as it
fits, for answers never fail on it; what does not fit is returned, for `cbfa check` to say.
"""

from collections.abc import Callable, Mapping

from cbfa.core.amending.agencies import close, found, group, merge
from cbfa.core.amending.draft import Applied, Done, Draft
from cbfa.core.amending.milestones import add, change, repeal
from cbfa.core.amending.programme import programme
from cbfa.core.amending.revoking import revoke
from cbfa.core.amendments import Amendment, Change
from cbfa.core.plan import Plan

_KINDS: Mapping[str, Callable[[Draft, Change], None]] = {
    "found": found,
    "change": change,
    "repeal": repeal,
    "add": add,
    "group": group,
    "programme": programme,
    "revoke": revoke,
    "merge": merge,
    "close": close,
}
"""The kinds of change in the order in which they are applied within an act."""


def apply(plan: Plan, amendment: Amendment, earlier: Mapping[str, Done]) -> Applied:
    """Apply an act to a plan; `earlier` has what the acts before it changed, by their ids."""
    draft = Draft(plan, amendment.day, earlier)
    draft.coming = {its.found.id for its in amendment.changes if its.found}
    order = list(_KINDS)
    for number, its in sorted(enumerate(amendment.changes), key=lambda pair: order.index(pair[1].kind)):
        draft.path = ("changes", number)
        _KINDS[its.kind](draft, its)
    return draft.applied()
