"""What must not wait for a tablet's long fill: permits taken away, and the blacklist."""

from __future__ import annotations

from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import TAKEN_AWAY, Urgent
from sync.replica.database import Database

_MARKS = ", ".join("?" for _ in TAKEN_AWAY)
_SINCE = (
    "SELECT p.permit_id, p.status, p.reason FROM change c JOIN permit p ON p.permit_id = c.row_id"
    " WHERE c.stream = ? AND c.sequence > ? AND c.table_name = 'permit' AND c.deleted = 0"
    f" AND p.status IN ({_MARKS})"
)
_ALL = f"SELECT permit_id, status, reason FROM permit WHERE status IN ({_MARKS})"


def urgent_for(store: Store, world: World, epoch: str, after: int) -> Urgent:
    """Permits taken away after a sequence of this epoch (all of them for another one), and the blacklist."""
    with store.reading() as db:
        head = int(db.execute("SELECT value FROM counter").fetchone()[0])
        known = epoch == store.epoch and 0 < after <= head
        found = (
            db.execute(_SINCE, (Stream.REFERENCE.value, after, *TAKEN_AWAY))
            if known
            else db.execute(_ALL, TAKEN_AWAY)
        )
        permits = [(str(row[0]), str(row[1]), str(row[2] or "")) for row in found]
        blacklist = _blacklist(db)
    return Urgent(store.epoch, head, permits, blacklist, world.now())


def _blacklist(db: Database) -> list[Row]:
    names = TABLES["blacklist"].column_names
    rows = db.execute(f"SELECT {', '.join(names)} FROM blacklist")
    return [dict(zip(names, row, strict=True)) for row in rows]
