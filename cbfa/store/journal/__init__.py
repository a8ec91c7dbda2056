"""The progress journal: what a journal can do (`JournalStore`), and the journal that is a file."""
