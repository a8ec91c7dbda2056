"""How long `cbfa` takes from its start to its end, as a ratio to a Typer program that imports pydantic and yaml.

Whole processes of the same interpreter, in the same environment, run in turns: baseline, cbfa, baseline, cbfa, … What is compared is the
median; the quartiles are those of the ratio within a turn. Times depend on the machine, so only the ratio is judged.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
AIM = 1.4
LEAST_RUNS = 15

BASELINE = ("from baseline import app; app()",)
CBFA = "from cbfa.__main__ import main; main()"
JUDGED = "status"
QUESTIONS = {
    JUDGED: ("status",),
    "status --format table": ("status", "--format", "table"),
    "status --format json": ("status", "--format", "json"),
    "overdue --year 2012": ("overdue", "--year", "2012"),
    "report --agency SoNgoaiVu": ("report", "--agency", "SoNgoaiVu"),
}
"""What is asked of cbfa, each with its arguments. Output goes into a pipe."""


@dataclass(frozen=True)
class Result:
    """Seconds of each turn, of the baseline and of cbfa."""

    baseline: Sequence[float]
    cbfa: Sequence[float]

    @property
    def ratio(self) -> float:
        """Median to median."""
        return median(self.cbfa) / median(self.baseline)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Lower and upper quartile of the ratios within a turn."""
        lower, _, upper = quantiles([ours / theirs for ours, theirs in zip(self.cbfa, self.baseline, strict=True)], n=4)
        return lower, upper


def environment() -> dict[str, str]:
    """The environment of every process: bytecode is kept, the shipped programme is the one that is read."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "COLUMNS")}
    return kept | {"CBFA_DATA": str(ROOT / "data"), "CBFA_LANG": "en", "PYTHONPATH": str(HERE)}


def seconds(code: Sequence[str], variables: dict[str, str]) -> float:
    """Runs one process to its end. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *code], check=True, capture_output=True, cwd=ROOT, env=variables)
    return time.perf_counter() - start


def measure(arguments: Sequence[str], runs: int, variables: dict[str, str]) -> Result:
    """Measures both programs in turns, after one run of each that is not counted and leaves its bytecode behind."""
    ours = (CBFA, *arguments)
    for code in (BASELINE, ours):
        seconds(code, variables)
    turns = [(seconds(BASELINE, variables), seconds(ours, variables)) for _ in range(runs)]
    return Result([theirs for theirs, _ in turns], [mine for _, mine in turns])


def line(name: str, result: Result) -> str:
    """One row of the answer."""
    lower, upper = result.quartiles
    milliseconds = f"{1000 * median(result.cbfa):6.0f} ms  {1000 * median(result.baseline):6.0f} ms"
    return f"{name:<28}{milliseconds}   {result.ratio:5.2f}   {lower:.2f} to {upper:.2f}"


def main() -> None:
    """Measures, prints a row for each question, and judges the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, metavar="N", help=f"turns, {LEAST_RUNS} or more")
    runs = max(LEAST_RUNS, parser.parse_args().runs)
    variables = environment()
    print(f"Python {sys.version.split()[0]}, {runs} turns each, medians of whole processes, output into a pipe")
    print(f"{'command':<28}{'cbfa':>9}  {'baseline':>9}   {'ratio':>5}   quartiles of the ratio")
    judged = 0.0
    for name, arguments in QUESTIONS.items():
        result = measure(arguments, runs, variables)
        print(line(name, result), flush=True)
        judged = result.ratio if name == JUDGED else judged
    verdict = "within" if judged <= AIM else "outside"
    print(f"`cbfa {JUDGED}` takes {judged:.2f} times as long as the baseline: {verdict} the aim of {AIM}.")


if __name__ == "__main__":
    main()
