"""Check what must hold between the parts of the files, beyond what each model checks of itself.

A plain list of functions for each subject. Each yields problems, placed by the path of a value, and does not stop at the first.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime
from itertools import islice

from cbfa.core.agencies import Agencies
from cbfa.core.checks import journal as of_journal
from cbfa.core.checks import programme as of_programme
from cbfa.core.history import History
from cbfa.core.journal import Journal
from cbfa.core.roadmap import Roadmap
from cbfa.problems import Problem

MAX_PROBLEMS = 100
"""Maximum number of problems of one check. More of them have a common cause."""


def check_programme(
    roadmap: Roadmap | None, agencies: Agencies | None, *, roadmap_whole: bool = True, agencies_whole: bool = True
) -> list[Problem]:
    """Return what is wrong in and between the roadmap and the agencies, as far as they could be read.

    A file that is not whole lacks its bad items, so nothing is reported as missing or unknown in it.
    """
    found: list[Problem] = []
    if roadmap:
        found += _run(of_programme.ROADMAP_CHECKS, roadmap)
        found += _run(of_programme.WHOLE_ROADMAP_CHECKS, roadmap) if roadmap_whole else []
    if agencies:
        found += _run(of_programme.AGENCY_CHECKS, agencies)
        found += _run(of_programme.WHOLE_AGENCY_CHECKS, agencies) if agencies_whole else []
    if roadmap and agencies:
        found += _run(of_programme.CROSS_CHECKS, roadmap, agencies)
        found += _run(of_programme.WHOLE_AGENCIES_CHECKS, roadmap, agencies) if agencies_whole else []
        found += _run(of_programme.WHOLE_CROSS_CHECKS, roadmap, agencies) if roadmap_whole and agencies_whole else []
    return found


def check_journal(
    journal: Journal,
    history: History | None,
    agencies: Agencies | None,
    *,
    among: Container[str] | None = None,
    now: datetime | None = None,
) -> list[Problem]:
    """Return what is wrong in the journal, by itself and against the plan and the agencies; None for what has errors.

    `among` holds ids of records: only problems of these are returned. With `now`, entries recorded in the future are found.
    """
    found = _run(of_journal.CHECKS, journal, among=among)
    found += _run([of_journal.entries_were_recorded_in_the_past], journal, now, among=among) if now else []
    found += _run(of_journal.PLAN_CHECKS, journal, history.whole, among=among) if history else []
    found += _run(of_journal.AGENCY_CHECKS, journal, agencies, among=among) if agencies else []
    return found


def _run(
    checks: Iterable[Callable[..., Iterator[Problem]]], *files: object, among: Container[str] | None = None
) -> list[Problem]:
    found: list[Problem] = []
    for check in checks:
        its = check(*files)
        if among is not None:
            its = (one for one in its if any(record in among for record in (one.place.path[0], *one.also)))
        found += islice(its, MAX_PROBLEMS)
    return found
