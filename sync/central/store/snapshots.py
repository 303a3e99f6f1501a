"""Ready-built reference databases for tablets that start empty, kept on disk and named by their sequence.

One is built when the city is seeded, or by the first request that finds none; changes after it travel in
the feed, so it is only built anew when the feed has grown long.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from sync.central.settings import Settings
from sync.central.signing import SigningKey
from sync.central.store.feed import cursor_is_served, end_of_feed, make_cursor, read_cursor
from sync.central.store.snapshot_shelf import Shelf
from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.signatures import Purpose
from sync.contract.tables import REFERENCE_TABLES, Row, Stream, Table
from sync.contract.wire import SnapshotManifest
from sync.replica.database import Database
from sync.replica.meta import CursorAt
from sync.replica.snapshot_build import build_snapshot

KEPT = 2
"""The newest, and the one before it for tablets in the middle of fetching it."""


class Snapshots:
    """Finds or builds the snapshot to hand out."""

    def __init__(self, store: Store, world: World, settings: Settings, signing: SigningKey) -> None:
        self._store = store
        self._world = world
        self._signing = signing
        self._folder = settings.snapshots
        self._lag = settings.snapshot_lag
        self._building = threading.Lock()
        self._shelf = Shelf(self._folder, signing)

    def current(self, at_least: int = 0) -> SnapshotManifest:
        """The newest snapshot that is still worth taking, built when there is none.

        ``at_least`` is the sequence of a tablet that wants its data anew and must not go back.
        """
        with self._building:
            for manifest in self._published():
                if self._still_good(manifest, at_least):
                    return manifest
            return self._build()

    def find(self, name: str) -> tuple[SnapshotManifest, Path] | None:
        """A published snapshot by its name; none that is damaged."""
        return self._shelf.find(name)

    def look(self) -> list[str]:
        """Read every snapshot through and take away what is damaged; answers its names."""
        with self._building:
            return self._shelf.look()

    def _published(self) -> list[SnapshotManifest]:
        """Newest first."""
        own = [found for found in self._shelf.all() if found.epoch == self._store.epoch]
        return sorted(own, key=_sequence, reverse=True)

    def _still_good(self, manifest: SnapshotManifest, at_least: int) -> bool:
        with self._store.reading() as db:
            if not cursor_is_served(db, self._store.epoch, Stream.REFERENCE, manifest.cursor):
                return False
            if _sequence(manifest) < min(at_least, end_of_feed(db, self._store.epoch).sequence):
                return False
            since = db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM change WHERE stream = ? AND sequence > ? LIMIT ?)",
                (Stream.REFERENCE.value, _sequence(manifest), self._lag),
            ).fetchone()[0]
        return int(since) < self._lag

    def _build(self) -> SnapshotManifest:
        with self._store.reading() as db:
            end = end_of_feed(db, self._store.epoch)
            at = CursorAt(make_cursor(end), end.epoch, self._world.now())
            name = f"reference-{end.epoch}-{end.sequence}.db.zst"
            workshop = self._folder / f"building-{os.getpid()}"
            workshop.mkdir(exist_ok=True)
            raw, packed = workshop / "reference.db", workshop / name
            tables = {table.name: _rows(db, table) for table in REFERENCE_TABLES}
            manifest = build_snapshot(raw, packed, tables, at, sequence=end.sequence, sign=self._sign)
        raw.unlink()
        with packed.open("rb+") as file:
            os.fsync(file.fileno())
        self._shelf.put(packed, manifest)
        workshop.rmdir()
        self._shelf.keep({published.name for published in self._published()[:KEPT]})
        return manifest

    def _sign(self, text: bytes) -> bytes:
        return self._signing.sign(Purpose.SNAPSHOT, text)


def _sequence(manifest: SnapshotManifest) -> int:
    return read_cursor(manifest.cursor).sequence


def _rows(db: Database, table: Table) -> Iterator[Row]:
    names = table.column_names
    sql = f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {table.key}"
    for row in db.execute(sql):
        yield dict(zip(names, row, strict=True))
