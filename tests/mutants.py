"""Mutation testing: change the files that `[tool.mutmut]` names in small ways, and count the changes that no test notices.

`python -m tests.mutants` runs mutmut, prints the mutants that survive as differences, and fails if it killed less than MIN_SHARE of all.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

MIN_SHARE = 0.95
"""The share of all mutants that must be killed."""
KILLED = {"killed", "timeout"}
"""The states of a mutant that a test noticed; one that runs for ever is noticed too."""
_MUTMUT = [sys.executable, "-m", "mutmut"]


def states(results: str) -> dict[str, str]:
    """Parse the state of each mutant from the lines that `mutmut results` prints."""
    pairs = (line.strip().rpartition(": ") for line in results.splitlines() if "__mutmut_" in line)
    return {name: state for name, _, state in pairs}


def share(known: dict[str, str]) -> float:
    """Return the share of mutants that are killed; 0 if there are none."""
    return sum(state in KILLED for state in known.values()) / (len(known) or 1)


def difference(name: str) -> str:
    """Return the changed lines of a mutant."""
    done = subprocess.run([*_MUTMUT, "show", name], capture_output=True, text=True, encoding="utf-8", check=True)
    return "\n".join(
        line for line in done.stdout.splitlines() if line[:1] in {"-", "+"} and line[1:3] not in {"--", "++"}
    )


def main() -> int:
    """Run mutmut and print the mutants that survive; return 0 if enough are killed."""
    shutil.rmtree(Path("mutants"), ignore_errors=True)
    subprocess.run([*_MUTMUT, "run"], check=True)
    done = subprocess.run(
        [*_MUTMUT, "results", "--all", "true"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    known = states(done.stdout)
    for name, state in known.items():
        if state not in KILLED:
            print(f"{name}: {state}\n{difference(name)}\n")
    print(", ".join(f"{number} {state}" for state, number in Counter(known.values()).most_common()))
    print(f"{share(known):.1%} of {len(known)} are killed; {MIN_SHARE:.0%} must be")
    return 0 if share(known) >= MIN_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
