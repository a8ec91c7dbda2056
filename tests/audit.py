"""Looks up what is installed among the known vulnerabilities: `python -m tests.audit`, by pip-audit.

Exits with 1 where one is found. Where the lists cannot be reached it says so, and exits with 0: that nothing was looked up is no finding.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

_PIP_AUDIT = [
    sys.executable,
    "-m",
    "pip_audit",
    "--local",
    "--skip-editable",
    "--progress-spinner",
    "off",
    "--format",
    "json",
]


def told(printed: str) -> tuple[str, int]:
    """What to say of pip-audit's answer, and the exit code. An answer that is no JSON is that of lists which cannot be reached."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return "The lists of vulnerabilities cannot be reached from here: nothing was looked up.", 0
    found = [
        f"{package['name']} {package['version']}: {its['id']}, fixed in {', '.join(its['fix_versions']) or 'no version yet'}"
        for package in packages
        for its in package.get("vulns", [])
    ]
    looked_up = sum("vulns" in package for package in packages)
    if not looked_up:
        return "The lists of vulnerabilities cannot be reached from here: nothing was looked up.", 0
    summary = f"{looked_up} of {len(packages)} packages were looked up; {len(found)} known vulnerabilities"
    return "\n".join([*found, summary]), int(bool(found))


def main() -> int:
    """Asks pip-audit and says what it found."""
    done = subprocess.run(_PIP_AUDIT, capture_output=True, text=True, encoding="utf-8", check=False)
    sentence, code = told(done.stdout)
    print(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main())
