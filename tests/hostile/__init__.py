"""Files that could do harm: whole files, texts in every field, and bytes changed at random."""
