"""Reading the roadmap and the agencies, and checking the one against the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_programme
from cbfa.core.roadmap import Roadmap
from cbfa.problems import Problem, Source
from cbfa.store.validation import validate
from cbfa.store.yaml_reader import read_yaml


def read_programme(
    raw: Sequence[bytes], names: Sequence[str]
) -> tuple[Roadmap | None, Agencies | None, list[Problem], list[Problem]]:
    """What stands in both files, None for one that is not whole; what is wrong in a file by itself; what is wrong between the parts."""
    roadmap_file, agencies_file = map(read_yaml, raw, names)
    roadmap, agencies = validate(Roadmap, roadmap_file), validate(Agencies, agencies_file)
    between = []
    for problem in check_programme(
        roadmap.model, agencies.model, roadmap_whole=roadmap.whole, agencies_whole=agencies.whole
    ):
        of_roadmap = problem.place.file == Source.ROADMAP
        path = (roadmap if of_roadmap else agencies).in_file(problem.place.path)
        place = (roadmap_file if of_roadmap else agencies_file).place(path)
        between.append(replace(problem, place=place))
    return roadmap.trusted, agencies.trusted, [*roadmap.problems, *agencies.problems], between
