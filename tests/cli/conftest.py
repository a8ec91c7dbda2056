"""A mark for the tests of commands that only Unix can run."""

from __future__ import annotations

import os

import pytest

unix = pytest.mark.skipif(os.name == "nt", reason="needs the terminals and permissions of Unix")
