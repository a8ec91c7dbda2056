"""Write the blocks of an official document as headings and sentences, for renderers that have lines only."""

from collections.abc import Iterable, Iterator, Sequence

from cbfa.messages import Message
from cbfa.views.page import (
    Appendix,
    Blank,
    Block,
    Cell,
    Column,
    Heading,
    Letterhead,
    Levels,
    LineBlock,
    Sentence,
    Signature,
    Table,
    Text,
    Tone,
)


def as_lines(blocks: Iterable[Block]) -> Iterator[LineBlock]:
    """Yield the blocks with each formal one as headings and sentences."""
    for block in blocks:
        match block:
            case Blank():
                yield Sentence(blank_text(block), Tone.WARN)
            case Appendix(title):
                yield Heading(Message("{appendix}: {title}", appendix=appendix_name(block), title=title))
            case Letterhead():
                yield from _letterhead(block)
            case Signature():
                yield from _signature(block)
            case _:
                yield block


def blank_text(blank: Blank) -> Message:
    """Return the bracketed text of a blank."""
    return Message("[{part}: {hint}]", part=blank.part, hint=blank.hint)


def appendix_name(appendix: Appendix) -> Message:
    """Name an appendix; one that is alone has no number."""
    return Message("Appendix {number}", number=appendix.number) if appendix.number else Message("Appendix")


def letter_subject(subject: Text) -> Message:
    """Return the subject of a letter as it is below the number."""
    return Message("Re: {subject}", subject=subject)


def listed(texts: Sequence[Text]) -> list[Text]:
    """Write each text as an item of a list; each ends in a semicolon, the last in a full stop."""
    last = len(texts) - 1
    return [
        Message("- {item}.", item=text) if number == last else Message("- {item};", item=text)
        for number, text in enumerate(texts)
    ]


def ended(texts: Sequence[Text]) -> list[Text]:
    """End each text with a semicolon, the last with a full stop."""
    last = len(texts) - 1
    return [
        Message("{item}.", item=text) if number == last else Message("{item};", item=text)
        for number, text in enumerate(texts)
    ]


def levels_table(levels: Levels) -> Table:
    """Write the values of a level as a table, for renderers that have room for it."""
    rows = [[Cell(Message("at the start")), Cell(levels.baseline)]] if levels.baseline is not None else []
    rows += [[Cell(one.on), Cell(one.value)] for one in levels.readings]
    goal = Message("by {day}", day=levels.window.due) if levels.window.due else Message("target")
    rows.append([Cell(goal, Tone.STRONG), Cell(levels.goal, Tone.STRONG)])
    return Table([Column(levels.name or Message("Day"), flexible=True), Column(Message("Value"), numeric=True)], rows)


def _letterhead(head: Letterhead) -> Iterator[LineBlock]:
    yield Heading(head.subject if head.kind else letter_subject(head.subject), 1)
    yield Sentence((head.superior, head.issuer), Tone.QUIET)
    yield Sentence((*([head.kind] if head.kind else []), head.number, head.dated), Tone.QUIET)
    if len(head.addressees) == 1:
        yield Sentence(Message("To: {addressee}", addressee=head.addressees[0]))
    elif head.addressees:
        yield Sentence(Message("To:"))
        yield from map(Sentence, listed(head.addressees))
    yield from (Sentence(base, Tone.QUIET) for base in ended(head.bases))


def _signature(signature: Signature) -> Iterator[LineBlock]:
    texts = (signature.title, signature.name) if signature.name else (signature.title,)
    yield Sentence(texts, Tone.STRONG)
    yield Sentence(Message("Recipients:"))
    yield from map(Sentence, listed(signature.recipients))
