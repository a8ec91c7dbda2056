"""Sentences that are translated where they are printed. No module below the views needs a language."""

from collections.abc import Iterable


class Message:
    """A sentence to be translated: an English template and the fields that fill it.

    Being the argument of this call marks a template for translation. Fields may be dates, which are written as the reader writes them,
    texts of the data in several languages, and other messages.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        self.template = template
        self.fields = fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.fields) == (other.template, other.fields)

    def __hash__(self) -> int:
        return hash(self.template)

    def __str__(self) -> str:
        """The sentence in English, for logs and debugging."""
        return self.template.format(**self.fields)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"


class Plural(Message):
    """A sentence about a number of things: `count` chooses between the two templates."""

    def __init__(self, one: str, many: str, /, *, count: int, **fields: object) -> None:
        super().__init__(one if count == 1 else many, count=count, **fields)
        self.one, self.many, self.count = one, many, count


def joined(messages: Iterable[Message]) -> Message:
    """Return several sentences as one, with semicolons between them. There must be one."""
    text, *others = messages
    for more in others:
        text = Message("{text}; {more}", text=text, more=more)
    return text


def quote_library(reason: str) -> Message:
    """Return a library's own sentence as a message, so that the catalogue can translate it."""
    return Message(reason.replace("{", "{{").replace("}", "}}"))
