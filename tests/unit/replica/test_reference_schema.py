"""A reference file of an earlier version is still read, and says that it must be filled anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sync.contract.tables import PERMIT, REFERENCE_TABLES, create_statements
from sync.contract.wire import Change
from sync.replica.database import open_database
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.reference import ReferenceStore

AT = CursorAt("c", "e", datetime(2026, 11, 20, tzinfo=UTC))
OLD_COLUMNS = [name for name in PERMIT.column_names if not name.startswith("max_") and name != "window_days"]


def old_file(folder: DataFolder) -> None:
    """A file as the first version left it: no loads, no zones, no kinds of days."""
    folder.reference.mkdir(parents=True, exist_ok=True)
    db = open_database(folder.reference / "old-1.db", full_sync=False)
    for table in REFERENCE_TABLES:
        if table.name in {"prohibited_zone", "day_kind"}:
            continue
        if table is PERMIT:
            columns = ", ".join(
                f"{c} {'TEXT NOT NULL PRIMARY KEY' if c == 'permit_id' else 'TEXT'}" for c in OLD_COLUMNS
            )
            db.execute(f"CREATE TABLE permit ({columns}) WITHOUT ROWID")
            continue
        for statement in create_statements(table):
            db.execute(statement)
    db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    db.execute("INSERT INTO meta VALUES ('schema', '1'), ('cursor', 'c'), ('epoch', 'e')")
    db.execute("INSERT INTO permit (permit_id, plate, valid_to) VALUES ('P1', '粤BWK516', '2026-12-31')")
    db.close()
    (folder.reference / "current").write_text("old-1.db")


def test_old_file_is_read_with_its_new_columns_empty_and_asks_to_be_filled_anew(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    old_file(folder)
    store = ReferenceStore(folder)
    assert store.permits("粤BWK516")[0]["max_load_t"] is None
    assert store.prohibited_zones() == []
    assert store.cursor() is None
    store.close()
    again = ReferenceStore(folder)
    assert again.cursor() is None
    again.close()


def test_new_file_is_of_this_version(tmp_path: Path) -> None:
    store = ReferenceStore(DataFolder(tmp_path))
    day = {"day": "2026-10-01", "kind": "holiday", "name": "国庆节"}
    store.apply([Change(1, "day_kind", "2026-10-01", dict(day))], AT)
    assert store.cursor() == AT
    assert store.day_kinds(["2026-10-01", "2026-10-02"]) == [day]
    store.close()
