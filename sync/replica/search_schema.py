"""What finds a truck by some of its plate: every plate once, and the parts of its serial.

``truck`` holds each plate that a permit names, in plate order where it was built at once; ``truck_part`` is a
trigram index over what follows province and letter. Both lie in the reference database, are built once where
the snapshot is made, and are kept right by triggers on ``permit``: a change that leaves the plate alone costs
nothing, and a truck's second permit one probe.
"""

from __future__ import annotations

from sync.replica.database import Database

SERIAL_FROM = 3
"""Where the serial begins in a plate, counted from 1: after province and letter."""

_TABLES = (
    "CREATE TABLE truck (id INTEGER PRIMARY KEY, plate TEXT NOT NULL)",
    "INSERT INTO truck (plate) SELECT DISTINCT plate FROM permit WHERE plate IS NOT NULL ORDER BY plate",
    "CREATE UNIQUE INDEX truck_by_plate ON truck (plate)",
    "CREATE VIRTUAL TABLE truck_part USING fts5 "
    "(serial, content = '', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1')",
    f"INSERT INTO truck_part (rowid, serial) SELECT id, substr(plate, {SERIAL_FROM}) FROM truck",
    "INSERT INTO truck_part (truck_part) VALUES ('optimize')",
)
_COMES = "INSERT OR IGNORE INTO truck (plate) VALUES (new.plate);"
_GOES = (
    "DELETE FROM truck WHERE plate = old.plate AND NOT EXISTS (SELECT 1 FROM permit WHERE plate = old.plate);"
)
_TRIGGERS = (
    f"CREATE TRIGGER permit_comes AFTER INSERT ON permit WHEN new.plate IS NOT NULL BEGIN {_COMES} END",
    f"CREATE TRIGGER permit_goes AFTER DELETE ON permit BEGIN {_GOES} END",
    "CREATE TRIGGER permit_moves AFTER UPDATE OF plate ON permit WHEN new.plate IS NOT old.plate "
    f"BEGIN {_GOES} INSERT OR IGNORE INTO truck (plate) SELECT new.plate WHERE new.plate IS NOT NULL; END",
    "CREATE TRIGGER truck_comes AFTER INSERT ON truck BEGIN "
    f"INSERT INTO truck_part (rowid, serial) VALUES (new.id, substr(new.plate, {SERIAL_FROM})); END",
    "CREATE TRIGGER truck_goes AFTER DELETE ON truck BEGIN "
    "INSERT INTO truck_part (truck_part, rowid, serial) "
    f"VALUES ('delete', old.id, substr(old.plate, {SERIAL_FROM})); END",
)


def has_search(db: Database) -> bool:
    """Whether the whole of it is there; it is made in one transaction, its last trigger last."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'truck_goes'").fetchone() is not None


def create_search(db: Database) -> None:
    """Build it over the permits that are there. Inside a transaction, after the permits' own indexes."""
    for statement in (*_TABLES, *_TRIGGERS):
        db.execute(statement)
