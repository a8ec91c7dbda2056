"""Validate plain data by a model, strictly. Then once more without the bad items, so that everything else can be checked too."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cbfa.core.fields import UnknownField
from cbfa.core.words import NoLanguage
from cbfa.messages import Message
from cbfa.problems import KeyPath, Place, Problem
from cbfa.store.yaml.document import Document
from cbfa.store.yaml.reader import MAX_PROBLEMS
from cbfa.store.yaml.sentences import sentence_of

M = TypeVar("M", bound=BaseModel)

MAX_VALUES_AT_ONCE = 50_000
"""Of a larger file the first items of each list are validated first: listing a million errors takes a gigabyte."""
MAX_ERRORS = 1000
"""With more errors, nothing is left out to check the rest."""
_MAX_ROUNDS = 10

STAND_INS: dict[KeyPath, Any] = {
    ("programme", "id"): "programme",
    ("programme", "title"): "?",
    ("programme", "period"): {"from": 1900, "to": 2200},
}
"""What replaces a bad field of the programme that must be there while the rest is checked. Nothing computed with it is shown."""
_ITEMS = {("aim",), ("objectives",), ("duties",)}
"""Mappings from clause to text, whose items can be left out one by one."""
_BY_NAME = {*_ITEMS, ("outline",)}
"""Mappings of which the names are clauses and headings."""


class Validated(NamedTuple, Generic[M]):
    """The model of a file, without its bad items, which are `dropped`. None if nothing could be read."""

    document: Document
    problems: list[Problem]
    model: M | None = None
    dropped: frozenset[KeyPath] = frozenset()

    @property
    def is_whole(self) -> bool:
        """True if nothing is wrong with the file by itself."""
        return not self.problems

    @property
    def warnings(self) -> list[Problem]:
        """The warnings of the reader."""
        return self.document.warnings

    @property
    def whole(self) -> M | None:
        """The model, if it is of the whole file."""
        return self.model if self.is_whole else None

    def locate(self, path: KeyPath) -> Place:
        """Return the place in the file of a value of the model; of a text by clause and of a heading, that of its name."""
        return self.document.place(_path_in_file(path, self.dropped), key=path[-2:-1] in _BY_NAME)


Validate = Callable[[Any], M]
"""Makes the model of plain data. Raises ValidationError."""


def validate(model: type[M], document: Document, context: Mapping[str, Any] = MappingProxyType({})) -> Validated[M]:
    """Validate a document by a model, in the context of its programme."""
    make = partial(model.model_validate, context=dict(context))
    if document.data is None:
        return Validated(document, document.problems or [_empty(document)])
    if document.values > MAX_VALUES_AT_ONCE and (early := _errors(make, _shortened(document.data))):
        return Validated(document, _problems(model, document, early))
    try:
        return Validated(document, document.problems, make(document.data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    return Validated(document, _problems(model, document, details), *_validate_rest(make, document.data, details))


def _errors(make: Validate[M], data: Any) -> list[ErrorDetails]:  # noqa: ANN401 - any YAML value
    try:
        make(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _shortened(data: Any) -> Any:  # noqa: ANN401
    """Return the data with the first items of each list only."""
    match data:
        case dict():
            return {key: _shortened(value) for key, value in data.items()}
        case list():
            return [_shortened(value) for value in data[:MAX_PROBLEMS]]
    return data


def _empty(document: Document) -> Problem:
    return Problem(
        document.at(1, 1),
        Message("this file is empty"),
        Message("create a sample file with: cbfa init NEW-FOLDER"),
    )


def _problems(model: type[BaseModel], document: Document, details: list[ErrorDetails]) -> list[Problem]:
    """Return the reader's problems, and these errors: the first at each place, and of a language that is missing everywhere the first."""
    placed = [(_path(detail, document.data), detail) for detail in details[:MAX_PROBLEMS]]
    above = {path[:length] for path, _ in placed for length in range(len(path))}
    known = {(problem.place.line, problem.place.column) for problem in document.problems}
    languages, found = set[str](), list[Problem]()
    for path, detail in placed:
        problem = _problem(model, document, detail, path)
        spot = (problem.place.line, problem.place.column)
        if spot in known or path in above:  # of a choice of types, the one that fits best has the deepest error
            continue
        if isinstance(_error(detail), NoLanguage):
            if str(problem.message) in languages:
                continue
            languages.add(str(problem.message))
        known.add(spot)
        found.append(problem)
    return document.problems + found


