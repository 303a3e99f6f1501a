"""The rescue file: everything that has not gone, in one file that only central can read."""
