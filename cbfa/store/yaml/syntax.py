"""Explain why a file is not valid YAML: the sentence and the place that help, from the error of PyYAML's parser."""

import re

import yaml

from cbfa.messages import Message, quote_library
from cbfa.problems import Problem
from cbfa.store.yaml.characters import odd_signs
from cbfa.store.yaml.document import MAX_DEPTH, Document

TOO_DEEP = (Message("this is nested deeper than {most} levels", most=MAX_DEPTH), Message("use fewer levels"))
QUOTE_IT = Message("put the whole text in quotes")
HIDDEN = Message("“#” after a space begins a comment, so the rest of this line does not belong to the text")

KNOWN_REASONS = (
    Message("could not find expected ':'"),
    Message("did not find expected key"),
    Message("did not find expected node content"),
    Message("did not find expected '-' indicator"),
    Message("did not find expected ',' or ']'"),
    Message("did not find expected ',' or '}}'"),
    Message("found character that cannot start any token"),
    Message("block sequence entries are not allowed in this context"),
)
"""PyYAML's sentences that users meet, listed here so that they are translated."""

_OPENING = re.compile(r" *(?:- +)*(?:[^\W\d][\w.-]*: +)?(?P<sign>[\[\]{}>|?!*&%@`,]|- )")
"""A line whose value begins with a sign of YAML."""
_COMMENT = re.compile(r"""(?<=[\s{\[,:])(?:"(?:\\.|[^"\\])*"|'[^']*')|(?<=\S)[ \t]+(?P<sign>#)""")


def syntax_problem(document: Document, error: yaml.YAMLError) -> Problem:
    """Return the problem for a syntax error."""
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    reason, context = getattr(error, "problem", None) or type(error).__name__, getattr(error, "context", None) or ""
    place = document.at(mark.line + 1, mark.column + 1) if mark else document.at(0, 0)
    if "nesting depth" in reason:  # PyYAML stops at a thousand levels, before its first event
        return Problem(place, *TOO_DEEP)
    if "\t" in place.excerpt[: place.column]:
        return Problem(
            place,
            Message("YAML is indented with spaces, but this is a tab"),
            Message("replace each tab with two spaces"),
        )
    if odd := next(odd_signs(document, _lines_to_read(document, place.line)), None):
        return odd
    if "quoted scalar" in context and "unexpected" in reason and begun:
        where = document.at(begun.line + 1, begun.column + 1)
        return Problem(
            where,
            Message("this quotation mark is never closed"),
            Message("add a quotation mark at the end of the text"),
        )
    if "flow" in context and begun and mark and (hidden := _hidden(document, begun.index, mark.index)):
        return hidden
    if "mapping values are not allowed" in reason:
        message = Message("a colon followed by a space marks a field, and no field is allowed here")
        return Problem(place, message, Message("put the whole text in quotes, or check the indentation of this line"))
    if opening := _opening(document, place.line, place.column):
        return opening
    return Problem(
        place,
        Message("invalid YAML: {reason}", reason=quote_library(reason)),
        Message(
            "check this line and the one above: a colon, quote or bracket may be missing, the indentation may be "
            "wrong, or a text with a comma or colon may need quotes"
        ),
    )


def _lines_to_read(document: Document, line: int) -> list[int]:
    """Return the line of an error and the nearest line above it that has content: one of the two is wrong."""
    above = range(min(line, len(document.lines)) - 1, 0, -1)
    content = (number for number in above if not re.match(r"\s*(#|$)", document.lines[number - 1]))
    return [*([line] if 0 < line <= len(document.lines) else []), *([found] if (found := next(content, 0)) else [])]


def _hidden(document: Document, start: int, end: int) -> Problem | None:
    """Return the problem of a comment that hides the end of a list or mapping in brackets."""
    for found in _COMMENT.finditer(document.text or "", start, end):
        if found["sign"]:
            return Problem(document.at_position(found.start("sign")), HIDDEN, QUOTE_IT)
    return None


def _opening(document: Document, line: int, column: int) -> Problem | None:
    """Return the problem of a text that begins with a sign of YAML, if the error is at or after that sign."""
    text = document.lines[line - 1] if 0 < line <= len(document.lines) else ""
    start = _sign_at(text, column)
    if start is None:
        return None
    sign = text[start]
    place = document.at(line, start + 1)
    if place.column == 1 and sign == "%":
        fix = Message("delete this line; if it belongs to a text, put the whole text in quotes")
        return Problem(place, Message("a line cannot begin with “%”"), fix)
    return Problem(place, Message("a text that begins with “{character}” needs quotes", character=sign), QUOTE_IT)


def _sign_at(text: str, column: int) -> int | None:
    """Return the position of the sign that begins a text in a line with an error in a column, which counts from 1."""
    if text[column - 1 : column] in tuple("@`%!|>"):
        return column - 1
    if text[column - 2 : column - 1] in tuple("&*"):
        return column - 2
    found = _OPENING.match(text)
    if found is None or found.start("sign") >= column:
        return None
    close = {"[": "]", "{": "}"}.get(found["sign"], "")
    return found.start("sign") if close in text[: column - 1] else None
