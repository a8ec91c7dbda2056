"""Files: YAML with positions, the journal, where the data lives. Knows the core, not the views."""
