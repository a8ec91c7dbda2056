"""Reading the roadmap and the agencies, and checking the one against the other."""

from __future__ import annotations

from collections.abc import Sequence

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_programme
from cbfa.core.roadmap import Roadmap
from cbfa.errors import Problem, Source
from cbfa.store.validation import validate
from cbfa.store.yaml_reader import read_yaml


def read_programme(
    raw: Sequence[bytes], names: Sequence[str]
) -> tuple[Roadmap | None, Agencies | None, list[Problem], list[Problem]]:
    """What stands in both files, None for one that is not whole; what is wrong in a file by itself; what is wrong between the parts."""
    roadmap_file, agencies_file = map(read_yaml, raw, names)
    roadmap, agencies = validate(Roadmap, roadmap_file), validate(Agencies, agencies_file)
    between = []
    for finding in check_programme(
        roadmap.model, agencies.model, roadmap_whole=roadmap.whole, agencies_whole=agencies.whole
    ):
        path = (roadmap if finding.source is Source.ROADMAP else agencies).in_file(finding.path)
        file = roadmap_file if finding.source is Source.ROADMAP else agencies_file
        between.append(finding.at(file.place(path)))
    return roadmap.trusted, agencies.trusted, [*roadmap.problems, *agencies.problems], between