def _problem(model: type[BaseModel], document: Document, detail: ErrorDetails, path: KeyPath) -> Problem:
    message, fix = sentence_of(model, detail, path)
    if detail["type"] == "missing":
        path = path[:-1]
    is_field = detail["type"] == "extra_forbidden" or isinstance(_error(detail), UnknownField)
    return Problem(document.place(path, key=is_field), message, fix)


def _error(detail: ErrorDetails) -> object:
    return detail.get("ctx", {}).get("error")


def _path(detail: ErrorDetails, data: Any) -> KeyPath:  # noqa: ANN401
    """Return the path of an error in the data. Pydantic's own also names the member of a union."""
    path: list[str | int] = []
    for step in detail["loc"]:
        if isinstance(data, Mapping) and (step in data or step == detail["loc"][-1]):
            path.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            path.append(step)
            data = data[step]
    return tuple(path)


def _validate_rest(
    make: Validate[M],
    data: Any,  # noqa: ANN401
    details: list[ErrorDetails],
) -> tuple[M | None, frozenset[KeyPath]]:
    """Validate the data without what is wrong in it. Return the model and the paths of what was dropped."""
    dropped: set[KeyPath] = set()
    rest = data
    for _ in range(_MAX_ROUNDS):
        bad = {_droppable(_path_in_file(_path(detail, rest), dropped)) for detail in details[:MAX_ERRORS]}
        if len(details) > MAX_ERRORS or None in bad or bad <= dropped:
            break
        dropped |= {path for path in bad if path}
        rest = _without(data, dropped)
        try:
            return make(rest), frozenset(dropped)
        except ValidationError as error:
            details = error.errors(include_url=False)
    return None, frozenset()


def _droppable(path: KeyPath) -> KeyPath | None:
    """Return the smallest part around an error that can be left out: an item of a list, a text by clause, a field of the programme.

    Of an act that is a whole change, because its fields belong together; else the whole act.
    """
    if path[:1] == ("amendments",) and len(path) > 1:
        return path[:4] if path[2:3] == ("changes",) and len(path) > 3 else path[:2]
    items = [
        number
        for number, step in enumerate(path, 1)
        if isinstance(step, int) or path[number - 2 : number - 1] in _ITEMS
    ]
    if items:
        return path[: items[-1]]
    return path[:2] if len(path) > 1 else None


def _without(data: Any, dropped: set[KeyPath], path: KeyPath = ()) -> Any:  # noqa: ANN401
    match data:
        case dict():
            kept = {
                key: _without(value, dropped, (*path, key))
                for key, value in data.items()
                if (*path, key) not in dropped
            }
            return kept | {name[-1]: STAND_INS[name] for name in dropped & STAND_INS.keys() if name[:-1] == path}
        case list():
            return [
                _without(value, dropped, (*path, number))
                for number, value in enumerate(data)
                if (*path, number) not in dropped
            ]
    return data


def _path_in_file(path: KeyPath, dropped: frozenset[KeyPath] | set[KeyPath]) -> KeyPath:
    """Return the path in the file of a value in the rest, which lacks dropped items."""
    found: KeyPath = ()
    for step in path:
        if isinstance(step, int):
            position = step
            for gone in sorted(one[-1] for one in dropped if one[:-1] == found and isinstance(one[-1], int)):
                position += gone <= position
            found = (*found, position)
        else:
            found = (*found, step)
    return found
