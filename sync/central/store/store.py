"""The one door to central's database: one writer at a time, many readers, and news of every commit.

The writer's lock holds within this process; between processes (the command line works beside the server)
SQLite's own write lock does, with a busy time-out. A sequence is only ever taken under that lock, so the
order of commits is the order of sequences.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import Any, Generic, TypeVar

from sync.central.settings import Settings
from sync.central.store.lineage import begin_stretch
from sync.central.store.schema import KNOWN, migrations
from sync.central.world import World
from sync.contract.errors import FieldError
from sync.contract.tables import TABLES, Cell, Row
from sync.replica.database import Database, DatabaseError, migrate, open_database, transaction
from sync.replica.files import make_folder

IDLE_READERS = 8
T = TypeVar("T")


class _Job(Generic[T]):
    """One piece of a transaction that several share."""

    def __init__(self, work: Callable[[Database], T]) -> None:
        self.work = work
        self.results: list[T] = []
        self.alone = False
        self.done = False

    def run(self, db: Database) -> None:
        self.results = [self.work(db)]


class Store:
    """Open with ``Store(settings, world)``; every read and write happens inside one of its blocks."""

    def __init__(self, settings: Settings, world: World) -> None:
        make_folder(settings.data)
        self._path = settings.database
        self._lock = threading.Lock()
        self._writer = open_database(self._path, full_sync=True)
        migrate(self._writer, migrations, KNOWN)
        self._readers: LifoQueue[Database] = LifoQueue()
        self._joint_lock = threading.Lock()
        self._joint: list[_Job[Any]] = []
        self._listeners: list[Callable[[], None]] = []
        epoch, central_id, self._mark = world.random(8).hex(), world.new_id(), world.random(8).hex()
        self._has_begun = False
        if not _meta(self._writer, "central_id"):
            with self.writing() as db:
                db.execute(
                    "INSERT OR IGNORE INTO meta (name, value) VALUES ('epoch', ?), ('central_id', ?)",
                    (epoch, central_id),
                )
        self.epoch = _meta(self._writer, "epoch")
        self.central_id = _meta(self._writer, "central_id")

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Database]:
        """One transaction that is durable when the block has ended, and never happened if it raised.

        ``durable=False`` leaves it to the next durable one to reach the disk: for what may be lost.
        """
        with self._lock:
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with self._transaction():
                yield self._writer
        for listener in self._listeners:
            listener()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """The first of this opening begins its stretch; who only reads begins none, and waits for nobody."""
        with transaction(self._writer):
            if not self._has_begun:
                begin_stretch(self._writer, self._mark)
            yield
        self._has_begun = True

    def jointly(self, work: Callable[[Database], T]) -> T:
        """Do ``work`` in a durable transaction that it may share with others who wait at the same time.

        Whoever gets the lock takes along all that has gathered behind it while the one before reached the
        disk: one wait for the disk serves them all. Where one of them fails, each is done alone. ``work`` may
        be run twice, the first time in a transaction that never happened.
        """
        job = _Job(work)
        with self._joint_lock:
            self._joint.append(job)
        with self._lock:
            if not job.done:
                self._run_jobs(job)
        for listener in self._listeners:
            listener()
        return job.results[0]

    def _run_jobs(self, mine: _Job[Any]) -> None:
        with self._joint_lock:
            jobs = [mine] if mine.alone else [job for job in self._joint if not job.alone]
            self._joint = [job for job in self._joint if job not in jobs]
        self._writer.execute("PRAGMA synchronous = FULL")
        try:
            with self._transaction():
                for job in jobs:
                    job.run(self._writer)
        except (FieldError, OSError, DatabaseError):
            if len(jobs) == 1:
                raise
            for job in jobs:
                job.alone = True
            self._run_jobs(mine)
        else:
            for job in jobs:
                job.done = True

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the database, nothing for a sound one. Reads all of it."""
        with self.reading() as db:
            found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A reader that sees one moment of the database throughout the block."""
        with self._reader() as reader:
            try:
                reader.execute("BEGIN")
                yield reader
            finally:
                if reader.conn.in_transaction:
                    reader.execute("ROLLBACK")

    def row(self, sql: str, values: tuple[Cell, ...]) -> tuple[Any, ...] | None:
        """The one row of a question that needs nothing else of the same moment."""
        with self._reader() as reader:
            rows = reader.execute(sql, values).fetchall()
        return rows[0] if rows else None

    @contextmanager
    def _reader(self) -> Iterator[Database]:
        try:
            reader = self._readers.get_nowait()
        except Empty:
            reader = open_database(self._path, read_only=True)
        try:
            yield reader
        finally:
            if self._readers.qsize() < IDLE_READERS:
                self._readers.put(reader)
            else:
                reader.close()

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every commit of this process, in the thread that committed."""
        self._listeners.append(listener)

    def head(self) -> int:
        """The last sequence given out, also by another process."""
        with self.reading() as db:
            return int(db.execute("SELECT value FROM counter").fetchone()[0])

    def close(self) -> None:
        """Let go of the file; nothing may be running any more."""
        while not self._readers.empty():
            self._readers.get_nowait().close()
        with self._lock:
            self._writer.close()


