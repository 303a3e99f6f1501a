"""Which course of events a place in the feed belongs to.

A central that was set back to a backup keeps its epoch and goes on counting, so its sequences soon reach
those it had given out in the time that was lost. Therefore every opening of the store begins a stretch with a
mark drawn by chance, from the sequence reached when it first writes; a cursor names the mark of the place it
was made at. In a restored central the lost stretches do not exist, and others stand in their places.
"""

from __future__ import annotations

from sync.replica.database import Database


def begin_stretch(db: Database, mark: str) -> None:
    """Let all sequences from here on carry this mark. A stretch that gave out none is replaced."""
    db.execute("INSERT OR REPLACE INTO stretch (after, mark) SELECT value, ? FROM counter", (mark,))


def mark_at(db: Database, sequence: int) -> str:
    """The mark of the stretch in which a sequence was given out; "" for the time before the first."""
    row = db.execute(
        "SELECT mark FROM stretch WHERE after < ? ORDER BY after DESC LIMIT 1", (sequence,)
    ).fetchone()
    return "" if row is None else str(row[0])
