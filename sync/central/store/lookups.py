"""The log of look-ups: who asked about which plate, when, where, and what the tablet answered.

It is kept for the people who answer for the use of the city's data. It makes no case, joins no change feed
and so travels to no tablet.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store.checks import check_time
from sync.central.store.store import Store, take_sequence
from sync.central.world import iso
from sync.contract.plate import normalise_plate
from sync.contract.records import LookUp
from sync.contract.tables import Row
from sync.replica.database import Database

_SHOWN = (
    "sequence",
    "lookup_id",
    "looked_at",
    "clock",
    "received_at",
    "officer_id",
    "device_id",
    "plate",
    "answer",
    "reasons",
    "ages",
    "place_source",
    "lon",
    "lat",
    "accuracy_m",
)


class LookUpPage(msgspec.Struct, frozen=True):
    """Look-ups, newest first; ``before`` is where the next page begins, 0 on the last one."""

    lookups: list[Row]
    before: int


class LookUps:
    """Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, plate: str = "", limit: int = 50, before: int = 0) -> LookUpPage:
        """A page of the log, of one plate when one is named."""
        wanted = normalise_plate(plate)
        condition = " AND plate = ?" if wanted else ""
        below = before or 1 << 62
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {', '.join(_SHOWN)} FROM lookup_log WHERE sequence < ?{condition}"
                " ORDER BY sequence DESC LIMIT ?",
                (below, *([wanted] if wanted else []), limit + 1),
            ).fetchall()
        rows: list[Row] = [dict(zip(_SHOWN, row, strict=True)) for row in found[:limit]]
        return LookUpPage(rows, int(found[limit - 1][0]) if len(found) > limit else 0)


def add(db: Database, look_up: LookUp, body: str, received: datetime) -> int:
    """Write a look-up down; answers its sequence."""
    sequence = take_sequence(db)
    place = look_up.place
    db.execute(
        "INSERT INTO lookup_log (lookup_id, sequence, plate, officer_id, device_id, lon, lat, accuracy_m,"
        " place_source, answer, reasons, ages, looked_at, clock, received_at, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            look_up.lookup_id,
            sequence,
            normalise_plate(look_up.plate),
            look_up.officer_id,
            look_up.device_id,
            place.lon,
            place.lat,
            place.accuracy_m,
            place.source.value,
            look_up.answer,
            " ".join(look_up.reasons),
            msgspec.json.encode(look_up.ages).decode(),
            iso(check_time(look_up.stamp.wall)),
            look_up.stamp.clock.value,
            iso(received),
            body,
        ),
    )
    return sequence
