"""The progress journal as an interface (`JournalStore`), and the journal that is a file."""
