"""Pictures: their files, the rows that say where they came from, who agreed to be seen, and where they stand."""
