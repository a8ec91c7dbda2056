"""Keeps a public programme honest, from its resolution to its final report."""

import os

__version__ = "0.1.0"

# Pydantic would search every installed package for plugins and run them; cbfa has no use for any, whichever module is imported first.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
