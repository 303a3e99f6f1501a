"""The local SQLite replica: reference data (rebuildable) and work data (precious, encrypted).

SQL lives here and in ``sync.central`` and nowhere else.
"""
