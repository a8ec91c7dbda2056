"""Paths as people type them."""

from __future__ import annotations

import pytest

from cbfa.store.paths import typed_path


@pytest.mark.parametrize(
    ("path", "in_a_shell", "on_windows"),
    [
        ("data", "data", "data"),
        ("my data", "'my data'", '"my data"'),
        ("D:\\Đối ngoại", "'D:\\Đối ngoại'", '"D:\\Đối ngoại"'),
        ("C:\\Sở\\cbfa-1.0", "'C:\\Sở\\cbfa-1.0'", "C:\\Sở\\cbfa-1.0"),
        ("a&b", "'a&b'", '"a&b"'),
        ("it's", "'it'\"'\"'s'", '"it\'s"'),
    ],
)
def test_a_path_in_a_command_can_be_typed_as_it_stands(path, in_a_shell, on_windows):
    """Quotes where they are needed, of the kind that the system knows."""
    assert typed_path(path, windows=False) == in_a_shell
    assert typed_path(path, windows=True) == on_windows
