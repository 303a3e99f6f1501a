"""Writing rows of contract tables into a database: only changed columns, and tombstones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sync.contract.tables import TABLES, Row, Table
from sync.contract.wire import Change
from sync.replica.database import Database


class RowMissing(Exception):
    """A change tells only what differs of a row that is not held here."""


def apply_changes(db: Database, changes: Iterable[Change]) -> int:
    """Apply changes of known tables; unknown tables and columns of a newer central are passed over.

    Returns how many rows were written. Call inside a transaction that also moves the cursor.
    """
    written = 0
    for change in changes:
        table = TABLES.get(change.table)
        if table is None:
            continue
        if change.row is None:
            db.execute(f"DELETE FROM {table.name} WHERE {table.key} = ?", [change.id])
        else:
            _upsert(db, table, change.id, change.row, partial=change.partial)
        written += 1
    return written


def _upsert(db: Database, table: Table, key: str, row: Row, *, partial: bool) -> None:
    columns = [name for name in table.column_names if name in row and name != table.key]
    found = db.execute(
        f"SELECT {', '.join(columns) or '1'} FROM {table.name} WHERE {table.key} = ?", [key]
    ).fetchone()
    if found is None and partial:
        raise RowMissing(key)
    if found is None:
        names = [table.key, *columns]
        marks = ", ".join("?" * len(names))
        db.execute(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",
            [key, *(row[name] for name in columns)],
        )
        return
    changed = [name for name, old in zip(columns, found, strict=False) if row[name] != old]
    if changed:
        sets = ", ".join(f"{name} = ?" for name in changed)
        db.execute(
            f"UPDATE {table.name} SET {sets} WHERE {table.key} = ?", [*(row[name] for name in changed), key]
        )


def held_tombstones(db: Database, changes: Iterable[Change]) -> list[Change]:
    """The tombstones among the changes that would delete a row which is held here."""
    return [change for change in changes if change.row is None and _is_held(db, change)]


def _is_held(db: Database, change: Change) -> bool:
    table = TABLES.get(change.table)
    if table is None:
        return False
    sql = f"SELECT 1 FROM {table.name} WHERE {table.key} = ?"
    return db.execute(sql, [change.id]).fetchone() is not None


def read_rows(db: Database, table: Table, where: str = "", values: Iterable[object] = ()) -> Iterator[Row]:
    """Rows of a table as column → value, lazily."""
    names = table.column_names
    for found in db.execute(f"SELECT {', '.join(names)} FROM {table.name} {where}", list(values)):
        yield dict(zip(names, found, strict=True))
