"""Commands: the only place that reads the clock, prints and exits. Knows all the others; commands never call commands."""
