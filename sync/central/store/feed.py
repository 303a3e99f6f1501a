"""The change feed: rows as they are now, in the order in which they last changed, tombstones included.

A cursor is opaque to tablets: base64url of ``epoch.sequence.began``. It is refused with ``cursor_gone`` when
it comes from another epoch, from a future this central never had (it was restored from a backup), or from
before the oldest tombstone that is still kept. ``began`` is where the feed ended when a walk from the start
began: such a walk never saw a row that was deleted before, so it needs none of those tombstones.
"""

from __future__ import annotations

import base64
import binascii

import msgspec

from sync.central.store.devices import Device
from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import PAGE_LIMIT, Change, ChangesPage
from sync.replica.database import Database

_KEYS_AT_ONCE = 500


class Entry(msgspec.Struct, frozen=True):
    """One line of the change table."""

    sequence: int
    table: str
    row_id: str
    deleted: bool


def visible_to(device: Device, table: str, row: Row) -> bool:  # noqa: ARG001
    """Whether a device may see a row. The demo city is one district, so every device sees all of it."""
    return table in TABLES


def make_cursor(epoch: str, sequence: int, began: int | None = None) -> str:
    """The opaque form of a place in the feed."""
    text = f"{epoch}.{sequence}.{sequence if began is None else began}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[str, int, int]:
    """Epoch, sequence and beginning of a cursor; ``cursor_invalid`` for what central never gave out."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise InputRefused("cursor_invalid") from None
    epoch, _, numbers = raw.partition(".")
    number, _, began = numbers.partition(".")
    if not epoch.isalnum() or not all(n.isdecimal() and len(n) < 19 for n in (number, began)):
        raise InputRefused("cursor_invalid")
    return epoch, int(number), int(began)


def cursor_is_served(db: Database, own_epoch: str, stream: Stream, cursor: str) -> bool:
    """Whether the feed can go on from a cursor without leaving anything out."""
    epoch, sequence, began = read_cursor(cursor)
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_horizon_name(stream),)).fetchone()
    horizon = 0 if row is None else int(row[0])
    return epoch == own_epoch and horizon <= max(sequence, began) <= _head(db)


class Feed:
    """Pages of changes for one device."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def page(self, device: Device, stream: Stream, cursor: str, limit: int = PAGE_LIMIT) -> ChangesPage:
        """The changes after ``cursor``; with none, the cursor goes back as it came."""
        with self._store.reading() as db:
            after, began = self._place(db, stream, cursor)
            entries = _entries(db, stream, after, limit + 1)
            more = len(entries) > limit
            entries = entries[:limit]
            changes = _changes(db, device, entries)
            if more:
                cursor = make_cursor(self._store.epoch, entries[-1].sequence, began)
            elif entries or not cursor:
                cursor = make_cursor(self._store.epoch, _head(db))
        return ChangesPage(
            epoch=self._store.epoch,
            cursor=cursor,
            more=more,
            changes=changes,
            server_time=self._world.now(),
        )

    def _place(self, db: Database, stream: Stream, cursor: str) -> tuple[int, int]:
        if not cursor:
            return 0, _head(db)
        if not cursor_is_served(db, self._store.epoch, stream, cursor):
            raise NeedsPerson("cursor_gone", stream=stream.value)
        _, sequence, began = read_cursor(cursor)
        return sequence, began

    def forget_tombstones(self, stream: Stream, up_to: int) -> int:
        """Drop tombstones up to a sequence; cursors from before the last one dropped are gone."""
        with self._store.writing() as db:
            dropped = db.execute(
                "DELETE FROM change WHERE stream = ? AND deleted = 1 AND sequence <= ? RETURNING sequence",
                (stream.value, up_to),
            ).fetchall()
            if dropped:
                db.execute(
                    "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                    " SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
                    (_horizon_name(stream), str(max(row[0] for row in dropped))),
                )
        return len(dropped)


def _horizon_name(stream: Stream) -> str:
    return f"tombstones_{stream.value}"


def _head(db: Database) -> int:
    return int(db.execute("SELECT value FROM counter").fetchone()[0])


def _entries(db: Database, stream: Stream, after: int, limit: int) -> list[Entry]:
    rows = db.execute(
        "SELECT sequence, table_name, row_id, deleted FROM change"
        " WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (stream.value, after, limit),
    )
    return [Entry(sequence, table, row_id, bool(deleted)) for sequence, table, row_id, deleted in rows]


def _changes(db: Database, device: Device, entries: list[Entry]) -> list[Change]:
    wanted: dict[str, list[str]] = {}
    for entry in entries:
        if not entry.deleted:
            wanted.setdefault(entry.table, []).append(entry.row_id)
    rows = {
        (table, row_id): row
        for table, ids in wanted.items()
        for row_id, row in _rows(db, table, ids)
        if visible_to(device, table, row)
    }
    return [
        Change(sequence=e.sequence, table=e.table, id=e.row_id, row=rows.get((e.table, e.row_id)))
        for e in entries
    ]


def _rows(db: Database, table: str, ids: list[str]) -> list[tuple[str, Row]]:
    shape = TABLES[table]
    names = shape.column_names
    found: list[tuple[str, Row]] = []
    for start in range(0, len(ids), _KEYS_AT_ONCE):
        some = ids[start : start + _KEYS_AT_ONCE]
        marks = ", ".join("?" for _ in some)
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {shape.key} IN ({marks})"
        found += [(str(row[0]), dict(zip(names, row, strict=True))) for row in db.execute(sql, some)]
    return found
