"""Pages of typed blocks and values, and the formats in which they are written. Knows the core and the languages."""
