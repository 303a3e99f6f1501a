"""Giving a database that an earlier version made the tables and columns of the contract that it lacks.

Only adds: rows stay, and a new column is empty in them until central tells what belongs there.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.contract.tables import Table, create_statements
from sync.replica.database import Database


def add_missing(db: Database, tables: Iterable[Table]) -> None:
    """Make what is missing of the tables. Inside a transaction."""
    for table in tables:
        held = {str(row[1]) for row in db.execute(f"PRAGMA table_info({table.name})").fetchall()}
        if not held:
            for statement in create_statements(table):
                db.execute(statement)
        for name, kind in table.columns if held else ():
            if name not in held:
                db.execute(f"ALTER TABLE {table.name} ADD COLUMN {name} {kind}")
