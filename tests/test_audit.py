"""What `make audit` says of pip-audit's answers."""

from __future__ import annotations

import json

from tests.audit import told


def test_a_known_vulnerability_is_named_and_fails():
    """The package, its version, the vulnerability and where it is fixed."""
    bad = {"name": "yaml", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"], "aliases": []}]}
    good = {"name": "rich", "version": "15", "vulns": []}

    assert told(json.dumps({"dependencies": [bad, good], "fixes": []})) == (
        "yaml 1: CVE-1, fixed in 2\n2 of 2 packages were looked up; 1 known vulnerabilities",
        1,
    )
    assert told(json.dumps({"dependencies": [good]})) == (
        "1 of 1 packages were looked up; 0 known vulnerabilities",
        0,
    )


def test_lists_out_of_reach_are_said_to_be_so():
    """Neither an error of the network nor packages that nobody knows count as looked up."""
    skipped = {"name": "rich", "skip_reason": "Dependency not found"}

    for printed in ("", "ERROR: no route to host", json.dumps({"dependencies": [skipped]})):
        assert told(printed) == (
            "The lists of vulnerabilities cannot be reached from here: nothing was looked up.",
            0,
        )
