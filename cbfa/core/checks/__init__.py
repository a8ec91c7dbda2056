"""What must hold between the parts of the three files, beyond what each model checks of itself.

A plain list of functions for each subject; each yields what it finds, with the path to it, and none stops at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from cbfa.core.agencies import Agencies
from cbfa.core.checks import agencies as agency_checks
from cbfa.core.checks import clauses as clause_checks
from cbfa.core.checks import journal as journal_checks
from cbfa.core.checks import roadmap as roadmap_checks
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Roadmap
from cbfa.problems import Problem

_MOST = 100
"""So many findings of one check are told; more have one cause."""


def check_programme(
    roadmap: Roadmap | None, agencies: Agencies | None, *, roadmap_whole: bool = True, agencies_whole: bool = True
) -> list[Problem]:
    """Everything that is wrong in and between the roadmap and the agencies, as far as they could be read.

    A file that is not whole lacks its parts that are wrong in themselves: then nothing is said to be lacking or unknown in it.
    """
    found: list[Problem] = []
    if roadmap:
        found += _all(roadmap_checks.CHECKS, roadmap)
        found += _all(roadmap_checks.CHECKS_OF_THE_WHOLE, roadmap) if roadmap_whole else []
    if agencies:
        found += _all(agency_checks.CHECKS, agencies)
    if roadmap and agencies:
        found += _all(clause_checks.CHECKS, roadmap, agencies)
        found += _all(agency_checks.CHECKS_OF_THE_WHOLE, roadmap, agencies) if agencies_whole else []
        found += _all(clause_checks.CHECKS_OF_THE_WHOLE, roadmap, agencies) if roadmap_whole and agencies_whole else []
    return found


def check_journal(journal: Journal, roadmap: Roadmap | None, agencies: Agencies | None) -> list[Problem]:
    """Everything that is wrong in the journal, by itself and beside the roadmap and the agencies; None for one that is not whole."""
    found = _all(journal_checks.CHECKS, journal)
    found += _all(journal_checks.CHECKS_WITH_ROADMAP, journal, roadmap) if roadmap else []
    found += _all(journal_checks.CHECKS_WITH_AGENCIES, journal, agencies) if agencies else []
    return found


def _all(checks: Iterable[Callable[..., Iterator[Problem]]], *files: object) -> list[Problem]:
    return [finding for one in checks for finding in islice(one(*files), _MOST)]
