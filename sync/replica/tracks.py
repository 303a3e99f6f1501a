"""The patrol track while it is walked: its state, its points so far, the cells it passed.

Points are written every few seconds in a transaction that does not wait for the disk; what is finished
becomes a record in the outbox, durable like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sync.contract.records import PlaceSource
from sync.contract.track import Begins, TrackPoint
from sync.replica.database import Database

RUNNING, PAUSED, ENDED = "running", "paused", "ended"
_COLUMNS = (
    "track_id, officer_id, state, begun_at, segment, begins, segment_begun_at, seconds, length_m, gaps, "
    "ended_at, source, via"
)
KEPT = 20
"""Ended tracks whose points are kept for looking at; the records are kept apart from that."""


class StoredTrack(msgspec.Struct, frozen=True):
    """A track: ``segment`` is the number of the one under way, with how and when it began.

    ``source`` and ``via`` are what its positions come from.
    """

    track_id: str
    officer_id: str
    state: str
    begun_at: datetime
    segment: int
    begins: Begins
    segment_begun_at: datetime
    seconds: float = 0.0
    length_m: float = 0.0
    gaps: int = 0
    ended_at: datetime | None = None
    source: PlaceSource = PlaceSource.GNSS
    via: str = ""


class Tracks:
    """Rows of ``track``, ``track_point`` and ``track_cell``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def open_tracks(self) -> list[StoredTrack]:
        """Every track that has not ended, of anybody, oldest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM track WHERE state <> '{ENDED}' ORDER BY track_id"
        ).fetchall()
        return [_track(row) for row in rows]

    def track(self, track_id: str) -> StoredTrack | None:
        """One track."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM track WHERE track_id = ?", [track_id]).fetchone()
        return None if row is None else _track(row)

    def tracks_of(self, officer_id: str, limit: int = KEPT) -> list[StoredTrack]:
        """An officer's tracks, newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM track WHERE officer_id = ? ORDER BY track_id DESC LIMIT ?",
            [officer_id, limit],
        ).fetchall()
        return [_track(row) for row in rows]

    def save(self, track: StoredTrack) -> None:
        """Insert or replace a track."""
        self._db.execute(
            f"INSERT OR REPLACE INTO track ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                track.track_id,
                track.officer_id,
                track.state,
                track.begun_at.isoformat(),
                track.segment,
                track.begins.value,
                track.segment_begun_at.isoformat(),
                track.seconds,
                track.length_m,
                track.gaps,
                track.ended_at.isoformat() if track.ended_at else "",
                track.source.value,
                track.via,
            ],
        )

    def points(self, track_id: str, segment: int) -> tuple[TrackPoint, ...]:
        """The points of one segment, in order."""
        rows = self._db.execute(
            "SELECT after_s, lon, lat, accuracy_m FROM track_point WHERE track_id = ? AND segment = ? "
            "ORDER BY after_s",
            [track_id, segment],
        ).fetchall()
        return tuple(TrackPoint(*row) for row in rows)

    def lines(self, track_id: str) -> list[tuple[TrackPoint, ...]]:
        """The points of every segment, in order."""
        found: dict[int, list[TrackPoint]] = {}
        for segment, *row in self._db.execute(
            "SELECT segment, after_s, lon, lat, accuracy_m FROM track_point WHERE track_id = ? "
            "ORDER BY segment, after_s",
            [track_id],
        ):
            found.setdefault(int(segment), []).append(TrackPoint(*row))
        return [tuple(points) for points in found.values()]

    def put_points(self, track_id: str, segment: int, points: Iterable[TrackPoint], stand_s: float) -> None:
        """Write points; those after ``stand_s`` that were written before did not stand and go."""
        self._db.execute(
            "DELETE FROM track_point WHERE track_id = ? AND segment = ? AND after_s > ?",
            [track_id, segment, stand_s],
        )
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO track_point (track_id, segment, after_s, lon, lat, accuracy_m) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(track_id, segment, one.after_s, one.lon, one.lat, one.accuracy_m) for one in points],
        )

    def add_cells(self, track_id: str, cells: Iterable[str]) -> None:
        """Cells that were passed."""
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO track_cell (track_id, grid_cell) VALUES (?, ?)",
            [(track_id, cell) for cell in cells],
        )

    def cells(self, track_id: str) -> list[str]:
        """All cells that were passed."""
        rows = self._db.execute("SELECT grid_cell FROM track_cell WHERE track_id = ?", [track_id]).fetchall()
        return [str(row[0]) for row in rows]

    def forget_old(self) -> None:
        """Let go of the points of tracks that ended long ago; their records stay."""
        old = self._db.execute(
            f"SELECT track_id FROM track WHERE state = '{ENDED}' ORDER BY track_id DESC LIMIT -1 OFFSET ?",
            [KEPT],
        ).fetchall()
        for (track_id,) in old:
            for table in ("track_point", "track_cell", "track"):
                self._db.execute(f"DELETE FROM {table} WHERE track_id = ?", [track_id])


def _track(row: tuple[str, ...]) -> StoredTrack:
    return StoredTrack(
        row[0],
        row[1],
        row[2],
        datetime.fromisoformat(row[3]),
        int(row[4]),
        Begins(row[5]),
        datetime.fromisoformat(row[6]),
        float(row[7]),
        float(row[8]),
        int(row[9]),
        datetime.fromisoformat(row[10]) if row[10] else None,
        PlaceSource(row[11]),
        row[12],
    )
