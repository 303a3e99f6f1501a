"""When each original was last hashed again, and how it was found: a weekly look goes on in pieces."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sync.replica.database import Database

WEEK = timedelta(days=7)
_ORIGINALS = (
    "SELECT sha256, media_type FROM upload WHERE lane = 'original' "
    "UNION SELECT json_extract(f.value, '$.sha256'), json_extract(f.value, '$.media_type') "
    "FROM photo, json_each(photo.body, '$.files') AS f "
    "WHERE json_extract(f.value, '$.lane') = 'original'"
)


class Original(msgspec.Struct, frozen=True):
    """An original by its hash."""

    sha256: str
    media_type: str


class Checks:
    """Rows of ``original_check``; ``what`` is "" for a file that is what was saved."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def due(self, now: datetime, limit: int) -> list[Original]:
        """Originals nobody has looked at for a week, or not yet; one whose time lies ahead was misdated."""
        rows = self._db.execute(
            f"SELECT o.sha256, o.media_type FROM ({_ORIGINALS}) o "
            "LEFT JOIN original_check c ON c.sha256 = o.sha256 "
            "WHERE c.sha256 IS NULL OR c.checked_at < ? OR c.checked_at > ? LIMIT ?",
            [(now - WEEK).isoformat(), (now + WEEK).isoformat(), limit],
        ).fetchall()
        return [Original(row[0], row[1]) for row in rows]

    def note(self, sha256: str, now: datetime, what: str) -> None:
        """One was looked at."""
        self._db.execute(
            "INSERT INTO original_check (sha256, checked_at, what) VALUES (?, ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET checked_at = excluded.checked_at, what = excluded.what",
            [sha256, now.isoformat(), what],
        )

    def bad(self) -> int:
        """How many were not what was saved when last looked at."""
        row = self._db.execute("SELECT count(*) FROM original_check WHERE what <> ''").fetchone()
        return int(row[0])

    def owners(self, sha256: str) -> list[str]:
        """The records and drafts an original belongs to."""
        rows = self._db.execute(
            "SELECT record_id FROM upload WHERE sha256 = ? UNION "
            "SELECT owner_id FROM photo WHERE instr(body, ?)",
            [sha256, sha256],
        ).fetchall()
        return [str(row[0]) for row in rows]
