"""Texts in the languages of a programme.

A plain text is in the programme's own language, the first of `programme.languages`; a mapping gives others beside it. Which languages a
programme has is in `roadmap.yaml` and holds for its other files too, so whoever validates passes them as the context of pydantic.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, RootModel, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from cbfa.core.fields import UnknownField, at_fields
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
_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - a list of 183 quoted words is harder to read
)
"""The languages that have a code of two letters (ISO 639-1). Codes of three letters are not checked."""
_MEANT = {"vn": "vi", "vietnamese": "vi", "english": "en", "french": "fr", "cn": "zh", "jp": "ja", "kh": "km"}
"""Codes of countries and English names that people write for a language."""


def context_of(languages: Sequence[str]) -> dict[str, Any]:
    """Return the context in which pydantic validates a file of a programme that has these languages."""
    return {"languages": tuple(languages)}


def check_languages(languages: Sequence[str]) -> None:
    """Raise Invalid for what is no language, and for a language that is listed twice."""
    for word in languages:
        primary = word.partition("-")[0]
        if not _LANGUAGE.fullmatch(word) or (len(primary) == len("vi") and primary not in _CODES):
            meant = _MEANT.get(word.lower()) or (word.lower() if word.lower() in _CODES else None)
            fix = Message("did you mean {names}?", names=meant) if meant else None
            raise Invalid(
                Message("“{value}” is not a language", value=word),
                fix or Message("write a code of ISO 639, such as vi, en or fr"),
            )
    if len(set(languages)) < len(languages):
        raise Invalid(Message("a language is listed twice"), Message("keep one of the two"))


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
        languages = _languages(info)
        own = languages[0]
        if isinstance(value, list):
            form = ", ".join(f"{language}: …" for language in languages)
            raise Invalid(
                Message("expected text, not {value}", value="[…]"),
                Message("write a text, or one in each language: {{{form}}}", form=form),
            )
        if not isinstance(value, dict):
            return {own: value}
        if foreign := list(_foreign(value, languages)):
            raise at_fields(foreign, value)
        if own not in value:
            raise Invalid(
                Message("this text is missing in “{field}”, the programme's own language", field=own),
                Message(
                    "add “{field}: …”, or begin the programme's languages with another: languages: [{names}]",
                    field=own,
                    names=", ".join([*value, own]),
                ),
            )
        return {own: value[own], **value}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow a plain text, and a mapping from language to text."""
        text = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
        mapping = {"type": "object", "additionalProperties": text, "propertyNames": {"pattern": LANGUAGE_PATTERN}}
        reference = handler(schema)
        definition = handler.resolve_ref_schema(reference)
        definition.clear()
        definition |= {"title": "Words", "description": cls.__doc__, "anyOf": [text, mapping]}
        return reference

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


def refuse_languages(value: Any, field: str, info: ValidationInfo) -> Any:  # noqa: ANN401 - any value of a file
    """Return a mapping; raise an error if the languages of a text are beside its fields, instead of below `field`."""
    languages = _languages(info)
    if isinstance(value, dict) and (beside := [key for key in value if key in languages]):
        form = ", ".join(f"{language}: …" for language in beside)
        fix = Message("write {form}", form=f"{field}: {{{form}}}")
        raise at_fields([(beside[0], UnknownField(Message("unknown field “{field}”", field=beside[0]), fix))], value)
    return value


def _languages(info: ValidationInfo) -> tuple[str, ...]:
    languages: tuple[str, ...] = (info.context or {}).get("languages", USUAL_LANGUAGES)
    return languages


class NoLanguage(UnknownField):
    """A key of a text that is a language, but none of the programme. If one text has it, many have."""


def _foreign(value: Mapping[str, Any], languages: Sequence[str]) -> Iterator[tuple[str, Invalid]]:
    """Yield the keys of a text that are no languages of the programme: pieces of an unquoted text, and other languages."""
    before, pieces = "", dict[str, list[str]]()
    for key, text in value.items():
        if text is None and key not in languages:
            pieces.setdefault(before, []).append(key)
            continue
        before = key
        if key not in languages:
            yield key, _no_language(key, value, languages)
    for key, its in pieces.items():
        message = Message("“{text}” seems to belong to the text before it: a comma ends an unquoted text", text=its[0])
        text = ", ".join([str(value.get(key, "…")), *its])
        yield its[0], UnknownField(message, Message('put the text in quotes: {field}: "{text}"', field=key, text=text))


def _no_language(key: str, value: Mapping[str, Any], languages: Sequence[str]) -> Invalid:
    message = Message("the programme has no language “{field}”", field=key)
    if not _LANGUAGE.match(key):
        return UnknownField(message, Message("choose one of: {names}", names=", ".join(languages)))
    names = [*languages, key] if languages != USUAL_LANGUAGES or any(one in value for one in languages) else [*value]
    return NoLanguage(message, Message("add it to the programme: languages: [{names}]", names=", ".join(names)))
