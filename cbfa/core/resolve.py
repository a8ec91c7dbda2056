"""Find what a person means by a word: exactly that, else the only thing of which it is a part, else the nearest, else the list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Generic, NamedTuple, TypeVar

from cbfa.core.text import folded, squashed
from cbfa.errors import Invalid
from cbfa.messages import Message

T = TypeVar("T")
S = TypeVar("S", bound=str)

MAX_NAMES = 16
"""Names that a sentence lists at most."""
MAX_WORD = 100
"""Characters of a word that is compared with others; a longer one is not a typo, and comparing it would take long."""
MIN_PIECE = 3
"""Letters that a piece within a name must have to be taken for the name."""

Rule = Callable[[str, str], bool]
"""Takes a word and a spelling, and says if the word may mean it."""


class Candidate(NamedTuple, Generic[T]):
    """Something that a word can mean: its name in sentences, its spellings, and texts of which a part or some words are enough."""

    value: T
    name: str
    spellings: Sequence[str]
    texts: Sequence[str] = ()
    titles: Sequence[str] = ()


def is_same(word: str, text: str) -> bool:
    """Return True if the word is the text, in any case."""
    return word.strip().casefold() == text.casefold()


def equals(word: str, text: str) -> bool:
    """Return True if the word has the letters and digits of the text."""
    return bool(squashed(word)) and squashed(word) == squashed(text)


def begins(word: str, text: str) -> bool:
    """Return True if the text begins with the word, which is more than a letter among signs."""
    letters = squashed(word)
    return (len(letters) > 1 or word.strip().isalnum()) and squashed(text).startswith(letters)


def ends(word: str, text: str) -> bool:
    """Return True if the text ends with the word, in any case."""
    return bool(word.strip()) and text.casefold().endswith(word.strip().casefold())


def contains(word: str, text: str) -> bool:
    """Return True if the word is one or several whole words of the text, or a longer piece of it."""
    piece = squashed(word)
    return bool(piece) and (
        f" {folded(word)} " in f" {folded(text)} " or (len(piece) >= MIN_PIECE and piece in squashed(text))
    )


def has_words(words: str, text: str) -> bool:
    """Return True if each of the words begins a word of the text, in any order; one without letters begins none."""
    known = f" {folded(text)}"
    return all(folded(word) and f" {folded(word)}" in known for word in words.split())


def has_title_words(words: str, title: str) -> bool:
    """Return True if the words, which are more than a letter or two, are words of the title."""
    return len(squashed(words)) >= MIN_PIECE and has_words(words, title)


def resolve(
    word: str,
    candidates: Iterable[Candidate[T]],
    *,
    unknown: Message,
    ambiguous: Message | None = None,
    rules: Sequence[Rule] = (is_same, equals, begins, contains),
    fix: Message | None = None,
    nearby: bool = True,
) -> T:
    """Return the one candidate that a word means by the first rule that any meets.

    Raises Invalid: `ambiguous` with the list if it can mean several; else `unknown` with the nearest names, or `fix`, or the list. Without
    `nearby` no nearest names are offered.
    """
    known = list(candidates)
    for rule in rules:
        found = [one for one in known if any(rule(word, text) for text in _texts(one, rule))]
        if len(found) == 1:
            return found[0].value
        if found:
            raise Invalid(ambiguous or unknown, list_names(one.name for one in found))
    spelled = {spelling: one.name for one in known for spelling in one.spellings}
    if nearby and (near := nearest(word, spelled)):
        raise Invalid(unknown, did_you_mean(spelled[spelling] for spelling in near))
    raise Invalid(unknown, fix or list_names(one.name for one in known))


def _texts(candidate: Candidate[T], rule: Rule) -> Sequence[str]:
    if rule is has_title_words:
        return candidate.titles
    return candidate.spellings if rule in (is_same, equals) else candidate.texts


def resolve_word(word: str, choices: Iterable[S], known_as: Mapping[S, Sequence[str]], unknown: Message) -> S:
    """Return the choice that a word means, as it is written in commands or `known_as` on screens. Raises Invalid.

    Sentences name a choice with the first of the words by which it is known.
    """
    candidates = []
    for choice in choices:
        words = known_as.get(choice) or (choice,)
        name = choice if squashed(choice) in squashed(words[0]) else f"{choice} ({words[0]})"
        candidates.append(Candidate(choice, name, (choice, *words)))
    return resolve(word, candidates, unknown=unknown)


def nearest(word: str, spellings: Iterable[str], count: int = 3) -> list[str]:
    """Return the spellings that are most like a misspelt word, best first; none if nothing is near."""
    if len(word) > MAX_WORD:
        return []
    by_form = {squashed(spelling): spelling for spelling in reversed(list(spellings)) if len(spelling) <= MAX_WORD}
    return [by_form[form] for form in get_close_matches(squashed(word), by_form, n=count, cutoff=0.6)]


def suggest(word: str, spellings: Iterable[str]) -> Message:
    """Return the fix for a word that means nothing: the nearest spellings, else the list."""
    known = list(spellings)
    near = nearest(word, known)
    return did_you_mean(near) if near else list_names(known)


def did_you_mean(names: Iterable[str]) -> Message:
    """Return the fix that offers names."""
    return Message("did you mean {names}?", names=", ".join(dict.fromkeys(names)))


def list_names(names: Iterable[str]) -> Message:
    """Return the fix that lists names."""
    return Message("choose one of: {names}", names=shorten(names))


def shorten(names: Iterable[str]) -> str:
    """Return names in one line, the first of them if there are too many for a sentence."""
    known = list(dict.fromkeys(names))
    return ", ".join(known[:MAX_NAMES]) + (" …" if len(known) > MAX_NAMES else "")
