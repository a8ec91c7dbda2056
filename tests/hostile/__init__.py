"""What can come in from outside, and must do no harm: whole files, texts in every field, and bytes at random."""
