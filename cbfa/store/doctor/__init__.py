"""Examine the whole data folder, and repair what can be repaired without losing anything.

One file for each subject, each with a plain list of checks that yield problems. Examining writes nothing. Repairs run under the journal's
lock, one after the other, and each check reads the disk when it is reached, so it sees what the repairs before it did. What a repair takes
away is kept whole: a torn tail in `progress.yaml.torn`, everything else in `kept/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from cbfa.errors import NoAccess
from cbfa.problems import Problem
from cbfa.store.doctor import access, copies, files, git, journal, sharing
from cbfa.store.doctor.scene import Scene
from cbfa.store.folder import Folder
from cbfa.store.journal_append import locked

CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [
    *access.CHECKS,
    *sharing.CHECKS,
    *files.CHECKS,
    *journal.CHECKS,
    *copies.CHECKS,
    *git.CHECKS,
]


class Outcome(NamedTuple):
    """What was repaired, what is left, and the errors of repairs that failed."""

    done: list[Problem]
    left: list[Problem]
    failed: list[NoAccess]


def examine(folder: Folder) -> list[Problem]:
    """Everything that is wrong, in the order of the checks. Writes nothing."""
    return [*access.lock_is_free(Scene(folder)), *_found(folder)]


def repair(folder: Folder) -> Outcome:
    """Repair what can be repaired without losing anything, then examine again. Raises NoAccess if the lock cannot be had."""
    before = examine(folder)
    if not any(problem.repair for problem in before):
        return Outcome([], before, [])
    done: list[Problem] = []
    failed: list[NoAccess] = []
    scene = Scene(folder)
    with locked(scene.journal_path):
        for problem in (problem for check in CHECKS for problem in check(scene)):
            try:
                result = problem.repair() if problem.repair else None
            except NoAccess as error:
                failed.append(error)
                continue
            if result:
                done.append(replace(problem, fix=result, repair=None))
        left = _found(folder)
    return Outcome(done, left, failed)


def _found(folder: Folder) -> list[Problem]:
    scene = Scene(folder)
    found = [problem for check in CHECKS for problem in check(scene)]
    reported = {(problem.kind, problem.place) for problem in found}
    return [*found, *files.rest_of_check(scene, reported)]
