"""Real faults: processes that are killed, files that are full, locks that others hold, calls that fail, git that merges."""
