"""Where each officer on duty was last, told by anything they sent with a position of their own.

A pin on the map or a photo's position says where something is, not where the officer is, and does not count.
Somebody whose track ended is not looked for any more, until they send something new.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sync.central.store.clocks import EARLIEST
from sync.central.store.store import Store
from sync.central.world import iso, parse_iso
from sync.contract.records import PlaceSource, Record, TrackSegment, type_of
from sync.contract.sla import counted_at
from sync.replica.database import Database

_OWN = frozenset({PlaceSource.GNSS, PlaceSource.REPLAY})


class LastPlace(msgspec.Struct, frozen=True):
    """An officer's last known position (WGS-84), when it counts as taken, and by what kind of record."""

    officer_id: str
    lon: float
    lat: float
    accuracy_m: float | None
    at: datetime
    kind: str


class LastPlaces:
    """Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def positions(self, now: datetime, within: timedelta) -> list[LastPlace]:
        """Of everybody on duty who told a position within that time, the newest first."""
        with self._store.reading() as db:
            return last_positions(db, now, within)


def last_positions(db: Database, now: datetime, within: timedelta) -> list[LastPlace]:
    """The same inside a transaction."""
    rows = db.execute(
        "SELECT p.officer_id, p.lon, p.lat, p.accuracy_m, p.at, p.kind FROM last_place p"
        " JOIN officer o ON o.officer_id = p.officer_id WHERE p.on_duty = 1 AND p.lon IS NOT NULL"
        " AND o.active = 1 AND p.at >= ? ORDER BY p.at DESC, p.officer_id",
        (iso(now - within),),
    )
    return [
        LastPlace(officer, lon, lat, accuracy, parse_iso(at), kind)
        for officer, lon, lat, accuracy, at, kind in rows
    ]


def note_place(db: Database, record: Record, received: datetime) -> None:
    """Remember where a record's officer was, unless something newer is known."""
    place = record.place
    told = place.source in _OWN and place.lon is not None and not place.stale
    ends = isinstance(record, TrackSegment) and record.ends_duty
    if not (told or ends):
        return
    at = iso(counted_at(record.stamp, received, EARLIEST))
    lon, lat, accuracy = (place.lon, place.lat, place.accuracy_m) if told else (None, None, None)
    db.execute(
        "INSERT INTO last_place (officer_id, lon, lat, accuracy_m, at, kind, on_duty)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (officer_id) DO UPDATE SET lon = excluded.lon,"
        " lat = excluded.lat, accuracy_m = excluded.accuracy_m, at = excluded.at, kind = excluded.kind,"
        " on_duty = excluded.on_duty WHERE excluded.at >= last_place.at",
        (record.officer_id, lon, lat, accuracy, at, type_of(record).value, int(not ends)),
    )
