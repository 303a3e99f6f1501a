"""Building the ready-made reference database that new tablets take: the other end of ``snapshot``.

rows → one SQLite file with its indexes and its cursor inside → independent zstd frames of 8 MiB in one packed
file, with a manifest naming every frame's place and hash. Central publishes it; so does the shipped fake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import zstandard

from sync.contract.tables import REFERENCE_SCHEMA, REFERENCE_TABLES, Row, Table, create_statements
from sync.contract.wire import Frame, SnapshotManifest, sha256_hex
from sync.replica.database import Database, open_database, transaction
from sync.replica.files import remove_quietly
from sync.replica.meta import CursorAt

RAW_FRAME = 8 << 20
"""Bytes of the database in one frame: small enough to lose little at a cut, large enough to pack well."""
LEVEL = 6


def build_snapshot(
    database: Path, packed: Path, tables: Mapping[str, Iterable[Row]], at: CursorAt
) -> SnapshotManifest:
    """Build ``database`` from the rows of the reference tables as of ``at``, and pack it into ``packed``.

    Both files are new and are made durable by the caller. A table not named is empty. The manifest's
    ``name`` is the packed file's name.
    """
    counts = _fill(database, tables, at)
    digest = hashlib.sha256()
    frames: list[Frame] = []
    start = 0
    packer = zstandard.ZstdCompressor(level=LEVEL, write_content_size=True)
    with database.open("rb") as source, packed.open("wb") as out:
        while raw := source.read(RAW_FRAME):
            digest.update(raw)
            data = packer.compress(raw)
            out.write(data)
            frames.append(Frame(start, len(data), sha256_hex(data), len(raw)))
            start += len(data)
    return SnapshotManifest(
        name=packed.name,
        epoch=at.epoch,
        cursor=at.cursor,
        bytes=start,
        raw_bytes=sum(frame.raw_bytes for frame in frames),
        raw_sha256=digest.hexdigest(),
        frames=frames,
        rows=counts,
    )


def _fill(path: Path, tables: Mapping[str, Iterable[Row]], at: CursorAt) -> dict[str, int]:
    """Rows first, indexes last; one file without a write-ahead log when this returns."""
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
            db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            db.conn.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", _meta(at))
    finally:
        db.close()
    return counts


def _meta(at: CursorAt) -> list[tuple[str, str]]:
    return [
        ("schema", str(REFERENCE_SCHEMA)),
        ("cursor", at.cursor),
        ("epoch", at.epoch),
        ("as_of", at.moved_at.isoformat()),
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
