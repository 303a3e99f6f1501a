"""Building the ready-made reference database that new tablets take: the other end of ``snapshot``.

rows → one SQLite file with its indexes and its cursor inside → independent zstd frames in one packed file
(``packing``), with a signed manifest naming every frame's place and hash. Central publishes it; so does the
shipped fake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from sync.contract.tables import REFERENCE_SCHEMA, REFERENCE_TABLES, Row, Table, create_statements
from sync.contract.wire import SnapshotManifest, snapshot_text
from sync.replica.database import Database, open_database, transaction
from sync.replica.files import remove_quietly
from sync.replica.meta import CursorAt
from sync.replica.packing import DICTIONARY_MAX, pack
from sync.replica.search_schema import create_search

Sign = Callable[[bytes], bytes]
"""Central's signature over some bytes."""
_REPEATING = "SELECT DISTINCT route FROM permit WHERE route <> '' LIMIT 40000"
"""The column whose values repeat most: permits of one site to one disposal site share their route."""


def build_snapshot(
    database: Path,
    packed: Path,
    tables: Mapping[str, Iterable[Row]],
    at: CursorAt,
    *,
    sequence: int = 0,
    sign: Sign | None = None,
) -> SnapshotManifest:
    """Build ``database`` from the rows of the reference tables as of ``at``, and pack it into ``packed``.

    Both files are new and are made durable by the caller. A table not named is empty. The manifest's
    ``name`` is the packed file's name; without ``sign`` it is unsigned, and no tablet takes it.
    """
    counts, dictionary = _fill(database, tables, at, sequence)
    done = pack(database, packed, dictionary)
    manifest = SnapshotManifest(
        name=packed.name,
        epoch=at.epoch,
        cursor=at.cursor,
        bytes=packed.stat().st_size,
        raw_bytes=sum(frame.raw_bytes for frame in done.frames),
        raw_sha256=done.raw_sha256,
        frames=done.frames,
        rows=counts,
        sequence=sequence,
        dictionary=done.dictionary,
    )
    return manifest if sign is None else signed(manifest, sign)


def signed(manifest: SnapshotManifest, sign: Sign) -> SnapshotManifest:
    """The manifest with its signature."""
    return msgspec.structs.replace(manifest, signature=sign(snapshot_text(manifest)).hex())


def _fill(
    path: Path, tables: Mapping[str, Iterable[Row]], at: CursorAt, sequence: int
) -> tuple[dict[str, int], bytes]:
    """Rows first, indexes last; one file without a write-ahead log when this returns.

    Answers the rows per table, and what to pack the file with.
    """
    for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        remove_quietly(leftover)
    db = open_database(path, full_sync=False)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        with transaction(db):
            counts = {
                table.name: _fill_table(db, table, tables.get(table.name, ())) for table in REFERENCE_TABLES
            }
            create_search(db)
            db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            db.conn.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", _meta(at, sequence))
        dictionary = "".join(row[0] for row in db.execute(_REPEATING)).encode()[:DICTIONARY_MAX]
    finally:
        db.close()
    return counts, dictionary


def _meta(at: CursorAt, sequence: int) -> list[tuple[str, str]]:
    return [
        ("schema", str(REFERENCE_SCHEMA)),
        ("cursor", at.cursor),
        ("epoch", at.epoch),
        ("as_of", at.moved_at.isoformat()),
        ("sequence", str(sequence)),
    ]


def _fill_table(db: Database, table: Table, rows: Iterable[Row]) -> int:
    create, *indexes = create_statements(table)
    db.execute(create)
    names = table.column_names
    marks = ", ".join("?" * len(names))
    db.conn.executemany(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",
        ([row.get(name) for name in names] for row in rows),
    )
    for index in indexes:
        db.execute(index)
    return int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
