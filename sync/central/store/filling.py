"""Filling a central with a whole city at once: rows in bulk, then their place in the feed in one statement.

Everything happens in one transaction: a kill leaves the city whole or absent. Filling again replaces
reference rows that differ and removes those that are gone, but never touches work that people did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from sync.central.store.city import set_city
from sync.central.store.clocks import refold_clocks
from sync.central.store.officers import set_pin
from sync.central.store.store import Store, delete_row, note_change, take_sequence
from sync.contract.errors import InputRefused
from sync.contract.tables import TABLES, Cell, Row, Table
from sync.contract.wire import City
from sync.replica.database import Database

WORK_OF_PEOPLE = frozenset({"city_case", "case_act"})


class CityData(msgspec.Struct, frozen=True):
    """What a city brings: its card, its tables in any order, its officers' PIN verifiers."""

    city: City
    tables: Iterable[tuple[str, Iterator[Row]]]
    verifiers: Mapping[str, str]


def fill(store: Store, data: CityData, *, again: bool) -> dict[str, int]:
    """Fill the city; answers the rows given per table. ``already_seeded`` unless ``again``."""
    counts: dict[str, int] = {}
    with store.writing() as db:
        if db.execute("SELECT 1 FROM meta WHERE name = 'city'").fetchone() is not None and not again:
            raise InputRefused("already_seeded")
        set_city(db, data.city)
        for name, rows in data.tables:
            counts[name] = _fill_table(db, TABLES[name], rows)
        refold_clocks(db)
        for officer_id, verifier in data.verifiers.items():
            set_pin(db, officer_id, verifier)
    return counts


def _fill_table(db: Database, table: Table, rows: Iterator[Row]) -> int:
    empty = db.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone() is None
    if empty:
        return _fill_empty(db, table, rows)
    return _fill_again(db, table, rows)


def _fill_empty(db: Database, table: Table, rows: Iterator[Row]) -> int:
    db.conn.executemany(_insert(table), (_cells(table, row) for row in rows))
    count = int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
    before = take_sequence(db, count) - count
    db.execute(
        "INSERT INTO change (sequence, stream, table_name, row_id, deleted)"
        f" SELECT ? + row_number() OVER (ORDER BY {table.key}), ?, ?, {table.key}, 0 FROM {table.name}",
        (before, table.stream.value, table.name),
    )
    return count


def _fill_again(db: Database, table: Table, rows: Iterator[Row]) -> int:
    names = [name for name in table.column_names if name != table.key]
    kept = "NOTHING"
    if table.name not in WORK_OF_PEOPLE:
        assignments = ", ".join(f"{name} = excluded.{name}" for name in names)
        differs = " OR ".join(f"{name} IS NOT excluded.{name}" for name in names)
        kept = f"UPDATE SET {assignments} WHERE {differs}"
    upsert = f"{_insert(table)} ON CONFLICT ({table.key}) DO {kept} RETURNING 1"
    db.execute("CREATE TEMP TABLE given (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID")
    count = 0
    for row in rows:
        row_id = str(row[table.key])
        db.execute("INSERT OR IGNORE INTO given (id) VALUES (?)", (row_id,))
        if db.execute(upsert, _cells(table, row)).fetchall():
            note_change(db, table.name, row_id)
        count += 1
    if table.name not in WORK_OF_PEOPLE:
        gone = f"SELECT {table.key} FROM {table.name} WHERE {table.key} NOT IN (SELECT id FROM given)"
        for (row_id,) in db.execute(gone).fetchall():
            delete_row(db, table.name, row_id)
    db.execute("DROP TABLE given")
    return count


def _insert(table: Table) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {table.name} ({', '.join(table.column_names)}) VALUES ({marks})"


def _cells(table: Table, row: Row) -> list[Cell]:
    return [row.get(name) for name in table.column_names]
