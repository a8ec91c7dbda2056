"""Files for other programs: made by the real program, and opened by others."""
