"""How long `cbfa` takes and how much memory it needs, against other programs and against itself. `python -m benchmarks` measures all of it.

```
words, journal, programme   invented programmes of any size, the same for the same seed
process, launcher           one run of a program: its seconds, its peak memory
measure                     two programs in turns, and what comes of it
workshop                    the folder in which everything happens, and how cbfa is run there
baseline, reading           what cbfa is measured against: a bare Typer program, bare JSON
peers/                      the same for other people's programs
rows                        the table: what is measured against what, and the aim
report, machine             the table in print, and on what it was measured
```
"""
