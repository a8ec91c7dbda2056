"""How long `cbfa` takes and how much memory it needs, against other programs and against itself. `python -m benchmarks` measures all of it."""
