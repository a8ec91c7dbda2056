"""Beancount, double-entry accounting in a text file: `bean-query` on the ledger that `bean-example` writes, of three years."""

from __future__ import annotations

from benchmarks.peers import installed
from benchmarks.process import Job, output
from benchmarks.workshop import Workshop

_LEDGER = ("--seed", "42", "--date-birth", "1980-01-01", "--date-begin", "2013-01-01", "--date-end", "2015-12-31")
QUERY = "SELECT account, sum(position) WHERE account ~ 'Expenses' GROUP BY account ORDER BY account"


def bean_query(workshop: Workshop) -> Job:
    """The sum of each account of expenses. Raises Missing."""
    command, example = installed("bean-query", "Beancount"), installed("bean-example", "Beancount")
    ledger = workshop.folder / "example.beancount"
    if not ledger.exists():
        output(Job((str(example), *_LEDGER, "-o", str(ledger)), workshop.environment))
    return Job((str(command), str(ledger), QUERY), workshop.environment)
