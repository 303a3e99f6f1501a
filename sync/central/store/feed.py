"""The change feed: rows as they are now, in the order in which they last changed, tombstones included.

A cursor is opaque to tablets: base64url of ``epoch.sequence.began.seen.mark``. It is refused with
``cursor_gone`` when it comes from another epoch, from a course of events this central never had (it was
restored from a backup: ``seen``, where the feed ended when the cursor was made, and the ``mark`` there say
so), or from before the oldest tombstone that is still kept. ``began`` is where the feed ended when a walk
from the start began: such a walk never saw a row that was deleted before, so it needs none of those
tombstones.
"""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from sync.central.store.devices import Device
from sync.central.store.lineage import mark_at
from sync.central.store.missing import missing_of
from sync.central.store.scope import ACTS, Scope, acts_along, scope_of, sees
from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import PAGE_LIMIT, Change, ChangesPage
from sync.replica.database import Database

_KEYS_AT_ONCE = 500
_CURSOR = re.compile(r"([0-9a-z]{1,32})\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.([0-9a-f]{0,32})", re.ASCII)

_SEEN = re.compile(r"([0-9a-z]{1,32})\.(\d{1,18})\.([0-9a-f]{0,32})", re.ASCII)


class Entry(msgspec.Struct, frozen=True):
    """One line of the change table."""

    sequence: int
    table: str
    row_id: str
    deleted: bool
    since: int
    columns: str


class Place(msgspec.Struct, frozen=True):
    """A place in the feed, as a cursor holds it."""

    epoch: str
    sequence: int
    began: int
    seen: int
    mark: str


def visible_to(db: Database, scope: Scope, table: str, row: Row) -> bool:
    """Whether a row belongs to what a device may see."""
    if table not in TABLES:
        return False
    return scope.is_whole or sees(db, scope, table, row)


def make_cursor(at: Place) -> str:
    """The opaque form of a place in the feed."""
    text = f"{at.epoch}.{at.sequence}.{at.began}.{at.seen}.{at.mark}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Place:
    """The place of a cursor; ``cursor_invalid`` for what central never gave out."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise InputRefused("cursor_invalid") from None
    found = _CURSOR.fullmatch(raw)
    if found is None:
        raise InputRefused("cursor_invalid")
    epoch, sequence, began, seen, mark = found.groups()
    return Place(epoch, int(sequence), int(began), int(seen), mark)


def cursor_is_served(db: Database, own_epoch: str, stream: Stream, cursor: str) -> bool:
    """Whether the feed can go on from a cursor without leaving anything out."""
    at = read_cursor(cursor)
    if at.epoch != own_epoch or at.seen > _head(db) or at.mark != mark_at(db, at.seen):
        return False
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_horizon_name(stream),)).fetchone()
    horizon = 0 if row is None else int(row[0])
    return horizon <= max(at.sequence, at.began) <= at.seen


def end_of_feed(db: Database, epoch: str) -> Place:
    """The place after everything there is now."""
    head = _head(db)
    return Place(epoch, head, head, head, mark_at(db, head))


class Feed:
    """Pages of changes for one device."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def page(
        self, device: Device, stream: Stream, cursor: str, limit: int = PAGE_LIMIT, seen: str = ""
    ) -> ChangesPage:
        """The changes after ``cursor``; with none, the cursor goes back as it came.

        ``seen`` tells the asker's newest receipts. One that was never given out says that central was set
        back to a time before it, even where the cursor is older still.
        """
        with self._store.reading() as db:
            if seen and not _gave_out_all(db, self._store.epoch, seen):
                raise NeedsPerson("cursor_gone", stream=stream.value)
            end = end_of_feed(db, self._store.epoch)
            scope = scope_of(db, device) if stream is Stream.WORK else Scope()
            after, began, whole_at = self._place(db, stream, cursor, end, scope)
            entries = _entries(db, stream, after, limit + 1)
            more = len(entries) > limit
            entries = entries[:limit]
            changes = _changes(db, scope, entries, whole_at)
            if more:
                sequence = entries[-1].sequence
                cursor = make_cursor(msgspec.structs.replace(end, sequence=sequence, began=began))
            elif entries or not cursor:
                cursor = make_cursor(end)
            missing = missing_of(db, device.device_id) if stream is Stream.WORK else []
        return ChangesPage(
            epoch=self._store.epoch,
            cursor=cursor,
            more=more,
            changes=changes,
            server_time=self._world.now(),
            scope=scope.mark,
            missing=missing,
        )

    def _place(
        self, db: Database, stream: Stream, cursor: str, end: Place, scope: Scope
    ) -> tuple[int, int, int]:
        """After which sequence, where the walk began, and as of when the asker holds everything (or -1).

        Only a cursor from the end of the feed says the last: in the middle of a walk a row may have moved on
        that was never seen as it was before.
        """
        if not cursor:
            return 0, end.sequence, -1
        if not cursor_is_served(db, self._store.epoch, stream, cursor):
            raise NeedsPerson("cursor_gone", stream=stream.value)
        at = read_cursor(cursor)
        if at.seen < scope.since:
            raise NeedsPerson("cursor_gone", stream=stream.value)
        is_whole = stream is Stream.REFERENCE and at.sequence == at.seen
        return at.sequence, at.began, at.sequence if is_whole else -1

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


