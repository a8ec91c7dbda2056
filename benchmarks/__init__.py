"""Measure the speed and memory of `cbfa` as ratios: `python -m benchmarks`.

```
programme   an invented programme of any size
measure     one run of a program, and two programs measured in turns
rows        the table: the programs that are compared, and the aims
bare        the bare Typer program that start-up is compared with
__main__    the command line and RESULTS.md
```
"""
