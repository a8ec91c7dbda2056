"""Real faults: killed processes, full disks, locks of others, failing system calls, merges by git."""
