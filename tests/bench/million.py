"""A tablet's folder with a city of a million permits, filled without a central, for figures."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fieldapp.capture.desk import Desk
from sync.central.city import CITY, build
from sync.clock import SystemClock
from sync.contract.ids import new_id
from sync.contract.tables import REFERENCE_SCHEMA, TABLES, Row, Stream, Table, create_statements
from sync.contract.wire import Change, OfficerCard
from sync.replica.database import Database, open_database, transaction
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.search_schema import create_search
from sync.replica.work import WorkStore

PERMITS = 1_000_000
KEY = bytes(range(32))


class City(NamedTuple):
    """Where it lies, and its distinct plates in order."""

    root: Path
    plates: list[str]

    @property
    def file(self) -> Path:
        """The reference database."""
        return DataFolder(self.root).reference / "city-1.db"


def fill(root: Path, permits: int = PERMITS) -> City:
    """Build it anew, the reference file as a snapshot has it: indexed, without a log."""
    folder, clock = DataFolder(root), SystemClock()
    at = CursorAt("bench", "bench", clock.now())
    work = WorkStore(folder, KEY)
    db = open_database(folder.reference / "city-1.db", full_sync=False)
    db.execute("PRAGMA journal_mode = OFF")
    with work.act(), transaction(db):
        work.meta.set_identity(Identity("https://central.test", "bench", "00", "t", "bench", CITY))
        for name, rows in build(permits):
            if TABLES[name].stream is Stream.REFERENCE:
                _put(db, TABLES[name], rows)
            else:
                work.city.apply([Change(1, name, str(row[TABLES[name].key]), row) for row in rows])
        work.meta.move_cursor(Stream.WORK, at)
        create_search(db)
        db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        values = {"schema": str(REFERENCE_SCHEMA), "cursor": "bench", "as_of": at.moved_at.isoformat()}
        db.conn.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", list(values.items()))
    plates = [str(row[0]) for row in db.execute("SELECT plate FROM truck ORDER BY plate").fetchall()]
    db.close()
    work.close()
    (folder.reference / "current").write_text("city-1.db")
    return City(root, plates)


def _put(db: Database, table: Table, rows: Iterator[Row]) -> None:
    create, *indexes = create_statements(table)
    db.execute(create)
    names = table.column_names
    sql = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(names))})"
    db.conn.executemany(sql, ([row.get(name) for name in names] for row in rows))
    for index in indexes:
        db.execute(index)


def open_desk(root: Path) -> Desk:
    """A desk over it."""
    folder = DataFolder(root)
    return Desk(
        work=WorkStore(folder, KEY),
        reference=ReferenceStore(folder),
        officer=OfficerCard("G1001", "陈志远", "grid_worker", ""),
        device_id="bench",
        clock=SystemClock(),
        new_id=new_id,
        locate=lambda _lon, _lat: None,
        app_version="bench",
        font=root,
    )
