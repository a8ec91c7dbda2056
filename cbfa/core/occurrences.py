"""Find the milestone or the occurrence that a person means by a word."""

from collections.abc import Sequence

from cbfa.core.agencies import Agency
from cbfa.core.periods import parse_period
from cbfa.core.plan import Occurrence, Plan, id_in
from cbfa.core.resolve import (
    MAX_NAMES,
    Candidate,
    begins,
    contains,
    equals,
    has_title_words,
    has_words,
    is_same,
    resolve,
    shorten,
)
from cbfa.core.roadmap import Milestone, Workstream
from cbfa.errors import Invalid
from cbfa.messages import Message


def searched_text(occurrence: Occurrence) -> str:
    """Return what is searched of an occurrence: its key, titles, wording, product and clauses."""
    milestone = occurrence.milestone
    texts = [one for words in (milestone.title, milestone.text, milestone.result) if words for one in words.texts]
    return " ".join([occurrence.key, *texts, milestone.timing or "", *milestone.clauses])


def resolve_milestone(plan: Plan, word: str, *, by_words: bool = True) -> tuple[Workstream, Milestone]:
    """Return the milestone that a word means: its id, a beginning that only its id has, or its title. Raises Invalid.

    With `by_words`, words that only its title has are enough. What follows `@` or `/` is ignored.
    """
    wanted = id_in(word).strip()
    candidates = []
    for pair in plan.roadmap.milestones():
        name, titles = pair[1].id, pair[1].title.texts
        candidates.append(Candidate(pair, name, (name, *pair[1].formerly, *titles), (name,), titles))
    return resolve(
        wanted,
        candidates,
        unknown=Message("unknown milestone “{word}”", word=word),
        ambiguous=Message("“{word}” matches several milestones", word=word),
        rules=(is_same, equals, begins, *([has_title_words] if by_words else [])),
        fix=_fix_for_unknown(wanted, plan),
    )


def _fix_for_unknown(word: str, plan: Plan) -> Message | None:
    """Return the fix for a word that is no id and no title: the milestones that cite it as a clause; else a command that helps.

    None for the list of ids, which is short enough.
    """
    clause = f"{word.upper()}."
    milestones = [milestone for _, milestone in plan.roadmap.milestones()]
    if citing := [one.id for one in milestones if any(f"{cited.upper()}.".startswith(clause) for cited in one.clauses)]:
        return Message("choose a milestone that cites this clause: {names}", names=shorten(citing))
    if word and any(has_words(word, searched_text(one)) for one in plan.occurrences):
        return Message('search for it: cbfa list --search "{text}"', text=word)
    return Message("list all milestones with: cbfa list") if len(milestones) > MAX_NAMES else None


def resolve_occurrence(plan: Plan, word: str, *, by_words: bool = True) -> Occurrence:
    """Return the occurrence that a key names. Raises Invalid if a period or an agency is missing, or if the milestone has no such.

    Without `by_words`, words of a title are not enough: an entry must not be recorded on a milestone that was not named.
    """
    _, milestone = resolve_milestone(plan, word, by_words=by_words)
    period, agency = _split(word)
    occurrences = plan.of_milestone(milestone)
    if not occurrences:
        raise Invalid(
            Message("“{id}” has no occurrence", id=milestone.id), Message("look for its group's members: cbfa check")
        )
    return _of_member(milestone, _in_period(milestone, occurrences, period, asked="@" in word), agency)


def _split(word: str) -> tuple[str, str]:
    """Return the period and the agency of a key. A slash may be within a period, too: 10/2012."""
    _, sign, rest = word.partition("@")
    if not sign:
        return "", word.partition("/")[2].strip()
    if _is_period(rest) or "/" not in rest:
        return rest.strip(), ""
    period, _, agency = rest.rpartition("/")
    return period.strip(), agency.strip()


def _is_period(word: str) -> bool:
    try:
        parse_period(word)
    except Invalid:
        return False
    return True


def _in_period(milestone: Milestone, occurrences: Sequence[Occurrence], word: str, *, asked: bool) -> list[Occurrence]:
    """Return the occurrences in the period that a key names."""
    names = list(dict.fromkeys(one.window.name for one in occurrences))
    first = occurrences[0].key
    if not milestone.recurs:
        if asked:
            raise Invalid(
                Message("“{id}” does not recur, so its key has no period", id=milestone.id),
                Message("write {key}", key=first),
            )
        return list(occurrences)
    if not word:
        fix = Message("add a period from {first} to {last}: {key}", first=names[0], last=names[-1], key=first)
        raise Invalid(Message("“{id}” recurs, so its key needs a period", id=milestone.id), fix)
    name = parse_period(word).notation if _is_period(word) else word
    if found := [one for one in occurrences if one.window.name == name]:
        return found
    raise Invalid(
        Message("“{id}” has no occurrence “{period}”", id=milestone.id, period=word),
        Message("choose a period from {first} to {last}", first=names[0], last=names[-1]),
    )


def _of_member(milestone: Milestone, occurrences: Sequence[Occurrence], word: str) -> Occurrence:
    """Return the occurrence of the agency that a key names."""
    members = {one.member.id: one for one in occurrences if one.member}
    if not members:
        if word:
            raise Invalid(
                Message("“{id}” is done once for all, so its key has no agency", id=milestone.id),
                Message("write {key}", key=occurrences[0].key),
            )
        return occurrences[0]
    names = shorten(members)
    if not word:
        raise Invalid(
            Message("each agency owes its own “{id}”, so its key needs an agency", id=milestone.id),
            Message("add one of these: {key}, with {names}", key=occurrences[0].key, names=names),
        )
    agencies: list[Agency] = [one.member for one in occurrences if one.member]
    member = resolve(
        word,
        [Candidate(one, one.id, one.spellings, one.names) for one in agencies],
        unknown=Message("“{word}” owes no “{id}” of its own", word=word, id=milestone.id),
        rules=(is_same, equals, contains),
    )
    return members[member.id]
