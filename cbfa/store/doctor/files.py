"""What stands in the three files: git's marks in what is written by hand, and whatever else `cbfa check` finds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from cbfa.messages import Message, Plural
from cbfa.problems import Place, Problem, Severity
from cbfa.store.doctor.findings import Kind, to_decide, to_know
from cbfa.store.doctor.scene import Scene, lines_of, readable
from cbfa.store.journal_care import CONFLICT_MARKER
from cbfa.store.journal_lines import bare
from cbfa.store.paths import shown_path


def markers_in_the_plans(scene: Scene) -> Iterator[Problem]:
    """Which side of a conflict was decided stands in the decision, not in git."""
    for path in scene.plans:
        lines = [bare(line.removesuffix(b"\n")) for line in lines_of(readable(path) or b"")]
        marked = [number for number, line in enumerate(lines, 1) if CONFLICT_MARKER.match(line)]
        if marked:
            message = Plural(
                "git left {count} conflict marker in this file",
                "git left {count} conflict markers in this file",
                count=len(marked),
            )
            advice = Message("choose one of the two versions, and delete the lines with the markers")
            yield to_decide(Kind.CONFLICT_MARKERS, Place(path.name, marked[0], 1), message, advice)


def rest_of_check(scene: Scene, told: Collection[tuple[str, Place]]) -> Iterator[Problem]:
    """What else `cbfa check` finds, as numbers: it is told best by `cbfa check`."""
    loaded = scene.loaded
    if loaded is None:
        return
    marked = {place.file for kind, place in told if kind == Kind.CONFLICT_MARKERS}
    lines = {(place.file, place.line) for _, place in told if place.line}
    names = {shown_path(path): path.name for path in scene.files}
    rest = []
    for problem in loaded.problems:
        name = names.get(problem.place.file, problem.place.file)
        marker = name in marked and CONFLICT_MARKER.match(problem.place.excerpt.encode())
        if not marker and (name, problem.place.line) not in lines:
            rest.append(problem)
    if not rest:
        return
    message = Plural(
        "cbfa check finds {count} more problem in the files",
        "cbfa check finds {count} more problems in the files",
        count=len(rest),
    )
    wrong = any(problem.severity is Severity.ERROR for problem in rest)
    yield (to_decide if wrong else to_know)(Kind.CHECK, Place(scene.path.name), message, Message("see: cbfa check"))


CHECKS: list[Callable[[Scene], Iterator[Problem]]] = [markers_in_the_plans]
