"""The programme and what follows from it: state = f(roadmap, agencies, journal, as-of date).

Pure: no files, no clock, no printing. Imports only `cbfa.messages`, `cbfa.problems` and `cbfa.errors`.

Conventions, in every module here: dates are `datetime.date`; a window and a deadline include their last day; years are calendar years;
"today" is always given in, never asked for.
"""
