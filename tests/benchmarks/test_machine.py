"""What is said of the machine on which it was measured."""

from __future__ import annotations

import platform

from benchmarks import machine


def test_it_names_versions_and_cores_and_neither_the_machine_nor_its_paths():
    """A result is read by anybody."""
    text = " ".join(machine.description())

    assert "cores; Python 3." in text
    assert "pydantic 2." in text
    assert "/" not in text
    assert platform.node() not in text


def test_a_busy_machine_is_said_to_be_one():
    """Then the figures are rough."""
    assert machine.quiet(1.2) == "The machine was quiet: load up to 1.2."
    assert machine.quiet(4.0) == "The machine was not quiet: load up to 4.0, so the figures are rough."
