"""Why a file is no YAML or no JSON, in the words of the libraries that say so: marked here for translation."""

from __future__ import annotations

from cbfa.messages import Message

KNOWN = (
    Message("could not find expected ':'"),
    Message("did not find expected key"),
    Message("did not find expected node content"),
    Message("did not find expected '-' indicator"),
    Message("did not find expected ',' or ']'"),
    Message("did not find expected ',' or '}}'"),
    Message("found character that cannot start any token"),
    Message("found undefined tag handle"),
    Message("block sequence entries are not allowed in this context"),
    Message("Expecting property name enclosed in double quotes"),
    Message("Expecting value"),
    Message("Expecting ',' delimiter"),
    Message("Expecting ':' delimiter"),
    Message("Extra data"),
    Message("Illegal trailing comma before end of object"),
    Message("Invalid control character at"),
    Message("Unterminated string starting at"),
)
"""The reasons that people meet. Any other is shown as the library says it."""


def reason(text: str) -> Message:
    """A library's reason as a message."""
    return Message(text.replace("{", "{{").replace("}", "}}"))
