"""The answer of each command as a page."""