def _meta(db: Database, name: str) -> str:
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def take_sequence(db: Database, count: int = 1) -> int:
    """Give out ``count`` sequences inside a write; answers the last one."""
    row = db.execute("UPDATE counter SET value = value + ? RETURNING value", (count,)).fetchone()
    return int(row[0])


def note_change(
    db: Database, table: str, row_id: str, *, deleted: bool = False, columns: tuple[str, ...] = ()
) -> int:
    """Put a row's change at the end of its feed, in place of its older ones.

    ``columns`` names what differs from the row's last change, which is remembered as ``since``; () for all.
    """
    sequence = take_sequence(db)
    before = None
    if columns:
        before = db.execute(
            "SELECT sequence FROM change WHERE table_name = ? AND row_id = ? AND deleted = 0", (table, row_id)
        ).fetchone()
    since, named = (0, "") if before is None else (int(before[0]), ",".join(columns))
    db.execute(
        "INSERT OR REPLACE INTO change (sequence, stream, table_name, row_id, deleted, since, columns)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (sequence, TABLES[table].stream.value, table, row_id, int(deleted), since, named),
    )
    return sequence


def put_row(db: Database, table: str, row: Row) -> int:
    """Insert or replace a whole row of a contract table and note the change."""
    shape = TABLES[table]
    names = shape.column_names
    marks = ", ".join("?" for _ in names)
    values: list[Cell] = [row.get(name) for name in names]
    row_id = str(row[shape.key])
    old = get_row(db, table, row_id)
    changed = () if old is None else tuple(name for name in names if old[name] != row.get(name))
    db.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
    return note_change(db, table, row_id, columns=changed)


def append_act(db: Database, table: str, row: Row) -> int:
    """Insert an act of a contract table with its place in central's order; answers that."""
    sequence = note_change(db, table, str(row[TABLES[table].key]))
    ordered: Row = {**row, "act_order": sequence}
    marks = ", ".join("?" for _ in ordered)
    db.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(ordered)}) VALUES ({marks})", [*ordered.values()])
    return sequence


def delete_row(db: Database, table: str, row_id: str) -> int:
    """Delete a row of a contract table and leave its tombstone."""
    db.execute(f"DELETE FROM {table} WHERE {TABLES[table].key} = ?", (row_id,))
    return note_change(db, table, row_id, deleted=True)


def get_row(db: Database, table: str, row_id: str) -> Row | None:
    """A row of a contract table, or None."""
    shape = TABLES[table]
    names = shape.column_names
    found = db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {shape.key} = ?", (row_id,)).fetchone()
    return None if found is None else dict(zip(names, found, strict=True))
