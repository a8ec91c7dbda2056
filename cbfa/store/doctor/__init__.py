"""Examine the whole data folder, and repair what can be repaired without losing anything.

One file for each subject, each with a plain list of checks that yield problems. Examining writes nothing. Repairs run under the journal's
lock, one after the other; each check reads the disk when it is reached, so it sees what earlier repairs did. What a repair takes away is
kept whole: a torn tail in `progress.yaml.torn`, everything else in `kept/`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cbfa.errors import NoAccess
from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Severity
from cbfa.store.doctor import access, copies, journal
from cbfa.store.doctor.findings import Kind, to_decide, to_know
from cbfa.store.doctor.scene import Scene
from cbfa.store.files import shown_path
from cbfa.store.folder import Folder

CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [*access.CHECKS, *journal.CHECKS, *copies.CHECKS]


class Outcome(NamedTuple):
    """The result of repairs: the problems repaired, those left, and the errors of repairs that failed."""

    done: list[Problem]
    left: list[Problem]
    failed: list[NoAccess]


def examine(folder: Folder) -> list[Problem]:
    """Return everything that is wrong, in the order of the checks. Writes nothing."""
    return [*access.lock_is_free(Scene(folder)), *_find(folder)]


def repair(folder: Folder) -> Outcome:
    """Repair what can be repaired without losing anything, then examine again. Raises NoAccess if the lock cannot be had."""
    before = examine(folder)
    if not any(problem.repair for problem in before):
        return Outcome([], before, [])
    done: list[Problem] = []
    failed: list[NoAccess] = []
    scene = Scene(folder)
    with scene.store.locked():
        while repaired := list(_repair_once(scene, failed)):  # a repair may make room for another
            done += repaired
        left = _find(folder)
    return Outcome(done, left, failed)


def _repair_once(scene: Scene, failed: list[NoAccess]) -> Iterator[Problem]:
    """Run each repair once; yield what was done, and collect the errors."""
    for check in CHECKS:
        for problem in check(scene):
            try:
                result = problem.repair() if problem.repair and not failed else None
            except NoAccess as error:
                failed.append(error)
                continue
            if result:
                yield problem._replace(fix=result, repair=None)


def _find(folder: Folder) -> list[Problem]:
    scene = Scene(folder)
    found = [problem for check in CHECKS for problem in check(scene)]
    return [*found, *_rest_of_check(scene, found)]


def _rest_of_check(scene: Scene, found: list[Problem]) -> Iterator[Problem]:
    """Count what else `cbfa check` finds."""
    if scene.loaded is None:
        return
    names = {shown_path(path): path.name for path in scene.files}
    marked = {one.place.file for one in found if one.kind == Kind.CONFLICT_MARKERS}
    lines = {(one.place.file, one.place.line) for one in found if one.place.line}
    rest = []
    for problem in scene.loaded.problems:
        name = names.get(problem.place.file, problem.place.file)
        is_marker = name in marked and journal.is_marker(problem.place.excerpt.encode())
        if not is_marker and (name, problem.place.line) not in lines:
            rest.append(problem)
    if not rest:
        return
    message = Plural(
        "cbfa check reports {count} more problem in the files",
        "cbfa check reports {count} more problems in the files",
        count=len(rest),
    )
    make = to_decide if any(problem.severity is Severity.ERROR for problem in rest) else to_know
    yield make(Kind.CHECK, Place(scene.path.name), message, Message("see: cbfa check"))