def _gave_out_all(db: Database, own_epoch: str, seen: str) -> bool:
    return all([_gave_out(db, own_epoch, one) for one in seen.split(",")])


def _gave_out(db: Database, own_epoch: str, seen: str) -> bool:
    """Whether a receipt, as ``Receipt.seen`` tells it, is of this central's own past."""
    found = _SEEN.fullmatch(seen)
    if found is None:
        raise InputRefused("cursor_invalid")
    epoch, sequence, mark = found[1], int(found[2]), found[3]
    return epoch == own_epoch and sequence <= _head(db) and mark == mark_at(db, sequence)


def _head(db: Database) -> int:
    return int(db.execute("SELECT value FROM counter").fetchone()[0])


def _entries(db: Database, stream: Stream, after: int, limit: int) -> list[Entry]:
    rows = db.execute(
        "SELECT sequence, table_name, row_id, deleted, since, columns FROM change"
        " WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (stream.value, after, limit),
    )
    return [
        Entry(sequence, table, row_id, bool(deleted), *rest)
        for sequence, table, row_id, deleted, *rest in rows
    ]


def _changes(db: Database, scope: Scope, entries: list[Entry], whole_at: int) -> list[Change]:
    """The entries with their rows; of rows held as of ``whole_at`` only what differs."""
    wanted: dict[str, list[str]] = {}
    for entry in entries:
        if not entry.deleted:
            wanted.setdefault(entry.table, []).append(entry.row_id)
    rows = {
        (table, row_id): row
        for table, ids in wanted.items()
        for row_id, row in _rows(db, table, ids)
        if visible_to(db, scope, table, row)
    }
    changes: list[Change] = []
    for e in entries:
        row = rows.get((e.table, e.row_id))
        partial = row is not None and bool(e.columns) and e.since <= whole_at
        if partial and row is not None:
            row = {name: row[name] for name in e.columns.split(",")}
        changes.append(Change(e.sequence, e.table, e.row_id, row, partial))
        if e.table in ACTS and not scope.is_whole:
            changes += _acts_along(db, scope, e, belongs=row is not None)
    return changes


def _acts_along(db: Database, scope: Scope, subject: Entry, *, belongs: bool) -> list[Change]:
    """A case, an alert or a call that comes into view or leaves it takes its acts along, whenever done."""
    acts = acts_along(db, scope, subject.table, subject.row_id, belongs=belongs)
    return [Change(subject.sequence, ACTS[subject.table].name, act_id, act) for act_id, act in acts]


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
