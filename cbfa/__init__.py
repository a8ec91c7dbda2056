"""Keeps a public programme honest, from its resolution to its final report."""

__version__ = "0.1.0"
