"""Patrol tracks at central: segments as they came, told as whole tracks. They travel to no tablet."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store.checks import check_time
from sync.central.store.store import Store, take_sequence
from sync.central.world import iso
from sync.contract.errors import InputRefused
from sync.contract.records import TrackSegment
from sync.contract.tables import Row
from sync.replica.database import Database

_TRACKS = (
    "SELECT track_id, officer_id, device_id, min(begun_at), max(ended_at), count(*), sum(points),"
    " round(sum(length_m), 1), sum(begins IN ('after_gap', 'after_restart')), max(sequence) AS newest,"
    " max(CASE WHEN ends IN ('stopped', 'signed_out') THEN ends ELSE '' END), max(number)"
    " FROM track_segment WHERE (?1 = '' OR officer_id = ?1) GROUP BY track_id"
    " HAVING newest < ?2 ORDER BY newest DESC LIMIT ?3"
)
_NAMES = (
    "track_id",
    "officer_id",
    "device_id",
    "begun_at",
    "ended_at",
    "segments",
    "points",
    "length_m",
    "gaps",
    "sequence",
    "ended",
    "last_number",
)


class TrackPage(msgspec.Struct, frozen=True):
    """Tracks, the one heard of last first; ``before`` is where the next page begins, 0 on the last one."""

    tracks: list[Row]
    before: int


class Tracks:
    """Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, officer_id: str = "", limit: int = 50, before: int = 0) -> TrackPage:
        """A page of tracks, of one officer when one is named."""
        with self._store.reading() as db:
            found = db.execute(_TRACKS, (officer_id, before or 1 << 62, limit + 1)).fetchall()
        rows: list[Row] = [dict(zip(_NAMES, row, strict=True)) for row in found[:limit]]
        for row in rows:
            row["missing"] = int(row.pop("last_number") or 0) + 1 - int(row["segments"] or 0)
        return TrackPage(rows, int(rows[-1]["sequence"] or 0) if len(found) > limit else 0)

    def segments(self, track_id: str) -> list[TrackSegment]:
        """All segments of a track in their order; ``track_unknown``."""
        with self._store.reading() as db:
            found = db.execute(
                "SELECT record FROM track_segment WHERE track_id = ? ORDER BY number, sequence", (track_id,)
            ).fetchall()
        if not found:
            raise InputRefused("track_unknown", track=track_id[:36])
        return [msgspec.json.decode(row[0], type=TrackSegment) for row in found]


def add(db: Database, segment: TrackSegment, body: str, received: datetime) -> int:
    """Write a segment down; answers its sequence."""
    sequence = take_sequence(db)
    db.execute(
        "INSERT INTO track_segment (segment_id, sequence, track_id, number, officer_id, device_id, begins,"
        " ends, begun_at, ended_at, points, length_m, received_at, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            segment.segment_id,
            sequence,
            segment.track_id,
            segment.number,
            segment.officer_id,
            segment.device_id,
            segment.begins.value,
            segment.ends.value,
            iso(check_time(segment.begun_at)),
            iso(check_time(segment.ended_at)),
            len(segment.points),
            segment.length_m,
            iso(received),
            body,
        ),
    )
    return sequence
