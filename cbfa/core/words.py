"""Texts in the languages of a programme.

A plain text is in the programme's own language, the first of `programme.languages`; a mapping gives others beside it. Which languages a
programme has is in `roadmap.yaml` and holds for its other files too, so whoever validates passes them as the context of pydantic.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails

from cbfa.errors import Invalid
from cbfa.messages import Message

MAX_TEXT = 8000
"""Maximum number of characters of a text in a file."""

Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]

USUAL_LANGUAGES = ("vi", "en")
"""The languages of a programme that names none."""
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
"""The code of a language (ISO 639), such as `vi`, `fr` or `tyz`."""
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


def context_of(languages: Sequence[str]) -> dict[str, Any]:
    """Return the context in which pydantic validates a file of a programme that has these languages."""
    return {"languages": tuple(languages)}


def languages_in(roadmap: object) -> tuple[str, ...]:
    """Return the languages that the plain data of a roadmap name; the usual ones if they name none, or no valid ones."""
    programme = roadmap.get("programme") if isinstance(roadmap, dict) else None
    named = programme.get("languages") if isinstance(programme, dict) else None
    if isinstance(named, list) and named and all(isinstance(one, str) and _LANGUAGE.match(one) for one in named):
        return tuple(named)
    return USUAL_LANGUAGES


class Words(RootModel[dict[str, Text]]):
    """A text in one or several languages, the programme's own first."""

    model_config = ConfigDict(strict=True, frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any value of a file
        languages: tuple[str, ...] = (info.context or {}).get("languages", USUAL_LANGUAGES)
        own = languages[0]
        if isinstance(value, str):
            return {own: value}
        if not isinstance(value, dict):
            return value
        if foreign := [key for key in value if key not in languages]:
            raise _at_keys(((key, _no_language(str(key), value[key], languages)) for key in foreign), value)
        if own not in value:
            raise Invalid(
                Message("this text is missing in “{field}”, the programme's own language", field=own),
                Message("add “{field}: …”", field=own),
            )
        return {own: value[own], **value}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow a plain text, and a mapping from language to text."""
        text = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
        mapping = {"type": "object", "additionalProperties": text, "propertyNames": {"pattern": LANGUAGE_PATTERN}}
        return {"title": "Words", "description": cls.__doc__, "anyOf": [text, mapping]}

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def __str__(self) -> str:
        return self.own

    def in_(self, language: str) -> str:
        """Return the text in a language; in the programme's own if it lacks that one."""
        return self.root.get(language) or self.own

    def get(self, language: str) -> str | None:
        """Return the text in a language; None if it lacks that one."""
        return self.root.get(language)

    @property
    def own(self) -> str:
        """The text in the programme's own language."""
        return next(iter(self.root.values()))

    @property
    def texts(self) -> tuple[str, ...]:
        """The text in each of its languages."""
        return tuple(self.root.values())


def _at_keys(errors: Iterable[tuple[str, Invalid]], value: Mapping[str, Any]) -> ValidationError:
    """Return errors that are placed at keys of a mapping."""
    details: list[InitErrorDetails] = [
        {"type": "value_error", "loc": (key,), "input": value[key], "ctx": {"error": error}} for key, error in errors
    ]
    return ValidationError.from_exception_data("Words", details)


def _no_language(key: str, value: object, languages: Sequence[str]) -> Invalid:
    """Say that a key of a text is no language of the programme: a piece of a text, or another language."""
    if value is None:
        message = Message("“{text}” seems to belong to the text before it: a comma ends an unquoted text", text=key)
        return Invalid(message, Message('quote the text: {{vi: "A, {text}", en: …}}', text=key))
    message = Message("the programme has no language “{field}”", field=key)
    if _LANGUAGE.match(key):
        fix = Message(
            "add it to the programme: languages: [{names}]",
            names=", ".join([*languages, key] if languages != USUAL_LANGUAGES else [key]),
        )
        return Invalid(message, fix)
    return Invalid(message, Message("choose one of: {names}", names=", ".join(languages)))
