"""What central knows: one SQLite file, one writer at a time, and a folder of files named by their hash."""
