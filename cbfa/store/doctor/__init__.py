"""A look at the whole data folder, and the mends that lose nothing.

One file for each subject, each with a plain list of checks that yield what they find. A look writes nothing, whatever it finds. Mends are
done under the journal's lock, one after the other, and each check looks at the disk only when it is reached: so it sees what the mends
before it did. What a mend takes away is kept whole: a torn tail in `progress.yaml.torn`, all else in `kept/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from cbfa.core.diagnosis import Care, Diagnosis
from cbfa.errors import NoAccess
from cbfa.store.doctor import access, copies, files, git, journal, sharing
from cbfa.store.doctor.findings import Found
from cbfa.store.doctor.scene import Scene
from cbfa.store.folder import Folder
from cbfa.store.journal_append import locked

CHECKS: list[Callable[[Scene], Iterator[Found]]] = [
    *access.CHECKS,
    *sharing.CHECKS,
    *files.CHECKS,
    *journal.CHECKS,
    *copies.CHECKS,
    *git.CHECKS,
]


class Treated(NamedTuple):
    """What was done, what is left, and what could not be done though it should have been."""

    done: list[Diagnosis]
    left: list[Diagnosis]
    failed: list[NoAccess]


def examine(folder: Folder) -> list[Diagnosis]:
    """Everything that is found, by the order of the checks. Writes nothing."""
    return [found.diagnosis for found in [*access.lock_is_free(Scene(folder)), *_looked(folder)]]


def treat(folder: Folder) -> Treated:
    """Does what loses nothing, if there is any such thing, and looks again. Raises NoAccess where the lock cannot be had."""
    before = examine(folder)
    if not any(diagnosis.care is Care.FIX for diagnosis in before):
        return Treated([], before, [])
    done: list[Diagnosis] = []
    failed: list[NoAccess] = []
    scene = Scene(folder)
    with locked(scene.journal_path):
        for found in (found for check in CHECKS for found in check(scene)):
            try:
                said = found.mend() if found.mend else None
            except NoAccess as error:
                failed.append(error)
                continue
            if said:
                done.append(replace(found.diagnosis, care=Care.DONE, advice=said))
        left = [found.diagnosis for found in _looked(folder)]
    return Treated(done, left, failed)


def _looked(folder: Folder) -> list[Found]:
    scene = Scene(folder)
    found = [one for check in CHECKS for one in check(scene)]
    told = {(one.diagnosis.kind, one.diagnosis.place) for one in found}
    return [*found, *files.rest_of_check(scene, told)]
