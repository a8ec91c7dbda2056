"""What another copy of the journal brings, and what speaks against taking it over."""

from __future__ import annotations

from dataclasses import replace

from cbfa.core.agencies import Agencies
from cbfa.core.checks import check_journal
from cbfa.core.journal import Journal, Record
from cbfa.core.roadmap import Roadmap
from cbfa.messages import Message
from cbfa.problems import Problem
from cbfa.store.journal_lines import JournalFile


def news_of(theirs: JournalFile, journal: Journal) -> list[Record]:
    """The records that the journal lacks, in the order of their ids."""
    return sorted((record for record in theirs.journal.records if record not in journal), key=lambda record: record.id)


def problems_of_union(theirs: JournalFile, roadmap: Roadmap, agencies: Agencies, journal: Journal) -> list[Problem]:
    """What is wrong in the copy by itself, and what its records would make wrong in the journal. A torn line is an entry to be lost."""
    problems = [*theirs.problems]
    if theirs.torn:
        fix = Message("ask for the whole file; if the line is whole, add a line end")
        problems = [
            Problem(theirs.torn, Message("this copy ends in the middle of a line, so an entry would be lost"), fix)
        ]
    return problems + [
        replace(one, place=theirs.place(one.place.path))
        for one in check_journal(journal | theirs.journal, roadmap, agencies)
        if one.place.path[0] in theirs.lines
    ]
