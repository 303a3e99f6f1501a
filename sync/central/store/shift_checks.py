"""Checks at the start of a shift at central: kept as they came, listed for those who answer for tablets."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store.checks import check_time
from sync.central.store.store import Store, take_sequence
from sync.central.world import iso
from sync.contract.records import ShiftCheck
from sync.contract.shift import worst
from sync.replica.database import Database

_SHOWN = ("sequence", "check_id", "officer_id", "device_id", "made_at", "worst", "skipped", "findings")


class ShiftCheckPage(msgspec.Struct, frozen=True):
    """Checks, newest first; ``before`` is where the next page begins, 0 on the last one."""

    checks: list[dict[str, object]]
    before: int


class ShiftChecks:
    """Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, officer_id: str = "", limit: int = 50, before: int = 0) -> ShiftCheckPage:
        """A page of checks, of one officer when one is named."""
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {', '.join(_SHOWN)} FROM shift_check WHERE sequence < ?2"
                " AND (?1 = '' OR officer_id = ?1) ORDER BY sequence DESC LIMIT ?3",
                (officer_id, before or 1 << 62, limit + 1),
            ).fetchall()
        rows: list[dict[str, object]] = [dict(zip(_SHOWN, row, strict=True)) for row in found[:limit]]
        for row in rows:
            row["skipped"] = bool(row["skipped"])
            row["findings"] = msgspec.json.decode(str(row["findings"]))
        return ShiftCheckPage(rows, int(found[limit - 1][0]) if len(found) > limit else 0)


def add(db: Database, check: ShiftCheck, body: str, received: datetime) -> int:
    """Write a check down; answers its sequence."""
    sequence = take_sequence(db)
    db.execute(
        "INSERT INTO shift_check (check_id, sequence, officer_id, device_id, made_at, worst, skipped,"
        " findings, received_at, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            check.check_id,
            sequence,
            check.officer_id,
            check.device_id,
            iso(check_time(check.stamp.wall)),
            worst(check.findings).value,
            int(check.skipped),
            msgspec.json.encode(check.findings).decode(),
            iso(received),
            body,
        ),
    )
    return sequence
